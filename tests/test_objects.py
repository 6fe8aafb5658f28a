"""What an object after a cue is: something said, not something done. All sentences are our own."""

import pytest
from spoken import read


@pytest.mark.parametrize(
    "text",
    [
        "Sweden attacked Denmark on Sunday.",
        "The rebels attacked the convoy near the border.",
        "Norwegian forces hammered the town for three days.",
        "Finland defended the border with two brigades.",
        "A Swedish frigate challenged the ship.",
        "Sweden denied visas to two athletes.",
        "Sweden denied the inspectors entry.",
    ],
)
def test_what_is_done_with_force_or_withheld_is_no_statement(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Sweden attacked the Danish plan.", "the Danish plan"),
        ("Sweden attacked Denmark for closing the strait.", "Denmark for closing the strait"),
        ("Kari Lund attacked Jon Berg on Sunday.", "Jon Berg"),
        ("Critics attacked Jon Berg on Sunday.", "Jon Berg"),
        ("Finland defended the decision.", "the decision"),
        ("Sweden denied the report.", "the report"),
    ],
)
def test_what_is_attacked_or_defended_with_words_is_one(text, content):
    assert content in [said for _, said in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Sweden's decision suggests that it wants talks.",
        "Norway's missile launch underscored the threat to its neighbours.",
        "The Danish sanctions demand that banks close accounts.",
        "Finland's behaviour threatens its neighbours.",
    ],
)
def test_a_deed_does_not_speak_though_a_country_owns_it(text):
    assert read(text) == []


def test_who_is_asked_for_comment_has_not_been_told_anything():
    assert read("The paper asked the Swedish embassy for comment.") == []


def test_the_date_between_the_cue_and_its_object_is_passed_over():
    assert read("The Swedish police announced on Friday the arrest of a smuggler.") == [
        ("The Swedish police", "the arrest of a smuggler")]


def test_a_meeting_that_is_called_is_called_nothing():
    assert read("Sweden called an emergency meeting in Oslo.") == []
    assert read("They flew to Oslo, where Sweden on Monday called an emergency session.") == []


def test_what_something_is_called_may_follow_it_without_a_mark():
    assert [said for _, said in read("Sweden called the demand for his private papers a political ploy.")] == [
        "the demand for his private papers a political ploy"]


def test_what_goes_on_was_said_and_what_is_only_wanted_was_not():
    assert [said for _, said in read("Finland continued to criticise the Swedish plan.")] == ["the Swedish plan"]
    assert read("Finland wants to question the Swedish plan.") == []


def test_who_is_forced_to_admit_something_admits_it():
    assert read("Kari Lund forced Jon Berg to admit that the ship had sunk.") == [("Jon Berg", "the ship had sunk")]


def test_a_claim_that_is_dismissed_is_a_statement_too():
    found = read("Oslo dismissed Sweden's assertion that the drill is a rehearsal for war.")
    assert ("Sweden's", "the drill is a rehearsal for war") in found and found[0][0] == "Oslo"


def test_what_a_passive_says_of_its_subject_is_part_of_it():
    assert read("The treaty was described by Kari Lund as a mistake.") == [
        ("Kari Lund", "The treaty was described by Kari Lund as a mistake")]
    assert read("The treaty was condemned by Sweden.") == [("Sweden", "The treaty")]


def test_what_two_things_at_once_are_called():
    assert read("Sweden called the fine and the demand for his private papers a political ploy aimed at Oslo.") == [
        ("Sweden", "the fine and the demand for his private papers a political ploy aimed at Oslo")]
    assert read("Sweden called a meeting of the council a day after the storm.") == []


def test_the_cue_after_s_that_is_short_for_has():
    assert ("Kari Lund", "big tax hikes on the rich") in read(
        "It has become an issue, with Kari Lund, who's called for big tax hikes on the rich, attacking the plan.")


def test_a_pledge_is_not_made_of_the_place_where_it_was_made():
    assert read("Kari Lund made the pledge at a rally in Oslo.") == []


def test_not_belongs_to_what_somebody_is_told():
    assert [said for _, said in read("Kari Lund told the sailors not to go to sea.")] == ["not to go to sea"]


def test_a_thing_that_is_added_and_a_pointing_word_are_no_contents():
    assert read("The paper added an update to its findings and printed it.") == []
    assert all(said != "that" for _, said in read("Kari Lund took the stage and explained that though we like storms"))


def test_what_somebody_may_be_brought_to_is_not_said():
    assert read("The songs prompt us to challenge the old stories about storms.") == []
