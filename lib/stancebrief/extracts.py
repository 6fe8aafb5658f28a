"""Articles to one flat table of statements and positions, without a study: for scripts, scoring and spreadsheets."""

from __future__ import annotations

import csv
import io
import os
import pathlib
from collections.abc import Iterable

import pandas as pd

from stancebrief import articles as readings
from stancebrief import codebook, stance, statements, study, tables

COLUMNS = ("article", "start", "end", "kind", "speaker", "country", "cue", "target", "stance", "content", "words",
           "confidence", "rule")
CODEBOOK = study.DATA / "dprk-vetoes" / "codebook.yaml"
NONE = "none"


def extract(paths: Iterable[str | os.PathLike[str]], book: pathlib.Path | None = None
            ) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is said in these files and folders: (rows, problems).

    One row for each statement, country and target, with COLUMNS; a statement without a position has target and stance
    `none`, and then `confidence` and `rule` are the statement's own. `start` and `end` count characters of the file
    decoded as it stands, also where its article was read with mojibake turned back (`content` is as read). Raises
    articles.NoArticles if nothing could be read, CodebookError for the codebook.
    """
    known = codebook.read(book or CODEBOOK)
    paths = list(paths)
    texts, problems = readings.read_paths(paths)
    found, doubts = statements.extract(texts)
    rows = flat(found, stance.code(found, texts, known))
    return in_files(rows, readings.locate(paths)), pd.concat([problems, doubts], ignore_index=True)


def in_files(rows: pd.DataFrame, paths: dict[str, pathlib.Path]) -> pd.DataFrame:
    """The rows with `start` and `end` counting into the files as they stand. `paths`: {article: its file}."""
    rows = rows.copy()
    for name, path in paths.items():
        own = rows["article"] == name
        places = readings.offsets_in_file(path) if own.any() else None
        if places is not None:
            rows.loc[own, ["start", "end"]] = rows.loc[own, ["start", "end"]].map(places.__getitem__)
    return rows


def flat(found: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Statements and their positions as one table with COLUMNS, in the order of the statements."""
    taken: dict[str, dict[str, list]] = {}
    for position in positions.itertuples():
        taken.setdefault(position.statement, {}).setdefault(position.country, []).append(position)
    rows = []
    for one in found.itertuples():
        head = (one.article, one.start, one.end, one.kind, one.speaker)
        held = taken.get(one.statement, {})
        for code in dict.fromkeys([*one.countries.split("|"), *held]):
            for position in held.get(code, ()):
                rows.append((*head, code, one.cue, position.target, position.stance, one.content, position.words,
                             position.confidence, position.why))
            if code not in held:
                rows.append((*head, code, one.cue, NONE, NONE, one.content, "", one.confidence, one.rule))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def write(rows: pd.DataFrame, path: pathlib.Path) -> pathlib.Path:
    """The rows as a CSV file, put in its place in one move."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows.itertuples(index=False))
    return tables.write_bytes(out.getvalue().encode(), pathlib.Path(path))
