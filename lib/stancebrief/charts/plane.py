"""A drawing surface in pixels: shapes and text put at exact places, given back as one Altair chart.

Our pictures write their counts, labels and keys themselves, where they belong, so that nothing overlaps or is clipped
at any width. Colours are named by role. A shape that carries `country` can be picked: the selection is called
`country` in every chart, so that a page can link them by that signal.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import altair as alt

from stancebrief import theme

PICKED = "country"
FADED = 0.25
LINE = 15                  # pixels from one line of notes to the next
# A click on something without a country (an axis, a heading, bare ground) lets go of what was picked.
SHOWN = f"!{PICKED}.country || !{PICKED}.country[0] || indexof({PICKED}.country, datum.country) >= 0"


def plain(text: object, limit: int = 80) -> str:
    """Text that can be drawn: without control, hidden and reordering characters, cut at the limit."""
    shown = "".join(" " if char.isspace() else char for char in str(text)
                    if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def wrap(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """The text in lines that fit the width; a word too long for it is cut."""
    lines: list[str] = []
    for word in plain(text, 600).split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and theme.text_width(joined, size, weight) <= width:
            lines[-1] = joined
            continue
        while theme.text_width(word, size, weight) > width and len(word) > 2:
            word = word[:-2] + "…"
        lines.append(word)
    return lines or [""]


def widest(texts: Iterable[str], size: float = theme.SIZES["label"], weight: str = "normal") -> float:
    """The width of the widest text; 0 without any."""
    return max((theme.text_width(text, size, weight) for text in texts), default=0.0)


class Plane:
    """Shapes on a surface `width` pixels wide; `chart` gives the picture, as high as what was drawn asks for."""

    def __init__(self, name: str, width: float):
        self.name, self.width, self.height = name, float(width), 0.0
        self._layers: dict[tuple, list[dict]] = {}

    def reach(self, y: float) -> None:
        """Make the picture at least that high."""
        self.height = max(self.height, y)

    def rect(self, x: float, y: float, x2: float, y2: float, fill: str = "", stroke: str = "", *, dash: bool = False,
             corner: float = 0, tip: Mapping[str, object] | None = None, country: str = "", level: int = 0) -> None:
        """A rectangle with role names for fill and stroke. `level`: 0 below lines, 1 and 2 above them, below text."""
        style = (("fill", fill), ("stroke", stroke), ("dash", dash), ("corner", corner))
        self._add("rect", style, {"x": x, "y": y, "x2": x2, "y2": y2}, tip, country, level)

    def rule(self, x: float, y: float, x2: float, y2: float, stroke: str = "rule", *, size: float = 1,
             dash: bool = False, tip: Mapping[str, object] | None = None, country: str = "") -> None:
        """A line."""
        style = (("stroke", stroke), ("size", size), ("dash", dash))
        self._add("rule", style, {"x": x, "y": y, "x2": x2, "y2": y2}, tip, country, 1)

    def point(self, x: float, y: float, shape: str = "circle", size: float = 60, fill: str = "", stroke: str = "", *,
              line: float = 1.5, opacity: float = 1, tip: Mapping[str, object] | None = None,
              country: str = "") -> None:
        """A mark of Vega's shapes; size is its area in square pixels."""
        style = (("shape", shape), ("size", size), ("fill", fill), ("stroke", stroke), ("line", line),
                 ("opacity", opacity))
        self._add("point", style, {"x": x, "y": y}, tip, country, 2)

    def text(self, x: float, y: float, text: object, fill: str = "ink", size: float = theme.SIZES["label"], *,
             weight: str = "normal", align: str = "left", baseline: str = "middle", country: str = "") -> None:
        """Text with its anchor at (x, y), moved where it would stick out of the picture."""
        shown = plain(text, 200)
        wide = theme.text_width(shown, size, weight)
        left = {"left": x, "center": x - wide / 2, "right": x - wide}[align]
        x += max(0.0, -left) - max(0.0, left + wide - self.width) if wide < self.width else 0
        style = (("fill", fill), ("size", size), ("weight", weight), ("align", align), ("baseline", baseline))
        self._add("text", style, {"x": x, "y": y, "text": shown}, None, country, 3)

    def hatch(self, x: float, y: float, width: float, height: float, country: str = "") -> None:
        """Slanted lines: nothing was found here."""
        for step in range(4):
            left = x - width / 2 + step * width / 4
            self.rule(left, y + height / 2, left + width / 4, y - height / 2, "silent", country=country)

    def lines(self, x: float, y: float, lines: Sequence[str], **style: object) -> float:
        """Lines of text under each other; gives the y after the last one."""
        step = float(style.get("size", theme.SIZES["label"])) + 4
        for line in lines:
            self.text(x, y, line, **style)
            y += step
        return y

    def _add(self, mark: str, style: tuple, row: dict, tip: Mapping[str, object] | None, country: str,
             level: int) -> None:
        row = {name: round(value, 1) if isinstance(value, float) else value for name, value in row.items()}
        tip = tip or {}
        fields = {f"t{number}": plain(value) for number, value in enumerate(tip.values())}
        if country:
            row["country"] = country
        self._layers.setdefault((mark, style, tuple(map(plain, tip)), bool(country), level), []).append(row | fields)
        self.height = max(self.height, *(row[name] for name in ("y", "y2") if name in row))

    def chart(self, *, description: str, title: str = "", caption: str = "") -> alt.LayerChart:
        """The picture with its text alternative; the caption can be read from it with `charts.caption`."""
        # Altair checks a chart whole when it is turned into a spec; checking every part as it is made triples the time.
        with alt.utils.schemapi.debug_mode(False):
            return self._chart(description, title, caption)

    def _chart(self, description: str, title: str, caption: str) -> alt.LayerChart:
        picked = alt.selection_point(name=PICKED, fields=["country"])
        layers, holds, datasets = [], False, {}
        # By level; within a level what was drawn first lies below.
        ordered = sorted(self._layers.items(), key=lambda item: item[0][-1])
        for number, ((mark, style, tips, country, _), rows) in enumerate(ordered):
            # Named by their content, so that charts of one page can share them.
            name = "d" + hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]
            datasets[name] = rows
            layer = self._layer(mark, dict(style), tips, country, rows, name)
            if country and not holds:
                layer, holds = layer.add_params(picked), True
            layers.append(layer.properties(name=f"{self.name}_{number}"))
        chart = alt.layer(*layers).properties(width=self.width, height=round(self.height, 1), view=alt.ViewConfig(
            stroke=None))
        heading = {"title": {"text": wrap(title, self.width, theme.SIZES["title"], "bold")}} if title else {}
        return theme.dress(chart, description=description, usermeta={"caption": caption}, datasets=datasets, **heading)

    def _layer(self, mark: str, style: dict, tips: tuple[str, ...], country: bool, rows: list[dict],
               name: str) -> alt.Chart:
        light = theme.LIGHT
        paint = {channel: light[style[channel]] if style.get(channel) else "transparent"
                 for channel in ("fill", "stroke") if channel in style}
        dash = {"strokeDash": [3, 2]} if style.get("dash") else {}
        chart = alt.Chart(alt.NamedData(name=name))
        # The keys and notes are drawn like everything else but are no data: screen readers get the description.
        if mark == "rect":
            chart = chart.mark_rect(cornerRadius=style["corner"], strokeWidth=1.25, aria=False, **paint, **dash)
        elif mark == "rule":
            chart = chart.mark_rule(strokeWidth=style["size"], aria=False, **paint, **dash)
        elif mark == "point":
            chart = chart.mark_point(shape=style["shape"], size=style["size"], strokeWidth=style["line"], aria=False,
                                     opacity=style["opacity"], **paint)
        else:
            chart = chart.mark_text(font=theme.FONT, fontSize=style["size"], fontWeight=style["weight"],
                                    align=style["align"], baseline=style["baseline"], aria=False, **paint)
        across = alt.Scale(domain=[0, self.width], nice=False, zero=False)
        down = alt.Scale(domain=[round(self.height, 1), 0], nice=False, zero=False)
        channels = {"x": alt.X("x:Q", scale=across, axis=None), "y": alt.Y("y:Q", scale=down, axis=None)}
        channels |= {name: kind(name) for name, kind in (("x2", alt.X2), ("y2", alt.Y2)) if name in rows[0]}
        if mark == "text":
            channels["text"] = alt.Text("text:N")
        shown = [alt.Tooltip(f"t{number}:N", title=tip) for number, tip in enumerate(tips)]
        channels["tooltip"] = shown or alt.TooltipValue(None)
        if country:
            full = style.get("opacity", 1)
            channels["opacity"] = alt.OpacityValue(FADED * full, condition={"test": SHOWN, "value": full})
        return chart.encode(**channels)


def key(plane: Plane, y: float, entries: Sequence[tuple], x: float = 0) -> float:
    """The key: each entry is (draw, width of its sign, text), `draw(x, y)` drawing the sign from its left end; wrapped.

    Gives the y under the last line.
    """
    size = theme.SIZES["note"]
    at, gap = x, 16
    for draw, sign, text in entries:
        wide = sign + 5 + theme.text_width(plain(text), size)
        if at > x and at + wide > plane.width:
            at, y = x, y + LINE + 3
        draw(at, y)
        plane.text(at + sign + 5, y, text, "muted", size)
        at += wide + gap
    plane.reach(y + LINE / 2)
    return y + LINE
