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
    overlaps,
    reporting,
    scenes,
    standins,
    targets,
    valence,
)
from stancebrief.stance.carried import Position
from stancebrief.stance.contents import Content

JUDGING = {"bad", "good", "harm", "help", "ill"}
OUTSPOKEN = ("cue", "stand", "denial")  # how somebody else's act is spoken for, or one's own against
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


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a content names a target, or has a word that stands for it, and what was read there."""

    target: str
    tokens: tuple[int, ...]
    how: str  # named, weak (by a word that may mean it), part (of another target's name), stands (for it)
    against: bool
    sign: int | None = None  # what was read there; None: nothing
    rule: str = ""
    walk: scenes.Walk | None = None  # how far the grammar came from there
    link: antecedents.Link | None = None  # where what it stands for is named


@dataclasses.dataclass(frozen=True)
class Understood:
    """A statement as the rules understood it: its content (None: nothing to read), positions, and targets' places."""

    content: Content | None
    positions: list[Position]
    places: list[Place] = dataclasses.field(default_factory=list)


def understand(
    record: Mapping,
    text: str,
    book: codebook.Codebook,
    known: Mapping[str, str] | None = None,
    before: tuple[Mapping, list[Position]] | None = None,
    field: antecedents.Field | None = None,
) -> Understood:
    """One statement (a row of the statements table) as the rules understand it, its positions in the codebook's order.

    `known` gives persons' countries; `before` is the statement before with its positions, for what is carried over;
    `field` is where the article names its targets (made here where it is not given).
    """
    content = contents.of(record, text, known or {})
    if content is None:
        return Understood(None, [])
    lo, hi = content.offset, content.offset + len(content.scene.doc.text)
    mentions = targets.find(
        text, int(record["start"]), int(record["end"]), book, by=content.by, paragraph=text[lo:hi], known=known
    )
    field = field or antecedents.Field(text, book)
    mentions = [antecedents.meant(mention, field) for mention in mentions]
    mentions = overlaps.standing([*mentions, *standins.told(content, mentions, book, field)], content, book)
    for mention in mentions:
        span = content.scene.doc.char_span(mention.start - lo, mention.end - lo, alignment_mode="expand")
        if not mention.actor:
            content.scene.named.update({token.i: mention.target for token in span or ()})
            if book[mention.target].kind == "act":
                content.scene.acts.update(token.i for token in span or ())
    found: dict[str, Position] = {}
    places: list[Place] = []
    for mention in mentions:
        target = book[mention.target]
        span = content.scene.doc.char_span(mention.start - lo, mention.end - lo, alignment_mode="expand")
        if span is None:
            continue
        place = Place(target.name, tuple(t.i for t in span), "weak" if mention.weak else "named", mention.against)
        if mention.actor and overlaps.part_of_another(span, mention, mentions, lo):
            places.append(dataclasses.replace(place, how="part"))
            continue
        with _named_only(content, mention, mentions, book):
            reading, walk = _reading(content, span, target, mention.against)
        place = dataclasses.replace(place, walk=walk)
        praised = reading is not None and reading.sign > 0 and target.kind == "act"
        if reading is None or (praised and _ill_named(content, span)) or _amiss(content, target, reading):
            places.append(place)
            continue
        places.append(dataclasses.replace(place, sign=reading.sign, rule=reading.rule))
        new = Position(target.name, reading.sign, reading.rule, reading.why, contents.spans(content, reading.tokens))
        old = found.get(target.name)
        if old is None or RANK.index(new.rule) < RANK.index(old.rule):
            found[target.name] = new
    for link in antecedents.links(content, record, field, mentions):
        reading, walk = _linked(content, link, book[link.target])
        sign, rule = (reading.sign, link.rule) if reading is not None else (None, "")
        places.append(Place(link.target, (link.token.i,), "stands", link.against, sign, rule, walk, link))
        theirs = reading is not None and reading.sign > 0 and _others_doing(content, book[link.target])
        if reading is not None and not theirs and not _amiss(content, book[link.target], reading):
            words = contents.spans(content, reading.tokens)
            new = Position(link.target, reading.sign, link.rule, f"{reading.why}; {link.why}", words)
            found.setdefault(link.target, new)
    for token, name, words in standins.pronouns(content, record, book, known or {}, field):
        reading, _ = _reading(content, content.scene.doc[token.i : token.i + 1], book[name], False)
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
    positions = [dataclasses.replace(found[name], among=among) for name in book.names if name in found]
    return Understood(content, positions, places)


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


def _amiss(content: Content, target: codebook.Target, reading: scenes.Reading) -> bool:
    """Whether what seems to speak for others' act, or against one's own, only stands beside it: hardly anybody does so
    but outright ("defended the vetoes", "the veto was justified"); to promise an end of one's own act is not to condemn
    it."""
    if target.kind != "act" or not target.whose or not reading.sign or reading.rule in OUTSPOKEN:
        return False
    top = content.top
    if reading.rule == "judged" and top is not None and reading.tokens & {
            top.i, *(c.i for c in top.children if c.dep_ == "acomp")}:
        return False  # the whole of what is said is that judgement
    return (reading.sign > 0) == _others_doing(content, target)


def _linked(content: Content, link: antecedents.Link, target: codebook.Target
            ) -> tuple[scenes.Reading | None, scenes.Walk | None]:
    """What the content says of a target that one of its words, or the word that it is said of, stands for; the walk."""
    if link.outside and anaphors.labels(content) is not None:
        sign, words = judgements.worth(content.scene, content.top)
        tokens = {i for w in words for i in (content.scene.senses[w.i].tokens if content.scene.senses[w.i] else (w.i,))}
        why = f"calls it {scenes.text(content.scene, *words)}"
        called = scenes.Reading(sign * (-1 if link.against else 1), "judged", why, frozenset(tokens))
        return (called if sign else None), None
    token = anaphors.said_of(content, link.token) if link.outside else link.token
    reading, walk = _reading(content, content.scene.doc[token.i : token.i + 1], target, link.against)
    if reading is not None and reading.rule in UNCARRIED and "label" not in content.cue:
        reading = None
    return reading, walk


def _reading(content: Content, span: Span, target: codebook.Target, against: bool
             ) -> tuple[scenes.Reading | None, scenes.Walk]:
    """What the content, or else its reporting word, says of the target that the span names; how far the walk came."""
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
    return reporting.weigh(content, reading, walk, span, target), walk


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
