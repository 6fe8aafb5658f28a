"""Every statement behind every number, in its context, with the words that carry it marked; wordings side by side.

Nothing here is HTML: a marked text is a list of pieces, each with the roles it plays, so that a template escapes it.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
import hashlib
import itertools
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pandas as pd

from stancebrief import repeats

CONTEXT = 420             # characters of a paragraph shown in full; longer ones are cut around the statement
MARGIN = 140              # characters kept on each side of the statement in a long paragraph
LONG = 1600               # characters of one statement shown before it is cut; the file holds the rest
SPACES = str.maketrans("", "", "\n\t\r")
UNSEEN = {"\u200b", "\u200e", "\u200f", "\u061c", "\u2060", "\ufeff", "\u00ad", "\ufffc"}


@dataclasses.dataclass(frozen=True)
class Piece:
    """A run of text and what it is: content, cue, speaker, word, differs, cut, or escape for what has no glyph."""

    text: str
    roles: frozenset[str] = frozenset()

    @property
    def classes(self) -> str:
        return " ".join(sorted(self.roles))


@dataclasses.dataclass(frozen=True)
class Position:
    """A stance on a target, with the words that decided and how sure the label is."""

    country: str
    target: str
    stance: str
    words: str
    why: str
    confidence: float


@dataclasses.dataclass(frozen=True)
class Report:
    """One outlet's report of an utterance: one row of the statements table, ready to be shown."""

    statement: str
    anchor: str
    article: str
    outlet: str
    date: str
    date_basis: str
    kind: str
    cue: str
    speaker: str
    countries: tuple[str, ...]
    country_basis: str
    confidence: float
    text: str                  # the article's
    paragraph: tuple[int, int]
    spans: tuple[tuple[int, int, str], ...]
    positions: tuple[Position, ...]
    wording: str = "first"
    polarity: float | None = None
    vader: float | None = None
    before: int = 0            # characters of the article before the context, so that it can be found by hand

    @functools.cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The statement in its context; cut when it is asked for, as few of many reports are shown on one page."""
        return context(self.text, self.paragraph, list(self.spans))


@dataclasses.dataclass(frozen=True)
class Wording:
    """An utterance that two reports put differently: each report's pieces with the differing words marked."""

    reports: tuple[tuple[Report, tuple[Piece, ...]], ...]
    quoted: bool               # the differing words stand inside quotation marks
    likeness: float


@dataclasses.dataclass(frozen=True)
class Utterance:
    """One utterance with all its reports, the fullest first in article order."""

    name: str
    anchor: str
    number: int
    reports: tuple[Report, ...]
    wording: Wording | None

    @functools.cached_property
    def countries(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for report in self.reports for code in report.countries))

    @property
    def outlets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(report.outlet for report in self.reports))

    @functools.cached_property
    def stances(self) -> tuple[tuple[str, str, str], ...]:
        """(country, target, stance) of any report, each once."""
        return tuple(dict.fromkeys((p.country, p.target, p.stance) for r in self.reports for p in r.positions))


def anchor(statement: str) -> str:
    """The id of a statement on a page: the same in every edition in which the article is the same."""
    return "s-" + hashlib.sha256(statement.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def visible(text: str) -> list[tuple[str, bool]]:
    """The text in runs of (text, is an escape): characters that reorder or hide text become their code points.

    Joiners stay where a script needs them (between letters outside Latin) and emoji keep theirs.
    """
    if (text.isprintable() or text.translate(SPACES).isprintable()) and "\ufffc" not in text:  # as most texts are
        return [(text, False)] if text else []
    runs: list[tuple[str, bool]] = []
    for index, char in enumerate(text):
        if _unsafe(char, text[index - 1: index], text[index + 1: index + 2]):
            runs.append((f"U+{ord(char):04X}", True))
        elif runs and not runs[-1][1]:
            runs[-1] = (runs[-1][0] + char, False)
        else:
            runs.append((char, False))
    return runs


def plain(text: str) -> str:
    """The text as one safe line for a chart, a title or an attribute: escapes written out, white space joined."""
    return " ".join("".join(f"⟨{run}⟩" if escaped else run for run, escaped in visible(text)).split())


def closed(text: str) -> str:
    """The text with the quotation mark that its content opens and leaves open; contents end before their last mark."""
    if text.count("“") > text.count("”"):
        return text + "”"
    return text + '"' if text.count('"') % 2 else text


def _unsafe(char: str, before: str, after: str) -> bool:
    if char in "\n\t\r":
        return False
    if char in "\u200c\u200d":  # needed in Persian, Indic scripts and emoji; invisible mischief between Latin letters
        return not (before and after and ord(before) > 0x2FF and ord(after) > 0x2FF)
    category = unicodedata.category(char)
    return char in UNSEEN or category in ("Cc", "Cs", "Co") or category == "Cf"


def pieces(text: str, start: int, end: int, spans: list[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """`text[start:end]` cut at every border of a span (start, end, role), each piece with the roles that cover it."""
    spans = [(max(a, start), min(b, end), role) for a, b, role in spans if a < end and b > start and a < b]
    cuts = sorted({start, end, *(edge for a, b, _ in spans for edge in (a, b))})
    found: list[Piece] = []
    for a, b in itertools.pairwise(cuts):
        roles = frozenset(role for x, y, role in spans if x <= a and b <= y)
        for run, escaped in visible(text[a:b]):
            found.append(Piece(run, roles | {"escape"} if escaped else roles))
    return tuple(found)


def context(text: str, paragraph: tuple[int, int], spans: list[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """The paragraph with the spans marked; a long one is cut to the statement with some words on both sides."""
    inside = [(a, b) for a, b, _ in spans if b > a >= 0]
    low, high = min([a for a, _ in inside], default=paragraph[0]), max([b for _, b in inside], default=paragraph[1])
    content = next(((a, b) for a, b, role in spans if role == "content"), (low, high))
    start, end = min(paragraph[0], content[0]), max(paragraph[1], content[1])
    marked = [(a, b, role) for a, b, role in spans if a >= start and b <= end]
    if end - start > CONTEXT:
        low = min([a for a, _, _ in marked], default=start)
        high = min(max([b for _, b, _ in marked], default=end), low + LONG)
        near = text.rfind(" ", start, max(start, low - MARGIN)) if low - MARGIN > start else start
        far = text.find(" ", min(end, high + MARGIN), end) if high + MARGIN < end else end
        shown = (near + 1 if near > start else start, far if far > 0 else end)
        shown = (shown[0], min(shown[1], shown[0] + 2 * LONG))
    else:
        shown = (start, end)
    found = pieces(text, shown[0], shown[1], marked)
    cut = Piece("…", frozenset({"cut"}))
    return ((cut,) if shown[0] > start else ()) + found + ((cut,) if shown[1] < end else ())


def utterances(tables: dict[str, pd.DataFrame], country: str = "") -> list[Utterance]:
    """All utterances in the order of the articles, with their reports, positions, tone and differing wordings.

    With a `country` those of its speakers, numbered as among all. `tables` holds articles, statements, positions,
    sentiment and utterances, as `tables.read` gives them.
    """
    rows = tables["statements"].sort_values(["article", "start", "end", "statement"], kind="stable")
    numbers = {name: number for number, name in enumerate(dict.fromkeys(rows["utterance"].tolist()), start=1)}
    if country:
        own = {name for name, codes in zip(rows["utterance"].tolist(), rows["countries"].tolist(), strict=True)
               if country in codes.split("|")}
        rows = rows[rows["utterance"].isin(own)]
    kept = set(rows["statement"].tolist())
    texts = {row.article: row for row in _of(tables["articles"], "article", set(rows["article"].tolist()))}
    wordings = {row.statement: row for row in _of(tables["utterances"], "statement", kept)}
    tones = {row.statement: row for row in _of(tables["sentiment"], "statement", kept)}
    coded: dict[str, list] = {}
    for row in _of(tables["positions"], "statement", kept):
        coded.setdefault(row.statement, []).append(row)
    content = dict(zip(rows["statement"].tolist(), rows["content"].tolist(), strict=True))
    grouped = tables["utterances"]
    told = repeats.differing_quotations(rows, grouped[grouped["statement"].isin(kept)])
    quoted = {row.statement: row for row in told.drop_duplicates("statement").itertuples()}
    groups: dict[str, list[Report]] = {}
    for row in _rows(rows):
        groups.setdefault(row.utterance, []).append(
            _report(row, texts[row.article], coded.get(row.statement, []), tones.get(row.statement),
                    wordings.get(row.statement)))
    found = []
    for name, reports in groups.items():
        number = numbers[name]
        reports.sort(key=lambda r: (r.wording != "first", r.article))
        found.append(Utterance(name, anchor(name).replace("s-", "u-"), number, tuple(reports),
                               _wording(reports, content, wordings, quoted)))
    return found


def _of(frame: pd.DataFrame, column: str, kept: set[str]) -> Iterator[Any]:
    """The rows whose value in the column is one of these."""
    return _rows(frame[frame[column].isin(kept)])


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows with their columns by name; many times faster than asking a frame of strings row by row."""
    row = collections.namedtuple("Row", frame.columns)
    return map(row._make, zip(*(frame[name].to_numpy(dtype=object).tolist() for name in frame), strict=True))


def _report(row: Any, article: Any, coded: list, tone: Any, wording: Any) -> Report:
    """One report from the rows of the tables that speak of its statement."""
    positions = tuple(Position(p.country, p.target, p.stance, p.words, p.why, p.confidence) for p in coded)
    spans = [(row.start, row.end, "content"), (row.cue_start, row.cue_end, "cue"),
             (row.speaker_start, row.speaker_end, "speaker"),
             *((a, b, "word") for p in coded for a, b in json.loads(p.spans or "[]"))]
    return Report(
        statement=row.statement, anchor=anchor(row.statement), article=row.article,
        outlet=article.outlet or row.article, date=article.published, date_basis=article.published_basis,
        kind=row.kind, cue=row.cue, speaker=row.speaker, countries=tuple(row.countries.split("|")),
        country_basis=row.country_basis, confidence=row.confidence,
        text=article.text, paragraph=(row.paragraph_start, row.paragraph_end),
        spans=tuple(s for s in spans if s[0] >= 0),
        positions=positions, wording=wording.wording if wording else "first",
        polarity=float(tone.polarity) if tone else None, vader=float(tone.vader) if tone else None,
        before=int(row.paragraph_start))


def _wording(reports: list[Report], content: dict[str, str], wordings: dict, quoted: dict) -> Wording | None:
    """The reports of one utterance side by side, if two articles word it differently.

    `quoted`: rows of `repeats.differing_quotations` by statement; where there is one, only what differs inside the
    quotation marks is marked.
    """
    first = next((r for r in reports if r.wording == "first"), reports[0])
    differing = [r for r in reports if r.article != first.article and r.wording in ("edited", "reworded")]
    if not differing:
        return None
    other = next((r for r in differing if r.statement in quoted), differing[0])
    here, there = content[other.statement], content[first.statement]
    row = quoted.get(other.statement)
    changes = json.loads((row or wordings[other.statement]).differences or "[]")
    sides = sorted(((first, _differing(there, [old for _, old in changes], row.first_words if row else there)),
                    (other, _differing(here, [new for new, _ in changes], row.words if row else here))),
                   key=lambda side: side[0].article)
    return Wording(tuple(sides), row is not None, float(wordings[other.statement].similarity))


def _differing(content: str, words: list[str], inside: str) -> tuple[Piece, ...]:
    """The content with the given runs of words marked, each looked for after the one before it, within `inside`."""
    at = max(0, content.find(inside))
    end = at + len(inside)
    spans = []
    for run in words:
        if not run.strip():
            continue
        pattern = r"\W+".join(re.escape(word).replace("'", "['’]") for word in run.split())
        found = re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE).search(content, at, end)
        if found:
            spans.append((found.start(), found.end(), "differs"))
            at = found.end()
    found = pieces(content, 0, len(content), spans)
    mark = closed(content)[len(content):]
    return (*found, Piece(mark)) if mark else found
