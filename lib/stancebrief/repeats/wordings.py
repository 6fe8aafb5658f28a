"""How alike two wordings are, and where they differ; made to see through edits, cuts and machine paraphrase.

A paraphrasing machine changes common words and leaves names, numbers, rare words and their order. So words are
compared by their first letters (a truncation stemmer: one form for "sanction" and "sanctions"), weighed by how rare
they are, and their order counts beside them.
"""

from __future__ import annotations

import collections
import dataclasses
import difflib
import math
import re
import sys
from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

WORD = re.compile(r"[^\W_]+(?:\.[^\W_]\b)*")
STEM = 5    # letters; shorter stems join strangers, longer ones part "exercise" from "exercising"
SAME, EDITED = 1.0, 0.8  # likeness from which a wording is the same, or an edited one
# A content may end before the mark that closes its last quotation.
QUOTED = re.compile(r"[“\"]([^“”\"]+)(?:[”\"]|$)|(?<!\w)[‘']([^‘’']{3,}?)[’'](?!\w)")
# Words of the closed classes: they carry no content, and paraphrase changes them freely.
FUNCTION = frozenset("""
a about above after again against all also although always am an and another any are as at away be because been before
being below between both but by can cannot could did do does doing done down during each either else even ever every few
for from further had has have having he her here hers herself him himself his how however i if in indeed instead into is
it its itself just least less many may me might more moreover most much must my myself neither never no nor not now of
off often on once one only onto or other others ought our ours out over own per perhaps quite rather really s same shall
she should since so some such t than that the their theirs them themselves then there these they this those though
through throughout thus to together too toward towards under until up upon us very was we were what when where whereas
whether which while who whom whose why will with within without would yet you your yours re ve ll d m nt
""".split())


@dataclasses.dataclass(frozen=True)
class Wording:
    """One wording: its content stems in order, and the whole in lower case with marks evened out."""

    stems: tuple[str, ...]
    plain: str


def read(text: str) -> Wording:
    """The wording of a text."""
    return of_words([word.lower() for word in WORD.findall(text)])


def of_words(words: list[str]) -> Wording:
    """The wording of words that are in lower case and without marks."""
    stems = tuple(sys.intern(word[:STEM]) for word in words if word not in FUNCTION)  # one string for all articles
    return Wording(stems, " ".join(words))


def anchors(text: str) -> frozenset[str]:
    """The numbers and names in a text: what a report of the same words does not change. Its first word is left out."""
    return frozenset(word.lower() for word in WORD.findall(text)[1:] if word[0].isdigit() or word[0].isupper())


class Weights:
    """How much a stem tells: the inverse of how many of the texts hold it, never less than a fifth of the most."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        count: collections.Counter[str] = collections.Counter()
        texts = 0
        for texts, wording in enumerate(wordings, start=1):  # noqa: B007 (how many there are is used below)
            count.update(set(wording.stems))
        most = math.log(texts + 2)
        self._weight = {stem: max(0.2, math.log((texts + 2) / (n + 0.5)) / most) for stem, n in count.items()}

    def of(self, stem: str) -> float:
        """The weight of one stem, 0.2-1; 1 for one never seen."""
        return self._weight.get(stem, 1.0)

    def total(self, stems: Iterable[str]) -> float:
        """The weight of all the stems together, to the last digit the same in whatever order a set gives them."""
        return math.fsum(map(self.of, stems))


def likeness(a: Wording, b: Wording, weights: Weights, parts: bool = True) -> float:
    """How alike two wordings are, 0-1: shared weight and order of content words, or characters where these are closer.

    A wording that is a part of the other (a headline, a cut quotation) counts nearly as like as the part is whole, if
    what they share is enough to tell: at least three stems that are together as rare as two never seen before. Not so
    where `parts` is false: then only wholes are alike.
    """
    if a.plain == b.plain:
        return SAME
    one, two = set(a.stems), set(b.stems)
    both = one & two
    if not both:
        return 0.0
    shared, left, right = weights.total(both), weights.total(one), weights.total(two)
    dice = 2 * shared / (left + right)
    order = LCSseq.normalized_similarity(a.stems, b.stems)
    frame = LCSseq.normalized_similarity(a.plain.split(), b.plain.split())
    score = 0.5 * dice + 0.3 * order + 0.2 * frame
    if parts and len(both) >= 3 and shared >= 1.5:
        score = max(score, 0.8 * shared / min(left, right) - 0.05)
    return min(0.999, max(score, _by_characters(a.plain, b.plain)))


def _by_characters(a: str, b: str) -> float:
    """Likeness by characters, where it is high enough to mean the same words with small edits; else 0."""
    score = fuzz.ratio(a, b, score_cutoff=80) / 100
    return score if min(len(a), len(b)) >= 20 else 0.0


def relation(score: float) -> str:
    """The name of a likeness: same, edited or reworded."""
    return "same" if score >= SAME else "edited" if score >= EDITED else "reworded"


def differences(here: str, first: str) -> list[list[str]]:
    """The words that differ, as [words here, words in the first]; either may be empty. Marks and case do not count."""
    ours, theirs = _tokens(here), _tokens(first)
    matcher = difflib.SequenceMatcher(None, [w.lower() for w in ours], [w.lower() for w in theirs], autojunk=False)
    return [[" ".join(ours[a:b]), " ".join(theirs[c:d])] for op, a, b, c, d in matcher.get_opcodes() if op != "equal"]


def _tokens(text: str) -> list[str]:
    plain = re.sub(r"n't\b", " not", text.replace("’", "'").replace("can't", "cannot").replace("won't", "will not"))
    return re.findall(r"[^\W_]+(?:['.][^\W_]+)*", plain)


def part_like(short: str, long: str) -> str:
    """The run of words in the long text that is most like the short one."""
    words, size = long.split(), len(short.split())
    edges = [word.lower() for word in short.split()]

    def fit(run: list[str]) -> float:
        same = (run[0].lower() == edges[0]) + (run[-1].lower() == edges[-1])
        return fuzz.ratio(short.lower(), " ".join(run).lower()) + 10 * same

    runs = [words[at:at + n] for n in range(max(1, size - 1), size + 4) for at in range(len(words) - n + 1)]
    return " ".join(max(runs, key=fit)) if edges and runs else long


def quoted(content: str, kind: str) -> list[str]:
    """The quoted words of a statement's content: all of a direct one, the marked parts of a mixed one."""
    if kind == "direct":
        return [content]
    return [a or b for a, b in QUOTED.findall(content)] if kind == "mixed" else []
