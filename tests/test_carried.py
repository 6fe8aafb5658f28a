"""Positions on what a content does not name: claims denied, one's own course, bargains; the words are data."""

import pathlib
import tempfile

import pytest

from stancebrief import articles, codebook, stance, statements, study
from stancebrief.stance import carried

KOREA = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
IRAN = codebook.read(study.DATA / "iran-snapback" / "codebook.yaml")


def read(text: str, book: codebook.Codebook = KOREA) -> list[tuple[str, str, str]]:
    """(country, target, stance) of the positions in a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "one.txt"
        path.write_text(text, encoding="utf-8")
        found, _ = articles.read_paths([path])
    said, _ = statements.extract(found)
    coded = stance.code(said, found, book, second=False)
    return [tuple(row) for row in coded[["country", "target", "stance"]].itertuples(index=False)]


@pytest.mark.parametrize(
    ("book", "text", "wanted"),
    [
        (
            KOREA,
            "Russia called the joint military drills reckless. South Korea rejected the criticism.",
            ("KOR", "joint_exercises", "support"),
        ),
        (
            IRAN,
            "Russia called the air strikes a crime. Israel rejected the accusation.",
            ("ISR", "strikes", "support"),
        ),
        (
            KOREA,
            "China accused the United States of fuelling the crisis. Washington dismissed the allegation.",
            ("USA", "us_policy", "support"),
        ),
    ],
)
def test_a_claim_denied_turns_what_was_said_just_before(book, text, wanted):
    assert wanted in read(text, book)


def test_a_claim_that_nobody_could_read_is_not_guessed_at():
    text = "Russia said the radar could see far into its territory. Washington rejected the contention."
    assert not [row for row in read(text) if row[0] == "USA"]


def test_what_is_in_exchange_is_weighed_not_taken():
    found = read("North Korea asked for the lifting of sanctions in exchange for talks.")
    assert ("PRK", "sanctions", "neutral") in found


def test_talks_on_another_thing_are_no_talks_with_the_adversary():
    text = "North Korea fired a missile. South Korea agreed to open formal talks on the joint military drills."
    assert ("KOR", "dialogue", "support") not in read(text)
    assert ("KOR", "dialogue", "support") in read("South Korea agreed to open formal talks with North Korea.")


@pytest.mark.parametrize("words", [carried.CLAIMS, carried.REPROACHES, carried.COURSE])
def test_the_words_are_data(words):
    assert words and all(word == word.lower() for word in words)
