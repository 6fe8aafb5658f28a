"""Who speaks and who does not, by the grammar of a sentence. All sentences are our own."""

import pytest
from spoken import read


def speakers(text):
    return [who for who, _ in read(text)]


def test_papers_that_somebody_got_hold_of_are_not_by_that_body():
    assert speakers("Letters obtained by the Swedish police reveal how the ship was sold.") == ["Letters"]
    assert speakers("A report written by Kari Lund says the ship was sold.") == ["Kari Lund"]


@pytest.mark.parametrize(
    "text", ["No sailor has accused Kari Lund of fraud.", "Nobody said that the ship was lost.",
             "None of the sailors said the ship was lost."])
def test_nobody_speaks(text):
    assert read(text) == []


def test_a_charge_taken_back_is_no_statement():
    assert read("On Sunday he withdrew his charge that Kari Lund lied.") == []


def test_a_day_is_nothing_that_is_admitted_or_called_upon():
    assert read("Kari Lund made a startling admission on Tuesday.") == []
    assert read("Sweden called on Monday for talks with Norway.") == [("Sweden", "talks with Norway")]
    assert read("Sweden on Monday called on Norway to talk.") == [("Sweden", "Norway to talk")]


def test_a_title_in_marks_is_no_quotation():
    assert read('On Sunday, Sweden concluded a documentary entitled "The Life and Death of a Fishing Fleet in Oslo," '
                "which won a prize.") == []


def test_what_somebody_condemned_as_something():
    found = read("They backed the treaty, which Sweden condemned as a prize for pirates.")
    assert ("Sweden", "a prize for pirates") in found


def test_an_apposition_after_a_dash_does_not_end_a_report():
    found = read("The report said that a Swedish agent — a seasoned sailor had asked Jon Berg to sail home.")
    assert [who for who, _ in found] == ["The report"]


def test_what_somebody_has_not_done_with_words_is_no_statement_but_what_is_not_ruled_out_is():
    assert read("Sweden has not endorsed the Danish plan.") == []
    assert read("Sweden did not rule out a new treaty.") == [("Sweden", "a new treaty")]


def test_the_assertion_that_somebody_answers_is_not_the_answer():
    found = read("Sweden responded to Kari Lund's assertion that the ship was sold.")
    assert ("Sweden", "the ship was sold") not in found


def test_this_does_not_ask():
    assert read("This would mean the unthinkable: asking the council for money.") == []


def test_a_word_of_a_quotation_does_not_speak():
    found = read('"These are the men we fear, the sleepers who are out there, men not on our radar," Sheriff Jon Berg '
                 "told reporters, comparing Lund to the pirates who sank a ship.")
    assert {who for who, _ in found} == {"Jon Berg"} and len(found) == 2


def test_a_refusal_to_answer_says_nothing():
    assert read("Kari Lund declined to respond to the charges.") == []
    assert read("Kari Lund declined to say whether the ship was lost.") == []


def test_those_who_are_described_are_not_the_last_group():
    found = read("Swedish officials said the ship was lost. Those close to Jon Berg say that he will sail.")
    assert found[1][0].startswith("Those") and found[1][1] == "he will sail"


def test_an_agency_is_no_party():
    found = read("Democrats left the hall. In a memo, the agency said that the harbour was shut.")
    assert found[-1] == ("the agency", "the harbour was shut")


def test_of_two_with_one_surname_the_one_named_more_often_speaks():
    found = read(
        "Jon Berg, a sailor, left Oslo. Jon Berg came home in May.\n\nA picture showed Anna Berg in the harbour.\n\n"
        "Berg said the ship was lost."
    )
    assert found == [("Jon Berg", "the ship was lost")]


def test_a_word_for_what_somebody_is_before_a_name_is_no_part_of_it():
    assert read("Rival Kari Lund said the ship was lost.") == [("Kari Lund", "the ship was lost")]
