"""Mentions of targets inside others' words: which of them still stand ("a veto of sanctions" names a veto)."""

from __future__ import annotations

from spacy.tokens import Span

from stancebrief import codebook
from stancebrief.stance import contents, targets, valence
from stancebrief.stance.contents import Content

TOPICS = {"on", "about", "over"}
SHARERS = {"with", "between"}  # what follows takes part in what stands before
PARTIES = {"between", "with", "among"}


def standing(mentions: list[targets.Mention], content: Content, book: codebook.Codebook) -> list[targets.Mention]:
    """The mentions without those inside another target's that stands for them (a veto of sanctions is a veto)."""
    gone: set[targets.Mention] = set()
    for mention in mentions:
        others = set(book[mention.target].instead_of)
        span = content.scene.doc.char_span(
            mention.start - content.offset, mention.end - content.offset, alignment_mode="expand"
        )
        if others and span is not None:
            below = {t.i for t in span.root.subtree}
            if span.root.tag_[0] == "N" and span.root.head.tag_[0] == "V":
                below |= {t.i for c in span.root.head.children if c.dep_ == "prep" for t in c.subtree}
            for other in mentions:
                at = content.scene.doc.char_span(
                    other.start - content.offset, other.end - content.offset, alignment_mode="expand"
                )
                if other.target in others and at is not None and at.root.i in below:
                    gone.add(other)
        if book[mention.target].kind == "process" and span is not None:
            if any(_about(span, other, content) for other in mentions if book[other.target].kind == "measure"):
                gone.add(mention)
            if _among_allies(span, content, book):
                gone.add(mention)
        if mention.weak and book[mention.target].kind == "measure" and span is not None:
            if any(_put_on(span, other, content) for other in mentions if other.target != mention.target):
                gone.add(mention)
    return [m for m in mentions if m not in gone]


def _among_allies(span: Span, content: Content, book: codebook.Codebook) -> bool:
    """Whether talks are among governments that do another target together: "talks between Washington and Seoul"."""
    near = [*span.root.children, *(span.root.head.children if span.root.head.tag_[0] == "V" else ())]
    preps = [c for c in near if c.dep_ == "prep" and c.i > span.root.i]
    parties: set[str] = set()
    for prep in preps:
        if valence.lower(prep.text) in PARTIES and content.scene.inside(prep):
            parties |= {code for token in prep.subtree if token.dep_ in ("pobj", "conj", "compound", "poss")
                        for code in contents.codes(content, token)}
    on = any(valence.lower(c.text) in TOPICS for c in preps)
    if not parties and not (on and len(content.by) > 1):
        return False
    sides = parties if len(parties) > 1 else parties | set(content.by)
    return len(sides) > 1 and any(sides <= set(target.whose) for target in book.targets)


def _put_on(span: Span, other: targets.Mention, content: Content) -> bool:
    """Whether a general word for a measure is about another target: "restrictions on aid deliveries"."""
    below = {t.i for c in span.root.children if c.dep_ == "prep" and valence.lower(c.text) in ("on", "to", "against")
             for p in c.children if p.dep_ in ("pobj", "pcomp") for t in (p, *p.children) if t.dep_ != "poss"}
    named = content.scene.doc.char_span(
        other.start - content.offset, other.end - content.offset, alignment_mode="expand"
    )
    return named is not None and not other.actor and named.root.i in below


def _about(span: Span, other: targets.Mention, content: Content) -> bool:
    """Whether talks are talks on something else: "talks on the missile shield" are no talks with an adversary."""
    below = {
        t.i
        for c in span.root.children
        if c.dep_ == "prep" and valence.lower(c.text) in TOPICS
        for t in c.subtree
    }
    named = content.scene.doc.char_span(
        other.start - content.offset, other.end - content.offset, alignment_mode="expand"
    )
    return named is not None and not other.actor and not other.against and named.root.i in below


def part_of_another(span: Span, mention: targets.Mention, mentions: list[targets.Mention], offset: int) -> bool:
    """Whether a country's name only says whose, or with whom, another target is ("US-South Korean drills", "talks with
    the United States")."""
    head = span.root
    while head.dep_ in ("amod", "compound", "nmod", "poss", "conj", "appos", "pobj") and head.head != head:
        if head.dep_ == "pobj" and valence.lower(head.head.text) not in SHARERS:
            return False
        head = head.head.head if head.dep_ == "pobj" else head.head
        at = offset + head.idx
        if any(m.target != mention.target and m.start <= at < m.end for m in mentions):
            return True
    return False
