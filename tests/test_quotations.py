"""Quotation marks and sentences. All sentences are our own."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancebrief import parses
from stancebrief.statements import quotations


def pairs(raw, reopened=False):
    text = parses.legible(raw)
    found, stray = quotations.pair(raw, text, reopened)
    return [raw[q.start : q.end] for q in found], stray


@pytest.mark.parametrize(
    ("raw", "inner"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ('“Yes," he said.', ["Yes,"]),
        ("''Yes,'' he said.", ["Yes,"]),
        ("The ministers' ship wasn't 'lost at sea', they said.", ["lost at sea"]),
        ("the 'sea law' and the envoys' boats", ["sea law"]),
        ("don't, can't, the ships' crews' wives", []),
        ('"It is over " Lund said. "We go home."', ["It is over ", "We go home."]),
        ("“He told me “go home” and I went,” she said.", ["He told me “go home” and I went,"]),
        ("send a âclear messageâ  now", ["clear message"]),
    ],
)
def test_marks_pair(raw, inner):
    assert [words.strip() for words in pairs(raw)[0]] == [words.strip() for words in inner]


def test_stray_marks_are_counted_and_an_open_quotation_runs_to_the_end():
    assert pairs('"We go home. We will not be back.') == (["We go home. We will not be back."], 1)
    assert pairs('A mast of 60" was lost.')[1] == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. Navy sailed. It came back.", 2),
        ("Mr. Holm met Gen. Lund at 5 p.m. on Monday.", 1),
        ("J. K. Lund spoke. Nobody listened!", 2),
        ("Why? Because. So there", 3),
        ("It fell 3.5 percent to 2.1 points.", 1),
    ],
)
def test_sentences(text, count):
    assert len(quotations.sentences(text)) == count


def test_pieces_drop_closing_punctuation_and_keep_short_sentences_with_their_neighbour():
    text = "The treaty is dead for good. Not so. We said it for years in the U.S."
    assert [text[a:b] for a, b in quotations.pieces(text, 0, len(text))] == [
        "The treaty is dead for good. Not so",
        "We said it for years in the U.S.",
    ]


@given(st.text(alphabet=st.sampled_from("aB .,!?\"'“”‘’«»â\n()-—"), max_size=120), st.booleans())
def test_any_marks_give_ordered_spans_inside_the_text(raw, reopened):
    text = parses.legible(raw)
    assert len(text) == len(raw)
    found, stray = quotations.pair(raw, text, reopened)
    assert stray >= 0
    for q in found:
        assert 0 <= q.before <= q.start < q.end <= q.after <= len(raw)
    doubles = [q for q in found if not q.single]
    assert all(a.after <= b.before for a, b in itertools.pairwise(doubles))
    for start, end in quotations.outer_sentences(text, found):
        assert 0 <= start < end <= len(text)
    for start, end in quotations.pieces(text, 0, len(text)):
        assert text[start:end].strip()


@given(st.text(max_size=200))
def test_legible_keeps_the_length(text):
    assert len(parses.legible(text)) == len(text)
