"""Parts of a table made anew only where what they are made of has changed; the others taken as they were, whole.

A run that has one article more should not spend time on each of those that were there: to put a part's rows together
from the results of its articles takes a millisecond for each, to copy the part as it was written next to nothing.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from stancebrief import datasets
from stancebrief.engine import outcomes, store

WRITTEN_BY = tuple(importlib.metadata.version(name) for name in ("pandas", "pyarrow"))  # decide a Parquet file's bytes
Frames = tuple[pd.DataFrame, ...]


class Some(Sequence):
    """Those parts of a table that have these numbers."""

    def __init__(self, parts: Sequence[pd.DataFrame], numbers: Sequence[int]) -> None:
        self.parts, self.numbers = parts, numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, place: int) -> pd.DataFrame:
        return self.parts[self.numbers[place]]


def each(step: str, work: Callable[..., Iterator[Frames]], inputs: Sequence[datasets.Dataset],
         made: Sequence[datasets.Dataset], kept: store.Store | None, version: str) -> None:
    """Fill the datasets `made`, each part of which is made of the inputs' parts of the same number alone.

    `work(*inputs)` is given those parts of the inputs whose outcome is not kept, and gives frames for each.
    """
    keys = [store.key(step, version, *WRITTEN_BY, *(_hash(table, number) for table in inputs))
            for number in range(len(inputs[0]))]
    there = [kept is not None and kept.part(key) is not None for key in keys]
    missing = [number for number, known in enumerate(there) if not known]
    fresh = work(*(Some(table, missing) for table in inputs)) if missing else iter(())
    fill(step, keys, there, fresh, made, kept)


def together(step: str, work: Callable[..., Iterator[Frames]], inputs: Sequence[datasets.Dataset],
             made: Sequence[datasets.Dataset], kept: store.Store | None, version: str) -> None:
    """As `each`, for a step in which every part may depend on all parts of all inputs."""
    numbers = range(len(inputs[0]))
    whole = store.key(step, version, *WRITTEN_BY, *(_hash(table, number) for table in inputs for number in numbers))
    keys = [store.key(whole, str(number)) for number in numbers]
    known = kept is not None and all(kept.part(key) is not None for key in keys)
    fill(step, keys, [known] * len(keys), iter(()) if known else work(*inputs), made, kept)


def fill(step: str, keys: Sequence[str], there: Sequence[bool], fresh: Iterator[Frames],
          made: Sequence[datasets.Dataset], kept: store.Store | None) -> None:
    """Write the parts in order, from what was kept and what is fresh; what is of no use any more is let go."""
    for key, known in zip(keys, there, strict=True):
        contents = kept.part(key) if known else None
        if known and contents is None:
            raise store.StoreError(f"{kept.path}: another run took away what this one was about to use; run it again")
        if contents is None:
            frames = next(fresh)
            contents = [table.content(frame) for table, frame in zip(made, frames, strict=True)]
            if kept is not None and not any(_passing(table, frame) for table, frame in zip(made, frames, strict=True)):
                kept.put_part(step, key, contents)
        for table, content in zip(made, contents, strict=True):
            table.put(content)
    next(fresh, None)  # so that it comes to its end, and what it holds is let go
    if kept is not None:
        kept.forget_parts(step, keys)


def _passing(table: datasets.Dataset, frame: pd.DataFrame) -> bool:
    """Whether the frame tells of a problem that may be over in the next run."""
    return table.table == "problems" and bool(frame["problem"].isin(outcomes.PASSING).any())


def _hash(table: datasets.Dataset, number: int) -> str:
    return hashlib.sha256(table.path(number).read_bytes()).hexdigest()
