"""What comes of a measure or of talks, ought to come of them, or must not."""

import pytest
from coded_alone import MINUS, NEUTRAL, PLUS, A, D, J, S, read
from hypothesis import given, settings
from hypothesis import strategies as st

CAME = [
    ("RUS", "a decade of sanctions has brought only more missiles", {S: MINUS}),
    ("OTHER", "sanctions have achieved little", {S: MINUS}),
    ("OTHER", "the sanctions have yielded no results", {S: MINUS}),
    ("CHN", "sanctions have not produced anything", {S: MINUS}),
    ("CHN", "talks have produced results in the past", {D: PLUS}),
    ("USA", "the talks have delivered nothing but promises", {D: MINUS}),
    ("KOR", "dialogue can bring progress", {D: PLUS}),
    ("JPN", "talks would hand the regime a propaganda victory", {D: MINUS}),
    ("JPN", "a summit would reward the regime", {D: MINUS}),
    ("USA", "negotiations would only buy Pyongyang time", {D: MINUS}),
    ("USA", "easing the sanctions now would reward aggression", {S: PLUS}),
    ("OTHER", "sanctions without talks are a way of failing", {S: MINUS, D: PLUS}),
    ("RUS", "sanctions have been tried and have not worked", {S: MINUS}),
    ("KOR", "the drills are held every year and pose no danger to anyone", {J: PLUS}),
    ("RUS", "sanctions cannot replace diplomacy", {S: MINUS, D: PLUS}),
    ("USA", "the sanctions deserve more time", {S: PLUS}),
    ("RUS", "our colleagues offer threats", {}),
    ("CHN", "the United States offers threats and no talks", {D: PLUS}),
]
OUGHT = [
    ("USA", "the sanctions must bite", {S: PLUS}),
    ("JPN", "sanctions have to be felt", {S: PLUS}),
    ("USA", "sanctions must have consequences", {S: PLUS}),
    ("JPN", "sanctions should be tough", {S: PLUS}),
    ("RUS", "sanctions should be reversible", {S: NEUTRAL}),
    ("CHN", "sanctions must not hurt ordinary people", {S: NEUTRAL}),
    ("CHN", "any sanctions should be proportionate", {S: NEUTRAL}),
    ("RUS", "the measures should not affect civilians", {S: NEUTRAL}),
]
WEIGHED = [
    ("CHN", "sanctions are not an end in themselves", {S: NEUTRAL}),
    ("GBR", "sanctions were never the aim", {S: NEUTRAL}),
    ("FRA", "sanctions are a means, not an end", {S: NEUTRAL}),
    ("CHN", "sanctions alone will not solve the problem", {S: NEUTRAL}),
    ("CHN", "sanctions by themselves cannot bring peace", {S: NEUTRAL}),
    ("CHN", "sanctions are only one part of the answer", {S: NEUTRAL}),
    ("KOR", "dialogue alone will not be enough", {D: NEUTRAL}),
    ("RUS", "simply calling for talks will not make them happen", {D: NEUTRAL}),
    ("RUS", "sanctions will not solve the problem", {S: MINUS}),
    ("RUS", "sanctions alone have never stopped a test", {S: MINUS}),
]
NOTHING_SAID = [
    ("OTHER", "the sanctions have a long history"),
    ("OTHER", "sanctions produced a long list of names"),
    ("OTHER", "the talks took two days"),
    ("OTHER", "if sanctions bring nothing, the Council will meet again"),
    ("OTHER", "the drills bring together thousands of soldiers"),
    ("OTHER", "the envoy gave only one interview on the talks"),
]


@pytest.mark.parametrize(("by", "says", "wanted"), CAME + OUGHT + WEIGHED, ids=str)
def test_effects(by, says, wanted):
    assert read(says, by) == wanted


@pytest.mark.parametrize(("by", "says"), NOTHING_SAID)
def test_a_fact_takes_no_side(by, says):
    assert read(says, by) == {}


@given(
    st.sampled_from([("sanctions", S), ("talks", D), ("the drills", J)]),
    st.sampled_from(["produced", "brought", "achieved", "yielded"]),
    st.sampled_from([("nothing", -1), ("little", -1), ("no results", -1), ("results", 1), ("progress", 1)]),
)
@settings(max_examples=30, deadline=None)
def test_what_came_of_it_decides_whatever_it_is(thing, verb, what):
    name, target = thing
    said, sign = what
    assert read(f"{name} have {verb} {said}", "USA") == {target: PLUS if sign > 0 else MINUS}


def test_aid_that_must_not_be_held_hostage_is_wanted():
    assert read("food aid should not be held hostage to politics", "UN") == {A: PLUS}
