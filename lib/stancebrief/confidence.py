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


@functools.cache
def _shares() -> dict[tuple[str, str], float]:
    try:
        with open(FILE, encoding="utf-8", newline="") as handle:
            return {(row["rule"], row["speaker"]): float(row["confidence"]) for row in csv.DictReader(handle)}
    except FileNotFoundError:
        return {}


def kind(written: str, basis: str) -> str:
    """How the speaker was found: "named", "pronoun" or "carried" from an earlier sentence."""
    if not written:
        return "carried"
    return "pronoun" if basis.endswith("carried over") or basis == "pronoun not resolved" else "named"


def share(rule: str, speaker: str) -> float:
    """The share of right rows made by `rule` with a speaker found so (see `kind`); of all rows where none were seen."""
    shares = _shares()
    return shares.get((rule, speaker), shares.get(OVERALL, 0.5))
