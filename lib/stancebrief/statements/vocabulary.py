"""Small closed classes of words that the reading of statements leans on, from data/reference/word_classes.csv."""

from __future__ import annotations

import csv
import functools

from stancebrief import study

FILE = study.DATA / "reference" / "word_classes.csv"


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    with open(FILE, encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found.setdefault(row["class"], set()).add(row["word"])
    return {name: frozenset(members) for name, members in found.items()}


def groups(prefix: str) -> tuple[frozenset[str], ...]:
    """The words of every class whose name begins so, class by class. Raises KeyError where none does."""
    found = tuple(words for name, words in _classes().items() if name.startswith(prefix))
    if not found:
        raise KeyError(f"no class of {FILE.name} begins with {prefix!r}; it has {', '.join(sorted(_classes()))}")
    return found


def of(name: str) -> frozenset[str]:
    """The words of a class. Raises KeyError, naming the classes there are, for another name."""
    if name not in _classes():
        raise KeyError(f"{name!r} is not a class of {FILE.name}; it has {', '.join(sorted(_classes()))}")
    return _classes()[name]
