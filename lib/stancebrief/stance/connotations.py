"""What the judging words of a content say of a target that they are tied to by the grammar.

A bad word somewhere in a sentence says nothing of a target named elsewhere in it: "reckless remarks on the programme"
are reckless remarks. A word counts where it describes the target, where the target is the subject of what it says,
where it judges whoever does the target ("a tyrant who builds bombs"), or where the reporting word gives the target a
name ("called the test | a disgrace").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Span, Token

from stancebrief.stance import judgements, scenes
from stancebrief.stance.contents import Content

JUDGING = {"bad", "good", "harm"}
WHOSE = ("poss", "compound", "amod", "nmod", "nummod")  # the noun says whose or which another is
ASIDE = ("to", "against", "from", "over", "after")  # what follows is not what the thing is called
SAID = ("acomp", "attr", "oprd", "advmod", "conj", "xcomp", "dobj", "amod", "compound", "prep", "pobj", "relcl")


def whole(content: Content, span: Span) -> tuple[int, list[Token]]:
    """What all judging words of the sentence say where they say the same: -1, +1, or 0, with the words."""
    return _agreed(content, span, lambda token: True)


def tied(content: Content, span: Span) -> tuple[int, list[Token]]:
    """What the judging words that are tied to the target say where they say the same: -1, +1, or 0."""
    things = _things(content, span)
    return _agreed(content, span, lambda token: _describes(token, things) or _is_doer(content, token, things))


def given(content: Content, span: Span) -> tuple[int, list[Token]]:
    """What a target is called, where the reporting word gives it a name: "the test | reckless", "it as | a threat"."""

    def names(token: Token) -> bool:
        if token.i < span.end:
            return token.head.i in {t.i for t in span} and token.dep_ == "amod"
        below = [token, *(t for t in token.ancestors if content.scene.inside(t))]
        aside = {t.i for t in below if t.dep_ == "prep" and t.i > span.end and scenes.word(t) in ASIDE}
        if any(t.head.i in aside for t in below):
            return False  # "a justified response | to broken undertakings"
        return not any(t.dep_ in ("xcomp", "advcl", "acl") and t.i > span.end for t in below)

    if any(t.tag_[0] == "N" and t.i < span.start and not t.is_ancestor(span.root) and t.dep_ not in WHOSE
           for t in content.tokens):
        return 0, []  # another thing is given the name
    if any(t.i < span.start and t.dep_ in ("relcl", "acl", "advcl") for t in content.tokens):
        return 0, []
    thing = _things(content, span)[-1]
    if thing.dep_ == "pobj" and thing.head.head.tag_[0] == "N" and content.scene.inside(thing.head.head):
        return 0, []  # "the commentary on the test | a disgrace"
    if any(t.i < span.start and t.tag_ in ("PRP", "DT") and t.dep_ in ("dobj", "nsubj") for t in content.tokens):
        return 0, []  # "it | a provocation that strengthened the case for drills"
    return _agreed(content, span, names)


def _things(content: Content, span: Span) -> list[Token]:
    """The target's noun and those of which it says whose or which they are: "sanctions", "the round of sanctions"."""
    found, node = [span.root], span.root
    while content.scene.inside(node.head) and node.head != node:
        if node.dep_ in (*WHOSE, "conj") and node.head.tag_[0] == "N":
            node = node.head
        elif node.dep_ == "pobj" and scenes.word(node.head) == "of" and node.head.head.tag_[0] == "N":
            node = node.head.head
        else:
            break
        found.append(node)
    return found


def _describes(token: Token, things: list[Token]) -> bool:
    """Whether a word stands in the description of one of the things, or is said of it as a subject."""
    heads = {t.i for t in things}
    clauses = {t.head.i for t in things if t.dep_ in ("nsubj", "nsubjpass") and t.head.tag_[0] in "VMJN"}
    node = token
    for _ in range(25):
        if node.i in clauses and node.i not in heads:
            return True
        if node.head == node:
            return False
        if node.head.i in heads:
            return node.dep_ in ("amod", "compound", "appos", "relcl", "acl", "nmod")
        if node.dep_ not in SAID or (node.dep_ == "conj" and _has_other_subject(node)):
            return False
        node = node.head
    return False


def _has_other_subject(verb: Token) -> bool:
    """Whether a coordinated clause is about something else: "the veto was expected, but the isolation was shocking"."""
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.tag_ not in ("PRP", "DT") for c in verb.children)


def _is_doer(content: Content, token: Token, things: list[Token]) -> bool:
    """Whether a word judges whoever does one of the things: "starves its people to build bombs"."""
    for thing in things:
        verb = thing.head
        if thing.dep_ == "dobj" and verb.dep_ in ("advcl", "relcl", "acl", "xcomp") and verb.head == token:
            return not content.scene.classes(verb) & {"lower", "harm", "refuse", "against"}
    return False


def _agreed(content: Content, span: Span, counts: Callable[[Token], bool]) -> tuple[int, list[Token]]:
    signs: set[int] = set()
    words: list[Token] = []
    for token, sign in _judging(content, span):
        if not sign:
            return 0, []
        if not counts(token):
            continue
        signs.add(sign)
        words.append(token)
    return (signs.pop(), words) if len(signs) == 1 else (0, [])


def _judging(content: Content, span: Span) -> Iterator[tuple[Token, int]]:
    """(word, what it says) of each judging word in the target's sentence; 0: it is denied, supposed or hidden."""
    scene = content.scene
    for token in content.tokens:
        if not scene.senses[token.i] or token.sent != span.root.sent:
            continue
        if span.start <= token.i < span.end and not (token.dep_ == "amod" and "bad" in scene.classes(token)):
            continue
        if scene.part(token) in ("a", "n") and scene.classes(token) & JUDGING:
            sign = judgements.worth(scene, token)[0]
            if sign and (
                judgements.environment(scene, token)[0] <= 0
                or any(scenes.negated(up) and up.tag_[0] == "V" for up in token.ancestors if scene.inside(up))
            ):
                yield token, 0
            elif sign < 0 and any(
                scene.classes(up) & {"help", "lower"} and scene.part(up) == "v"
                for up in (token.head, token.head.head)
                if scene.inside(up)
            ):
                continue  # to deter a threat is nothing bad
            elif sign:
                yield token, sign
        elif scene.part(token) == "v" and scene.classes(token) & {*JUDGING, "for", "against"}:
            who, judges = scenes.subject(token), scene.classes(token) & JUDGING
            if not judges and who is not None and scene.own(who) is not True:
                continue  # what a government fears or wants is no judgement on it
            if judgements.environment(scene, token)[0] <= 0:
                yield token, 0
                continue
            sign = -1 if scene.classes(token) & {"bad", "harm", "against"} else 1
            yield token, -sign if scenes.negated(token) else sign
        elif "opaque" in scene.classes(token):
            yield token, 0
