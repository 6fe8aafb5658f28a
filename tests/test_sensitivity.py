"""Sensitivity: findings that hold, flip, even out or run dry when something is left out."""

import pandas as pd

from stancebrief import sensitivity, study

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
    return dict(zip(found["variant"], found["change"], strict=True))


def test_a_finding_that_one_outlet_carries_flips_without_it():
    frame = positions(*one("a", "oppose", 4), *one("b", "support", 3))
    assert changes(frame) == {"without Herald": "holds", "without Post": "flips", "every report counted": "holds",
                              "without labels less sure than 0.7": "holds"}


def test_running_out_of_statements_is_not_flipping():
    frame = positions(*one("a", "oppose", 3), *one("b", "oppose", 1))
    assert changes(frame)["without Post"] == "too few left"
    only = sensitivity.summary(trials(frame)).iloc[0]
    assert not only["fragile"] and not only["robust"] and "rests on too few without Post" in only["sentence"]


def test_repeats_and_unsure_labels_can_carry_a_finding():
    copied = positions(*one("a", "oppose", 3), *((article, "w", "support", 1) for article in "abc"))
    assert changes(copied)["every report counted"] == "levels out"
    unsure = positions(*one("a", "oppose", 4, 0.5), *one("b", "support", 3))
    assert changes(unsure)["without labels less sure than 0.7"] == "flips"
    said = sensitivity.summary(trials(unsure)).iloc[0]
    assert said["fragile"] and said["side"] == "oppose" and "turns round without labels" in said["sentence"]


def test_what_is_no_finding_is_not_tried():
    even = positions(("a", "u1", "oppose", 1), ("a", "u2", "support", 1), ("a", "u3", "neutral", 1))
    few = positions(("a", "u1", "oppose", 1))
    assert trials(even).empty and trials(few).empty
    assert sensitivity.summary(trials(few)).empty
    assert trials(positions()).empty


def test_a_robust_finding_says_how_many_variations_it_survived():
    frame = positions(*(row for article in "abc" for row in one(article, "oppose", 3)))
    only = sensitivity.summary(trials(frame)).iloc[0]
    assert only["robust"] and only["sentence"] == "holds in all 4 variations tried"


def test_articles_of_unknown_outlets_are_left_out_one_by_one():
    unknown = ARTICLES.assign(outlet=["unknown", "unknown", ""])
    frame = positions(*(row for article in "abc" for row in one(article, "oppose", 3)))
    found = trials(frame, unknown)
    assert found.loc[found["kind"] == "outlet", "variant"].tolist() == ["without a", "without b", "without c"]
