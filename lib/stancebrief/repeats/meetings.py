"""Which stories, and which statements, are worth comparing, found without asking of every pair.

Every way counts on hashes: two different runs or pairs of words that fall on one number let strangers meet
now and then, which costs a comparison and changes nothing. Whom one meets depends on what lies in the database
alone, not on when it came there; and when some come or go each index names those who may meet others for it, so that
only these are asked again.

Of the runs every fourth is looked at, chosen by its hash, so that the same run is looked at in every article (the
sampling of Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import collections
import json
import sqlite3
from collections.abc import Iterable

import numpy

EVERY = 4      # of so many runs one is looked at
NEXT = 8       # of those who hold a run, so many of the next longer ones are met by way of it
HELD = 0.12    # share of an article's runs, of those looked at, that a longer one must hold to be compared
CLOSEST = 8    # so many of those that hold most are compared, so that the cost stays in proportion

Holder = tuple[int, numpy.ndarray]  # what names one (of stories, their rank), and what it holds
ALL = (1 << 63) - 1  # above every rank


class Index:
    """Who holds what, by the thing and then the holder."""

    def __init__(self, base: sqlite3.Connection, table: str) -> None:
        self.base, self.table = base, table
        base.execute(f"CREATE TABLE IF NOT EXISTS {table} (thing INTEGER, rank INTEGER, PRIMARY KEY (thing, rank)) "
                     "WITHOUT ROWID")

    def change(self, gone: Iterable[Holder], come: Iterable[Holder]) -> None:
        """Take out those who are gone, put in those who come."""
        for rank, things in gone:
            self.base.executemany(f"DELETE FROM {self.table} WHERE thing = ? AND rank = ?",
                                  ((thing, rank) for thing in things.tolist()))
        self.base.execute("CREATE TEMP TABLE fresh (thing INTEGER, rank INTEGER)")
        for rank, things in come:
            self.base.executemany("INSERT INTO fresh VALUES (?, ?)", ((thing, rank) for thing in things.tolist()))
        # In order, so that very many are written one behind the other and not each to its place.
        self.base.execute(f"INSERT INTO {self.table} SELECT thing, rank FROM fresh ORDER BY thing, rank")
        self.base.execute("DROP TABLE fresh")


class Neighbours(Index):
    """Who holds a thing next to whom, in the order of ranks."""

    def beside(self, rank: int, things: numpy.ndarray, number: int) -> set[int]:
        """Of those who hold one of the things, so many before and so many behind the rank."""
        return {other for thing in things.tolist() for how, turn in (("<", "DESC"), (">", "ASC"))
                for other, in self.base.execute(f"SELECT rank FROM {self.table} WHERE thing = ? AND rank {how} ? "
                                                f"ORDER BY rank {turn} LIMIT ?", (thing, rank, number))}


class Runs(Neighbours):
    """Who meets whom by runs of words: a story those that are longer and hold enough of its runs."""

    def __init__(self, base: sqlite3.Connection) -> None:
        super().__init__(base, "runs")

    def change(self, gone: Iterable[Holder], come: Iterable[Holder]) -> None:
        """As for every index, of the runs that are looked at."""
        super().change(*(((rank, looked_at(runs)) for rank, runs in some) for some in (gone, come)))

    def met_by(self, rank: int, runs: numpy.ndarray) -> list[int]:
        """The ranks of those that hold most of the story's runs, at most CLOSEST."""
        looked = looked_at(runs)
        return [other for other, in self.base.execute(f"""
            SELECT theirs.rank FROM json_each(:runs) AS mine JOIN runs AS theirs
            ON theirs.thing = mine.value AND theirs.rank < :rank AND theirs.rank >= ifnull(
                (SELECT rank FROM runs WHERE thing = mine.value AND rank < :rank ORDER BY rank DESC
                 LIMIT 1 OFFSET {NEXT - 1}), 0)
            GROUP BY theirs.rank HAVING count(*) >= :least ORDER BY count(*) DESC, theirs.rank LIMIT {CLOSEST}""",
            {"runs": json.dumps(looked.tolist()), "rank": rank, "least": HELD * len(looked)})]

    def touched(self, changed: Iterable[Holder]) -> set[int]:
        """Those whom these, come or gone, may have given or taken somebody to meet."""
        return {other for rank, runs in changed for other in self.beside(rank, looked_at(runs), NEXT) if other > rank}


class Sharing(Index):
    """Who shares things with whom that few hold: not more than `few` of them; and of these things at least `least`."""

    def __init__(self, base: sqlite3.Connection, table: str, few: int, least: int) -> None:
        super().__init__(base, table)
        self.few, self.least = few, least

    def met_by(self, rank: int, things: numpy.ndarray, below: int = ALL) -> list[tuple[int, int]]:
        """(another whose rank is below, how many things it shares) for each that shares enough."""
        return self.base.execute(f"""
            SELECT theirs.rank, count(*) FROM json_each(:things) AS mine JOIN {self.table} AS theirs
            ON theirs.thing = mine.value AND theirs.rank < :below
            WHERE theirs.rank != :rank AND
                  (SELECT rank FROM {self.table} WHERE thing = mine.value LIMIT 1 OFFSET {self.few}) IS NULL
            GROUP BY theirs.rank HAVING count(*) >= {self.least} ORDER BY theirs.rank""",
            {"things": json.dumps(things.tolist()), "rank": rank, "below": below}).fetchall()

    def turned(self, gone: Iterable[Holder], come: Iterable[Holder]) -> set[int]:
        """All who hold a thing that few held and more hold now that these came and went, or the other way."""
        before = collections.Counter[int]()
        for sign, some in ((1, gone), (-1, come)):
            for _, things in some:
                before.update(dict.fromkeys(things.tolist(), sign))
        found = set()
        for thing, more in before.items():
            n, = self.base.execute(f"SELECT count(*) FROM (SELECT 1 FROM {self.table} WHERE thing = ? LIMIT ?)",
                                   (thing, self.few + abs(more) + 1)).fetchone()
            if (n <= self.few) != (n + more <= self.few):
                found.update(rank for rank, in self.base.execute(
                    f"SELECT rank FROM {self.table} WHERE thing = ?", (thing,)))
        return found


def looked_at(runs: numpy.ndarray) -> numpy.ndarray:
    """Those of the runs that are looked at."""
    return runs[runs % EVERY == 0]
