"""The brief: findings, numbers and figures declared in reading order, written as one page that needs nothing else.

    page = brief.Page(study)
    page.findings()
    page.stance()
    page.write()

What a researcher adds with `finding` and `figure` stands in the page beside what `findings` and the others find.
"""

from __future__ import annotations

import functools
import itertools
import pathlib
from collections.abc import Iterable, Sequence

import altair
import pandas as pd

from stancebrief import codebook, sensitivity, series, study
from stancebrief import language as languages
from stancebrief import tables as room
from stancebrief.brief import (
    cards,
    composition,
    continued,
    evidence,
    figures,
    findings,
    layout,
    opening,
    panels,
    sections,
    trust,
)
from stancebrief.runs import editions

NAMES = ("articles", "sentiment", "utterances", "timeline", "agreement", "problems")


class BriefError(ValueError):
    """The brief cannot say what it was asked to; says what is wrong with the request."""


def load(ours: study.Study) -> dict[str, pd.DataFrame]:
    """The tables of the study's run that a page shows; statements and positions as people settled them."""
    found = {name: room.read(name, ours.tables) if (ours.tables / f"{name}.parquet").exists() or
             name in ("articles", "sentiment", "utterances") else room.empty(name) for name in NAMES}
    return found | {name: room.read(name, ours.settled) for name in ("statements", "positions")}


class Page:
    """The brief of one study, filled from its tables."""

    def __init__(self, ours: study.Study, language: str = ""):
        self.study = ours
        self.language = languages.load(language or ours.language)
        self.tables = load(ours)
        self.codebook = codebook.read(ours.folder / "codebook.yaml")
        self.edition = editions.name(ours, self.tables)
        self.layout = layout.Layout(ours, self.language, self.tables["articles"], self.codebook.labels, self.edition)
        self.found: list[findings.Finding] = []
        self.drawn: dict[str, list[figures.Figure]] = {}

    # --- what the page counts ------------------------------------------------------------------------------------

    @functools.cached_property
    def cells(self) -> pd.DataFrame:
        """Stance by country and target, as `series.by_country` gives it."""
        found = self.tables
        return series.by_country(found["positions"], found["statements"], self.study, found["articles"])

    @functools.cached_property
    def countries(self) -> list[str]:
        """The countries shown, in order."""
        return list(self.study.countries) or list(dict.fromkeys(self.cells["country"]))

    @functools.cached_property
    def paged(self) -> list[str]:
        """The countries that have a page, in order: those shown, and where the study names none all others that speak.
        """
        spoken = {code for joined in set(self.tables["statements"]["countries"]) for code in joined.split("|")}
        more = spoken - {"", *self.countries, *series.UNRESOLVED}
        return [*self.countries, *(() if self.study.countries else sorted(more))]

    @functools.cached_property
    def charted(self) -> pd.DataFrame:
        """The cells of the countries for which charts have room: the first ones."""
        targets = max(1, self.cells["target"].nunique())
        room = max(panels.LEAST, min(panels.MOST, panels.CELLS // targets))
        return self.cells[self.cells["country"].isin(self.countries[:room])]

    @functools.cached_property
    def targets(self) -> list[str]:
        """The targets shown, in order."""
        return [name for name in self.study.targets or self.codebook.names]

    @functools.cached_property
    def units(self) -> pd.DataFrame:
        """Each utterance's stance by country and target, as `series.utterances` gives it."""
        return series.utterances(self.tables["positions"], self.tables["statements"], self.study)

    @functools.cached_property
    def utterances(self) -> list[evidence.Utterance]:
        """Every utterance with its reports, in the order of the articles."""
        return evidence.utterances(self.tables)

    @functools.cached_property
    def claims(self) -> list[findings.Claim]:
        """Every side that can be named."""
        return findings.claims(self.units, self.study.min_statements, self.countries, self.targets)

    @functools.cached_property
    def trials(self) -> pd.DataFrame:
        """Every claim in every variation; articles call their outlets as the page does."""
        named = self.tables["articles"].assign(outlet=self.tables["articles"]["article"].map(self.layout.witnesses))
        return sensitivity.variants(self.tables["positions"], self.tables["statements"], named, self.study)

    @property
    def each(self) -> str:
        """What is left out in turn: a report where every article has an outlet of its own, else an outlet."""
        names = list(self.layout.witnesses.values())
        return "report" if len(set(names)) == len(names) else "outlet"

    @functools.cached_property
    def contents(self) -> dict[str, str]:
        """{statement: its content}."""
        return dict(zip(self.tables["statements"]["statement"], self.tables["statements"]["content"], strict=True))

    @functools.cached_property
    def writer(self) -> findings.Writer:
        """Puts claims into sentences."""
        return findings.Writer(self.language, self.codebook.labels, len(self.tables["articles"]))

    # --- what a notebook declares --------------------------------------------------------------------------------

    def findings(self) -> layout.Shown:
        """The findings that the data makes true, in the order of what they rest on."""
        writer = self.writer
        found = [*writer.opposites(self.claims), *writer.by_target(self.claims), *writer.repeats(self.utterances),
                 *writer.wordings(self.utterances)]
        self.found += findings.robustness(found, self.trials, writer, self.each)
        return layout.Shown([finding.sentence for finding in self.found])

    def finding(self, sentence: str, *, when: bool, counts: Iterable[str] = (),
                utterances: Iterable[str] = ()) -> layout.Shown:
        """Print the sentence in the brief if, and only if, `when` is true; with its counts and its evidence.

        `utterances` are names of utterances of the study. Raises BriefError for one that there is not, or an empty
        sentence.
        """
        known = {utterance.name for utterance in self.utterances}
        names = tuple(utterances)
        if missing := [name for name in names if name not in known]:
            raise BriefError(f"there is no utterance {missing[0]!r}; names look like {min(known, default='')!r}")
        if not sentence.strip():
            raise BriefError("a finding needs a sentence")
        if not when:
            return layout.Shown([self.language.say("findings.untrue", sentence=sentence)])
        number = 1 + sum(finding.name.startswith("own-") for finding in self.found)
        told = tuple(("", text) for text in counts)
        self.found.append(findings.Finding(f"own-{number}", sentence, "", told, names))
        return layout.Shown([sentence])

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number as the page writes it, for a sentence."""
        return self.language.number(value, decimals)

    def figure(self, section: str, chart: altair.TopLevelMixin, *, title: str = "", alt: str = "", caption: str = "",
               narrow: altair.TopLevelMixin | None = None, table: pd.DataFrame | None = None,
               sources: Sequence[Sequence[str]] = ()) -> figures.Figure:
        """Put a chart into a section of the page (stance, sentiment, context); `table` holds its numbers as text.

        `sources` names, for each row of the table, the utterances that it counts.
        """
        if section not in ("stance", "sentiment", "context"):
            raise BriefError(f"there is no section {section!r} for figures; there are stance, sentiment and context")
        return self._put(section, chart, title=title, alt=alt, caption=caption, narrow=narrow, table=table)

    def _put(self, section: str, chart: altair.TopLevelMixin, **given: object) -> figures.Figure:
        place = self.drawn.setdefault(section, [])
        name = f"{section}-{len(place) + 1}"
        made = figures.make(name, chart, language=self.language, **given)
        place.append(made)
        return made

    def stance(self) -> figures.Figure | None:
        """Who stands where: utterances for and against by country and target; None without a country to show."""
        return self._panel("stance", panels.stance(self))

    def net(self) -> figures.Figure | None:
        """Net stance with its interval, by target and country; None where no country has enough utterances."""
        return self._panel("stance", panels.net(self))

    def sides(self) -> figures.Figure | None:
        """Who takes the same side as whom, over all targets; None where no two countries take a side on one."""
        return self._panel("stance", panels.sides(self))

    def sentiment(self) -> figures.Figure | None:
        """The tone of the words by country, by both scorers; None where nothing was said."""
        return self._panel("sentiment", panels.sentiment(self))

    def context(self) -> list[figures.Figure]:
        """What happened beside: the whole timeline, then the years of the window with the votes by member."""
        return [self._panel("context", panel) for panel in panels.context(self)]

    def _panel(self, section: str, panel: dict | None) -> figures.Figure | None:
        return None if panel is None else self._put(section, **panel, check=False)

    # --- the page ------------------------------------------------------------------------------------------------

    def ungrouped(self) -> int:
        """How many more sides could be named if each report of an utterance counted by itself."""
        statements = self.tables["statements"]
        apart = statements.assign(utterance=statements["statement"])
        units = series.utterances(self.tables["positions"], apart, self.study)
        found = findings.claims(units, self.study.min_statements, self.countries, self.targets)
        known, more = ({(claim.country, claim.target, claim.side) for claim in part} for part in (self.claims, found))
        return len(more - known)

    def summary(self) -> list[str]:
        """At most 120 words, made of sentences that hold."""
        return opening.summary(self)

    def shown(self) -> list[evidence.Utterance]:
        """The utterances that the page shows in full: all, or those behind the findings first."""
        if len(self.utterances) <= continued.WHOLE:
            return self.utterances
        # A few of each claim, so that every number that a finding names leads to words on the page.
        told = [claim.utterances for finding in self.found for claim in finding.claims]
        first = dict.fromkeys(name for each in itertools.zip_longest(*told) for name in each if name)
        cited = first | dict.fromkeys(name for finding in self.found for name in finding.utterances)
        rank = {name: number for number, name in enumerate(itertools.islice(cited, continued.FIRST))}
        known = sorted(self.utterances, key=lambda u: (rank.get(u.name, len(rank)), not u.stances, u.number))
        return sorted(known[:continued.FIRST], key=lambda u: u.number)

    @functools.cached_property
    def elsewhere(self) -> list[evidence.Utterance]:
        """The utterances that no country's page holds, where this page does not show all."""
        if len(self.utterances) <= continued.WHOLE:
            return []
        return [u for u in self.utterances if not set(self.paged) & set(u.countries)]

    @property
    def statement_parts(self) -> list[continued.Part]:
        """The pages of `elsewhere`."""
        return continued.parts(len(self.elsewhere), 0, continued.EACH)

    @property
    def article_parts(self) -> list[continued.Part]:
        """The pages of all articles, where this page does not list them all."""
        n = len(self.tables["articles"])
        return continued.parts(n, 0, continued.TITLES) if n > continued.LISTED else []

    def render(self) -> bytes:
        """The whole page as bytes; the same for the same tables."""
        return self.layout.render("brief.html", scripted=True, live=any(self.drawn.values()),
                                  **composition.values(self))

    def card(self) -> str:
        """The key chart with the first finding as one SVG; empty where nothing is drawn of who stands where."""
        drawn = self.drawn.get("stance")
        if not drawn:
            return ""
        say, title, n = self.language.say, self.study.title or self.study.name, len(self.tables["articles"])
        told = next((found.sentence for found in self.found if found.claims or found.name.startswith("own-")),
                    say("findings.none", minimum=self.study.min_statements))
        source = say("card.source", n=n, title=title, window=opening.window(self), version=layout.__version__,
                     edition=self.edition)
        return cards.svg(drawn[0], kicker=say("page.kind"), title=title, finding=told, notes=(
            drawn[0].caption, trust.in_short(self.layout, self.tables["agreement"]), source))

    def write(self) -> pathlib.Path:
        """Write brief.html, index.html, evidence file and card, each in one move; gives the brief's path."""
        named = {(claim.country, claim.target): claim.side for claim in self.claims}
        pairs = zip(self.cells["country"], self.cells["target"], strict=True)
        cells = self.cells.assign(named=[named.get(pair, "") for pair in pairs])
        rest = {made.file: made.table for place in self.drawn.values() for made in place if made.more}
        if trust.longer(self.claims):
            rest["tables/variants.csv"] = self.trials
        editions.write(self.study, self.tables | {"cells": cells}, self.edition, rest)
        self._write_parts()
        if card := self.card():
            room.write_bytes(card.encode(), self.study.report / "card.svg")
            room.write_bytes(cards.png(card), self.study.report / "card.png")
        index = self.layout.render("index.html", at_index=True, **composition.index(self))
        room.write_bytes(index, self.study.report / "index.html")
        return room.write_bytes(self.render(), self.study.report / "brief.html")

    def _write_parts(self) -> None:
        """The pages that continue this one: what no country's page holds, and the list of articles."""
        report, back = self.study.report, ("../brief.html", self.language.say("country.index_brief"))
        for folder, kind, name, parts, things in (
                ("statements", "utterances", "nobody", self.statement_parts, self.elsewhere),
                ("articles", "articles", "articles", self.article_parts,
                 sections.entries(self.layout, self.tables) if self.article_parts else [])):
            made = continued.write(self.layout, report / folder, parts, kind, things,
                                   self.language.say(f"continued.{name}"), back)
            continued.clear(report / folder, "*.html", made)
