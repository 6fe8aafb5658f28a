"""Dates across a picture: one axis for all lanes, its ticks, and the periods by which events are summed."""

from __future__ import annotations

import calendar
import dataclasses
import datetime
from collections.abc import Iterable

import pandas as pd

from stancebrief import theme
from stancebrief.charts import plane
from stancebrief.language import Language

NOTE = theme.SIZES["note"]
LEFT = 26          # room for the numbers of an upright axis
MONTHS = {"month": 1, "quarter": 3, "year": 12}


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

    def after(self, day: datetime.date) -> float:
        """Where a day ends."""
        return self.at(day + datetime.timedelta(days=1))

    @property
    def days(self) -> int:
        """How many days the axis shows."""
        return (self.end - self.start).days + 1

    @property
    def step(self) -> str:
        """What events are summed by: month, quarter or year, so that a bar can be seen."""
        month = (self.right - self.left) / (self.days / 30.4)
        return next(name for name, months in MONTHS.items() if name == "year" or month * months >= 3)

    def periods(self, step: str = "") -> list[tuple[datetime.date, datetime.date]]:
        """First and last day of each month, quarter or year that the axis touches; by `self.step` if not told."""
        months = MONTHS[step or self.step]
        day = self.start.replace(day=1, month=(self.start.month - 1) // months * months + 1)
        found = []
        while day <= self.end:
            month = day.month + months - 1
            found.append((day, datetime.date(day.year, month, calendar.monthrange(day.year, month)[1])))
            day = found[-1][1] + datetime.timedelta(days=1)
        return found


def over(shown: pd.DataFrame, start: str, end: str, width: float) -> Axis:
    """The axis from start to end; without them from the year of the first event to the quarter of the last."""
    today = datetime.date.fromisoformat
    days = sorted(shown["date"]) or [start or end or "2000-01-01"]
    first = today(start) if start else datetime.date(today(days[0]).year, 1, 1)
    last = today(days[-1])
    month = (last.month + 2) // 3 * 3
    last = today(end) if end else datetime.date(last.year, month, calendar.monthrange(last.year, month)[1])
    return Axis(first, max(first, last), LEFT, width - 2)


def period(first: datetime.date, name: str, language: Language) -> str:
    """The month, quarter or year that begins on this day, in words."""
    if name == "month":
        return language.date(first.isoformat(), "month")
    return str(first.year) if name == "year" else language.say("charts.timeline.quarter", year=str(first.year),
                                                               n=(first.month + 2) // 3)


def ticks(drawing: plane.Plane, axis: Axis, y: float, language: Language) -> None:
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


def years(timeline: pd.DataFrame, window: Iterable[str]) -> tuple[str, str]:
    """First and last day of the calendar years that the window touches: the zoomed view of the window's year."""
    days = sorted(day for day in window if day) or sorted(timeline["date"])[-1:]
    return (f"{days[0][:4]}-01-01", f"{days[-1][:4]}-12-31") if days else ("", "")
