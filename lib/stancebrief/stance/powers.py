"""What is said of a government whose conduct is the target: that it should do more, that it is pressed or praised.

Each function gives a reading, or None after it has marked on the walk why there is none.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import judgements, scenes, stands
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

FORECAST = {"sooner", "eventually", "inevitably", "someday"}
PRESSING = vocabulary.of("pressing")
DUTIES = {"obligation", "duty", "responsibility", "job", "task"}


def asked(scene: Scene, verb: Token, node: Token, walk: Walk) -> Reading | None:
    """A government that should, must or can do more is found wanting."""
    if scene.own(node) is True:
        return None
    helpers = scenes.auxiliaries(verb)
    moods = {scenes.word(c) for c in helpers}
    duty = [c for c in helpers if scenes.word(c) in scenes.OBLIGES]
    if (
        not duty
        and scenes.word(verb) in ("needs", "need", "has", "have", "ought")
        and any(c.dep_ == "xcomp" for c in verb.children)
    ):
        duty = [verb]
    if not duty and scenes.word(verb) in ("has", "have", "had", "'s") and not scenes.negated(verb):
        duty = [c for c in verb.children if c.dep_ == "dobj" and scenes.word(c) in DUTIES
                and any(b.dep_ in ("acl", "relcl") and scenes.infinitive(b) for b in c.children)]
    if duty and any(scenes.word(t) in FORECAST for t in verb.subtree):
        duty = []  # "sooner or later they will have to": a forecast
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


def felt(scene: Scene, verb: Token, node: Token, walk: Walk) -> Reading | None:
    """What is felt or said of what a government does: "it is troubling that X …", "we regret that X has …"."""
    above = verb.head
    if verb.dep_ != "ccomp" or not scene.inside(above) or scene.own(node) is True:
        return None
    marked = any(scenes.word(c) in ("that", "how") and c.dep_ in ("mark", "advmod") for c in verb.children)
    adjective = next((c for c in above.children if c.dep_ in ("acomp", "attr", "oprd") and c.i < verb.i), None)
    adjective = above if above.tag_[0] == "J" else adjective
    if adjective is None:
        classes = scene.classes(above)
        if not marked or not classes & {"against", "for"} or classes & {"say", "ask", "warn", "deny", "question"}:
            return None
        sign = walk.d if "for" in classes else -walk.d
        return stands.take(scene, above, walk, sign, "judged", "is moved by what it did")
    if scenes.word(adjective) in PRESSING:
        if verb.tag_ in ("VB", "VBP") and not scenes.auxiliaries(verb):  # "it is vital that X act"
            return stands.wish(scene, above, walk, -walk.d, "asked", "says what it has to do", adjective, verb)
        return None
    sign, words = judgements.worth(scene, adjective)
    if not sign and scene.classes(adjective) & {"against", "for"}:
        sign, words = (1 if "for" in scene.classes(adjective) else -1), [adjective]
    holds = above if above.tag_[0] in "VM" else above.head
    who = scenes.subject(holds) if holds.tag_[0] in "VM" else None
    if not sign or not marked or (who is not None and scene.own(who) is False):
        return None
    sign = -sign if scenes.negated(holds) else sign
    return stands.wish(scene, holds, walk, sign * walk.d, "judged", "says so of what it did", *words)


def _is_to(clause: Token) -> bool:
    return clause.dep_ in ("xcomp", "ccomp") and scenes.infinitive(clause)


def _asked_to_ask(scene: Scene, verb: Token, who: Token | None) -> bool:
    """Whether somebody else is to do the asking: "urged | the government to ask Washington to …"."""
    told = verb.dep_ in ("xcomp", "ccomp", "advcl") and scenes.infinitive(verb)
    return told and who is not None and scene.own(who) is not True


def toward_government(scene: Scene, verb: Token, node: Token, walk: Walk, classes: frozenset[str]) -> Reading | None:
    """A government is what a verb governs."""
    who = scenes.subject(verb)
    mine = who is None or scene.own(who) is not False
    if node.i not in walk.tokens and "conduct" not in scene.classes(node):
        walk.status = "loose"  # "US citizens" are not their government
        return None
    if "against" in classes and (mine or any(scenes.word(c) in scenes.OBLIGES for c in scenes.auxiliaries(verb))):
        if who is not None and any(scenes.word(c) in scenes.OBLIGES for c in scenes.auxiliaries(verb)):
            return stands.complain(scene, verb, walk, -walk.d, "asked", "asks for pressure on it")
        return stands.take(scene, verb, walk, -walk.d, "stand", "is against it")
    if "for" in classes and mine and not classes & {"raise", "lower"}:
        return stands.take(scene, verb, walk, walk.d, "stand", "is for it")
    if (
        "ask" in classes
        and mine
        and scene.own(node) is not True
        and any(_is_to(c) or scenes.word(c) == "into" for c in verb.children)
        and not _asked_to_ask(scene, verb, who)
    ):
        return stands.take(scene, verb, walk, -walk.d, "asked", "is asked to act")
    if classes & {"harm"} and who is not None and scene.own(who) is True and "lower" in classes:
        return None
    walk.status = "loose"
    return None
