"""One file to its rows of the articles table, with what is to be said about it."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import pathlib
import re
from collections.abc import Iterable, Iterator

from stancebrief.articles import days, doubts, files, formats, furniture, metadata

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=/|-|$)")
IN_NAME = re.compile(r"(?<![\d.])((?:19|20)\d\d)[-_.](0[1-9]|1[0-2])[-_.](0[1-9]|[12]\d|3[01])(?!\d)"
                     r"(?![ _,T-]{0,3}(?:at )?\d{1,2}[.:_h-]\d\d)")  # with an hour it is when the file was saved
HALF = re.compile("[\ud800-\udfff]")
Entries = list  # [rows of the articles table, rows of the problems table], plain enough for JSON


def one(path: pathlib.Path, name: str, known: dict[str, str], columns: dict[str, str] | None = None,
        sources: Iterable[files.Source] | None = None) -> Entries:
    """The rows of the articles table that one file gives (none, one, or many from a bulk file), and its problems.

    `columns`: what a table calls ours, {ours: theirs}. `sources`: some of what is in the file, where that was read
    before. Never raises for what a file holds: a file that defeats its reader becomes a problem.
    """
    rows: list[dict[str, object]] = []
    problems: list[dict[str, str]] = []
    try:
        for source in formats.read(path, columns) if sources is None else sources:
            source = _opened(source)
            label = f"{name}#{source.part}" if source.part else name
            problems += [metadata.problem(label, *note) for note in source.notes]
            if source.notes and not source.text:
                continue
            given = source
            source = _translated(source, known.get("translation", ""))
            if source is not given:
                problems += [metadata.problem(label, *note) for note in source.notes]
            if met := doubts.length(label, source.text):
                problems.append(met)
                continue
            # Of an article read in translation the language that is told is the original's.
            said = {key: value for key, value in known.items() if value and (key != "language" or source is given)}
            made = row(label, source, {k: v for k, v in source.metadata.items() if k != "language"} | said)
            found = list(doubts.about(made))
            problems += found
            if not any(p["problem"] in doubts.FATAL for p in found):
                rows.append(made)
    except files.Unreadable as error:
        problems.append(metadata.problem(name, error.problem, str(error), error.remedy))
    except OSError as error:
        problems.append(metadata.problem(name, *metadata.unopened(error)))
    except Exception as error:  # a reader's own failure on a file it was not made for must not stop the others
        problems.append(metadata.problem(name, *metadata.defeated(error)))
    return [[_sound(row) for row in rows], [_sound(problem) for problem in problems]]


def _sound(values: dict) -> dict:
    """The values with a mark for each half of a character, which no file can hold; every other character in place."""
    return {key: HALF.sub("\ufffd", value) if isinstance(value, str) else value for key, value in values.items()}


def _opened(source: files.Source) -> files.Source:
    """The source with the text of its page, if that is still to be taken out; one with a note where there is none."""
    if not source.page:
        return source
    from stancebrief.articles import pages
    try:
        found = next(pages.read(source.data, source.encoding))
    except files.Unreadable as error:
        return dataclasses.replace(source, notes=((error.problem, f"{source.metadata['url']}: {error}", error.remedy),))
    return dataclasses.replace(found, part=source.part, metadata=source.metadata | found.metadata)


def _translated(source: files.Source, path: str) -> files.Source:
    """The source with the English text from the file at the path, or from its own table's column, where there is one.

    Raises Unreadable or OSError as a reader does.
    """
    given = next(formats.read(pathlib.Path(path))).text if path else source.metadata.get("translation", "")
    if not given:
        return source
    known = source.metadata | {"language": "en"}
    return dataclasses.replace(source, text=given, aside={}, metadata=known, notes=(
        ("read in translation", "the text read, quoted and counted is the translation brought with the article",
         "keep in mind that quotations are the translator's words"),))


def row(name: str, source: files.Source, known: dict[str, str]) -> dict[str, object]:
    """One row of the articles table."""
    text = source.text
    found = furniture.with_lines(text, furniture.spans(text), source.aside.get)
    marks = json.dumps(found, ensure_ascii=False)
    spans = furniture.body(text, marks)
    first = text[slice(*spans[0])] if spans else ""
    published, basis, note = _dated(name, known, text, found)
    return {
        "article": name, "outlet": known.get("outlet") or "unknown",
        "outlet_country": known.get("outlet_country") or "UNKNOWN",
        "headline": " ".join((known.get("headline") or first[:200]).split()),
        "language": known.get("language") or _language(source, " ".join(text[a:b] for a, b in spans)),
        "published": published, "published_basis": basis, "published_note": note, "url": known.get("url", ""),
        "sha256": hashlib.sha256(source.data).hexdigest(), "words": words(text, spans), "furniture": marks,
        "rewritten": known.get("rewritten", ""), "copies": name, "text": text,
    }


def _language(source: files.Source, text: str) -> str:
    """The language of the text: where it does not tell itself, what its file says. Files are often wrong about it."""
    told = formats.language(text)
    return told if told != "und" else metadata.language(source.metadata.get("language", "")) or told


def words(text: str, spans: list[tuple[int, int]]) -> int:
    return sum(len(WORD.findall(text[a:b])) for a, b in spans)


def _dated(name: str, known: dict[str, str], text: str, found: list[tuple[int, int, str]]) -> tuple[str, str, str]:
    """The day of publication, how it is known, and from where: as given, else from the address or the file's name.

    Where none of them says it, it is unknown: a dateline tells where and when something was written, seldom the year.
    """
    if known.get("published"):
        return (known["published"], known.get("published_basis") or "stated",
                known.get("published_note") or "as given in articles.csv")
    if len(told := set(_days(IN_ADDRESS, known.get("url", "")))) == 1:
        return told.pop(), "inferred", "from the address of the page"
    # The name of a file that holds many articles tells when it was exported.
    if "#" not in name and len(told := set(_days(IN_NAME, name))) == 1:
        return told.pop(), "inferred", "from the name of the file"
    dateline = next((text[a:b] for a, b, rule in found if rule == "dateline"), "")
    hint = f"; the dateline says {dateline.strip()!r}" if re.search(r"\d", dateline) else ""
    return "", "unknown", f"not given{hint}"


def _days(pattern: re.Pattern, text: str) -> Iterator[str]:
    """The days (YYYY-MM-DD) that stand in an address or a name and are days of the calendar."""
    for year, month, day in pattern.findall(text):
        try:
            found = datetime.date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
        if not days.odd(found):
            yield found
