"""On from a noun that hangs on a preposition: on what noun, adjective or verb that hangs, and what it makes of it."""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import acts, effects, governing, heads, judgements, scenes, stands, valence
from stancebrief.stance.scenes import Onward, Reading, Scene, Walk
from stancebrief.statements import vocabulary

SETTING = vocabulary.of("aside")
BESIDE = vocabulary.of("occasion")
BLAMING = vocabulary.of("blaming")
EXCHANGING = valence.verbs("exchanging")
MEANS = vocabulary.of("by_means")
HOLDING = vocabulary.of("holding")
CHOOSING = valence.verbs("choosing")
BRINGING = valence.verbs("bringing")
TOWARD = ("to", "into", "toward", "towards")
Step = Reading | Token | None


def after_preposition(scene: Scene, node: Token, walk: Walk, kind: str) -> Step | Onward:
    """The noun hangs on a preposition: on what noun, adjective or verb that hangs, and what it makes of it."""
    prep, gov = node.head, scenes.holder(scene, node.head)
    if not scene.inside(gov) or gov == prep:
        return None
    if scenes.word(prep) == "without" and kind != "conduct":
        top = gov
        while top.dep_ == "pobj" and scenes.word(top.head) == "of" and top.head.head.tag_[0] == "N":
            top = top.head.head  # "years of sanctions without talks"
        verb = top if top.tag_[0] in "VM" else top.head
        sign, words = judgements.predicate(scene, verb) if verb.tag_[0] in "VM" else (0, [])
        if not sign and verb.tag_[0] in "VM":
            sign, words = effects.came(scene, verb)
        if top.tag_[0] not in "VM" and (top.dep_ not in scenes.SUBJECTS or not scene.inside(verb)):
            sign = 0
        if sign < 0 or (gov == verb and scenes.negated(gov)):
            return stands.wish(scene, verb, walk, walk.d, "asked", "says that it cannot go without", prep, *words)
    if scenes.word(prep) in SETTING or (scenes.word(prep) == "of" and scenes.word(gov) in BESIDE):
        walk.status = scenes.BLOCKED
        return None
    if scenes.contrasted(prep) and kind != "conduct":
        verb = gov if gov.tag_[0] in "VM" else gov.head
        return stands.wish(scene, verb, walk, -walk.d, "asked", "prefers something else", prep)
    if (chosen := _less_chosen(scene, prep, gov)) is not None and kind != "conduct":
        walk.d, walk.status = -walk.d, "event"
        walk.tokens.update((chosen.i, prep.i))
        return chosen
    if gov.tag_[0] == "R" and gov.dep_ == "advmod" and gov.head.tag_[0] in "VM" and not scene.senses[gov.i]:
        gov = gov.head  # "bring them back to the table"
    if kind == "process" and scenes.word(prep) in TOWARD and scenes.word(gov) in BRINGING and walk.status == "bare":
        walk.status = "event"
        walk.tokens.update((gov.i, prep.i))
        return gov
    if gov.dep_ == "prep" and gov.tag_ == "IN":
        prep, gov = gov, gov.head
        if not scene.inside(gov):
            return None
    for up in (gov.head, gov.head.head):  # "has no interest in", "has nothing to gain from"
        whole = scene.senses[up.i] if up.tag_[0] in "VM" and scene.inside(up) else None
        if whole is not None and prep.i in whole.tokens:
            return governing.governed(scene, up, node, walk, kind)
    if kind == "measure" and scene.mine and not scene.aside and (met := scenes.met(scene, gov)) and prep in met:
        return stands.wish(scene, gov, walk, walk.d, "intended", "means to answer with it", gov, *met)
    if kind == "act" and (reading := acts.paid_for(scene, gov, prep, walk)) is not None:
        return reading
    if gov.tag_[0] in "NP":
        reading = heads.of_noun(scene, gov, walk, kind, scenes.word(prep), node.dep_)
        if reading or walk.status == scenes.BLOCKED:
            return reading
        if scenes.word(prep) not in HOLDING and walk.status == "bare":
            walk.status = "loose"
        return Onward(gov)
    return _after_verb_or_adjective(scene, node, prep, gov, walk, kind)


def _less_chosen(scene: Scene, prep: Token, gov: Token) -> Token | None:
    """The verb of "choose talks over sanctions", for what is not chosen."""
    verb = gov if gov.tag_[0] in "VM" else gov.head
    over = scenes.word(prep) in ("over", "above", "before", "ahead")
    return verb if over and scene.inside(verb) and scenes.word(verb) in CHOOSING else None


def _after_verb_or_adjective(scene: Scene, node: Token, prep: Token, gov: Token, walk: Walk, kind: str) -> Step:
    """The noun hangs by a preposition on a verb or an adjective."""
    covered = scene.senses[gov.i] is not None and prep.i in scene.senses[gov.i].tokens
    if (gov.tag_[0] in "JR" and scene.part(gov) == "a") or (
        scene.part(prep) == "a" and (len(scene.senses[prep.i].tokens) > 1 or scenes.word(gov) in scenes.LINKING)
    ):
        reading = heads.of_adjective(scene, gov if scene.part(gov) == "a" else prep, walk, kind)
        if reading or walk.status == scenes.BLOCKED:
            return reading
        return gov if gov.tag_[0] == "V" else gov.head
    if node.dep_ == "pobj" and node.head.dep_ == "agent" and not covered:
        return heads.done_by(scene, gov, node, walk, kind)
    if scenes.word(prep) == "for" and scenes.word(gov) in EXCHANGING:
        walk.status, walk.closed = scenes.BLOCKED, "other"  # what is got for something else
        return None
    if covered and scene.part(gov) == "a":
        reading = heads.of_adjective(scene, gov, walk, kind)
        return reading if reading or walk.status == scenes.BLOCKED else gov
    if covered:
        return governing.governed(scene, gov, node, walk, kind)
    how = scenes.word(prep)
    if how in BLAMING or (how == "with" and kind == "act" and gov.tag_[0] in "VM"):
        sign, words = judgements.predicate(scene, gov, prep)
        if sign < 0:
            return stands.judge(scene, gov, walk, sign, words)
    if scene.classes(gov) & {"against"} and how in ("for", "over", "of", "at", "about", "on", "against"):
        walk.status = "event" if kind != "conduct" else walk.status
        return stands.take(scene, gov, walk, -walk.d, "stand", "speaks against it")
    if how == "of" and gov.tag_ == "VBG" and scene.classes(gov) & {"lower", "raise"} and kind != "conduct":
        return governing.governed(scene, gov, node, walk, kind)  # "urged | easing of sanctions"
    if how == "as" and scene.classes(gov) & {"for", "against"} and kind != "conduct":
        return governing.governed(scene, gov, node, walk, kind)
    if how == "for" and scene.classes(gov) & {"raise", "intend", "ask", "for"} and kind != "conduct":
        walk.status = "event" if walk.status in ("bare", "loose") else walk.status
        return governing.governed(scene, gov, node, walk, kind)
    named = node.i in walk.tokens and kind in ("measure", "process") and walk.status == "bare"
    if named and how in MEANS and not scene.classes(gov) & {"against", "bad", "harm", "deny", "question"} and (
        gov.tag_ == "VB" or not scene.classes(gov) & {"say"}
    ):
        if scenes.word(gov) in scenes.LINKING:  # "the only way out is through talks"
            return governing.named(scene, gov, node, walk, kind)
        walk.status = "event"  # "respond with sanctions", "be solved through dialogue"
        walk.tokens.add(prep.i)
        return gov
    walk.status = "loose" if walk.status == "bare" else walk.status
    return gov
