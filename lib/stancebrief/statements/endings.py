"""Who ends a sentence with whose words it was: "Nothing impresses them, Jane Doe judged", and headlines' "…: ministry".

Read by the words where the parse lost it: a clause, a comma, somebody who can speak, a verb of the cue list and at most
a phrase after it.
"""

from __future__ import annotations

from stancebrief import countries
from stancebrief.statements import bounds, cues, reports, subjects, thinkers
from stancebrief.statements.sheets import Sheet

FINITE = ("VBD", "VBZ", "VBP", "MD")
NOT_FIRST = ("WRB", "VBG", "VBN", "TO", "IN")  # "After the vote, Smith said": an adverbial, no content
NAMING = ("DT", "JJ", "CD", "POS", "PRP$", "HYPH", "IN", "VBN")
AFTER = 9  # words after the cue that may tell when or where
HEADLINE = 4  # words of a headline before "…: ministry"
TAIL = 5
SPEAKS = ("office", "carrier", "expert")


def read(sheet: Sheet, known: list[reports.Report]) -> list[reports.Report]:
    """Reports that stand at the end of their sentence, where no other report of the sentence has content."""
    read_already = {r.first for r in known if r.content}
    cues_left = [found for found in sheet.cues if found.first not in read_already]
    made = [r for r in (_ending(sheet, found, known) for found in cues_left) if r is not None]
    if not made and (tail := _headline(sheet, known)) is not None:
        made.append(tail)
    return made


def _ending(sheet: Sheet, found: cues.Found, known: list[reports.Report]) -> reports.Report | None:
    i, last, takes = found.first, found.last, found.cue.takes
    lo, hi = sheet.sentence(sheet.at[i])
    first, end = sheet.word_at(lo), sheet.word_at(hi)
    if takes & {"weak", "light", "only", "spun", "source"} or not takes & {"quote", "clause", "core"}:
        return None
    if sheet.tags[i] not in ("VBD", "VBZ", "VBN", "VBP", "NN", "NNS", "JJ") or end - last > AFTER:
        return None
    if any(sheet.tags[k] in FINITE or sheet.quoted[k] or sheet.lower[k] == "that" for k in range(last, end)):
        return None
    if sheet.tags[i] in ("NN", "NNS", "JJ") and not (sheet.title or sheet.lower[i].endswith("ed")):
        return None
    source, comma = _who(sheet, found, first)
    if source is None or comma - first < 3 or not thinkers.thinks(sheet, source):
        return None
    said = bounds.fit(sheet, i, lo, sheet.at[comma])
    if said is None or any(r.content and r.content[0] < said[1] and said[0] < r.content[1] for r in known):
        return None
    if sheet.quoted[comma - 1]:
        return None
    verbs = [k for k in range(first, comma) if sheet.tags[k] in FINITE and not sheet.quoted[k]]
    if not (verbs or sheet.title) or (sheet.tags[first] in NOT_FIRST and len(verbs) < 2):
        return None
    return reports.Report(found, i, last, source, said, "clause", False)


def _who(sheet: Sheet, found: cues.Found, first: int) -> tuple[int | None, int]:
    """(who speaks, the comma before): "…, Jane Doe of Oslo judged", "…, Jane Doe, a lawyer, judged"."""
    i = found.first
    if sheet.lower[i - 1] == "," and sheet.tags[i - 2] != ",":
        opened = next((k for k in range(i - 2, max(first, i - 14), -1) if sheet.lower[k] == ","), None)
        before = next((k for k in range((opened or 0) - 1, max(first, i - 22), -1) if sheet.lower[k] == ","), None)
        if opened is not None and before is not None and sheet.proper(opened - 1) and sheet.proper(before + 1):
            return opened - 1, before
        if sheet.title and "core" not in found.cue.takes:
            return None, 0  # "UN caps fuel, orders workers out"
        return subjects.beside(sheet, (i, found.last), i, len(sheet)), i - 1
    for k in range(i - 1, max(first, i - 12), -1):
        if sheet.lower[k] == ",":
            head = next((j for j in range(k + 1, i) if sheet.tags[j] == "IN"), i) - 1
            return (head, k) if sheet.tags[head][:2] in ("NN", "PR") or sheet.proper(head) else (None, 0)
        if sheet.quoted[k] or (sheet.tags[k][:2] not in ("NN", "PR") and sheet.tags[k] not in NAMING):
            return None, 0
    return None, 0


def _headline(sheet: Sheet, known: list[reports.Report]) -> reports.Report | None:
    """ "Aid will go on: ministry", "Shield is a threat — diplomat": an office, body or expert after what it says."""
    marks = [k for k in range(len(sheet)) if sheet.words[k] in (":", "—", "–", "--")] if sheet.title else []
    if len(marks) != 1 or not HEADLINE <= marks[0] < len(sheet) - 1 or any(r.content for r in known):
        return None
    mark, last = marks[0], len(sheet) - 1
    if last - mark > TAIL or any(sheet.verb(k) for k in range(mark + 1, last + 1)):
        return None
    phrase = sheet.text[sheet.at[mark + 1] : sheet.end(last)]
    body = any(m.end == len(phrase) and m.kind in ("institution", "organisation", "capital", "state media")
               for m in countries.find(phrase))
    tells = any(sheet.tags[k] in (*FINITE, "TO", "VB") for k in range(mark))
    if not tells or not (body or countries.role(phrase) in SPEAKS):
        return None
    content = bounds.fit(sheet, mark, 0, sheet.at[mark])
    cue = cues.Cue(sheet.words[mark], "neutral", 0.0, frozenset(("clause",)), "a headline's colon")
    return reports.Report(cues.Found(cue, mark, mark + 1), mark, mark + 1, last, content, "headline colon", False)
