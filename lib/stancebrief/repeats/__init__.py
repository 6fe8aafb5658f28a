"""One story told five times counted once: articles that tell one story, statements that report one utterance."""

from __future__ import annotations

import array
import functools
import json
from collections.abc import Iterator, Sequence

import numpy
import pandas as pd
from rapidfuzz import fuzz

from stancebrief import tables
from stancebrief.engine import scratch, store
from stancebrief.repeats import reports, stories, wordings

NEIGHBOUR = 0.08      # what a sure match of the neighbouring statements adds to the likeness of two
SURE = 0.6


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


def group_utterances(statements: pd.DataFrame, articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The statements with `utterance` filled, and the utterances that more than one statement reports.

    Two statements report one utterance if their speakers can be one and their words are alike enough: less where their
    articles tell one story (`articles.copies`), more where they do not. In one article two statements are joined only
    if one stands in its opening, which sums up the rest. The statement that stands for all is the earliest, then one of
    an article that is not known to have been reworded by a machine (`articles.rewritten`), then the quoted before the
    paraphrased, then the longest.
    """
    if statements.empty:
        return statements, tables.empty("utterances")
    filled, utterances = zip(*group_in_parts([statements], [articles]), strict=True)
    return tables.check(filled[0], "statements"), utterances[0]


def group_in_parts(statements: Sequence[pd.DataFrame],
                   articles: Sequence[pd.DataFrame]) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """As `group_utterances`, for tables in parts (`datasets`), which are gone through twice: part by part both tables.

    Of each statement not more than three numbers is in memory. An utterance stands in the part of its first report.
    """
    with scratch.database() as base:
        held = reports.Reports(base)
        article = array.array("i")
        for said, read in zip(statements, articles, strict=True):
            article.extend(held.add(said, read))
        weights = held.weights()
        groups = _Groups(held, article)
        for a, b in _fitting(held, weights, article):
            groups.join(a, b)
        first = 0
        for said in statements:
            places = range(first, first + len(said))
            first += len(said)
            rows = [row for place in places if groups.begins(place) for row in _rows(groups.members(place), weights)]
            yield (said.assign(utterance=[groups.standing_for(place) for place in places]),
                   tables.check(pd.DataFrame(rows, columns=tables.TABLES["utterances"].names), "utterances"))


class _Groups:
    """Which reports are of one utterance, by place."""

    def __init__(self, held: reports.Reports, article: Sequence[int]) -> None:
        self.held, self.article = held, article
        self.parent, self.next = (array.array("i", range(len(article))) for _ in range(2))  # `next` goes round a group
        self._standing = functools.lru_cache(reports.AWAKE)(lambda root: self.members(root)[0].statement)

    def join(self, a: int, b: int) -> None:
        """Make one group of the two reports', unless two of one article would meet in it by way of another's."""
        one, two = sorted((stories.root(self.parent, a), stories.root(self.parent, b)))
        if one == two:
            return
        if self.article[a] == self.article[b] or not self._articles(one) & self._articles(two):
            self.parent[two] = one
            self.next[one], self.next[two] = self.next[two], self.next[one]

    def _round(self, place: int) -> Iterator[int]:
        yield place
        other = self.next[place]
        while other != place:
            yield other
            other = self.next[other]

    def _articles(self, place: int) -> set[int]:
        return {self.article[other] for other in self._round(place)}

    def begins(self, place: int) -> bool:
        """Whether the place is the first of a group of several."""
        return self.parent[place] == place != self.next[place]

    def members(self, place: int) -> list[reports.Report]:
        """The reports of its group, first the one that stands for all."""
        return sorted(map(self.held.at, self._round(place)), key=lambda report: report.turn)

    def standing_for(self, place: int) -> str:
        """The statement that stands for the group of this place."""
        return self._standing(stories.root(self.parent, place))


def _fitting(held: reports.Reports, weights: wordings.Weights, article: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of places that may be joined: across articles before within one, the likest first."""
    held.base.execute("CREATE TABLE scored (a, b, score, needed, PRIMARY KEY (a, b)) WITHOUT ROWID")
    for a, b in held.meeting():
        one, two = held.at(a), held.at(b)
        if (score := reports.likeness(one, two, weights)) is not None:
            held.base.execute("INSERT INTO scored VALUES (?, ?, ?, ?)", (a, b, score, reports.needed(one, two)))
    held.base.execute("CREATE TABLE fitting (within, score, a, b)")
    for a, b, score, needed in held.base.execute("SELECT * FROM scored WHERE score + ? >= needed", (2 * NEIGHBOUR,)):
        sure = score >= needed or sum(_sure(held, article, a, b, step) for step in (-1, 1))
        if score + NEIGHBOUR * sure >= needed:
            held.base.execute("INSERT INTO fitting VALUES (?, ?, ?, ?)", (article[a] == article[b], score, a, b))
    yield from held.base.execute("SELECT a, b FROM fitting ORDER BY within, score DESC, a, b")


def _sure(held: reports.Reports, article: Sequence[int], a: int, b: int, step: int) -> bool:
    """Whether the statements before (or after) the two stand in the same two articles, which differ, and match."""
    if not (0 <= a + step < len(article) and 0 <= b + step < len(article)) or article[a] == article[b]:
        return False
    if article[a + step] != article[a] or article[b + step] != article[b]:
        return False
    return bool(held.base.execute("SELECT 1 FROM scored WHERE a = ? AND b = ? AND score >= ?",
                                  (a + step, b + step, SURE)).fetchone())


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
