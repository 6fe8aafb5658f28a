"""The board's charts in the page: each is drawn once, then only its rows are exchanged.

`altair.JupyterChart` lays a chart out anew for every change of its data, brings a copy of Vega for every chart, and
says nothing of a second click on the same mark; hence a widget of our own for all charts of a board. Vega is the one
script that a brief has too, so nothing is fetched.
"""

from __future__ import annotations

import datetime
import pathlib
import zoneinfo
from collections.abc import Callable, Mapping

import altair as alt
import anywidget
import traitlets

from stancebrief import theme

HERE = pathlib.Path(__file__).parent / "widgets"


class Drawings(anywidget.AnyWidget):
    """Charts beside and below each other, as the width allows.

    `specs`: {name: Vega-Lite spec}, each with its rows in `datasets`; `rows`: {dataset: rows} drawn in their place, for
    all charts at once; `stretch`: [first day, day after the last] marked where a chart has the selection `stretch`, or
    [].
    """

    _css = HERE / "drawings.css"
    specs = traitlets.Dict().tag(sync=True)
    rows = traitlets.Dict().tag(sync=True)
    stretch = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, charts: Mapping[str, alt.TopLevelMixin]) -> None:
        type(self)._esm = theme.vega() + (HERE / "drawings.js").read_text(encoding="utf-8")
        super().__init__(specs={name: chart.to_dict() for name, chart in charts.items()})

    def spec(self, name: str) -> dict[str, object]:
        """A chart's spec with the rows that are drawn now."""
        spec = self.specs[name]
        return {**spec, "datasets": {key: self.rows.get(key, rows) for key, rows in spec["datasets"].items()}}

    def on_click(self, call: Callable[[dict[str, object]], None]) -> None:
        """Call with the row of each mark that is clicked."""
        self.on_msg(lambda _, content, buffers: call(content["clicked"]) if "clicked" in content else None)

    def on_stretch(self, call: Callable[[list[float], str], None]) -> None:
        """Call with the two times of a stretch that is drawn (in milliseconds; none: taken away), and the zone."""
        self.on_msg(lambda _, content, buffers: call(content["stretch"], str(content.get("zone", "")))
                    if "stretch" in content else None)


def days(first: float, last: float, zone: str | None) -> tuple[str, str]:
    """The days, where the reader is, whose middle lies between two times in milliseconds; at least the first one's."""
    try:
        place = zoneinfo.ZoneInfo(zone or "UTC")
    except (KeyError, ValueError):
        place = zoneinfo.ZoneInfo("UTC")
    half = datetime.timedelta(hours=12)
    start, end = (datetime.datetime.fromtimestamp(edge / 1000, place).replace(tzinfo=None) for edge in (first, last))
    since, until = (start + half).date(), (end - half).date()
    return (since.isoformat(), until.isoformat()) if since <= until else (start.date().isoformat(),) * 2
