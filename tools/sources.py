"""data/SOURCES.csv beside the files it names: write the sha256 of every file anew, and say which files have no row.

    python tools/sources.py            after a change to a file of data/
    python tools/sources.py --check    only say what differs; exit status 1 if anything does

Who published a file, under which licence and with which limits cannot be computed: a new file needs its row by hand.
"""

from __future__ import annotations

import csv
import hashlib
import io
import pathlib
import sys

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
COLUMNS = ["file", "sha256", "publisher", "from", "when", "licence", "limits"]
FOLDERS = ("context", "reference", "models")


def files(data: pathlib.Path) -> list[str]:
    """The files that must have a row: all of context, reference and models. A study's own files may have one."""
    found = [path for folder in FOLDERS for path in (data / folder).glob("*") if path.is_file()]
    return sorted(path.relative_to(data).as_posix() for path in found if not path.name.startswith("."))


def compare(data: pathlib.Path) -> tuple[list[dict[str, str]], list[str]]:
    """The rows with the hashes that the files have now, and what differs from SOURCES.csv, in words."""
    with open(data / "SOURCES.csv", encoding="utf-8", newline="") as handle:
        rows = {row["file"]: row for row in csv.DictReader(handle)}
    said = [f"{name} has no row" for name in files(data) if name not in rows]
    there = {name for name in rows if (data / name).is_file()}
    said += [f"{name} is named, but there is no such file" for name in rows if name not in there]
    for name, row in rows.items():
        if name in there:
            now = hashlib.sha256((data / name).read_bytes()).hexdigest()
            if now != row["sha256"]:
                said.append(f"{name} has changed")
                row["sha256"] = now
            said += [f"{name}: {column} is empty" for column in COLUMNS if not row[column].strip()]
    return sorted((row for name, row in rows.items() if name in there), key=lambda row: row["file"]), said


def main(arguments: list[str]) -> int:
    """0 if the table is true or has been made so; 1 if a row is wanting, or, in a check, anything differs."""
    rows, said = compare(DATA)
    check = arguments == ["--check"]
    if not check:
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        new = DATA / ".SOURCES.csv.new"
        new.write_text(out.getvalue(), encoding="utf-8", newline="")
        new.replace(DATA / "SOURCES.csv")
        said = [line for line in said if not line.endswith("has changed")]
    print("\n".join(said), file=sys.stderr, end="\n" if said else "")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
