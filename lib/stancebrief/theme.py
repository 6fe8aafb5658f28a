"""The one look of page and charts: colours by role in light and dark, type, and the one Altair renderer.

Every role has a colour that no other role has, so that a picture drawn in the light colours can be turned into dark
ones, or into CSS variables that follow the reader's setting (`variables`, `css`, `recolour`).
"""

from __future__ import annotations

import functools
import hashlib
import re
import sys
import zlib
from collections.abc import Iterable

import altair
import pandas as pd
import vl_convert

from stancebrief import study, tables

# The chart font is the one vl-convert carries, so that text is measured alike on every machine; the others have the
# same widths, so that nothing is clipped where a reader has those instead.
FONT = "Liberation Sans, Arimo, Arial, Helvetica, sans-serif"
TEXT_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Arimo, Arial, sans-serif"
SIZES = {"title": 15, "label": 12, "note": 11}   # pixels in charts; nothing is smaller than `note`
WORDS = 240                                      # characters of a cell that a notebook's table shows
WIDE, NARROW = 860, 340                          # chart widths: for a page on a laptop, for a phone

# role: (light, dark). Support and oppose are blue and orange, which colour-blind readers tell apart; what agrees and
# what differs between countries are green and purple, so that nobody takes them for stances.
ROLES = {
    "paper": ("#ffffff", "#14181d"), "panel": ("#f4f5f7", "#1d232a"), "ink": ("#1a1f26", "#e9ecef"),
    "muted": ("#59626e", "#a6afba"), "rule": ("#aab2bc", "#56606b"), "grid": ("#e4e8ec", "#2c343c"),
    "band": ("#f6eecb", "#37331d"), "accent": ("#7a2e5d", "#e3a0c8"),
    "support": ("#1f6fb2", "#5aa9e6"), "support-ink": ("#165a94", "#7fbdee"), "support-soft": ("#dceaf6", "#17324a"),
    "oppose": ("#c2560b", "#f0883e"), "oppose-ink": ("#a34707", "#f5a064"), "oppose-soft": ("#fbe6d6", "#472611"),
    "neutral": ("#6b7480", "#98a2ad"), "neutral-soft": ("#d9dde2", "#333c46"), "silent": ("#8b949e", "#717b87"),
    "same": ("#187a5c", "#4fbf99"), "same-soft": ("#d6efe5", "#14362b"),
    "apart": ("#7b4fa3", "#b894dc"), "apart-soft": ("#ebe1f4", "#2f2340"),
    "range-1": ("#a9bccb", "#6f8798"), "range-2": ("#5f7f97", "#9db8cb"), "range-3": ("#22394b", "#dbe8f1"),
    "sea": ("#2a9d8f", "#45b8aa"), "space": ("#b8860c", "#d9a93a"), "untyped": ("#8a8178", "#8f867d"),
}
LIGHT = {role: pair[0] for role, pair in ROLES.items()}
DARK = {role: pair[1] for role, pair in ROLES.items()}
CACHE = study.ROOT / ".cache"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
VARIABLE = re.compile(r"var\(--c-([\w-]+)\)")
ID = re.compile(r"""(\bid="|url\(['"]?#)([A-Za-z][\w-]*)(["')])""")
OWN_ID = re.compile(r"""(\bid="|url\(['"]?#)-(\d+)""")
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# Countries of their own colour wherever they appear; seen on light and on dark paper. The others take theirs by name,
# so that a country's colour does not depend on which others are shown; labels stand beside them, never colour alone.
COUNTRIES = {"CHN": "#d1493f", "RUS": "#a8722a", "USA": "#3d7fc4", "PRK": "#8a63b8", "KOR": "#2f8f83", "JPN": "#c25a94",
             "GBR": "#4f75a8", "FRA": "#6a6fd0", "UN": "#3a8fb0", "EU": "#5d74d6"}
OTHERS = ("#7c8a2e", "#b0653a", "#4e8f57", "#9a6a9e", "#6b7fa3", "#a8566a", "#5a8a8f", "#8f7a45", "#7d74b8", "#a36f3c")

_REGULAR = ("278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 "
            "556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 "
            "722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 "
            "500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584")
_BOLD = ("278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 "
         "556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 "
         "722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 "
         "556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584")
WIDTHS = {"normal": [int(w) for w in _REGULAR.split()], "bold": [int(w) for w in _BOLD.split()]}


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """How wide the text is drawn, in pixels: Liberation Sans for ASCII, a generous guess for other letters."""
    widths = WIDTHS[weight]
    total = 0
    for char in text:
        code = ord(char)
        total += widths[code - 32] if 32 <= code < 127 else 1000 if code > 0x2E7F or char in "—…→←▲" else 620
    return total * size / 1000


def country(code: str) -> str:
    """A country's colour: its own for those that come up most, else one that depends on nothing but its code."""
    return COUNTRIES.get(code) or OTHERS[zlib.crc32(code.encode()) % len(OTHERS)]


def countries(codes: Iterable[str]) -> altair.Scale:
    """A colour scale for these countries, in this order."""
    codes = list(codes)
    return altair.Scale(domain=codes, range=[country(code) for code in codes])


def roles(*names: str) -> altair.Scale:
    """A scale from role names to their light colours: of these roles, or of all."""
    names = names or tuple(ROLES)
    return altair.Scale(domain=list(names), range=[LIGHT[name] for name in names])


def variables() -> dict[str, str]:
    """{light colour: name of its CSS variable}, without the leading dashes."""
    return {colour: f"c-{role}" for role, colour in LIGHT.items()}


def css() -> str:
    """The page's colour variables: light; dark where the reader asks for it or the page is set so; light in print.

    In forced colours text and lines follow the reader's system and the stances keep theirs; shape and number say them.
    """
    def block(colours: dict[str, str]) -> str:
        return "".join(f"--c-{role}:{colour};" for role, colour in colours.items())
    plain = dict.fromkeys(("ink", "muted", "rule", "support-ink", "oppose-ink", "accent"), "CanvasText")
    plain |= dict.fromkeys(("paper", "panel", "band"), "Canvas") | {"grid": "GrayText", "silent": "GrayText"}
    return (f":root{{color-scheme:light;{block(LIGHT)}--font-chart:{FONT};--font-text:{TEXT_FONT}}}\n"
            f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;"
            f"{block(DARK)}}}}}\n"
            f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{block(DARK)}}}}}\n"
            f"@media (forced-colors:active){{:root,:root:not([data-theme=light]){{{block(plain)}}}}}\n")


def recolour(text: str, to: str = "dark") -> str:
    """An SVG or a spec as text with each role's light colour as its dark one, or as `var(--c-role)` for `to="css"`."""
    table = {light: DARK[role] if to == "dark" else f"var(--c-{role})" for role, light in LIGHT.items()}
    return COLOUR.sub(lambda match: table.get(match[0].lower(), match[0]), text)


def plain(text: str) -> str:
    """Markup in the light colours themselves in place of `var(--c-role)`: for where the page's variables are not."""
    return VARIABLE.sub(lambda match: LIGHT.get(match[1], match[0]), text)


def config() -> dict:
    """Vega-Lite's config in this look, for charts that do not draw their own axes and text."""
    text = {"font": FONT, "color": LIGHT["ink"]}
    axis = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": SIZES["note"], "titleFontSize": SIZES["note"],
            "labelColor": LIGHT["muted"], "titleColor": LIGHT["muted"], "titleFontWeight": "normal",
            "gridColor": LIGHT["grid"], "domainColor": LIGHT["rule"], "tickColor": LIGHT["rule"]}
    return {"font": FONT, "axis": axis, "text": {**text, "fontSize": SIZES["label"]},
            "title": {"font": FONT, "color": LIGHT["ink"], "fontSize": SIZES["title"], "anchor": "start",
                      "fontWeight": "bold", "subtitleFont": FONT, "subtitleColor": LIGHT["muted"],
                      "subtitleFontSize": SIZES["label"], "offset": 12},
            "legend": {"orient": "bottom", "labelFont": FONT, "titleFont": FONT, "labelFontSize": SIZES["note"],
                       "titleFontSize": SIZES["note"], "labelColor": LIGHT["ink"], "titleColor": LIGHT["muted"]},
            "header": {"labelFont": FONT, "titleFont": FONT, "labelColor": LIGHT["ink"],
                       "labelFontSize": SIZES["label"], "labelFontWeight": "bold"},
            "view": {"stroke": None}, "background": LIGHT["paper"]}


def dress(chart: altair.TopLevelMixin, **properties: object) -> altair.TopLevelMixin:
    """The chart with this look and, for example, a title and a description; nothing is set for other charts."""
    return chart.properties(config=config(), **properties)


def bare(chart: altair.TopLevelMixin) -> altair.TopLevelMixin:
    """The chart without config and background, which only a whole picture may have: to join several."""
    copy = chart.copy()
    for name in ("config", "background", "usermeta"):
        copy[name] = altair.Undefined
    return copy


def svg(chart: altair.TopLevelMixin | dict, dark: bool = False) -> str:
    """The chart as SVG: the same bytes whenever it is drawn, ids that clash with no other picture, nothing fetched."""
    spec = _inert(chart if isinstance(chart, dict) else chart.to_dict())
    text = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    text = UNWRITABLE.sub("", text)
    # Vega numbers its ids through the life of the process: count them anew, so that the bytes are those of the chart.
    order: dict[str, int] = {}
    text = ID.sub(lambda match: f"{match[1]}-{order.setdefault(match[2], len(order))}{match[3]}", text)
    mark = "p" + hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:10]
    text = OWN_ID.sub(rf"\1{mark}-\2", text)
    return recolour(text) if dark else text


def png(chart: altair.TopLevelMixin | dict, scale: float = 2, dark: bool = False) -> bytes:
    """The chart as PNG, `scale` pixels for each of its own."""
    return vl_convert.svg_to_png(svg(chart, dark), scale=scale)


def describe(spec: dict) -> str:
    """What the picture shows in words and numbers: its title, its description and its caption, where it has them."""
    title = spec.get("title", "")
    title = title.get("text", "") if isinstance(title, dict) else title
    title = " ".join(title) if isinstance(title, list) else str(title)
    caption = (spec.get("usermeta") or {}).get("caption", "")
    return "\n".join(part for part in (title, spec.get("description", ""), caption) if part)


def bundle(spec: dict, **_: object) -> dict[str, object]:
    """What a notebook keeps of a chart: the live spec for JupyterLab, the picture for everything else, and the text.

    JupyterLab draws Vega-Lite 5 with its own Vega, offline, and shows version 6 as text: hence the type. A chart that
    cannot be drawn shows its text; it never breaks the cell.
    """
    shown: dict[str, object] = {"text/plain": describe(spec)}
    live = {key: value for key, value in spec.items() if key != "usermeta"}
    live["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json"
    shown["application/vnd.vegalite.v5+json"] = live
    try:
        shown["image/svg+xml"] = svg(spec)
    except (ValueError, TypeError, RuntimeError) as error:
        shown["text/plain"] += f"\n(The picture cannot be drawn: {error})"
    return shown


@functools.cache
def vega() -> str:
    """The one script that draws live charts: Vega, Vega-Lite and Vega-Embed, kept on disk by version.

    It leaves `vegaEmbed`, `vegaLite` and `vega` on the page's window. Making it takes seconds.
    """
    path = CACHE / f"vega-{vl_convert.__version__}.js"
    if not path.is_file():
        script = vl_convert.javascript_bundle()
        try:
            tables.write_bytes(script.encode(), path)
        except OSError:   # nowhere to keep it: it is made again the next time
            return script
    return path.read_text(encoding="utf-8")


def sheet(frame: pd.DataFrame) -> str | None:
    """A table as a notebook shows it, with its words on the left, where sentences are read, and numbers on the right.

    Only the alignment is added to pandas' own HTML, and with it pandas' escaping; None where pandas draws none.
    """
    text = frame._repr_html_()
    if text is None:
        return None
    last = len(frame.columns)
    numbers = [last - place for place, kind in enumerate(frame.dtypes) if pd.api.types.is_numeric_dtype(kind)]
    whole = last <= (pd.get_option("display.max_columns") or last)   # else columns are left out, and places are others
    name = "sheet-" + "-".join(map(str, numbers if whole else ()))
    right = ",".join(f".{name} tr>:nth-last-child({place})" for place in (numbers if whole else ()))
    rules = f".{name} tr>*{{text-align:left!important;vertical-align:top}}"
    rules += f"{right}{{text-align:right!important}}" if right else ""
    return f'<div class="{name}"><style>{rules}</style>{text}</div>'


def enable() -> None:
    """Show charts by `bundle` and tables by `sheet` in this notebook: live in JupyterLab, still in print, offline."""
    altair.renderers.register("stancebrief", bundle)
    altair.renderers.enable("stancebrief")
    pd.set_option("display.max_colwidth", WORDS)
    if shell := sys.modules.get("IPython") and sys.modules["IPython"].get_ipython():
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, sheet)


def _inert(value: object, inside: str = "") -> object:
    """The spec without links: a picture has no use for them, and a `javascript:` address in one stops the drawing."""
    if isinstance(value, dict):
        drop = "href" if inside in ("encoding", "mark") else None
        return {key: _inert(item, key) for key, item in value.items() if key != drop}
    if isinstance(value, list):
        return [_inert(item) for item in value]
    if isinstance(value, str):
        return UNWRITABLE.sub("", value)
    return value
