"""What a learned reading knows of where a target stands: how long the content is, where in it the target is named, what
the content turns on ("if", "but", a number), and how much of the article is about the target.

A name such as `rank:below` (another target stands nearer to the head of the content) with the tokens that it rests on:
see `features`. None holds a name or the words that name a target.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Token

from stancebrief import codebook
from stancebrief.stance import antecedents, coding, scenes
from stancebrief.stance.contents import Content
from stancebrief.statements import vocabulary

TURNS = vocabulary.of("turns_a_sentence")
LENGTHS = (4, 8, 14, 22, 32)    # words of a content: how many of these it passes
NAMED = (0, 1, 3, 6)            # times that the article names the target
SHARES = (0.0, 0.2, 0.4, 0.7)   # of all that the article names
FINITE = ("VBD", "VBZ", "VBP", "MD")

Add = Callable[..., None]  # add(name, *tokens, kind=False), as in `features.of`


def inside(content: Content, add: Add, headline: bool) -> None:
    """How long the content is, and what it turns on."""
    add(f"length:{_passed(len(content.tokens), LENGTHS)}")
    add(f"clauses:{min(4, sum(token.tag_ in FINITE for token in content.tokens))}")
    add(f"headline:{headline}", kind=True)
    for token in content.tokens:
        if scenes.word(token).strip() in TURNS:
            add(f"holds:{scenes.word(token).strip()}", token.i)
        elif token.tag_ == "CD":
            add("holds:<number>", token.i, kind=True)
    if any(token.text.strip() == '"' for token in content.tokens):
        add("holds:<quotation>")


def placed(content: Content, places: Sequence[coding.Place], others: Sequence[coding.Place], add: Add) -> None:
    """Where in the content the target is named, and where beside other targets."""
    starts = [min(place.tokens) for place in places if place.tokens]
    if not starts:
        add("at:nowhere", kind=True)
        return
    first, lo = min(starts), content.scene.lo
    share = (first - lo) / max(1, content.scene.hi - lo)
    add("at:" + ("before" if first < lo else "head" if first <= lo + 1 else f"third {1 + int(3 * min(share, 0.99))}"),
        kind=True)
    beside = [place for place in others if place.tokens]
    if not beside:
        return
    if any(place.sign for place in beside):
        add("another is read", kind=True)
    at = [min(place.tokens) for place in beside]
    add("order:" + ("first" if first < min(at) else "last" if first > max(at) else "between"), kind=True)
    mine, theirs = (min(_depth(content, place) for place in some)
                    for some in ([place for place in places if place.tokens], beside))
    add("rank:" + ("above" if mine < theirs else "level" if mine == theirs else "below"), kind=True)


def around(target: codebook.Target, field: antecedents.Field | None, add: Add) -> None:
    """How much of the article is about the target; None: the article is not at hand."""
    if field is None:
        return
    counts = field.counts
    total, own = sum(counts.values()), counts.get(target.name, 0)
    add(f"article names it:{_passed(own, NAMED)}", kind=True)
    if total:
        add(f"share of the article:{_passed(own / total, SHARES)}", kind=True)
        add(f"most of the article:{own == max(counts.values())}", kind=True)
    add(f"in the lead:{target.name in field.led[0]}", kind=True)
    add(f"in the headline:{target.name in field.led[1]}", kind=True)


def _depth(content: Content, place: coding.Place) -> int:
    """How far below the head of its sentence a target is named."""
    token: Token = content.scene.doc[place.tokens[0] : place.tokens[-1] + 1].root
    return sum(1 for _ in token.ancestors)


def _passed(value: float, limits: Sequence[float]) -> int:
    return sum(value > limit for limit in limits)
