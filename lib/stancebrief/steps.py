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
from collections.abc import Iterator

import pandas as pd

from stancebrief import articles as article_files
from stancebrief import codebook, countries, datasets, engine, parses, repeats, sentiment, stance, study, tables
from stancebrief import statements as statements_room
from stancebrief.articles import furniture
from stancebrief.engine import store

# Any of these may be read by a rule. Figures are not read by rules, and change whenever somebody measures.
LISTS = tuple(path for folder in ("reference", "language", "models") for path in sorted((study.DATA / folder).glob("*"))
              if path.name != "measured.csv")
READ_WITH = (tables, pathlib.Path(furniture.__file__), countries, parses, statements_room)
RULES = {
    "statements": READ_WITH,
    "positions": (*READ_WITH, codebook, stance),
    "sentiment": (tables, sentiment, countries),
}


def read(ours: study.Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(articles of the study, in its window, those that tell one story grouped; problems). Raises NoArticles."""
    with _kept(ours) as kept:
        found, problems = datasets.columns(article_files.within(article_files.in_parts(ours, kept), ours),
                                           article_files.MADE)
        return repeats.group_articles(found, kept), problems


def extract(ours: study.Study, articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(statements, problems) of the articles; see `statements.extract`."""
    return _each(ours, "statements", statements_room.extract, articles, made=("statements", "problems"))


def code(ours: study.Study, statements: pd.DataFrame, articles: pd.DataFrame,
         book: codebook.Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(positions, problems) of the statements by the codebook; see `stance.code`."""
    return _each(ours, "positions", functools.partial(_coded, book=book), articles, statements,
                 made=("positions", "problems"), depends=repr(book))


def score(ours: study.Study, statements: pd.DataFrame, articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(the statements' tone, one row each and in their order; problems); see `sentiment.score`."""
    found, problems = _each(ours, "sentiment", _scored, articles, statements, made=("sentiment", "problems"),
                            depends=[importlib.metadata.version(name) for name in ("textblob", "vaderSentiment")])
    order = dict(zip(statements["statement"], range(len(statements)), strict=True))
    return found.sort_values("statement", key=lambda names: names.map(order), ignore_index=True), problems


def _coded(article: pd.DataFrame, statements: pd.DataFrame, book: codebook.Codebook) -> pd.DataFrame:
    return stance.code(statements, article, book)


def _scored(article: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    del article  # tone is in the words alone
    return sentiment.score(statements)


def _each(ours: study.Study, step: str, function: object, articles: pd.DataFrame, *beside: pd.DataFrame,
          made: tuple[str, ...], depends: object = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    """One step on all articles, with the study's engine and what it keeps."""
    with _kept(ours) as kept:
        version = store.version(_rules(step), parses.identity(), depends) if kept is not None else ""
        aside = engine.Aside(parses.at_hand, store.version(*parses.kept_by())) if step != "sentiment" else None
        return engine.per_article(function, articles, *beside, made=made, step=step, engine=ours.engine,
                                  scheduler=ours.scheduler, store=kept, version=version, aside=aside)


@contextlib.contextmanager
def _kept(ours: study.Study) -> Iterator[store.Store | None]:
    """Where the study's results are kept; None where rules were changed since this process read them.

    What old rules make must not be kept as what the new ones make.
    """
    if any(_rules(step) != _FIRST[step] for step in RULES):
        yield None
        return
    with store.Store(ours.cache / "results.sqlite") as kept:
        yield kept


def _rules(step: str) -> str:
    """One hash of the rules of a step as they lie on the disk now."""
    return store.version(*RULES[step], *LISTS)


_FIRST = {step: _rules(step) for step in RULES}  # as they were when this process began
