"""Findings put to the test: what becomes of each when an outlet, the grouping of repeats or unsure labels are left out.

A finding is the sign of support less oppose of one country toward one target, where enough utterances carry it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

SIGN = {"support": 1, "oppose": -1, "neutral": 0}
STAND = {1: "support", -1: "oppose", 0: "balance"}
SAID = {"flips": "turns round", "levels out": "evens out", "too few left": "rests on too few"}
VARIANTS = ("variant", "kind", "country", "target", "net", "n", "base_net", "base_n", "change")
UNSURE = 0.7   # labels less sure than this are left out in one of the variations


def findings(positions: pd.DataFrame, *, grouped: bool = True) -> pd.DataFrame:
    """Support less oppose by country and target: columns `country`, `target`, `net`, `n`.

    An utterance that several statements report is counted once, by the stance that most of its reports show (none
    where they are even), unless `grouped` is False. `n` counts utterances (or statements) with any stance.
    """
    unit = "utterance" if grouped else "statement"
    signs = positions.assign(sign=positions["stance"].map(SIGN)).groupby(["country", "target", unit])["sign"].sum()
    cells = np.sign(signs).groupby(level=["country", "target"]).agg(["sum", "size"])
    return cells.rename(columns={"sum": "net", "size": "n"}).reset_index().astype({"net": int, "n": int})


def variants(positions: pd.DataFrame, articles: pd.DataFrame, *, min_statements: int = 3,
             unsure: float = UNSURE) -> pd.DataFrame:
    """Every finding recomputed in every variation: columns VARIANTS.

    Variations (`kind`): without each outlet in turn (`outlet`; an article whose outlet is unknown is its own), every
    report counted by itself (`repeats`), without positions less sure than `unsure` (`confidence`). `change` is `holds`
    or a key of SAID: the sign holds, flips, becomes even, or fewer than `min_statements` utterances are left. Only
    findings with that many to begin with and a sign appear.
    """
    base = findings(positions)
    base = base[(base["n"] >= min_statements) & (base["net"] != 0)]
    named = articles["outlet"].where(~articles["outlet"].isin(["", "unknown"]), articles["article"])
    outlet = positions["article"].map(dict(zip(articles["article"], named, strict=True))).fillna(positions["article"])
    trials = [(f"without {name}", "outlet", findings(positions[outlet != name])) for name in sorted(outlet.unique())]
    trials += [("every report counted", "repeats", findings(positions, grouped=False)),
               (f"without labels less sure than {unsure:g}", "confidence",
                findings(positions[positions["confidence"] >= unsure]))]
    rows = []
    for variant, kind, found in trials:
        cells = found.set_index(["country", "target"])
        for row in base.itertuples():
            place = (row.country, row.target)
            net, n = cells.loc[place].tolist() if place in cells.index else (0, 0)
            change = ("too few left" if n < min_statements else "levels out" if net == 0
                      else "holds" if np.sign(net) == np.sign(row.net) else "flips")
            rows.append((variant, kind, row.country, row.target, int(net), int(n), row.net, row.n, change))
    return pd.DataFrame(rows, columns=list(VARIANTS))


def summary(trials: pd.DataFrame) -> pd.DataFrame:
    """One row for each finding: `country`, `target`, `stance`, `net`, `n`, `robust`, `fragile`, `sentence`.

    `fragile`: the sign flips or evens out somewhere. `robust`: it holds in every variation. Neither: it only runs out
    of statements. `sentence` says which variations change it, in words that can follow the finding.
    """
    rows = []
    for (country, target), part in trials.groupby(["country", "target"], sort=False):
        first = part.iloc[0]
        changed = part[part["change"].isin(["flips", "levels out"])]
        few = part[part["change"] == "too few left"]
        said = [f"{SAID[row.change]} {_when(row)}" for row in pd.concat([changed, few]).itertuples()]
        rows.append((country, target, STAND[int(np.sign(first["base_net"]))], int(first["base_net"]),
                     int(first["base_n"]), len(changed) + len(few) == 0, len(changed) > 0,
                     "; ".join(said) if said else f"holds in all {len(part)} variations tried"))
    return pd.DataFrame(rows, columns=["country", "target", "stance", "net", "n", "robust", "fragile", "sentence"])


def _when(row) -> str:
    return "when every report is counted" if row.kind == "repeats" else row.variant
