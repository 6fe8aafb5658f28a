"""What words say of what they are said of: good, bad or nothing; and whether a clause is asserted at all."""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import scenes, untruths, valence
from stancebrief.stance.scenes import Scene
from stancebrief.statements import vocabulary

MAKING = valence.verbs("making")
CORNERING = valence.verbs("cornering")
CHOICES = vocabulary.of("choice")
TAKEN = vocabulary.of("taken_as")
WILLS = vocabulary.of("own_will")
NEEDS = vocabulary.of("needed")
TASKS = vocabulary.of("task")
REMOTE = vocabulary.of("remote")
LIKELY = vocabulary.of("likely")
LETTING = valence.forms("let") | valence.forms("allow") | valence.forms("permit")


def worth(scene: Scene, token: Token, depth: int = 0) -> tuple[int, list[Token]]:
    """What a noun, adjective or adverb says by itself and its modifiers: good (+1), bad (-1), nothing (0)."""
    classes, sign, words = scene.classes(token), 0, []
    if scene.part(token) in ("n", "a"):
        if classes & {"bad", "ill"} or (scene.part(token) == "n" and classes & {"harm"}):
            sign, words = -1, [token]
        elif "harm" in classes:
            sign, words = -1, [token]
        elif "good" in classes:
            sign, words = 1, [token]
    own_words = scene.senses[token.i].tokens if scene.senses[token.i] else ()
    denied = scenes.negated(token) and not any(scenes.word(scene.doc[i]) in scenes.NEGATIONS for i in own_words)
    if sign and denied and scene.part(token) == "a":  # "inadequate, not credible"
        sign, words, denied = (
            -sign,
            [*(child for child in token.children if scenes.word(child) in scenes.NEGATIONS), *words],
            False,
        )
    for child in token.children:
        if child.dep_ in ("amod", "advmod", "compound", "nmod", "poss") and scene.part(child) in ("a", "n", "v"):
            if scene.classes(child) & {"bad", "harm", "ill"} and (sign == 0 or (child.dep_ == "amod" and sign > 0)):
                sign, words = -1, [child, *words]
            elif "good" in scene.classes(child) and sign == 0 and scene.part(child) == "a":
                sign, words = 1, [child]
    if sign and any(scenes.word(child) in ("less", "fewer", "least") for child in token.children):
        sign, words = (
            -sign,
            [child for child in token.children if scenes.word(child) in ("less", "fewer", "least")] + words,
        )
    if sign and denied:
        marks = [child for child in token.children if scenes.word(child) in scenes.NEGATIONS]
        sign, words = -sign, marks + words
    if sign == 0 and depth < 3:
        below = [child for child in token.children if child.dep_ in ("conj", "appos")]
        stance = classes & {"for", "against", "ready", "unready"}  # "opposed to bad things" is no bad thing
        for prep in token.children:
            if prep.dep_ == "prep" and not stance and scenes.word(prep) in ("of", "for", "to", "in"):
                below += [child for child in prep.children if child.dep_ in ("pobj", "pcomp")]
        for child in below:
            sign, words = worth(scene, child, depth + 1)
            if not sign and (child.dep_ == "pcomp" or child.tag_ == "VBG") and "bad" in scene.classes(child):
                # "a slower way of failing"
                sign, words = -1, [child]
            if sign:
                if "lower" in classes and scene.part(token) == "n" and child.dep_ == "pobj":
                    sign, words = -sign, [token, *words]
                break
    return sign, words


def phrasal(scene: Scene, token: Token) -> bool:
    """Whether the token heads an entry of several words."""
    sense = scene.senses[token.i]
    return sense is not None and len(sense.tokens) > 1


def predicate(scene: Scene, verb: Token, skip: Token | None = None, depth: int = 0) -> tuple[int, list[Token]]:
    """What a clause says of its subject: good (+1), bad (-1), nothing (0), and in which words.

    A doer is judged by what it does: harm to something, help for something, more of a bad thing, less of a good one.
    """
    if any(c.dep_ == "advcl" and any(scenes.word(m) == "unless" for m in c.children) for c in verb.children):
        return 0, []  # a forecast under a condition
    classes = scene.classes(verb) if scene.part(verb) == "v" or scene.part(verb) == "" else frozenset()
    sign, words = 0, []
    things = [
        child for child in verb.children if child.dep_ in ("dobj", "attr", "acomp", "oprd", "dative") and child != skip
    ]
    if scene.part(verb) in ("a", "n") and verb.dep_ != "ROOT":
        sign, words = worth(scene, verb)
    taken = "label" in classes or scenes.word(verb) in TAKEN
    if not sign and taken and any(child.dep_ in scenes.PASSIVES for child in verb.children):
        said = [c for p in verb.children if p.dep_ == "prep" and scenes.word(p) == "as" for c in p.children]
        for thing in (*said, *(c for c in verb.children if c.dep_ in ("oprd", "xcomp") and c.tag_[0] in "NJ")):
            sign, words = (sign, words) if sign else worth(scene, thing)  # "is regarded as a declaration of war"
    if not sign and (without := cornered(scene, verb)):
        sign, words = -1, without
    if not sign and scenes.word(verb) in MAKING and not phrasal(scene, verb):
        sign, words = _made(scene, verb)
    if not sign and scenes.word(verb) in scenes.LINKING:  # what an unlisted verb does to a bad thing is not known
        reach = list(things)
        for prep in verb.children:
            if prep.dep_ == "prep" and (
                scenes.word(prep) in ("in", "of", "on", "as", "to", "against") and scenes.word(verb) in scenes.LINKING
            ):
                if scene.part(prep) == "a":
                    sign, words = worth(scene, prep)
                reach += [child for child in prep.children if child.dep_ == "pobj"]
        reach += [
            below
            for child in verb.children
            if child.dep_ == "advmod"
            for below in child.children
            if below.dep_ == "npadvmod"
        ]  # "is the only way out"
        having = scenes.word(verb) in ("have", "has", "had")
        for thing in reach:
            if sign:
                break
            if having and scene.classes(thing) & {"ill", "against"}:
                continue  # whose worries they are is not thereby bad
            sign, words = worth(scene, thing)
    if not sign and (not classes or classes <= {"raise", "good", "intend", "say"}):
        for child in verb.children:
            if child.dep_ == "advmod" and scenes.word(child).endswith("ly") and scene.classes(child) & {"bad", "good"}:
                sign, words = (-1 if "bad" in scene.classes(child) else 1), [verb, child]
    if not sign and verb.tag_ == "VBN" and not classes:  # "were long planned, open and purely defensive"
        beside = [t for c in verb.children if c.dep_ == "conj" for t in (c, *c.conjuncts) if t.tag_[0] == "J"]
        sign, words = next((found for t in beside if (found := worth(scene, t))[0]), (0, []))
    objects = [child for child in things if child.dep_ in ("dobj", "dative")]
    if not sign and classes:
        multi = len(scene.senses[verb.i].tokens) > 1 if scene.senses[verb.i] else False
        value, value_words = 0, []
        for thing in objects + [c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"]:
            value, value_words = worth(scene, thing)
            if value:
                break
        passive = any(child.dep_ in scenes.PASSIVES for child in verb.children)
        covered = scene.senses[verb.i].tokens if scene.senses[verb.i] else ()
        clause = any(child.dep_ in ("xcomp", "ccomp") and child.i not in covered for child in verb.children)
        if "bad" in classes and not clause and not (classes & {"raise", "lower", "harm"} and objects and value):
            sign, words = -1, [verb]
        elif "harm" in classes and (objects or multi) and not passive:
            sign, words = (1 if value < 0 and "lower" in classes else -1), [verb]
        elif "help" in classes and (objects or multi) and not passive:
            sign, words = (value or _helped(scene, verb, objects)), [verb, *value_words]
            if value < 0:
                sign = (
                    1
                    if classes & {"lower"} or scenes.word(verb) in ("protect", "safeguard", "deter", "resolve")
                    else -1
                )
        elif "lower" in classes and value and not passive:
            sign, words = -value, [verb, *value_words]
        elif "raise" in classes and value and not passive:
            sign, words = value, [verb, *value_words]
        elif "good" in classes and not clause:
            aims = [c for c in verb.children if c.dep_ in ("advcl", "xcomp") and scenes.infinitive(c)]
            sign, words = predicate(scene, aims[0], None, depth + 1) if aims and depth < 3 else (0, [])
            harmful = aims and scene.classes(aims[0]) & {"harm", "lower", "bad", "refuse", "against"}
            sign, words = (sign, [verb, *words]) if sign or harmful else (1, [verb])  # "is working to undermine it"
        elif classes & {"against"} and passive and not classes & {"lower", "raise"}:
            pass
    if not sign and depth < 3:
        for child in verb.children:
            if child == skip or child.dep_ not in ("xcomp", "advcl", "ccomp") or scenes.word(verb) in MAKING:
                continue
            if classes & {"ask", "say", "against", "warn"} and not classes & {"intend"}:
                continue  # what somebody asks or says is no judgement on whoever says it
            if child.dep_ == "advcl" and not any(scenes.word(c) == "to" for c in child.children if c.dep_ == "aux"):
                continue
            if child.dep_ == "ccomp" and scenes.has_subject(child):
                continue
            sign, words = predicate(scene, child, None, depth + 1)
            if sign:
                if classes & {"refuse", "lower"} and not classes & {"raise"}:
                    sign, words = -sign, [verb, *words]
                break
            if {"refuse", "bad"} <= classes:  # "has failed to stop it"
                sign, words = -1, [verb, child]
                break
    if sign > 0 and any(scenes.word(c) in ("only", "merely") and c.i < verb.i for c in verb.children):
        wills = [c for c in things if scenes.word(c) in WILLS]
        return (-1, [*words, *wills]) if wills else (0, [])  # "has only hardened their resolve"
    entry = scene.senses[verb.i].tokens if scene.senses[verb.i] else ()
    if sign and classes & {"good", "help"} and words[:1] == [verb] and not scenes.negated(verb):
        empty = [c for thing in objects for c in thing.children if scenes.word(c) in ("no", "not", "neither")]
        if empty and empty[0].i not in entry:  # "deserves not even a glance"
            return -sign, [*words, empty[0]]
    if sign and scenes.negated(verb) and not any(scenes.word(scene.doc[i]) in scenes.NEGATIONS for i in entry):
        sign, words = (
            -sign,
            [c for c in verb.children if c.dep_ == "neg" or scenes.word(c) in scenes.NEGATIONS][:1] + words,
        )
    return sign, words


def backs_another(scene: Scene, verb: Token) -> bool:
    """Whether a verb only says whom or what its subject is for: "we fully support Seoul's efforts"."""
    classes = scene.classes(verb)
    return "for" in classes and scene.part(verb) == "v" and not classes & {"raise", "good"}


def cornered(scene: Scene, verb: Token) -> list[Token]:
    """The words of "leaves us no choice": what a clause says of its subject; empty: nothing of the kind."""
    if scenes.word(verb) not in CORNERING or any(c.dep_ == "nsubjpass" for c in verb.children):
        return []
    for thing in (c for c in verb.children if c.dep_ == "dobj" and scenes.word(c) in CHOICES):
        without = [c for c in thing.children if scenes.word(c) in ("no", "little", "few")]
        without += scenes.denials(verb) if scenes.negated(verb) else []
        whom = any(c.dep_ in ("dative", "dobj") and c != thing for c in verb.children)
        if without and whom:
            return [verb, *without[:1], thing]
    return []


def _helped(scene: Scene, verb: Token, objects: list[Token]) -> int:
    """Whether help is praise though its object has no worth: not where a government is helped to get something."""
    clause = any(c.dep_ in ("ccomp", "xcomp") and c.i > verb.i for c in verb.children)
    return 0 if clause or any(c.tag_ in ("NNP", "NNPS") for c in objects) else 1


def _made(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """What "makes X remote", "leaves X in ruins" says of its subject."""
    beside = [c for c in verb.children if c.dep_ == "advmod" and c.i > verb.i and scenes.word(c) in REMOTE | LIKELY]
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if beside and thing is not None:  # "makes X more remote" with the adjective taken for an adverb
        value = worth(scene, thing)[0] or 1
        return (value if scenes.word(beside[0]) in LIKELY else -value), [verb, beside[0]]
    for child in verb.children:
        if child.dep_ not in ("ccomp", "xcomp", "oprd", "acomp", "dobj"):
            continue
        made = [t for t in child.subtree if scenes.word(t) in REMOTE | LIKELY and t.i > verb.i]
        if made:
            value = next((worth(scene, t)[0] for t in child.subtree if t.tag_[0] == "N" and worth(scene, t)[0]), 0)
            value = value or 1
            if any(scenes.word(t) in ("less",) for t in made[0].children):
                value = -value
            return (value if scenes.word(made[0]) in LIKELY else -value), [verb, made[0]]
        if child.dep_ != "dobj":
            sign, words = worth(scene, child)
            if sign:
                return sign, [verb, *words]
    return 0, []


def needed(scene: Scene, verb: Token) -> Token | None:
    """The words that say, as the subject of "is to …", that what follows ought to be ("the key is to …")."""
    if scenes.word(verb) not in ("is", "was", "'s", "would", "be") or not scene.inside(verb):
        return None
    for child in verb.children:
        if child.dep_ not in ("nsubj", "csubj") or child.i > verb.i or not scene.inside(child):
            continue
        if child.dep_ == "csubj" and any(scenes.word(c) == "what" for c in child.children):
            return child if scene.classes(child) & {"need", "ask", "for"} or scenes.word(child) in NEEDS else None
        good = "good" in scene.classes(child) and scene.part(child) == "n"
        if child.dep_ == "nsubj" and (good or scenes.word(child) in TASKS):
            return child
    return None


def environment(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """What stands above a clause: +1 it is asserted, -1 it is denied, 0 it is not the speaker's assertion."""
    sign, words = 1, []
    token = verb
    for _ in range(25):
        head = token.head
        nobody = token != verb and token.dep_ not in ("advcl", "relcl") and token.tag_[0] in "VM"
        if nobody and scenes.by_nobody(token) and not scenes.negated(token):
            sign, words = -sign, [*words, scenes.by_nobody(token)]
        if token.dep_ == "advcl" or token.dep_ == "ccomp" or token.dep_ == "xcomp":
            marks = {
                scenes.word(child) for child in token.children if child.dep_ in ("mark", "advmod") and child.i < token.i
            }
            if (token.dep_ == "advcl" and marks & {*scenes.CONDITIONS, "than"}) or marks & {"whether", "if"}:
                return 0, []
        if head == token or not scene.inside(head):
            return sign, words
        classes = scene.classes(head)
        if untruths.told(scene, token, head):
            return 0, []
        if token.dep_ in ("ccomp", "xcomp") and scenes.word(head) in LETTING and scenes.negated(head):
            return 0, []  # "will never let its companies violate it"
        if token.dep_ in ("ccomp", "xcomp", "dobj", "acl", "relcl", "prep", "pcomp", "pobj"):
            who = scenes.subject(head) if head.tag_[0] in "VM" else None
            other = who is not None and scene.own(who) is False
            if (
                token.dep_ in ("ccomp", "xcomp")
                and "deny" in classes
                and "lower" not in classes | {"lower"} - {"lower"}
            ):
                sign, words = -sign, [*words, head]
            elif token.dep_ == "ccomp" and classes & {"question"}:
                return 0, []
            elif token.dep_ == "ccomp" and classes & {"say", "warn", "deny", "against"} and other:
                return 0, []
            elif token.dep_ in ("ccomp", "xcomp") and "deny" in classes:
                sign, words = -sign, [*words, head]
            elif token.dep_ == "ccomp" and scenes.negated(head) and classes & {"say", "for"}:
                sign, words = -sign, [*words, *[c for c in head.children if c.dep_ == "neg"]]
            elif token.dep_ in ("acl", "relcl") and "opaque" in classes:
                return 0, []
        token = head
    return sign, words


def presupposed(scene: Scene, noun: Token) -> bool:
    """Whether a noun with its owner is taken for granted: "unless X drops its hostile policy" calls it hostile.

    Not what the clause only asserts or denies ("X has no hostile policy"), nor what another is said to say.
    """
    if scenes.negated(noun) or noun.dep_ in ("attr", "oprd", "appos"):
        return False
    held = noun.head if noun.dep_ == "dobj" else None
    if held is not None and scenes.word(held) in ("have", "has", "had"):
        return False
    for up in noun.ancestors:
        if not scene.inside(up):
            break
        if up.tag_[0] in "VM" and scene.classes(up) & {"say", "against", "deny", "question", "label", "for"}:
            who = scenes.subject(up)
            if who is not None and scene.own(who) is not True and not who.is_ancestor(noun):
                return False
            if scene.classes(up) & {"deny", "question"}:
                return False
    return True
