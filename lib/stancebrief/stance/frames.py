"""Frames of whole sentences that judge or want what stands in them: "it is time to …", "the burden is on X".

Each function looks at one frame and says what it makes of the target, or that the frame is not there.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import judgements, scenes, stands, valence
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

TIMES = vocabulary.of("right_time")
ELAPSED = vocabulary.of("elapsed")
INSTRUMENTS = vocabulary.of("instrument")
FEEDING = valence.verbs("feeding")
MEANS = vocabulary.of("means")
BURDENS = vocabulary.of("burden")
LYING = valence.verbs("lying_with")


def impersonal(scene: Scene, be: Token, walk: Walk, kind: str) -> tuple[bool, Reading | None]:
    """ "It would be unwise to lift them": whether the frame is there, and the reading."""
    who = next((c for c in be.children if c.dep_ in ("nsubj", "expl")), None)
    if who is None or not scenes.impersonal(be, who):
        return False, None
    whole = scene.senses[be.i]
    for said in (c for c in be.children if c.dep_ in ("acomp", "attr", "oprd")):
        sign, words = worth_of_time(scene, said)
        if whole is not None and said.i in whole.tokens:  # listed together with its verb: "be necessary"
            sign, words = 1 if "good" in whole.classes else -1 if "bad" in whole.classes else sign, [be]
        if not sign:
            continue
        if scenes.negated(be):
            sign = -sign
            words = [*(c for c in be.children if c.dep_ == "neg"), *words]
        if walk.status == "discussed" and (kind == "process" or sign < 0):
            walk.status = "event"
        if walk.status == "event":
            rule, why = ("asked", "calls for it") if sign > 0 else ("judged", "says that it is wrong")
            return True, stands.wish(scene, be, walk, sign * walk.d, rule, why, *words)
        if sign < 0 and kind == "act" and walk.status in ("bare", "loose"):
            return True, stands.wish(scene, be, walk, -walk.d, "judged", "calls it wrong", *words)
    return False, None


def regretted(scene: Scene, verb: Token) -> bool:
    """Whether a clause is told as a pity: "it is a pity that the talks have failed", "we regret that …"."""
    above = verb.head
    if verb.dep_ not in ("ccomp", "acl", "relcl", "xcomp") or not scene.inside(above):
        return False
    said = [above, *(c for c in above.children if c.dep_ in ("acomp", "attr", "oprd") and c.i < verb.i)]
    said += [c for one in said for c in one.conjuncts]
    if does_harm(scene, verb):
        return False
    return any("regret" in scene.classes(one) for one in said) and not scenes.negated(above)


def does_harm(scene: Scene, verb: Token) -> bool:
    """Whether a clause tells what its subject does to another ("the sanctions hurt the people"), not how it fares."""
    return "harm" in scene.classes(verb) and any(c.dep_ == "dobj" for c in verb.children)


def worth_of_time(scene: Scene, said: Token) -> tuple[int, list[Token]]:
    """What "time", "too early", "unwise" say of the clause that follows."""
    too = [c for c in said.children if scenes.word(c) == "too" and c.dep_ == "advmod"]
    if too:
        return -1, [*too, said]
    if scenes.word(said) in TIMES:
        return (-1 if scenes.negated(said) else 1), [said]
    return judgements.worth(scene, said)


def elapsed(scene: Scene, node: Token, verb: Token) -> list[Token]:
    """The words of "the time for X has passed"; empty: it says nothing of the kind."""
    if scenes.word(node) not in TIMES:
        return []
    if scenes.word(verb) in ELAPSED:
        return [verb]
    return [c for c in verb.children if c.dep_ in ("acomp", "advmod", "attr") and scenes.word(c) in ELAPSED]


def carries(scene: Scene, verb: Token, walk: Walk) -> bool:
    """Whether a relative clause says what its noun does to the target: "a bill that would tighten X", "funds for X"."""
    noun = verb.head
    doer = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if doer is None and (verb.dep_ == "relcl" or scene.classes(noun) & {"for", "against", "ask", "bad", "good"}):
        return False
    if doer is not None and scenes.word(doer) not in ("that", "which"):
        return False
    name = scenes.word(noun)
    if name in INSTRUMENTS:
        return walk.status == "event"
    feeds = scenes.word(verb) in FEEDING or scene.classes(verb) & {"raise", "help"}
    return name in MEANS and walk.d > 0 and bool(feeds)


def owns_a_bad_thing(scene: Scene, verb: Token) -> Token | None:
    """The noun of "X clings to its hostile policy": what a clause takes for granted of its subject."""
    things = [c for c in verb.children if c.dep_ == "dobj"]
    things += [c for p in verb.children if p.dep_ in ("prep", "prt") for c in p.children if c.dep_ == "pobj"]
    for thing in things:
        its = any(c.dep_ == "poss" and scenes.word(c) in ("its", "their", "his", "her") for c in thing.children)
        bad = [c for c in thing.children if c.dep_ == "amod" and "bad" in scene.classes(c) and scene.part(c) == "a"]
        named = "bad" in scene.classes(thing) and "ill" not in scene.classes(thing)
        if its and (bad or named) and "conduct" in scene.classes(thing) | ({"conduct"} if named else set()):
            if judgements.presupposed(scene, thing):
                return thing
    return None


def reproached(scene: Scene, verb: Token) -> list[Token]:
    """The words of "you cannot do this and then do that"; empty: it says nothing of the kind."""
    cannot = [c for c in verb.children if c.dep_ == "aux" and scenes.word(c) in ("can", "ca", "could")]
    if not cannot or not scenes.negated(verb):
        return []
    then = [c for second in verb.children if second.dep_ == "conj" for c in second.children if scenes.word(c) == "then"]
    return [*cannot, *then] if then else []


def spoilt(scene: Scene, verb: Token, who: Token | None) -> bool:
    """Whether something that is nobody's doing in particular, a measure or an event, has ended what is wanted."""
    if verb.tag_ not in ("VBD", "VBN", "VBZ", "VBG", "VBP") or scenes.negated(verb):
        return False
    if any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("MD", "TO") for c in verb.children):
        return False
    doing = next((c for c in verb.children if c.dep_ == "csubj"), None)
    return doing is not None or (who is not None and who.i in scene.named and who.tag_[0] == "N")


def burden(scene: Scene, node: Token) -> list[Token]:
    """The words of "the burden is on X", "the key lies in X's hands"; empty: it says nothing of the kind."""
    at = node
    if node.dep_ == "poss":
        at = node.head
    elif node.dep_ == "pobj" and scenes.word(node.head) == "of" and node.head.head.dep_ == "pobj":
        at = node.head.head
    if at.dep_ != "pobj" or not scene.inside(at.head.head):
        return []
    verb = at.head.head
    who = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if who is None or scenes.word(who) not in BURDENS or scenes.word(verb) not in LYING:
        return []
    return [who, verb]
