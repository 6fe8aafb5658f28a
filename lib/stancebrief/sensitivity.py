"""Findings put to the test: what becomes of each when an outlet, the grouping of repeats or unsure labels are left out.

A finding is the side that can be named of one country on one target, by the rule of `sides.named`.
"""

from __future__ import annotations

import dataclasses

import pandas as pd

from stancebrief import series, sides, study
from stancebrief.statements import confidence

UNSURE = confidence.usual("position")   # labels less sure than the common one are left out in one of the variations
VARIANTS = ("kind", "outlet", "country", "target", "side", "net", "n", "base_side", "base_net", "base_n", "change")
CHANGES = ("flips", "levels out", "too few left")


def variants(positions: pd.DataFrame, statements: pd.DataFrame, articles: pd.DataFrame, ours: study.Study, *,
             unsure: float = UNSURE) -> pd.DataFrame:
    """Every finding recomputed in every variation: columns VARIANTS.

    Variations (`kind`): without each outlet in turn (`outlet`, named in the column of that name; an article whose
    outlet is unknown is its own), every report counted by itself (`repeats`), without positions less sure than
    `unsure` (`confidence`). `change` is `holds` or one of CHANGES: the other side is named, no side can be named any
    more, or fewer utterances are left than the study asks for. `side` is the one that can be named, or empty. `net`
    and `n` are those of series.by_country.
    """
    cells = series.by_country(positions, statements, ours)
    base = cells[cells["enough"] & (_sides(cells) != "")]
    named = articles["outlet"].where(~articles["outlet"].isin(["", "unknown"]), articles["article"])
    outlet = positions["article"].map(dict(zip(articles["article"], named, strict=True))).fillna(positions["article"])
    trials = [("outlet", name, positions[outlet != name], statements) for name in sorted(outlet.unique())]
    trials += [("repeats", "", positions, statements.assign(utterance=statements["statement"])),
               ("confidence", "", positions[positions["confidence"] >= unsure], statements)]
    shown = dataclasses.replace(ours, countries=tuple(base["country"].unique()), targets=tuple(base["target"].unique()))
    rows = []
    for kind, left, kept, spoken in trials if len(base) else ():
        tried = series.by_country(kept, spoken, shown)
        tried = tried.assign(named=_sides(tried)).set_index(["country", "target"])
        for row, side in zip(base.itertuples(), _sides(base), strict=True):
            cell = tried.loc[(row.country, row.target)]
            change = ("too few left" if not cell["enough"] else "holds" if cell["named"] == side
                      else "flips" if cell["named"] else "levels out")
            rows.append((kind, left, row.country, row.target, cell["named"] if cell["enough"] else "", cell["net"],
                         int(cell["n_utterances"]), side, row.net, row.n_utterances, change))
    return pd.DataFrame(rows, columns=list(VARIANTS))


def _sides(cells: pd.DataFrame) -> pd.Series:
    """The side that can be named in each row of a by_country frame."""
    counts = zip(cells["support"], cells["oppose"], cells["n_utterances"], strict=True)
    return pd.Series([sides.named(*row) for row in counts], index=cells.index, dtype="str")
