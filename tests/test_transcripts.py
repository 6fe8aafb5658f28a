"""Transcripts: who is named before a colon speaks; a place, a heading or a link does not. All texts are our own."""

import pandas as pd
import pytest
from spoken import rows

from stancebrief import statements

INTRODUCED = "Norway's foreign minister, Kari Lund, spoke to the Harbour Post about the treaty.\n\n"


def said(text):
    return [(row.speaker, row.countries, row.content) for row in rows(INTRODUCED + text) if row.rule == "transcript"]


def test_labelled_paragraphs_are_spoken_by_who_is_named():
    text = (
        "WALLACE: Will you sign the treaty?\n\nLUND: We will not sign it. It is a bad one.\n\n"
        "Nobody in Oslo wants it.\n\nWALLACE: And the fleet?\n\nMINISTER LUND: The fleet will stay where it is."
    )
    assert said(text) == [
        ("Wallace", "UNKNOWN", "Will you sign the treaty"),
        ("Kari Lund", "NOR", "We will not sign it"),
        ("Kari Lund", "NOR", "It is a bad one"),
        ("Kari Lund", "NOR", "Nobody in Oslo wants it"),
        ("Wallace", "UNKNOWN", "And the fleet"),
        ("Kari Lund", "NOR", "The fleet will stay where it is"),
    ]


def test_labels_inside_quotation_marks_and_with_full_names():
    text = '"Jon Berg: Will you sign the treaty?\n\n"Kari Lund: We will not sign it.\n\n"Jon Berg: Thank you for that."'
    assert [one[:2] for one in said(text)] == [("Jon Berg", "UNKNOWN"), ("Kari Lund", "NOR"), ("Jon Berg", "UNKNOWN")]


def test_questions_and_answers_without_names_have_no_speaker():
    text = "Q. Will you sign it?\n\nA. We will not sign it.\n\nQ. Why not, given the fleet?\n\nA. Nobody wants it."
    assert {who for who, _, _ in said(text)} == {""} and len(said(text)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "OSLO: Norway said it would wait.\n\nSTOCKHOLM: Sweden said it would wait.\n\nOSLO: Norway said no more.",
        "Read more: The fleet leaves the harbour.\n\nRead more: The fleet comes back.",
        "BACKGROUND: The treaty was drafted in May.\n\nBACKGROUND: The fleet left in June.",
        "LUND: We will not sign it.",
        "A. The treaty is old.\n\nA. The fleet is new.",
    ],
)
def test_places_headings_links_and_single_labels_are_no_speakers(text):
    assert said(text) == []


def test_what_follows_the_last_label_is_not_part_of_it():
    text = "LUND: We will not sign it.\n\nLUND: It is a bad one.\n\nThe fleet lay in the harbour all night."
    assert [content for _, _, content in said(text)] == ["We will not sign it", "It is a bad one"]


def test_offsets_are_true():
    text = "LUND: We will not sign it.\n\nLUND: It is a bad one."
    for row in rows(text):
        assert row.end - row.start == len(row.content)


def headline(text):
    frame = pd.DataFrame([{"article": "a.txt", "text": text + "\n\n" + INTRODUCED, "furniture": "[]"}])
    return [(row.speaker, row.countries, row.content) for row in statements.extract(frame)[0].itertuples()]


def test_a_headline_is_said_by_the_office_body_or_person_before_its_colon():
    assert headline("Pentagon: missile was intercepted over the sea") == [
        ("Pentagon", "USA", "missile was intercepted over the sea")]
    assert headline("Lund: We will not sign this treaty") == [("Kari Lund", "NOR", "We will not sign this treaty")]


@pytest.mark.parametrize("text", [
    "Oslo: 50 killed in storm", "Treaty: what has been signed so far", "Pentagon: missile over the sea",
    "UN: a history of the body that was founded in 1945"])
def test_a_headline_after_a_place_a_theme_or_without_a_verb_is_nobodys(text):
    assert headline(text) == []
