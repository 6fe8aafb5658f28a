"""The key chart as a card that can go alone: title, one finding, the chart, how it counts, source and edition.

One SVG in the light colours, with its text alternative inside it, and the same as PNG.
"""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ElementTree
import zlib
from collections.abc import Sequence

import vl_convert

from stancebrief import theme
from stancebrief.brief import evidence, figures
from stancebrief.charts import plane

MARGIN = 48
WIDTH = theme.WIDE + 2 * MARGIN
SCALE = 2                     # pixels of the PNG for each of the card
SVG = "http://www.w3.org/2000/svg"
# What stands on it, from the top: role, size, weight, room for a line, room after it.
STYLES = {"kicker": ("muted", 13, "bold", 18, 8), "title": ("ink", 26, "bold", 33, 8),
          "finding": ("ink", 18, "normal", 26, 20), "chart": ("ink", 15, "bold", 22, 14),
          "note": ("muted", 12, "normal", 17, 4)}


def svg(figure: figures.Figure, *, kicker: str, title: str, finding: str, notes: Sequence[str]) -> str:
    """The card as SVG, for a figure of the brief; `notes` stand under the chart, each from a line of its own."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.Element(f"{{{SVG}}}svg", {"role": "img", "aria-label": evidence.plain(title)})
    ElementTree.SubElement(root, f"{{{SVG}}}title").text = evidence.plain(title)
    ElementTree.SubElement(root, f"{{{SVG}}}desc").text = evidence.plain(f"{finding} {figure.alt}")
    paper = ElementTree.SubElement(root, f"{{{SVG}}}rect", {"width": "100%", "height": "100%",
                                                            "fill": theme.LIGHT["paper"]})
    ElementTree.SubElement(root, f"{{{SVG}}}rect", {"x": str(MARGIN), "y": "28", "width": str(theme.WIDE),
                                                    "height": "5", "fill": theme.LIGHT["ink"]})
    y = 60.0
    for kind, text in (("kicker", kicker), ("title", title), ("finding", finding), ("chart", figure.title)):
        y = _lines(root, y, text, kind)
    picture = ElementTree.fromstring(theme.plain(figure.pictures[0][1]))
    wide, high = (float(number) for number in picture.get("viewBox", f"0 0 {theme.WIDE} 400").split()[2:])
    for name in ("class", "focusable", "aria-hidden"):
        picture.attrib.pop(name, None)
    high *= theme.WIDE / wide
    picture.attrib |= {"x": str(MARGIN), "y": f"{y:.0f}", "width": str(theme.WIDE), "height": f"{high:.0f}",
                       "font-family": theme.FONT}
    root.append(picture)
    y += high + 34
    for note in notes:
        y = _lines(root, y, note, "note")
    root.attrib |= {"viewBox": f"0 0 {WIDTH} {y + 20:.0f}", "width": str(WIDTH), "height": f"{y + 20:.0f}"}
    paper.attrib |= {"width": str(WIDTH), "height": f"{y + 20:.0f}"}
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def png(card: str) -> bytes:
    """The card as PNG, twice its size, packed as small as the format allows: it is made to be passed on."""
    made = vl_convert.svg_to_png(card, scale=SCALE)
    head, place, data = made[:33], 33, b""  # signature and header
    while place < len(made):
        length, kind = struct.unpack(">I4s", made[place:place + 8])
        data += made[place + 8:place + 8 + length] if kind == b"IDAT" else b""
        place += 12 + length
    packed = zlib.compress(zlib.decompress(data), 9)
    return head + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _lines(root: ElementTree.Element, y: float, text: str, kind: str) -> float:
    """The text in lines that fit; gives where what follows begins. A text that is empty takes no room."""
    role, size, weight, step, after = STYLES[kind]
    if not text.strip():
        return y
    for line in plane.wrap(evidence.plain(text), theme.WIDE, size, weight):
        element = ElementTree.SubElement(root, f"{{{SVG}}}text", {
            "x": str(MARGIN), "y": f"{y + size * 0.8:.0f}", "font-family": theme.FONT, "font-size": str(size),
            "font-weight": weight, "fill": theme.LIGHT[role]})
        element.text = line
        y += step
    return y + after
