"""Text made fit for sentiment lexicons: apostrophes straight, n't spelled out, names and words without tone masked.

Lexicons score words, whoever's words they are: TextBlob gives "Great Britain" +0.80 and "strongly opposes" +0.43, never
negates "n't", and VADER loses its negations at a curly apostrophe. What is masked is data, with a reason for each:
`data/reference/sentiment_masks.csv`; countries and bodies come from `mentions`, other names from their capitals.
"""

from __future__ import annotations

import functools
import re

from stancebrief.countries import gazetteer, mentions

NOT = re.compile(r"\b(ca|wo|sha|ai|\w+?)n't\b", re.IGNORECASE)
IRREGULAR = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
NAME = re.compile(r"\b[A-Z][\w'-]*\w(?:\.(?=[A-Z]))?(?:(?: (?:of|de|al|bin|van|von|der|la))?(?: the)? [A-Z][\w'-]*\w)*")
ABBREVIATED = r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)(?<!\b[A-Z])"
STARTS = re.compile(rf"(?:^|{ABBREVIATED}[.!?:;…]['\")”\]]*\s+|[\"“(\[\n]\s*|['‘]\s*)$")
WORD = re.compile(r"[^\W\d_]+")
HIDDEN = "it"  # stands for what is masked: in neither lexicon, and a word, so that negations do not reach past it


def plain(text: str) -> str:
    """The text with straight apostrophes and n't written as not."""
    text = text.translate(gazetteer.FOLD)
    return NOT.sub(lambda m: f"{IRREGULAR.get(m[1].lower(), m[1])} not", text) if "n't" in text.lower() else text


@functools.cache
def _masks() -> gazetteer.Gazetteer:
    """All phrases of the table of masks."""
    return gazetteer.Gazetteer(row["words"] for row in mentions.rows("sentiment_masks.csv"))


def names(text: str) -> list[tuple[int, int]]:
    """Spans of names in a text made plain: countries, bodies, and capitalised words that do not open a sentence.

    In a headline, where most words have capitals, only countries and bodies are told.
    """
    found = {(m.start, m.end) for m in mentions.find(text)}
    words = WORD.findall(text)
    long_ones = [word for word in words if len(word) > 3]
    if len(long_ones) < 4 or sum(word[0].isupper() for word in long_ones) < 0.6 * len(long_ones):
        for match in NAME.finditer(text):
            start, end = match.span()
            if STARTS.search(text[max(0, start - 8):start]):  # a sentence's first word has its capital anyway
                start = text.find(" ", start, end) + 1
            if start and text[start:start + 1].isupper():
                found.add((start, end))
    return _merged(found)


def masks(text: str) -> list[tuple[int, int]]:
    """Spans of the table's phrases in a text made plain, in any case; parts of hyphenated words are no phrases."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered: keep those, or the spans would not fit
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return [(start, end) for start, end, _ in _masks().find(lower)
            if "-" not in (text[start - 1:start], text[end:end + 1])]


def _merged(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, overlapping ones joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def without(text: str, spans: list[tuple[int, int]], stand_in: str = HIDDEN) -> str:
    """The text with each span replaced."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], stand_in]
        at = end
    return "".join([*parts, text[at:]])


def fit(text: str) -> tuple[str, str, list[str]]:
    """The text with its names masked; with its names and words without tone masked; and what was masked, in order."""
    text = plain(text)
    named = names(text)
    spans = _merged({*named, *masks(text)})
    return without(text, named), without(text, spans), [text[start:end] for start, end in spans]
