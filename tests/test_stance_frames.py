"""Frames of whole sentences: what they make of a target, what turns them, and what must not be read as a stance."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import codebook, stance, study
from stancebrief.stance import valence
from stancebrief.statements import vocabulary

BOOK = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
NEWS = (
    "North Korea fired a ballistic missile last week, months after a nuclear test. The United States circulated a "
    "draft resolution with new sanctions at the Security Council. The military drills of South Korea and the United "
    "States began on Monday. Talks have stalled."
)


def read(says: str, by: str = "OTHER", cue: str = "said") -> dict[str, str]:
    """{target: stance} of a content that stands alone, in an article about the dossier."""
    found = stance.toward_target(says, BOOK, cue=cue, by=by, text=NEWS)
    return {p.target: stance.NAMES[p.sign] for p in found}


S, D, W, J, U, C = "sanctions", "dialogue", "dprk_weapons", "joint_exercises", "us_policy", "china_russia"
PLUS, MINUS, NEUTRAL = "support", "oppose", "neutral"

CASES = [
    # the means of what ought to be done are wanted
    ("JPN", "the Council must respond with stronger sanctions", {S: PLUS}),
    ("CHN", "the issue can only be solved through dialogue", {D: PLUS}),
    ("CHN", "the matter should be settled by talks", {D: PLUS}),
    # "it is …": said of what follows, never of the speaker
    ("CHN", "it would be unwise to add more sanctions", {S: MINUS}),
    ("RUS", "it is high time that sanctions were eased", {S: MINUS}),
    ("CHN", "it is necessary to lift some sanctions", {S: MINUS}),
    ("JPN", "it is too early to ease the sanctions", {S: PLUS}),
    ("JPN", "it is premature to talk about easing sanctions", {S: PLUS}),
    ("KOR", "it is essential that the drills go ahead", {J: PLUS}),
    ("USA", "the time for talks has passed", {D: MINUS}),
    # one thing rather than another
    ("CHN", "What we need is dialogue, not confrontation", {D: PLUS}),
    ("CHN", "What is needed is not more sanctions but dialogue", {S: MINUS, D: PLUS}),
    # what fails, what fails without it, what nothing brings about
    ("RUS", "sanctions have failed to stop the programme", {S: MINUS}),
    ("RUS", "sanctions have failed to stop the nuclear programme", {S: MINUS}),
    ("OTHER", "sanctions without talks will lead nowhere", {S: MINUS, D: PLUS}),
    ("OTHER", "neither threats nor sanctions will bring peace", {S: MINUS}),
    ("OTHER", "no amount of sanctions will change Kim's mind", {S: MINUS}),
    ("PRK", "new sanctions would be regarded as a declaration of war", {S: MINUS}),
    ("CHN", "Piling sanctions on sanctions has closed off every path to dialogue", {S: MINUS, D: PLUS}),
    # governments: what they owe, what they refuse, what is laid at their door
    ("CHN", "China has always strictly implemented the resolutions", {C: PLUS, S: PLUS}),
    ("USA", "Beijing has lived up to its obligations", {C: PLUS}),
    ("RUS", "the United States has refused to talk", {U: MINUS}),
    ("USA", "China has done nothing to stop Pyongyang", {C: MINUS}),
    ("CHN", "the root of the problem lies with the United States", {U: MINUS}),
    ("USA", "the burden is on China to act", {C: MINUS}),
    ("CHN", "the crux of the issue is not in China's hands", {C: PLUS}),
    ("OTHER", "Washington should lean harder on China", {U: MINUS, C: MINUS}),
    # taken for granted, under a condition too
    ("PRK", "there will be no calm unless the United States rolls back its vicious hostile policy", {U: MINUS}),
    # doors, and conditions on one's own offer
    ("USA", "the door to talks is wide open", {D: PLUS}),
    ("PRK", "the door to talks is closed", {D: MINUS}),
    ("KOR", "the door to dialogue is open if the North gives up its bombs", {D: NEUTRAL}),
    ("USA", "we would be willing to hold talks if Pyongyang stopped", {D: NEUTRAL}),
    # what must not be let happen; what nobody wants; what is no longer so
    ("USA", "We cannot let these missile launches become routine", {W: MINUS}),
    ("USA", "no one wants to lift sanctions", {S: PLUS}),
    ("PRK", "Pyongyang was no longer interested in talks", {D: MINUS}),
    # an instrument stands for what it would do
    ("USA", "we oppose any bill that would ease the sanctions", {S: PLUS}),
    ("JPN", "all countries must cut off the funds that pay for the nuclear tests", {W: MINUS, S: PLUS}),
]


@pytest.mark.parametrize(("by", "says", "wanted"), CASES, ids=[case[1][:50] for case in CASES])
def test_frames(by, says, wanted):
    assert read(says, by) == wanted


NOTHING = [
    ("UN", "said", "the Council will meet on Friday to discuss the sanctions"),
    ("OTHER", "said", "Kim wants sanctions to be lifted"),
    ("OTHER", "said", "those who want sanctions lifted are many"),
    ("USA", "said", "These missile launches did not pose an immediate threat to US personnel"),
    ("CHN", "said", "China is opposed to unilateral tariffs"),
    ("OTHER", "said", "a law requiring sanctions would land hardest on small firms"),
    ("KOR", "criticised", "the offer as a prize for the missile launch"),
]


@pytest.mark.parametrize(("by", "cue", "says"), NOTHING, ids=[case[2][:50] for case in NOTHING])
def test_what_is_told_of_others_or_in_passing_is_no_stance(by, cue, says):
    assert read(says, by, cue) == {}


@given(
    st.sampled_from(["sanctions", "the sanctions", "all sanctions on the North"]),
    st.sampled_from([("lift", -1), ("ease", -1), ("tighten", 1), ("extend", 1), ("enforce", 1)]),
    st.sampled_from([("time", 1), ("wrong", -1), ("a mistake", -1), ("vital", 1), ("too early", -1), ("unwise", -1)]),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_the_frame_and_the_verb_and_the_denial_multiply(thing, verb, said, denied):
    word, direction = verb
    judgement, worth = said
    sign = direction * worth * (-1 if denied else 1)
    assert read(f"It is {'not ' if denied else ''}{judgement} to {word} {thing}") == {S: PLUS if sign > 0 else MINUS}


@given(st.sampled_from(["dialogue", "diplomacy", "negotiations"]), st.sampled_from(["pressure", "force", "threats"]))
@settings(max_examples=9, deadline=None)
def test_what_is_set_aside_and_what_is_wanted_change_places(wanted, other):
    assert read(f"What is needed is {wanted}, not {other}") .get(D) == PLUS
    assert read(f"What is needed is not {wanted} but {other}").get(D) in (MINUS, None)


def test_a_frame_that_negates_the_lift_verb_flips_the_sign():
    assert read("We cannot let the sanctions be lifted", "USA") == {S: PLUS}
    assert read("They let the sanctions be lifted", "USA") != {S: PLUS}


@pytest.mark.parametrize("name", ["keeping", "solving", "letting", "lying_with", "linking", "making"])
def test_verbs_of_a_class_are_known_in_all_their_forms(name):
    for verb in vocabulary.of(name):
        assert valence.forms(verb) <= valence.verbs(name)


@pytest.mark.parametrize("cue", ["expressed serious concern", "voiced disappointment", "voiced deep regret over"])
def test_a_verb_that_only_carries_a_noun_has_its_class(cue):
    assert "against" in valence.of_cue(cue)


def test_a_verb_that_carries_nothing_has_no_class():
    assert not valence.of_cue("voiced") and not valence.of_cue("expressed")
