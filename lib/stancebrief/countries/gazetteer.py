"""Names in a text: one compiled pattern over thousands of phrases, longest phrase first, offsets kept.

The phrases are cut into a trie and the trie is written as one regular expression, so the work is done in C whatever
the number of phrases. A space in a phrase also matches a line break or a hard space, an apostrophe also the curly one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

LOOSE = {" ": r"(?:[ \xa0]|\r?\n)[ \t\xa0]?", "'": "['’ʼ‘]", "-": "[-‐‑]"}
FOLD = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-"})


def fold(words: str) -> str:
    """The words as they are kept in a table: straight apostrophes and hyphens, single spaces."""
    return " ".join(words.translate(FOLD).split())


def plain(words: str) -> str:
    """The words without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))


def whole(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases as whole words, exactly as written, the longest that fits."""
    return rf"(?<!\w)(?:{_written(_trie(phrases), {})})(?!\w)"


class Gazetteer:
    """Phrases to be found in texts as whole words, exactly as written up to spaces, apostrophes and hyphens."""

    def __init__(self, phrases: Iterable[str]) -> None:
        root = _trie(map(fold, phrases))
        # a phrase that ends in a hyphen or a sign ("Sino-", "US$") may run on into a word, every other one may not
        words = rf"(?<![\w@#]){_written(root, LOOSE)}(?:(?<=[-$])|(?!\w))" if root else r"(?!)"
        self.pattern = re.compile(words)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and folded words of every phrase in the text, left to right, none overlapping another."""
        for match in self.pattern.finditer(text):
            yield match.start(), match.end(), fold(match.group())


def _trie(phrases: Iterable[str]) -> dict:
    root: dict = {}
    for phrase in phrases:
        node = root
        for character in phrase:
            node = node.setdefault(character, {})
        node[""] = {}
    return root


def _written(node: dict, loose: Mapping[str, str]) -> str:
    """The trie below a node as a regular expression that tries longer phrases first; `loose`: what stands for what."""
    branches, letters = [], []
    for character, below in sorted(node.items()):
        if not character:
            continue
        one = loose.get(character, re.escape(character))
        rest = _written(below, loose)
        if rest or character in loose:
            branches.append(one + rest)
        else:
            letters.append(one)
    if letters:
        branches.append(letters[0] if len(letters) == 1 else f"[{''.join(letters)}]")
    if not branches:
        return ""
    written = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return written + ("?" if "" in node else "")
