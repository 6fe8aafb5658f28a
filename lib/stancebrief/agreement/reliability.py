"""How far two or more coders agree beyond chance: percent agreement and Krippendorff's alpha, with intervals."""

from __future__ import annotations

from collections.abc import Mapping

import krippendorff
import numpy as np
import pandas as pd

from stancebrief import agreement, intervals, tables
from stancebrief.agreement import gold, scoring

CODINGS = ("statement", "article", "country", "target", "coder", "stance")


def align(coders: Mapping[str, agreement.Coder], reference: str, targets: tuple[str, ...] = ()) -> pd.DataFrame:
    """Every coder's label of every (statement, country, target), on the reference's statements.

    A statement of another coder stands for the reference's when scoring.match pairs them. Gives columns `statement`,
    `article`, `country`, `target`, `coder`, `stance` (a stance, or `none` where the coder has the statement but names
    no position on the target); a coder who does not have a statement has no rows for it. Countries are those that any
    coder gives a position on the statement, or, where none does, the reference's. `targets`: the codebook's; without
    them, those that occur.
    """
    ours = scoring.units(*coders[reference])
    theirs = {name: scoring.units(*coder) for name, coder in coders.items()}
    hits = {name: ({i: i for i in range(len(ours))} if name == reference else scoring.match(ours, found))
            for name, found in theirs.items()}
    if not targets:
        targets = tuple(sorted({place[1] for found in theirs.values() for unit in found for place in unit.positions}))
    rows = []
    for i, unit in enumerate(ours):
        labels = {name: {p[:2]: p[2] for p in found[hits[name][i]].positions}
                  for name, found in theirs.items() if i in hits[name]}
        countries = sorted({place[0] for given in labels.values() for place in given}) or sorted(unit.countries)
        rows += [(unit.statement, unit.article, country, target, name, given.get((country, target), agreement.NONE))
                 for country in countries for target in targets for name, given in labels.items()]
    return pd.DataFrame(rows, columns=list(CODINGS))


def figures(codings: pd.DataFrame, coders: tuple[str, ...] = (), *, where: str = "study", bootstrap: int = 2000,
            seed: int = 0, note: str = "") -> pd.DataFrame:
    """Percent agreement and Krippendorff's alpha between coders, as rows of the `agreement` table.

    Three groups: `target and stance` (every cell of align: which target, which stance), `named by either` (cells in
    which at least one coder names a position; percent agreement only), and `stance where all name the target`. Alpha is
    nominal (Krippendorff 2011, "Computing Krippendorff's alpha-reliability"); statements are drawn again for its
    interval. Where all labels are the same, or fewer than two coders read a statement, alpha has no value and no row.
    """
    coders = coders or tuple(sorted(codings["coder"].unique()))
    grid = codings[codings["coder"].isin(coders)].pivot(index=["statement", "country", "target"], columns="coder",
                                                        values="stance")
    grid = grid[grid.notna().sum(axis=1) >= 2]
    stated = grid.isin(tables.STANCES)
    parts = {"target and stance": grid, "named by either": grid[stated.any(axis=1)],
             "stance where all name the target": grid[(stated | grid.isna()).all(axis=1)]}
    rows: list[dict[str, object]] = []
    for group, part in parts.items():
        if part.empty:
            continue
        rows.append({"measure": "percent agreement", "group": group} | intervals.share(list(part.nunique(axis=1) == 1)))
        counts = np.stack([part.eq(label).sum(axis=1) for label in (*tables.STANCES, agreement.NONE)], axis=1)
        value = alpha(counts)
        if value is not None and group != "named by either":
            sample = _drawn(counts, part.index.get_level_values("statement"), bootstrap, seed)
            low, high = intervals.middle(sample, round(value, 3), 3)
            rows.append({"measure": "alpha", "group": group, "value": round(value, 3), "low": low, "high": high,
                         "interval": intervals.RESAMPLED if bootstrap else "", "n": len(part)})
    judged, against = sorted(coders, key=lambda name: name == gold.CODER) if len(coders) == 2 else ("all", "each other")
    return agreement.table(rows, where, judged, against, note)


def each(coders: Mapping[str, agreement.Coder], reference: str, targets: tuple[str, ...] = (), *,
         bootstrap: int = 2000, seed: int = 0) -> pd.DataFrame:
    """`figures` of every other coder beside the reference, two by two, so that none changes another's figures."""
    found = [figures(align({reference: coders[reference], name: coder}, reference, targets), (reference, name),
                     bootstrap=bootstrap, seed=seed) for name, coder in sorted(coders.items()) if name != reference]
    return pd.concat(found, ignore_index=True) if found else tables.empty("agreement")


def beside(coders: Mapping[str, agreement.Coder], reference: str, made: pd.DataFrame) -> pd.DataFrame:
    """Every other coder beside the reference, one row each; where there is none, no rows.

    `made`: from `each`. Columns: `coder`; `statements` that both have; `agree` (per cent of the `n` positions that
    either names, on which both say the same); Krippendorff's `alpha` over every target of every statement, its interval
    `low` to `high`; `stance_alpha`, over the targets that both name. A figure that cannot be had is missing (NaN).
    """
    ours = scoring.units(*coders[reference])
    rows = []
    for name in sorted(set(coders) - {reference}):
        part = made[made["coder"] == name].set_index(["measure", "group"])
        picked = part.reindex([("percent agreement", "named by either"), ("alpha", "target and stance"),
                               ("alpha", "stance where all name the target")])
        agree, every, stance = picked[["value", "low", "high", "n"]].itertuples(index=False)
        rows.append((name, len(scoring.match(ours, scoring.units(*coders[name]))), agree.value, agree.n, every.value,
                     every.low, every.high, stance.value))
    return pd.DataFrame(rows, columns=["coder", "statements", "agree", "n", "alpha", "low", "high", "stance_alpha"])


def alpha(counts: np.ndarray) -> float | None:
    """Nominal alpha of labels counted by cell, shape (cells, labels); None where there is nothing to tell apart."""
    counts = counts[counts.sum(axis=1) >= 2]
    if len(counts) == 0 or (counts.sum(axis=0) > 0).sum() < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _drawn(counts: np.ndarray, owners: pd.Index, times: int, seed: int) -> np.ndarray:
    """Alpha of each of `times` draws of whole statements.

    The coincidences of labels add up over cells, so that a draw is a weighted sum of the statements' own.
    """
    pairs = counts[:, :, None] * counts[:, None, :].astype(float)
    diagonal = np.arange(counts.shape[1])
    pairs[:, diagonal, diagonal] -= counts
    pairs /= (counts.sum(axis=1) - 1)[:, None, None]
    codes, names = pd.factorize(owners)
    blocks = np.zeros((len(names), *pairs.shape[1:]))
    np.add.at(blocks, codes, pairs)
    drawn = intervals.sums(blocks.reshape(len(names), -1), times, seed).reshape(-1, *pairs.shape[1:])
    labels, total = drawn.sum(axis=2), drawn.sum(axis=(1, 2))
    observed = total - np.trace(drawn, axis1=1, axis2=2)
    expected = (total**2 - (labels**2).sum(axis=1)) / np.maximum(total - 1, 1)
    return 1 - observed[expected > 0] / expected[expected > 0]
