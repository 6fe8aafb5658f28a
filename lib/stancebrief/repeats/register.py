"""All statements in a database that may last: who holds which words, whom it is to be compared with, and how alike.

What is found out depends on the statements and their articles alone, not on the runs before. Of each statement not more
than a few numbers is in memory.
"""

from __future__ import annotations

import array
import functools
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator

import numpy
import pandas as pd

from stancebrief import articles as articles_room
from stancebrief.engine import store
from stancebrief.repeats import meetings, reports, wordings

OPENING = 3       # paragraphs: headline, line under it and lead sum up what the article reports further down
RARE = 40         # reports that hold a stem that is rare
SHARED = 2        # rare stems that two reports of different stories must share to be compared
IN_STORY = 60     # reports of a story that hold a stem that is rare there; to be compared it is enough to share one
SAMPLE = 256      # about so many articles or more say how rare a word is, so that one more seldom changes that
AFRESH = 8        # where more than one report in so many came or went, all is asked again
AWAKE = 1_000     # reports in memory
PLACES = 13       # digits of a report's number that are its place in its article; those before are the article's
MOST = 1 << PLACES
NEIGHBOUR = 0.08  # what a sure match of the neighbouring statements adds to the likeness of two
SURE = 0.6
ROW = "statement, article, start, story, day, reworded, countries, speaker, kind, opening, content"


class Register:
    """All reports by number; those of one article follow each other.

    `held` of an article says that its reports lie in the indexes and were compared. `met` has the pairs of reports that
    were compared and can be one utterance by all but their words, with how alike they are and how alike they must be.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        for statement in (
                "CREATE TABLE IF NOT EXISTS articles (number INTEGER PRIMARY KEY, key TEXT UNIQUE, held)",
                f"CREATE TABLE IF NOT EXISTS reports (number INTEGER PRIMARY KEY, {ROW}, stems, story_stems, wordings)",
                "CREATE TABLE IF NOT EXISTS met (a, b, score, needed, PRIMARY KEY (a, b)) WITHOUT ROWID",
                "CREATE INDEX IF NOT EXISTS met_by ON met (b)",
                "CREATE TABLE IF NOT EXISTS weighed (sample)",
                "CREATE TEMP TABLE now (number INTEGER PRIMARY KEY)"):
            base.execute(statement)
        self.indexes = {"stems": meetings.Sharing(base, "stems", RARE, SHARED),
                        "story_stems": meetings.Sharing(base, "story_stems", IN_STORY, 1),
                        "wordings": meetings.Neighbours(base, "wordings")}
        self.report = functools.lru_cache(AWAKE)(self._report)

    def add(self, statements: pd.DataFrame, articles: pd.DataFrame) -> list[int]:
        """The next statements and their articles; gives the number of each statement, -1 for one that has none."""
        columns = ["statement", "start", "end", "countries", "speaker", "kind", "content"]
        places: dict[str, list[int]] = {}
        for place, name in enumerate(statements["article"].tolist()):
            places.setdefault(name, []).append(place)
        rows = list(zip(*(statements[column].tolist() for column in columns), strict=True))
        known = {row.article: row for row in articles.itertuples() if row.article in places}
        found = [-1] * len(rows)
        for name, its in places.items():
            article, said = known.get(name), [rows[place] for place in its[:MOST]]
            about = (name, article.copies, article.published, bool(article.rewritten), article.text, article.furniture
                     ) if article else (name, name, "", False, "", "")
            key = store.key(repr((about, said)))
            number = int(key[:16], 16) >> PLACES + 1
            if not self.base.execute("SELECT 1 FROM articles WHERE key = ?", (key,)).fetchone():
                if not self.base.execute("INSERT OR IGNORE INTO articles VALUES (?, ?, 0)", (number, key)).rowcount:
                    continue  # another has its number, which befalls one run of a million articles in some thousand
                self._note(number << PLACES, about, said, article)
            self.base.execute("INSERT INTO now VALUES (?)", (number,))
            for place, at in zip(its, range(MOST), strict=False):
                found[place] = (number << PLACES) + at
        return found

    def _note(self, number: int, about: tuple, said: list[tuple], article: object) -> None:
        """The statements of an article that was not there, numbered from there."""
        opening = max([b for _, b in articles_room.paragraphs(article)][:OPENING], default=0) if article else 0
        name, story, day, reworded, *_ = about
        for at, (statement, start, end, countries, speaker, kind, content) in enumerate(said, start=number):
            wording = wordings.read(content)
            self.base.execute(f"INSERT INTO reports VALUES ({', '.join('?' * 15)})", (
                at, statement, name, start, story, day, reworded, countries, speaker, kind, end <= opening, content,
                _things(wording.stems), _things(wording.stems, story),
                _things([wording.plain, f"{story}\0{wording.plain}"])))

    def compare(self) -> wordings.Weights:
        """Compare the reports of articles that came, and those who meet others for what came or went; gives how much
        words tell."""
        base = self.base
        gone, come = (array.array("q", (number for number, in base.execute(
            f"SELECT reports.number FROM articles JOIN reports ON reports.number BETWEEN articles.number << {PLACES} "
            f"AND (articles.number << {PLACES}) + {MOST - 1} WHERE {which} ORDER BY 1")))
            for which in ("held AND articles.number NOT IN (SELECT number FROM now)", "NOT held"))
        for name, index in self.indexes.items():
            index.change(self._held(gone, name), self._held(come, name))
        weights, same = self._weights()
        count, = base.execute("SELECT count(*) FROM reports").fetchone()
        if not same or AFRESH * (len(gone) + len(come)) > count:
            base.execute("DELETE FROM met")
            asked = base.execute("SELECT number FROM reports WHERE number >> ? IN now", (PLACES,))
            for number in array.array("q", (number for number, in asked)):
                self._meet(number, weights, below=number)
        else:
            touched = set(come)
            for name in ("stems", "story_stems"):
                touched |= self.indexes[name].turned(self._held(gone, name), self._held(come, name))
            for number, things in self._held((*gone, *come), "wordings"):
                touched |= self.indexes["wordings"].beside(number, things, 1)
            base.executemany("DELETE FROM met WHERE a = ?1 OR b = ?1", ((number,) for number in gone))
            for number in sorted(touched.difference(gone)):
                self._meet(number, weights)
        base.executemany("DELETE FROM reports WHERE number = ?", ((number,) for number in gone))
        base.execute("DELETE FROM articles WHERE number NOT IN (SELECT number FROM now)")
        base.execute("UPDATE articles SET held = 1 WHERE NOT held")
        return weights

    def _meet(self, number: int, weights: wordings.Weights, below: int = meetings.ALL) -> None:
        """Whom this one meets, of those whose number is below, and how alike they are."""
        known = {other for other, in self.base.execute(
            "SELECT iif(a = ?1, b, a) FROM met WHERE a = ?1 OR b = ?1", (number,))} if below > number else set()
        near = {other for name in ("stems", "story_stems")
                for other, _ in self.indexes[name].met_by(number, self._thing(number, name), below)}
        near |= {other for other in self.indexes["wordings"].beside(number, self._thing(number, "wordings"), 1)
                 if other < below}
        for other in known - near:
            self.base.execute("DELETE FROM met WHERE a = ? AND b = ?", (min(number, other), max(number, other)))
        for other in sorted(near - known):
            a, b = sorted((number, other))
            one, two = self.report(a), self.report(b)
            if (score := reports.likeness(one, two, weights)) is not None:
                self.base.execute("INSERT OR REPLACE INTO met VALUES (?, ?, ?, ?)",
                                  (a, b, score, reports.needed(one, two)))

    def fitting(self) -> Iterator[tuple[int, int]]:
        """The pairs of numbers that may be joined: across articles before within one, the likest first.

        Where two are not quite alike enough, it helps if the statements before or after them match, in two articles
        that differ.
        """
        within = f"a >> {PLACES} = b >> {PLACES}"
        sure = " + ".join(f"""(
            SELECT count(*) FROM met WHERE a = one.a {step} AND b = one.b {step} AND score >= {SURE}
            AND a >> {PLACES} = one.a >> {PLACES} AND b >> {PLACES} = one.b >> {PLACES})""" for step in ("- 1", "+ 1"))
        self.base.execute(f"""
            CREATE TEMP TABLE fitting AS SELECT {within} AS within, score, a, b FROM met AS one WHERE score >= needed OR
            (NOT {within} AND score + {2 * NEIGHBOUR} >= needed AND score + {NEIGHBOUR} * ({sure}) >= needed)""")
        return self.base.execute("SELECT a, b FROM fitting ORDER BY within, score DESC, a, b")

    def _weights(self) -> tuple[wordings.Weights, bool]:
        """How much words tell, by the different wordings in some of the articles, and whether it is as it was before.

        Of many articles a part is asked, chosen by their hashes: one article more is mostly not in that part, and then
        all that was found out stands.
        """
        count, = self.base.execute("SELECT count(*) FROM now").fetchone()
        part = 1 << max(0, (count // SAMPLE).bit_length() - 1)
        asked = sorted(number for number, in self.base.execute("SELECT number FROM now WHERE number % ? = 0", (part,)))
        name = store.key(*map(str, asked))
        same = self.base.execute("SELECT sample FROM weighed").fetchall() == [(name,)]
        self.base.execute("DELETE FROM weighed")
        self.base.execute("INSERT INTO weighed VALUES (?)", (name,))
        return wordings.Weights(self._different(asked)), same

    def _different(self, articles: Iterable[int]) -> Iterator[wordings.Wording]:
        """Each wording in these articles once."""
        met: set[str] = set()
        for number in articles:
            for content, in self.base.execute("SELECT content FROM reports WHERE number BETWEEN ? AND ?",
                                              (number << PLACES, (number << PLACES) + MOST - 1)):
                wording = wordings.read(content)
                if wording.plain not in met:
                    met.add(wording.plain)
                    yield wording

    def _held(self, numbers: Iterable[int], what: str) -> Iterator[meetings.Holder]:
        return ((number, self._thing(number, what)) for number in numbers)

    def _thing(self, number: int, what: str) -> numpy.ndarray:
        things, = self.base.execute(f"SELECT {what} FROM reports WHERE number = ?", (number,)).fetchone()
        return numpy.frombuffer(things, dtype=numpy.int64)

    def _report(self, number: int) -> reports.Report:
        return reports.report(*self.base.execute(f"SELECT {ROW} FROM reports WHERE number = ?", (number,)).fetchone())


def _things(words: Iterable[str], story: str = "") -> bytes:
    """The different words as numbers; those of a story are others than those of another."""
    known = hashlib.blake2b(story.encode("utf-8", "surrogatepass"), digest_size=8)
    numbers = set()
    for word in words:
        digest = known.copy()
        digest.update(b"\0" + word.encode("utf-8", "surrogatepass"))
        numbers.add(int.from_bytes(digest.digest()) >> 1)
    return numpy.array(sorted(numbers), dtype=numpy.int64).tobytes()
