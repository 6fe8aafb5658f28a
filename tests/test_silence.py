"""What must not be read as a position, and what turning, reporting or doubting a sentence must never make of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import codebook, stance, study

BOOK = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
NEWS = (
    "North Korea fired a ballistic missile last week, months after a nuclear test. The United States circulated a "
    "draft resolution with new sanctions at the Security Council. The military drills of South Korea and the United "
    "States began on Monday."
)


def read(says: str, by: str = "OTHER", cue: str = "said") -> dict[str, int]:
    return {p.target: p.sign for p in stance.toward_target(says, BOOK, cue=cue, by=by, text=NEWS)}


UNREAD = [
    # what surrounds the matter
    ("USA", "called on", "China to end business as usual after Pyongyang tested a hydrogen bomb", "dprk_weapons"),
    ("USA", "urged", "calm, while the sanctions take effect", "sanctions"),
    ("KOR", "demanded", "an apology although the drills have ended", "joint_exercises"),
    ("GBR", "welcomed", "the statement, which was drafted before the sanctions were adopted", "sanctions"),
    # what is wondered, forecast, or within somebody's power
    ("KOR", "asked", "how a regime that could afford missiles could be short of rice", "humanitarian_aid"),
    ("OTHER", "doubted", "it can mount a warhead on a long-range missile", "dprk_weapons"),
    ("OTHER", "said", "Pyongyang may test another missile within weeks", "dprk_weapons"),
    # threats, vows and boasts are told as the source tells them
    ("PRK", "threatened", 'to carry out "indiscriminate" nuclear strikes', "dprk_weapons"),
    # allies among themselves
    ("PRK", "condemned", "talks between Washington and Seoul on planning for war", "dialogue"),
    ("USA", "announced", "formal talks with Seoul on a new radar", "dialogue"),
    ("KOR", "confirmed", "it would open talks with Tokyo on a radar", "dialogue"),
    # another than the speaker may be meant
    ("OTHER", "noted", "the North had spent two decades proving it would not disarm for money", "dprk_weapons"),
    # what one likes, fears or is helped to says nothing of one's worth
    ("OTHER", "said", "China dislikes the tests but it dislikes instability on its border far more", "china_russia"),
    ("USA", "told", "Russia had helped North Korea obtain fuel at sea", "dialogue"),
    ("CHN", "said", "China will never let its companies violate Security Council resolutions", "dprk_weapons"),
]


@pytest.mark.parametrize(("by", "cue", "says", "target"), UNREAD, ids=[case[2][:40] for case in UNREAD])
def test_what_takes_no_side_is_not_read(by, cue, says, target):
    assert target not in read(says, by, cue)


NEVER = [
    ("USA", "warned", "it would not hesitate to impose new sanctions", "sanctions", -1),
    ("USA", "said", "Russia is working across the board to undermine the sanctions regime", "china_russia", 1),
    ("USA", "told", "Russia had helped North Korea obtain fuel at sea", "china_russia", 1),
    ("KOR", "requested", "Beijing use its seat on the Security Council more responsibly", "china_russia", 1),
    ("USA", "told", "China had an obligation to make clear that it would not stand for it", "china_russia", 1),
    ("OTHER", "called for", "the drills to be put off to revive dialogue", "joint_exercises", 1),
    ("USA", "said", "the United States will loosen restrictions on humanitarian work in North Korea", "sanctions", -1),
]


@pytest.mark.parametrize(("by", "cue", "says", "target", "wrong"), NEVER, ids=[case[2][:40] for case in NEVER])
def test_the_contrary_is_not_read(by, cue, says, target, wrong):
    assert read(says, by, cue).get(target) != wrong


CLAUSES = [
    ("sanctions have failed", "sanctions", -1),
    ("sanctions are working", "sanctions", 1),
    ("the nuclear tests are a threat", "dprk_weapons", -1),
    ("the missile launch was a provocation", "dprk_weapons", -1),
    ("the joint drills are dangerous", "joint_exercises", -1),
    ("the veto was a disgrace", "veto", -1),
    ("the veto was justified", "veto", 1),
    ("the sanctions should be lifted", "sanctions", -1),
    ("the sanctions must be enforced", "sanctions", 1),
    ("dialogue is the only way out", "dialogue", 1),
]
CLAUSE = st.sampled_from(CLAUSES)


@pytest.mark.parametrize(("says", "target", "sign"), CLAUSES)
def test_the_plain_clause_is_read(says, target, sign):
    assert read(says).get(target) == sign


@settings(max_examples=30, deadline=None)
@given(CLAUSE, st.sampled_from(["denied", "rejected the claim", "dismissed the suggestion"]))
def test_who_denies_a_claim_does_not_make_it(clause, cue):
    says, target, sign = clause
    assert read(f"that {says}", "OTHER", cue).get(target) != sign


@settings(max_examples=30, deadline=None)
@given(CLAUSE, st.sampled_from(["Moscow said that", "Russia has argued that", "the Kremlin's claim was that"]))
def test_what_another_says_is_not_the_source_s(clause, frame):
    says, target, _ = clause
    assert target not in read(f"{frame} {says}", "USA")


@settings(max_examples=30, deadline=None)
@given(CLAUSE, st.sampled_from(["if", "whether", "unless"]), st.sampled_from(["he would resign", "nobody could say"]))
def test_a_condition_takes_no_side(clause, mark, rest):
    says, target, _ = clause
    assert target not in read(f"{rest} {mark} {says}")


@settings(max_examples=30, deadline=None)
@given(CLAUSE, st.sampled_from(["it is not true that", "nobody believes that", "it is a myth that"]))
def test_a_clause_denied_is_never_read_as_it_stands(clause, frame):
    says, target, sign = clause
    assert read(f"{frame} {says}").get(target) != sign


@settings(max_examples=20, deadline=None)
@given(CLAUSE, st.sampled_from(["asked", "wondered"]))
def test_a_question_is_never_a_claim(clause, cue):
    says, target, sign = clause
    found = read(f"whether {says}", "USA", cue).get(target)
    assert found is None or found == -1 or found != sign
