"""What a cue reports, by the grammar of its sentence: the span of the content.

Which complements a cue may take (a clause, an infinitive, an object) is in the cue list.
"""

from __future__ import annotations

import re

from stancebrief.statements import asides, cues, quotations, vocabulary
from stancebrief.statements.sheets import Sheet

# what sources ask for themselves, and answers not given: no statement about the matter
NO_CONTENT = re.compile(
    r"(?:not to be|to not be|to be|that (?:he|she|they) (?:not )?be|to remain|to stay|to speak|for|on condition of) "
    r"(?:further |publicly |more )?(?:named|identified|quoted|anonymous|anonymity|on (?:the )?condition of anonymity)\b"
    r"|to (?:comment|elaborate|be drawn)\b|to be interviewed\b|comment\b|to answer questions\b"
)
TIMES = vocabulary.of("time")
NOT_FIRST = vocabulary.of("not_first")
SETTING = vocabulary.of("setting")
SKIPPED_BEFORE_CONTENT = frozenset((",", ":", "-", "--", "–", "—", "that", '"'))
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


def content(sheet: Sheet, found: cues.Found, source: int | None, passive: bool) -> tuple[tuple[int, int] | None, str]:
    """(span, rule) of what is reported, without the outlet's own asides; span None where the grammar shows none."""
    span, rule = _content(sheet, found, source, passive)
    if span is not None and NO_CONTENT.match(sheet.text, *span):
        return None, rule
    return asides.without(sheet, span), rule


def _content(sheet: Sheet, found: cues.Found, source: int | None, passive: bool) -> tuple[tuple[int, int] | None, str]:
    takes, i = found.cue.takes, found.first
    if "only" in takes:
        return None, "quote"
    if found.last - found.first == 1 or takes & {"clause"}:
        clause = _clause(sheet, found, passive)
        if clause is not None and takes & {"clause", "core", "spun"}:
            return clause, "clause"
    if takes & {"infinitive"}:
        span = _infinitive(sheet, found, takes)
        if span is not None:
            return span, "infinitive"
    if "object" in takes:
        if passive and sheet.child(i, "agent") is not None:
            subject = sheet.child(i, "nsubjpass")
            if subject is not None:
                return quotations.tidy(
                    sheet.text, sheet.at[sheet.left(subject)], sheet.end(sheet.right(subject))
                ), "passive"
        guest = "guest" in takes and any(sheet.lower[c] == "to" and c > i for c in sheet.children(i))
        span = _object(sheet, found, source) if not guest and not _only_names(sheet, found) else None
        if span is not None:
            return span, "object"
    if "clause" in takes and "spun" not in takes:
        span = _loose_clause(sheet, found, source)
        if span is not None:
            return span, "loose"
    return None, "quote"


def _clause(sheet: Sheet, found: cues.Found, passive: bool) -> tuple[int, int] | None:
    i, last = found.first, found.last
    right = [
        c
        for c in sheet.children(i)
        if c >= last
        and sheet.deps[c] in ("ccomp", "xcomp", "advcl")
        and (sheet.deps[c] == "ccomp" or _wh(sheet, c, found.cue))
    ]
    if right:
        c = right[0]
        first = sheet.left(c)
        if sheet.lower[first] in NOT_FIRST and not sheet.quoted[first]:
            return None
        while (
            first < len(sheet)
            and first < c
            and (sheet.lower[first] in SKIPPED_BEFORE_CONTENT and not (sheet.lower[first] == '"'))
        ):
            first += 1
        if first < last:
            first = last
        return fit(sheet, i, sheet.at[first], sheet.end(_extended(sheet, i, c)))
    if not passive and (first_last := _in_text(sheet, i, last)):
        return first_last
    left = [c for c in sheet.children(i) if c < i and sheet.deps[c] == "ccomp"]
    if left:
        c = left[-1]
        own = min(
            [sheet.left(k) for k in sheet.children(i) if sheet.right(c) < k < i and sheet.deps[k] != "punct"] + [i]
        )
        if not any(sheet.lower[k] in (",", '"', "'", "?", "!", "...") for k in range(sheet.right(c), own)):
            return None
        return fit(sheet, i, sheet.at[sheet.left(c)], sheet.end(sheet.right(c)))
    if sheet.deps[i] == "advcl" and sheet.heads[i] > i and sheet.lower[sheet.left(i)] == "as":
        after = sheet.right(i) + 1  # "As X pointed out, …"
        if after < len(sheet) and sheet.lower[after] == ",":
            return fit(sheet, i, sheet.end(after), sheet.sentence(sheet.at[i])[1])
    if sheet.deps[i] in ("parataxis",) and sheet.heads[i] != i:
        head = sheet.heads[i]
        if sheet.verb(head) or sheet.child(head, "nsubj", "cop") is not None:
            return _around(sheet, i, head)
    return None


def _in_text(sheet: Sheet, i: int, last: int) -> tuple[int, int] | None:
    """ "Said in an editorial that …", where the parse hangs the clause on the editorial."""
    for prep in sheet.children(i):
        text = sheet.child(prep, "pobj") if prep >= last and sheet.lower[prep] == "in" else None
        for c in sheet.children(text) if text is not None else ():
            first = sheet.left(c)
            marked = sheet.deps[first] == "mark" and sheet.lower[first] == "that"
            if marked and sheet.deps[c] in ("relcl", "acl", "ccomp"):
                return fit(sheet, i, sheet.at[first + 1], sheet.end(sheet.right(c)))
    return None


def _wh(sheet: Sheet, c: int, cue: cues.Cue) -> bool:
    first = sheet.left(c)
    return (
        sheet.lower[first] in ("whether", "if", "why", "how", "what", "who", "when", "where")
        and sheet.verb(c)
        and (
            sheet.deps[c] != "advcl"
            or sheet.lower[first] == "whether"
            or (sheet.lower[first] == "if" and (cue.kind == "question" or cue.name == "ask"))
        )
    )


def _extended(sheet: Sheet, i: int, c: int) -> int:
    """Right edge of the clause c, and of what follows it without a comma under the same verb."""
    edge = sheet.right(c)
    for child in sheet.children(i):
        if child <= edge or child <= c:
            continue
        left = sheet.left(child)
        if left != edge + 1 or sheet.deps[child] in ("punct", "cc", "conj", "prt"):
            break
        if sheet.deps[child] not in ("prep", "advcl", "npadvmod", "advmod", "dep", "ccomp", "xcomp", "dobj"):
            break
        edge = sheet.right(child)
    return edge


def _around(sheet: Sheet, i: int, head: int) -> tuple[int, int] | None:
    """Content that the report stands in ("The test, X said, was …"), after ("…, X said") or before."""
    own = (sheet.left(i), sheet.right(i))
    start, end = sheet.left(head), sheet.right(head)
    lo, hi = sheet.sentence(sheet.at[i])
    while sheet.at[start] < lo and start < i:
        start += 1
    while sheet.at[end] >= hi and end > i:
        end -= 1
    if own[0] <= start:
        return fit(sheet, i, sheet.at[min(own[1] + 1, len(sheet) - 1)], sheet.end(end))
    rest = [w for w in range(own[1] + 1, end + 1) if sheet.tags[w][0].isalpha()]
    if not rest:
        return fit(sheet, i, sheet.at[start], sheet.end(own[0] - 1))
    return fit(sheet, i, sheet.at[start], sheet.end(end))


def _infinitive(sheet: Sheet, found: cues.Found, takes: frozenset[str]) -> tuple[int, int] | None:
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
        return fit(sheet, i, sheet.at[max(first, last)], sheet.end(_extended(sheet, i, child)))
    if found.last - found.first > 1 and asked:  # "called on X to …": X hangs on the particle
        return None
    return None


def _object(sheet: Sheet, found: cues.Found, source: int | None) -> tuple[int, int] | None:
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
            return rest(sheet, last)
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
    return fit(sheet, i, sheet.at[start], sheet.end(edge))


def _only_names(sheet: Sheet, found: cues.Found) -> bool:
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
    return fit(sheet, i, sheet.at[first], sheet.end(noun)) if noun < i else None


def _time(sheet: Sheet, k: int) -> bool:
    if sheet.deps[k] == "prep" and sheet.lower[k] not in SETTING | {"by", "until", "late", "early", "last", "for"}:
        return False
    return (
        sheet.deps[k] != "dobj"
        and sheet.right(k) - sheet.left(k) < 5
        and any(sheet.lower[j] in TIMES for j in range(sheet.left(k), sheet.right(k) + 1))
    )


def _loose_clause(sheet: Sheet, found: cues.Found, source: int | None) -> tuple[int, int] | None:
    """After "said" with a subject before it, a clause that the parser did not see: the rest, if it holds a verb."""
    if source is None or source > found.first:
        return None
    hi = sheet.sentence(sheet.at[found.first])[1]
    first = found.last
    for k in range(found.last, min(found.last + 15, len(sheet) - 1)):
        if sheet.at[k] >= hi or sheet.quoted[k] or sheet.child(found.first, "dobj") is not None:
            break
        if sheet.lower[k] == "that" and sheet.tags[k] == "IN":
            return quotations.tidy(sheet.text, sheet.at[k + 1], hi)
    if "core" not in found.cue.takes:
        return None
    while (
        first < len(sheet)
        and sheet.at[first] < hi
        and (
            sheet.lower[first] in SKIPPED_BEFORE_CONTENT or sheet.lower[first] in TIMES or sheet.tags[first] in ("RB",)
        )
    ):
        first += 1
    if first < len(sheet) and sheet.tags[first] == "IN":  # "said after the meeting he would …"
        inner = sheet.child(first, "pobj")
        inner = first + 2 if inner is None and sheet.tags[first + 2 : first + 3] == ["NN"] else inner
        if sheet.heads[first] == found.first:
            first = sheet.right(first) + 1
        elif inner is not None and sheet.tags[inner + 1 : inner + 2] in (["PRP"], ["DT"], ["NNP"]):
            first = inner + 1
    if first >= len(sheet) or sheet.at[first] >= hi or sheet.tags[first] in ("IN", "TO", "CC"):
        return _fragment(sheet, found, source) if first >= len(sheet) - 1 or sheet.at[first] >= hi - 1 else None
    words = [k for k in range(first, len(sheet)) if sheet.at[k] < hi]
    if not any(sheet.tags[k] in ("VBZ", "VBP", "VBD", "MD") for k in words):
        return None
    return quotations.tidy(sheet.text, sheet.at[first], hi)


def _fragment(sheet: Sheet, found: cues.Found, source: int) -> tuple[int, int] | None:
    """ "People like her, he said.": words without a verb before the report that ends the sentence."""
    own = sheet.left(source)
    lo, _ = sheet.sentence(sheet.at[found.first])
    first = sheet.word_at(lo)
    if own - first < 2 or sheet.lower[own - 1] != "," or any(sheet.quoted[k] for k in range(first, own)):
        return None
    return fit(sheet, found.first, lo, sheet.end(own - 1))


def rest(sheet: Sheet, first: int) -> tuple[int, int]:
    """From a word to the end of its sentence, or to the mark that divides a headline."""
    if first >= len(sheet):
        return (0, 0)
    start = sheet.at[first]
    end = sheet.sentence(start)[1]
    for i in range(first, len(sheet)):
        if sheet.at[i] >= end:
            break
        if sheet.words[i] in ("|", ";"):
            end = sheet.at[i]
            break
    return quotations.tidy(sheet.text, start, end)


def fit(sheet: Sheet, i: int, start: int, end: int) -> tuple[int, int] | None:
    """The span within the sentence of word i, tidied; None if nothing is left."""
    lo, hi = sheet.sentence(sheet.at[i])
    start, end = quotations.tidy(sheet.text, max(start, lo), min(end, hi))
    return (start, end) if end > start else None
