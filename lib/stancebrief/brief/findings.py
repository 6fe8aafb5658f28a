"""Sentences that are printed only when the data makes them true, each with its counts and its evidence.

A side is named when a country is coded on a target in enough utterances and at least two thirds of them take it. What
is counted is utterances: one that several articles carry counts once (see `series.utterances`).
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Sequence

import pandas as pd

from stancebrief import sensitivity
from stancebrief import sides as rule
from stancebrief.brief import evidence
from stancebrief.language import Language, capital

SIDES = ("oppose", "support", "divided")
NAMED = 4  # outlets named in one note
COUNTRIES = 8  # countries named in one clause; the counts under the finding name more
NOBODY = ("OTHER", "UNKNOWN")  # nobody of whom a finding can speak


@dataclasses.dataclass(frozen=True)
class Claim:
    """What the data says of one country on one target: a side, and the utterances on which it rests."""

    country: str
    target: str
    side: str  # one of SIDES
    support: int
    oppose: int
    neutral: int
    utterances: tuple[str, ...]
    articles: tuple[str, ...]

    @property
    def n(self) -> int:
        return self.support + self.oppose + self.neutral

    @property
    def k(self) -> int:
        return max(self.support, self.oppose)

    @property
    def mostly(self) -> bool:
        return self.side != "divided" and self.k < self.n

    @property
    def undone(self) -> int:
        """How many further utterances to the contrary would bring the side under its share."""
        return max(1, math.floor(self.k / rule.SHARE - self.n + 1e-9) + 1)

    def wrong(self, minimum: int) -> int:
        """How many of its positions, found to be wrong, could end it: by being no positions at all, or other ones."""
        return max(1, min(self.n - minimum + 1, math.floor(self.k - rule.SHARE * self.n + 1e-9) + 1))


@dataclasses.dataclass(frozen=True)
class Finding:
    """One sentence of the brief with what makes it true; `short` is the same without "in these reports"."""

    name: str
    sentence: str
    short: str = ""
    counts: tuple[tuple[str, str], ...] = ()  # (side or "", words): "China: 3 of 3 against"
    utterances: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()  # (holds, rests or plain, words)


def claims(units: pd.DataFrame, minimum: int, countries_shown: list[str], targets: list[str]) -> list[Claim]:
    """What can be said of each country on each target with at least `minimum` utterances, in the order shown.

    `units` has one row for each utterance, country and target, as `series.utterances` gives them.
    """
    found = []
    cells = dict(tuple(units.groupby(["target", "country"], sort=False)))
    for target, country in itertools.product(targets, countries_shown):
        cell = cells.get((target, country))
        if cell is None or len(cell) < max(1, minimum) or country in NOBODY:
            continue
        count = cell["stance"].value_counts()
        support, oppose, neutral = (int(count.get(stance, 0)) for stance in ("support", "oppose", "neutral"))
        side = rule.named(support, oppose, len(cell)) or ("divided" if support and oppose else "")
        if not side:
            continue  # neutral for the most part: the chart shows it, no sentence could say it without overreach
        articles = tuple(sorted({article for joined in cell["articles"] for article in joined.split("|")}))
        found.append(Claim(country, target, side, support, oppose, neutral, tuple(cell["utterance"]), articles))
    return found


class Writer:
    """Puts claims into sentences of one language."""

    def __init__(self, language: Language, labels: dict[str, str], articles: int):
        self.language, self.labels = language, labels
        self.here = capital(language.say("these.reports", n=articles, words=language.words(articles)))

    def target(self, name: str) -> str:
        return self.language.in_text(self.labels.get(name, name))

    def hedged(self, text: str) -> str:
        """The sentence with the reports that it speaks of, so that it stays true when quoted alone."""
        return self.language.say("findings.here", Reports=self.here, sentence=text)

    def count(self, claim: Claim) -> tuple[str, str]:
        """(side, words) for the counts under a finding."""
        return claim.side, self.language.say(
            f"findings.count_{claim.side}",
            country=self.language.country(claim.country),
            k=claim.k,
            n=claim.n,
            support=claim.support,
            oppose=claim.oppose,
        )

    def clause(self, key: str, group: list[Claim], target: str = "") -> str:
        return self.language.say(f"findings.{key}", n=len(group), target=target,
                                 countries=listed(self.language, [claim.country for claim in group]))

    def by_target(self, found: list[Claim]) -> list[Finding]:
        """One finding for each target: who speaks against it, who for it, who on both sides."""
        findings = []
        for target, part in itertools.groupby(found, key=lambda claim: claim.target):
            members = list(part)
            groups = [
                (side, mostly, group)
                for side in SIDES
                for mostly in (False, True)
                if (group := [c for c in members if c.side == side and c.mostly == mostly])
            ]
            groups.sort(key=lambda g: (SIDES.index(g[0]) == 2, -sum(c.n for c in members if c.side == g[0]), g[1]))
            clauses = [self._clause(index, groups, target) for index in range(len(groups))]
            text = self.language.say("findings.target", clauses=self.language.say("findings.between").join(clauses))
            names = tuple(dict.fromkeys(name for claim in members for name in claim.utterances))
            findings.append(
                Finding(
                    f"target-{target}",
                    self.hedged(text),
                    capital(text),
                    tuple(map(self.count, members)),
                    names,
                    tuple(members),
                )
            )
        return sorted(findings, key=lambda f: (-len({c.side for c in f.claims}), -len(f.utterances)))

    def _clause(self, index: int, groups: list[tuple[str, bool, list[Claim]]], target: str) -> str:
        """The first clause names the target; a later one says how it stands to the first."""
        side, mostly, group = groups[index]
        end = "_mostly" if mostly else ""
        if index == 0 or side == groups[0][0] or groups[0][0] == "divided":
            return self.clause(side + ("" if side == "divided" else end), group, self.target(target))
        return self.clause("also_divided" if side == "divided" else "other" + end, group)

    def opposite_pair(self, found: list[Claim]) -> tuple[str, str, list[tuple[Claim, Claim]]] | None:
        """The two countries that differ on the most targets (at least two), and their claims."""
        pairs: dict[tuple[str, str], list[tuple[Claim, Claim]]] = {}
        for one, other in itertools.combinations([claim for claim in found if claim.side != "divided"], 2):
            if one.target == other.target and one.side != other.side:
                first, second = sorted((one, other), key=lambda claim: claim.country)
                pairs.setdefault((first.country, second.country), []).append((first, second))
        best = max(
            pairs.items(), default=None, key=lambda item: (len(item[1]), sum(a.n + b.n for a, b in item[1]), item[0])
        )
        return (*best[0], best[1]) if best and len(best[1]) > 1 else None

    def opposites(self, found: list[Claim]) -> list[Finding]:
        """The pair of countries that differ on the most targets, if there is one."""
        pair = self.opposite_pair(found)
        if pair is None:
            return []
        a, b, best = pair
        say = self.language
        text = say.say(
            "findings.opposite",
            n=len(best),
            words=say.words(len(best)),
            a=say.country_in_text(a),
            b=say.country_in_text(b),
            targets=say.join(self.target(one.target) for one, _ in best),
        )
        members = tuple(claim for both in best for claim in both)
        names = tuple(dict.fromkeys(name for claim in members for name in claim.utterances))
        return [Finding("opposite-sides", self.hedged(text), capital(text), (), names, members)]

    def repeats(self, utterances: list[evidence.Utterance]) -> list[Finding]:
        """How many utterances more than one article carries."""
        twice = [u for u in utterances if len({report.article for report in u.reports}) > 1]
        if not twice:
            return []
        key = "findings.repeats_all" if len(twice) == len(utterances) else "findings.repeats"
        text = self.language.sentence(key, n=len(utterances), k=len(twice))
        return [Finding("repeats", text, text, (), tuple(u.name for u in twice))]

    def wordings(self, utterances: list[evidence.Utterance]) -> list[Finding]:
        """How many quotations differ between articles inside their quotation marks."""
        differ = [u for u in utterances if u.wording and u.wording.quoted]
        if not differ:
            return []
        words = capital(self.language.words(len(differ)))
        text = self.language.sentence("findings.wordings", n=len(differ), Words=words)
        return [Finding("wordings", text, text, (), tuple(u.name for u in differ))]


def listed(language: Language, codes: Sequence[str]) -> str:
    """The countries by name in a sentence; of more than a reader takes in the first, and how many others."""
    names = [language.country_in_text(code) for code in codes]
    if len(names) > COUNTRIES + 1:
        rest = len(names) - COUNTRIES
        names = [*names[:COUNTRIES], language.say("findings.others", n=rest, words=language.words(rest))]
    return language.join(names)


def robustness(found: list[Finding], trials: pd.DataFrame, writer: Writer, each: str = "outlet") -> list[Finding]:
    """The findings with notes on what they rest on. `trials` is what `sensitivity.variants` gives.

    Its articles must call their outlets as the page does; `each` is "report" where no two of them share an outlet.
    A note's kind is `flips` where a side turns round, `rests` where one can no longer be named, `holds` where nothing
    changes one. What `basis` says once of all findings is not said again of each.
    """
    language = writer.language
    outlets = trials.loc[trials["kind"] == "outlet", "outlet"].nunique()
    noted = []
    for finding in found:
        sides = {(claim.country, claim.target) for claim in finding.claims if claim.side != "divided"}
        mine = trials[[place in sides for place in zip(trials["country"], trials["target"], strict=True)]]
        if mine.empty:
            noted.append(finding)
            continue
        changed = mine[(mine["change"] != "holds") & ((mine["kind"] != "outlet") | (outlets > 1))]
        thinned = (changed["kind"] == "confidence") & (changed["change"] == "too few left")
        notes = []
        alike: dict[tuple, list[str]] = {}  # what changes in the same way, with the outlets without which it does
        for (kind, outlet, change), part in changed[~thinned].groupby(["kind", "outlet", "change"], sort=False):
            places: dict[tuple[str, ...], list[str]] = {}  # countries that change alike, and on which targets they do
            for target, rows in part.groupby("target", sort=False):
                places.setdefault(tuple(dict.fromkeys(rows["country"])), []).append(str(target))
            for codes, targets in places.items():
                alike.setdefault((kind, change, codes, tuple(targets)), []).append(outlet)
        for (kind, change, codes, targets), without in alike.items():
            names = listed(language, codes)
            key = f"findings.change.{change.replace(' ', '_')}"
            note = language.sentence(key, n=len(codes), countries=names, trial=_trial(language, kind, without, each))
            if len({target for _, target in sides}) > 1:
                note = language.say("findings.on", note=note, targets=language.join(map(writer.target, targets)))
            notes.append(("flips" if change == "flips" else "rests", note))
        if not notes and outlets > 1:
            notes.append(("holds", language.say(f"findings.holds_{each}{'_thinned' if thinned.any() else ''}")))
        noted.append(dataclasses.replace(finding, notes=tuple(notes)))
    return noted


def _trial(language: Language, kind: str, without: list[str], each: str) -> str:
    """What is tried, in words; of more outlets than a reader takes in, how many (the table of sides names them)."""
    if kind != "outlet":
        return language.say(f"findings.trial.{kind}", sure=language.number(sensitivity.UNSURE))
    if len(without) > NAMED:
        return language.say(f"findings.trial.any_{each}", n=len(without), words=language.words(len(without)))
    return language.say("findings.trial.outlet", n=len(without), outlet=language.join(without, "or"))


def basis(trials: pd.DataFrame, writer: Writer, each: str = "outlet") -> list[str]:
    """What is to be said once of what the sides rest on: a single outlet, and labels of which few are sure.

    `trials` is what `sensitivity.variants` gives. Of a single report nothing is said: each finding already begins
    with it.
    """
    language, said = writer.language, []
    outlets = trials.loc[trials["kind"] == "outlet", "outlet"].unique()
    if len(outlets) == 1 and each == "outlet":
        said.append(language.say("findings.single_outlet", outlet=outlets[0]))
    surer = trials[trials["kind"] == "confidence"]
    few = int((surer["change"] == "too few left").sum())
    if few:
        key = "findings.surer_all" if few == len(surer) else "findings.surer_some"
        share, total = language.percent(sensitivity.UNSURE), language.words(len(surer))
        said.append(language.sentence(key, n=few, words=language.words(few), all=total, sure=share))
    return said
