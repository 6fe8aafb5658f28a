"""Clauses that are told as untrue or as another's claim: "it is not true that …", "the Kremlin's claim is that …"."""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import scenes
from stancebrief.stance.scenes import Scene
from stancebrief.statements import vocabulary

CLAIMS = vocabulary.of("claim")
TRUE = vocabulary.of("held_true")
FALSE = vocabulary.of("held_false")
FAR = 8  # tokens that a clause before its verb may lie ahead of it


def told(scene: Scene, clause: Token, head: Token) -> bool:
    """Whether what a clause hangs on says that it is not so, that nobody believes it, or that another claims it."""
    if clause.dep_ not in ("ccomp", "csubj", "acl", "relcl", "xcomp") or clause.i < head.i - FAR:
        return False
    that = any(c.dep_ == "mark" and scenes.word(c) == "that" for c in clause.children)
    thing = head if head.tag_[0] in "JN" else next((c for c in head.children if c.dep_ in ("acomp", "attr")), None)
    if that and thing is None and clause.dep_ == "ccomp" and head.tag_[0] == "V" and scenes.negated(head):
        return not scene.classes(head) & {"say", "for"}  # "nobody believes that …"; what is not said is turned
    if that and thing is not None:
        denied = scenes.negated(head) or scenes.negated(thing)
        if scenes.word(thing) in (TRUE if denied else FALSE):
            return True
    who = next((c for c in head.children if c.dep_ == "nsubj"), None)
    claimed = who is not None and clause.dep_ == "ccomp" and scenes.word(head) in scenes.LINKING
    return claimed and scenes.word(who) in CLAIMS and scene.own(who) is not True
