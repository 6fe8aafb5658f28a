"""How far to trust the labels: a coder's stances beside the reference's, and whether stated confidence holds."""

from __future__ import annotations

import math
from collections.abc import Mapping

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
            beside = half < theme.text_width(str(n), theme.SIZES["label"], "bold") / 2 + 4
            drawing.text(x + half + 4 if beside else x, y, n, weight="bold", align="left" if beside else "center")
            texts.append(say("charts.trust.cell", n=n, reference=names[wanted], coder=names[got]))
    drawing.reach(top + cell * len(kinds))
    return drawing.chart(description=" ".join(texts), title=title, caption=say("charts.trust.confusion_rule"))


def reliability(bands: pd.DataFrame, *, title: str = "", width: float = theme.WIDE,
                language: Language | None = None) -> alt.LayerChart:
    """Stated confidence beside the share of labels that are right, one line for each band of confidence.

    `bands`: a frame of agreement.calibration (predicted, observed, low, high, n).
    """
    language = language or load()
    say = language.say
    drawing = plane.Plane("reliability", width)
    counts = [say("charts.trust.n", n=int(n)) for n in bands["n"]]
    left, right = 14.0, width - plane.widest(counts, NOTE) - 22
    row = 34
    lowest = min([0.5, *(bands[name].min() for name in ("predicted", "low"))]) if len(bands) else 0.5
    floor = math.floor(lowest * 10) / 10

    def at(share: float) -> float:
        return left + (share - floor) / (1 - floor) * (right - left)
    top = plane.key(drawing, 8, [
        (lambda x, y: drawing.point(x + 5, y, "circle", 70, "paper", "ink"), 10, say("charts.trust.predicted")),
        (lambda x, y: _right(drawing, x + 13, x, x + 26, y), 26, say("charts.trust.observed"))]) + 22
    bottom = top + row * len(bands)
    every = 2 if (1 - floor) / 0.1 * 34 > right - left else 1
    for tenth in range(round(floor * 10), 11):
        drawing.rule(at(tenth / 10), top, at(tenth / 10), bottom, "grid")
        if (10 - tenth) % every == 0:
            drawing.text(at(tenth / 10), top - 9, language.percent(tenth / 10), "muted", NOTE, align="center")
    texts = []
    for number, (band, count) in enumerate(zip(bands.itertuples(), counts, strict=True)):
        y = top + row * (number + 0.5)
        numbers = {"predicted": language.percent(band.predicted), "observed": language.percent(band.observed),
                   "low": language.percent(band.low), "high": language.percent(band.high)}
        tip = {say("charts.trust.predicted"): numbers["predicted"], say("charts.trust.observed"): numbers["observed"],
               say("charts.interval"): say("charts.from_to", low=numbers["low"], high=numbers["high"]),
               say("charts.trust.labels"): band.n}
        drawing.rule(left, y + row / 2, right, y + row / 2, "grid")
        _right(drawing, at(band.observed), at(band.low), at(band.high), y + 5, tip)
        drawing.point(at(band.predicted), y - 7, "circle", 70, "paper", "ink", tip=tip)
        drawing.text(width, y, count, "ink", NOTE, align="right")
        texts.append(say("charts.trust.band", n=band.n, **numbers))
    drawing.reach(bottom)
    return drawing.chart(description=" ".join(texts), title=title, caption=say("charts.trust.reliability_rule"))


def _right(drawing: plane.Plane, x: float, low: float, high: float, y: float,
           tip: Mapping[str, object] | None = None) -> None:
    """The share that is right, with its interval."""
    drawing.rule(low, y, high, y, "accent", size=2, tip=tip)
    drawing.point(x, y, "diamond", 80, "accent", tip=tip)
