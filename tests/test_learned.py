"""The second reading: what it adds and drops, in which words, and that without it the rules stand as they are."""

import itertools
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import codebook, stance, steps, study, tables
from stancebrief.stance import coding, features, forests, learned
from stancebrief.statements import confidence

BOOK = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
WORDS = ["sanctions", "the", "veto", "China", "missile", "test", "lifted", "not", "must", "‘", "’s", "\u202e", "<b>",
         "talks", "if", ",", ".", "\n", "we", "reckless", "it", "\x00", "🙂", "dialogue", "drills"]


def forest(label: str, chance: float, feature: str = "kind:measure", accepts: float = 0.5,
           doubts: float = 0.3) -> forests.Forest:
    """One tree: the label has that chance where the feature is there; `none` is certain where it is not."""
    here = np.array([0, 0, 0])
    here[[forests.CLASSES.index("none"), forests.CLASSES.index(label)]] = round(255 * (1 - chance)), round(255 * chance)
    return forests.Forest({feature: 0}, np.array([0, forests.LEAF, forests.LEAF], np.uint16), np.array([2, 0, 0]),
                          np.array([[0, 0, 0], [255, 0, 0], here], np.uint8), np.array([0]), accepts, doubts)


def record(text: str, content: str, cue: str = "said", by: str = "USA") -> dict[str, object]:
    start, at = text.index(content), text.find(cue)
    return {"statement": f"a:{start}", "article": "a", "start": start, "end": start + len(content), "kind": "indirect",
            "cue": cue, "content": content, "cue_start": at, "cue_end": at + len(cue), "speaker": "the envoy",
            "countries": by, "paragraph_start": 0, "paragraph_end": len(text)}


def again(text: str, content: str, made: forests.Forest, **about) -> dict[str, coding.Position]:
    """{target: position} after the second reading by that forest."""
    row = record(text, content, **about)
    understood = coding.understand(row, text, BOOK)
    return {p.target: p for p in learned.again(understood, row, BOOK, features.Said(), made)}


UNREAD = "The envoy said the sanctions committee meets in spring."
READ = "The envoy said the sanctions should be lifted."


def test_a_target_that_no_rule_reads_is_read_where_a_label_is_likely_enough():
    content = UNREAD[15:-1]
    assert again(UNREAD, content, forest("support", 0.4)) == {}
    found = again(UNREAD, content, forest("support", 0.8))["sanctions"]
    assert (found.sign, found.rule) == (1, "learned")
    assert stance.told(found.why)
    assert found.chance == pytest.approx(0.8, abs=0.01)


def test_a_label_of_the_rules_stays_unless_it_is_doubted():
    content = READ[15:-1]
    kept = again(READ, content, forest("oppose", 0.6))["sanctions"]
    assert (kept.sign, kept.rule) == (-1, "asked")
    assert not stance.told(kept.why)
    assert kept.chance == pytest.approx(0.6, abs=0.01)
    assert again(READ, content, forest("oppose", 0.2)) == {}
    # a doubted label is dropped, not turned round
    assert again(READ, content, forest("support", 0.9)) == {}


def test_the_words_shown_are_those_that_the_label_rests_on():
    text = "The envoy said experts may look at the sanctions in spring."
    found = again(text, text[15:-1], forest("oppose", 0.8, "modal:may"))["sanctions"]
    assert "‘may’" in found.why
    assert [text[a:b] for a, b in found.spans] == ["may", "sanctions"]
    found = again(text, text[15:-1], forest("oppose", 0.8, "said:indirect"))["sanctions"]
    assert "how the target is named" in found.why
    assert [text[a:b] for a, b in found.spans] == ["sanctions"]


def test_a_target_coded_instead_of_another_stays_the_only_one():
    text = "The envoy said the vetoes of new sanctions were a mistake."
    assert set(again(text, text[15:-1], forest("oppose", 0.9, "said:indirect"))) == {"veto"}


def test_a_feature_that_training_never_saw_says_nothing():
    made = forest("support", 0.8)
    assert made.chances([{"kind:measure"}]).tolist() == made.chances([{"kind:measure", "never seen"}]).tolist()


def test_many_cases_are_asked_at_once_as_one_by_one():
    made = forests.read()
    names = sorted(made.names)
    cases = [set(names[at::7]) for at in range(5)] + [set()]
    together = made.chances(cases)
    assert np.allclose(together, np.vstack([made.chances([case]) for case in cases]))
    assert np.allclose(together.sum(axis=1), 1)


def test_the_same_forest_gives_the_same_bytes_and_reads_back(tmp_path):
    made = forests.read()
    forests.write(tmp_path / "one.npz", made)
    forests.write(tmp_path / "two.npz", made)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    back = forests.read(tmp_path / "one.npz")
    assert back.names == made.names
    assert (back.accepts, back.doubts) == (made.accepts, made.doubts)


def test_the_file_that_ships_is_small_and_its_trees_end():
    made = forests.read()
    assert forests.FILE.stat().st_size < 3_000_000
    inner = made.feature != forests.LEAF
    assert (made.feature[inner] < len(made.names)).all()
    assert (made.present[inner] > np.flatnonzero(inner)).all()  # every step goes on, so that a walk must end
    assert not inner[-1]
    assert (made.shares[~inner].sum(axis=1) > 0).all()


@pytest.mark.parametrize("data", [b"", b"no file of numbers", b"PK\x03\x04"])
def test_a_broken_file_is_named_with_what_to_do(tmp_path, data):
    path = tmp_path / "stance.npz"
    path.write_bytes(data)
    with pytest.raises(forests.ForestError, match=r"stance\.npz.*tools/learn\.py"):
        forests.read(path)


def frames(text: str, spans: list[tuple[int, int]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = [record(text, text[a:b]) | {"statement": f"a:{a}-{b}", "start": a, "end": b, "utterance": f"a:{a}-{b}",
                                       "cue_start": -1, "cue_end": -1} for a, b in spans]
    return pd.DataFrame(rows), pd.DataFrame([{"article": "a", "text": text}])


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join))
@settings(max_examples=40, deadline=None)
def test_it_never_raises_and_points_at_words_of_the_statement(text):
    said, articles = frames(text, [(0, len(text)), (len(text) // 3, max(len(text) // 3 + 1, 2 * len(text) // 3))])
    found = stance.code(said, articles, BOOK, second=True)
    tables.check(found, "positions")
    assert found.equals(stance.code(said, articles, BOOK, second=True))
    for row in found.to_dict("records"):
        assert 0 < row["confidence"] < 1
        for a, b in json.loads(row["spans"]):
            assert 0 <= a < b <= len(text)
            assert text[a:b] in row["words"]


def test_without_it_the_rules_stand_and_with_it_their_labels_only_go_or_stay():
    folder = study.DATA / "dprk-vetoes" / "articles"
    text = "\n\n".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.txt")))
    ends = [at for at, mark in enumerate(text) if mark == "\n"]
    said, articles = frames(text, [(a + 1, b) for a, b in itertools.pairwise(ends) if b - a > 40][:30])
    said["paragraph_start"], said["paragraph_end"] = said["start"], said["end"]
    rules = stance.code(said, articles, BOOK, second=False)
    both = stance.code(said, articles, BOOK, second=True)
    key = ["statement", "country", "target", "stance", "words", "why"]
    assert not rules["why"].map(stance.told).any()
    assert len(rules)
    own = both[~both["why"].map(stance.told)]
    assert set(map(tuple, own[key].values)) <= set(map(tuple, rules[key].values))
    added = both[both["why"].map(stance.told)]
    assert not set(map(tuple, added[["statement", "target"]].values)) & set(
        map(tuple, rules[["statement", "target"]].values))


def test_what_a_source_said_before_counts_for_it_alone():
    said = features.Said()
    row = {"countries": "CHN", "speaker": "the envoy"}
    said.add(row, [stance.Position("sanctions", -1, "asked", "", ())])
    assert set(said.before(row, "sanctions")) == {"countries:against", "speaker:against"}
    assert said.before({"countries": "USA", "speaker": "the minister"}, "sanctions") == []
    assert said.before(row, "veto") == []


@pytest.mark.parametrize("forms", [("lift", "lifts", "lifted", "lifting"), ("stop", "stops", "stopped", "stopping"),
                                   ("ease", "eases", "eased", "easing"), ("party", "parties")])
def test_forms_of_a_word_have_one_stem(forms):
    assert len({features.stem(form) for form in forms}) == 1


def test_features_hold_neither_names_nor_the_words_that_name_a_target():
    text = "The envoy said Washington and Ruritania must lift the sanctions on Pyongyang by 2030."
    row = record(text, text[15:-1])
    case = features.of(coding.understand(row, text, BOOK), row, BOOK["sanctions"], BOOK, features.Said())
    joined = " ".join(case).lower()
    assert not [word for word in ("ruritania", "pyongyang", "washington", "sanction", "2030") if word in joined]
    assert "above:lift" in case


def test_bands_of_the_second_reading_are_in_order_and_meet():
    bands = [confidence.band(at / 100) for at in range(101)]
    assert list(dict.fromkeys(bands)) == [bands[0], *(f"{edge:.2f} and more" for edge in confidence.BANDS)]
    assert confidence.band(None) not in bands


def test_a_study_that_leaves_it_out_still_hears_how_likely_the_labels_of_the_rules_are():
    row = record(READ, READ[15:-1])
    understood = coding.understand(row, READ, BOOK)
    for made in (forest("oppose", 0.2), forest("oppose", 0.9), forest("support", 0.9)):
        found = learned.weighed(understood, row, BOOK, features.Said(), made)
        assert [(p.target, p.sign, p.rule, p.why) for p in found] == [
            (p.target, p.sign, p.rule, p.why) for p in understood.positions]
        assert found[0].chance == pytest.approx(made.shares[2][1] / 255)


def test_a_study_can_leave_it_out():
    assert study.load("iran-snapback").second_reading
    assert not study.load("iran-snapback", second_reading="false").second_reading
    assert forests.FILE in steps.LISTS  # what is kept of one file's readings is not taken for another's
