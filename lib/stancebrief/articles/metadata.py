"""What a researcher says about the articles: `articles.csv`, read with every doubt named and none fatal."""

from __future__ import annotations

import csv
import difflib
import io
import pathlib
import re
import typing
import unicodedata
from collections.abc import Mapping, Sequence

from stancebrief import study, tables
from stancebrief.articles import days, decoding

COLUMNS = ("file", "outlet", "outlet_country", "headline", "language", "published", "published_basis",
           "published_note", "url", "translation", "rewritten")
# What other tables and files call the same things, most telling first.
TEXT = ("text", "body", "content", "article_text", "fulltext", "full_text", "maintext", "main_text", "article")
NAMES = {
    "outlet": ("outlet", "source", "publisher", "publication", "newspaper", "sitename", "site", "domain"),
    "outlet_country": ("outlet_country",),
    "headline": ("headline", "title", "hed"),
    "language": ("language", "lang"),
    "published": ("published", "date", "publication_date", "date_published", "datepublished", "pubdate",
                  "date_publish"),
    "url": ("url", "link", "source_url", "canonical_url"),
    "translation": ("translation", "text_en", "english"),
    "rewritten": ("rewritten",),
}
COUNTRY = re.compile(r"[A-Z]{3}|UNKNOWN")
NOTHING = frozenset({"", "nan", "null", "none", "n/a", "na", "nat", "<na>", "-", "--", "\\n", "unknown"})  # no value
GUESSES = 100  # rows for which a near name is looked for: with many files that takes long
SHORT = 1_000_000  # bytes, or characters, of a table in memory at once

LACKING = "no metadata"  # said of a file that articles.csv has no row for, unless it says itself what would stand there

Problem = dict[str, str]


def problem(article: str, name: str, reason: str, remedy: str) -> Problem:
    """A row of the problems table, met while reading articles."""
    return {"article": article, "step": "articles", "problem": name, "reason": reason, "remedy": remedy}


def unopened(error: OSError) -> tuple[str, str, str]:
    """Problem, reason and remedy for a file that the system does not give."""
    return ("file not readable", f"the system says: {error.strerror or error}",
            "check that the file is there and may be read")


def defeated(error: Exception) -> tuple[str, str, str]:
    """Problem, reason and remedy for a file that its reader failed on."""
    return ("file not readable", f"its reader failed: {type(error).__name__}: {error}"[:500],
            "save the article as plain text (UTF-8)")


class Told(typing.Protocol):
    """Where what the table says goes: see `known.Known`."""

    files: Sequence[str]
    missed: tuple[str, str] | None

    def __contains__(self, name: str) -> bool: ...
    def add(self, name: str, values: dict[str, str]) -> bool: ...
    def said(self, name: str) -> dict[str, str] | None: ...
    def odd(self, problem: Problem) -> None: ...
    def forget(self) -> None: ...


def read(path: pathlib.Path, known: Told) -> None:
    """What the table says of each file, and what is odd about the table; row by row, as it may be long.

    A file that the table gives twice keeps its first row; a value that cannot be used is left out and named.
    """
    name = path.name
    if not path.exists():
        known.odd(problem("", "no articles.csv", f"{name} is not there, so outlets and dates are not known",
                          f"write {name} with the columns {', '.join(COLUMNS[:6])} …"))
        return
    reader = None
    try:
        if not path.is_file():
            raise OSError("it is no file")
        with _opened(path) as handle:
            delimiter = _delimiter(handle.readline())
            handle.seek(0)
            reader = csv.DictReader(handle, delimiter=delimiter, strict=True)
            _rows(reader, name, known)
    except (OSError, csv.Error) as error:
        known.forget()
        where = f", line {reader.line_num}" if isinstance(error, csv.Error) else ""
        known.odd(problem("", "articles.csv not readable", f"{name}{where}: {error}; nothing in it was used",
                          "mend that line, or save it as CSV (UTF-8)"))


def _rows(reader: csv.DictReader, name: str, known: Told) -> None:
    """As `read`, from the table's rows."""
    columns = [str(column).strip().lower() for column in reader.fieldnames or []]
    reader.fieldnames = columns
    if "file" not in columns:
        for _ in reader:  # damage is worse than a column that is not there
            pass
        known.odd(problem("", "articles.csv not readable", f"{name} has no column `file`, only {', '.join(columns)}",
                          "add a column `file` with the name of each article's file"))
        return
    for column in columns:
        if column and column not in COLUMNS:
            known.odd(problem("", "unknown column", f"{name}: the column {column!r} is not used",
                              f"columns that are used: {', '.join(COLUMNS)}"))
    if twice := sorted({column for column in columns if columns.count(column) > 1}):
        known.odd(problem("", "column given twice", f"{name}: {', '.join(twice)}; the last one counts",
                          "keep one of the two"))
    alike = {shared: file for file in known.files if (shared := _alike(file)) != file}
    number, guesses = 1, GUESSES
    for number, row in enumerate(reader, start=2):
        values, met = _values(row, f"{name}, row {number}")
        file = values.pop("file", "")
        if file not in known:
            shared = _alike(file)
            file = shared if shared in known else alike.get(shared, file)
        for one in met:
            known.odd({**one, "article": file})
        if not file:
            if any(values.values()):
                known.odd(problem("", "row without a file", f"{name}, row {number} names no file",
                                  "write the file's name into the column `file`"))
        elif file not in known:
            guesses -= 1
            near = difflib.get_close_matches(file, known.files, 1, 0.75) if guesses >= 0 else ()
            known.odd(problem(file, "file not there", f"{name}, row {number} names it, but articles/ lacks it",
                              f"did you mean {near[0]}?" if near else "add the file or remove the row"))
        elif not known.add(file, values):
            same = "the same" if known.said(file) == values else "something else"
            known.odd(problem(file, "metadata given twice", f"{name}, row {number} says {same} of it; "
                              "the first row counts", "keep one row for each file"))
    if number > 1:
        known.missed = f"{name} has no row for it, so its outlet and date are not known", f"add a row to {name}"
    elif known.files:
        known.odd(problem("", "no metadata", f"{name} has no rows, so outlets and dates are not known",
                          f"add a row for each file to {name}"))


def _opened(path: pathlib.Path) -> typing.TextIO:
    """The table's text: from the disk where it is long and UTF-8, else decoded as a whole."""
    if path.stat().st_size > SHORT:
        try:
            with open(path, encoding="utf-8-sig", newline="") as handle:
                if all("\0" not in block for block in iter(lambda: handle.read(SHORT), "")):
                    return open(path, encoding="utf-8-sig", newline="")
        except UnicodeDecodeError:
            pass
    return io.StringIO(decoding.decode(path.read_bytes()).text.removeprefix("\ufeff"), newline="")


def _alike(name: str) -> str:
    """What two names of one file share: systems write accents in one character or two, and folders with / or \\."""
    return unicodedata.normalize("NFC", name).replace("\\", "/").removeprefix("./").removeprefix("articles/").strip()


def _delimiter(first: str) -> str:
    """The character between columns: a comma, or what spreadsheets write in its place in other countries."""
    return max(",;\t", key=first.count)


def _values(row: dict[str | None, object], where: str) -> tuple[dict[str, str], list[Problem]]:
    """One row's values that can be used, and what is odd about the others."""
    problems = []
    values = {str(key): str(value or "").strip() for key, value in row.items() if key in COLUMNS}
    values = {key: "" if key != "file" and value.lower() in NOTHING else value for key, value in values.items()}
    values |= {"language": language(values["language"]) or values["language"]} if values.get("language") else {}
    if row.get(None):
        problems.append(problem("", "too many cells", f"{where} has more cells than there are columns",
                                "put cells that hold a comma into quotation marks"))

    def refuse(column: str, remedy: str) -> None:
        problems.append(problem("", "value not used", f"{where}: {column} is {values[column]!r}", remedy))
        values[column] = ""

    if values.get("outlet_country") and not COUNTRY.fullmatch(values["outlet_country"]):
        refuse("outlet_country", "write the ISO 3166 alpha-3 code, such as GBR, or leave it empty")
    if values.get("language") and not re.fullmatch(r"[a-z]{2,3}", values["language"]):
        refuse("language", "write the ISO 639-1 code, such as en, or leave it empty")
    if values.get("published") and not days.is_day(values["published"]):
        refuse("published", "write the day as YYYY-MM-DD, or leave it empty")
    if values.get("published") and (why := days.odd(values["published"])):
        refuse("published", f"that is {why}: write the day of publication, or leave it empty")
    if values.get("published_basis") and values["published_basis"] not in tables.BASES:
        refuse("published_basis", f"write one of {', '.join(tables.BASES)}")
    return values, problems


def language(value: str) -> str:
    """The ISO 639 code in what others write of a language: en for English, EN, en-US; empty where there is none."""
    word = value.strip().lower()
    if word in ("english", "eng"):
        return "en"
    match = re.fullmatch(r"([a-z]{2,3})(?:[-_].{1,20})?", word)
    return match[1] if match else ""


def check_columns(columns: Mapping[str, str], where: str) -> None:
    """Raise study.SettingError if the setting `columns` names anything that an article does not have."""
    for ours in columns:
        if named(ours) is None:
            near = difflib.get_close_matches(ours, ("text", *NAMES), 1)
            hint = f"; did you mean {near[0]}?" if near else "."
            raise study.SettingError(f"{where}: columns: an article has no {ours!r}{hint} Write ours first, as in "
                                     f"`text: body`. Ours are text, {', '.join(NAMES)}.")


def named(word: str) -> str | None:
    """What we call what others call so: published for date; None for what an article does not have."""
    word = word.strip().lower()
    return "text" if word in TEXT else next((ours for ours, names in NAMES.items() if word in names), None)
