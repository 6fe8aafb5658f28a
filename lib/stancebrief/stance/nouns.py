"""On from a noun that the target, or something made of it, is: what holds it, what it is the subject or object of.

`step` gives a reading, the verb to walk on from, or None after it has marked on the walk why neither. The parts of it
give one of these, or `Onward` where the walk goes on from another noun.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import (
    effects,
    frames,
    governing,
    heads,
    judgements,
    modifiers,
    prepositions,
    regards,
    scenes,
    standing,
    stands,
)
from stancebrief.stance.scenes import Onward, Reading, Scene, Walk
from stancebrief.statements import vocabulary

MODIFIERS = ("compound", "poss", "nmod", "amod", "nummod", "quantmod")
FURTHEST = 25  # steps, in case a parse turns in a circle
DUTIES = vocabulary.of("duty") | scenes.OBLIGES
EFFECTIVE = ("measure", "process")

Step = Reading | Token | None


def step(scene: Scene, node: Token, walk: Walk, kind: str, span: frozenset[int] = frozenset()) -> Step:
    """Walk on from a noun; `span` are the tokens of the target's own name."""
    apart = False
    for _ in range(FURTHEST):
        found = modifiers.qualified(scene, node, walk, kind, span) if not apart else None
        if found is None and walk.status == "bare" and kind != "conduct":
            found = modifiers.told_of(scene, node, walk)
        if found is not None:
            return found
        if node.head == node or not scene.inside(node.head):
            return _torn_off(scene, node, walk, kind)
        if modifiers.other_target(scene, node, walk):
            return None
        found = _held(scene, node, walk, kind)
        if not isinstance(found, Onward):
            return found
        apart = modifiers.told_apart(scene, node)
        node = found.noun
    return None


def _held(scene: Scene, node: Token, walk: Walk, kind: str) -> Step | Onward:
    """One step up, by how the noun hangs on the next word."""
    head, dep = node.head, node.dep_
    if kind == "conduct" and (words := frames.burden(scene, node)):
        denied, own = scenes.negated(words[-1]), scene.own(node) is True
        if denied == own:  # laid at another's door, or kept from one's own
            why = "keeps it from its own door" if own else "lays it at its door"
            return stands.wish(scene, words[-1], walk, walk.d if own else -walk.d, "asked", why, *words)
    if kind == "conduct" and dep in ("npadvmod", "compound") and head.tag_ == "VBN" and head.dep_ == "amod":
        walk.status, walk.closed = scenes.BLOCKED, "other"  # "US-drafted" says whose something else is
        return None
    if dep in MODIFIERS and head.tag_[0] in "NJV":
        reading = heads.of_noun(scene, head, walk, kind, "agent" if kind == "conduct" else "of", dep)
        return reading if reading or walk.status == scenes.BLOCKED else Onward(head)
    if dep in ("conj", "appos", "nmod") and head.tag_[0] in "NP":
        modifiers.contrast(scene, node, walk)
        if dep == "appos":
            sign, words = judgements.worth(scene, head)
            if (sign < 0 or (sign > 0 and kind in EFFECTIVE)) and judgements.environment(scene, head)[0] > 0:
                return walk.reading(
                    scene, sign * walk.d, "judged", f"calls it {scenes.text(scene, *words[:1])}", *words
                )
        return Onward(head)
    if dep in ("pobj", "pcomp"):
        return prepositions.after_preposition(scene, node, walk, kind)
    if dep == "agent":
        return None
    return _in_clause(scene, node, walk, kind)


def _in_clause(scene: Scene, node: Token, walk: Walk, kind: str) -> Step | Onward:
    """The noun is a subject, an object or a complement."""
    head, dep = node.head, node.dep_
    reading = standing.of(scene, node, walk, kind) if kind in EFFECTIVE else None
    if reading is not None:
        return reading
    if kind != "conduct" and walk.status == "stance" and (words := frames.elapsed(scene, node, head)):
        return stands.wish(scene, head, walk, -walk.d, "judged", "says that its time is over", *words)
    if kind in ("act", "measure") and dep == "dobj" and (words := frames.reproached(scene, head)):
        return stands.wish(scene, head, walk, -walk.d, "judged", "reproaches it", *words)
    below = next((c for c in head.children if c.dep_ == "xcomp" and scenes.infinitive(c)), None)
    if dep in scenes.SUBJECTS and below is not None and kind != "conduct" and scenes.word(head) in DUTIES:
        passive = any(c.dep_ == "auxpass" for c in below.children)  # "ought to be lifted", "have to end"
        if kind in EFFECTIVE and (reading := effects.of(scene, below, node, walk, kind)) is not None:
            return reading
        return (governing.governed if passive else governing.doer)(scene, below, node, walk, kind)
    if (
        dep in ("attr", "nsubj")
        and walk.d < 0
        and walk.status == "bare"
        and kind in ("process", "measure")
        and any(c.dep_ == "expl" for c in head.children)
        and {scenes.word(c) for c in head.children} & (scenes.COMING | scenes.ABLE | scenes.OBLIGES)
    ):
        return stands.wish(scene, head, walk, walk.d, "refused", "says that there is to be none")
    if kind != "conduct" and dep in ("dobj", *scenes.SUBJECTS):
        reading = regards.regarded(scene, node, walk)
        if reading is not None or walk.closed == "other":
            return reading
    if (
        dep in scenes.SUBJECTS
        and head.tag_[0] in "VMJN"
        and not (scene.senses[head.i] and scene.senses[head.i].words.startswith("go un"))
    ):
        reading = effects.of(scene, head, node, walk, kind) if kind in EFFECTIVE and head.tag_[0] in "VM" else None
        if reading is not None:
            return reading
        found = governing.doer(scene, head, node, walk, kind)
        if kind in EFFECTIVE and not isinstance(found, Reading) and walk.status == "bare" and head.tag_[0] in "VM":
            return effects.further(scene, head, node, walk, kind) or found
        return found
    if dep == "nsubjpass" and kind == "measure" and (reading := effects.of(scene, head, node, walk, kind)) is not None:
        return reading
    if dep == "nsubjpass" and kind in EFFECTIVE and walk.status == "bare":
        if (reading := effects.further(scene, head, node, walk, kind)) is not None:
            return reading
    if dep == "nsubjpass" and head.tag_[0] == "V" and (hoped := governing.hoped(scene, head, walk)):
        return hoped
    if dep == "nsubjpass" and kind in ("measure", "act") and (met := scenes.met(scene, head)):
        return stands.wish(scene, head, walk, -walk.d, "warned", "says that it will be answered", head, *met)
    if dep == "nsubjpass" and head.tag_[0] == "V" and not scene.classes(head) & {"for", "against"}:
        sign, words = judgements.predicate(scene, head)
        if sign:
            return stands.judge(scene, head, walk, sign, words)
    if (
        dep in scenes.SUBJECTS | {"nsubjpass"}
        and kind != "conduct"
        and scene.senses[head.i]
        and len(scene.senses[head.i].tokens) > 1
        and ("for" in scene.classes(head))
    ):
        sign = -walk.d if scenes.negated(head) else walk.d
        return stands.complain(scene, head, walk, sign, "stand", "says whether it may stand")
    if dep == "dobj" and kind in EFFECTIVE and (reading := effects.withheld(scene, head, walk, kind)) is not None:
        return reading
    if dep in scenes.OBJECTS or dep in ("npadvmod", "ccomp", "xcomp", "dep", "advmod", "advcl", "relcl"):
        if head.tag_[0] in "VM":
            if dep in ("attr", "acomp") and scenes.word(head) in scenes.LINKING and "have" not in scenes.word(head):
                return governing.named(scene, head, node, walk, kind)
            return governing.governed(scene, head, node, walk, kind)
        if head.tag_[0] == "J" and scene.part(head) == "a":
            return heads.of_adjective(scene, head, walk, kind)
    return Onward(head)


def _torn_off(scene: Scene, node: Token, walk: Walk, kind: str) -> Step:
    """The noun that nothing in the content holds: its verb may stand right after it all the same."""
    verb = _verb_after(scene, node) if kind != "conduct" else None
    if verb is None:
        return None
    if any(c.dep_ == "auxpass" for c in verb.children):
        if kind in ("measure", "act") and (met := scenes.met(scene, verb)):
            why = "says that it will be answered"
            return stands.wish(scene, verb, walk, -walk.d, "warned", why, verb, *met)
        return governing.governed(scene, verb, node, walk, kind)
    return governing.doer(scene, verb, node, walk, kind)


def _verb_after(scene: Scene, node: Token) -> Token | None:
    """The verb whose subject a parse has given to the reporting word: "warned | any sanctions | would be met"."""
    if node.dep_ not in ("dobj", "pobj", "attr"):
        return None
    after = node.right_edge.i + 1
    helper = scene.doc[after] if after < scene.hi else None
    if helper is None or helper.dep_ not in ("aux", "auxpass") or helper.head.i < after:
        return None
    verb = helper.head
    return verb if scene.inside(verb) and verb.tag_[0] in "VM" and not scenes.has_subject(verb) else None
