"""The columns of every table on the path, checked whenever one is written or read.

`data/README.md` is made from this file (`python -m stancebrief dictionary`), so the two cannot drift.
"""

from __future__ import annotations

import dataclasses
import functools
import os
import pathlib
import tempfile

import pandas as pd

KINDS = ("direct", "indirect", "mixed")
STANCES = ("support", "oppose", "neutral")
BASES = ("stated", "inferred", "unknown")
DTYPES = {"str": "str", "int": "int64", "float": "float64", "bool": "bool"}


class TableError(ValueError):
    """A table does not have the columns, types or values it promises; says which, where, and what to do."""


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its name, its kind (str, int, float, bool), what it means, its unit and its allowed values."""

    name: str
    kind: str
    meaning: str
    unit: str = ""
    allowed: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Table:
    """One table: what a row is, the columns in order, and the columns that name a row (empty: rows have no name)."""

    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from lines of `name | kind | meaning | unit | allowed, values`."""
    found = []
    for line in text.strip().splitlines():
        name, kind, meaning, unit, allowed = ([part.strip() for part in line.split("|")] + ["", ""])[:5]
        found.append(Column(name, kind, meaning, unit, tuple(v.strip() for v in allowed.split(",") if v.strip())))
    return tuple(found)


TABLES = {
    "articles": Table(
        "one article that could be read",
        _columns("""
        article | str | file name, unique in the study
        outlet | str | who published it
        outlet_country | str | country of the outlet | ISO 3166-1 alpha-3
        headline | str | as published, or the first line
        language | str | language of the text | ISO 639-1
        published | str | day of publication, empty where not known | YYYY-MM-DD
        published_basis | str | how the day is known | | stated, inferred, unknown
        published_note | str | where the day comes from, in words
        url | str | where it was published, empty where not known
        sha256 | str | hash of the file's bytes
        words | int | words in the text without furniture | words
        furniture | str | JSON list of [start, end, rule]: spans that are the page's, not the article's | characters
        rewritten | str | how it is known that a machine reworded the article, empty where it is not known to have been
        copies | str | group of articles that tell one story in the same or rewritten words: name of its first article
        text | str | the file as decoded, every character kept: all offsets in all tables count into it
        """),
        ("article",),
    ),
    "statements": Table(
        "one statement: one speaker committing, in one sentence or quotation, to what is reported",
        _columns("""
        statement | str | article:start-end, so a name that can be looked up by hand
        article | str | the article it stands in
        start | int | first character of the content | characters into articles.text
        end | int | one past the last character of the content | characters into articles.text
        kind | str | wholly quoted, not quoted, or a paraphrase with quoted words | | direct, indirect, mixed
        content | str | what is reported: text[start:end]
        cue | str | the reporting word with its particle
        cue_start | int | first character of the cue, -1 where none is written | characters into articles.text
        cue_end | int | one past the last character of the cue, -1 where none | characters into articles.text
        speaker | str | fullest name in the article of the person, or the actor as written
        speaker_as_written | str | the words that name the speaker in this sentence, empty where carried over
        speaker_start | int | first character of those words, -1 where none | characters into articles.text
        speaker_end | int | one past the last of those words, -1 where none | characters into articles.text
        countries | str | codes joined by |: ISO 3166-1 alpha-3, or UN, EU, NATO, OTHER, UNKNOWN
        country_basis | str | what the country was known from: name, capital, demonym, office, carried over …
        rule | str | the rule that made the row
        confidence | float | chance that such a row is right, by hand-coded articles that were new to the rules | 0-1
        paragraph_start | int | first character of the paragraph | characters into articles.text
        paragraph_end | int | one past the last character of the paragraph | characters into articles.text
        utterance | str | the statement that stands for all reports of the same utterance; itself if reported once
        """),
        ("statement",),
    ),
    "positions": Table(
        "one position: in one statement, one country takes one stance toward one target",
        _columns("""
        statement | str | the statement it was coded from
        article | str | the article it stands in
        utterance | str | the utterance the statement reports
        country | str | who takes the position: ISO 3166-1 alpha-3, or UN, EU, NATO, OTHER, UNKNOWN
        target | str | a target of the codebook
        stance | str | what the source says about the target | | support, oppose, neutral
        words | str | the words that decided, in text order, joined by " … "
        spans | str | JSON list of [start, end] of those words | characters into articles.text
        why | str | the rule that decided, in a few words
        confidence | float | chance that such a label is right, by hand-coded articles that were new to the rules | 0-1
        coder | str | rules, human:NAME, model:NAME or llm:NAME
        """),
        ("statement", "country", "target", "coder"),
    ),
    "sentiment": Table(
        "one statement's tone of words, by two lexicons and a learned scorer; says nothing about stance",
        _columns("""
        statement | str | the statement scored
        polarity | float | TextBlob polarity of the fitted text | -1 to 1
        subjectivity | float | TextBlob subjectivity of the fitted text | 0-1
        polarity_as_it_comes | float | TextBlob polarity of the content untouched | -1 to 1
        vader | float | VADER compound score of the fitted text | -1 to 1
        tone | float | learned scorer: chance that the tone is positive less chance that it is negative | -1 to 1
        assessments | str | JSON list of [words, polarity, subjectivity]: the words TextBlob scored
        masked | str | names and titles kept from the scorers, joined by " | "
        disagreement | str | why TextBlob and VADER differ in sign, empty where they do not
        """),
        ("statement",),
    ),
    "utterances": Table(
        "one report of an utterance that more than one statement reports",
        _columns("""
        utterance | str | the statement that stands for all
        statement | str | a statement that reports it
        similarity | float | likeness of the content to the first report | 0-1
        wording | str | how the wording relates to the first report | | first, same, edited, reworded
        differences | str | JSON list of [words here, words in the first report] that differ
        """),
        ("statement",),
    ),
    "agreement": Table(
        "one figure of how far a coder agrees with another, or of how often its labels are right",
        _columns("""
        set | str | articles it was measured on: study (its own hand-coded articles), or the name of a set elsewhere
        coder | str | who is judged: rules, human:NAME, model:NAME or llm:NAME
        reference | str | who it is judged against: human:gold or another coder
        measure | str | what is measured: positions f1, alpha, percent agreement, table …
        group | str | what it is measured on: all, or one kind, target, country, stance or band of confidence
        value | float | the figure | % for all measures but alpha, which is 1 at best and 0 at chance
        low | float | lower end of the interval; the figure itself where there is none | as value
        high | float | upper end of the interval; the figure itself where there is none | as value
        interval | str | how the interval was found, empty where there is none
        n | int | cases the figure rests on
        note | str | what a reader must know to read it rightly
        """),
        ("set", "coder", "reference", "measure", "group"),
    ),
    "problems": Table(
        "one thing that could not be read or decided",
        _columns("""
        article | str | file it concerns, empty if the whole study
        step | str | notebook step that met it
        problem | str | short name of the problem
        reason | str | what was found, in words
        remedy | str | what the user can do
        """),
    ),
    "timeline": Table(
        "one event beside which the statements are read",
        _columns("""
        date | str | day of the event | YYYY-MM-DD
        precision | str | how exactly the day is known | | day, month
        lane | str | line of the chart it stands on | | missile, nuclear, council, article, other
        kind | str | type of the event: SRBM, ICBM, resolution, veto …
        label | str | a few words a reader understands
        value | float | size of the event: missiles launched, votes in favour; 1 where it has none
        detail | str | one sentence: rule of the count, votes, who vetoed
        source | str | where the row comes from
        """),
    ),
}


def empty(table: str) -> pd.DataFrame:
    """A frame with the table's columns and no rows."""
    return _empty(table).copy()


@functools.cache
def _empty(table: str) -> pd.DataFrame:
    return check(pd.DataFrame({name: [] for name in TABLES[table].names}), table)


def check(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame with exactly the table's columns, in order and typed.

    Raises TableError if a column is missing or unknown, a value has the wrong type or is not allowed, or a key repeats.
    """
    promise = TABLES[table]
    if frame.columns.tolist() != promise.names:
        missing = [name for name in promise.names if name not in frame.columns]
        unknown = [str(name) for name in frame.columns if name not in promise.names]
        if missing or unknown:
            raise TableError(f"table {table}: missing columns {missing}, unknown columns {unknown}; "
                             f"it has {promise.names}")
        frame = frame[promise.names]
    if (blank := frame.isna().to_numpy()).any():  # asked of the whole, as to ask each column takes long
        row, at = min(zip(*blank.nonzero(), strict=True), key=lambda place: (place[1], place[0]))
        raise TableError(f"table {table}, column {promise.names[at]}, row {row}: empty; "
                         "write '' or -1 where a value is not known")
    right = {}
    for column, kind in zip(promise.columns, frame.dtypes.tolist(), strict=True):
        if kind != DTYPES[column.kind]:
            try:
                right[column.name] = frame[column.name].astype(DTYPES[column.kind])
            except (TypeError, ValueError) as error:
                raise TableError(f"table {table}, column {column.name}: not {column.kind}: {error}") from error
    frame = (frame.assign(**right) if right else frame).reset_index(drop=True)
    for column in promise.columns:
        if column.allowed and not set(frame[column.name].unique()) <= set(column.allowed):
            row = int((~frame[column.name].isin(column.allowed)).to_numpy().argmax())
            raise TableError(f"table {table}, column {column.name}, row {row}: {frame[column.name].iloc[row]!r} "
                             f"is not one of {', '.join(column.allowed)}")
    key = list(promise.key)
    if key and (frame.duplicated(key).any() if len(key) > 1 else not frame[key[0]].is_unique):
        row = int(frame.duplicated(key).to_numpy().argmax())
        raise TableError(f"table {table}, row {row}: {dict(frame.loc[row, key])} stands there twice")
    return frame


def write_bytes(content: bytes, path: pathlib.Path) -> pathlib.Path:
    """Put the bytes at the path in one move: a reader sees the old file or the new one, never half."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException as error:
        pathlib.Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename in (None, name):
            error.filename = str(path)  # a full disk does not say what it could not take
        raise
    return path


def write(frame: pd.DataFrame, table: str, folder: pathlib.Path) -> pd.DataFrame:
    """Check the frame and put it at `folder/table.parquet` in one move; gives the checked frame back."""
    checked = check(frame, table)
    write_bytes(checked.to_parquet(index=False), pathlib.Path(folder) / f"{table}.parquet")
    return checked


def read(table: str, folder: pathlib.Path) -> pd.DataFrame:
    """The checked table at `folder/table.parquet`.

    Raises FileNotFoundError naming the notebook to run first, or TableError if the file is damaged or not that table.
    """
    path = pathlib.Path(folder) / f"{table}.parquet"
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there yet: run the notebooks before this one, or make report")
    try:
        frame = pd.read_parquet(path)
    except (ValueError, OSError) as error:  # Arrow's own errors are of these kinds
        raise TableError(f"{path}: {' '.join(str(error).split())[:200]}: run make report again") from error
    return check(frame, table)


def add_problems(problems: pd.DataFrame, step: str, folder: pathlib.Path) -> pd.DataFrame:
    """Put one step's problems with those of the other steps, in place of what the step met last time."""
    known = read("problems", folder) if (pathlib.Path(folder) / "problems.parquet").exists() else empty("problems")
    own = check(problems, "problems")
    wrong = own.loc[own["step"] != step, "step"]
    if len(wrong):
        raise TableError(f"table problems: step {wrong.iloc[0]!r} among the problems of step {step!r}")
    return write(pd.concat([known[known["step"] != step], own], ignore_index=True), "problems", folder)


def dictionary() -> str:
    """The data dictionary as Markdown: per table what a row is, and its columns."""
    lines = []
    for name, table in TABLES.items():
        lines += [f"## {name}", "", f"One row is {table.row}.", ""]
        if table.key:
            lines += [f"Named by: {', '.join(f'`{k}`' for k in table.key)}.", ""]
        lines += ["| column | type | meaning | unit | allowed |", "|---|---|---|---|---|"]
        for c in table.columns:
            meaning = c.meaning.replace("|", "\\|")
            lines.append(f"| `{c.name}` | {c.kind} | {meaning} | {c.unit} | {', '.join(c.allowed)} |")
        lines.append("")
    return "\n".join(lines)
