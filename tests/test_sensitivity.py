"""Sensitivity: findings that hold, flip, even out or run dry when something is left out."""

import pandas as pd

from stancebrief import sensitivity

ARTICLES = pd.DataFrame({"article": ["a", "b", "c"], "outlet": ["Post", "Herald", "Herald"]})


def positions(*rows):
    """Positions from (article, utterance, stance, confidence), of one country on one target."""
    frame = pd.DataFrame(rows, columns=["article", "utterance", "stance", "confidence"])
    return frame.assign(statement=[f"s{k}" for k in range(len(frame))], country="AVA", target="tariff")


def one(article, stance, times, confidence=1.0):
    """As many different utterances in one article."""
    return [(article, f"{article}-{stance}-{k}", stance, confidence) for k in range(times)]


def changes(frame, **options):
    trials = sensitivity.variants(frame, ARTICLES, **options)
    return dict(zip(trials["variant"], trials["change"], strict=True))


def test_an_utterance_reported_twice_counts_once():
    frame = positions(("a", "u1", "oppose", 1), ("b", "u1", "oppose", 1), ("a", "u2", "support", 1))
    grouped, each = (sensitivity.findings(frame, grouped=g).iloc[0] for g in (True, False))
    assert (grouped["net"], grouped["n"]) == (0, 2) and (each["net"], each["n"]) == (-1, 3)


def test_reports_that_contradict_each_other_cancel():
    frame = positions(("a", "u1", "oppose", 1), ("b", "u1", "support", 1), ("b", "u2", "support", 1))
    assert sensitivity.findings(frame).iloc[0].tolist() == ["AVA", "tariff", 1, 2]


def test_a_finding_that_one_outlet_carries_flips_without_it():
    frame = positions(*one("a", "oppose", 4), *one("b", "support", 3))
    assert changes(frame) == {"without Herald": "holds", "without Post": "flips", "every report counted": "holds",
                              "without labels less sure than 0.7": "holds"}


def test_running_out_of_statements_is_not_flipping():
    frame = positions(*one("a", "oppose", 3), *one("b", "oppose", 1))
    assert changes(frame)["without Post"] == "too few left"
    only = sensitivity.summary(sensitivity.variants(frame, ARTICLES)).iloc[0]
    assert not only["fragile"] and not only["robust"] and "rests on too few without Post" in only["sentence"]


def test_repeats_and_unsure_labels_can_carry_a_finding():
    copied = positions(*one("a", "oppose", 3), *((article, "w", "support", 1) for article in "abc"))
    assert changes(copied)["every report counted"] == "levels out"
    unsure = positions(*one("a", "oppose", 4, 0.5), *one("b", "support", 3))
    assert changes(unsure)["without labels less sure than 0.7"] == "flips"
    said = sensitivity.summary(sensitivity.variants(unsure, ARTICLES)).iloc[0]
    assert said["fragile"] and said["stance"] == "oppose" and "turns round without labels" in said["sentence"]


def test_what_is_no_finding_is_not_tried():
    even = positions(("a", "u1", "oppose", 1), ("a", "u2", "support", 1), ("a", "u3", "neutral", 1))
    few = positions(("a", "u1", "oppose", 1))
    assert sensitivity.variants(even, ARTICLES).empty and sensitivity.variants(few, ARTICLES).empty
    assert sensitivity.summary(sensitivity.variants(few, ARTICLES)).empty
    assert sensitivity.variants(few.iloc[:0], ARTICLES).empty


def test_a_robust_finding_says_how_many_variations_it_survived():
    frame = positions(*(row for article in "abc" for row in one(article, "oppose", 3)))
    only = sensitivity.summary(sensitivity.variants(frame, ARTICLES)).iloc[0]
    assert only["robust"] and only["sentence"] == "holds in all 4 variations tried"


def test_articles_of_unknown_outlets_are_left_out_one_by_one():
    unknown = ARTICLES.assign(outlet=["unknown", "unknown", ""])
    frame = positions(*(row for article in "abc" for row in one(article, "oppose", 3)))
    trials = sensitivity.variants(frame, unknown)
    assert trials.loc[trials["kind"] == "outlet", "variant"].tolist() == ["without a", "without b", "without c"]
