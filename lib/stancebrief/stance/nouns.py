"""On from a noun that the target, or something made of it, is: what holds it, what it is the subject or object of.

`step` gives a reading, the verb to walk on from, or None after it has marked on the walk why neither. The parts of it
give one of these, or `Onward` where the walk goes on from another noun.
"""

from __future__ import annotations

import dataclasses

from spacy.tokens import Token

from stancebrief.stance import frames, governing, judgements, scenes, stands, valence
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

MODIFIERS = ("compound", "poss", "nmod", "amod", "nummod", "quantmod")
FURTHEST = 25  # steps, in case a parse turns in a circle
SETTING = vocabulary.of("aside")
BESIDE = vocabulary.of("occasion")
BLAMING = vocabulary.of("blaming")
DOORS = vocabulary.of("door")
EXCHANGING = valence.verbs("exchanging")
MEANS = vocabulary.of("by_means")
HOLDING = vocabulary.of("holding")
DUTIES = vocabulary.of("duty") | scenes.OBLIGES
FAILING = vocabulary.of("failed")


@dataclasses.dataclass(frozen=True)
class Onward:
    """The noun that the walk goes on from."""

    noun: Token


Step = Reading | Token | None


def _regarded(scene: Scene, said: Token, walk: Walk) -> Reading | None:
    """What a source takes the target for: "considers talks the only way out"."""
    verb = said.head
    if "label" not in scene.classes(verb) or not scene.inside(verb):
        return None
    who = scenes.subject(verb)
    if who is not None and scene.own(who) is False:
        return None
    sense = scene.covering(said)
    sign, words = judgements.worth(scene, said)
    if not sign and sense is not None and sense.classes & {"good", "bad"}:
        sign, words = (1 if "good" in sense.classes else -1), [said]
    return stands.judge(scene, verb, walk, sign, [verb, *words]) if sign else None


def door(scene: Scene, node: Token, walk: Walk) -> Reading | None:
    """Whether the way to the target is said to be open: "the door to talks remains open"."""
    head = node.head
    if node.dep_ not in (*scenes.SUBJECTS, "nsubjpass") or head.tag_[0] not in "VM" or not scene.inside(head):
        return None
    for one in (*(c for c in head.children if c.dep_ in ("acomp", "oprd", "prt", "attr", "advmod")), head):
        shut = scene.classes(one) & {"lower"} or scenes.word(one) in ("shut", "closed")
        if scenes.word(one) in ("open", "ajar") or shut:
            sign = (-1 if shut else 1) * (-1 if scenes.negated(head) else 1)
            sign = 0 if sign > 0 and scenes.conditional(head) else sign
            return stands.complain(scene, head, walk, sign * walk.d, "ready", "says whether the way is open")
    return None


def _told_of(scene: Scene, node: Token, walk: Walk) -> Reading | None:
    """A judgement in a clause about the noun: "the drill, which threatens peace"."""
    for clause in node.children:
        who = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        before = scene.doc[who.i - 1] if who is not None and who.i else None
        if clause.dep_ != "relcl" or who is None or scenes.word(who) != "which" or scenes.word(before) != ",":
            continue
        sign, words = judgements.predicate(scene, clause)
        if sign and judgements.environment(scene, clause)[0] > 0:
            return stands.judge(scene, clause, walk, sign, words)
    return None


def step(scene: Scene, node: Token, walk: Walk, kind: str, span: frozenset[int] = frozenset()) -> Step:
    """Walk on from a noun; `span` are the tokens of the target's own name."""
    for _ in range(FURTHEST):
        found = _qualified(scene, node, walk, kind, span)
        if found is None and walk.status == "bare" and kind != "conduct":
            found = _told_of(scene, node, walk)
        if found is not None:
            return found
        if node.head == node or not scene.inside(node.head):
            return _torn_off(scene, node, walk, kind)
        if _other_target(scene, node, walk):
            return None
        found = _held(scene, node, walk, kind)
        if not isinstance(found, Onward):
            return found
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
        reading = stands.of_noun(scene, head, walk, kind, "agent" if kind == "conduct" else "of", dep)
        return reading if reading or walk.status == scenes.BLOCKED else Onward(head)
    if dep in ("conj", "appos", "nmod") and head.tag_[0] in "NP":
        _contrast(scene, node, walk)
        if dep == "appos":
            sign, words = judgements.worth(scene, head)
            if sign < 0 and judgements.environment(scene, head)[0] > 0:
                return walk.reading(
                    scene, sign * walk.d, "judged", f"calls it {scenes.text(scene, *words[:1])}", *words
                )
        return Onward(head)
    if dep in ("pobj", "pcomp"):
        return _after_preposition(scene, node, walk, kind)
    if dep == "agent":
        return None
    return _in_clause(scene, node, walk, kind)


def _contrast(scene: Scene, node: Token, walk: Walk) -> None:
    """Turn the walk for "Y, not X"; and for the X of "not Y but X", whose verb is denied for Y only."""
    first = node.left_edge.i
    before = scene.doc[first - 1] if first > scene.lo else None
    verb = node.head.head
    if before is not None and scenes.word(before) == "not":
        walk.d = -walk.d
        walk.tokens.add(before.i)
    elif any(scenes.word(c) == "but" and c.dep_ == "cc" for c in node.head.children) and scenes.negated(verb):
        walk.d = -walk.d  # the denial of the verb, met later, turns it back


def _qualified(scene: Scene, node: Token, walk: Walk, kind: str, span: frozenset[int]) -> Reading | None:
    """A judgement in the noun's own modifiers; "no" before it turns the walk."""
    none = [c for c in node.children if scenes.word(c) in ("no", "neither") and c.dep_ in ("det", "preconj", "cc")]
    none = [c for c in none if c.i < node.i]
    if none and "opaque" not in scene.classes(node):
        walk.d = -walk.d
        walk.tokens.update(c.i for c in none)
    judged = [
        c
        for c in node.children
        if c.dep_ in ("amod", "appos", "compound", "nmod")
        and scene.inside(c)
        and (
            ("bad" in scene.classes(c) and scene.part(c) == "a")
            or (c.dep_ == "appos" and c.i not in span and not _set_aside(scene, c) and _ill(scene, c))
        )
    ]
    if kind == "act":  # a failed test has failed, which is no judgement on testing
        judged = [c for c in judged if scenes.word(c) not in FAILING]
    if judged and walk.status in ("bare", "event"):
        sign, words = judgements.environment(scene, node)
        if sign:
            return walk.reading(
                scene, -walk.d * sign, "judged", f"calls it {scenes.text(scene, judged[0])}", judged[0], *words
            )
    return None


def _ill(scene: Scene, node: Token) -> bool:
    return judgements.worth(scene, node)[0] < 0


def _set_aside(scene: Scene, node: Token) -> bool:
    """Whether "not" stands right before a noun: "dialogue, not confrontation"."""
    first = node.left_edge.i
    return first > scene.lo and scenes.word(scene.doc[first - 1]) == "not"


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


def _other_target(scene: Scene, node: Token, walk: Walk) -> bool:
    """Whether what the node hangs on names another target: "sanctions over the launches" judge no launch."""
    target = next((scene.named[i] for i in walk.tokens if i in scene.named), None)
    above = node.head
    if above.dep_ == "prep" and scenes.word(above) == "without":
        return False
    if above.dep_ == "prep" or node.dep_ in ("pobj", "pcomp"):
        above = above.head
    if (
        node.dep_ in ("conj", "appos", *scenes.SUBJECTS, "nsubjpass")
        or above.i not in scene.named
        or scene.named[above.i] == target
    ):
        return False
    if node.dep_ in ("compound", "amod", "poss", "nmod", "pobj", "pcomp") and above.tag_[0] in "NJ":
        walk.status, walk.closed = scenes.BLOCKED, "other"
        return True
    return False


def _after_preposition(scene: Scene, node: Token, walk: Walk, kind: str) -> Step | Onward:
    """The noun hangs on a preposition: on what noun, adjective or verb that hangs, and what it makes of it."""
    prep, gov = node.head, scenes.holder(scene, node.head)
    if not scene.inside(gov) or gov == prep:
        return None
    if scenes.word(prep) == "without" and kind != "conduct":
        verb = gov if gov.tag_[0] in "VM" else gov.head
        sign, words = judgements.predicate(scene, verb) if verb.tag_[0] in "VM" else (0, [])
        if gov.tag_[0] not in "VM" and (gov.dep_ not in scenes.SUBJECTS or not scene.inside(verb)):
            sign = 0
        if sign < 0 or (gov == verb and scenes.negated(gov)):
            return stands.wish(scene, verb, walk, walk.d, "asked", "says that it cannot go without", prep, *words)
    if scenes.word(prep) in SETTING or (scenes.word(prep) == "of" and scenes.word(gov) in BESIDE):
        walk.status = scenes.BLOCKED
        return None
    if scenes.contrasted(prep) and kind != "conduct":
        verb = gov if gov.tag_[0] in "VM" else gov.head
        return stands.wish(scene, verb, walk, -walk.d, "asked", "prefers something else", prep)
    if gov.dep_ == "prep" and gov.tag_ == "IN":
        prep, gov = gov, gov.head
        if not scene.inside(gov):
            return None
    whole = scene.senses[gov.head.i] if gov.head.tag_[0] in "VM" and scene.inside(gov.head) else None
    if whole is not None and prep.i in whole.tokens:  # "has no interest in"
        return governing.governed(scene, gov.head, node, walk, kind)
    if kind == "measure" and scene.mine and not scene.aside and (met := scenes.met(scene, gov)) and prep in met:
        return stands.wish(scene, gov, walk, walk.d, "intended", "means to answer with it", gov, *met)
    if gov.tag_[0] in "NP":
        reading = stands.of_noun(scene, gov, walk, kind, scenes.word(prep), node.dep_)
        if reading or walk.status == scenes.BLOCKED:
            return reading
        if scenes.word(prep) not in HOLDING and walk.status == "bare":
            walk.status = "loose"
        return Onward(gov)
    return _after_verb_or_adjective(scene, node, prep, gov, walk, kind)


def _after_verb_or_adjective(scene: Scene, node: Token, prep: Token, gov: Token, walk: Walk, kind: str) -> Step:
    """The noun hangs by a preposition on a verb or an adjective."""
    covered = scene.senses[gov.i] is not None and prep.i in scene.senses[gov.i].tokens
    if (gov.tag_[0] in "JR" and scene.part(gov) == "a") or (
        scene.part(prep) == "a" and (len(scene.senses[prep.i].tokens) > 1 or scenes.word(gov) in scenes.LINKING)
    ):
        reading = stands.of_adjective(scene, gov if scene.part(gov) == "a" else prep, walk, kind)
        if reading or walk.status == scenes.BLOCKED:
            return reading
        return gov if gov.tag_[0] == "V" else gov.head
    if node.dep_ == "pobj" and node.head.dep_ == "agent" and not covered:
        return stands.done_by(scene, gov, node, walk, kind)
    if covered and scene.part(gov) == "a":
        reading = stands.of_adjective(scene, gov, walk, kind)
        return reading if reading or walk.status == scenes.BLOCKED else gov
    if covered:
        return governing.governed(scene, gov, node, walk, kind)
    how = scenes.word(prep)
    if how == "for" and scenes.word(gov) in EXCHANGING:
        walk.status, walk.closed = scenes.BLOCKED, "other"  # what is got for something else
        return None
    if how in BLAMING:
        sign, words = judgements.predicate(scene, gov, prep)
        if sign < 0:
            return stands.judge(scene, gov, walk, sign, words)
    if scene.classes(gov) & {"against"} and how in ("for", "over", "of", "at", "about", "on", "against"):
        walk.status = "event" if kind != "conduct" else walk.status
        return stands.take(scene, gov, walk, -walk.d, "stand", "speaks against it")
    if how == "as" and scene.classes(gov) & {"for", "against"} and kind != "conduct":
        return governing.governed(scene, gov, node, walk, kind)
    if how == "for" and scene.classes(gov) & {"raise", "intend", "ask", "for"} and kind != "conduct":
        walk.status = "event" if walk.status in ("bare", "loose") else walk.status
        return governing.governed(scene, gov, node, walk, kind)
    named = node.i in walk.tokens and kind in ("measure", "process") and walk.status == "bare"
    if named and how in MEANS and not scene.classes(gov) & {"against", "bad", "harm", "deny", "question"} and (
        gov.tag_ == "VB" or not scene.classes(gov) & {"say"}
    ):
        walk.status = "event"  # "respond with sanctions", "be solved through dialogue"
        walk.tokens.add(prep.i)
        return gov
    walk.status = "loose" if walk.status == "bare" else walk.status
    return gov


def _in_clause(scene: Scene, node: Token, walk: Walk, kind: str) -> Step | Onward:
    """The noun is a subject, an object or a complement."""
    head, dep = node.head, node.dep_
    if kind == "process" and scenes.word(node) in DOORS and (reading := door(scene, node, walk)) is not None:
        return reading
    if kind != "conduct" and walk.status == "stance" and (words := frames.elapsed(scene, node, head)):
        return stands.wish(scene, head, walk, -walk.d, "judged", "says that its time is over", *words)
    if kind in ("act", "measure") and dep == "dobj" and (words := frames.reproached(scene, head)):
        return stands.wish(scene, head, walk, -walk.d, "judged", "reproaches it", *words)
    below = next((c for c in head.children if c.dep_ == "xcomp" and scenes.infinitive(c)), None)
    if dep in scenes.SUBJECTS and below is not None and kind != "conduct" and scenes.word(head) in DUTIES:
        passive = any(c.dep_ == "auxpass" for c in below.children)  # "ought to be lifted", "have to end"
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
    said = [head] if dep in scenes.SUBJECTS and head.tag_[0] in "NJ" else []
    if dep == "dobj" and "label" in scene.classes(head):
        said = [c for c in head.children if c.dep_ in ("npadvmod", "oprd", "attr") and c.i > node.i]
    for one in said if kind != "conduct" else ():
        if (reading := _regarded(scene, one, walk)) is not None:
            return reading
    if (
        dep in scenes.SUBJECTS
        and head.tag_[0] in "VMJN"
        and not (scene.senses[head.i] and "unpunished" in scene.senses[head.i].words)
    ):
        return governing.doer(scene, head, node, walk, kind)
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
        and scene.senses[head.i]
        and len(scene.senses[head.i].tokens) > 1
        and ("for" in scene.classes(head))
    ):
        sign = -walk.d if scenes.negated(head) else walk.d
        return stands.complain(scene, head, walk, sign, "stand", "says whether it may stand")
    if dep in scenes.OBJECTS or dep in ("npadvmod", "ccomp", "xcomp", "dep", "advmod", "advcl", "relcl"):
        if head.tag_[0] in "VM":
            if dep in ("attr", "acomp") and scenes.word(head) in scenes.LINKING and "have" not in scenes.word(head):
                return governing.named(scene, head, node, walk, kind)
            return governing.governed(scene, head, node, walk, kind)
        if head.tag_[0] == "J" and scene.part(head) == "a":
            return stands.of_adjective(scene, head, walk, kind)
    return Onward(head)
