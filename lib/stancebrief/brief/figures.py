"""Charts inside a page: a still picture that prints, a live one from one Vega script, and the numbers as a table.

Colours become CSS variables, so that one picture serves light, dark and print. Nothing is fetched and nothing is
evaluated: Vega runs with its interpreter, under a Content-Security-Policy that names the script by its hash.
"""

from __future__ import annotations

import base64
import collections
import dataclasses
import hashlib
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence

import altair
import pandas as pd
from markupsafe import Markup

from stancebrief import theme
from stancebrief.language import Language

SVG = "{http://www.w3.org/2000/svg}"
TAGS = set("svg g path text tspan rect circle ellipse line defs clipPath linearGradient stop title".split())
INHERITED = set("fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin "
                "text-anchor font-size font-weight font-style dominant-baseline".split())
ATTRIBUTES = INHERITED | set("viewBox width height transform d x y x1 x2 y1 y2 dx dy cx cy r rx ry stroke-dashoffset "
                             "opacity clip-path id offset stop-color".split())
LONG_NUMBER = re.compile(r"(-?\d+\.\d{2})\d+")
SHORT = 24                           # characters of JSON that are not worth a reference
ROWS = 128                           # rows of a chart's table; all are in the evidence file
ALT = 5000                           # characters of a text alternative; what it leaves out is in the table


class FigureError(ValueError):
    """A figure cannot be shown as it is; says which and what it lacks."""


@dataclasses.dataclass(frozen=True)
class Figure:
    """One chart as the page shows it. `specs` are Vega-Lite without their data sets; empty: the picture stays still."""

    name: str
    title: str
    alt: str
    caption: str
    pictures: tuple[tuple[str, Markup], ...]      # (wide or narrow, SVG)
    specs: dict[str, dict]
    datasets: dict[str, list]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    more: int = 0
    sources: tuple[tuple[str, ...], ...] = ()     # of each row: the utterances that its numbers count
    table: pd.DataFrame | None = dataclasses.field(default=None, compare=False, repr=False)   # all rows

    @property
    def file(self) -> str:
        """Where the whole table stands in the evidence file, if the page leaves rows out."""
        return f"figures/{self.name}.csv"

    def _repr_html_(self) -> str:
        """What a notebook shows: the picture with its title, its caption and what it says in words.

        A notebook has none of the page's styles, so the colours, the paper and the type come along.
        """
        picture = Markup(theme.plain(self.pictures[0][1])) if self.pictures else ""
        style = f"margin:0;padding:0.4em;background:{theme.LIGHT['paper']};color:{theme.LIGHT['ink']};"
        shown = Markup("<figure aria-label='{}' style='{}'><figcaption><b>{}</b></figcaption>"
                       "<div style='font-family:{};overflow-x:auto'>{}</div><p><small>{}</small></p></figure>")
        return str(shown.format(self.alt, style, self.title, theme.FONT, picture, self.caption))


def make(name: str, chart: altair.TopLevelMixin, *, narrow: altair.TopLevelMixin | None = None, title: str = "",
         alt: str = "", caption: str = "", table: pd.DataFrame | None = None, live: bool = True,
         check: bool = True, sources: Sequence[Sequence[str]] = (), rows: int = ROWS,
         language: Language | None = None) -> Figure:
    """A figure from an Altair chart; `narrow` is the same chart for a phone, `table` its numbers as text.

    Title, alt text and caption are the chart's own (title, description, usermeta.caption) where they are not given;
    the page prints them, so that the picture does not. `sources` names the utterances that each row of the table
    counts; of a longer table the first `rows` are shown. With a `language` a long alt text is cut. Without `check`
    Altair does not look at it again: for our own charts, which the tests check. Raises FigureError if there is no title
    or no alt text.
    """
    pictures, specs, datasets = [], {}, {}
    for width, drawn in (("wide", chart), ("narrow", narrow)):
        if drawn is None:
            continue
        spec = drawn.to_dict(validate=check)
        title, alt = title or _title(spec), alt or spec.get("description", "")
        caption = caption or (spec.get("usermeta") or {}).get("caption", "")
        if not title.strip() or not alt.strip():
            raise FigureError(f"figure {name!r} needs a title and an alt text: its title and description")
        spec = prune({key: value for key, value in spec.items() if key not in ("title", "usermeta", "description")})
        pictures.append((width, picture(spec, f"{name}-{width}")))
        if live:
            datasets |= spec.pop("datasets", {})
            specs[width] = recolour(spec)
    alt = brief(alt, language) if language else alt
    shown = pd.DataFrame() if table is None else table.head(rows)
    return Figure(name, title, alt, caption, tuple(pictures), specs, datasets, tuple(map(str, shown.columns)),
                  tuple(tuple(map(str, row)) for row in shown.itertuples(index=False)),
                  0 if table is None else len(table) - len(shown), tuple(map(tuple, sources[: len(shown)])), table)


def brief(alt: str, language: Language) -> str:
    """The text alternative with as many of its sentences as a listener may be asked to bear, and how many it has more.
    """
    if len(alt) <= ALT:
        return alt
    told = alt[:ALT].rsplit(". ", 1)[0] + "."
    return f"{told} {language.say('figure.alt_more', n=alt[len(told):].count('. ') + 1)}"


def _title(spec: dict) -> str:
    title = spec.get("title", "")
    title = title.get("text", "") if isinstance(title, dict) else title
    return " ".join(title) if isinstance(title, list) else str(title)


def prune(spec: dict) -> dict:
    """The spec without the columns of its data sets that nothing in it names."""
    sets = spec.get("datasets", {})
    rest = json.dumps({key: value for key, value in spec.items() if key != "datasets"})
    named = set(re.findall(r"[^\W\d]\w*", rest))
    kept = {name: [{column: value for column, value in row.items() if column in named} for row in rows]
            for name, rows in sets.items()}
    return spec | ({"datasets": kept} if sets else {})


def recolour(value: object) -> object:
    """The spec with every colour of a role as its CSS variable, so that it follows the page from light to dark."""
    if isinstance(value, dict):
        return {key: recolour(item) for key, item in value.items() if key != "href"}
    if isinstance(value, list):
        return [recolour(item) for item in value]
    return theme.recolour(value, to="css") if isinstance(value, str) else value


def picture(spec: dict, name: str) -> Markup:
    """The chart as SVG of known tags and attributes only, its ids unique in the page, hidden from screen readers.

    The figure around it carries the alt text.
    """
    root = ElementTree.fromstring(theme.svg(spec))
    _clean(root, name)
    _hoist(root)
    root.set("class", "still")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    text = ElementTree.tostring(root, encoding="unicode").replace("ns0:", "").replace(":ns0", "")
    return Markup(LONG_NUMBER.sub(r"\1", text))  # ours, from an allowlist, its text escaped by ElementTree


def _clean(element: ElementTree.Element, name: str) -> None:
    kept = {}
    for key, value in element.attrib.items():
        if key not in ATTRIBUTES or (key == "id" and not element.tag.endswith(("clipPath", "linearGradient"))):
            continue
        if key == "id":
            value = f"{name}-{value}"
        elif "url(" in value:
            value = re.sub(r"url\(['\"]?#([\w-]+)['\"]?\)", rf"url(#{name}-\1)", value)
            if not value.startswith(f"url(#{name}-"):
                continue
        kept[key] = theme.recolour(value, to="css")
    element.attrib.clear()
    element.attrib.update(kept)
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.removeprefix(SVG) not in TAGS:
            element.remove(child)
        else:
            _clean(child, name)


def _hoist(element: ElementTree.Element) -> None:
    """What all children of a group share and would inherit is written once, on the group."""
    for child in element:
        _hoist(child)
    if len(element) < 2 or not element.tag.endswith("}g"):
        return
    for key in sorted(INHERITED):
        values = {child.get(key) for child in element}
        if len(values) == 1 and None not in values:
            element.set(key, values.pop())
            for child in element:
                del child.attrib[key]


def packed(figures: list[Figure]) -> Markup:
    """The specs and data sets of the live charts as JSON for a <script> element, each thing that repeats written once.

    Data sets are columns and rows; `parts` holds what occurs more than once in the specs, referred to as {"$": number}.
    """
    datasets: dict[str, dict] = {}
    for figure in figures:
        for name, rows in figure.datasets.items():
            columns = sorted({column for row in rows for column in row})
            datasets[name] = {"columns": columns, "rows": [[row.get(column) for column in columns] for row in rows]}
    names = {name: f"d{number}" for number, name in enumerate(sorted(datasets))}
    specs = {figure.name: _renamed(figure.specs, names) for figure in figures}
    counts: collections.Counter[str] = collections.Counter()
    _count(specs, counts)
    parts: list[object] = []
    places: dict[str, int] = {}
    packed_specs = _refer(specs, counts, parts, places)
    return script_json({"datasets": {names[name]: value for name, value in datasets.items()}, "figures": packed_specs,
                        "parts": parts})


def _renamed(value: object, names: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {key: _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


def _count(value: object, counts: collections.Counter[str]) -> None:
    if isinstance(value, (dict, list)):
        counts[json.dumps(value, sort_keys=True)] += 1
        for item in value.values() if isinstance(value, dict) else value:
            _count(item, counts)


def _refer(value: object, counts: collections.Counter[str], parts: list[object], places: dict[str, int]) -> object:
    if not isinstance(value, (dict, list)):
        return value
    key = json.dumps(value, sort_keys=True)
    if key in places:
        return {"$": places[key]}
    inner = ({name: _refer(item, counts, parts, places) for name, item in value.items()} if isinstance(value, dict)
             else [_refer(item, counts, parts, places) for item in value])
    if counts[key] < 2 or len(key) < SHORT:
        return inner
    places[key] = len(parts)
    parts.append(inner)
    return {"$": places[key]}


def script_json(value: object) -> Markup:
    """JSON that can stand inside a <script> element: nothing in it can end the element or start another."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def source_hash(text: str) -> str:
    """The hash by which a Content-Security-Policy allows an inline script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
