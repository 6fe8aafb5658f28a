"""What on a page is not the article: rules from `data/reference/furniture.csv`, and lines that one outlet repeats.

Nothing is taken out of the text: furniture is a list of spans that reading leaves out, so every offset stays true.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import itertools
import json
import pathlib
import re
import sqlite3
from collections.abc import Callable, Iterable

from stancebrief import study

RULES = study.DATA / "reference" / "furniture.csv"
# notice: a paragraph even if it reports what somebody said; opening: how one of the first OPENING paragraphs starts
WHERE = ("paragraph", "notice", "opening", "end", "headline")
LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
BLANK = re.compile(r"\r\n[ \t]*\r\n|\n[ \t]*\n|\r[ \t]*\r(?!\n)")
EDGE = "\ufeff\u200b\u200e\u200f \t\u00a0\u3000"
QUOTED = re.compile(r"[“\"«]([^“”\"«»]{20,})[”\"»]")  # long enough to be speech, so never furniture
# A sentence that reports what somebody said: news, whatever the page's words in it. A notice about the article itself
# (an earlier version said …) reports nothing.
REPORTED = re.compile(r"\b(?:said|says|say|told|tells?|vowed|vows|warned|warns|urged|urges|asked|asks|added|adds|"
                      r"announced|claimed|claims|denied|denies|according to)\b.*[.!?][”’\"')]*$", re.I | re.S)
LONGEST = 5_000   # characters; a longer paragraph is cut at a sentence end, as no parser wants it whole
OPENING = 5       # paragraphs
OFTEN = 3         # a line that so many articles of one outlet carry word for word is furniture
NOTICE = 600      # characters; no furniture paragraph is longer
TAIL = 80         # characters at the end of a paragraph in which a tail is looked for
SHORT = 60        # words; a longer repeated paragraph is background that the outlet reuses, not furniture


class RuleError(ValueError):
    """A furniture rule cannot be used; says which row and why."""


@dataclasses.dataclass(frozen=True)
class Rule:
    """One rule: where it looks, what it looks for, why that is furniture, and an example for and against."""

    rule: str
    where: str
    pattern: re.Pattern[str]
    why: str
    example: str
    counter_example: str


@functools.cache
def rules(path: pathlib.Path = RULES) -> tuple[Rule, ...]:
    """The rules of the file, in its order. Raises RuleError naming the row that cannot be used."""
    found = []
    with open(path, encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):
            try:
                if row["where"] not in WHERE:
                    raise ValueError(f"where is {row['where']!r}; it is one of {', '.join(WHERE)}")
                found.append(Rule(**(row | {"pattern": re.compile(row["pattern"])})))
            except (KeyError, TypeError, ValueError, re.error) as error:
                raise RuleError(f"{path.name}, row {number}: {error}") from error
    return tuple(found)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space and invisible marks at its edges."""
    while start < end and (text[start] in EDGE or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in EDGE or text[end - 1].isspace()):
        end -= 1
    return start, end


def wrapped(text: str) -> bool:
    """Whether single line ends are only where a narrow column broke the line, as in mail and old agency files."""
    if not BLANK.search(text):
        return False
    lines = [text[m.start():m.end()].strip() for m in LINE.finditer(text)]
    if len(lines) < 4 or max(map(len, lines)) > 110:
        return False
    pairs = [(a, b) for block in BLANK.split(text) for a, b in _neighbours(block)]
    inside = [a for a, b in pairs if len(a) >= 40 and not a.endswith((".", "!", "?", "”", '"', ":"))]
    return len(pairs) >= 3 and len(inside) >= 0.6 * len(pairs)


def _neighbours(block: str) -> list[tuple[str, str]]:
    lines = [m.group().strip() for m in LINE.finditer(block)]
    return list(itertools.pairwise(lines))


def blocks(text: str) -> list[tuple[int, int]]:
    """The paragraphs as they stand: split at every line end, or at blank lines only where the text is wrapped.

    A wrapped paragraph holds line ends: put a space for each before parsing, which keeps the offsets.
    """
    if wrapped(text):
        edges = [0, *(place for m in BLANK.finditer(text) for place in m.span()), len(text)]
        spans = list(zip(edges[0::2], edges[1::2], strict=True))
    else:
        spans = [m.span() for m in LINE.finditer(text)]
    trimmed = (trim(text, *span) for span in spans)
    return [piece for span in trimmed if span[0] < span[1] for piece in _cut(text, *span)]


def _cut(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """The span in pieces no longer than LONGEST, cut after a sentence end, else at a space, else anywhere."""
    while end - start > LONGEST:
        window = text[start:start + LONGEST]
        place = max((m.end() for m in re.finditer(r"[.!?][”\"’')]?\s", window)), default=0) or window.rfind(" ") + 1
        piece = trim(text, start, start + (place or LONGEST))
        if piece[0] < piece[1]:
            yield piece
        start += place or LONGEST
    piece = trim(text, start, end)
    if piece[0] < piece[1]:
        yield piece


def spans(text: str) -> list[tuple[int, int, str]]:
    """Furniture by the rules: (start, end, rule) in text order, none overlapping.

    A rule for whole paragraphs leaves a paragraph alone that holds a quotation long enough to be speech, and, unless it
    is one for notices, one that reports what somebody said.
    """
    found = []
    seen = 0  # paragraphs of the article itself so far
    for start, end in blocks(text):
        body = text[start:end]
        short = len(body) <= NOTICE and not QUOTED.search(body)
        kinds = ("notice",) if short and REPORTED.search(body) else ("paragraph", "notice")
        whole = (r.rule for r in rules() if r.where in kinds and r.pattern.fullmatch(body))
        if short and (name := next(whole, "")):
            found.append((start, end, name))
            continue
        left, right = start, end
        for rule in rules():
            if rule.where == "opening" and seen < OPENING and (m := rule.pattern.match(text, left, right)):
                found.append((left, m.end(), rule.rule))
                left = trim(text, m.end(), right)[0]
            elif rule.where == "end" or (rule.where == "headline" and not seen):
                tails = rule.pattern.finditer(text, max(left, right - TAIL), right)
                m = next((m for m in tails if m.end() == right), None)
                if m and m.start() > left and not QUOTED.search(m.group()):
                    found.append((*trim(text, m.start(), right), rule.rule))
                    right = trim(text, left, m.start())[1]
        seen += 1
    return sorted(found)


class Repeated:
    """Which short lines an outlet repeats word for word, in at least OFTEN of its articles; counted on the disk.

    Lines with a quotation long enough to be speech are left out: a speech that an outlet reports three times is news.
    An article that comes twice, byte for byte, counts once.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        base.execute("CREATE TABLE met (sha256 TEXT PRIMARY KEY) WITHOUT ROWID")
        base.execute("CREATE TABLE lines (outlet TEXT, line TEXT, n INTEGER, PRIMARY KEY (outlet, line)) WITHOUT ROWID")

    def add(self, text: str, outlet: str, sha256: str) -> None:
        """Count the lines of an article."""
        if outlet == "unknown" or not self.base.execute("INSERT OR IGNORE INTO met VALUES (?)", (sha256,)).rowcount:
            return
        lines = {line for line in (text[a:b] for a, b in blocks(text))
                 if len(line.split()) <= SHORT and not QUOTED.search(line)}
        self.base.executemany("INSERT INTO lines VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
                              ((outlet, line) for line in lines))

    def any(self) -> bool:
        """Whether there is such a line at all."""
        return bool(self.base.execute("SELECT EXISTS (SELECT 1 FROM lines WHERE n >= ?)", (OFTEN,)).fetchone()[0])

    def holds(self, outlet: str, line: str) -> bool:
        """Whether the line is one that the outlet repeats."""
        return bool(self.base.execute("SELECT 1 FROM lines WHERE outlet = ? AND line = ? AND n >= ?",
                                      (outlet, line, OFTEN)).fetchone())


def with_repeated(text: str, found: list[tuple[int, int, str]],
                  is_repeated: Callable[[str], bool]) -> list[tuple[int, int, str]]:
    """The furniture found by rules, and beside it the paragraphs that are lines the outlet repeats."""
    return with_lines(text, found, lambda line: "repeated by the outlet" if is_repeated(line) else None)


def with_lines(text: str, found: list[tuple[int, int, str]],
               rule_of: Callable[[str], str | None]) -> list[tuple[int, int, str]]:
    """The furniture found by rules, and beside it the paragraphs for which there is a rule by name."""
    taken = {start for start, _, _ in found}
    more = [(a, b, rule) for a, b in blocks(text)
            if (rule := rule_of(text[a:b])) and not any(a <= start < b for start in taken)]
    return sorted(found + more)


def body(text: str, furniture: str) -> list[tuple[int, int]]:
    """The paragraphs without furniture, as spans of the text; `furniture` is the articles table's column."""
    marks = [(start, end) for start, end, _ in json.loads(furniture or "[]")]
    left = []
    for start, end in blocks(text):
        pieces, at = [], start
        for a, b in ((a, b) for a, b in marks if a < end and b > start):
            pieces.append((at, a))
            at = max(at, b)
        pieces.append((at, end))
        left += [piece for piece in (trim(text, *p) for p in pieces if p[0] < p[1]) if piece[0] < piece[1]]
    return left
