"""A paragraph's own reading of its parse is spaCy's. All sentences are our own."""

import pytest

from stancebrief import parses
from stancebrief.statements import sheets

PARAGRAPHS = [
    "",
    "Aid.",
    "The envoy,  who had waited for hours, told reporters that the talks would go on.",
    'What did they say that the Council would do? "Nothing," said the minister from Oslo, adding: "Not yet."',
    "A hearing is scheduled on the issue today, a spokesman said, about which nobody in the hall knew anything.",
]


@pytest.mark.parametrize("text", PARAGRAPHS)
def test_words_and_their_relations_are_those_of_the_parse(text):
    [doc] = parses.parse([text])
    sheet = sheets.Sheet(0, text, text, doc)
    assert [(sheet.words[i], sheet.at[i], sheet.tags[i], sheet.deps[i], sheet.heads[i]) for i in range(len(sheet))] == [
        (token.text.rstrip(), token.idx, token.tag_, token.dep_, token.head.i) for token in doc
    ]
    for i, token in enumerate(doc):
        assert sheet.children(i) == [child.i for child in token.children]
        assert (sheet.left(i), sheet.right(i)) == (token.left_edge.i, token.right_edge.i)
        first = next((child.i for child in token.children if child.dep_ in ("nsubj", "dobj")), None)
        assert sheet.child(i, "nsubj", "dobj") == first
