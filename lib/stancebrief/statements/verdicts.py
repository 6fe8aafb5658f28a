"""What somebody says a thing is, or how much, or why: "found the tone careless", "billed the test as a warning".

The thing and what is said of it are the content together. Which verbs mean it so is in the cue list; of "find" and
"hold", which tell deeds too ("found the man dead"), only what is quoted counts, or "found it hard to believe".
"""

from __future__ import annotations

from stancebrief.statements import bounds, cues
from stancebrief.statements.sheets import Sheet

LINKS = {"as": "as", "at": "at", "onto": "to"}  # what a cue takes -> the preposition of its verdict
POINTS = frozenset(("it", "that", "this"))
THINGS = ("dobj", "nsubj", "dative")


def framed(sheet: Sheet, found: cues.Found) -> tuple[tuple[int, int] | None, str]:
    """(span, "object") of "X as Y", "X at 10 million" or "X to Y" after the cue; None where it has no such phrase."""
    i, last = found.first, found.last
    thing = next((c for c in sheet.children(i) if c >= last and sheet.deps[c] == "dobj"), None)
    passive = thing is None and sheet.child(i, "agent") is not None
    first = sheet.child(i, "nsubjpass") if passive else thing
    if first is None:
        return None, "object"
    over = (i, first, *(c for c in sheet.children(first) if sheet.deps[c] in ("prep", "conj")))
    for word in (LINKS[take] for take in LINKS if take in found.cue.takes):
        for k in sorted(c for head in over for c in sheet.children(head) if c > max(i, last - 1)):
            if sheet.lower[k] != word or sheet.deps[k] not in ("prep", "mark", "advmod", "dative"):
                continue
            inner = sheet.child(k, "pobj", "pcomp", "amod", "advcl", "acomp")
            if inner is None or (word == "at" and not _figure(sheet, k)):
                continue
            start = sheet.at[sheet.left(first)]
            return bounds.fit(sheet, i, start, sheet.end(sheet.right(k))), "passive" if passive else "object"
    return None, "object"


def _figure(sheet: Sheet, k: int) -> bool:
    return any(sheet.tags[w] == "CD" for w in range(k, min(sheet.right(k) + 1, k + 8)))


def judged(sheet: Sheet, found: cues.Found) -> tuple[int, int] | None:
    """The thing and what it is held to be: "the quarrel a gift", "it a pity that …", "X to be …"; else None."""
    i, last = found.first, found.last
    after = [c for c in sheet.children(i) if c >= last]
    thing = next((c for c in after if sheet.deps[c] in THINGS), None)
    for c in after:
        inner = next((k for k in sheet.children(c) if sheet.deps[k] in ("nsubj", "advmod") and last <= k < c), None)
        start = thing if thing is not None and thing < c else inner
        if start is None:
            continue
        to_be = sheet.lower[c] == "be" and sheet.tags[max(0, c - 1)] == "TO"
        bare = sheet.tags[c][:2] in ("JJ", "NN", "VB") and not any(
            sheet.deps[k] in ("cop", "aux", "auxpass", "mark") for k in sheet.children(c)
        )
        named = sheet.deps[c] in ("oprd", "acomp", "attr", "ccomp", "xcomp") and bare and sheet.tags[c][:2] != "VB"
        if not named and not (to_be and sheet.deps[c] in ("xcomp", "ccomp", "advcl")):
            continue
        edge = max(sheet.right(c), *(sheet.right(k) for k in after if k > c and sheet.deps[k] in ("xcomp", "ccomp")), 0)
        span = bounds.fit(sheet, i, sheet.at[sheet.left(start)], sheet.end(edge))
        if "quoted" in found.cue.takes and not _said(sheet, span, start, c):
            continue
        return span
    return None


def _said(sheet: Sheet, span: tuple[int, int] | None, thing: int, verdict: int) -> bool:
    """Whether a verdict is in words of its own: quoted, or of "it" or "that" ("found it hard to believe")."""
    if span is None:
        return False
    marked = any(span[0] <= q.start <= span[1] and q.end >= sheet.at[verdict] for q in sheet.quotations)
    return marked or (sheet.lower[thing] in POINTS and sheet.tags[verdict][:2] in ("JJ", "NN"))


def asks_another(sheet: Sheet, found: cues.Found) -> bool:
    """Whether somebody else is to act: "wants Norway to sign", not "wants to sign", which tells a plan."""
    i = found.first
    acts = [c for c in sheet.children(i) if c >= found.last and sheet.deps[c] in ("xcomp", "ccomp", "advcl")]
    return any(
        found.last <= k < c for c in acts for k in (sheet.child(c, "nsubj", "nsubjpass"), sheet.child(i, "dobj")) if k
    )
