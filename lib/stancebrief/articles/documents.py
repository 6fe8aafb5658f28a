"""Readers of files that are no plain text: Markdown, PDF, Word. Each gives the text a reader would see."""

from __future__ import annotations

import io
import itertools
import logging
import pathlib
import re
import statistics
import zipfile
from collections.abc import Iterator

import yaml

from stancebrief.articles import days, decoding, files, metadata, pages

UNPACKED = 200_000_000  # bytes that a Word file may hold when unpacked, and
PACKED = 200            # times its size: beyond either it is no article but a bomb
MARKED = 100_000        # characters of Markdown: its marks can be nested so that reading them takes hours
FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.S)
SAVE = "save the article as plain text (UTF-8)"
UNLOCK = "print it to a PDF without a password, or save the article as plain text"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What is in a Word file and not shown: struck or moved away, and what old programs show in place of a text box. And
# what is in a paragraph and not of it: the tabs of its style, a text box, whose paragraphs are read as such.
UNSEEN = frozenset({f"{WORD}del", f"{WORD}moveFrom",
                    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
STRUCK = UNSEEN | {f"{WORD}pPr", f"{WORD}txbxContent"}


def page(path: pathlib.Path) -> Iterator[files.Source]:
    """A web page: its main text and what it says of itself."""
    yield from pages.read(files.content(path))


def markdown(path: pathlib.Path) -> Iterator[files.Source]:
    """A Markdown file: the words without the marks, one block a paragraph; front matter is taken as metadata."""
    import mistune  # comes with nbconvert
    data = files.content(path)
    if words := decoding.binary(data):
        raise files.Unreadable("not a text file", f"it holds {words}", SAVE)
    text = decoding.mend(decoding.decode(data).text)[0]
    known, notes = {}, []
    if len(text) > MARKED:
        note = ("marks not read", f"{len(text):,} characters are too many to be read as Markdown; read as plain text",
                "check that the file holds one article")
        yield files.Source(text, data, notes=(note,))
        return
    if match := FRONT.match(text):
        text = text[match.end():]
        try:
            known, notes = _front(yaml.load(match.group(1), yaml.BaseLoader))  # all values as they are written
        except (yaml.YAMLError, RecursionError) as error:
            notes.append(("front matter not read", str(error).split("\n")[0], "check the lines between the two ---"))
    blocks = [" ".join(block.split()) for block in _blocks(mistune.create_markdown(renderer=None)(text))]
    yield files.Source("\n\n".join(block for block in blocks if block) + "\n", data, metadata=known,
                       notes=tuple(notes))


def _front(values: object) -> tuple[dict[str, str], list[files.Note]]:
    """Metadata from a Markdown file's front matter, and what of it could not be used."""
    if not isinstance(values, dict):
        return {}, []
    given = {str(key).lower(): value.strip() for key, value in values.items() if isinstance(value, str)}
    found = {ours: next((given[name] for name in names if given.get(name)), "")
             for ours, names in metadata.NAMES.items()}
    notes = []
    if written := found["published"]:
        found["published"] = days.read(written)
        found |= {"published_basis": "stated", "published_note": "as the file's front matter states it"}
        if not found["published"]:
            notes.append(("value not used", f"front matter: the date is {written[:40]!r}", "write it as YYYY-MM-DD"))
            found = {key: value for key, value in found.items() if not key.startswith("published")}
    return {key: value for key, value in found.items() if value}, notes


def _blocks(tokens: list[dict]) -> Iterator[str]:
    """The text of each block of a Markdown document."""
    for token in tokens:
        if token["type"] in ("paragraph", "heading", "block_text"):
            yield _inline(token.get("children", []))
        elif token["type"] in ("block_code", "block_html"):
            yield re.sub(r"<[^>]*>", " ", token.get("raw", ""))
        else:
            yield from _blocks(token.get("children") or [])


def _inline(tokens: list[dict]) -> str:
    breaks = {"softbreak": " ", "linebreak": " "}
    return "".join(breaks.get(token["type"]) or ("" if token["type"] in ("image", "inline_html") else
                   _inline(token["children"]) if "children" in token else token.get("raw", "")) for token in tokens)


def pdf(path: pathlib.Path) -> Iterator[files.Source]:
    """A PDF with text: lines put together to paragraphs, lines that stand on most pages left out and told."""
    import pypdf
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said in the problems table
    data = files.content(path)
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        locked = document.is_encrypted and not document.decrypt("")
        sheets = [] if locked else [sheet.extract_text() or "" for sheet in document.pages]
    except pypdf.errors.DependencyError as error:
        raise files.Unreadable("locked file", f"the PDF is encrypted ({error})", UNLOCK) from error
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise files.Unreadable("file not readable", f"the PDF is damaged: {error}", SAVE) from error
    if locked:
        raise files.Unreadable("locked file", "the PDF asks for a password", UNLOCK)
    lines = [[line.strip() for line in sheet.splitlines()] for sheet in sheets]
    running = _running(lines)
    text = "\n\n".join(part for sheet in lines for part in _paragraphs([x for x in sheet if _shape(x) not in running]))
    if not text.strip():
        raise files.Unreadable("no text", f"its {len(sheets)} pages hold pictures, no text",
                               "have the text recognised (OCR) and save it as plain text")
    notes = [("lines left out", f"they stand on most pages: {', '.join(sorted(running))[:300]}",
              "nothing to do if they are page numbers and titles")] if running else []
    yield files.Source(text + "\n", data, notes=tuple(notes))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _running(sheets: list[list[str]]) -> set[str]:
    """The shapes of lines that stand first or last on most of at least three pages."""
    edges = [{_shape(line) for line in [*filter(None, sheet)][:2] + [*filter(None, sheet)][-2:]} for sheet in sheets]
    return {shape for shape in set().union(*edges) if len(edges) >= 3
            and sum(shape in edge for edge in edges) > len(edges) / 2} if edges else set()


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines of a column put together: a paragraph ends at a blank line, or where a short line ends a sentence."""
    usual = statistics.median([len(line) for line in lines if line] or [0])
    held = ""
    for line in lines:
        if line:
            held = held[:-1] + line if re.search(r"[a-z]-$", held) and line[:1].islower() else f"{held} {line}".strip()
        if held and (not line or (len(line) < 0.75 * usual and line.endswith((".", "”", '"', "!", "?")))):
            yield held
            held = ""
    if held:
        yield held


def word(path: pathlib.Path) -> Iterator[files.Source]:
    """A Word file (.docx): its paragraphs. One that unpacks to far more than it is refused before unpacking."""
    import docx
    data = files.content(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > UNPACKED or size > PACKED * len(data) + 1_000_000:
            raise files.Unreadable("file too large unpacked", f"{len(data):,} bytes unpack to {size:,}", SAVE)
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        if isinstance(error, files.Unreadable):
            raise
        raise files.Unreadable("file not readable", f"the Word file is damaged: {error}", SAVE) from error
    body = document.element.body
    parts = [_shown(paragraph).strip() for paragraph in body.iter(f"{WORD}p")
             if not any(one.tag in UNSEEN for one in paragraph.iterancestors())]
    text = "\n\n".join(part for part in parts if part)
    if not text:
        raise files.Unreadable("no text", "the Word file has no paragraphs", SAVE)
    changed = sum(1 for _ in body.iter(f"{WORD}ins", f"{WORD}del", f"{WORD}moveTo"))
    notes = [("tracked changes", f"{changed} changes are not accepted yet; the text was read as if they were",
              "accept or reject the changes in Word and save the file again")] if changed else []
    yield files.Source(text + "\n", data, notes=tuple(notes))


def _shown(paragraph: object) -> str:
    """The words of a paragraph as they stand with all changes accepted: what was put in is read, what was struck not.

    Words in content controls, links and tables count; a text box is a paragraph of its own.
    """
    parts, wanted = [], {f"{WORD}t": None, f"{WORD}tab": " ", f"{WORD}br": " ", f"{WORD}cr": " ",
                         f"{WORD}noBreakHyphen": "-"}
    for mark in paragraph.iter(*wanted):
        above = list(itertools.takewhile(lambda one: one is not paragraph, mark.iterancestors()))
        if not any(one.tag in STRUCK for one in above):
            parts.append(wanted[mark.tag] or mark.text or "")
    return "".join(parts)
