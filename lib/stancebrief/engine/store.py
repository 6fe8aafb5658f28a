"""Results on disk under the hash of all that they depend on, so that a run does only what is new."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import pathlib
import sqlite3
import types
import zlib
from collections.abc import Callable, Iterable, Sequence

AT_ONCE = 500  # keys asked for in one question to the database
NONE = bytes(32)  # in place of a digest


class StoreError(RuntimeError):
    """The store cannot be written; says where and what to do. What was stored before is unharmed."""


def version(*parts: object) -> str:
    """One hash for all that results depend on besides the article: modules and
    packages (their code), files, folders, plain values.

    A part that changes makes results be made anew; a path that does not exist counts as such.
    """
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, types.ModuleType | pathlib.Path):
            for file in files(part):
                digest.update(file.name.encode() + b"\0" + (file.read_bytes() if file.exists() else b"-") + b"\0")
        else:
            digest.update(json.dumps(part, sort_keys=True, default=str).encode() + b"\0")
    return digest.hexdigest()


def files(part: object) -> list[pathlib.Path]:
    """The files that a part of a version is: those of a module, package or folder, or the file itself."""
    if isinstance(part, types.ModuleType):
        file = pathlib.Path(str(part.__file__))
        part = file.parent if file.name == "__init__.py" else file
    if not isinstance(part, pathlib.Path):
        return []
    return [path for path in sorted(part.rglob("*")) if path.suffix != ".pyc" and not path.is_dir()
            ] if part.is_dir() else [part]


def key(*parts: str) -> str:
    """The key of one result: a hash over its parts, none of which can run into the next."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(str(len(data)).encode() + b":" + data)
    return digest.hexdigest()


class Keys(Sequence):
    """Many keys, empty ones among them, in a quarter of the memory that a list of them takes."""

    def __init__(self) -> None:
        self._digests = bytearray()

    def append(self, name: str) -> None:
        """The next key, as `key` gives it, or empty."""
        self._digests += bytes.fromhex(name) or NONE

    def __len__(self) -> int:
        return len(self._digests) // len(NONE)

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < len(self):
            raise IndexError(place)
        digest = self._digests[len(NONE) * place:len(NONE) * (place + 1)]
        return "" if digest == NONE else digest.hex()


class Store:
    """A file of results by key. One SQLite file: whole after a crash, and safe for two runs at once.

    A file that is no such store is put aside under the name `….broken` and begun anew. A value is anything that JSON
    holds. `still` is asked before anything is kept: once it says no, nothing is kept any more.
    """

    def __init__(self, path: pathlib.Path, still: Callable[[], bool] = lambda: True) -> None:
        self.path, self.still = pathlib.Path(path), still
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except sqlite3.OperationalError as error:  # locked, full, not to be written: nothing wrong with what it holds
            raise StoreError(f"{self.path}: results cannot be kept there ({error}): free some space, make the "
                             "folder writable, or wait for the other run") from error
        except sqlite3.DatabaseError:
            self.path.replace(self.path.with_name(self.path.name + ".broken"))
            for beside in ("-wal", "-shm"):
                self.path.with_name(self.path.name + beside).unlink(missing_ok=True)
            self._open()

    def _open(self) -> None:
        self.base = sqlite3.connect(self.path, timeout=60)
        self.base.execute("PRAGMA journal_mode=WAL")
        self.base.execute("PRAGMA synchronous=NORMAL")
        self.base.execute("CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
        self.base.execute("CREATE TABLE IF NOT EXISTS parts (key TEXT, turn INTEGER, step TEXT, hash TEXT, value BLOB, "
                          "PRIMARY KEY (key, turn))")
        self.base.commit()

    def has(self, keys: Iterable[str]) -> list[bool]:
        """For each key whether a value is there."""
        keys, there = iter(keys), []
        while some := list(itertools.islice(keys, AT_ONCE)):
            found = set()
            with contextlib.suppress(sqlite3.DatabaseError):
                found.update(key for key, in self.base.execute(
                    f"SELECT key FROM results WHERE key IN ({','.join('?' * len(some))})", some))
            there += [key in found for key in some]
        return there

    def get(self, keys: Iterable[str]) -> dict[str, object]:
        """The values that are there, by key. A value that cannot be read counts as not there."""
        keys, found = list(keys), {}
        for at in range(0, len(keys), AT_ONCE):
            some = keys[at:at + AT_ONCE]
            marks = ",".join("?" * len(some))
            try:
                rows = self.base.execute(f"SELECT key, value FROM results WHERE key IN ({marks})", some).fetchall()
            except sqlite3.DatabaseError:
                continue
            for name, value in rows:
                try:
                    found[name] = json.loads(zlib.decompress(value))
                except (zlib.error, ValueError):
                    continue
        return found

    def put(self, values: dict[str, object]) -> None:
        """Keep the values, all or none. Raises StoreError if the disk is full or may not be written."""
        if not self.still():
            return
        rows = [(name, zlib.compress(json.dumps(value).encode(), 1)) for name, value in values.items()]
        self._change("INSERT OR REPLACE INTO results VALUES (?, ?)", rows)

    def part(self, key: str) -> list[bytes] | None:
        """The files of a part (see `renewal`); None if they are not there, or not as they were kept."""
        try:
            rows = self.base.execute("SELECT hash, value FROM parts WHERE key = ? ORDER BY turn", (key,)).fetchall()
        except sqlite3.DatabaseError:
            return None
        sound = all(hashlib.sha256(value).hexdigest() == known for known, value in rows)
        return [value for _, value in rows] if rows and sound else None

    def put_part(self, step: str, key: str, files: Sequence[bytes]) -> None:
        """Keep the files of a part, all or none. Raises StoreError if the disk is full or may not be written."""
        rows = [(key, turn, step, hashlib.sha256(value).hexdigest(), value) for turn, value in enumerate(files)]
        if self.still():
            self._change("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)", rows)

    def forget_parts(self, step: str, keys: Sequence[str]) -> None:
        """Let go of a step's parts but for those of these keys."""
        self._change("DELETE FROM parts WHERE step = ? AND key NOT IN (SELECT value FROM json_each(?))",
                     [(step, json.dumps(list(keys)))])

    def _change(self, statement: str, rows: Sequence[tuple]) -> None:
        try:
            with self.base:
                self.base.executemany(statement, rows)
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: results cannot be kept ({error}): free some space or remove the file; "
                             "what was kept before is unharmed") from error

    def close(self) -> None:
        """Let the file go."""
        self.base.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
