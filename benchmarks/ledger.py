"""What every benchmark says in the same way: rows of (what, measured, reading), and when, beside how much other work.

Used by the benchmarks beside this file, and by `suite.py`, which runs them and puts all rows into one table.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import json
import os
import pathlib
import platform
import sys
import types
from collections.abc import Callable, Iterable, Iterator

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
HEAD = "| what | measured | reading | when, beside how much other work |"
RULE = "|---|---|---|---|"
ABSENT = "left out"  # measured, in a row for what one part of a benchmark lacks
LEFT_OUT = 77  # exit status of a benchmark that lacks what it needs, as Automake has it for tests
Row = tuple[str, str, str]
Noted = tuple[str, str, str, str]


class Missing(FileNotFoundError):
    """What a benchmark needs and is not there."""


def plain(text: str) -> argparse.ArgumentParser:
    """For a program with this docstring, shown as it stands."""
    return argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)


def parser(text: str) -> argparse.ArgumentParser:
    """For a benchmark with this docstring, which must say what it needs; takes --rows."""
    made = plain(text)
    made.add_argument("--rows", type=pathlib.Path, metavar="FILE",
                      help="put each row into this file too as soon as it is there, as JSON lines")
    return made


def noted(rows: Iterable[Row], place: pathlib.Path | None = None) -> Iterator[Noted]:
    """The rows as they come, each with the day and the load of the machine; they also go to standard error and `place`.
    """
    for row in rows:
        made = (*row, f"{datetime.date.today()}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(*made, sep=" | ", file=sys.stderr)
        if place:
            with place.open("a", encoding="utf-8") as handle:
                handle.write(json.dumps(made, ensure_ascii=False) + "\n")
        yield made


def kept(place: pathlib.Path) -> list[Noted]:
    """The rows that `noted` put there."""
    lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else ()
    return [tuple(json.loads(line)) for line in lines]


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """The rows as Markdown, with what they were measured on."""
    return "\n".join([f"Measured with Python {platform.python_version()}, {platform.machine()}.", "", HEAD, RULE,
                      *(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)])


def numbers(text: str) -> list[int]:
    """The numbers of a list as the command line has it: 1000,10000. Raises SystemExit on anything else."""
    try:
        return [int(part) for part in text.split(",") if part.strip()]
    except ValueError:
        raise SystemExit(f"{text!r} is no list of numbers; write 1000,10000") from None


def replaced(document: str, name: str, text: str) -> str:
    """The document with this text between its marks `<!-- name: begin -->` and `<!-- name: end -->`.

    Raises ValueError where the two are not there once, in order.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    if document.count(begin) != 1 or document.count(end) != 1 or document.index(begin) > document.index(end):
        raise ValueError(f"the document must hold {begin} and then {end}, each once")
    return f"{document.partition(begin)[0]}{begin}\n{text}\n{end}{document.partition(end)[2]}"


def write(document: pathlib.Path, name: str, text: str) -> None:
    """Put the text between its marks in this document."""
    from stancebrief import tables
    tables.write_bytes(replaced(document.read_text(encoding="utf-8"), name, text).encode(), document)


def run(main: Callable[[], object]) -> None:
    """A benchmark's main function; where it lacks what it needs, the process says so and ends with LEFT_OUT."""
    try:
        main()
    except Missing as missing:
        print(f"left out: {missing}", file=sys.stderr)
        raise SystemExit(LEFT_OUT) from None


def shown(folder: pathlib.Path) -> str:
    """The folder as a reader elsewhere can use it."""
    return "../shared" if folder.resolve() == SHARED.resolve() else str(folder)


def need(shared: pathlib.Path, *parts: str) -> None:
    """Raises Missing where one of these is not in the folder of what is not passed on."""
    for part in parts:
        if not (shared / part).exists():
            raise Missing(f"{part} is not in {shown(shared)}; give the folder that holds gold/, eval/ and corpora/, "
                          "if you have it")


def loaders(shared: pathlib.Path, *corpora: str) -> types.ModuleType:
    """The module that reads the corpora in that folder. Raises Missing without it or one of them."""
    path = shared / "eval" / "loaders.py"
    need(shared, "eval/loaders.py", *(f"corpora/{name}" for name in corpora))
    spec = importlib.util.spec_from_file_location("loaders", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
