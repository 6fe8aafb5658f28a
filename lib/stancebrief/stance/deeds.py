"""What a government did, as a clause tells it: let happen, left undone, did too late, kept, chose, did more than any.

No word of such a clause need be good or bad in itself ("has put nothing on the table", "waited too long", "answered
every letter"); what it says of its subject is how the deed is measured. Each rule gives +1, -1 or 0 with its words.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from stancebrief.stance import judgements, scenes, valence
from stancebrief.stance.scenes import Scene
from stancebrief.statements import vocabulary

OBLIGATIONS = vocabulary.of("obligation")
KEEPING = valence.verbs("keeping")
BREAKING = valence.verbs("breaking_off")
WILLS = vocabulary.of("will_to")
DELIVERING = valence.verbs("delivering")
TRYING = valence.verbs("good_deed")
LETTING = valence.verbs("letting_happen")
CHOOSING = valence.verbs("choosing")
GIVING = valence.verbs("giving")
WINDFALLS = vocabulary.of("windfall")
OFFERS = vocabulary.of("worth_offering")
FULLY = vocabulary.of("in_full")
PLACING = valence.forms("put") | valence.forms("place") | valence.forms("set") | valence.forms("value")
ABOVE = {"over", "above", "before", "ahead", "instead", "rather"}
REPEATED = {"repeated", "serious", "concrete", "many", "numerous", "several", "countless", "real", "sincere", "earnest"}
SPENDING = valence.verbs("spending")
IDLING = vocabulary.of("idling")
NOTHING = {"nothing", "little", "zero", "nada"}
EVERY = {"every", "each", "all"}
NEVER = {"never", "hardly", "barely", "scarcely", "rarely", "seldom"}
OTHERS = {"any", "anyone", "anybody", "all", "ever", "others", "most"}


def of(scene: Scene, verb: Token, who: Token) -> tuple[int, list[Token]]:
    """What a clause, or one after it with the same subject, tells; 0 where they tell different things."""
    found = [told(scene, verb)]
    for second in _coordinated(scene, verb, who):
        sign, words = told(scene, second)
        if not sign:
            sign, words = judgements.predicate(scene, second)
        found.append((sign, words))
    signs = {sign for sign, _ in found if sign}
    return next((one for one in found if one[0]), (0, [])) if len(signs) == 1 else (0, [])


def told(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """What a clause says of the government that is its subject by how it tells what that did."""
    if verb.tag_[0] not in "VM" or any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children):
        return 0, []
    for rule in RULES:
        sign, words = rule(scene, verb)
        if sign:
            return sign, words
    return 0, []


def _stopped(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It stopped an act of others: "has frozen the tests"; "its veto" is its own."""
    if "lower" not in scene.classes(verb) or scenes.infinitive(verb) or scene.classes(verb) & {"refuse", "bad", "harm"}:
        return 0, []
    for thing in (c for c in verb.children if c.dep_ == "dobj" and c.i in scene.acts):
        if not any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in thing.children):
            return (-1, [*scenes.denials(verb), verb]) if scenes.negated(verb) else (1, [verb, thing])
    return 0, []


def _idle(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It let time go by: "has spent seven years waiting"."""
    if scenes.word(verb) not in SPENDING or scenes.infinitive(verb):
        return 0, []
    idle = [c for c in verb.children if c.dep_ in ("xcomp", "advcl", "acl") and scenes.word(c) in IDLING]
    idle += [c for t in verb.children if t.dep_ == "dobj" for c in t.children if scenes.word(c) in IDLING]
    return (-1, [verb, idle[0]]) if idle else (0, [])


def _things(verb: Token) -> list[Token]:
    """The objects of a verb, and of the prepositions on it."""
    things = [c for c in verb.children if c.dep_ in ("dobj", "attr", "dative")]
    return things + [c for p in verb.children if p.dep_ in ("prep", "prt") for c in p.children if c.dep_ == "pobj"]


def _kept(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It keeps what it owes, or does not: "has honoured its commitments", "walked away from the deal"."""
    things = _things(verb)
    owed = next((c for c in things if scenes.word(c) in OBLIGATIONS), None)
    if owed is None or scenes.infinitive(verb):
        return 0, []
    if scenes.word(verb) in BREAKING and owed.i not in scene.named and not scenes.negated(verb):
        return -1, [verb, owed]
    if scenes.word(verb) not in KEEPING:
        return 0, []
    return (-1 if scenes.negated(verb) else 1), [verb, owed]


def _unwilling(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It has no wish to do any good: "has no intention of helping", "has shown no appetite for enforcement"."""
    if scenes.word(verb) not in ("has", "have", "had", "shows", "showed", "show", "shown"):
        return 0, []
    for thing in (c for c in verb.children if c.dep_ == "dobj"):
        wanting = [c for c in thing.children if c.dep_ == "det" and scenes.word(c) in ("no", "little")]
        below = [c for p in thing.children if p.dep_ in ("prep", "acl") for c in (p, *p.children)]
        if wanting and scenes.word(thing) in WILLS and any(scene.classes(c) & {"help", "ask"} for c in below):
            return -1, [*wanting, thing]
    return 0, []


def _nothing(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It did, gave, offered nothing, little, or none of what there was to offer; or something worth having."""
    if scenes.word(verb) not in DELIVERING or scenes.infinitive(verb):
        return 0, []
    for thing in (c for c in verb.children if c.dep_ in ("dobj", "dative")):
        if scenes.word(thing) in NOTHING and not any(scenes.word(c) == "wrong" for c in thing.children):
            few = any(scenes.word(c) == "a" for c in thing.children)
            return (0, []) if few or scenes.negated(verb) else (-1, [verb, thing])
        if scenes.word(thing) in OFFERS and not scenes.negated(verb):
            sign, words = judgements.worth(scene, thing)
            many = [c for c in thing.children if scenes.word(c) in REPEATED]
            if sign > 0 or many:
                return 1, [verb, *(words or [*many, thing])]
        without = [c for c in thing.children if c.dep_ == "det" and scenes.word(c) == "no"]
        if without and scenes.word(thing) in OFFERS:
            return -1, [verb, *without, thing]
    return 0, []


def _too(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It did something too late, too slowly, too often."""
    if scenes.negated(verb):
        return 0, []
    for how in verb.children:
        if how.dep_ in ("advmod", "dobj", "npadvmod") and how.tag_[:2] in ("RB", "JJ"):
            for mark in how.children:
                if scenes.word(mark) == "too" and mark.dep_ == "advmod":
                    return -1, [mark, how]
    return 0, []


def _let(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It let something bad happen, or looked on: "has watched the North build an arsenal", "let it grow"."""
    if scenes.word(verb) not in LETTING or scenes.negated(verb) or scenes.infinitive(verb):
        return 0, []
    for below in (c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i):
        if not scene.inside(below) or scenes.negated(below):
            continue
        act = next((t for t in below.subtree if t.i in scene.acts), None)
        bad = [c for c in (below, *below.children) if scene.classes(c) & {"bad", "harm"}]
        if act is not None and not scene.classes(below) & {"lower", "discuss"}:
            return -1, [verb, below, act]
        if bad:
            return -1, [verb, *bad[:1]]
    return 0, []


def _never(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It never tried, talked, helped; or did so every time: "has not once tried to talk", "answered every letter"."""
    word = scenes.word(verb)
    if word in ("has", "have", "had"):  # "has yet to make an offer"
        yet = [c for c in verb.children if scenes.word(c) == "yet" and c.dep_ == "advmod"]
        below = [c for c in verb.children if c.dep_ == "xcomp" and scenes.infinitive(c)]
        good = [c for c in below if scenes.word(c) in TRYING | KEEPING | DELIVERING]
        return (-1, [*yet, good[0]]) if yet and good else (0, [])
    if word not in TRYING or scenes.infinitive(verb):
        return 0, []
    never = [c for c in verb.children if scenes.word(c) in NEVER and c.i < verb.i]
    once = [c for c in verb.children if scenes.word(c) == "once" and c.i < verb.i and scenes.negated(verb)]
    if never or once:
        return -1, [*(never or [*scenes.denials(verb), *once]), verb]
    if scenes.negated(verb):
        return 0, []
    every = [c for thing in _things(verb) for c in thing.children if scenes.word(c) in EVERY and c.dep_ == "det"]
    fully = [c for c in verb.children if c.dep_ == "advmod" and scenes.word(c) in FULLY]
    return (1, [verb, *(every or fully)[:1]]) if every or fully else (0, [])


def _chose(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It chose the worse, or the better: "chose confrontation", "put partnership above peace"."""
    word = scenes.word(verb)
    if word not in CHOOSING or scenes.negated(verb) or scenes.infinitive(verb):
        return 0, []
    things = [c for c in verb.children if c.dep_ == "dobj"]
    things += [c for p in verb.children if p.dep_ == "prep" and scenes.word(p) in ("for", "on") for c in p.children]
    below = [
        (p, c)
        for over in (verb, *things)
        for p in over.children
        if scenes.word(p) in ABOVE and p.i > verb.i
        for q in (p, *p.children)
        for c in q.children
        if c.dep_ == "pobj"
    ]
    for mark, lesser in below:
        if judgements.worth(scene, lesser)[0] > 0 or scene.named.get(lesser.i):
            return -1, [verb, mark, lesser]
        if judgements.worth(scene, lesser)[0] < 0:
            return 1, [verb, mark, lesser]
    if below or word in PLACING:
        return 0, []
    for thing in things:
        sign, words = judgements.worth(scene, thing)
        if sign < 0:
            return -1, [verb, *words]
    return 0, []


def _gave_away(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It gave the other side what that wanted: "handed Kim a victory"."""
    if scenes.word(verb) not in GIVING or scenes.negated(verb) or scenes.infinitive(verb):
        return 0, []
    to = [c for c in verb.children if c.dep_ == "dative"]
    won = [c for c in verb.children if c.dep_ == "dobj" and scenes.word(c) in WINDFALLS]
    return (-1, [verb, won[0]]) if to and won else (0, [])


def _more_than_others(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It did more, went further than any before."""
    if scenes.word(verb) not in DELIVERING | valence.forms("go") | valence.forms("work") or scenes.negated(verb):
        return 0, []
    for more in verb.subtree:
        if scenes.word(more) in ("more", "further", "farther", "harder", "better") and more.i > verb.i:
            than = next((t for t in verb.subtree if scenes.word(t) == "than" and t.i > more.i), None)
            if than is not None and than.i + 1 < scene.hi and scenes.word(scene.doc[than.i + 1]) in OTHERS:
                thing = more.head
                if scene.classes(thing) & {"bad", "ill"} and thing.tag_[0] == "N":
                    return 0, []
                return 1, [verb, more, than]
    return 0, []


def _all_it_could(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """It did all that it could."""
    if scenes.word(verb) not in DELIVERING | TRYING or scenes.negated(verb) or scenes.infinitive(verb):
        return 0, []
    for thing in (c for c in verb.children if c.dep_ == "dobj"):
        if scenes.word(thing) in ("everything", "all", "best", "utmost"):
            able = [t for t in thing.subtree if scenes.word(t) in ("could", "can", "possible", "power", "its", "our")]
            if able:
                return 1, [verb, thing]
    return 0, []


RULES = (
    _stopped, _idle, _kept, _unwilling, _nothing, _too, _let, _never, _chose, _gave_away, _more_than_others,
    _all_it_could,
)  # fmt: skip


def _coordinated(scene: Scene, verb: Token, who: Token) -> Iterator[Token]:
    """The verbs after a verb that have its subject, or a pronoun for it: "they say so, but they do nothing"."""
    after = list(verb.conjuncts)
    if verb.dep_ == "ccomp" and not scene.inside(verb.head):
        after += [c for c in verb.head.children if c.dep_ == "conj"]  # a parse gives it to the reporting word
    for second in after:
        if second.i < verb.i or second.tag_[0] not in "VM" or not scene.inside(second):
            continue
        own = next((c for c in second.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        again = own is not None and own.tag_ == "PRP" and scenes.word(own) in ("it", "they", "he", "she")
        if own is None or (again and (who.tag_ != "PRP" or scenes.word(own) == scenes.word(who))):
            yield second
