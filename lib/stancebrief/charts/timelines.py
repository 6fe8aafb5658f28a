"""What happened beside the statements, on one date axis: launches, nuclear tests, the Council, the articles, a vote."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Callable

import altair as alt
import pandas as pd

from stancebrief import events, theme
from stancebrief.charts import axes, ballots, crowds, plane
from stancebrief.language import Language, load

NOTE = theme.SIZES["note"]
BARS = 92          # height of the tallest bar of launches
COUNCIL = ("sanctions resolution", "panel renewal", "other resolution", "veto")  # drawn; the rest stays in the table
RULES = {"missile": "missile_launch_days", "nuclear": "nuclear_tests", "council": "council_actions"}
LONG = 800         # days: a longer axis has no days beside its labels, and its text sums launches by year


def timeline(timeline: pd.DataFrame, *, start: str = "", end: str = "", window: tuple[str, str] = ("", ""),
             votes: pd.DataFrame | None = None, symbol: str = "", title: str = "", width: float = theme.WIDE,
             language: Language | None = None) -> alt.LayerChart:
    """All lanes over one axis from start to end (days; empty: the first and the last event, whole years).

    `timeline`: the table `timeline`. `window`: first and last day of the study, shaded. `votes`: who voted how on
    `symbol` (events.votes), written out under the axis with a line from its day. Launches are summed by month, or by
    quarter or year where a month would be too narrow to see; the lane says which.
    """
    language = language or load()
    shown = events.between(timeline, start, end)
    axis = axes.over(shown, start, end, width)
    drawing = plane.Plane("timeline", width)
    texts: list[str] = []
    _window(drawing, axis, window, language, texts)
    y = 22.0
    for lane in ("missile", "nuclear", "council", "other", "article"):
        if not (timeline["lane"] == lane).any():
            continue  # the study does not use this table
        rows = shown[shown["lane"] == lane]
        if lane == "council":
            rows = rows[rows["kind"].isin(COUNCIL)]
        heading = _heading(lane, axis, language)
        drawing.text(0, y, heading, weight="bold")
        free = width - theme.text_width(heading, theme.SIZES["label"], "bold") - 12
        line = y + {"missile": 19 + BARS}.get(lane, 18 if rows.empty else 20)
        _unlisted(drawing, lane, axis, y, line, free, language)
        if rows.empty:
            y = _nothing(drawing, lane, axis, y, language, texts)
        elif lane == "missile":
            y = _launches(drawing, rows, axis, y + 26, language, texts)
        elif lane == "article" and crowds.crowded(rows):
            y = crowds.lane(drawing, rows, axis, y, language, texts)
        else:
            y = _lane(drawing, lane, rows, axis, y + 20, language, texts)
    axes.ticks(drawing, axis, y, language)
    if any(window):
        _shade(drawing, axis, window, y)
    y += 22
    if votes is not None and len(votes):
        x = axis.at(datetime.date.fromisoformat(votes["date"].iloc[0]))
        if axis.left <= x <= axis.right:
            drawing.rule(x, y - 2, x, y + 10, "oppose", size=1.5, dash=True)
        y = ballots.ballot(drawing, votes, symbol, y + 12, language, texts)
    y = _key(drawing, shown, y + 14, language)
    drawing.reach(y - 6)
    used = [lane for lane in RULES if (timeline["lane"] == lane).any()]
    caption = [events.rule(RULES[lane]).text(language) for lane in used]
    if "council" in used:
        caption.append(language.say("charts.timeline.drawn"))
    return drawing.chart(description=" ".join(texts), title=title, caption=" ".join(caption))


def _heading(lane: str, axis: axes.Axis, language: Language) -> str:
    return language.say(f"charts.timeline.{f'launches_{axis.step}' if lane == 'missile' else lane}")


def _nothing(drawing: plane.Plane, lane: str, axis: axes.Axis, y: float, language: Language,
             texts: list[str]) -> float:
    """A lane without an event: said, so that it is not taken for a gap."""
    none = language.say("charts.timeline.none")
    drawing.rule(axis.left + theme.text_width(none, NOTE) + 6, y + 18, axis.right, y + 18, "grid")
    drawing.text(axis.left, y + 18, none, "muted", NOTE)
    texts.append(f"{_heading(lane, axis, language)}: {none}.")
    return y + 44


def _unlisted(drawing: plane.Plane, lane: str, axis: axes.Axis, heading: float, line: float, free: float,
              language: Language) -> None:
    """Where the list ends before the axis does, the rest of the lane is crossed out, not shown as empty."""
    until = events.rule(RULES[lane]).until if lane in RULES else ""
    x = max(axis.left, axis.after(datetime.date.fromisoformat(until))) if until else axis.right
    if axis.right - x < 4:
        return
    drawing.rect(x, line - 7, axis.right, line + 7, "panel", "")
    for left in range(round(x) + 1, round(axis.right) - 6, 8):
        drawing.rule(left, line + 5, left + 6, line - 5, "silent")
    text = language.say("charts.timeline.unlisted", date=language.date(until))
    if theme.text_width(text, NOTE) <= free:
        drawing.text(axis.right, heading, text, "muted", NOTE, align="right")


def _launches(drawing: plane.Plane, rows: pd.DataFrame, axis: axes.Axis, y: float, language: Language,
              texts: list[str]) -> float:
    """Bars of missiles by period and type, and a stroke for each day of launch; gives the y below."""
    say = language.say
    types = _types(language)
    order = list(types.drop_duplicates("group").sort_values("order").itertuples())
    rows = rows.assign(group=rows["kind"].map(types["group"]).fillna("unknown"))
    periods = axis.periods()
    sums = _sums(rows, periods)
    most = max((sum(part.values()) for part in sums), default=1) or 1
    base = y + BARS
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000) if most / s <= 4)
    for mark in range(step, int(most) + 1, step):
        drawing.rule(axis.left, base - mark / most * BARS, axis.right, base - mark / most * BARS, "grid")
        drawing.text(axis.left - 5, base - mark / most * BARS, mark, "muted", NOTE, align="right")
    drawing.rule(axis.left, base, axis.right, base, "rule")
    for period, part in zip(periods, sums, strict=True):
        x, x2 = max(axis.left, axis.at(period[0])), min(axis.right, axis.after(period[1]))
        gap = min(2.0, (x2 - x) * 0.15)
        up = base
        for row in order:
            if row.group not in part:
                continue
            tall = part[row.group] / most * BARS
            drawing.rect(x + gap / 2, up - tall, x2 - gap / 2, up, row.role, level=2, tip={
                say("charts.timeline.when"): axes.period(period[0], axis.step, language),
                say("charts.timeline.type"): row.label, say("charts.timeline.missiles"): int(part[row.group])})
            up -= tall
        if part and x2 - x >= 14:
            drawing.text((x + x2) / 2, up - 7, int(sum(part.values())), "ink", NOTE, weight="bold", align="center")
    spoken = "year" if axis.days > LONG else axis.step
    spans = axis.periods(spoken)
    for period, part in zip(spans, _sums(rows, spans), strict=True):
        if part:
            listed = ", ".join(f"{int(part[row.group])} {row.label}" for row in order if row.group in part)
            texts.append(say("charts.timeline.bar", when=axes.period(period[0], spoken, language),
                             n=int(sum(part.values())), types=listed))
    if axis.days <= LONG:
        base += 20
        drawing.text(axis.left, base + 5, say("charts.timeline.days"), "muted", NOTE)
        for day, part in rows[rows["precision"] == "day"].groupby("date"):
            x = axis.at(datetime.date.fromisoformat(day))
            drawing.rule(x, base - 14, x, base - 4, "ink", size=1.5, tip={
                say("charts.timeline.when"): language.date(day),
                say("charts.timeline.missiles"): ", ".join(part["label"])})
    return base + 30


def _types(language: Language) -> pd.DataFrame:
    """The types of missile, called as the language calls their groups."""
    types = events.missile_types()
    named = [language.find(f"charts.timeline.types.{group}") for group in types["group"]]
    return types.assign(label=[str(own or label) for own, label in zip(named, types["label"], strict=True)])


def _sums(rows: pd.DataFrame, periods: list[tuple[datetime.date, datetime.date]]) -> list[dict[str, float]]:
    """Missiles by group of types in each period."""
    starts = [first.isoformat() for first, _ in periods]
    sums: list[dict[str, float]] = [{} for _ in periods]
    for date, group, value in zip(rows["date"], rows["group"], rows["value"], strict=True):
        part = sums[bisect.bisect_right(starts, date) - 1]
        part[group] = part.get(group, 0) + value
    return sums


def _lane(drawing: plane.Plane, lane: str, rows: pd.DataFrame, axis: axes.Axis, y: float, language: Language,
          texts: list[str]) -> float:
    """One lane of marks with labels where there is room; gives the y below."""
    say = language.say
    drawing.rule(axis.left, y, axis.right, y, "grid")
    wanted = []
    for row in rows.itertuples():
        exact = language.date(row.date, row.precision)
        tip = {say("charts.timeline.when"): exact, say("charts.timeline.event"): row.label,
               say("charts.note"): plane.plain(row.detail, 260)}
        x = axis.at(datetime.date.fromisoformat(row.date))
        _mark(drawing, row.kind if lane == "council" else lane, x, y, row.kind != "stated", tip)
        kind = language.find(f"charts.timeline.kinds.{row.kind.replace(' ', '_')}") or row.kind
        texts.append(f"{exact}: {row.label} ({say(f'charts.timeline.said_{lane}', kind=kind)}).")
        if row.kind == "panel renewal":
            continue
        text = row.label.removeprefix(say("events.resolution", symbol="")) if lane == "council" else row.label
        if axis.days <= LONG and row.precision == "day":
            text = f"{language.date(row.date, 'short_day')}: {row.label}"
        elif lane == "nuclear":
            text = row.date[:4]
        wanted.append(({"veto": 0, "sanctions resolution": 1}.get(row.kind, 2), x, text))
    return _labels(drawing, wanted, axis, y + 15) + 24


def _labels(drawing: plane.Plane, wanted: list[tuple[int, float, str]], axis: axes.Axis, y: float) -> float:
    """Labels under their marks, the more important first, on two lines; those without room are left to the table.

    Gives the y of the last line. Marks of one day with one label (articles of one outlet) share it, with their number.
    """
    places: dict[tuple[int, float, str], int] = {}
    for one in wanted:
        places[one] = places.get(one, 0) + 1
    taken: list[list[tuple[float, float]]] = [[], []]
    lowest = y
    for (_, x, text), count in sorted(places.items()):
        shown = plane.plain(text, 56) + (f" ×{count}" if count > 1 else "")
        wide = theme.text_width(shown, NOTE)
        left = min(max(x - wide / 2, 0), axis.right - wide)
        for number, line in enumerate(taken):
            if all(left > end + 5 or left + wide < start - 5 for start, end in line):
                line.append((left, left + wide))
                drawing.text(left, y + 14 * number, shown, "muted", NOTE)
                lowest = max(lowest, y + 14 * number)
                break
    return lowest


def _mark(drawing: plane.Plane, kind: str, x: float, y: float, hollow: bool = False,
          tip: dict[str, object] | None = None) -> None:
    """The sign of an event, with its middle at (x, y)."""
    if kind == "veto":
        for slope in (-1, 1):
            drawing.rule(x - 5, y - 5 * slope, x + 5, y + 5 * slope, "oppose", size=3, tip=tip)
    elif kind == "nuclear":
        drawing.point(x, y, "diamond", 110, "accent", tip=tip)
    elif kind == "sanctions resolution":
        drawing.rect(x - 2, y - 9, x + 2, y + 9, "ink", "paper", tip=tip, level=2)
    elif kind == "panel renewal":
        drawing.rule(x, y - 4, x, y + 4, "muted", size=1.5, tip=tip)
    elif kind == "article":
        drawing.point(x, y, "triangle-up", 80, "paper" if hollow else "ink", "ink", tip=tip)
    else:
        drawing.point(x, y, "circle", 42, "paper", "muted", tip=tip)


def _bounds(axis: axes.Axis, window: tuple[str, str]) -> tuple[float, float] | None:
    """Where the window lies on the axis, at least wide enough to be seen; None where it does not."""
    first = datetime.date.fromisoformat(window[0]) if window[0] else axis.start
    last = datetime.date.fromisoformat(window[1]) if window[1] else axis.end
    if last < axis.start or first > axis.end:
        return None
    x = max(axis.left, axis.at(first))
    return x, min(axis.right, max(axis.after(last), x + 4))


def _window(drawing: plane.Plane, axis: axes.Axis, window: tuple[str, str], language: Language,
            texts: list[str]) -> None:
    """The name of the shaded band over it."""
    bounds = _bounds(axis, window) if any(window) else None
    if bounds is None:
        return
    text = language.say("charts.timeline.window")
    drawing.text(sum(bounds) / 2, 6, text, "muted", NOTE, align="center")
    days = [language.date(day) if day else "…" for day in window]
    texts.append(f"{language.sentence('charts.timeline.window')}: {days[0]} – {days[1]}.")


def _shade(drawing: plane.Plane, axis: axes.Axis, window: tuple[str, str], bottom: float) -> None:
    """The study's window as a band behind all lanes."""
    bounds = _bounds(axis, window)
    if bounds is not None:
        drawing.rect(bounds[0], 14, bounds[1], bottom, "band", level=-1)


def _key(drawing: plane.Plane, shown: pd.DataFrame, y: float, language: Language) -> float:
    """The signs that occur: types of missile, acts of the Council, how an article's day is known."""
    say = language.say
    types = _types(language)
    present = set(shown.loc[shown["lane"] == "missile", "kind"])
    entries: list[tuple] = []
    for row in types.drop_duplicates("group").sort_values("order").itertuples():
        if present & set(types.index[types["group"] == row.group]):
            entries.append((_box(drawing, row.role), 12, row.label))
    kinds = set(shown.loc[shown["lane"] == "council", "kind"])
    entries += [(_sign(drawing, kind), 12, say(f"charts.timeline.key_{kind.replace(' ', '_')}"))
                for kind in COUNCIL if kind in kinds]
    articles = shown[shown["lane"] == "article"]
    if len(articles) and not crowds.crowded(articles):
        bases = set(articles["kind"])
        entries += [(_sign(drawing, "article", word != "stated"), 12, say(f"charts.timeline.key_article_{word}"))
                    for word in ("stated", "inferred", "unknown") if word in bases]
    return plane.key(drawing, y, entries) if entries else y


def _box(drawing: plane.Plane, role: str) -> Callable[[float, float], None]:
    return lambda x, y: drawing.rect(x, y - 5, x + 12, y + 5, role)


def _sign(drawing: plane.Plane, kind: str, hollow: bool = False) -> Callable[[float, float], None]:
    return lambda x, y: _mark(drawing, kind, x + 6, y, hollow)


