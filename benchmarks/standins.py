"""In place of the parser and the scorers, where only what holds the articles together is measured: see scale.py."""

from __future__ import annotations

import re
import zlib

import pandas as pd

from stancebrief import tables

QUOTED = re.compile(r"“([^”]+)”,? ([^.]*?)([A-Z]\w+ [A-Z]\w+)? (\w+)\.\s")
COUNTRIES = ("CHN", "FRA", "GBR", "RUS", "USA")


def extract(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every quotation that a speaker's name follows, as a statement of a country that the name decides."""
    rows = []
    for row in articles.itertuples():
        for found in QUOTED.finditer(row.text):
            start, end = found.span(1)
            who = found[3] or "Somebody"
            name = f"{row.article}:{start}-{end}"
            rows.append({column.name: "" if column.kind == "str" else -1 for column in
                         tables.TABLES["statements"].columns} | {
                "statement": name, "article": row.article, "start": start, "end": end, "kind": "direct",
                "content": found[1], "cue": found[4], "speaker": who, "confidence": 0.5, "paragraph_start": start,
                "countries": COUNTRIES[zlib.crc32(who.encode()) % 5], "paragraph_end": end, "utterance": name})
    frame = pd.DataFrame(rows, columns=tables.TABLES["statements"].names)
    return tables.check(frame, "statements"), tables.empty("problems")


def coded(article: pd.DataFrame, statements: pd.DataFrame, book: object) -> pd.DataFrame:
    """One position for each statement."""
    rows = [{"statement": row.statement, "article": row.article, "utterance": row.utterance, "country": row.countries,
             "target": "sanctions", "stance": "oppose", "words": row.content[:10], "spans": "[]", "why": "stand-in",
             "confidence": 0.5, "coder": "rules"} for row in statements.itertuples()]
    return tables.check(pd.DataFrame(rows, columns=tables.TABLES["positions"].names), "positions")


def scored(article: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """The same tone for all."""
    rows = [{"statement": name, "assessments": "[]", "masked": "", "disagreement": ""} |
            dict.fromkeys(("polarity", "subjectivity", "polarity_as_it_comes", "vader", "tone"), 0.0)
            for name in statements["statement"]]
    return tables.check(pd.DataFrame(rows, columns=tables.TABLES["sentiment"].names), "sentiment")
