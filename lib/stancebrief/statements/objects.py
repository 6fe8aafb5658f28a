"""The object or infinitive that a cue reports: "denied the claim", "urged X to …", "called it a …"."""

from __future__ import annotations

from stancebrief import countries
from stancebrief.statements import bounds, cues, vocabulary
from stancebrief.statements.sheets import Sheet

TIMES = vocabulary.of("time")
SETTING = vocabulary.of("setting")
BODILY = vocabulary.of("bodily")
CRITICISED = vocabulary.of("criticised")
ARGUES = vocabulary.of("argues")
WITHHELD = vocabulary.of("withheld")
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
            first -= first > last and sheet.lower[first - 1] in ("not", "never")  # "told them not to go"
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
    while len(kids) > 1 and sheet.deps[kids[0]] in ("prep", "npadvmod") and dated(sheet, kids[0]):
        kids = kids[1:]  # "announced on Friday the arrest of …"
    if not kids:
        if many and "spun" in found.cue.takes:
            return bounds.rest(sheet, last)
        kinds = ("denial", "blame", "praise", "demand")
        return _relative_object(sheet, i) if not many and found.cue.kind in kinds else None
    first_kid = kids[0]
    dep = sheet.deps[first_kid]
    if dep in ("prep", "agent", "advcl", "prt") and sheet.lower[first_kid] != "as":
        if not many or (dep == "prep" and sheet.tags[last - 1] == "RP"):  # "pointed out with a table, …"
            return None
    if _only_done(sheet, found, first_kid, source):
        return None
    if _time(sheet, first_kid) and dep in ("dobj",):
        return None
    if sheet.lower[first_kid] in ("itself", "himself", "herself", "themselves") and dep == "dobj":
        return None
    start = max(sheet.left(first_kid), last)
    if sheet.lower[first_kid] == "as" and dep == "prep" and sheet.deps[i] == "relcl" and start == first_kid:
        start += 1  # "…, which X condemned as a prize for …"
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
    if "naming" in found.cue.takes and dep == "dobj" and (noun := _called(sheet, last, [first_kid])) is not None:
        edge = max(edge, sheet.right(noun))
    return bounds.fit(sheet, i, sheet.at[start], sheet.end(edge))


def said_of(sheet: Sheet, i: int) -> int | None:
    """What a passive says of its subject: "was described by X as a mistake", "was called a mistake by X"; else None."""
    for c in sheet.children(i):
        named = sheet.deps[c] in ("oprd", "attr", "acomp")
        if c > i and (named or (sheet.deps[c] == "prep" and sheet.lower[c] == "as")):
            return c
    return None


def dated(sheet: Sheet, k: int) -> bool:
    """Whether a phrase only says when: "on Friday", "late Monday"."""
    last = sheet.right(k)
    return last - k < 4 and any(sheet.lower[j] in TIMES for j in range(k, last + 1))


def _only_done(sheet: Sheet, found: cues.Found, thing: int, source: int | None) -> bool:
    """Whether what a verb names was done, not said: "attacked the camp", "denied visas to two diplomats"."""
    head = sheet.lower[thing]
    if found.cue.kind == "denial" and (head in WITHHELD or sheet.child(found.first, "dative") is not None):
        return True
    if "force" not in found.cue.takes or source is None:
        return False
    lo, hi = sheet.sentence(sheet.at[found.first])
    if any(sheet.at[found.first] < q.before < hi for q in sheet.double):
        return False
    if head in BODILY or found.cue.kind != "blame":
        return head in BODILY
    reason = any(
        sheet.lower[c] in ("for", "over", "as") and not _time(sheet, c)
        for k in (found.first, thing)
        for c in sheet.children(k)
        if c > thing
    )
    if reason or head in CRITICISED or head in cues.speech_nouns():
        return False
    if sheet.lower[source] in ARGUES:
        return False
    mentioned = [(m.start, m.end) for m in countries.find(sheet.text[lo:hi])]
    named = lambda i: any(a <= sheet.at[i] - lo < b for a, b in mentioned)  # noqa: E731
    return sheet.tags[source] != "NNP" or named(source) or named(thing)


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
    if named and not objects and any(sheet.tags[c] == "WRB" for c in sheet.children(i)):
        named = []  # "New York, where the council called a session"
    return not (
        named
        or len(objects) > 1
        or what
        or any(q.before - 1 <= sheet.end(found.last - 1) + 40 and q.before > sheet.at[i] for q in sheet.quotations)
        or _called(sheet, found.last, objects) is not None
    )


def _called(sheet: Sheet, first: int, objects: list[int]) -> int | None:
    """What something is called, where the parse takes both for one: "called the demand for his papers a ploy"."""
    for k in range(first + 1, min(len(sheet), first + 40)) if objects else ():
        before = sheet.tags[k - 1]
        if sheet.tags[k] in ("VBD", "VBZ", "VBP", "MD", "TO", "."):
            return None
        if sheet.lower[k] in ("a", "an", "nothing") and (before[:2] == "NN" or before == "PRP") and not sheet.quoted[k]:
            noun = sheet.heads[k]
            return noun if sheet.lower[noun] not in TIMES and sheet.lower[k : k + 2] != ["a", "few"] else None
    return None



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
