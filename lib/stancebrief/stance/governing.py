"""What a clause does with the target: as its subject, as what its verb governs, as what something is said to be.

Each function gives a reading, the verb to walk on from, or None after it has marked on the walk why neither.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import acts, deeds, effects, frames, heads, judgements, powers, scenes, stands, valence
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

USING = valence.verbs("using")
WORKING = valence.verbs("working")
HINTING = {"suggesting", "indicating", "implying"}
EXPECTING = valence.verbs("expecting")
ROLES = vocabulary.of("role_of_power")
LETTING = valence.verbs("letting")
HOPING = valence.verbs("hoping")


def named(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | Token | None:
    """The target is what something else is said to be: "the answer is dialogue"."""
    who = next((c for c in verb.children if c.dep_ in scenes.SUBJECTS), None)
    need = judgements.needed(scene, verb) if kind != "conduct" else None
    if need is not None and scenes.negated(verb):
        why = "says that something else is needed"
        return stands.wish(scene, verb, walk, -walk.d, "asked", why, need, *scenes.denials(verb))
    if need is not None and scene.classes(need) & {"need", "ask"} | ({"need"} if need.dep_ == "csubj" else set()):
        return stands.wish(scene, verb, walk, walk.d, "asked", "says that it is needed", need)
    if who is not None and kind != "conduct":
        sign, words = judgements.worth(scene, who)
        if sign > 0 or (sign < 0 and kind != "act"):
            return stands.judge(scene, verb, walk, sign, words)
    walk.status = "loose" if walk.status == "bare" else walk.status
    return verb


def hoped(scene: Scene, verb: Token, walk: Walk) -> Reading | None:
    """ "We hope it is not so": what is hoped against is insinuated of the target."""
    above = verb.head
    if verb.dep_ != "ccomp" or not scene.inside(above) or not scenes.negated(verb) or scenes.word(above) not in HOPING:
        return None
    walk.tokens.update(c.i for c in verb.children if c.dep_ == "neg")
    why = f"hopes that it is not so: {scenes.text(scene, above)}"
    return walk.reading(scene, -walk.d, "insinuated", why, above)


def doer(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | Token | None:
    """The target is the subject of a clause."""
    classes = scene.classes(verb)
    if kind == "conduct":
        above = verb.head
        if verb.dep_ in ("ccomp", "xcomp") and scenes.word(above) in EXPECTING and scenes.infinitive(verb):
            if scene.inside(above) and scene.own(node) is not True and scenes.has_subject(above):
                return stands.take(scene, above, walk, -walk.d, "asked", "is expected to act")
        joined = [c for c in verb.conjuncts if scene.inside(c) and c.i > verb.i and not scenes.has_subject(c)]
        joined = [c for c in joined if not {scenes.word(t) for t in scenes.auxiliaries(c)} & scenes.COMING]
        reading = next(filter(None, (powers.asked(scene, one, node, walk) for one in (verb, *joined))), None)
        reading = reading or powers.felt(scene, verb, node, walk)
        if reading:
            return reading
        if any(scenes.word(c) in scenes.OBLIGES for c in scenes.auxiliaries(verb)):
            walk.status = "loose"
            return None
        if (thing := frames.owns_a_bad_thing(scene, verb)) is not None and scene.own(node) is not True:
            why = f"takes its {scenes.text(scene, thing)} for granted"
            return walk.reading(scene, -walk.d, "judged", why, thing, *thing.children)
        if verb.dep_ == "relcl" and any(scenes.word(c) in scenes.ABLE for c in scenes.auxiliaries(verb)):
            walk.status = "loose"  # what it could do is told of something else
            return None
    if kind == "act" and (reading := acts.of_subject(scene, verb, walk)) is not None:
        return reading
    if kind != "conduct" and verb.dep_ in ("ccomp", "xcomp") and scene.inside(verb.head):
        if scenes.word(verb.head) in LETTING and scenes.negated(verb.head):
            why = "says that it must not be let happen"
            return stands.wish(scene, verb.head, walk, -walk.d, "asked", why, *scenes.denials(verb.head), verb.head)
    duty = any(scenes.word(c) in scenes.OBLIGES for c in scenes.auxiliaries(verb))
    sign, words = deeds.of(scene, verb, node) if kind == "conduct" and not duty else (0, [])
    if not sign and not duty:
        sign, words = judgements.predicate(scene, verb)
    if kind == "conduct" and sign and not judgements.environment(scene, verb)[0]:
        sign, words = 0, []  # asked or supposed: the reporting word decides
    if kind == "conduct" and scene.own(node) is True and classes & {"intend", "ready", "ask"}:
        return None  # what it means to do is no judgement on it
    if kind == "conduct" and sign > 0 and scenes.negated(verb) and scene.own(node) is not True:
        if any(scenes.word(c) in (*scenes.ABLE, *scenes.OBLIGES) for c in scenes.auxiliaries(verb)):
            sign = -sign  # "you cannot set a house on fire and …" says that it has
    if kind == "act" and sign > 0 and not scene.mine and scenes.negated(verb):
        sign = 0  # "it posed no immediate threat" is no praise
    if kind == "conduct" and sign > 0 and words and all(scenes.word(w) in ROLES for w in words if scene.part(w) == "n"):
        sign = 0 if any(scene.part(w) == "n" for w in words) else sign
    if sign < 0 and kind in ("process", "measure") and frames.regretted(scene, verb):
        return stands.complain(scene, verb, walk, walk.d, "harmed", "regrets that it fares ill")
    if kind == "conduct" and sign > 0 and scene.own(node) is True and judgements.backs_another(scene, verb):
        return None
    insinuated = hoped(scene, verb, walk)
    if insinuated:
        return insinuated
    if sign and not (kind == "conduct" and sign > 0 and scene.own(node) is not True and not words):
        return stands.judge(scene, verb, walk, sign, words)
    if (
        kind == "measure"
        and ("lower" in classes or scenes.word(verb) in WORKING)
        and (scenes.negated(verb) or scenes.by_nobody(verb))
        and (any(c.dep_ in ("dobj", "ccomp") for c in verb.children))
        and not duty
    ):  # it has not helped; "no sanction has": the walk was turned at "no"
        return stands.judge(scene, verb, walk, -1 if walk.d > 0 else 1, [*scenes.denials(verb), verb])
    if kind != "conduct" and not any(c.dep_ == "dobj" for c in verb.children):
        if "lower" in classes:
            walk.d, walk.status = -walk.d, "event"
            walk.tokens.add(verb.i)
        elif "raise" in classes:
            walk.status = "event"
            walk.tokens.add(verb.i)
    if kind == "conduct":
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        if "refuse" in classes and not passive and any(c.dep_ == "xcomp" for c in verb.children):
            return stands.judge(scene, verb, walk, -1 if not scenes.negated(verb) else 1, [verb])
        walk.status = "loose" if walk.status == "bare" else walk.status
        if (
            verb.dep_ in ("ccomp", "xcomp")
            and scene.inside(verb.head)
            and "ask" in scene.classes(verb.head)
            and scene.own(node) is not True
        ):
            return stands.take(scene, verb.head, walk, -walk.d, "asked", "is asked to act")
        return None
    return verb


def governed(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | Token | None:
    """The target, or an event about it, is what a verb governs."""
    classes = scene.classes(verb) if scene.part(verb) in ("v", "a") else frozenset()
    sense = scene.senses[verb.i]
    if sense is not None and "lower" in classes and node.i in sense.tokens and kind != "conduct":
        walk.status = scenes.BLOCKED  # the target's word is part of the idiom: "put X on the negotiating table"
        return None
    if sense is not None and "good" in classes and node.i in sense.tokens:
        classes = classes | {"raise"}  # "honour its commitment to …"
    clause = node.dep_ in ("ccomp", "xcomp", "pcomp", "advcl") and node.tag_[0] in "VM"
    who = scenes.subject(verb)
    if who is not None and (who == node or node.is_ancestor(who)):
        who = None
    own = scene.own(who) if who is not None else None
    marks = {scenes.word(c) for c in node.children if c.dep_ in ("mark", "advmod") and c.i < node.i}
    if clause and marks & {"if", "whether"}:
        walk.status = scenes.BLOCKED
        return None
    if kind == "act" and (reading := acts.of_object(scene, verb, node, walk)) is not None:
        return reading
    if kind == "conduct":
        return powers.toward_government(scene, verb, node, walk, classes)
    if scenes.word(verb) in judgements.MAKING and kind in ("process", "measure") and not clause:
        remote = [t for t in verb.subtree if t.i > node.i and scenes.word(t) in judgements.REMOTE]
        if remote:
            return stands.complain(scene, verb, walk, walk.d, "harmed", "speaks of harm to it")
    if scenes.word(verb) in USING and any(c.dep_ == "prep" and scenes.word(c) in ("as", "for") for c in verb.children):
        walk.status = "loose"  # what is said is what it may be used for
        return verb
    if "answer" in classes and any(scenes.word(c) == "any" for c in node.children):  # whatever may come: a capability
        walk.status, walk.closed = scenes.BLOCKED, "capability"
        return None
    if "answer" in classes and node.i in scene.named:
        against = kind == "act" or (not scene.mine and scenes.answered(verb, node))
        classes = (classes - {"answer"}) | {"lower" if against else "raise"}
    if clause:
        for rule in ("refuse", "unready", "deny", "question", "discuss"):
            if rule in classes and rule in ("deny", "question"):
                walk.status = scenes.BLOCKED
                return None
        if classes & {"refuse", "unready"}:
            sign = -walk.d if own is not False else walk.d
            if scenes.negated(verb):
                if own is False:
                    walk.status = scenes.BLOCKED
                    return None
                return stands.complain(scene, verb, walk, walk.d, "intended", "does not refuse it")
            means = who is not None and who.i in scene.named  # "sanctions have failed to stop it"
            if kind == "act" and (own is False or means or "bad" in classes):
                walk.status = scenes.BLOCKED
                return None
            return stands.complain(
                scene,
                verb,
                walk,
                sign,
                "refused",
                "will not have it" if own is not False else "complains that it is refused",
            )
        eased = walk.status == "discussed" and walk.d < 0 and kind == "measure"  # "ought to consider easing them"
        if scenes.word(verb) in scenes.OBLIGES and node.dep_ == "xcomp" and (walk.status == "event" or eased):
            sign = -walk.d if scenes.negated(verb) else walk.d
            walk.tokens.update(c.i for c in verb.children if c.dep_ == "neg")
            why = "says that it ought to be" if sign > 0 else "says that it ought to end or not to be"
            return stands.complain(scene, verb, walk, sign, "asked", why)
        if scenes.word(verb) in ("have", "has", "had", "need", "needs", "needed") and node.dep_ == "xcomp":
            if scenes.negated(verb):
                walk.status = scenes.BLOCKED
                return None
            if walk.status == "discussed":
                return stands.complain(
                    scene, verb, walk, int(kind == "process"), "weighed", "would use it in a bargain"
                )
            if walk.status == "event":
                return stands.complain(scene, verb, walk, walk.d, "asked", "says that it has to be")
        if "warn" in classes and walk.status in ("event", "bare"):
            return stands.take(scene, verb, walk, -walk.d, "warned", "warns of it")
    if "discuss" in classes and not clause:
        walk.status = "discussed"
        walk.tokens.add(verb.i)
        if "intend" in classes and own is True and kind == "measure" and verb.tag_ == "VBG" and not scene.aside:
            return stands.take(scene, verb, walk, int(walk.d > 0), "weighed", "weighs it")  # easing it is a bargain
        return verb
    if (
        "discuss" in classes
        and walk.status == "event"
        and classes & {"discuss"}
        and not classes & {"ask", "lower", "raise"}
    ):
        walk.status = "discussed"
        walk.tokens.add(verb.i)
        return verb
    if walk.status == "loose":
        if "opaque" in classes or (clause and "say" in classes and own is False):
            walk.status = scenes.BLOCKED
            return None
        return verb
    if not clause and classes & {"deny"} and "lower" in classes:
        if own is True or (own is None and walk.status == "stance"):
            return stands.take(scene, verb, walk, -walk.d, "stand", "rejects it")
    if "threaten" in scenes.word(verb)[:8] and kind == "measure":
        classes = classes - {"harm"}
    if "harm" in classes and kind in ("process", "measure") and not clause and walk.status != "stance":
        walk.worth = walk.d
        if scenes.negated(verb) and any(scenes.word(c) in scenes.OBLIGES for c in scenes.auxiliaries(verb)):
            return stands.complain(scene, verb, walk, walk.d, "asked", "says that no harm may come to it")
        if not classes & {"lower"}:
            return (
                stands.complain(
                    scene, verb, walk, walk.d if not scenes.negated(verb) else 0, "harmed", "speaks of harm to it"
                )
                if not scenes.negated(verb)
                else None
            )
    if "harm" in classes and walk.d < 0 and walk.status == "bare" and not clause:  # violating what forbids the target
        return stands.complain(scene, verb, walk, walk.d, "harmed", "speaks of harm to what forbids it")
    if (
        clause
        and "against" in classes
        and not classes & {"say", "ask", "raise", "lower"}
        and walk.status in ("event", "bare")
    ):
        return stands.take(scene, verb, walk, -walk.d, "stand", "regrets it")
    if "against" in classes and not clause and "lower" not in classes:
        return stands.take(scene, verb, walk, -walk.d, "stand", "is against it")
    doing = verb.dep_ in ("csubj", "csubjpass")  # "backing it would be a mistake": judged, not meant
    if not doing and "for" in classes and not classes & {"raise"} and not (clause and classes & {"say"}):
        return stands.take(scene, verb, walk, walk.d, "stand", "is for it")
    told = verb.dep_ in ("acl", "relcl", "csubj")  # "a law requiring X" is not yet one's own wish
    if verb.dep_ == "csubj" and effects.merely(verb):
        walk.status = "event" if walk.status == "bare" else walk.status
        return verb
    if "need" in classes and not clause and not told and kind in ("measure", "process") and walk.status != "loose":
        return (
            stands.complain(scene, verb, walk, walk.d, "asked", "says that it is needed")
            if not scenes.negated(verb)
            else None
        )
    if "lower" in classes and kind == "process" and not clause and walk.status == "bare" and walk.d > 0:
        if frames.spoilt(scene, verb, who):
            return stands.complain(scene, verb, walk, walk.d, "harmed", "speaks of harm to it")
    if "lower" in classes and (not clause or not classes & {"ask", "intend"}):
        walk.d, walk.status = -walk.d, "event" if walk.status != "loose" else "loose"
        walk.tokens.update(scene.senses[verb.i].tokens if scene.senses[verb.i] else (verb.i,))
        if "refuse" in classes and own is False:
            walk.worth = -walk.d
        return verb
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and who is not None and own is not True:
        classes = classes - {"ask", "intend"}  # what a law or a crowd wants is not yet the speaker's wish
    if doing and classes & {"ask", "intend", "for"}:
        walk.status = "event" if walk.status == "bare" else walk.status  # "demanding it will not bring peace"
        return verb
    if scenes.word(verb) in EXPECTING and not (clause and scenes.infinitive(node)):
        classes = classes - {"ask"}  # a forecast
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and scenes.word(verb) in HINTING:
        classes = classes - {"ask"}  # "…, suggesting preparations for a launch"
    if classes & {"ask"} and not (clause and "say" in classes and not scenes.infinitive(node)):
        if walk.status == "discussed":
            by = scenes.subject(node) if clause else None
            if by is not None and scene.own(by) is not True:
                return stands.take(scene, verb, walk, walk.d, "asked", "asks that it be considered")
            return stands.take(scene, verb, walk, 0, "weighed", "would discuss it")
        if not (classes & {"raise"} and not clause and own is not True):
            return stands.take(scene, verb, walk, walk.d, "asked", "asks for it")
    if classes & {"intend"} and own is True and not (clause and "say" in classes and not scenes.infinitive(node)):
        if walk.status == "discussed":
            return stands.take(scene, verb, walk, 0, "weighed", "would discuss it")
        if scenes.word(verb) == "tried" and scenes.negated(verb):
            if kind == "process" and scene.aside:
                return stands.complain(scene, verb, walk, walk.d, "asked", "complains that it was not tried")
            walk.status = scenes.BLOCKED
            return None
        if walk.d < 0 and scenes.word(verb) == "tried":
            walk.status = scenes.BLOCKED  # what was tried is past
            return None
        return stands.take(scene, verb, walk, walk.d, "intended", "means to do it")
    done = verb.tag_ == "VBN" and any(scenes.word(c) in ("has", "have", "had") for c in verb.children)
    if "ready" in classes and not done:  # not "had set off a bomb"
        return heads.ready(scene, verb, walk, kind)
    if classes & {"raise", "help"}:
        walk.status = "event" if walk.status == "bare" else walk.status
        walk.tokens.update(scene.senses[verb.i].tokens if scene.senses[verb.i] else (verb.i,))
        if "for" in classes and own is True:
            return stands.take(scene, verb, walk, walk.d, "stand", "is for it")
        return verb
    if not clause and walk.status == "bare":
        walk.status = "loose"
    if "opaque" in classes:
        walk.status = scenes.BLOCKED
        return None
    if clause and "say" in classes and own is False:
        walk.status = scenes.BLOCKED
        return None
    return verb
