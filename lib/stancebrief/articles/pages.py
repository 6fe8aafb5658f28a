"""Web pages to main text and what the page says of itself, by trafilatura; walls and stubs are named."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator

import trafilatura
from lxml import html

from stancebrief.articles import decoding, files, published

WALLS = (
    ("paywall", re.compile(r"subscribe(?:rs)? (?:to|now|for|only)|already a (?:subscriber|member)|to continue reading|"
                           r"unlock this (?:article|story)|for subscribers|start your (?:free )?trial|"
                           r"register (?:for free )?to (?:read|continue)", re.I),
     "only the beginning is there, the rest is for subscribers"),
    ("cookie wall", re.compile(r"accept (?:all )?cookies|we (?:and our partners )?use cookies|manage consent|"
                               r"manage cookies|your privacy (?:choices|is important)|our \d+ partners store|"
                               r"(?:reject|accept) all or withdraw", re.I),
     "the page asked for consent to cookies in place of the article"),
    ("robot check", re.compile(r"are you a (?:human|robot)|enable javascript|verify (?:that )?you are human|"
                               r"checking your browser|access denied|captcha", re.I),
     "the site kept the reader out in place of the article"),
)
STUB = 150  # words; a page with less main text and the words of a wall is that wall
PAID = 400  # words; so is one with less that says in its structured data that one must pay
SHORT = 30  # characters; a line of a menu
ENCODING = re.compile(rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|"""
                      rb"""<\?xml[^>]{0,100}encoding=["']([\w.:-]{2,40})""", re.I)
COMMENTS = re.compile(r"(?:view |show )?(?:all )?(?:\d+ )?(?:reader )?comments?(?: \(\d+\))?:?|"
                      r"leave a (?:reply|comment)|join the (?:discussion|conversation)", re.I)
COMMENTED = re.compile(r"^(?:reply|report|like|flag|\d+ likes?)$|^.{2,40} (?:wrote|says|commented):|"
                       r"\b(?:minute|hour|day|week|month|year)s? ago$|^log in to (?:reply|comment)", re.I)
EMBEDDED = re.compile(r"(?<=data:)[\w/+.-]{1,60};base64,[A-Za-z0-9+/=]{1000,}+")  # pictures in the page's own file
BLOCKS = frozenset("p li div td h1 h2 h3 h4 h5 h6 section article blockquote".split())
SAVE = "save the article's text as plain text"


def read(data: bytes, encoding: str = "") -> Iterator[files.Source]:
    """The page's main text, one paragraph a line, with title, day, outlet and address as the page states them.

    `encoding`: what the server said. Raises files.Unreadable if the page has no main text. Its headline is the text's
    first line. The language is not taken from the page: many are made from another language's template.
    """
    text_of_page = EMBEDDED.sub("", decoding.decode(data, encoding or _declared(data)).text)
    tree = trafilatura.load_html(text_of_page)
    visible = "" if tree is None else _visible(tree)
    if len(visible) > files.LONGEST:
        raise files.Unreadable("too long", f"{len(visible):,} characters are more than one article; left out",
                               "save the article as a page of its own")
    found = None if tree is None else trafilatura.bare_extraction(
        text_of_page, include_comments=False, include_tables=False, favor_precision=False, with_metadata=True,
        deduplicate=False, date_extraction_params={"extensive_search": False, "original_date": True})
    text = (found.text or "").strip() if found else ""
    wall = next(((name, why) for name, pattern, why in WALLS if pattern.search(visible)), None)
    if not text or (whole := _whole(text, found.title or "")):
        name, why = (whole if text else wall) or ("no text", "no main text was found on the page")
        raise files.Unreadable(name, why, SAVE)
    day, notes = published.day(tree)
    words = len(text.split())
    paid = not published.free(tree)
    if paid and words < PAID:
        wall = ("paywall", WALLS[0][2])
    if wall and words < (PAID if paid else STUB):
        notes.append((wall[0], f"{wall[1]}; {words} words were found", "save the whole article's text as plain text"))
    if (count := _articles(tree)) > 1:
        notes.append(("several articles", f"the page seems to hold {count}; one was read", "save each as its own page"))
    outlet = published.outlet(tree) or (urllib.parse.urlsplit(found.url or "").hostname or "").removeprefix("www.")
    known = {"headline": found.title or "", "outlet": outlet, "url": found.url or ""}
    if day:
        known |= dict(zip(("published", "published_basis", "published_note"), day, strict=True))
    headline = " ".join((found.title or "").split())
    if headline and not text.startswith(headline):
        text = f"{headline}\n\n{text}"
    yield files.Source(text, data, metadata={k: v for k, v in known.items() if v}, notes=tuple(notes),
                       aside=_links(tree, headline) | _comments(text))


def _declared(data: bytes) -> str:
    """The encoding that the page's first bytes name; empty if they name none."""
    match = ENCODING.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", "replace") if match else ""


def _articles(tree: html.HtmlElement) -> int:
    """How many texts the page marks as articles that are as long as one."""
    return sum(1 for one in tree.iter("article") if next(one.iterancestors("article"), None) is None
               and len(" ".join(one.itertext("p", "div")).split()) > STUB / 2)


def _links(tree: html.HtmlElement, headline: str) -> dict[str, str]:
    """The paragraphs and list items that are one link from end to end and no sentence: titles of other pages."""
    found, seen = set(), set()
    for link in tree.iter("a"):
        words = " ".join(link.text_content().split())
        block = next((one for one in link.iterancestors() if one.tag in BLOCKS), None)
        if block is None or block in seen or block.tag == "h1" or words == headline or not words or (
                words.endswith((".", "!", "?", "”", '"'))):
            continue
        seen.add(block)  # its first link is the whole of it or none is
        whole = " ".join(block.text_content().split())
        if whole.removeprefix(words).strip(" »›→>|-–—") == "":
            found.add(whole)
    return dict.fromkeys(found, "link to another page")


def _comments(text: str) -> dict[str, str]:
    """The lines below the title of the readers' comments, where these follow most of the text and look like such."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        rest = lines[at + 1:]
        if COMMENTS.fullmatch(line.strip()) and sum(map(len, lines[:at])) > len(text) / 2 and any(
                map(COMMENTED.search, rest)):
            return {" ".join(one.split()): "comment of a reader" for one in rest if one.strip()}
    return {}


def _visible(tree: html.HtmlElement) -> str:
    return " ".join(tree.xpath("//text()[not(ancestor::script or ancestor::style)]"))


def _whole(text: str, headline: str) -> tuple[str, str] | None:
    """The wall that the main text is, if its paragraphs, without headline and menu, are mostly that wall's words."""
    lines = [line for line in text.splitlines() if len(line) > SHORT and line.strip() != headline.strip()]
    for name, pattern, why in WALLS:
        held = sum(len(line) for line in lines if pattern.search(line))
        if held > sum(map(len, lines)) / 2:
            return name, why
    return None
