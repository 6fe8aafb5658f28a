"""Findings put to the test: what becomes of each when an outlet, the grouping of repeats or unsure labels are left out.

A finding is the side that can be named of one country on one target, by the rule of `sides.named`.
"""

from __future__ import annotations

import collections
import dataclasses
import math
from collections.abc import Iterator

import pandas as pd

from stancebrief import series, sides, study, tables
from stancebrief.statements import confidence

UNSURE = confidence.usual("position")   # labels less sure than the common one are left out in one of the variations
VARIANTS = ("kind", "outlet", "country", "target", "side", "net", "n", "base_side", "base_net", "base_n", "change")
MANY = 50  # outlets
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
    trials = [("repeats", "", positions, statements.assign(utterance=statements["statement"])),
              ("confidence", "", positions[positions["confidence"] >= unsure], statements)]
    shown = dataclasses.replace(ours, countries=tuple(base["country"].unique()), targets=tuple(base["target"].unique()))
    rows = list(_without_each_outlet(positions.assign(outlet=outlet), statements, base, ours))
    for kind, left, kept, spoken in trials if len(base) else ():
        tried = series.by_country(kept, spoken, shown)
        tried = tried.assign(named=_sides(tried)).set_index(["country", "target"])
        for row, side in zip(base.itertuples(), _sides(base), strict=True):
            cell = tried.loc[(row.country, row.target)]
            rows.append(_row(kind, left, row, side, cell["named"], cell["net"], int(cell["n_utterances"]),
                             cell["enough"]))
    return pd.DataFrame(rows, columns=list(VARIANTS))


def _row(kind: str, left: str, row: object, side: str, named: str, net: float, n: int, enough: bool) -> tuple:
    """One finding, a row of the base cells with the side named there, in one variation."""
    change = ("too few left" if not enough else "holds" if named == side else "flips" if named else "levels out")
    return (kind, left, row.country, row.target, named if enough else "", net, n, side, row.net, row.n_utterances,
            change)


def _without_each_outlet(positions: pd.DataFrame, statements: pd.DataFrame, base: pd.DataFrame,
                         ours: study.Study) -> Iterator[tuple]:
    """The rows of VARIANTS without each outlet in turn.

    Counted again is only what the outlet reported, so that many outlets cost no more than few: where a page has no
    outlets each article is one. Past MANY outlets, those that report nothing of a finding have no row for it.
    """
    named = positions.assign(utterance=positions["statement"].map(statements.set_index("statement")["utterance"]))
    named = named[named["confidence"] >= ours.min_confidence]
    findings = set(series.tuples(base, "country", "target"))
    reports: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for utterance, country, target, stance, outlet in series.tuples(named, "utterance", "country", "target", "stance",
                                                                    "outlet"):
        if (country, target) in findings:
            reports.setdefault((utterance, country, target), []).append((stance, outlet))
    less: dict[tuple[str, str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for (_, country, target), held in reports.items():
        stance = series.leading([stance for stance, _ in held])
        for outlet in {outlet for _, outlet in held}:
            lost = less[outlet, country, target]
            lost[stance] += 1
            if rest := [stance for stance, other in held if other != outlet]:
                lost[series.leading(rest)] -= 1
    outlets = sorted(positions["outlet"].unique())
    cells = list(zip(base.itertuples(), _sides(base), strict=True))
    for outlet in outlets:
        for row, side in cells:
            lost = less.get((outlet, row.country, row.target))
            if lost is None and len(outlets) > MANY:
                continue
            support, oppose, neutral = (int(getattr(row, name)) - (lost or {}).get(name, 0) for name in tables.STANCES)
            n = support + oppose + neutral
            yield _row("outlet", outlet, row, side, sides.named(support, oppose, n),
                       (support - oppose) / n if n else math.nan, n, n >= max(1, ours.min_statements))


def _sides(cells: pd.DataFrame) -> pd.Series:
    """The side that can be named in each row of a by_country frame."""
    counts = zip(cells["support"], cells["oppose"], cells["n_utterances"], strict=True)
    return pd.Series([sides.named(*row) for row in counts], index=cells.index, dtype="str")
