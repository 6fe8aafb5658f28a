"""Articles to statements: content, cue, kind, speaker, country, and where each stands in the article's text.

Quotations are paired by paragraph, cues are found in our list, sources and contents are read from the parse, speakers
are carried over sentences and paragraphs. Each row says which rule made it.
"""

from __future__ import annotations

import dataclasses
import logging
import re

import pandas as pd

from stancebrief import articles as article_files
from stancebrief import parses, quotations, reports, sources, tables
from stancebrief.sheets import Sheet

log = logging.getLogger(__name__)
LONGEST = 20_000        # characters of a paragraph that the parser is given
TITLE_LENGTH = 160      # characters of a line that may be a headline
SPOKEN_WORDS = 4        # a quotation this long or longer may stand alone; a shorter one names or distances
BATCH = 64              # articles parsed together


@dataclasses.dataclass
class Draft:
    """A statement within a paragraph, before its speaker is known. Offsets count from the paragraph."""

    start: int
    end: int
    kind: str
    rule: str
    source: int | None = None
    cue: tuple[int, int] | None = None   # offsets
    carried: bool = False
    partner: int | None = None           # head of who says it together with the source ("agreed with X to …")
    anchor: int = 0                      # where the report stands: speakers are carried from before it


def extract(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(statements, problems) of a frame of articles, columns as in tables; `utterance` is the statement itself."""
    rows: list[dict] = []
    problems: list[dict] = []
    batch = list(articles.itertuples())
    for first in range(0, len(batch), BATCH):
        group = batch[first: first + BATCH]
        _warm(group, problems)
        for row in group:
            try:
                made, met = read(row)
            except Exception as error:  # one article must not end the run; it is named instead
                log.exception("article %s", row.article)
                made, met = [], [_problem(row.article, "article not read", f"{type(error).__name__}: {error}",
                                          "report the article with this line; the others are unharmed")]
            rows += made
            problems += met
    names = tables.TABLES["statements"].names
    frame = pd.DataFrame(rows, columns=names) if rows else tables.empty("statements")
    noted = pd.DataFrame(problems, columns=tables.TABLES["problems"].names) if problems else tables.empty("problems")
    return tables.check(frame, "statements"), tables.check(noted, "problems")


def _problem(article: str, problem: str, reason: str, remedy: str) -> dict[str, str]:
    return {"article": article, "step": "2-statements", "problem": problem, "reason": reason, "remedy": remedy}


def _warm(group: list, problems: list[dict]) -> None:
    """Parse the paragraphs of many articles in one go; the parser remembers them."""
    del problems
    texts = []
    for row in group:
        texts += [parses.legible(row.text[a:b]) for a, b in _paragraphs(row)]
    parses.parse(texts)


def _paragraphs(row: object) -> list[tuple[int, int]]:
    """Spans of the paragraphs, none longer than LONGEST."""
    found = []
    for start, end in article_files.paragraphs(row):
        while end - start > LONGEST:
            cut = row.text.rfind(" ", start, start + LONGEST)
            cut = cut if cut > start else start + LONGEST
            found.append((start, cut))
            start = cut
        found.append((start, end))
    return found


def sheets_of(row: object) -> list[Sheet]:
    """The paragraphs of one article, parsed, with quotations left open by one carried into the next."""
    made: list[Sheet] = []
    spans = _paragraphs(row)
    texts = [parses.legible(row.text[a:b]) for a, b in spans]
    reopened = False
    for number, ((start, end), text, doc) in enumerate(zip(spans, texts, parses.parse(texts), strict=True)):
        title = number < 2 and end - start < TITLE_LENGTH and text.count('"') < 2 and not (
            number == 1 and not made[0].title)
        sheet = Sheet(start, row.text[start:end], text, doc, reopened and text.startswith('"'), title)
        made.append(sheet)
        reopened = bool(sheet.double) and not sheet.double[-1].closed
    return made


def read(row: object) -> tuple[list[dict], list[dict]]:
    """(statement rows, problem rows) of one article."""
    sheets = sheets_of(row)
    who = sources.Sources(sheets)
    rows: list[dict] = []
    problems: list[dict] = []
    stray = sum(sheet.stray for sheet in sheets)
    if stray:
        problems.append(_problem(row.article, "unpaired quotation marks", f"{stray} without a partner",
                                 "read the statements beside the article; a quotation may be cut short"))
    for number, sheet in enumerate(sheets):
        drafts = _draft(sheet)
        for draft in drafts:
            speaker = _speaker(who, number, sheet, draft)
            if speaker is None:
                continue
            who.remember(number, draft.anchor, speaker)
            rows.append(_row(row, sheet, draft, speaker))
    return _unique(rows), problems


def _speaker(who: sources.Sources, number: int, sheet: Sheet, draft: Draft) -> sources.Speaker | None:
    if draft.source is not None:
        return who.together(number, draft.source, draft.partner)
    if draft.carried:
        found = who.last(number, draft.anchor)
        return found
    if draft.rule in ("passive", "quote", "object", "infinitive", "noun"):
        return None
    found = who.last(number, draft.anchor)
    return found


def _row(row: object, sheet: Sheet, draft: Draft, speaker: sources.Speaker) -> dict:
    start, end = sheet.start + draft.start, sheet.start + draft.end
    cue = draft.cue or (-1, -1)
    written = speaker.written or (-1, -1)
    name = f"{row.article}:{start}-{end}"
    shift = lambda at: at + sheet.start if at >= 0 else -1  # noqa: E731
    return {
        "statement": name, "article": row.article, "start": start, "end": end, "kind": draft.kind,
        "content": row.text[start:end],
        "cue": " ".join(sheet.raw[cue[0]: cue[1]].split()) if cue[0] >= 0 else "",
        "cue_start": shift(cue[0]), "cue_end": shift(cue[1]),
        "speaker": speaker.name,
        "speaker_as_written": sheet.raw[written[0]: written[1]] if written[0] >= 0 else "",
        "speaker_start": shift(written[0]), "speaker_end": shift(written[1]),
        "countries": "|".join(speaker.codes) or "UNKNOWN", "country_basis": speaker.basis,
        "rule": draft.rule, "confidence": 0.5,
        "paragraph_start": sheet.start, "paragraph_end": sheet.start + len(sheet.text), "utterance": name,
    }


def _unique(rows: list[dict]) -> list[dict]:
    seen: set[str] = set()
    kept = []
    for row in sorted(rows, key=lambda r: (r["start"], r["end"])):
        if row["statement"] not in seen:
            seen.add(row["statement"])
            kept.append(row)
    return kept


# quotations and reports of one paragraph ---------------------------------------------------------------------------

def _draft(sheet: Sheet) -> list[Draft]:
    """The statements of a paragraph in text order."""
    found = reports.read(sheet)
    by_quote = _attributed(sheet, found)
    drafts: list[Draft] = []
    used: set[int] = set()
    taken: set[int] = set()   # reports whose content is a whole quotation
    for n, q in enumerate(sheet.double):
        match = by_quote.get(n)
        if match is None:
            continue
        report, rule = match
        if rule.startswith("direct"):
            drafts += _pieces(sheet, q.start, q.end, "direct", rule, report)
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
    return [Draft(start, end, "indirect", "headline colon", report.source, _cue_span(sheet, report), False, None, start)]


def _other_content(sheet: Sheet, report: reports.Report, used: set[int]) -> bool:
    """Whether a report that has a quotation also has content outside of it, after the cue."""
    if report.content is None:
        return False
    a, b = report.content
    return not any(q.before < b and a < q.after for n, q in enumerate(sheet.double) if n in used) and (
        a >= sheet.at[report.first] and b - a > 12) and report.rule in ("clause",)


def _cue_span(sheet: Sheet, report: reports.Report) -> tuple[int, int]:
    return sheet.at[report.first], sheet.end(report.last - 1)


def _pieces(sheet: Sheet, start: int, end: int, kind: str, rule: str, report: reports.Report | None) -> list[Draft]:
    cue = _cue_span(sheet, report) if report else None
    return [Draft(a, b, kind, rule, report.source if report else None, cue, report is None, None, a)
            for a, b in quotations.pieces(sheet.text, start, end)]


def _paraphrase(sheet: Sheet, start: int, end: int, report: reports.Report) -> list[Draft]:
    """One statement; a quotation that runs over several sentences gives one for each further sentence."""
    start, end = quotations.tidy(sheet.text, start, end)
    if end <= start:
        return []
    cue = _cue_span(sheet, report)
    quotes = [q for q in sheet.double if q.before < end and start < q.after]
    singles = [q for q in sheet.quotations if q.single and start - 1 <= q.before and q.after <= end + 1]
    whole = next((q for q in quotes if abs(q.start - start) <= 1 and abs(q.end - end) <= 2), None)
    kind = "direct" if whole else "mixed" if any(_quotes_speech(sheet, q) for q in quotes + singles) else "indirect"
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


def _quotes_speech(sheet: Sheet, q: quotations.Quotation) -> bool:
    """Whether marks inside a paraphrase quote; before a noun or adjective, a few words in marks only name a thing."""
    if len(sheet.text[q.start:q.end].split()) > 3:
        return True
    after = sheet.word_at(q.after)
    return not (after < len(sheet) and sheet.at[after] <= q.after + 1 and sheet.tags[after][:2] in ("NN", "JJ"))


def _attributed(sheet: Sheet, found: list[reports.Report]) -> dict[int, tuple[reports.Report, str]]:
    """Number of a quotation -> (its report, "direct after", "direct before" or "mixed")."""
    made: dict[int, tuple[reports.Report, str]] = {}
    for n, q in enumerate(sheet.double):
        lo, hi = sheet.sentence(q.before)
        before = max([lo] + [p.after for p in sheet.double[:n] if p.after <= q.before])
        after = min([hi] + [p.before for p in sheet.double[n + 1:] if p.before >= q.after])
        lead = sheet.text[before:q.before].strip(" ,—–-")
        if hi == q.after and (n + 1 == len(sheet.double) or sheet.double[n + 1].before > hi):
            after = _misread_end(sheet, q, hi)
        tail_first, tail_last = sheet.word_at(q.after), sheet.word_at(after)
        opening = not lead or lead.lower() in ("and", "but", "yet", "so", "then", "still")
        lead_reports = [r for r in found if r.quoting and before <= sheet.at[r.first] < q.before]
        tail_reports = [r for r in found if r.quoting and tail_first <= r.first < tail_last]
        inside = [r for r in found if r.content and r.content[0] < q.end and q.start < r.content[1]
                  and not q.before <= sheet.at[r.first] < q.after]
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
        if leading and _speaks(sheet, q, leading[-1]) and _quotes_speech(sheet, q):
            made[n] = (leading[-1], "mixed")
    return made


def _misread_end(sheet: Sheet, q: quotations.Quotation, hi: int) -> int:
    """ `"Why?" Smith asked.` is one sentence: the end of a short sentence after the mark that is but an attribution."""
    following = next((s for s in sheet.sentences if s[0] >= hi), None)
    if following is None or sheet.text[q.end - 1] not in "?!.":
        return hi
    words = sheet.text[following[0]:following[1]].split()
    bare = len(words) <= (12 if sheet.text[q.end - 1] in "?!" else 5)
    return following[1] if bare or sheet.text[q.end - 1] in "?!" else hi


def _speaks(sheet: Sheet, q: quotations.Quotation, report: reports.Report) -> bool:
    """Whether a quotation after a cue, outside of what the parse gave it, may still be its content."""
    between = sheet.text[sheet.end(report.last - 1): q.before]
    return len(between.split()) < 25 and "." not in between.strip(" .")[:-1]


def _adjacent(sheet: Sheet, report: reports.Report, q: quotations.Quotation) -> bool:
    """Whether the quotation follows the cue directly: `said: "`, `he said, "`, `told reporters on Monday, "`."""
    between = sheet.text[sheet.end(report.last - 1): q.before].strip()
    if between in ("", ",", ":", "—", "–", "-", "--", "that"):
        return between not in ("that", "") or (len(sheet.text[q.start:q.end].split()) > 8 and between == ""
                                               and sheet.text[q.start].isupper())
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
    inside = sheet.text[q.start:q.end].rstrip()
    follows = sheet.text[q.after: q.after + 3].strip()
    if inside[-1:] in ".?!" and follows[:1].isupper() and sheet.sentence(q.before)[1] == q.after:
        if report.content is not None and report.content[0] > sheet.at[report.first] or report.first - first > 6:
            return False
    last = sheet.word_at(sheet.sentence(q.before)[1])
    if report.source is None or sheet.quoted[report.source] or report.first > report.source + 25:
        report.source = reports.source_beside(sheet, report, first, last)
    if report.source is None:
        return report.first - first <= 6
    source = report.source
    if source < first and report.first > first + 3:
        return False
    verbs = [i for i in range(first, report.first) if sheet.tags[i] in ("VBD", "VBZ", "VBP") and not sheet.quoted[i]
             and sheet.deps[i] not in ("relcl", "aux", "auxpass")]
    return not verbs


def _standing_alone(sheet: Sheet, used: set[int], drafts: list[Draft], found: list[reports.Report]) -> list[Draft]:
    """Quotations without a report in their sentence: they go on with the last speaker if they are sentences."""
    made = []
    for n, q in enumerate(sheet.double):
        if n in used or any(d.start < q.end and q.start < d.end for d in drafts):
            continue
        lo, hi = sheet.sentence(q.before)
        lead, tail = sheet.text[lo:q.before].strip(" ,"), sheet.text[q.after:hi].strip(" .,")
        words = len(sheet.text[q.start:q.end].split())
        if lead or tail or words < SPOKEN_WORDS and not (n and n - 1 in used):
            continue
        if not sheet.text[q.start:q.start + 1].isupper() and not re.search(r"[.!?,]$", sheet.text[q.start:q.end].rstrip()):
            continue
        cue = None
        made += [dataclasses.replace(d, cue=cue) for d in _pieces(sheet, q.start, q.end, "direct", "continued", None)]
    return made
