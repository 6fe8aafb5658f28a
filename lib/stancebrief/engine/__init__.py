"""Where per-article work runs: here, on all cores, or on a Dask cluster; the same results in the same order from each.

Work travels in small parts, and at most a few parts wait for each worker. What fails is the article, never the run: an
exception comes back as a traceback, and an article that kills its worker is found by running the parts that were under
way again, one by one and in halves. Results are kept as they come (`store`), so a run that was stopped goes on.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import multiprocessing
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd
import tqdm

from stancebrief import tables
from stancebrief.engine import store as store_room

ENGINES = ("here", "cores", "dask")
PART = 8          # articles that travel together: seconds of work, so that sending costs little
AHEAD = 2         # parts that wait for each worker
KEEP_EVERY = 64   # results after which what came is kept on disk

Part = list[tuple[int, object]]                 # (place, item)
Answers = list[tuple[int, object, str]]         # (place, value, traceback or "")


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


def map(function: Callable[[object], object], items: Iterable[object], engine: str = "here", scheduler: str = "", *,
        store: store_room.Store | None = None, keys: Sequence[str] | None = None, label: str = "",
        workers: int = 0) -> list[Outcome]:
    """The function's outcome for each item, in the order of the items.

    `function` must be importable (a module's function, or functools.partial of one). With `store` and `keys` (one key
    for each item) only items whose key is not stored are worked on, and each new value, which must be plain JSON, is
    kept. `label` names the progress bar, which is drawn only on a terminal. Ctrl-C stops the run; what was done by then
    is kept. Raises EngineError if the engine does not exist.
    """
    if engine not in ENGINES:
        raise EngineError(f"there is no engine {engine!r}: choose {', '.join(ENGINES)}")
    items = list(items)
    outcomes: list[Outcome | None] = [None] * len(items)
    if store is not None and keys is not None:
        known = store.get(keys)
        outcomes = [Outcome(known[key]) if key in known else None for key in keys]
    todo = [(place, items[place]) for place, outcome in enumerate(outcomes) if outcome is None]
    fresh: dict[str, object] = {}
    bar = tqdm.tqdm(total=len(items), initial=len(items) - len(todo), desc=label or None, unit="article",
                    disable=None if label else True, file=sys.stderr)
    try:
        with contextlib.closing(_answers(function, todo, engine, scheduler, workers or cores())) as answers:
            for place, value, failure in answers:
                outcomes[place] = Outcome(value, failure)
                if store is not None and keys is not None and not failure:
                    fresh[keys[place]] = value
                    if len(fresh) >= KEEP_EVERY:
                        store.put(fresh)
                        fresh = {}
                bar.update()
    finally:
        bar.close()
        if store is not None and fresh:
            store.put(fresh)
    return [outcome if outcome is not None else Outcome(failure="not worked on") for outcome in outcomes]


def per_article(function: Callable[..., pd.DataFrame | tuple[pd.DataFrame, ...]], articles: pd.DataFrame,
                *beside: pd.DataFrame, made: Sequence[str] = ("statements", "problems"), step: str = "statements",
                engine: str = "here", scheduler: str = "", store: store_room.Store | None = None,
                version: str = "") -> tuple[pd.DataFrame, ...]:
    """What the function makes of each article, put together: one checked frame for each name in `made`.

    `function(article, *rows_beside)` gets a frame with one article, and of each frame in `beside` the rows of that
    article; it gives frames for the tables in `made`. Results are kept under the article's text and furniture, its rows
    beside, the function and `version` (see `store.version`). An article that defeats the function becomes a row of
    `problems`, which `made` must name last.
    """
    names = articles.article.tolist()
    shapes = tuple((tuple(frame.columns), tuple(frame.dtypes)) for frame in (articles, *beside))
    near = [_by_article(frame) for frame in beside]
    items = [(function, made, shapes, ([row], *(rows.get(name, []) for rows in near)))
             for name, row in zip(names, articles.itertuples(index=False, name=None), strict=True)]
    keys = None
    if store is not None:
        who = f"{getattr(function, 'func', function).__module__}.{getattr(function, 'func', function).__qualname__}"
        keys = [store_room.key(version, who, *made, repr(rows)) for *_, rows in items]
    outcomes = map(_frames, items, engine, scheduler, store=store, keys=keys, label=step)
    columns: list[dict[str, list[object]]] = [{name: [] for name in tables.TABLES[table].names} for table in made]
    for name, outcome in zip(names, outcomes, strict=True):
        if outcome.failure:
            last = outcome.failure.strip().splitlines()[-1]
            row = {"article": name, "step": step, "problem": "could not be worked on",
                   "reason": f"{last}\n{outcome.failure.strip()}"[:4000],
                   "remedy": "look at the text for something unusual; the other articles are not affected"}
            for column, value in row.items():
                columns[-1][column].append(value)
            continue
        for held, more in zip(columns, outcome.value, strict=True):
            for column, values in more.items():
                held[column].extend(values)
    return tuple(tables.check(pd.DataFrame(held), table) for held, table in zip(columns, made, strict=True))


def _by_article(frame: pd.DataFrame) -> dict[str, list[tuple]]:
    """The rows of each article as plain tuples, which are hashed and sent more cheaply than frames."""
    rows: dict[str, list[tuple]] = {}
    for name, row in zip(frame.article.tolist(), frame.itertuples(index=False, name=None), strict=True):
        rows.setdefault(name, []).append(row)
    return rows


def _frames(item: tuple) -> list[dict[str, list[object]]]:
    """One article's frames as plain columns."""
    function, made, shapes, given = item
    frames = function(*(pd.DataFrame(rows, columns=list(names)).astype(dict(zip(names, kinds, strict=True)))
                        for rows, (names, kinds) in zip(given, shapes, strict=True)))
    frames = [frames] if isinstance(frames, pd.DataFrame) else list(frames)
    frames += [tables.empty("problems")] * (len(made) - len(frames))
    return [{str(column): frame[column].tolist() for column in frame.columns} for frame in frames]


def _work(function: Callable[[object], object], part: Part) -> Answers:
    """The answers for one part; an exception in one item is that item's answer."""
    answers: Answers = []
    for place, item in part:
        try:
            answers.append((place, function(item), ""))
        except Exception:  # whatever one article does to the function must not stop the others
            answers.append((place, None, traceback.format_exc()))
    return answers


def _answers(function: Callable[[object], object], todo: Part, engine: str, scheduler: str,
             workers: int) -> Iterator[tuple[int, object, str]]:
    """The answers as they come. Closing the iterator stops what is under way."""
    if engine == "here" or not todo:
        for place_and_item in todo:
            yield from _work(function, [place_and_item])
        return
    size = max(1, min(PART, -(-len(todo) // (2 * workers))))
    parts = [todo[at:at + size] for at in range(0, len(todo), size)]
    if engine == "cores":
        yield from _pooled(function, parts, workers)
        return
    from stancebrief.engine import clusters
    yield from clusters.answers(_work, function, parts, scheduler, workers, AHEAD)


def _pool(workers: int) -> concurrent.futures.ProcessPoolExecutor:
    """Workers that start clean: a fork would inherit a notebook kernel's threads and locks."""
    return concurrent.futures.ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _pooled(function: Callable[[object], object], parts: list[Part], workers: int) -> Iterator[tuple[int, object, str]]:
    """Answers from a pool of processes; parts under way when a worker dies are looked into one by one."""
    waiting = parts[::-1]
    while waiting:
        under_way: dict[concurrent.futures.Future[Answers], Part] = {}
        suspects: list[Part] = []
        pool = _pool(min(workers, len(waiting)))
        try:
            while (waiting or under_way) and not suspects:
                while waiting and len(under_way) < AHEAD * workers:
                    part = waiting.pop()
                    under_way[pool.submit(_work, function, part)] = part
                done, _ = concurrent.futures.wait(under_way, return_when=concurrent.futures.FIRST_COMPLETED)
                for future in done:
                    part = under_way.pop(future)
                    answers = _result(future, part)
                    if answers is None:
                        suspects.append(part)
                    else:
                        yield from answers
                if suspects:
                    suspects += under_way.values()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        for part in suspects:
            yield from _alone(function, part)


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
        answers = _result(pool.submit(_work, function, part), part)
    if answers is not None:
        yield from answers
    elif len(part) == 1:
        yield part[0][0], None, "the worker process died while it worked on this article (out of memory, or a crash)"
    else:
        yield from _alone(function, part[:len(part) // 2])
        yield from _alone(function, part[len(part) // 2:])
