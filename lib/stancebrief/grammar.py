"""From the words that name a target to the stand a sentence takes on it: a walk up the parse.

The walk starts at the target and carries what is being talked about, more (+1) or less (-1) of the target. Each word
above it may turn that ("lifting"), judge it ("would be reckless"), want it ("must"), or close the way (a condition, a
capability, somebody else's view). The words come from `valence`, so that what decides is always data and can be shown.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from spacy.tokens import Doc, Token

from stancebrief import valence

OBLIGES = {"must", "should", "ought", "shall"}
ABLE = {"can", "could", "may", "might", "ca"}
COMING = {"will", "'ll", "wo", "would", "'d", "shall"}
CONDITIONS = {"if", "unless", "whether", "once", "until", "till", "when", "whenever", "provided", "lest", "in"}
LINKING = valence.forms("be") | {form for verb in (
    "seem", "remain", "become", "look", "appear", "sound", "constitute", "represent", "mean", "feel", "prove", "pose",
    "form", "stay", "amount", "face", "have", "show", "display", "reflect") for form in valence.forms(verb)}
MAKING = {form for verb in ("make", "render", "leave", "keep", "find", "consider", "call", "deem")
          for form in valence.forms(verb)}
NEGATIONS = {"not", "n't", "never", "no", "neither", "nor", "hardly", "scarcely", "without", "nothing", "none", "nobody"}
REMOTE = {"remote", "distant", "harder", "difficult", "impossible", "unlikely", "elusive", "tougher", "complicated"}
LIKELY = {"inevitable", "likelier", "likely", "easier", "possible", "certain", "unavoidable"}
CHANCES = {"chance", "chances", "probability", "likelihood", "prospect", "prospects", "possibility"}
CAUSES = {"because", "due", "over", "result", "thanks", "owing", "from", "for"}
SUBJECTS = {"nsubj", "csubj", "expl"}
PASSIVES = {"nsubjpass", "csubjpass"}
OBJECTS = {"dobj", "dative", "attr", "acomp", "oprd", "nsubjpass", "csubjpass"}
HOLDING = {"of", "on", "for", "to", "in", "against", "toward", "towards", "from", "by", "with"}  # X of the target
AGENTS = {"from", "by", "of", "in"}
BLOCKED = "blocked"


@dataclasses.dataclass(frozen=True)
class Reading:
    """What a walk found: support (+1), oppose (-1) or neutral (0), by which rule, in which words."""

    sign: int
    rule: str
    why: str
    tokens: frozenset[int]


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
    special: dict[int, str] = dataclasses.field(default_factory=dict)  # {token: class that the codebook gives it}

    def inside(self, token: Token) -> bool:
        return self.lo <= token.i < self.hi

    def classes(self, token: Token) -> frozenset[str]:
        if token.i in self.special:
            return frozenset({self.special[token.i]})
        sense = self.senses[token.i]
        return sense.classes if sense else frozenset()

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
    """Whether a verb, noun or adjective is denied by a word of its own."""
    around = [*token.children, *(c for aux in token.children if aux.dep_ == "aux" for c in aux.children)]
    marks = [child for child in around
             if child.dep_ == "neg" or word(child) in NEGATIONS and child.dep_ in ("det", "advmod", "neg", "nsubj")
             and not any(word(c) == "other" for c in child.children)]
    only = any(word(child) in ("only", "just", "simply", "merely") and child.i > mark.i
               for mark in marks for child in token.children)
    return len(marks) % 2 == 1 and not only


def subject(verb: Token) -> Token | None:
    """The subject of a verb, looked for along conjunctions and controlled infinitives too."""
    seen = 0
    while seen < 6:
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
                return child
        if verb.dep_ in ("conj", "xcomp") or verb.dep_ == "advcl" and verb.tag_ == "VBG":
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


def auxiliaries(verb: Token) -> list[Token]:
    """Helper verbs of a verb; those of the first verb of a coordination serve all."""
    found = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if not any(child.tag_ == "MD" for child in found) and verb.dep_ == "conj" and not _has_subject(verb):
        found += [child for child in verb.head.children if child.dep_ == "aux"]
    return found


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def worth(scene: Scene, token: Token, depth: int = 0) -> tuple[int, list[Token]]:
    """What a noun, adjective or adverb says by itself and its modifiers: good (+1), bad (-1), nothing (0)."""
    classes, sign, words = scene.classes(token), 0, []
    if scene.part(token) in ("n", "a"):
        if classes & {"bad"} or scene.part(token) == "n" and classes & {"harm"}:
            sign, words = -1, [token]
        elif "harm" in classes:
            sign, words = -1, [token]
        elif "good" in classes:
            sign, words = 1, [token]
    own_words = scene.senses[token.i].tokens if scene.senses[token.i] else ()
    denied = negated(token) and not any(word(scene.doc[i]) in NEGATIONS for i in own_words)
    if sign and denied and scene.part(token) == "a":  # "inadequate, not credible"
        sign, words, denied = -sign, [*(child for child in token.children if word(child) in NEGATIONS), *words], False
    for child in token.children:
        if child.dep_ in ("amod", "advmod", "compound", "nmod", "poss") and scene.part(child) in ("a", "n", "v"):
            if scene.classes(child) & {"bad", "harm"} and (sign == 0 or child.dep_ == "amod" and sign > 0):
                sign, words = -1, [child, *words]
            elif "good" in scene.classes(child) and sign == 0 and scene.part(child) == "a":
                sign, words = 1, [child]
    if sign and any(word(child) in ("less", "fewer", "least") for child in token.children):
        sign, words = -sign, [child for child in token.children if word(child) in ("less", "fewer", "least")] + words
    if sign and denied:
        marks = [child for child in token.children if word(child) in NEGATIONS]
        sign, words = -sign, marks + words
    if sign == 0 and depth < 3:
        below = [child for child in token.children if child.dep_ in ("conj", "appos")]
        for prep in token.children:
            if prep.dep_ == "prep" and word(prep) in ("of", "for", "to", "in"):
                below += [child for child in prep.children if child.dep_ in ("pobj", "pcomp")]
        for child in below:
            sign, words = worth(scene, child, depth + 1)
            if sign:
                if "lower" in classes and scene.part(token) == "n" and child.dep_ == "pobj":
                    sign, words = -sign, [token, *words]
                break
    return sign, words


def predicate(scene: Scene, verb: Token, skip: Token | None = None, depth: int = 0) -> tuple[int, list[Token]]:
    """What a clause says of its subject: good (+1), bad (-1), nothing (0), and in which words.

    A doer is judged by what it does: harm to something, help for something, more of a bad thing, less of a good one.
    """
    classes = scene.classes(verb) if scene.part(verb) == "v" or scene.part(verb) == "" else frozenset()
    sign, words = 0, []
    things = [child for child in verb.children if child.dep_ in ("dobj", "attr", "acomp", "oprd", "dative")
              and child != skip]
    if scene.part(verb) in ("a", "n") and verb.dep_ != "ROOT":
        sign, words = worth(scene, verb)
    if not sign and word(verb) in MAKING:
        sign, words = _made(scene, verb)
    if not sign and (word(verb) in LINKING or not scene.senses[verb.i]):
        reach = list(things)
        for prep in verb.children:
            if prep.dep_ == "prep" and (word(prep) in ("in", "of", "on", "as", "to", "against") and word(verb) in LINKING):
                if scene.part(prep) == "a":
                    sign, words = worth(scene, prep)
                reach += [child for child in prep.children if child.dep_ == "pobj"]
        for thing in reach:
            if sign:
                break
            sign, words = worth(scene, thing)
    if not sign and (not classes or classes <= {"raise", "good", "intend", "say"}):
        for child in verb.children:
            if child.dep_ == "advmod" and word(child).endswith("ly") and scene.classes(child) & {"bad", "good"}:
                sign, words = (-1 if "bad" in scene.classes(child) else 1), [verb, child]
    objects = [child for child in things if child.dep_ in ("dobj", "dative")]
    if not sign and classes:
        multi = len(scene.senses[verb.i].tokens) > 1 if scene.senses[verb.i] else False
        value, value_words = 0, []
        for thing in objects + [c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"]:
            value, value_words = worth(scene, thing)
            if value:
                break
        passive = any(child.dep_ in PASSIVES for child in verb.children)
        clause = any(child.dep_ in ("xcomp", "ccomp") for child in verb.children)
        if "bad" in classes and not clause and not (classes & {"raise", "lower", "harm"} and objects and value):
            sign, words = -1, [verb]
        elif "harm" in classes and (objects or multi) and not passive:
            sign, words = (1 if value < 0 and "lower" in classes else -1), [verb]
        elif "help" in classes and objects and not passive:
            sign, words = (value or 1), [verb, *value_words]
            if value < 0:
                sign = 1 if classes & {"lower"} or word(verb) in ("protect", "safeguard", "deter", "resolve") else -1
        elif "lower" in classes and value and not passive:
            sign, words = -value, [verb, *value_words]
        elif "raise" in classes and value and not passive:
            sign, words = value, [verb, *value_words]
        elif "good" in classes and not clause:
            sign, words = 1, [verb]
        elif classes & {"against"} and passive and not classes & {"lower", "raise"}:
            pass
    if not sign and depth < 3:
        for child in verb.children:
            if child == skip or child.dep_ not in ("xcomp", "advcl", "ccomp") or word(verb) in MAKING:
                continue
            if child.dep_ == "advcl" and not any(word(c) == "to" for c in child.children if c.dep_ == "aux"):
                continue
            if child.dep_ == "ccomp" and _has_subject(child):
                continue
            sign, words = predicate(scene, child, None, depth + 1)
            if sign:
                if classes & {"refuse", "lower"} and not classes & {"raise"}:
                    sign, words = -sign, [verb, *words]
                break
    if sign and negated(verb):
        sign, words = -sign, [c for c in verb.children if c.dep_ == "neg" or word(c) in NEGATIONS][:1] + words
    return sign, words


def _made(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """What "makes X remote", "leaves X in ruins" says of its subject."""
    for child in verb.children:
        if child.dep_ not in ("ccomp", "xcomp", "oprd", "acomp", "dobj"):
            continue
        made = [t for t in child.subtree if word(t) in REMOTE | LIKELY and t.i > verb.i]
        if made:
            value = next((worth(scene, t)[0] for t in child.subtree if t.tag_[0] == "N" and worth(scene, t)[0]), 0)
            value = value or 1
            if any(word(t) in ("less",) for t in made[0].children):
                value = -value
            return (value if word(made[0]) in LIKELY else -value), [verb, made[0]]
        if child.dep_ != "dobj":
            sign, words = worth(scene, child)
            if sign:
                return sign, [verb, *words]
    return 0, []


def environment(scene: Scene, verb: Token) -> tuple[int, list[Token]]:
    """What stands above a clause: +1 it is asserted, -1 it is denied, 0 it is not the speaker's assertion."""
    sign, words = 1, []
    token = verb
    for _ in range(25):
        head = token.head
        if token.dep_ == "advcl" or token.dep_ == "ccomp" or token.dep_ == "xcomp":
            marks = {word(child) for child in token.children if child.dep_ in ("mark", "advmod") and child.i < token.i}
            if token.dep_ == "advcl" and marks & CONDITIONS or marks & {"whether", "if"}:
                return 0, []
        if head == token or not scene.inside(head):
            return sign, words
        classes = scene.classes(head)
        if token.dep_ in ("ccomp", "xcomp", "dobj", "acl", "relcl", "prep", "pcomp", "pobj"):
            who = subject(head) if head.tag_[0] in "VM" else None
            other = who is not None and scene.own(who) is False
            if token.dep_ in ("ccomp", "xcomp") and "deny" in classes and "lower" not in classes | {"lower"} - {"lower"}:
                sign, words = -sign, [*words, head]
            elif token.dep_ == "ccomp" and classes & {"question"}:
                return 0, []
            elif token.dep_ == "ccomp" and classes & {"say", "warn", "deny", "against"} and other:
                return 0, []
            elif token.dep_ in ("ccomp", "xcomp") and "deny" in classes:
                sign, words = -sign, [*words, head]
            elif token.dep_ == "ccomp" and negated(head) and classes & {"say", "for"}:
                sign, words = -sign, [*words, *[c for c in head.children if c.dep_ == "neg"]]
            elif token.dep_ in ("acl", "relcl") and "opaque" in classes:
                return 0, []
        token = head
    return sign, words


def climb(scene: Scene, first: int, last: int, kind: str, against: bool = False) -> tuple[Reading | None, Walk]:
    """Walk up from the target named by tokens first..last-1. A reading where the content itself decides; else the walk
    as it reached the top of the content, for the cue to decide."""
    span = range(first, last)
    node = next((scene.doc[i] for i in span if scene.doc[i].head.i not in span or scene.doc[i].head.i == i),
                scene.doc[first])
    walk = Walk(-1 if against else 1, tokens=set(span))
    if node.tag_[0] == "V" and node.dep_ not in ("amod", "compound", "pobj", "dobj"):
        walk.status = "event"
        return _clause(scene, node, walk, kind), walk
    reading = _noun(scene, node, walk, kind, set(span))
    if reading is None and kind == "conduct" and last < scene.hi and scene.own(node) is not True:
        after = scene.doc[last]  # the parse may have torn "the West ought to cease" apart
        if word(after) in OBLIGES and after.tag_ == "MD" and environment(scene, after)[0] > 0:
            reading = walk.reading(scene, -walk.d, "asked", f"says what it has to do: {text(scene, after)}", after)
    return reading, walk


def _noun(scene: Scene, node: Token, walk: Walk, kind: str, span: set[int]) -> Reading | None:
    """Walk on from a noun."""
    for _ in range(25):
        if any(word(c) == "no" and c.dep_ == "det" for c in node.children) and "opaque" not in scene.classes(node):
            walk.d = -walk.d
            walk.tokens.update(c.i for c in node.children if word(c) == "no")
        judged = [c for c in node.children if c.dep_ in ("amod", "appos", "compound", "nmod") and scene.inside(c)
                  and ("bad" in scene.classes(c) and scene.part(c) == "a"
                       or c.dep_ == "appos" and c.i not in span and worth(scene, c)[0] < 0)]
        if judged and walk.status in ("bare", "event", "loose"):
            sign, words = environment(scene, node)
            if sign:
                return walk.reading(scene, -walk.d * sign, "judged", f"calls it {text(scene, judged[0])}", judged[0], *words)
        head, dep = node.head, node.dep_
        if head == node or not scene.inside(head):
            return None
        if _other_target(scene, node, walk):
            return None
        classes = scene.classes(head)
        if dep in ("compound", "poss", "nmod", "amod", "nummod", "quantmod") and head.tag_[0] in "NJV":
            reading = _of_noun(scene, head, walk, kind, "agent" if kind == "conduct" else "of", dep)
            if reading or walk.status == BLOCKED:
                return reading
            node = head
            continue
        if dep in ("conj", "appos", "nmod") and head.tag_[0] in "NP":
            if dep == "appos":
                sign, words = worth(scene, head)
                if sign < 0 and environment(scene, head)[0] > 0:
                    return walk.reading(scene, sign * walk.d, "judged", f"calls it {text(scene, *words[:1])}", *words)
            node = head
            continue
        if dep in ("pobj", "pcomp"):
            prep, gov = head, head.head
            if not scene.inside(gov) or gov == prep:
                return None
            if word(prep) == "without" and gov.tag_[0] in "VM" and negated(gov) and kind != "conduct":
                return _any(scene, gov, walk, walk.d, "asked", "says that it cannot go without", prep)
            if word(prep) in ("despite", "regardless", "amid", "after", "before", "since", "during", "without", "unlike",
                              "under", "until", "pending", "following"):
                walk.status = BLOCKED
                return None
            contrast = _contrasted(prep)
            if contrast and kind != "conduct":
                return _any(scene, gov if gov.tag_[0] in "VM" else gov.head, walk, -walk.d, "asked", "prefers something else", prep)
            if gov.dep_ == "prep" and gov.tag_ == "IN":
                prep, gov = gov, gov.head
                if not scene.inside(gov):
                    return None
            whole = scene.senses[gov.head.i] if gov.head.tag_[0] in "VM" and scene.inside(gov.head) else None
            if whole is not None and prep.i in whole.tokens:  # "has no interest in"
                return _governed(scene, gov.head, node, walk, kind)
            if gov.tag_[0] in "NP":
                reading = _of_noun(scene, gov, walk, kind, word(prep), dep)
                if reading or walk.status == BLOCKED:
                    return reading
                if word(prep) not in HOLDING and walk.status == "bare":
                    walk.status = "loose"
                node = gov
                continue
            covered = scene.senses[gov.i] is not None and prep.i in scene.senses[gov.i].tokens
            if gov.tag_[0] in "JR" and scene.part(gov) == "a" or scene.part(prep) == "a":
                adj = gov if scene.part(gov) == "a" else prep
                reading = _of_adjective(scene, adj, walk, kind)
                if reading or walk.status == BLOCKED:
                    return reading
                return _up(scene, gov if gov.tag_[0] == "V" else gov.head, walk, kind)
            if dep == "pobj" and node.head.dep_ == "agent" and not covered:
                return _done_by(scene, gov, node, walk, kind)
            if covered and scene.part(gov) == "a":
                reading = _of_adjective(scene, gov, walk, kind)
                return reading if reading or walk.status == BLOCKED else _up(scene, gov, walk, kind)
            if covered:
                return _governed(scene, gov, node, walk, kind)
            if word(prep) in ("by", "through", "via", "with") or word(prep) in CAUSES or word(prep) in ("of", "as"):
                sign, words = predicate(scene, gov, prep)
                if sign < 0 and word(prep) in ("because", "due", "of", "by", "through"):
                    return _judged(scene, gov, walk, sign, words)
            if scene.classes(gov) & {"against"} and word(prep) in ("for", "over", "of", "at", "about", "on", "against", "with"):
                walk.status = "event" if kind != "conduct" else walk.status
                return _take(scene, gov, walk, -walk.d, "stand", "speaks against it")
            if word(prep) == "as" and scene.classes(gov) & {"for", "against"} and kind != "conduct":
                return _governed(scene, gov, node, walk, kind)
            if word(prep) == "for" and scene.classes(gov) & {"raise", "intend", "ask", "for"} and kind != "conduct":
                walk.status = "event" if walk.status in ("bare", "loose") else walk.status
                return _governed(scene, gov, node, walk, kind)
            walk.status = "loose" if walk.status == "bare" else walk.status
            return _up(scene, gov, walk, kind)
        if dep == "agent":
            return None
        if dep in ("attr", "nsubj") and walk.d < 0 and walk.status == "bare" and kind in ("process", "measure") and any(
                c.dep_ == "expl" for c in head.children) and {word(c) for c in head.children} & (COMING | ABLE | OBLIGES):
            return _any(scene, head, walk, walk.d, "refused", "says that there is to be none")
        if dep in SUBJECTS and head.tag_[0] in "VMJN" and not (
                scene.senses[head.i] and "unpunished" in scene.senses[head.i].words):
            return _doer(scene, head, node, walk, kind)
        if dep == "nsubjpass" and head.tag_[0] == "V" and not scene.classes(head) & {"for", "against"}:
            sign, words = predicate(scene, head)
            if sign:
                return _judged(scene, head, walk, sign, words)
        if dep in SUBJECTS | {"nsubjpass"} and scene.senses[head.i] and len(scene.senses[head.i].tokens) > 1 and (
                "for" in scene.classes(head)):
            return _take_any(scene, head, walk, -walk.d if negated(head) else walk.d, "stand", "says whether it may stand")
        if dep in OBJECTS or dep in ("npadvmod", "ccomp", "xcomp", "dep", "advmod", "advcl", "relcl"):
            if head.tag_[0] in "VM":
                if dep in ("attr", "acomp") and word(head) in LINKING and "have" not in word(head):
                    return _named(scene, head, node, walk, kind)
                return _governed(scene, head, node, walk, kind)
            if head.tag_[0] == "J" and scene.part(head) == "a":
                reading = _of_adjective(scene, head, walk, kind)
                return reading
        node = head
    return None


def _contrasted(prep: Token) -> bool:
    """Whether what follows is set aside for something else: "rather than", "instead of"."""
    before = prep.nbor(-1) if prep.i else None
    return word(prep) == "instead" or before is not None and (word(prep), word(before)) in (("than", "rather"), ("of", "instead"))


def _other_target(scene: Scene, node: Token, walk: Walk) -> bool:
    """Whether what the node hangs on names another target: "sanctions over the launches" say nothing on the launches."""
    target = next((scene.named[i] for i in walk.tokens if i in scene.named), None)
    above = node.head
    if above.dep_ == "prep" or node.dep_ in ("pobj", "pcomp"):
        above = above.head
    if node.dep_ in ("conj", "appos", *SUBJECTS, "nsubjpass") or above.i not in scene.named or scene.named[above.i] == target:
        return False
    if node.dep_ in ("compound", "amod", "poss", "nmod", "pobj", "pcomp") and above.tag_[0] in "NJ":
        walk.status, walk.closed = BLOCKED, "other"
        return True
    return False


def _named(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | None:
    """The target is what something else is said to be: "the answer is dialogue"."""
    who = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if who is not None and kind != "conduct":
        sign, words = worth(scene, who)
        if sign > 0 or sign < 0 and kind != "act":
            return _judged(scene, verb, walk, sign, words)
    walk.status = "loose" if walk.status == "bare" else walk.status
    return _up(scene, verb, walk, kind)


def _of_noun(scene: Scene, noun: Token, walk: Walk, kind: str, how: str, dep: str) -> Reading | None:
    """The target hangs on a noun: "lifting of", "threat from", "right to", "X's weakness"."""
    classes = scene.classes(noun) if scene.part(noun) in ("n", "v") else frozenset()
    if kind == "conduct":
        if scene.part(noun) == "n" and classes & {"against", "ask"} and how == "agent":
            walk.status = BLOCKED if "bad" not in classes or "against" in classes else walk.status
            return None
        sign = -1 if classes & {"bad", "harm"} and scene.part(noun) == "n" else 0
        if not sign:
            bad = [c for c in noun.children if c.dep_ in ("amod", "appos") and "bad" in scene.classes(c) and scene.part(c) == "a"]
            if bad and (how == "agent" or how in AGENTS):
                sign, noun = -1, bad[0]
        if sign and (how == "agent" or how in AGENTS):
            above, words = environment(scene, noun)
            if above:
                return walk.reading(scene, sign * above * walk.d, "judged", f"speaks of its {text(scene, noun)}", noun, *words)
        walk.status = "loose" if how not in ("agent", *AGENTS) else walk.status
        return None
    if not classes:
        return None
    if kind == "act" and word(noun) in ("right", "rights") and how in ("to", "of", "acl"):
        above, words = environment(scene, noun)
        if above:
            return walk.reading(scene, walk.d * above, "judged", f"calls it a {text(scene, noun)}", noun, *words)
    if kind in ("act", "measure") and how == "to" and "answer" in scene.classes(noun) and noun.dep_ in ("attr", "pobj"):
        top = noun.head.head if noun.dep_ == "pobj" else noun.head
        if word(top) in LINKING and environment(scene, top)[0] > 0 and kind == "act":
            return walk.reading(scene, -walk.d, "judged", f"calls for an answer to it: {text(scene, noun)}", noun)
    if "opaque" in classes and not (kind == "process" and word(noun) in CHANCES):
        walk.status, walk.closed = BLOCKED, "capability"
        return None
    if "opaque" in classes:
        made = noun.head if noun.dep_ in ("dobj", "nsubj") else None
        made = made.head if made is not None and word(made) not in MAKING and made.dep_ in ("ccomp", "xcomp") else made
        if made is not None and word(made) in MAKING and any(word(t) in REMOTE for t in made.subtree):
            remote = next(t for t in made.subtree if word(t) in REMOTE)
            return _any(scene, made, walk, walk.d, "harmed", "speaks of harm to it", remote)
        return None
    if "lower" in classes and (how in ("of", "to", "on", "in", "from", "for", "agent", "acl") or dep == "compound"):
        walk.d, walk.status = -walk.d, "event"
        walk.tokens.add(noun.i)
        return None
    if "harm" in classes and how in ("of", "to", "for", "with") and (kind != "act" or walk.d < 0 or how == "to"):
        above, words = environment(scene, noun)
        if above and how != "of" or above and not classes & {"bad"} or above and walk.d < 0 or above and kind in ("process",):
            return walk.reading(scene, walk.d * (1 if above > 0 else -1), "harmed", f"speaks of {text(scene, noun)} to it", noun, *words)
    if "against" in classes and how in ("to", "acl", "of", "about", "over", "at", "against", "with", "for", "on", "toward", "towards"):
        walk.d, walk.status = -walk.d, "stance"
        walk.tokens.add(noun.i)
        return None
    if "for" in classes and how in ("for", "acl", "to") and "bad" in classes:
        classes = classes - {"bad"}
    if "bad" in classes:
        above, words = environment(scene, noun)
        if above and walk.status in ("bare", "event", "loose"):
            sign = -walk.d if not negated(noun) else walk.d
            return walk.reading(scene, sign * above, "judged", f"calls it {text(scene, noun)}", noun, *words)
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


def _of_adjective(scene: Scene, adjective: Token, walk: Walk, kind: str) -> Reading | None:
    """The target hangs on an adjective: "opposed to", "open to", "in violation of"."""
    classes = scene.classes(adjective)
    verb = adjective.head if adjective.head.tag_[0] in "VM" and adjective.dep_ in ("acomp", "attr", "oprd", "prep", "advcl") \
        else adjective
    if "against" in classes:
        return _take(scene, adjective, walk, -walk.d, "stand", "is against it", verb)
    if classes & {"for", "ready"}:
        return _take(scene, adjective, walk, walk.d, "stand", "is for it", verb)
    if "unready" in classes:
        return _take(scene, adjective, walk, -walk.d, "stand", "is not for it", verb)
    if "harm" in classes and kind != "conduct":
        above, words = environment(scene, verb)
        if above:
            return walk.reading(scene, walk.d * above, "harmed", f"speaks of harm to it: {text(scene, adjective)}", adjective, *words)
    walk.status = "loose" if walk.status == "bare" else walk.status
    return None


def _take(scene: Scene, decider: Token, walk: Walk, sign: int, rule: str, why: str, verb: Token | None = None) -> Reading | None:
    """A stand that a word takes, if it is the speaker's and asserted."""
    verb = verb or decider
    who = subject(verb) if verb.tag_[0] in "VM" else None
    if who is not None and who.dep_ == "nsubjpass" and scene.part(decider) == "v":
        who = next((c for by in verb.children if by.dep_ == "agent" for c in by.children), None)
    shared = any(word(c) in ("equally", "also", "too", "share", "all", "rightly") for c in (*verb.children, *decider.children))
    if who is not None and scene.own(who) is False and not shared:
        walk.status, walk.closed = BLOCKED, "other"
        return None
    above, words = environment(scene, verb)
    if above == 0:
        walk.status = BLOCKED
        return None
    denied = negated(verb) or decider != verb and negated(decider)
    marks = [c for c in (*verb.children, *decider.children) if c.dep_ == "neg"] if denied else []
    if denied:
        sign = -sign
    return walk.reading(scene, sign * above, rule, f"{why}: {text(scene, decider)}", decider, *marks, *words)


def _judged(scene: Scene, verb: Token, walk: Walk, sign: int, words: list[Token], rule: str = "judged") -> Reading | None:
    """A judgement on the target, if asserted."""
    above, more = environment(scene, verb)
    if above == 0:
        walk.status = BLOCKED
        return None
    how = "well" if sign * above > 0 else "badly"
    return walk.reading(scene, sign * walk.d * above, rule, f"speaks {how} of it: {text(scene, *words)}", *words, *more)


def _doer(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | None:
    """The target is the subject of a clause."""
    hoping = verb.head if verb.dep_ == "ccomp" and "ask" in scene.classes(verb.head) and scene.inside(verb.head) else None
    if verb.tag_[0] in "VM" and "to" in {word(c) for c in verb.children if c.dep_ == "aux"} and verb.dep_ in ("ccomp", "xcomp"):
        hoping = None
    classes = scene.classes(verb)
    if kind == "conduct":
        reading = _asked(scene, verb, node, walk)
        if reading:
            return reading
        if any(word(c) in OBLIGES for c in auxiliaries(verb)):
            walk.status = "loose"
            return None
    duty = any(word(c) in OBLIGES for c in auxiliaries(verb))
    sign, words = (0, []) if duty else predicate(scene, verb)
    if hoping is not None and word(hoping) in valence.forms("hope") | valence.forms("trust"):
        if negated(verb):
            walk.tokens.update(c.i for c in verb.children if c.dep_ == "neg")
            return walk.reading(scene, -walk.d, "insinuated", f"hopes that it is not so: {text(scene, hoping)}", hoping)
    if sign and not (kind == "conduct" and sign > 0 and scene.own(node) is not True and not words):
        return _judged(scene, verb, walk, sign, words)
    if kind == "measure" and "lower" in classes and negated(verb) and any(c.dep_ == "dobj" for c in verb.children) and not duty:
        return _judged(scene, verb, walk, -1, [*[c for c in verb.children if c.dep_ == "neg"], verb])  # it has not helped
    if kind != "conduct" and not any(c.dep_ == "dobj" for c in verb.children):
        if "lower" in classes:
            walk.d, walk.status = -walk.d, "event"
            walk.tokens.add(verb.i)
        elif "raise" in classes:
            walk.status = "event"
            walk.tokens.add(verb.i)
    if kind == "conduct":
        if "refuse" in classes and verb.tag_ != "VBN" and any(c.dep_ == "xcomp" for c in verb.children):
            return _judged(scene, verb, walk, -1 if not negated(verb) else 1, [verb])
        walk.status = "loose" if walk.status == "bare" else walk.status
        if verb.dep_ in ("ccomp", "xcomp") and scene.inside(verb.head) and "ask" in scene.classes(verb.head) \
                and scene.own(node) is not True:
            return _take(scene, verb.head, walk, -walk.d, "asked", "is asked to act")
        return None
    return _up(scene, verb, walk, kind)


def _asked(scene: Scene, verb: Token, node: Token, walk: Walk) -> Reading | None:
    """A government that should, must or can do more is found wanting."""
    if scene.own(node) is True:
        return None
    helpers = auxiliaries(verb)
    moods = {word(c) for c in helpers}
    duty = [c for c in helpers if word(c) in OBLIGES]
    if not duty and word(verb) in ("needs", "need", "has", "have") and any(
            c.dep_ == "xcomp" for c in verb.children):
        duty = [verb]
    can = [c for c in helpers if word(c) in ("can", "could")]
    more = [c for c in verb.subtree if word(c) in ("more", "better", "things", "lot", "lots", "much")]
    more += [verb.head] if verb.dep_ == "relcl" else []
    if can and more and word(verb) in ("do", "offer", "help", "show") and not negated(verb):
        duty = can
    if duty and "be" not in moods and (not negated(verb) or duty != can):
        above, words = environment(scene, verb)
        if above:
            return walk.reading(scene, -walk.d, "asked", f"says what it has to do: {text(scene, duty[0], verb)}",
                                duty[0], verb, *words)
    return None


def _done_by(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | None:
    """The target is the doer in a passive: "threatened by"."""
    classes = scene.classes(verb)
    if classes & {"harm", "bad"} or "lower" in classes and kind == "conduct":
        return _judged(scene, verb, walk, -1, [verb])
    if "help" in classes:
        return _judged(scene, verb, walk, 1, [verb])
    if verb.dep_ in ("acl", "relcl"):
        sign, words = worth(scene, verb.head)
        if sign:
            return _judged(scene, verb.head, walk, sign, words)
    return None


def _governed(scene: Scene, verb: Token, node: Token, walk: Walk, kind: str) -> Reading | None:
    """The target, or an event about it, is what a verb governs."""
    classes = scene.classes(verb) if scene.part(verb) in ("v", "a") else frozenset()
    clause = node.dep_ in ("ccomp", "xcomp", "pcomp", "advcl") and node.tag_[0] in "VM"
    who = subject(verb)
    if who is not None and (who == node or node.is_ancestor(who)):
        who = None
    own = scene.own(who) if who is not None else None
    marks = {word(c) for c in node.children if c.dep_ in ("mark", "advmod") and c.i < node.i}
    if clause and marks & {"if", "whether"}:
        walk.status = BLOCKED
        return None
    if kind == "conduct":
        return _at(scene, verb, node, walk, classes)
    if "answer" in classes and any(word(c) == "any" for c in node.children):  # whatever may come: a capability
        walk.status, walk.closed = BLOCKED, "capability"
        return None
    if "answer" in classes:
        classes = (classes - {"answer"}) | {"lower" if kind == "act" else "raise"}
    if clause:
        for rule in ("refuse", "unready", "deny", "question", "discuss"):
            if rule in classes and rule in ("deny", "question"):
                walk.status = BLOCKED
                return None
        if classes & {"refuse", "unready"}:
            sign = -walk.d if own is not False else walk.d
            if own is False and kind == "act":
                walk.status = BLOCKED
                return None
            return _take_any(scene, verb, walk, sign, "refused", "will not have it" if own is not False else "complains that it is refused")
        if word(verb) in ("have", "has", "had", "need", "needs", "needed") and node.dep_ == "xcomp":
            if negated(verb):
                walk.status = BLOCKED
                return None
            if walk.status == "discussed":
                return _take_any(scene, verb, walk, int(kind == "process"), "weighed", "would use it in a bargain")
            if walk.status == "event":
                return _take_any(scene, verb, walk, walk.d, "asked", "says that it has to be")
        if "warn" in classes and walk.status in ("event", "bare"):
            return _take(scene, verb, walk, -walk.d, "warned", "warns of it")
    if "discuss" in classes and not clause:
        walk.status = "discussed"
        walk.tokens.add(verb.i)
        return _up(scene, verb, walk, kind)
    if "discuss" in classes and walk.status == "event" and classes & {"discuss"} and not classes & {"ask", "lower", "raise"}:
        walk.status = "discussed"
        walk.tokens.add(verb.i)
        return _up(scene, verb, walk, kind)
    if walk.status == "loose":
        if "opaque" in classes or clause and "say" in classes and own is False:
            walk.status = BLOCKED
            return None
        return _up(scene, verb, walk, kind)
    if not clause and classes & {"deny"} and "lower" in classes:
        if own is True or own is None and walk.status == "stance":
            return _take(scene, verb, walk, -walk.d, "stand", "rejects it")
    if "threaten" in word(verb)[:8] and kind == "measure":
        classes = classes - {"harm"}
    if "harm" in classes and kind in ("process", "measure") and not clause and walk.status != "stance":
        walk.worth = walk.d
        if not classes & {"lower"}:
            return _take_any(scene, verb, walk, walk.d if not negated(verb) else 0, "harmed", "speaks of harm to it") \
                if not negated(verb) else None
    if "harm" in classes and walk.d < 0 and walk.status == "bare" and not clause:  # violating what forbids the target
        return _take_any(scene, verb, walk, walk.d, "harmed", "speaks of harm to what forbids it")
    if clause and "against" in classes and not classes & {"say", "ask", "raise", "lower"} and walk.status in ("event", "bare"):
        return _take(scene, verb, walk, -walk.d, "stand", "regrets it")
    if "against" in classes and not clause and "lower" not in classes:
        return _take(scene, verb, walk, -walk.d, "stand", "is against it")
    if "for" in classes and not classes & {"raise"} and not (clause and classes & {"say"}):
        return _take(scene, verb, walk, walk.d, "stand", "is for it")
    if "need" in classes and not clause and kind in ("measure", "process") and walk.status != "loose":
        return _take_any(scene, verb, walk, walk.d, "asked", "says that it is needed") if not negated(verb) else None
    if "lower" in classes and (not clause or not classes & {"ask", "intend"}):
        walk.d, walk.status = -walk.d, "event" if walk.status != "loose" else "loose"
        walk.tokens.update(scene.senses[verb.i].tokens if scene.senses[verb.i] else (verb.i,))
        if "refuse" in classes and own is False:
            walk.worth = -walk.d
        return _up(scene, verb, walk, kind)
    if classes & {"ask"} and not (clause and "say" in classes and not _infinitive(node)):
        if walk.status == "discussed":
            by = subject(node) if clause else None
            if by is not None and scene.own(by) is not True:
                return _take(scene, verb, walk, walk.d, "asked", "asks that it be considered")
            return _take(scene, verb, walk, 0, "weighed", "would discuss it")
        if not (classes & {"raise"} and not clause and own is not True):
            return _take(scene, verb, walk, walk.d, "asked", "asks for it")
    if classes & {"intend"} and own is True and not (clause and "say" in classes and not _infinitive(node)):
        if walk.status == "discussed":
            return _take(scene, verb, walk, 0, "weighed", "would discuss it")
        return _take(scene, verb, walk, walk.d, "intended", "means to do it")
    if "ready" in classes:
        return _ready(scene, verb, walk, kind)
    if classes & {"raise", "help"}:
        walk.status = "event" if walk.status == "bare" else walk.status
        walk.tokens.update(scene.senses[verb.i].tokens if scene.senses[verb.i] else (verb.i,))
        if "for" in classes and own is True:
            return _take(scene, verb, walk, walk.d, "stand", "is for it")
        return _up(scene, verb, walk, kind)
    if not clause and walk.status == "bare":
        walk.status = "loose"
    if "opaque" in classes:
        walk.status = BLOCKED
        return None
    if clause and "say" in classes and own is False:
        walk.status = BLOCKED
        return None
    return _up(scene, verb, walk, kind)


def _infinitive(node: Token) -> bool:
    return any(word(c) == "to" and c.dep_ == "aux" for c in node.children) or node.tag_ == "VB"


def _take_any(scene: Scene, verb: Token, walk: Walk, sign: int, rule: str, why: str) -> Reading | None:
    """A stand shown by what is said of others: whoever is the subject."""
    above, words = environment(scene, verb)
    if above <= 0:
        walk.status = BLOCKED
        return None
    return walk.reading(scene, sign, rule, f"{why}: {text(scene, verb)}", verb, *words)


def _at(scene: Scene, verb: Token, node: Token, walk: Walk, classes: frozenset[str]) -> Reading | None:
    """A government is what a verb governs."""
    who = subject(verb)
    mine = who is None or scene.own(who) is not False
    if "against" in classes and mine:
        return _take(scene, verb, walk, -walk.d, "stand", "is against it")
    if "for" in classes and mine and not classes & {"raise", "lower"}:
        return _take(scene, verb, walk, walk.d, "stand", "is for it")
    if "ask" in classes and mine and scene.own(node) is not True and any(
            c.dep_ in ("xcomp", "ccomp") or word(c) == "into" for c in verb.children):
        return _take(scene, verb, walk, -walk.d, "asked", "is asked to act")
    if classes & {"harm"} and who is not None and scene.own(who) is True and "lower" in classes:
        return None
    walk.status = "loose"
    return None


def _ready(scene: Scene, adjective: Token, walk: Walk, kind: str) -> Reading | None:
    """Ready, willing, prepared to …"""
    verb = adjective.head if adjective.dep_ in ("acomp", "attr", "oprd") else adjective
    who = subject(verb)
    if who is not None and scene.own(who) is False:
        walk.status, walk.closed = BLOCKED, "other"
        return None
    if walk.status == "discussed":
        if kind == "process":
            return _take(scene, adjective, walk, 1, "ready", "is ready for it", verb)
        return _take(scene, adjective, walk, 0, "weighed", "is ready to discuss it", verb)
    if walk.d < 0 and kind == "measure":
        return _take(scene, adjective, walk, -1, "ready", "is ready for less of it", verb)
    return _take(scene, adjective, walk, walk.d, "ready", "is ready for it", verb)


def _clause(scene: Scene, verb: Token, walk: Walk, kind: str) -> Reading | None:
    return _up(scene, verb, walk, kind)


def _up(scene: Scene, verb: Token, walk: Walk, kind: str) -> Reading | None:
    """Walk on from a verb that the target, or an event about it, hangs on."""
    for _ in range(20):
        helpers = auxiliaries(verb)
        moods = {word(c): c for c in helpers}
        neg = negated(verb)
        who = subject(verb)
        own = scene.own(who) if who is not None else None
        attitude = verb.dep_ == "ccomp" and scene.inside(verb.head) and scene.classes(verb.head) & {"against"}
        if walk.status in ("event", "discussed", "stance", "bare"):
            if neg and walk.status != "bare":
                walk.d = -walk.d
                walk.tokens.update(c.i for c in verb.children if c.dep_ == "neg" or word(c) in NEGATIONS)
            duty = [c for m, c in moods.items() if m in OBLIGES]
            if duty and walk.status != "bare" and verb.tag_ != "VBN" or duty and walk.status == "event":
                if walk.status == "discussed":
                    return _any(scene, verb, walk, 0 if kind != "process" else 1, "weighed", "would discuss it", duty[0])
                return _any(scene, verb, walk, walk.d, "asked", "says that it ought to be" if walk.d > 0 else
                            "says that it ought to end or not to be", duty[0])
            able = [c for m, c in moods.items() if m in ABLE]
            if able and walk.status == "event" and not attitude:
                if verb.dep_ == "relcl" and word(verb.head) in ("things", "thing", "steps", "step", "issues", "lot", "lots") \
                        or any(word(t) in ("more", "things") for t in verb.subtree) and word(verb) == "do":
                    return _any(scene, verb, walk, walk.d, "asked", "says what can be done", able[0])
                if neg and own is not False and who is not None and any(c.dep_ == "auxpass" for c in verb.children):
                    return _any(scene, verb, walk, walk.d, "asked", "says that it cannot be", able[0])
                conditional = any(c.dep_ == "advcl" and any(word(m) in ("if", "provided", "once") for m in c.children)
                                  for c in verb.children)
                if own is True and conditional and kind in ("measure", "process"):
                    return _any(scene, verb, walk, 0, "weighed", "makes it depend on something", able[0], verb)
                walk.status, walk.closed = BLOCKED, "capability"
            coming = [c for m, c in moods.items() if m in COMING]
            if own is True and walk.status == "event" and who is not None and who.dep_ != "nsubjpass":
                if coming or verb.tag_ == "VBG" and helpers:
                    return _any(scene, verb, walk, walk.d, "intended", "means to do it" if walk.d > 0 else "means not to",
                                *(coming[:1]), verb)
            if walk.status == "event" and verb.tag_ == "VB" and who is None and not moods and verb.dep_ == "ROOT":
                return _any(scene, verb, walk, walk.d, "asked", "calls for it", verb)
        dep, head = verb.dep_, verb.head
        if head == verb or not scene.inside(head):
            break
        if dep == "advcl":
            marks = {word(c) for c in verb.children if c.dep_ in ("mark", "advmod") and c.i < verb.i}
            if marks & CONDITIONS:
                walk.status, walk.closed = BLOCKED, "condition"
                return None
            if marks & {"because", "since", "as", "after", "before", "while", "although", "though"} or (
                    verb.tag_ != "VBG" and not _infinitive(verb)):
                break
            verb = head
            who = subject(head)
            if scene.classes(head) & {"ask", "intend"} and scene.part(head) == "v" and walk.status == "event" and (
                    who is not None and scene.own(who) is True):
                return _take(scene, head, walk, walk.d, "intended", "means to do it")
            continue
        if dep == "conj":
            if any(_contrasted(c) for c in head.children if head.i < c.i < verb.i):
                return _any(scene, head, walk, -walk.d, "asked", "prefers something else", verb)
            verb = head
            if head.tag_[0] not in "VM":
                break
            continue
        if dep in ("ccomp", "xcomp"):
            if word(head) in ("let", "lets"):
                return _any(scene, head, walk, walk.d, "asked", "calls for it", head)
            if head.tag_[0] in "VM" or scene.part(head) in ("a",):
                if scene.part(head) == "a" and head.tag_[0] == "J":
                    classes = scene.classes(head)
                    if "ready" in classes:
                        return _ready(scene, head, walk, kind)
                    if "unready" in classes:
                        return _take(scene, head, walk, -walk.d, "ready", "is not ready for it",
                                     head.head if head.head.tag_[0] == "V" else head)
                    if dep == "ccomp" and classes & {"against", "for"} and walk.status in ("event", "bare"):
                        sign = walk.d if "for" in classes else -walk.d
                        return _take(scene, head, walk, sign, "stand", "is glad of it" if "for" in classes else "regrets it",
                                     head.head if head.head.tag_[0] == "V" else head)
                    sign, words = worth(scene, head)
                    if sign and walk.status == "event":
                        return _judged(scene, head.head if head.head.tag_[0] == "V" else head, walk, sign, words)
                    verb = head.head if head.dep_ == "acomp" else head
                    continue
                return _governed(scene, head, verb, walk, kind)
            break
        if dep in ("csubj", "csubjpass"):
            sign, words = predicate(scene, head)
            if sign and walk.status in ("event", "discussed", "loose", "bare"):
                return _judged(scene, head, walk, sign, words)
            break
        if dep == "pcomp":
            prep, gov = head, head.head
            if not scene.inside(gov) or gov == prep:
                break
            if word(prep) in ("without", "after", "before", "since", "despite"):
                if word(prep) != "without":
                    walk.status = BLOCKED
                    return None
                walk.d = -walk.d
            if _contrasted(prep):
                return _any(scene, gov, walk, -walk.d, "asked", "prefers something else", prep)
            if word(prep) == "as" and word(gov) in ("such", "similar"):
                gov = gov.head
            if gov.tag_[0] in "VM":
                covered = scene.senses[gov.i] is not None and prep.i in scene.senses[gov.i].tokens
                if covered:
                    return _governed(scene, gov, verb, walk, kind)
                if word(prep) in ("by", "through", "via", "with", "in"):
                    sign, words = predicate(scene, gov, prep)
                    if sign:
                        return _judged(scene, gov, walk, sign, words)
                if scene.classes(gov) & {"against"}:
                    return _take(scene, gov, walk, -walk.d, "stand", "speaks against it")
                if scene.classes(gov) & {"lower"} and word(prep) == "from":
                    walk.d = -walk.d
                verb = gov
                continue
            if scene.part(gov) == "a" and gov.tag_[0] in "JR":
                reading = _of_adjective(scene, gov, walk, kind)
                if reading or walk.status == BLOCKED:
                    return reading
                verb = gov.head
                continue
            if kind == "act" and "good" in scene.classes(gov) and len(scene.senses[gov.i].tokens) > 1:  # no choice but to
                return _judged(scene, gov, walk, 1, [gov])
            reading = _of_noun(scene, gov, walk, kind, word(prep), dep)
            if reading or walk.status == BLOCKED:
                return reading
            return _noun(scene, gov, walk, kind, set()) or None
        if dep in ("acl", "relcl"):
            classes = scene.classes(head) if scene.part(head) == "n" else frozenset()
            if dep == "relcl" and not classes & {"bad"} and not (classes and "to" in {word(c) for c in helpers}):
                if word(head) in ("things", "thing", "steps", "issues") and "can" in moods:
                    return _any(scene, verb, walk, walk.d, "asked", "says what can be done", moods["can"])
                walk.status = "loose" if walk.status != BLOCKED else BLOCKED
                return None
            reading = _of_noun(scene, head, walk, kind, "acl", dep) if walk.status != "loose" else None
            if reading or walk.status == BLOCKED:
                return reading
            if "good" in classes and kind == "act" and len(scene.senses[head.i].tokens) > 1:
                return _judged(scene, head, walk, 1, [head])
            if not classes:
                walk.status = "loose"
            return _noun(scene, head, walk, kind, set())
        if dep in ("prep", "pobj", "dobj", "nsubj", "attr", "oprd", "acomp", "nsubjpass", "appos", "compound", "amod"):
            if dep in SUBJECTS:
                sign, words = predicate(scene, head)
                return _judged(scene, head, walk, sign, words) if sign else None
            if dep in ("pobj", "dobj", "oprd", "nsubjpass") and head.tag_[0] in "VM":
                return _governed(scene, head, verb, walk, kind)
            return _noun(scene, verb, walk, kind, {verb.i})
        if dep == "parataxis":
            break
        verb = head
        if verb.tag_[0] not in "VM":
            break
    if walk.status == "event":
        offer = _offer(scene, verb)
        if offer:
            return _any(scene, verb, walk, walk.d, "asked", "says what can be done", *offer)
    if walk.status == "stance":
        top = verb
        who = subject(top) if top.tag_[0] in "VM" else None
        if who is None or scene.own(who) is not False:
            above, words = environment(scene, top)
            if above and top.tag_[0] in "VM":
                return walk.reading(scene, walk.d * above, "stand", "takes a stand on it", *words)
    if walk.worth and walk.status == "event":
        above, words = environment(scene, verb)
        if above > 0:
            return walk.reading(scene, walk.worth, "harmed", "speaks of harm to it", *words)
    return None


def _offer(scene: Scene, top: Token) -> list[Token]:
    """The words of "there are things that X can do" under a verb; empty: it says nothing of the kind."""
    for able in top.subtree:
        if word(able) in ("can", "could") and able.dep_ == "aux" and word(able.head) == "do" and scene.inside(able):
            do = able.head
            if do.dep_ == "relcl" or any(word(c) in ("more", "things", "lot", "much") for c in do.children):
                return [able, do]
    return []


def _any(scene: Scene, verb: Token, walk: Walk, sign: int, rule: str, why: str, *words: Token) -> Reading | None:
    """A wish or intention, if asserted: a wish needs no subject of the speaker's side."""
    above, more = environment(scene, verb)
    if above <= 0:
        walk.status = BLOCKED
        return None
    unique = list(dict.fromkeys((*words, *more)))
    return walk.reading(scene, sign, rule, f"{why}: {text(scene, *unique)}", *unique)
