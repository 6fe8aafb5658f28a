"""What a learned reading knows of one target in one statement: what the rules made of it, and the words around it.

A feature is a name, such as `way:process:lower` (a word of the class `lower` governs a target of the kind `process`),
with the tokens that it rests on, so that what decided can be shown. None holds a name or the words that name a target:
what is learned from one topic is meant for another. A feature is there or not; nothing is counted.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from stancebrief import codebook
from stancebrief.stance import antecedents, coding, contents, scenes, surroundings
from stancebrief.stance.contents import Content

ENDINGS = ("ing", "ed", "es", "s")
CLIMB = 8     # words above the target that are looked at
NOUNS = 3     # places of a target that are looked at
NOWHERE: frozenset[int] = frozenset()

Features = dict[str, frozenset[int]]  # {name: the tokens of the paragraph that it rests on}


@dataclasses.dataclass
class Said:
    """The sides that each source of an article has taken so far, by the rules, and where the article names targets."""

    field: antecedents.Field | None = None
    sides: dict[tuple[str, str], int] = dataclasses.field(default_factory=dict)  # {(source, target): sum of signs}

    def add(self, record: Mapping, positions: Sequence[coding.Position]) -> None:
        for position in positions:
            for who in self._names(record):
                self.sides[who, position.target] = self.sides.get((who, position.target), 0) + position.sign

    def before(self, record: Mapping, target: str) -> list[str]:
        """What the same countries, and the same speaker, said of the target before."""
        return [f"{who.partition(':')[0]}:{_sign(self.sides[who, target])}" for who in self._names(record)
                if (who, target) in self.sides]

    @staticmethod
    def _names(record: Mapping) -> tuple[str, str]:
        return f"countries:{record['countries']}", f"speaker:{record['speaker']}"


def of(understood: coding.Understood, record: Mapping, target: codebook.Target, book: codebook.Codebook,
       said: Said) -> Features:
    """The features of one target that a statement names, or that the rules took a position on."""
    content = understood.content
    assert content is not None
    places = [place for place in understood.places if place.target == target.name]
    named = frozenset(i for place in places for i in place.tokens)
    found: Features = {}

    def add(name: str, *tokens: int, kind: bool = False) -> None:
        found[name] = found.get(name, NOWHERE) | frozenset(tokens)
        if kind:  # and for this kind of target
            found[f"{target.kind}|{name}"] = found[name]

    add(f"kind:{target.kind}")
    for name in _by_the_rules(understood, target, places, book):
        add(name, kind=True)
    for name in said.before(record, target.name):
        add(f"before:{name}")
    by = set(content.by)
    add("by:" + ("itself" if by & set(target.whose) else "nobody" if by <= {"OTHER", "UNKNOWN"}
                 else "another" if target.whose else "anybody"), kind=True)
    add(f"said:{record['kind']}")
    cue = contents.cue_tokens(content)
    for word in re.findall(r"\w+", str(record["cue"]).lower()):
        add(f"cue:{stem(word)}", *cue, kind=True)
    for name in content.cue or {"none"}:
        add(f"cue class:{name}", *cue, kind=True)
    _inside(content, named, add)
    surroundings.inside(content, add, said.field is not None and said.field.opens(int(record["start"])))
    surroundings.placed(content, places, [p for p in understood.places if p.target != target.name], add)
    surroundings.around(target, said.field, add)
    for place in places[:NOUNS]:
        _above(content, place, named, target, add)
    return found


def _by_the_rules(understood: coding.Understood, target: codebook.Target, places: Sequence[coding.Place],
                  book: codebook.Codebook) -> list[str]:
    """What the rules read, and how the target is named."""
    own = next((p for p in understood.positions if p.target == target.name), None)
    out = [f"says:{_sign(own.sign) if own else 'nothing'}", f"rule:{own.rule}:{own.sign}" if own else "rule:none"]
    for place in places:
        out += [f"named:{place.how}", *(["named:against"] if place.against else [])]
        out += [f"read:{place.rule}:{place.sign}"] if place.sign is not None else []
    if len({place.sign for place in places if place.sign}) > 1:
        out.append("read:contrary")
    out.append(f"targets:{min(4, len({place.target for place in understood.places}))}")
    out += [f"beside:{book[p.target].kind}:{_sign(p.sign)}" for p in understood.positions if p.target != target.name]
    return out


def _inside(content: Content, named: frozenset[int], add) -> None:
    """What the content holds, wherever it stands: classes of words, modals, denials, its head and its subject."""
    scene, top = content.scene, content.top
    for token in content.tokens:
        if classes := scene.classes(token):
            denied = "not:" if scenes.negated(token) or scenes.negated(token.head) else ""
            for name in classes:
                add(f"class:{denied}{name}", token.i, kind=True)
        if token.tag_ == "MD":
            add(f"modal:{scenes.word(token)}", token.i)
        if token.dep_ == "neg":
            add("denied", token.i)
        if scenes.word(token) in contents.FIRST_PERSON and token.text != "US":
            add("first person", token.i)
    if top is None:
        return
    add(f"head:{top.tag_}", top.i)
    add(f"head:{word(content, top, named)}", top.i)
    for name in scene.classes(top):
        add(f"head class:{name}", top.i, kind=True)
    who = next((c for c in top.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if who is not None:
        about = who.i in named or any(t.i in named for t in who.subtree)
        add(f"subject:{'target' if about else scene.own(who)}", who.i)


def _above(content: Content, place: coding.Place, named: frozenset[int], target: codebook.Target, add) -> None:
    """The words on the way from the target up to the head of the content, and those just below the target."""
    scene = content.scene
    root = scene.doc[place.tokens[0] : place.tokens[-1] + 1].root
    add(f"hangs:{root.dep_}", kind=True)
    below, depth = root, 0
    for token in root.ancestors:
        if not scene.inside(token) or depth == CLIMB:
            break
        denied = "not:" if scenes.negated(token) else ""
        form = word(content, token, named)
        add(f"above:{denied}{form}", token.i)
        if not depth:
            add(f"over:{denied}{form}", token.i)
            add(f"over:{below.dep_}:{form}", token.i)
        for name in scene.classes(token):
            add(f"way:{denied}{name}", token.i, kind=True)
            if not depth:
                add(f"{target.kind}|over:{below.dep_}:{denied}{name}", token.i)
        for child in token.children:
            if child.dep_ == "aux" and child.tag_ == "MD":
                add(f"way modal:{scenes.word(child)}", child.i, kind=True)
            elif child.dep_ == "mark":
                add(f"way mark:{scenes.word(child)}", child.i)
        below, depth = token, depth + 1
    add(f"depth:{min(4, depth)}")
    for child in root.children:
        if child.i not in named and scene.inside(child) and re.search(r"\w", child.text):
            add(f"below:{word(content, child, named)}", child.i)
            for name in scene.classes(child):
                add(f"{target.kind}|below:{name}", child.i)
    if place.walk is not None:
        walk = f"{place.walk.status}:{place.walk.d}"
        add(f"walk:{walk}")
        add(f"walk closed:{place.walk.closed}")
        add(f"walk worth:{place.walk.worth}")
        add(f"{target.kind}|walk:{walk}:{place.walk.closed}")
        for name in content.cue or {"none"}:
            add(f"cue and walk:{name}:{walk}")
            add(f"{target.kind}|cue and walk:{name}:{place.walk.d}")


def word(content: Content, token: Token, named: frozenset[int]) -> str:
    """A word without its ending; what names this target or another, a name and a number are told as such."""
    if token.i in named:
        return "<target>"
    if token.i in content.scene.named:
        return "<other target>"
    if token.tag_ in ("NNP", "NNPS"):
        return "<name>"
    return "<number>" if token.tag_ == "CD" else stem(scenes.word(token).strip())


@functools.lru_cache(maxsize=20_000)
def stem(form: str) -> str:
    """A word without its ending, roughly: lift, lifts, lifted and lifting give the same."""
    if len(form) > 4 and form.endswith("ies"):
        return form[:-3] + "y"
    for ending in ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= 3 and not form.endswith("ss"):
            form = form[: -len(ending)]
            if len(form) > 3 and form[-1] == form[-2] and form[-1] not in "aeioulsz":
                form = form[:-1]  # stopped: stop
            break
    return form.rstrip("e") if len(form) > 3 else form


def _sign(value: int) -> str:
    return "for" if value > 0 else "against" if value < 0 else "neither"
