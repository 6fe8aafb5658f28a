"""What something is for: "sanctions are meant to bring them back to the table", "the goal is a settlement".

What a measure or a step is meant to bring about is wanted; that something has an aim says nothing on the thing itself.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import scenes, stands, valence
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

MEANT = valence.verbs("meant_for")
HELPING = valence.verbs("helping_on")
GOALS = vocabulary.of("aim_of")
INSTRUMENTS = vocabulary.of("means_to")
WANTED = ("process", "measure")


def is_for(scene: Scene, verb: Token, walk: Walk, kind: str) -> Reading | None:
    """The target, or an event about it, is what something else is meant to bring about: `verb` is "meant", "aimed"."""
    if scenes.word(verb) not in MEANT or kind not in WANTED or walk.d < 0 or walk.status not in ("event", "bare"):
        return None
    passive = any(c.dep_ == "auxpass" for c in verb.children) or (verb.tag_ == "VBN" and verb.dep_ in ("acl", "ROOT"))
    who = scenes.subject(verb)
    if not passive or scenes.negated(verb) or (who is not None and scene.own(who) is False):
        return None
    return stands.wish(scene, verb, walk, walk.d, "asked", "says that something is meant to bring it about", verb)


def helps(scene: Scene, verb: Token, walk: Walk, kind: str) -> Reading | None:
    """ "This will help move forward the settlement": what helps an event about talks speaks for it."""
    if scenes.word(verb) not in HELPING or kind != "process" or walk.d < 0 or walk.status != "event":
        return None
    who = scenes.subject(verb)
    if scenes.negated(verb) or who is None or scene.own(who) is False or scenes.conditional(verb):
        return None
    return stands.complain(scene, verb, walk, walk.d, "asked", "says what helps it")


def is_means(scene: Scene, verb: Token, walk: Walk, kind: str) -> Reading | None:
    """ "It is a means to bring them back to talks": the clause hangs on what something is said to be."""
    noun = verb.head
    if kind != "process" or walk.d < 0 or walk.status != "event" or scenes.word(noun) not in INSTRUMENTS:
        return None
    if noun.dep_ not in ("attr", "pobj") or not scenes.infinitive(verb) or scenes.negated(noun):
        return None
    be = noun.head if noun.dep_ == "attr" else noun.head.head
    if not scene.inside(be) or scenes.negated(be) or be.tag_[0] not in "VM":
        return None
    if noun.dep_ == "pobj" and scenes.word(noun.head) != "as":
        return None
    return stands.wish(scene, be, walk, walk.d, "asked", "says that something is a means to it", noun)


def aimed_elsewhere(noun: Token) -> bool:
    """Whether a noun says what the target is for ("the goal of sanctions is …"): what follows is the point."""
    be = noun.head
    if scenes.word(noun) not in GOALS or noun.dep_ != "nsubj" or scenes.word(be) not in scenes.LINKING:
        return False
    return any(c.dep_ in ("xcomp", "ccomp", "attr", "acomp") and c.i > be.i for c in be.children)
