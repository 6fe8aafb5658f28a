"""What is odd about one article, in plain words: a doubt never stops a run, but it is always said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from stancebrief.articles import files, formats, furniture, metadata

SHORTEST = 12  # words; with fewer not even the language can be told
FATAL = ("no text", "not English")  # doubts that keep an article out of the table
MARKUP = (
    (re.compile(r"<\s*/?\s*(?:script|style|iframe|object|img|svg|a|div|p|br|b|i|span)\b[^>]{0,500}>", re.I),
     "HTML tags"),
    (re.compile(r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}", re.S), "template marks"),
    (re.compile(r"^#{1,6} |\*\*[^*\n]{1,200}\*\*|!?\[[^\]\n]{1,200}\]\([^)\n]{1,500}\)|^```", re.M), "Markdown"),
)
QUOTATION = re.compile(r"[“”\"«»„]|(?<!\w)[‘'](?=\w)")


def length(name: str, text: str) -> metadata.Problem | None:
    """The problem that the text is too long to be one article, asked before any work is spent on it."""
    if len(text) <= files.LONGEST:
        return None
    return metadata.problem(name, "too long", f"{len(text):,} characters are more than one article; left out",
                            "split the file into one file for each article, or bring a table with one row for each")


def about(row: Mapping[str, object]) -> Iterator[metadata.Problem]:
    """Rows of the problems table on one row of the articles table, worst first."""
    name, text = str(row["article"]), str(row["text"])
    spans = furniture.body(text, str(row["furniture"]))
    body = "\n".join(text[a:b] for a, b in spans)
    if not body:
        yield metadata.problem(name, "no text", "nothing but white space or page furniture",
                               "put the article's text into the file")
        return
    if row["language"] not in ("en", "und"):
        yield metadata.problem(name, "not English", f"its language seems to be {row['language']!r}; left out",
                               "bring an English translation (column `translation` of articles.csv), "
                               "or write en in the column `language` if it is English")
        return
    half = len(body) // 2
    if other := sorted({formats.language(body[:half]), formats.language(body[half:])} - {"en", "und"}):
        yield metadata.problem(name, "partly not English", f"part of it seems to be {other[0]!r}; what is said there "
                               "is not found",
                               "nothing to do if the other part says the same, else bring a translation")
    if row["words"] < SHORTEST:
        yield metadata.problem(name, "very short", f"{row['words']} words are hardly an article",
                               "check that the file holds the whole article")
    if len(text) > formats.LONG:
        yield metadata.problem(name, "very long", f"{len(text):,} characters are long for one article; read in full",
                               "check that the file holds one article")
    if held := [words for pattern, words in MARKUP if pattern.search(text)]:
        yield metadata.problem(name, "markup in the text",
                               f"it holds {' and '.join(held)}, read and shown as plain characters",
                               "remove the marks if they are not the article's")
    if not QUOTATION.search(body):
        yield metadata.problem(name, "no quotation", "it holds no quotation mark; only reported speech can be found",
                               "nothing to do if the article quotes nobody; else check that its marks survived copying")
    odd = [text[a:b] for (a, b), after in zip(spans, [*spans[1:], (0, 0)], strict=True)
           if _unpaired(text[a:b]) and not _goes_on(text[a:b], text[slice(*after)])]
    if odd:
        yield metadata.problem(name, "unpaired quotation marks",
                      f"{len(odd)} paragraph{'s' * (len(odd) > 1)}, the first: {odd[0][:80]!r}",
                               "compare with the published page; quotations are paired paragraph by paragraph, "
                               "so the others are not affected")


def _unpaired(paragraph: str) -> bool:
    straight = re.sub(r"\d\"", "", paragraph).count('"')  # 5'10" is a length
    return paragraph.count("“") != paragraph.count("”") or straight % 2 == 1


def _goes_on(paragraph: str, after: str) -> bool:
    """Whether the paragraph leaves its last quotation open and the next takes it up, as a long quotation does."""
    opens = paragraph.count("“") == paragraph.count("”") + 1 or paragraph.count('"') % 2 == 1
    return opens and after[:1] in ("“", '"')
