"""What a source takes the target for: "considers talks the only way out", "sees the drills as essential".

The judgement may be an object complement, a phrase with "as", or a small clause, by how the parse cuts it.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import judgements, scenes, stands
from stancebrief.stance.scenes import Reading, Scene, Walk

COMPLEMENTS = ("npadvmod", "oprd", "attr", "acomp", "advmod", "xcomp", "ccomp", "dobj")


def regarded(scene: Scene, node: Token, walk: Walk) -> Reading | None:
    """The judgement that a verb of regarding passes on its object; None: there is none, or it is not the source's."""
    verb = _regarding(scene, node)
    if verb is None:
        return None
    who = scenes.subject(verb)
    if who is not None and scene.own(who) is not True:
        walk.status, walk.closed = scenes.BLOCKED, "other"  # what another takes it for
        return None
    for said in _complements(node, verb):
        sign, words = _worth(scene, said)
        if sign:
            denials = scenes.denials(verb) if scenes.negated(verb) else []
            return stands.judge(scene, verb, walk, -sign if denials else sign, [*denials, verb, *words])
    return None


def _regarding(scene: Scene, node: Token) -> Token | None:
    """The verb that says what the node is taken for."""
    head = node.head
    if node.dep_ in scenes.SUBJECTS and (head.tag_[0] in "NJ" or head.dep_ in ("ccomp", "xcomp", "oprd")):
        head = head.head  # "considers talks | the only way": a small clause
        if scenes.finite(node.head) or any(c.dep_ in ("mark", "aux") for c in node.head.children):
            return None
    elif node.dep_ != "dobj":
        return None
    return head if scene.inside(head) and "label" in scene.classes(head) and scene.part(head) == "v" else None


def _complements(node: Token, verb: Token) -> list[Token]:
    """The words after the target that may say what it is taken for, in order."""
    out = [node.head] if node.head != verb else []
    for over in (verb, node):
        for child in over.children:
            if child.i <= node.i or child == node:
                continue
            if child.dep_ == "prep" and scenes.word(child) == "as":
                out += [c for c in child.children if c.dep_ in ("pobj", "amod", "pcomp", "advmod", "acomp")]
            elif (over is verb and child.dep_ in COMPLEMENTS) or child.dep_ in ("advmod", "npadvmod"):
                out.append(child)
    return sorted(out, key=lambda token: token.i)


def _worth(scene: Scene, said: Token) -> tuple[int, list[Token]]:
    """What the complement says: by itself, or as part of a phrase of several words ("the only way out")."""
    sign, words = judgements.worth(scene, said)
    if sign:
        return sign, words
    for token in (said, *said.children):
        sense = scene.covering(token)
        if sense is not None and len(sense.tokens) > 1 and sense.classes & {"good", "bad"}:
            return (1 if "good" in sense.classes else -1), [token]
    return 0, []
