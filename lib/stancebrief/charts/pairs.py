"""Who sides with whom: the agreement map of countries."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from stancebrief import theme
from stancebrief.charts import plane
from stancebrief.language import Language, load

NOTE = theme.SIZES["note"]
MARK = 11          # pixels from one mark to the next
MANY = 14          # countries from which cells say numbers, so that the picture stays small
LEAST = 26         # pixels of a cell; where there are more countries, those that share fewest targets are only named


def agreement_map(pairs: pd.DataFrame, *, minimum: int, labels: Mapping[str, str] | None = None, title: str = "",
                  width: float = theme.WIDE, language: Language | None = None) -> alt.LayerChart:
    """Countries by countries; in each cell one mark for each target on which both have a side: dot same, cross other.

    `pairs`: a frame of series.agreement_between_countries. A mark is hollow or thin where one of the two has few
    utterances on the target, a cell coloured where enough targets are left without those. Where the marks do not fit,
    the cell says "same of shared". Countries that share no target with any other, and those for which there is no
    room, are named under the map.
    """
    language = language or load()
    say = language.say
    narrow = width < 520
    shared = pairs[pairs["shared"] > 0]
    countries = [code for code in dict.fromkeys(pairs["country"]) if code in set(shared["country"])]
    alone = [code for code in dict.fromkeys(pairs["country"]) if code not in countries]
    room = max(2, int(width * 0.72 // LEAST))
    weight = shared.groupby("country")["shared"].sum()
    kept = sorted(countries, key=lambda code: (-weight[code], countries.index(code)))[:room]
    crowded, countries = [code for code in countries if code not in kept], [c for c in countries if c in kept]
    drawing = plane.Plane("pairs", width)
    names = {code: plane.plain(language.country(code), 24) for code in countries}
    label = min(plane.widest(names.values()) + 10, width * 0.3)
    cell = min(140.0, (width - label) / max(1, len(countries)))
    tall = max(30.0, min(44.0, cell))
    heads = {code: plane.wrap(name, cell - 6, NOTE, "bold") for code, name in names.items()}
    upright = all(theme.text_width(line, NOTE, "bold") <= cell and "…" not in line for lines in heads.values()
                  for line in lines)
    top = _key(drawing, language) + 10
    if not upright:
        heads = {code: [code] for code in countries}
    top += max((len(lines) for lines in heads.values()), default=0) * (NOTE + 4)
    found = {(row.country, row.other): row for row in pairs.itertuples()}
    for column, code in enumerate(countries):
        x = label + cell * (column + 0.5)
        drawing.lines(x, top - len(heads[code]) * (NOTE + 4) + 3, heads[code], size=NOTE, weight="bold", align="center",
                      country=code)
    for place, code in enumerate(countries):
        y = top + tall * (place + 0.5)
        drawing.text(0, y, plane.wrap(names[code], label - 6, theme.SIZES["label"])[0], country=code)
        for column, other in enumerate(countries):
            x = label + cell * (column + 0.5)
            if code == other:
                drawing.rect(x - cell / 2 + 1, y - tall / 2 + 1, x + cell / 2 - 1, y + tall / 2 - 1, "panel")
                continue
            _cell(drawing, found[code, other], names, labels or {}, x, y, cell, tall, language)
    bottom = top + tall * len(countries)
    drawing.reach(bottom)
    for word, left_out in (("alone", alone), ("crowded", crowded)):
        if left_out:
            note = say(f"charts.pairs.{word}", countries=language.join(language.country(code) for code in left_out))
            bottom = drawing.lines(0, bottom + 16, plane.wrap(note, width, NOTE), fill="muted", size=NOTE)
    text = _text(pairs, list(dict.fromkeys(pairs["country"])), labels or {}, language)
    drawing.reach(bottom - (4 if narrow else 0))
    return drawing.chart(description=text, title=title, caption=say("charts.rules.pairs", n=max(1, minimum)))


def _cell(drawing: plane.Plane, row: object, names: Mapping[str, str], labels: Mapping[str, str], x: float, y: float,
          cell: float, tall: float, language: Language) -> None:
    say = language.say
    box = (x - cell / 2 + 1, y - tall / 2 + 1, x + cell / 2 - 1, y + tall / 2 - 1)
    if not row.shared:
        drawing.rect(*box, "", "grid")
        return
    role = "same" if row.same > row.opposed else "apart" if row.opposed > row.same else "neutral"
    tip = {say("charts.pairs.pair"): f"{names[row.country]} – {names[row.other]}",
           say("charts.pairs.same"): _listed(row.same_on, labels, language),
           say("charts.pairs.other"): _listed(row.opposed_on, labels, language)}
    drawing.rect(*box, f"{role}-soft" if row.enough else "", role if row.enough else "rule", dash=not row.enough,
                 tip=tip, country=row.country)
    each = max(1, int((cell - 10) // MARK))
    few = set(row.few_on.split("|"))
    marks = [(kind, target in few) for kind, joined in (("same", row.same_on), ("apart", row.opposed_on))
             for target in sorted(filter(None, joined.split("|")), key=lambda target: target in few)]
    lines = [marks[i:i + each] for i in range(0, len(marks), each)]
    if len(lines) * MARK > tall - 4 or len(names) > MANY:
        drawing.text(x, y, f"{row.same}/{row.shared}", role, NOTE, weight="bold", align="center", country=row.country)
        return
    for number, line in enumerate(lines):
        up = y + (number - (len(lines) - 1) / 2) * MARK
        for place, (kind, thin) in enumerate(line):
            left = x + (place - (len(line) - 1) / 2) * MARK
            _mark(drawing, kind, left, up, tip, row.country, thin)


def _mark(drawing: plane.Plane, kind: str, x: float, y: float, tip: Mapping[str, object] | None = None,
          country: str = "", few: bool = False) -> None:
    """A dot for the same side, a cross for the other; hollow or thin where it rests on few utterances."""
    if kind == "same":
        drawing.point(x, y, "circle", 42 if few else 52, "paper" if few else "same", "same" if few else "", line=1.25,
                      tip=tip, country=country)
        return
    for slope in (-1, 1):
        drawing.rule(x - 3.5, y - 3.5 * slope, x + 3.5, y + 3.5 * slope, "apart", size=1 if few else 2.5, tip=tip,
                     country=country)


def _listed(targets: str, labels: Mapping[str, str], language: Language) -> str:
    return language.join(labels.get(target, target) for target in targets.split("|")) if targets else "–"


def _key(drawing: plane.Plane, language: Language) -> float:
    say = language.say
    return plane.key(drawing, 8, [
        (lambda x, y: _mark(drawing, "same", x + 5, y), 10, say("charts.pairs.key_same")),
        (lambda x, y: _mark(drawing, "apart", x + 5, y), 10, say("charts.pairs.key_other")),
        (lambda x, y: [_mark(drawing, kind, x + 5 + 13 * place, y, few=True)
                       for place, kind in enumerate(("same", "apart"))], 23, say("charts.pairs.key_few")),
        (lambda x, y: drawing.rect(x, y - 6, x + 18, y + 6, "", "rule", dash=True), 18,
         say("charts.pairs.key_unsure"))])


def _text(pairs: pd.DataFrame, countries: list[str], labels: Mapping[str, str], language: Language) -> str:
    """Every pair once, in words."""
    parts = []
    for row in pairs.itertuples():
        known = row.country in countries and row.other in countries
        if known and row.shared and countries.index(row.country) < countries.index(row.other):
            parts.append(language.say("charts.pairs.row", country=language.country(row.country),
                                      other=language.country(row.other), same=row.same, shared=row.shared,
                                      same_on=_listed(row.same_on, labels, language),
                                      opposed_on=_listed(row.opposed_on, labels, language)))
    return " ".join(parts) or language.say("charts.pairs.nobody")
