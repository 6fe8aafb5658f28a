"""A paragraph made ready for reading: its text, words, parse, quotations and sentences, all counted from its start."""

from __future__ import annotations

import bisect

from spacy.tokens import Doc

from stancebrief.statements import cues, quotations

CLAUSAL = frozenset(("ROOT", "ccomp", "parataxis", "advcl", "relcl", "acl", "conj", "xcomp", "pcomp", "csubj"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))


class Sheet:
    """One paragraph.

    `start` is its offset in the article; every other offset counts from there. Words are numbered as in the parse.
    `quoted[i]` says that word i stands between double marks.
    """

    def __init__(self, start: int, raw: str, text: str, doc: Doc, reopened: bool = False, title: bool = False) -> None:
        self.start, self.raw, self.text, self.doc = start, raw, text, doc
        self.title = title
        self.quotations, self.stray = quotations.pair(raw, text, reopened)
        self.sentences = quotations.outer_sentences(text, self.quotations)
        read = [(t.text.rstrip(), t.idx, t.tag_, t.dep_, t.head.i) for t in doc]  # one walk: making tokens is dear
        self.words, self.at, self.tags, self.deps, self.heads = (
            map(list, zip(*read, strict=True)) if read else ([], [], [], [], [])
        )
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
        return self.doc[i].left_edge.i

    def right(self, i: int) -> int:
        return self.doc[i].right_edge.i

    def children(self, i: int) -> list[int]:
        return [token.i for token in self.doc[i].children]

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of word i that hangs on it by one of these relations."""
        return next((token.i for token in self.doc[i].children if token.dep_ in deps), None)

    def sentence(self, offset: int) -> tuple[int, int]:
        """(start, end) of the sentence that holds the offset."""
        n = bisect.bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1
        return self.sentences[max(n, 0)] if self.sentences else (0, len(self.text))

    def verb(self, i: int) -> bool:
        return self.tags[i][:2] == "VB" or self.tags[i] == "MD"

    def proper(self, i: int) -> bool:
        return self.tags[i][:3] == "NNP"
