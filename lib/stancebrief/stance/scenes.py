"""A parsed paragraph with the words that decide direction, and small questions about its grammar."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from spacy.tokens import Doc, Token

from stancebrief.stance import valence
from stancebrief.statements import vocabulary

BEING = valence.forms("be") | {"do", "does", "did", "have", "has", "had", "must", "can", "will"}
OBLIGES = vocabulary.of("obliges")
ABLE = vocabulary.of("able")
COMING = vocabulary.of("coming")
CONDITIONS = vocabulary.of("condition")
LINKING = valence.verbs("linking")
NEGATIONS = vocabulary.of("negation")
OFFICES = vocabulary.of("own_office")
WONDERING = vocabulary.of("wondering")
SUBJECTS = {"nsubj", "csubj", "expl"}
PASSIVES = {"nsubjpass", "csubjpass"}
OBJECTS = {"dobj", "dative", "attr", "acomp", "oprd", "nsubjpass", "csubjpass"}
BLOCKED = "blocked"


@dataclasses.dataclass(frozen=True)
class Reading:
    """What a walk found: support (+1), oppose (-1) or neutral (0), by which rule, in which words."""

    sign: int
    rule: str
    why: str
    tokens: frozenset[int]


@dataclasses.dataclass(frozen=True)
class Onward:
    """The noun that the walk goes on from."""

    noun: Token


@dataclasses.dataclass
class Scene:
    """A parsed paragraph, the tokens of the content in it, and whose words they are.

    `own(token)` says whether a noun phrase is the speaker's own side: True, False, or None where it cannot be known.
    """

    doc: Doc
    senses: list[valence.Sense | None]
    lo: int
    hi: int
    own: Callable[[Token], bool | None]
    named: dict[int, str] = dataclasses.field(default_factory=dict)  # {token: the target that it names}
    acts: set[int] = dataclasses.field(default_factory=set)  # of these, the tokens that name an act
    aside: bool = False  # the speaker decides nothing: an expert, a body, nobody known
    mine: bool = False  # the target is, or may be, the speaker's own doing
    special: dict[int, str] = dataclasses.field(default_factory=dict)  # {token: class that the codebook gives it}

    def inside(self, token: Token) -> bool:
        return self.lo <= token.i < self.hi

    def classes(self, token: Token) -> frozenset[str]:
        if token.i in self.special:
            return frozenset({self.special[token.i]})
        sense = self.senses[token.i]
        return sense.classes if sense else frozenset()

    def covering(self, token: Token) -> valence.Sense | None:
        """The listed word or phrase that the token is part of."""
        return next((s for s in self.senses if s is not None and token.i in s.tokens), None)

    def part(self, token: Token) -> str:
        sense = self.senses[token.i]
        return "v" if token.i in self.special else sense.part if sense else ""


@dataclasses.dataclass
class Walk:
    """Where a walk stands: the direction carried, how much is said about it so far, and the words that said it.

    status: bare (named only), event (more or less of it is the matter), discussed, stance (a noun takes the stand),
    loose (hangs on a word that says nothing), blocked (a condition, capability or another's view).
    """

    d: int
    status: str = "bare"
    tokens: set[int] = dataclasses.field(default_factory=set)
    said: list[str] = dataclasses.field(default_factory=list)
    worth: int = 0  # what harm done to it says: its worth to the speaker
    closed: str = ""  # why the way is blocked: condition, capability, other (somebody else's view)

    def reading(self, scene: Scene, sign: int, rule: str, why: str, *words: Token) -> Reading:
        tokens = set(self.tokens)
        for word in words:
            sense = scene.senses[word.i]
            tokens.update(sense.tokens if sense else (word.i,))
        return Reading(sign, rule, why, frozenset(i for i in tokens if i >= 0))


def text(scene: Scene, *tokens: Token) -> str:
    """The words as a reader knows them, for `why`."""
    out = []
    for token in tokens:
        sense = scene.senses[token.i]
        out.append(" ".join(scene.doc[i].text for i in sense.tokens) if sense and len(sense.tokens) > 1 else token.text)
    return " ".join(f"‘{word}’" for word in out)


def word(token: Token) -> str:
    return valence.lower(token.text)


def negated(token: Token) -> bool:
    """Whether a verb, noun or adjective is denied by a word of its own; "dialogue, not war" denies war only."""
    around = [
        *(c for c in token.children if c.i < token.i or word(token) in BEING),
        *(c for aux in token.children if aux.dep_ in ("aux", "auxpass") for c in aux.children),
    ]
    marks = [
        child
        for child in around
        if child.dep_ == "neg"
        or (
            word(child) in NEGATIONS
            and (child.dep_ in ("det", "advmod", "neg", "nsubj") or (child.dep_ == "preconj" and token.tag_[0] in "VM"))
            and not any(word(c) == "other" for c in child.children)
        )
        or (word(child) == "longer" and any(word(c) == "no" for c in child.children))
    ]
    marks += shared_denials(token)[:1]
    only = any(
        word(child) in ("only", "just", "simply", "merely") and child.i > mark.i
        for mark in marks
        for child in token.children
    )
    return len(marks) % 2 == 1 and not only


def subject(verb: Token) -> Token | None:
    """The subject of a verb, looked for along conjunctions and controlled infinitives too."""
    seen = 0
    while seen < 6:
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
                return None if impersonal(verb, child) else child
        if verb.dep_ in ("conj", "xcomp") or (verb.dep_ == "advcl" and verb.tag_ == "VBG"):
            if verb.dep_ == "xcomp":
                for child in verb.head.children:
                    if child.dep_ == "dobj":
                        return child
            verb, seen = verb.head, seen + 1
            continue
        if verb.dep_ in ("relcl", "acl"):
            return verb.head
        return None
    return None


def impersonal(verb: Token, who: Token) -> bool:
    """Whether "it" stands for the clause that follows: "it would be unwise to …", "it is time that …"."""
    if word(who) != "it" or word(verb) not in LINKING or who.i > verb.i:
        return False
    said = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")]
    return bool(said) and any(
        c.i > said[0].i and (c.dep_ in ("ccomp", "csubj") or infinitive(c) or c.tag_ == "VBG")
        for over in (verb, *said)
        for c in over.children
        if c.dep_ in ("xcomp", "ccomp", "csubj", "acl", "advcl", "relcl")
    )


def ours(scene: Scene, who: Token) -> bool:
    """Whether a noun phrase is the speaker's own side, "the government" of a minister without more included."""
    own = scene.own(who)
    if own is not None or scene.aside or word(who) not in OFFICES:
        return own is True
    pointed = any(c.dep_ in ("det", "poss") and word(c) in ("the", "this", "his", "her", "its") for c in who.children)
    return pointed and not any(c.dep_ in ("amod", "compound", "nmod", "prep", "relcl") for c in who.children)


def auxiliaries(verb: Token) -> list[Token]:
    """Helper verbs of a verb; those of the first verb of a coordination serve all."""
    found = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if not any(child.tag_ == "MD" for child in found) and verb.dep_ == "conj" and not has_subject(verb):
        found += [child for child in verb.head.children if child.dep_ == "aux"]
    return found


def has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def infinitive(node: Token) -> bool:
    return any(word(c) == "to" and c.dep_ == "aux" for c in node.children) or node.tag_ == "VB"


def by_nobody(verb: Token) -> Token | None:
    """The subject that says that nobody does it: "nobody", "no one", "no country"; None: there is none."""
    for child in verb.children:
        if child.dep_ == "nsubj" and child.i < verb.i:
            if word(child) in ("nobody", "none"):
                return child
            return next((c for c in child.children if word(c) in ("no", "neither") and c.i < child.i), None)
    return None


def asked_in(verb: Token) -> bool:
    """Whether a clause is an embedded question: "how sanctions affect them", "whether to lift them"."""
    return verb.dep_ in ("ccomp", "xcomp", "pcomp") and any(
        (word(c) in WONDERING or (word(c) == "what" and verb.dep_ == "pcomp" and word(verb) not in ("doing", "done")))
        and c.dep_ in ("advmod", "mark", "dobj", "attr", "det") and c.i < verb.i
        for c in (*verb.children, *(d for c in verb.children for d in c.children if c.i < verb.i))
    )


def contrasted(prep: Token) -> bool:
    """Whether what follows is set aside for something else: "rather than", "instead of"."""
    before = prep.nbor(-1) if prep.i else None
    return word(prep) == "instead" or (
        before is not None and (word(prep), word(before)) in (("than", "rather"), ("of", "instead"))
    )


def met(scene: Scene, verb: Token) -> list[Token]:
    """The words of "will be met with force" that say so; empty: it says nothing of the kind."""
    helpers = [c for c in auxiliaries(verb) if word(c) in COMING]
    with_ = [c for c in verb.children if c.dep_ == "prep" and word(c) == "with"]
    return [*helpers, *with_] if helpers and with_ and word(verb) in vocabulary.of("met_with") else []


def holder(scene: Scene, prep: Token) -> Token:
    """What a preposition hangs on: the noun just before it where that noun asks for it ("call for end to X")."""
    before = scene.doc[prep.i - 1] if prep.i else prep
    if prep.head.tag_[0] in "VM" and scene.inside(before) and scene.part(before) == "n" and before.head != prep:
        if scene.classes(before) & {"lower", "raise"} and word(prep) in ("to", "of", "on", "in"):
            return before
    return prep.head


def conditional(verb: Token) -> bool:
    """Whether a clause hangs on a condition: "if", "provided", "once"."""
    return any(
        (
            c.dep_ == "advcl"
            and any(word(m) in ("if", "provided", "once", "unless") for m in c.children)
            and word(c) not in ("elected", "re-elected", "reelected")  # what a candidate promises
        )
        or (c.dep_ == "advcl" and any(word(m) == "when" and word(m.nbor(-1)) == "only" for m in c.children if m.i))
        for c in verb.children
    )


def subjunctive(verb: Token) -> bool:
    """Whether "that sanctions stay in place" may be a wish: a form without an ending and without helper verbs."""
    return not auxiliaries(verb) and any(c.dep_ == "mark" and word(c) == "that" for c in verb.children)


def moods(verb: Token) -> set[str]:
    """The tags of a verb's helper verbs: MD, TO, VBZ …"""
    return {c.tag_ for c in auxiliaries(verb)}


def denials(verb: Token) -> list[Token]:
    """The words that deny a verb."""
    own = [c for c in verb.children if c.dep_ == "neg" or word(c) in NEGATIONS or word(c) == "longer"]
    return own + shared_denials(verb)


def shared_denials(verb: Token) -> list[Token]:
    """The words that deny the first verb of a coordination and this one with it: "will not lift or ease", "neither …
    nor …"."""
    if verb.dep_ != "conj" or verb.tag_[0] not in "VM" or has_subject(verb):
        return []
    joining = [c for c in verb.head.children if c.dep_ == "cc" and verb.head.i < c.i < verb.i]
    nor = [c for c in joining if word(c) == "nor"]
    if nor:
        return nor + [c for c in verb.head.children if c.dep_ == "preconj"]
    if any(word(c) == "or" for c in joining) and not any(c.dep_ in ("aux", "auxpass", "neg") for c in verb.children):
        return [c for c in verb.head.children if c.dep_ == "neg"]
    return []


def answered(verb: Token, node: Token) -> bool:
    """Whether a verb governs what is answered: "respond to the drills", not "respond with sanctions"."""
    return node.dep_ == "dobj" or word(node.head) == "to"


def finite(verb: Token) -> bool:
    """Whether a verb or its first helper has a tense: "has put", "will go"; not "to go", "be lifted"."""
    return bool(moods(verb) & {"MD", "VBD", "VBZ", "VBP"}) or verb.tag_ in ("VBD", "VBZ")
