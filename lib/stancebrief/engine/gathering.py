"""Rows as they come, put into frames block by block: plain Python values take several times the memory of a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from stancebrief import tables

BLOCK = 5_000  # rows put into a frame at once

Columns = Sequence[Mapping[str, Sequence[object]]]  # of each table: {column: values}


class Gathered:
    """Rows of some tables, named when it is made."""

    def __init__(self, made: Sequence[str]) -> None:
        self.made = made
        self.done: list[list[pd.DataFrame]] = [[] for _ in made]
        self.rows: list[dict[str, list[object]]] = [self._blank(table) for table in made]

    @staticmethod
    def _blank(table: str) -> dict[str, list[object]]:
        return {name: [] for name in tables.TABLES[table].names}

    def add(self, found: Columns) -> None:
        """Rows more, for each table its columns; a table may have none."""
        for place, more in enumerate(found):
            for column, values in more.items():
                self.rows[place][column].extend(values)
            if len(next(iter(self.rows[place].values()))) >= BLOCK:
                self._close(place)

    def _close(self, place: int) -> None:
        self.done[place].append(tables.check(pd.DataFrame(self.rows[place]), self.made[place]))
        self.rows[place] = self._blank(self.made[place])

    def frames(self) -> tuple[pd.DataFrame, ...]:
        """One checked frame for each table, its rows in the order in which they came. Raises tables.TableError."""
        for place in range(len(self.made)):
            self._close(place)
        return tuple(done[0] if len(done) == 1 else tables.check(pd.concat(done, ignore_index=True), table)
                     for done, table in zip(self.done, self.made, strict=True))


def columns(rows: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    """Rows as columns."""
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
