"""Whether talks, aid or a measure can be had: "the offer stands", "aid remains available", "off the table"."""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import scenes, stands, valence
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

DOORS = vocabulary.of("door")
OPEN = {tuple(words.split()) for words in vocabulary.of("to_be_had")}
SHUT = {tuple(words.split()) for words in vocabulary.of("not_to_be_had")}
HOLDING = valence.verbs("still_standing")
OFFERED = vocabulary.of("offered")
STATES = ("bare", "stance", "event")
MAYBE = {"would", "could", "might", "may"}


def of(scene: Scene, node: Token, walk: Walk, kind: str) -> Reading | None:
    """Whether what the clause is about, or the way to it, is said to be to be had."""
    if kind == "process" and scenes.word(node) in DOORS and (reading := door(scene, node, walk)) is not None:
        return reading
    return _standing(scene, node, walk, kind) if node.dep_ in scenes.SUBJECTS else None


def door(scene: Scene, node: Token, walk: Walk) -> Reading | None:
    """Whether the way to the target is said to be open: "the door to talks remains open"."""
    head = node.head
    if head.i in scene.named and head.dep_ in scenes.SUBJECTS:  # "the door to dialogue" taken for a clause
        head = head.head
    if node.dep_ not in (*scenes.SUBJECTS, "nsubjpass") or head.tag_[0] not in "VM" or not scene.inside(head):
        return None
    for one in (*(c for c in head.children if c.dep_ in ("acomp", "oprd", "prt", "attr", "advmod")), head):
        shut = scene.classes(one) & {"lower"} or scenes.word(one) in ("shut", "closed")
        if shut and one == head and head.tag_ == "VBG":
            return None  # that a door is closing may be a warning, a regret or a threat
        if scenes.word(one) in ("open", "ajar") or shut:
            sign = (-1 if shut else 1) * (-1 if scenes.negated(head) else 1)
            sign = 0 if sign > 0 and scenes.conditional(head) else sign
            return stands.complain(scene, head, walk, sign * walk.d, "ready", "says whether the way is open")
    return None


def _standing(scene: Scene, node: Token, walk: Walk, kind: str) -> Reading | None:
    """Whether the target, the subject of a clause, is said to be to be had; None: nothing is said of that."""
    verb = node.head
    if (kind == "measure" and (scene.aside or not scene.mine)) or walk.status not in STATES:
        return None
    if {scenes.word(c) for c in scenes.auxiliaries(verb)} & MAYBE:
        return None
    if walk.status == "event" and scenes.word(node) not in OFFERED:
        return None
    sign, words = 0, []
    if scenes.word(verb) in scenes.LINKING:
        after = _after(scene, verb)
        for listed, value in ((OPEN, 1), (SHUT, -1)):
            for start in (0, 1):
                said = [after[start : start + n] for n in (4, 3, 2, 1)]
                said = [some for some in said if tuple(map(scenes.word, some)) in listed]
                said = [some for some in said if not _to_whom(some)]
                if said and not sign:
                    sign, words = value, said[0]
    elif scenes.word(verb) in HOLDING and (walk.status == "stance" or scenes.word(node) in OFFERED):
        if not any(c.dep_ in ("dobj", "prep", "prt", "xcomp", "ccomp", "oprd", "acomp") for c in verb.children):
            sign, words = 1, [verb]
    if not sign:
        return None
    if scenes.negated(verb):
        sign, words = -sign, [*scenes.denials(verb), *words]
    if sign > 0 and (scenes.conditional(verb) or any(scenes.word(c) == "only" for c in verb.children)):
        sign = 0
    return stands.complain(scene, words[-1], walk, sign * walk.d, "ready", "says whether it is to be had")


def _to_whom(said: list[Token]) -> bool:
    """Whether "open" only says who may come: "open to the press"."""
    return scenes.word(said[0]) == "open" and any(scenes.word(c) in ("to", "for") for c in said[0].children)


def _after(scene: Scene, verb: Token) -> list[Token]:
    """The words after a verb, adverbs of time and degree left out."""
    tokens = [scene.doc[i] for i in range(verb.i + 1, min(scene.hi, verb.i + 8))]
    return [t for t in tokens if not (t.tag_ == "RB" and scenes.word(t) not in ("open", "alive", "off", "out"))][:5]
