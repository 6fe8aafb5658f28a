"""Whether talks, aid or a measure can be had."""

import pytest
from coded_alone import MINUS, NEUTRAL, PLUS, A, D, S, read

CASES = [
    ("USA", "our offer of talks still stands", {D: PLUS}),
    ("USA", "our offer of dialogue remains on the table", {D: PLUS}),
    ("KOR", "food aid remains on offer", {A: PLUS}),
    ("KOR", "humanitarian aid is still available to the North", {A: PLUS}),
    ("USA", "more sanctions are on the table", {S: PLUS}),
    ("KOR", "a negotiated settlement is still within reach", {D: PLUS}),
    ("USA", "talks are off the table", {D: MINUS}),
    ("PRK", "dialogue is no longer possible", {D: MINUS}),
    ("PRK", "talks are out of the question", {D: MINUS}),
    ("KOR", "dialogue is possible if the North changes its attitude", {D: NEUTRAL}),
    ("KOR", "the door to dialogue remains open", {D: PLUS}),
    ("PRK", "the door to dialogue is closed", {D: MINUS}),
    ("KOR", "the government would keep enforcing sanctions but the door to talks would remain open",
     {S: PLUS, D: PLUS}),
    ("USA", "we have nothing to gain from such talks", {D: MINUS}),
    ("JPN", "there is no point in talks now", {D: MINUS}),
    ("JPN", "Tokyo sees no reason to ease the sanctions", {S: PLUS}),
]
NOTHING_SAID = [
    ("CHN", "the window for dialogue is closing"),
    ("OTHER", "more sanctions are on the table"),
    ("OTHER", "sanctions might be possible"),
    ("USA", "the talks are open to the press"),
    ("USA", "the talks stand in a long line of meetings"),
    ("USA", "sanctions remain in force"),
]


@pytest.mark.parametrize(("by", "says", "wanted"), CASES, ids=lambda c: c if isinstance(c, str) else "")
def test_whether_it_can_be_had(by, says, wanted):
    assert read(says, by) == wanted


@pytest.mark.parametrize(("by", "says"), NOTHING_SAID)
def test_what_says_nothing_of_that(by, says):
    assert read(says, by) == {}
