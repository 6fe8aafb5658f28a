"""Files to one table of articles: decoded, dated, furniture marked. What cannot be read is a row of the problems table.

All offsets in all tables count into the column `text`. For a plain UTF-8 file that is the file's own text with its
line ends (and its byte order mark) kept. Where mojibake was turned back, or the text was taken out of a web page, PDF
or other format, `text` is the outcome; `offsets_in_file` leads back to a plain file's own characters.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import os
import pathlib
import re
from collections.abc import Iterable, Iterator

import pandas as pd

from stancebrief import decoding, doubts, formats, furniture, metadata, study, tables
from stancebrief import files as files_room

IGNORED = frozenset({"Thumbs.db", "desktop.ini", "Icon\r"})
WORD = re.compile(r"\w+(?:[’'-]\w+)*")


class NoArticles(ValueError):
    """There is nothing to read; says where articles belong."""


@dataclasses.dataclass(frozen=True)
class File:
    """One file to read: where it lies and the name it has in all tables."""

    path: pathlib.Path
    name: str


def read(ours: study.Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The study's articles and what is to be said about them: (articles, problems), tables as in `tables`.

    Reads every file in the study's `articles/`, and what `articles.csv` says about each. Raises NoArticles if no
    article could be read.
    """
    folder = ours.folder / "articles"
    files = list(_walk(folder))
    known, problems = metadata.read(ours.folder / "articles.csv", [file.name for file in files])
    known = {name: values | {"translation": _beside(ours.folder, values)} for name, values in known.items()}
    return _read(files, known, problems, f"data/{ours.name}/articles")


def read_paths(paths: Iterable[str | os.PathLike[str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles in these files and folders, without a study: (articles, problems).

    Articles are named as `locate` names them. Raises NoArticles if no article could be read.
    """
    paths = list(map(pathlib.Path, paths))
    problems = [metadata.problem(str(path), "file not there", "there is no such file or folder", "check the path")
                for path in paths if not path.exists()]
    files = [File(path, name) for name, path in locate(paths).items()]
    return _read(files, {}, problems, "the paths given")


def locate(paths: Iterable[str | os.PathLike[str]]) -> dict[str, pathlib.Path]:
    """The files in these files and folders by the name they have in the tables: {name: path}.

    An article is named by its file's name, or by its path where two files share a name.
    """
    files = []
    for path in map(pathlib.Path, paths):
        files += _walk(path) if path.is_dir() else [File(path, path.name)] if path.exists() else []
    names = [file.name for file in files]
    files = [file if names.count(file.name) == 1 else File(file.path, file.path.as_posix()) for file in files]
    return {file.name: file.path for file in {file.path.resolve(): file for file in files}.values()}


def paragraphs(row: object) -> list[tuple[int, int]]:
    """The paragraphs of one row of the articles table, as spans of its text; furniture left out.

    The headline and the line under it are paragraphs of their own. Where a file's lines are wrapped, a paragraph holds
    line ends: put a space for each before parsing, which keeps the offsets.
    """
    return furniture.body(row.text, row.furniture)


def within(articles: pd.DataFrame, ours: study.Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles published in the study's window, and a problem for each that was not.

    An article whose day is not known is kept: leaving it out would be a guess. Raises NoArticles if none is left.
    """
    day = articles["published"]
    early = (day < ours.start) & day.ne("") if ours.start else day != day
    late = (day > ours.end) & day.ne("") if ours.end else day != day
    kept = articles[~(early | late)].reset_index(drop=True)
    if kept.empty:
        raise NoArticles(f"none of the {len(articles)} articles was published from {ours.start or 'the beginning'} "
                         f"to {ours.end or 'the end'}: widen START and END")
    outside = [metadata.problem(row.article, "outside the window", f"published {row.published}, which is not from "
                                f"{ours.start or 'the beginning'} to {ours.end or 'the end'}",
                                "widen start and end in study.yaml if it belongs to the study")
               for row in articles[early | late].itertuples()]
    return kept, tables.check(pd.DataFrame(outside, columns=tables.TABLES["problems"].names), "problems")


def furniture_table(articles: pd.DataFrame) -> pd.DataFrame:
    """What was set aside as the page's own words: one row a span, with article, start, end, rule and words."""
    rows = [(row.article, start, end, rule, row.text[start:end])
            for row in articles.itertuples() for start, end, rule in json.loads(row.furniture)]
    return pd.DataFrame(rows, columns=["article", "start", "end", "rule", "words"])


def offsets_in_file(path: str | os.PathLike[str]) -> list[int] | None:
    """For each character of the article's text its place in the file decoded as it stands (and one more, for ends).

    None where the two are the same. A file that is not plain text has no such places: they count into the text itself.
    """
    path = pathlib.Path(path)
    data = path.read_bytes()
    if path.suffix.lower() not in formats.PLAIN or decoding.binary(data) or formats.is_page(data):
        return None
    return decoding.mend(decoding.decode(data).text)[1]


def _walk(folder: pathlib.Path) -> Iterator[File]:
    """The files below the folder in order of name; links to folders are not followed, so no loop can arise."""
    for here, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name not in IGNORED:
                path = pathlib.Path(here) / name
                yield File(path, path.relative_to(folder).as_posix())


def _read(files: list[File], known: dict[str, dict[str, str]], problems: list[dict[str, str]],
          where: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables from the files and what is known about them."""
    rows = []
    for file in sorted(files, key=lambda file: file.name):
        found, met = one(file.path, file.name, known.get(file.name, {}))
        rows += found
        problems += met
    if not rows:
        met = "; ".join(f"{p['article']}: {p['reason']}" for p in problems if p["article"] and files)
        raise NoArticles(f"no article to read in {where}{f' ({met[:400]})' if met else ''}: "
                         f"put news articles there as {', '.join(formats.READERS)}")
    frame = pd.DataFrame(rows).sort_values("article", kind="stable")
    frame = frame.drop_duplicates("article")
    frame = _mark_repeated(frame)
    order = {name: number for number, name in enumerate(["", *frame.article])}
    problems.sort(key=lambda p: (order.get(p["article"], -1), p["article"]))
    return (tables.check(frame, "articles"),
            tables.check(pd.DataFrame(problems, columns=tables.TABLES["problems"].names), "problems"))


def one(path: pathlib.Path, name: str, known: dict[str, str]) -> tuple[list[dict[str, object]], list[dict[str, str]]]:
    """The rows of the articles table that one file gives (none, one, or many from a bulk file), and its problems.

    Never raises for what a file holds: a file that defeats its reader becomes a problem.
    """
    rows: list[dict[str, object]] = []
    problems: list[dict[str, str]] = []
    try:
        for source in formats.read(path):
            label = f"{name}#{source.part}" if source.part else name
            problems += [metadata.problem(label, *note) for note in source.notes]
            if source.notes and not source.text:
                continue
            if (english := _translated(source, known.get("translation", ""))) is not source:
                problems += [metadata.problem(label, *note) for note in english.notes]
                source = english
            if met := doubts.length(label, source.text):
                problems.append(met)
                continue
            said = {key: value for key, value in known.items() if value}
            row = _row(label, source, source.metadata | said)
            found = list(doubts.about(row))
            problems += found
            if not any(p["problem"] in doubts.FATAL for p in found):
                rows.append(row)
    except files_room.Unreadable as error:
        problems.append(metadata.problem(name, error.problem, str(error), error.remedy))
    except OSError as error:
        problems.append(metadata.problem(name, "file not readable", f"the system says: {error.strerror or error}",
                                         "check that the file is there and may be read"))
    except Exception as error:  # a reader's own failure on a file it was not made for must not stop the others
        problems.append(metadata.problem(name, "file not readable",
                                         f"its reader failed: {type(error).__name__}: {error}"[:500],
                                         "save the article as plain text (UTF-8)"))
    return rows, problems


def _beside(folder: pathlib.Path, values: dict[str, str]) -> str:
    """Where the file lies that holds the article's translation; empty if none is named. It must lie in the study."""
    if not values.get("translation"):
        return ""
    path = (folder / values["translation"]).resolve()
    return str(path) if path.is_relative_to(folder.resolve()) else ""


def _translated(source: files_room.Source, path: str) -> files_room.Source:
    """The source with the English text from the file at the path, or from its own table's column, where there is one.

    Raises Unreadable or OSError as a reader does.
    """
    given = next(formats.read(pathlib.Path(path))).text if path else source.metadata.get("translation", "")
    if not given:
        return source
    return dataclasses.replace(source, text=given, metadata=source.metadata | {"language": "en"}, notes=(
        ("read in translation", "the text read, quoted and counted is the translation brought with the article",
         "keep in mind that quotations are the translator's words"),))


def _row(name: str, source: files_room.Source, known: dict[str, str]) -> dict[str, object]:
    """One row of the articles table."""
    text = source.text
    found = furniture.spans(text)
    marks = json.dumps(found, ensure_ascii=False)
    spans = furniture.body(text, marks)
    first = text[slice(*spans[0])] if spans else ""
    published, basis, note = _dated(known, text, found)
    return {
        "article": name, "outlet": known.get("outlet") or "unknown",
        "outlet_country": known.get("outlet_country") or "UNKNOWN",
        "headline": " ".join((known.get("headline") or first[:200]).split()),
        "language": known.get("language") or formats.language(" ".join(text[a:b] for a, b in spans)),
        "published": published, "published_basis": basis, "published_note": note, "url": known.get("url", ""),
        "sha256": hashlib.sha256(source.data).hexdigest(), "words": _words(text, spans), "furniture": marks,
        "copies": name, "text": text,
    }


def _words(text: str, spans: list[tuple[int, int]]) -> int:
    return sum(len(WORD.findall(text[a:b])) for a, b in spans)


def _dated(known: dict[str, str], text: str, found: list[tuple[int, int, str]]) -> tuple[str, str, str]:
    """The day of publication, how it is known, and from where: as given, else from the address, else not at all."""
    if known.get("published"):
        return (known["published"], known.get("published_basis") or "stated",
                known.get("published_note") or "as given in articles.csv")
    if m := re.search(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)", known.get("url", "")):
        try:
            day = datetime.date(*map(int, m.groups()))
            return day.isoformat(), "inferred", "from the address of the page"
        except ValueError:
            pass
    dateline = next((text[a:b] for a, b, rule in found if rule == "dateline"), "")
    hint = f"; the dateline says {dateline.strip()!r}" if re.search(r"\d", dateline) else ""
    return "", "unknown", f"not given{hint}"


def _mark_repeated(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with lines that one outlet repeats marked as furniture; word counts follow."""
    once = frame.drop_duplicates("sha256")
    lines = furniture.repeated(once.text, once.outlet)
    if not any(lines.values()):
        return frame
    frame = frame.copy()
    for at, row in zip(frame.index, frame.itertuples(), strict=True):
        if held := lines.get(row.outlet):
            found = [(a, b, rule) for a, b, rule in json.loads(row.furniture)]
            marks = json.dumps(furniture.with_repeated(row.text, found, held), ensure_ascii=False)
            if marks != row.furniture and furniture.body(row.text, marks):
                frame.at[at, "furniture"] = marks
                frame.at[at, "words"] = _words(row.text, furniture.body(row.text, marks))
    return frame
