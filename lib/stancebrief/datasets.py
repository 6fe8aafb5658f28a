"""A table in parts, each a Parquet file of its own: what works through it holds one part in memory, whatever its size.

A dataset is a folder named as the table, `articles/00000.parquet` and so on, which pandas, DuckDB, Arrow and Spark read
as one table. The rows of one article are all in one part, and in the part of the same number in every table.
"""

from __future__ import annotations

import itertools
import pathlib
import zlib
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from stancebrief import tables

PART = 500  # articles in a part at most
LEAST = 4   # a part may end after this part of them


class Dataset(Sequence):
    """The parts of one table, in order; each is read from the disk when it is asked for."""

    def __init__(self, table: str, folder: pathlib.Path) -> None:
        self.table, self.folder = table, pathlib.Path(folder) / table

    def __len__(self) -> int:
        return sum(1 for _ in self.folder.glob("*.parquet"))

    def __getitem__(self, number: int) -> pd.DataFrame:
        """One part, as it was written."""
        path = self.path(number)
        if not path.exists():
            raise IndexError(f"{self.folder} has no part {number}")
        return pd.read_parquet(path)

    def path(self, number: int) -> pathlib.Path:
        """Where the part of that number lies."""
        return self.folder / f"{number:05d}.parquet"

    def add(self, frame: pd.DataFrame) -> None:
        """Check the frame and make it the last part. Raises tables.TableError."""
        self.put(self.content(frame))

    def content(self, frame: pd.DataFrame) -> bytes:
        """The frame, checked, as the bytes of a part. Raises tables.TableError."""
        return tables.check(frame, self.table).to_parquet(index=False)

    def put(self, content: bytes) -> None:
        """Make what `content` gave the last part."""
        tables.write_bytes(content, self.path(len(self)))

    def frame(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """The whole table, or some columns of it: as large in memory as it is."""
        parts = [pd.read_parquet(path, columns=columns and list(columns))
                 for path in sorted(self.folder.glob("*.parquet"))]
        return pd.concat(parts, ignore_index=True) if parts else tables.empty(self.table)


def ends(rows: int, name: str, more: int = 1) -> bool:
    """Whether a part of so many rows ends after what is named so, which gave the last `more` of them.

    Where parts end is decided by names and not by counting alone, so that an article more, wherever in their order it
    comes, changes only the part that it is in and perhaps the next.
    """
    least = max(1, PART // LEAST)
    return rows >= PART or (rows >= least and zlib.crc32(name.encode("utf-8", "surrogatepass")) % least < more)


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
