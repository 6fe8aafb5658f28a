"""Pronouns that stand for a government named before, and acts told by what their doers did."""

import pathlib
import tempfile

import pytest

from stancebrief import articles, codebook, stance, statements, study

KOREA = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
VOTE = "China and Russia vetoed a draft resolution on North Korea at the Security Council in May."


def read(text: str) -> list[tuple[str, str, str]]:
    """(country, target, stance) of the positions in a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "one.txt"
        path.write_text(text, encoding="utf-8")
        found, _ = articles.read_paths([path])
    said, _ = statements.extract(found)
    rows = stance.code(said, found, KOREA, second=False)[["country", "target", "stance"]]
    return [tuple(row) for row in rows.itertuples(index=False)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            '"A statement was within reach, and the United States knew it," the Chinese envoy said. '
            '"It chose confrontation."',
            ("CHN", "us_policy", "oppose"),
        ),
        (
            '"China and Russia vote with us on North Korea," the U.S. ambassador said. '
            '"They have done nothing to stop the shipments."',
            ("USA", "china_russia", "oppose"),
        ),
        (
            '"The Americans come and go," the Russian envoy said. "They have offered nothing since the summit."',
            ("RUS", "us_policy", "oppose"),
        ),
    ],
)
def test_a_pronoun_stands_for_the_government_spoken_of_last(text, wanted):
    assert wanted in read(text)


@pytest.mark.parametrize(
    "text",
    [
        '"The resolution is on the table," the Chinese envoy said. "It chose confrontation."',  # no government
        '"The United States came to talk," the Chinese envoy said. "They chose confrontation."',  # another number
        '"France came to the talks," the Chinese envoy said. "It chose confrontation."',  # whose conduct is no target
        '"The United States came late," the Chinese envoy said. "It is time to choose."',  # "it" for nothing
        '"Washington came late, but the council is patient," the Chinese envoy said. "It chose confrontation."',
    ],
)
def test_a_pronoun_that_may_stand_for_something_else_decides_nothing(text):
    assert not [row for row in read(text) if row[1] == "us_policy"]


def test_an_act_is_told_by_what_its_doers_did_where_the_article_names_it():
    said = "The United States accused China and Russia of blocking new sanctions."
    assert read(f"{VOTE} {said}") == [("USA", "veto", "oppose")]
    assert ("USA", "veto", "oppose") not in read(f"North Korea tested a missile. {said}")


def test_only_its_doers_do_the_act():
    assert ("USA", "veto", "oppose") not in read(f"{VOTE} The United States accused France of blocking new sanctions.")
