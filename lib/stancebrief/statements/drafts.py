"""The statements of one paragraph, before it is known who speaks: spans, kinds, cues and rules."""

from __future__ import annotations

import dataclasses
import re

from stancebrief.statements import attributions, endings, quotations, reports, speech, unlisted
from stancebrief.statements.sheets import Sheet

SPOKEN_WORDS = 4  # a quotation this long or longer may stand alone; a shorter one names or distances


@dataclasses.dataclass
class Draft:
    """A statement within a paragraph, before its speaker is known. Offsets count from the paragraph."""

    start: int
    end: int
    kind: str
    rule: str
    source: int | None = None
    cue: tuple[int, int] | None = None  # offsets
    carried: bool = False
    partner: int | None = None  # head of who says it together with the source ("agreed with X to …")
    anchor: int = 0  # where the report stands: speakers are carried from before it


def draft(sheet: Sheet) -> list[Draft]:
    """The statements of a paragraph in text order."""
    found = speech.read(sheet)
    found += endings.read(sheet, found)
    found += unlisted.read(sheet, found)
    by_quote = attributions.attribute(sheet, found)
    drafts: list[Draft] = []
    used: set[int] = set()
    taken: set[int] = set()  # reports whose content is a whole quotation
    for n, q in enumerate(sheet.double):
        match = by_quote.get(n)
        if match is None:
            continue
        report, rule = match
        if rule.startswith("direct"):
            made = _pieces(sheet, q.start, q.end, "direct", rule, report)
            if made and n and _one_sentence(sheet, n, by_quote) and drafts[-1].end > sheet.double[n - 1].start:
                drafts[-1] = dataclasses.replace(drafts[-1], end=made.pop(0).end)
            drafts += made
            used.add(n)
            taken.add(id(report))
    for report in found:
        if id(report) in taken and not _other_content(sheet, report, used):
            continue
        content = report.content
        quotes = [n for n, (r, rule) in by_quote.items() if r is report and rule == "mixed"]
        if content is None and not quotes:
            continue
        start, end = content if content else (sheet.double[quotes[0]].before, sheet.double[quotes[-1]].after)
        for n in quotes:
            start, end = min(start, sheet.double[n].before), max(end, sheet.double[n].after)
        used |= {n for n, q in enumerate(sheet.double) if start <= q.start < end}
        drafts += _paraphrase(sheet, start, end, report)
    drafts += _standing_alone(sheet, used, drafts, found)
    drafts += _before_colon(sheet, found)
    return sorted(drafts, key=lambda d: (d.start, d.end))


def _one_sentence(sheet: Sheet, n: int, by_quote: dict[int, tuple[reports.Report, str]]) -> bool:
    """Whether quotation n goes on with the sentence of the one before: `"If they part," he said, "nobody wins."`."""
    before, q = sheet.double[n - 1], sheet.double[n]
    if n - 1 not in by_quote or by_quote[n - 1][0] is not by_quote[n][0]:
        return False
    within = sheet.text[before.end - 1 : before.end] == "," and sheet.text[before.after : q.before].rstrip()[-1:] == ","
    first = sheet.text[q.start : q.end].split(" ", 1)[0]
    return within and (first[:1].islower() or first in ("I", "I'm", "I'd", "I'll", "I've"))


def _before_colon(sheet: Sheet, found: list[reports.Report]) -> list[Draft]:
    """A headline "CLAIM: X says Y" or "CLAIM: X": what stands before the colon is X's, if it is a clause."""
    if not sheet.title or ": " not in sheet.text:
        return []
    colon = sheet.text.index(": ")
    first = sheet.word_at(colon + 1)
    clause = [i for i in range(sheet.word_at(colon)) if sheet.tags[i] in ("MD", "VBZ", "VBP", "VBD")]
    if not clause or any(r.first < first for r in found) or any(q.before < colon for q in sheet.quotations):
        return []
    report = next((r for r in found if r.source is not None and first <= r.source < r.first), None)
    if report is None:
        return []
    start, end = quotations.tidy(sheet.text, 0, colon)
    return [
        Draft(start, end, "indirect", "headline colon", report.source, _cue_span(sheet, report), False, None, start)
    ]


def _other_content(sheet: Sheet, report: reports.Report, used: set[int]) -> bool:
    """Whether a report that has a quotation also has content outside of it, after the cue."""
    if report.content is None:
        return False
    a, b = report.content
    return (
        not any(q.before < b and a < q.after for n, q in enumerate(sheet.double) if n in used)
        and (a >= sheet.at[report.first] and b - a > 12)
        and report.rule in ("clause",)
    )


def _cue_span(sheet: Sheet, report: reports.Report) -> tuple[int, int]:
    return sheet.at[report.first], sheet.end(report.last - 1)


def _pieces(sheet: Sheet, start: int, end: int, kind: str, rule: str, report: reports.Report | None) -> list[Draft]:
    cue = _cue_span(sheet, report) if report else None
    return [
        Draft(a, b, kind, rule, report.source if report else None, cue, report is None, None, a)
        for a, b in quotations.pieces(sheet.text, start, end)
    ]


def _paraphrase(sheet: Sheet, start: int, end: int, report: reports.Report) -> list[Draft]:
    """One statement; a quotation that runs over several sentences gives one for each further sentence."""
    start, end = quotations.tidy(sheet.text, start, end)
    if end <= start:
        return []
    cue = _cue_span(sheet, report)
    quotes = [q for q in sheet.double if q.before < end and start < q.after]
    singles = [q for q in sheet.quotations if q.single and start - 1 <= q.before and q.after <= end + 1]
    whole = next((q for q in quotes if abs(q.start - start) <= 1 and abs(q.end - end) <= 2), None)
    kind = (
        "direct"
        if whole
        else "mixed"
        if any(attributions.quotes_speech(sheet, q) for q in quotes + singles)
        else "indirect"
    )
    more: list[Draft] = []
    if quotes and not whole:
        q = quotes[-1]
        cut = quotations.pieces(sheet.text, q.start, min(q.end, end + 2))
        if len(cut) > 1:
            end = cut[0][1]
            more = [Draft(a, b, "direct", report.rule, report.source, cue, False, None, a) for a, b in cut[1:]]
    if whole:
        return _pieces(sheet, whole.start, whole.end, "direct", report.rule, report)
    return [Draft(start, end, kind, report.rule, report.source, cue, False, report.partner, start), *more]


def _standing_alone(sheet: Sheet, used: set[int], drafts: list[Draft], found: list[reports.Report]) -> list[Draft]:
    """Quotations without a report in their sentence: they go on with the last speaker if they are sentences."""
    made = []
    for n, q in enumerate(sheet.double):
        if n in used or any(d.start < q.end and q.start < d.end for d in drafts):
            continue
        lo, hi = sheet.sentence(q.before)
        lead, tail = sheet.text[lo : q.before].strip(" ,"), sheet.text[q.after : hi].strip(" .,")
        words = len(sheet.text[q.start : q.end].split())
        if lead or tail or (words < SPOKEN_WORDS and not (n and n - 1 in used)):
            continue
        if not sheet.text[q.start : q.start + 1].isupper() and not re.search(
            r"[.!?,]$", sheet.text[q.start : q.end].rstrip()
        ):
            continue
        cue = None
        made += [dataclasses.replace(d, cue=cue) for d in _pieces(sheet, q.start, q.end, "direct", "continued", None)]
    return made
