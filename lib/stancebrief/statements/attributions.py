"""Which report a quotation belongs to: the cue before it, after it, or the sentence it stands in."""

from __future__ import annotations

from stancebrief.statements import quotations, reports, subjects, vocabulary
from stancebrief.statements.sheets import Sheet

TITLED = vocabulary.of("titled")


def attribute(sheet: Sheet, found: list[reports.Report]) -> dict[int, tuple[reports.Report, str]]:
    """Number of a quotation -> (its report, "direct after", "direct before" or "mixed")."""
    made: dict[int, tuple[reports.Report, str]] = {}
    for n, q in enumerate(sheet.double):
        if _titled(sheet, q):
            continue
        lo, hi = sheet.sentence(q.before)
        before = max([lo] + [p.after for p in sheet.double[:n] if p.after <= q.before])
        after = min([hi] + [p.before for p in sheet.double[n + 1 :] if p.before >= q.after])
        lead = sheet.text[before : q.before].strip(" ,—–-")
        if hi == q.after and (n + 1 == len(sheet.double) or sheet.double[n + 1].before > hi):
            after = _misread_end(sheet, q, hi)
        tail_first, tail_last = sheet.word_at(q.after), sheet.word_at(after)
        opening = not lead or lead.lower() in ("and", "but", "yet", "so", "then", "still")
        lead_reports = [r for r in found if r.quoting and before <= sheet.at[r.first] < q.before]
        tail_reports = [r for r in found if r.quoting and tail_first <= r.first < tail_last]
        inside = [
            r
            for r in found
            if r.content
            and r.content[0] < q.end
            and q.start < r.content[1]
            and not q.before <= sheet.at[r.first] < q.after
        ]
        adjacent = next((r for r in reversed(lead_reports) if _adjacent(sheet, r, q)), None)
        if adjacent is not None:
            made[n] = (adjacent, "direct before")
            continue
        if opening or before > lo:
            tail = next((r for r in tail_reports if _tail(sheet, r, q, tail_first)), None)
            if tail is not None and (opening or not inside or tail in inside):
                made[n] = (tail, "direct after")
                continue
        if inside:
            nearest = min(inside, key=lambda r: abs(sheet.at[r.first] - q.before))
            made[n] = (nearest, "mixed")
            continue
        leading = [r for r in lead_reports if r.content is None or r.content[0] >= sheet.at[r.first]]
        if leading and _speaks(sheet, q, leading[-1]) and quotes_speech(sheet, q):
            made[n] = (leading[-1], "mixed")
    return made


def _titled(sheet: Sheet, q: quotations.Quotation) -> bool:
    """Whether the marks hold a title: "a film entitled …"."""
    k = sheet.word_at(q.before) - 1
    return k >= 0 and sheet.lower[k] in TITLED and sheet.tags[k] == "VBN" and sheet.deps[k] in ("acl", "amod", "advcl")


def _misread_end(sheet: Sheet, q: quotations.Quotation, hi: int) -> int:
    """`"Why?" Smith asked.` is one sentence: the end of a short sentence after the mark that is but an attribution."""
    following = next((s for s in sheet.sentences if s[0] >= hi), None)
    if following is None or sheet.text[q.end - 1] not in "?!.":
        return hi
    words = sheet.text[following[0] : following[1]].split()
    bare = len(words) <= (12 if sheet.text[q.end - 1] in "?!" else 5)
    return following[1] if bare or sheet.text[q.end - 1] in "?!" else hi


def _speaks(sheet: Sheet, q: quotations.Quotation, report: reports.Report) -> bool:
    """Whether a quotation after a cue, outside of what the parse gave it, may still be its content."""
    between = sheet.text[sheet.end(report.last - 1) : q.before]
    return len(between.split()) < 25 and "." not in between.strip(" .")[:-1]


def _adjacent(sheet: Sheet, report: reports.Report, q: quotations.Quotation) -> bool:
    """Whether the quotation follows the cue directly: `said: "`, `he said, "`, `told reporters on Monday, "`."""
    between = sheet.text[sheet.end(report.last - 1) : q.before].strip()
    if between in ("", ",", ":", "—", "–", "-", "--", "that"):
        return between not in ("that", "") or (
            len(sheet.text[q.start : q.end].split()) > 8 and between == "" and sheet.text[q.start].isupper()
        )
    if not between.endswith((",", ":", "--", "—", "–")):
        return False
    first, last = report.last, sheet.word_at(q.before)
    if last - first > 18:
        return False
    verbs = [i for i in range(first, last) if sheet.tags[i] in ("VBD", "VBZ", "VBP", "MD")]
    return not verbs or between.endswith(":")


def _tail(sheet: Sheet, report: reports.Report, q: quotations.Quotation, first: int) -> bool:
    """Whether `…," X said` or `…," said X`: between the mark and the cue stand only the source and adverbs."""
    if report.found.cue.takes & {"source"}:
        return report.first - first <= 3
    if report.first - first > 30:
        return False
    inside = sheet.text[q.start : q.end].rstrip()
    follows = sheet.text[q.after : q.after + 3].strip()
    if inside[-1:] in ".?!" and follows[:1].isupper() and sheet.sentence(q.before)[1] == q.after:
        if (report.content is not None and report.content[0] > sheet.at[report.first]) or report.first - first > 6:
            return False
    last = sheet.word_at(sheet.sentence(q.before)[1])
    if report.source is None or sheet.quoted[report.source] or report.first > report.source + 25:
        report.source = subjects.beside(sheet, (report.first, report.last), first, last)
    if report.source is None:
        return report.first - first <= 6
    source = report.source
    if source < first and report.first > first + 3:
        return False
    verbs = [
        i
        for i in range(first, report.first)
        if sheet.tags[i] in ("VBD", "VBZ", "VBP")
        and not sheet.quoted[i]
        and sheet.deps[i] not in ("relcl", "aux", "auxpass")
    ]
    return not verbs


def quotes_speech(sheet: Sheet, q: quotations.Quotation) -> bool:
    """Whether marks inside a paraphrase quote; before a noun or adjective, a few words in marks only name a thing."""
    if len(sheet.text[q.start : q.end].split()) > 3:
        return True
    after = sheet.word_at(q.after)
    return not (after < len(sheet) and sheet.at[after] <= q.after + 1 and sheet.tags[after][:2] in ("NN", "JJ"))
