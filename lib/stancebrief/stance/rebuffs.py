"""What a reporting word takes back of what the content's grammar gave (claims denied, both sides asked, a threat), and
what is said under a hope or a fear.
"""

from __future__ import annotations

from spacy.tokens import Span

from stancebrief import codebook
from stancebrief.stance import contents, frames, scenes, valence
from stancebrief.stance.contents import Content
from stancebrief.stance.scenes import Reading, Walk
from stancebrief.statements import vocabulary

CLAIMS = vocabulary.of("claim")
WANTED = ("asked", "intended", "stand", "ready", "weighed")  # readings of what the source, or another, wants


def threatened(content: Content, target: codebook.Target) -> bool:
    """Whether one's own act is what is threatened or played down: that is not yet to justify it."""
    cue = content.cue
    own = bool(set(target.whose) & set(content.by))
    return target.kind == "act" and own and "harm" in cue and not cue & {"against", "say"}


def shrugged_off(content: Content, target: codebook.Target) -> bool:
    """Whether an act is made light of, which is no stand against it: "shrugged off | the test"."""
    return target.kind == "act" and {"deny", "bad"} <= content.cue and not contents.is_clause(content)


def named_so(content: Content, reading: Reading, span: Span) -> bool:
    """Whether the bad word beside a target that is rejected is the source's own: "rejected | unilateral sanctions"."""
    top = content.top
    if top is None or contents.is_clause(content) or not {"deny", "lower"} <= content.cue or reading.sign >= 0:
        return False
    return reading.rule == "judged" and span.start <= top.i < span.end


def besides(content: Content, reading: Reading) -> bool:
    """Whether the judgement stands beside what is denied: "brushed aside | the idea, calling it an insult"."""
    calls = (t for t in content.tokens if t.i in reading.tokens and t.tag_ == "VBG" and t.dep_ == "advcl")
    return any("label" in content.scene.classes(token) for token in calls)


def regretted(content: Content, reading: Reading, target: codebook.Target) -> bool:
    """Whether it is told with regret that what is wanted fares ill: "regretted | that the talks had failed"."""
    top, ill = content.top, reading.sign < 0 and reading.rule in ("judged", "intended")
    if not ill or target.kind not in ("process", "measure") or "regret" not in content.cue:
        return False
    if top is None or not contents.is_clause(content) or frames.does_harm(content.scene, top):
        return False
    # "that the unjust sanctions had been tightened" calls them so, whatever is regretted
    return not all(t.dep_ == "amod" for t in content.tokens if t.i in reading.tokens and content.scene.classes(t))


def of_a_claim(content: Content, reading: Reading) -> bool:
    """Whether what is wanted stands in a claim that is denied: "rejected | the allegation that X considers it"."""
    top = content.top
    return "deny" in content.cue and reading.rule in WANTED and top is not None and valence.lower(top.text) in CLAIMS


def of_both(content: Content, span: Span, target: codebook.Target) -> bool:
    """Whether another government is asked together with the one named: "asked | Washington and Pyongyang to …"."""
    others = (one for one in span.root.conjuncts if content.scene.inside(one))
    return "ask" in content.cue and any(contents.powers(content, one) - set(target.whose) for one in others)


def hoped(content: Content, walk: Walk) -> bool:
    """Whether more or less of the target is what is hoped for: "hoped | talks would resume"."""
    top, cue = content.top, content.cue
    if top is None or not cue & {"ask"} or cue & {"say", "question", "against"} or contents.is_question(content):
        return False
    coming = any(scenes.word(c) in (*scenes.COMING, *scenes.ABLE) for c in scenes.auxiliaries(top))
    return walk.status == "event" and coming and contents.is_clause(content)


def feared(content: Content, walk: Walk, target: codebook.Target) -> bool:
    """Whether it is feared that a wanted thing may be lost: "worries | the momentum for talks may be lost"."""
    able = walk.status == scenes.BLOCKED and walk.closed == "capability"
    return "warn" in content.cue and target.kind == "process" and walk.d < 0 and able
