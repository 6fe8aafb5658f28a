"""Who stands at the end of a sentence or headline, after what he said. All sentences are our own."""

import pytest
from spoken import read

from stancebrief import parses
from stancebrief.statements import endings, sheets, speech


def headline(text):
    sheet = sheets.Sheet(0, text, text, next(iter(parses.parse([text]))), False, True)
    return [text[slice(*r.content)] for r in endings.read(sheet, speech.read(sheet))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Neither gifts nor threats impress the whalers at present, Kari Lund of the Fridtjof Centre judged.",
         "Neither gifts nor threats impress the whalers at present"),
        ("The ferry will sink before the spring, Kari Lund, a captain of the northern line, ventured on Friday.",
         "The ferry will sink before the spring"),
        ("The ferry was out of range and short of fuel, grumbled Kari Lund, an opposition lawmaker.",
         "The ferry was out of range and short of fuel"),
        ("The rule was, the minister said, fair and in line with the treaty.",
         "The rule was, the minister said, fair and in line with the treaty"),
    ],
)
def test_a_clause_before_somebody_and_a_verb_of_speech_is_his(text, said):
    assert said in [what for _, what in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank, and the harbour office answered.",
        "After the vote on the ferry, Kari Lund replied.",
        "The ferry sank, a storm answered.",
    ],
)
def test_what_only_comes_before_is_not_said(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Norway still willing to help with ferries: ministry", ["Norway still willing to help with ferries"]),
        ("Ferry quota is a mistake for the north — diplomat", ["Ferry quota is a mistake for the north"]),
        ("Ferry sinks off the northern coast: photos", []),
        ("Ferry sinks off the coast: what we know", []),
        ("Norway caps ferries, orders captains home", []),
    ],
)
def test_a_headline_that_ends_in_who_says_it(text, said):
    assert headline(text) == said
