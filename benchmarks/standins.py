"""In place of the parser and the scorers, where only what holds the articles together is measured: see scale.py."""

from __future__ import annotations

import re
import zlib

import pandas as pd

from stancebrief import tables

QUOTED = re.compile(r"“([^”]+)”,? ([^.]*?)([A-Z]\w+ [A-Z]\w+)? (\w+)\.\s")
COUNTRIES = ("CHN", "FRA", "GBR", "RUS", "USA")
BLANK = {table: {column.name: "" if column.kind == "str" else -1 for column in tables.TABLES[table].columns}
         for table in ("statements", "positions", "sentiment")}


def extract(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every quotation that a speaker's name follows, as a statement of a country that the name decides."""
    rows = []
    for article, text in zip(articles.article.tolist(), articles.text.tolist(), strict=True):
        for found in QUOTED.finditer(text):
            start, end = found.span(1)
            who = found[3] or "Somebody"
            name = f"{article}:{start}-{end}"
            rows.append({
                "statement": name, "article": article, "start": start, "end": end, "kind": "direct",
                "content": found[1], "cue": found[4], "speaker": who, "confidence": 0.5, "paragraph_start": start,
                "countries": COUNTRIES[zlib.crc32(who.encode()) % 5], "paragraph_end": end, "utterance": name})
    return _table("statements", rows), tables.empty("problems")


def coded(article: pd.DataFrame, statements: pd.DataFrame, **how: object) -> pd.DataFrame:
    """One position for each statement."""
    return _table("positions", [
        {"statement": statement, "article": name, "utterance": utterance, "country": country, "target": "sanctions",
         "stance": "oppose", "words": content[:10], "spans": "[]", "why": "stand-in", "confidence": 0.5,
         "coder": "rules"}
        for statement, name, utterance, country, content in
        zip(*(statements[column].tolist() for column in ("statement", "article", "utterance", "countries", "content")),
            strict=True)])


def scored(article: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """The same tone for all."""
    return _table("sentiment", [
        {"statement": name, "assessments": "[]", "masked": "", "disagreement": ""} |
        dict.fromkeys(("polarity", "subjectivity", "polarity_as_it_comes", "vader", "tone"), 0.0)
        for name in statements["statement"].tolist()])


def _table(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """The rows with every column of the table; its types are checked by whoever gathers them."""
    return pd.DataFrame([BLANK[name] | row for row in rows]) if rows else tables.empty(name)
