"""How far a statement or a position can be trusted: how often such rows were right on articles new to the rules.

A row's chance is read off traits of how it was made: the rule, how the speaker was found, whether a country was, and,
for a position, how many targets its statement names and how likely a second, learned reading finds it.
data/reference/confidence.csv holds a weight for each value of those traits that tell right rows from wrong ones, fitted
by tools/confidence.py to hand-coded articles that the rules met for the first time, and never written by hand. Fitting
draws weights towards nought (ridge), so a value seen seldom, or never, leaves the share of all rows.
"""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Mapping

from stancebrief import study

FILE = study.DATA / "reference" / "confidence.csv"
COLUMNS = ("row", "trait", "value", "n", "right", "weight")
ALL = "all"        # the trait of the weight that every row has
UNMEASURED = 0.5   # where no table of weights is there
BANDS = (0.45, 0.55, 0.65, 0.75, 0.85)  # lower edges of how likely the second reading finds a label
SUPPOSED = ("supposed", "home of the article", "set there", "the country spoken of", "said there")


@functools.cache
def _weights() -> dict[tuple[str, str, str], float]:
    try:
        with FILE.open(encoding="utf-8", newline="") as handle:
            return {(row["row"], row["trait"], row["value"]): float(row["weight"]) for row in csv.DictReader(handle)}
    except FileNotFoundError:
        return {}


def usual(row: str) -> float:
    """The share, 0 to 1, of all such rows that were right."""
    try:
        with FILE.open(encoding="utf-8", newline="") as handle:
            found = next(one for one in csv.DictReader(handle) if (one["row"], one["trait"]) == (row, ALL))
    except (FileNotFoundError, StopIteration):
        return UNMEASURED
    return round(int(found["right"]) / int(found["n"]), 2)


def chance(row: str, traits: Mapping[str, str]) -> float:
    """The chance, 0 to 1, that a `statement` or a `position` (`row`) with these traits is right."""
    weights = _weights()
    if (row, ALL, ALL) not in weights:
        return UNMEASURED
    lowest = {f"under {BANDS[0]:.2f}": f"{BANDS[0]:.2f} and more"}  # where none so low was measured, it is no likelier
    total = weights[row, ALL, ALL] + sum(
        weights.get((row, trait, value), weights.get((row, trait, lowest.get(value, "")), 0.0))
        for trait, value in traits.items())
    return round(1 / (1 + math.exp(-total)), 3)


def kind(written: str, basis: str, countries: str) -> str:
    """How the speaker was found: `named`, by a `pronoun`, `carried` from an earlier sentence; or what of it is lacking.

    `supposed`: no words about the speaker tell its country, only the article's home or the matter spoken of. `private`:
    it speaks for no government. `nobody`: no country was found at all.
    """
    if countries in ("UNKNOWN", "OTHER", ""):
        return "private" if countries == "OTHER" else "nobody"
    if basis.startswith(SUPPOSED):
        return "supposed"
    if not written:
        return "carried"
    return "pronoun" if basis.endswith("carried over") or basis == "pronoun not resolved" else "named"


def origin(rule: str, speaker: str) -> dict[str, str]:
    """The traits of a statement that `rule` made, with a speaker found so (see `kind`)."""
    country = {"nobody": "none", "supposed": "supposed"}.get(speaker, "told")
    return {"rule": rule, "speaker": speaker, "country": country}


def statement(rule: str, speaker: str) -> float:
    """The chance that a statement made by `rule`, with a speaker found so, has its speaker and country."""
    return chance("statement", origin(rule, speaker))


def traits(record: Mapping, rule: str, targets: int, learned: float | None = None) -> dict[str, str]:
    """The traits of a position that `rule` took in a row of the statements table that names so many `targets`.

    `learned`: how likely the label is by the second reading (0 to 1); None: it was not read a second time.
    """
    speaker = kind(str(record.get("speaker_as_written", "")), str(record.get("country_basis", "")),
                   str(record.get("countries", "")))
    country = "none" if speaker == "nobody" else "told"   # too few supposed ones with a position to tell them apart
    return origin(rule, speaker) | {"country": country, "targets": "one" if targets < 2 else "several",
                                    "learned": band(learned)}


def band(likely: float | None) -> str:
    """How likely a label is by the second reading, in one of few bands."""
    if likely is None:
        return "not asked"
    above = [edge for edge in BANDS if likely >= edge]
    return f"{above[-1]:.2f} and more" if above else f"under {BANDS[0]:.2f}"


def position(record: Mapping, rule: str, targets: int, learned: float | None = None) -> float:
    """The chance that a position is right as a whole: statement, country, target and stance."""
    return chance("position", traits(record, rule, targets, learned))
