"""Which sources can speak: no deed, nobody at all, no "this", and no word of a quotation that the parse mistook."""

from __future__ import annotations

from stancebrief.statements import reports, subjects, vocabulary
from stancebrief.statements.sheets import Sheet

DEEDS = vocabulary.of("deed")
NOBODY = vocabulary.of("nobody")
POINTS = frozenset(("this", "that"))


def unquoted(sheet: Sheet, report: reports.Report, kept: list[reports.Report]) -> int | None:
    """Who speaks where the parse took a word of a quotation for it: beside the cue, or who spoke before it."""
    if sheet.tags[report.first] not in ("VBG", "VB"):
        return subjects.beside(sheet, (report.first, report.last), report.first, len(sheet))
    lo = sheet.sentence(sheet.at[report.first])[0]
    before = [r.source for r in kept if lo <= sheet.at[r.first] < sheet.at[report.first] and r.source is not None]
    return next((source for source in reversed(before) if not sheet.quoted[source]), None)


def speechless(sheet: Sheet, report: reports.Report) -> bool:
    """Whether the source cannot speak: a deed, nobody at all, or "this" ("this would mean asking …")."""
    if report.source is None:
        return False
    pointing = sheet.lower[report.source] in POINTS and sheet.tags[report.source] == "DT"
    return pointing or _by_deed(sheet, report) or _by_nobody(sheet, report)


def _by_deed(sheet: Sheet, report: reports.Report) -> bool:
    """Whether the source is no speaker but what somebody does: the outlet reads something from it."""
    if report.found.cue.takes & {"core", "source"}:
        return False
    named = any(sheet.deps[c] == "appos" and sheet.proper(c) for c in sheet.children(report.source))
    return sheet.lower[report.source] in DEEDS and not named


def _by_nobody(sheet: Sheet, report: reports.Report) -> bool:
    """Whether the source is denied: "no woman has accused X", "nobody said so"."""
    before = {sheet.lower[c] for c in sheet.children(report.source) if sheet.deps[c] in ("det", "amod", "neg")}
    return bool(NOBODY & (before | {sheet.lower[report.source]}))
