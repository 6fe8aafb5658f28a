"""A lane of more events than marks can show, counted by month, quarter or year: a bar for each."""

from __future__ import annotations

import bisect

import pandas as pd

from stancebrief import theme
from stancebrief.charts import axes, plane
from stancebrief.language import Language

CROWD = 80         # events of one lane that stand as marks; more are counted
TALL = 34          # height of the tallest bar
NOTE = theme.SIZES["note"]


def crowded(rows: pd.DataFrame) -> bool:
    """Whether these are too many events for a mark each."""
    return len(rows) > CROWD


def lane(drawing: plane.Plane, rows: pd.DataFrame, axis: axes.Axis, y: float, language: Language,
         texts: list[str]) -> float:
    """Bars of how many events each period has, under the heading at `y`; gives the y below."""
    say = language.say
    periods = axis.periods()
    starts = [first.isoformat() for first, _ in periods]
    counts = [0] * len(periods)
    for date in rows["date"]:
        counts[bisect.bisect_right(starts, date) - 1] += 1
    most, base = max(counts), y + 22 + TALL
    drawing.text(axis.left, y + 16, say(f"charts.timeline.counted_{axis.step}", n=most), "muted", NOTE)
    drawing.rule(axis.left, base, axis.right, base, "rule")
    for (first, last), count in zip(periods, counts, strict=True):
        if not count:
            continue
        x, x2 = max(axis.left, axis.at(first)), min(axis.right, axis.after(last))
        gap = min(2.0, (x2 - x) * 0.15)
        when = axes.period(first, axis.step, language)
        drawing.rect(x + gap / 2, base - max(1.0, count / most * TALL), x2 - gap / 2, base, "ink", level=2, tip={
            say("charts.timeline.when"): when, say("charts.timeline.events"): count})
    years: dict[str, int] = {}
    for (first, _), count in zip(periods, counts, strict=True):
        years[str(first.year)] = years.get(str(first.year), 0) + count
    texts += [say("charts.timeline.crowd", when=year, n=count) for year, count in years.items() if count]
    return base + 24
