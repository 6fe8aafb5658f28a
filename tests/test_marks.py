"""Quotations in single marks, and what the outlet adds to a content. All sentences are our own."""

import json

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import parses, statements
from stancebrief.statements import marks

BRITISH = (
    "Envoys trade blame over the treaty\n\n"
    "The Norwegian envoy, Kari Lund, said the treaty was ‘dead’.\n\n"
    "‘We will not sign it,’ she told the hall. ‘The allies’ demands aren’t fair, and nobody here can meet them.’\n\n"
    "‘Nobody asked us,’ Lund said. ‘They call it a “fair” deal.’"
)


def found(text):
    frame = pd.DataFrame([{"article": "a.txt", "text": text, "furniture": json.dumps([])}])
    return [(r.kind, r.content) for r in statements.extract(frame)[0].itertuples()]


def test_an_article_that_quotes_in_single_marks_is_read_as_one_in_double_marks():
    assert found(BRITISH) == [
        ("mixed", "the treaty was ‘dead"),
        ("direct", "We will not sign it"),
        ("direct", "The allies’ demands aren’t fair, and nobody here can meet them"),
        ("direct", "Nobody asked us"),
        ("direct", "They call it a “fair” deal"),
    ]


def test_single_marks_stay_what_they_are_where_an_article_quotes_in_double_marks():
    raws = [
        "\"They call it a 'fair' deal,\" she said. \"It is 'unfair,' as we say.\"",
        "The allies' demands, and '90s.",
    ]
    assert marks.double(raws, raws) == raws


def test_apostrophes_open_nothing():
    text = "The allies' demands and rock 'n' roll in the '90s weren't new"
    assert [text[a] for a, _ in marks.pairs(text, text) if text[a + 1 : a + 3] in ("90", "s ", "t ")] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab ’‘'\"“”,.s", max_size=40), max_size=4))
def test_every_paragraph_keeps_its_length(raws):
    texts = [parses.legible(raw) for raw in raws]
    assert [len(text) for text in marks.double(raws, texts)] == [len(raw) for raw in raws]


def test_what_the_outlet_adds_is_left_out():
    say = lambda text: [content for _, content in found("Envoys met.\n\n" + text)]  # noqa: E731
    assert say(
        "Lund said the allies could not act alone and should lean on Norway, which supplies most of the oil."
    ) == ["the allies could not act alone and should lean on Norway"]
    assert say("Lund said the hall had burned down, a claim that drew laughter.") == ["the hall had burned down"]
    assert say("Lund agreed to cut the aid, a day after the allies fired on the town.") == ["to cut the aid"]
    assert say("Lund said the tanks would go home, Interfax reported Friday.") == ["the tanks would go home"]


def test_a_remark_that_reports_somebody_else_is_a_statement_of_its_own():
    text = "Norway said it would build a dam across the river, which Sweden has called an act of war."
    assert found("Envoys met.\n\n" + text) == [
        ("indirect", "it would build a dam across the river"),
        ("indirect", "an act of war"),
    ]


def test_asking_not_to_be_named_and_a_draft_that_demands_are_no_statements():
    assert found("Envoys met.\n\nA senior envoy, who asked not to be named, laughed and declined to comment.") == []
    assert found("Envoys met.\n\nNorway vetoed a resolution demanding an immediate ceasefire in the hills.") == []


def test_what_a_medium_passes_on_is_its_speakers():
    text = "Kari Lund told the hall that the treaty was dead and buried, according to the news agency Interfax."
    frame = pd.DataFrame([{"article": "a.txt", "text": "Envoys met.\n\n" + text, "furniture": "[]"}])
    assert [r.speaker for r in statements.extract(frame)[0].itertuples()] == ["Kari Lund"]
