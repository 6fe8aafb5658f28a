"""Which reports are of one utterance."""

from __future__ import annotations

import array
import functools
from collections.abc import Iterator, Sequence

import numpy

from stancebrief.repeats import register, reports, stories

AWAKE = 1_000  # groups whose reports are in memory
MANY = 100     # reports of a group whose articles are in memory: to go round it at each join would take its square


class Groups:
    """The reports that fit each other, joined; `numbers` has the number of each report by its place in the table."""

    def __init__(self, held: register.Register, numbers: Sequence[int]) -> None:
        self.held = held
        fitting = held.fitting()
        ends = held.base.execute("SELECT a FROM fitting UNION SELECT b FROM fitting ORDER BY 1")
        self.numbers = numpy.fromiter((number for number, in ends), dtype=numpy.int64)
        self.parent, self.next = (array.array("q", range(len(self.numbers))) for _ in range(2))  # `next` goes round
        self.large: dict[int, set[int]] = {}  # the articles of large groups, by root
        for pair in fitting:
            self._join(*numpy.searchsorted(self.numbers, pair).tolist())
        roots = numpy.array([stories.root(self.parent, at) for at in range(len(self.numbers))], dtype=numpy.int32)
        # Of each place the group, -1 where it is alone; of each group the first place.
        self.group = numpy.full(len(numbers), -1, dtype=numpy.int32)
        self.begun = numpy.full(len(self.numbers), len(numbers))
        known = numpy.array(numbers, dtype=numpy.int64)
        if len(roots):
            at = numpy.minimum(numpy.searchsorted(self.numbers, known), len(roots) - 1)
            several = (self.numbers[at] == known) & (numpy.bincount(roots)[roots[at]] > 1)
            self.group[several] = roots[at[several]]
            numpy.minimum.at(self.begun, self.group[several], numpy.flatnonzero(several))
        self.members = functools.lru_cache(AWAKE)(self._members)

    def _join(self, a: int, b: int) -> None:
        """Make one group of the two reports', unless two of one article would meet in it by way of another's."""
        one, two = sorted((stories.root(self.parent, a), stories.root(self.parent, b)))
        if one == two:
            return
        few, many = sorted((self._articles(one), self._articles(two)), key=len)
        if self._article(a) == self._article(b) or few.isdisjoint(many):
            self.parent[two] = one
            self.next[one], self.next[two] = self.next[two], self.next[one]
            self.large.pop(two, None)
            many |= few
            if len(many) >= MANY:
                self.large[one] = many

    def _round(self, at: int) -> Iterator[int]:
        yield at
        other = self.next[at]
        while other != at:
            yield other
            other = self.next[other]

    def _article(self, at: int) -> int:
        return int(self.numbers[at]) >> register.PLACES

    def _articles(self, root: int) -> set[int]:
        return self.large.get(root) or set(map(self._article, self._round(root)))

    def among(self, first: int, count: int) -> Iterator[tuple[int, int, bool]]:
        """(place, its group, whether it is the group's first) of these places, but for those that are alone."""
        for at in numpy.flatnonzero(self.group[first:first + count] >= 0).tolist():
            group = int(self.group[first + at])
            yield first + at, group, self.begun[group] == first + at

    def _members(self, group: int) -> list[reports.Report]:
        """The reports of the group, first the one that stands for all."""
        return sorted((self.held.report(int(self.numbers[at])) for at in self._round(group)),
                      key=lambda report: report.turn)
