"""A report set between commas into what it reports: "The test, X said, was …", "Its passage, said X, proved that …".

The parse takes the words before the commas for the subject of the cue; where the commas and a finite verb behind them
show the form, the words decide.
"""

from __future__ import annotations

from stancebrief.statements.sheets import Sheet

FINITE = ("VBD", "VBZ", "VBP", "MD")
WIDEST = 14  # words that such a report may hold
BETWEEN = ("RB", "RBR", "VBZ", "VBD", "VBP", "MD")  # "X has also said"


def source(sheet: Sheet, i: int) -> int | None:
    """The word that heads who speaks, where the cue at word i stands in a parenthesis; else None."""
    first = sheet.word_at(sheet.sentence(sheet.at[i])[0])
    opening = _opening(sheet, i, first)
    if opening is None or not _interrupts(sheet, first, opening) or _closing(sheet, i) is None:
        return None
    if opening == i - 1:
        return _head_after(sheet, i + 1)
    k = i - 1
    while k > opening and sheet.tags[k] in BETWEEN:
        k -= 1
    return k if k > opening and sheet.tags[k][:2] in ("NN", "PR") and sheet.lower[k] not in ("which", "who") else None


def _opening(sheet: Sheet, i: int, first: int) -> int | None:
    """The comma before the cue, with nothing but who speaks between."""
    for k in range(i - 1, max(first, i - 8) - 1, -1):
        if sheet.lower[k] == "," and not sheet.quoted[k]:
            return k
        if sheet.tags[k][:2] not in ("NN", "PR", "DT", "JJ", "PO") and sheet.tags[k] not in BETWEEN:
            return None
    return None


def _interrupts(sheet: Sheet, first: int, opening: int) -> bool:
    """Whether before the comma stands a noun phrase that waits for its verb: no clause, no comma, no time or place."""
    before = range(first, opening)
    if not 1 < opening - first < 25 or sheet.tags[first] in ("IN", "TO", "VBG", "VBN", "WRB"):
        return False
    if any(sheet.tags[k] in FINITE or sheet.lower[k] == "," or sheet.quoted[k] for k in before):
        return False
    named = any(sheet.tags[k] in ("DT", "PRP$", "NNS", "NN") for k in before)
    return named and sheet.tags[opening - 1][:2] in ("NN", "CD")


def _closing(sheet: Sheet, i: int) -> int | None:
    """The comma after the cue that a finite verb follows: the verb of the words before the parenthesis."""
    hi = sheet.sentence(sheet.at[i])[1]
    for k in range(i + 1, min(len(sheet) - 1, i + WIDEST)):
        if sheet.at[k] >= hi or sheet.quoted[k]:
            return None
        if sheet.tags[k] in FINITE or sheet.lower[k] in ("that", "who", "which"):
            return None
        if sheet.lower[k] == "," and sheet.tags[k + 1] in FINITE:
            return k
    return None


def _head_after(sheet: Sheet, k: int) -> int | None:
    """The noun that the words from k on name: "said Jane Doe", "said the minister"."""
    for j in range(k, min(len(sheet), k + 6)):
        if sheet.tags[j][:2] == "NN" and (j + 1 == len(sheet) or sheet.tags[j + 1][:2] not in ("NN", "PO")):
            return j
        if sheet.tags[j][:2] not in ("NN", "DT", "JJ", "PO", "PR"):
            return None
    return None
