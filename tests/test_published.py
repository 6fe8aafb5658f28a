"""When a page says it was published: stated, inferred or not known, and never guessed."""

import json

import pytest
from lxml import html

from stancebrief.articles import published

TEXT = "<h1>Envoys trade blame</h1><p>The envoy spoke.</p>"
ARTICLE = f"<article>{TEXT}</article>"


def told(**values):
    said = {"@type": "NewsArticle", "headline": "Envoys trade blame", **values}
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


def day(body, head=""):
    return published.day(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


@pytest.mark.parametrize("head, body", [
    (told(datePublished="2022-06-09T23:50:00-04:00", dateModified="2022-07-01"), ARTICLE),
    (told(**{"@graph": [{"@type": "Article", "datePublished": "2022-06-09"}], "@type": ""}), ARTICLE),
    ('<meta property="article:published_time" content="2022-06-09T10:00:00Z">', ARTICLE),
    ("", '<article><time itemprop="datePublished" datetime="2022-06-09">9 June</time></article>'),
    # another article's day beside our own
    (told(headline="Storm nears", datePublished="2019-01-01") + told(datePublished="2022-06-09"), ARTICLE),
])
def test_a_day_that_the_page_states_is_stated(head, body):
    assert day(body, head) == (("2022-06-09", "stated", "as the page states it"), [])


@pytest.mark.parametrize("head, body", [
    ("", f'<article>{TEXT}<span class="date">June 9, 2022</span></article>'),
    ("", f'<div><div><time>9 June 2022</time></div>{TEXT}</div>'),
    ('<meta name="date" content="2022-06-09">', ARTICLE),
    # one hour, two days
    (told(datePublished="2022-06-10T02:00:00Z")
     + '<meta property="article:published_time" content="2022-06-09T22:00:00-04:00">', ARTICLE),
])
def test_a_day_that_the_page_does_not_say_is_of_the_article_is_inferred(head, body):
    found, notes = day(body, head)
    assert found[:2] == ("2022-06-09", "inferred") and not notes


@pytest.mark.parametrize("head, body", [
    ("", ARTICLE + "<footer>© 2019 Example Media</footer>"),
    ("", f"<article>{TEXT}<p>The last test was on September 3, 2017.</p></article>"),
    ("", ARTICLE + '<aside><a href="/x">Old</a> <time datetime="2019-02-28">28 Feb</time></aside>'),
    ("", ARTICLE + '<section id="comments"><time datetime="2023-01-15">15 Jan</time></section>'),
    ("", f'<article>{TEXT}<div class="related-stories"><time datetime="2019-02-28">x</time></div></article>'),
    ("", '<header><span class="date">Sunday, June 5, 2022</span></header>' + ARTICLE),
    ("", f'<article>{TEXT}<p class="date">Updated June 12, 2022</p></article>'),
    (told(dateModified="2022-06-09"), ARTICLE),
    ('<meta property="article:modified_time" content="2022-06-09">', ARTICLE),
    ('<script type="application/ld+json">{"@type": "VideoObject", "datePublished": "2018-01-01"}</script>', ARTICLE),
    ('<script type="application/ld+json">{"@type": "NewsArticle", </script>', ARTICLE),
])
def test_a_day_of_something_else_is_not_taken(head, body):
    assert day(body, head) == (None, [])


@pytest.mark.parametrize("head, body, words", [
    ('<meta property="article:published_time" content="05/06/2022">', ARTICLE, "two ways"),
    ("", f"<article>{TEXT}<time>05/06/2022</time></article>", "two ways"),
    (told(datePublished="2022-06-09") + '<meta name="pubdate" content="2022-03-01">', ARTICLE, "2 days"),
    (told(datePublished="1970-01-01"), ARTICLE, "no day is known"),
    (told(datePublished="2090-01-01"), ARTICLE, "still to come"),
])
def test_a_day_that_cannot_be_used_is_told(head, body, words):
    found, notes = day(body, head)
    assert found is None and words in notes[0][1]


def test_a_page_says_whether_it_is_free():
    free = [published.free(html.document_fromstring(told(isAccessibleForFree=value) + ARTICLE))
            for value in (True, False, "False", "http://schema.org/False")]
    assert free == [True, False, False, False]


@pytest.mark.parametrize("head, name", [
    ('<meta property="og:site_name" content=" The Courier ">', "The Courier"),
    (told(publisher={"@type": "Organization", "name": "Courier"}), "Courier"),
    ('<meta property="og:site_name" content="WordPress">' + told(publisher="Courier"), "Courier"),
    ('<meta name="twitter:site" content="@watcher"><meta name="application-name" content="Maker">', ""),
    ("<title>Envoys trade blame - Quarrel</title>", ""),
])
def test_the_outlet_is_who_the_page_says_and_no_account_or_program(head, name):
    assert published.outlet(html.document_fromstring(f"<html><head>{head}</head><body>{ARTICLE}</body></html>")) == name
