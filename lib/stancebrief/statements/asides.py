"""What the outlet adds of its own to the end of what it reports: left out of the content.

"…, a claim that others doubt", "…, a day after the launch", and a relative clause in the present behind a content in
the past: reported speech is set back in time, the outlet's own knowledge is not ("X said the sanctions should lean on
China, which supplies most of the fuel").
"""

from __future__ import annotations

import re

from stancebrief.statements import cues, quotations, vocabulary
from stancebrief.statements.sheets import Sheet

DATED = re.compile(
    r", (?:just |only |barely |less than |more than )?(?:an?|one|two|three|four|five|six|ten|\d+)? ?"
    r"(?:hours?|days?|weeks?|months?|years?) (?:after|before) "
)
LABELS = vocabulary.of("label")
SET_BACK = frozenset(("could", "would", "should", "might", "had", "was", "were", "did"))


def without(sheet: Sheet, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """The span without the outlet's own words at its end."""
    if span is None:
        return None
    found = DATED.search(sheet.text, *span)
    if found is not None and not sheet.quoted[min(sheet.word_at(found.start()), len(sheet) - 1)]:
        span = quotations.tidy(sheet.text, span[0], found.start())
    cut = _relayed(sheet, span)
    if cut is None:
        cut = _relative(sheet, span)
    return quotations.tidy(sheet.text, span[0], sheet.at[cut]) if cut is not None else span


def _relayed(sheet: Sheet, span: tuple[int, int]) -> int | None:
    """The comma before who passed the report on, at the end of the content: "…, KCNA reported Friday"."""
    first, last = sheet.word_at(span[0]), sheet.word_at(span[1])
    for comma in range(last - 2, max(first + 2, last - 12), -1):
        if sheet.lower[comma] != "," or sheet.quoted[comma]:
            continue
        verbs = [f.first for f in sheet.cues if comma < f.first < last and sheet.tags[f.first] in ("VBD", "VBZ", "VBN")]
        named = sheet.proper(comma + 1) or sheet.proper(comma + 2)
        if len(verbs) == 1 and named and verbs[0] - comma < 8 and last - verbs[0] < 5:
            subject = sheet.child(verbs[0], "nsubj")
            if subject is not None and comma < subject < verbs[0]:
                return comma
        return None
    return None


def _relative(sheet: Sheet, span: tuple[int, int]) -> int | None:
    """The comma before a last clause that is the outlet's."""
    first, last = sheet.word_at(span[0]), sheet.word_at(span[1])
    for comma in range(last - 2, first + 2, -1):
        if sheet.lower[comma] != "," or sheet.quoted[comma]:
            continue
        begin = comma + 1
        if sheet.lower[begin] in ("which", "who", "where", "whose"):
            verb = _verb_over(sheet, begin)
            if verb is None or sheet.right(verb) < last - 2:
                return None
            return comma if _present(sheet, verb) and _set_back(sheet, first, comma) else None
        if sheet.lower[begin] in ("a", "an") and begin + 1 < last:
            noun = sheet.heads[begin]
            named = sheet.lower[noun] in LABELS or sheet.lower[noun] in cues.speech_nouns()
            clause = sheet.child(noun, "relcl", "acl")
            if named and clause is not None and noun - begin < 4:
                return comma
    return None


def _verb_over(sheet: Sheet, word: int) -> int | None:
    for _ in range(6):
        if sheet.deps[word] == "relcl":
            return word
        if sheet.heads[word] == word:
            return None
        word = sheet.heads[word]
    return None


def _present(sheet: Sheet, verb: int) -> bool:
    finite = [verb, *(c for c in sheet.children(verb) if sheet.deps[c] in ("aux", "auxpass"))]
    return any(sheet.tags[k] in ("VBZ", "VBP") for k in finite)


def _set_back(sheet: Sheet, first: int, last: int) -> bool:
    """Whether the content is in the past, as reported speech is."""
    finite = [k for k in range(first, last) if sheet.tags[k] in ("VBD", "VBZ", "VBP", "MD") and not sheet.quoted[k]]
    return bool(finite) and (sheet.tags[finite[0]] == "VBD" or sheet.lower[finite[0]] in SET_BACK)
