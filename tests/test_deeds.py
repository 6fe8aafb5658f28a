"""What a government did, as a clause tells it: a reproach or a praise without a word that is good or bad in itself."""

import pytest

from stancebrief import codebook, stance, study

KOREA = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")


def conduct(says: str, by: str = "OTHER", cue: str = "said") -> dict[str, str]:
    """{target: stance} on the conduct of governments."""
    found = {p.target: stance.NAMES[p.sign] for p in stance.toward_target(says, KOREA, cue=cue, by=by)}
    return {name: found[name] for name in ("us_policy", "china_russia") if name in found}


REPROACHED = [
    # it let happen, looked on
    "The White House has watched North Korea build a nuclear arsenal",
    "The United States allowed the nuclear programme to grow",
    "Washington let the North off the hook",
    # it gave nothing, or not what was to be given
    "The Americans have offered nothing in return",
    "The United States has put nothing on the table since Hanoi",
    "Washington has made no offer worth the name",
    "Washington has done precious little to bring them back",
    # too late, too much
    "The administration waited too long",
    "Washington relied too heavily on its sanctions",
    # never, not once, not yet
    "The United States has never once tried to talk to them",
    "Washington has yet to make an offer",
    "The United States never kept its promises",
    # the worse of two
    "The United States chose confrontation",
    "Washington opted for threats over diplomacy",
    "The White House put its alliances above peace",
    # a gift to the other side
    "The White House handed Kim a propaganda victory",
    # time let go by
    "Washington has spent seven years waiting for the North to change",
    # felt, or said, of what it did
    "it was troubling that Washington would turn to such a man",
    # words without deeds
    "The Americans say they will talk, but they have offered nothing since Hanoi",
    "Washington had confused volume with strategy",
]
PRAISED = [
    "Washington had answered every letter from Pyongyang",
    "The United States has kept its side of the bargain",
    "The United States has always honoured its commitments",
    "The administration has put more pressure on North Korea than any before it",
    "The White House had done everything it could",
    "The administration had rallied the Security Council",
    "Washington had made several serious proposals",
    "The White House had stopped the nuclear tests",
    "it was fortunate that the United States had stood firm",
]
TOLD = [
    "The United States sent an envoy to Seoul",
    "The US watched the launch closely",
    "Washington waited for the answer",
    "The administration had no comment",
    "The White House gave no details",
    "The United States put the draft to a vote",
    "Washington let the deadline pass",
    "The United States allowed the delegation to enter the country",
    "The White House will answer every letter",
    "The Americans put the table near the door",
    "Washington had nothing to add",
    "The president gave Mr. Kim a letter",
    "The United States made an offer",
    "The president has not chosen an envoy",
    "It is not too late for the United States",
    "It was clear that Washington would send an envoy",
    "Washington spent two years building the port",
    "Sooner or later the Americans will have to sit down with the North",
    "the battery was placed over the objections of Washington",
]


@pytest.mark.parametrize("says", REPROACHED)
def test_a_deed_told_as_a_reproach(says):
    assert conduct(says) == {"us_policy": "oppose"}


@pytest.mark.parametrize("says", PRAISED)
def test_a_deed_told_as_a_merit(says):
    assert conduct(says) == {"us_policy": "support"}


@pytest.mark.parametrize("says", TOLD)
def test_a_deed_only_told(says):
    assert conduct(says) == {}


@pytest.mark.parametrize("says", ["if Washington waited too long, they would act", "unless Washington chooses war"])
def test_what_is_supposed_is_not_asserted(says):
    assert conduct(says) == {}


def test_the_same_holds_of_any_government_whose_conduct_is_a_target():
    assert conduct("Beijing has offered nothing in return") == {"china_russia": "oppose"}
    assert conduct("France has offered nothing in return") == {}


def test_deeds_that_tell_different_things_decide_nothing():
    assert conduct("Washington kept its promises but chose confrontation") == {}


@pytest.mark.parametrize(
    ("by", "cue", "says", "wanted"),
    [
        ("CHN", "said", "his country had carried out the resolution to the letter", {"china_russia": "support"}),
        ("USA", "said", "we have not once tried to talk to them", {"us_policy": "oppose"}),
        ("USA", "said", "we have done nothing to stop him", {"us_policy": "oppose"}),
        ("CHN", "denied", "it had let its vessels pass oil at sea", {"china_russia": "support"}),
        ("RUS", "denied", "it was arming Pyongyang", {"china_russia": "support"}),
        ("FRA", "said", "we have done nothing to stop him", {}),
        ("CHN", "denied", "the ship had called at a Chinese port", {}),
        ("CHN", "said", "we have read the letter", {}),
    ],
)
def test_what_a_source_says_of_its_own_side(by, cue, says, wanted):
    assert conduct(says, by=by, cue=cue) == wanted
