"""Bytes to text: which encoding, what was damaged, and the way back from each character to the file's own."""

from __future__ import annotations

import codecs
import contextlib
import dataclasses
import html
import re

import charset_normalizer
import ftfy
import ftfy.badness

# What a byte above 127 stands for in English news: typographic marks, then the accented letters of names.
PAIRED = frozenset("“”‘’«»—–…\u00a0")  # those that also stand side by side
MARKS = PAIRED | frozenset("•·€£°½©®™")
LETTERS = frozenset("áàâäãåçéèêëíìîïñóòôöõøšúùûüýžß")
OFTEN = ("cp1252", "mac_roman", "gb18030")  # what English news comes in when it is not UTF-8; the last from East Asia
# What pages are written in that name an encoding which lacks some of their characters.
WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
         "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932"}
PLAUSIBLE = re.compile(r"[\x00-\u024f\u2010-\u205e\u20ac\u2122]+")
RUNS = re.compile(r"[^\x00-\x7f]+")
SEVEN = re.compile(r"iso-2022|utf-7|hz\b", re.I)
CODE = re.compile(r"&(?:amp;)*(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[lrbs]?[dsb]?quo|quot|apos|amp|nbsp|[nm]dash|hellip|"
                  r"[lr]aquo|euro|pound|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron)|szlig);")
LOST = re.compile("â€(?:\ufffd|\x9d|$)")  # “ and ” end in a byte that some programs cannot write; that of ” is the one
RUN = re.compile(f"{RUNS.pattern}|{CODE.pattern}")
LED = re.compile(r"[\u00c2-\u00f4][^\x00-\x7f]")  # how every character begins that was decoded byte by byte
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAGIC = ((b"%PDF-", "a PDF"), (b"PK\x03\x04", "a zip archive (as .docx is)"), (b"\x89PNG", "a picture"),
         (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"\x1f\x8b", "a gzip archive"),
         (b"PAR1", "a Parquet table"), (b"\xd0\xcf\x11\xe0", "an old Office file"), (b"\x7fELF", "a program"))


@dataclasses.dataclass(frozen=True)
class Decoded:
    """A file's text, the encoding it was read with, and what to say about it (empty where all is plain UTF-8)."""

    text: str
    encoding: str
    note: str = ""


def binary(data: bytes) -> str:
    """What the bytes are if they are no text, in words; empty if they may be text."""
    for magic, words in MAGIC:
        if data.startswith(magic):
            return words
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _wide(data):
        return ""
    head = data[:100_000]
    return "bytes that are no text" if len(CONTROL.findall(head)) > len(head) / 500 else ""


def _wide(data: bytes) -> str:
    """The UTF-16 that bytes without a mark seem to be, by where their zero bytes stand; empty if none."""
    head = data[:4000]
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0) / (len(head) / 2), head[1::2].count(0) / (len(head) / 2)
    return "utf-16-le" if odd > 0.6 > 0.1 > even else "utf-16-be" if even > 0.6 > 0.1 > odd else ""


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of the bytes, every character kept: line ends and a byte order mark too.

    UTF-8 if it can be; what is `declared` if all bytes fit it; UTF-8 with U+FFFD for a few broken bytes where the rest
    is UTF-8, so that offsets agree with any reader that does the same; else the encoding that fits English news best.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return Decoded(data.decode("utf-32", errors="replace"), "utf-32", "written in UTF-32")
    if SEVEN.match(declared):  # their bytes are those of ASCII
        with contextlib.suppress(LookupError, ValueError):
            return Decoded(data.decode(declared), declared.lower())
    if wide := "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else _wide(data):
        return Decoded(data.decode(wide, errors="replace"), wide, "written in UTF-16")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    with contextlib.suppress(LookupError, ValueError):  # no such encoding, or not this one
        if declared:
            return Decoded(data.decode(WIDER.get(declared.lower(), declared)), declared.lower())
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    whole = sum(len(run) for run in RUNS.findall(lenient)) - broken
    if broken <= whole or (broken == 1 and lenient.endswith("\ufffd")):
        return Decoded(lenient, "utf-8", f"UTF-8 with {broken} broken character{'s' * (broken > 1)}, shown as \ufffd")
    share, name = max((_expected(data, name), name) for name in OFTEN)
    if share < 0.3:
        best = charset_normalizer.from_bytes(data).best()
        name = best.encoding if best else "cp1252"
    return Decoded(data.decode(name, errors="replace"), name, f"not UTF-8; read as {name}")


def _expected(data: bytes, encoding: str) -> float:
    """How far the characters above 127 are those of English news, if read in this encoding; 0-1.

    An accented letter counts half, and it and a sign only if they stand alone: read wrongly, a mark looks like one of
    these, and a whole word in another alphabet like a run of them.
    """
    runs = RUNS.findall(data.decode(encoding, errors="replace"))
    right = sum(len(run) if PAIRED.issuperset(run) else (run in MARKS) + 0.5 * (run in LETTERS) for run in runs)
    return right / sum(map(len, runs)) if runs else 0.0


def mend(text: str) -> tuple[str, list[int] | None]:
    """The text with mojibake turned back (`â€œ` to `“`), and for each character of it the place in the text given.

    The list has one more entry than the mended text has characters, so that it maps span ends too; it is None where
    nothing was mended. Only runs of non-ASCII characters that ftfy holds to be mojibake are touched, and only where
    marks and Latin letters come out; and marks and letters written as codes of HTML (`&ldquo;`), but not `&lt;`.
    """
    odd = bool(LED.search(text) and ftfy.badness.is_bad(text)) or "â€" in text
    if not odd and not CODE.search(text):
        return text, None
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for run in (RUN if odd else CODE).finditer(text):
        parts.append(text[at:run.start()])
        places.extend(range(at, run.start()))
        fixed = _mended(run.group())
        parts.append(fixed)
        if len(fixed) == len(run.group()):
            places.extend(range(run.start(), run.end()))
        else:
            places.extend(run.start() + k * len(run.group()) // len(fixed) for k in range(len(fixed)))
        at = run.end()
    parts.append(text[at:])
    places.extend(range(at, len(text) + 1))
    mended = "".join(parts)
    return (mended, places) if mended != text else (text, None)


def _mended(run: str) -> str:
    """What a run of characters, or a code, was before; the run itself where that is not plain."""
    if run.isascii():
        fixed = run
        while (after := html.unescape(fixed)) != fixed:
            fixed = after
        return fixed if len(fixed) == 1 and fixed not in "<>" and (fixed.isprintable() or fixed == "\u00a0") and (
            PLAUSIBLE.fullmatch(fixed)) else run
    whole = LOST.sub("”", run)
    fixed = ftfy.fix_encoding(whole) if ftfy.badness.is_bad(whole) else whole
    return fixed if len(fixed) < len(run) and PLAUSIBLE.fullmatch(fixed) else run
