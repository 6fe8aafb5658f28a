"""A folder that changes in one move: work goes on beside it, and it is exchanged for the new one when all is done."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import pathlib
import shutil
from collections.abc import Iterator

from stancebrief import tables

MADE = "runs/made.json"  # in the folder: the files that the run made, so that the next run knows what is not its own
FAILED = "runs/failed"
LASTING = "editions/"    # what a run adds to and no later run takes away


class Busy(RuntimeError):
    """Another run is at work on the same folder."""


@contextlib.contextmanager
def staged(target: pathlib.Path, keep: bool = False) -> Iterator[pathlib.Path]:
    """A folder to work in that takes the target's place if the block ends well; empty, or with `keep` a copy of it.

    If the block fails, the target stays as it was, but for the executed notebooks (`runs/` of the work), which are kept
    as `runs/failed/`. Files in the target that no run made stay where they are. Raises Busy while another run has it.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    work = target.parent / f".building-{target.name}"
    with _alone(target):
        _remove(work)
        work.mkdir()
        try:
            if keep:
                shutil.copytree(target, work, symlinks=True, dirs_exist_ok=True)
                _remove(work / FAILED)
            yield work
            _publish(work, target)
        except BaseException as error:
            if (work / "runs").is_dir() and not isinstance(error, KeyboardInterrupt):
                (target / "runs").mkdir(parents=True, exist_ok=True)
                _remove(target / FAILED)
                os.replace(work / "runs", target / FAILED)
            raise
        finally:
            _remove(work)


@contextlib.contextmanager
def _alone(target: pathlib.Path) -> Iterator[None]:
    """Hold the target for this process; the system lets go of it however the process ends."""
    path = target.parent / f".{target.name}.lock"
    with open(path, "a") as handle:
        try:
            import fcntl
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # not on Windows
            pass
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise
            raise Busy(f"another run is at work on {target.name}; wait for it to end, or stop it") from error
        yield


def _publish(work: pathlib.Path, target: pathlib.Path) -> None:
    """Put the work in the target's place, and with it what others put into the target."""
    others = _others(target)
    made = [name for name in _files(work) if name not in others and name != MADE and not name.startswith(LASTING)]
    tables.write_bytes((json.dumps([*made, MADE], indent=0) + "\n").encode(), work / MADE)
    for name in others:
        if not os.path.lexists(work / name):
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(target / name, work / name, follow_symlinks=False)
            except OSError:
                shutil.copy2(target / name, work / name, follow_symlinks=False)
    if target.exists():
        _exchange(work, target)
    else:
        os.rename(work, target)


def _files(folder: pathlib.Path) -> list[str]:
    """The files and links in the folder, by their place in it, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")
                  if path.is_symlink() or not path.is_dir())


def _others(target: pathlib.Path) -> set[str]:
    """The files in the target that its last run did not make."""
    try:
        made = set(json.loads((target / MADE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        made = set()
    return {name for name in _files(target) if name not in made and not name.startswith(f"{FAILED}/")}


def _exchange(work: pathlib.Path, target: pathlib.Path) -> None:
    """Swap the two folders: in one move where the system can (Linux), else in two that are undone if one fails."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
        if library.renameat2(here, os.fsencode(work), here, os.fsencode(target), exchange) == 0:
            return
    aside = target.parent / f".replaced-{target.name}"
    _remove(aside)
    os.rename(target, aside)
    try:
        os.rename(work, target)
    except BaseException:
        os.rename(aside, target)
        raise
    os.rename(aside, work)


def _remove(path: pathlib.Path) -> None:
    if os.path.lexists(path):
        shutil.rmtree(path)
