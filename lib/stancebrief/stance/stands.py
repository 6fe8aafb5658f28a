"""Where a walk up the parse ends: a stand taken, a wish, a judgement, a complaint, each with its words.

Every function gives a reading, or None after it has marked on the walk why there is none.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import judgements, scenes, valence
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

SOLVING = valence.verbs("solving")
OTHERS = vocabulary.of("some_others")
VICTIMS = vocabulary.of("done_to")
AGENTS = vocabulary.of("agent")
REMARKS = vocabulary.of("remark")
CHANCES = vocabulary.of("chance")


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


def of_adjective(scene: Scene, adjective: Token, walk: Walk, kind: str) -> Reading | None:
    """The target hangs on an adjective: "opposed to", "open to", "in violation of"."""
    classes = scene.classes(adjective)
    verb = (
        adjective.head
        if adjective.head.tag_[0] in "VM" and adjective.dep_ in ("acomp", "attr", "oprd", "prep", "advcl")
        else adjective
    )
    if "against" in classes:
        return take(scene, adjective, walk, -walk.d, "stand", "is against it", verb)
    if classes & {"for", "ready"}:
        return take(scene, adjective, walk, walk.d, "stand", "is for it", verb)
    if "unready" in classes:
        return take(scene, adjective, walk, -walk.d, "stand", "is not for it", verb)
    if "harm" in classes and kind != "conduct":
        above, words = judgements.environment(scene, verb)
        if above:
            return walk.reading(
                scene,
                walk.d * above,
                "harmed",
                f"speaks of harm to it: {scenes.text(scene, adjective)}",
                adjective,
                *words,
            )
    walk.status = "loose" if walk.status == "bare" else walk.status
    return None


def ready(scene: Scene, adjective: Token, walk: Walk, kind: str) -> Reading | None:
    """Ready, willing, prepared to …"""
    verb = adjective.head if adjective.dep_ in ("acomp", "attr", "oprd") else adjective
    who = scenes.subject(verb)
    if who is not None and scene.own(who) is False:
        walk.status, walk.closed = scenes.BLOCKED, "other"
        return None
    if kind == "process" and walk.d > 0 and scenes.conditional(verb):
        return take(scene, adjective, walk, 0, "weighed", "makes it depend on something", verb)
    if walk.status == "discussed":
        if kind == "process":
            return take(scene, adjective, walk, 1, "ready", "is ready for it", verb)
        return take(scene, adjective, walk, 0, "weighed", "is ready to discuss it", verb)
    if walk.d < 0 and kind == "measure":
        return take(scene, adjective, walk, -1, "ready", "is ready for less of it", verb)
    return take(scene, adjective, walk, walk.d, "ready", "is ready for it", verb)


def asked(scene: Scene, verb: Token, node: Token, walk: Walk) -> Reading | None:
    """A government that should, must or can do more is found wanting."""
    if scene.own(node) is True:
        return None
    helpers = scenes.auxiliaries(verb)
    moods = {scenes.word(c) for c in helpers}
    duty = [c for c in helpers if scenes.word(c) in scenes.OBLIGES]
    if (
        not duty
        and scenes.word(verb) in ("needs", "need", "has", "have")
        and any(c.dep_ == "xcomp" for c in verb.children)
    ):
        duty = [verb]
    can = [c for c in helpers if scenes.word(c) in ("can", "could")]
    more = [c for c in verb.subtree if scenes.word(c) in ("more", "better", "things", "lot", "lots", "much")]
    more += [verb.head] if verb.dep_ == "relcl" else []
    if can and more and scenes.word(verb) in ("do", "offer", "help", "show") and not scenes.negated(verb):
        duty = can
    if duty and "be" not in moods and (not scenes.negated(verb) or duty != can):
        above, words = judgements.environment(scene, verb)
        if above:
            return walk.reading(
                scene,
                -walk.d,
                "asked",
                f"says what it has to do: {scenes.text(scene, duty[0], verb)}",
                duty[0],
                verb,
                *words,
            )
    return None


def toward_government(scene: Scene, verb: Token, node: Token, walk: Walk, classes: frozenset[str]) -> Reading | None:
    """A government is what a verb governs."""
    who = scenes.subject(verb)
    mine = who is None or scene.own(who) is not False
    if node.i not in walk.tokens and "conduct" not in scene.classes(node):
        walk.status = "loose"  # "US citizens" are not their government
        return None
    if "against" in classes and (mine or any(scenes.word(c) in scenes.OBLIGES for c in scenes.auxiliaries(verb))):
        if who is not None and any(scenes.word(c) in scenes.OBLIGES for c in scenes.auxiliaries(verb)):
            return complain(scene, verb, walk, -walk.d, "asked", "asks for pressure on it")
        return take(scene, verb, walk, -walk.d, "stand", "is against it")
    if "for" in classes and mine and not classes & {"raise", "lower"}:
        return take(scene, verb, walk, walk.d, "stand", "is for it")
    if (
        "ask" in classes
        and mine
        and scene.own(node) is not True
        and any(c.dep_ in ("xcomp", "ccomp") or scenes.word(c) == "into" for c in verb.children)
    ):
        return take(scene, verb, walk, -walk.d, "asked", "is asked to act")
    if classes & {"harm"} and who is not None and scene.own(who) is True and "lower" in classes:
        return None
    walk.status = "loose"
    return None


def done_by(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | Token | None:
    """The target is the doer in a passive, "threatened by", or the means: then the verb to walk on from."""
    classes = scene.classes(verb)
    if kind in ("process", "measure") and scenes.word(verb) in SOLVING:
        walk.status = "event" if walk.status == "bare" else walk.status  # "should be settled by talks"
        return verb
    if classes & {"harm", "bad"} or ("lower" in classes and kind == "conduct"):
        return judge(scene, verb, walk, -1, [verb])
    if "help" in classes:
        return judge(scene, verb, walk, 1, [verb])
    if verb.dep_ in ("acl", "relcl"):
        sign, words = judgements.worth(scene, verb.head)
        if sign:
            return judge(scene, verb.head, walk, sign, words)
    return None


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


def of_noun(scene: Scene, noun: Token, walk: Walk, kind: str, how: str, dep: str) -> Reading | None:
    """The target hangs on a noun: "lifting of", "threat from", "right to", "X's weakness"."""
    classes = scene.classes(noun) if scene.part(noun) in ("n", "v") else frozenset()
    if kind == "conduct":
        if scene.part(noun) == "n" and classes & {"against", "ask"} and how == "agent":
            walk.status = scenes.BLOCKED if "bad" not in classes or "against" in classes else walk.status
            return None
        sign = -1 if classes & {"bad", "harm"} and scene.part(noun) == "n" else 0
        if not sign:
            bad = [
                c
                for c in noun.children
                if c.dep_ in ("amod", "appos") and "bad" in scene.classes(c) and scene.part(c) == "a"
            ]
            if bad and (how == "agent" or how in AGENTS):
                sign, noun = -1, bad[0]
        if sign and (how == "agent" or how in AGENTS):
            above, words = judgements.environment(scene, noun)
            if above <= 0 and how == "agent" and judgements.presupposed(scene, noun):
                above, words = 1, []
            if above:
                return walk.reading(
                    scene, sign * above * walk.d, "judged", f"speaks of its {scenes.text(scene, noun)}", noun, *words
                )
        walk.status = "loose" if how not in ("agent", *AGENTS) else walk.status
        return None
    if not classes:
        return None
    if kind == "act" and scenes.word(noun) in ("right", "rights") and how in ("to", "of", "acl"):
        above, words = judgements.environment(scene, noun)
        if above:
            return walk.reading(scene, walk.d * above, "judged", f"calls it a {scenes.text(scene, noun)}", noun, *words)
    if kind in ("act", "measure") and how == "to" and "answer" in scene.classes(noun) and noun.dep_ in ("attr", "pobj"):
        top = noun.head.head if noun.dep_ == "pobj" else noun.head
        if scenes.word(top) in scenes.LINKING and judgements.environment(scene, top)[0] > 0 and kind == "act":
            return walk.reading(
                scene, -walk.d, "judged", f"calls for an answer to it: {scenes.text(scene, noun)}", noun
            )
    if "opaque" in classes and not (kind == "process" and scenes.word(noun) in CHANCES):
        walk.status, walk.closed = scenes.BLOCKED, "capability"
        return None
    if "opaque" in classes:
        made = noun.head if noun.dep_ in ("dobj", "nsubj") else None
        made = (
            made.head
            if made is not None and scenes.word(made) not in judgements.MAKING and made.dep_ in ("ccomp", "xcomp")
            else made
        )
        if (
            made is not None
            and scenes.word(made) in judgements.MAKING
            and any(scenes.word(t) in judgements.REMOTE for t in made.subtree)
        ):
            remote = next(t for t in made.subtree if scenes.word(t) in judgements.REMOTE)
            return wish(scene, made, walk, walk.d, "harmed", "speaks of harm to it", remote)
        return None
    if "lower" in classes and (how in ("of", "to", "on", "in", "from", "for", "agent") or dep == "compound"):
        walk.d, walk.status = -walk.d, "event"
        walk.tokens.add(noun.i)
        return None
    if "refuse" in classes and how in ("acl", "to"):  # "their refusal to lift X", of others, complains of it
        who = next((c for c in noun.children if c.dep_ == "poss"), None)
        above, words = judgements.environment(scene, noun)
        if above and walk.status in ("event", "bare"):
            mine = who is not None and scene.own(who) is True
            return walk.reading(
                scene, -walk.d if mine else walk.d, "refused", f"speaks of {scenes.text(scene, noun)}", noun, *words
            )
    if "harm" in classes and how in ("of", "to", "for", "with") and (kind != "act" or walk.d < 0 or how == "to"):
        above, words = judgements.environment(scene, noun)
        if (
            (above and how != "of")
            or (above and not classes & {"bad"})
            or (above and walk.d < 0)
            or (above and kind in ("process",))
            or (above and kind == "measure" and scenes.word(noun) in VICTIMS)
        ):
            return walk.reading(
                scene,
                walk.d * (1 if above > 0 else -1),
                "harmed",
                f"speaks of {scenes.text(scene, noun)} to it",
                noun,
                *words,
            )
    if scenes.word(noun) in REMARKS and how not in ("against", "toward", "towards"):
        walk.status = "loose"
        return None
    if "harm" in classes and dep == "compound" and kind in ("measure", "process"):
        walk.status = "loose"
        return None
    if "against" in classes and how in (
        "to",
        "acl",
        "of",
        "about",
        "over",
        "at",
        "against",
        "with",
        "for",
        "on",
        "toward",
        "towards",
    ):
        walk.d, walk.status = -walk.d, "stance"
        walk.tokens.add(noun.i)
        return None
    if "for" in classes and how in ("for", "acl", "to") and "bad" in classes:
        classes = classes - {"bad"}
    if "bad" in classes and scene.senses[noun.i].words.endswith(f" {how}"):
        walk.status, walk.closed = scenes.BLOCKED, "other"  # "a gift to X" judges the gift
        return None
    if "bad" in classes:
        above, words = judgements.environment(scene, noun)
        if above and walk.status in ("bare", "event", "loose"):
            sign = -walk.d if not scenes.negated(noun) else walk.d
            return walk.reading(scene, sign * above, "judged", f"calls it {scenes.text(scene, noun)}", noun, *words)
    if classes & {"for", "ask"} and how in ("for", "of", "to", "on", "in", "acl"):
        walk.status = "stance"
        walk.tokens.add(noun.i)
        return None
    if "good" in classes and how in ("of", "for", "to") and walk.status == "bare" and kind != "act":
        walk.status = "stance"
        walk.tokens.add(noun.i)
        return None
    if "raise" in classes:
        walk.status = "event"
        walk.tokens.add(noun.i)
    return None
