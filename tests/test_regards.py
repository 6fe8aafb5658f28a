"""What a source takes a measure or talks for, and what it prefers to them."""

import pytest
from coded_alone import MINUS, PLUS, D, J, S, read

CASES = [
    ("CHN", "we consider dialogue the only way forward", {D: PLUS}),
    ("CHN", "Beijing sees talks as the best way to calm things down", {D: PLUS}),
    ("KOR", "Seoul regards diplomacy as indispensable", {D: PLUS}),
    ("RUS", "Moscow views fresh sanctions as a mistake", {S: MINUS}),
    ("RUS", "we regard the sanctions as illegitimate", {S: MINUS}),
    ("RUS", "Moscow deems further sanctions useless", {S: MINUS}),
    ("USA", "Washington views the drills as vital to its alliance", {J: PLUS}),
    ("CHN", "Beijing regards the drills as a threat to its security", {J: MINUS}),
    ("CHN", "we do not see sanctions as a remedy", {S: MINUS}),
    ("JPN", "Tokyo does not consider talks useful", {D: MINUS}),
    ("USA", "we consider talks premature", {D: MINUS}),
    ("KOR", "Seoul considers sanctions necessary", {S: PLUS}),
    ("CHN", "we have always seen a political settlement as the only solution", {D: PLUS}),
]
OTHERS = [
    ("USA", "the North sees the drills as a rehearsal for war"),
    ("USA", "many in the region regard sanctions as futile"),
    ("KOR", "Pyongyang considers talks a waste of time"),
    ("USA", "critics view the sanctions as a failure"),
    ("USA", "we see sanctions every day"),
    ("KOR", "Seoul considers sanctions, talks and drills"),
]
PREFERRED = [
    ("CHN", "Washington should choose dialogue over sanctions", {S: MINUS}),
    ("JPN", "the answer is sanctions rather than talks", {S: PLUS, D: MINUS}),
    ("CHN", "what we need is dialogue and not more sanctions", {D: PLUS, S: MINUS}),
    ("JPN", "we need not talks but tougher sanctions", {S: PLUS, D: MINUS}),
    ("CHN", "we want talks, not sanctions", {D: PLUS, S: MINUS}),
    ("RUS", "the region needs dialogue more than it needs drills", {D: PLUS}),
    ("USA", "we will neither lift the sanctions nor cancel the drills", {S: PLUS, J: PLUS}),
    ("USA", "we will not lift or ease the sanctions", {S: PLUS}),
    ("USA", "we will not ease the sanctions or stop the drills", {S: PLUS, J: PLUS}),
]


@pytest.mark.parametrize(("by", "says", "wanted"), CASES, ids=lambda c: c if isinstance(c, str) else "")
def test_what_the_source_takes_it_for(by, says, wanted):
    assert read(says, by) == wanted


@pytest.mark.parametrize(("by", "says"), OTHERS)
def test_what_others_take_it_for_is_not_the_sources_view(by, says):
    assert read(says, by) == {}


@pytest.mark.parametrize(("by", "says", "wanted"), PREFERRED, ids=lambda c: c if isinstance(c, str) else "")
def test_what_is_preferred_and_what_is_denied_together(by, says, wanted):
    found = read(says, by)
    assert {target: found.get(target) for target in wanted} == wanted
