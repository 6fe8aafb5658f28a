"""Sensitivity: findings that hold, flip, can no longer be named or run dry when something is left out."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import sensitivity, sides, study

ARTICLES = pd.DataFrame({"article": ["a", "b", "c"], "outlet": ["Post", "Herald", "Herald"]})


OURS = study.Study("made-up", min_statements=3)


def positions(*rows):
    """Positions from (article, utterance, stance, confidence), of one country on one target, and their statements."""
    frame = pd.DataFrame(rows, columns=["article", "utterance", "stance", "confidence"])
    frame = frame.assign(statement=[f"s{k}" for k in range(len(frame))], country="AVA", target="tariff")
    return frame, frame[["statement", "article", "utterance"]]


def one(article, stance, times, confidence=1.0):
    """As many different utterances in one article."""
    return [(article, f"{article}-{stance}-{k}", stance, confidence) for k in range(times)]


def trials(frames, articles=ARTICLES):
    return sensitivity.variants(*frames, articles, OURS)


def changes(frames):
    found = trials(frames)
    return {row.outlet or row.kind: row.change for row in found.itertuples()}


def test_a_finding_that_one_outlet_carries_flips_without_it():
    frame = positions(*one("a", "oppose", 6), *one("b", "support", 3))
    assert changes(frame) == {"Herald": "holds", "Post": "flips", "repeats": "holds", "confidence": "holds"}
    found = trials(frame)
    assert found.loc[found["outlet"] == "Post", ["base_side", "side"]].values.tolist() == [["oppose", "support"]]


def test_running_out_of_statements_is_not_flipping():
    frame = positions(*one("a", "oppose", 3), *one("b", "oppose", 1))
    assert changes(frame)["Post"] == "too few left"


def test_a_majority_short_of_two_thirds_is_no_side_that_holds():
    frame = positions(*one("a", "oppose", 2), *one("b", "oppose", 3), *one("c", "support", 2))
    assert changes(frame)["Post"] == "levels out"   # three to two: more against, but not two thirds


def test_repeats_and_unsure_labels_can_carry_a_finding():
    copied = positions(*one("a", "oppose", 3), *((article, "w", "support", 1) for article in "abc"))
    assert changes(copied)["repeats"] == "levels out"
    unsure = positions(*one("a", "oppose", 6, 0.5), *one("b", "support", 3))
    assert changes(unsure)["confidence"] == "flips"


def test_what_is_no_finding_is_not_tried():
    even = positions(("a", "u1", "oppose", 1), ("a", "u2", "support", 1), ("a", "u3", "neutral", 1))
    assert trials(even).empty and trials(positions(("a", "u1", "oppose", 1))).empty
    assert trials(positions()).empty


def test_articles_of_unknown_outlets_are_left_out_one_by_one():
    unknown = ARTICLES.assign(outlet=["unknown", "unknown", ""])
    frame = positions(*(row for article in "abc" for row in one(article, "oppose", 3)))
    found = trials(frame, unknown)
    assert found.loc[found["kind"] == "outlet", "outlet"].tolist() == ["a", "b", "c"]
    assert set(found["change"]) == {"holds"}


said = st.tuples(st.sampled_from("abc"), st.integers(0, 6), st.sampled_from(["support", "oppose", "neutral"]))


@given(st.lists(said, max_size=14))
@settings(max_examples=30, deadline=None)
def test_what_holds_is_what_can_be_named_again(draws):
    """Of what is left when an outlet is taken out, counted by hand."""
    frame, statements = positions(*((a, f"{a}{n}", stance, 1.0) for a, n, stance in {(a, n): (a, n, s) for a, n, s in
                                                                                 draws}.values()))
    for row in sensitivity.variants(frame, statements, ARTICLES, OURS).itertuples():
        if row.kind != "outlet":
            continue
        out = set(ARTICLES.loc[ARTICLES["outlet"] == row.outlet, "article"])
        left = frame.loc[~frame["article"].isin(out), "stance"].tolist()
        side = sides.named(left.count("support"), left.count("oppose"), len(left)) if len(left) > 2 else ""
        assert row.side == side and (row.change == "holds") == (side == row.base_side)
