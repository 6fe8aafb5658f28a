"""How far a kind of row can be trusted: the share of such rows that were right on hand-coded articles.

The table data/reference/confidence_statements.csv is made by tools/confidence_statements.py and never by hand. A share
from few rows is drawn towards the share of all.
"""

from __future__ import annotations

import csv
import functools

from stancebrief import study

FILE = study.DATA / "reference" / "confidence_statements.csv"
OVERALL = ("all", "all")
SUPPOSED = ("supposed", "home of the article", "set there", "the country spoken of", "said there")
UNSURE = 0.85  # a supposed country, where too few rows judge it: taken off the share of all


@functools.cache
def _shares() -> dict[tuple[str, str], float]:
    try:
        with open(FILE, encoding="utf-8", newline="") as handle:
            return {(row["rule"], row["speaker"]): float(row["confidence"]) for row in csv.DictReader(handle)}
    except FileNotFoundError:
        return {}


def kind(written: str, basis: str) -> str:
    """How the speaker was found: "named", "pronoun", "carried" from an earlier sentence; "supposed" if its country is.

    A country is supposed where no words about the speaker name it, only the article's home or the matter spoken of.
    """
    if basis.startswith(SUPPOSED):
        return "supposed"
    if not written:
        return "carried"
    return "pronoun" if basis.endswith("carried over") or basis == "pronoun not resolved" else "named"


def share(rule: str, speaker: str) -> float:
    """The share of right rows made by `rule` with a speaker found so (see `kind`); of all rows where none were seen."""
    shares = _shares()
    overall = shares.get(OVERALL, 0.5)
    if speaker == "supposed":  # never surer than the same rule with a country that is told
        told = min(shares.get((rule, "named"), overall), shares.get((rule, "pronoun"), overall))
        return min(UNSURE * told, shares.get((rule, speaker), overall))
    return shares.get((rule, speaker), overall)
