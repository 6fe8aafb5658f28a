"""What is said to come of a measure or of talks, and what ought to come of them or must not.

"Years of sanctions have produced only bombs", "the sanctions must bite", "by themselves they will not solve it": such
clauses take a side on their subject, or weigh it, by what they grant or deny it.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import judgements, scenes, stands, valence
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

YIELDING = valence.verbs("yielding")
RESULTS = vocabulary.of("result")
NOTHING = vocabulary.of("nothing")
ALONE = vocabulary.of("alone")
AIMS = vocabulary.of("no_aim")
PORTIONS = vocabulary.of("portion")
ONLY = vocabulary.of("merely")
TELLING = valence.verbs("telling")
STRONG = vocabulary.of("strong_measure")
MEASURED = vocabulary.of("limited_measure")
SPARED = valence.verbs("sparing")
DEMANDING = valence.verbs("needing")
WORTHY = vocabulary.of("due_to_it")
HANDING = valence.verbs("handing")
WINDFALLS = vocabulary.of("windfall")
REWARDING = valence.verbs("rewarding")
ADVERSARIES = vocabulary.of("adversary")
REPLACING = valence.verbs("replacing")
WORKING = valence.verbs("working_at_all")
STOPPING = {"lower", "help"}
DUTIES = vocabulary.of("duty")


def of(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | None:
    """The reading of a clause whose subject is a measure or talks; None: it says nothing of the kind."""
    if walk.status not in ("bare", "event") or judgements.environment(scene, verb)[0] <= 0:
        return None
    duty = _duty(verb)
    if duty is not None and kind == "measure":
        return _ought(scene, verb, walk, duty)
    if (words := _weighed(scene, verb, node)) and duty is None:
        return stands.wish(scene, verb, walk, 0, "weighed", "says what it is not, or does not do by itself", *words)
    if duty is None and (words := _due(verb)):
        return stands.judge(scene, verb, walk, 1, words)
    if scenes.word(verb) in REPLACING and scenes.negated(verb) and any(c.dep_ == "dobj" for c in verb.children):
        return stands.judge(scene, verb, walk, -1, [*scenes.denials(verb), verb])
    sign, words = came(scene, verb) if duty is None else (0, [])
    if not sign and duty is None:
        sign, words = _gained(scene, verb)
    if not sign and duty is None and scene.classes(verb) & STOPPING and not scenes.negated(verb):
        stopped = [t for c in verb.children if c.dep_ == "dobj" for t in c.subtree if t.i in scene.acts]
        sign, words = (1, [verb, stopped[-1]]) if stopped and not scene.aside else (0, [])
    return stands.judge(scene, verb, walk, sign, words) if sign else None


def further(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | None:
    """The reading of a later verb of the same subject: "had been tried and had not worked"."""
    for second in verb.conjuncts:
        if second.i < verb.i or second.tag_[0] not in "VM" or scenes.has_subject(second) or not scene.inside(second):
            continue
        if (reading := of(scene, second, node, walk, kind)) is not None:
            return reading
        sign, words = judgements.predicate(scene, second) if _duty(second) is None else (0, [])
        working = scenes.word(second) in WORKING and scenes.negated(second)
        if sign or working:
            return stands.judge(scene, second, walk, sign or -1, words or [*scenes.denials(second), second])
    return None


def withheld(scene: Scene, verb: Token, walk: Walk, kind: str) -> Reading | None:
    """The target as the object of a clause that does without it: "offers threats and no talks", "cannot replace it"."""
    if scenes.word(verb) in REPLACING and scenes.negated(verb):
        why = "says that nothing can take its place"
        return stands.complain(scene, verb, walk, walk.d, "asked", why)
    none = [i for i in walk.tokens if scenes.word(scene.doc[i]) == "no"]
    who = scenes.subject(verb)
    if kind == "process" and none and walk.d < 0 and scenes.word(verb) in HANDING and who is not None:
        if scene.own(who) is False and not scenes.negated(verb):
            return stands.complain(scene, verb, walk, -walk.d, "refused", "complains that it is not offered")
    return None


def came(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """What a clause says to have come of its subject: something good (+1), nothing or worse (-1), nothing said (0)."""
    if scenes.word(verb) not in YIELDING or (verb.tag_ == "VB" and not scenes.auxiliaries(verb)):
        return 0, []
    things = [c for c in verb.children if c.dep_ in ("dobj", "attr") or scenes.word(c) in NOTHING]
    things = [c for c in things if c.i > verb.i]
    things += [c for p in verb.children if p.dep_ == "prep" and scenes.word(p) in ("to", "in") for c in p.children]
    only = [c for c in verb.children if scenes.word(c) in ONLY and c.dep_ == "advmod"]
    for thing in things:
        none = [thing] if scenes.word(thing) in NOTHING else []
        none += [c for c in thing.children if scenes.word(c) in ("no", "little", "few", "scant") and c.i < thing.i]
        only += [t for t in thing.subtree if scenes.word(t) in ONLY and abs(t.i - thing.i) < 4]
        value = judgements.worth(scene, thing)[0]
        result = scenes.word(thing) in RESULTS
        if none:
            return (-1, [verb, none[0], thing]) if value >= 0 or scenes.word(thing) in NOTHING else (0, [])
        if scenes.negated(verb):
            empty = result or scenes.word(thing) in ("anything", "much", "any", "one")
            return (-1, [*scenes.denials(verb), verb, thing]) if empty else (0, [])
        if only:
            return (-1, [only[0], verb, thing]) if value <= 0 and not result else (0, [])
        if result:
            return 1, [verb, thing]
    return 0, []


def merely(verb: Token) -> list[Token]:
    """The words of "simply calling for it will not make it happen"; empty: it says nothing of the kind."""
    only = [c for c in verb.children if scenes.word(c) in ONLY and c.i < verb.i]
    return [*only, *scenes.denials(verb.head)] if only and scenes.negated(verb.head) else []


def _gained(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """What an adversary is said to get by it: "hands the regime a victory", "rewards aggression"."""
    if scenes.negated(verb):
        return 0, []
    name = scenes.word(verb)
    things = [c for c in verb.children if c.dep_ == "dobj"]
    if name in HANDING:
        to = [c for c in verb.children if c.dep_ == "dative"]
        to += [c for p in verb.children if scenes.word(p) == "to" and p.dep_ in ("prep", "dative") for c in p.children]
        to += [c for thing in things for c in thing.children if c.dep_ in ("compound", "nmod", "npadvmod")]
        given = [thing for thing in things if scenes.word(thing) in WINDFALLS]
        if given and any(_adverse(scene, one) for one in to):
            return -1, [verb, given[0]]
    if name in REWARDING and any(_adverse(scene, thing) for thing in things):
        return -1, [verb, things[0]]
    return 0, []


def _adverse(scene: Scene, whom: Token) -> bool:
    """Whether a word names somebody else: a person, a group or a power that is not the speaker's, or an evil."""
    return scene.own(whom) is not True and (whom.tag_ == "NNP" or scenes.word(whom) in ADVERSARIES)


def _duty(verb: Token) -> Token | None:
    """The word that says that a clause ought to be so: "must", "have to"."""
    duty = next((c for c in scenes.auxiliaries(verb) if scenes.word(c) in scenes.OBLIGES), None)
    if duty is None and verb.dep_ == "xcomp" and scenes.infinitive(verb) and scenes.word(verb.head) in DUTIES:
        duty = verb.head
    return duty


def _ought(scene: Scene, verb: Token, walk: Walk, duty: Token) -> Reading | None:
    """What a measure must be like, or must not do to people: felt is for it, spared them is weighing it."""
    said = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd", "dobj") and c.i > verb.i]
    name = scenes.word(verb)
    if scenes.negated(verb):
        active = not any(c.dep_ == "auxpass" for c in verb.children)
        if (name in SPARED or "harm" in scene.classes(verb)) and active and any(c.dep_ == "dobj" for c in said):
            why = "says whom it must not harm"
            return stands.wish(scene, verb, walk, 0, "weighed", why, duty, *scenes.denials(verb), verb)
        return None
    if name in scenes.LINKING:
        for one in said:
            if scenes.word(one) in MEASURED:
                return stands.wish(scene, verb, walk, 0, "weighed", "says how far it may go", duty, one)
            if scenes.word(one) in STRONG:
                return stands.wish(scene, verb, walk, walk.d, "asked", "says what it ought to be like", duty, one)
    felt = any(c.dep_ == "auxpass" for c in verb.children) and name in ("felt", "feared", "noticed", "respected")
    if felt or name in TELLING or (name in ("mean", "have") and any(scenes.word(c) in RESULTS for c in said)):
        return stands.wish(scene, verb, walk, walk.d, "asked", "says what it ought to do", duty, verb, *said[:1])
    return None


def _weighed(scene: Scene, verb: Token, node: Token) -> list[Token]:
    """The words of "not an end in itself", "only half of the work", "alone it will not do"; empty: none."""
    denials = scenes.denials(verb) if scenes.negated(verb) else []
    said = [c for c in verb.children if c.dep_ in ("attr", "acomp") and c.i > verb.i]
    linking = scenes.word(verb) in scenes.LINKING
    for one in said if linking else ():
        if denials and scenes.word(one) in AIMS:
            return [*denials, one]
        beside = [c for c in one.children if c.dep_ in ("appos", "conj") and scenes.word(c) in AIMS]
        if any(scenes.word(c) == "not" for b in beside for c in (*b.children, scene.doc[b.left_edge.i - 1])):
            return [one, *beside]
        only = [c for c in (*verb.children, *one.children, *(d for c in one.children for d in c.children))
                if scenes.word(c) in ONLY]
        if only and any(scenes.word(c) in PORTIONS for c in (one, *one.children)):
            return [only[0], one]
    beside = [t for c in verb.children if c.dep_ in ("advmod", "prep", "acomp") for t in c.subtree]
    alone = [t for t in (*node.subtree, *beside) if scenes.word(t) in ALONE and scene.inside(t)]
    future = any(c.tag_ == "MD" for c in scenes.auxiliaries(verb)) or verb.tag_ in ("VBZ", "VBP", "VB")
    if alone and denials and future:
        return [*alone[:1], *denials, verb]
    return []


def _due(verb: Token) -> list[Token]:
    """The words of "needs more time", "deserve a chance"; empty: it says nothing of the kind."""
    if scenes.word(verb) not in DEMANDING or scenes.negated(verb):
        return []
    return next(([verb, c] for c in verb.children if c.dep_ == "dobj" and scenes.word(c) in WORTHY), [])
