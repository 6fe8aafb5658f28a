"""One story told five times counted once: articles that tell one story, statements that report one utterance."""

from __future__ import annotations

import collections
import dataclasses
import itertools
import json
from collections.abc import Iterator

import numpy
import pandas as pd
from rapidfuzz import fuzz

from stancebrief import articles as articles_room
from stancebrief import tables
from stancebrief.engine import store
from stancebrief.repeats import stories, wordings

WITHIN = 0.33         # likeness of two reports of one utterance in articles that tell one story
APART = 0.7           # the same in articles that do not, by one person: speakers repeat themselves
OTHER_PERSON = 0.85   # the same where two different persons are named
UNNAMED = 0.97        # the same in other stories where only an office or country is named as speaker
VERBATIM = 0.9        # the same where the countries differ: one of the two was attributed wrongly
FEWEST = 6            # content words that both must have to be joined across stories
LONG = 9              # content words from which a quotation speaks for itself
SUMMED = 0.4          # likeness of a headline or lead to what it sums up further down in its article
OPENING = 3           # paragraphs: headline, line under it and lead sum up what the article reports further down
ALL_PAIRS = 60        # in larger groups only statements meet that share a stem that is rare there
RARE = 40
NEIGHBOUR = 0.08      # what a sure match of the neighbouring statements adds
SURE = 0.6


@dataclasses.dataclass
class Report:
    """One statement as the comparison sees it."""

    place: int
    statement: str
    article: str
    story: str
    day: str
    countries: frozenset[str]
    speaker: tuple[str, ...]
    wording: wordings.Wording
    direct: bool
    opening: bool

    anchors: frozenset[str]


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
    reports = _reports(statements, articles)
    weights = wordings.Weights({report.wording for report in reports})
    groups = _joined(reports, weights)
    order = _order(statements, articles)
    first: dict[int, int] = {}
    rows: list[dict[str, object]] = []
    names, contents = statements.statement.tolist(), statements.content.tolist()
    for members in groups:
        members.sort(key=lambda place: order[place])
        for place in members:
            first[place] = members[0]
        if len(members) > 1:
            rows += _rows(names, contents, reports, members, weights)
    filled = statements.assign(utterance=[names[first[place]] for place in range(len(statements))])
    frame = pd.DataFrame(rows, columns=tables.TABLES["utterances"].names)
    return tables.check(filled, "statements"), tables.check(frame, "utterances")


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


def _reports(statements: pd.DataFrame, articles: pd.DataFrame) -> list[Report]:
    story = dict(zip(articles.article, articles.copies, strict=True))
    day = dict(zip(articles.article, articles.published, strict=True))
    openings = {row.article: max([b for _, b in articles_room.paragraphs(row)][:OPENING], default=0)
                for row in articles.itertuples()}
    reports = []
    for place, row in enumerate(statements.itertuples()):
        reports.append(Report(
            place, row.statement, row.article, story.get(row.article, row.article),
            day.get(row.article, ""),
            frozenset(row.countries.split("|")) - {"UNKNOWN", "OTHER", ""},
            tuple(word for word in wordings.WORD.findall(row.speaker) if word[:1].isupper()),
            wordings.read(row.content), row.kind == "direct", row.end <= openings.get(row.article, 0),
            wordings.anchors(row.content)))
    return reports


def _order(statements: pd.DataFrame, articles: pd.DataFrame) -> list[tuple[object, ...]]:
    """What decides which report stands for the utterance; smallest first."""
    days = dict(zip(articles.article, articles.published, strict=True))
    reworded = dict(zip(articles.article, articles.rewritten != "", strict=True))
    rank = {"direct": 0, "mixed": 1, "indirect": 2}
    return [(days.get(row.article) or "9999", reworded.get(row.article, False), rank[row.kind], -len(row.content),
             row.article, row.start) for row in statements.itertuples()]


def _joined(reports: list[Report], weights: wordings.Weights) -> list[list[int]]:
    """The reports in groups of one utterance each, as places in the frame."""
    parent = {report.place: report.place for report in reports}
    held = {report.place: {report.article} for report in reports}
    scored = _scored(reports, weights)
    for _, _, a, b in sorted(scored):
        one, two = stories.root(parent, a), stories.root(parent, b)
        if one == two:
            continue
        if reports[a].article == reports[b].article or not held[one] & held[two]:
            parent[max(one, two)] = min(one, two)
            held[min(one, two)] |= held.pop(max(one, two))
    groups = collections.defaultdict(list)
    for report in reports:
        groups[stories.root(parent, report.place)].append(report.place)
    return list(groups.values())


def _scored(reports: list[Report], weights: wordings.Weights) -> list[tuple[int, float, int, int]]:
    """The pairs that may be joined: (0 across articles, 1 within one; minus the likeness; the two places)."""
    pairs = {}
    for a, b in _meeting(reports, weights):
        if (score := _likeness(reports[a], reports[b], weights)) is not None:
            pairs[a, b] = score
    found = []
    for (a, b), score in pairs.items():
        one, two = reports[a], reports[b]
        within = one.article == two.article
        sure = sum(_beside(reports, a, b, step) and pairs.get((a + step, b + step), 0.0) >= SURE for step in (-1, 1))
        if score + NEIGHBOUR * sure >= _needed(one, two):
            found.append((int(within), -score, a, b))
    return found


def _beside(reports: list[Report], a: int, b: int, step: int) -> bool:
    """Whether the statements before (or after) the two stand in the same two articles, which differ."""
    if not (0 <= a + step < len(reports) and 0 <= b + step < len(reports)) or reports[a].article == reports[b].article:
        return False
    return reports[a + step].article == reports[a].article and reports[b + step].article == reports[b].article


def _likeness(one: Report, two: Report, weights: wordings.Weights) -> float | None:
    """How alike the two are, or None where they cannot be one utterance whatever their words."""
    same_words = one.wording.plain == two.wording.plain
    if one.article == two.article and not same_words and (one.opening == two.opening or (one.direct and two.direct)):
        return None
    strangers = bool(one.countries and two.countries and not one.countries & two.countries)
    person = _one_person(one, two)
    if one.article == two.article and (strangers or person is False):
        return None
    score = wordings.likeness(one.wording, two.wording, weights)
    if strangers and score < VERBATIM:
        return None
    return score if one.story == two.story or (not strangers and _same_elsewhere(one, two, score)) else None


def _same_elsewhere(one: Report, two: Report, score: float) -> bool:
    """Whether reports in two different stories can be one utterance: enough words, the same names and numbers in them,
    and the same person at about the same time, or a quotation so long that it need not be named whose it is."""
    least, person = min(len(one.wording.stems), len(two.wording.stems)), _one_person(one, two)
    if least < FEWEST or one.anchors != two.anchors or (stories.far(one.day, two.day) and score < VERBATIM):
        return False
    return bool(person) or (person is None and one.direct and two.direct and least >= LONG and score >= UNNAMED)


def _needed(one: Report, two: Report) -> float:
    """The likeness that the two must reach."""
    if one.story != two.story:
        return APART
    if one.article == two.article:
        return SUMMED
    return OTHER_PERSON if _one_person(one, two) is False else WITHIN


def _one_person(one: Report, two: Report) -> bool | None:
    """Whether the two speakers can be one person; None where at least one is no person but a country or office.

    In one story any part of the name will do, as paraphrase changes names too; else it is the last name that must.
    """
    if len(one.speaker) < 2 or len(two.speaker) < 2:
        return None
    if one.story == two.story:
        return any(fuzz.ratio(a, b) >= 80 for a in one.speaker for b in two.speaker)
    return fuzz.ratio(one.speaker[-1], two.speaker[-1]) >= 80


def _meeting(reports: list[Report], weights: wordings.Weights) -> Iterator[tuple[int, int]]:
    """Pairs of places worth comparing, each once: all in a small story, else those that share rare stems."""
    by_story = collections.defaultdict(list)
    for report in reports:
        by_story[report.story].append(report.place)
    seen = set()
    for members in by_story.values():
        if len(members) <= ALL_PAIRS:
            for at, a in enumerate(members):
                for b in members[at + 1:]:
                    seen.add((a, b))
        else:
            seen.update(_sharing([reports[place] for place in members], weights, 1))
    seen.update(_sharing(reports, weights, 2))
    yield from sorted(seen)


def _sharing(reports: list[Report], weights: wordings.Weights, least: int) -> Iterator[tuple[int, int]]:
    """Pairs of places that share at least so many of their rarest stems, or all their words."""
    counts = collections.Counter(stem for report in reports for stem in set(report.wording.stems))
    holders: dict[object, list[int]] = collections.defaultdict(list)
    for report in reports:
        holders[report.wording.plain].append(report.place)
        rare = sorted({stem for stem in report.wording.stems if 1 < counts[stem] <= RARE},
                      key=lambda stem: (counts[stem], stem))
        for stem in rare[:8]:
            holders[stem, "stem"].append(report.place)
    met: collections.Counter[tuple[int, int]] = collections.Counter()
    for key, places in holders.items():
        if isinstance(key, str):
            for a, b in itertools.pairwise(places):
                met[a, b] += least
        else:
            for at, a in enumerate(places):
                for b in places[at + 1:]:
                    met[a, b] += 1
    return (pair for pair, n in met.items() if n >= least)


def _rows(names: list[str], contents: list[str], reports: list[Report], members: list[int],
          weights: wordings.Weights) -> Iterator[dict[str, object]]:
    """Rows of the utterances table for one utterance; the first member stands for all."""
    head = members[0]
    for place in members:
        score = 1.0 if place == head else wordings.likeness(reports[place].wording, reports[head].wording, weights)
        changed = [] if place == head else wordings.differences(contents[place], contents[head])
        yield {"utterance": names[head], "statement": names[place], "similarity": round(score, 3),
               "wording": "first" if place == head else wordings.relation(score),
               "differences": json.dumps(changed, ensure_ascii=False)}
