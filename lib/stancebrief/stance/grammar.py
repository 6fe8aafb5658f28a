"""From the words that name a target to the stand a sentence takes on it: a walk up the parse.

The walk starts at the target and carries what is being talked about, more (+1) or less (-1) of the target. Each word
above it may turn that ("lifting"), judge it ("would be reckless"), want it ("must"), or close the way (a condition, a
capability, somebody else's view). The words come from `valence`, so that what decides is always data and can be shown.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import governing, judgements, scenes, stands, valence
from stancebrief.stance.scenes import Reading, Scene, Walk

CAUSES = {"because", "due", "over", "result", "thanks", "owing", "from", "for"}
FAILING = valence.forms("fail") | {"unsuccessful"}
BESIDE = {"advance", "wake", "aftermath", "light", "view", "event", "face", "course", "eve", "anniversary", "case"}
MEETING = {"met", "answered", "countered", "repaid", "matched", "resisted"}
DUTIES = scenes.OBLIGES | {"need", "needs", "needed", "have", "has", "had"}
HOLDING = {"of", "for", "to", "in", "against", "toward", "towards", "from", "by", "with"}  # X of the target


def climb(scene: Scene, first: int, last: int, kind: str, against: bool = False) -> tuple[Reading | None, Walk]:
    """Walk up from the target named by tokens first..last-1. A reading where the content itself decides; else the walk
    as it reached the top of the content, for the cue to decide."""
    span = range(first, last)
    node = next(
        (scene.doc[i] for i in span if scene.doc[i].head.i not in span or scene.doc[i].head.i == i), scene.doc[first]
    )
    walk = Walk(-1 if against else 1, tokens=set(span))
    if node.tag_[0] == "V" and node.dep_ not in ("amod", "compound", "pobj", "dobj"):
        walk.status = "event"
        return _up(scene, node, walk, kind), walk
    reading = _noun(scene, node, walk, kind, set(span))
    if reading is None and walk.closed != "condition":
        reading = _torn(scene, first, last, walk, kind) or _pointed_at(scene, node, walk, kind)
    return reading, walk


def _torn(scene: Scene, first: int, last: int, walk: Walk, kind: str) -> Reading | None:
    """A reading from the words beside the target, where the parse has torn "the West ought to cease" apart."""
    if kind == "conduct":
        after = scene.doc[last] if last < scene.hi else None
        if after is not None and after.tag_ == "MD" and scenes.word(after) in scenes.OBLIGES:
            if scene.own(scene.doc[last - 1]) is not True and judgements.environment(scene, after)[0] > 0:
                why = f"says what it has to do: {scenes.text(scene, after)}"
                return walk.reading(scene, -walk.d, "asked", why, after)
        return None
    at = first - 1
    while at > scene.lo and scene.doc[at].tag_ in ("DT", "JJ", "PRP$"):
        at -= 1
    before = scene.doc[at] if at >= scene.lo else None
    if before is None or before.tag_[0] != "V" or before.dep_ != "conj" or before == scene.doc[first].head:
        return None
    classes = scene.classes(before)
    if classes & {"for", "against"} and not classes & {"raise", "lower", "say"}:
        return stands.take(scene, before, walk, walk.d if "for" in classes else -walk.d, "stand", "takes a stand on it")
    return None


def _pointed_at(scene: Scene, node: Token, walk: Walk, kind: str) -> Reading | None:
    """A judgement in the second half of the sentence: "Iran has enriched uranium, and that is a threat"."""
    if kind == "conduct" or walk.status == scenes.BLOCKED:
        return None
    for verb in (up for up in node.ancestors if up.tag_[0] in "VM" and scene.inside(up)):
        for second in verb.children:
            who = next((c for c in second.children if c.dep_ == "nsubj"), None)
            if second.dep_ == "conj" and who is not None and scenes.word(who) in ("that", "this", "which"):
                sign, words = judgements.predicate(scene, second)
                return stands.judge(scene, second, walk, sign, words) if sign else None
    return None


def _noun(scene: Scene, node: Token, walk: Walk, kind: str, span: set[int]) -> Reading | None:
    """Walk on from a noun."""
    for _ in range(25):
        if any(scenes.word(c) == "no" and c.dep_ == "det" for c in node.children) and "opaque" not in scene.classes(
            node
        ):
            walk.d = -walk.d
            walk.tokens.update(c.i for c in node.children if scenes.word(c) == "no")
        judged = [
            c
            for c in node.children
            if c.dep_ in ("amod", "appos", "compound", "nmod")
            and scene.inside(c)
            and (
                ("bad" in scene.classes(c) and scene.part(c) == "a")
                or (c.dep_ == "appos" and c.i not in span and judgements.worth(scene, c)[0] < 0)
            )
        ]
        if kind == "act":  # a failed test has failed, which is no judgement on testing
            judged = [c for c in judged if scenes.word(c) not in FAILING]
        if judged and walk.status in ("bare", "event"):
            sign, words = judgements.environment(scene, node)
            if sign:
                return walk.reading(
                    scene, -walk.d * sign, "judged", f"calls it {scenes.text(scene, judged[0])}", judged[0], *words
                )
        head, dep = node.head, node.dep_
        if (head == node or not scene.inside(head)) and kind != "conduct" and (verb := _verb_after(scene, node)):
            if any(c.dep_ == "auxpass" for c in verb.children):
                if kind in ("measure", "act") and (met := _met(scene, verb)):
                    why = "says that it will be answered"
                    return stands.wish(scene, verb, walk, -walk.d, "warned", why, verb, *met)
                return _on(scene, walk, kind, governing.governed(scene, verb, node, walk, kind))
            return _on(scene, walk, kind, governing.doer(scene, verb, node, walk, kind))
        if head == node or not scene.inside(head):
            return None
        if _other_target(scene, node, walk):
            return None
        if dep in ("compound", "poss", "nmod", "amod", "nummod", "quantmod") and head.tag_[0] in "NJV":
            reading = stands.of_noun(scene, head, walk, kind, "agent" if kind == "conduct" else "of", dep)
            if reading or walk.status == scenes.BLOCKED:
                return reading
            node = head
            continue
        if dep in ("conj", "appos", "nmod") and head.tag_[0] in "NP":
            if dep == "appos":
                sign, words = judgements.worth(scene, head)
                if sign < 0 and judgements.environment(scene, head)[0] > 0:
                    return walk.reading(
                        scene, sign * walk.d, "judged", f"calls it {scenes.text(scene, *words[:1])}", *words
                    )
            node = head
            continue
        if dep in ("pobj", "pcomp"):
            prep, gov = head, _holder(scene, head)
            if not scene.inside(gov) or gov == prep:
                return None
            if scenes.word(prep) == "without" and gov.tag_[0] in "VM" and scenes.negated(gov) and kind != "conduct":
                return stands.wish(scene, gov, walk, walk.d, "asked", "says that it cannot go without", prep)
            if scenes.word(prep) in (
                "despite",
                "regardless",
                "amid",
                "after",
                "before",
                "since",
                "during",
                "without",
                "unlike",
                "under",
                "until",
                "pending",
                "following",
            ) or (scenes.word(prep) == "of" and scenes.word(gov) in BESIDE):
                walk.status = scenes.BLOCKED
                return None
            contrast = scenes.contrasted(prep)
            if contrast and kind != "conduct":
                return stands.wish(
                    scene,
                    gov if gov.tag_[0] in "VM" else gov.head,
                    walk,
                    -walk.d,
                    "asked",
                    "prefers something else",
                    prep,
                )
            if gov.dep_ == "prep" and gov.tag_ == "IN":
                prep, gov = gov, gov.head
                if not scene.inside(gov):
                    return None
            whole = scene.senses[gov.head.i] if gov.head.tag_[0] in "VM" and scene.inside(gov.head) else None
            if whole is not None and prep.i in whole.tokens:  # "has no interest in"
                return _on(scene, walk, kind, governing.governed(scene, gov.head, node, walk, kind))
            if kind == "measure" and scene.mine and not scene.aside and (met := _met(scene, gov)) and prep in met:
                return stands.wish(scene, gov, walk, walk.d, "intended", "means to answer with it", gov, *met)
            if gov.tag_[0] in "NP":
                reading = stands.of_noun(scene, gov, walk, kind, scenes.word(prep), dep)
                if reading or walk.status == scenes.BLOCKED:
                    return reading
                if scenes.word(prep) not in HOLDING and walk.status == "bare":
                    walk.status = "loose"
                node = gov
                continue
            covered = scene.senses[gov.i] is not None and prep.i in scene.senses[gov.i].tokens
            if (gov.tag_[0] in "JR" and scene.part(gov) == "a") or (
                scene.part(prep) == "a" and (len(scene.senses[prep.i].tokens) > 1 or scenes.word(gov) in scenes.LINKING)
            ):
                adj = gov if scene.part(gov) == "a" else prep
                reading = stands.of_adjective(scene, adj, walk, kind)
                if reading or walk.status == scenes.BLOCKED:
                    return reading
                return _up(scene, gov if gov.tag_[0] == "V" else gov.head, walk, kind)
            if dep == "pobj" and node.head.dep_ == "agent" and not covered:
                return stands.done_by(scene, gov, node, walk, kind)
            if covered and scene.part(gov) == "a":
                reading = stands.of_adjective(scene, gov, walk, kind)
                return reading if reading or walk.status == scenes.BLOCKED else _up(scene, gov, walk, kind)
            if covered:
                return _on(scene, walk, kind, governing.governed(scene, gov, node, walk, kind))
            if (
                scenes.word(prep) in ("by", "through", "via", "with")
                or scenes.word(prep) in CAUSES
                or scenes.word(prep) in ("of", "as")
            ):
                sign, words = judgements.predicate(scene, gov, prep)
                if sign < 0 and scenes.word(prep) in ("because", "due", "of", "by", "through"):
                    return stands.judge(scene, gov, walk, sign, words)
            if scene.classes(gov) & {"against"} and scenes.word(prep) in (
                "for",
                "over",
                "of",
                "at",
                "about",
                "on",
                "against",
                "with",
            ):
                walk.status = "event" if kind != "conduct" else walk.status
                return stands.take(scene, gov, walk, -walk.d, "stand", "speaks against it")
            if scenes.word(prep) == "as" and scene.classes(gov) & {"for", "against"} and kind != "conduct":
                return _on(scene, walk, kind, governing.governed(scene, gov, node, walk, kind))
            if (
                scenes.word(prep) == "for"
                and scene.classes(gov) & {"raise", "intend", "ask", "for"}
                and kind != "conduct"
            ):
                walk.status = "event" if walk.status in ("bare", "loose") else walk.status
                return _on(scene, walk, kind, governing.governed(scene, gov, node, walk, kind))
            walk.status = "loose" if walk.status == "bare" else walk.status
            return _up(scene, gov, walk, kind)
        if dep == "agent":
            return None
        below = next((c for c in head.children if c.dep_ == "xcomp" and scenes.infinitive(c)), None)
        if dep in scenes.SUBJECTS and below is not None and kind != "conduct" and scenes.word(head) in DUTIES:
            passive = any(c.dep_ == "auxpass" for c in below.children)  # "ought to be lifted", "have to end"
            step = governing.governed if passive else governing.doer
            return _on(scene, walk, kind, step(scene, below, node, walk, kind))
        if (
            dep in ("attr", "nsubj")
            and walk.d < 0
            and walk.status == "bare"
            and kind in ("process", "measure")
            and any(c.dep_ == "expl" for c in head.children)
            and {scenes.word(c) for c in head.children} & (scenes.COMING | scenes.ABLE | scenes.OBLIGES)
        ):
            return stands.wish(scene, head, walk, walk.d, "refused", "says that there is to be none")
        if (
            dep in scenes.SUBJECTS
            and head.tag_[0] in "VMJN"
            and not (scene.senses[head.i] and "unpunished" in scene.senses[head.i].words)
        ):
            return _on(scene, walk, kind, governing.doer(scene, head, node, walk, kind))
        if dep == "nsubjpass" and head.tag_[0] == "V" and (hoped := governing.hoped(scene, head, walk)):
            return hoped
        if dep == "nsubjpass" and kind in ("measure", "act") and (met := _met(scene, head)):
            return stands.wish(scene, head, walk, -walk.d, "warned", "says that it will be answered", head, *met)
        if dep == "nsubjpass" and head.tag_[0] == "V" and not scene.classes(head) & {"for", "against"}:
            sign, words = judgements.predicate(scene, head)
            if sign:
                return stands.judge(scene, head, walk, sign, words)
        if (
            dep in scenes.SUBJECTS | {"nsubjpass"}
            and scene.senses[head.i]
            and len(scene.senses[head.i].tokens) > 1
            and ("for" in scene.classes(head))
        ):
            return stands.complain(
                scene, head, walk, -walk.d if scenes.negated(head) else walk.d, "stand", "says whether it may stand"
            )
        if dep in scenes.OBJECTS or dep in ("npadvmod", "ccomp", "xcomp", "dep", "advmod", "advcl", "relcl"):
            if head.tag_[0] in "VM":
                if dep in ("attr", "acomp") and scenes.word(head) in scenes.LINKING and "have" not in scenes.word(head):
                    return _on(scene, walk, kind, governing.named(scene, head, node, walk, kind))
                return _on(scene, walk, kind, governing.governed(scene, head, node, walk, kind))
            if head.tag_[0] == "J" and scene.part(head) == "a":
                reading = stands.of_adjective(scene, head, walk, kind)
                return reading
        node = head
    return None


def _verb_after(scene: Scene, node: Token) -> Token | None:
    """The verb whose subject a parse has given to the reporting word: "warned | any sanctions | would be met"."""
    if node.dep_ not in ("dobj", "pobj", "attr"):
        return None
    after = node.right_edge.i + 1
    helper = scene.doc[after] if after < scene.hi else None
    if helper is None or helper.dep_ not in ("aux", "auxpass") or helper.head.i < after:
        return None
    verb = helper.head
    return verb if scene.inside(verb) and verb.tag_[0] in "VM" and not scenes.has_subject(verb) else None


def _met(scene: Scene, verb: Token) -> list[Token]:
    """The words of "will be met with force" that say so; empty: it says nothing of the kind."""
    helpers = [c for c in scenes.auxiliaries(verb) if scenes.word(c) in scenes.COMING]
    with_ = [c for c in verb.children if c.dep_ == "prep" and scenes.word(c) == "with"]
    return [*helpers, *with_] if helpers and with_ and scenes.word(verb) in MEETING else []


def _holder(scene: Scene, prep: Token) -> Token:
    """What a preposition hangs on: the noun just before it where that noun asks for it ("call for end to X")."""
    before = scene.doc[prep.i - 1] if prep.i else prep
    if prep.head.tag_[0] in "VM" and scene.inside(before) and scene.part(before) == "n" and before.head != prep:
        if scene.classes(before) & {"lower", "raise"} and scenes.word(prep) in ("to", "of", "on", "in"):
            return before
    return prep.head


def _other_target(scene: Scene, node: Token, walk: Walk) -> bool:
    """Whether what the node hangs on names another target: "sanctions over the launches" judge no launch."""
    target = next((scene.named[i] for i in walk.tokens if i in scene.named), None)
    above = node.head
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


def _on(scene: Scene, walk: Walk, kind: str, found: Reading | Token | None) -> Reading | None:
    """The reading found, or that of walking on from the verb found."""
    return _up(scene, found, walk, kind) if isinstance(found, Token) else found


def _up(scene: Scene, verb: Token, walk: Walk, kind: str) -> Reading | None:
    """Walk on from a verb that the target, or an event about it, hangs on."""
    left = False
    for _ in range(20):
        if verb.dep_ == "conj" and any(scenes.contrasted(c) for c in verb.head.children if verb.head.i < c.i < verb.i):
            return stands.wish(scene, verb.head, walk, -walk.d, "asked", "prefers something else", verb)
        if scenes.asked_in(verb) and scene.inside(verb.head) and verb.head != verb:
            walk.status, walk.closed = scenes.BLOCKED, "other"  # what is asked, weighed or looked into is not asserted
            return None
        helpers = scenes.auxiliaries(verb)
        moods = {scenes.word(c): c for c in helpers}
        neg = scenes.negated(verb)
        who = scenes.subject(verb)
        own = scene.own(who) if who is not None else None
        attitude = verb.dep_ == "ccomp" and scene.inside(verb.head) and scene.classes(verb.head) & {"against"}
        if walk.status in ("event", "discussed", "stance", "bare"):
            if neg and walk.status != "bare":
                walk.d = -walk.d
                walk.tokens.update(c.i for c in verb.children if c.dep_ == "neg" or scenes.word(c) in scenes.NEGATIONS)
            duty = [c for m, c in moods.items() if m in scenes.OBLIGES]
            if (duty and walk.status != "bare" and verb.tag_ != "VBN") or (duty and walk.status == "event"):
                if walk.status == "discussed":
                    if own is not True and kind != "process" and who is not None:
                        return stands.wish(scene, verb, walk, walk.d, "asked", "asks that it be considered", duty[0])
                    return stands.wish(
                        scene, verb, walk, 0 if kind != "process" else 1, "weighed", "would discuss it", duty[0]
                    )
                return stands.wish(
                    scene,
                    verb,
                    walk,
                    walk.d,
                    "asked",
                    "says that it ought to be" if walk.d > 0 else "says that it ought to end or not to be",
                    duty[0],
                )
            able = [c for m, c in moods.items() if m in scenes.ABLE]
            if able and walk.status == "event" and not attitude:
                if (
                    verb.dep_ == "relcl"
                    and scenes.word(verb.head) in ("things", "thing", "steps", "step", "issues", "lot", "lots")
                ) or (any(scenes.word(t) in ("more", "things") for t in verb.subtree) and scenes.word(verb) == "do"):
                    return stands.wish(scene, verb, walk, walk.d, "asked", "says what can be done", able[0])
                passive = any(c.dep_ == "auxpass" for c in verb.children)
                if neg and own is not False and who is not None and (passive or who.i in walk.tokens):
                    return stands.wish(scene, verb, walk, walk.d, "asked", "says that it cannot be", able[0])
                conditional = any(
                    c.dep_ == "advcl" and any(scenes.word(m) in ("if", "provided", "once") for m in c.children)
                    for c in verb.children
                )
                if own is True and conditional and kind in ("measure", "process"):
                    return stands.wish(scene, verb, walk, 0, "weighed", "makes it depend on something", able[0], verb)
                walk.status, walk.closed = scenes.BLOCKED, "capability"
            coming = [c for m, c in moods.items() if m in scenes.COMING]
            if (
                neg
                and coming
                and walk.status == "event"
                and who is not None
                and who.dep_ == "nsubjpass"
                and not scene.aside
            ):
                return stands.wish(scene, verb, walk, walk.d, "intended", "says that it will not be", coming[0], verb)
            if (
                coming
                and kind == "measure"
                and scene.mine
                and not scene.aside
                and walk.status == "event"
                and walk.d > 0
                and who is not None
                and who.dep_ == "nsubj"
                and who.i in walk.tokens
            ):  # "the drills will go ahead", said by those who hold them
                return stands.wish(scene, verb, walk, walk.d, "intended", "says that it goes on", coming[0], verb)
            if own is True and walk.status == "event" and who is not None and who.dep_ != "nsubjpass":
                if coming or (verb.tag_ == "VBG" and helpers):
                    return stands.wish(
                        scene,
                        verb,
                        walk,
                        walk.d,
                        "intended",
                        "means to do it" if walk.d > 0 else "means not to",
                        *(coming[:1]),
                        verb,
                    )
            if walk.status == "event" and verb.tag_ == "VB" and who is None and not moods and verb.dep_ == "ROOT":
                return stands.wish(scene, verb, walk, walk.d, "asked", "calls for it", verb)
        dep, head = verb.dep_, verb.head
        needed = judgements.needed(scene, head) if dep in ("xcomp", "ccomp", "advcl", "attr") else None
        if needed is not None and needed != verb and kind != "conduct" and walk.status in ("event", "bare"):
            return stands.wish(scene, head, walk, walk.d, "asked", "says that it is needed", needed)
        if (
            dep == "advcl"
            and not scene.inside(head)
            and any(
                c.dep_ == "mark" and scenes.word(c) in ("after", "as", "because", "since", "while")
                for c in verb.children
            )
        ):
            left = True
        if head == verb or not scene.inside(head):
            break
        if dep == "advcl":
            marks = {scenes.word(c) for c in verb.children if c.dep_ in ("mark", "advmod") and c.i < verb.i}
            if marks & scenes.CONDITIONS:
                walk.status, walk.closed = scenes.BLOCKED, "condition"
                return None
            if marks & {"because", "since", "as", "after", "before", "while", "although", "though"} or (
                verb.tag_ != "VBG" and not scenes.infinitive(verb)
            ):
                left = True  # what is told beside the main clause is no part of what is asked or done in it
                break
            verb = head
            who = scenes.subject(head)
            if (
                scene.classes(head) & {"ask", "intend"}
                and scene.part(head) == "v"
                and walk.status == "event"
                and (who is not None and scene.own(who) is True)
            ):
                return stands.take(scene, head, walk, walk.d, "intended", "means to do it")
            continue
        if dep == "conj":
            verb = head
            if head.tag_[0] not in "VM":
                break
            continue
        if dep in ("ccomp", "xcomp"):
            if scenes.word(head) in ("let", "lets"):
                return stands.wish(scene, head, walk, walk.d, "asked", "calls for it", head)
            if head.tag_[0] in "VM" or scene.part(head) in ("a",):
                if scene.part(head) == "a" and head.tag_[0] == "J":
                    classes = scene.classes(head)
                    if "ready" in classes:
                        return stands.ready(scene, head, walk, kind)
                    if "unready" in classes:
                        return stands.take(
                            scene,
                            head,
                            walk,
                            -walk.d,
                            "ready",
                            "is not ready for it",
                            head.head if head.head.tag_[0] == "V" else head,
                        )
                    if dep == "ccomp" and classes & {"against", "for"} and walk.status in ("event", "bare"):
                        sign = walk.d if "for" in classes else -walk.d
                        return stands.take(
                            scene,
                            head,
                            walk,
                            sign,
                            "stand",
                            "is glad of it" if "for" in classes else "regrets it",
                            head.head if head.head.tag_[0] == "V" else head,
                        )
                    sign, words = judgements.worth(scene, head)
                    if sign and walk.status == "event":
                        return stands.judge(scene, head.head if head.head.tag_[0] == "V" else head, walk, sign, words)
                    verb = head.head if head.dep_ == "acomp" else head
                    continue
                return _on(scene, walk, kind, governing.governed(scene, head, verb, walk, kind))
            break
        if dep in ("csubj", "csubjpass"):
            sign, words = judgements.predicate(scene, head)
            if sign and walk.status in ("event", "discussed", "loose", "bare"):
                return stands.judge(scene, head, walk, sign, words)
            break
        if dep == "pcomp":
            prep, gov = head, _holder(scene, head)
            if not scene.inside(gov) or gov == prep:
                break
            whole = scene.senses[gov.head.i] if gov.head.tag_[0] in "VM" and scene.inside(gov.head) else None
            if whole is not None and prep.i in whole.tokens:  # "has no interest in"
                return _on(scene, walk, kind, governing.governed(scene, gov.head, verb, walk, kind))
            if scenes.word(prep) in ("without", "after", "before", "since", "despite"):
                if scenes.word(prep) != "without":
                    walk.status = scenes.BLOCKED
                    return None
                walk.d = -walk.d
            if scenes.contrasted(prep):
                return stands.wish(scene, gov, walk, -walk.d, "asked", "prefers something else", prep)
            if scenes.word(prep) == "as" and scenes.word(gov) in ("such", "similar"):
                gov = gov.head
            if gov.tag_[0] in "VM":
                covered = scene.senses[gov.i] is not None and prep.i in scene.senses[gov.i].tokens
                if covered:
                    return _on(scene, walk, kind, governing.governed(scene, gov, verb, walk, kind))
                if scenes.word(prep) in ("by", "through", "via", "with", "in"):
                    sign, words = judgements.predicate(scene, gov, prep)
                    if sign:
                        return stands.judge(scene, gov, walk, sign, words)
                if scene.classes(gov) & {"against"}:
                    return stands.take(scene, gov, walk, -walk.d, "stand", "speaks against it")
                if scene.classes(gov) & {"lower"} and scenes.word(prep) == "from":
                    walk.d = -walk.d
                verb = gov
                continue
            if scene.part(gov) == "a" and gov.tag_[0] in "JR":
                reading = stands.of_adjective(scene, gov, walk, kind)
                if reading or walk.status == scenes.BLOCKED:
                    return reading
                verb = gov.head
                continue
            if (
                kind == "act" and "good" in scene.classes(gov) and len(scene.senses[gov.i].tokens) > 1
            ):  # no choice but to
                return stands.judge(scene, gov, walk, 1, [gov])
            reading = stands.of_noun(scene, gov, walk, kind, scenes.word(prep), dep)
            if reading or walk.status == scenes.BLOCKED:
                return reading
            return _noun(scene, gov, walk, kind, set()) or None
        if dep in ("acl", "relcl"):
            classes = scene.classes(head) if scene.part(head) == "n" else frozenset()
            if dep == "relcl" and not classes & {"bad"} and not (classes and "to" in {scenes.word(c) for c in helpers}):
                if scenes.word(head) in ("things", "thing", "steps", "issues") and "can" in moods:
                    return stands.wish(scene, verb, walk, walk.d, "asked", "says what can be done", moods["can"])
                walk.status = "loose" if walk.status != scenes.BLOCKED else scenes.BLOCKED
                return None
            reading = stands.of_noun(scene, head, walk, kind, "acl", dep) if walk.status != "loose" else None
            if reading or walk.status == scenes.BLOCKED:
                return reading
            if "good" in classes and kind == "act" and len(scene.senses[head.i].tokens) > 1:
                return stands.judge(scene, head, walk, 1, [head])
            if not classes:
                walk.status = "loose"
            return _noun(scene, head, walk, kind, set())
        if dep in ("prep", "pobj", "dobj", "nsubj", "attr", "oprd", "acomp", "nsubjpass", "appos", "compound", "amod"):
            if dep in scenes.SUBJECTS:
                sign, words = judgements.predicate(scene, head)
                return stands.judge(scene, head, walk, sign, words) if sign else None
            if dep in ("pobj", "dobj", "oprd", "nsubjpass") and head.tag_[0] in "VM":
                return _on(scene, walk, kind, governing.governed(scene, head, verb, walk, kind))
            return _noun(scene, verb, walk, kind, {verb.i})
        if dep == "parataxis":
            break
        verb = head
        if verb.tag_[0] not in "VM":
            break
    if walk.status == "event":
        offer = stands.offer(scene, verb)
        if offer:
            return stands.wish(scene, verb, walk, walk.d, "asked", "says what can be done", *offer)
    if walk.status == "stance":
        top = verb
        who = scenes.subject(top) if top.tag_[0] in "VM" else None
        if who is None or scene.own(who) is not False:
            above, words = judgements.environment(scene, top)
            if above and top.tag_[0] in "VM":
                return walk.reading(scene, walk.d * above, "stand", "takes a stand on it", *words)
    if walk.worth and walk.status == "event":
        above, words = judgements.environment(scene, verb)
        if above > 0:
            return walk.reading(scene, walk.worth, "harmed", "speaks of harm to it", *words)
    if left and walk.status in ("event", "bare"):
        walk.status, walk.closed = scenes.BLOCKED, "other"
    return None
