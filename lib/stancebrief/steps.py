"""The steps of the path on a whole study: each article worked on where the study's engine says, what is known kept.

A second run does only what is new. Results are kept under all that they depend on: the article, the code and word lists
of their room, the model, and for positions the codebook. Parses are kept apart from what is read in them, so neither a
changed rule nor a changed codebook parses again.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import pathlib
import tempfile
from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from stancebrief import articles as article_files
from stancebrief import codebook, countries, datasets, engine, parses, repeats, sentiment, stance, study, tables
from stancebrief import statements as statements_room
from stancebrief.articles import furniture
from stancebrief.engine import renewal, store

# Any of these may be read by a rule. Figures are not read by rules, and change whenever somebody measures.
LISTS = tuple(path for folder in ("reference", "language", "models") for path in sorted((study.DATA / folder).glob("*"))
              if path.name not in ("measured.csv", "peers.csv"))
READ_WITH = (tables, pathlib.Path(furniture.__file__), countries, parses, statements_room)
RULES = {
    "statements": READ_WITH,
    "positions": (*READ_WITH, codebook, stance),
    "sentiment": (tables, sentiment, countries),
    "grouping": (tables, article_files, repeats),
}
SCORERS = [importlib.metadata.version(name) for name in ("textblob", "vaderSentiment")]


def read(ours: study.Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(articles of the study, in its window, those that tell one story grouped; problems). Raises NoArticles."""
    return datasets.columns(_read(ours), article_files.MADE)


def extract(ours: study.Study, articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(statements, problems) of the articles; see `statements.extract`."""
    return datasets.columns(_extract(ours, [articles]), ("statements", "problems"))


def group(ours: study.Study, statements: pd.DataFrame, articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(the statements with `utterance` filled, the utterances); see `repeats.group_utterances`."""
    with _kept(ours) as kept:
        return repeats.group_utterances(statements, articles, kept)


def code(ours: study.Study, statements: pd.DataFrame, articles: pd.DataFrame,
         book: codebook.Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(positions, problems) of the statements by the codebook; see `stance.code`."""
    return datasets.columns(_code(ours, [statements], [articles], book), ("positions", "problems"))


def score(ours: study.Study, statements: pd.DataFrame, articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(the statements' tone, one row each and in their order; problems); see `sentiment.score`."""
    return datasets.columns(_score(ours, [statements], [articles]), ("sentiment", "problems"))


def build(ours: study.Study, folder: pathlib.Path) -> list[datasets.Dataset]:
    """The whole path at once, each table a dataset in the folder, which should be empty: for more than memory holds.

    The tables are those that `read`, `extract`, `group`, `code` and `score` give, made part by part.
    Gives the datasets articles, statements, utterances, positions, sentiment and problems. Raises NoArticles,
    codebook.CodebookError.
    """
    with engine.standing():
        return _build(ours, folder, codebook.read(ours.folder / "codebook.yaml"))


def _build(ours: study.Study, folder: pathlib.Path, book: codebook.Codebook) -> list[datasets.Dataset]:
    articles, statements, utterances, positions, tone, problems = built = [
        datasets.Dataset(table, folder)
        for table in ("articles", "statements", "utterances", "positions", "sentiment", "problems")]
    with _kept(ours) as kept, tempfile.TemporaryDirectory(prefix="stancebrief-") as place:
        aside = pathlib.Path(place)

        def told(met: datasets.Dataset) -> None:
            """What was met in a step is put with the other problems."""
            for frame in met:
                if len(frame):
                    problems.add(frame)

        def renewed(step: str, work: Callable[..., Iterator[tuple[pd.DataFrame, ...]]], made: datasets.Dataset,
                    *inputs: datasets.Dataset, depends: object = "") -> None:
            met = datasets.Dataset("problems", aside / step)
            renewal.each(step, work, inputs, [made, met], kept, _version(step, depends))
            told(met)

        found, met = datasets.write(_within(ours, kept), article_files.MADE, aside)
        said = datasets.Dataset("statements", aside)
        grouping = _version("grouping")
        renewal.together("articles", lambda parts: ((part,) for part in repeats.stories.grouped(parts, kept)), [found],
                         [articles], kept, grouping)
        told(met)
        renewed("statements", functools.partial(_extract, ours), said, articles)
        renewal.together("utterances", functools.partial(repeats.group_in_parts, kept=kept), [said, articles],
                         [statements, utterances], kept, grouping)
        renewed("positions", functools.partial(_code, ours, book=book), positions, statements, articles,
                depends=_coding(ours, book))
        renewed("sentiment", functools.partial(_score, ours), tone, statements, articles, depends=SCORERS)
    return built


def _read(ours: study.Study) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """As `read`, part by part."""
    with _kept(ours) as kept, tempfile.TemporaryDirectory(prefix="stancebrief-") as place:
        found, problems = datasets.write(_within(ours, kept), article_files.MADE, pathlib.Path(place))
        yield from zip(repeats.stories.grouped(found, kept), problems, strict=True)


def _within(ours: study.Study, kept: store.Store | None) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """(articles in the window, problems), before those that tell one story are grouped."""
    return article_files.within(article_files.in_parts(ours, kept), ours)


def _extract(ours: study.Study, articles: Sequence[pd.DataFrame]) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    yield from _each(ours, "statements", statements_room.extract, articles, made=("statements", "problems"))


def _code(ours: study.Study, statements: Sequence[pd.DataFrame], articles: Sequence[pd.DataFrame],
          book: codebook.Codebook) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    again = ours.second_reading
    yield from _each(ours, "positions", functools.partial(_coded, book=book, again=again), articles, statements,
                     made=("positions", "problems"), depends=_coding(ours, book))


def _coding(ours: study.Study, book: codebook.Codebook) -> list[str]:
    """What decides how statements are coded, beside the rules."""
    return [repr(book), str(ours.second_reading)]


def _score(ours: study.Study, statements: Sequence[pd.DataFrame],
           articles: Sequence[pd.DataFrame]) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    parts = _each(ours, "sentiment", _scored, articles, statements, made=("sentiment", "problems"),
                  depends=SCORERS)
    for said, (found, problems) in zip(statements, parts, strict=True):
        order = dict(zip(said["statement"], range(len(said)), strict=True))
        yield found.sort_values("statement", key=lambda names, turn=order: names.map(turn), ignore_index=True), problems


def _coded(article: pd.DataFrame, statements: pd.DataFrame, book: codebook.Codebook, again: bool) -> pd.DataFrame:
    return stance.code(statements, article, book, second=again)


def _scored(article: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    del article  # tone is in the words alone
    return sentiment.score(statements)


def _each(ours: study.Study, step: str, function: object, articles: Sequence[pd.DataFrame],
          *beside: Sequence[pd.DataFrame], made: tuple[str, ...],
          depends: object = "") -> Iterator[tuple[pd.DataFrame, ...]]:
    """One step on all articles, part by part, with the study's engine and what it keeps."""
    with _kept(ours) as kept:
        version = _version(step, depends) if kept is not None else ""
        aside = engine.Aside(parses.at_hand, store.version(*parses.kept_by())) if step != "sentiment" else None
        yield from engine.in_parts(function, articles, *beside, made=made, step=step, engine=ours.engine,
                                   scheduler=ours.scheduler, store=kept, version=version, aside=aside)


def _version(step: str, depends: object = "") -> str:
    """One hash of all that a step's results depend on beside the articles."""
    return store.version(_rules(step), parses.identity(), depends)


@contextlib.contextmanager
def _kept(ours: study.Study) -> Iterator[store.Store | None]:
    """Where the study's results are kept; None where rules were changed since this process read them.

    What old rules make must not be kept as what the new ones make. Where rules change while a step is at work, its
    workers may have read either: then nothing more is kept.
    """
    if any(_rules(step) != _FIRST[step] for step in RULES):
        yield None
        return
    before = _times()
    with store.Store(ours.cache / "results.sqlite", still=lambda: _times() == before) as kept:
        yield kept


def _rules(step: str) -> str:
    """One hash of the rules of a step as they lie on the disk now."""
    return store.version(*RULES[step], *LISTS)


def _times() -> list[tuple[int, int]]:
    """Size and time of change of every file that a rule is in: what tells cheaply whether one was changed."""
    found = []
    for path in dict.fromkeys(file for step in RULES for part in (*RULES[step], *LISTS) for file in store.files(part)):
        try:
            found.append((path.stat().st_size, path.stat().st_mtime_ns))
        except OSError:  # an editor is at work on it
            found.append((-1, -1))
    return found


_FIRST = {step: _rules(step) for step in RULES}  # as they were when this process began
