"""How far two people agree who code the same statements: the ceiling for any tool.

    python benchmarks/coders.py

Needs nothing but the repository; takes a second.

tests/blind/second.csv holds the positions that a second coder gave to statements of the closed items, without knowing
the first coder's (`gold.csv` of each part). A row agrees when country, target and stance are the same.
"""

from __future__ import annotations

import collections
import csv
import pathlib
import sys
from collections.abc import Iterator

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger

from stancebrief import study

BLIND = study.ROOT / "tests" / "blind"
Key = tuple[str, str, str]      # part, article, id of a statement
Row = tuple[str, str, str]      # country, target, stance


def read(path: pathlib.Path, part: str = "") -> dict[Key, set[Row]]:
    """The rows of each statement; `part` where the table does not name it."""
    found: dict[Key, set[Row]] = collections.defaultdict(set)
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row.get("part", part), row["article"], row["id"]].add((row["country"], row["target"], row["stance"]))
    return dict(found)


def pairs() -> list[tuple[set[Row], set[Row]]]:
    """What the first and the second coder say of each statement that both coded."""
    second = read(BLIND / "second.csv")
    first = {key: rows for part in {key[0] for key in second}
             for key, rows in read(BLIND / part / "gold.csv", part).items()}
    return [(first[key], rows) for key, rows in second.items()]


def agreement(coded: list[tuple[set[Row], set[Row]]]) -> dict[str, float]:
    """F1 of positions, with their countries and without, share of statements with the same countries, and numbers."""
    def f1(of) -> float:
        one, two = ([of(rows[k]) for rows in coded] for k in (0, 1))
        both = sum(len(a & b) for a, b in zip(one, two, strict=True))
        return 200 * both / max(1, sum(map(len, one)) + sum(map(len, two)))

    return {"statements": len(coded),
            "positions of the first": sum(row[2] != "none" for rows, _ in coded for row in rows),
            "positions of the second": sum(row[2] != "none" for _, rows in coded for row in rows),
            "positions f1": f1(lambda rows: {row for row in rows if row[2] != "none"}),
            "without countries f1": f1(lambda rows: {row[1:] for row in rows if row[2] != "none"}),
            "same countries": 100 * sum({r[0] for r in a} == {r[0] for r in b} for a, b in coded) / len(coded)}


def measure() -> Iterator[ledger.Row]:
    """The ceiling as rows."""
    found = agreement(pairs())
    about = (f"{found['statements']} statements of the closed items; {found['positions of the first']} and "
             f"{found['positions of the second']} positions")
    for name in ("positions f1", "without countries f1", "same countries"):
        yield f"two people coding alike: {name}", f"{found[name]:.1f} %", about


def main() -> None:
    given = ledger.parser(__doc__).parse_args()
    print(ledger.table(list(ledger.noted(measure(), given.rows))))


if __name__ == "__main__":
    ledger.run(main)
