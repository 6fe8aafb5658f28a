"""Counts by utterance, intervals that hold what they promise, and comparisons between countries."""

import dataclasses
import itertools
import math

import hypothesis
import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from stancebrief import series, sides, study

STUDY = study.Study("trial", countries=("CHN", "USA", "FRA"), targets=("sanctions", "veto"), min_statements=3)
OPEN = study.Study("trial", min_statements=1)


def tables_of(rows):
    """(positions, statements) from rows of (statement, utterance, country, target, stance)."""
    frame = pd.DataFrame(rows, columns=["statement", "utterance", "country", "target", "stance"])
    frame["article"] = frame["statement"].str.split(":").str[0]
    positions = frame.assign(confidence=0.9, coder="rules")
    statements = frame.groupby(["statement", "utterance", "article"])["country"].agg(
        lambda c: "|".join(sorted(set(c)))).reset_index().rename(columns={"country": "countries"})
    return positions, statements


FIVE = [("a:1-2", "a:1-2", "CHN", "sanctions", "oppose"),
        ("b:1-2", "a:1-2", "CHN", "sanctions", "oppose"),
        ("a:5-9", "a:5-9", "CHN", "sanctions", "neutral"),
        ("a:5-9", "a:5-9", "USA", "veto", "oppose"),
        ("b:7-9", "b:7-9", "CHN", "sanctions", "support")]


def cell(frame, country, target):
    return frame[(frame["country"] == country) & (frame["target"] == target)].iloc[0]


def test_an_utterance_reported_twice_counts_once():
    found = cell(series.by_country(*tables_of(FIVE), STUDY), "CHN", "sanctions")
    assert (found["oppose"], found["neutral"], found["support"]) == (1, 1, 1)
    assert (found["n_utterances"], found["n_statements"], found["n_articles"]) == (3, 4, 2)
    assert found["net"] == 0 and found["side"] == "neutral" and found["enough"]


def test_no_statement_is_a_row_of_its_own_and_not_neutral():
    found = series.by_country(*tables_of(FIVE), STUDY)
    assert len(found) == 6
    silent = cell(found, "FRA", "sanctions")
    assert not silent["said"] and not silent["enough"] and silent["side"] == "" and silent["n_utterances"] == 0
    assert all(math.isnan(silent[name]) for name in ("net", "low", "high", "share"))
    assert list(found["country"].unique()) == ["CHN", "USA", "FRA"]


@pytest.mark.parametrize(("stances", "expected"), [
    (["oppose", "oppose", "support"], "oppose"), (["oppose", "support"], "neutral"), (["oppose", "neutral"], "neutral"),
    (["support", "oppose", "neutral"], "neutral"), (["support"], "support"),
    (["support", "support", "oppose", "neutral"], "neutral")])
def test_reports_that_differ_take_the_majority_or_no_side(stances, expected):
    rows = [(f"a{i}:1-2", "a0:1-2", "CHN", "veto", stance) for i, stance in enumerate(stances)]
    found = series.utterances(*tables_of(rows), STUDY)
    assert list(found["stance"]) == [expected] and list(found["split"]) == [len(set(stances)) > 1]
    assert cell(series.by_country(*tables_of(rows), STUDY), "CHN", "veto")["split"] == (len(set(stances)) > 1)


def test_outlets_are_counted_where_articles_are_known():
    articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["Daily", "Daily"], "published": ["2022-06-09", ""]})
    assert cell(series.by_country(*tables_of(FIVE), STUDY, articles), "CHN", "sanctions")["n_outlets"] == 1
    assert cell(series.by_country(*tables_of(FIVE), STUDY), "CHN", "sanctions")["n_outlets"] == -1


def test_less_certain_positions_are_left_out_when_the_study_says_so():
    positions, statements = tables_of(FIVE)
    positions.loc[positions["stance"] == "support", "confidence"] = 0.2
    strict = dataclasses.replace(STUDY, min_confidence=0.5)
    assert cell(series.by_country(positions, statements, strict), "CHN", "sanctions")["support"] == 0


def test_two_labels_of_one_statement_are_refused():
    positions, statements = tables_of(FIVE)
    both = pd.concat([positions, positions.assign(coder="human:a")])
    with pytest.raises(series.SeriesError, match="one coder"):
        series.by_country(both, statements, STUDY)


def test_positions_without_their_statement_are_refused():
    positions, statements = tables_of(FIVE)
    with pytest.raises(series.SeriesError, match="not in the table"):
        series.by_country(positions, statements.iloc[:1], STUDY)


def test_unresolved_speakers_are_not_shown_unless_asked_for():
    rows = [*FIVE, ("a:9-12", "a:9-12", "UNKNOWN", "veto", "support")]
    assert "UNKNOWN" not in set(series.by_country(*tables_of(rows), OPEN)["country"])
    asked = dataclasses.replace(OPEN, countries=("UNKNOWN",))
    assert set(series.by_country(*tables_of(rows), asked)["country"]) == {"UNKNOWN"}


def test_empty_tables_give_rows_without_statements():
    positions, statements = tables_of(FIVE)
    found = series.by_country(positions.iloc[:0], statements.iloc[:0], STUDY)
    assert len(found) == 6 and not found["said"].any()
    assert series.by_country(positions.iloc[:0], statements.iloc[:0], OPEN).empty
    assert not series.by_target(positions.iloc[:0], statements.iloc[:0], STUDY)["said"].any()


def test_by_target_counts_countries_on_each_side():
    found = series.by_target(*tables_of(FIVE), STUDY).set_index("target")
    assert found.loc["veto", ["oppose", "countries_oppose", "countries_support"]].tolist() == [1, 1, 0]
    assert found.loc["sanctions", ["n_utterances", "countries_neutral"]].tolist() == [3, 1]


def test_by_period_uses_the_earliest_dated_report():
    articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["A", "B"], "published": ["2022-06-09", "2022-05-30"]})
    found = series.by_period(*tables_of(FIVE), STUDY, articles)
    assert dict(zip(found["month"] + found["country"], found["n_utterances"], strict=True)) == {
        "2022-05CHN": 2, "2022-06CHN": 1, "2022-06USA": 1}


row = st.tuples(st.integers(0, 5), st.integers(0, 3), st.sampled_from(["CHN", "USA"]),
                st.sampled_from(["sanctions", "veto"]), st.sampled_from(["support", "oppose", "neutral"]))


def frames(draws):
    """Statements reported in article aN, each belonging to one utterance."""
    utterance = {}
    rows, seen = [], set()
    for number, group, country, target, stance in draws:
        name = f"a{number}:0-9"
        utterance.setdefault(name, f"u{group}")
        if (name, country, target) not in seen:
            seen.add((name, country, target))
            rows.append((name, utterance[name], country, target, stance))
    return tables_of(rows)


@hypothesis.given(st.lists(row, min_size=1, max_size=20), st.randoms(use_true_random=False))
@hypothesis.settings(max_examples=40, deadline=None)
def test_counts_add_up_and_order_does_not_matter(draws, random):
    positions, statements = frames(draws)
    found = series.by_country(positions, statements, OPEN)
    assert (found["support"] + found["oppose"] + found["neutral"] == found["n_utterances"]).all()
    assert (found["n_utterances"] <= found["n_statements"]).all()
    assert found["n_statements"].sum() == len(positions)
    said = found[found["said"]]
    assert ((said["low"] <= said["net"]) & (said["net"] <= said["high"])).all() and said["high"].le(1).all()
    order = list(range(len(positions)))
    random.shuffle(order)
    again = series.by_country(positions.iloc[order], statements.iloc[::-1], OPEN)
    pd.testing.assert_frame_equal(found, again)


@hypothesis.given(st.lists(row, min_size=1, max_size=12), st.integers(0, 11))
@hypothesis.settings(max_examples=40, deadline=None)
def test_one_more_report_in_the_same_words_changes_no_count(draws, pick):
    """Unless the reports were divided: then one more report may decide."""
    positions, statements = frames(draws)
    chosen = statements.iloc[pick % len(statements)]
    units = series.utterances(positions, statements, OPEN)
    hypothesis.assume(not units.loc[units["utterance"] == chosen["utterance"], "split"].any())
    copied = positions[positions["statement"] == chosen["statement"]].assign(statement="z:0-9", article="z")
    more = pd.concat([statements, chosen.to_frame().T.assign(statement="z:0-9", article="z")], ignore_index=True)
    before = series.by_country(positions, statements, OPEN).set_index(["country", "target"])
    after = series.by_country(pd.concat([positions, copied]), more, OPEN).set_index(["country", "target"])
    same = ["support", "oppose", "neutral", "n_utterances", "net", "low", "high", "side"]
    pd.testing.assert_frame_equal(before[same], after.loc[before.index, same])
    assert after["n_statements"].sum() == before["n_statements"].sum() + len(copied)


@pytest.mark.parametrize("n", [3, 5, 10, 20])
def test_the_interval_of_net_stance_covers_the_truth(n):
    """Exactly: every outcome of a sample of n weighed by its chance, over a grid of true shares."""
    outcomes = [(a, b, n - a - b) for a, b in itertools.product(range(n + 1), repeat=2) if a + b <= n]
    intervals = {outcome: series.net_interval(*outcome[:2], n) for outcome in outcomes}
    covered = []
    for up, down in ((a / 10, b / 10) for a in range(11) for b in range(11 - a)):
        chances = (math.comb(n, a) * math.comb(n - a, b) * up**a * down**b * max(0.0, 1 - up - down) ** c
                   for a, b, c in outcomes)
        covered.append(sum(chance for chance, (low, high) in zip(chances, intervals.values(), strict=True)
                           if low - 1e-9 <= up - down <= high + 1e-9))
    assert np.mean(covered) > 0.94 and min(covered) > 0.85


def test_the_interval_of_net_stance_is_never_a_point_where_all_agree():
    for n in range(1, 11):
        low, high = series.net_interval(n, 0, n)
        assert high == 1 and low < 1
        assert series.net_interval(0, n, n) == pytest.approx((-high, -low))
    assert series.net_interval(0, 0, 0) == (-1, 1)


def test_the_interval_of_a_mean_covers_the_truth_for_few_utterances():
    random = np.random.default_rng(1)
    for n, wanted in ((4, 0.84), (8, 0.90)):
        held = 0
        for number in range(300):
            low, high = series.mean_interval(random.normal(0.1, 0.3, n), 400, number)
            held += low <= 0.1 <= high
        assert held / 300 > wanted


def test_the_interval_of_a_mean_is_the_same_whatever_the_order_and_again():
    values = [0.1, -0.4, 0.3, 0.0, 0.8]
    first = series.mean_interval(values, 500, 7, "CHN")
    assert first == series.mean_interval(values[::-1], 500, 7, "CHN")
    assert first[0] < np.mean(values) < first[1]
    assert series.mean_interval([0.5], 500, 7) == (0.5, 0.5)
    assert all(math.isnan(x) for x in series.mean_interval([], 500, 7))


def test_sentiment_counts_an_utterance_once_and_says_when_there_are_too_few():
    _, statements = tables_of([(name, utterance, country, "veto", "support") for name, utterance, country in (
        ("a:1-2", "a:1-2", "CHN"), ("b:1-2", "a:1-2", "CHN"), ("a:3-4", "a:3-4", "CHN"), ("a:5-6", "a:5-6", "CHN"),
        ("a:7-8", "a:7-8", "USA"))])
    sentiment = pd.DataFrame({"statement": ["a:1-2", "b:1-2", "a:3-4", "a:5-6", "a:7-8"],
                              "polarity": [0.2, 0.4, 0.0, 0.0, 1.0], "vader": [0.0, 0.0, 0.0, 0.3, 1.0]})
    found = series.sentiment_by_country(sentiment, statements, STUDY).set_index(["country", "scorer"])
    assert found.loc[("CHN", "textblob"), "mean"] == pytest.approx(0.1)
    assert found.loc[("CHN", "textblob"), ["n_utterances", "n_statements"]].tolist() == [3, 4]
    assert math.isnan(found.loc[("USA", "vader"), "mean"]) and not found.loc[("USA", "vader"), "enough"]
    assert found.loc[("USA", "vader"), "said"] and not found.loc[("FRA", "vader"), "said"]


def test_who_sides_with_whom_counts_targets_on_which_both_have_a_side():
    rows = [("a:1-2", "a:1-2", "CHN", "sanctions", "oppose"), ("a:3-4", "a:3-4", "RUS", "sanctions", "oppose"),
            ("a:5-6", "a:5-6", "USA", "sanctions", "support"), ("a:7-8", "a:7-8", "CHN", "veto", "support"),
            ("a:9-10", "a:9-10", "USA", "veto", "oppose"), ("a:11-12", "a:11-12", "RUS", "veto", "neutral")]
    cells = series.by_country(*tables_of(rows), OPEN)
    found = series.agreement_between_countries(cells).set_index(["country", "other"])
    assert found.loc[("CHN", "USA"), ["shared", "same", "opposed", "index", "enough"]].tolist() == [2, 0, 2, -1, True]
    assert found.loc[("CHN", "RUS"), ["shared", "same", "unclear", "enough"]].tolist() == [1, 1, 1, False]
    swapped = found.reset_index().rename(columns={"country": "other", "other": "country"})
    mirrored = swapped.set_index(["country", "other"])
    pd.testing.assert_frame_equal(found.sort_index(), mirrored.sort_index()[found.columns])


def test_nobody_agrees_where_nothing_was_said():
    positions, statements = tables_of([])
    nothing = series.agreement_between_countries(series.by_country(positions, statements, OPEN))
    assert nothing.empty and list(nothing.columns) == list(series.PAIRS)
    assert series.agreement_between_countries(pd.DataFrame(columns=list(series.STANCE))).empty


def test_a_shared_target_says_whether_it_rests_on_few_utterances():
    rows = [(f"a:{n}-{n}", f"a:{n}-{n}", "CHN", target, "oppose")
            for n, target in enumerate(["sanctions"] * 3 + ["veto"])]
    rows += [(f"b:{n}-{n}", f"b:{n}-{n}", "USA", target, "oppose")
             for n, target in enumerate(["sanctions"] * 3 + ["veto"] * 3)]
    found = series.agreement_between_countries(series.by_country(*tables_of(rows), STUDY))
    both = found.set_index(["country", "other"])["few_on"].to_dict()
    assert both["CHN", "USA"] == both["USA", "CHN"] == "veto" and both["CHN", "FRA"] == ""


@hypothesis.given(st.lists(row, max_size=20))
@hypothesis.settings(max_examples=60, deadline=None)
def test_utterances_mean_what_grouping_them_one_by_one_means(draws):
    positions, statements = frames(draws)
    expected = []
    for (utterance, country, target), group in positions.groupby(["utterance", "country", "target"], sort=True):
        counts = group["stance"].value_counts()
        side = counts.index[0] if counts.iloc[0] * 2 > len(group) else "neutral"
        expected.append((utterance, country, target, side, len(group), "|".join(sorted(set(group["article"]))),
                         len(counts) > 1))
    assert list(series.utterances(positions, statements, OPEN).itertuples(index=False, name=None)) == expected


@hypothesis.given(st.lists(row, max_size=12))
@hypothesis.settings(max_examples=20, deadline=None)
def test_columns_have_their_types_with_and_without_rows(draws):
    for ours in (STUDY, OPEN):
        one, other = (series.by_country(*tables, ours) for tables in (frames(draws), frames([])))
        assert list(one.dtypes) == list(other.dtypes)
        assert list(series.utterances(*frames(draws), ours).dtypes) == list(series.utterances(*frames([]), ours).dtypes)


@pytest.mark.parametrize(("support", "oppose", "n", "side"), [
    (2, 1, 3, "support"), (0, 4, 6, "oppose"), (3, 2, 5, ""), (0, 0, 0, ""), (0, 0, 3, ""), (1, 0, 2, "")])
def test_a_side_is_named_where_two_thirds_take_it(support, oppose, n, side):
    assert sides.named(support, oppose, n) == side
