"""The figures of the brief: each chart for a page and for a phone, what it shows as title, its numbers as a table.

Each function takes the page (`brief.Page`) and gives what `Page.figure` takes, or None where there is nothing to show.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from stancebrief import charts, events, series, theme
from stancebrief.brief import sections
from stancebrief.language import capital

MOST = 16     # countries in one chart
CELLS = 128   # countries times targets in one chart
LEAST = 8     # countries in one chart, however many targets there are


def _drawn(draw: Callable, *frames: pd.DataFrame, **given: object) -> dict:
    """The chart for a page and for a phone."""
    return {
        name: draw(*frames, width=width, **given) for name, width in (("chart", theme.WIDE), ("narrow", theme.NARROW))
    }


def stance(page: Any) -> dict | None:
    """Who stands where: utterances for and against by country and target."""
    language, cells, labels = page.language, page.cells, page.codebook.labels
    say = language.say
    if cells.empty:
        return None
    pair = page.writer.opposite_pair(page.claims)
    title = (
        say("stance.title" if cells["n_utterances"].any() else "stance.title_none")
        if pair is None
        else say(
            "stance.title_opposite",
            a=capital(language.country_in_text(pair[0])),
            b=language.country_in_text(pair[1]),
            words=language.words(len(pair[2])),
        )
    )
    rows = [
        (
            language.country(row.country),
            labels.get(row.target, row.target),
            row.oppose,
            row.neutral,
            row.support,
            row.n_utterances if row.said else say("stance.none"),
        )
        for row in cells.itertuples()
    ]
    names = ("country", "target", "oppose", "neutral", "support", "n")
    said = _said(page.units)
    few = say("charts.stance.few", n=page.study.min_statements)
    counted = page.units[page.units["country"].isin(cells["country"]) & page.units["target"].isin(cells["target"])]
    n = say("stance.caption", n=len(counted), utterances=counted["utterance"].nunique())
    minimum = page.study.min_statements
    return _drawn(charts.stance_by_country, page.charted, minimum=minimum, labels=labels, language=language) | {
        "title": title,
        "caption": f"{say('charts.rules.utterance')} {few} {n} {_left(page, cells)}".strip(),
        "table": pd.DataFrame(rows, columns=[say(f"stance.table.{name}") for name in names]),
        "sources": [said.get((row.country, row.target), ()) for row in cells.itertuples()],
    }


def _left(page: Any, frame: pd.DataFrame) -> str:
    """Which countries of the frame are drawn, where there is no room for all."""
    k, n = (found["country"].nunique() for found in (page.charted, frame))
    return page.language.say("figure.drawn", k=page.language.number(k), n=page.language.number(n)) if k < n else ""


def _said(units: pd.DataFrame) -> dict[tuple[str, str], list[str]]:
    """{(country, target): the utterances counted there}."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, country, target in units[["utterance", "country", "target"]].itertuples(index=False):
        found.setdefault((country, target), []).append(name)
    return found


def sides(page: Any) -> dict | None:
    """Who takes the same side as whom, over all targets."""
    language, labels = page.language, page.codebook.labels
    if page.cells.empty:
        return None
    pairs = series.agreement_between_countries(page.cells)
    if not pairs["shared"].any():
        return None
    shown = set(page.charted["country"])
    drawn = _drawn(charts.agreement_map, pairs[pairs["country"].isin(shown) & pairs["other"].isin(shown)],
                   minimum=page.study.min_statements, labels=labels, language=language)
    rows = [
        (
            language.country(row.country),
            language.country(row.other),
            *(
                "; ".join(labels.get(name, name) for name in joined.split("|") if name)
                for joined in (row.same_on, row.opposed_on)
            ),
        )
        for row in pairs.itertuples()
        if row.country < row.other and row.shared
    ]
    names = ("one", "other", "same", "opposed")
    return drawn | {
        "title": _pairs_title(language, pairs),
        "caption": f"{charts.caption(drawn['chart'])} {_left(page, page.cells)}".strip(),
        "table": pd.DataFrame(rows, columns=[language.say(f"stance.pairs_table.{name}") for name in names]),
    }


def _pairs_title(language: Any, pairs: pd.DataFrame) -> str:
    """The pair that can be compared on the most targets, and how it stands; none where too little was said."""
    firm = []
    for row in pairs[pairs["enough"]].itertuples():
        few = set(row.few_on.split("|"))
        same, opposed = (len(set(filter(None, joined.split("|"))) - few) for joined in (row.same_on, row.opposed_on))
        firm.append((same + opposed, same, row.country, row.other))
    if not firm:
        return language.say("stance.pairs_few")
    n, same, country, other = max(firm, key=lambda one: (one[0], max(one[1], one[0] - one[1])))
    a, b = sorted((country, other))
    key = "same" if same == n else "mixed" if same else "opposed"
    return language.sentence(
        f"stance.pairs_{key}",
        a=language.country_in_text(a),
        b=language.country_in_text(b),
        words=language.words(n),
        k=same,
        n=n,
    )


def net(page: Any) -> dict | None:
    """Net stance with its interval, by target and country; None where no country has enough utterances."""
    say, score, cells = page.language.say, page.layout.signed, page.cells
    enough = cells[cells["enough"]]
    if enough.empty:
        return None
    clear = int(((enough["low"] > 0) | (enough["high"] < 0)).sum())
    title = say("stance.net_title_none")
    if clear:
        words = map(page.language.words, (clear, len(enough)))
        title = say("stance.net_title", n=clear, Words=capital(next(words)), all=next(words))
    labels = page.codebook.labels
    order = dict.fromkeys(cells["target"])
    listed = [row for target in order for row in enough[enough["target"] == target].itertuples()]
    rows = [
        (
            labels.get(row.target, row.target),
            page.language.country(row.country),
            *map(score, (row.net, row.low, row.high)),
            row.n_utterances,
        )
        for row in listed
    ]
    said = _said(page.units)
    names = ("target", "country", "net", "low", "high", "n")
    drawn = _drawn(charts.net_by_country, page.charted, labels=labels, language=page.language)
    return drawn | {
        "title": title,
        "caption": f"{charts.caption(drawn['chart'])} {_left(page, cells)}".strip(),
        "table": pd.DataFrame(rows, columns=[say(f"stance.net_table.{name}") for name in names]),
        "sources": [said[row.country, row.target] for row in listed],
    }


def sentiment(page: Any) -> dict | None:
    """The tone of the words by country, by both scorers."""
    say, score = page.language.say, page.layout.signed
    statements, tone = page.tables["statements"], page.tables["sentiment"]
    means = series.sentiment_by_country(tone, statements, page.study)
    points = series.sentiment_by_utterance(tone, statements, page.study)
    if not means["said"].any():
        return None
    rows = [
        (
            page.language.country(row.country),
            say(f"charts.tone.{row.scorer}"),
            *(map(score, (row.mean, row.low, row.high)) if row.enough else (say("sentiment.few"), "", "")),
            row.n_utterances,
        )
        for row in means.itertuples()
    ]
    first = list(dict.fromkeys(means["country"]))[:MOST]
    drawn = _drawn(charts.sentiment_by_country, means[means["country"].isin(first)],
                   points[points["country"].isin(first)], language=page.language)
    k, n = len(first), means["country"].nunique()
    left = say("figure.drawn", k=page.language.number(k), n=page.language.number(n)) if k < n else ""
    names = ("country", "scorer", "mean", "low", "high", "n")
    said = points.groupby("country")["utterance"].unique().to_dict()
    counted = points[points["country"].isin(means["country"])]["utterance"].nunique()
    return drawn | {
        "title": sections.tone_title(page.language, means),
        "caption": f"{charts.caption(drawn['chart'])} {say('sentiment.caption', n=counted)} {left}".strip(),
        "table": pd.DataFrame(rows, columns=[say(f"sentiment.table.{name}") for name in names]),
        "sources": [said.get(row.country, ()) for row in means.itertuples()],
    }


def context(page: Any) -> list[dict]:
    """What happened beside: the whole timeline, then the years of the window with the votes by member."""
    timeline = sections.named(page.tables["timeline"], page.layout)
    if timeline.empty:
        return []
    window = (page.study.start, page.study.end)
    years = charts.years(timeline, window)
    symbol, votes = sections.ballot(page.study)
    found = []
    for name, (start, end), extra in (("long", ("", ""), {}), ("zoom", years, {"votes": votes, "symbol": symbol})):
        rows = events.between(timeline, start, end)
        drawn = _drawn(charts.timeline, timeline, start=start, end=end, window=window, language=page.language, **extra)
        found.append(
            drawn
            | {
                "title": sections.timeline_title(page.language, rows, name, years[0]),
                "caption": sections.short_rules(page.study, page.language),
                "table": sections.timeline_table(page.language, rows, name),
            }
        )
    return found
