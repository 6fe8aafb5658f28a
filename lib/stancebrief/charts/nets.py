"""Net stance with its interval: by target, and by country within each target."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt
import pandas as pd

from stancebrief import theme
from stancebrief.charts import plane
from stancebrief.language import Language, load

NOTE = theme.SIZES["note"]
TOP = 36           # pixels over the first line: what the ends of the axis mean, and its numbers
COUNTS = 150       # room for the counts beside a line


def net_by_target(targets: pd.DataFrame, *, labels: Mapping[str, str] | None = None, title: str = "",
                  width: float = theme.WIDE, language: Language | None = None) -> alt.LayerChart:
    """Net stance by target with its interval, one line for each target; too few to say instead of a mark.

    `targets`: a frame of series.by_target, or the rows of one country of series.by_country. A mark has a stance's
    colour only where its interval leaves 0 out.
    """
    language = language or load()
    say = language.say
    narrow = width < 520
    drawing = plane.Plane("net", width)
    names = [(labels or {}).get(target, target) for target in targets["target"]]
    label = 0 if narrow else min(210, plane.widest(names)) + 14
    tall = 54 if narrow else 34
    bottom = TOP + tall * len(targets)
    at = _axis(drawing, label, bottom, language)
    texts = []
    for number, (row, name) in enumerate(zip(targets.itertuples(), names, strict=True)):
        y = TOP + tall * (number + 0.5)
        counts = _counts(row, language)
        if narrow:
            drawing.rect(0, y - 24, theme.text_width(name, NOTE, "bold") + 4, y - 8, "paper", level=1)
            drawing.text(0, y - 16, name, weight="bold", size=NOTE)
            drawing.text(width, y + 16, counts, "muted", NOTE, align="right")
        else:
            lines = plane.wrap(name, label - 8, theme.SIZES["label"])
            drawing.lines(0, y - 8 * (len(lines) - 1), lines)
            drawing.text(width, y, counts, "muted", NOTE, align="right")
        texts.append(_mark(drawing, row, name, counts, y, at, language))
    drawing.reach(bottom)
    caption = f"{say('charts.rules.net')} {say('charts.net.rule')}"
    return drawing.chart(description=" ".join(texts), title=title, caption=caption)


def net_by_country(cells: pd.DataFrame, *, labels: Mapping[str, str] | None = None, title: str = "",
                   width: float = theme.WIDE, language: Language | None = None) -> alt.LayerChart:
    """Net stance with its interval, one block for each target, one line for each country with enough utterances.

    `cells`: a frame of series.by_country. Targets on which no country has enough are named under the picture.
    """
    language = language or load()
    say = language.say
    narrow = width < 520
    row_tall, step = 44 if narrow else 26, theme.SIZES["label"] + 4
    drawing = plane.Plane("nets", width)
    targets = list(dict.fromkeys(cells["target"]))
    enough = {target: list(cells[(cells["target"] == target) & cells["enough"]].itertuples()) for target in targets}
    shown = [target for target in targets if enough[target]]
    named = {code: plane.plain(language.country(code), 24) for code in cells["country"]}
    label = 0 if narrow else plane.widest(named.values()) + 24
    heads = {target: plane.wrap((labels or {}).get(target, target), width, theme.SIZES["label"], "bold")
             for target in shown}
    bottom = TOP + sum(16 + step * len(heads[target]) + row_tall * len(enough[target]) for target in shown)
    at = _axis(drawing, label, bottom, language)
    texts, y = [], float(TOP)
    for target in shown:
        wide = plane.widest(heads[target], weight="bold") + 6
        drawing.rect(0, y + 6, wide, y + 10 + step * len(heads[target]), "paper", level=1)
        y = drawing.lines(0, y + 16, heads[target], weight="bold")
        for row in enough[target]:
            line, counts = y + row_tall / 2, _counts(row, language)
            if narrow:
                drawing.text(0, y + 6, named[row.country], size=NOTE, country=row.country)
                drawing.text(width, y + 6, counts, "muted", NOTE, align="right", country=row.country)
                line = y + 24
            else:
                drawing.text(10, line, named[row.country], country=row.country)
                drawing.text(width, line, counts, "muted", NOTE, align="right", country=row.country)
            name = f"{language.country(row.country)}, {(labels or {}).get(target, target)}"
            texts.append(_mark(drawing, row, name, counts, line, at, language, country=row.country))
            y += row_tall
    if few := [(labels or {}).get(target, target) for target in targets if not enough[target]]:
        note = say("charts.net.few", targets=language.join(few))
        y = drawing.lines(0, y + 20, plane.wrap(note, width, NOTE), fill="muted", size=NOTE)
        texts.append(note)
    drawing.reach(y)
    caption = f"{say('charts.rules.net')} {say('charts.net.rule')}"
    return drawing.chart(description=" ".join(texts), title=title, caption=caption)


def _axis(drawing: plane.Plane, label: float, bottom: float, language: Language) -> Callable[[float], float]:
    """The axis from all against to all for; gives where a value stands."""
    left, right = label + 10, drawing.width - (0 if drawing.width < 520 else COUNTS) - 10

    def at(value: float) -> float:
        return left + (value + 1) / 2 * (right - left)
    for value, word, role, align in ((-1, "all_against", "oppose-ink", "left"), (0, "balanced", "muted", "center"),
                                     (1, "all_for", "support-ink", "right")):
        drawing.text(at(value) + 10 * value, 8, language.say(f"charts.net.{word}"), role, NOTE, weight="bold",
                     align=align)
    for value in (-1, -0.5, 0, 0.5, 1):
        drawing.rule(at(value), TOP - 6, at(value), bottom, "grid" if value else "rule")
        drawing.text(at(value), TOP - 13, signed(language, value, 1), "muted", NOTE, align="center")
    return at


def _counts(row: object, language: Language) -> str:
    if not row.said:
        return language.say("charts.none")
    return language.say("charts.net.counts", against=row.oppose, neutral=row.neutral, support=row.support)


def _mark(drawing: plane.Plane, row: object, name: str, counts: str, y: float, at: Callable[[float], float],
          language: Language, country: str = "") -> str:
    """One line's mark; gives it in words."""
    say = language.say
    if not row.said:
        drawing.hatch(at(0), y, 20, 8)
        return f"{name}: {counts}."
    if not row.enough:
        few = say("charts.few")
        wide = theme.text_width(few, NOTE) / 2 + 6
        drawing.rect(at(0) - wide, y - 8, at(0) + wide, y + 8, "paper", level=1)
        drawing.text(at(0), y, few, "muted", NOTE, align="center")
        return f"{name}: {few}; {counts}."
    role = "support" if row.low > 0 else "oppose" if row.high < 0 else "neutral"
    numbers = {key: signed(language, getattr(row, key), 2) for key in ("net", "low", "high")}
    tip = {say("charts.target"): name, say("charts.net.net"): numbers["net"],
           say("charts.interval"): say("charts.from_to", low=numbers["low"], high=numbers["high"]),
           say("charts.utterances"): counts}
    drawing.rule(at(row.low), y, at(row.high), y, role, size=3, tip=tip, country=country)
    for end in (row.low, row.high):
        drawing.rule(at(end), y - 5, at(end), y + 5, role, size=2, country=country)
    drawing.point(at(row.net), y, "diamond", 110, role, tip=tip, country=country)
    return say("charts.net.row", target=name, counts=counts, **numbers)


def signed(language: Language, value: float, places: int) -> str:
    """A number from -1 to 1 with its sign; 0 has none."""
    shown = language.number(value, places).replace("-", "−")
    return "0" if value == 0 else f"+{shown}" if value > 0 else shown
