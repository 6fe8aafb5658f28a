"""When and by whom a web page says it was published: what is stated, what may be inferred, and nothing that is guessed.

Libraries that find dates take the year of a copyright line, the day of a reader's comment or today's date in the head
of the page where there is nothing better. A day that is not known is better than such a one.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator

from lxml import html

from stancebrief.articles import days

# Names of meta marks that give the day of publication; those of the second row are also used for the day of the page.
STATING = frozenset("""article:published_time og:article:published_time article:published og:published_time
    datepublished date_published pubdate publishdate publish-date publish_date publication_date publication-date
    publicationdate dc.date.issued dcterms.issued dcterms.date.issued sailthru.date parsely-pub-date
    cxenseparse:recs:publishtime originalpublicationdate rnews:datepublished article_date_original""".split())
HINTING = frozenset("date dc.date dcterms.date article.created dc.date.created dcterms.created displaydate".split())
ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Posting)$")
STAMP = re.compile(r"(?:^|[\s_-])(?:date|time|publish(?:ed)?|posted|pubdate|timestamp|dateline|byline)", re.I)
NOT_THIS = re.compile(r"updat|modif|comment|relat|recirc|recommend|footer|copyright|sidebar|teaser|promo|trending|"
                      r"widget|most-?read|latest|newsletter|\bcard|\bnav|event|today", re.I)
ELSEWHERE = frozenset({"aside", "footer", "nav", "form", "li", "blockquote", "figure"})
UPDATED = re.compile(r"updat|modif|edited|correct", re.I)

NO_OUTLET = frozenset({"wordpress", "blogger", "home", "news", "website", "my site", "index", "arc xp"})

Found = tuple[str, str, str]  # day or empty, how it is known, from where
Note = tuple[str, str, str]


def day(tree: html.HtmlElement) -> tuple[Found | None, list[Note]]:
    """(the day of publication with how it is known and from where, or None; notes on days that could not be used)."""
    stated = [*_structured(tree), *_meta(tree, STATING), *_marked(tree)]
    for found, basis, where in (
            (stated, "stated", "as the page states it"),
            (list(_meta(tree, HINTING)), "inferred", "from a mark in the page's head that may be of the page"),
            (list(_beside(tree)), "inferred", "from a date beside the text")):
        known = sorted({day for text in found if (day := days.read(text))})
        if len(known) == 1:
            return (known[0], basis, where), []
        if len(known) == 2 and _next(*known):
            # The same hour is in two days, by the clocks of two places.
            return (known[0], "inferred", f"the page states {known[0]} and {known[1]}"), []
        if known:
            return None, [("value not used", f"the page gives {len(known)} days of publication: "
                           f"{', '.join(known[:5])}", "write the right one into articles.csv")]
        if strange := sorted(day for text in found for day in days.all_in(text) if days.odd(day)):
            return None, [("value not used", f"the page's day of publication is {strange[0]}: {days.odd(strange[0])}",
                           "write the day into articles.csv as YYYY-MM-DD")]
        if written := next(filter(None, map(days.unclear, found)), ""):
            return None, [("value not used", f"the page's date {written!r} can be read in two ways",
                           "write the day into articles.csv as YYYY-MM-DD")]
    return None, []


def outlet(tree: html.HtmlElement) -> str:
    """Who publishes the page, as it states: its site's name, else the publisher in its structured data; else empty.

    Not the name of an account elsewhere, nor of the program that the site is made with.
    """
    for mark in tree.iter("meta"):
        if (mark.get("property") or mark.get("name") or "").lower() == "og:site_name" and _named(mark.get("content")):
            return _named(mark.get("content"))
    names = (item.get("publisher") for item in _items(tree))
    return next(filter(None, (_named(one.get("name") if isinstance(one, dict) else one) for one in names)), "")


def _named(name: object) -> str:
    words = " ".join(name.split()) if isinstance(name, str) else ""
    return "" if words.lower() in NO_OUTLET else words


def free(tree: html.HtmlElement) -> bool:
    """False where the page says in its structured data that one must pay for what it holds."""
    said = [str(item.get("isAccessibleForFree", "")).lower() for item in _items(tree)]
    return not any(value.rsplit("/", 1)[-1] == "false" for value in said)


def _next(one: str, other: str) -> bool:
    return datetime.date.fromisoformat(other) - datetime.date.fromisoformat(one) == datetime.timedelta(days=1)


def _items(tree: html.HtmlElement) -> Iterator[dict[str, object]]:
    """The articles that the page's structured data (JSON-LD) tells of, without those inside others."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            told = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for one in told if isinstance(told, list) else [told]:
            graph = one.get("@graph") if isinstance(one, dict) else None
            for item in graph if isinstance(graph, list) else [one]:
                kinds = item.get("@type") if isinstance(item, dict) else ""
                if any(ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield item


def _structured(tree: html.HtmlElement) -> Iterator[str]:
    items = [item for item in _items(tree) if item.get("datePublished")]
    titles = [_plain(one.text_content()) for one in tree.iter("h1", "title")]
    ours = [item for item in items if (name := _plain(str(item.get("headline") or item.get("name") or "")))
            and any(name in title or title in name for title in titles if title)]
    yield from (str(item["datePublished"]) for item in ours or items)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _meta(tree: html.HtmlElement, names: frozenset[str]) -> Iterator[str]:
    for mark in tree.iter("meta"):
        if any((mark.get(key) or "").strip().lower() in names for key in ("property", "name", "itemprop", "id")):
            if mark.get("itemprop") is None or not _aside(mark):
                yield mark.get("content") or ""


def _marked(tree: html.HtmlElement) -> Iterator[str]:
    """Dates in the text's own marks that say they are of publication."""
    for mark in tree.iter("time", "span", "div", "p", "abbr"):
        if (mark.get("itemprop") == "datePublished" or mark.get("pubdate") is not None) and not _aside(mark):
            yield mark.get("datetime") or mark.get("content") or mark.text_content()[:80]


def _beside(tree: html.HtmlElement) -> Iterator[str]:
    """Dates in marks that stand with the article's headline or in it, and do not speak of an update."""
    for mark in tree.iter("time", "span", "div", "p", "b", "em", "small", "address"):
        named = f"{mark.get('class') or ''} {mark.get('id') or ''}"
        if mark.tag != "time" and not (STAMP.search(named) and len(mark.text_content()) <= 120):
            continue
        words = mark.text_content()
        around = mark.getparent()
        before = (around.text or "") if around is not None and mark.getprevious() is None else ""
        if UPDATED.search(f"{before} {words} {named}") or _aside(mark) or not _with_headline(mark):
            continue
        yield mark.get("datetime") or words


def _with_headline(mark: html.HtmlElement) -> bool:
    above = list(mark.iterancestors())
    return any(one.tag in ("article", "main") for one in above) or any(
        one.tag not in ("body", "html") and next(one.iter("h1"), None) is not None for one in above[:3])


def _aside(mark: html.HtmlElement) -> bool:
    """Whether the mark is in a part of the page that is not the article: a list of others, comments, the foot."""
    for one in (mark, *mark.iterancestors()):
        if one.tag in ELSEWHERE or (one.tag not in ("body", "html", "main") and NOT_THIS.search(
                f"{one.get('class') or ''} {one.get('id') or ''}")):
            return True
    return False
