"""Where a walk up the parse ends: a stand taken, a wish, a judgement, a complaint, each with its words.

Every function gives a reading, or None after it has marked on the walk why there is none.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import judgements, scenes
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

OTHERS = vocabulary.of("some_others")


def take(
    scene: Scene, decider: Token, walk: Walk, sign: int, rule: str, why: str, verb: Token | None = None
) -> Reading | None:
    """A stand that a word takes, if it is the speaker's and asserted."""
    verb = verb or decider
    who = scenes.subject(verb) if verb.tag_[0] in "VM" else None
    if who is not None and who.dep_ == "nsubjpass" and scene.part(decider) == "v":
        who = next((c for by in verb.children if by.dep_ == "agent" for c in by.children), None)
    shared = any(
        scenes.word(c) in ("equally", "also", "too", "share", "all", "rightly")
        for c in (*verb.children, *decider.children)
    )
    named = who is not None and who.tag_ in ("NNP", "NNPS") and scene.own(who) is None and verb.dep_ == "ccomp"
    named = named and not scene.inside(verb.head) and verb.tag_ in ("VBD", "VBN", "VBZ")
    named = named and rule in ("stand", "asked", "intended", "ready")
    others = who is not None and scenes.word(who) in OTHERS and not shared
    others = others or (verb.dep_ == "relcl" and who == verb.head and scene.own(who) is not True)
    if others or (who is not None and (scene.own(who) is False or named) and not shared):
        walk.status, walk.closed = scenes.BLOCKED, "other"
        return None
    above, words = judgements.environment(scene, verb)
    if above == 0:
        walk.status = scenes.BLOCKED
        return None
    denied = scenes.negated(verb) or (decider != verb and scenes.negated(decider))
    if not denied and verb.tag_[0] in "VM" and (nobody := scenes.by_nobody(verb)) is not None:
        return walk.reading(
            scene, -sign * above, rule, f"{why}, by nobody: {scenes.text(scene, decider)}", decider, nobody, *words
        )
    marks = [c for c in (*verb.children, *decider.children) if c.dep_ == "neg"] if denied else []
    if denied:
        sign = -sign
    return walk.reading(scene, sign * above, rule, f"{why}: {scenes.text(scene, decider)}", decider, *marks, *words)


def complain(scene: Scene, verb: Token, walk: Walk, sign: int, rule: str, why: str) -> Reading | None:
    """A stand shown by what is said of others: whoever is the subject."""
    above, words = judgements.environment(scene, verb)
    if above <= 0:
        walk.status = scenes.BLOCKED
        return None
    return walk.reading(scene, sign, rule, f"{why}: {scenes.text(scene, verb)}", verb, *words)


def wish(scene: Scene, verb: Token, walk: Walk, sign: int, rule: str, why: str, *words: Token) -> Reading | None:
    """A wish or intention, if asserted: a wish needs no subject of the speaker's side."""
    above, more = judgements.environment(scene, verb)
    if above <= 0:
        walk.status = scenes.BLOCKED
        return None
    unique = list(dict.fromkeys((*words, *more)))
    return walk.reading(scene, sign, rule, f"{why}: {scenes.text(scene, *unique)}", *unique)


def judge(scene: Scene, verb: Token, walk: Walk, sign: int, words: list[Token], rule: str = "judged") -> Reading | None:
    """A judgement on the target, if asserted."""
    above, more = judgements.environment(scene, verb)
    if above == 0:
        walk.status = scenes.BLOCKED
        return None
    how = "well" if sign * above > 0 else "badly"
    return walk.reading(
        scene, sign * walk.d * above, rule, f"speaks {how} of it: {scenes.text(scene, *words)}", *words, *more
    )


def offer(scene: Scene, top: Token) -> list[Token]:
    """The words of "there are things that X can do" under a verb; empty: it says nothing of the kind."""
    for able in top.subtree:
        if (
            scenes.word(able) in ("can", "could")
            and able.dep_ == "aux"
            and scenes.word(able.head) == "do"
            and scene.inside(able)
        ):
            do = able.head
            if do.dep_ == "relcl" or any(scenes.word(c) in ("more", "things", "lot", "much") for c in do.children):
                return [able, do]
    return []
