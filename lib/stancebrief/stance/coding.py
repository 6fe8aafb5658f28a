"""One statement's positions: each target that it names, or that one of its words stands for, read by the grammar."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Iterator, Mapping

from spacy.tokens import Span

from stancebrief import codebook
from stancebrief.stance import (
    anaphors,
    antecedents,
    carried,
    contents,
    grammar,
    judgements,
    reporting,
    scenes,
    standins,
    targets,
    valence,
)
from stancebrief.stance.carried import Position
from stancebrief.stance.contents import Content

TOPICS = {"on", "about", "over"}
PARTIES = {"between", "with", "among"}
JUDGING = {"bad", "good", "harm", "help", "ill"}
UNCARRIED = ("tone",)  # too weak to rest on a target that is not named
RANK = (
    "stand",
    "asked",
    "harmed",
    "judged",
    "intended",
    "ready",
    "weighed",
    "refused",
    "warned",
    "insinuated",
    "cue",
    "denial",
    "named",
    "course",
    "tone",
    "paraphrase",
    "pronoun",
    "carried",
)


def read(
    record: Mapping,
    text: str,
    book: codebook.Codebook,
    known: Mapping[str, str] | None = None,
    before: tuple[Mapping, list[Position]] | None = None,
    field: antecedents.Field | None = None,
) -> list[Position]:
    """The positions of one statement (a row of the statements table), in the codebook's order.

    `known` gives persons' countries; `before` is the statement before with its positions, for what is carried over;
    `field` is where the article names its targets (made here where it is not given).
    """
    content = contents.of(record, text, known or {})
    if content is None:
        return []
    lo, hi = content.offset, content.offset + len(content.scene.doc.text)
    mentions = targets.find(
        text, int(record["start"]), int(record["end"]), book, by=content.by, paragraph=text[lo:hi], known=known
    )
    field = field or antecedents.Field(text, book)
    mentions = _absorbed([*mentions, *standins.told(content, mentions, book, field)], content, book)
    for mention in mentions:
        span = content.scene.doc.char_span(mention.start - lo, mention.end - lo, alignment_mode="expand")
        if not mention.actor:
            content.scene.named.update({token.i: mention.target for token in span or ()})
            if book[mention.target].kind == "act":
                content.scene.acts.update(token.i for token in span or ())
    found: dict[str, Position] = {}
    for mention in mentions:
        target = book[mention.target]
        span = content.scene.doc.char_span(mention.start - lo, mention.end - lo, alignment_mode="expand")
        if span is None:
            continue
        if mention.actor and _part_of_another(span, mention, mentions, lo):
            continue
        with _named_only(content, mention, mentions, book):
            reading = _reading(content, span, target, mention.against)
        if reading is None or (reading.sign > 0 and target.kind == "act" and _ill_named(content, span)):
            continue
        new = Position(target.name, reading.sign, reading.rule, reading.why, contents.spans(content, reading.tokens))
        old = found.get(target.name)
        if old is None or RANK.index(new.rule) < RANK.index(old.rule):
            found[target.name] = new
    for link in antecedents.links(content, record, field, mentions):
        reading = _linked(content, link, book[link.target])
        if reading is not None and not (reading.sign > 0 and _others_doing(content, book[link.target])):
            words = contents.spans(content, reading.tokens)
            new = Position(link.target, reading.sign, link.rule, f"{reading.why}; {link.why}", words)
            found.setdefault(link.target, new)
    for token, name, words in standins.pronouns(content, record, book, known or {}, field):
        reading = _reading(content, content.scene.doc[token.i : token.i + 1], book[name], False)
        if reading is not None and reading.rule in ("judged", "asked"):
            why = f"{reading.why}; ‘{token.text}’ stands for ‘{words}’, in the sentence before"
            new = Position(name, reading.sign, "pronoun", why, contents.spans(content, reading.tokens))
            found.setdefault(name, new)
    if (course := standins.own(content, record, book)) is not None:
        name, sign, why, tokens = course
        found.setdefault(name, Position(name, sign, "course", why, contents.spans(content, tokens)))
    found = carried.bargained(content, book, found)
    for position in carried.beside(content, record, text, book, mentions, found, before):
        found.setdefault(position.target, position)
    for other in {other for name in found for other in book[name].instead_of}:
        found.pop(other, None)
    among = len({mention.target for mention in mentions} | set(found))
    return [dataclasses.replace(found[name], among=among) for name in book.names if name in found]


def _ill_named(content: Content, span: Span) -> bool:
    """Whether a target is named by a bad word ("a provocation"), which nobody uses who is for it, and not denied."""
    scene = content.scene
    named = any("bad" in scene.classes(t) and scene.part(t) == "n" for t in span)
    return named and not any(scenes.negated(up) for up in (span.root, *span.root.ancestors) if scene.inside(up))


@contextlib.contextmanager
def _named_only(
    content: Content, mention: targets.Mention, mentions: list[targets.Mention], book: codebook.Codebook
) -> Iterator[None]:
    """What names a target judges nothing while it is read: hostages are bad, their release is not."""
    senses, kept = content.scene.senses, {}
    for other in mentions:
        if other == mention or (
            other.target != mention.target and book[other.target].kind in ("measure", "process")
        ):
            span = content.scene.doc.char_span(
                other.start - content.offset, other.end - content.offset, alignment_mode="expand"
            )
            for token in span or ():
                if senses[token.i] is not None and content.scene.part(token) == "n":
                    if content.scene.classes(token) & JUDGING and not content.scene.classes(token) - JUDGING:
                        kept[token.i] = senses[token.i]
    for i in kept:
        senses[i] = None
    try:
        yield
    finally:
        for i, sense in kept.items():
            senses[i] = sense


def _others_doing(content: Content, target: codebook.Target) -> bool:
    """Whether a target is what other governments do: praise for a thing not named is then praise for something else."""
    return target.kind == "act" and bool(target.whose) and not set(target.whose) & set(content.by)


def _linked(content: Content, link: antecedents.Link, target: codebook.Target) -> scenes.Reading | None:
    """What the content says of a target that one of its words, or the word that it is said of, stands for."""
    if link.outside and anaphors.labels(content) is not None:
        sign, words = judgements.worth(content.scene, content.top)
        tokens = {i for w in words for i in (content.scene.senses[w.i].tokens if content.scene.senses[w.i] else (w.i,))}
        why = f"calls it {scenes.text(content.scene, *words)}"
        return scenes.Reading(sign * (-1 if link.against else 1), "judged", why, frozenset(tokens)) if sign else None
    token = anaphors.said_of(content, link.token) if link.outside else link.token
    reading = _reading(content, content.scene.doc[token.i : token.i + 1], target, link.against)
    if reading is not None and reading.rule in UNCARRIED and "label" not in content.cue:
        return None
    return reading


def _reading(content: Content, span: Span, target: codebook.Target, against: bool) -> scenes.Reading | None:
    """What the content, or else its reporting word, says of the target that the span names."""
    content.scene.special = _special(content, target)
    content.scene.mine = not target.whose or bool(set(target.whose) & set(content.by))
    kind = "measure" if target.kind == "conduct" and against else target.kind
    reading, walk = grammar.climb(content.scene, span.start, span.end, kind, against)
    if reading is None and (again := contents.again(content, span)) is not None and kind != "conduct":
        reading, _ = grammar.climb(content.scene, again.i, again.i + 1, kind, against)
        if reading is not None and walk.closed == "condition" and reading.rule != "asked":
            reading = None  # what would be so if …
        if reading is not None:
            reading = dataclasses.replace(reading, tokens=reading.tokens | walk.tokens)
    return reporting.weigh(content, reading, walk, span, target)


@functools.cache
def _forms(raising: tuple[str, ...], lowering: tuple[str, ...]) -> dict[str, str]:
    """{form of a verb: the class that the codebook gives it for a target}"""
    return {
        form: name
        for name, verbs in (("raise", raising), ("lower", lowering))
        for verb in verbs
        for form in valence.forms(verb)
    }


def _special(content: Content, target: codebook.Target) -> dict[int, str]:
    """The tokens of the content that the target's own verbs stand at."""
    forms = _forms(target.raise_, target.lower)
    return (
        {
            t.i: forms[valence.lower(t.text)]
            for t in content.tokens
            if t.tag_[0] == "V" and valence.lower(t.text) in forms
        }
        if forms
        else {}
    )


def _absorbed(mentions: list[targets.Mention], content: Content, book: codebook.Codebook) -> list[targets.Mention]:
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


def _part_of_another(span: Span, mention: targets.Mention, mentions: list[targets.Mention], offset: int) -> bool:
    """Whether a country's name only says whose another target is ("US-South Korean drills")."""
    head = span.root
    while head.dep_ in ("amod", "compound", "nmod", "poss", "conj", "appos") and head.head != head:
        head = head.head
        at = offset + head.idx
        if any(m.target != mention.target and m.start <= at < m.end for m in mentions):
            return True
    return False
