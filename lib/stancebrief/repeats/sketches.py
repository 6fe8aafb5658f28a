"""An article as the comparison of stories sees it: its words, its sentences, and hashes of what stands side by side."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import zlib
from collections.abc import Sequence

import numpy

from stancebrief.articles import furniture
from stancebrief.repeats import wordings

RUN = 5               # words in a run; the usual size for near-duplicates of news
HEAD = 60             # so many first words, at most a third, are an article's opening
MIX, SHIFT = numpy.uint32(0x9E3779B1), numpy.uint32(15)  # an odd number near 2^32 / the golden ratio; half the digits
SENTENCE = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(]?[A-Z0-9])")
HASH = 43             # digits of a rank that are a hash of the words; the twenty before them are their number
MOST = (1 << 20) - 1  # words that are told apart by number


@dataclasses.dataclass(frozen=True)
class Story:
    """What one article tells."""

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


def read(text: str, marks: str) -> str:
    """The article's sentences in plain words, one a line, without its furniture (`marks`, as in the articles table)."""
    parts = [text[a:b] for a, b in furniture.body(text, marks)]
    return "\n".join(plain for part in parts for sentence in SENTENCE.split(part)
                     if (plain := wordings.read(sentence).plain))


def story(said: str) -> Story:
    """The story of such sentences."""
    sentences = [wordings.of_words(sentence.split(" ")) for sentence in said.split("\n")] if said else []
    words = [word for sentence in sentences for word in sentence.plain.split(" ")]
    return Story(words, [s for s in sentences if len(s.stems) >= 3])


def rank(said: str) -> int:
    """What names a story of these sentences and puts all stories into order, the longest first."""
    length = min(MOST, said.count(" ") + said.count("\n") + 1 if said else 0)
    digest = int.from_bytes(hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest())
    return (MOST - length) << HASH | digest >> (64 - HASH)


def length(rank: int) -> int:
    """The words of a story, by its rank."""
    return MOST - (rank >> HASH)
