"""Fill the README's tables of figures from data/reference/measured.csv and peers.csv.

    python tools/readme.py          after benchmarks/measure.py --write; a test fails where the two differ
"""

import pathlib
import re

from stancebrief import study, tables
from stancebrief.agreement import measured

PATH = study.ROOT / "README.md"
MARKS = {name: (f"<!-- {name}: written by tools/readme.py, do not edit -->", f"<!-- /{name} -->")
         for name in ("figures", "peers")}
SETS = {measured.SHIPPED: "the two articles that ship", "four other articles": "four news articles from elsewhere",
        "PolNeAR, development part": "84 news articles (PolNeAR)",
        **{one.name: one.short for one in measured.sets() if one.short}}
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


BESIDE = [line for line in LINES if line[0].startswith(("statements@", "spans@", "characters", "recall", "speaker"))]


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


def beside() -> str:
    """Ours and another tool's on the same articles, as a Markdown table."""
    ours, theirs = measured.read(), measured.read(measured.PEERS)
    coder = theirs["coder"].iloc[0]
    sets = {name: words for name, words in SETS.items() if (theirs["set"] == name).any()}
    lines = [f"| stancebrief / {coder}, % | {' | '.join(sets.values())} |", f"|---|{'---|' * len(sets)}"]
    for measure, group, words in BESIDE:
        cells = []
        for name in sets:
            try:
                cells.append(f"{measured.value(ours, name, measure, group):.1f} / "
                             f"{measured.value(theirs, name, measure, group, coder):.1f}")
            except KeyError:
                cells.append("–")
        lines.append(f"| {words} | {' | '.join(cells)} |")
    lost = theirs.drop_duplicates("set").set_index("set")["note"]
    gave = [re.search(r"(\d+) of (\d+)", lost[name]) for name in sets]
    lines.append(f"| articles it gave up on | {' | '.join(f'{found[1]} of {found[2]}' for found in gave)} |")
    return "\n".join(lines)


def filled(text: str) -> str:
    """The text with the tables between their markers. Raises ValueError if a pair is not there once, in order."""
    for name, made in (("figures", table), ("peers", beside)):
        begin, end = MARKS[name]
        if text.count(begin) != 1 or text.count(end) != 1:
            raise ValueError(f"README.md must hold {begin} and {end} once")
        between = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
        text = between.sub(f"{begin}\n{made()}\n{end}".replace("\\", r"\\"), text)
    return text


def main(path: pathlib.Path = PATH) -> None:
    tables.write_bytes(filled(path.read_text(encoding="utf-8")).encode(), path)


if __name__ == "__main__":
    main()
