"""Positions on what a content does not name: a claim denied, one's own course, a target of the sentence before."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from spacy.tokens import Token

from stancebrief import codebook, countries
from stancebrief.stance import contents, judgements, scenes, targets, valence
from stancebrief.stance.contents import Content
from stancebrief.statements import vocabulary

CLAIMS = vocabulary.of("claim")
REPROACHES = vocabulary.of("reproach")
COURSE = vocabulary.of("own_course")
EXCHANGES = sorted(vocabulary.of("exchange"), key=len, reverse=True)
NEAR = 600  # characters between a claim and its denial


@dataclasses.dataclass(frozen=True)
class Position:
    """One target's reading in one statement; spans count into the article's text."""

    target: str
    sign: int
    rule: str
    why: str
    spans: tuple[tuple[int, int], ...]
    among: int = 1  # targets that the statement names: the more, the likelier that one is only mentioned
    chance: float | None = None  # of being right, by the second reading; None: not read a second time


def beside(
    content: Content,
    record: Mapping,
    text: str,
    book: codebook.Codebook,
    mentions: list[targets.Mention],
    found: Mapping[str, Position],
    before: tuple[Mapping, list[Position]] | None,
) -> list[Position]:
    """Positions on what the content does not name: a claim denied, one's own course, a target carried over."""
    out: list[Position] = []
    cue, top = content.cue, content.top
    mine = [t for t in book.targets if t.kind == "conduct" and set(t.whose) & set(content.by)]
    if top is None:
        return out
    head_words = {valence.lower(t.text) for t in content.tokens if t.dep_ != "pobj"}
    if "deny" in cue and not found:
        out += _denial(content, record, mine[0] if mine else None, mentions, before)
    if mine and "for" in cue and not cue & {"say"} and not found and not mentions and head_words & COURSE:
        out.append(
            Position(
                mine[0].name,
                1,
                "course",
                f"speaks for its own course: ‘{content.cue_words}’",
                contents.spans(content, contents.cue_tokens(content) | {top.i}),
            )
        )
    if mine and mine[0].name not in found and top.tag_[0] in "VM":
        out += _own_course(content, mine[0]) or _own_effort(content, mine[0], found, book)
    if before and before[1] and follows(record, before):
        out += _duty_carried(content, before[1], book, found)
        if not mentions:
            out += _carried(content, before[1], book)
    return out


def _denial(
    content: Content,
    record: Mapping,
    mine: codebook.Target | None,
    mentions: list[targets.Mention],
    before: tuple[Mapping, list[Position]] | None,
) -> list[Position]:
    """A claim denied: the one made just before by somebody else ("rejected the criticism"), or one against oneself."""
    scene, top = content.scene, content.top
    assert top is not None
    head_words = {valence.lower(t.text) for t in content.tokens if t.dep_ != "pobj"}

    def denied(target: str, sign: int, why: str) -> list[Position]:
        words = contents.spans(content, contents.cue_tokens(content) | {top.i})
        return [Position(target, sign, "denial", f"{why}: ‘{content.cue_words}’", words)]

    back = valence.lower(top.text) in CLAIMS | REPROACHES and not any(not m.actor for m in mentions)
    itself = ("prep", "acl", "relcl", "ccomp", "poss")
    back = back and not any(c.dep_ in itself and scene.inside(c) for c in top.children)
    if back and before and 0 <= record["start"] - before[0]["end"] < NEAR and not follows(record, before):
        blamed = {p.target: p for p in before[1] if p.sign}
        blamed = {mine.name: blamed[mine.name]} if mine and mine.name in blamed else blamed  # what was said of itself
        if len(blamed) == 1:
            said = next(iter(blamed.values()))
            return denied(said.target, -said.sign, "rejects what was said just before")
        own = [int(record.get(name, -1)) for name in ("start", "cue_start", "speaker_start")]
        told = content.text[: min(at for at in own if at >= content.offset) - content.offset]
        if blamed or not {m.iso3 for m in countries.find(told)} & set(content.by):
            return []  # what was denied is not known
    if mine and (
        head_words & CLAIMS
        or judgements.worth(scene, top)[0] < 0
        or (top.tag_[0] in "V" and judgements.predicate(scene, top)[0] < 0)
        or (_of_itself(content, top) and not targets.off_topic(mine, str(record["content"])))
    ):
        return denied(mine.name, 1, "denies a claim against it")
    return []


def _of_itself(content: Content, top: Token) -> bool:
    """Whether a clause tells what the source itself did: "denied | it had let its ships do so"."""
    who = next((c for c in top.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    past = top.tag_ in ("VBD", "VBN", "VBG") or scenes.word(top) in scenes.BEING
    return who is not None and past and content.scene.own(who) is True and who.tag_ in ("PRP", "NNP", "NNPS", "NN")


def bargained(content: Content, book: codebook.Codebook, found: dict[str, Position]) -> dict[str, Position]:
    """The positions where one thing is offered or asked for another ("in exchange for"): less of a measure is weighed,
    not taken, and the bargain itself is wanted.
    """
    wished = [p for p in found.values() if p.sign <= 0 and p.rule in ("asked", "intended", "ready", "weighed")]
    less = [p for p in wished if book[p.target].kind in ("measure", "act")]
    process = next((t for t in book.targets if t.kind == "process"), None)
    if not less or process is None:
        return found
    words = " ".join(valence.lower(t.text) for t in content.tokens)
    mark = next((m for m in EXCHANGES if m in words), "")
    if not mark and not _condition(content):
        return found
    eased = [p for p in less if book[p.target].kind == "measure" and not book[p.target].whose]
    if not mark and not eased:
        return found
    out = dict(found)
    for position in eased:
        out[position.target] = dataclasses.replace(
            position, sign=0, rule="weighed", why=f"makes it part of a bargain: {position.why}"
        )
    if process.name not in out or out[process.name].sign < 0:
        out[process.name] = Position(
            process.name, 1, "weighed", f"offers or asks for a bargain: {less[0].why}", less[0].spans
        )
    return out


def _condition(content: Content) -> bool:
    """Whether the content makes what it says depend on something: "if", "once", "as soon as", "provided"."""
    for token in content.tokens:
        if token.dep_ == "advcl" and token.tag_[0] in "VMJN":
            marks = {valence.lower(c.text) for c in token.children if c.dep_ in ("mark", "advmod")}
            if marks & {"if", "once", "provided", "when"} or {"soon"} & marks:
                return True
    return False


def _own_course(content: Content, target: codebook.Target) -> list[Position]:
    """One's own government's course praised or defended in the first person."""
    scene = content.scene
    for verb in content.tokens:
        if verb.tag_[0] not in "VM":
            continue
        who = scenes.subject(verb)
        if who is None or scene.own(who) is not True or valence.lower(who.text) in ("i", "he", "she"):
            continue
        if judgements.backs_another(scene, verb):
            continue
        sign, words = judgements.predicate(scene, verb)
        above, _ = judgements.environment(scene, verb)
        helps = any(
            scene.part(w) == "v" and "help" in scene.classes(w) for w in (*words, *verb.subtree) if scene.inside(w)
        )
        helps = helps or any(c.dep_ == "poss" and valence.lower(c.text) == "our" for c in who.children)
        if sign > 0 and above > 0 and helps:
            tokens = frozenset(i for w in words for i in (scene.senses[w.i].tokens if scene.senses[w.i] else (w.i,)))
            return [
                Position(
                    target.name,
                    1,
                    "course",
                    f"speaks well of its own course: {scenes.text(scene, *words)}",
                    contents.spans(content, tokens | {who.i}),
                )
            ]
    return []


def _own_effort(
    content: Content, target: codebook.Target, found: Mapping[str, Position], book: codebook.Codebook
) -> list[Position]:
    """One's own government has tried, offered, reached out: it is not to blame that talks have not come about."""
    if not any(p.sign > 0 and book[name].kind == "process" for name, p in found.items()):
        return []
    for verb in content.tokens:
        if verb.tag_ in ("VBD", "VBN") and content.scene.classes(verb) & {"intend"} and content.scene.part(verb) == "v":
            who = scenes.subject(verb)
            if who is not None and content.scene.own(who) is True and not scenes.negated(verb):
                return [
                    Position(
                        target.name,
                        1,
                        "course",
                        f"speaks of its own effort: ‘{verb.text}’",
                        contents.spans(content, frozenset({who.i, verb.i})),
                    )
                ]
    return []


def _duty_carried(
    content: Content, before: list[Position], book: codebook.Codebook, found: Mapping[str, Position]
) -> list[Position]:
    """ "The key is to act", said just after a government was found wanting, is said of that government."""
    top = content.top
    asked = next((p for p in before if book[p.target].kind == "conduct" and p.rule == "asked"), None)
    if asked is None or top is None or valence.lower(top.text) not in scenes.LINKING or asked.target in found:
        return []
    who = next((c for c in top.children if c.dep_ == "nsubj" and c.i >= content.scene.lo), None)
    if who is None or not any(c.dep_ == "xcomp" and scenes.infinitive(c) for c in top.children):
        return []
    act = next(c for c in top.children if c.dep_ == "xcomp" and scenes.infinitive(c))
    return [
        Position(
            asked.target,
            asked.sign,
            "carried",
            f"says what the one spoken of just before has to do: ‘{act.text}’",
            contents.spans(content, frozenset({who.i, top.i, act.i})),
        )
    ]


def _carried(content: Content, before: list[Position], book: codebook.Codebook) -> list[Position]:
    """What a quotation that was broken off goes on to say is said of what it spoke of: "The test," he said, "is mad".

    A new sentence with a subject of its own ("it", "that") is read by `antecedents` or not at all.
    """
    scene, top = content.scene, content.top
    assert top is not None
    if top.tag_[0] not in "VM" or not scenes.finite(top):
        return []
    if any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") and scene.inside(c) for c in top.children):
        return []
    sign, words = judgements.predicate(scene, top)
    if not sign or judgements.environment(scene, top)[0] <= 0:
        return []
    if not words or scene.part(words[-1]) not in ("a", "n"):
        return []
    main = next(
        (p for p in before if p.sign == sign), None
    )  # a source that turns round within a breath is a misreading
    if main is None:
        return []
    tokens = frozenset(i for w in words for i in (scene.senses[w.i].tokens if scene.senses[w.i] else (w.i,)))
    return [
        Position(
            main.target,
            sign,
            "carried",
            f"said of what was spoken of just before: {scenes.text(scene, *words)}",
            contents.spans(content, tokens),
        )
    ]


def follows(record: Mapping, before: tuple[Mapping, list[Position]] | None) -> bool:
    """Whether a statement goes on where the one before ended: same source, same or next paragraph."""
    return (
        before is not None
        and record["speaker"] == before[0]["speaker"]
        and record["countries"] == before[0]["countries"]
        and 0 <= record["start"] - before[0]["end"] < 400
    )
