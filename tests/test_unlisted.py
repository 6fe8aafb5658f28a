"""Quotations beside verbs that no list holds: the construction decides. All sentences are our own."""

import pytest
from spoken import read


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ('"Nobody asked us about the ferry," the mayor glowered.', "The mayor", "Nobody asked us about the ferry"),
        ('Kari Lund was blunter: "Every ferry is late."', "Kari Lund", "Every ferry is late"),
        ('The minister spoke for a minute: "Every ferry is late."', "The minister", "Every ferry is late"),
        ('The mayor\'s verdict: "They have lost the plot."', "The mayor's", "They have lost the plot"),
    ],
)
def test_a_whole_quotation_beside_somebody_who_can_speak_is_his(text, who, said):
    assert [(name.lower(), what) for name, what in read(text)] == [(who.lower(), said)]


@pytest.mark.parametrize(
    "text",
    [
        'The sign at the gate was clear: "Nobody may enter this building."',
        '"The Long Way Home," a film about ferries, opened on Friday.',
        'The ferry was renamed: "Northern Star of the Sea".',
        'The mayor\'s ferry: "the Northern Star".',
    ],
)
def test_signs_titles_and_names_are_nobodys_words(text):
    assert read(text) == []
