"""What a cue reports, by the grammar of its sentence: the span of the content.

Which complements a cue may take (a clause, an infinitive, an object) is in the cue list.
"""

from __future__ import annotations

import re

from stancebrief.statements import asides, clauses, cues, objects, parentheses, quotations, verdicts
from stancebrief.statements.sheets import Sheet

# what sources ask for themselves, and answers not given: no statement about the matter
NO_CONTENT = re.compile(
    r"(?:not to be|to not be|to be|that (?:he|she|they) (?:not )?be|to remain|to stay|to speak|for|on condition of) "
    r"(?:further |publicly |more )?(?:named|identified|quoted|anonymous|anonymity|on (?:the )?condition of anonymity)\b"
    r"|to (?:comment|elaborate|be drawn|respond|say|answer|confirm or deny|be interviewed)\b|comment\b|that$"
)
WHOLE = frozenset(("everything", "all", "anything", "nothing", "much"))
FOR_COMMENT = re.compile(r"\bfor (?:a |further )?(?:comment|response)$")  # "asked the mission for comment"


def content(sheet: Sheet, found: cues.Found, source: int | None, passive: bool) -> tuple[tuple[int, int] | None, str]:
    """(span, rule) of what is reported, without the outlet's own asides; span None where the grammar shows none."""
    span, rule = _content(sheet, found, source, passive)
    if span is not None and source is not None and _about_all(sheet, found, source, span):
        return None, rule
    return asides.without(sheet, stated(sheet, span)), rule


def _about_all(sheet: Sheet, found: cues.Found, source: int, span: tuple[int, int]) -> bool:
    """ "Everything X says is …": the outlet's judgement of what X says."""
    left = sheet.left(source)
    behind = sheet.at[found.last] == span[0] if found.last < len(sheet) else False
    whole = bool(WHOLE & set(sheet.lower[max(0, left - 1) : left + 1]))
    return behind and whole and sheet.tags[found.last] in parentheses.FINITE


def stated(sheet: Sheet, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """The span, or None where it says nothing about the matter: "to be named", "the mission for comment"."""
    if span is None or NO_CONTENT.match(sheet.text, *span) or FOR_COMMENT.search(sheet.text, *span):
        return None
    return span


def _content(sheet: Sheet, found: cues.Found, source: int | None, passive: bool) -> tuple[tuple[int, int] | None, str]:
    takes, i = found.cue.takes, found.first
    if "only" in takes:
        return None, "quote"
    if found.last - found.first == 1 or takes & {"clause"}:
        clause = clauses.clause(sheet, found, passive)
        if clause is not None and takes & {"clause", "core", "spun"} and _fits(sheet, found, clause):
            return clause, "clause"
    if takes & {"as", "at", "onto"} and (framed := verdicts.framed(sheet, found))[0] is not None:
        return framed
    if "judging" in takes and (verdict := verdicts.judged(sheet, found)) is not None:
        return verdict, "object"
    if takes & {"infinitive"} and not ("held" in takes and not verdicts.asks_another(sheet, found)):
        span = objects.infinitive(sheet, found, takes)
        if span is not None:
            return span, "infinitive"
    if "object" in takes and not ("held" in takes and found.last - i == 1 and sheet.child(i, "dobj") is None):
        if passive and sheet.child(i, "agent") is not None:
            subject = sheet.child(i, "nsubjpass")
            if subject is not None:
                said = objects.said_of(sheet, i)
                end = sheet.end(sheet.right(subject if said is None else said))
                return quotations.tidy(sheet.text, sheet.at[sheet.left(subject)], end), "passive"
        guest = "guest" in takes and any(sheet.lower[c] == "to" and c > i for c in sheet.children(i))
        span = objects.thing(sheet, found, source) if not guest and not objects.only_names(sheet, found) else None
        if span is not None:
            return span, "object"
    if "clause" in takes and not takes & {"spun", "held", "that", "trailing"}:
        span = clauses.loose(sheet, found, source)
        if span is not None:
            return span, "loose"
    return None, "quote"


def _fits(sheet: Sheet, found: cues.Found, clause: tuple[int, int]) -> bool:
    """Whether a clause is what the cue reports: "held that …", not "held the camp"; "…, she allowed", not "allowed it".
    """
    takes = found.cue.takes
    if "judging" in takes and verdicts.judged(sheet, found) is not None:
        return False  # "found the tone careless", which the parse takes for a clause
    if not takes & {"that", "trailing"} or clause[0] < sheet.at[found.first]:
        return True
    first = sheet.word_at(clause[0])
    return sheet.lower[max(0, first - 1)] == "that" or any(clause[0] - 1 <= q.start < clause[1] for q in sheet.double)
