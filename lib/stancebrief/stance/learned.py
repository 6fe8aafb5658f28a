"""A second reading, learned from hand-coded statements: of targets that are named and that the rules leave unread, and
of how likely the rules' own readings are.

The rules come first and stay the explanation. Where they read nothing of a target that a statement names, the label
that is likely enough is taken (rule `learned`), with the words without which it would be least likely. A reading of the
rules that is unlikely is dropped; how likely the others are becomes part of their confidence. `forests` holds what was
learned, `features` what it is asked about; tools/learn.py trains, and sets both limits by articles left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from stancebrief import codebook
from stancebrief.stance import carried, coding, contents, features, forests, scenes

RULE = "learned"
TOLD = "a second reading, learned from hand-coded statements"  # how `why` begins where no rule decided
SIGNS = {"oppose": -1, "support": 1}
WORDS = 3  # shown at most
COUNTS = 0.02  # of the chance, that a word must account for to be shown


def candidates(understood: coding.Understood, book: codebook.Codebook) -> list[str]:
    """The targets that a statement names or takes a position on, but for those that others are coded instead of."""
    if understood.content is None:
        return []
    taken = {position.target for position in understood.positions}
    named = {place.target for place in understood.places} | taken
    named -= {other for name in taken for other in book[name].instead_of}
    return [name for name in book.names if name in named]


def weighed(understood: coding.Understood, record: Mapping, book: codebook.Codebook, said: features.Said,
            forest: forests.Forest | None = None) -> list[coding.Position]:
    """The rules' positions as they stand, each with how likely the second reading finds it. Raises forests.ForestError.

    For studies that take the rules' word alone: what is said of how sure a label is should not be poorer for it.
    """
    if not understood.positions:
        return []
    cases = [features.of(understood, record, book[one.target], book, said) for one in understood.positions]
    labels = {sign: forests.CLASSES.index(label) for label, sign in SIGNS.items()}
    return [dataclasses.replace(one, chance=float(chances[labels[one.sign]])) if one.sign in labels else one
            for one, chances in zip(understood.positions, (forest or forests.read()).chances(cases), strict=True)]


def again(understood: coding.Understood, record: Mapping, book: codebook.Codebook, said: features.Said,
          forest: forests.Forest | None = None) -> list[coding.Position]:
    """A statement's positions, in the codebook's order, once it was read a second time.

    `said` tells the sides taken before. Raises forests.ForestError.
    """
    names = candidates(understood, book)
    if not names:
        return understood.positions
    forest = forest or forests.read()
    cases = [features.of(understood, record, book[name], book, said) for name in names]
    rules = {position.target: position for position in understood.positions}
    found: dict[str, coding.Position] = {}
    added: list[tuple[float, coding.Position]] = []
    for name, case, chances in zip(names, cases, forest.chances(cases), strict=True):
        likely = dict(zip(forests.CLASSES, chances.tolist(), strict=True))
        if name not in rules:
            label = max(SIGNS, key=likely.__getitem__)
            if likely[label] >= forest.accepts:
                added.append((likely[label], _read(understood, name, case, label, likely[label], forest)))
            continue
        side = next((label for label, sign in SIGNS.items() if sign == rules[name].sign), None)
        if side is None:
            found[name] = rules[name]  # neutral: too rare to be learned
        elif likely[side] >= forest.doubts:
            found[name] = dataclasses.replace(rules[name], chance=likely[side])
    for _, position in sorted(added, key=lambda one: -one[0]):
        others = {other for name in found for other in book[name].instead_of}
        if position.target not in others and not set(book[position.target].instead_of) & set(found):
            found[position.target] = position
    among = len({place.target for place in understood.places} | set(found))
    return [dataclasses.replace(found[name], among=among) for name in book.names if name in found]


def _read(understood: coding.Understood, name: str, case: features.Features, label: str, chance: float,
          forest: forests.Forest) -> coding.Position:
    """The position that a label is, with the words that decided and those that name the target."""
    content = understood.content
    assert content is not None
    decided = _words(content, case, label, chance, forest)
    shown = " ".join(f"‘{content.scene.doc[i].text.strip()}’" for i in decided)
    named = {i for place in understood.places if place.target == name for i in place.tokens}
    why = f"{TOLD}: {shown}" if shown else f"{TOLD}, from how the target is named"
    return carried.Position(name, SIGNS[label], RULE, why, contents.spans(content, frozenset(named | set(decided))),
                            chance=chance)


def _words(content: contents.Content, case: features.Features, label: str, chance: float,
           forest: forests.Forest) -> Sequence[int]:
    """The tokens without which the label would be least likely, in text order; none that only serve the grammar."""
    doc = content.scene.doc
    tokens = sorted({i for held in case.values() for i in held
                     if doc[i].dep_ == "neg"
                     or (doc[i].tag_[0] in "NVJRM" and scenes.word(doc[i]) not in scenes.BEING)})
    if not tokens:
        return []
    without = [[name for name, held in case.items() if held != frozenset({i})] for i in tokens]
    lost = chance - forest.chances(without)[:, forests.CLASSES.index(label)]
    most = np.argsort(-lost, kind="stable")[:WORDS]
    return sorted(tokens[at] for at in most if lost[at] >= COUNTS)
