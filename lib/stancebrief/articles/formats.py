"""One file to the texts in it, whatever its format, with what is known from the file itself."""

from __future__ import annotations

import dataclasses
import functools
import pathlib
import re
from collections.abc import Callable, Iterator, Mapping

from stancebrief.articles import decoding, files

LONG = 100_000        # characters; longer than any news article we know of, so said but read
ENGLISH = frozenset("the of and to that is for on with was by from has said it as at have had be not are".split())
PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
TAG = re.compile(rb"<(?:/?(?:p|div|span|a|br|li|ul|h[1-6]|meta|link|script|article|section|table|td|tr)\b)", re.I)


def read(path: pathlib.Path, columns: Mapping[str, str] | None = None) -> Iterator[files.Source]:
    """The texts in the file. Raises Unreadable where the format is not known or no text is in it, and OSError.

    `columns`: what a table's own columns are called, {ours: theirs}.
    """
    name = path.name.lower()
    reader = next((reader for ending, reader in READERS.items() if name.endswith(ending)), None)
    if reader is None:
        what = path.suffix or "a name without an ending"
        raise files.Unreadable("unknown format", f"{what} is no format that is read",
                               f"save it as one of {', '.join(READERS)}")
    return reader(path, columns) if columns and name.endswith(TABLES) else reader(path)


def is_page(data: bytes) -> bool:
    """Whether the bytes are a web page, whatever the file's name says."""
    head = decoding.decode(data[:20_000]).text.removeprefix("\ufeff")
    return bool(PAGE.match(head)) or len(TAG.findall(data[:20_000])) > len(data[:20_000]) / 200 + 8


def plain(path: pathlib.Path) -> Iterator[files.Source]:
    """A text file; one that is a web page inside is read as a page, and said to be."""
    data = files.content(path)
    if words := decoding.binary(data):
        raise files.Unreadable("not a text file", f"it holds {words}", "save the article as plain text (UTF-8)")
    if is_page(data):
        from stancebrief.articles import pages
        for source in pages.read(data):
            yield dataclasses.replace(source, notes=(*source.notes, (
                "web page in a text file", "it is HTML; its main text was taken out",
                "check the text against the page, or save the article as plain text")))
        return
    if len(data) > 4 * files.LONGEST:  # four bytes is the most that a character takes
        raise files.Unreadable("too long", f"{len(data):,} bytes are more than one article; left out",
                               "split the file into one file for each article")
    yield files.Source(*_decoded(data))


def _decoded(data: bytes) -> tuple[str, bytes, str, dict[str, str], tuple[tuple[str, str, str], ...]]:
    """The fields of a Source from bytes of plain text."""
    decoded = decoding.decode(data)
    text, places = decoding.mend(decoded.text)
    notes = []
    if decoded.note:
        notes.append(("encoding", decoded.note, "check quotation marks and names, or save the file as UTF-8"))
    if places is not None:
        notes.append(("mojibake mended", f"{len(decoded.text) - len(text)} characters fewer after turning back "
                      "characters that were decoded wrongly before or written as codes of HTML",
                      "check quotation marks and names"))
    return text, data, "", {}, tuple(notes)


def _later(module: str, function: str) -> Callable[..., Iterator[files.Source]]:
    """A reader imported when it is first needed: most studies hold plain text, and the libraries take time to start."""
    def read_it(path: pathlib.Path, *columns: Mapping[str, str]) -> Iterator[files.Source]:
        from stancebrief.articles import bulk, documents, mails
        return getattr({"documents": documents, "bulk": bulk, "mails": mails}[module], function)(path, *columns)
    return read_it


@functools.cache
def _identifier() -> object:
    from py3langid import langid  # 0.7 s to start, and needed only where common English words do not settle it
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def language(text: str) -> str:
    """ISO 639-1 code of the text's language; "und" where it is too short to tell or the guess is unsure."""
    words = re.findall(r"[^\W\d_]+", text[:5_000].lower())
    if len(words) < 12:
        return "und"
    if words.count("the") > 0.02 * len(words) and sum(word in ENGLISH for word in words) > 0.15 * len(words):
        return "en"
    code, sure = _identifier().classify(text[:5_000])
    return str(code) if sure > 0.8 else "und"


PLAIN = (".txt", ".text")
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
ARCHIVES = (".warc", ".warc.gz")
MANY = TABLES + ARCHIVES  # files that hold many articles
READERS: dict[str, Callable[..., Iterator[files.Source]]] = {
    **dict.fromkeys(PLAIN, plain),
    **dict.fromkeys((".md", ".markdown"), _later("documents", "markdown")),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _later("documents", "page")),
    ".pdf": _later("documents", "pdf"), ".docx": _later("documents", "word"), ".eml": _later("mails", "mail"),
    **dict.fromkeys((".csv", ".tsv"), _later("bulk", "comma")),
    **dict.fromkeys((".jsonl", ".ndjson"), _later("bulk", "lines")), ".parquet": _later("bulk", "parquet"),
    **dict.fromkeys(ARCHIVES, _later("bulk", "archive")),
}
