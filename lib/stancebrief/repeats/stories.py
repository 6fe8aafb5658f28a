"""Which articles tell one story: exact copies, copies with edits and cuts, and copies reworded by machine.

Nothing compares every article with every other. Exact copies have one rank; edited ones meet by the runs of five words
that they share, and each is joined to the longer one that holds most of it; reworded ones meet by pairs of neighbouring
content words that few articles share, as a paraphrase keeps names, numbers and some neighbours (see `meetings`). What
meets is then compared sentence by sentence.

Everything lies in a database on the disk (`archive`), but for the articles at hand. With a store it is there again in
the next run, which then looks only at the stories that came or went and at those who meet others for it. What is found
out depends on the articles alone, not on the runs before.
"""

from __future__ import annotations

import array
import datetime
import functools
import pathlib
from collections.abc import Callable, Iterator, MutableSequence, Sequence

import numpy
import pandas as pd

from stancebrief.articles import furniture
from stancebrief.engine import indexes, store
from stancebrief.repeats import archive as archives
from stancebrief.repeats import sketches, wordings

COPIED = 0.35         # share of the shorter article's runs that stand in the other: an edited or cut copy, if of one
                      # opening as much is copied too, as a follow-up repeats only background
FEW = 60              # stories that all meet each other: to look for those that may be alike costs more
SAMPLE = 256          # about so many stories or more say how rare a word is, so that one more seldom changes that
PART = 0.06           # of the shorter one's pairs of words, as much must be shared for two to be compared
RETOLD = 0.38         # share of the shorter article's content that stands reworded in the other, times how alike it is
LEAD = 3              # sentences: headline and lead, of which one must be retold too
MATCH = 0.4           # likeness of two sentences that say the same in other words
WEEK = 7              # days; a story is not retold as news later than that
CLOSEST = 8           # so many of those that share most are compared, so that the cost stays in proportion
AFRESH = 8            # where more than one story in so many came or went, all are asked again
UNKNOWN = 1 << 30     # in place of a day


def grouped(parts: Sequence[pd.DataFrame], kept: store.Store | None = None) -> Iterator[pd.DataFrame]:
    """The parts of an articles table with `copies` filled: the first in the table of the articles that tell the story.

    With a store, what was found out about articles that are there still is not found out again. The parts are gone
    through twice; of each article not more than some numbers is in memory.
    """
    first = _first(parts, kept)
    wanted = {one for place, one in enumerate(first) if place != one}
    names: dict[int, str] = {}
    at = 0
    for part in parts:
        copies = part["article"].tolist()
        for place, name in enumerate(copies, start=at):
            if place in wanted:
                names[place] = name
            elif first[place] != place:
                copies[place - at] = names[first[place]]
        yield part.assign(copies=copies)
        at += len(part)


def _first(parts: Sequence[pd.DataFrame], kept: store.Store | None) -> array.array:
    """For each article, by place, the place of the first that tells its story."""
    version = store.version(pathlib.Path(__file__).parent, pathlib.Path(furniture.__file__)) if kept else ""
    with indexes.lasting(kept, "stories", version) as base:
        archive = archives.Archive(base)
        ranks, days = array.array("q"), array.array("i")
        for part in parts:
            ranks.extend(archive.ranks(part))
            days.extend(datetime.date.fromisoformat(day).toordinal() if day else UNKNOWN
                        for day in part["published"].tolist())
        there, story_of = numpy.unique(numpy.array(ranks, dtype=numpy.int64), return_inverse=True)
        earliest = numpy.full(len(there), UNKNOWN)
        numpy.minimum.at(earliest, story_of, numpy.array(days, dtype=numpy.int64))
        gone, come, dated = archive.hold(there, earliest)
        _find_edited(archive, gone, come)
        _find_reworded(archive, dated)
        parent = _joined(archive, there)
        archive.forget()
    roots = numpy.fromiter((root(parent, number) for number in range(len(there))), dtype=numpy.int64, count=len(there))
    first = numpy.full(len(there), len(ranks))
    numpy.minimum.at(first, roots[story_of], numpy.arange(len(ranks)))
    wordless = numpy.array([not sketches.length(rank) for rank in there.tolist()], dtype=bool)  # they tell nothing
    found = numpy.where(wordless[story_of], numpy.arange(len(ranks)), first[roots[story_of]])
    return array.array("q", found.astype(numpy.int64).tobytes())


def root(parent: MutableSequence[int], name: int) -> int:
    """The representative of a name in a union-find forest; shortens the way for the next that asks."""
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _find_edited(archive: archives.Archive, gone: list[int], come: list[int]) -> None:
    """Say of each story of which longer one it is an edited or cut copy, where that may have changed."""
    archive.runs.change(archive.held(gone, "runs"), archive.held(come, "runs"))
    few = min(archive.count, archive.count - len(come) + len(gone)) <= FEW
    if few or AFRESH * (len(gone) + len(come)) > archive.count:
        asked = archive.ranked("SELECT rank FROM stories WHERE day NOT NULL")
    else:
        asked = sorted(archive.runs.touched(archive.held([*gone, *come], "runs")).union(come))
    everyone = asked if archive.count <= FEW else None

    def copied(rank: int) -> int | None:
        """The longer story of which this one is a copy."""
        row, share, best = archive.row(rank), COPIED, None
        if sketches.length(rank) < 2 * sketches.RUN:
            return None
        for other in [one for one in everyone if one < rank] if everyone else archive.runs.met_by(rank, row.runs):
            if (found := _share(row, archive.row(other))) > share or (found == share and best is None):
                share, best = found, other
        return best

    archive.base.executemany("UPDATE stories SET copy = ? WHERE rank = ?", [(None, rank) for rank in gone])
    archive.base.executemany("UPDATE stories SET copy = ? WHERE rank = ?", ((copied(rank), rank) for rank in asked))


def _share(short: archives.Row, long: archives.Row) -> float:
    """Share of the one's runs that stand in the other; 0 where the opening of neither does."""
    if not any(len(numpy.intersect1d(head, runs, True)) >= COPIED * len(head)
               for head, runs in ((short.head, long.runs), (long.head, short.runs))):
        return 0.0
    return len(numpy.intersect1d(short.runs, long.runs, True)) / len(short.runs)


def _find_reworded(archive: archives.Archive, dated: list[int]) -> None:
    """Say of each story that is no edited copy whom it is to be compared with, where that may have changed.

    `dated`: those whose day is another.
    """
    base = archive.base
    base.execute("CREATE TEMP TABLE dated (rank INTEGER PRIMARY KEY)")
    base.executemany("INSERT INTO dated VALUES (?)", ((rank,) for rank in dated))
    now = "day NOT NULL AND copy IS NULL"
    gone = archive.ranked(f"SELECT rank FROM stories WHERE alone AND (NOT ({now}) OR rank IN dated)")
    come = archive.ranked(f"SELECT rank FROM stories WHERE {now} AND (NOT alone OR rank IN dated)")
    archive.pairs.change(archive.held(gone, "pairs"), archive.held(come, "pairs"))
    base.executemany("UPDATE stories SET alone = 0 WHERE rank = ?", ((rank,) for rank in gone))
    base.executemany("UPDATE stories SET alone = 1 WHERE rank = ?", ((rank,) for rank in come))
    if AFRESH * (len(gone) + len(come)) > archive.count:
        asked = archive.ranked("SELECT rank FROM stories WHERE alone")
    else:
        met = {rank for other in gone for rank in archive.ranked("SELECT rank FROM told WHERE other = ?", other)}
        turned = archive.pairs.turned(archive.held(gone, "pairs"), archive.held(come, "pairs"))
        new = {other for rank, pairs in archive.held(come, "pairs")
               for other, _ in archive.pairs.met_by(rank, pairs) if other > rank}
        asked = sorted((met | turned | new | set(come)) - (set(gone) - set(come)))
    base.executemany("DELETE FROM told WHERE rank = ?", ((rank,) for rank in gone))
    for rank in asked:
        day = archive.row(rank).day
        known = dict(base.execute("SELECT other, yes FROM told WHERE rank = ? ORDER BY turn", (rank,)))
        near = [other for other in _closest(archive, rank)
                if UNKNOWN in (day, archive.row(other).day) or abs(day - archive.row(other).day) <= WEEK][:CLOSEST]
        if near != list(known):
            base.execute("DELETE FROM told WHERE rank = ?", (rank,))
            base.executemany("INSERT INTO told VALUES (?, ?, ?, ?)",
                             ((rank, turn, other, known.get(other)) for turn, other in enumerate(near)))


def _closest(archive: archives.Archive, rank: int) -> list[int]:
    """The longer stories that share enough, those first who share most of the smaller one's pairs."""
    pairs = archive.row(rank).pairs
    sharing = archive.pairs.met_by(rank, pairs, below=rank)
    sizes = archive.sizes([other for other, _ in sharing])
    shares = [(-shared / min(len(pairs), sizes[other]), other) for other, shared in sharing]
    return [other for share, other in sorted(shares) if -share >= PART]


def _joined(archive: archives.Archive, there: numpy.ndarray) -> array.array:
    """The stories by number, those that tell one story under one root; asks what was not asked yet."""
    parent = array.array("q", range(len(there)))

    def join(ones: list[int], others: list[int]) -> None:
        for one, other in zip(*(numpy.searchsorted(there, some).tolist() for some in (ones, others)), strict=True):
            parent[root(parent, one)] = root(parent, other)

    for ones, others in archive.joined("SELECT rank, copy FROM stories WHERE copy NOT NULL"):
        join(ones, others)
    weights = _weights(archive)
    for ones, others in archive.joined("SELECT rank, other FROM told WHERE yes"):
        join(ones, others)
    # Those that are one story by way of others need not be asked: whoever is joined in the end is the same.
    for one, other in archive.open_pairs():
        place, its = numpy.searchsorted(there, (one, other)).tolist()
        if root(parent, place) != root(parent, its):
            yes = retold(archive.story(one), archive.story(other), weights())
            archive.base.execute("UPDATE told SET yes = ? WHERE rank = ? AND other = ?", (yes, one, other))
            if yes:
                parent[root(parent, place)] = root(parent, its)
    return parent


def _weights(archive: archives.Archive) -> Callable[[], wordings.Weights]:
    """How much words tell, by the sentences of some of the stories; where these are others, all is to be asked again.

    Of many stories a part is asked, chosen by their hashes: an article more is mostly not in that part, and then all
    that was found out stands.
    """
    alone, = archive.base.execute("SELECT count(*) FROM stories WHERE alone").fetchone()
    part = 1 << max(0, (alone // SAMPLE).bit_length() - 1)
    asked = archive.ranked("SELECT rank FROM stories WHERE alone AND rank % ? = 0", part)
    name = store.key(*map(str, asked))
    if archive.base.execute("SELECT sample FROM weighed").fetchall() != [(name,)]:
        archive.base.execute("UPDATE told SET yes = NULL")
        archive.base.execute("DELETE FROM weighed")
        archive.base.execute("INSERT INTO weighed VALUES (?)", (name,))
    return functools.cache(lambda: wordings.Weights(sentence for rank in asked
                                                    for sentence in archive.story(rank).sentences))


def far(a: str, b: str) -> bool:
    """Whether two days, where both are known, are too far apart for one story."""
    if not a or not b:
        return False
    return abs((datetime.date.fromisoformat(a) - datetime.date.fromisoformat(b)).days) > WEEK


def retold(one: sketches.Story, two: sketches.Story, weights: wordings.Weights) -> bool:
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
