"""The board's charts: drawn once, from counts alone; a choice changes only the rows of counts under them.

`matrix` draws the rows `tiles` (country, target), `outlets` the rows `bars` (outlet), and `timeline` the rows `days`
with the selection `stretch` (date).
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from stancebrief import countries, theme

ALL = "all"                      # the margin of the matrix: every country, or every target
COUNTRIES, OUTLETS, EVENTS = 20, 12, 300
SIDES = ("support", "oppose", "neutral")
WIDE = 510                       # pixels of the timeline
NARROW = 58                      # pixels of a column of the matrix at least
LOW, LINE = 24, 12               # pixels of a row with one line of counts, and of each further line
SHORT = 10                       # characters of counts that stand on one line
RESIZED = alt.AutoSizeParams(type="pad", resize=True)   # other rows have other labels, and room for them


def tiles(cells: pd.DataFrame, labels: Mapping[str, str], chosen: Mapping[str, tuple]) -> list[dict]:
    """What the matrix draws: a tile for each country and target with anything said, and the margins.

    `cells`, `chosen`: of selection.Selection; `labels`: {target: label}, in whose order the targets stand. A tile has
    `country`, `target` (ALL at a margin), `name`, `label`, `side` (support, oppose, neutral), `said` (counts as drawn:
    −2 +1) and `aside` (neutral ones in brackets), `tip`, `n`, `lit` (1: among what is chosen), `rank` and `column`. The
    COUNTRIES that speak most are drawn. The margin over targets has a count and no side: for one target and against
    another do not add up to one.
    """
    counts = {(row[0], row[1]): np.array(row[2:]) for row in
              cells[["country", "target", "support", "oppose", "neutral"]].itertuples(index=False, name=None)}
    sums: dict[tuple[str, str], np.ndarray] = {}
    for (country, target), count in counts.items():
        for place in ((ALL, target), (country, ALL), (ALL, ALL)):
            sums[place] = sums.get(place, 0) + count
    speakers = sorted((c for c, target in sums if target == ALL and c != ALL),
                      key=lambda c: (-sums[c, ALL].sum(), c))[:COUNTRIES]
    there = {target for country, target in sums if country == ALL and target != ALL}
    targets = [ALL, *(t for t in labels if t in there), *sorted(there - set(labels))]
    found = []
    for rank, country in enumerate([ALL, *speakers]):
        for column, target in enumerate(targets):
            place = (country, target)
            if place not in sums and place not in counts:
                continue
            support, oppose, neutral = map(int, sums[place] if place in sums else counts[place])
            n, name = support + oppose + neutral, countries.name(country) if country != ALL else "All countries"
            label = labels.get(target, target) if target != ALL else "All targets"
            net = 0 if target == ALL else support - oppose
            found.append({
                "country": country, "target": target, "name": name, "label": label, "n": n, "rank": rank,
                "side": SIDES[0] if net > 0 else SIDES[1] if net < 0 else SIDES[2], "column": column,
                "said": str(n) if target == ALL else " ".join(
                    filter(None, [f"−{oppose}" if oppose else "", f"+{support}" if support else ""])),
                "aside": f"({neutral})" if neutral and target != ALL else "",
                "tip": f"{name}: {n} positions on all targets" if target == ALL else
                       f"{name} on {label}: {support} for, {oppose} against, {neutral} neutral",
                "lit": int(all(value in chosen.get(field, (value,)) for field, value in (
                    ("country", country), ("target", target))))})
    return found


def matrix(tiles: list[dict], labels: Iterable[str] = ()) -> alt.LayerChart:
    """Countries by targets; what is chosen stands out from what is not.

    `tiles`: of the function of that name; a column is as wide as the longest counts, so they should be those of
    everything. `labels`: of all targets that later rows may have.
    """
    split = any(len(tile["said"]) + len(tile["aside"]) >= SHORT for tile in tiles)   # neutral counts on a second line
    written = [tile["said"] if split else f"{tile['said']} {tile['aside']}" for tile in tiles]
    heads = dict.fromkeys([*labels, *(tile["label"] for tile in tiles)])
    words = {word for label in heads for word in label.split()}
    wide = max([NARROW, *(theme.text_width(text, theme.SIZES["note"]) + 10 for text in [*written, *words])])
    heads = {label: textwrap.wrap(label, int(wide / 5.6), break_long_words=False) for label in heads}
    most = max(map(len, heads.values()), default=1)
    heads = {label: [""] * (most - len(lines)) + lines for label, lines in heads.items()}
    base = alt.Chart(alt.NamedData(name="tiles")).encode(
        x=alt.X("label:N", sort=alt.EncodingSortField("column", "min"), title=None, axis=alt.Axis(
            orient="top", labelAngle=0, domain=False, ticks=False, labelLimit=0, labelOverlap=False,
            labelLineHeight=LINE, labelPadding=8 + LINE * (most - 1),
            labelExpr=f"{json.dumps(heads, ensure_ascii=False)}[datum.value] || datum.value")),
        y=alt.Y("name:N", sort=alt.EncodingSortField("rank", "min"), title=None, axis=None))
    lit = alt.Opacity("lit:Q", scale=alt.Scale(domain=[0, 1], range=[0.35, 1]), legend=None)
    read = alt.Opacity("lit:Q", scale=alt.Scale(domain=[0, 1], range=[0.75, 1]), legend=None)
    colour = alt.Color("side:N", legend=None, scale=alt.Scale(domain=list(SIDES), range=[
        theme.LIGHT[f"{side}-soft"] for side in SIDES]))
    boxes = base.mark_rect(stroke=theme.LIGHT["paper"], strokeWidth=2, cursor="pointer").encode(
        color=colour, opacity=lit, tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N")
    counts = [base.transform_calculate(written=field).mark_text(
        fontSize=theme.SIZES["note"], color=theme.LIGHT["ink"], cursor="pointer", aria=False, dy=lower).encode(
        text="written:N", opacity=read) for field, lower in (
            [("datum.said", -LINE / 2), ("datum.aside", LINE / 2 + 1)] if split else
            [("trim(datum.said + ' ' + datum.aside)", 0)])]
    names = base.transform_filter(f"datum.target === '{ALL}'").mark_text(
        align="right", fontSize=theme.SIZES["note"], color=theme.LIGHT["ink"], limit=160, cursor="pointer",
        aria=False).encode(x=alt.value(-6), text="name:N", opacity=read)
    return theme.dress(
        alt.layer(boxes, *counts, names).resolve_scale(opacity="independent"), datasets={"tiles": tiles},
        width=alt.Step(wide), height=alt.Step(LOW + LINE * split), autosize=RESIZED,
        title=alt.Title("Who says what", subtitle="utterances against (−), for (+), neutral (in brackets)",
                        anchor="start"),
        description="Countries by targets with the number of utterances for, against and neutral. The same can be "
                    "chosen in the lists above.")


def outlets(bars: list[dict]) -> alt.LayerChart:
    """Outlets by utterances, those that report most. `bars`: of the function of that name."""
    base = alt.Chart(alt.NamedData(name="bars")).encode(
        y=alt.Y("outlet:N", sort=alt.EncodingSortField("rank", "min"), title=None,
                axis=alt.Axis(labelLimit=130, domain=False, ticks=False, labelColor=theme.LIGHT["ink"])),
        x=alt.X("n:Q", title=None, axis=None),
        opacity=alt.Opacity("lit:Q", scale=alt.Scale(domain=[0, 1], range=[0.35, 1]), legend=None))
    rows = base.mark_bar(color=theme.LIGHT["range-1"], cursor="pointer").encode(
        tooltip=[alt.Tooltip("outlet:N"), alt.Tooltip("n:Q", title="utterances")])
    counts = base.mark_text(align="left", dx=4, color=theme.LIGHT["ink"], fontSize=theme.SIZES["note"], aria=False)
    return theme.dress(
        alt.layer(rows, counts.encode(text="n:Q", opacity=alt.value(1))), datasets={"bars": bars}, width=110,
        height=alt.Step(20), autosize=RESIZED,
        title=alt.Title("Outlets", subtitle=f"utterances; the {OUTLETS} that report most", anchor="start"),
        description="Outlets by utterances. The same can be chosen in the lists above.")


def bars(by_outlet: pd.DataFrame, chosen: Mapping[str, tuple]) -> list[dict]:
    """The bars of the outlets that report most, from Selection.by_outlet."""
    frame = by_outlet.head(OUTLETS)
    lit = [int(not chosen.get("outlet") or name in chosen["outlet"]) for name in frame["outlet"]]
    return frame.assign(lit=lit, rank=range(len(frame))).to_dict("records")


def timeline(days: list[dict], ticks: list[dict], first: str, last: str, *, monthly: bool = False) -> alt.LayerChart:
    """Utterances by day or month of publication, with the events of those days above; dragging chooses a stretch.

    `days`, `ticks`: of the functions of that name; `first`, `last`: the days between which is drawn.
    """
    axis = alt.X("date:T", title=None, axis=alt.Axis(format="%-d %b %Y", labelOverlap=True,
                                                  labelSeparation=12, labelFlush=False, tickCount=8))
    span = alt.Scale(domainMin=alt.DateTime(**_parts(first)), domainMax=alt.DateTime(**_parts(last)))
    stretch = alt.selection_interval(name="stretch", encodings=["x"])
    boxes = alt.Chart(alt.NamedData(name="days")).mark_rect(color=theme.LIGHT["range-2"]).encode(
        x=axis.scale(span), x2="end:T", y2="zero:Q",
        y=alt.Y("n:Q", title="utterances", axis=alt.Axis(
            tickMinStep=1, tickCount=4, labelExpr="datum.value % 1 ? '' : datum.label", format=",d")),
        tooltip=[alt.Tooltip("date:T", title="published", format="%B %Y" if monthly else "%-d %B %Y"),
                 alt.Tooltip("n:Q", title="utterances")]).add_params(stretch)
    events = alt.Chart(alt.NamedData(name="ticks")).mark_tick(
        thickness=2, size=9, color=theme.LIGHT["accent"], y=6).encode(
        x=axis, tooltip=[alt.Tooltip("date:T", format="%-d %B %Y"), "lane:N", "label:N"])
    title = "Published by month" if monthly else "Published by day"
    return theme.dress(alt.layer(boxes, events), datasets={"days": days, "ticks": ticks}, width=WIDE, height=140,
                       autosize=RESIZED,
                       title=alt.Title(title, subtitle="ticks are events; drag to choose a stretch", anchor="start"),
                       description=f"{title}: number of utterances. A stretch can also be given as two days in the "
                                   "fields above.")


def days(by_day: pd.DataFrame, *, monthly: bool = False) -> list[dict]:
    """The boxes of the timeline, from Selection.by_day."""
    ends = _local(_ends(by_day["date"], monthly))
    return by_day.assign(date=_local(by_day["date"]), end=ends, zero=0).to_dict("records")


def ticks(events: pd.DataFrame, first: str, last: str) -> list[dict]:
    """The events of the timeline table from one day to another, at most EVENTS."""
    near = events[events["date"].between(first, last)].head(EVENTS)
    return near[["lane", "label"]].assign(date=_local(near["date"])).to_dict("records")


def edges(since: str, until: str) -> list[str]:
    """The stretch of those days as the timeline marks it: the first day, and the day after the last; empty: none."""
    return [since, _ends([until], False)[0]] if since and until else []


def marked(spec: Mapping[str, object], edges: list[str]) -> dict[str, object]:
    """A chart's spec with that stretch marked in it, where it has the selection."""
    value = {"value": {"x": [_parts(day) for day in edges]}} if edges else {}
    return {**spec, "params": [param | value if param["name"] == "stretch" else param
                               for param in spec.get("params", [])]}


def _local(days: Iterable[str]) -> list[str]:
    """Days as midnights where the reader is; a bare day is taken as Greenwich's, and drawn a day early further west."""
    return [f"{day[:10]}T00:00:00" for day in days]


def _parts(day: str) -> dict[str, int]:
    year, month, date = map(int, day.split("-"))
    return {"year": year, "month": month, "date": date}


def _ends(days: Iterable[str], monthly: bool) -> list[str]:
    """Where each bar ends: the next day, or the next month."""
    step = pd.DateOffset(months=1) if monthly else pd.DateOffset(days=1)
    return [(pd.Timestamp(day) + step).strftime("%Y-%m-%d") for day in days]
