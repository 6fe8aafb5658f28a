"""A paragraph made ready for reading: its text, words, parse, quotations and sentences, all counted from its start."""

from __future__ import annotations

import bisect
import functools

from spacy import attrs
from spacy.tokens import Doc

from stancebrief import parses
from stancebrief.statements import cues, quotations

READ = [attrs.IDX, attrs.LENGTH, attrs.HEAD, attrs.TAG, attrs.DEP]


@functools.cache
def _named(number: int) -> str:
    """The model's name of a tag or relation, by its number as it comes out of an array of signed ones."""
    return parses.model().vocab.strings[number & 0xFFFFFFFFFFFFFFFF]


class Sheet:
    """One paragraph.

    `start` is its offset in the article; every other offset counts from there. Words are numbered as in the parse.
    `quoted[i]` says that word i stands between double marks.
    """

    def __init__(self, start: int, raw: str, text: str, doc: Doc, reopened: bool = False, title: bool = False) -> None:
        self.start, self.raw, self.text = start, raw, text
        self.title = title
        self.quotations, self.stray = quotations.pair(raw, text, reopened)
        self.sentences = quotations.outer_sentences(text, self.quotations)
        # the parse is read once, as numbers: making a token for each question is dear
        self.at, lengths, away, tags, deps = doc.to_array(READ).astype("int64").T.tolist()
        self.words = [text[at : at + length].rstrip() for at, length in zip(self.at, lengths, strict=True)]
        self.heads = [i + far for i, far in enumerate(away)]
        self.tags, self.deps = list(map(_named, tags)), list(map(_named, deps))
        self.lower = [word.lower() for word in self.words]
        self.double = [q for q in self.quotations if not q.single]
        self.quoted = self._quoted(self.double)
        self.cues = [found for found in cues.find(self.lower) if not self.quoted[found.first]]

    def _quoted(self, among: list[quotations.Quotation]) -> list[bool]:
        marked = [False] * len(self.words)
        for q in among:
            for i in range(bisect.bisect_left(self.at, q.before), bisect.bisect_left(self.at, q.after)):
                marked[i] = True
        return marked

    def __len__(self) -> int:
        return len(self.words)

    def end(self, i: int) -> int:
        """Offset one past the last character of word i."""
        return self.at[i] + len(self.words[i])

    def word_at(self, offset: int) -> int:
        """The first word that starts at or after the offset (len(self) if none)."""
        return bisect.bisect_left(self.at, offset)

    def left(self, i: int) -> int:
        """The first word of the phrase that word i heads."""
        return self._edges[0][i]

    def right(self, i: int) -> int:
        """The last word of the phrase that word i heads."""
        return self._edges[1][i]

    def children(self, i: int) -> list[int]:
        """The words that hang on word i, in the order of the text."""
        return self._children[i]

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of word i that hangs on it by one of these relations."""
        return next((child for child in self._children[i] if self.deps[child] in deps), None)

    @functools.cached_property
    def _children(self) -> list[list[int]]:
        made: list[list[int]] = [[] for _ in self.heads]
        for i, head in enumerate(self.heads):
            if head != i:
                made[head].append(i)
        return made

    @functools.cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """First and last word below each word, as spaCy counts them: one walk from each end of the paragraph."""
        left, right = list(range(len(self.heads))), list(range(len(self.heads)))
        for order in (range(len(left)), range(len(left) - 1, -1, -1)):
            for i in order:
                head = self.heads[i]
                if left[i] < left[head]:
                    left[head] = left[i]
                if right[i] > right[head]:
                    right[head] = right[i]
        return left, right

    def sentence(self, offset: int) -> tuple[int, int]:
        """(start, end) of the sentence that holds the offset."""
        n = bisect.bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1
        return self.sentences[max(n, 0)] if self.sentences else (0, len(self.text))

    def verb(self, i: int) -> bool:
        return self.tags[i][:2] == "VB" or self.tags[i] == "MD"

    def proper(self, i: int) -> bool:
        return self.tags[i][:3] == "NNP"
