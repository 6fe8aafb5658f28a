"""Tone of the words by country: a point for each utterance, the mean with its interval, both scorers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import altair as alt
import pandas as pd

from stancebrief import theme
from stancebrief.charts import plane
from stancebrief.charts.nets import signed
from stancebrief.language import Language, load

NOTE = theme.SIZES["note"]
STEP = 0.05        # points closer than this stand above each other
CROWD = 200        # from so many points on a country's strip they become one mark for each step, its area their number
MANY = 1_000       # from so many points in all, strips of every length do, and steps are twice as long


def sentiment_by_country(means: pd.DataFrame, points: pd.DataFrame, *, title: str = "", width: float = theme.WIDE,
                         language: Language | None = None) -> alt.LayerChart:
    """Two panels, one for each scorer, on one scale from -1 to 1; one line for each country.

    `means`: a frame of series.sentiment_by_country; `points`: one of series.sentiment_by_utterance. A country with
    fewer utterances than the study's minimum has points but no mean.
    """
    language = language or load()
    say = language.say
    narrow = width < 520
    drawing = plane.Plane("tone", width)
    countries = list(dict.fromkeys(means["country"]))
    names = {code: plane.plain(language.country(code), 24) for code in countries}
    scorers = list(dict.fromkeys(means["scorer"]))
    label = plane.widest(names.values()) + 10
    row, gap = 44, 34
    panel = width if narrow else (width - gap * (len(scorers) - 1)) / max(1, len(scorers))
    many = len(points) >= MANY
    found = {(r.country, r.scorer): r for r in means.itertuples()}
    top, texts = _key(drawing, language) + 12, []
    for number, scorer in enumerate(scorers):
        left = 0 if narrow else number * (panel + gap)
        y = top + (number * (row * len(countries) + 74) if narrow else 0)
        start, end = left + label + 8, left + panel - 8

        def at(value: float, start: float = start, end: float = end) -> float:
            return start + (value + 1) / 2 * (end - start)
        drawing.text(left, y, say(f"charts.tone.{scorer}"), weight="bold")
        drawing.text(start, y + 18, say("charts.tone.low"), "muted", NOTE)
        drawing.text(end, y + 18, say("charts.tone.high"), "muted", NOTE, align="right")
        y += 42
        for value in (-1, -0.5, 0, 0.5, 1):
            drawing.rule(at(value), y, at(value), y + row * len(countries), "grid" if value else "rule")
            drawing.text(at(value), y - 8, signed(language, value, 1), "muted", NOTE, align="center")
        for place, code in enumerate(countries):
            middle = y + row * (place + 0.5)
            drawing.rule(left, middle + row / 2, left + panel, middle + row / 2, "grid")
            part = points[(points["country"] == code) & (points["scorer"] == scorer)]
            texts.append(_line(drawing, found[code, scorer], names[code], part["score"].tolist(), left, middle, at,
                               language, many))
        drawing.reach(y + row * len(countries))
    return drawing.chart(description=" ".join(texts), title=title, caption=say("charts.rules.mean"))


def _line(drawing: plane.Plane, row: object, name: str, scores: list[float], left: float, middle: float,
          at: Callable[[float], float], language: Language, many: bool) -> str:
    """One country by one scorer; gives it in words."""
    say = language.say
    scorer = say(f"charts.tone.{row.scorer}")
    drawing.text(left, middle - 7, name, "ink" if row.said else "muted", country=row.country)
    count = say("charts.tone.n", n=row.n_utterances) if row.said else say("charts.none")
    drawing.text(left, middle + 8, count, "muted", NOTE, country=row.country)
    if not row.said:
        drawing.hatch(at(0), middle, 20, 8, country=row.country)
        return f"{name}, {scorer}: {count}."
    wide = STEP * 2 if many else STEP
    bins = Counter(round(score / wide) for score in scores)
    crowded = many or len(scores) >= CROWD
    tallest = max(bins.values(), default=1)
    step = min(6.0, 16 / max(1, tallest - 1))
    for place, number in sorted(bins.items()):
        tip = {say("charts.country"): name, say("charts.tone.score"): signed(language, place * wide, 2),
               say("charts.utterances"): number}
        if crowded:
            drawing.point(at(place * wide), middle - 8, "circle", 6 + round(90 * number / tallest), "neutral",
                          opacity=0.75, tip=tip, country=row.country)
            continue
        for index in range(number):
            drawing.point(at(place * wide), middle - 2 - step * index, "circle", 22, "neutral", opacity=0.75, tip=tip,
                          country=row.country)
    y = middle + 11
    if not row.enough:
        drawing.text(at(0), y, say("charts.few"), "muted", NOTE, align="center", country=row.country)
        return f"{name}, {scorer}: {say('charts.few')} ({count})."
    numbers = {key: signed(language, getattr(row, key), 2) for key in ("mean", "low", "high")}
    tip = {say("charts.country"): name, say("charts.tone.mean"): numbers["mean"],
           say("charts.interval"): say("charts.from_to", low=numbers["low"], high=numbers["high"]),
           say("charts.utterances"): row.n_utterances}
    drawing.rule(at(row.low), y, at(row.high), y, "ink", size=2, tip=tip, country=row.country)
    drawing.point(at(row.mean), y, "diamond", 70, "accent", tip=tip, country=row.country)
    beside = at(row.high) + 7
    fits = beside + theme.text_width(numbers["mean"], NOTE, "bold") < at(1) + 8
    drawing.text(beside if fits else at(row.low) - 7, y, numbers["mean"], "ink", NOTE, weight="bold",
                 align="left" if fits else "right", country=row.country)
    return say("charts.tone.row", country=name, scorer=scorer, count=count, **numbers)


def _key(drawing: plane.Plane, language: Language) -> float:
    say = language.say

    def mean(x: float, y: float) -> None:
        drawing.rule(x, y, x + 26, y, "ink", size=2)
        drawing.point(x + 13, y, "diamond", 70, "accent")
    return plane.key(drawing, 8, [
        (lambda x, y: drawing.point(x + 4, y, "circle", 22, "neutral", opacity=0.75), 8, say("charts.tone.key_point")),
        (mean, 26, say("charts.tone.key_mean"))])
