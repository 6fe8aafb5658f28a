"""Statements as the comparison sees them: whether two can be one utterance, and which are worth asking about.

All of them lie in a database on the disk; in memory are those at hand.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import sqlite3
from collections.abc import Iterator

import pandas as pd
from rapidfuzz import fuzz

from stancebrief import articles as articles_room
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
RARE = 40             # holders of a stem that is rare
RAREST = 8            # stems of each that are asked for
AWAKE = 1_000         # reports in memory
SAMPLE = 20_000       # at least so many different wordings say how rare a word is
COLUMNS = ("place", "number", "statement", "article", "start", "story", "day", "reworded", "countries", "speaker",
           "kind", "opening", "content", "same")


@dataclasses.dataclass(frozen=True)
class Report:
    """One statement as the comparison sees it. `number`: its article's."""

    place: int
    number: int
    statement: str
    story: str
    day: str
    countries: frozenset[str]
    speaker: tuple[str, ...]
    content: str
    wording: wordings.Wording
    direct: bool
    opening: bool
    anchors: frozenset[str]
    turn: tuple[object, ...]  # the smallest of a group stands for it


class Reports:
    """All statements by place: added in the order of their tables, then asked for."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base, self.count, self.articles = base, 0, 0
        base.execute(f"CREATE TABLE reports ({', '.join(COLUMNS).replace('place', 'place INTEGER PRIMARY KEY', 1)})")
        base.execute("CREATE TABLE stems (space TEXT, stem TEXT, place INTEGER)")
        self.at = functools.lru_cache(AWAKE)(self._at)

    def add(self, statements: pd.DataFrame, articles: pd.DataFrame) -> list[int]:
        """The next statements and their articles; gives for each statement the number of its article."""
        known = {row.article: row for row in articles.itertuples()}
        numbers: dict[str, int] = {}
        openings = {name: max([b for _, b in articles_room.paragraphs(row)][:OPENING], default=0)
                    for name, row in known.items()}
        found = []
        for place, row in enumerate(statements.itertuples(), start=self.count):
            article = known.get(row.article)
            wording = wordings.read(row.content)
            same = int.from_bytes(hashlib.blake2b(wording.plain.encode(), digest_size=7).digest())
            found.append(numbers.setdefault(row.article, self.articles + len(numbers)))
            self.base.execute(f"INSERT INTO reports VALUES ({','.join('?' * len(COLUMNS))})", (
                place, found[-1], row.statement, row.article, row.start, article.copies if article else row.article,
                article.published if article else "", bool(article and article.rewritten), row.countries, row.speaker,
                row.kind, row.end <= openings.get(row.article, 0), row.content, same))
            self.base.executemany("INSERT INTO stems VALUES ('', ?, ?)",
                                  ((stem, place) for stem in dict.fromkeys(wording.stems)))
        self.count += len(found)
        self.articles += len(numbers)
        return found

    def _at(self, place: int) -> Report:
        """The report at the place."""
        (_, number, statement, article, start, story, day, reworded, countries, speaker, kind, opening, content,
         _) = self.base.execute("SELECT * FROM reports WHERE place = ?", (place,)).fetchone()
        return Report(
            place, number, statement, story, day, frozenset(countries.split("|")) - {"UNKNOWN", "OTHER", ""},
            tuple(word for word in wordings.WORD.findall(speaker) if word[:1].isupper()), content,
            wordings.read(content), kind == "direct", bool(opening), wordings.anchors(content),
            (day or "9999", reworded, ("direct", "mixed", "indirect").index(kind), -len(content), article, start))

    def weights(self) -> wordings.Weights:
        """How much words tell, by the different wordings; of very many a part is asked, chosen by their hashes."""
        count, = self.base.execute("SELECT count(DISTINCT same) FROM reports").fetchone()
        part = 1 << max(0, (count // SAMPLE).bit_length() - 1)
        return wordings.Weights(wordings.read(content) for content, _ in self.base.execute(
            "SELECT content, min(place) FROM reports WHERE same % ? = 0 GROUP BY same", (part,)))

    def meeting(self) -> Iterator[tuple[int, int]]:
        """Pairs of places worth comparing, each once and in order: all in a small story, else those that share words.

        These share their rarest stems (one in a large story, two where they are of different stories), or all words.
        """
        for statement in (
                "CREATE INDEX of_story ON reports (story, place)",
                f"""CREATE TABLE large AS SELECT story AS space FROM reports
                    GROUP BY story HAVING count(*) > {ALL_PAIRS}""",
                """INSERT INTO stems SELECT story, stem, place FROM stems JOIN reports USING (place)
                   WHERE story IN large""",
                f"""CREATE TABLE holders AS SELECT space, stem, place FROM (
                        SELECT *, row_number() OVER (PARTITION BY space, place ORDER BY n, stem) AS turn FROM stems JOIN
                        (SELECT space, stem, count(*) AS n FROM stems GROUP BY space, stem
                         HAVING n BETWEEN 2 AND {RARE}) USING (space, stem))
                    WHERE turn <= {RAREST}""",
                "DROP TABLE stems",
                "CREATE INDEX who_holds ON holders (space, stem, place)", "CREATE INDEX held_by ON holders (place)",
                """CREATE TABLE again AS
                   SELECT place, lead(place) OVER (PARTITION BY same ORDER BY place) AS other FROM reports UNION
                   SELECT place, lead(place) OVER (PARTITION BY story, same ORDER BY place) AS other FROM reports
                   WHERE story IN large""",
                "CREATE INDEX again_by ON again (place)"):
            self.base.execute(statement)
        for place in range(self.count):
            for other, in self.base.execute("""
                    SELECT theirs.place FROM holders AS mine JOIN holders AS theirs USING (space, stem)
                    WHERE mine.place = :place AND theirs.place > :place
                    GROUP BY space, theirs.place HAVING count(*) >= iif(space = '', 2, 1) UNION
                    SELECT other FROM again WHERE place = :place AND other IS NOT NULL UNION
                    SELECT theirs.place FROM reports AS mine JOIN reports AS theirs USING (story)
                    WHERE mine.place = :place AND theirs.place > :place AND story NOT IN large
                    ORDER BY 1""", {"place": place}).fetchall():
                yield place, other


def likeness(one: Report, two: Report, weights: wordings.Weights) -> float | None:
    """How alike the two are, or None where they cannot be one utterance whatever their words."""
    within = one.number == two.number
    same_words = one.wording.plain == two.wording.plain
    if within and not same_words and (one.opening == two.opening or (one.direct and two.direct)):
        return None
    strangers = bool(one.countries and two.countries and not one.countries & two.countries)
    if within and (strangers or _one_person(one, two) is False):
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


def needed(one: Report, two: Report) -> float:
    """The likeness that the two must reach."""
    if one.story != two.story:
        return APART
    if one.number == two.number:
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
