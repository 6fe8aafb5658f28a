"""Findings put to the test: what becomes of each when an outlet, the grouping of repeats or unsure labels are left out.

A finding is the side that one country takes toward one target, counted as series.by_country counts it.
"""

from __future__ import annotations

import dataclasses

import pandas as pd

from stancebrief import series, study

UNSURE = 0.7   # labels less sure than this are left out in one of the variations
SAID = {"flips": "turns round", "levels out": "evens out", "too few left": "rests on too few"}
VARIANTS = ("variant", "kind", "country", "target", "side", "net", "n", "base_side", "base_net", "base_n", "change")
SUMMARY = ("country", "target", "side", "net", "n", "robust", "fragile", "sentence")


def variants(positions: pd.DataFrame, statements: pd.DataFrame, articles: pd.DataFrame, ours: study.Study, *,
             unsure: float = UNSURE) -> pd.DataFrame:
    """Every finding recomputed in every variation: columns VARIANTS.

    Variations (`kind`): without each outlet in turn (`outlet`; an article whose outlet is unknown is its own), every
    report counted by itself (`repeats`), without positions less sure than `unsure` (`confidence`). `change` is `holds`
    or a key of SAID: the side holds, flips, becomes even, or fewer utterances are left than the study asks for. Only
    findings with enough utterances and a side to begin with appear. `net` and `n` are those of series.by_country.
    """
    base = series.by_country(positions, statements, ours)
    base = base[base["enough"] & base["side"].isin(["support", "oppose"])]
    named = articles["outlet"].where(~articles["outlet"].isin(["", "unknown"]), articles["article"])
    outlet = positions["article"].map(dict(zip(articles["article"], named, strict=True))).fillna(positions["article"])
    trials = [(f"without {name}", "outlet", positions[outlet != name], statements) for name in sorted(outlet.unique())]
    trials += [("every report counted", "repeats", positions, statements.assign(utterance=statements["statement"])),
               (f"without labels less sure than {unsure:g}", "confidence", positions[positions["confidence"] >= unsure],
                statements)]
    shown = dataclasses.replace(ours, countries=tuple(base["country"].unique()), targets=tuple(base["target"].unique()))
    rows = []
    for variant, kind, kept, spoken in trials if len(base) else ():
        cells = series.by_country(kept, spoken, shown).set_index(["country", "target"])
        for row in base.itertuples():
            cell = cells.loc[(row.country, row.target)]
            change = ("too few left" if not cell["enough"] else "holds" if cell["side"] == row.side
                      else "flips" if cell["side"] in ("support", "oppose") else "levels out")
            rows.append((variant, kind, row.country, row.target, cell["side"], cell["net"], int(cell["n_utterances"]),
                         row.side, row.net, row.n_utterances, change))
    return pd.DataFrame(rows, columns=list(VARIANTS))


def summary(trials: pd.DataFrame) -> pd.DataFrame:
    """One row for each finding: columns SUMMARY.

    `fragile`: the side flips or evens out somewhere. `robust`: it holds in every variation. Neither: it only runs out
    of utterances. `sentence` says which variations change it, in words that can follow the finding.
    """
    rows = []
    for (country, target), part in trials.groupby(["country", "target"], sort=False):
        first = part.iloc[0]
        changed = part[part["change"].isin(["flips", "levels out"])]
        few = part[part["change"] == "too few left"]
        said = [f"{SAID[row.change]} {_when(row)}" for row in pd.concat([changed, few]).itertuples()]
        rows.append((country, target, first["base_side"], first["base_net"], int(first["base_n"]), not said,
                     len(changed) > 0, "; ".join(said) if said else f"holds in all {len(part)} variations tried"))
    return pd.DataFrame(rows, columns=list(SUMMARY))


def _when(row) -> str:
    return "when every report is counted" if row.kind == "repeats" else row.variant
