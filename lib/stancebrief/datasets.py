"""A table in parts, each a Parquet file of its own: what works through it holds one part in memory, whatever its size.

A dataset is a folder named as the table, `articles/00000.parquet` and so on, which pandas, DuckDB, Arrow and Spark read
as one table. The rows of one article are all in one part, and in the part of the same number in every table.
"""

from __future__ import annotations

import itertools
import pathlib
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from stancebrief import tables

PART = 500  # articles in a part


class Dataset(Sequence):
    """The parts of one table, in order; each is read from the disk when it is asked for."""

    def __init__(self, table: str, folder: pathlib.Path) -> None:
        self.table, self.folder = table, pathlib.Path(folder) / table

    def __len__(self) -> int:
        return sum(1 for _ in self.folder.glob("*.parquet"))

    def __getitem__(self, number: int) -> pd.DataFrame:
        """One part, as it was written."""
        path = self.folder / f"{number:05d}.parquet"
        if not path.exists():
            raise IndexError(f"{self.folder} has no part {number}")
        return pd.read_parquet(path)

    def add(self, frame: pd.DataFrame) -> None:
        """Check the frame and make it the last part. Raises tables.TableError."""
        content = tables.check(frame, self.table).to_parquet(index=False)
        tables.write_bytes(content, self.folder / f"{len(self):05d}.parquet")

    def frame(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """The whole table, or some columns of it: as large in memory as it is."""
        parts = [pd.read_parquet(path, columns=columns and list(columns))
                 for path in sorted(self.folder.glob("*.parquet"))]
        return pd.concat(parts, ignore_index=True) if parts else tables.empty(self.table)


def whole(parts: Iterable[pd.DataFrame], table: str) -> pd.DataFrame:
    """The parts of a table as one checked frame."""
    parts = list(parts)
    return parts[0] if len(parts) == 1 else tables.check(pd.concat(parts, ignore_index=True), table)


def columns(parts: Iterable[tuple[pd.DataFrame, ...]], made: Sequence[str]) -> tuple[pd.DataFrame, ...]:
    """Parts of several tables side by side as one checked frame for each table."""
    found = list(parts)
    return tuple(whole(side, table) if found else tables.empty(table)
                 for side, table in zip(zip(*found, strict=True) if found else itertools.repeat((), len(made)), made,
                                        strict=True))


def write(parts: Iterable[tuple[pd.DataFrame, ...]], made: Sequence[str], folder: pathlib.Path) -> list[Dataset]:
    """Write the parts of several tables side by side, as they come; gives the datasets."""
    found = [Dataset(table, folder) for table in made]
    for part in parts:
        for dataset, frame in zip(found, part, strict=True):
            dataset.add(frame)
    return found


def side_by_side(*datasets: Sequence[pd.DataFrame]) -> Iterator[tuple[pd.DataFrame, ...]]:
    """The parts of the same number of several tables, one number after the other."""
    for number in range(len(datasets[0])):
        yield tuple(dataset[number] for dataset in datasets)
