"""Whose voice a State's own medium carries: "in a statement carried by the North's official news agency".

Who speaks through it, a person or a body without a country, speaks for that State. An interview or an article in it,
or words told to it, may be anybody's.
"""

from __future__ import annotations

import functools
import re

from stancebrief.countries import grammar, mentions
from stancebrief.statements import vocabulary
from stancebrief.statements.sheets import Sheet

MEDIUM = rf"(?:state|official)(?:-run)? (?:news )?(?:{'|'.join(sorted(vocabulary.of('state_medium')))})"
FOLLOWS = re.compile(rf"(?:['’]s)? (?:{MEDIUM})\b", re.IGNORECASE)
BARE = re.compile(rf"(?:the |its )?(?:{MEDIUM})\b", re.IGNORECASE)
CARRIED = re.compile(
    rf"\b(?:{grammar.words('carried_text')})\b[^.;:\"“”]{{0,30}}?\b(?:{grammar.words('carrying')})\b"
    r"[^.;:\"“”]{0,25}?\b(?:by|in|on|through|via|over) (?P<medium>[^.;:\"“”]{3,60})"
)
VIA = re.compile(
    r"\b(?:said|declared|announced|warned|stated|added)\b[^.;:\"“”]{0,20}? (?:via|through) (?P<medium>[^.;:\"“”]{3,60})"
)
TOP = 2  # paragraphs, the headline among them


@functools.cache
def without() -> frozenset[str]:
    """States whose government has no medium of its own."""
    return next(frozenset(row["not_in"].split()) for row in mentions.rows("home_offices.csv")
                if row["term"] == "state media")


def carrier(sheet: Sheet, found: list[mentions.Mention], at: int) -> str | None:
    """The code of the State whose medium carries what the sentence at `at` reports; "" for a medium without a name."""
    lo, hi = sheet.sentence(at)
    told = CARRIED.search(sheet.text, lo, hi) or VIA.search(sheet.text, lo, hi)
    if told is None or not len(sheet) or sheet.quoted[min(sheet.word_at(told.start()), len(sheet) - 1)]:
        return None
    for m in found:
        if told.start("medium") <= m.start < told.end("medium") and m.iso3 not in mentions.BEYOND:
            if m.kind == "state media" or FOLLOWS.match(sheet.text, m.end):
                return m.iso3
    return "" if BARE.match(told["medium"]) else None


def told_of(sheets: list[Sheet], found: list[list[mentions.Mention]], kinds: tuple[str, ...]) -> str:
    """The one State named at the top of an article that has a medium of its own; empty if none or several."""
    top = {m.iso3 for here in found[:TOP] for m in here if m.kind in kinds}
    fitting = top - set(mentions.BEYOND) - without()
    return fitting.pop() if len(fitting) == 1 else ""
