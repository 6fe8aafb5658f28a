"""Files to one table of articles: decoded, dated, furniture marked. What cannot be read is a row of the problems table.

All offsets in all tables count into the column `text`. For a plain UTF-8 file that is the file's own text with its
line ends (and its byte order mark) kept. Where mojibake was turned back, or the text was taken out of a web page, PDF
or other format, `text` is the outcome; `offsets_in_file` leads back to a plain file's own characters.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import hashlib
import json
import os
import pathlib
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from stancebrief import study, tables
from stancebrief.articles import decoding, entries, formats, furniture, metadata
from stancebrief.engine import gathering, outcomes, store

READ_BY = ("bulk", "decoding", "documents", "doubts", "files", "formats", "furniture", "metadata", "pages", "entries")
IGNORED = frozenset({"Thumbs.db", "desktop.ini", "Icon\r"})


class NoArticles(ValueError):
    """There is nothing to read; says where articles belong."""


@dataclasses.dataclass(frozen=True)
class File:
    """One file to read: where it lies and the name it has in all tables."""

    path: pathlib.Path
    name: str


def read(ours: study.Study, kept: store.Store | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The study's articles and what is to be said about them: (articles, problems), tables as in `tables`.

    Reads every file in the study's `articles/`, and what `articles.csv` says about each; with a store, only those whose
    bytes, metadata or rules are not the same as when they were read before. Raises NoArticles if no article could be
    read, study.SettingError if `columns` of study.yaml names what no article has.
    """
    metadata.check_columns(ours.columns, f"data/{ours.name}/study.yaml")
    folder = ours.folder / "articles"
    found = list(_walk(folder))
    known, problems = metadata.read(ours.folder / "articles.csv", [file.name for file in found])
    known = {name: values | {"translation": _beside(ours.folder, values)} for name, values in known.items()}
    # The files are here and not where a cluster's workers are.
    return _read(found, known, problems, f"data/{ours.name}/articles", kept, ours.columns,
                 "serial" if ours.engine == "serial" else "")


def read_paths(paths: Iterable[str | os.PathLike[str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles in these files and folders, without a study: (articles, problems).

    Articles are named as `locate` names them. Raises NoArticles if no article could be read.
    """
    paths = list(map(pathlib.Path, paths))
    problems = [metadata.problem(str(path), "file not there", "there is no such file or folder", "check the path")
                for path in paths if not path.exists()]
    found = [File(path, name) for name, path in locate(paths).items()]
    return _read(found, {}, problems, "the paths given")


def locate(paths: Iterable[str | os.PathLike[str]]) -> dict[str, pathlib.Path]:
    """The files in these files and folders by the name they have in the tables: {name: path}.

    An article is named by its file's name, or by its path where two files share a name.
    """
    found = []
    for path in map(pathlib.Path, paths):
        found += _walk(path) if path.is_dir() else [File(path, path.name)] if path.exists() else []
    names = collections.Counter(file.name for file in found)
    found = [file if names[file.name] == 1 else File(file.path, file.path.as_posix()) for file in found]
    return {file.name: file.path for file in {file.path.resolve(): file for file in found}.values()}


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


def _read(found: list[File], known: Mapping[str, dict[str, str]], problems: list[dict[str, str]], where: str,
          kept: store.Store | None = None, columns: Mapping[str, str] | None = None,
          engine: str = "serial") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables from the files and what is known about them."""
    found = sorted(found, key=lambda file: file.name)
    items = [(str(file.path), file.name, known.get(file.name, {}), dict(columns or {})) for file in found]
    keys = _keys(items) if kept is not None else None
    held, seen = gathering.Gathered(["articles"]), set()
    with contextlib.closing(outcomes.each(_one, items, engine, store=kept, keys=keys, label="articles",
                                          split=_worth_keeping)) as reading:
        for file, outcome in zip(found, reading, strict=True):
            rows, met = outcome.value if not outcome.failure else ([], [metadata.problem(
                file.name, "file not readable", outcome.failure.strip().splitlines()[-1],
                "save the article as plain text (UTF-8)")])
            problems += met
            rows = [row for row in rows if row["article"] not in seen]
            seen.update(row["article"] for row in rows)
            held.add([gathering.columns(rows)])
    if not seen:
        met = "; ".join(f"{p['article']}: {p['reason']}" for p in problems if p["article"] and found)
        raise NoArticles(f"no article to read in {where}{f' ({met[:400]})' if met else ''}: "
                         f"put news articles there as {', '.join(formats.READERS)}")
    frame = held.frames()[0]
    if not frame["article"].is_monotonic_increasing:
        frame = frame.sort_values("article", kind="stable", ignore_index=True)
    frame = _mark_repeated(frame)
    order = {name: number for number, name in enumerate(["", *frame.article])}
    problems.sort(key=lambda p: (order.get(p["article"], -1), p["article"]))
    return (tables.check(frame, "articles"),
            tables.check(pd.DataFrame(problems, columns=tables.TABLES["problems"].names), "problems"))


def _one(item: tuple[str, str, dict[str, str], dict[str, str]]) -> entries.Entries:
    """What one file gives."""
    path, name, known, columns = item
    return entries.one(pathlib.Path(path), name, known, columns)


def _worth_keeping(place: int, value: entries.Entries) -> tuple[entries.Entries, dict[str, object] | None]:
    """A file that could not be read is tried anew in the next run, which may have another reader."""
    return value, None if any(problem["problem"] == "file not readable" for problem in value[1]) else {}


def _keys(items: list[tuple[str, str, dict[str, str], dict[str, str]]]) -> list[str]:
    """For each file the hash of all that its reading depends on; empty for a file that cannot be opened."""
    here = pathlib.Path(__file__).parent
    rules = store.version(*(here / f"{name}.py" for name in READ_BY), furniture.RULES)
    keys = []
    for path, name, said, columns in items:
        try:
            digests = []
            for part in filter(None, (path, said.get("translation"))):
                with open(part, "rb") as handle:
                    digests.append(hashlib.file_digest(handle, "sha256").hexdigest())
        except OSError:
            keys.append("")
            continue
        keys.append(store.key(rules, name, json.dumps([said, columns], sort_keys=True), *digests))
    return keys


def _beside(folder: pathlib.Path, values: dict[str, str]) -> str:
    """Where the file lies that holds the article's translation; empty if none is named. It must lie in the study."""
    if not values.get("translation"):
        return ""
    path = (folder / values["translation"]).resolve()
    return str(path) if path.is_relative_to(folder.resolve()) else ""


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
                frame.at[at, "words"] = entries.words(row.text, furniture.body(row.text, marks))
    return frame
