"""What the reporting word adds: who is blamed for whose deed, and who is only asked to do something."""

import pytest

from stancebrief import codebook, stance, study

KOREA = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")


def read(cue: str, says: str, by: str = "USA") -> dict[str, str]:
    """{target: stance} of what was said with that reporting word."""
    return {p.target: stance.NAMES[p.sign] for p in stance.toward_target(says, KOREA, cue=cue, by=by)}


@pytest.mark.parametrize(
    "says",
    [
        "China of ignoring the nuclear programme",
        "China for the missile launch",
        "Russia of helping the nuclear programme",
        "Beijing and Moscow of shrugging off the nuclear test",
    ],
)
def test_blame_for_what_another_did_is_no_position_on_the_act(says):
    assert read("accused" if " of " in says else "blamed", says) == {"china_russia": "oppose"}


@pytest.mark.parametrize(
    "says",
    [
        "North Korea of hiding its nuclear tests",
        "Pyongyang of mocking the world with its nuclear tests",
        "North Korea of openly ridiculing the council with every missile launch",
        "Pyongyang of threatening its neighbours by testing missiles",
    ],
)
def test_blame_of_the_doer_is_blame_for_the_act_and_for_what_was_done_with_it(says):
    assert read("accused", says) == {"dprk_weapons": "oppose"}


def test_nobody_praises_what_he_calls_a_provocation():
    found = read("described", "the test as a provocation that strengthened the alliance")
    assert found.get("dprk_weapons") != "support"


def test_a_government_that_only_made_the_text_is_not_defended():
    says = "the veto of a US-drafted resolution as the only responsible course"
    assert read("defended", says, by="RUS") == {"veto": "support"}


@pytest.mark.parametrize(
    ("cue", "says"),
    [
        ("asked", "the sanctions committee to act faster"),
        ("urged", "the sanctions committee to act"),
        ("called on", "the sanctions committee to be stricter"),
        ("asked", "the sanctions committee for an exemption"),
        ("told", "the sanctions committee to do its job"),
    ],
)
def test_who_is_asked_is_not_what_is_asked_for(cue, says):
    assert read(cue, says) == {}


@pytest.mark.parametrize(
    ("cue", "says", "wanted"),
    [
        ("called for", "sanctions to remain in place", "support"),
        ("asked for", "sanctions to be tightened", "support"),
        ("called for", "the sanctions to be lifted", "oppose"),
        ("urged", "the council to lift the sanctions", "oppose"),
    ],
)
def test_what_is_asked_for_is_read_on(cue, says, wanted):
    assert read(cue, says, by="OTHER") == {"sanctions": wanted}
