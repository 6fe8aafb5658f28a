"""Statements as the comparison sees them, and whether two can be reports of one utterance."""

from __future__ import annotations

import dataclasses
import functools

from rapidfuzz import fuzz

from stancebrief.repeats import stories, wordings

WITHIN = 0.33         # likeness of two reports of one utterance in articles that tell one story
APART = 0.7           # the same in articles that do not, by one person: speakers repeat themselves
OTHER_PERSON = 0.85   # the same where two different persons are named
UNNAMED = 0.97        # the same in other stories where only an office or country is named as speaker
VERBATIM = 0.9        # the same where the countries differ: one of the two was attributed wrongly
FEWEST = 6            # content words that both must have to be joined across stories
LONG = 9              # content words from which a quotation speaks for itself
SUMMED = 0.4          # likeness of a headline or lead to what it sums up further down in its article
KINDS = ("direct", "mixed", "indirect")


@dataclasses.dataclass(frozen=True)
class Report:
    """One statement, with what is known of its article. `opening`: it stands in what sums up the rest."""

    statement: str
    article: str
    start: int
    story: str
    day: str
    reworded: bool
    countries: frozenset[str]
    speaker: tuple[str, ...]
    kind: str
    opening: bool
    content: str

    @functools.cached_property
    def wording(self) -> wordings.Wording:
        """Its words as they are compared."""
        return wordings.read(self.content)

    @functools.cached_property
    def anchors(self) -> frozenset[str]:
        """Its numbers and names."""
        return wordings.anchors(self.content)

    @property
    def direct(self) -> bool:
        """Whether it is a quotation."""
        return self.kind == "direct"

    @property
    def turn(self) -> tuple[object, ...]:
        """What is smallest in that of a group's reports which stands for it."""
        return (self.day or "9999", self.reworded, KINDS.index(self.kind), -len(self.content), self.article, self.start)


def report(statement: str, article: str, start: int, story: str, day: str, reworded: bool, countries: str,
           speaker: str, kind: str, opening: bool, content: str) -> Report:
    """A report of values as they stand in the tables."""
    return Report(statement, article, start, story, day, bool(reworded),
                  frozenset(countries.split("|")) - {"UNKNOWN", "OTHER", ""},
                  tuple(word for word in wordings.WORD.findall(speaker) if word[:1].isupper()), kind, bool(opening),
                  content)


def likeness(one: Report, two: Report, weights: wordings.Weights) -> float | None:
    """How alike the two are, or None where they cannot be one utterance whatever their words."""
    within = one.article == two.article
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
