"""Which word heads the source of a report, by the grammar of its sentence.

Chains of verbs, participles, relative clauses, passives and the owners of documents are followed.
"""

from __future__ import annotations

from stancebrief.statements import cues, parentheses, vocabulary
from stancebrief.statements.sheets import Sheet

DOCUMENTS = vocabulary.of("document")
ISSUED = vocabulary.of("issued")
BRINGS_TO = vocabulary.of("brings_to")
QUOTING = vocabulary.of("relaying")
CARRIES = vocabulary.of("carries_infinitive")


def source_of(sheet: Sheet, i: int, depth: int = 0) -> tuple[int | None, bool]:
    """(word that heads who speaks, whether the verb is passive). Follows chains, participles and relative clauses."""
    if (within := parentheses.source(sheet, i)) is not None:
        return within, False
    subject = None
    passive = False
    for child in sheet.children(i):
        dep = sheet.deps[child]
        if dep in ("auxpass", "nsubjpass"):
            passive = passive or not _has(sheet, i)
            if dep == "nsubjpass" and _has(sheet, i):
                dep = "nsubj"
        if dep == "agent":
            agent = sheet.child(child, "pobj")
            if agent is not None:
                return agent, True
        if dep == "nsubj" and subject is None:
            subject = child
        elif (
            dep == "nsubj"
            and subject is not None
            and child < i
            and sheet.deps[subject] == "nsubj"
            and (sheet.lower[subject] in ("what", "which", "who"))
        ):
            subject = child
    if subject is not None:
        if sheet.lower[subject] in DOCUMENTS:
            owner = issuer(sheet, subject)
            return (owner if owner is not None else subject), passive
        if sheet.lower[subject] in ("who", "that", "which") and sheet.deps[i] in ("relcl", "ccomp", "acl"):
            return sheet.heads[i], passive
        return subject, passive
    if passive:
        return None, True
    for child in sheet.children(i):  # "X, asked whether …, said": the parse gives X to the participle
        if child < i and sheet.deps[child] in ("ccomp", "advcl") and sheet.lower[child - 1] == ",":
            aside = sheet.child(child, "nsubj")
            if aside is not None and aside < child and sheet.tags[child] in ("VBN", "VBD", "VBG"):
                return aside, False
    if depth > 5 or sheet.lower[sheet.heads[i]] in ("worth", "without"):
        return None, True
    dep, head = sheet.deps[i], sheet.heads[i]
    if head == i:
        return _astray(sheet, i), False
    if sheet.lower[head] == "as" and sheet.tags[i] == "VBG" and as_saying(sheet, sheet.heads[head]) == i:
        verb = sheet.heads[head]  # "KCNA quoted him as saying", "he was quoted as saying"
        return sheet.child(verb, "dobj", "nsubjpass"), False
    if dep == "acl" or dep == "relcl":
        noun = sheet.lower[head]
        if noun in cues.speech_nouns() or noun in DOCUMENTS:
            return _owner(sheet, head, depth)
        return head, False
    if dep == "pcomp" and sheet.lower[head] == "with" and (other := sheet.child(head, "pobj")) is not None:
        return other, False  # "with X attacking the plan"
    if dep in ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "parataxis", "ccomp"):
        up = head
        while (
            sheet.deps[up] in ("prep", "pobj", "pcomp", "acomp", "attr", "dobj", "npadvmod") and sheet.heads[up] != up
        ):
            up = sheet.heads[up]
        if dep == "xcomp":
            thing = sheet.child(head, "dobj", "dative")
            if thing is not None and sheet.tags[i] == "VBG" and thing < i:
                inner = sheet.child(thing, "prep")
                named = sheet.child(inner, "pobj") if inner is not None else None
                return (named if named is not None else thing), False
            if thing is not None and sheet.lower[head] in BRINGS_TO and thing < i:
                return thing, False  # "forced X to admit that …"
            if thing is not None and sheet.lower[thing] not in CARRIES:
                return None, False
        if sheet.verb(up) or sheet.tags[up][:2] in ("VB", "JJ", "NN"):
            return source_of(sheet, up, depth + 1)
    return None, False


def _has(sheet: Sheet, i: int) -> bool:
    """ "who's called for higher taxes": has, not is."""
    return sheet.child(i, "agent") is None and any(
        sheet.deps[c] in ("aux", "auxpass") and sheet.lower[c] in ("'s", "’s") for c in sheet.children(i)
    )


def _astray(sheet: Sheet, i: int) -> int | None:
    """The name before a finite verb that the parse leaves without a subject: "Smythe, who …, predicted that …"."""
    if sheet.tags[i] not in ("VBD", "VBZ"):
        return None
    first = sheet.word_at(sheet.sentence(sheet.at[i])[0])
    for c in sheet.children(i):
        if c >= i or sheet.deps[c] not in ("advmod", "npadvmod", "dep", "amod", "nmod", "dobj"):
            continue
        described = sheet.child(c, "relcl", "appos") is not None and sheet.lower[sheet.right(c) + 1] == ","
        if c == first and sheet.words[c][:1].isupper() and described:
            return c
    return None


def issuer(sheet: Sheet, noun: int) -> int | None:
    """ "a statement issued by X", "X's statement", "a statement from X": X."""
    owner = sheet.child(noun, "poss")
    if owner is not None:
        return owner
    for child in sheet.children(noun):
        agent = sheet.child(child, "agent") if sheet.deps[child] == "acl" and sheet.lower[child] in ISSUED else None
        if agent is not None:
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
    return source_of(sheet, up, depth + 1) if sheet.verb(up) else (noun, False)


def beside(sheet: Sheet, cue: tuple[int, int], first: int, last: int) -> int | None:
    """Who speaks beside a quotation where the parse went astray: the noun before the cue, else the one after it.

    `cue`: its first word and one past its last; `first`, `last`: the words outside the quotation that may hold it.
    """
    skipped = ("RB", "MD", ",", "-RRB-", "VBZ", "VBD", "VBP")
    i = cue[0] - 1
    if i >= first and sheet.tags[i] == "-RRB-":
        while i > first and sheet.tags[i] != "-LRB-":
            i -= 1
        i -= 1
    while i >= first and sheet.tags[i] in skipped:
        i -= 1
    if i >= first and sheet.tags[i][:2] in ("NN", "PR", "DT"):
        while (
            sheet.deps[i] == "pobj"
            and sheet.deps[sheet.heads[i]] == "prep"
            and first <= sheet.heads[sheet.heads[i]] < i
        ):
            i = sheet.heads[sheet.heads[i]]
        return i
    for i in range(cue[1], min(last, cue[1] + 12)):
        if sheet.tags[i][:2] in ("NN", "PR") or sheet.words[i][:1].isupper():
            while sheet.deps[i] in ("compound", "poss", "nmod", "amod", "dep") and i < sheet.heads[i] < last:
                i = sheet.heads[i]
            return i
        if sheet.tags[i] not in ("DT", "JJ", "CD", "POS", "RB", "PRP$", "_SP", "''", "``"):
            break
    return None


def as_saying(sheet: Sheet, i: int) -> int | None:
    """ "quoted Y as saying": the word "saying"; None where that does not follow."""
    by = next((c for c in sheet.children(i) if sheet.lower[c] == "as" and c > i), None)
    return sheet.child(by, "pcomp", "ccomp", "advcl") if by is not None else None


def partner(sheet: Sheet, found: cues.Found) -> int | None:
    """ "agreed with X to …": X says it too."""
    if found.cue.kind != "agreement":
        return None
    by = next((c for c in sheet.children(found.first) if sheet.lower[c] == "with" and c > found.first), None)
    to = any(sheet.deps[c] in ("xcomp", "advcl", "ccomp") and c > found.first for c in sheet.children(found.first))
    return sheet.child(by, "pobj") if by is not None and to else None
