"""What is said of each file before it is read; on the disk, as there may be more files than memory holds words on."""

from __future__ import annotations

import bisect
import json
import sqlite3
from collections.abc import Iterator, Sequence

from stancebrief.articles import metadata


class Known:
    """What is known of some files, and what is odd about that. `files` must be in order.

    What is odd and belongs to none of the files stands in `whole`.
    """

    def __init__(self, base: sqlite3.Connection, files: Sequence[str]) -> None:
        self.base, self.files = base, files
        self.whole: list[metadata.Problem] = []
        self.missed: tuple[str, str] | None = None  # reason and remedy where nothing is known of a file; None: not told
        base.execute("CREATE TABLE known (file TEXT PRIMARY KEY, said TEXT, translation TEXT) WITHOUT ROWID")
        base.execute("CREATE TABLE odd (turn INTEGER PRIMARY KEY, file TEXT, problem TEXT)")
        base.execute("CREATE INDEX odd_of ON odd (file)")

    def __contains__(self, name: str) -> bool:
        """Whether it is one of the files."""
        at = bisect.bisect_left(self.files, name)
        return at < len(self.files) and self.files[at] == name

    def add(self, name: str, values: dict[str, str]) -> bool:
        """Keep what is known of a file; False if something is already, which stays."""
        return bool(self.base.execute("INSERT OR IGNORE INTO known VALUES (?, ?, ?)", (
            name, json.dumps(values), values.get("translation", ""))).rowcount)

    def said(self, name: str) -> dict[str, str] | None:
        """What was kept of a file; None if nothing was."""
        found = self.base.execute("SELECT said FROM known WHERE file = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None

    def get(self, name: str) -> dict[str, str]:
        """What is known of a file, the place of its translation as `place` was told; empty if nothing is."""
        found = self.base.execute("SELECT said, translation FROM known WHERE file = ?", (name,)).fetchone()
        return json.loads(found[0]) | {"translation": found[1]} if found else {}

    def translated(self) -> list[tuple[str, str]]:
        """The files with a translation, and where it is said to be."""
        return self.base.execute("SELECT file, translation FROM known WHERE translation != ''").fetchall()

    def place(self, name: str, path: str) -> None:
        """Where a file's translation is; empty: nowhere."""
        self.base.execute("UPDATE known SET translation = ? WHERE file = ?", (path, name))

    def odd(self, problem: metadata.Problem) -> None:
        """Keep what is odd until its file's turn comes."""
        if problem["article"] in self:
            self.base.execute("INSERT INTO odd (file, problem) VALUES (?, ?)",
                              (problem["article"], json.dumps(problem)))
        else:
            self.whole.append(problem)

    def about(self, name: str) -> Iterator[metadata.Problem]:
        """What is odd about a file, in the order in which it was met."""
        for problem, in self.base.execute("SELECT problem FROM odd WHERE file = ? ORDER BY turn", (name,)):
            yield json.loads(problem)
        if self.missed and self.said(name) is None:
            yield metadata.problem(name, metadata.LACKING, *self.missed)

    def forget(self) -> None:
        """As if nothing had been said."""
        self.whole.clear()
        for table in ("known", "odd"):
            self.base.execute(f"DELETE FROM {table}")
