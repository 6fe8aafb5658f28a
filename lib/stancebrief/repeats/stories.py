"""Which articles tell one story: exact copies, copies with edits and cuts, and copies reworded by machine.

Nothing compares every article with every other. Exact copies meet by hash; edited ones by the runs of five words that
they share, each met only by the longest article of its story; reworded ones by pairs of neighbouring content words that
few articles share, as a paraphrase keeps names, numbers and some neighbours (see `meetings`). What meets is then
compared sentence by sentence. Everything lies in a database on the disk, but for the articles at hand; with a store,
sketches and verdicts are kept, so that an article more costs its own comparisons.
"""

from __future__ import annotations

import array
import dataclasses
import datetime
import functools
import hashlib
import pathlib
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from typing import NamedTuple

import numpy
import pandas as pd

from stancebrief.articles import furniture
from stancebrief.engine import scratch, store
from stancebrief.repeats import meetings, wordings

RUN = 5               # words in a run; the usual size for near-duplicates of news
COPIED = 0.35         # share of the shorter article's runs that stand in the other: an edited or cut copy, if
HEAD = 60             # so many first words, at most a third, are copied too: a follow-up repeats only background
FEW = 60              # stories that all meet each other: to look for those that may be alike costs more
AWAKE = 100           # stories whose words are in memory
SAMPLE = 256          # at least so many stories say how rare a word is, so that an article more seldom changes that
RETOLD = 0.38         # share of the shorter article's content that stands reworded in the other, times how alike it is
LEAD = 3              # sentences: headline and lead, of which one must be retold too
MATCH = 0.4           # likeness of two sentences that say the same in other words
WEEK = 7              # days; a story is not retold as news later than that
MIX, SHIFT = numpy.uint32(0x9E3779B1), numpy.uint32(15)  # an odd number near 2^32 / the golden ratio; half the digits
SENTENCE = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(]?[A-Z0-9])")


@dataclasses.dataclass(frozen=True)
class Story:
    """One article as the comparison sees it."""

    words: list[str]
    sentences: list[wordings.Wording]

    def runs(self, words: int | None = None) -> numpy.ndarray:
        """Hashes of the runs of RUN words in the article, or in so many of its first words."""
        held = self.words[:words]
        return numpy.unique(_hashes(held, min(RUN, len(held))))

    def head(self) -> numpy.ndarray:
        """Hashes of the runs in its opening."""
        return self.runs(min(HEAD, len(self.words) // 3))

    def pairs(self) -> numpy.ndarray:
        """Hashes of the pairs of neighbouring stems."""
        return numpy.unique(numpy.concatenate([_hashes([]), *(_hashes(s.stems, 2) for s in self.sentences)]))


def _hashes(words: Sequence[str], size: int = 1) -> numpy.ndarray:
    """A hash of each run of so many words, made from those of the words."""
    each = numpy.fromiter((zlib.crc32(word.encode()) for word in words), dtype=numpy.uint32, count=len(words))
    runs = numpy.zeros(max(0, len(words) - size + 1), dtype=numpy.uint32)
    for step in range(size):
        runs = runs * MIX + each[step:step + len(runs)]
    return runs ^ (runs >> SHIFT)  # so that the last digits, by which some are looked at, depend on all words


def grouped(parts: Sequence[pd.DataFrame], kept: store.Store | None = None) -> Iterator[pd.DataFrame]:
    """The parts of an articles table with `copies` filled: the first in the table of the articles that tell the story.

    With a store, what was found out about an article or a pair of them is not found out again. The parts are gone
    through twice; of each article not more than some numbers is in memory.
    """
    with scratch.database() as base:
        archive = _Archive(base, kept)
        for part in parts:
            archive.add(part)
        parent = array.array("i", range(archive.count))
        _reworded(archive, _edited(archive, _exact(archive, parent), parent), parent)
        archive.close()
        first = array.array("i", range(archive.count))  # of each root, then of each place
        for place in range(archive.count):
            first[root(parent, place)] = min(first[root(parent, place)], place)
        at = 0
        for part in parts:
            yield part.assign(copies=[archive.row(first[root(parent, place)]).name
                                      for place in range(at, at + len(part))])
            at += len(part)


def root(parent: MutableSequence[int], name: int) -> int:
    """The representative of a name in a union-find forest; shortens the way for the next that asks."""
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


class Row(NamedTuple):
    """What the archive holds of an article, but for its words."""

    name: str
    day: str
    key: str     # hash of its text
    length: int  # words
    runs: bytes
    head: bytes
    pairs: bytes

    def numbers(self, column: str) -> numpy.ndarray:
        """The runs, the head's runs or the pairs as sorted numbers."""
        return numpy.frombuffer(getattr(self, column), dtype=numpy.uint32)


class _Archive:
    """The articles by place in a database, those at hand, and verdicts on pairs."""

    def __init__(self, base: sqlite3.Connection, kept: store.Store | None) -> None:
        self.base, self.kept, self.count = base, kept, 0
        base.execute(f"CREATE TABLE stories (place INTEGER PRIMARY KEY, {', '.join(Row._fields)}, words, draw, said)")
        self.fresh: dict[str, object] = {}
        self.code = store.version(pathlib.Path(__file__).parent, pathlib.Path(furniture.__file__)) if kept else ""
        self.story = functools.lru_cache(AWAKE)(self._story)
        self.row = functools.lru_cache(AWAKE)(self._row)

    def add(self, articles: pd.DataFrame) -> None:
        """The next articles."""
        keys = [store.key(row.text, row.furniture) for row in articles.itertuples()]
        sketches = [store.key("sketch", self.code, key) for key in keys]
        known = self.kept.get(sketches) if self.kept else {}
        for row, key, sketch in zip(articles.itertuples(), keys, sketches, strict=True):
            if sketch not in known:
                known[sketch] = _sketch(row.text, row.furniture)
                self._keep(sketch, known[sketch])
            said, words, length, *numbers = known[sketch]
            self.base.execute("INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (
                self.count, row.article, row.published, key, length, *map(bytes.fromhex, numbers), words,
                int(key[:8], 16), said))
            self.count += 1

    def _row(self, place: int) -> Row:
        return Row(*self.base.execute(f"SELECT {', '.join(Row._fields)} FROM stories WHERE place = ?",
                                      (place,)).fetchone())

    def _story(self, place: int) -> Story:
        said, = self.base.execute("SELECT said FROM stories WHERE place = ?", (place,)).fetchone()
        return _story(said)

    def verdicts(self, kind: str, one: int, others: Sequence[int],
                 decide: Callable[[int, int], object]) -> dict[int, Callable[[], object]]:
        """For each of the others a call that gives the verdict on the pair, as kept or decided now."""
        keys = {other: store.key(kind, self.code, self.row(one).key, self.row(other).key)
                for other in others} if self.kept else {}
        known = self.kept.get(keys.values()) if self.kept else {}

        def verdict(other: int) -> object:
            if keys and keys[other] in known:
                return known[keys[other]]
            found = decide(one, other)
            if keys:
                self._keep(keys[other], found)
            return found
        return {other: functools.partial(verdict, other) for other in others}

    def _keep(self, key: str, value: object) -> None:
        if self.kept:
            self.fresh[key] = value
            if len(self.fresh) >= 1000:
                self.close()

    def close(self) -> None:
        """Keep what is not yet kept."""
        if self.fresh:
            self.kept.put(self.fresh)
            self.fresh = {}

    def weights(self, places: Sequence[int]) -> tuple[wordings.Weights, str]:
        """How much words tell, by the sentences of some of the stories, and a name for it.

        Of many stories a part is asked, chosen by their texts' hashes: an article more is mostly not in that part, and
        then all verdicts stand.
        """
        part = 1 << max(0, (len(places) // SAMPLE).bit_length() - 1)
        drawn = {place for place, in self.base.execute("SELECT place FROM stories WHERE draw % ? = 0", (part,))}
        asked = [place for place in places if place in drawn] or places
        name = store.key(*sorted(self.row(place).key for place in asked))
        return wordings.Weights(s for place in asked for s in self._story(place).sentences), name


def _sketch(text: str, marks: str) -> list[str | int]:
    """What is kept of an article: its sentences in plain words, a hash and the number of its words, and its hashes."""
    parts = [text[a:b] for a, b in furniture.body(text, marks)]
    said = "\n".join(plain for part in parts for sentence in SENTENCE.split(part)
                     if (plain := wordings.read(sentence).plain))
    story = _story(said)
    return [said, hashlib.sha256(" ".join(story.words).encode()).hexdigest(), len(story.words),
            *(numbers.tobytes().hex() for numbers in (story.runs(), story.head(), story.pairs()))]


def _story(said: str) -> Story:
    sentences = [wordings.of_words(sentence.split(" ")) for sentence in said.split("\n")] if said else []
    words = [word for sentence in sentences for word in sentence.plain.split(" ")]
    return Story(words, [s for s in sentences if len(s.stems) >= 3])


def _exact(archive: _Archive, parent: array.array) -> array.array:
    """One story of each wording, the others joined to it; longest first, so that a cut copy meets its whole."""
    for place, first in archive.base.execute("SELECT place, min(place) OVER (PARTITION BY words) FROM stories"):
        parent[place] = first
    return array.array("i", (place for place, in archive.base.execute(
        "SELECT min(place) AS first FROM stories GROUP BY words ORDER BY length DESC, first")))


def _edited(archive: _Archive, places: Sequence[int], parent: array.array) -> array.array:
    """The stories that are no edited or cut copy of a longer one; the copies are joined to it."""
    few = len(places) <= FEW
    near = meetings.Near(archive.base)

    def copied(one: int, other: int) -> float:
        """Share of the one's runs that stand in the other; 0 where the opening of neither does."""
        short, long = archive.row(one), archive.row(other)
        runs, more = short.numbers("runs"), long.numbers("runs")
        if not any(len(numpy.intersect1d(head, all_runs, True)) >= COPIED * len(head)
                   for head, all_runs in ((short.numbers("head"), more), (long.numbers("head"), runs))):
            return 0.0
        return len(numpy.intersect1d(runs, more, True)) / len(runs)

    kept = array.array("i")
    for place in places:
        row = archive.row(place)
        others = kept if few else near.met_by(row.numbers("runs"))
        shares = archive.verdicts("edited", place, others, copied)
        share, other = max(((shares[other](), other) for other in others), default=(0.0, -1))
        if share >= COPIED and row.length >= 2 * RUN:
            parent[place] = other
        else:
            near.join(place, row.numbers("runs"))
            kept.append(place)
    return kept


def _reworded(archive: _Archive, places: Sequence[int], parent: array.array) -> None:
    """Joins the stories that tell one story in other words."""
    if len(places) < 2:
        return
    shared = meetings.Sharing(archive.base)
    for place in places:
        shared.add(archive.row(place).numbers("pairs"))
    shared.ready()
    weights, name = archive.weights(places)
    for number, place in enumerate(places):
        near = [places[other] for other in shared.closest(number)]
        day = archive.row(place).day
        near = [other for other in near if not far(day, archive.row(other).day)][:meetings.CLOSEST]
        told = archive.verdicts(f"reworded {name}", place, near,
                                lambda one, other: retold(archive.story(one), archive.story(other), weights))
        for other in near:
            if root(parent, place) != root(parent, other) and told[other]():
                parent[root(parent, place)] = root(parent, other)


def far(a: str, b: str) -> bool:
    """Whether two days, where both are known, are too far apart for one story."""
    if not a or not b:
        return False
    return abs((datetime.date.fromisoformat(a) - datetime.date.fromisoformat(b)).days) > WEEK


def retold(one: Story, two: Story, weights: wordings.Weights) -> bool:
    """Whether the two tell one story: enough of the shorter stands in the longer, and with it the lead of either.

    Shared background alone does not do: a follow-up repeats paragraphs of an earlier report, but opens with its own.
    """
    short, long = sorted((one, two), key=lambda story: sum(len(s.stems) for s in story.sentences))
    lead = _found(short.sentences[:LEAD], long.sentences, weights)
    if not any(lead) and not any(_found(long.sentences[:LEAD], short.sentences, weights)):
        return False
    total = sum(len(s.stems) for s in short.sentences)
    found = [*lead, *_found(short.sentences[LEAD:], long.sentences, weights)]
    return sum(len(s.stems) * like for s, like in zip(short.sentences, found, strict=True)) >= RETOLD * total > 0


def _found(here: Sequence[wordings.Wording], there: Sequence[wordings.Wording],
           weights: wordings.Weights) -> list[float]:
    """For each sentence here its likeness to the one there that says the same, 0 where none does."""
    sets = [(b, set(b.stems)) for b in there]
    found = []
    for a in here:
        stems = set(a.stems)
        best = max((wordings.likeness(a, b, weights, parts=False) for b, other in sets
                    if len(stems & other) >= 0.25 * min(len(stems), len(other))), default=0.0)
        found.append(best if best >= MATCH else 0.0)
    return found
