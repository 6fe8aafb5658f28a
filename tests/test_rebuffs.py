"""What a reporting word takes back: threats, claims denied, both sides asked, others' acts, what is a pity."""

import pytest

from stancebrief import codebook, stance, study

KOREA = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")


def read(cue: str, says: str, by: str = "USA") -> dict[str, str]:
    """{target: stance} of what was said with that reporting word."""
    return {p.target: stance.NAMES[p.sign] for p in stance.toward_target(says, KOREA, cue=cue, by=by)}


@pytest.mark.parametrize("cue", ["threatened", "threatens"])
@pytest.mark.parametrize("says", ["further nuclear tests", "more missile launches"])
def test_a_threat_is_not_yet_a_justification(cue, says):
    assert "dprk_weapons" not in read(cue, says, by="PRK")
    assert read("defended", says, by="PRK") == {"dprk_weapons": "support"}


@pytest.mark.parametrize("cue", ["shrugged off", "brushed aside"])
def test_making_light_of_an_act_is_no_stand_against_it(cue):
    assert "dprk_weapons" not in read(cue, "the missile tests as something everybody does")


@pytest.mark.parametrize("says", ["unilateral sanctions", "unjust and illegal sanctions", "cruel sanctions"])
def test_what_is_called_bad_and_rejected_is_rejected(says):
    assert read("rejected", says, by="CUB") == {"sanctions": "oppose"}
    assert read("denied", f"the sanctions were {says.split()[0]}", by="USA").get("sanctions") != "oppose"


def test_what_stands_in_a_claim_that_is_denied_is_not_wanted():
    says = "the allegation that Washington was considering sanctions"
    assert "sanctions" not in read("rejected", says)
    assert "sanctions" not in read("dismissed", "suggestions that it was considering new sanctions")


def test_who_asks_both_sides_finds_fault_with_neither():
    assert "us_policy" not in read("urged", "Washington and Pyongyang alike to show restraint", by="CHN")
    assert "us_policy" not in read("asked", "the United States and North Korea to think again", by="CHN")
    assert read("urged", "Washington to show restraint", by="CHN")["us_policy"] == "oppose"


@pytest.mark.parametrize(
    ("cue", "says", "by"),
    [
        ("said", "the missile programme remains a priority", "USA"),
        ("said", "missiles must be kept out of this", "KOR"),
        ("urged", "the government to consider nuclear weapons", "JPN"),
    ],
)
def test_others_hardly_speak_for_an_act_but_by_speaking_up_for_it(cue, says, by):
    assert read(cue, says, by=by).get("dprk_weapons") != "support"
    assert read("defended", "the missile launches", by="SYR") == {"dprk_weapons": "support"}


@pytest.mark.parametrize(
    ("cue", "says"),
    [
        ("called it", "a pity that the talks had fallen short of agreement"),
        ("said", "it was regrettable that the talks had fallen short"),
        ("said", "it is unfortunate that the talks will not be held"),
        ("regretted", "that the talks had fallen short"),
    ],
)
def test_a_pity_that_talks_fail_speaks_for_talks(cue, says):
    assert read(cue, says, by="KOR").get("dialogue") == "support"
    assert read("said", "the talks had fallen short", by="KOR").get("dialogue") != "support"


@pytest.mark.parametrize(
    ("cue", "says"),
    [
        ("said", "it is regrettable that the sanctions are harming the people"),
        ("said", "it was sad that the sanctions had hurt civilians"),
        ("regretted", "that the sanctions had hurt civilians"),
        ("regretted", "that the unjust sanctions had been tightened"),
    ],
)
def test_a_pity_that_a_measure_does_harm_speaks_against_it(cue, says):
    assert read(cue, says, by="CHN") == {"sanctions": "oppose"}


@pytest.mark.parametrize("says", ["years of lax sanctions enforcement had paid for the bombs",
                                  "patchy sanctions enforcement has paid for the bombs"])
def test_too_little_of_a_measure_is_complained_of_by_those_who_want_it(says):
    assert read("said", says).get("sanctions") == "support"


def test_a_better_name_for_the_second_of_two_is_not_that_of_the_first():
    says = "there was no comparing unlawful launches and lawful drills"
    assert read("said", says).get("joint_exercises") != "oppose"


@pytest.mark.parametrize("says", ["Washington fully supported Seoul's efforts",
                                  "the United States stands behind Japan, its great ally"])
def test_to_back_somebody_is_no_praise_of_oneself(says):
    assert "us_policy" not in read("said", says)


@pytest.mark.parametrize("says", ["lax controls had let the regime build its missiles",
                                  "let them keep their missiles, then"])
def test_letting_others_have_their_way_is_no_wish(says):
    assert read("said", says, by="PRK").get("dprk_weapons") != "support"


@pytest.mark.parametrize(
    "says", ["it will suspend its nuclear tests", "it no longer needed any nuclear tests",
             "its missile launch was 'not a threat' to anybody"]
)
def test_nobody_is_against_an_act_of_his_own_but_outright(says):
    assert read("said", says, by="PRK").get("dprk_weapons") != "oppose"
    assert read("condemned", "the missile launch", by="JPN") == {"dprk_weapons": "oppose"}


@pytest.mark.parametrize(("cue", "says"), [("ruled out", "talks with the United States"),
                                           ("said", "talks with Washington would be a dead end")])
def test_with_whom_talks_are_is_no_judgement_on_that_government(cue, says):
    assert read(cue, says, by="PRK") == {"dialogue": "oppose"}


def test_what_a_rebuff_calls_the_thing_rebuffed_is_not_denied():
    says = "the idea of talks, calling it an insult"
    assert read("brushed aside", says).get("dialogue") != "support"


@pytest.mark.parametrize("says", ["the government to ask Washington to bring back its soldiers",
                                  "this was a way of telling Washington that the clock is ticking"])
def test_who_is_told_something_or_asked_by_somebody_else_is_not_asked_to_act(says):
    assert "us_policy" not in read("urged" if says.startswith("the gov") else "said", says, by="JPN")


def test_to_look_again_at_a_measure_is_to_want_less_of_it():
    says = "the Security Council to look again at sanctions on fishing"
    assert read("asked", says, by="UN") == {"sanctions": "oppose"}


def test_a_measure_that_would_apply_is_told_of_not_wished():
    assert "joint_exercises" not in read("said", "the joint exercises would involve 20,000 troops", by="KOR")
    assert read("said", "the joint exercises would go ahead as planned", by="KOR") == {"joint_exercises": "support"}


@pytest.mark.parametrize(("cue", "says"), [("expressed the hope", "talks would resume before the deadline"),
                                           ("hoped", "negotiations would go on"),
                                           ("worries", "the precious momentum for talks may be lost")])
def test_what_is_hoped_for_and_feared_for_is_wanted(cue, says):
    assert read(cue, says, by="KOR").get("dialogue") == "support"


def test_what_is_only_foretold_is_not_hoped_for():
    assert "dialogue" not in read("said", "talks would resume before the deadline", by="KOR")
    assert "dialogue" not in read("asked", "whether talks would resume", by="KOR")


@pytest.mark.parametrize(("cue", "says"), [("urged", "easing of sanctions to fight the virus"),
                                           ("said", "the council ought to consider adjusting the sanctions")])
def test_easing_is_asked_for_in_other_words_too(cue, says):
    assert read(cue, says, by="CHN") == {"sanctions": "oppose"}


def test_a_measure_is_called_what_its_name_says_not_what_it_answers():
    says = "the sanctions as a justified response to a decade of broken promises"
    assert read("described", says, by="AUS") == {"sanctions": "support"}


def test_what_a_government_ought_to_do_may_stand_second():
    says = "China has a critical role to play and ought to use its influence"
    assert read("said", says) == {"china_russia": "oppose"}
