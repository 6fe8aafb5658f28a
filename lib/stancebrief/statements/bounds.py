"""Where a content ends: spans kept within their sentence, and a clause with what hangs behind it."""

from __future__ import annotations

from stancebrief.statements import quotations
from stancebrief.statements.sheets import Sheet


def fit(sheet: Sheet, i: int, start: int, end: int) -> tuple[int, int] | None:
    """The span within the sentence of word i, tidied; None if nothing is left."""
    lo, hi = sheet.sentence(sheet.at[i])
    start, end = quotations.tidy(sheet.text, max(start, lo), min(end, hi))
    return (start, end) if end > start else None


def rest(sheet: Sheet, first: int) -> tuple[int, int]:
    """From a word to the end of its sentence, or to the mark that divides a headline."""
    if first >= len(sheet):
        return (0, 0)
    start = sheet.at[first]
    end = sheet.sentence(start)[1]
    for i in range(first, len(sheet)):
        if sheet.at[i] >= end:
            break
        if sheet.words[i] in ("|", ";"):
            end = sheet.at[i]
            break
    return quotations.tidy(sheet.text, start, end)


def extended(sheet: Sheet, i: int, c: int) -> int:
    """Right edge of the clause c, and of what follows it without a comma under the same verb."""
    edge = sheet.right(c)
    for child in sheet.children(i):
        if child <= edge or child <= c:
            continue
        left = sheet.left(child)
        if left != edge + 1 or sheet.deps[child] in ("punct", "cc", "conj", "prt"):
            break
        if sheet.deps[child] not in ("prep", "advcl", "npadvmod", "advmod", "dep", "ccomp", "xcomp", "dobj"):
            break
        edge = sheet.right(child)
    return edge
