"""Reporting words: the list in data/reference/cues.csv, its inflected forms, and where they stand in a sentence.

A cue is listed once, by its dictionary form; the forms are made here (irregular ones are listed), so no lemmatiser is
needed.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import re

from stancebrief import study
from stancebrief.statements import vocabulary

FILE = study.DATA / "reference" / "cues.csv"
SPEECH_NOUNS = study.DATA / "reference" / "speech_nouns.csv"
TAKES = frozenset(
    "quote only clause object infinitive addressee naming light weak core spun source on of to finite guest "
    "force held judging quoted that trailing as at onto".split()
)


DAYS = vocabulary.of("day")
BETWEEN = vocabulary.of("between")
# verbs stressed on the last syllable double its consonant: dub, dubbed; quip, quipped; regret, regretted; demur
DOUBLED = re.compile(
    r"(?:re|ad|com|per|sub|con|in|de|pre|trans|ab|ac|al|oc|ex|dis|be|un)?(?:qu|[b-df-hj-np-tv-z])*[aeiou][bdgmnprt]"
)
NOT_DOUBLED = frozenset(("edit", "exit", "audit", "inherit", "debit", "credit", "reason", "reckon", "beckon", "orbit"))


class CueError(ValueError):
    """A row of the cue list does not read; says which file, line and value."""


@dataclasses.dataclass(frozen=True)
class Cue:
    """One reporting word: dictionary form, class, valence (-1 speaks ill of its object … 1 well), what it takes."""

    name: str
    kind: str
    valence: float
    takes: frozenset[str]
    reason: str = ""

    def __hash__(self) -> int:
        return hash(self.name)


@dataclasses.dataclass(frozen=True)
class Found:
    """A cue in a list of words: its entry and the first and one past the last word."""

    cue: Cue
    first: int
    last: int


def inflect(verb: str) -> tuple[str, ...]:
    """The forms of a regular English verb: base, -s, -ed, -ing; words after the first are kept.

    >>> inflect("deny")
    ('deny', 'denies', 'denied', 'denying')
    """
    head, _, tail = verb.partition(" ")
    tail = f" {tail}" if tail else ""
    if re.search(r"[^aeiou]y$", head):
        third, past, present = f"{head[:-1]}ies", f"{head[:-1]}ied", f"{head}ing"
    elif head.endswith("e"):
        third, past = f"{head}s", f"{head}d"
        present = f"{head}ing" if head.endswith(("ee", "oe", "ye")) else f"{head[:-1]}ing"
    elif re.search(r"(s|x|z|ch|sh|o)$", head):
        third, past, present = f"{head}es", f"{head}ed", f"{head}ing"
    else:
        double = head[-1] if DOUBLED.fullmatch(head) and head not in NOT_DOUBLED else ""
        third, past, present = f"{head}s", f"{head}{double}ed", f"{head}{double}ing"
    return tuple(form + tail for form in (head, third, past, present))


@functools.cache
def lexicon() -> dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]:
    """First word of a form -> ((the form's words, its cue), …), longest form first. Raises CueError."""
    forms: dict[tuple[str, ...], Cue] = {}
    with open(FILE, encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):
            cue = _cue(row, number)
            listed = [form.strip() for form in re.split(r"[,;]", row["forms"]) if form.strip()]
            if "spun" in cue.takes or "source" in cue.takes:
                every = listed or inflect(cue.name)
            else:
                every = (*inflect(cue.name), *_completed(cue.name, listed))
            for form in every:
                forms.setdefault(tuple(form.lower().split()), cue)
    index: dict[str, list] = {}
    for words, cue in forms.items():
        index.setdefault(words[0], []).append((words, cue))
    return {first: tuple(sorted(entries, key=lambda e: -len(e[0]))) for first, entries in index.items()}


def _completed(name: str, listed: list[str]) -> list[str]:
    """Listed forms of a phrase's first word stand for the phrase: of `rip into`, `ripped` is `ripped into`."""
    tail = name.split()[1:]
    return [
        " ".join([form, *tail]) if tail and len(form.split()) == 1 else form
        for item in listed
        for form in (item.split() if " " not in name else [item])
    ]


def _cue(row: dict[str, str], number: int) -> Cue:
    takes = frozenset(row["takes"].split())
    try:
        valence = float(row["valence"])
    except ValueError:
        raise CueError(f"{FILE.name}, line {number}: valence {row['valence']!r} is not a number") from None
    if not takes <= TAKES or not row["reason"]:
        raise CueError(
            f"{FILE.name}, line {number}: unknown {sorted(takes - TAKES)} in takes, or no reason; "
            f"takes may hold {sorted(TAKES)}"
        )
    return Cue(row["cue"], row["class"], valence, takes, row["reason"])


@functools.cache
def speech_nouns() -> dict[str, tuple[float, str]]:
    """Noun of speech, singular or plural -> (valence, what it takes)."""
    found = {}
    with open(SPEECH_NOUNS, encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            noun = row["noun"]
            plural = (
                noun[:-1] + "ies"
                if re.search(r"[^aeiou]y$", noun)
                else noun + "es"
                if noun.endswith(("s", "sh", "ch"))
                else noun + "s"
            )
            for form in (noun, plural):
                found[form] = (float(row["valence"]), row["takes"])
    return found


def find(lower: list[str]) -> list[Found]:
    """Cues among the lower-case words, in order, the longest form at each word; forms that overlap are not repeated."""
    index = lexicon()
    found = []
    past = 0
    for at, word in enumerate(lower):
        if word not in index or at < past:
            continue
        if (parted := _parted(lower, at)) is not None:
            found.append(parted)
            past = parted.last
            continue
        for words, cue in index[word]:
            if len(words) == 1 or lower[at : at + len(words)] == list(words):
                last = at + len(words)
            elif (
                len(words) == 2
                and at + 2 < len(lower)
                and lower[at + 2] == words[1]
                and (lower[at + 1].endswith("ly") or lower[at + 1] in BETWEEN)
            ):
                last = at + 3
            else:
                continue
            found.append(Found(cue, at, last))
            past = last
            break
    return found


def _parted(lower: list[str], at: int) -> Found | None:
    """ "called on Sunday for …": a cue of two words with the day between them."""
    if lower[at + 1 : at + 2] != ["on"] or at + 3 >= len(lower) or lower[at + 2] not in DAYS:
        return None
    for words, cue in lexicon()[lower[at]]:
        if len(words) == 2 and lower[at + 3] == words[1]:
            return Found(cue, at, at + 4)
    return None
