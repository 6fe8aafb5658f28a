"""Per-article work in processes of this machine, and the one place where an article's exception becomes its answer."""

from __future__ import annotations

import concurrent.futures
import contextlib
import itertools
import multiprocessing
import pickle
import traceback
from collections.abc import Callable, Iterable, Iterator

AHEAD = 2  # parts that wait for each worker

Part = list[tuple[int, object]]                 # (place, item)
Answers = list[tuple[int, object, str]]         # (place, value, traceback or "")
DIED = "the worker process died while it worked on this article (out of memory, or a crash)"


_standing: dict[int, concurrent.futures.ProcessPoolExecutor] | None = None  # by size; None: each step starts its own


@contextlib.contextmanager
def standing() -> Iterator[None]:
    """While it lasts, workers that one step started serve the next: to start them takes seconds each time."""
    global _standing
    before, _standing = _standing, {} if _standing is None else _standing
    done = False
    try:
        yield
        done = True
    finally:
        mine, _standing = _standing, before
        for pool in mine.values() if before is None else ():
            pool.shutdown(wait=done, cancel_futures=True)


def work(function: Callable[[object], object], part: Part) -> Answers:
    """The answers for one part; an exception in one item is that item's answer."""
    answers: Answers = []
    for place, item in part:
        try:
            answers.append((place, function(item), ""))
        except Exception:  # whatever one article does to the function must not stop the others
            answers.append((place, None, traceback.format_exc()))
    return answers


def answers(function: Callable[[object], object], parts: Iterator[Part],
            workers: int) -> Iterator[tuple[int, object, str]]:
    """Answers from a pool of processes; parts under way when a worker dies are looked into one by one."""
    ahead = list(itertools.islice(parts, workers))
    parts = itertools.chain(ahead, parts)
    more = bool(ahead)
    while more:
        under_way: dict[concurrent.futures.Future[Answers], Part] = {}
        suspects: list[Part] = []
        pool = _taken(min(workers, len(ahead)))
        try:
            while (more or under_way) and not suspects:
                while more and len(under_way) < AHEAD * workers:
                    part = next(parts, None)
                    if part is None:
                        more = False
                    else:
                        under_way[pool.submit(work, function, part)] = part
                done, _ = concurrent.futures.wait(under_way, return_when=concurrent.futures.FIRST_COMPLETED)
                for future in done:
                    part = under_way.pop(future)
                    found = _result(future, part)
                    if found is None:
                        suspects.append(part)
                    else:
                        yield from found
                if suspects:
                    suspects += under_way.values()
        finally:
            _let_go(pool, under_way, bool(suspects))
        for part in suspects:
            yield from _alone(function, part)


def _pool(workers: int) -> concurrent.futures.ProcessPoolExecutor:
    """Workers that start clean: a fork would inherit a notebook kernel's threads and locks."""
    return concurrent.futures.ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _taken(workers: int) -> concurrent.futures.ProcessPoolExecutor:
    """A pool of at most so many: that which stands, if one does."""
    if _standing is None:
        return _pool(workers)
    if workers not in _standing:
        _standing[workers] = _pool(workers)
    return _standing[workers]


def _let_go(pool: concurrent.futures.ProcessPoolExecutor, under_way: Iterable[concurrent.futures.Future],
            broken: bool) -> None:
    """The step is done with the pool; one that is broken serves nobody."""
    stands = _standing is not None and pool in _standing.values()
    if stands and not broken:
        for future in under_way:
            future.cancel()
        return
    if stands:
        del _standing[next(size for size, other in _standing.items() if other is pool)]
    pool.shutdown(wait=False, cancel_futures=True)


def _result(future: concurrent.futures.Future[Answers], part: Part) -> Answers | None:
    """The future's answers; None if its worker died. What cannot travel is each item's failure."""
    try:
        return future.result()
    except concurrent.futures.process.BrokenProcessPool:
        return None
    except (pickle.PicklingError, AttributeError, TypeError):
        return [(place, None, traceback.format_exc()) for place, _ in part]


def _alone(function: Callable[[object], object], part: Part) -> Iterator[tuple[int, object, str]]:
    """Answers for a part that may hold an article that kills its worker: in its own process, halved until found."""
    with _pool(1) as pool:
        found = _result(pool.submit(work, function, part), part)
    if found is not None:
        yield from found
    elif len(part) == 1:
        yield part[0][0], None, DIED
    else:
        yield from _alone(function, part[:len(part) // 2])
        yield from _alone(function, part[len(part) // 2:])
