"""Web pages to main text and what the page says of itself, by trafilatura; walls and stubs are named."""

from __future__ import annotations

import re
from collections.abc import Iterator

import trafilatura

from stancebrief.articles import decoding, files, metadata

WALLS = (
    ("paywall", re.compile(r"subscribe(?:rs)? (?:to|now|for|only)|already a (?:subscriber|member)|to continue reading|"
                           r"unlock this (?:article|story)|for subscribers|start your (?:free )?trial|"
                           r"register (?:for free )?to (?:read|continue)", re.I),
     "only the beginning is there, the rest is for subscribers"),
    ("cookie wall", re.compile(r"accept (?:all )?cookies|we (?:and our partners )?use cookies|manage consent|"
                               r"manage cookies|your privacy (?:choices|is important)", re.I),
     "the page asked for consent to cookies in place of the article"),
    ("robot check", re.compile(r"are you a (?:human|robot)|enable javascript|verify (?:that )?you are human|"
                               r"checking your browser|access denied|captcha", re.I),
     "the site kept the reader out in place of the article"),
)
STUB = 150  # words; a page with less main text and the words of a wall is that wall


def read(data: bytes) -> Iterator[files.Source]:
    """The page's main text, one paragraph a line, with title, day, outlet and address as the page states them.

    Raises files.Unreadable if it has no main text. The page's headline is the text's first line.
    """
    html = decoding.decode(data).text
    found = trafilatura.bare_extraction(html, include_comments=False, include_tables=False, favor_precision=False,
                                        with_metadata=True, deduplicate=False)
    text = (found.text or "").strip() if found else ""
    visible = re.sub(r"<(script|style)\b.*?</\1\s*>|<[^>]+>", " ", html, flags=re.I | re.S)
    wall = next(((name, why) for name, pattern, why in WALLS if pattern.search(visible)), None)
    if not text:
        name, why = wall or ("no text", "no main text was found on the page")
        raise files.Unreadable(name, why, "save the article's text as plain text")
    notes = []
    if wall and len(text.split()) < STUB:
        notes.append((wall[0], f"{wall[1]}; {len(text.split())} words were found",
                      "save the whole article's text as plain text"))
    known = {"headline": found.title or "", "outlet": found.sitename or "", "url": found.url or "",
             "language": (found.language or "")[:2]}
    if found.date and metadata.is_day(found.date):
        known |= {"published": found.date, "published_basis": "stated" if _says(html, found.date) else "inferred",
                  "published_note": "as the page states it" if _says(html, found.date) else "guessed from the page"}
    headline = " ".join((found.title or "").split())
    if headline and not text.startswith(headline):
        text = f"{headline}\n\n{text}"
    yield files.Source(text, data, metadata={k: v for k, v in known.items() if v}, notes=tuple(notes))


def _says(html: str, day: str) -> bool:
    """Whether the page gives the day in its own head, in a <time> mark or in its structured data."""
    return bool(re.search(r"""(?:published|datePublished|pubdate|datetime|article:published|DC\.date)[^>]{0,120}?"""
                          + re.escape(day), html, re.I)
                or re.search(re.escape(day) + r"[^>]{0,80}(?:published|pubdate)", html, re.I))
