"""What is said of an act: it leaves others no choice, somebody pays for it, it is not for sale; who had to do it."""

import pytest

from stancebrief import codebook, stance, study

KOREA = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
ARTICLE = "The vetoes fell on a draft resolution against North Korea, its nuclear weapons, missile launches and tests."


def read(by: str, says: str, target: str, cue: str = "said") -> str | None:
    """The stance on a target."""
    found = stance.toward_target(says, KOREA, cue=cue, by=by, text=ARTICLE)
    return next((stance.NAMES[p.sign] for p in found if p.target == target), None)


JUSTIFIED = [
    "the United States had left it no choice but to strengthen its nuclear deterrent",
    "it had no other choice than to develop nuclear weapons",
    "we have been forced to build nuclear weapons",
    "it was driven to build a nuclear bomb",
    "our nuclear weapons will never be put on the table",
    "our missiles are not up for negotiation",
    "the nuclear deterrent is not for sale",
    "it would never trade its nuclear weapons for aid",
    "it was no longer bound by the moratorium on nuclear tests",
    "it no longer felt bound by its moratorium on missile tests",
    "the army would go on strengthening its nuclear force",
    "its status as a nuclear power was irreversible",
    "the tests are nobody's business",
]
CONDEMNED = [
    "North Korea will pay a price for the launch",
    "there will be consequences for the missile launch",
    "North Korea must answer for the nuclear test",
    "the missile test will not go unanswered",
    "the launches have left us no choice but to defend ourselves",
    "each new missile launch will cost the regime more than the last",
    "North Korea must honour its commitment to denuclearisation",
    "North Korea is thumbing its nose at the council with its missile launches",
    "we will never accept North Korea as a nuclear power",
    "silence from the council would embolden Pyongyang to carry out another nuclear test",
]
TOLD = [
    ("OTHER", "the North will carry out a nuclear test"),
    ("OTHER", "the missile was put on the launcher"),
    ("USA", "North Korea's nuclear weapons will be on the table in Hanoi"),
    ("OTHER", "the launch cost about two million dollars"),
    ("OTHER", "North Korea paid for the missile parts in cash"),
    ("OTHER", "the engineers had a choice of two missiles"),
    ("RUS", "the price of a missile launch is low"),
]


@pytest.mark.parametrize("says", JUSTIFIED)
def test_an_act_justified_by_those_whose_it_is(says):
    assert read("PRK", says, "dprk_weapons") == "support"


@pytest.mark.parametrize("says", CONDEMNED)
def test_an_act_condemned_by_what_it_brings(says):
    assert read("JPN", says, "dprk_weapons") == "oppose"


@pytest.mark.parametrize(("by", "says"), TOLD)
def test_an_act_only_told(by, says):
    assert read(by, says, "dprk_weapons") is None


@pytest.mark.parametrize(
    "says",
    [
        "his country had been left with no choice but to veto the draft resolution",
        "it had no option but to vote against the draft",
        "China had been forced to veto the draft",
    ],
)
def test_the_same_holds_of_any_act(says):
    assert read("CHN", says, "veto") == "support"
