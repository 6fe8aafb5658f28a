"""Articles to statements: content, cue, kind, speaker, country, and where each stands in the article's text.

Quotations are paired by paragraph, cues are found in our list, sources and contents are read from the parse, speakers
are carried over sentences and paragraphs. Each row says which rule made it.
"""

from __future__ import annotations

import itertools
import logging

import pandas as pd
from spacy.tokens import Doc

from stancebrief import articles as article_files
from stancebrief import parses, tables
from stancebrief.statements import (
    confidence,
    datelines,
    drafts,
    marks,
    outlets,
    printed,
    references,
    sources,
    transcripts,
)
from stancebrief.statements.sheets import Sheet

log = logging.getLogger(__name__)
LONGEST = 20_000  # characters of a paragraph that the parser is given
TITLE_LENGTH = 160  # characters of a line that may be a headline
BATCH = 64  # articles parsed together


def extract(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(statements, problems) of a frame of articles, columns as in tables; `utterance` is the statement itself."""
    rows: list[dict] = []
    problems: list[dict] = []
    batch = list(articles.itertuples())
    for first in range(0, len(batch), BATCH):
        group = batch[first : first + BATCH]
        cuts = [spans(row) for row in group]
        texts = [readable(row, cut) for row, cut in zip(group, cuts, strict=True)]
        parsed = iter(parses.parse([text for paragraphs in texts for text in paragraphs]))  # of many articles at once
        for row, cut, paragraphs in zip(group, cuts, texts, strict=True):
            docs = list(itertools.islice(parsed, len(paragraphs)))
            try:
                made, met = read(row, sheets_of(row, cut, paragraphs, docs))
            except Exception as error:  # one article must not end the run; it is named instead
                log.warning("article %s", row.article, exc_info=log.isEnabledFor(logging.DEBUG))
                made, met = (
                    [],
                    [
                        _problem(
                            row.article,
                            "article not read",
                            f"{type(error).__name__}: {error}",
                            "report the article with this line; the others are unharmed",
                        )
                    ],
                )
            rows += made
            problems += met
    names = tables.TABLES["statements"].names
    frame = pd.DataFrame(rows, columns=names) if rows else tables.empty("statements")
    noted = pd.DataFrame(problems, columns=tables.TABLES["problems"].names) if problems else tables.empty("problems")
    return tables.check(frame, "statements"), tables.check(noted, "problems")


def _problem(article: str, problem: str, reason: str, remedy: str) -> dict[str, str]:
    return {"article": article, "step": "statements", "problem": problem, "reason": reason, "remedy": remedy}


def readable(row: object, cuts: list[tuple[int, int]]) -> list[str]:
    """The paragraphs as they are parsed: made legible, of the same length, with double marks around what is quoted.

    A dateline is blanked, or its city would be read as who speaks.
    """
    raws = [row.text[a:b] for a, b in cuts]
    texts = [parses.legible(raw) for raw in raws]
    for n, (start, _) in enumerate(cuts):
        if start > datelines.EARLY:
            break
        end = datelines.ending(texts[n])
        texts[n] = " " * end + texts[n][end:]
    return marks.double(raws, texts)


def spans(row: object) -> list[tuple[int, int]]:
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


def sheets_of(row: object, cuts: list[tuple[int, int]], texts: list[str], docs: list[Doc]) -> list[Sheet]:
    """The paragraphs of one article, with quotations left open by one carried into the next.

    `cuts`: their spans; `texts`: as they are parsed (see `readable`); `docs`: their parses.
    """
    made: list[Sheet] = []
    reopened = False
    for number, ((start, end), text, doc) in enumerate(zip(cuts, texts, docs, strict=True)):
        title = (
            number < 2
            and end - start < TITLE_LENGTH
            and text.count('"') < 2
            and not (number == 1 and not made[0].title)
        )
        sheet = Sheet(start, row.text[start:end], text, doc, reopened and text.startswith('"'), title)
        made.append(sheet)
        reopened = bool(sheet.double) and not sheet.double[-1].closed
    return made


def read(row: object, sheets: list[Sheet]) -> tuple[list[dict], list[dict]]:
    """(statement rows, problem rows) of one article with these paragraphs."""
    outlet, day = _told(row, "outlet_country"), _told(row, "published")
    paper = outlets.home(_told(row, "outlet"), _told(row, "url"), _told(row, "article"))
    who = sources.Sources(sheets, row.text[: datelines.EARLY], outlet, day, paper)
    made: list[tuple[Sheet, drafts.Draft, references.Speaker]] = []
    problems: list[dict] = []
    stray = sum(sheet.stray for sheet in sheets)
    if stray:
        problems.append(
            _problem(
                row.article,
                "unpaired quotation marks",
                f"{stray} without a partner",
                "read the statements beside the article; a quotation may be cut short",
            )
        )
    issuer: references.Speaker | None = None
    spoken = transcripts.Transcript(sheets, who.names)
    for number, sheet in enumerate(sheets):
        if number in spoken:
            speaker = who.named(spoken.speaker(number))
            who.remember(number, 0, speaker)
            made += [(sheet, draft, speaker) for draft in spoken.sentences(number)]
            continue
        if issuer is not None and printed.goes_on(sheet, issuer.name):
            made += [(sheet, draft, issuer) for draft in printed.sentences(sheet)]
            continue
        issuer = None
        opened = printed.opening(sheet)
        if opened is not None and number + 1 < len(sheets):
            issuer = who.speaker(number, opened).carried()
            who.remember(number, sheet.at[opened], issuer)
            continue
        said = drafts.draft(sheet)
        if not said and (headed := transcripts.heading(sheet, who.names)) is not None:
            name, written, draft = headed
            speaker = who.labelled(name, written)
            who.remember(number, draft.anchor, speaker)
            made.append((sheet, draft, speaker))
        for draft in said:
            speaker = _speaker(who, number, sheet, draft)
            if speaker is None:
                continue
            who.remember(number, draft.anchor, speaker)
            made.append((sheet, draft, speaker))
    rows = [_row(row, sheet, draft, who.settled(speaker)) for sheet, draft, speaker in made]
    return _unique(rows), problems


def _told(row: object, column: str) -> str:
    value = getattr(row, column, "")
    return value if isinstance(value, str) else ""


def _speaker(who: sources.Sources, number: int, sheet: Sheet, draft: drafts.Draft) -> references.Speaker | None:
    if draft.source is not None:
        return who.together(number, draft.source, draft.partner)
    if draft.carried:
        found = who.last(number, draft.anchor)
        return found
    if not draft.rule.startswith("direct"):
        return None
    found = who.last(number, draft.anchor)
    if found is None and draft.rule.startswith("direct"):
        return references.NOBODY
    return found


def _row(row: object, sheet: Sheet, draft: drafts.Draft, speaker: references.Speaker) -> dict:
    start, end = sheet.start + draft.start, sheet.start + draft.end
    cue = draft.cue or (-1, -1)
    written = speaker.written or (-1, -1)
    name = f"{row.article}:{start}-{end}"
    shift = lambda at: at + sheet.start if at >= 0 else -1  # noqa: E731
    return {
        "statement": name,
        "article": row.article,
        "start": start,
        "end": end,
        "kind": draft.kind,
        "content": row.text[start:end],
        "cue": " ".join(sheet.raw[cue[0] : cue[1]].split()) if cue[0] >= 0 else "",
        "cue_start": shift(cue[0]),
        "cue_end": shift(cue[1]),
        "speaker": speaker.name,
        "speaker_as_written": sheet.raw[written[0] : written[1]] if written[0] >= 0 else "",
        "speaker_start": shift(written[0]),
        "speaker_end": shift(written[1]),
        "countries": "|".join(speaker.codes) or "UNKNOWN",
        "country_basis": speaker.basis,
        "rule": draft.rule,
        "confidence": confidence.statement(
            draft.rule,
            confidence.kind(
                sheet.raw[written[0] : written[1]] if written[0] >= 0 else "", speaker.basis, "|".join(speaker.codes)
            ),
        ),
        "paragraph_start": sheet.start,
        "paragraph_end": sheet.start + len(sheet.text),
        "utterance": name,
    }


def _unique(rows: list[dict]) -> list[dict]:
    seen: set[str] = set()
    kept = []
    for row in sorted(rows, key=lambda r: (r["start"], r["end"])):
        if row["statement"] not in seen:
            seen.add(row["statement"])
            kept.append(row)
    return kept
