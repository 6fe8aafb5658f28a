"""Quotations beside a verb that the cue list lacks: `"…," she grinned`, `X was blunter: "…"`, `X's verdict: "…"`.

The construction decides: a whole quotation that a comma, question or exclamation mark closes before somebody who can
speak and a finite verb; or one after a colon whose clause has such a subject. "The sign was clear: …" is no speech.
"""

from __future__ import annotations

from stancebrief.statements import cues, quotations, reports, subjects, thinkers, vocabulary
from stancebrief.statements.sheets import Sheet

WORDS = 3  # a shorter quotation may be a title or a name
FINITE = ("VBD", "VBZ")
HELPS = frozenset("is was are were 's ’s has had have does did do be been".split())
WITHIN = ("DT", "JJ", "CD", "POS", "PRP$", "HYPH", "RB", "IN")  # tags within the words that name who speaks
ANSWERS = vocabulary.of("answer_noun")
WIDEST = 10
CLOSED = ",?!"


def read(sheet: Sheet, known: list[reports.Report]) -> list[reports.Report]:
    """Reports for the quotations of a paragraph that no cue of the list stands beside."""
    made = []
    for n, q in enumerate(sheet.double):
        if len(sheet.text[q.start : q.end].split()) < WORDS:
            continue
        lo, hi = sheet.sentence(q.before)
        lo = max([lo] + [p.after for p in sheet.double[:n] if p.after <= q.before])
        hi = min([hi] + [p.before for p in sheet.double[n + 1 :] if p.before >= q.after])
        lead = sheet.text[lo : q.before].strip(" —–-")
        if lead.endswith(":"):
            report = _before(sheet, q, lo, known)
        else:
            report = _behind(sheet, q, hi, known) if not lead.strip(",") else None
        if report is not None:
            made.append(report)
    return made


def _report(sheet: Sheet, i: int, source: int) -> reports.Report:
    cue = cues.Cue(sheet.lower[i], "voice", 0.0, frozenset(("quote",)), "beside a whole quotation")
    return reports.Report(cues.Found(cue, i, i + 1), i, i + 1, source, None, "quote")


def _behind(sheet: Sheet, q: quotations.Quotation, hi: int, known: list[reports.Report]) -> reports.Report | None:
    """ `"…," the driver grinned` and `"…," grinned the driver`."""
    if sheet.text[q.end - 1] not in CLOSED and sheet.text[q.after : q.after + 1] != ",":
        return None
    first, last = sheet.word_at(q.after), sheet.word_at(hi)
    while first < last and sheet.tags[first] in (",", "''", "_SP"):
        first += 1
    if first >= last or any(r.quoting and first <= r.first < last for r in known):
        return None
    for k in range(first, min(last, first + WIDEST)):
        if sheet.tags[k] in FINITE:
            if sheet.lower[k] in HELPS:
                return None
            source = sheet.child(k, "nsubj") if k > first else subjects.beside(sheet, (k, k + 1), first, last)
            source = k - 1 if source is None and k > first else source
            within = source is not None and first <= source < last
            return _report(sheet, k, source) if within and thinkers.thinks(sheet, source) else None
        if sheet.tags[k][:2] not in ("NN", "PR") and sheet.tags[k] not in WITHIN:
            return None
    return None


def _before(sheet: Sheet, q: quotations.Quotation, lo: int, known: list[reports.Report]) -> reports.Report | None:
    """ `X was blunter: "…"`: a whole sentence after a colon, with its speaker as the subject before."""
    inside = sheet.text[q.start : q.end].rstrip()
    ends = inside[-1:] in ".?!" or sheet.text[q.after : q.after + 1] in (".", "")
    first, last = sheet.word_at(lo), sheet.word_at(q.before)
    if not inside[:1].isupper() or not ends or any(r.quoting and first <= r.first < last for r in known):
        return None
    for k in range(last - 1, first - 1, -1):
        if sheet.deps[k] in ("relcl", "acl", "advcl") or sheet.quoted[k]:
            continue
        source = sheet.child(k, "nsubj") if sheet.tags[k] in (*FINITE, "VBP", "VBN") else None
        if source is not None and first <= source < k:
            return _report(sheet, k, source) if thinkers.thinks(sheet, source) else None
        owner = sheet.child(k, "poss") if sheet.lower[k] in ANSWERS else None
        if owner is not None and first <= owner < k and not any(sheet.verb(j) for j in range(first, k)):
            return _report(sheet, k, owner)
    return None
