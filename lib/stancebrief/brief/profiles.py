"""The page of one country: its positions, its votes, with whom it sides, what was quoted differently, all it said."""

from __future__ import annotations

import dataclasses
import functools
import pathlib
from collections.abc import Iterable

import pandas as pd

from stancebrief import brief, charts, events, series, study, tables, theme
from stancebrief.brief import continued, evidence, figures, layout
from stancebrief.language import capital

VOTES = 12  # votes listed, the latest first
WORDINGS = 40  # wording differences shown side by side; the rest are with the statements


class Listed(list):
    """Entries as the page's template takes them (`name` and `lines`, or `text`); a notebook shows them as sentences."""

    def __init__(self, entries: Iterable[dict[str, object]], nothing: str) -> None:
        """`nothing`: what is said where there are no entries."""
        super().__init__(entries)
        self.nothing = nothing

    def _repr_html_(self) -> str:
        said = [": ".join(filter(None, (one.get("name", ""), "; ".join(one.get("lines", ())) or one.get("text", ""))))
                for one in self] or [self.nothing]
        return str(layout.Markup("<ul>{}</ul>").format(layout.Markup("").join(
            layout.Markup("<li>{}</li>").format(layout.safe(line)) for line in said)))


class Profile(brief.Page):
    """One country's page, filled from the same tables as the brief and counted in the same way."""

    def __init__(self, ours: study.Study, country: str, language: str = ""):
        """Raises BriefError for a code that is none."""
        super().__init__(ours, language)
        if not study.COUNTRY.fullmatch(country):
            raise brief.BriefError(f"{country!r} is no country code; write one such as CHN")
        self.country = country

    @functools.cached_property
    def label(self) -> str:
        """The country's name inside a sentence."""
        return self.language.country_in_text(self.country)

    @functools.cached_property
    def own(self) -> pd.DataFrame:
        """Its rows of `series.by_country`; counted as in the brief, whether or not the brief shows the country."""
        cells = (
            self.cells
            if self.country in set(self.cells["country"])
            else series.by_country(
                self.tables["positions"], self.tables["statements"], self._with_it(), self.tables["articles"]
            )
        )
        return cells[cells["country"] == self.country]

    @functools.cached_property
    def said(self) -> list[evidence.Utterance]:
        """Its utterances, numbered as in the brief."""
        return evidence.utterances(self.tables, self.country)

    def _with_it(self) -> study.Study:
        return dataclasses.replace(self.study, countries=(*self.countries, self.country))

    def positions(self) -> figures.Figure | None:
        """Its counts on every target as a chart; None where it takes no position."""
        if not self.own["said"].any():
            return None
        own = self.own[self.own["said"]]
        drawn = [
            charts.net_by_target(own, labels=self.codebook.labels, width=width, language=self.language)
            for width in (theme.WIDE, theme.NARROW)
        ]
        say = self.language.say
        table = pd.DataFrame(
            [
                (self.codebook.labels.get(row.target, row.target), row.oppose, row.neutral, row.support)
                for row in own.itertuples()
            ],
            columns=[say(f"stance.table.{name}") for name in ("target", "oppose", "neutral", "support")],
        )
        made = figures.make(
            f"country-{self.country}",
            drawn[0],
            narrow=drawn[1],
            title=self.title(),
            caption=charts.caption(drawn[0]),
            table=table,
            rows=len(table),
            live=False,
            check=False,
        )
        self.drawn["country"] = [made]
        return made

    @functools.cached_property
    def dated(self) -> pd.DataFrame:
        """Its rows of `series.by_period`: what it said on each target, month by month."""
        ours = self.study if self.country in set(self.cells["country"]) else self._with_it()
        found = series.by_period(self.tables["positions"], self.tables["statements"], ours, self.tables["articles"])
        return found[found["country"] == self.country]

    def periods(self) -> figures.Figure | None:
        """Its counts through time as a chart; None where less than two months of it are dated."""
        self.drawn["periods"] = []
        if self.dated["month"].nunique() < 2:
            return None
        say, labels, language = self.language.say, self.codebook.labels, self.language
        drawn = [charts.stance_by_period(self.dated, labels=labels, width=width, language=language)
                 for width in (theme.WIDE, theme.NARROW)]
        rows = [(language.date(f"{row.month}-01", "month"), labels.get(row.target, row.target), row.oppose,
                 row.neutral, row.support) for row in self.dated.itertuples()]
        names = ("period", "target", "oppose", "neutral", "support")
        first, last = (language.date(f"{month}-01", "month") for month in (self.dated["month"].min(),
                                                                           self.dated["month"].max()))
        undated = int(self.own["n_utterances"].sum() - self.dated["n_utterances"].sum())
        left = say("country.periods_undated", n=undated) if undated else ""
        made = figures.make(
            f"periods-{self.country}", drawn[0], narrow=drawn[1], live=False, check=False, rows=len(rows),
            title=say("country.periods_title", country=self.label, first=first, last=last),
            caption=f"{charts.caption(drawn[0])} {left}".strip(),
            table=pd.DataFrame(rows, columns=[say(f"country.periods_table.{name}") for name in names]))
        self.drawn["periods"] = [made]
        return made

    def timeless(self) -> str:
        """Why no course of time is shown, where none is."""
        months = sorted(set(self.dated["month"]))
        if not months:
            return self.language.say("country.periods_none")
        return self.language.say("country.periods_one", month=self.language.date(f"{months[0]}-01", "month"))

    def title(self) -> str:
        """Its clearest positions in a sentence, where there are any."""
        own = [claim for claim in self.claims if claim.country == self.country and claim.side != "divided"]
        parts = []
        for claim in sorted(own, key=lambda claim: (-claim.n, claim.target)):
            target, key = self.writer.target(claim.target), claim.side + ("_mostly" if claim.mostly else "")
            parts.append(
                self.language.say(f"country.and_{key}", target=target)
                if parts
                else self.writer.clause(key, [claim], target)
            )
        if not parts:
            return self.language.sentence("country.no_side", country=self.label, minimum=self.study.min_statements)
        return capital(self.language.join(parts))

    def sides(self) -> Listed:
        """The other countries shown, with the targets on which they take the same side or the other one."""
        nothing = self.language.say("country.sides_none", country=self.label)
        if not self.own["said"].any():
            return Listed([], nothing)
        cells = pd.concat([self.cells[self.cells["country"] != self.country], self.own])
        pairs = series.agreement_between_countries(cells)
        say, found = self.language.say, []
        enough = (
            self.cells.set_index(["country", "target"])["enough"].to_dict()
            | self.own.set_index(["country", "target"])["enough"].to_dict()
        )
        for row in pairs[(pairs["country"] == self.country) & (pairs["shared"] > 0)].itertuples():
            lines = []
            for key, joined in (("sides_with", row.same_on), ("sides_against", row.opposed_on)):
                names = [
                    self.codebook.labels.get(t, t)
                    if enough.get((self.country, t)) and enough.get((row.other, t))
                    else f"{self.codebook.labels.get(t, t)} ({say('stance.few')})"
                    for t in joined.split("|")
                    if t
                ]
                if names:
                    lines.append(say(f"country.{key}", targets="; ".join(names)))
            found.append({"name": self.language.country(row.other), "lines": lines})
        return Listed(found, nothing)

    def votes(self) -> Listed:
        """How it voted in the Council where votes by member are known, the latest first."""
        nothing = self.language.say("country.votes_none", country=self.label)
        if "council_actions" not in self.study.context:
            return Listed([], nothing)
        found = []
        for symbol in events.symbols():
            frame = events.votes(symbol)
            for row in frame[frame["country"] == self.country].itertuples():
                found.append((row.date, symbol, row.vote))
        acts = events.timeline(self.study)
        acts = acts[acts["lane"] == "council"]
        listed = []
        for day, symbol, vote in sorted(found, reverse=True)[:VOTES]:
            labels = [  # "Veto of …: voted against" could be read as a vote against the veto
                self.language.say("country.draft", symbol=symbol) if row.kind == "veto" else row.label
                for row in acts.itertuples()
                if row.date == day and symbol.removeprefix("S/RES/") in row.label
            ]
            listed.append(
                {
                    "vote": vote,
                    "text": self.language.say(
                        f"country.voted_{vote}", date=self.language.date(day), act=labels[0] if labels else symbol
                    ),
                }
            )
        return Listed(listed, nothing)

    def render(self) -> bytes:
        """The whole page as bytes; the same for the same tables."""
        say, name = self.language.say, self.language.country(self.country)
        if "country" not in self.drawn:
            self.positions()
        if "periods" not in self.drawn:
            self.periods()
        stands = [
            {
                "label": self.codebook.labels.get(row.target, row.target),
                "side": row.side if row.enough else "none",
                "words": say(f"stance.{row.side}") if row.enough else say("stance.few"),
                "count": say("country.count", support=row.support, neutral=row.neutral, oppose=row.oppose),
            }
            for row in self.own[self.own["said"]].itertuples()
        ]
        first, following = continued.split(self.said, f"{self.country}-")
        wordings = [u for u in self.said if u.wording]
        elsewhere = continued.places(self.said, following)
        n = len(self.tables["articles"])
        values = {
            "page_title": say("page.country_page", country=name, title=self.study.title or self.study.name),
            "description": say("country.lead", n=n, words=self.language.words(n), country=name),
            "name": name,
            "lead": say("country.lead", n=n, words=self.language.words(n), country=name),
            "positions": stands,
            "positions_title": say(
                "country.positions_title",
                n=len(stands),
                country=self.label,
                Words=capital(self.language.words(len(stands))),
            )
            if stands
            else self.language.sentence("country.positions_none", country=self.label),
            "sides": self.sides(),
            "sides_none": say("country.sides_none", country=self.label),
            "ballots": self.votes(),
            "votes_none": say("country.votes_none", country=self.label),
            "wordings": wordings[:WORDINGS],
            "wordings_more": max(0, len(wordings) - WORDINGS),
            "place": lambda u: elsewhere.get(u.name, ""),
            "quoted_none": say("country.quoted_none", country=self.label),
            "utterances": first,
            "statement_pages": [(part.file, part.label(self.layout)) for part in following],
            "figures": {name: self.drawn.get(name, []) for name in ("country", "periods")},
            "periods_none": self.timeless(),
            "statements_title": say("statements.title_some", shown=len(first), n=len(self.said))
            if following
            else say("country.statements", n=len(self.said))
            if self.said
            else say("country.statements_none", country=self.label),
            "country_links": [
                (f"{code}.html", self.language.country(code)) for code in self.countries if code != self.country
            ],
            "contents": [
                (anchor, say(f"country.{key}"))
                for anchor, key in (
                    ("positions", "positions"),
                    ("periods", "through_time"),
                    ("sides", "sides"),
                    ("votes", "votes"),
                    ("wordings", "quoted"),
                    ("statements", "every"),
                )
            ],
        }
        return self.layout.render("country.html", up="../", **values)

    def write(self) -> pathlib.Path:
        """Write country/<code>.html beside the brief, in one move, and the pages that continue it; gives its path."""
        folder, name = self.study.report / "country", self.language.country(self.country)
        _, following = continued.split(self.said, f"{self.country}-")
        made = continued.write(self.layout, folder, following, "utterances", self.said,
                               self.language.sentence("continued.statements", country=self.label),
                               (f"{self.country}.html", name))
        continued.clear(folder, f"{self.country}-*.html", made)
        return tables.write_bytes(self.render(), folder / f"{self.country}.html")
