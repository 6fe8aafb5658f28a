"""Where per-article work runs: here, on all cores, or on a Dask cluster; the same results in the same order from each.

Work travels in small parts, and at most a few parts wait for each worker. What fails is the article, never the run: an
exception comes back as a traceback, and an article that kills its worker is found by running the parts that were under
way again, one by one and in halves. Results are kept as they come (`store`), so a run that was stopped goes on.
"""

from __future__ import annotations

import bisect
import contextlib
import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd

from stancebrief import datasets, study, tables
from stancebrief.engine import gathering, outcomes
from stancebrief.engine import store as store_room
from stancebrief.engine.outcomes import EngineError, Outcome, cores
from stancebrief.engine.pools import standing

__all__ = ["ENGINES", "Aside", "EngineError", "Outcome", "cores", "in_parts", "map", "per_article", "standing"]
ENGINES = study.ENGINES
BLOCK = 500  # rows made into tuples at once
AT_HAND = 3  # parts of the tables in memory: that which comes out, that which goes in, and the border between two


@dataclasses.dataclass(frozen=True)
class Aside:
    """What an article's work makes beside its tables and may want again when these must be made anew: its parses.

    `around(known)` is an importable context manager that has `known` at hand and gives what is worth keeping, as plain
    JSON; it is kept under `version` and the article's text.
    """

    around: Callable[[dict], contextlib.AbstractContextManager[dict]]
    version: str


def map(function: Callable[[object], object], items: Iterable[object], engine: str = "serial", scheduler: str = "", *,
        store: store_room.Store | None = None, keys: Sequence[str] | None = None, label: str = "",
        workers: int = 0) -> list[Outcome]:
    """The function's outcome for each item, in the order of the items.

    `function` must be importable (a module's function, or functools.partial of one). With `store` and `keys` (one key
    for each item) only items whose key is not stored are worked on, and each new value, which must be plain JSON, is
    kept. `label` names the progress bar. Ctrl-C stops the run; what was done by then is kept. Raises EngineError if the
    engine does not exist.
    """
    return list(outcomes.each(function, list(items), engine, scheduler, store=store, keys=keys, label=label,
                              workers=workers))


def per_article(function: Callable[..., pd.DataFrame | tuple[pd.DataFrame, ...]], articles: pd.DataFrame,
                *beside: pd.DataFrame, made: Sequence[str] = ("statements", "problems"),
                **settings: object) -> tuple[pd.DataFrame, ...]:
    """What the function makes of each article, put together: one checked frame for each name in `made`.

    Everything else as for `in_parts`.
    """
    parts = in_parts(function, [articles], *([frame] for frame in beside), made=made, **settings)
    return datasets.columns(parts, made)


def in_parts(function: Callable[..., pd.DataFrame | tuple[pd.DataFrame, ...]], articles: Sequence[pd.DataFrame],
             *beside: Sequence[pd.DataFrame], made: Sequence[str] = ("statements", "problems"),
             step: str = "statements", engine: str = "serial", scheduler: str = "",
             store: store_room.Store | None = None, version: str = "",
             aside: Aside | None = None) -> Iterator[tuple[pd.DataFrame, ...]]:
    """What the function makes of each article, part by part as the articles come: a frame for each name in `made`.

    The tables are given in parts of which the same number holds the same articles (`datasets`).
    `function(article, *rows_beside)` gets a frame with one article, and of each table in `beside` the rows of that
    article; it gives frames for the tables in `made`. Results are kept under the article's row (but for `copies`, which
    other articles decide), its rows beside, the function and `version` (see `store.version`). An article that defeats
    the function becomes a row of `problems`, which `made` must name last.
    """
    work = _Work(function, articles, beside, made, store, version, aside)
    found = outcomes.each(_frames, work, engine, scheduler, store=store, keys=work.keys, label=step, split=work.split)
    with contextlib.closing(found):
        for number in range(len(articles)):
            held = gathering.Gathered(made)
            for name, outcome in zip(work.names(number), found, strict=False):
                held.add([*[{}] * (len(made) - 1), _poisoned(name, step, outcome.failure)] if outcome.failure
                         else outcome.value)
            yield held.frames()


def _poisoned(name: str, step: str, failure: str) -> dict[str, list[object]]:
    """The row of the problems table for an article that defeated a step, with the traceback."""
    last = failure.strip().splitlines()[-1]
    return {"article": [name], "step": [step], "problem": [outcomes.DEFEATED],
            "reason": [f"{last}\n{failure.strip()}"[:4000]],
            "remedy": ["look at the text for something unusual; the other articles are not affected"]}


@dataclasses.dataclass(frozen=True)
class _Part:
    """One part of the tables: the names of its articles, the frames, and in each the places of each article's rows."""

    names: list[str]
    frames: list[pd.DataFrame]
    places: list[list[list[int]]]


class _Work:
    """The work on each article, made when its turn comes: a sequence of items for `_frames`, with their keys."""

    def __init__(self, function: Callable, articles: Sequence[pd.DataFrame], beside: Sequence[Sequence[pd.DataFrame]],
                 made: Sequence[str], store: store_room.Store | None, version: str, aside: Aside | None) -> None:
        self.function, self.made, self.store, self.aside = function, made, store, aside
        self.tables = [articles, *beside]
        self.part = functools.lru_cache(AT_HAND)(self._part)
        self.block = functools.lru_cache(AT_HAND * len(self.tables))(self._block)
        self.first = [0]  # place of the first article of each part, and one past the last of all
        self.keys = store_room.Keys() if store is not None else None
        plain = getattr(function, "func", function)
        who = (version, f"{plain.__module__}.{plain.__qualname__}", *made)
        for number in range(len(articles)):
            self.first.append(self.first[-1] + len(self.names(number)))
            if store is not None:
                for place in range(*self.first[-2:]):
                    self.keys.append(store_room.key(*who, repr(self.rows(place))))

    def __len__(self) -> int:
        return self.first[-1]

    def _part(self, number: int) -> _Part:
        articles, *beside = (table[number] for table in self.tables)
        names, frames = articles.article.tolist(), [articles.assign(copies=articles.article), *beside]
        return _Part(names, frames, [_places(frame, names) for frame in frames])

    def names(self, number: int) -> list[str]:
        """The names of the articles in the part of that number."""
        return self.part(number).names

    def _found(self, place: int) -> tuple[_Part, int]:
        """The part that holds the article, and its place there."""
        number = bisect.bisect_right(self.first, place) - 1
        return self.part(number), place - self.first[number]

    def rows(self, place: int) -> list[list[tuple]]:
        """The article's rows as plain tuples, which are hashed and sent more cheaply than frames."""
        number = bisect.bisect_right(self.first, place) - 1
        places = (of[place - self.first[number]] for of in self.part(number).places)
        return [[self.block(number, table, row // BLOCK)[row % BLOCK] for row in held]
                for table, held in enumerate(places)]

    def _block(self, number: int, table: int, block: int) -> list[tuple]:
        """Some rows of a table in the part of that number, as tuples."""
        frame = self.part(number).frames[table]
        return list(frame.iloc[block * BLOCK:(block + 1) * BLOCK].itertuples(index=False, name=None))

    def __getitem__(self, place: int) -> tuple:
        around, known = None, {}
        if self.aside is not None:
            around = self.aside.around
            known = self.store.get([self._beside(place)]).get(self._beside(place), {}) if self.store is not None else {}
        shapes = tuple((tuple(frame.columns), tuple(frame.dtypes)) for frame in self._found(place)[0].frames)
        return self.function, self.made, shapes, self.rows(place), around, known

    def split(self, place: int, value: tuple) -> tuple[object, dict[str, object]]:
        """The tables, and the article's parses to be kept where there are new ones."""
        frames, more = value
        return frames, {self._beside(place): more} if more and self.store is not None else {}

    def _beside(self, place: int) -> str:
        part, at = self._found(place)
        return store_room.key("aside", self.aside.version, part.frames[0].text.iat[at])


def _places(frame: pd.DataFrame, names: list[str]) -> list[list[int]]:
    """For each article the places of its rows in the frame."""
    rows: dict[str, list[int]] = {}
    for place, name in enumerate(frame.article.tolist()):
        rows.setdefault(name, []).append(place)
    return [rows.get(name, []) for name in names]


def _frame(rows: list[tuple], names: tuple[str, ...], kinds: tuple[object, ...]) -> pd.DataFrame:
    """Rows as a frame again, with the types that the columns had."""
    if not rows:
        return _blank(names, kinds).copy()
    columns = zip(names, zip(*rows, strict=True), strict=True)
    frame = pd.DataFrame({name: list(values) for name, values in columns})  # quicker than to say the types now
    wrong = {name: kind for name, kind, was in zip(names, kinds, frame.dtypes.tolist(), strict=True) if kind != was}
    return frame.astype(wrong) if wrong else frame


@functools.cache
def _blank(names: tuple[str, ...], kinds: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in zip(names, kinds, strict=True)})


def _frames(item: tuple) -> tuple[gathering.Columns, dict]:
    """One article's frames as plain columns, and what else is new and worth keeping."""
    function, made, shapes, given, around, known = item
    with around(known) if around else contextlib.nullcontext({}) as met:
        frames = function(*(_frame(rows, *shape) for rows, shape in zip(given, shapes, strict=True)))
    frames = [frames] if isinstance(frames, pd.DataFrame) else list(frames)
    frames += [tables.empty("problems")] * (len(made) - len(frames))
    more = {**known, **met} if met.keys() - known.keys() else {}
    return [{str(name): column.tolist() for name, column in frame.items()} if len(frame) else {}
            for frame in frames], more
