"""Which articles tell one story: exact copies, copies with edits and cuts, and copies reworded by machine.

Nothing compares every article with every other. Exact copies meet by hash; edited ones by MinHash over runs of five
words (datasketch), each met only by the longest article of its story; reworded ones by pairs of neighbouring content
words that few articles share, as a paraphrase keeps names, numbers and some neighbours. What meets is then compared
sentence by sentence.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime
import hashlib
import re
import sys
import zlib
from collections.abc import Sequence

import pandas as pd

from stancebrief import articles as articles_room
from stancebrief.repeats import wordings

RUN = 5               # words in a run; the usual size for near-duplicates of news
PERMUTATIONS = 64
MEET = 0.2            # likeness of run sets from which LSH lets two articles meet
COPIED = 0.35         # share of the shorter article's runs that stand in the other: an edited or cut copy, if
HEAD = 60             # so many first words, at most a third, are copied too: a follow-up repeats only background
FEW = 60              # stories that all meet each other, as MinHash would cost more than it saves
RARE = 40             # a pair of neighbouring words that more articles hold is phrase, not story
SHARED = 6            # such pairs that two articles must share to be compared, and
PART = 0.06           # this part of the shorter one's pairs
CLOSEST = 8           # so many of the stories that share most are compared, so that the cost stays in proportion
RETOLD = 0.38         # share of the shorter article's content that stands reworded in the other, times how alike it is
LEAD = 3              # sentences: headline and lead, of which one must be retold too
MATCH = 0.4           # likeness of two sentences that say the same in other words
WEEK = 7              # days; a story is not retold as news later than that
SENTENCE = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(]?[A-Z0-9])")


@dataclasses.dataclass
class Story:
    """One article as the comparison sees it."""

    name: str
    day: str
    words: list[str]
    sentences: list[wordings.Wording]

    def runs(self, words: int | None = None) -> set[int]:
        """Hashes of the runs of RUN words in the article, or in so many of its first words."""
        held = self.words[:words]
        return {zlib.crc32(" ".join(held[at:at + RUN]).encode()) for at in range(max(1, len(held) - RUN + 1))}

    @property
    def pairs(self) -> set[tuple[str, str]]:
        return {pair for s in self.sentences for pair in zip(s.stems, s.stems[1:], strict=False)}


def group(articles: pd.DataFrame) -> dict[str, str]:
    """For each article the name of its story: the first by name of the articles that tell it."""
    stories = [_story(row) for row in articles.itertuples()]
    parent = {story.name: story.name for story in stories}
    _reworded(_edited(_exact(stories, parent), parent), parent)
    members = collections.defaultdict(list)
    for story in stories:
        members[root(parent, story.name)].append(story.name)
    return {name: min(names) for names in members.values() for name in names}


def root(parent: dict[str, str], name: str) -> str:
    """The representative of a name in a union-find forest; shortens the way for the next that asks."""
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _story(row: object) -> Story:
    parts = [row.text[a:b] for a, b in articles_room.paragraphs(row)]
    sentences = [wordings.read(sentence) for part in parts for sentence in SENTENCE.split(part)]
    words = [sys.intern(word) for sentence in sentences for word in sentence.plain.split()]
    return Story(row.article, row.published, words, [s for s in sentences if len(s.stems) >= 3])


def _exact(stories: list[Story], parent: dict[str, str]) -> list[Story]:
    """One story of each wording, the others joined to it; longest first, so that a cut copy meets its whole."""
    first: dict[bytes, Story] = {}
    for story in stories:
        key = hashlib.sha256(" ".join(story.words).encode()).digest()
        if key in first:
            parent[story.name] = first[key].name
        else:
            first[key] = story
    return sorted(first.values(), key=lambda story: (-len(story.words), story.name))


class _Everyone:
    """Who meets whom where there are few: all."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def met_by(self, name: str, runs: set[int]) -> list[str]:
        """Those who joined and may be like it."""
        return self.names

    def join(self, name: str) -> None:
        """Be there for those who come after; `met_by` was asked before."""
        self.names.append(name)


class _Near(_Everyone):
    """Who meets whom where there are many: those whose MinHash falls into one bucket."""

    def __init__(self) -> None:
        import datasketch  # takes most of a second to start, as it brings scipy
        self.lsh = datasketch.MinHashLSH(threshold=MEET, num_perm=PERMUTATIONS)
        self.blank = datasketch.MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int)

    def met_by(self, name: str, runs: set[int]) -> list[str]:
        self.sketch = self.blank.copy()
        self.sketch.update_batch(runs)
        return sorted(self.lsh.query(self.sketch))

    def join(self, name: str) -> None:
        self.lsh.insert(name, self.sketch)


def _edited(stories: list[Story], parent: dict[str, str]) -> list[Story]:
    """The stories that are no edited or cut copy of a longer one; the copies are joined to it."""
    meeting = _Everyone() if len(stories) <= FEW else _Near()
    leaders: dict[str, tuple[set[int], set[int]]] = {}
    kept = []
    for story in stories:
        runs, head = story.runs(), story.runs(min(HEAD, len(story.words) // 3))
        met = [(len(runs & leaders[name][0]) / len(runs), name) for name in meeting.met_by(story.name, runs)
               if len(head & leaders[name][0]) >= COPIED * len(head)
               or len(leaders[name][1] & runs) >= COPIED * len(leaders[name][1])]
        share, name = max(met, default=(0.0, ""))
        if share >= COPIED and len(story.words) >= 2 * RUN:
            parent[story.name] = name
        else:
            leaders[story.name] = (runs, head)
            meeting.join(story.name)
            kept.append(story)
    return kept


def _reworded(stories: list[Story], parent: dict[str, str]) -> None:
    """Joins the stories that tell one story in other words."""
    holders: dict[tuple[str, str], list[int]] = collections.defaultdict(list)
    sizes = []
    for number, story in enumerate(stories):
        pairs = story.pairs
        sizes.append(len(pairs))
        for pair in pairs:
            holders[pair].append(number)
    weights = wordings.Weights(sentence for story in stories for sentence in story.sentences)
    for number, story in enumerate(stories):
        met = collections.Counter(other for pair in story.pairs if len(holders[pair]) <= RARE
                                  for other in holders[pair] if other < number)
        close = sorted(((-shared / min(sizes[number], sizes[other]), other) for other, shared in met.items()
                        if shared >= max(SHARED, PART * min(sizes[number], sizes[other]))
                        and not far(story.day, stories[other].day)))
        for _, other in close[:CLOSEST]:
            if root(parent, story.name) != root(parent, stories[other].name) and retold(story, stories[other], weights):
                parent[root(parent, story.name)] = root(parent, stories[other].name)


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
