"""Reports between commas inside what they report, and before what they report. All sentences are our own."""

import pytest
from spoken import read


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The Swedish plan, Kari Lund told reporters, was a mistake.", "Kari Lund", "was a mistake"),
        ("Its passage, said Kari Lund, the Norwegian envoy, proved that the fleet was ready.", "Kari Lund", "proved"),
        ("No treaty, the minister added on Monday, obliges a state to disarm.", "the minister", "obliges a state"),
    ],
)
def test_a_report_between_commas(text, speaker, content):
    ((who, said),) = read(text)
    assert who == speaker and content in said and said.startswith(text.split(",")[0])


def test_an_apposition_between_commas_is_no_such_report():
    assert read("The minister, a sailor, said Oslo was wrong.")[0][1] == "Oslo was wrong"


def test_a_relative_clause_that_somebody_said():
    found = read("They met to discuss the ship, which Kari Lund said now carries rockets.")
    assert found == [("Kari Lund", "now carries rockets")]


def test_a_cue_that_leads_its_sentence():
    found = read("The plan would make the code more complicated. Said Ellis: “I don’t see the point of this.”")
    assert found == [("Ellis", "I don’t see the point of this")]


def test_that_which_points_back_is_content():
    assert read("Kari Lund said that was not her view.") == [("Kari Lund", "that was not her view")]


def test_a_sentence_broken_by_its_report_is_one_statement():
    found = read('"If the allies part," Kari Lund said, "nobody will win this. We know it well."')
    assert [said for _, said in found] == [
        'If the allies part," Kari Lund said, "nobody will win this', "We know it well"]
    assert {who for who, _ in found} == {"Kari Lund"}


def test_what_is_said_of_everything_somebody_says_is_not_said_by_that_person():
    assert read("Everything Kari Lund says is a lie.") == []
    assert read("That was what Kari Lund said when she left the ministry in a hurry.") == []
    assert read("They held drills that she was saying are meant to keep the peace.")
