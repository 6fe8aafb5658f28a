"""On from a verb that the target, or an event about it, hangs on: its helper verbs, then what holds the clause.

`step` gives a reading, the verb (a token) or noun (`scenes.Onward`) to walk on from, or None where the way ends.
"""

from __future__ import annotations

from spacy.tokens import Token

from stancebrief.stance import acts, aims, effects, frames, governing, heads, judgements, nouns, scenes, stands
from stancebrief.stance.scenes import Onward, Reading, Scene, Walk
from stancebrief.statements import vocabulary

Step = Reading | Token | Onward | None
THINGS = vocabulary.of("things")


def step(scene: Scene, verb: Token, walk: Walk, kind: str) -> Step:
    """Walk on from a verb."""
    if verb.dep_ == "conj" and any(scenes.contrasted(c) for c in verb.head.children if verb.head.i < c.i < verb.i):
        return stands.wish(scene, verb.head, walk, -walk.d, "asked", "prefers something else", verb)
    if scenes.asked_in(verb) and scene.inside(verb.head) and verb.head != verb:
        walk.status, walk.closed = scenes.BLOCKED, "other"  # what is asked, weighed or looked into is not asserted
        return None
    if kind == "act" and (words := acts.no_choice(scene, verb)):
        return stands.judge(scene, verb.head, walk, 1, words)
    if walk.status in ("event", "discussed", "stance", "bare"):
        decided, reading = _mood(scene, verb, walk, kind)
        if decided:
            return reading
    dep, head = verb.dep_, verb.head
    needed = judgements.needed(scene, head) if dep in ("xcomp", "ccomp", "advcl", "attr") else None
    if needed is not None and needed != verb and kind != "conduct" and walk.status in ("event", "bare"):
        sign = -walk.d if scenes.negated(head) else walk.d
        return stands.wish(scene, head, walk, sign, "asked", "says that it is needed", needed, *scenes.denials(head))
    if head == verb or not scene.inside(head):
        beside = dep == "advcl" and any(
            c.dep_ == "mark" and scenes.word(c) in ("after", "as", "because", "since", "while") for c in verb.children
        )
        return _top(scene, verb, walk, left=beside and not scene.inside(head))
    if dep == "advcl":
        return _beside(scene, verb, walk)
    if dep == "conj":
        if verb.tag_ == "VB" and head.tag_ == "VBG" and head.dep_ in ("xcomp", "pcomp") and head.head.tag_[0] in "VM":
            return head.head if scene.inside(head.head) else _top(scene, head, walk)  # "stop blaming and return"
        return head if head.tag_[0] in "VM" else _top(scene, head, walk)
    if dep in ("ccomp", "xcomp"):
        return _complement(scene, verb, walk, kind)
    if dep in ("csubj", "csubjpass"):
        if kind in ("measure", "process") and (words := effects.merely(verb)):
            return stands.wish(scene, head, walk, 0, "weighed", "says that to call for it is not enough", *words)
        sign, words = judgements.predicate(scene, head)
        if sign and walk.status in ("event", "discussed", "loose", "bare"):
            return stands.judge(scene, head, walk, sign, words)
        return _top(scene, verb, walk)
    if dep == "pcomp":
        return _after_preposition(scene, verb, walk, kind)
    if dep in ("acl", "relcl"):
        return _of_noun(scene, verb, walk, kind)
    if dep in scenes.SUBJECTS:
        sign, words = judgements.predicate(scene, head)
        return stands.judge(scene, head, walk, sign, words) if sign else None
    if dep in ("prep", "pobj", "dobj", "attr", "oprd", "acomp", "nsubjpass", "appos", "compound", "amod"):
        if dep in ("pobj", "dobj", "oprd", "nsubjpass") and head.tag_[0] in "VM":
            return governing.governed(scene, head, verb, walk, kind)
        return Onward(verb)
    if dep == "parataxis":
        return _top(scene, verb, walk)
    return head if head.tag_[0] in "VM" else _top(scene, head, walk)


def _mood(scene: Scene, verb: Token, walk: Walk, kind: str) -> tuple[bool, Reading | None]:
    """What the helper verbs and denials of a verb make of an event about the target; first whether they decide."""
    helpers = scenes.auxiliaries(verb)
    moods = {scenes.word(c): c for c in helpers}
    neg = scenes.negated(verb)
    who = scenes.subject(verb)
    own = scene.own(who) if who is not None else None
    if kind in ("measure", "process") and own is None and who is not None and scenes.ours(scene, who):
        own = True
    attitude = verb.dep_ == "ccomp" and scene.inside(verb.head) and scene.classes(verb.head) & {"against"}
    denials = {c.i for c in scenes.denials(verb)}
    if neg and walk.status != "bare" and not (denials and denials <= walk.tokens):  # not those that turned it before
        walk.d = -walk.d
        walk.tokens.update(denials)

    duty = [c for m, c in moods.items() if m in scenes.OBLIGES]
    if any(scenes.word(c) == "only" for c in verb.children) and not neg:  # "can only be solved by …"
        duty += [c for m, c in moods.items() if m in scenes.ABLE]
    if (duty and walk.status != "bare" and verb.tag_ != "VBN") or (duty and walk.status == "event"):
        return True, _ought(scene, verb, walk, kind, duty[0])
    if duty and walk.status == "bare" and kind == "process" and who is not None and who.i in walk.tokens:
        if not neg and walk.d > 0 and not scene.classes(verb):
            why = "says what it ought to be like"
            return True, stands.wish(scene, verb, walk, walk.d, "asked", why, duty[0], verb)
    able = [c for m, c in moods.items() if m in scenes.ABLE]
    if able and walk.status == "event" and not attitude:
        relative = verb.dep_ == "relcl" and scenes.word(verb.head) in THINGS
        if relative or (any(scenes.word(t) in ("more", "things") for t in verb.subtree) and scenes.word(verb) == "do"):
            return True, stands.wish(scene, verb, walk, walk.d, "asked", "says what can be done", able[0])
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        if neg and own is not False and who is not None and (passive or who.i in walk.tokens):
            return True, stands.wish(scene, verb, walk, walk.d, "asked", "says that it cannot be", able[0])
        if own is True and scenes.conditional(verb) and kind in ("measure", "process"):
            why = "makes it depend on something"
            return True, stands.wish(scene, verb, walk, 0, "weighed", why, able[0], verb)
        walk.status, walk.closed = scenes.BLOCKED, "capability"
    coming = [c for m, c in moods.items() if m in scenes.COMING]
    if coming and walk.status == "event" and who is not None:
        passive = who.dep_ == "nsubjpass"
        about = any(t.i in walk.tokens for t in who.subtree)  # "will not be put off sending it" is said of another
        if neg and passive and about and kind == "process" and frames.regretted(scene, verb):
            why = "regrets that it will not be"
            return True, stands.wish(scene, verb, walk, -walk.d, "harmed", why, coming[0], verb)
        if neg and passive and about and not scene.aside:
            why = "says that it will not be"
            return True, stands.wish(scene, verb, walk, walk.d, "intended", why, coming[0], verb)
        mine = kind == "measure" and scene.mine and not scene.aside
        lasts = scene.classes(verb) & {"raise", "for", "good"}  # not "the tax would apply to steel"
        if mine and lasts and walk.d > 0 and who.dep_ == "nsubj" and who.i in walk.tokens:
            # "the drills will go ahead", said by those who hold them
            why = "says that it goes on"
            return True, stands.wish(scene, verb, walk, walk.d, "intended", why, coming[0], verb)
    ours = own is True or (own is None and kind == "act" and scene.mine and not scene.aside)  # "our army will go on …"
    ours = ours and (own is True or walk.d > 0)
    if ours and walk.status == "event" and who is not None and who.dep_ != "nsubjpass":
        if coming and walk.d > 0 and kind == "process" and not neg and scenes.conditional(verb):
            why = "makes it depend on something"
            return True, stands.wish(scene, verb, walk, 0, "weighed", why, coming[0], verb)
        if coming or (verb.tag_ == "VBG" and helpers):
            why = "means to do it" if walk.d > 0 else "means not to"
            return True, stands.wish(scene, verb, walk, walk.d, "intended", why, *(coming[:1]), verb)
    if walk.status == "event" and verb.tag_ == "VB" and who is None and not moods and (
        verb.dep_ == "ROOT" or (verb.dep_ == "ccomp" and not scene.inside(verb.head))
    ):
        return True, stands.wish(scene, verb, walk, walk.d, "asked", "calls for it", verb)
    return False, None


def _ought(scene: Scene, verb: Token, walk: Walk, kind: str, duty: Token) -> Reading | None:
    """What ought to be done about the target, or discussed."""
    if walk.status == "discussed":
        who = scenes.subject(verb)
        if who is not None and scene.own(who) is not True and kind != "process":
            return stands.wish(scene, verb, walk, walk.d, "asked", "asks that it be considered", duty)
        return stands.wish(scene, verb, walk, int(kind == "process"), "weighed", "would discuss it", duty)
    why = "says that it ought to be" if walk.d > 0 else "says that it ought to end or not to be"
    return stands.wish(scene, verb, walk, walk.d, "asked", why, duty)


def _beside(scene: Scene, verb: Token, walk: Walk) -> Step:
    """An adverbial clause: a condition closes the way, a reason or time stands beside what is said."""
    head = verb.head
    marks = {scenes.word(c) for c in verb.children if c.dep_ in ("mark", "advmod") and c.i < verb.i}
    if marks & scenes.CONDITIONS:
        walk.status, walk.closed = scenes.BLOCKED, "condition"
        return None
    if marks & {"because", "since", "as", "after", "before", "while", "although", "though"} or (
        verb.tag_ != "VBG" and not scenes.infinitive(verb)
    ):
        return _top(scene, verb, walk, left=True)  # what is told beside the main clause is not asked or done in it
    who = scenes.subject(head)
    if (
        scene.classes(head) & {"ask", "intend"}
        and scene.part(head) == "v"
        and walk.status == "event"
        and (who is not None and scene.own(who) is True)
    ):
        return stands.take(scene, head, walk, walk.d, "intended", "means to do it")
    return head


def _complement(scene: Scene, verb: Token, walk: Walk, kind: str) -> Step:
    """The clause is what a verb or adjective says, wants or judges."""
    head = verb.head
    be = head if head.tag_[0] in "VM" else head.head
    there, reading = frames.impersonal(scene, be, walk, kind) if kind != "conduct" else (False, None)
    if there:
        return reading
    if (reading := aims.is_for(scene, head, walk, kind) or aims.helps(scene, head, walk, kind)) is not None:
        return reading
    if scenes.word(head) in ("let", "lets") and not _let_happen(head):
        sign = -walk.d if scenes.negated(head) else walk.d
        return stands.wish(scene, head, walk, sign, "asked", "calls for it", head, *scenes.denials(head))
    if head.tag_[0] not in "VM" and scene.part(head) != "a":
        return _top(scene, verb, walk)
    if scene.part(head) != "a" or head.tag_[0] != "J":
        return governing.governed(scene, head, verb, walk, kind)
    classes = scene.classes(head)
    holds = head.head if head.head.tag_[0] == "V" else head
    if "ready" in classes:
        return heads.ready(scene, head, walk, kind)
    if "unready" in classes:
        return stands.take(scene, head, walk, -walk.d, "ready", "is not ready for it", holds)
    if verb.dep_ == "ccomp" and classes & {"against", "for"} and walk.status in ("event", "bare"):
        glad = "for" in classes
        why = "is glad of it" if glad else "regrets it"
        return stands.take(scene, head, walk, walk.d if glad else -walk.d, "stand", why, holds)
    sign, words = judgements.worth(scene, head)
    if sign and walk.status == "event":
        return stands.judge(scene, holds, walk, sign, words)
    return head.head if head.dep_ == "acomp" else head


def _let_happen(let: Token) -> bool:
    """Whether "had let them do it", "let them do it" tells that others have their way, which is no wish."""
    if any(scenes.word(c) in ("has", "have", "had") for c in scenes.auxiliaries(let)):
        return True
    if scenes.negated(let):
        return False
    whom = next((t for t in let.subtree if t.i > let.i and t.dep_ in ("nsubj", "dobj")), None)
    return whom is not None and scenes.word(whom) in ("them", "him", "her", "they")


def _after_preposition(scene: Scene, verb: Token, walk: Walk, kind: str) -> Step:
    """The clause hangs on a preposition: "by lifting", "without holding", "from testing"."""
    prep, gov = verb.head, scenes.holder(scene, verb.head)
    if not scene.inside(gov) or gov == prep:
        return _top(scene, verb, walk)
    if scenes.word(prep) == "at" and (reading := aims.is_for(scene, gov, walk, kind)) is not None:
        return reading
    whole = scene.senses[gov.head.i] if gov.head.tag_[0] in "VM" and scene.inside(gov.head) else None
    if whole is not None and prep.i in whole.tokens:  # "has no interest in"
        return governing.governed(scene, gov.head, verb, walk, kind)
    if scenes.word(prep) in ("after", "before", "since", "despite"):
        walk.status = scenes.BLOCKED
        return None
    if scenes.word(prep) == "without":
        walk.d = -walk.d
    if scenes.contrasted(prep):
        return stands.wish(scene, gov, walk, -walk.d, "asked", "prefers something else", prep)
    if scenes.word(prep) == "as" and scenes.word(gov) in ("such", "similar"):
        gov = gov.head
    if gov.tag_[0] in "VM":
        covered = scene.senses[gov.i] is not None and prep.i in scene.senses[gov.i].tokens
        if covered:
            return governing.governed(scene, gov, verb, walk, kind)
        if scenes.word(prep) in ("by", "through", "via", "with", "in"):
            sign, words = judgements.predicate(scene, gov, prep)
            if sign:
                return stands.judge(scene, gov, walk, sign, words)
        if scene.classes(gov) & {"against"}:
            return stands.take(scene, gov, walk, -walk.d, "stand", "speaks against it")
        if scene.classes(gov) & {"lower"} and scenes.word(prep) == "from":
            walk.d = -walk.d
        return gov
    if scene.part(gov) == "a" and gov.tag_[0] in "JR":
        reading = heads.of_adjective(scene, gov, walk, kind)
        return reading if reading or walk.status == scenes.BLOCKED else gov.head
    if kind == "act" and "good" in scene.classes(gov) and len(scene.senses[gov.i].tokens) > 1:  # no choice but to
        return stands.judge(scene, gov, walk, 1, [gov])
    reading = heads.of_noun(scene, gov, walk, kind, scenes.word(prep), verb.dep_)
    return reading if reading or walk.status == scenes.BLOCKED else Onward(gov)


def _of_noun(scene: Scene, verb: Token, walk: Walk, kind: str) -> Step:
    """The clause hangs on a noun: "the decision to test", "the threat that it poses"."""
    head, dep = verb.head, verb.dep_
    there, reading = frames.impersonal(scene, head.head, walk, kind) if kind != "conduct" else (False, None)
    if there:
        return reading
    if (reading := aims.is_means(scene, verb, walk, kind)) is not None:
        return reading
    whole = scene.senses[head.head.i] if head.head.tag_[0] in "VM" and scene.inside(head.head) else None
    if whole is not None and head.i in whole.tokens and "refuse" in whole.classes and kind in ("measure", "process"):
        own = scene.own(scenes.subject(head.head) or head.head)
        sign = walk.d if own is False else -walk.d  # "sees no reason to let up on it"
        if own is False and scene.aside:
            return None
        return stands.complain(scene, head.head, walk, sign, "refused", "will not have it")
    if kind != "conduct" and frames.carries(scene, verb, walk):
        walk.status = "event"
        walk.tokens.add(verb.i)
        return Onward(head)
    helpers = {scenes.word(c): c for c in scenes.auxiliaries(verb)}
    classes = scene.classes(head) if scene.part(head) == "n" else frozenset()
    doer = any(c.dep_ == "nsubj" and scenes.word(c) in ("that", "which", "who") for c in verb.children)
    told = not classes & {"bad"} or doer  # "provocations that deepen the crisis" calls the crisis nothing
    if dep == "relcl" and told and not (classes and "to" in helpers):
        if scenes.word(head) in THINGS and "can" in helpers:
            return stands.wish(scene, verb, walk, walk.d, "asked", "says what can be done", helpers["can"])
        walk.status = "loose" if walk.status != scenes.BLOCKED else scenes.BLOCKED
        return None
    reading = heads.of_noun(scene, head, walk, kind, "acl", dep) if walk.status != "loose" else None
    if reading or walk.status == scenes.BLOCKED:
        return reading
    if "good" in classes and kind == "act" and len(scene.senses[head.i].tokens) > 1:
        return stands.judge(scene, head, walk, 1, [head])
    if not classes:
        walk.status = "loose"
    return Onward(head)


def _top(scene: Scene, verb: Token, walk: Walk, left: bool = False) -> Reading | None:
    """What the walk says where nothing holds the clause; `left`: it was told beside the main clause."""
    if walk.status == "event":
        offer = stands.offer(scene, verb)
        if offer:
            return stands.wish(scene, verb, walk, walk.d, "asked", "says what can be done", *offer)
    if walk.status == "stance":
        who = scenes.subject(verb) if verb.tag_[0] in "VM" else None
        if who is None or scene.own(who) is not False:
            above, words = judgements.environment(scene, verb)
            if above and verb.tag_[0] in "VM":
                return walk.reading(scene, walk.d * above, "stand", "takes a stand on it", *words)
    if walk.worth and walk.status == "event":
        above, words = judgements.environment(scene, verb)
        if above > 0:
            return walk.reading(scene, walk.worth, "harmed", "speaks of harm to it", *words)
    if left and walk.status in ("event", "bare"):
        walk.status, walk.closed = scenes.BLOCKED, "other"
    return None


def walk_on(scene: Scene, at: Step, walk: Walk, kind: str, most: int = 60) -> Reading | None:
    """Walk on from a noun or a verb until there is a reading or the way ends."""
    for _ in range(most):
        if isinstance(at, Onward):
            at = nouns.step(scene, at.noun, walk, kind)
        elif isinstance(at, Token):
            at = step(scene, at, walk, kind)
        else:
            break
    return at if isinstance(at, Reading) else None
