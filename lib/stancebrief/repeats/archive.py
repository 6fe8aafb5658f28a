"""The stories of all articles in a database that may last: what each holds, and what came, went or is there still."""

from __future__ import annotations

import functools
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy
import pandas as pd

from stancebrief.engine import store
from stancebrief.repeats import meetings, sketches

AWAKE = 100        # stories whose words are in memory
RARE = 40          # a pair of neighbouring words that more stories hold is phrase, not story
SHARED = 6         # such pairs that two must share to be compared
AT_ONCE = 10_000   # pairs of stories gone through at once


class Row(NamedTuple):
    """What is held of a story, but for its words. `day`: as a number."""

    day: int
    runs: numpy.ndarray
    head: numpy.ndarray
    pairs: numpy.ndarray


class Archive:
    """All stories by rank.

    `day` of a story is empty if none of the articles tells it now; `copy` is the longer one that it is an edited copy
    of; `alone` says that it lies in the index of pairs, to be found in other words. `told` has whom it is to be
    compared with for that, in turn, and whether the two tell one story, as far as that was asked.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base, self.count = base, 0
        for statement in (
                "CREATE TABLE IF NOT EXISTS articles (key TEXT PRIMARY KEY, rank INTEGER) WITHOUT ROWID",
                "CREATE TABLE IF NOT EXISTS stories "
                "(rank INTEGER PRIMARY KEY, day, copy, alone, said, runs, head, pairs)",
                "CREATE TABLE IF NOT EXISTS told (rank, turn, other, yes, PRIMARY KEY (rank, turn)) WITHOUT ROWID",
                "CREATE INDEX IF NOT EXISTS told_to ON told (other)",
                "CREATE TABLE IF NOT EXISTS weighed (sample)",
                "CREATE TEMP TABLE now (rank INTEGER PRIMARY KEY, day)"):
            base.execute(statement)
        self.runs, self.pairs = meetings.Runs(base), meetings.Sharing(base, "pairs", RARE, SHARED)
        self.row = functools.lru_cache(AWAKE)(self._row)
        self.story = functools.lru_cache(AWAKE)(self._story)

    def ranks(self, articles: pd.DataFrame) -> list[int]:
        """The rank of each article's story; what is not known yet is sketched."""
        held = list(zip(articles["text"].tolist(), articles["furniture"].tolist(), strict=True))
        keys = [store.key(text, marks) for text, marks in held]
        known = dict(self.base.execute("SELECT key, rank FROM articles WHERE key IN (SELECT value FROM json_each(?))",
                                       (json.dumps(keys),)))
        for key, (text, marks) in zip(keys, held, strict=True):
            if key not in known:
                said = sketches.read(text, marks)
                known[key] = rank = sketches.rank(said)
                story = sketches.story(said)
                self.base.execute("INSERT INTO articles VALUES (?, ?)", (key, rank))
                self.base.execute("INSERT OR IGNORE INTO stories VALUES (?, NULL, NULL, 0, ?, ?, ?, ?)", (
                    rank, zlib.compress(said.encode("utf-8", "surrogatepass"), 1),
                    *(numbers.tobytes() for numbers in (story.runs(), story.head(), story.pairs()))))
        return [known[key] for key in keys]

    def hold(self, ranks: numpy.ndarray, days: numpy.ndarray) -> tuple[list[int], list[int], list[int]]:
        """These are the stories that there are now. Gives the ranks of those that went, came, and changed their day."""
        self.count = len(ranks)
        self.base.executemany("INSERT INTO now VALUES (?, ?)", zip(ranks.tolist(), days.tolist(), strict=True))
        changes = tuple(self.ranked(f"SELECT rank FROM stories LEFT JOIN now USING (rank) WHERE {which}") for which in (
            "stories.day NOT NULL AND now.day IS NULL", "stories.day IS NULL AND now.day NOT NULL",
            "stories.day != now.day"))
        self.base.executemany("UPDATE stories SET day = (SELECT day FROM now WHERE rank = ?1) WHERE rank = ?1",
                              ((rank,) for some in changes for rank in some))
        return changes

    def forget(self) -> None:
        """Let go of the stories that are not told any more, if they outnumber the others: another window may ask."""
        there, = self.base.execute("SELECT count(*) FROM stories").fetchone()
        if there > 2 * self.count:
            self.base.execute("DELETE FROM stories WHERE day IS NULL")
            self.base.execute("DELETE FROM articles WHERE rank NOT IN (SELECT rank FROM stories)")

    def ranked(self, question: str, *values: object) -> list[int]:
        """The ranks that answer the question, in order."""
        return sorted(rank for rank, in self.base.execute(question, values))

    def held(self, ranks: Iterable[int], what: str) -> Iterator[meetings.Holder]:
        """The stories of these ranks with their runs or pairs."""
        return ((rank, getattr(self.row(rank), what)) for rank in ranks)

    def sizes(self, ranks: list[int]) -> dict[int, int]:
        """How many different pairs each of these stories has."""
        return dict(self.base.execute("SELECT rank, length(pairs) / 4 FROM stories "
                                      "WHERE rank IN (SELECT value FROM json_each(?))", (json.dumps(ranks),)))

    def joined(self, question: str) -> Iterator[tuple[list[int], list[int]]]:
        """The pairs of ranks that answer the question, many at a time, as two lists."""
        answers = self.base.execute(question)
        while some := answers.fetchmany(AT_ONCE):
            yield tuple(map(list, zip(*some, strict=True)))

    def open_pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs of ranks of which it was not asked whether they tell one story; may be told meanwhile."""
        at = (-1, -1)
        while some := self.base.execute(
                "SELECT rank, turn, other FROM told WHERE yes IS NULL AND (rank, turn) > (?, ?) "
                "ORDER BY rank, turn LIMIT ?", (*at, AT_ONCE)).fetchall():
            yield from ((rank, other) for rank, _, other in some)
            at = some[-1][:2]

    def _row(self, rank: int) -> Row:
        day, *held = self.base.execute("SELECT day, runs, head, pairs FROM stories WHERE rank = ?", (rank,)).fetchone()
        return Row(day, *(numpy.frombuffer(numbers, dtype=numpy.uint32) for numbers in held))

    def _story(self, rank: int) -> sketches.Story:
        said, = self.base.execute("SELECT said FROM stories WHERE rank = ?", (rank,)).fetchone()
        return sketches.story(zlib.decompress(said).decode("utf-8", "surrogatepass"))
