"""Pronouns that stand for a government whose conduct is a target: "The Americans left. They have offered nothing."

A pronoun stands for the government that is the last subject of what the same source said just before, in the same
paragraph; another noun as the last subject decides nothing. And verbs that stand for an act, where an article tells of
it by what was done ("accused them of blocking the sanctions").
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from spacy.tokens import Span, Token

from stancebrief import codebook, countries
from stancebrief.stance import anaphors, antecedents, contents, deeds, judgements, scenes, targets, valence
from stancebrief.stance.contents import Content

BLOCKING = valence.verbs("blocking")
PLURAL = {"they"}
SINGULAR = {"it"}
PERSONS = {"he", "she"}


@dataclasses.dataclass(frozen=True)
class Named:
    """A government named before: by which words, whether of plural form, whether by a person."""

    country: str
    words: str
    plural: bool
    person: bool


Found = tuple[Token, str, str]  # the pronoun, the target, the words it stands for


def pronouns(
    content: Content, record: Mapping, book: codebook.Codebook, known: Mapping[str, str], field: antecedents.Field
) -> list[Found]:
    """The subjects of the content that stand for a government named before, each with its target and that name."""
    conduct = {code: target.name for target in book.targets if target.kind == "conduct" for code in target.whose}
    out: list[Found] = []
    for token in content.tokens if conduct else ():
        word = valence.lower(token.text)
        if token.dep_ not in ("nsubj", "nsubjpass") or token.tag_ != "PRP" or word not in PLURAL | SINGULAR | PERSONS:
            continue
        if content.scene.own(token) is True or _is_empty(token) or _is_taken(content, token):
            continue
        named = _before(content, token, record, known, field)
        if named is None:
            continue
        fits = word in (PLURAL if named.plural else PERSONS if named.person else SINGULAR)
        if fits and named.country in conduct:
            out.append((token, conduct[named.country], named.words))
    return out


def _is_empty(token: Token) -> bool:
    """Whether "it" stands for nothing: "it is time to talk", "it rains"."""
    return scenes.impersonal(token.head, token) or (
        valence.lower(token.text) == "it" and scenes.word(token.head) in scenes.LINKING
    )


def _is_taken(content: Content, token: Token) -> bool:
    """Whether the sentence names, before the pronoun, something else that it may stand for."""
    return any(
        t.tag_[0] == "N" and t.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "ROOT") and not t.ent_type_ == "DATE"
        for t in content.scene.doc[max(content.scene.lo, token.sent.start) : token.i]
    )


def _before(
    content: Content, token: Token, record: Mapping, known: Mapping[str, str], field: antecedents.Field
) -> Named | None:
    """What the same source spoke of last, in the sentence before or in what it said before; None: unclear."""
    doc = content.scene.doc
    earlier = [t for t in doc[content.scene.lo : token.sent.start]]
    last = field.said.get((str(record["speaker"]), str(record["countries"])))
    if not earlier and last is not None and last[0] >= content.offset and record["kind"] == "direct":
        earlier = [t for t in doc if last[0] <= content.offset + t.idx < last[1]]
    return _subject(earlier, known)


def _subject(tokens: list[Token], known: Mapping[str, str]) -> Named | None:
    """The last subject among the tokens of some sentences, where it is a government or stands for one."""
    last = next((t for t in reversed(tokens) if t.dep_ in ("nsubj", "nsubjpass") and t.tag_[0] == "N"), None)
    if last is None:
        return None
    named = [m for m in countries.find(last.doc[last.left_edge.i : last.i + 1].text) if m.iso3.isalpha()]
    codes = {m.iso3 for m in named}
    both = [c for c in last.children if c.dep_ == "conj"]
    if len(codes) == 1:
        plural = bool(both) or (last.tag_ == "NNPS" and last.text not in ("States", "Nations"))
        return Named(codes.pop(), " and ".join([named[-1].surface, *(t.text for t in both[:1])]), plural, False)
    return Named(known[last.text], last.text, False, True) if last.text in known else None


def _is_own(content: Content, record: Mapping, token: Token) -> bool:
    """Whether "it" is the source's government: the source is no person, or the government was named just before."""
    if anaphors.is_source("it", record):
        return True
    before = content.scene.doc[token.sent.start : token.i].text
    return any(m.iso3 in content.by for m in countries.find(before)) or "administration" in before.lower()


def own(content: Content, record: Mapping, book: codebook.Codebook) -> tuple[str, int, str, frozenset[int]] | None:
    """(target, sign, why, tokens) of what a source says that its own side did: "we have done nothing"."""
    mine = next((t for t in book.targets if t.kind == "conduct" and set(t.whose) & set(content.by)), None)
    if mine is None or targets.off_topic(mine, content.text):
        return None
    for verb in content.tokens:
        who = next((c for c in verb.children if c.dep_ == "nsubj"), None) if verb.tag_[0] == "V" else None
        if who is None or content.scene.own(who) is not True or valence.lower(who.text) in ("i", "he", "she"):
            continue
        if valence.lower(who.text) == "it" and not _is_own(content, record, who):
            continue
        sign, words = deeds.of(content.scene, verb, who)
        if sign > 0 and judgements.backs_another(content.scene, verb):
            continue
        if sign and judgements.environment(content.scene, verb)[0] > 0:
            told_as = "speaks well of its own course" if sign > 0 else "finds fault with its own course"
            at = {i for w in words for i in (content.scene.senses[w.i].tokens if content.scene.senses[w.i] else (w.i,))}
            return mine.name, sign, f"{told_as}: {scenes.text(content.scene, *words)}", frozenset(at | {who.i})
    return None


def told(
    content: Content, mentions: list[targets.Mention], book: codebook.Codebook, field: antecedents.Field
) -> list[targets.Mention]:
    """Acts told by what their doers did to another target: the verbs, where the article names the act elsewhere."""
    named = {mention.target for mention in mentions}
    out: list[targets.Mention] = []
    for target in book.targets:
        if target.kind != "act" or not target.whose or not target.instead_of or target.name in named:
            continue
        if not any(m.target == target.name and not m.weak for m in field.mentions):
            continue
        for mention in mentions:
            if mention.target not in target.instead_of or book[mention.target].kind == "conduct" or mention.against:
                continue
            span = content.scene.doc.char_span(
                mention.start - content.offset, mention.end - content.offset, alignment_mode="expand"
            )
            verb = _blocks(content, span, set(target.whose)) if span is not None else None
            if verb is not None:
                start = content.offset + verb.idx
                out.append(targets.Mention(target.name, start, start + len(verb)))
                break
    return out


def _blocks(content: Content, span: Span, whose: set[str]) -> Token | None:
    """The verb by which one of those governments is told to have blocked what the span names."""
    noun = span.root
    while noun.dep_ in ("compound", "amod", "nmod", "conj") and content.scene.inside(noun.head):
        noun = noun.head
    if noun.dep_ == "pobj" and scenes.word(noun.head) in ("of", "on", "to") and noun.head.head.dep_ == "dobj":
        noun = noun.head.head  # "blocking a round of sanctions"
    verb = noun.head
    if noun.dep_ != "dobj" or not content.scene.inside(verb) or scenes.word(verb) not in BLOCKING:
        return None
    if scenes.negated(verb) or any(c.tag_ == "MD" for c in scenes.auxiliaries(verb)):
        return None
    who = scenes.subject(verb) if verb.dep_ != "pcomp" else None
    who = who or contents.blamed(content)
    if who is None:
        return None
    doers = contents.powers(content, who) | ({*content.by} if content.scene.own(who) is True else set())
    return verb if doers & whose else None
