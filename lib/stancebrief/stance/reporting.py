"""What the reporting word adds: "condemned the test", "called for sanctions to be lifted", "denied that it failed"."""

from __future__ import annotations

import dataclasses

from stancebrief import codebook
from stancebrief.stance import connotations, contents, judgements, rebuffs, scenes, valence
from stancebrief.stance.contents import Content
from stancebrief.stance.scenes import Reading, Walk

ASSERTED = ("asked", "judged", "harmed", "intended", "ready")  # readings of what is said, not of what is wondered


def _names_another(content: Content, span) -> bool:
    """Whether the government's name only says whose somebody is: "the American envoy to keep quiet"."""
    head = span.root.head
    return (
        span.root.dep_ in ("compound", "amod", "poss", "nmod")
        and content.scene.inside(head)
        and "conduct" not in content.scene.classes(head)
        and head.tag_[0] == "N"
    )


def _aside(content: Content, span) -> bool:
    """Whether the words stand in a clause about something else: "the drills that American troops began"."""
    scene = content.scene
    return any(
        token.dep_ in ("relcl", "advcl") and scene.inside(token.head) for token in (span.root, *span.root.ancestors)
        if scene.inside(token)
    )


def _object_of_reproach(content: Content, span) -> str:
    """Where the target stands in what is reproached: "over" (what for), "as" (what it is called), "" (elsewhere)."""
    for token in (span.root, *span.root.ancestors):
        if not content.scene.inside(token):
            break
        if token.dep_ == "prep" and scenes.word(token) == "as":
            return "as"
        if (token.dep_ == "prep" and not content.scene.inside(token.head.head)) or token.head == content.top:
            if token.dep_ == "prep" and scenes.word(token) in ("over", "for", "about", "at"):
                return "over"
            if token.dep_ == "prep" and scenes.word(token) == "of":
                doing = [c for c in token.children if c.dep_ == "pcomp"]
                at = span.root
                while at.dep_ in ("compound", "amod", "conj") and content.scene.inside(at.head):
                    at = at.head
                harmless = doing and not content.scene.classes(doing[0]) & {"harm", "lower", "refuse", "bad", "against"}
                return "of" if harmless and at.head == doing[0] and at.dep_ == "dobj" else ""
    return ""


def _means(content: Content, span, target: codebook.Target) -> bool:
    """Whether a reproach names the target as what its doer did it with: "accused X of mocking us with its tests"."""
    blamed = contents.blamed(content)
    if target.kind != "act" or blamed is None or contents.others(content, span, target):
        return False
    return any(
        up.dep_ == "prep" and scenes.word(up) in ("with", "by", "through") and up.head.tag_[0] == "V"
        for up in span.root.ancestors
        if content.scene.inside(up) and content.scene.inside(up.head)
    )


def _addressed(content: Content, span) -> bool:
    """Whether the target's name only says who is asked to do something: "asked | the sanctions committee to act"."""
    top, whom = content.top, span.root
    while whom.dep_ in ("compound", "amod", "nmod") and content.scene.inside(whom.head):
        whom = whom.head
    if whom.dep_ in ("dobj", "pobj", "dative") and not content.scene.inside(whom.head):
        for token in (t for t in content.tokens if t.i > whom.i and t.head in (whom, whom.head, whom.head.head)):
            done = any(c.dep_ == "auxpass" for c in token.children)  # "called for | sanctions to be eased"
            if token.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl") and scenes.infinitive(token) and not done:
                return True
            if whom.dep_ == "dobj" and token.dep_ == "prep" and scenes.word(token) == "for" and token.head != whom:
                return True
    return any(c.dep_ == "nsubj" and (c == whom or c.is_ancestor(whom)) for c in top.children)


def _told_to(content: Content, span) -> bool:
    """Whether the government named first is asked to do what follows: "requested | Beijing use its seat well"."""
    top = content.top
    if top is None or "ask" not in content.cue or content.cue & {"against", "deny", "refuse"}:
        return False
    bare = top.tag_ == "VB" or (top.tag_ == "VBP" and scenes.subjunctive(top))
    bare = bare and not any(c.tag_ == "MD" for c in scenes.auxiliaries(top))
    return bare and any(c.dep_ == "nsubj" and span.start <= c.i < span.end for c in top.children)


def _toward(scene: scenes.Scene, sign: int, words: list, walk: Walk) -> int:
    """A judgement as a side taken; harm done to what forbids the target ("breaches of the ban") is against it."""
    harmed = walk.d < 0 and all("harm" in scene.classes(word) for word in words)
    return sign if harmed else sign * walk.d


def weigh(content: Content, reading: Reading | None, walk: Walk, span, target: codebook.Target) -> Reading | None:
    """The reading once the reporting word is taken into account."""
    cue = content.cue
    conduct = target.kind == "conduct"
    scene = content.scene
    own = scene.own(span.root) is True if conduct else False
    if rebuffs.threatened(content, target) or rebuffs.shrugged_off(content, target):
        return None
    if reading is not None:
        if rebuffs.of_a_claim(content, reading) and not conduct:
            return None
        if conduct and reading.rule == "asked" and reading.sign < 0 and rebuffs.of_both(content, span, target):
            return None
        if rebuffs.regretted(content, reading, target):
            return dataclasses.replace(reading, sign=1, rule="harmed", why=f"regrets it: {reading.why}")
        if rebuffs.named_so(content, reading, span):
            return dataclasses.replace(reading, why=f"{reading.why}, and {content.cue_words} it")
        if reading.rule in ASSERTED and contents.opens_a_question(content):
            return None  # "asked how a regime … could be short of rice"
        if reading.sign < 0 and reading.rule in ("judged", "harmed") and target.kind == "act" and scene.mine:
            if target.whose and ("warn" in cue or {"intend", "harm"} <= cue):
                return None  # a threat of one's own is told as one tells it
        if conduct and not own and reading.rule == "judged" and reading.sign > 0 and _told_to(content, span):
            return dataclasses.replace(reading, sign=-1, rule="asked", why=f"is asked to act: ‘{content.cue_words}’")
        if "deny" in cue and reading.rule in ("judged", "harmed") and not cue & {"against"}:
            if rebuffs.besides(content, reading):
                return reading
            if reading.rule == "harmed" and not conduct:
                return None  # who denies a breach says nothing on what is breached
            return dataclasses.replace(reading, sign=-reading.sign, why=f"{reading.why}, but {content.cue_words} it")
        if "deny" in cue and not cue & {"against", "say"} and contents.is_clause(content):
            if reading.rule in rebuffs.WANTED:
                return None  # what is denied is not what the source wants
        if conduct and own and reading.sign < 0 and reading.rule == "asked":
            return None
        if "against" in cue and reading.rule == "stand" and not contents.is_clause(content):
            if _means(content, span, target):
                why = f"blames its doer, who did so with it: ‘{content.cue_words}’"
                return dataclasses.replace(reading, sign=-1 if walk.d > 0 else 1, rule="cue", why=why)
        another = target.kind == "act" and contents.others(content, span, target)
        if another and "against" in cue and reading.rule == "stand":
            return None  # "accused X of shrugging off the test" is no praise of it
        if (
            "against" in cue and reading.rule == "stand" and not contents.is_clause(content)
        ):  # "criticised X for opposing it"
            return dataclasses.replace(
                reading, sign=-reading.sign, why=f"{reading.why}, and {content.cue_words} for that"
            )
        if "against" in cue and reading.rule == "refused":  # "accused X of failing to enforce it"
            return dataclasses.replace(reading, sign=-reading.sign, why=f"complains of it: ‘{content.cue_words}’")
        return reading
    top = content.top
    clause = contents.is_clause(content)
    if contents.background(content, span):
        return None
    regrets = [t for t in content.tokens if "regret" in scene.classes(t)]
    if (
        regrets
        and target.kind == "process"
        and any(scenes.negated(t) or scene.classes(t) & {"refuse", "harm"} for t in content.tokens if t.tag_[0] in "VM")
    ):
        return Reading(
            1, "harmed", f"regrets that it is not to be: ‘{regrets[0].text}’", frozenset(walk.tokens) | {regrets[0].i}
        )
    if (
        walk.status == scenes.BLOCKED
        and not (cue & {"against", "for"} and not clause and walk.closed != "condition")
        and not ("warn" in cue and target.kind == "act" and walk.closed != "condition")
        and not rebuffs.feared(content, walk, target)
    ):
        return None
    if conduct and walk.status == scenes.BLOCKED and walk.closed == "other" and "for" in cue:
        return None  # "defended the veto of a US-drafted text"
    tokens = frozenset(walk.tokens)
    if cue & {"against", "for"} and not clause and target.kind == "act" and contents.others(content, span, target):
        return None  # "blamed the president for ignoring the programme": it is not the president's
    over = _object_of_reproach(content, span) if cue & {"against"} and not clause else ""
    if over == "as" and not conduct:
        return None  # "criticised the offer as a prize for the test"

    def decided(sign: int, why: str, rule: str = "cue") -> Reading:
        return Reading(sign, rule, f"{why}: ‘{content.cue_words}’", tokens | contents.cue_tokens(content))

    finite = top is not None and scenes.has_subject(top) and scenes.finite(top)
    infinitive = not finite and top is not None and (
        scenes.infinitive(top)
        or any(t.tag_ == "VB" and t.i >= scene.lo for t in top.children if t.dep_ in ("xcomp", "ccomp"))
    )
    if conduct and own and "deny" in cue and not cue & {"say"} and clause and span.root.dep_ in ("nsubj", "nsubjpass"):
        return decided(1, "denies a claim against it", "denial")
    if conduct and own and not (cue & {"against"} and walk.status == "bare"):
        if cue & {"for"} and not cue & {"raise"} and walk.status == "bare":
            return decided(1, "speaks for it")
        sign, words = connotations.whole(content, span)
        return (
            Reading(
                1,
                "course",
                f"speaks well of its own course: {scenes.text(scene, *words[:2])}",
                tokens | {i for w in words for i in scene.senses[w.i].tokens},
            )
            if sign > 0 and len(words) > 1 and not judgements.backs_another(scene, words[0])
            else None
        )
    bare = top is not None and (top.tag_ == "VB" or (top.tag_ == "VBG" and not clause))
    bare = bare or (top is not None and top.tag_ == "VBP" and scenes.subjunctive(top))
    asks = "ask" in cue and not finite and (not cue & {"say"} or infinitive or bare)
    told = top is not None and top.tag_ == "VB" and scenes.has_subject(top) and scenes.moods(top) == {"TO"}
    asks = asks or (told and bool(cue & {"say"}) and not cue & {"against", "deny", "refuse", "question", "warn"})
    if "question" in cue or (cue & {"ask"} and contents.is_question(content)):
        coming = top is not None and any(scenes.word(c) in scenes.COMING for c in top.children if c.dep_ == "aux")
        able = top is not None and any(scenes.word(c) in scenes.ABLE for c in (top, *top.children) if c.dep_ != "neg")
        if "doubt" in content.cue_words.lower() and (coming or able):
            return None  # a forecast, or what somebody is able to do
        if (conduct and walk.status in ("bare", "loose")) or (
            not conduct and (target.kind == "act" or walk.status != "event")
        ):
            return decided(-1, "doubts it", "insinuated")
    if cue & {"against"} and not cue & {"say"}:
        if conduct and (walk.status not in ("bare", "loose", "blocked") or _aside(content, span)):
            return None
        done = (over == "of" and target.kind == "act") or _means(content, span, target)  # "accused X of hiding them"
        if not conduct and walk.status == "loose" and over != "over" and not done:
            return None
        if conduct and walk.status == "loose" and not contents.leads(content, span):
            return None
        return decided(-walk.d, "speaks against it")
    if asks and not conduct and walk.status == "bare" and top is not None and _addressed(content, span):
        return None
    if asks:
        if conduct:
            return (
                decided(-walk.d, "is asked to act", "asked")
                if contents.leads(content, span) and infinitive and not _names_another(content, span)
                and not rebuffs.of_both(content, span, target)
                else None
            )
        if walk.status in ("event", "stance") or (walk.status == "bare" and not clause):
            return decided(walk.d, "asks for it" if walk.d > 0 else "asks for it to end or not to be", "asked")
        if walk.status == "discussed":
            return decided(int(target.kind == "process" or walk.d > 0), "would discuss it", "weighed")
        return None
    if rebuffs.hoped(content, walk) and not conduct:
        return decided(walk.d, "hopes for it" if walk.d > 0 else "hopes for its end", "asked")
    who = scenes.subject(top) if clause and top is not None else None
    if "warn" in cue and who is not None and scene.own(who) is True:
        return None  # a threat of the speaker's own
    if rebuffs.feared(content, walk, target):
        return decided(1, "fears for it", "warned")
    if "warn" in cue and not conduct:
        first = valence.lower(content.tokens[0].text)
        if (
            not clause
            and ("against" in content.cue_words.split() or first == "against")
            and walk.status in ("event", "bare")
        ):
            return decided(-walk.d, "warns against it", "warned")
        if infinitive and walk.status == "event" and top is not None and scenes.infinitive(top):
            return decided(walk.d, "warns against it" if walk.d < 0 else "asks for it", "warned")
        if target.kind == "act" or (walk.status in ("event", "bare") and walk.d < 0 and not (who and clause)):
            return decided(-walk.d, "warns of it", "warned")
        if walk.status == "event" and walk.d < 0:
            return decided(-walk.d, "warns of it", "warned")
        return None
    if "deny" in cue and not conduct and not clause:
        if cue & {"lower", "against"} and walk.status in ("bare", "event", "stance"):
            return decided(-walk.d, "rejects it")
        return None
    if "refuse" in cue and not conduct and walk.status in ("event", "bare"):
        return decided(-walk.d, "will not have it", "refused")
    if "intend" in cue and not conduct and not ("say" in cue and clause):
        if walk.status == "event" or (walk.status in ("bare", "stance") and not clause):
            return decided(walk.d, "means to do it" if walk.d > 0 else "means to end it or not to do it", "intended")
        if walk.status == "discussed":
            return decided(int(target.kind == "process" or walk.d > 0), "would discuss it", "weighed")
    if cue & {"for"} and not cue & {"say"} and not clause:
        return decided(walk.d, "speaks for it")
    other = top is not None and any(c.dep_ == "poss" and scene.own(c) is False for c in top.children)
    if walk.status == "stance" and not clause and not other and not cue & {"raise", "question"}:
        return decided(walk.d, "takes a stand on it")
    if ("label" in cue or not clause) and not (conduct and not contents.leads(content, span)):
        named = "label" in cue
        sign, words = (connotations.given if named else connotations.tied)(content, span)
        if sign and (named or (target.kind != "process" and sign < 0)):
            return Reading(
                _toward(scene, sign, words, walk),
                "named" if named else "tone",
                f"calls it {scenes.text(scene, *words[:2])}",
                tokens | {i for w in words for i in scene.senses[w.i].tokens},
            )
    if walk.status in ("bare", "loose") and (
        target.kind == "act" or (conduct and span.root.dep_ in ("nsubj", "nsubjpass", "poss", "ROOT"))
    ):
        sign, words = connotations.tied(content, span)
        if sign < 0:
            return Reading(
                _toward(scene, sign, words, walk),
                "tone",
                f"speaks badly of it: {scenes.text(scene, *words[:2])}",
                tokens | {i for w in words for i in scene.senses[w.i].tokens},
            )
    return None
