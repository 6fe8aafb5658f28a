"""Words of a content that point back to something: "the step", "such pressure", "it"; and what is said of a content's
subject that stands outside it ("the step, which he said | would be reckless").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.tokens import Token

from stancebrief import countries
from stancebrief.stance import contents, scenes, valence
from stancebrief.stance.contents import Content
from stancebrief.statements import vocabulary

DETERMINERS = vocabulary.of("pointing_determiner")
SINGULAR, PLURAL = vocabulary.of("pronoun_singular"), vocabulary.of("pronoun_plural")
TAKEN = valence.verbs("taking_a_step")
PLAIN = vocabulary.of("plain_adjective")
BODIES = vocabulary.of("deciding_body")
BESIDE = {"as", "after", "before", "at", "during", "since", "despite"}  # what follows is no part of the name
FILLED = scenes.LINKING | valence.forms("take")  # "it is time to", "it takes courage to"


def points(content: Content, noun: Token, headline: bool) -> bool:
    """Whether a noun points back to something: "the step", "such measures", "Seoul's decision"; not "the test of …"."""
    if noun.dep_ in ("compound", "amod", "nmod", "poss"):
        return False
    pointing = noun.dep_ in ("nsubj", "nsubjpass") and headline  # which leaves "the" out
    for child in noun.children:
        if child.dep_ in ("det", "poss", "predet", "amod") and valence.lower(child.text) in DETERMINERS:
            pointing = True
        elif child.dep_ == "poss":
            pointing = True
        elif child.dep_ == "amod" and not _plain(content, child):
            return False
        elif child.dep_ == "acl" and child.tag_ == "VBN" and valence.lower(child.text) in TAKEN:
            continue  # "the decision, made last July": whose or when, not what
        elif child.dep_ in ("compound", "nmod", "nummod", "appos", "acl", "relcl"):
            return False  # it says itself what it is
        elif child.dep_ == "prep":
            below = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
            if valence.lower(child.text) not in BESIDE and not (
                valence.lower(child.text) in ("of", "by") and all(_is_council(content, c) for c in below)
            ):
                return False
    return pointing


def _plain(content: Content, adjective: Token) -> bool:
    """Whether an adjective leaves the noun what it is: "the latest step", "the reckless move", "the American vote"."""
    classes = content.scene.classes(adjective)
    return (
        valence.lower(adjective.text) in PLAIN
        or bool(classes & {"bad", "good", "harm", "ill"})
        or bool(contents.codes(content, adjective))
    )


def _is_council(content: Content, token: Token) -> bool:
    """Whether a word names a body: "the decision of the council" says not what was decided."""
    return "UN" in contents.codes(content, token) or valence.lower(token.text) in BODIES


def owners(noun: Token) -> set[str]:
    """The countries that the words before the noun name: "the American vote", "Seoul's decision"."""
    out: set[str] = set()
    for child in noun.children:
        if child.dep_ in ("poss", "amod"):
            out |= {m.iso3 for m in countries.find(child.text) if m.iso3.isalpha() and len(m.iso3) == 3}
    return out


def said_of(content: Content, token: Token) -> Token:
    """The word of the sentence from which the content is read: the pronoun of "the step, which | would be reckless"."""
    top = content.top
    beside = [c for c in top.children if c.dep_ in ("nsubj", "nsubjpass")] if top is not None else []
    return next((c for c in beside if not content.scene.inside(c) and c.tag_ in ("WDT", "WP")), token)


def labels(content: Content) -> Token | None:
    """The verb outside the content that says what its object is: "called it | a mistake", "described it as | …"."""
    top = content.top
    if top is None or "label" not in content.cue or top.dep_ in ("nsubj", "nsubjpass") or scenes.has_subject(top):
        return None
    verb = top.head.head if top.dep_ == "pobj" and valence.lower(top.head.text) == "as" else top.head
    return verb if not content.scene.inside(verb) and verb.i in contents.cue_tokens(content) else None


def left_out(content: Content) -> list[Token]:
    """What a content is said of where that stands before it: "the step | was overdue", "called it | a mistake"."""
    top, scene = content.top, content.scene
    if top is None:
        return []
    beside = [c for c in top.children if c.dep_ in ("nsubj", "nsubjpass")]
    verb = labels(content)
    if verb is not None:
        beside = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    out = []
    for child in beside:
        if child.tag_ in ("WDT", "WP"):  # "the step, which he said | would be reckless"
            up = next((t for t in (child.head, *child.head.ancestors) if t.dep_ == "relcl"), None)
            child = up.head if up is not None else child
        if not scene.inside(child) and child.i < scene.lo:
            out.append(child)
    return out


def rivals(content: Content, noun: Token, pronoun: Token) -> bool:
    """Whether a noun before a pronoun may be what it stands for."""
    if noun.tag_[0] != "N" or content.scene.own(noun) is True or content.scene.senses[noun.i] is not None:
        return False
    plural = noun.tag_ in ("NNS", "NNPS")
    return valence.lower(pronoun.text) in ("this", "that") or plural == (valence.lower(pronoun.text) in PLURAL)


def is_source(word: str, record: Mapping) -> bool:
    """Whether "it" or "they" may be the source itself: a government, a body, officials; not a person."""
    written = str(record.get("speaker_as_written") or record["speaker"]).strip()
    if word in ("they", "them"):
        return written.lower().endswith("s") or " and " in written
    return word == "it" and (
        bool(countries.find(written)) or not re.fullmatch(r"(?:[A-Z][\w.’'-]+\s*){1,4}", written)
    )


def is_empty(token: Token) -> bool:
    """ "it" that stands for a clause after it: "it is time to talk", "it is wrong that …"."""
    verb = token.head
    if valence.lower(token.text) != "it" or scenes.word(verb) not in FILLED:
        return False
    said = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd", "npadvmod")]
    return any(
        t.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "acl", "relcl")
        for c in (verb, *said)
        for t in c.children
        if said and t.i > verb.i
    )
