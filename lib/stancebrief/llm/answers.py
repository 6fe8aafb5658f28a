"""What a model answered, held to what it was asked: known targets, allowed labels, words that stand in the text."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping

from stancebrief import codebook, tables


class AnswerError(ValueError):
    """An answer cannot be used; says why, in words that the model can be told."""


@dataclasses.dataclass(frozen=True)
class Label:
    """One target's stance, and where the words that decided stand in the article."""

    target: str
    stance: str
    spans: tuple[tuple[int, int], ...]


def read(answer: str, record: Mapping, text: str, book: codebook.Codebook) -> list[Label]:
    """The positions of an answer, in the codebook's order. Raises AnswerError at the first thing that is wrong.

    Nothing is mended but a fence around the JSON and the run of white space: an answer is right as a whole or not used.
    """
    fenced = re.fullmatch(r"\s*```(?:json)?\s*(.*?)\s*```\s*", answer, re.DOTALL)
    try:
        given = json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError) as error:
        raise AnswerError(f"the answer is no JSON ({error})") from error
    if not isinstance(given, dict) or not isinstance(given.get("positions"), list):
        raise AnswerError('the answer is not an object {"positions": [...]}')
    found: dict[str, Label] = {}
    for one in given["positions"]:
        if not isinstance(one, dict) or not all(isinstance(one.get(name), str) for name in ("target", "stance")):
            raise AnswerError("a position is not an object with target, stance and words")
        target, stance, words = one["target"], one["stance"], one.get("words")
        if target not in book.by_name:
            raise AnswerError(f"there is no target {target!r}; the targets are {', '.join(book.names)}")
        if stance not in tables.STANCES:
            raise AnswerError(f"{stance!r} is no stance; the stances are {', '.join(tables.STANCES)}")
        if target in found:
            raise AnswerError(f"the target {target!r} is given twice")
        if not (isinstance(words, list) and words and all(isinstance(word, str) and word.strip() for word in words)):
            raise AnswerError(f"the words that decide on {target!r} are missing")
        found[target] = Label(target, stance, tuple(sorted(_place(word, record, text) for word in words)))
    return [found[name] for name in book.names if name in found]


def _place(words: str, record: Mapping, text: str) -> tuple[int, int]:
    """Where the words stand: in the statement, else in its paragraph."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    inside = (int(record["start"]), int(record["end"]))
    around = (int(record["paragraph_start"]), int(record["paragraph_end"]))
    for start, end in (inside, around):
        if hit := pattern.search(text, start, end):
            return hit.span()
    raise AnswerError(f"the words {words!r} do not stand in the paragraph")
