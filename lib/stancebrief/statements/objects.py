"""The object or infinitive that a cue reports: "denied the claim", "urged X to …", "called it a …"."""

from __future__ import annotations

from stancebrief.statements import bounds, cues, vocabulary
from stancebrief.statements.sheets import Sheet

TIMES = vocabulary.of("time")
SETTING = vocabulary.of("setting")
OBJECT_KINDS = frozenset(
    (
        "dobj",
        "ccomp",
        "xcomp",
        "attr",
        "oprd",
        "acomp",
        "prep",
        "prt",
        "dative",
        "pobj",
        "pcomp",
        "nsubj",
        "advcl",
        "agent",
        "intj",
        "dep",
    )
)


def infinitive(sheet: Sheet, found: cues.Found, takes: frozenset[str]) -> tuple[int, int] | None:
    """ "to …" after the cue, with the person asked where the cue asks somebody to act."""
    i, last = found.first, found.last
    asked = found.cue.kind in ("demand", "warning", "spun") or "object" in takes
    for child in sheet.children(i):
        if child < last or sheet.deps[child] not in ("xcomp", "ccomp", "advcl"):
            continue
        if not any(sheet.tags[k] == "TO" for k in range(sheet.left(child), child)):
            continue
        thing = sheet.child(i, "dobj", "dative")
        if thing is None and last - i > 1:
            thing = sheet.child(last - 1, "pobj")  # "called on X to …"
        first = sheet.left(child)
        if asked and thing is not None and last <= sheet.left(thing) < first and "core" not in takes:
            first = sheet.left(thing)
        if "core" in takes or ("addressee" in takes and not asked):
            while first < child and sheet.tags[first] != "TO":
                first += 1
        return bounds.fit(sheet, i, sheet.at[max(first, last)], sheet.end(bounds.extended(sheet, i, child)))
    if found.last - found.first > 1 and asked:  # "called on X to …": X hangs on the particle
        return None
    return None


def thing(sheet: Sheet, found: cues.Found, source: int | None) -> tuple[int, int] | None:
    """The object of the cue with what belongs to it, to the first comma or adverb of time under the verb."""
    i, last = found.first, found.last
    if last >= len(sheet):
        return None
    # the first word after the cue that hangs on it (or on its particle) by a relation that holds content
    anchors = set(range(i, last))
    kids = [
        k
        for k in range(last, min(len(sheet), last + 40))
        if sheet.heads[k] in anchors and sheet.deps[k] in OBJECT_KINDS and not (k == source)
    ]
    many = last - i > 1
    if not kids:
        if many and "spun" in found.cue.takes:
            return bounds.rest(sheet, last)
        kinds = ("denial", "blame", "praise", "demand")
        return _relative_object(sheet, i) if not many and found.cue.kind in kinds else None
    first_kid = kids[0]
    dep = sheet.deps[first_kid]
    if not many and dep in ("prep", "agent", "advcl", "prt") and sheet.lower[first_kid] != "as":
        return None
    if _time(sheet, first_kid) and dep in ("dobj",):
        return None
    if sheet.lower[first_kid] in ("itself", "himself", "herself", "themselves") and dep == "dobj":
        return None
    start = max(sheet.left(first_kid), last)
    edge = sheet.right(first_kid)
    for kid in kids[1:]:
        if (
            sheet.left(kid) > edge + 1
            or _time(sheet, kid)
            or (sheet.deps[kid] == "advcl" and "infinitive" not in found.cue.takes)
        ):
            break
        if (
            sheet.deps[kid] == "prep"
            and sheet.lower[kid] in SETTING
            and not (sheet.lower[kid] == "as" and found.cue.kind in ("blame", "praise"))
        ):
            break
        edge = max(edge, sheet.right(kid))
    return bounds.fit(sheet, i, sheet.at[start], sheet.end(edge))


def only_names(sheet: Sheet, found: cues.Found) -> bool:
    """ "called a meeting": a naming cue with one object and nothing it is called."""
    if "naming" not in found.cue.takes:
        return False
    i = found.first
    after = [c for c in sheet.children(i) if c > i]
    named = [
        c
        for c in after
        if sheet.deps[c] in ("oprd", "attr", "acomp")
        or (sheet.deps[c] in ("ccomp", "xcomp") and sheet.tags[c][:2] in ("NN", "JJ", "DT", "CD"))
    ]
    objects = [c for c in after if sheet.deps[c] in ("dobj", "dative", "nmod")]
    what = sheet.lower[max(0, sheet.left(i) - 1)] == "what" or any(
        sheet.lower[c] in ("what", "which") for c in sheet.children(i)
    )
    return not (
        named
        or len(objects) > 1
        or what
        or any(
            sheet.double and q.before - 1 <= sheet.end(found.last - 1) + 40 and q.before > sheet.at[i]
            for q in sheet.quotations
        )
    )


def _relative_object(sheet: Sheet, i: int) -> tuple[int, int] | None:
    """ "a claim that X denies": the noun before the relative clause is the object."""
    if sheet.deps[i] not in ("relcl", "acl") or not any(
        sheet.deps[c] == "nsubj" and sheet.lower[c] not in ("who", "which", "that") for c in sheet.children(i) if c < i
    ):
        return None
    noun = sheet.heads[i]
    first = sheet.left(noun)
    return bounds.fit(sheet, i, sheet.at[first], sheet.end(noun)) if noun < i else None


def _time(sheet: Sheet, k: int) -> bool:
    if sheet.deps[k] == "prep" and sheet.lower[k] not in SETTING | {"by", "until", "late", "early", "last", "for"}:
        return False
    return (
        sheet.deps[k] != "dobj"
        and sheet.right(k) - sheet.left(k) < 5
        and any(sheet.lower[j] in TIMES for j in range(sheet.left(k), sheet.right(k) + 1))
    )
