"""Which articles are worth comparing, found without asking of every pair; what is in memory of each is a few numbers.

Both ways count on hashes of 32 bits: two different runs or pairs of words that fall on one number let strangers meet
now and then, which costs a comparison and changes nothing. Of the runs every fourth is looked at, chosen by its hash,
so that the same run is looked at in every article (the sampling of Broder, "On the resemblance and containment of
documents", 1997).
"""

from __future__ import annotations

import numpy

EVERY = 4      # of so many runs one is looked at
CROWD = 2_000  # a run that more articles hold is a turn of phrase
OPENED = 0.1   # share of an opening's runs, of those looked at, that an article must hold to be compared
RARE = 40      # a pair of neighbouring words that more articles hold is phrase, not story
SHARED = 6     # such pairs that two articles must share to be compared, and
PART = 0.06    # this part of the shorter one's pairs
CLOSEST = 8    # so many of the stories that share most are compared, so that the cost stays in proportion


def looked_at(runs: set[int]) -> numpy.ndarray:
    """Those of the runs that are looked at, in order."""
    held = sorted(run for run in runs if not run % EVERY)
    return numpy.array(held, dtype=numpy.uint32)


class Everyone:
    """Who meets whom where there are few: all who came before."""

    def __init__(self) -> None:
        self.here: list[int] = []

    def met_by(self, number: int) -> list[int]:
        """Those who joined and may be like it."""
        return list(self.here)

    def join(self, number: int) -> None:
        """Be there for those who come after."""
        self.here.append(number)


class Near(Everyone):
    """Who meets whom where there are many: those who hold some of the other's opening."""

    def __init__(self, runs: list[numpy.ndarray], heads: list[numpy.ndarray]) -> None:
        self.runs, self.heads = runs, heads
        self.holders, self.openers = _Index(runs), _Index(heads)
        self.there = numpy.zeros(len(runs), dtype=bool)

    def met_by(self, number: int) -> list[int]:
        theirs, mine = self.holders.count(self.heads[number]), self.openers.count(self.runs[number])
        found = {other for other, shared in zip(*theirs, strict=True)
                 if self.there[other] and shared >= OPENED * len(self.heads[number])}
        found |= {other for other, shared in zip(*mine, strict=True)
                  if self.there[other] and shared >= OPENED * len(self.heads[other])}
        return sorted(found)

    def join(self, number: int) -> None:
        self.there[number] = True


class _Index:
    """Who holds a thing; each holds an array of different numbers."""

    def __init__(self, held: list[numpy.ndarray]) -> None:
        things = numpy.concatenate([numpy.empty(0, numpy.uint32), *held])
        owners = numpy.repeat(numpy.arange(len(held), dtype=numpy.int32), [len(one) for one in held])
        order = numpy.argsort(things, kind="stable")
        self.things, self.owners = things[order], owners[order]

    def count(self, wanted: numpy.ndarray) -> tuple[list[int], list[int]]:
        """(those who hold some of what is wanted, how much of it each)."""
        first = numpy.searchsorted(self.things, wanted, "left")
        last = numpy.searchsorted(self.things, wanted, "right")
        met = [self.owners[a:b] for a, b in zip(first, last, strict=True) if 1 < b - a <= CROWD]
        if not met:
            return [], []
        others, shared = numpy.unique(numpy.concatenate(met), return_counts=True)
        return others.tolist(), shared.tolist()


class Sharing:
    """Who shares rare things with whom; each holds a sorted array of numbers."""

    def __init__(self, held: list[numpy.ndarray]) -> None:
        self.sizes = numpy.array([len(one) for one in held], dtype=numpy.int64)
        things = numpy.concatenate([numpy.empty(0, numpy.uint32), *held])
        owners = numpy.repeat(numpy.arange(len(held), dtype=numpy.int32), self.sizes)
        order = numpy.argsort(things, kind="stable")
        things, owners = things[order], owners[order]
        edges = numpy.flatnonzero(numpy.r_[True, things[1:] != things[:-1], True])
        count = numpy.diff(edges)
        rare = (count > 1) & (count <= RARE)
        self.first, self.last = edges[:-1][rare].astype(numpy.int64), edges[1:][rare].astype(numpy.int64)
        self.owners = owners
        groups = numpy.repeat(numpy.arange(len(self.first), dtype=numpy.int32), self.last - self.first)
        whose = owners[numpy.repeat(rare, count)]
        order = numpy.argsort(whose, kind="stable")
        self.groups = groups[order]
        self.begin = numpy.searchsorted(whose[order], numpy.arange(len(held) + 1))

    def closest(self, number: int) -> list[int]:
        """Those before it that share enough, who share most of the smaller one's things first."""
        groups = self.groups[self.begin[number]:self.begin[number + 1]]
        if not len(groups):
            return []
        met = numpy.concatenate([self.owners[self.first[g]:self.last[g]] for g in groups])
        others, shared = numpy.unique(met[met < number], return_counts=True)
        least = numpy.minimum(self.sizes[number], self.sizes[others])
        enough = (shared >= SHARED) & (shared >= PART * least)
        others, share = others[enough], -(shared[enough] / least[enough])
        return [int(other) for _, other in sorted(zip(share.tolist(), others.tolist(), strict=True))]
