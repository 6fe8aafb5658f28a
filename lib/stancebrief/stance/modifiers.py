"""What stands beside a noun and turns or judges it: adjectives, "no", an apposition, "not X but", a clause on it."""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import judgements, scenes, stands
from stancebrief.stance.scenes import Reading, Scene, Walk
from stancebrief.statements import vocabulary

FAILING = vocabulary.of("failed")
OBJECTS = ("dobj", "pobj")  # "we need not talks but sanctions"


def qualified(scene: Scene, node: Token, walk: Walk, kind: str, span: frozenset[int]) -> Reading | None:
    """A judgement in the noun's own modifiers; "no" before it turns the walk."""
    none = [c for c in node.children if scenes.word(c) in ("no", "neither") and c.dep_ in ("det", "preconj", "cc")]
    none += [c for c in node.children if scenes.word(c) == "not" and c.dep_ == "neg" and node.dep_ in OBJECTS]
    listed = scene.senses[node.i].tokens if scene.senses[node.i] else ()
    none = [c for c in none if c.i < node.i and c.i not in listed]  # not that of "no point in"
    if none and "opaque" not in scene.classes(node):
        walk.d = -walk.d
        walk.tokens.update(c.i for c in none)
    judged = [
        c
        for c in node.children
        if c.dep_ in ("amod", "appos", "compound", "nmod")
        and scene.inside(c)
        and (
            ("bad" in scene.classes(c) and scene.part(c) == "a")
            or (c.dep_ == "appos" and c.i not in span and not _set_aside(scene, c) and _ill(scene, c))
        )
    ]
    if kind == "act":  # a failed test has failed, which is no judgement on testing
        judged = [c for c in judged if scenes.word(c) not in FAILING]
    held = [c for one in (node, *(scene.doc[i] for i in sorted(span))) for c in one.children]
    slack = next((c for c in held if c.dep_ == "amod" and "slack" in scene.classes(c)), None)
    if slack is not None and kind == "measure" and walk.status in ("bare", "event") and not scenes.negated(node):
        if judgements.environment(scene, node)[0] > 0:  # "years of lax sanctions enforcement"
            why = f"complains that it is {scenes.text(scene, slack)}"
            return walk.reading(scene, walk.d, "harmed", why, slack)
    if judged and walk.status in ("bare", "event"):
        sign, words = judgements.environment(scene, node)
        if sign:
            return walk.reading(
                scene, -walk.d * sign, "judged", f"calls it {scenes.text(scene, judged[0])}", judged[0], *words
            )
    return None


def told_apart(scene: Scene, node: Token) -> bool:
    """Whether a noun is called better than the one it is joined to: "unlawful launches and lawful drills"."""
    return node.dep_ == "conj" and any(c.dep_ == "amod" and "good" in scene.classes(c) for c in node.children)


def told_of(scene: Scene, node: Token, walk: Walk) -> Reading | None:
    """A judgement in a clause about the noun: "the drill, which threatens peace"."""
    for clause in node.children:
        who = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        before = scene.doc[who.i - 1] if who is not None and who.i else None
        if clause.dep_ != "relcl" or who is None or scenes.word(who) != "which" or scenes.word(before) != ",":
            continue
        sign, words = judgements.predicate(scene, clause)
        if sign and judgements.environment(scene, clause)[0] > 0:
            return stands.judge(scene, clause, walk, sign, words)
    return None


def contrast(scene: Scene, node: Token, walk: Walk) -> None:
    """Turn the walk for "Y, not X", "Y rather than X"; and for the X of "not Y but X", where the denial is Y's only."""
    first, head = node.left_edge.i, node.head
    before = [scene.doc[i] for i in (first, first - 1) if scene.lo <= i < node.i and scenes.word(scene.doc[i]) == "not"]
    instead = [c for c in head.children if head.i < c.i < node.i and scenes.contrasted(c)]
    joined = {scenes.word(c) for c in head.children if c.dep_ == "cc"}
    if before or instead:
        walk.d = -walk.d
        walk.tokens.update(c.i for c in (before or instead)[:1])
    elif "but" in joined and (scenes.negated(head.head) or any(c.dep_ == "neg" for c in head.children)):
        walk.d = -walk.d  # the denial, met later, turns it back


def other_target(scene: Scene, node: Token, walk: Walk) -> bool:
    """Whether what the node hangs on names another target: "sanctions over the launches" judge no launch."""
    target = next((scene.named[i] for i in walk.tokens if i in scene.named), None)
    above = node.head
    if above.dep_ == "prep" and (scenes.word(above) in ("without", "over") or scenes.contrasted(above)):
        return False
    if above.dep_ == "prep" or node.dep_ in ("pobj", "pcomp"):
        above = above.head
    if (
        node.dep_ in ("conj", "appos", *scenes.SUBJECTS, "nsubjpass")
        or above.i not in scene.named
        or scene.named[above.i] == target
    ):
        return False
    if node.dep_ in ("compound", "amod", "poss", "nmod", "pobj", "pcomp") and above.tag_[0] in "NJ":
        walk.status, walk.closed = scenes.BLOCKED, "other"
        return True
    return False


def _ill(scene: Scene, node: Token) -> bool:
    return judgements.worth(scene, node)[0] < 0


def _set_aside(scene: Scene, node: Token) -> bool:
    """Whether "not" stands right before a noun: "dialogue, not confrontation"."""
    first = node.left_edge.i
    return first > scene.lo and scenes.word(scene.doc[first - 1]) == "not"
