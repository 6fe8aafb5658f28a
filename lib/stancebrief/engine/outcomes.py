"""What became of each item: worked on wherever the engine says or found among what was kept, one after the other."""

from __future__ import annotations

import array
import contextlib
import dataclasses
import itertools
import os
import time
from collections.abc import Callable, Iterator, Sequence

from stancebrief import study
from stancebrief.engine import errands, pools, progress
from stancebrief.engine import store as store_room
from stancebrief.engine import workers as worker_room

PART = 8            # articles that travel together at most: enough work that sending costs little
PARTS = 16          # parts at least for each worker, so that none waits long for the last of another
FAR = 2_000         # outcomes in memory that wait for an earlier one, after which no work more is begun
KEEP_EVERY = 64     # results after which what came is kept on disk, or
KEEP_SECONDS = 5.0  # after so long, so that a run that is killed loses little
WORTH = 200         # articles from which processes of their own are worth their start
DEFEATED = "could not be worked on"  # the problem of an article that defeated a step
PASSING = (DEFEATED, "file not readable")  # problems that may be over in the next run, so nothing with them is kept


class EngineError(ValueError):
    """There is no such engine, or its scheduler cannot be reached; says which there are."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of one item: its value, or the traceback of what it did to the function."""

    value: object = None
    failure: str = ""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def chosen(engine: str, count: int, worth: int = WORTH) -> str:
    """The engine to use; where none is named: this process for few articles, else all cores. Raises EngineError."""
    if not engine:
        return "processes" if count >= worth and cores() > 1 else "serial"
    if engine not in study.ENGINES:
        raise EngineError(f"there is no engine {engine!r}: choose {', '.join(study.ENGINES)}")
    return engine


def each(function: Callable[[object], object], items: Sequence[object], engine: str, scheduler: str = "", *,
         store: store_room.Store | None = None, keys: Sequence[str] | None = None, label: str = "", workers: int = 0,
         worth: int = WORTH, following: str | None = None,
         split: Callable[[int, object], tuple[object, dict[str, object] | None]] | None = None) -> Iterator[Outcome]:
    """As `engine.map`, one outcome after the other: neither all items nor all values are in memory at once.

    `split(place, value)` parts what the function gave into the value and what else is to be kept, by key; None there
    says that not even the value is. An item whose key is empty is not kept either. `worth`: how many items are worth
    processes of their own where no engine is named. `following`: the engine of the steps to come, for which workers are
    made ready meanwhile.
    """
    there = store.has(keys) if store is not None and keys is not None else [False] * len(items)
    todo = array.array("q", (place for place, known in enumerate(there) if not known))
    if todo and chosen(engine if following is None else following, len(todo)) == "processes":
        worker_room.prepare()
    engine = chosen(engine, len(todo), worth)
    ready: dict[int, Outcome] = {}
    at = 0

    def due() -> Iterator[Outcome]:
        """Those whose turn it is, from what came and what was kept."""
        nonlocal at
        while at < len(items) and (at in ready or there[at]):
            if at not in ready:
                _recall(function, items, store, keys, [p for p in range(at, min(at + 64, len(items))) if there[p]],
                        ready, split)
            yield ready.pop(at)
            at += 1

    with progress.shown(label, len(items), len(items) - len(todo)) as tick, _Keeper(store) as keeper:
        work = ((place, items[place]) for place in todo)
        with contextlib.closing(_answers(function, work, len(todo), engine, scheduler, workers or cores(),
                                         lambda: len(ready) > FAR)) as answers:
            for place, value, failure in answers:
                if failure:
                    ready[place] = Outcome(failure=failure)
                else:
                    value, more = split(place, value) if split else (value, {})
                    ready[place] = Outcome(value)
                    if keys is not None and keys[place] and more is not None:
                        keeper.add(more | {keys[place]: value})
                tick()
                yield from due()
        yield from due()


def _recall(function: Callable[[object], object], items: Sequence[object], store: store_room.Store,
            keys: Sequence[str], places: list[int], ready: dict[int, Outcome],
            split: Callable[[int, object], tuple[object, dict[str, object]]] | None) -> None:
    """Put what was kept for these places among what is ready; what cannot be read any more is worked on here."""
    known = store.get([keys[place] for place in places])
    for place in places:
        if keys[place] in known:
            ready[place] = Outcome(known[keys[place]])
        elif place not in ready:
            [(_, value, failure)] = errands.work(function, [(place, items[place])])
            ready[place] = Outcome(split(place, value)[0] if split and not failure else value, failure)


class _Keeper:
    """Keeps results on disk as they come, many at a time; the last ones however the work ends."""

    def __init__(self, store: store_room.Store | None) -> None:
        self.store, self.fresh, self.last = store, {}, time.monotonic()

    def __enter__(self) -> _Keeper:
        return self

    def add(self, values: dict[str, object]) -> None:
        if self.store is None:
            return
        self.fresh |= values
        if len(self.fresh) >= KEEP_EVERY or time.monotonic() - self.last >= KEEP_SECONDS:
            self.__exit__()

    def __exit__(self, *reason: object) -> None:
        fresh, self.fresh, self.last = self.fresh, {}, time.monotonic()
        if fresh:
            self.store.put(fresh)


def _answers(function: Callable[[object], object], work: Iterator[tuple[int, object]], count: int, engine: str,
             scheduler: str, workers: int, far: Callable[[], bool]) -> Iterator[tuple[int, object, str]]:
    """The answers as they come; while `far` says so, no work is begun but what the next answer needs.

    Closing the iterator stops what is under way.
    """
    if engine == "serial" or not count:
        for place_and_item in work:
            yield from errands.work(function, [place_and_item])
        return
    size = max(1, min(PART, count // (PARTS * workers)))
    parts = iter(lambda: list(itertools.islice(work, size)), [])
    if engine == "processes":
        yield from pools.answers(function, parts, workers, far)
        return
    from stancebrief.engine import clusters
    yield from clusters.answers(function, parts, scheduler, workers, pools.AHEAD, far)
