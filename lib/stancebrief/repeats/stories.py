"""Which articles tell one story: exact copies, copies with edits and cuts, and copies reworded by machine.

Nothing compares every article with every other. Exact copies meet by hash; edited ones by the runs of five words of
their openings, each met only by the longest article of its story; reworded ones by pairs of neighbouring content words
that few articles share, as a paraphrase keeps names, numbers and some neighbours (see `meetings`). What meets is then
compared sentence by sentence. Of most articles only a sketch of two kilobytes is in memory; with a store, sketches and
verdicts are kept, so that an article more costs its own comparisons.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime
import functools
import hashlib
import pathlib
import re
import sys
import zlib
from collections.abc import Callable, Sequence

import numpy
import pandas as pd

from stancebrief.articles import furniture
from stancebrief.engine import store
from stancebrief.repeats import meetings, wordings

RUN = 5               # words in a run; the usual size for near-duplicates of news
COPIED = 0.35         # share of the shorter article's runs that stand in the other: an edited or cut copy, if
HEAD = 60             # so many first words, at most a third, are copied too: a follow-up repeats only background
FEW = 60              # stories that all meet each other: to look for those that may be alike costs more
AWAKE = 300           # stories whose words are in memory
SAMPLE = 256          # at least so many stories say how rare a word is, so that an article more seldom changes that
RETOLD = 0.38         # share of the shorter article's content that stands reworded in the other, times how alike it is
LEAD = 3              # sentences: headline and lead, of which one must be retold too
MATCH = 0.4           # likeness of two sentences that say the same in other words
WEEK = 7              # days; a story is not retold as news later than that
SENTENCE = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(]?[A-Z0-9])")


@dataclasses.dataclass(frozen=True)
class Story:
    """One article as the comparison sees it."""

    words: list[str]
    sentences: list[wordings.Wording]

    def runs(self, words: int | None = None) -> set[int]:
        """Hashes of the runs of RUN words in the article, or in so many of its first words."""
        held = self.words[:words]
        return {zlib.crc32(" ".join(held[at:at + RUN]).encode()) for at in range(max(1, len(held) - RUN + 1))}

    @functools.cached_property
    def all_runs(self) -> set[int]:
        return self.runs()

    @functools.cached_property
    def head(self) -> set[int]:
        return self.runs(min(HEAD, len(self.words) // 3))

    def pairs(self) -> numpy.ndarray:
        """Hashes of the pairs of neighbouring stems."""
        near = (pair for s in self.sentences for pair in zip(s.stems, s.stems[1:], strict=False))
        held = {zlib.crc32(" ".join(pair).encode()) for pair in near}
        return numpy.fromiter(sorted(held), dtype=numpy.uint32, count=len(held))


@dataclasses.dataclass(frozen=True)
class Sketch:
    """What is in memory of an article: a hash of its text, one of its words alone, how many words, and for meeting."""

    text: str
    words: str
    length: int
    pairs: numpy.ndarray
    runs: numpy.ndarray
    head: numpy.ndarray


def group(articles: pd.DataFrame, kept: store.Store | None = None) -> dict[str, str]:
    """For each article the name of its story: the first by name of the articles that tell it.

    With a store, what was found out about an article or a pair of them is not found out again.
    """
    archive = _Archive(articles.sort_values("article", kind="stable"), kept)
    parent = {place: place for place in range(len(archive.names))}
    _reworded(archive, _edited(archive, _exact(archive, parent), parent), parent)
    archive.close()
    members = collections.defaultdict(list)
    for place, name in enumerate(archive.names):
        members[root(parent, place)].append(name)
    return {name: min(names) for names in members.values() for name in names}


def root(parent: dict[int, int], name: int) -> int:
    """The representative of a name in a union-find forest; shortens the way for the next that asks."""
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


class _Archive:
    """The articles by place: sketches of all, stories of those at hand, verdicts on pairs."""

    def __init__(self, articles: pd.DataFrame, kept: store.Store | None) -> None:
        self.names = articles.article.tolist()
        self.days = articles.published.tolist()
        self.texts, self.marks = articles.text, articles.furniture
        self.many = len(self.names) > FEW
        self.kept = kept if self.many else None
        self.fresh: dict[str, object] = {}
        self.code = store.version(pathlib.Path(__file__).parent, pathlib.Path(furniture.__file__)) if self.kept else ""
        self.story = functools.lru_cache(AWAKE)(self._story)
        self.sketches = self._sketches()

    def _story(self, place: int) -> Story:
        text = self.texts.iat[place]
        parts = [text[a:b] for a, b in furniture.body(text, self.marks.iat[place])]
        sentences = [wordings.read(sentence) for part in parts for sentence in SENTENCE.split(part)]
        words = [sys.intern(word) for sentence in sentences for word in sentence.plain.split()]
        return Story(words, [s for s in sentences if len(s.stems) >= 3])

    def _sketches(self) -> list[Sketch]:
        made: list[Sketch] = []
        for first in range(0, len(self.names), 500):
            places = range(first, min(first + 500, len(self.names)))
            texts = [store.key(self.texts.iat[place], self.marks.iat[place]) for place in places]
            keys = [store.key("sketch", self.code, text) for text in texts]
            known = self.kept.get(keys) if self.kept else {}
            for place, text, key in zip(places, texts, keys, strict=True):
                if key not in known:
                    story = self._story(place)
                    known[key] = [hashlib.sha256(" ".join(story.words).encode()).hexdigest(), len(story.words),
                                  *(array.tobytes().hex() for array in (
                                      story.pairs(), meetings.looked_at(story.all_runs),
                                      meetings.looked_at(story.head)))]
                    self._keep(key, known[key])
                words, length, *arrays = known[key]
                made.append(Sketch(text, words, length, *(numpy.frombuffer(bytes.fromhex(array), dtype=numpy.uint32)
                                                          for array in arrays)))
        return made

    def verdicts(self, kind: str, one: int, others: Sequence[int],
                 decide: Callable[[int, int], object]) -> dict[int, Callable[[], object]]:
        """For each of the others a call that gives the verdict on the pair, as kept or decided now."""
        keys = {other: store.key(kind, self.code, self.sketches[one].text, self.sketches[other].text)
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
        asked = [place for place in places if int(self.sketches[place].text[:8], 16) % part == 0] or places
        name = store.key(*sorted(self.sketches[place].text for place in asked))
        return wordings.Weights(s for place in asked for s in self._story(place).sentences), name


def _exact(archive: _Archive, parent: dict[int, int]) -> list[int]:
    """One story of each wording, the others joined to it; longest first, so that a cut copy meets its whole."""
    first: dict[str, int] = {}
    for place, sketch in enumerate(archive.sketches):
        parent[place] = first.setdefault(sketch.words, place)
    return sorted(first.values(), key=lambda place: (-archive.sketches[place].length, archive.names[place]))


def _edited(archive: _Archive, places: list[int], parent: dict[int, int]) -> list[int]:
    """The stories that are no edited or cut copy of a longer one; the copies are joined to it."""
    held = [archive.sketches[place] for place in places]
    meeting = (meetings.Near([one.runs for one in held], [one.head for one in held]) if len(places) > FEW
               else meetings.Everyone())

    def copied(one: int, other: int) -> float:
        """Share of the one's runs that stand in the other; 0 where the opening of neither does."""
        short, long = archive.story(one), archive.story(other)
        if not (len(short.head & long.all_runs) >= COPIED * len(short.head)
                or len(long.head & short.all_runs) >= COPIED * len(long.head)):
            return 0.0
        return len(short.all_runs & long.all_runs) / len(short.all_runs)

    kept = []
    for number, place in enumerate(places):
        others = [places[other] for other in meeting.met_by(number)]
        shares = archive.verdicts("edited", place, others, copied)
        share, name = max(((shares[other](), archive.names[other]) for other in others), default=(0.0, ""))
        if share >= COPIED and archive.sketches[place].length >= 2 * RUN:
            parent[place] = next(other for other in others if archive.names[other] == name)
        else:
            meeting.join(number)
            kept.append(place)
    return kept


def _reworded(archive: _Archive, places: list[int], parent: dict[int, int]) -> None:
    """Joins the stories that tell one story in other words."""
    if len(places) < 2:
        return
    shared = meetings.Sharing([archive.sketches[place].pairs for place in places])
    weights, name = archive.weights(places)
    for number, place in enumerate(places):
        near = [places[other] for other in shared.closest(number)]
        near = [other for other in near if not far(archive.days[place], archive.days[other])][:meetings.CLOSEST]
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
    total = sum(len(s.stems) for s in short.sentences)
    found = _found(short.sentences, long.sentences, weights)
    if not total or sum(len(s.stems) * like for s, like in zip(short.sentences, found, strict=True)) < RETOLD * total:
        return False
    return any(found[:LEAD]) or any(_found(long.sentences[:LEAD], short.sentences, weights))


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
