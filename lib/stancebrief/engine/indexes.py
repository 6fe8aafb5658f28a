"""A database that one run leaves for the next, so that what is compared with all else need not be compared again.

It holds nothing that could not be made anew: one of another version, or one that is damaged, is made anew, and where
another run is at work with it, this one does without.
"""

from __future__ import annotations

import contextlib
import pathlib
import sqlite3
from collections.abc import Iterator

from stancebrief.engine import scratch, store

WAIT = 1.0  # seconds for another run that is about to be done with it


@contextlib.contextmanager
def lasting(kept: store.Store | None, name: str, version: str) -> Iterator[sqlite3.Connection]:
    """The database of that name beside the store, as the last run with the same version left it, or an empty one.

    What is written is there for the next run if all of it was done, and the store still keeps results (`still`);
    without a store the database is a scratch one. Raises store.StoreError if the disk is full, or if it is found to be
    damaged: it is then removed.
    """
    path = kept.path.with_name(f"{name}.sqlite") if kept is not None else None
    base = _opened(path, version) if path is not None else None
    if base is None:
        with scratch.database() as passing:
            yield passing
        return
    try:
        yield base
        base.execute("COMMIT" if kept.still() else "ROLLBACK")
    except sqlite3.OperationalError as error:
        raise store.StoreError(f"{path}: what was found out cannot be kept ({error}): free some space; what was kept "
                               "before is unharmed") from error
    except sqlite3.DatabaseError as error:
        base.close()
        _remove(path)
        raise store.StoreError(f"{path} was damaged ({error}) and has been removed: run it again") from error
    finally:
        base.close()  # what was not committed is as if it had never been


def _opened(path: pathlib.Path, version: str) -> sqlite3.Connection | None:
    """The database, this run's until it is closed; None where another run has it or nothing can be written there."""
    for _ in range(2):
        try:
            base = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        except sqlite3.OperationalError:
            return None
        try:
            scratch.keep_small(base)
            base.execute("PRAGMA synchronous=NORMAL")
            base.execute("BEGIN IMMEDIATE")
            base.execute("CREATE TABLE IF NOT EXISTS made_by (version)")
            made_by = base.execute("SELECT version FROM made_by").fetchall()
            if not made_by:
                base.execute("INSERT INTO made_by VALUES (?)", (version,))
            if not made_by or made_by == [(version,)]:
                return base
            base.close()
        except sqlite3.OperationalError:
            base.close()
            return None
        except sqlite3.DatabaseError:
            base.close()
        _remove(path)
    return None


def _remove(path: pathlib.Path) -> None:
    for end in ("", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
