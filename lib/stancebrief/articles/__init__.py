"""Files to one table of articles: decoded, dated, furniture marked. What cannot be read is a row of the problems table.

All offsets in all tables count into the column `text`. For a plain UTF-8 file that is the file's own text with its
line ends (and its byte order mark) kept. Where mojibake was turned back, or the text was taken out of a web page, PDF
or other format, `text` is the outcome; `offsets_in_file` leads back to a plain file's own characters.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import json
import os
import pathlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator

import pandas as pd

from stancebrief import datasets, study, tables
from stancebrief.articles import decoding, entries, formats, furniture, known, metadata, portions
from stancebrief.engine import gathering, outcomes, scratch, store

MADE = ("articles", "problems")
Part = tuple[pd.DataFrame, pd.DataFrame]  # some rows of both tables
WORTH_PLAIN = 1_000  # plain files from which reading them is worth processes of their own: they take the least time
IGNORED = frozenset({"Thumbs.db", "desktop.ini", "Icon\r"})


class NoArticles(ValueError):
    """There is nothing to read; says where articles belong."""


def read(ours: study.Study, kept: store.Store | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The study's articles and what is to be said about them: (articles, problems), tables as in `tables`.

    Reads every file in the study's `articles/`, and what `articles.csv` says about each; with a store, only those whose
    bytes, metadata or rules are not the same as when they were read before. Raises NoArticles if no article could be
    read, study.SettingError if `columns` of study.yaml names what no article has.
    """
    return datasets.columns(in_parts(ours, kept), MADE)


def in_parts(ours: study.Study, kept: store.Store | None = None) -> Iterator[Part]:
    """As `read`, some hundred articles at a time, in the order of their files: of the others none is in memory."""
    metadata.check_columns(ours.columns, f"data/{ours.name}/study.yaml")
    folder = ours.folder / "articles"
    names, odd = _named(folder)
    with scratch.database() as base:
        found = known.Known(base, names)
        metadata.read(ours.folder / "articles.csv", found)
        for name, path in found.translated():
            place = _beside(ours.folder, path)
            found.place(name, place)
            if not place:
                found.odd(metadata.problem(name, "translation not read", f"{path} does not lie in data/{ours.name}",
                                           "put it into the study's folder, and write its place there into "
                                           "articles.csv"))
        for name in _linked(folder):
            found.odd(metadata.problem(name, "linked folder not read", "it is a link to a folder, which may lead in a "
                                       "circle", "copy the folder itself to its place"))
        for problem in odd:
            found.odd(problem)
        # The files are here and not where a cluster's workers are.
        reading = portions.Portions(names, folder.joinpath, found, ours.columns)
        yield from _without_repeated(_read(reading, found, f"data/{ours.name}/articles", kept,
                                           "serial" if ours.engine == "serial" else "", ours.engine), base)


def read_paths(paths: Iterable[str | os.PathLike[str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles in these files and folders, without a study: (articles, problems).

    Articles are named as `locate` names them. Raises NoArticles if no article could be read.
    """
    paths = list(map(pathlib.Path, paths))
    found = locate(paths)
    with scratch.database() as base:
        said = known.Known(base, sorted(found))
        for path in paths:
            if not path.exists():
                said.odd(metadata.problem(str(path), "file not there", "there is no such file or folder",
                                          "check the path"))
        reading = portions.Portions(said.files, found.__getitem__, said, {})
        return datasets.columns(_without_repeated(_read(reading, said, "the paths given"), base), MADE)


def locate(paths: Iterable[str | os.PathLike[str]]) -> dict[str, pathlib.Path]:
    """The files in these files and folders by the name they have in the tables: {name: path}.

    An article is named by its file's name, or by its path where two files share a name.
    """
    found: list[tuple[str, pathlib.Path]] = []
    for path in map(pathlib.Path, paths):
        inside = [(name, path / name) for name in _named(path)[0]] if path.is_dir() else []
        found += inside or ([(path.name, path)] if path.is_file() else [])
    names = collections.Counter(name for name, _ in found)
    found = [(name if names[name] == 1 else path.as_posix(), path) for name, path in found]
    return dict({path.resolve(): (name, path) for name, path in found}.values())


def paragraphs(row: object) -> list[tuple[int, int]]:
    """The paragraphs of one row of the articles table, as spans of its text; furniture left out.

    The headline and the line under it are paragraphs of their own. Where a file's lines are wrapped, a paragraph holds
    line ends: put a space for each before parsing, which keeps the offsets.
    """
    return furniture.body(row.text, row.furniture)


def within(parts: Iterable[Part], ours: study.Study) -> Iterator[Part]:
    """Of the parts, as `in_parts` gives them, what was published in the study's window; a problem for all else.

    An article whose day is not known is kept: leaving it out would be a guess. Raises NoArticles if none is left.
    """
    window = f"{ours.start or 'the beginning'} to {ours.end or 'the end'}"
    left = 0
    for articles, problems in parts:
        day = articles["published"]
        early = (day < ours.start) & day.ne("") if ours.start else day != day
        late = (day > ours.end) & day.ne("") if ours.end else day != day
        outside = [metadata.problem(row.article, "outside the window", f"published {row.published}, which is not from "
                                    f"{window}", "widen start and end in study.yaml if it belongs to the study")
                   for row in articles[early | late].itertuples()]
        inside = articles[~(early | late)].reset_index(drop=True)
        left += len(inside)
        yield inside, pd.concat([problems, _problems(outside)], ignore_index=True)
    if not left:
        raise NoArticles(f"none of the articles was published from {window}: widen START and END")


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


def _named(folder: pathlib.Path) -> tuple[list[str], list[dict[str, str]]]:
    """The files below the folder by their place in it, in order, and a problem for each that has no name or content."""
    names, odd = list[str](), list[dict[str, str]]()
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if (shown := os.fsencode(name).decode("utf-8", "backslashreplace")) != name:
            odd.append(metadata.problem(shown, "file name not readable", "it is not written in UTF-8",
                                        "give the file another name"))
        elif path.exists() and not path.is_file():
            odd.append(metadata.problem(name, "not a file", "it is a pipe, a socket or a device", "remove it"))
        else:
            names.append(name)
    return sorted(names), odd


def _walk(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """The files below the folder; links to folders are not followed, so no loop can arise."""
    for here, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (pathlib.Path(here, name) for name in sorted(names)
                    if not name.startswith(".") and name not in IGNORED)


def _linked(folder: pathlib.Path) -> list[str]:
    """The links to folders below the folder, by their place in it."""
    return sorted(pathlib.Path(here, name).relative_to(folder).as_posix() for here, folders, _ in os.walk(folder)
                  for name in folders if not name.startswith(".") and os.path.islink(os.path.join(here, name)))


def _read(reading: portions.Portions, said: known.Known, where: str, kept: store.Store | None = None,
          engine: str = "serial", following: str = "serial") -> Iterator[Part]:
    """Both tables, part by part, from what is to be read and what is to be said about it beforehand.

    Problems of the whole study stand first, then those of each file in its turn.
    """
    waiting = [*said.whole]
    held, rows, any_read = gathering.Gathered(["articles"]), 0, False
    worth = WORTH_PLAIN if all(name.lower().endswith(formats.PLAIN) for name in reading.names) else outcomes.WORTH
    with contextlib.closing(outcomes.each(_one, reading, engine, store=kept, keys=reading.keys, label="articles",
                                          split=_worth_keeping, worth=worth, following=following)) as outcome_of:
        for place, outcome in enumerate(outcome_of):
            name = reading.name(place)
            found, more = outcome.value if not outcome.failure else ([], [metadata.problem(
                name, "file not readable", outcome.failure.strip().splitlines()[-1],
                "save the article as plain text (UTF-8)")])
            waiting += [problem for problem in (said.about(name) if reading.begins(place) else ())
                        if problem["problem"] != metadata.LACKING
                        or any(row["outlet"] == "unknown" or not row["published"] for row in found)]
            waiting += more
            held.add([gathering.columns(found)])
            rows += len(found)
            if datasets.ends(rows, f"{name}#{reading.pieces[place]}", len(found)):
                yield held.frames()[0], _problems(waiting)
                held, rows, any_read, waiting = gathering.Gathered(["articles"]), 0, True, []
    if not rows and not any_read:
        met = "; ".join(f"{p['article']}: {p['reason']}" for p in waiting if p["article"] and reading.names)
        raise NoArticles(f"no article to read in {where}{f' ({met[:400]})' if met else ''}: "
                         f"put news articles there as {', '.join(formats.READERS)}")
    yield held.frames()[0], _problems(waiting)


def _one(item: portions.Item) -> entries.Entries:
    """What one portion gives."""
    path, *rest = item
    return entries.one(pathlib.Path(path), *rest)


def _worth_keeping(place: int, value: entries.Entries) -> tuple[entries.Entries, dict[str, object] | None]:
    """A file that could not be read is tried anew in the next run, which may have another reader."""
    return value, None if any(problem["problem"] == "file not readable" for problem in value[1]) else {}


def _problems(rows: list[dict[str, str]]) -> pd.DataFrame:
    return tables.check(pd.DataFrame(rows, columns=tables.TABLES["problems"].names), "problems")


def _beside(folder: pathlib.Path, translation: str) -> str:
    """Where the file lies that holds an article's translation; empty if that is not in the study."""
    path = (folder / translation).resolve()
    return str(path) if path.is_relative_to(folder.resolve()) else ""


def _without_repeated(parts: Iterator[Part], base: sqlite3.Connection) -> Iterator[Part]:
    """The parts with lines that one outlet repeats marked as furniture, once all have been seen."""
    with tempfile.TemporaryDirectory(prefix="stancebrief-") as folder:
        lines = furniture.Repeated(base)

        def counted() -> Iterator[Part]:
            for articles, problems in parts:
                for row in articles.itertuples():
                    lines.add(row.text, row.outlet, row.sha256)
                yield articles, problems
        read = datasets.write(counted(), MADE, pathlib.Path(folder))
        repeated = lines.any()
        for articles, problems in datasets.side_by_side(*read):
            yield _marked(articles, lines) if repeated else articles, problems


def _marked(frame: pd.DataFrame, lines: furniture.Repeated) -> pd.DataFrame:
    """The frame with those lines marked; word counts follow."""
    marks, words = frame["furniture"].tolist(), frame["words"].tolist()
    for at, row in enumerate(frame.itertuples()):
        found = [(a, b, rule) for a, b, rule in json.loads(row.furniture)]
        new = json.dumps(furniture.with_repeated(row.text, found, functools.partial(lines.holds, row.outlet)),
                         ensure_ascii=False)
        if new != row.furniture and (left := furniture.body(row.text, new)):
            marks[at], words[at] = new, entries.words(row.text, left)
    return tables.check(frame.assign(furniture=marks, words=words), "articles")
