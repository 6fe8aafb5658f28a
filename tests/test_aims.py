"""What something is for: talks that a measure is meant to bring about are wanted."""

import pytest
from coded_alone import MINUS, PLUS, D, S, read

CASES = [
    ("USA", "the sanctions are meant to bring the North back to the table", {D: PLUS}),
    ("USA", "the pressure is designed to get Pyongyang to negotiate", {D: PLUS}),
    ("JPN", "the measures are intended to lead the regime to dialogue", {D: PLUS}),
    ("USA", "our goal is to bring the North back to talks", {D: PLUS}),
    ("KOR", "the purpose of the sanctions is to force Pyongyang to return to talks", {D: PLUS}),
    ("KOR", "it is a means to bring Pyongyang back to the negotiating table", {D: PLUS}),
    ("KOR", "sanctions are a tool to bring the North to the negotiating table", {D: PLUS}),
    ("KOR", "the visit was aimed at reviving the talks", {D: PLUS}),
    ("CHN", "we believe this will help move forward the political settlement", {D: PLUS}),
    ("CHN", "the priority is dialogue", {D: PLUS}),
    ("KOR", "our priorities are clear: dialogue and stability", {D: PLUS}),
]
NOTHING_SAID = [
    ("USA", "the aim of the talks was to settle the agenda"),
    ("OTHER", "the role of the drills is to train soldiers"),
    ("OTHER", "sanctions were not meant to lead to talks"),
    ("OTHER", "it was hardly a means to bring anyone to talks"),
    ("OTHER", "the hall was designed for talks"),
]


@pytest.mark.parametrize(("by", "says", "wanted"), CASES, ids=lambda c: c if isinstance(c, str) else "")
def test_what_something_is_meant_to_bring_about_is_wanted(by, says, wanted):
    found = read(says, by)
    assert {target: found.get(target) for target in wanted} == wanted and found.get(S) != MINUS


@pytest.mark.parametrize(("by", "says"), NOTHING_SAID)
def test_an_aim_says_nothing_on_the_thing_itself(by, says):
    assert read(says, by) == {}
