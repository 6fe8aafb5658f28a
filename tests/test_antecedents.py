"""Words that stand for a target named before them: what they point to, how far, and where nothing is decided."""

import pathlib
import tempfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import articles, codebook, stance, statements, study
from stancebrief.stance import antecedents

KOREA = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
IRAN = codebook.read(study.DATA / "iran-snapback" / "codebook.yaml")

TEST = "North Korea carried out a nuclear test on Sunday."
VOTE = "China and Russia vetoed a draft resolution at the Security Council on Thursday."
STRIKES = "Israel carried out air strikes on Iran's nuclear sites."
SNAPBACK = "The UN sanctions on Iran returned on Sunday."


def code(text: str, book: codebook.Codebook) -> pd.DataFrame:
    """The positions in a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "one.txt"
        path.write_text(text, encoding="utf-8")
        found, _ = articles.read_paths([path])
    said, _ = statements.extract(found)
    return stance.code(said, found, book, second=False)


def read(text: str, book: codebook.Codebook = KOREA) -> list[tuple[str, str, str]]:
    """(country, target, stance) of the positions in a text."""
    return [tuple(row) for row in code(text, book)[["country", "target", "stance"]].itertuples(index=False)]


CASES = [
    ("the head of the name again", KOREA, TEST, "Japan condemned the test.", ("JPN", "dprk_weapons", "oppose")),
    ("a general word for an act", KOREA, VOTE, "Japan deplored the decision.", ("JPN", "veto", "oppose")),
    ("a general word for a measure", IRAN, SNAPBACK, "Russia called the move unlawful.", ("RUS", "snapback", "oppose")),
    ("another topic, no other code", IRAN, SNAPBACK, "France welcomed the step.", ("FRA", "snapback", "support")),
    ("whose vote it was", KOREA, VOTE, "Japan condemned the Chinese vote.", ("JPN", "veto", "oppose")),
    (
        "a pronoun in the next sentence of the same source",
        IRAN,
        "",
        '"We will resist the sanctions," the Iranian president said. "They are illegal."',
        ("IRN", "snapback", "oppose"),
    ),
    (
        "what the content is said of stands before it",
        IRAN,
        SNAPBACK,
        'Russia opposed the sanctions, which it said were "illegal and dangerous".',
        ("RUS", "snapback", "oppose"),
    ),
]


@pytest.mark.parametrize(("book", "lead", "says", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_word_stands_for_the_target_named_before_it(book, lead, says, wanted):
    assert wanted in read(f"{lead}\n\n{says}\n", book)


NONE = [
    ("nothing was named", KOREA, "The council met on Sunday.", "Japan condemned the move."),
    ("it says itself what it is", KOREA, TEST, "Japan condemned the decision to raise tariffs."),
    ("somebody else's step", IRAN, STRIKES, "France condemned the Russian action."),
    ("another thing of that name", IRAN, STRIKES, "France condemned the rail strike."),
    ("an offer of another thing", IRAN, "The talks stalled.\n\nFrance met Iran on Monday.", "Iran rejected the offer."),
    ("it is time", KOREA, TEST, '"It is wrong to shout," the Japanese envoy said.'),
    ("the government itself", IRAN, SNAPBACK, "Iran said it was wrong."),
]


@pytest.mark.parametrize(("book", "lead", "says"), [c[1:] for c in NONE], ids=[c[0] for c in NONE])
def test_no_target_where_the_word_may_mean_something_else(book, lead, says):
    assert read(f"{lead}\n\n{says}\n", book) == []


def test_praise_for_a_step_that_is_not_named_is_not_praise_for_what_others_did():
    assert ("JPN", "dprk_weapons", "support") not in read(f"{TEST}\n\nJapan welcomed the step.\n")


def test_the_reason_names_the_word_and_what_it_stands_for():
    text = f"{SNAPBACK}\n\nRussia called the move unlawful.\n"
    coded = code(text, IRAN)
    assert coded["why"].str.contains("‘move’ stands for ‘sanctions’").any()
    assert all(words in text for row in coded["words"] for words in row.split(" … "))


def test_two_targets_in_one_place_decide_nothing():
    lead = "The UN sanctions on Iran and the inspections were the theme of the day."
    assert read(f"{lead}\n\nRussia condemned the measures.\n", IRAN) == []


def test_every_kind_in_the_table_exists():
    assert {kind for kinds, _ in antecedents._paraphrases().values() for kind in kinds} <= set(codebook.KINDS)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["It", "The move", "they", "said", "condemned", "this", "the step", "sanctions", ".", '"']),
        max_size=14,
    )
)
def test_never_raises(words):
    read(f"{SNAPBACK}\n\nRussia said {' '.join(words)}\n", IRAN)


AID = "South Korea will send food aid to North Korea. The food aid goes by ship."
HALT = "China proposed to suspend the joint drills of South Korea and the United States. The joint drills begin soon."


@pytest.mark.parametrize(
    ("lead", "says", "wanted"),
    [
        (AID, "Japan called the plan a mistake.", ("JPN", "humanitarian_aid", "oppose")),
        (HALT, "Japan called the idea naive.", ("JPN", "joint_exercises", "support")),
        (HALT, "Russia praised the proposal.", ("RUS", "joint_exercises", "oppose")),
        (HALT, "Russia condemned the drills.", ("RUS", "joint_exercises", "oppose")),
    ],
)
def test_a_plan_is_what_the_article_is_about_or_its_ending(lead, says, wanted):
    assert wanted in read(f"{lead}\n\n{says}\n")


def test_that_idea_is_what_was_said_a_moment_ago():
    between = "The weather was fine.\n\nThe hall was full.\n\nThe doors were shut.\n\nNobody left."
    assert read(f"{AID}\n\n{between}\n\nJapan called that idea naive.\n") == []


@pytest.mark.parametrize(("lead", "wanted"), [
    ("China and Russia put forward a draft resolution that would ease sanctions on North Korea.", "oppose"),
    ("The United States put forward a draft resolution that would tighten sanctions on North Korea.", "support"),
])
def test_a_draft_is_for_more_or_less_of_a_measure_as_it_was_named(lead, wanted):
    found = read(f"{lead}\n\nVietnam said the proposal was a timely one.")
    assert ("VNM", "sanctions", wanted) in found
