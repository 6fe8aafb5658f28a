"""The reader of the notebook: the article around one statement with its parts marked, steered by keyboard."""

from __future__ import annotations

import difflib
import itertools
import json
import pathlib
import re
from collections.abc import Callable, Iterable

import anywidget
import traitlets

HERE = pathlib.Path(__file__).parent / "widgets"
AROUND = 1200    # characters shown before and after a statement's paragraph; the whole article on demand
WORD = re.compile(r"\w+(?:['’-]\w+)*")
WHOLE = 200_000  # characters of an article shown at most


class Reader(anywidget.AnyWidget):
    """Shows `view` and reports what is done with it.

    `view`: a dict with `title`, `count`, `pieces` (a list of [text, roles]), `facts`, `variants` (a list of [name,
    pieces]), `status`, `label`. `bindings`: {key: [action, label, whether there is a button]}. `selected`: [start, end]
    of the words that the reader marked, counted in characters of the text shown.
    """

    _esm = HERE / "reader.js"
    _css = HERE / "reader.css"
    view = traitlets.Dict().tag(sync=True)
    bindings = traitlets.Dict().tag(sync=True)
    selected = traitlets.List(traitlets.Int()).tag(sync=True)

    def on_action(self, call: Callable[[str], None]) -> None:
        """Call with the name of each action that a key or a button asks for."""
        self.on_msg(lambda _, content, buffers: call(str(content.get("action", ""))))

    def focus(self) -> None:
        """Put the keyboard here."""
        self.send({"focus": True})


def pieces(text: str, start: int, end: int, spans: Iterable[tuple[int, int, str]]) -> list[list]:
    """`text[start:end]` cut at every border of a span (start, end, role): a list of [text, roles], nothing changed."""
    inside = [(max(a, start), min(b, end), role) for a, b, role in spans if 0 <= a < b and a < end and b > start]
    cuts = sorted({start, end, *(edge for a, b, _ in inside for edge in (a, b))})
    return [[text[a:b], sorted({role for x, y, role in inside if x <= a and b <= y})]
            for a, b in itertools.pairwise(cuts)]


def stretch(text: str, start: int, end: int, whole: bool = False) -> tuple[int, int]:
    """How much of an article is shown around text[start:end]: whole paragraphs near it, or all."""
    if whole and len(text) <= WHOLE:
        return 0, len(text)
    low = text.rfind("\n", 0, max(0, start - AROUND))
    high = text.find("\n", min(len(text), end + AROUND))
    low = max(low + 1, start - 2 * AROUND)
    return low, min(len(text) if high < 0 else high, end + 2 * AROUND)


def spans(row, positions: Iterable = ()) -> list[tuple[int, int, str]]:
    """The marks of a statement: content, cue, speaker, and the words that decided its positions.

    `row`: a row of the statements table; `positions`: its rows of the positions table (none: no words are marked).
    """
    found = [(row.start, row.end, "content"), (row.cue_start, row.cue_end, "cue"),
             (row.speaker_start, row.speaker_end, "speaker")]
    return found + [(a, b, "word") for position in positions for a, b in json.loads(position.spans or "[]")]


def compared(text: str, other: str) -> list[list]:
    """The text with the words marked (`differs`) that the other wording does not have at that place."""
    ours = [(m.start(), m.end()) for m in WORD.finditer(text)]
    matcher = difflib.SequenceMatcher(None, [text[a:b].lower() for a, b in ours], WORD.findall(other.lower()),
                                      autojunk=False)
    differ = [(ours[a][0], ours[b - 1][1], "differs") for tag, a, b, _, _ in matcher.get_opcodes()
              if tag != "equal" and b > a]
    return pieces(text, 0, len(text), differ)
