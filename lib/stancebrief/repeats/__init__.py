"""One story told five times counted once: articles that tell one story, statements that report one utterance."""

from __future__ import annotations

import array
import json
import pathlib
from collections.abc import Iterator, Sequence

import numpy
import pandas as pd
from rapidfuzz import fuzz

from stancebrief import tables
from stancebrief.articles import furniture
from stancebrief.engine import indexes, store
from stancebrief.repeats import register, reports, stories, utterances, wordings


def group_articles(articles: pd.DataFrame, kept: store.Store | None = None) -> pd.DataFrame:
    """The articles with `copies` filled: the name of the first of the articles that tell the same story.

    Exact copies, copies with edits and cuts, and machine-paraphrased copies are found; see `stories`. With a store,
    what was found out before is not found out again.
    """
    turn = sorted(range(len(articles)), key=lambda place: _turn(articles.article.iat[place]))
    copies = pd.concat(stories.grouped([articles.iloc[turn]], kept)).copies
    return tables.check(articles.assign(copies=copies.iloc[numpy.argsort(turn)].tolist()), "articles")


def _turn(name: str) -> tuple[str, int]:
    """What puts articles into order by name: those of one table or archive by their number in it."""
    file, _, number = name.rpartition("#")
    return (file, int(number)) if file and number.isdecimal() else (name, 0)


def group_utterances(statements: pd.DataFrame, articles: pd.DataFrame,
                     kept: store.Store | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The statements with `utterance` filled, and the utterances that more than one statement reports.

    Two statements report one utterance if their speakers can be one and their words are alike enough: less where their
    articles tell one story (`articles.copies`), more where they do not. In one article two statements are joined only
    if one stands in its opening, which sums up the rest. The statement that stands for all is the earliest, then one of
    an article that is not known to have been reworded by a machine (`articles.rewritten`), then the quoted before the
    paraphrased, then the longest. With a store, what was found out before is not found out again.
    """
    if statements.empty:
        return statements, tables.empty("utterances")
    filled, grouped = zip(*group_in_parts([statements], [articles], kept), strict=True)
    return tables.check(filled[0], "statements"), grouped[0]


def group_in_parts(statements: Sequence[pd.DataFrame], articles: Sequence[pd.DataFrame],
                   kept: store.Store | None = None) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """As `group_utterances`, for tables in parts (`datasets`), which are gone through twice: part by part both tables.

    Of each statement not more than three numbers is in memory. An utterance stands in the part of its first report.
    """
    version = store.version(pathlib.Path(__file__).parent, pathlib.Path(furniture.__file__)) if kept else ""
    with indexes.lasting(kept, "utterances", version) as base:
        held = register.Register(base)
        numbers = array.array("q")
        for said, read in zip(statements, articles, strict=True):
            numbers.extend(held.add(said, read))
        weights = held.compare()
        groups = utterances.Groups(held, numbers)
        at = 0
        for said in statements:
            names = said["statement"].tolist()
            rows = []
            for place, group, begins in groups.among(at, len(said)):
                names[place - at] = groups.members(group)[0].statement
                if begins:
                    rows += _rows(groups.members(group), weights)
            at += len(said)
            yield (said.assign(utterance=names),
                   tables.check(pd.DataFrame(rows, columns=tables.TABLES["utterances"].names), "utterances"))


def differing_quotations(statements: pd.DataFrame, utterances: pd.DataFrame) -> pd.DataFrame:
    """Utterances that two articles put between quotation marks in different words: what a reader should know.

    Columns: utterance, statement, article, words, first_statement, first_article, first_words, differences (JSON list
    of [words here, words there]). One row for each report whose quoted words differ from those of the first report.
    """
    by_name = statements.set_index("statement", drop=False)
    rows = []
    for row in utterances[~utterances.wording.isin(("first", "same"))].itertuples():
        here, there = by_name.loc[row.statement], by_name.loc[row.utterance]
        for words, first in _quotation_pairs(here, there):
            changed = wordings.differences(words, first)
            if changed and here.article != there.article:
                rows.append({"utterance": row.utterance, "statement": row.statement, "article": here.article,
                             "words": words, "first_statement": there.statement, "first_article": there.article,
                             "first_words": first, "differences": json.dumps(changed, ensure_ascii=False)})
    return pd.DataFrame(rows, columns=["utterance", "statement", "article", "words", "first_statement",
                                       "first_article", "first_words", "differences"])


def _quotation_pairs(here: pd.Series, there: pd.Series) -> Iterator[tuple[str, str]]:
    """Quoted words of the one with the quoted words of the other that they are a version of."""
    for words in wordings.quoted(here.content, here.kind):
        others = wordings.quoted(there.content, there.kind)
        score, first = max(((fuzz.partial_ratio(words.lower(), other.lower()), other) for other in others),
                           default=(0.0, ""))
        if score >= 60:
            short, long = sorted((words, first), key=len)
            if len(long) > 1.3 * len(short):  # the one is a part of the other: compare with that part
                part = wordings.part_like(short, long)
                words, first = (words, part) if words is short else (part, first)
            yield words, first


def _rows(members: list[reports.Report], weights: wordings.Weights) -> Iterator[dict[str, object]]:
    """Rows of the utterances table for one utterance; the first member stands for all."""
    head = members[0]
    for one in members:
        score = 1.0 if one is head else wordings.likeness(one.wording, head.wording, weights)
        changed = [] if one is head else wordings.differences(one.content, head.content)
        yield {"utterance": head.statement, "statement": one.statement, "similarity": round(score, 3),
               "wording": "first" if one is head else wordings.relation(score),
               "differences": json.dumps(changed, ensure_ascii=False)}
