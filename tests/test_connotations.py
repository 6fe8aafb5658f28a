"""Judging words count for a target only where the grammar ties them to it."""

import pytest

from stancebrief import codebook, stance, study

BOOK = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
NEWS = "North Korea fired a missile on Monday, and more sanctions loom."


def read(says: str, cue: str, by: str = "OTHER") -> dict[str, int]:
    return {p.target: p.sign for p in stance.toward_target(says, BOOK, cue=cue, by=by, text=NEWS)}


@pytest.mark.parametrize(
    ("cue", "says", "target", "sign"),
    [
        ("called", "the launch reckless", "dprk_weapons", -1),
        ("called", 'the nuclear test "a grave provocation"', "dprk_weapons", -1),
        ("described", "the missile test as a disgrace", "dprk_weapons", -1),
        ("described", "the joint drills as a provocation", "joint_exercises", -1),
        ("labelled", "the veto disgraceful and dangerous", "veto", -1),
        ("described", "the talks as meaningful and constructive", "dialogue", 1),
        ("told", "a country which starves its people to build nuclear weapons", "dprk_weapons", -1),
    ],
)
def test_a_word_tied_to_the_target_decides(cue, says, target, sign):
    assert read(says, cue).get(target) == sign


@pytest.mark.parametrize(
    ("cue", "says", "target"),
    [
        ("said", "its reckless remarks on the nuclear programme were testing patience", "dprk_weapons"),
        ("described", "the incident as a provocation that strengthened the case for joint drills", "joint_exercises"),
        ("said", "the rocket fell into the sea after its second-stage engine failed to start", "dprk_weapons"),
        ("said", "the blast appeared too small for a hydrogen bomb", "dprk_weapons"),
        ("said", "the veto had been expected but the isolation of Moscow was shocking", "veto"),
        ("called", "the commentary on the missile test a disgrace", "dprk_weapons"),
        ("said", "a statement condemning the launch came after a meeting at which China spoke", "china_russia"),
        ("told", "a terrible flood struck the town near the missile site", "dprk_weapons"),
        ("called", "the minister who ordered the drills a criminal", "joint_exercises"),
        ("said", "a tyrant who gave up his nuclear weapons had been overthrown", "dprk_weapons"),
    ],
)
def test_a_word_about_something_else_decides_nothing(cue, says, target):
    assert target not in read(says, cue)
