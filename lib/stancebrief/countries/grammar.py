"""The small words around a country in the name of an actor, and what they make of it: owner, matter, place, past.

They are data: `data/reference/actor_grammar.csv`; a star at the end of a word stands for any ending.
"""

from __future__ import annotations

import functools
import re

from stancebrief.countries import mentions

FILE = "actor_grammar.csv"


@functools.cache
def _classes() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in mentions.rows(FILE):
        found.setdefault(row["class"], []).append(row["word"])
    return {name: tuple(sorted(words, key=len, reverse=True)) for name, words in found.items()}


def words(name: str) -> str:
    """The words of a class as alternatives of a pattern, longest first. Raises KeyError for an unknown class."""
    if name not in _classes():
        raise KeyError(f"{name!r} is not a class of {FILE}; it has {', '.join(sorted(_classes()))}")
    return "|".join(re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)
                    for word in _classes()[name])
