"""The board's charts: drawn from counts alone, with the marks that a click or a stretch chooses.

`overview` has the selections `place` (country, target) and `house` (outlet); `timeline` has `stretch` (date).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from stancebrief import countries, theme

ALL = "all"                      # the margin of the matrix: every country, or every target
COUNTRIES, OUTLETS, EVENTS = 20, 12, 300
SIDES = ("support", "oppose", "neutral")


def tiles(cells: pd.DataFrame, labels: Mapping[str, str], chosen: Mapping[str, tuple]) -> list[dict]:
    """What the matrix of the overview draws: a tile for each country and target with anything said, and the margins.

    `cells`, `chosen`: of selection.Selection; `labels`: {target: label}, in whose order the targets stand. A tile has
    `country`, `target` (ALL at a margin), `name`, `label`, `side` (support, oppose, neutral), `said` (the counts as
    drawn: −2 +1, neutral ones in brackets), `tip`, `n`, `lit` (1: among what is chosen), `rank` and `column`. The
    COUNTRIES that speak most are drawn. The margin over targets has a count and no side: for one target and against
    another do not add up to one.
    """
    counts = {(row[0], row[1]): np.array(row[2:]) for row in
              cells[["country", "target", "support", "oppose", "neutral"]].itertuples(index=False, name=None)}
    sums: dict[tuple[str, str], np.ndarray] = {}
    for (country, target), count in counts.items():
        for place in ((ALL, target), (country, ALL)):
            sums[place] = sums.get(place, 0) + count
    speakers = sorted((c for c, target in sums if target == ALL), key=lambda c: (-sums[c, ALL].sum(), c))[:COUNTRIES]
    there = {target for country, target in sums if country == ALL}
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
                "said": str(n) if target == ALL else _said(support, oppose, neutral),
                "tip": f"{name}: {n} positions on all targets" if target == ALL else
                       f"{name} on {label}: {support} for, {oppose} against, {neutral} neutral",
                "lit": int(all(value in chosen.get(field, (value,)) for field, value in (
                    ("country", country), ("target", target))))})
    return found


def _said(support: int, oppose: int, neutral: int) -> str:
    parts = [f"−{oppose}" if oppose else "", f"+{support}" if support else "", f"({neutral})" if neutral else ""]
    return " ".join(filter(None, parts))


def overview(tiles: list[dict], bars: list[dict]) -> alt.HConcatChart:
    """Countries by targets, and outlets beside them; what is chosen stands out from what is not.

    `tiles`, `bars`: of the functions of that name. Only they change with a choice: see redrawn.
    """
    place = alt.selection_point(name="place", fields=["country", "target"], on="click", clear=False, toggle=False)
    house = alt.selection_point(name="house", fields=["outlet"], on="click", clear=False, toggle=False)
    lit = alt.Opacity("lit:Q", scale=alt.Scale(domain=[0, 1], range=[0.35, 1]), legend=None)
    left = alt.Chart(alt.NamedData(name="tiles")).encode(
        x=alt.X("label:N", sort=alt.EncodingSortField("column", "min"), title=None,
                axis=alt.Axis(orient="top", labelAngle=-30, labelLimit=240, domain=False, ticks=False)),
        y=alt.Y("name:N", sort=alt.EncodingSortField("rank", "min"), title=None,
                axis=alt.Axis(labelLimit=160, domain=False, ticks=False)), opacity=lit)
    colour = alt.Color("side:N", legend=None, scale=alt.Scale(domain=list(SIDES), range=[
        theme.LIGHT[f"{side}-soft"] for side in SIDES]))
    boxes = left.mark_rect(stroke=theme.LIGHT["paper"], strokeWidth=2, cursor="pointer").encode(
        color=colour, tooltip=alt.Tooltip("tip:N", title=" ")).add_params(place)
    words = left.mark_text(fontSize=theme.SIZES["label"], color=theme.LIGHT["ink"]).encode(text="said:N")
    right = alt.Chart(alt.NamedData(name="bars")).encode(
        y=alt.Y("outlet:N", sort=alt.EncodingSortField("rank", "min"), title=None,
                axis=alt.Axis(labelLimit=150, domain=False, ticks=False)),
        x=alt.X("n:Q", title=None, axis=None), opacity=lit)
    rows = right.mark_bar(color=theme.LIGHT["range-1"], cursor="pointer").encode(
        tooltip=[alt.Tooltip("outlet:N"), alt.Tooltip("n:Q", title="utterances")]).add_params(house)
    counts = right.mark_text(align="left", dx=4, color=theme.LIGHT["ink"], fontSize=theme.SIZES["note"])
    chart = alt.hconcat(
        alt.layer(boxes, words).properties(width=alt.Step(64), height=alt.Step(26), title=alt.Title(
            "Who says what: utterances against (−), for (+) and neutral (in brackets)", anchor="start")),
        alt.layer(rows, counts.encode(text="n:Q")).properties(width=150, height=alt.Step(26), title=alt.Title(
            f"Outlets, the {OUTLETS} that report most", anchor="start")), spacing=28)
    return theme.dress(chart, datasets={"tiles": tiles, "bars": bars}, description=(
        "Countries by targets with the number of utterances for, against and neutral, and outlets by utterances. "
        "The same can be chosen in the lists above."))


def redrawn(spec: Mapping[str, object], stretch: tuple[str, str] | None = None, **datasets: list[dict]) -> dict:
    """A chart's spec with other data, and where `stretch` is given with those days (or none) as its stretch.

    Drawing a choice anew this way takes a millisecond; making the chart anew takes two hundred.
    """
    found = {**spec, "datasets": {**spec["datasets"], **datasets}}
    if stretch is not None:
        found["params"] = [{k: v for k, v in param.items() if k != "value"} | _value(*stretch)
                           if param["name"] == "stretch" else param for param in spec["params"]]
    return found


def bars(by_outlet: pd.DataFrame, chosen: Mapping[str, tuple]) -> list[dict]:
    """The bars of the overview: the outlets that report most."""
    frame = by_outlet.head(OUTLETS)
    lit = [int(not chosen.get("outlet") or name in chosen["outlet"]) for name in frame["outlet"]]
    return frame.assign(lit=lit, rank=range(len(frame))).to_dict("records")


def timeline(days: list[dict], ticks: list[dict], first: str, last: str, *, monthly: bool = False) -> alt.LayerChart:
    """Utterances by day or month of publication, with the events of those days above; dragging chooses a stretch.

    `days`, `ticks`: of the functions of that name; `first`, `last`: the days between which is drawn.
    """
    axis = alt.X("date:T", title=None, axis=alt.Axis(format="%-d %b %Y", labelOverlap=True,
                                                  labelSeparation=12, labelFlush=False, tickCount=8),
                 scale=alt.Scale(domain=[alt.DateTime(**_parts(first)), alt.DateTime(**_parts(last))]))
    stretch = alt.selection_interval(name="stretch", encodings=["x"])
    boxes = alt.Chart(alt.NamedData(name="days")).mark_rect(color=theme.LIGHT["range-2"]).encode(
        x=axis, x2="end:T", y=alt.Y("n:Q", title="utterances", axis=alt.Axis(tickMinStep=1, tickCount=4)), y2="zero:Q",
        tooltip=[alt.Tooltip("date:T", title="published", format="%B %Y" if monthly else "%-d %B %Y"),
                 alt.Tooltip("n:Q", title="utterances")]).add_params(stretch)
    events = alt.Chart(alt.NamedData(name="ticks")).mark_tick(
        thickness=2, size=9, color=theme.LIGHT["accent"], y=6).encode(
        x=axis, tooltip=[alt.Tooltip("date:T", format="%-d %B %Y"), "lane:N", "label:N"])
    title = "Published by month" if monthly else "Published by day"
    return theme.dress(alt.layer(boxes, events), datasets={"days": days, "ticks": ticks}, width=760, height=90,
                       title=alt.Title(f"{title}; ticks are events; drag to choose a stretch", anchor="start"),
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


def _value(since: str, until: str) -> dict[str, object]:
    """The stretch as the chart holds it: from the beginning of the first day to the end of the last."""
    return {"value": {"x": [_parts(since), _parts(_ends([until], False)[0])]}} if since and until else {}


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
