"""Per-article work in processes of this machine."""

from __future__ import annotations

import concurrent.futures
import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator

from stancebrief.engine import errands, workers
from stancebrief.engine.errands import Answers, Part

AHEAD = 2  # parts that wait for each worker
DIED = "the worker process died while it worked on this article (out of memory, or a crash)"

UnderWay = dict[concurrent.futures.Future[Answers | None], Part]

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


def answers(function: Callable[[object], object], parts: Iterator[Part], count: int,
            far: Callable[[], bool]) -> Iterator[tuple[int, object, str]]:
    """Answers from so many processes; parts under way when a worker dies are looked into one by one.

    While `far` says so, nothing is begun as long as anything is under way.
    """
    ahead = list(itertools.islice(parts, count))
    parts = itertools.chain(ahead, parts)
    try:
        errand = errands.Errand(function, count)
    except errands.STAYS:
        for part in parts:
            yield from errands.stays(part)
        return
    more = bool(ahead)
    while more:
        under_way: UnderWay = {}
        suspects: list[Part] = []
        pool = _taken(min(count, len(ahead)))
        try:
            while (more or under_way) and not suspects:
                while more and len(under_way) < AHEAD * count and not suspects and not (under_way and far()):
                    part = next(parts, None)
                    if part is None:
                        more = False
                    elif not _sent(pool, errand, part, under_way):
                        suspects.append(part)
                done, _ = concurrent.futures.wait(under_way, return_when=concurrent.futures.FIRST_COMPLETED)
                for future in done:
                    part = under_way.pop(future)
                    try:
                        found = _result(future, part)
                    except concurrent.futures.process.BrokenProcessPool:
                        suspects.append(part)
                        continue
                    if found is not None:
                        yield from found
                    elif not _sent(pool, errand, part, under_way, again=True):
                        suspects.append(part)
                if suspects:
                    suspects += under_way.values()
        finally:
            _let_go(pool, under_way, bool(suspects))
        for part in suspects:
            yield from _alone(errand, part)


def _sent(pool: concurrent.futures.Executor, errand: errands.Errand, part: Part, under_way: UnderWay,
          again: bool = False) -> bool:
    """Whether the pool takes the part, which is then under way; one that has just lost a worker does not."""
    try:
        under_way[pool.submit(errands.run, *errand.of(part, again))] = part
    except concurrent.futures.process.BrokenProcessPool:
        return False
    return True


def _taken(count: int) -> concurrent.futures.ProcessPoolExecutor:
    """A pool of at most so many: that which stands, if one does."""
    if _standing is None:
        return workers.pool(count)
    if count not in _standing:
        _standing[count] = workers.pool(count)
    return _standing[count]


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


def _result(future: concurrent.futures.Future[Answers | None], part: Part) -> Answers | None:
    """The future's answers, None if its worker lacked the function. What cannot travel is each item's failure.

    Raises BrokenProcessPool if its worker died.
    """
    try:
        return future.result()
    except errands.STAYS:
        return errands.stays(part)


def _alone(errand: errands.Errand, part: Part) -> Iterator[tuple[int, object, str]]:
    """Answers for a part that may hold an article that kills its worker: in its own process, halved until found."""
    try:
        with workers.pool(1) as pool:
            found = _result(pool.submit(errands.run, *errand.of(part, again=True)), part)
    except concurrent.futures.process.BrokenProcessPool:
        if len(part) == 1:
            yield part[0][0], None, DIED
        else:
            yield from _alone(errand, part[:len(part) // 2])
            yield from _alone(errand, part[len(part) // 2:])
    else:
        yield from found
