"""Several together, and one of several. All sentences are our own."""

import pytest
import spoken


@pytest.mark.parametrize(
    ("text", "speaker", "code"),
    [
        ('Chilean diplomats wrote it in a week. "It is weak," one of them said.', "one of them", "CHL"),
        ('Chilean diplomats wrote it in a week.\n\nOne wondered whether "it is weak".', "One", "CHL"),
        ('Chilean shopkeepers were cold. "It is weak," one of them said.', "one of them", "UNKNOWN"),
        ('Chilean diplomats wrote it.\n\nIt rained.\n\n"It is weak," one of them said.', "one of them", "UNKNOWN"),
    ],
)
def test_one_of_several_is_of_the_kind_last_told_of(text, speaker, code):
    row = spoken.rows(text)[-1]
    assert (row.speaker, row.countries) == (speaker, code)
