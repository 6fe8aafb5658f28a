"""What something is said to be, how much or why. All sentences are our own."""

import pytest
from spoken import read


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The scholar thinks the quarrel a gift to the whalers.", "the quarrel a gift to the whalers"),
        ("The mayor thought it a pity that the fair had failed.", "it a pity that the fair had failed"),
        ("Kari Lund found the tone of the letter \"careless in the extreme\".", "careless in the extreme"),
        ("Oslo considers the plan dead.", "the plan dead"),
        ("The minister judged the text unacceptable.", "the text unacceptable"),
        ("The mayor portrayed the strike as a swindle.", "the strike as a swindle"),
        ("Sweden billed the regatta as a \"feast\".", "the regatta as a \"feast"),
        ("The minister regards the quota as a mistake.", "the quota as a mistake"),
        ("The ministry put the number of ferries at 12.", "the number of ferries at 12"),
        ("The ministry attributes the delay to a storm.", "the delay to a storm"),
    ],
)
def test_a_thing_and_what_it_is_said_to_be_are_the_content(text, content):
    assert any(content in said for _, said in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Police found the sailor dead.",
        "The court held a hearing.",
        "The ministry put the papers at the door.",
        "The mayor presented a medal to the sailor.",
        "The theatre cast Kari Lund in the play.",
        "The painter depicted the harbour.",
    ],
)
def test_finding_putting_and_showing_things_are_deeds(text):
    assert read(text) == []
