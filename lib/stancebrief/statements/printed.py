"""A statement that an article prints in full without quotation marks: "X issued the following statement:", its text.

Every sentence after the colon is the issuer's, until the article speaks of the issuer again, reports somebody, or
begins a new item. Only a paragraph that announces the text and ends in a colon opens one.
"""

from __future__ import annotations

import re

from stancebrief.statements import drafts, quotations, vocabulary
from stancebrief.statements.sheets import Sheet

ISSUES = vocabulary.of("issuing")
TEXT = "|".join(sorted(vocabulary.of("printed_text")))
OPENS = re.compile(
    rf"\b(?:{'|'.join(sorted(ISSUES))}) (?:\w+ ){{0,3}}?(?:the following|this)(?: \w+){{0,2}} "
    rf"(?:{TEXT})\b[^:]{{0,60}}:$"
    rf"|\b(?:full text|text) of (?:the|its|his|her|their) [\w ]{{0,30}}(?:{TEXT})[^:]{{0,40}}:$"
)
REPORTS = re.compile(rf"\b(?:{'|'.join(sorted(vocabulary.of('plain_report')))})\b")
SELF = re.compile(rf"\b(?:[Tt]he|[Tt]his) (?:spokes\w+|ministry|{TEXT})\b")


def opening(sheet: Sheet) -> int | None:
    """The word that heads who issues the text that follows this paragraph; None where no text is announced."""
    text = sheet.text.rstrip()
    if not text.endswith(":") or not OPENS.search(text):
        return None
    for i, word in enumerate(sheet.lower):
        if word in ISSUES:
            subject = sheet.child(i, "nsubj")
            if subject is not None and not sheet.quoted[subject]:
                return subject
    return None


def goes_on(sheet: Sheet, issuer: str) -> bool:
    """Whether a paragraph still belongs to the printed text: full sentences that report nobody and name no issuer."""
    text = sheet.text.rstrip(' "”’')
    if not text or text[-1] not in ".!?" or SELF.search(sheet.text) or (issuer and issuer in sheet.text):
        return False
    return not any(REPORTS.match(sheet.text, sheet.at[i]) and not sheet.quoted[i] for i in range(len(sheet)))


def sentences(sheet: Sheet) -> list[drafts.Draft]:
    """Each sentence of the paragraph as a statement of the issuer."""
    made = []
    for lo, hi in sheet.sentences:
        start, end = quotations.tidy(sheet.text, lo, hi)
        if end - start > 2:
            made.append(drafts.Draft(start, end, "indirect", "printed", anchor=start))
    return made
