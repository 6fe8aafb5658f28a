"""Who can say, hold, hope or fear something: a person, an office, a body, a country; no plan, market or missile."""

from __future__ import annotations

from stancebrief import countries
from stancebrief.statements import vocabulary
from stancebrief.statements.sheets import Sheet

PERSONS = vocabulary.of("describes_person")
BODIES = vocabulary.of("describes_body") - vocabulary.of("text")
PRONOUNS = frozenset(("he", "she", "they", "who", "both", "some", "many", "others", "several"))
FINITE = ("VBD", "VBZ", "VBP")


def thinks(sheet: Sheet, i: int) -> bool:
    """Whether the noun or pronoun at a word can hold an opinion."""
    word = sheet.lower[i]
    if sheet.quoted[i]:
        return False
    if sheet.tags[i] in ("PRP", "DT", "WP", "JJ", "CD"):
        return word in PRONOUNS
    if sheet.proper(i) or word in PERSONS or word in BODIES or word.removesuffix("s") in PERSONS:
        return True
    if sheet.tags[i] == "NNS" and word.endswith(("men", "women")):
        return True
    phrase = sheet.text[sheet.at[sheet.left(i)] : sheet.end(i)]
    return countries.role(phrase) not in (None, "media", "unnamed") or any(
        m.end == len(phrase) for m in countries.find(phrase)
    )


def holds(sheet: Sheet, i: int, source: int | None) -> bool:
    """Whether the verb at word i tells what somebody holds: in a finite form, unconditioned, of one who can think."""
    if source is None or not thinks(sheet, source):
        return False
    helpers = [c for c in sheet.children(i) if sheet.deps[c] in ("aux", "auxpass") and c < i]
    if any(sheet.tags[c] in ("MD", "TO") or sheet.lower[c] in ("do", "does", "did") for c in helpers):
        return False
    return sheet.tags[i] in FINITE or sheet.tags[i] == "VBG" or (sheet.tags[i] == "VBN" and bool(helpers))
