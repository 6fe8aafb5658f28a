"""Processes of this machine that work for us: made ready once, each a copy of what is ready, gone as soon as we are.

A worker needs seconds to import the libraries, load the model and compile patterns. On Linux one process does that once
and in the background, and workers are forked from it, so they begin at once and share its memory; elsewhere, where
forking after such imports is not safe, each worker starts clean. None is forked from us, as it would inherit a notebook
kernel's threads and locks.
"""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import multiprocessing.connection
import multiprocessing.context
import os
import sys
import threading

from stancebrief import study

READY = "stancebrief.ready"  # by name, as it stands above us in the order of imports: importing it makes ready
# One thread for linear algebra: each worker has one core, and no thread is lost in a fork.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
FORKS = sys.platform == "linux" and not sys.flags.ignore_environment
READ = ("reference", "language", "models")  # folders of data/ that what is ready may have been read from

_seen: list[tuple[str, int, int]] | None = None  # the code and lists as they were when the first was made ready


def prepare() -> None:
    """Begin to make ready what workers are copied from, if that is done here and has not begun."""
    _context()


def pool(count: int) -> concurrent.futures.ProcessPoolExecutor:
    """So many workers at most, each started when there is work for it."""
    return concurrent.futures.ProcessPoolExecutor(count, _context(), _begin, (dict(os.environ),))


def _context() -> multiprocessing.context.BaseContext:
    """How a worker starts. What is ready is of no use once code or lists have changed: then each starts clean."""
    global _seen
    if not FORKS:
        return multiprocessing.get_context("spawn")
    now = _as_it_is()
    _seen = _seen or now
    if now != _seen:
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver
    # Its own search path is all that it goes by, and it must find this checkout's code.
    path = [str(study.ROOT / "lib"), os.environ.get("PYTHONPATH", "")]
    given = ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(filter(None, path))}
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        forkserver.set_forkserver_preload([READY])
        forkserver.ensure_running()
    except OSError:  # such as a folder for temporary files whose name is too long for a socket in it
        return multiprocessing.get_context("spawn")
    finally:  # these alone: other threads of a notebook's kernel may read and change the rest meanwhile
        for name, was in before.items():
            if was is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = was
    return multiprocessing.get_context("forkserver")


def _as_it_is() -> list[tuple[str, int, int]]:
    """Name, size and time of change of every file of our code and lists."""
    files = [*(study.ROOT / "lib").rglob("*.py"), *(path for name in READ for path in (study.DATA / name).rglob("*"))]
    return sorted((str(path), found.st_size, found.st_mtime_ns) for path in files if (found := _stat(path)))


def _stat(path: os.PathLike) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:  # an editor is at work on it
        return None


def _begin(environment: dict[str, str]) -> None:
    """The first thing that a worker does."""
    os.environ.clear()
    os.environ.update(environment)
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process as soon as who started it has ended, however that came: nobody would ever give it work again."""
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
