"""How far to trust the labels: a coder's stances beside the reference's, and whether stated confidence holds."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from stancebrief import tables, theme
from stancebrief.charts import plane
from stancebrief.language import Language, load

NOTE = theme.SIZES["note"]
ORDER = (*tables.STANCES, "none", "absent")


def confusion(counts: pd.DataFrame, *, title: str = "", width: float = theme.WIDE,
              language: Language | None = None) -> alt.LayerChart:
    """Hand-coded stance by line, the coder's by column; the area of a square is the number of positions, written in it.

    `counts`: a frame of agreement.confusion (reference_stance, stance, n); with a `by` column its groups are summed.
    Squares on the outlined diagonal are right.
    """
    language = language or load()
    say = language.say
    cells = counts.groupby(["reference_stance", "stance"])["n"].sum()
    kinds = [kind for kind in ORDER if kind in set(counts["reference_stance"]) | set(counts["stance"])]
    drawing = plane.Plane("confusion", width)
    names = {kind: say(f"charts.trust.{kind}") for kind in kinds}
    label = min(plane.widest(names.values()) + 12, width * 0.34)
    cell = min(76.0, (width - label) / max(1, len(kinds)))
    heads = {kind: plane.wrap(name, cell - 4, NOTE, "bold") for kind, name in names.items()}
    tall = max((len(lines) for lines in heads.values()), default=1) * (NOTE + 4)
    drawing.text(label, 8, say("charts.trust.coder"), "muted", NOTE)
    top = 24 + tall
    drawing.text(0, top - 10, say("charts.trust.reference"), "muted", NOTE)
    texts, most = [], max(1, int(cells.max()) if len(cells) else 1)
    for column, kind in enumerate(kinds):
        drawing.lines(label + cell * (column + 0.5), top + 1 - len(heads[kind]) * (NOTE + 4), heads[kind], size=NOTE,
                      weight="bold", align="center")
    for row, wanted in enumerate(kinds):
        y = top + cell * (row + 0.5)
        lines = plane.wrap(names[wanted], label - 6, theme.SIZES["label"])
        drawing.lines(0, y - 8 * (len(lines) - 1), lines)
        for column, got in enumerate(kinds):
            x, n = label + cell * (column + 0.5), int(cells.get((wanted, got), 0))
            right = wanted == got and wanted in tables.STANCES
            drawing.rect(x - cell / 2 + 1, y - cell / 2 + 1, x + cell / 2 - 1, y + cell / 2 - 1, "",
                         "same" if right else "grid")
            if not n:
                drawing.text(x, y, "·", "silent", NOTE, align="center")
                continue
            tip = {say("charts.trust.reference"): names[wanted], say("charts.trust.coder"): names[got],
                   say("charts.trust.positions"): n}
            half = max(3.0, (cell / 2 - 4) * math.sqrt(n / most))
            drawing.rect(x - half, y - half, x + half, y + half, "same-soft" if right else "apart-soft",
                         "same" if right else "apart", tip=tip, level=1)
            drawing.text(x, y, n, "ink", theme.SIZES["label"], weight="bold", align="center")
            texts.append(say("charts.trust.cell", n=n, reference=names[wanted], coder=names[got]))
    drawing.reach(top + cell * len(kinds))
    return drawing.chart(description=" ".join(texts), title=title, caption=say("charts.trust.confusion_rule"))


def reliability(bands: pd.DataFrame, *, title: str = "", width: float = theme.WIDE,
                language: Language | None = None) -> alt.LayerChart:
    """Share of labels that are right by the confidence stated for them; on the slanted line it is as stated.

    `bands`: a frame of agreement.calibration (predicted, observed, low, high, n).
    """
    language = language or load()
    say = language.say
    drawing = plane.Plane("reliability", width)
    side = min(340.0, width - 60)
    left, top = 48.0, 30.0
    low = min([0.5, *(bands[name].min() for name in ("predicted", "low"))]) if len(bands) else 0.0
    floor = math.floor(low * 10) / 10

    def across(value: float) -> float:
        return left + (value - floor) / (1 - floor) * side

    def down(value: float) -> float:
        return top + side - (value - floor) / (1 - floor) * side
    drawing.text(0, 8, say("charts.trust.observed"), weight="bold", size=NOTE)
    steps = 0.1 if 1 - floor <= 0.55 else 0.2
    value = floor
    while value <= 1.0001:
        drawing.rule(left, down(value), left + side, down(value), "grid")
        drawing.rule(across(value), top, across(value), top + side, "grid")
        drawing.text(left - 6, down(value), language.percent(round(value, 2)), "muted", NOTE, align="right")
        drawing.text(across(value), top + side + 12, language.percent(round(value, 2)), "muted", NOTE, align="center")
        value += steps
    drawing.text(left, top + side + 30, say("charts.trust.predicted"), weight="bold", size=NOTE)
    drawing.rule(across(floor), down(floor), across(1), down(1), "rule", dash=True, size=1.5)
    texts = []
    for row in bands.itertuples():
        numbers = {"predicted": language.percent(row.predicted), "observed": language.percent(row.observed),
                   "low": language.percent(row.low), "high": language.percent(row.high)}
        tip = {say("charts.trust.predicted"): numbers["predicted"], say("charts.trust.observed"): numbers["observed"],
               say("charts.interval"): say("charts.from_to", low=numbers["low"], high=numbers["high"]),
               say("charts.trust.labels"): row.n}
        x = across(row.predicted)
        drawing.rule(x, down(row.low), x, down(row.high), "accent", size=2, tip=tip)
        drawing.point(x, down(row.observed), "circle", 70, "accent", "paper", tip=tip)
        drawing.text(x + 8, down(row.observed) - 9, say("charts.trust.n", n=row.n), "ink", NOTE)
        texts.append(say("charts.trust.band", n=row.n, **numbers))
    drawing.reach(top + side + 36)
    return drawing.chart(description=" ".join(texts), title=title, caption=say("charts.trust.reliability_rule"))
