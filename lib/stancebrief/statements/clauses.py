"""The clause that a cue reports, before it, after it or around it; also where the parse lost it."""

from __future__ import annotations

from stancebrief.statements import bounds, cues, parentheses, quotations, vocabulary
from stancebrief.statements.sheets import Sheet

TIMES = vocabulary.of("time")
NOT_FIRST = vocabulary.of("not_first")
SKIPPED_BEFORE_CONTENT = frozenset((",", ":", "-", "--", "–", "—", "that", '"'))


def clause(sheet: Sheet, found: cues.Found, passive: bool) -> tuple[int, int] | None:
    i, last = found.first, found.last
    if parentheses.source(sheet, i) is not None:
        return bounds.fit(sheet, i, *sheet.sentence(sheet.at[i]))
    if (behind := _which(sheet, i, last)) is not None:
        return behind
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
            and not (sheet.lower[first] == "that" and sheet.deps[first] in ("nsubj", "nsubjpass", "det"))
        ):
            first += 1
        if first < last:
            first = last
        return bounds.fit(sheet, i, sheet.at[first], sheet.end(bounds.extended(sheet, i, c)))
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
        return bounds.fit(sheet, i, sheet.at[sheet.left(c)], sheet.end(sheet.right(c)))
    if sheet.deps[i] == "advcl" and sheet.heads[i] > i and sheet.lower[sheet.left(i)] == "as":
        after = sheet.right(i) + 1  # "As X pointed out, …"
        if after < len(sheet) and sheet.lower[after] == ",":
            return bounds.fit(sheet, i, sheet.end(after), sheet.sentence(sheet.at[i])[1])
    if sheet.deps[i] in ("parataxis",) and sheet.heads[i] != i:
        head = sheet.heads[i]
        if sheet.deps[head] in ("acomp", "attr") and sheet.left(head) < i < head:
            head = sheet.heads[head]  # "The choice was, she said, fair": the parse hangs the report on "fair"
        if sheet.verb(head) or sheet.child(head, "nsubj", "cop") is not None:
            return _around(sheet, i, head)
    return None


def _which(sheet: Sheet, i: int, last: int) -> tuple[int, int] | None:
    """ "…, which X said allows Y to …": the clause about what stands before, to its comma."""
    if sheet.deps[i] not in ("relcl", "ccomp", "acl") or last >= len(sheet):
        return None
    subject = sheet.child(i, "nsubj")
    first = sheet.left(subject) if subject is not None and subject < i else i
    if first < 1 or sheet.lower[first - 1] not in ("which", "that", "who"):
        return None
    k = last
    while k < len(sheet) and sheet.tags[k] == "RB":
        k += 1
    if k >= len(sheet) or sheet.tags[k] not in parentheses.FINITE or sheet.quoted[k]:
        return None
    hi = sheet.sentence(sheet.at[i])[1]
    ends = (c for c in range(k, len(sheet)) if sheet.at[c] < hi and not sheet.quoted[c] and _ends(sheet, c))
    comma = next(ends, None)
    return bounds.fit(sheet, i, sheet.at[last], hi if comma is None else sheet.at[comma])


def _ends(sheet: Sheet, c: int) -> bool:
    """Whether a clause after "which" ends before word c: at a comma, or at "but which", "and that"."""
    return sheet.lower[c] == "," or (
        sheet.lower[c] in ("but", "and") and sheet.lower[c + 1 : c + 2] in (["which"], ["that"], ["who"]))


def _in_text(sheet: Sheet, i: int, last: int) -> tuple[int, int] | None:
    """ "Said in an editorial that …", where the parse hangs the clause on the editorial."""
    for prep in sheet.children(i):
        text = sheet.child(prep, "pobj") if prep >= last and sheet.lower[prep] == "in" else None
        for c in sheet.children(text) if text is not None else ():
            first = sheet.left(c)
            marked = sheet.deps[first] == "mark" and sheet.lower[first] == "that"
            if marked and sheet.deps[c] in ("relcl", "acl", "ccomp"):
                return bounds.fit(sheet, i, sheet.at[first + 1], sheet.end(sheet.right(c)))
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
        return bounds.fit(sheet, i, sheet.at[min(own[1] + 1, len(sheet) - 1)], sheet.end(end))
    rest = [w for w in range(own[1] + 1, end + 1) if sheet.tags[w][0].isalpha()]
    if not rest:
        return bounds.fit(sheet, i, sheet.at[start], sheet.end(own[0] - 1))
    return bounds.fit(sheet, i, sheet.at[start], sheet.end(end))


def loose(sheet: Sheet, found: cues.Found, source: int | None) -> tuple[int, int] | None:
    """After "said" with a subject before it, a clause that the parser did not see: the rest, if it holds a verb."""
    if source is None or source > found.first:
        return None
    hi = sheet.sentence(sheet.at[found.first])[1]
    first = found.last
    for k in range(found.last, min(found.last + 15, len(sheet) - 1)):
        if sheet.at[k] >= hi or sheet.quoted[k] or sheet.child(found.first, "dobj") is not None:
            break
        if sheet.lower[k] == "that" and sheet.tags[k] == "IN":
            if sheet.lower[k - 1] in cues.speech_nouns():
                return None  # "responded to X's assertion that …"
            return quotations.tidy(sheet.text, sheet.at[k + 1], hi)
    if "core" not in found.cue.takes or (found.cue.name == "add" and _adds_thing(sheet, found.first)):
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
    if first < len(sheet) and sheet.tags[first] == "WRB" and not sheet.quoted[first]:
        return None  # "that was what X said when …"
    if first >= len(sheet) or sheet.at[first] >= hi or sheet.tags[first] in ("IN", "TO", "CC"):
        return _fragment(sheet, found, source) if first >= len(sheet) - 1 or sheet.at[first] >= hi - 1 else None
    words = [k for k in range(first, len(sheet)) if sheet.at[k] < hi]
    if not any(sheet.tags[k] in ("VBZ", "VBP", "VBD", "MD") for k in words):
        return None
    return quotations.tidy(sheet.text, sheet.at[first], hi)


def _adds_thing(sheet: Sheet, i: int) -> bool:
    """ "added an update to its findings": a thing, no words."""
    thing = sheet.child(i, "dobj")
    return thing is not None and thing > i and sheet.tags[thing][:2] == "NN" and not sheet.quoted[thing]


def _fragment(sheet: Sheet, found: cues.Found, source: int) -> tuple[int, int] | None:
    """ "People like her, he said.": words without a verb before the report that ends the sentence."""
    own = sheet.left(source)
    lo, _ = sheet.sentence(sheet.at[found.first])
    first = sheet.word_at(lo)
    if own - first < 2 or sheet.lower[own - 1] != "," or any(sheet.quoted[k] for k in range(first, own)):
        return None
    return bounds.fit(sheet, found.first, lo, sheet.end(own - 1))
