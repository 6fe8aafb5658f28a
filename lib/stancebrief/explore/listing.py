"""The list of statements in the page: one page of a table that stays in Python, sorted there and read row by row.

A table library in the browser would need all rows, or would sort only those that it was given; ten rows are drawn in a
few milliseconds however many statements are chosen.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import anywidget
import traitlets

HERE = pathlib.Path(__file__).parent / "widgets"
PAGE = 10


class Listing(anywidget.AnyWidget):
    """Rows of text under named columns, of which one is chosen.

    `label`: what they are; `columns`: [name, label, kind] with the kind `text`, `words` (long) or `number`; a column
    named in `sorts` sorts when its head is pressed; `sorted`: the name of the column that sorts, with - before it from
    the last to the first. `rows`: the cells of the rows drawn; `first`: the place of the first of them among `total`;
    `at`: the place of the chosen one.
    """

    _esm = HERE / "listing.js"
    _css = HERE / "listing.css"
    label = traitlets.Unicode("Statements").tag(sync=True)
    columns = traitlets.List().tag(sync=True)
    sorts = traitlets.List(traitlets.Unicode()).tag(sync=True)
    sorted = traitlets.Unicode().tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    first = traitlets.Int().tag(sync=True)
    total = traitlets.Int().tag(sync=True)
    at = traitlets.Int(-1).tag(sync=True)
    page = traitlets.Int(PAGE).tag(sync=True)

    def on_pick(self, call: Callable[[int], None]) -> None:
        """Call with the place of the row that is pressed, or walked to by key."""
        self.on_msg(lambda _, content, buffers: call(int(content["pick"])) if "pick" in content else None)

    def on_sort(self, call: Callable[[str], None]) -> None:
        """Call with the name of the column whose head is pressed."""
        self.on_msg(lambda _, content, buffers: call(str(content["sort"])) if "sort" in content else None)
