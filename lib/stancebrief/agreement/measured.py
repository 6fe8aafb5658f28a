"""Figures measured on articles that cannot be passed on, kept as data: written by `benchmarks/measure.py`."""

from __future__ import annotations

import dataclasses
import functools
import pathlib
from collections.abc import Sequence

import pandas as pd
import yaml

from stancebrief import study, tables

PATH = study.ROOT / "data" / "reference" / "measured.csv"
PEERS = PATH.with_name("peers.csv")  # what other tools make of the same articles: benchmarks/peers.py
SETS = PATH.with_name("coded_sets.yaml")  # which articles: hand-coded, invented, passed on with the tests
SHIPPED = "the two articles that ship"
COLUMNS = (*tables.TABLES["agreement"].names, "command")


@dataclasses.dataclass(frozen=True)
class Set:
    """Hand-coded articles measured together.

    `parts`: (folder under tests/blind with articles/ and gold.csv, its codebook) pairs. `unseen`: nobody who made the
    rules, or what is learned, had read them. `short`: its name in the README, empty where that does not show it.
    """

    name: str
    parts: tuple[tuple[pathlib.Path, pathlib.Path], ...]
    note: str
    unseen: bool = False
    short: str = ""


@functools.cache
def sets() -> tuple[Set, ...]:
    """The invented sets in the order of their file."""
    with SETS.open(encoding="utf-8") as handle:
        rows = yaml.safe_load(handle)["sets"]
    blind = study.ROOT / "tests" / "blind"
    return tuple(Set(**row | {"parts": tuple((blind / part, study.ROOT / book) for part, book in row["parts"].items())})
                 for row in rows)


def unseen() -> tuple[str, ...]:
    """The names of the sets that say what to expect."""
    return tuple(one.name for one in sets() if one.unseen)


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


def total(figures: pd.DataFrame, measure: str, among: Sequence[str] | None = None) -> tuple[int, int]:
    """(right, n) of a share over several sets, by default the unseen ones, each case once; (0, 0) if not measured."""
    where = figures["set"].isin(unseen() if among is None else among)
    where &= (figures["measure"] == measure) & (figures["group"] == "all") & (figures["coder"] == "rules")
    rows = figures[where]
    return int((rows["value"] * rows["n"] / 100).round().sum()), int(rows["n"].sum())
