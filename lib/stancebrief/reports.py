"""Who is said to say what by the grammar of a sentence: source, cue and content from the parse.

A report is made of a cue that is a verb with its subject and its complement ("X said that …", "X urged Y to …",
"…, X said"), of a light verb with a noun of speech ("made a plea for …"), or of "according to". What a cue may take is
in the cue list.
"""

from __future__ import annotations

import dataclasses

from stancebrief import cues, quotations
from stancebrief.sheets import Sheet

TIMES = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight week month "
                  "year morning afternoon evening night january february march april june july august september october "
                  "november december time day weekend".split())
NOT_FIRST = frozenset("before after when while until since because during".split())
SETTING = frozenset("at in during throughout on after before since when amid ahead following while".split())
SKIPPED_BEFORE_CONTENT = frozenset((",", ":", "-", "--", "–", "—", "that", '"'))
OBJECT_KINDS = frozenset(("dobj", "ccomp", "xcomp", "attr", "oprd", "acomp", "prep", "prt", "dative", "pobj", "pcomp",
                          "nsubj", "advcl", "agent", "intj", "dep"))


@dataclasses.dataclass
class Report:
    """A cue with its source and content.

    `source`: number of the word that heads the subject, None where none is written near; `content`: (start, end) or
    None where only a quotation can be the content; `rule`: how it was read.
    """

    found: cues.Found
    first: int          # first word of the cue
    last: int           # one past its last word
    source: int | None
    content: tuple[int, int] | None
    rule: str
    quoting: bool = True   # whether a quotation beside it may be its content
    partner: int | None = None  # who says it together with the source: "agreed with X to …"


def read(sheet: Sheet) -> list[Report]:
    """The reports of a paragraph, in order; those inside another report's content are left out."""
    made = []
    for found in sheet.cues:
        report = _report(sheet, found)
        if report is not None:
            made.append(report)
    made += _claims(sheet)
    made.sort(key=lambda report: report.first)
    return _outermost(sheet, made)


def _report(sheet: Sheet, found: cues.Found) -> Report | None:
    takes = found.cue.takes
    i = found.first
    if found.last - i > 1 and sheet.tags[found.last - 1] == "TO" and "infinitive" in takes:
        found = dataclasses.replace(found, last=found.last - 1)  # "agreed to act": "to act" is content
    if "source" in takes:
        return _according(sheet, found) if "weak" not in takes else None
    if not _is_verb(sheet, found):
        return _mistagged(sheet, found)
    if found.cue.name in QUOTING and _as_saying(sheet, i) is not None:
        return None  # "X quoted Y as saying": what Y says is read at "saying"
    if "light" in takes:
        light = _light(sheet, found)
        if light is not None or not takes & {"quote", "clause", "object"}:
            return light
    negated = sheet.child(i, "neg") is not None
    if negated and found.cue.kind in ("neutral", "spun", "thought"):
        return None
    source, passive = _source(sheet, i)
    if sheet.tags[i] == "VBN" and sheet.deps[i] == "acl" and found.last - i == 1 and sheet.child(i, "agent") is None:
        return None
    if "finite" in takes and sheet.tags[i] not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    content, rule = _content(sheet, found, source, passive)
    if rule in ("object", "infinitive") and _only_possible(sheet, i, rule) and not _quoting(sheet, content):
        content = None
    if rule in ("object", "infinitive") and source is None and not sheet.title:
        content = None
    if "spun" in takes and "object" not in takes and rule != "clause":
        return None
    if "spun" in takes and "clause" in takes and not _that(sheet, found.last, content):
        return None
    if "weak" in takes:
        content = None
    quoting = "quote" in takes or "weak" not in takes
    return Report(found, found.first, found.last, source, content, rule, quoting, _partner(sheet, found))


def _partner(sheet: Sheet, found: cues.Found) -> int | None:
    """ "agreed with X to …": X says it too."""
    if found.cue.kind != "agreement":
        return None
    by = next((c for c in sheet.children(found.first) if sheet.lower[c] == "with" and c > found.first), None)
    to = any(sheet.deps[c] in ("xcomp", "advcl", "ccomp") and c > found.first for c in sheet.children(found.first))
    return sheet.child(by, "pobj") if by is not None and to else None


def _only_possible(sheet: Sheet, i: int, rule: str) -> bool:
    """Whether the act is only aimed at, tried or possible: "to question X", "in advocating X", "could demand X"."""
    if sheet.deps[i] == "pcomp":
        return rule == "object" and sheet.lower[sheet.heads[i]] not in ("by", "with", "after", "before", "despite")
    helpers = [c for c in sheet.children(i) if sheet.deps[c] in ("aux", "neg") and c < i]
    if rule == "object" and any(sheet.tags[c] == "TO" for c in helpers):
        return True
    return any(sheet.lower[c] in ("could", "would", "should", "can", "ca", "may", "might", "must") for c in helpers)


def _quoting(sheet: Sheet, content: tuple[int, int] | None) -> bool:
    """Whether a content holds a quotation or begins with "what"."""
    return content is not None and (sheet.text.startswith("what ", content[0]) or any(
        content[0] <= q.start < content[1] for q in sheet.double))


def _that(sheet: Sheet, last: int, content: tuple[int, int] | None) -> bool:
    return content is not None and "that" in sheet.lower[last: sheet.word_at(content[0]) + 1]


def _is_verb(sheet: Sheet, found: cues.Found) -> bool:
    i = found.first
    if sheet.deps[i] in ("amod", "aux", "auxpass", "compound", "nmod"):
        return found.last - found.first > 2
    if sheet.tags[i][:2] == "VB":
        return True
    if sheet.title and any(sheet.deps[c] == "nsubj" and c < i for c in sheet.children(i)):
        return "light" not in found.cue.takes
    return found.last - found.first > 1 and sheet.tags[i][:2] not in ("IN", "NN") or "core" in found.cue.takes


def _mistagged(sheet: Sheet, found: cues.Found) -> Report | None:
    """The tagger takes "X claims Y" for nouns: in a headline a cue after a name is a verb, in a text before "that"."""
    i = found.first
    takes = found.cue.takes
    if i == 0 or found.last >= len(sheet) or takes & {"weak", "light", "only", "spun"}:
        return None
    if sheet.tags[i] not in ("NNS", "NN", "NNP", "NNPS", "JJ") or sheet.tags[i - 1][:2] not in ("NN", "PR"):
        return None
    before, after = sheet.words[i - 1], sheet.words[found.last]
    if sheet.title:
        if not before[:1].isupper() or not (sheet.lower[i].endswith(("s", "d")) or "object" in takes):
            return None
        if sheet.words[i][:1].isupper() and not after[:1].isupper() and after[:1] not in "'\"":
            return None
        if sheet.tags[i] in ("NN", "JJ") and sheet.words[i][:1].islower() and sheet.deps[i] not in ("ROOT", "conj"):
            return None
    elif after.lower() != "that" or "clause" not in takes or sheet.tags[i] != "NNS":
        return None
    start, end = _rest(sheet, found.last + (after.lower() == "that"))
    return Report(found, i, found.last, i - 1, (start, end) if end > start else None, "headline")


def _rest(sheet: Sheet, first: int) -> tuple[int, int]:
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


def _source(sheet: Sheet, i: int, depth: int = 0) -> tuple[int | None, bool]:
    """(word that heads who speaks, whether the verb is passive). Follows chains, participles and relative clauses."""
    subject = None
    passive = False
    for child in sheet.children(i):
        dep = sheet.deps[child]
        if dep in ("auxpass", "nsubjpass"):
            passive = True
        if dep == "agent":
            agent = sheet.child(child, "pobj")
            if agent is not None:
                return agent, True
        if dep == "nsubj" and subject is None:
            subject = child
        elif dep == "nsubj" and subject is not None and child < i and sheet.deps[subject] == "nsubj" and (
                sheet.lower[subject] in ("what", "which", "who")):
            subject = child
    if subject is not None:
        if sheet.lower[subject] in DOCUMENTS:
            owner = _issuer(sheet, subject)
            return (owner if owner is not None else subject), passive
        if sheet.lower[subject] in ("who", "that", "which") and sheet.deps[i] in ("relcl", "ccomp", "acl"):
            return sheet.heads[i], passive
        return subject, passive
    if passive:
        return None, True
    if depth > 5 or sheet.lower[sheet.heads[i]] in ("worth", "without"):
        return None, True
    dep, head = sheet.deps[i], sheet.heads[i]
    if head == i:
        return None, False
    if sheet.lower[head] == "as" and sheet.tags[i] == "VBG" and _as_saying(sheet, sheet.heads[head]) == i:
        verb = sheet.heads[head]  # "KCNA quoted him as saying", "he was quoted as saying"
        return sheet.child(verb, "dobj", "nsubjpass"), False
    if dep == "acl" or dep == "relcl":
        noun = sheet.lower[head]
        if noun in cues.speech_nouns() or noun in DOCUMENTS:
            return _owner(sheet, head, depth)
        return head, False
    if dep in ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "parataxis", "ccomp"):
        up = head
        while sheet.deps[up] in ("prep", "pobj", "pcomp", "acomp", "attr", "dobj", "npadvmod") and sheet.heads[up] != up:
            up = sheet.heads[up]
        if dep == "xcomp":
            thing = sheet.child(head, "dobj", "dative")
            if thing is not None and sheet.tags[i] == "VBG" and thing < i:
                inner = sheet.child(thing, "prep")
                named = sheet.child(inner, "pobj") if inner is not None else None
                return (named if named is not None else thing), False
            if thing is not None and sheet.lower[thing] not in ("language", "opportunity", "chance", "speech", "words"):
                return None, False
        if sheet.verb(up) or sheet.tags[up][:2] in ("VB", "JJ", "NN"):
            return _source(sheet, up, depth + 1)
    return None, False


DOCUMENTS = frozenset("statement statements letter memo memorandum op-ed article interview report speech filing brief ad "
                      "tweet post email e-mail note message release readout communique communiqué resolution ruling order "
                      "remarks address submission petition lawsuit complaint blog column editorial essay video".split())


def _issuer(sheet: Sheet, noun: int) -> int | None:
    """ "a statement issued by X", "X's statement", "a statement from X": X."""
    owner = sheet.child(noun, "poss")
    if owner is not None:
        return owner
    for child in sheet.children(noun):
        if sheet.deps[child] == "acl" and (agent := sheet.child(child, "agent")) is not None:
            return sheet.child(agent, "pobj")
        if sheet.deps[child] == "prep" and sheet.lower[child] in ("by", "from"):
            return sheet.child(child, "pobj")
    return None


def _owner(sheet: Sheet, noun: int, depth: int) -> tuple[int | None, bool]:
    """Who owns a noun of speech: its possessor, its "by" or "from" phrase, or the subject of the verb it hangs on."""
    owner = sheet.child(noun, "poss")
    if owner is not None:
        return owner, False
    for child in sheet.children(noun):
        if sheet.deps[child] == "prep" and sheet.lower[child] in ("by", "from"):
            named = sheet.child(child, "pobj")
            if named is not None:
                return named, False
    up = sheet.heads[noun]
    while sheet.deps[up] in ("prep", "pobj") and sheet.heads[up] != up:
        up = sheet.heads[up]
    return _source(sheet, up, depth + 1) if sheet.verb(up) else (noun, False)


def _content(sheet: Sheet, found: cues.Found, source: int | None, passive: bool) -> tuple[tuple[int, int] | None, str]:
    """(span, rule) of what is reported; span None where the grammar shows none."""
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
                return quotations.tidy(sheet.text, sheet.at[sheet.left(subject)], sheet.end(sheet.right(subject))), "passive"
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
    right = [c for c in sheet.children(i) if c >= last and sheet.deps[c] in ("ccomp", "xcomp", "advcl")
             and (sheet.deps[c] == "ccomp" or _wh(sheet, c, found.cue))]
    if right:
        c = right[0]
        first = sheet.left(c)
        if sheet.lower[first] in NOT_FIRST and not sheet.quoted[first]:
            return None
        while first < len(sheet) and first < c and (sheet.lower[first] in SKIPPED_BEFORE_CONTENT and not (
                sheet.lower[first] == '"')):
            first += 1
        if first < last:
            first = last
        return _fit(sheet, i, sheet.at[first], sheet.end(_extended(sheet, i, c)))
    left = [c for c in sheet.children(i) if c < i and sheet.deps[c] == "ccomp"]
    if left:
        c = left[-1]
        own = min([sheet.left(k) for k in sheet.children(i) if sheet.right(c) < k < i and sheet.deps[k] != "punct"] + [i])
        if not any(sheet.lower[k] in (",", '"', "'", "?", "!", "...") for k in range(sheet.right(c), own)):
            return None
        return _fit(sheet, i, sheet.at[sheet.left(c)], sheet.end(sheet.right(c)))
    if sheet.deps[i] == "advcl" and sheet.heads[i] > i and sheet.lower[sheet.left(i)] == "as":
        after = sheet.right(i) + 1  # "As X pointed out, …"
        if after < len(sheet) and sheet.lower[after] == ",":
            return _fit(sheet, i, sheet.end(after), sheet.sentence(sheet.at[i])[1])
    if sheet.deps[i] in ("parataxis",) and sheet.heads[i] != i:
        head = sheet.heads[i]
        if sheet.verb(head) or sheet.child(head, "nsubj", "cop") is not None:
            return _around(sheet, i, head)
    return None


def _wh(sheet: Sheet, c: int, cue: cues.Cue) -> bool:
    first = sheet.left(c)
    return sheet.lower[first] in ("whether", "if", "why", "how", "what", "who", "when", "where") and sheet.verb(c) and (
        sheet.deps[c] != "advcl" or sheet.lower[first] == "whether" or (
            sheet.lower[first] == "if" and (cue.kind == "question" or cue.name == "ask")))


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
        return _fit(sheet, i, sheet.at[min(own[1] + 1, len(sheet) - 1)], sheet.end(end))
    rest = [w for w in range(own[1] + 1, end + 1) if sheet.tags[w][0].isalpha()]
    if not rest:
        return _fit(sheet, i, sheet.at[start], sheet.end(own[0] - 1))
    return _fit(sheet, i, sheet.at[start], sheet.end(end))


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
        if "core" in takes or "addressee" in takes and not asked:
            while first < child and sheet.tags[first] != "TO":
                first += 1
        return _fit(sheet, i, sheet.at[max(first, last)], sheet.end(_extended(sheet, i, child)))
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
    kids = [k for k in range(last, min(len(sheet), last + 40))
            if sheet.heads[k] in anchors and sheet.deps[k] in OBJECT_KINDS and not (k == source)]
    many = last - i > 1
    if not kids:
        if many and "spun" in found.cue.takes:
            return _rest(sheet, last)
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
        if sheet.left(kid) > edge + 1 or _time(sheet, kid) or (
                sheet.deps[kid] == "advcl" and "infinitive" not in found.cue.takes):
            break
        if sheet.deps[kid] == "prep" and sheet.lower[kid] in SETTING and not (
                sheet.lower[kid] == "as" and found.cue.kind in ("blame", "praise")):
            break
        edge = max(edge, sheet.right(kid))
    return _fit(sheet, i, sheet.at[start], sheet.end(edge))


def _only_names(sheet: Sheet, found: cues.Found) -> bool:
    """ "called a meeting": a naming cue with one object and nothing it is called."""
    if "naming" not in found.cue.takes:
        return False
    i = found.first
    named = [c for c in sheet.children(i) if c > i and sheet.deps[c] in ("oprd", "ccomp", "xcomp", "attr", "acomp")]
    objects = [c for c in sheet.children(i) if c > i and sheet.deps[c] in ("dobj", "dative", "nmod")]
    what = sheet.lower[max(0, sheet.left(i) - 1)] == "what" or any(
        sheet.lower[c] in ("what", "which") for c in sheet.children(i))
    return not (named or len(objects) > 1 or what or any(
        sheet.double and q.before - 1 <= sheet.end(found.last - 1) + 40 and q.before > sheet.at[i]
        for q in sheet.quotations))


def _relative_object(sheet: Sheet, i: int) -> tuple[int, int] | None:
    """ "a claim that X denies": the noun before the relative clause is the object."""
    if sheet.deps[i] != "relcl" or not any(sheet.deps[c] == "nsubj" and sheet.lower[c] not in ("who", "which", "that")
                                           for c in sheet.children(i) if c < i):
        return None
    noun = sheet.heads[i]
    first = sheet.left(noun)
    return _fit(sheet, i, sheet.at[first], sheet.end(noun)) if noun < i else None


def _time(sheet: Sheet, k: int) -> bool:
    return any(sheet.lower[j] in TIMES for j in range(sheet.left(k), sheet.right(k) + 1)) and (
        sheet.right(k) - sheet.left(k) < 5) and sheet.deps[k] != "dobj"


def _loose_clause(sheet: Sheet, found: cues.Found, source: int | None) -> tuple[int, int] | None:
    """After "said" with a subject before it, a clause that the parser did not see: the rest, if it holds a verb."""
    if source is None or source > found.first:
        return None
    lo, hi = sheet.sentence(sheet.at[found.first])
    first = found.last
    for k in range(found.last, min(found.last + 15, len(sheet) - 1)):
        if sheet.at[k] >= hi or sheet.quoted[k] or sheet.child(found.first, "dobj") is not None:
            break
        if sheet.lower[k] == "that" and sheet.tags[k] == "IN":
            return quotations.tidy(sheet.text, sheet.at[k + 1], hi)
    if "core" not in found.cue.takes:
        return None
    while first < len(sheet) and sheet.at[first] < hi and (
            sheet.lower[first] in SKIPPED_BEFORE_CONTENT or sheet.lower[first] in TIMES or sheet.tags[first] in ("RB",)):
        first += 1
    if first < len(sheet) and sheet.tags[first] == "IN" and sheet.heads[first] == found.first:
        first = sheet.right(first) + 1  # "said after the meeting he would …"
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
    return _fit(sheet, found.first, lo, sheet.end(own - 1))


def _fit(sheet: Sheet, i: int, start: int, end: int) -> tuple[int, int] | None:
    """The span within the sentence of word i, tidied; None if nothing is left."""
    lo, hi = sheet.sentence(sheet.at[i])
    start, end = quotations.tidy(sheet.text, max(start, lo), min(end, hi))
    return (start, end) if end > start else None


def _light(sheet: Sheet, found: cues.Found) -> Report | None:
    """ "made a plea for X", "expressed doubt that …": a verb that carries a noun of speech."""
    i = found.first
    noun = sheet.child(i, "dobj")
    if noun is None or sheet.lower[noun] not in cues.speech_nouns() or noun < i:
        return None
    source, _ = _source(sheet, i)
    last = noun + 1
    content = None
    for child in [*sheet.children(noun), *[c for c in sheet.children(i) if c > noun]]:
        dep = sheet.deps[child]
        if dep == "prep" and sheet.lower[child] in PREPOSITIONS:
            inner = sheet.child(child, "pobj", "pcomp")
            if inner is not None:
                last = child + 1
                content = _fit(sheet, i, sheet.at[sheet.left(inner)], sheet.end(sheet.right(inner)))
                break
        if dep in ("acl", "ccomp", "relcl", "xcomp", "advcl") and child > noun:
            first = sheet.left(child)
            if sheet.lower[first] == "for" and first == noun + 1 and sheet.deps[first] == "mark":
                last = first + 1
                content = _fit(sheet, i, sheet.at[last], sheet.end(sheet.right(child)))
                break
            if sheet.lower[first] in ("that", "whether") or sheet.tags[first] == "TO":
                first += sheet.lower[first] == "that"
                content = _fit(sheet, i, sheet.at[first], sheet.end(sheet.right(child)))
                break
    if content is None:
        return None
    return Report(found, i, last, source, content, "noun")


def _claims(sheet: Sheet) -> list[Report]:
    """ "X's claim that …": a noun of speech with its owner and a that-clause."""
    made = []
    for i, word in enumerate(sheet.lower):
        if word not in cues.speech_nouns() or sheet.quoted[i] or sheet.tags[i][:2] != "NN":
            continue
        valence, takes = cues.speech_nouns()[word]
        owner = sheet.child(i, "poss")
        if "clause" not in takes or owner is None or i + 1 >= len(sheet) or sheet.lower[i + 1] != "that":
            continue
        clause = next((c for c in sheet.children(i) if c > i and sheet.deps[c] in ("acl", "ccomp", "relcl")), None)
        if clause is None or sheet.tags[i + 1] != "IN":
            continue
        content = _fit(sheet, i, sheet.at[i + 1] + 4, sheet.end(sheet.right(clause)))
        if content:
            cue = cues.Cue(word, "noun", valence, frozenset(("clause",)), "noun of speech")
            made.append(Report(cues.Found(cue, i, i + 1), i, i + 1, owner, content, "noun"))
    return made


PREPOSITIONS = frozenset("for of over about on against toward towards".split())


def source_beside(sheet: Sheet, report: Report, first: int, last: int) -> int | None:
    """Who speaks beside a quotation where the parse went astray: the noun before the cue, else the one after it.

    `first`, `last`: the words outside the quotation that may hold it.
    """
    skipped = ("RB", "MD", ",", "-RRB-", "VBZ", "VBD", "VBP")
    i = report.first - 1
    if i >= first and sheet.tags[i] == "-RRB-":
        while i > first and sheet.tags[i] != "-LRB-":
            i -= 1
        i -= 1
    while i >= first and sheet.tags[i] in skipped:
        i -= 1
    if i >= first and sheet.tags[i][:2] in ("NN", "PR", "DT"):
        while sheet.deps[i] == "pobj" and sheet.deps[sheet.heads[i]] == "prep" and first <= sheet.heads[sheet.heads[i]] < i:
            i = sheet.heads[sheet.heads[i]]
        return i
    for i in range(report.last, min(last, report.last + 12)):
        if sheet.tags[i][:2] in ("NN", "PR"):
            while sheet.deps[i] in ("compound", "poss", "nmod", "amod", "dep") and i < sheet.heads[i] < last:
                i = sheet.heads[i]
            return i
        if sheet.tags[i] not in ("DT", "JJ", "CD", "POS", "RB", "PRP$", "_SP", "''", "``") :
            break
    return None


QUOTING = frozenset(("quote", "cite", "report"))


def _as_saying(sheet: Sheet, i: int) -> int | None:
    """ "quoted Y as saying": the word "saying"; None where that does not follow."""
    by = next((c for c in sheet.children(i) if sheet.lower[c] == "as" and c > i), None)
    return sheet.child(by, "pcomp", "ccomp", "advcl") if by is not None else None


def _according(sheet: Sheet, found: cues.Found) -> Report | None:
    """ "…, according to X" and "According to X, …"."""
    i, last = found.first, found.last
    if last >= len(sheet):
        return None
    anchors = range(i, last)
    source = next((k for k in range(last, min(len(sheet), last + 25))
                   if sheet.heads[k] in anchors and sheet.deps[k] in ("pobj", "pcomp", "npadvmod", "dobj")), None)
    if source is None:
        return None
    lo, hi = sheet.sentence(sheet.at[i])
    phrase_end = sheet.end(sheet.right(source))
    before = sheet.text[lo: sheet.at[i]].strip(" ,\"'—–-")
    if len(before.split()) < 3:
        phrase_end = min(phrase_end, _first_phrase(sheet, last, hi))
    after = sheet.text[min(phrase_end, hi): hi].strip(" ,.\"'")
    head = sheet.heads[i]
    if len(before.split()) < 3 and after:
        span = (phrase_end, hi)
    elif len(after.split()) < 4 or sheet.text[phrase_end: phrase_end + 1] != ",":
        begin = lo
        if sheet.deps[head] in ("ccomp", "conj", "relcl", "advcl") and sheet.left(head) < i and sheet.verb(head):
            begin = max(lo, sheet.at[sheet.left(head)])
        span = (begin, sheet.at[i])
    else:
        span = (lo, hi)
    span = quotations.tidy(sheet.text, *span)
    if len(sheet.text[span[0]:span[1]].split()) < 3:
        return None
    return Report(found, i, last, source, span if span[1] > span[0] else None, "according")


def _first_phrase(sheet: Sheet, first: int, hi: int) -> int:
    """Offset of the comma that ends "According to X," or "According to X, an office,"."""
    commas = [k for k in range(first, len(sheet)) if sheet.at[k] < hi and sheet.lower[k] == "," and not sheet.quoted[k]]
    for n, k in enumerate(commas):
        until = commas[n + 1] if n + 1 < len(commas) else sheet.word_at(hi)
        if any(sheet.tags[w] in ("VBD", "VBZ", "VBP", "MD") for w in range(k, until)) or n == 1:
            return sheet.at[k]
    return hi


def _outermost(sheet: Sheet, made: list[Report]) -> list[Report]:
    """Without the reports whose cue stands inside another's content, unless they say "what X called …"."""
    for report in made:
        _cut(sheet, report, made)
    kept = []
    for report in made:
        at = sheet.at[report.first]
        inside = [other for other in made if other is not report and other.content is not None
                  and other.content[0] <= at < other.content[1] and not _encloses(sheet, report, other)]
        if inside and not _what(sheet, report, inside[0]):
            continue
        kept.append(report)
    return kept


def _encloses(sheet: Sheet, report: Report, other: Report) -> bool:
    """Whether the report's own content holds the other's cue and is the longer one."""
    if report.content is None:
        return False
    return (report.content[0] <= sheet.at[other.first] < report.content[1]
            and report.content[1] - report.content[0] > other.content[1] - other.content[0])


def _what(sheet: Sheet, report: Report, outer: Report) -> bool:
    """ "what X called …" inside a report, not at its start: a statement of its own."""
    i = report.first
    if "naming" not in report.found.cue.takes or report.source is None:
        return False
    before = sheet.left(report.source) - 1
    return before >= 0 and sheet.lower[before] == "what" and (
        sheet.at[before] > outer.content[0] + 2 or sheet.proper(report.source)) and report.content is not None and (
        sheet.at[i] < report.content[0])


JOINED_BY = frozenset(("and", "but", "while", "whereas", "as", "with", "although", "though", "however", "yet", "or"))


def _cut(sheet: Sheet, report: Report, made: list[Report]) -> None:
    """End a report's content where another report begins beside it, though the parser put that one inside.

    "said X and warned Y": same form of the verb, joined by "and" and without a subject of its own; "warned X, with Y
    saying …", "…, whereas Y asks", "…, remarking that …": after a comma.
    """
    if report.content is None or report.content[0] < sheet.at[report.first] or report.rule in ("according", "headline"):
        return
    for other in made:
        if other is report or other.content is None or other.first <= report.last:
            continue
        at = sheet.at[other.first]
        if not report.content[0] < at < report.content[1] or other.content[0] < report.content[0] + 2:
            continue
        begin = _joint(sheet, report, other)
        if begin is None:
            begin = _dash(sheet, report, other)
        if begin is None:
            continue
        start, end = quotations.tidy(sheet.text, report.content[0], sheet.at[begin])
        if end - start < 2:
            continue
        report.content = (start, end)
        if other.source is None or not _own_subject(sheet, other):
            other.source = report.source
        return


def _own_subject(sheet: Sheet, report: Report) -> bool:
    return report.source is not None and any(
        sheet.deps[c] in ("nsubj", "nsubjpass") for c in sheet.children(report.first))


def _dash(sheet: Sheet, report: Report, other: Report) -> int | None:
    """A dash between a content and a remark that reports somebody ("… – a claim that Y denies")."""
    if not _own_subject(sheet, other):
        return None
    dashes = [k for k in range(sheet.word_at(report.content[0]), sheet.word_at(report.content[1]))
              if sheet.words[k] in ("–", "—", "--", "-") and sheet.text[sheet.at[k] - 1: sheet.at[k]] == " "
              and not sheet.quoted[k]]
    return dashes[0] if len(dashes) == 1 and dashes[0] < other.first else None


def _joint(sheet: Sheet, report: Report, other: Report) -> int | None:
    """First word of the joint before `other`, if it stands beside `report` and not inside it."""
    i = other.first
    own = _own_subject(sheet, other)
    first = i
    if own:
        subject = next(c for c in sheet.children(i) if sheet.deps[c] in ("nsubj", "nsubjpass"))
        if subject > i:
            return None
        first = sheet.left(subject)
    while first > report.last and (sheet.deps[first - 1] in ("aux", "auxpass", "advmod", "neg") or (
            sheet.tags[first - 1] in ("RB", "MD"))):
        first -= 1
    joint = sheet.lower[first - 1]
    if own:
        comma = sheet.lower[first - 2] == "," if first > 1 else False
        return first - 1 if joint in JOINED_BY and comma and joint not in ("or", "though", "as") or (
            joint == "with" and sheet.tags[i] == "VBG") else None
    if sheet.tags[i] == "VBG":
        return first - 1 if joint == "," and other.rule in ("clause", "infinitive", "noun") and (
            sheet.tags[report.first] != "VBG") else None
    same = sheet.tags[i] == sheet.tags[report.first] or {sheet.tags[i], sheet.tags[report.first]} <= {"VBD", "VBN"} or (
        {sheet.tags[i], sheet.tags[report.first]} <= {"VBZ", "VBP"})
    if joint in ("and", "but") and same and sheet.deps[i] == "conj" and sheet.tags[i] != "VB":
        return first - 1
    return None
