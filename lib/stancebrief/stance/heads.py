"""What the noun, adjective or participle that the target hangs on makes of it: "lifting of", "settled by".

Each function gives a reading, a verb to walk on from, or None after it has marked on the walk why neither.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import aims, judgements, scenes, stands, valence
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

SOLVING = valence.verbs("solving")
VICTIMS = vocabulary.of("done_to")
AGENTS = vocabulary.of("agent")
HELD = vocabulary.of("held_view")
REMARKS = vocabulary.of("remark")
CHANCES = vocabulary.of("chance")
CALLS = vocabulary.of("own_call")


def of_adjective(scene: Scene, adjective: Token, walk: Walk, kind: str) -> Reading | None:
    """The target hangs on an adjective: "opposed to", "open to", "in violation of"."""
    classes = scene.classes(adjective)
    verb = (
        adjective.head
        if adjective.head.tag_[0] in "VM" and adjective.dep_ in ("acomp", "attr", "oprd", "prep", "advcl")
        else adjective
    )
    if "against" in classes:
        return stands.take(scene, adjective, walk, -walk.d, "stand", "is against it", verb)
    if classes & {"for", "ready"}:
        return stands.take(scene, adjective, walk, walk.d, "stand", "is for it", verb)
    if "unready" in classes:
        return stands.take(scene, adjective, walk, -walk.d, "stand", "is not for it", verb)
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
        return stands.take(scene, adjective, walk, 0, "weighed", "makes it depend on something", verb)
    if walk.status == "discussed":
        if kind == "process":
            return stands.take(scene, adjective, walk, 1, "ready", "is ready for it", verb)
        return stands.take(scene, adjective, walk, 0, "weighed", "is ready to discuss it", verb)
    if walk.d < 0 and kind == "measure":
        return stands.take(scene, adjective, walk, -1, "ready", "is ready for less of it", verb)
    return stands.take(scene, adjective, walk, walk.d, "ready", "is ready for it", verb)


def done_by(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | Token | None:
    """The target is the doer in a passive, "threatened by", or the means: then the verb to walk on from."""
    classes = scene.classes(verb)
    if kind in ("process", "measure") and scenes.word(verb) in SOLVING:
        walk.status = "event" if walk.status == "bare" else walk.status  # "should be settled by talks"
        return verb
    if classes & {"harm", "bad"} or ("lower" in classes and kind == "conduct"):
        return stands.judge(scene, verb, walk, -1, [verb])
    if "help" in classes:
        return stands.judge(scene, verb, walk, 1, [verb])
    if verb.dep_ in ("acl", "relcl"):
        sign, words = judgements.worth(scene, verb.head)
        if sign:
            return stands.judge(scene, verb.head, walk, sign, words)
    return None


def _our_call(scene: Scene, noun: Token) -> Token | None:
    """The owner of a call or an offer of the speaker's own: "our calls for talks", "its proposal for a pause"."""
    if scenes.word(noun) not in CALLS or scene.aside:
        return None
    return next((c for c in noun.children if c.dep_ == "poss" and scenes.word(c) in ("our", "my")), None)


def of_noun(scene: Scene, noun: Token, walk: Walk, kind: str, how: str, dep: str) -> Reading | None:
    """The target hangs on a noun: "lifting of", "threat from", "right to", "X's weakness"."""
    classes = scene.classes(noun) if scene.part(noun) in ("n", "v") else frozenset()
    if kind == "conduct":
        if scene.part(noun) == "n" and classes & {"against", "ask"} and how == "agent":
            walk.status = scenes.BLOCKED if "bad" not in classes or "against" in classes else walk.status
            return None
        sign = -1 if classes & {"bad", "harm"} and scene.part(noun) == "n" else 0
        if how == "of" and "against" in classes and scenes.word(noun) in HELD:
            sign = 0  # "over the objections of X": what X holds is not thereby bad
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
    if kind in ("process", "measure") and (owner := _our_call(scene, noun)) is not None and walk.status == "bare":
        up = noun.head if scene.inside(noun.head) and noun.head.tag_[0] in "VM" else None
        if up is None or not scene.classes(up) & {"lower", "deny", "refuse", "question"} or scene.own(
            scenes.subject(up) or owner
        ) is not True:
            sign = -walk.d if "against" in classes else walk.d
            return walk.reading(scene, sign, "stand", f"speaks of its own {noun.text}", owner, noun)
    if how == "of" and aims.aimed_elsewhere(noun):
        walk.status, walk.closed = scenes.BLOCKED, "other"
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
            return stands.wish(scene, made, walk, walk.d, "harmed", "speaks of harm to it", remote)
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
        "in",
        "from",
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
