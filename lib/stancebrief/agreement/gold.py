"""Hand-coded statements: read from a table, found in the articles, given the same columns as the machine's."""

from __future__ import annotations

import csv
import pathlib

import pandas as pd

from stancebrief import tables
from stancebrief.articles import decoding

CODER = "human:gold"
COLUMNS = ("article", "id", "kind", "speaker", "country", "cue", "content", "target", "stance")


class GoldError(ValueError):
    """A hand-coded table cannot be read at all; says which file, which line and what to do."""


def _rows(path: pathlib.Path) -> list[dict[str, str]]:
    """The rows of the table with their line numbers. Raises GoldError if it is no such table."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
            if missing:
                raise GoldError(f"{path.name}, line 1: there is no column {', '.join(missing)}; "
                                f"the columns are {', '.join(COLUMNS)} and, where wished, note, start and end")
            return [{key: value or "" for key, value in row.items() if key} | {"line": str(reader.line_num)}
                    for row in reader]
    except UnicodeDecodeError as error:
        raise GoldError(f"{path.name}: is not UTF-8 (byte {error.start}: {error.reason}); save it as UTF-8") from error
    except csv.Error as error:
        raise GoldError(f"{path.name}: is not a CSV table: {error}") from error


def load(path: pathlib.Path, articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Hand-coded statements, their positions (coder `human:gold`), and the problems met, each as its table.

    The file has one row for each (statement, country, target) with COLUMNS; its offsets are taken as given or found by
    looking for the content, in text order. Rows for articles that are not there are left out in silence, so that one
    table can serve a part of a study. A row whose content is not in the article, or whose stance or kind does not
    exist, becomes a problem. No file: three empty tables. Raises GoldError if the file is no such table.
    """
    path = pathlib.Path(path)
    problems: list[dict[str, str]] = []
    if not path.exists():
        return tables.empty("statements"), tables.empty("positions"), tables.empty("problems")
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    cursor: dict[str, int] = {}
    statements: dict[tuple[str, str], dict[str, object]] = {}
    positions: dict[tuple[str, str, str], dict[str, object]] = {}
    named: set[str] = set()

    def refuse(row: dict[str, str], reason: str, remedy: str) -> None:
        where = f"{path.name}, line {row['line']}, statement {row['id']}"
        problems.append({"article": row["article"], "step": "agreement", "problem": "hand-coded row not used",
                         "reason": f"{where}: {reason}", "remedy": remedy})

    for row in _rows(path):
        name, key = row["article"], (row["article"], row["id"])
        if name not in texts:
            continue
        if row["kind"] not in tables.KINDS:
            refuse(row, f"kind {row['kind']!r} does not exist", f"write one of {', '.join(tables.KINDS)}")
            continue
        if row["target"] not in ("", "none") and row["stance"] not in tables.STANCES:
            refuse(row, f"stance {row['stance']!r} does not exist", f"write one of {', '.join(tables.STANCES)}")
            continue
        if key not in spans:
            span = _span(row, texts[name], cursor.get(name, 0))
            if span is None:
                refuse(row, "its content, or its start and end, are not in the article",
                       "copy the content from the file, character by character")
                continue
            spans[key] = span
            cursor[name] = max(cursor.get(name, 0), span[0])
        start, end = spans[key]
        if key not in statements:
            statements[key] = _statement(row, start, end, texts[name])
            if statements[key]["statement"] in named:   # two reporting words over one and the same content
                statements[key]["statement"] = f"{statements[key]['statement']}#{row['id']}"
            named.add(str(statements[key]["statement"]))
        statement = statements[key]
        codes = [code for code in str(statement["countries"]).split("|") if code]
        if row["country"] not in codes:
            statement["countries"] = "|".join([*codes, row["country"]])
        if row["target"] in ("", "none"):
            continue
        place = (str(statement["statement"]), row["country"], row["target"])
        if place in positions:
            if positions[place]["stance"] != row["stance"]:
                refuse(row, f"{row['country']} already has the stance {positions[place]['stance']} toward "
                            f"{row['target']} here", "keep one stance for each statement, country and target")
            continue
        positions[place] = {
            "statement": statement["statement"], "article": name, "utterance": statement["statement"],
            "country": row["country"], "target": row["target"], "stance": row["stance"], "words": "", "spans": "[]",
            "why": row.get("note", ""), "confidence": 1.0, "coder": CODER}
    return (_frame(statements, "statements"), _frame(positions, "positions"),
            tables.check(pd.DataFrame(problems, columns=tables.TABLES["problems"].names), "problems"))


def _frame(rows: dict, table: str) -> pd.DataFrame:
    return tables.check(pd.DataFrame(list(rows.values()), columns=tables.TABLES[table].names), table)


def _span(row: dict[str, str], text: str, after: int) -> tuple[int, int] | None:
    """Where the content stands: as given, or the next place it is found at, else the first."""
    if row.get("start") or row.get("end"):
        try:
            start, end = int(row["start"]), int(row["end"])
        except (KeyError, ValueError):
            return None
        return (start, end) if 0 <= start < end <= len(text) else None
    content = row["content"] if row["content"] in text else decoding.mend(row["content"])[0]  # as the text was read
    at = text.find(content, after)
    if at < 0:
        at = text.find(content)
    return None if at < 0 or not content else (at, at + len(content))


def _statement(row: dict[str, str], start: int, end: int, text: str) -> dict[str, object]:
    """One hand-coded statement as a row of the statements table."""
    name = f"{row['article']}:{start}-{end}"
    stop = text.find("\n", end)
    return {"statement": name, "article": row["article"], "start": start, "end": end, "kind": row["kind"],
            "content": text[start:end], "cue": row["cue"], "cue_start": -1, "cue_end": -1, "speaker": row["speaker"],
            "speaker_as_written": "", "speaker_start": -1, "speaker_end": -1, "countries": "",
            "country_basis": "hand-coded", "rule": f"hand:{row['id']}", "confidence": 1.0,
            "paragraph_start": text.rfind("\n", 0, start) + 1, "paragraph_end": len(text) if stop < 0 else stop,
            "utterance": name}
