"""What the rules made of hand-coded articles when they met them first, row by row, without any of the articles' text.

Kept by tools/confidence.py in data/reference/unseen_statements.csv and unseen_positions.csv. The confidence of a row
was predicted from the other articles only, so that what it promises can be held against what came true.
"""

from __future__ import annotations

import pathlib

import numpy as np
import pandas as pd

from stancebrief import intervals, study, tables
from stancebrief.statements import confidence

FOLDER = study.DATA / "reference"
STATEMENTS = ("set", "article", "rule", "speaker", "country", "right", "confidence")
POSITIONS = ("set", "article", "target", "reference_stance", "stance", "verdict", "rule", "speaker", "country",
             "targets", "learned", "confidence")
NUMBERS = {"right": int, "confidence": float}


def statements(folder: pathlib.Path | None = None) -> pd.DataFrame:
    """Statements that the rules made of articles new to them: columns STATEMENTS."""
    return _read((folder or FOLDER) / "unseen_statements.csv", STATEMENTS)


def positions(folder: pathlib.Path | None = None) -> pd.DataFrame:
    """Positions that the rules gave on articles new to them: columns POSITIONS, those of agreement.judge among them."""
    return _read((folder or FOLDER) / "unseen_positions.csv", POSITIONS)


def _read(path: pathlib.Path, columns: tuple[str, ...]) -> pd.DataFrame:
    if not path.exists():
        frame = pd.DataFrame(columns=list(columns), dtype=str)
    else:
        frame = pd.read_csv(path, keep_default_na=False, dtype=str)
        if "learned" in columns and "learned" not in frame.columns:  # kept before there was a second reading
            frame["learned"] = confidence.band(None)
        frame = frame[list(columns)]
    return frame.astype({name: of for name, of in NUMBERS.items() if name in columns})


def write(rows: pd.DataFrame, folder: pathlib.Path = FOLDER) -> pathlib.Path:
    """Keep the rows, in the order of sets and articles; which of the two tables they are, their columns tell."""
    name, columns = (("unseen_positions.csv", POSITIONS) if "verdict" in rows.columns
                     else ("unseen_statements.csv", STATEMENTS))
    frame = rows[list(columns)].sort_values(["set", "article"], kind="stable")
    return tables.write_bytes(frame.to_csv(index=False, lineterminator="\n").encode("utf-8"), folder / name)


def share(rows: pd.DataFrame, *, times: int = 2000, seed: int = 0) -> dict[str, float]:
    """How often a position is right: `right`, `n`, `articles`, `share`, and `low` to `high` (0-1).

    The interval (95 %) comes from drawing whole articles again, since the labels of one article err together.
    """
    right = (rows["verdict"] == "right").astype(int)
    place = [rows["set"], rows["article"]]
    cases = np.stack([right.groupby(place).sum(), right.groupby(place).size()], axis=1)
    drawn = intervals.sums(cases.astype(float), times, seed)
    value = float(right.mean()) if len(rows) else float("nan")
    low, high = intervals.middle(drawn[:, 0] / np.maximum(drawn[:, 1], 1), value, 3)
    return {"right": int(right.sum()), "n": len(rows), "articles": len(cases), "share": value, "low": low, "high": high}


def sets(rows: pd.DataFrame, *, times: int = 2000, seed: int = 0) -> pd.DataFrame:
    """How often a position is right in each set, and in all: columns set, articles, n, right, share, low, high."""
    parts = [*rows.groupby("set"), *([("all", rows)] if rows["set"].nunique() > 1 else [])]
    made = [{"set": name} | share(part, times=times, seed=seed) for name, part in parts]
    return pd.DataFrame(made, columns=["set", "articles", "n", "right", "share", "low", "high"])


def sentence(rows: pd.DataFrame, *, times: int = 2000, seed: int = 0) -> str:
    """How often a label is right on articles new to the rules, in one plain sentence; empty where none were read."""
    if rows.empty:
        return ""
    found = share(rows, times=times, seed=seed)
    low, high = (round(10 * found[end]) for end in ("low", "high"))
    tail = f" (95 % interval {low} to {high} times in 10)" if low != high else ""
    return (f"On {found['articles']} hand-coded articles that were new to the rules, a label is right about "
            f"{round(10 * found['share'])} times in 10{tail}: {found['right']} of {found['n']}.")
