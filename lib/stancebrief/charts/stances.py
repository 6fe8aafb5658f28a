"""Who stands where: utterances for and against, by country and target."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from stancebrief import theme
from stancebrief.charts import plane
from stancebrief.language import Language, load

ROW = 21           # pixels from one country to the next
GUTTER = 10        # half of the middle, where neutral utterances are written
BAR = 12
DIGIT = 8          # room for one digit of a count beside its bar
NOTE = theme.SIZES["note"]


def stance_by_country(cells: pd.DataFrame, *, minimum: int, labels: Mapping[str, str] | None = None, title: str = "",
                      width: float = theme.WIDE, language: Language | None = None) -> alt.LayerChart:
    """One panel for each target, one line for each country: utterances against to the left, for to the right.

    `cells`: a frame of series.by_country. Neutral utterances are a number in the middle, a country without a statement
    is hatched, and a bar of fewer utterances than the study's `minimum` is hollow. `labels`: names of targets.
    """
    language = language or load()
    say = language.say
    narrow = width < 520
    countries, targets = list(dict.fromkeys(cells["country"])), list(dict.fromkeys(cells["target"]))
    names = {code: language.country(code) for code in countries}
    label = plane.widest([plane.plain(name, 24) for name in names.values()]) + 8
    columns = max(1, min(len(targets), int(width // (155 if narrow else 200))))
    gap = 12 if narrow else 22
    panel = (width - gap * (columns - 1)) / columns
    if narrow and columns > 1 and panel - label < 80:
        columns, panel = 1, width
    drawing = plane.Plane("stance", width)
    most = max(1, int(cells[["support", "oppose"]].to_numpy().max()) if len(cells) else 1)
    half = (panel - label) / 2
    unit = (half - GUTTER - DIGIT * len(str(most)) - 4) / most
    headings = {t: plane.wrap((labels or {}).get(t, t), panel - 4, theme.SIZES["label"], "bold") for t in targets}
    found = {(row.country, row.target): row for row in cells.itertuples()}
    y = _key(drawing, language) + 10
    for start in range(0, len(targets), columns):
        line = targets[start:start + columns]
        tall = max(len(headings[target]) for target in line) * (theme.SIZES["label"] + 4)
        for column, target in enumerate(line):
            left = column * (panel + gap)
            drawing.lines(left, y + tall - len(headings[target]) * (theme.SIZES["label"] + 4) + 8, headings[target],
                          weight="bold")
            middle, top = left + label + half, y + tall + 8
            bottom = top + ROW * len(countries)
            drawing.rule(left, top - 3, left + panel, top - 3, "rule")
            drawing.rule(middle, top, middle, bottom, "grid")
            for number, code in enumerate(countries):
                row = found[code, target]
                _line(drawing, row, names[code], (labels or {}).get(target, target), left, middle,
                      top + ROW * (number + 0.5), unit, language)
        y += tall + 8 + ROW * len(countries) + 22
    drawing.reach(y - 18)
    caption = " ".join((say("charts.rules.utterance"), say("charts.stance.few", n=max(1, minimum))))
    return drawing.chart(description=_stance_text(cells, labels or {}, language), title=title, caption=caption)


def _line(drawing: plane.Plane, row: object, name: str, target: str, left: float, middle: float, y: float, unit: float,
          language: Language) -> None:
    """One country in one panel."""
    say = language.say
    drawing.text(left, y, plane.plain(name, 24), "ink" if row.said else "muted", country=row.country)
    if not row.said:
        drawing.hatch(middle, y, 2 * GUTTER, 8, country=row.country)
        return
    tip = {say("charts.country"): name, say("charts.target"): target, say("charts.against"): row.oppose,
           say("charts.neutral"): row.neutral, say("charts.for"): row.support, say("charts.reports"): row.n_statements}
    if row.n_outlets >= 0:
        tip[say("charts.outlets")] = row.n_outlets
    if not row.enough:
        tip[say("charts.note")] = say("charts.few")
    for side, count, way in (("oppose", row.oppose, -1), ("support", row.support, 1)):
        if count:
            start, end = middle + way * GUTTER, middle + way * (GUTTER + count * unit)
            drawing.rect(min(start, end), y - BAR / 2, max(start, end), y + BAR / 2,
                         side if row.enough else f"{side}-soft", side, tip=tip, country=row.country)
            drawing.text(end + way * 4, y, count, f"{side}-ink", NOTE, weight="bold",
                         align="left" if way > 0 else "right", country=row.country)
    if row.neutral:
        wide = max(7, theme.text_width(str(row.neutral), NOTE, "bold") / 2 + 3)
        drawing.rect(middle - wide, y - 7, middle + wide, y + 7, "neutral-soft", "neutral", corner=7, tip=tip,
                     country=row.country)
        drawing.text(middle, y, row.neutral, "ink", NOTE, weight="bold", align="center", country=row.country)


def _key(drawing: plane.Plane, language: Language) -> float:
    say = language.say

    def bar(role: str, edge: str) -> object:
        return lambda x, y: drawing.rect(x, y - 5, x + 20, y + 5, role, edge)

    def hollow(x: float, y: float) -> None:
        drawing.rect(x, y - 5, x + 14, y + 5, "oppose-soft", "oppose")
        drawing.rect(x + 17, y - 5, x + 31, y + 5, "support-soft", "support")

    def neutral(x: float, y: float) -> None:
        drawing.rect(x, y - 7, x + 14, y + 7, "neutral-soft", "neutral", corner=7)
        drawing.text(x + 7, y, "1", "ink", NOTE, weight="bold", align="center")
    return plane.key(drawing, 8, [
        (bar("oppose", "oppose"), 20, say("charts.stance.key_against")),
        (neutral, 14, say("charts.stance.key_neutral")), (bar("support", "support"), 20, say("charts.stance.key_for")),
        (hollow, 31, say("charts.few")), (lambda x, y: drawing.hatch(x + 10, y, 20, 8), 20, say("charts.none"))])


def _stance_text(cells: pd.DataFrame, labels: Mapping[str, str], language: Language) -> str:
    """Every count in words, country by country."""
    say = language.say
    parts = []
    for country, rows in cells.groupby("country", sort=False):
        said = [say("charts.stance.cell", target=labels.get(row.target, row.target), against=row.oppose,
                    neutral=row.neutral, support=row.support) for row in rows.itertuples() if row.said]
        silent = [labels.get(row.target, row.target) for row in rows.itertuples() if not row.said]
        if silent:
            said.append(say("charts.stance.silent", targets=language.join(silent)))
        parts.append(f"{language.country(country)}: {'; '.join(said)}.")
    return " ".join(parts)
