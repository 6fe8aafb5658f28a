"""Confidence: read off how a row was made, fitted to articles new to the rules, and held to what came true there."""

import csv

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancebrief import agreement, language, stance, study, tables
from stancebrief.agreement import unseen
from stancebrief.brief import layout
from stancebrief.statements import confidence


def rows(*verdicts: tuple[str, float], article: str = "a") -> pd.DataFrame:
    """Kept positions with these verdicts and chances."""
    traits = "judged", "named", "told", "one", "not asked"
    return pd.DataFrame([("s", article, "tariff", "support", "support", verdict, *traits, sure)
                         for verdict, sure in verdicts], columns=list(unseen.POSITIONS))


@given(rule=st.sampled_from([*stance.RANK, "a rule of tomorrow"]), basis=st.sampled_from(
    ["name", "home of the article (OSLO)", "no country told", ""]), countries=st.sampled_from(
    ["AVA", "UNKNOWN", "OTHER", "AVA|BOR", ""]), targets=st.integers(0, 9))
def test_every_position_has_a_chance(rule, basis, countries, targets):
    record = {"speaker_as_written": "she", "country_basis": basis, "countries": countries}
    assert 0 < confidence.position(record, rule, targets) < 1


def test_a_label_whose_country_was_not_told_is_less_sure():
    told = {"speaker_as_written": "the envoy", "country_basis": "name", "countries": "AVA"}
    untold = told | {"country_basis": "no country told", "countries": "UNKNOWN"}
    assert confidence.position(untold, "judged", 1) < confidence.position(told, "judged", 1)


@pytest.mark.parametrize(("written", "basis", "countries", "kind"), [
    ("the envoy", "name", "AVA", "named"), ("she", "name, carried over", "AVA", "pronoun"),
    ("", "name, carried over", "AVA", "carried"), ("she", "home of the article (OSLO)", "NOR", "supposed"),
    ("the envoy", "no country told", "UNKNOWN", "nobody"), ("an analyst", "a former office", "OTHER", "private"),
    ("the envoy", "no country told", "", "nobody")])
def test_how_a_speaker_was_found(written, basis, countries, kind):
    assert confidence.kind(written, basis, countries) == kind


def test_what_nobody_told_the_country_of_is_hardly_trusted():
    named, nobody = (confidence.statement("clause", kind) for kind in ("named", "nobody"))
    assert nobody < 0.5 < named


def test_a_row_of_hand_coding_has_no_traits_and_still_a_chance():
    assert 0 < confidence.position({"countries": "AVA"}, "judged", 1) < 1


def test_without_weights_the_chance_is_even(monkeypatch, tmp_path):
    monkeypatch.setattr(confidence, "FILE", tmp_path / "none.csv")
    confidence._weights.cache_clear()
    try:
        assert confidence.statement("clause", "named") == confidence.UNMEASURED
    finally:
        confidence._weights.cache_clear()


def test_the_weights_say_on_how_many_rows_they_rest():
    with confidence.FILE.open(encoding="utf-8", newline="") as handle:
        weights = list(csv.DictReader(handle))
    kept = {"statement": unseen.statements(), "position": unseen.positions()}
    for row, frame in kept.items():
        own = [one for one in weights if one["row"] == row]
        assert next(int(one["n"]) for one in own if one["trait"] == confidence.ALL) == len(frame)
        for one in own:
            if one["trait"] != confidence.ALL:
                assert int(one["n"]) == (frame[one["trait"]] == one["value"]).sum(), "run tools/confidence.py fit"
            assert 0 <= int(one["right"]) <= int(one["n"])


def test_few_rows_move_a_weight_little():
    with confidence.FILE.open(encoding="utf-8", newline="") as handle:
        few = [one for one in csv.DictReader(handle) if int(one["n"]) <= 2]
    assert all(abs(float(one["weight"])) < 0.5 for one in few)


@pytest.mark.parametrize("row", ["statement", "position"])
def test_the_confidence_keeps_its_word_on_articles_left_out(row):
    kept = unseen.statements() if row == "statement" else unseen.positions()
    right = kept["right"] if row == "statement" else (kept["verdict"] == "right").astype(int)
    said, share = kept["confidence"].to_numpy(), right.mean()
    loss = -np.log(np.where(right == 1, said, 1 - said)).mean()
    assert loss < -(share * np.log(share) + (1 - share) * np.log(1 - share)), "worse than saying one share of all"
    assert abs(said.mean() - share) < 0.05


def test_kept_rows_are_read_as_they_were_written(tmp_path):
    for frame in (unseen.statements(), unseen.positions()):
        unseen.write(frame, tmp_path)
    pd.testing.assert_frame_equal(unseen.statements(tmp_path), unseen.statements())
    pd.testing.assert_frame_equal(unseen.positions(tmp_path), unseen.positions())
    assert set(unseen.positions()["verdict"]) <= set(agreement.VERDICTS)
    assert set(unseen.positions()["stance"]) <= set(tables.STANCES)


def test_nothing_kept_says_nothing(tmp_path):
    assert unseen.positions(tmp_path).empty and unseen.statements(tmp_path).empty
    assert unseen.sentence(unseen.positions(tmp_path)) == ""


def test_the_sentence_tells_the_share_and_its_interval():
    kept = pd.concat([rows(*[("right", 0.9)] * 9, ("opposite", 0.9), article="a"),
                      rows(*[("right", 0.9)] * 5, *[("position not in the reference", 0.9)] * 5, article="b")])
    assert unseen.sentence(kept) == ("On 2 hand-coded articles that were new to the rules, a label is right about 7 "
                                     "times in 10 (95 % interval 5 to 9 times in 10): 14 of 20.")


def test_articles_are_drawn_whole():
    """Labels of one article err together, so that one article alone gives no spread, and two unlike ones a wide one."""
    apart = pd.concat([rows(*[("right", 0.9)] * 50, article="a"), rows(*[("opposite", 0.9)] * 50, article="b")])
    found = unseen.share(apart)
    assert (found["low"], found["high"], found["share"]) == (0.0, 1.0, 0.5)


def test_every_set_has_a_row_and_all_of_them_one():
    found = unseen.sets(pd.concat([rows(("right", 0.9)), rows(("opposite", 0.9), article="b").assign(set="t")]))
    assert found["set"].tolist() == ["s", "t", "all"] and found["share"].tolist() == [1.0, 0.0, 0.5]
    assert unseen.sets(rows(("right", 0.9)))["set"].tolist() == ["s"]
    assert unseen.sets(rows(("right", 0.9)).iloc[:0]).empty


def test_a_label_too_unsure_for_the_study_to_count_says_so():
    frame = pd.DataFrame(columns=tables.TABLES["articles"].names)
    page = layout.Layout(study.Study("x", min_confidence=0.6), language.load(), frame, {}, "")
    assert "too unsure to be counted" in page.sure(0.5) and "too unsure" not in page.sure(0.7)
    assert "7 in 10" in page.sure(0.7) and page.sure(0.0) == ""


def test_what_is_likelier_wrong_than_right_is_not_counted_unless_asked_for():
    kept = unseen.positions()
    low = kept[kept["confidence"] < study.Study("x").min_confidence]
    assert (low["verdict"] == "right").mean() < 0.5


def test_a_label_less_likely_than_any_that_was_measured_is_no_surer_than_the_least_likely_of_those(monkeypatch):
    weights = {("position", confidence.ALL, confidence.ALL): 1.0, ("position", "learned", "0.45 and more"): -0.7}
    monkeypatch.setattr(confidence, "_weights", lambda: weights)
    low, least, none = (confidence.chance("position", {"learned": confidence.band(likely)})
                        for likely in (0.2, 0.5, None))
    assert low == least < none
