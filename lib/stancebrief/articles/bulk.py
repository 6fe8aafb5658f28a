"""Files that hold many articles: tables (CSV, JSONL, Parquet) and web archives (WARC), read one article at a time."""

from __future__ import annotations

import csv
import json
import pathlib
import sys
from collections.abc import Iterator, Mapping

from stancebrief.articles import decoding, files, metadata

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
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        with open(path, encoding=encoding, errors="replace", newline="") as handle:
            rows = csv.DictReader(handle, delimiter=max(",;\t", key=first.count), strict=True)
            yield from _rows(({str(k): v for k, v in row.items() if isinstance(v, str)} for row in rows), path.name,
                             rows.fieldnames or [], columns)
    except csv.Error as error:
        raise files.Unreadable("file not readable", f"the table is damaged near line {rows.line_num}: {error}",
                               SAVE) from error


def lines(path: pathlib.Path, columns: Mapping[str, str] = {}) -> Iterator[files.Source]:
    """A JSON Lines file, one object an article; a line that is no object is told and the others are read."""
    _head(path)
    with open(path, "rb") as handle:
        for number, line in enumerate(handle, start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(decoding.decode(line).text.removeprefix("\ufeff"))
                if not isinstance(value, dict):
                    raise ValueError(f"it is a {type(value).__name__}")
            except ValueError as error:
                note = ("row not readable", f"line {number} is no JSON object: {error}", "write one object a line")
                yield files.Source("", line, str(number), notes=(note,))
                continue
            yield from _rows([{str(k): str(v) for k, v in value.items() if v is not None}], path.name, list(value),
                             columns, number)


def parquet(path: pathlib.Path, columns: Mapping[str, str] = {}) -> Iterator[files.Source]:
    """A Parquet table, one row an article, in batches, so that its size does not matter."""
    import pyarrow
    import pyarrow.parquet
    try:
        table = pyarrow.parquet.ParquetFile(path)
        number = 1
        for batch in table.iter_batches(batch_size=ROWS):
            rows = [{k: str(v) for k, v in row.items() if v is not None} for row in batch.to_pylist()]
            yield from _rows(rows, path.name, table.schema_arrow.names, columns, number)
            number += len(rows)
    except pyarrow.ArrowException as error:
        reason = f"the Parquet file is damaged: {str(error)[:200].rstrip('.')}"
        raise files.Unreadable("file not readable", reason, SAVE) from error


def _head(path: pathlib.Path) -> bytes:
    with open(path, "rb") as handle:
        head = handle.read(1_000_000)
    if not head.strip():
        raise files.Unreadable("empty file", "the file has no bytes", "export the table again, or remove it")
    return head


def _rows(rows: Iterator[Mapping[str, str]] | list[dict[str, str]], name: str, columns: list[str],
          theirs: Mapping[str, str], number: int = 1) -> Iterator[files.Source]:
    """The articles in a table's rows; `theirs` says what its columns are called where our names would not find them.

    Raises Unreadable if no column can be the text.
    """
    lower = {str(column).strip().lower(): column for column in columns}
    mapped = {metadata.named(ours): column.strip().lower() for ours, column in theirs.items()}
    lacking = [f"{ours}: {column}" for ours, column in mapped.items() if column not in lower]
    called = {ours: (mapped[ours],) if mapped.get(ours) in lower else names
              for ours, names in {"text": metadata.TEXT, **metadata.NAMES}.items()}
    texts = [lower[word] for word in called.pop("text") if word in lower]
    if not texts:
        said = f" (study.yaml says {', '.join(lacking)})" if lacking else ""
        raise files.Unreadable("no text column", f"{name} has the columns {', '.join(map(str, columns))[:300]}{said}",
                               REMEDY)
    for at, row in enumerate(rows, start=number):
        known = {ours: next((row[lower[word]].strip() for word in names if word in lower and row.get(lower[word])), "")
                 for ours, names in called.items()}
        notes = [("column not there", f"study.yaml says {line}, but {name} has no such column",
                  "mend `columns` in study.yaml") for line in lacking if at == 1]
        given = known.pop("published")
        if metadata.is_day(given[:10]):
            known |= {"published": given[:10], "published_basis": "stated", "published_note": f"as {name} states it"}
        elif given:
            notes.append(("value not used", f"{name}, row {at}: the date is {given[:40]!r}", "write it as YYYY-MM-DD"))
        text = next((row[column] for column in texts if row.get(column)), "")
        if known["headline"] and text and not text.lstrip().startswith(known["headline"]):
            text = f"{known['headline']}\n\n{text}"
        yield files.Source(decoding.mend(text)[0], text.encode("utf-8", "surrogatepass"), str(at),
                           {key: value for key, value in known.items() if value}, tuple(notes))


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
                number += 1
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                yield files.Source("", record.content_stream().read(files.LARGEST), str(number), {"url": url},
                                   page=True)
        except (ArchiveLoadFailed, EOFError, OSError) as error:
            raise files.Unreadable("file not readable", f"the archive is damaged after page {number}: {error}",
                                   "fetch or copy it again; the pages before are read") from error
