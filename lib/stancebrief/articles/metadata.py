"""What a researcher says about the articles: `articles.csv`, read with every doubt named and none fatal."""

from __future__ import annotations

import csv
import difflib
import io
import pathlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

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
GUESSES = 100  # problems before which a near name is looked for: with many files that takes long

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


def read(path: pathlib.Path, files: Iterable[str]) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """What the table says of each file, and what is odd about the table.

    A file that the table gives twice keeps its first row; a value that cannot be used is left out and named.
    """
    files = dict.fromkeys(files)
    name = path.name
    if not path.exists():
        return {}, [problem("", "no articles.csv", f"{name} is not there, so outlets and dates are not known",
                            f"write {name} with the columns {', '.join(COLUMNS[:6])} …")]
    try:
        if not path.is_file():
            raise OSError("it is no file")
        text = decoding.decode(path.read_bytes()).text.removeprefix("\ufeff")
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        columns = [str(column).strip().lower() for column in reader.fieldnames or []]
        reader.fieldnames = columns
        rows = list(reader)
    except (OSError, csv.Error) as error:
        where = f", line {reader.line_num}" if isinstance(error, csv.Error) else ""
        return {}, [problem("", "articles.csv not readable", f"{name}{where}: {error}; nothing in it was used",
                            "mend that line, or save it as CSV (UTF-8)")]
    if "file" not in columns:
        return {}, [problem("", "articles.csv not readable", f"{name} has no column `file`, only {', '.join(columns)}",
                            "add a column `file` with the name of each article's file")]
    problems = [problem("", "unknown column", f"{name}: the column {column!r} is not used",
                        f"columns that are used: {', '.join(COLUMNS)}")
                for column in columns if column and column not in COLUMNS]
    if twice := sorted({column for column in columns if columns.count(column) > 1}):
        problems.append(problem("", "column given twice", f"{name}: {', '.join(twice)}; the last one counts",
                                "keep one of the two"))
    known: dict[str, dict[str, str]] = {}
    alike = {_alike(file): file for file in files}
    for number, row in enumerate(rows, start=2):
        values, met = _values(row, f"{name}, row {number}")
        file = values.pop("file", "")
        file = file if file in files else alike.get(_alike(file), file)
        problems += [{**p, "article": file} for p in met]
        if not file:
            if any(values.values()):
                problems.append(problem("", "row without a file", f"{name}, row {number} names no file",
                                        "write the file's name into the column `file`"))
        elif file not in files:
            near = difflib.get_close_matches(file, files, 1, 0.75) if len(problems) < GUESSES else ()
            problems.append(problem(file, "file not there", f"{name}, row {number} names it, but articles/ lacks it",
                                    f"did you mean {near[0]}?" if near else "add the file or remove the row"))
        elif file in known:
            same = "the same" if known[file] == values else "something else"
            problems.append(problem(file, "metadata given twice", f"{name}, row {number} says {same} of it; "
                                    "the first row counts", "keep one row for each file"))
        else:
            known[file] = values
    if files and not rows:
        return known, [*problems, problem("", "no metadata", f"{name} has no rows, so outlets and dates are not known",
                                          f"add a row for each file to {name}")]
    problems += [problem(file, LACKING, f"{name} has no row for it, so its outlet and date are not known",
                         f"add a row to {name}") for file in files if file not in known]
    return known, problems


def _alike(name: str) -> str:
    """What two names of one file share: systems write accents in one character or two, and folders with / or \\."""
    return unicodedata.normalize("NFC", name).replace("\\", "/").removeprefix("./").removeprefix("articles/").strip()


def _delimiter(text: str) -> str:
    """The character between columns: a comma, or what spreadsheets write in its place in other countries."""
    first = text.split("\n", 1)[0]
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
