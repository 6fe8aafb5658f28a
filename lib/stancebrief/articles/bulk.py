"""Files that hold many articles: tables (CSV, JSONL, Parquet) and web archives (WARC), read one article at a time."""

from __future__ import annotations

import codecs
import csv
import json
import pathlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stancebrief.articles import days, decoding, files, metadata

REMEDY = (f"name the column with the article's text one of {', '.join(metadata.TEXT)}, "
          "or say in study.yaml what it is called, as in `columns: {text: its name}`")
ROWS = 500  # of a Parquet file in memory at once
SAVE = "export the table again"


def comma(path: pathlib.Path, columns: Mapping[str, str] = {}) -> Iterator[files.Source]:
    """A CSV or TSV table, one row an article; UTF-8, else as the first part of it decodes."""
    head = _head(path)
    decoded = decoding.decode(head.rsplit(b"\n", 1)[0] + b"\n")
    encoding = "utf-8-sig" if decoded.encoding == "utf-8" else decoded.encoding
    first = decoded.text.split("\n", 1)[0]
    csv.field_size_limit(files.LARGEST)
    try:
        with open(path, encoding=encoding, errors="replace", newline="") as handle:
            rows = csv.reader(handle, delimiter=max(",;\t", key=first.count), strict=True)
            names = next(rows, [])
            yield from _rows((dict(zip(range(len(names)), row, strict=False)) if len(row) <= len(names) else None
                              for row in rows if row), path.name, names, columns)
    except csv.Error as error:
        raise files.Unreadable("file not readable", f"the table is damaged near line {rows.line_num}: {error}; rows "
                               "before it were read, none after it", SAVE) from error


def lines(path: pathlib.Path, columns: Mapping[str, str] = {}) -> Iterator[files.Source]:
    """A JSON Lines file, one object an article; a line that is no object is told and the others are read."""
    if _head(path).removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"["):
        raise files.Unreadable("file not readable", "it is one JSON list, not one JSON object a line", "export the "
                               "table as JSON Lines, as pandas does with to_json(..., orient='records', lines=True)")
    read = 0
    with open(path, "rb") as handle:
        for number, line in enumerate(iter(lambda: handle.readline(files.LARGEST), b""), start=1):
            if not line.strip():
                continue
            if len(line) == files.LARGEST and not line.endswith(b"\n"):
                while rest := handle.readline(files.LARGEST):
                    if rest.endswith(b"\n"):
                        break
                note = ("too long", f"line {number} is longer than {files.LARGEST:,} bytes; left out",
                        "take it out of the file")
                yield files.Source("", b"", str(number), notes=(note,))
                continue
            try:
                value = json.loads(decoding.decode(line).text.removeprefix("\ufeff"))
                if not isinstance(value, dict):
                    raise ValueError(f"it is a {type(value).__name__}")
            except ValueError as error:
                note = ("row not readable", f"line {number} is no JSON object: {error}", "write one object a line")
                yield files.Source("", line, str(number), notes=(note,))
                continue
            try:
                yield from _rows([dict(enumerate(value.values()))], path.name, list(value), columns, number)
                read += 1
            except files.Unreadable as error:
                if not read:
                    raise
                note = ("row not readable", f"line {number} has no text: {error}", error.remedy)
                yield files.Source("", line, str(number), notes=(note,))


def parquet(path: pathlib.Path, columns: Mapping[str, str] = {}) -> Iterator[files.Source]:
    """A Parquet table, one row an article, in batches, so that its size does not matter."""
    import pyarrow
    import pyarrow.parquet
    try:
        table = pyarrow.parquet.ParquetFile(path)
        number = 1
        for batch in table.iter_batches(batch_size=ROWS):
            rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            yield from _rows((dict(enumerate(row)) for row in rows), path.name, batch.schema.names, columns, number)
            number += len(batch)
        if number == 1:
            yield from _rows([], path.name, table.schema_arrow.names, columns)
    except (pyarrow.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the system's own; of a damaged file Arrow says so without a number
        reason = f"the Parquet file is damaged: {' '.join(str(error).split())[:200].rstrip('.')}"
        raise files.Unreadable("file not readable", reason, SAVE) from error


def _head(path: pathlib.Path) -> bytes:
    with open(path, "rb") as handle:
        head = handle.read(1_000_000)
    if not head.strip():
        raise files.Unreadable("empty file", "the file has no bytes", "export the table again, or remove it")
    return head


def _rows(rows: Iterable[Mapping[int, object] | None], name: str, columns: Sequence[str],
          theirs: Mapping[str, str], number: int = 1) -> Iterator[files.Source]:
    """The articles in a table's rows: values by the place of their column, None for a row with too many of them.

    `theirs` says what the table's columns are called where our names would not find them. Raises Unreadable if no
    column can be the text, or there are no rows at all.
    """
    places: dict[str, int] = {}
    for place, column in enumerate(columns):
        places.setdefault(str(column).strip().lower(), place)
    mapped = {metadata.named(ours): column.strip().lower() for ours, column in theirs.items()}
    lacking = [f"{ours}: {column}" for ours, column in mapped.items() if column not in places]
    called = {ours: [places[word] for word in ((mapped[ours],) if mapped.get(ours) in places else names)
                     if word in places] for ours, names in {"text": metadata.TEXT, **metadata.NAMES}.items()}
    if not (texts := called.pop("text")):
        said = f" (study.yaml says {', '.join(lacking)})" if lacking else ""
        raise files.Unreadable("no text column", f"{name} has the columns {', '.join(map(str, columns))[:300]}{said}",
                               REMEDY)
    first = [("column not there", f"study.yaml says {line}, but {name} has no such column",
              "mend `columns` in study.yaml") for line in lacking]
    words = [str(column).strip().lower() for column in columns]
    if twice := [word for word in places if word and words.count(word) > 1]:
        first.append(("column given twice", f"{name}: {', '.join(twice)[:200]}; the first one counts",
                      "keep one of the two"))
    at = number - 1
    for at, row in enumerate(rows, start=number):
        notes = first if at == 1 else []
        if row is None:
            notes = [*notes, ("row not readable", f"{name}, row {at} has more cells than there are columns; left out",
                              "put cells that hold a comma into quotation marks, or export the table again")]
            yield files.Source("", b"", str(at), notes=tuple(notes))
            continue
        yield _article(row, f"{name}, row {at}", name, str(at), texts, called, notes)
    if at < 1:
        raise files.Unreadable("no rows", f"{name} has columns, but no row", SAVE)


def _article(row: Mapping[int, object], where: str, name: str, part: str, texts: Sequence[int],
             called: Mapping[str, Sequence[int]], notes: Sequence[files.Note]) -> files.Source:
    """The article in one row of a table."""
    notes = list(notes)

    def cell(places: Sequence[int], between: str) -> str:
        found = (_words(row.get(place), between) for place in places)
        return next((words for words in found if words.strip().lower() not in metadata.NOTHING), "")

    known = {ours: cell(places, ", ").strip() for ours, places in called.items()}
    given = known.pop("published")
    if day := days.read(given):
        known |= {"published": day, "published_basis": "stated", "published_note": f"as {name} states it"}
    elif given:
        odd = next(filter(None, map(days.odd, days.all_in(given))), "")
        why = f", {odd}" if odd else ", which can be read in two ways" if days.unclear(given) else ""
        notes.append(("value not used", f"{where}: the date is {given[:40]!r}{why}", "write it as YYYY-MM-DD"))
    text = cell(texts, "\n\n")
    if lost := text.count("\ufffd"):
        notes.append(("encoding", f"{where}: {lost} characters were lost when the table was written or read",
                      "export the table again as UTF-8"))
    if known["headline"] and text and not text.lstrip().startswith(known["headline"]):
        text = f"{known['headline']}\n\n{text}"
    mended = decoding.mend(text)[0] if len(text) <= files.LONGEST else text  # which will be left out
    return files.Source(mended, text.encode("utf-8", "surrogatepass"), part,
                        {key: value for key, value in known.items() if value}, tuple(notes))


def _words(value: object, between: str) -> str:
    """A value of a table as words: a list of words joined, of a record its name; empty for what is neither."""
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or ""
    if isinstance(value, list | tuple):
        return between.join(value) if all(isinstance(part, str) for part in value) else ""
    return "" if value is None or isinstance(value, Mapping) else str(value)


def archive(path: pathlib.Path) -> Iterator[files.Source]:
    """A web archive (WARC, packed or not): each page that was answered with success, numbered in order, unread."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
    _head(path)
    number = 0
    with open(path, "rb") as handle:
        try:
            for record in ArchiveIterator(handle):
                kind = (record.http_headers.get_header("Content-Type") or "") if record.http_headers else ""
                if record.rec_type != "response" or "html" not in kind or record.http_headers.get_statuscode() != "200":
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                data = record.content_stream().read(files.LARGEST)
                if len(data) < files.LARGEST and getattr(record.raw_stream, "limit", 0):
                    raise EOFError("the next page is cut off")
                number += 1
                yield files.Source("", data, str(number), {"url": url}, page=True, encoding=_charset(kind))
        except (ArchiveLoadFailed, EOFError, OSError, AttributeError, ValueError, zlib.error) as error:
            why = "".join(c if c.isprintable() else "?" for c in str(error)[:100])
            raise files.Unreadable("file not readable", f"the archive is damaged after page {number}: {why}",
                                   "fetch or copy it again; the pages before are read") from error
    if not number:
        raise files.Unreadable("no page", "the archive holds no web page that was answered with success",
                               "check that the pages were fetched")


def _charset(kind: str) -> str:
    """The encoding in a Content-Type; empty where it names none."""
    return kind.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
