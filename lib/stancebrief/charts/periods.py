"""One country's utterances through time: for and against each target by month, or by year where there are many."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from stancebrief import theme
from stancebrief.charts import plane
from stancebrief.language import Language, load

MONTHS = 24        # more than this are drawn as years
BAR = 20           # height of the tallest bar
GUTTER = 8         # half of the middle, where neutral utterances are written
NOTE = theme.SIZES["note"]


def stance_by_period(counts: pd.DataFrame, *, labels: Mapping[str, str] | None = None, title: str = "",
                     width: float = theme.WIDE, language: Language | None = None) -> alt.LayerChart:
    """One line for each target and one column for each month or year: for above the line, against below it.

    `counts`: rows of one country of series.by_period. Every bar bears its number; a period between the first and the
    last in which nothing was said is left empty, as there is nothing to draw.
    """
    language = language or load()
    say = language.say
    narrow = width < 520
    yearly = len(span(counts["month"])) > MONTHS
    rows = counts.assign(period=counts["month"].str[:4] if yearly else counts["month"])
    rows = rows.groupby(["target", "period"], sort=False)[["support", "neutral", "oppose"]].sum()
    periods = span(counts["month"], yearly)
    targets = list(dict.fromkeys(counts["target"]))
    names = {target: (labels or {}).get(target, target) for target in targets}
    drawing = plane.Plane("periods", width)
    label = 0 if narrow else min(210, plane.widest(names.values())) + 16
    step = (width - label) / max(1, len(periods))
    most = max(1, int(rows[["support", "oppose"]].to_numpy().max()))
    gap = GUTTER if rows["neutral"].any() else 0
    y = _key(drawing, language) + 16
    texts = []
    for target in targets:
        lines = plane.wrap(names[target], width if narrow else label - 10, theme.SIZES["label"])
        if narrow:
            drawing.text(0, y + 2, names[target], weight="bold", size=NOTE)
            y += 18
        middle = y + BAR + 12 + gap
        if not narrow:
            drawing.lines(0, middle - 8 * (len(lines) - 1), lines)
        drawing.rule(label, middle, width, middle, "rule")
        said = []
        for number, period in enumerate(periods):
            if (target, period) not in rows.index:
                continue
            row = rows.loc[(target, period)]
            at = label + (number + 0.5) * step
            shown = words(language, period)
            said.append(say("charts.periods.cell", period=shown, against=int(row["oppose"]),
                            neutral=int(row["neutral"]), support=int(row["support"])))
            _cell(drawing, row, names[target], shown, at, middle, min(26.0, step * 0.7), BAR / most, gap, language)
        texts.append(f"{names[target]}: {'; '.join(said)}.")
        y = middle + BAR + 20 + gap
    _axis(drawing, periods, label, step, y, yearly, language)
    drawing.reach(y + 12)
    return drawing.chart(description=" ".join(texts), title=title, caption=say("charts.periods.rule"))


def span(months: pd.Series, yearly: bool = False) -> list[str]:
    """Every month (YYYY-MM) or year from the first to the last of these; empty without any."""
    found = sorted(set(months))
    if not found:
        return []
    if yearly:
        return [str(year) for year in range(int(found[0][:4]), int(found[-1][:4]) + 1)]
    return [str(period) for period in pd.period_range(found[0], found[-1], freq="M")]


def words(language: Language, period: str) -> str:
    """A month or a year as the language writes it."""
    return language.date(f"{period}-01", "month") if "-" in period else period


def _cell(drawing: plane.Plane, row: pd.Series, target: str, period: str, at: float, middle: float, wide: float,
          unit: float, gap: float, language: Language) -> None:
    """One target in one period; `unit` is the height of one utterance, `gap` the room for neutral ones."""
    say = language.say
    tip = {say("charts.target"): target, say("charts.timeline.when"): period, say("charts.against"): int(row["oppose"]),
           say("charts.neutral"): int(row["neutral"]), say("charts.for"): int(row["support"])}
    for side, way in (("support", -1), ("oppose", 1)):
        count = int(row[side])
        if count:
            start, end = middle + way * gap, middle + way * (gap + max(3.0, unit * count))
            drawing.rect(at - wide / 2, min(start, end), at + wide / 2, max(start, end), side, side, tip=tip)
            drawing.text(at, end + way * 7, count, f"{side}-ink", NOTE, weight="bold", align="center")
    if row["neutral"]:
        half = max(7, theme.text_width(str(int(row["neutral"])), NOTE, "bold") / 2 + 3)
        drawing.rect(at - half, middle - 7, at + half, middle + 7, "neutral-soft", "neutral", corner=7, tip=tip)
        drawing.text(at, middle, int(row["neutral"]), "ink", NOTE, weight="bold", align="center")


def _axis(drawing: plane.Plane, periods: list[str], label: float, step: float, y: float, yearly: bool,
          language: Language) -> None:
    """The periods under the last line, as many as have room; a month with its year where that begins."""
    def short(number: int) -> list[str]:
        period = periods[number]
        if yearly:
            return [period]
        month = language.date(f"{period}-01", "short_month")
        return [month, period[:4]] if number == 0 or period.endswith("-01") else [month]
    every = max(1, -(-int(plane.widest([text for n in range(len(periods)) for text in short(n)], NOTE) + 8) // int(
        max(1, step))))
    for number in range(0, len(periods), every):
        for line, text in enumerate(short(number)):
            drawing.text(label + (number + 0.5) * step, y + 2 + 13 * line, text, "muted", NOTE, align="center")
            drawing.reach(y + 14 + 13 * line)


def _key(drawing: plane.Plane, language: Language) -> float:
    say = language.say

    def bar(role: str, up: bool) -> object:
        return lambda x, y: drawing.rect(x, y - 6 if up else y, x + 12, y if up else y + 6, role, role)

    def neutral(x: float, y: float) -> None:
        drawing.rect(x, y - 7, x + 14, y + 7, "neutral-soft", "neutral", corner=7)
        drawing.text(x + 7, y, "1", "ink", NOTE, weight="bold", align="center")
    return plane.key(drawing, 8, [(bar("support", True), 12, say("charts.stance.key_for")),
                                  (bar("oppose", False), 12, say("charts.stance.key_against")),
                                  (neutral, 14, say("charts.stance.key_neutral"))])
