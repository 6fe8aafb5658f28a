"""Who can hold an opinion, and when a verb of thought reports one. All sentences are our own."""

import pytest
from spoken import read


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Kari Lund thinks that the ferry will sink.", "the ferry will sink"),
        ("Fishermen and residents fear the ferry will sink.", "the ferry will sink"),
        ("Sweden hopes its neighbours will send an envoy.", "its neighbours will send an envoy"),
        ("The ministry believes that the price is too high.", "the price is too high"),
        ("Jon Berg worries that the harbour may close.", "the harbour may close"),
        ("The minister suspected a swindle.", "a swindle"),
        ("Norway wants a vote on the quota.", "a vote on the quota"),
        ("Norway wants Denmark to lift the quota.", "Denmark to lift the quota"),
        ("The mayor was convinced that the bridge would hold.", "the bridge would hold"),
    ],
)
def test_what_somebody_holds_hopes_or_fears_is_a_statement(text, content):
    assert content in [said for _, said in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The harbour needs a bridge.",
        "The engine wants oil.",
        "Nobody thinks that the ferry will sink.",
        "Kari Lund would hope that the ferry sails.",
        "Kari Lund did not think that the ferry would sink.",
        "The market expects that rates will fall.",
        "The ferry is expected to sink.",
        "It was thought that the ferry had sunk.",
    ],
)
def test_things_conditions_denials_and_opinions_of_nobody_are_none(text):
    assert read(text) == []


def test_a_wish_for_ones_own_deed_is_a_plan_and_no_demand():
    assert read("Norway wants to sign the treaty.") == []
    assert read("Norway hopes to win.") == []
