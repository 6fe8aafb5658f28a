"""What is said of an act by what it makes of others: it leaves them no choice, somebody pays for it, it is for sale.

An act is somebody's doing, justified or condemned. Each function gives a reading, or None where its frame is not there.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import judgements, scenes, stands, valence
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

COMPELLING = valence.verbs("compelling")
EMBOLDENING = valence.verbs("emboldening")
CHOICES = vocabulary.of("choice")
PAYING = valence.verbs("paying")
PRICES = vocabulary.of("price")
TABLES = vocabulary.of("table")
LAYING = valence.verbs("laying")
COSTING = valence.verbs("costing")


def of_subject(scene: Scene, verb: Token, walk: Walk) -> Reading | None:
    """The act is what a clause is about."""
    if (words := judgements.cornered(scene, verb)) and not any(c.dep_ == "nsubjpass" for c in verb.children):
        return stands.judge(scene, verb, walk, -1, words)  # "the launches leave us no choice"
    if scenes.word(verb) in COSTING and not scenes.negated(verb):
        paid = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i]
        if paid and not any(t.like_num or t.is_currency for c in paid for t in c.subtree):
            return stands.judge(scene, verb, walk, -1, [verb])
    laid = on_the_table(scene, verb)
    if laid:
        return _for_sale(scene, verb, walk, laid)
    return None


def on_the_table(scene: Scene, verb: Token) -> list[Token]:
    """The words of "be put on the table", "be up for negotiation"; empty: it says nothing of the kind."""
    if scenes.word(verb) not in LAYING:
        return []
    for on in verb.children:
        up = on if scenes.word(on) == "up" else None
        for prep in (on, *(up.children if up is not None else ())):
            if scenes.word(prep) in ("on", "for", "to", "into") and prep.dep_ == "prep":
                table = next((c for c in prep.children if c.dep_ == "pobj" and scenes.word(c) in TABLES), None)
                if table is not None:
                    return [verb, *([up] if up is not None and up != prep else []), prep, table]
    return []


def _for_sale(scene: Scene, verb: Token, walk: Walk, words: list[Token]) -> Reading | None:
    """A thing that is, or is not, to be had for something else."""
    denials = scenes.denials(verb) if scenes.negated(verb) else []
    if not denials or not scene.mine:
        return None  # that it is to be talked about is no stand on it
    return stands.wish(scene, verb, walk, walk.d, "refused", "says that it is not to be had", *denials, *words)


def of_object(scene: Scene, verb: Token, node: Token, walk: Walk) -> Reading | None:
    """The act, or doing it, is what a verb governs."""
    if node.tag_[0] in "VM" and node.dep_ in ("xcomp", "ccomp", "advcl", "pcomp") and (words := compelled(scene, verb)):
        return stands.judge(scene, verb, walk, 1, words)
    if node.tag_[0] in "VM" and node.dep_ == "xcomp" and scenes.word(verb) in EMBOLDENING and not scene.mine:
        if not scenes.negated(verb):  # "silence would embolden them to test again"
            return stands.complain(scene, verb, walk, -walk.d, "warned", "fears that it is brought about")
    if node.dep_ in ("dobj", "nsubjpass") and (laid := on_the_table(scene, verb)):
        who = scenes.subject(verb) if node.dep_ == "dobj" else None
        if who is None or scene.own(who) is not False:
            return _for_sale(scene, verb, walk, laid)
    return None


def compelled(scene: Scene, verb: Token) -> list[Token]:
    """The words of "we were forced to", "it was driven to", "left us no choice but to" where one's own side was."""
    if scenes.word(verb) not in COMPELLING or scenes.negated(verb):
        return []
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    whom = passive or next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i), None)
    if whom is None or scene.own(whom) is False or not scene.mine:
        return []
    return [verb, whom]


def no_choice(scene: Scene, verb: Token) -> list[Token]:
    """The words of "no choice but to", however the parse cuts them, before what somebody had to do; empty: not so."""
    to = next((c for c in verb.children if scenes.word(c) == "to" and c.dep_ == "aux"), None)
    at = to.i - 1 if to is not None else -1
    if at - 2 < scene.lo or scenes.word(scene.doc[at]) not in ("but", "than", "except"):
        return []
    at -= scenes.word(scene.doc[at - 1]) == "other"
    thing = scene.doc[at - 1]
    without = [t for t in scene.doc[max(scene.lo, at - 4) : at - 1] if scenes.word(t) in ("no", "little", "not", "any")]
    return [*without[:1], thing, scene.doc[at]] if scenes.word(thing) in CHOICES and without else []


def paid_for(scene: Scene, holder: Token, prep: Token, walk: Walk) -> Reading | None:
    """Somebody else pays, or is to pay, for the act: "will pay a price for the test", "consequences for the launch"."""
    if scenes.word(prep) not in ("for", "of", "over", "with") or walk.d < 0 or scene.mine:
        return None
    verb = holder if holder.tag_[0] in "VM" else holder.head
    price = holder if scenes.word(holder) in PRICES else None
    price = price or next(
        (c for c in holder.children if c.dep_ in ("dobj", "attr", "nsubj", "nsubjpass") and scenes.word(c) in PRICES),
        None,
    )
    if scenes.word(verb) not in PAYING or (price is None and scenes.word(verb) not in PRICES):
        return None
    if scenes.negated(verb) or (scenes.word(verb) in scenes.BEING and not any(c.dep_ == "expl" for c in verb.children)):
        return None
    words = [verb] if price is None or price == verb else [verb, price]
    return stands.wish(scene, verb, walk, -walk.d, "warned", "says that it has its price", *words)
