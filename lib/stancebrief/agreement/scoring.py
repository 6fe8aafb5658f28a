"""Statements and positions of one coder set against a reference coder's: which match, and how many are right.

The rules are those of the project's codebook for scoring: a made statement matches a reference statement when the
Dice overlap of their spans reaches a threshold, one to one, best overlap first; a position is right when it stands on
a matched statement with the same country, target and stance.
"""

from __future__ import annotations

import collections
import dataclasses
import re

import pandas as pd

from stancebrief import sides as rule

THRESHOLD = 0.3   # overlap at which a statement counts as found; speaker, country and positions are judged at it
CLOSE = 0.8       # overlap at which its boundaries count as found too
NOBODY = {"UNKNOWN", ""}
UNRESOLVED = {"UNKNOWN", "OTHER", ""}  # nobody of whom a finding could speak
ARTICLES = {"the", "of", "a", "mr", "ms", "mrs"}
SIGN = {"support": 1, "oppose": -1}


@dataclasses.dataclass(frozen=True)
class Unit:
    """One statement as the scoring sees it."""

    key: tuple
    statement: str
    article: str
    span: tuple[int, int]
    kind: str
    speaker: str
    countries: frozenset[str]
    positions: frozenset[tuple[str, str, str]]  # (country, target, stance)

    @property
    def named(self) -> bool:
        """Whether anybody resolvable speaks; hand coders leave private persons out, so those are not held wrong."""
        return bool(self.countries - NOBODY)


def units(statements: pd.DataFrame, positions: pd.DataFrame) -> list[Unit]:
    """The statements with their positions gathered, in the order of the frame.

    `statements` and `positions` have the columns of those tables (only what is read here is needed). A statement whose
    rule reads `hand:ID` is a row of a hand-coded table and keeps that ID as its name in ties.
    """
    taken: dict[str, set] = {}
    for row in positions.itertuples():
        taken.setdefault(row.statement, set()).add((row.country, row.target, row.stance))
    found = []
    for row in statements.itertuples():
        rule = getattr(row, "rule", "")
        key = ((row.article, rule.removeprefix("hand:")) if rule.startswith("hand:")
               else (row.article, int(row.start), int(row.end)))
        found.append(Unit(key, row.statement, row.article, (int(row.start), int(row.end)), row.kind, row.speaker,
                          frozenset(row.countries.split("|")), frozenset(taken.get(row.statement, ()))))
    return found


def dice(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Overlap of two spans, 0 to 1: twice what they share over the sum of their lengths."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return 2 * both / ((a[1] - a[0]) + (b[1] - b[0])) if both > 0 else 0.0


def match(reference: list[Unit], made: list[Unit], threshold: float = THRESHOLD) -> dict[int, int]:
    """Index into `reference` -> index into `made`: one to one, best overlap first, ties by the units' names."""
    places: dict[str, list[int]] = {}
    for j, unit in enumerate(made):
        places.setdefault(unit.article, []).append(j)
    pairs = []
    for i, unit in enumerate(reference):
        for j in places.get(unit.article, ()):
            overlap = dice(unit.span, made[j].span)
            if overlap > 0:
                pairs.append((-overlap, str((unit.key, made[j].key)), i, j))
    hits: dict[int, int] = {}
    used: set[int] = set()
    for overlap, _, i, j in sorted(pairs):
        if -overlap < threshold:
            break
        if i not in hits and j not in used:
            hits[i] = j
            used.add(j)
    return hits


def words(name: str) -> list[str]:
    """The words of a name, lower case, without articles and titles."""
    return [word for word in re.findall(r"\w+", name.lower()) if word not in ARTICLES]


def same_speaker(one: str, other: str) -> bool:
    """Whether two names can be the same actor: they share a word."""
    return bool(set(words(one)) & set(words(other)))


def net(found: list[Unit]) -> dict[tuple[str, str], int]:
    """Support less oppose of every (country, target) that anybody took a position on, a statement counted once."""
    cells: dict[tuple[str, str], int] = {}
    for unit in found:
        for country, target, stance in unit.positions:
            cells[country, target] = cells.get((country, target), 0) + SIGN.get(stance, 0)
    return cells


def side(net: int) -> str:
    """The side of a net count; nothing where it is level."""
    return {1: "support", -1: "oppose"}.get(_sign(net), "")


def sides(found: list[Unit], least: int) -> dict[tuple[str, str], str]:
    """{(country, target): side} for the sides that can be named of at least `least` statements, see `sides.named`.

    Of speakers whom no country could be found for, none is named.
    """
    cells: dict[tuple[str, str], collections.Counter] = {}
    for unit in found:
        for country, target, stance in unit.positions:
            if country not in UNRESOLVED:
                cells.setdefault((country, target), collections.Counter())[stance] += 1
    named = {cell: rule.named(count["support"], count["oppose"], count.total()) for cell, count in cells.items()
             if count.total() >= max(1, least)}
    return {cell: taken for cell, taken in named.items() if taken}


def _share(part: float, whole: float, empty: float = 0.0) -> float:
    return round(100 * part / whole, 1) if whole else empty


def prf(right: int, made: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1 in per cent, one decimal, and the number wanted."""
    p, r = (100 * right / made if made else 0.0), (100 * right / wanted if wanted else 0.0)
    return {"p": round(p, 1), "r": round(r, 1), "f1": round(2 * p * r / (p + r), 1) if p + r else 0.0, "n": wanted}


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def counted(made: list[Unit], hits: dict[int, int]) -> set[int]:
    """Made statements that count in precision: those that somebody resolvable speaks, and those that match."""
    return {j for j, unit in enumerate(made) if unit.named} | set(hits.values())


def score(reference: list[Unit], made: list[Unit]) -> dict[str, object]:
    """All figures, each 0-100: statements at both overlaps, recall by kind, speaker, country, positions, table."""
    out: dict[str, object] = {}
    for threshold in (THRESHOLD, CLOSE):
        hits = match(reference, made, threshold)
        out[f"statements@{threshold}"] = prf(len(hits), len(counted(made, hits)), len(reference))
    hits = match(reference, made)
    kinds: dict[str, list[int]] = {}
    for i, unit in enumerate(reference):
        kinds.setdefault(unit.kind, []).append(i)
    out["recall by kind"] = {kind: _share(sum(i in hits for i in group), len(group)) for kind, group in kinds.items()}
    pairs = [(reference[i], made[j]) for i, j in hits.items()]
    out["speaker"] = _share(sum(same_speaker(a.speaker, b.speaker) for a, b in pairs), max(1, len(pairs)))
    out["country"] = _share(sum(a.countries == b.countries for a, b in pairs), max(1, len(pairs)))
    out["positions"] = prf(sum(len(a.positions & b.positions) for a, b in pairs),
                           sum(len(made[j].positions) for j in counted(made, hits)),
                           sum(len(unit.positions) for unit in reference))
    wanted, got = net(reference), net(made)
    out["table"] = _share(sum(_sign(v) == _sign(got.get(cell, 0)) for cell, v in wanted.items()), max(1, len(wanted)))
    return out
