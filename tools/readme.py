"""Fill the README's table of figures from data/reference/measured.csv.

    python tools/readme.py          after benchmarks/measure.py; a test fails where the two differ
"""

import pathlib
import re

from stancebrief import study, tables
from stancebrief.agreement import measured

PATH = study.ROOT / "README.md"
BEGIN, END = "<!-- figures: written by tools/readme.py, do not edit -->", "<!-- /figures -->"
SETS = {measured.SHIPPED: "the two articles that ship", "four other articles": "four news articles from elsewhere",
        "PolNeAR, development part": "84 news articles (PolNeAR)",
        measured.REALISTIC_CLOSED: "six invented articles in the manner of the news, kept closed",
        measured.ITEMS_CLOSED: "44 short items, kept closed",
        measured.OTHER_TOPIC_CLOSED: "two of another topic, kept closed",
        measured.CLOSED: "eight difficult on purpose, kept closed"}
LINES = [  # measure, group, words
    ("statements@0.3 f1", "all", "statements found, F1 (overlap 0.3)"),
    ("statements@0.8 f1", "all", "the same, F1 (overlap 0.8)"),
    ("spans@0.3 f1", "all", "attributions found, F1 (overlap 0.3)"),
    ("characters f1", "all", "characters of statements, F1"),
    ("recall", "kind: direct", "direct statements found"),
    ("recall", "kind: mixed", "mixed statements found"),
    ("recall", "kind: indirect", "indirect statements found"),
    ("speaker", "all", "speaker right"),
    ("country", "all", "country right"),
    ("positions precision", "all", "positions given that are right"),
    ("positions recall", "all", "positions found"),
    ("table", "all", "cells of country by target with the right sign"),
    ("sides precision", "all", "sides named (3 positions or more, two thirds agree) that are right"),
    ("sides recall", "all", "sides that could be named and are"),
]


def table() -> str:
    """The figures as a Markdown table: a line for each measure, a column for each set of articles."""
    figures = measured.read()
    sets = {name: words for name, words in SETS.items() if (figures["set"] == name).any()}
    lines = [f"| % | {' | '.join(sets.values())} |", f"|---|{'---|' * len(sets)}"]
    for measure, group, words in LINES:
        cells = []
        for name in sets:
            try:
                cells.append(f"{measured.value(figures, name, measure, group):.1f}")
            except KeyError:
                cells.append("–")
        lines.append(f"| {words} | {' | '.join(cells)} |")
    return "\n".join(lines)


def filled(text: str) -> str:
    """The text with the table between the markers. Raises ValueError if they are not there once, in order."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError(f"README.md must hold {BEGIN} and {END} once")
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    return between.sub(lambda _: f"{BEGIN}\n{table()}\n{END}", text)


def main(path: pathlib.Path = PATH) -> None:
    tables.write_bytes(filled(path.read_text(encoding="utf-8")).encode(), path)


if __name__ == "__main__":
    main()
