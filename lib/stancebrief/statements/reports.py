"""A report: a cue with its source and content; and where two reports in one sentence meet.

Of reports inside one another the outer one counts; a report that the parser put inside another, though it stands
beside it, is cut off.
"""

from __future__ import annotations

import dataclasses

from stancebrief.statements import cues, quotations, vocabulary
from stancebrief.statements.sheets import Sheet

MEDIA = vocabulary.of("medium")
DISPUTING = ("denial", "blame", "praise", "agreement")
JOINED_BY = vocabulary.of("joint")


@dataclasses.dataclass
class Report:
    """A cue with its source and content.

    `source`: number of the word that heads the subject, None where none is written near; `content`: (start, end) or
    None where only a quotation can be the content; `rule`: how it was read.
    """

    found: cues.Found
    first: int  # first word of the cue
    last: int  # one past its last word
    source: int | None
    content: tuple[int, int] | None
    rule: str
    quoting: bool = True  # whether a quotation beside it may be its content
    partner: int | None = None  # who says it together with the source: "agreed with X to …"


def outermost(sheet: Sheet, made: list[Report]) -> list[Report]:
    """Without the reports whose cue stands inside another's content, unless they say "what X called …"."""
    made = [report for report in made if not _relays(sheet, report, made)]
    for report in made:
        _cut(sheet, report, made)
    kept = []
    for report in made:
        at = sheet.at[report.first]
        inside = [
            other
            for other in made
            if other is not report
            and other.content is not None
            and other.content[0] <= at < other.content[1]
            and not _encloses(sheet, report, other)
        ]
        if inside and not _what(sheet, report, inside[0]) and not _disputed(report, inside[0]):
            continue
        kept.append(report)
    return kept


def _relays(sheet: Sheet, report: Report, made: list[Report]) -> bool:
    """ "X told Y that …, according to the news agency Z": X speaks, Z only passes it on."""
    if report.content is None or report.source is None:
        return False
    if report.rule != "according" and sheet.at[report.first] < report.content[1]:
        return False
    medium = range(sheet.left(report.source), sheet.right(report.source) + 1)
    if not any(sheet.lower[k] in MEDIA for k in medium):
        return False
    return any(
        other is not report
        and other.source is not None
        and other.content is not None
        and report.content[0] <= sheet.at[other.first] < report.content[1]
        and sheet.tags[other.first] in ("VBD", "VBZ")
        and sheet.at[sheet.left(other.first)] <= report.content[0] + 1
        for other in made
    )


def _encloses(sheet: Sheet, report: Report, other: Report) -> bool:
    """Whether the report's own content holds the other's cue and is the longer one."""
    if report.content is None:
        return False
    return (
        report.content[0] <= sheet.at[other.first] < report.content[1]
        and report.content[1] - report.content[0] > other.content[1] - other.content[0]
    )


def _disputed(report: Report, outer: Report) -> bool:
    """ "dismissed X's assertion that …": X's statement, though somebody else's takes it up."""
    return report.found.cue.kind == "noun" and outer.rule == "object" and outer.found.cue.kind in DISPUTING


def _what(sheet: Sheet, report: Report, outer: Report) -> bool:
    """ "what X called …" inside a report, not at its start: a statement of its own."""
    i = report.first
    if "naming" not in report.found.cue.takes or report.source is None:
        return False
    before = sheet.left(report.source) - 1
    return (
        before >= 0
        and sheet.lower[before] == "what"
        and (sheet.at[before] > outer.content[0] + 2 or sheet.proper(report.source))
        and report.content is not None
        and (sheet.at[i] < report.content[0])
    )


def _cut(sheet: Sheet, report: Report, made: list[Report]) -> None:
    """End a report's content where another report begins beside it, though the parser put that one inside.

    "said X and warned Y": same form of the verb, joined by "and" and without a subject of its own; "warned X, with Y
    saying …", "…, whereas Y asks", "…, remarking that …": after a comma.
    """
    if report.content is None or report.content[0] < sheet.at[report.first] or report.rule in ("according", "headline"):
        return
    for other in made:
        if other is report or other.content is None or other.first <= report.last:
            continue
        at = sheet.at[other.first]
        if not report.content[0] < at < report.content[1] or other.content[0] < report.content[0] + 2:
            continue
        begin = _joint(sheet, report, other)
        if begin is None:
            begin = _dash(sheet, report, other)
        if begin is None:
            begin = _remark(sheet, report, other)
        if begin is None:
            continue
        start, end = quotations.tidy(sheet.text, report.content[0], sheet.at[begin])
        if end - start < 2:
            continue
        report.content = (start, end)
        if other.source is None or not _own_subject(sheet, other):
            other.source = report.source
        return


def _own_subject(sheet: Sheet, report: Report) -> bool:
    return report.source is not None and any(
        sheet.deps[c] in ("nsubj", "nsubjpass") for c in sheet.children(report.first)
    )


def _dash(sheet: Sheet, report: Report, other: Report) -> int | None:
    """A dash between a content and a remark that reports somebody ("… – a claim that Y denies")."""
    if not _own_subject(sheet, other):
        return None
    dashes = [
        k
        for k in range(sheet.word_at(report.content[0]), sheet.word_at(report.content[1]))
        if sheet.words[k] in ("–", "—", "--", "-")
        and sheet.text[sheet.at[k] - 1 : sheet.at[k]] == " "
        and not sheet.quoted[k]
    ]
    own = other.source if other.source is not None and other.source < other.first else other.first
    return dashes[0] if len(dashes) == 1 and dashes[0] < sheet.left(own) else None


def _remark(sheet: Sheet, report: Report, other: Report) -> int | None:
    """The comma before a last relative clause that reports somebody: "…, which X called …", "…, a claim Y rejects"."""
    i = other.first
    if sheet.deps[i] != "relcl" or not _own_subject(sheet, other) or other.found.cue.kind == "thought":
        return None
    if sheet.right(i) < sheet.word_at(report.content[1]) - 2:
        return None
    first, noun = sheet.left(i), sheet.heads[i]
    if sheet.lower[first] not in ("which", "whom") and sheet.deps[noun] == "appos":
        first = sheet.left(noun)
    if first > 1 and sheet.lower[first - 1] in ("but", "and"):  # "which X called … but which Y called …"
        return first - 1
    return first - 1 if first > report.last and sheet.lower[first - 1] == "," and not sheet.quoted[first] else None


def _joint(sheet: Sheet, report: Report, other: Report) -> int | None:
    """First word of the joint before `other`, if it stands beside `report` and not inside it."""
    i = other.first
    own = _own_subject(sheet, other)
    first = i
    if own:
        subject = next(c for c in sheet.children(i) if sheet.deps[c] in ("nsubj", "nsubjpass"))
        if subject > i:
            return None
        first = sheet.left(subject)
    while first > report.last and (
        sheet.deps[first - 1] in ("aux", "auxpass", "advmod", "neg") or (sheet.tags[first - 1] in ("RB", "MD"))
    ):
        first -= 1
    joint = sheet.lower[first - 1]
    if own:
        comma = sheet.lower[first - 2] == "," if first > 1 else False
        return (
            first - 1
            if (joint in JOINED_BY and comma and joint not in ("or", "as"))
            or (joint == "with" and sheet.tags[i] == "VBG")
            else None
        )
    if sheet.tags[i] == "VBG":
        return (
            first - 1
            if joint == ","
            and (other.rule in ("clause", "infinitive", "noun") or "naming" in other.found.cue.takes)
            and (sheet.tags[report.first] != "VBG")
            else None
        )
    same = (
        sheet.tags[i] == sheet.tags[report.first]
        or {sheet.tags[i], sheet.tags[report.first]} <= {"VBD", "VBN"}
        or ({sheet.tags[i], sheet.tags[report.first]} <= {"VBZ", "VBP"})
    )
    if joint in ("and", "but") and same and sheet.deps[i] == "conj" and sheet.tags[i] != "VB":
        return first - 1
    return None
