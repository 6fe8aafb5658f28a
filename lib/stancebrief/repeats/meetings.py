"""Which articles are worth comparing, found without asking of every pair, in a database on the disk.

Both ways count on hashes of 32 bits: two different runs or pairs of words that fall on one number let strangers meet
now and then, which costs a comparison and changes nothing. Of the runs every fourth is looked at, chosen by its hash,
so that the same run is looked at in every article (the sampling of Broder, "On the resemblance and containment of
documents", 1997).
"""

from __future__ import annotations

import array
import json
import sqlite3

import numpy

EVERY = 4      # of so many runs one is looked at
CROWD = 40     # a run that stands in so many stories tells no more in the next
HELD = 0.12    # share of an article's runs, of those looked at, that a longer one must hold to be compared
RARE = 40      # a pair of neighbouring words that more articles hold is phrase, not story
SHARED = 6     # such pairs that two articles must share to be compared, and
PART = 0.06    # this part of the shorter one's pairs
CLOSEST = 8    # so many of the stories that share most are compared, so that the cost stays in proportion


def looked_at(runs: numpy.ndarray) -> numpy.ndarray:
    """Those of the runs that are looked at."""
    return runs[runs % EVERY == 0]


class Near:
    """Who meets whom by runs of words: those who came before, none of them shorter, and hold enough of the runs."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        base.execute("CREATE TABLE runs (run INTEGER, place INTEGER, PRIMARY KEY (run, place)) WITHOUT ROWID")

    def met_by(self, runs: numpy.ndarray) -> list[int]:
        """The places of those who joined and hold most of the runs, at most CLOSEST."""
        looked = looked_at(runs)
        return [place for place, in self.base.execute(
            "SELECT place FROM runs WHERE run IN (SELECT value FROM json_each(?)) GROUP BY place "
            "HAVING count(*) >= ? ORDER BY count(*) DESC, place LIMIT ?",
            (json.dumps(looked.tolist()), HELD * len(looked), CLOSEST))]

    def join(self, place: int, runs: numpy.ndarray) -> None:
        """Be there for those who come after."""
        self.base.execute("INSERT INTO runs SELECT value, ? FROM json_each(?) AS mine "
                          "WHERE (SELECT count(*) FROM runs WHERE run = mine.value) < ?",
                          (place, json.dumps(looked_at(runs).tolist()), CROWD))


class Sharing:
    """Who shares rare things with whom: all are added first, then asked for in turn."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        self.sizes = array.array("i")
        base.execute("CREATE TABLE held (thing INTEGER, number INTEGER)")

    def add(self, things: numpy.ndarray) -> None:
        """The next one, and the different things it holds."""
        number = len(self.sizes)
        self.base.executemany("INSERT INTO held VALUES (?, ?)", ((thing, number) for thing in things.tolist()))
        self.sizes.append(len(things))

    def ready(self) -> None:
        """All have been added."""
        for statement in (
                "CREATE INDEX held_by ON held (thing)",
                f"""CREATE TABLE rare AS SELECT thing, number FROM held WHERE thing IN
                    (SELECT thing FROM held GROUP BY thing HAVING count(*) BETWEEN 2 AND {RARE})""",
                "DROP TABLE held", "CREATE INDEX rare_by ON rare (thing, number)",
                "CREATE INDEX rare_of ON rare (number, thing)"):
            self.base.execute(statement)

    def closest(self, number: int) -> list[int]:
        """Those before it that share enough, who share most of the smaller one's things first."""
        found = self.base.execute("SELECT theirs.number, count(*) FROM rare AS mine JOIN rare AS theirs USING (thing) "
                                  "WHERE mine.number = ? AND theirs.number < ? GROUP BY theirs.number "
                                  "HAVING count(*) >= ?", (number, number, SHARED))
        shares = [(-shared / min(self.sizes[number], self.sizes[other]), other) for other, shared in found]
        return [other for share, other in sorted(shares) if -share >= PART]
