"""What happened beside the statements, on one date axis: launches, nuclear tests, the Council, the articles, a vote."""

from __future__ import annotations

import calendar
import dataclasses
import datetime
from collections.abc import Callable, Iterable

import altair as alt
import pandas as pd

from stancebrief import events, theme
from stancebrief.charts import plane
from stancebrief.language import Language, load

NOTE = theme.SIZES["note"]
BARS = 92          # height of the tallest bar of launches
COUNCIL = ("sanctions resolution", "panel renewal", "other resolution", "veto")  # drawn; the rest stays in the table
LEFT = 26          # room for the numbers of the launches' axis


@dataclasses.dataclass(frozen=True)
class Axis:
    """Days to pixels, for all lanes alike."""

    start: datetime.date
    end: datetime.date
    left: float
    right: float

    def at(self, day: datetime.date) -> float:
        """Where a day begins; the day after the end is the right end."""
        return self.left + (day - self.start).days / ((self.end - self.start).days + 1) * (self.right - self.left)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def timeline(timeline: pd.DataFrame, *, start: str = "", end: str = "", window: tuple[str, str] = ("", ""),
             votes: pd.DataFrame | None = None, symbol: str = "", title: str = "", width: float = theme.WIDE,
             language: Language | None = None) -> alt.LayerChart:
    """All lanes over one axis from start to end (days; empty: the first and the last event, whole years).

    `timeline`: the table `timeline`. `window`: first and last day of the study, shaded. `votes`: who voted how on
    `symbol` (events.votes), written out under the axis with a line from its day. Launches are summed by month, or by
    quarter or year where a month would be too narrow to see; the lane says which.
    """
    language = language or load()
    say = language.say
    shown = events.between(timeline, start, end)
    axis = _axis(shown, start, end, width)
    drawing = plane.Plane("timeline", width)
    texts: list[str] = []
    y = 14.0
    window_top = y + 4
    y = _launches(drawing, shown[shown["lane"] == "missile"], axis, y + 8, language, texts)
    for lane in ("nuclear", "council", "other", "article"):
        rows = shown[shown["lane"] == lane]
        if lane == "council":
            rows = rows[rows["kind"].isin(COUNCIL)]
        if len(rows):
            y = _lane(drawing, lane, rows, axis, y, language, texts)
    _ticks(drawing, axis, y + 4, language)
    _window(drawing, axis, window, window_top, y + 4, language, texts)
    y += 26
    if votes is not None and len(votes):
        y = _ballot(drawing, votes, symbol, axis, y, language, texts)
    y = _key(drawing, shown, y + 14, language)
    drawing.reach(y - 6)
    rules = [events.rule(name).text for lane, name in (("missile", "missile_launch_days"), ("nuclear", "nuclear_tests"),
                                                       ("council", "council_actions"))
             if (shown["lane"] == lane).any()]
    return drawing.chart(description=" ".join(texts), title=title, caption=" ".join(rules))


def _axis(shown: pd.DataFrame, start: str, end: str, width: float) -> Axis:
    today = datetime.date.fromisoformat
    days = sorted(shown["date"]) or [start or end or "2000-01-01"]
    first = today(start) if start else datetime.date(today(days[0]).year, 1, 1)
    last = today(end) if end else datetime.date(today(days[-1]).year, 12, 31)
    return Axis(first, max(first, last), LEFT, width - 2)


def _periods(axis: Axis) -> tuple[str, list[tuple[datetime.date, datetime.date]]]:
    """What launches are summed by (month, quarter, year), and the first and last day of each such period."""
    months = axis.days / 30.4
    step, name = next((s, n) for s, n in ((1, "month"), (3, "quarter"), (12, "year"))
                      if n == "year" or (axis.right - axis.left) / months * s >= 3)
    day = axis.start.replace(day=1, month=(axis.start.month - 1) // step * step + 1)
    found = []
    while day <= axis.end:
        month = day.month + step - 1
        last = datetime.date(day.year, month, calendar.monthrange(day.year, month)[1])
        found.append((day, last))
        day = last + datetime.timedelta(days=1)
    return name, found


def _launches(drawing: plane.Plane, rows: pd.DataFrame, axis: Axis, y: float, language: Language,
              texts: list[str]) -> float:
    """Bars of missiles by period and type, and a tick for each day of launch; gives the y below."""
    say = language.say
    types = events.missile_types()
    name, periods = _periods(axis)
    if rows.empty:
        return y
    drawing.text(0, y, say(f"charts.timeline.launches_{name}"), weight="bold")
    y += 18
    sums = []
    for first, last in periods:
        part = rows[(rows["date"] >= first.isoformat()) & (rows["date"] <= last.isoformat())]
        sums.append(part.assign(group=part["kind"].map(types["group"]).fillna("unknown")).groupby("group")["value"].sum())
    most = max((part.sum() for part in sums), default=1) or 1
    base = y + BARS
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000) if most / s <= 4)
    for mark in range(step, int(most) + 1, step):
        drawing.rule(axis.left, base - mark / most * BARS, axis.right, base - mark / most * BARS, "grid")
        drawing.text(axis.left - 5, base - mark / most * BARS, mark, "muted", NOTE, align="right")
    drawing.rule(axis.left, base, axis.right, base, "rule")
    order = types.drop_duplicates("group").sort_values("order")
    for (first, last), part in zip(periods, sums, strict=True):
        x, x2 = max(axis.left, axis.at(first)), min(axis.right, axis.at(last + datetime.timedelta(days=1)))
        gap = min(2.0, (x2 - x) * 0.15)
        up = base
        when = _period(first, name, language)
        listed = ", ".join(f"{int(part[g])} {label}" for g, label in zip(order["group"], order["label"], strict=True)
                           if g in part.index)
        for group, role, label in zip(order["group"], order["role"], order["label"], strict=True):
            if group in part.index:
                tall = part[group] / most * BARS
                drawing.rect(x + gap / 2, up - tall, x2 - gap / 2, up, role, tip={
                    say("charts.timeline.when"): when, say("charts.timeline.type"): label,
                    say("charts.timeline.missiles"): int(part[group])}, level=2)
                up -= tall
        if len(part):
            texts.append(say("charts.timeline.bar", when=when, n=int(part.sum()), types=listed))
            if x2 - x >= 14:
                drawing.text((x + x2) / 2, up - 7, int(part.sum()), "ink", NOTE, weight="bold", align="center")
    if name == "month" and (axis.right - axis.left) / axis.days > 0.6:
        for day, part in rows[rows["precision"] == "day"].groupby("date"):
            x = axis.at(datetime.date.fromisoformat(day))
            drawing.rule(x, base + 4, x, base + 12, "ink", size=1.5, tip={
                say("charts.timeline.when"): language.date(day),
                say("charts.timeline.missiles"): ", ".join(part["label"])})
        base += 10
    return base + 24


def _period(first: datetime.date, name: str, language: Language) -> str:
    if name == "month":
        return language.date(first.isoformat(), "month")
    return str(first.year) if name == "year" else language.say("charts.timeline.quarter", year=str(first.year),
                                                               n=(first.month + 2) // 3)


def _lane(drawing: plane.Plane, lane: str, rows: pd.DataFrame, axis: Axis, y: float, language: Language,
          texts: list[str]) -> float:
    """One lane of marks with labels where there is room; gives the y below."""
    say = language.say
    drawing.text(0, y, say(f"charts.timeline.{lane}"), weight="bold")
    y += 20
    drawing.rule(axis.left, y, axis.right, y, "grid")
    wanted = []
    for row in rows.itertuples():
        x = axis.at(datetime.date.fromisoformat(row.date))
        exact = language.date(row.date, row.precision)
        tip = {say("charts.timeline.when"): exact, say("charts.timeline.event"): row.label,
               say("charts.note"): plane.plain(row.detail, 260)}
        _mark(drawing, row.kind if lane == "council" else lane, x, y, row.kind == "inferred", tip)
        texts.append(f"{exact}: {row.label} ({say(f'charts.timeline.said_{lane}', kind=row.kind)}).")
        short = row.label.removeprefix("Resolution ") if lane == "council" else row.label
        first = {"veto": 0, "sanctions resolution": 1}.get(row.kind, 2)
        if row.kind != "panel renewal":
            wanted.append((first, x, row.date[:4] if lane == "nuclear" else short))
    return _labels(drawing, wanted, axis, y + 15, lane) + 22


def _labels(drawing: plane.Plane, wanted: list[tuple[int, float, str]], axis: Axis, y: float, lane: str) -> float:
    """Labels under their marks, the more important first, on two lines; those without room are left to the table."""
    taken: list[list[tuple[float, float]]] = [[], []]
    same: dict[tuple[int, str, str], list[float]] = {}
    for first, x, text in wanted:
        near = next((key for key in same if key[1] == text and lane == "article" and abs(same[key][0] - x) < 6), None)
        same.setdefault(near or (first, text, f"{x:.1f}"), []).append(x)
    lowest = y
    for (_, text, _), places in sorted(same.items(), key=lambda item: (item[0][0], item[1][0])):
        text = plane.plain(text, 34) + (f" ×{len(places)}" if len(places) > 1 else "")
        wide = theme.text_width(text, NOTE)
        x = min(max(places[0], axis.left + wide / 2 - LEFT), axis.right - wide / 2)
        for number, line in enumerate(taken):
            if all(x + wide / 2 + 5 < left or x - wide / 2 - 5 > right for left, right in line):
                line.append((x - wide / 2, x + wide / 2))
                drawing.text(x, y + 13 * number, text, "muted", NOTE, align="center")
                lowest = max(lowest, y + 13 * number)
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
        drawing.rect(x - 2, y - 8, x + 2, y + 8, "ink", tip=tip, level=2)
    elif kind == "panel renewal":
        drawing.rule(x, y - 4, x, y + 4, "muted", size=1.5, tip=tip)
    elif kind == "article":
        drawing.point(x, y, "triangle-up", 80, "paper" if hollow else "ink", "ink", tip=tip)
    else:
        drawing.point(x, y, "circle", 42, "paper", "muted", tip=tip)


def _ticks(drawing: plane.Plane, axis: Axis, y: float, language: Language) -> None:
    """The date axis: months of one or two years, or years, as many as fit."""
    drawing.rule(axis.left, y, axis.right, y, "rule")
    each = (axis.right - axis.left) / (axis.days / 365.25)
    if each > 250:
        day = axis.start.replace(day=1)
        while day <= axis.end:
            x, nxt = axis.at(day), (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
            wide = axis.at(nxt) - x
            name = language.date(day.isoformat(), "short_month")
            name = name if theme.text_width(name, NOTE) < wide - 2 else name[:1]
            if day >= axis.start:
                drawing.rule(x, y, x, y + 4, "rule")
            if x + wide / 2 > axis.left:
                drawing.text(x + wide / 2, y + 11, name, "muted", NOTE, align="center")
            day = nxt
        return
    step = next(s for s in (1, 2, 5, 10, 20, 50) if each * s >= 34)
    for year in range(axis.start.year, axis.end.year + 1):
        x = axis.at(datetime.date(year, 1, 1))
        if year % step == 0 and axis.left <= x <= axis.right:
            drawing.rule(x, y, x, y + 5, "rule")
            drawing.text(x, y + 12, year, "muted", NOTE, align="center")


def _window(drawing: plane.Plane, axis: Axis, window: tuple[str, str], top: float, bottom: float, language: Language,
            texts: list[str]) -> None:
    """The study's window as a shaded band behind all lanes, at least wide enough to be seen."""
    if not any(window):
        return
    first = datetime.date.fromisoformat(window[0]) if window[0] else axis.start
    last = datetime.date.fromisoformat(window[1]) if window[1] else axis.end
    if last < axis.start or first > axis.end:
        return
    x = max(axis.left, axis.at(first))
    x2 = min(axis.right, max(axis.at(last + datetime.timedelta(days=1)), x + 4))
    text = language.say("charts.timeline.window")
    drawing.rect(x, top, x2, bottom, "band", "")
    wide = theme.text_width(text, NOTE)
    middle = min(max((x + x2) / 2, wide / 2), drawing.width - wide / 2)
    drawing.text(middle, top - 8, text, "muted", NOTE, align="center")
    texts.append(f"{text}: {language.date(first.isoformat())} – {language.date(last.isoformat())}.")


def _ballot(drawing: plane.Plane, votes: pd.DataFrame, symbol: str, axis: Axis, y: float, language: Language,
            texts: list[str]) -> float:
    """Who voted how: one box for each member, those against first; a line leads from its day on the axis."""
    say = language.say
    day = votes["date"].iloc[0]
    counts = votes["vote"].value_counts()
    numbers = {vote: int(counts.get(vote, 0)) for vote in events.VOTES}
    heading = say("charts.timeline.ballot", date=language.date(day), symbol=symbol, **numbers)
    parsed = datetime.date.fromisoformat(day)
    y += 10
    if axis.start <= parsed <= axis.end:
        x = axis.at(parsed) + (axis.right - axis.left) / axis.days / 2
        drawing.rule(x, y - 30, x, y + 2, "oppose", dash=True)
    lines = plane.wrap(heading, drawing.width, theme.SIZES["label"], "bold")
    y = drawing.lines(0, y + 12, lines, weight="bold") + 4
    glyph = {"yes": say("charts.timeline.sign_yes"), "no": say("charts.timeline.sign_no"),
             "abstain": say("charts.timeline.sign_abstain")}
    roles = {"yes": "support", "no": "oppose", "abstain": "neutral"}
    x = 0.0
    for vote in ("no", "abstain", "yes"):
        part = votes[votes["vote"] == vote]
        if part.empty:
            continue
        texts.append(f"{heading} {glyph[vote]}: {language.join(language.country(c) for c in part['country'])}.")
        for row in part.itertuples():
            name = plane.plain(language.country(row.country), 22)
            wide = theme.text_width(name, NOTE) + 24
            if x and x + wide > drawing.width:
                x, y = 0.0, y + 23
            tip = {say("charts.country"): name, say("charts.timeline.vote"): glyph[vote]}
            drawing.rect(x + 0.5, y - 9, x + wide - 4, y + 9, f"{roles[vote]}-soft", roles[vote], corner=3, tip=tip,
                         country=row.country)
            _tick(drawing, vote, x + 10, y, row.country)
            drawing.text(x + 18, y, name, "ink", NOTE, country=row.country)
            x += wide
    drawing.reach(y + 12)
    return y + 14


def _tick(drawing: plane.Plane, vote: str, x: float, y: float, country: str) -> None:
    """Cross, stroke or tick: the vote without colour."""
    strokes = {"no": [(-3, -3, 3, 3), (-3, 3, 3, -3)], "abstain": [(-3, 0, 3, 0)], "yes": [(-3, 0, -1, 3), (-1, 3, 4, -3)]}
    role = {"yes": "support", "no": "oppose", "abstain": "neutral"}[vote]
    for dx, dy, dx2, dy2 in strokes[vote]:
        drawing.rule(x + dx, y + dy, x + dx2, y + dy2, role, size=2, country=country)


def _key(drawing: plane.Plane, shown: pd.DataFrame, y: float, language: Language) -> float:
    """The signs that occur: types of missile, acts of the Council, how an article's day is known."""
    say = language.say
    types = events.missile_types()
    present = set(shown.loc[shown["lane"] == "missile", "kind"])
    entries: list[tuple] = []
    for row in types.drop_duplicates("group").sort_values("order").itertuples():
        if present & set(types.index[types["group"] == row.group]):
            entries.append((_box(drawing, row.role), 12, row.label))
    kinds = set(shown.loc[shown["lane"] == "council", "kind"])
    entries += [(_sign(drawing, kind), 12, say(f"charts.timeline.key_{kind.replace(' ', '_')}"))
                for kind in COUNCIL if kind in kinds]
    if (shown["lane"] == "article").any():
        inferred = shown.loc[shown["lane"] == "article", "kind"].eq("inferred")
        entries += [(_sign(drawing, "article", hollow), 12, say(f"charts.timeline.key_article_{word}"))
                    for hollow, word, there in ((False, "stated", ~inferred), (True, "inferred", inferred)) if there.any()]
    return plane.key(drawing, y, entries) if entries else y


def _box(drawing: plane.Plane, role: str) -> Callable[[float, float], None]:
    return lambda x, y: drawing.rect(x, y - 5, x + 12, y + 5, role)


def _sign(drawing: plane.Plane, kind: str, hollow: bool = False) -> Callable[[float, float], None]:
    return lambda x, y: _mark(drawing, kind, x + 6, y, hollow)


def years(timeline: pd.DataFrame, window: Iterable[str]) -> tuple[str, str]:
    """First and last day of the calendar years that the window touches: the zoomed view of the window's year."""
    days = sorted(day for day in window if day) or sorted(timeline["date"])[-1:]
    return (f"{days[0][:4]}-01-01", f"{days[-1][:4]}-12-31") if days else ("", "")
