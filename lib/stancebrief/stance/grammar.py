"""From the words that name a target to the stand a sentence takes on it: a walk up the parse.

The walk starts at the target and carries what is being talked about, more (+1) or less (-1) of the target. Each word
above it may turn that ("lifting"), judge it ("would be reckless"), want it ("must"), or close the way (a condition, a
capability, somebody else's view). The words come from `valence`, so that what decides is always data and can be shown.
`nouns` holds the steps from a noun, `clauses` those from a verb.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import clauses, judgements, nouns, scenes, standing, stands, valence
from stancebrief.stance.scenes import Reading, Scene, Walk

AT_TABLE = valence.verbs("bringing") | valence.verbs("at_table")


def climb(scene: Scene, first: int, last: int, kind: str, against: bool = False) -> tuple[Reading | None, Walk]:
    """Walk up from the target named by tokens first..last-1. A reading where the content itself decides; else the walk
    as it reached the top of the content, for the cue to decide."""
    span = range(first, last)
    node = next(
        (scene.doc[i] for i in span if scene.doc[i].head.i not in span or scene.doc[i].head.i == i), scene.doc[first]
    )
    walk = Walk(-1 if against else 1, tokens=set(span))
    if node.tag_[0] == "V" and node.dep_ not in ("amod", "compound", "pobj", "dobj"):
        walk.status = "event"
        none = [g for c in node.children if c.dep_ == "dobj" for g in c.children if scenes.word(g) == "no"]
        if none and not scenes.negated(node):  # "would hand over no hostages"
            walk.d = -walk.d
            walk.tokens.add(none[0].i)
        return clauses.walk_on(scene, node, walk, kind) or _torn(scene, first, last, walk, kind), walk
    if kind == "process" and node.dep_ in ("prep", "advmod") and node.tag_ in ("IN", "RB") and node.head.tag_[0] == "V":
        if scene.inside(node.head) and scenes.word(node.head) in AT_TABLE:
            walk.status = "event"  # "put people | at the negotiating table"
            return clauses.walk_on(scene, node.head, walk, kind), walk
    at = nouns.step(scene, node, walk, kind, frozenset(span))
    reading = clauses.walk_on(scene, at, walk, kind)
    if reading is None and walk.closed != "condition":
        reading = _torn(scene, first, last, walk, kind) or _pointed_at(scene, node, walk, kind)
    return reading, walk


def _torn(scene: Scene, first: int, last: int, walk: Walk, kind: str) -> Reading | None:
    """A reading from the words beside the target, where the parse has torn "the West ought to cease" apart."""
    if kind == "conduct":
        after = scene.doc[last] if last < scene.hi else None
        if after is not None and after.tag_ == "MD" and scenes.word(after) in scenes.OBLIGES:
            if scene.own(scene.doc[last - 1]) is not True and judgements.environment(scene, after)[0] > 0:
                why = f"says what it has to do: {scenes.text(scene, after)}"
                return walk.reading(scene, -walk.d, "asked", why, after)
        return None
    if kind == "process" and first - 2 >= scene.lo and scenes.word(scene.doc[first - 2]) in standing.DOORS:
        if scenes.word(scene.doc[first - 1]) in ("to", "for"):
            door = scene.doc[first - 2]
            if (reading := standing.door(scene, door, walk)) is not None:
                return reading
    at = first - 1
    while at > scene.lo and scene.doc[at].tag_ in ("DT", "JJ", "PRP$"):
        at -= 1
    before = scene.doc[at] if at >= scene.lo else None
    if before is None or before.tag_[0] != "V" or before.dep_ != "conj" or before == scene.doc[first].head:
        return None
    classes = scene.classes(before)
    if classes & {"for", "against"} and not classes & {"raise", "lower", "say"}:
        return stands.take(scene, before, walk, walk.d if "for" in classes else -walk.d, "stand", "takes a stand on it")
    return None


def _pointed_at(scene: Scene, node: Token, walk: Walk, kind: str) -> Reading | None:
    """A judgement in the second half of the sentence: "Iran has enriched uranium, and that is a threat"."""
    if kind == "conduct" or walk.status == scenes.BLOCKED:
        return None
    for verb in (up for up in node.ancestors if up.tag_[0] in "VM" and scene.inside(up)):
        for second in verb.children:
            who = next((c for c in second.children if c.dep_ == "nsubj"), None)
            if second.dep_ == "conj" and who is not None and scenes.word(who) in ("that", "this", "which"):
                sign, words = judgements.predicate(scene, second)
                return stands.judge(scene, second, walk, sign, words) if sign else None
    return None
