"""Figures measured on articles that cannot be passed on, kept as data: written by `benchmarks/measure.py`."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

import pandas as pd

from stancebrief import study, tables

PATH = study.ROOT / "data" / "reference" / "measured.csv"
PEERS = PATH.with_name("peers.csv")  # what other tools make of the same articles: benchmarks/peers.py
SHIPPED = "the two articles that ship"
OPEN = "eight invented articles, difficult on purpose"
REALISTIC = "nine invented articles, as the news writes"
REALISTIC_CLOSED = "six invented articles, as the news writes, kept closed"  # the set on which the rules are judged
OTHER_TOPIC = "three invented articles on Gaza"
OTHER_TOPIC_CLOSED = "two invented articles on Gaza, kept closed"
CLOSED = "eight invented articles, difficult on purpose, kept closed"
ITEMS = "44 invented news items"
ITEMS_CLOSED = "44 invented news items, kept closed"
UNSEEN = (CLOSED, REALISTIC_CLOSED, OTHER_TOPIC_CLOSED, ITEMS_CLOSED)  # that nobody who made the rules had read
COLUMNS = (*tables.TABLES["agreement"].names, "command")


def read(path: pathlib.Path = PATH) -> pd.DataFrame:
    """The figures as rows of the `agreement` table; `set` names the articles. No rows before anything was measured."""
    if not pathlib.Path(path).exists():
        return tables.empty("agreement")
    frame = pd.read_csv(path, keep_default_na=False)
    return tables.check(frame.drop(columns="command"), "agreement")


def write(figures: pd.DataFrame, command: str, path: pathlib.Path = PATH) -> pathlib.Path:
    """Keep the figures, rows of the `agreement` table, with the command that measured them."""
    frame = tables.check(figures, "agreement").assign(command=command)[list(COLUMNS)]
    return tables.write_bytes(frame.to_csv(index=False, lineterminator="\n").encode("utf-8"), path)


def value(figures: pd.DataFrame, where: str, measure: str, group: str = "all", coder: str = "rules") -> float:
    """One figure. Raises KeyError if it was not measured."""
    found = figures[(figures["set"] == where) & (figures["measure"] == measure) & (figures["group"] == group)
                    & (figures["coder"] == coder)]
    if len(found) != 1:
        raise KeyError(f"{len(found)} figures for {coder}, {measure}, {group} on {where}")
    return float(found["value"].iloc[0])


def total(figures: pd.DataFrame, measure: str, sets: Sequence[str] = UNSEEN) -> tuple[int, int]:
    """(right, n) of a share over several sets together, each case counted once; (0, 0) where it was not measured."""
    rows = figures[figures["set"].isin(sets) & (figures["measure"] == measure) & (figures["group"] == "all")
                   & (figures["coder"] == "rules")]
    return int((rows["value"] * rows["n"] / 100).round().sum()), int(rows["n"].sum())
