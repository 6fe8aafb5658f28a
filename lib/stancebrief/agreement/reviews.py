"""What people decided about statements: appended to a file of their own, never rewritten, and how it counts.

`data/<study>/reviews/<coder>.csv` has one line for each decision, with its time and the codebook's version. A line is
written in one piece and flushed to the disk, so that a crash loses at most the decision being made; what was half
written stays in the file as a line of its own, is named, and spoils no other. Nobody writes in another's file; two
copies of one file merge line by line (`merge=union` in .gitattributes), in any order and with lines that stand twice.
"""

from __future__ import annotations

import csv
import datetime
import io
import os
import pathlib
import re
import secrets
from collections.abc import Iterable

import pandas as pd

from stancebrief import tables

COLUMNS = ("id", "time", "coder", "codebook", "action", "article", "start", "end", "content", "kind", "speaker",
           "countries", "cue", "positions", "shown", "sample", "undoes", "note")
ACTIONS = {
    "code": "a statement of the machine's, with its positions (none: it takes no position)",
    "add": "a statement that the machine does not have, with its positions",
    "reject": "what the machine has is no statement",
    "undo": "takes back the decision named in `undoes`",
}
ADJUDICATED = "adjudicated"   # the coder whose decisions count before all others'
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
POSITION = re.compile(r"(\S+) (\S+) (\S+)")


class ReviewError(ValueError):
    """A decision cannot be taken down; says why and what to do."""


def path(folder: pathlib.Path, coder: str) -> pathlib.Path:
    """The file of one coder in a study's folder. Raises ReviewError for a name that is no file name."""
    if not NAME.fullmatch(coder):
        raise ReviewError(f"the coder's name {coder!r} will not do: use up to 40 letters, digits, - and _")
    return pathlib.Path(folder) / "reviews" / f"{coder}.csv"


def write_positions(positions: Iterable[tuple[str, str, str]]) -> str:
    """Positions (country, target, stance) as one field, such as `USA sanctions support; USA veto oppose`."""
    return "; ".join(" ".join(position) for position in sorted(positions))


def read_positions(field: str) -> list[tuple[str, str, str]]:
    """The positions of such a field. Raises ReviewError if it is none."""
    found = []
    for part in filter(None, (part.strip() for part in field.split(";"))):
        match = POSITION.fullmatch(part)
        if not match:
            raise ReviewError(f"positions hold {part!r}; write COUNTRY TARGET STANCE, with ; between positions")
        if match.groups()[:2] in [position[:2] for position in found]:
            raise ReviewError(f"positions hold {match[1]} {match[2]} twice; keep one stance for each")
        found.append(match.groups())
    return found


def append(folder: pathlib.Path, coder: str, codebook: str, action: str, **fields: object) -> dict[str, str]:
    """Take down one decision at the end of the coder's file; gives the row written.

    `codebook`: its version. `fields`: those of COLUMNS that the action needs. The row is on the disk when this returns.
    """
    if action not in ACTIONS:
        raise ReviewError(f"there is no decision {action!r}; there are {', '.join(ACTIONS)}")
    unknown = [name for name in fields if name not in COLUMNS]
    if unknown:
        raise ReviewError(f"a decision has no {unknown[0]!r}; it has {', '.join(COLUMNS)}")
    read_positions(str(fields.get("positions", "")))
    row = dict.fromkeys(COLUMNS, "") | {name: _line(value) for name, value in fields.items()} | {
        "id": secrets.token_hex(6), "coder": coder, "codebook": codebook, "action": action,
        "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")}
    place = path(folder, coder)
    place.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        size = os.fstat(handle).st_size
        text = _csv(row[name] for name in COLUMNS)
        if size == 0:
            text = _csv(COLUMNS) + text
        elif os.pread(handle, 1, size - 1) != b"\n":   # a crash left half a line: it stays, on a line of its own
            text = "\n" + text
        os.write(handle, text.encode("utf-8", "replace"))
        os.fsync(handle)
    finally:
        os.close(handle)
    return row


def _line(value: object) -> str:
    """The value on one line: a line break inside a field would let half a line swallow the next ones."""
    return " ".join(str(value).split())


def _csv(values: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()


def read(folder: pathlib.Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All decisions of all coders of a study, oldest first, and the problems met: (decisions, problems).

    Decisions have COLUMNS (all text) and `line`. A line that stands twice counts once. A line that cannot be read is a
    row of the problems table and stays where it is.
    """
    rows: dict[str, dict[str, object]] = {}
    problems: list[dict[str, str]] = []
    for place in sorted((pathlib.Path(folder) / "reviews").glob("*.csv")):
        for number, text in enumerate(place.read_bytes().split(b"\n"), 1):
            where = f"reviews/{place.name}, line {number}"
            try:
                row = _row(text, place.stem)
            except ReviewError as error:
                problems.append(problem("", "review line cannot be read", f"{where}: {error}",
                                        "mend the line by hand, or leave it: it is kept and not counted"))
                continue
            if row:
                rows.setdefault(row["id"], row | {"line": where})
    frame = pd.DataFrame(list(rows.values()), columns=[*COLUMNS, "line"]).sort_values(["time", "id"], kind="stable")
    return frame.reset_index(drop=True), tables.check(pd.DataFrame(problems, columns=tables.TABLES["problems"].names),
                                                      "problems")


def problem(article: str, name: str, reason: str, remedy: str) -> dict[str, str]:
    """A row of the problems table, met while counting reviews."""
    return {"article": article, "step": "reviews", "problem": name, "reason": reason, "remedy": remedy}


def _row(text: bytes, owner: str) -> dict[str, object] | None:
    """One line of a file as a decision; None for an empty line or the line of names. Raises ReviewError."""
    try:
        fields = next(csv.reader([text.decode("utf-8").rstrip("\r")], strict=True), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReviewError(f"is no line of a UTF-8 CSV table ({error})") from error
    if not fields or tuple(fields) == COLUMNS:
        return None
    if len(fields) != len(COLUMNS):
        raise ReviewError(f"has {len(fields)} fields, not {len(COLUMNS)}: {text[:60].decode('utf-8', 'replace')!r}")
    row = dict(zip(COLUMNS, fields, strict=True))
    if row["action"] not in ACTIONS:
        raise ReviewError(f"the decision {row['action']!r} does not exist; there are {', '.join(ACTIONS)}")
    if row["coder"] != owner:
        raise ReviewError(f"is {row['coder']!r}'s in the file of {owner!r}")
    if not row["id"] or not row["time"]:
        raise ReviewError("has no id or no time")
    if row["action"] != "undo":
        if not (row["start"].isdigit() and row["end"].isdigit() and int(row["start"]) < int(row["end"])):
            raise ReviewError(f"start {row['start']!r} and end {row['end']!r} are no span of a text")
        read_positions(row["positions"])
    return row


def standing(decisions: pd.DataFrame) -> pd.DataFrame:
    """Decisions that count: not undone, and each coder's last one on a statement. Adds the column `statement`."""
    undone = set(decisions.loc[decisions["action"] == "undo", "undoes"])
    kept = decisions[(decisions["action"] != "undo") & ~decisions["id"].isin(undone)]
    kept = kept.assign(statement=kept["article"] + ":" + kept["start"] + "-" + kept["end"])
    return kept.drop_duplicates(["coder", "statement"], keep="last").reset_index(drop=True)


def last(decisions: pd.DataFrame, coder: str) -> dict[str, str] | None:
    """The decision that an undo would take back; None where there is none left."""
    undone = set(decisions.loc[decisions["action"] == "undo", "undoes"])
    own = decisions[(decisions["coder"] == coder) & (decisions["action"] != "undo") & ~decisions["id"].isin(undone)]
    return None if own.empty else own.iloc[-1].to_dict()


def sample(statements: pd.DataFrame, positions: pd.DataFrame, how: str, seed: int) -> tuple[list[str], str]:
    """The order in which statements are to be coded, and that order in words for the file.

    `how`: `random`; `country and target` (in turn from each country and target, at random within); `least sure`.
    """
    shuffled = statements.sort_values("statement", kind="stable").sample(frac=1, random_state=seed)
    labels = positions.sort_values("confidence", kind="stable").drop_duplicates("statement").set_index("statement")
    if how == "random":
        return shuffled["statement"].tolist(), f"random, seed {seed}"
    if how == "least sure":
        sure = shuffled["statement"].map(labels["confidence"]).fillna(shuffled["confidence"])
        return shuffled.assign(sure=sure).sort_values("sure", kind="stable")["statement"].tolist(), "least sure first"
    if how == "country and target":
        target = labels["target"].to_dict()
        group = shuffled["countries"] + " " + shuffled["statement"].map(lambda name: target.get(name, "none"))
        turn = group.groupby(group).cumcount()
        order = shuffled.assign(turn=turn, group=group).sort_values(["turn", "group"], kind="stable")
        return order["statement"].tolist(), f"in turn from each country and target, seed {seed}"
    raise ReviewError(f"there is no order {how!r}; there are random, country and target, least sure")
