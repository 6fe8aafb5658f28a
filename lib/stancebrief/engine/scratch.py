"""A database for the length of one piece of work: on disk beyond a few megabytes, and gone however the work ends."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator

from stancebrief.engine import store

CACHE = 8_000  # kilobytes of it that may be in memory


@contextlib.contextmanager
def database() -> Iterator[sqlite3.Connection]:
    """An empty database of this process alone. Raises store.StoreError if the disk of temporary files is full."""
    base = sqlite3.connect("", isolation_level=None)  # a file that the system forgets when we let it go
    try:
        keep_small(base)
        base.execute("PRAGMA journal_mode=OFF")
        base.execute("PRAGMA synchronous=OFF")
        base.execute("BEGIN")  # and no end: a transaction for each row would cost more than the row
        yield base
    except sqlite3.Error as error:
        raise store.StoreError(f"{tempfile.gettempdir()}: no room for temporary files ({error}): free some space "
                               "there, or name another folder in the environment variable TMPDIR") from error
    finally:
        base.close()


def keep_small(base: sqlite3.Connection) -> None:
    """Let no more than CACHE of the database be in memory, and put its temporary tables with other such files."""
    os.environ.setdefault("SQLITE_TMPDIR", tempfile.gettempdir())
    base.execute(f"PRAGMA cache_size=-{CACHE}")
    base.execute("PRAGMA temp_store=FILE")
