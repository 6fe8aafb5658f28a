"""Positions: what each statement's source supports or opposes, by the codebook, with the words that decided.

The grammar reads the content (`grammar.climb`); the reporting word decides where the content only names the target
("condemned the test", "called for sanctions to be lifted"). Where neither decides, there is no position.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import json
from collections.abc import Callable, Mapping

import pandas as pd
from spacy.tokens import Doc, Token

from stancebrief import codebook, countries, grammar, parses, study, tables, targets, valence

CODER = "rules"
CONFIDENCE = study.DATA / "reference" / "stance_confidence.csv"
UNMEASURED = 0.5  # confidence of a rule that the hand-coded articles do not show
NAMES = {1: "support", -1: "oppose", 0: "neutral"}
FIRST_PERSON = {"i", "we", "us", "me", "our", "my", "ourselves", "myself"}
THIRD_PERSON = {"it", "he", "she", "they", "its", "his", "her", "their"}
TOGETHER = {"allies", "partners", "sides", "countries", "nations", "governments"}  # "the two allies": the speaker's too
POINTING = {"this", "that", "it", "these", "those", "they", "which", "such"}
CLAIMS = {"accusation", "accusations", "allegation", "allegations", "claim", "claims", "charge", "charges", "criticism",
          "assertion", "assertions", "suggestion", "suggestions", "declare", "comments", "remarks", "blame"}
COURSE = {"record", "policy", "policies", "decision", "approach", "strategy", "handling", "response", "conduct", "stance",
          "position", "move", "actions", "course", "stand"}
RANK = ("stand", "asked", "harmed", "judged", "intended", "ready", "weighed", "refused", "warned", "insinuated", "cue",
        "denial", "course", "tone", "carried")


@dataclasses.dataclass(frozen=True)
class Position:
    """One target's reading in one statement; spans count into the article's text."""

    target: str
    sign: int
    rule: str
    why: str
    spans: tuple[tuple[int, int], ...]


@dataclasses.dataclass
class Content:
    """A statement's content in its parsed paragraph."""

    scene: grammar.Scene
    offset: int            # of the paragraph in the article
    cue: frozenset[str]    # classes of the reporting word
    cue_words: str
    cue_span: tuple[int, int]
    by: tuple[str, ...]

    @property
    def tokens(self) -> list[Token]:
        return list(self.scene.doc[self.scene.lo:self.scene.hi])

    @functools.cached_property
    def top(self) -> Token | None:
        """The word of the content that all others hang on (the first, where there are several)."""
        tops = [t for t in self.tokens if (t.head == t or not self.scene.inside(t.head)) and not t.is_punct]
        verbs = [t for t in tops if t.tag_[0] in "VM"]
        return (verbs or tops or [None])[0]


def code(statements: pd.DataFrame, articles: pd.DataFrame, book: codebook.Codebook) -> pd.DataFrame:
    """Positions (see `tables`), coder `rules`: a row for each country of a statement and each target it takes a side on.

    `statements` and `articles` are frames with the columns of the tables of those names; a statement without a position
    has no row.
    """
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    rows: list[dict[str, object]] = []
    for article, group in statements.groupby("article", sort=False):
        text = texts.get(article, "")
        group = group.sort_values(["start", "end"], kind="stable")
        records = group.to_dict("records")
        known = targets.persons(text, {r["speaker"]: r["countries"] for r in records
                                       if len(r["countries"]) == 3 and r["speaker"][:1].isupper()})
        before: tuple[Mapping, list[Position]] | None = None
        for record in records:
            found = read(record, text, book, known, before)
            earlier = before[1] if before and _follows(record, before) else []
            before = (record, [*found, *(p for p in earlier if p.target not in {f.target for f in found})])
            rows += _rows(record, found, text)
    return tables.check(pd.DataFrame(rows, columns=tables.TABLES["positions"].names), "positions") if rows else (
        tables.empty("positions"))


def _rows(record: Mapping, found: list[Position], text: str) -> list[dict[str, object]]:
    """The rows of a statement's positions."""
    rows = []
    for country in dict.fromkeys(filter(None, str(record["countries"]).split("|"))):
        for position in found:
            words = " … ".join(text[a:b] for a, b in position.spans)
            rows.append({"statement": record["statement"], "article": record["article"],
                         "utterance": record.get("utterance") or record["statement"], "country": country,
                         "target": position.target, "stance": NAMES[position.sign], "words": words,
                         "spans": json.dumps([list(span) for span in position.spans]), "why": position.why,
                         "confidence": confidence(position.rule), "coder": CODER})
    return rows


@functools.cache
def _measured() -> dict[str, float]:
    if not CONFIDENCE.exists():
        return {}
    with CONFIDENCE.open(encoding="utf-8", newline="") as handle:
        return {row["rule"]: float(row["confidence"]) for row in csv.DictReader(handle)}


def confidence(rule: str) -> float:
    """Share of a rule's labels that are right on the hand-coded articles, drawn toward the overall share where few."""
    return _measured().get(rule, UNMEASURED)


def _follows(record: Mapping, before: tuple[Mapping, list[Position]] | None) -> bool:
    """Whether a statement goes on where the one before ended: same source, same or next paragraph."""
    return (before is not None and record["speaker"] == before[0]["speaker"]
            and record["countries"] == before[0]["countries"] and 0 <= record["start"] - before[0]["end"] < 400)


def _content(record: Mapping, text: str, known: Mapping[str, str]) -> Content | None:
    """The statement's content in its parsed paragraph; None where there is nothing to read."""
    start, end = int(record["start"]), int(record["end"])
    lo, hi = int(record["paragraph_start"]), int(record["paragraph_end"])
    lo, hi = (lo, hi) if 0 <= lo <= start < end <= hi <= len(text) else (start, end)
    paragraph = text[lo:hi]
    if not paragraph.strip():
        return None
    doc = parses.parse([parses.legible(paragraph)])[0]
    inside = [t.i for t in doc if t.idx + len(t) > start - lo and t.idx < end - lo and not t.is_space]
    if not inside:
        return None
    by = tuple(str(record["countries"]).split("|"))
    scene = grammar.Scene(doc, valence.senses(doc, inside[0], inside[-1] + 1), inside[0], inside[-1] + 1,
                          _owner(doc, paragraph, record, by, known))
    cue = str(record.get("cue", ""))
    return Content(scene, lo, valence.of_cue(cue), cue, (int(record.get("cue_start", -1)), int(record.get("cue_end", -1))), by)


def _owner(doc: Doc, paragraph: str, record: Mapping, by: tuple[str, ...], known: Mapping[str, str]) -> Callable:
    """Says of a noun phrase whether it is the speaker's own side."""
    where: dict[int, set[str]] = {}
    for mention in countries.find(paragraph):
        for token in doc.char_span(mention.start, mention.end, alignment_mode="expand") or ():
            where.setdefault(token.i, set()).add(mention.iso3)
    last = str(record.get("speaker", "")).split()[-1:]
    direct = record.get("kind") == "direct"

    def own(token: Token) -> bool | None:
        word = valence.lower(token.text)
        if word in FIRST_PERSON and token.text != "US":
            return True
        if word in THIRD_PERSON:
            return None if direct else True
        if last and token.text == last[0]:
            return True
        codes = set(where.get(token.i, ()))
        for child in token.children:
            if child.dep_ in ("amod", "compound", "poss", "nmod", "conj"):
                codes |= where.get(child.i, set())
                if child.dep_ == "poss" and valence.lower(child.text) in ("our", "my"):
                    return True
            if child.dep_ == "prep" and valence.lower(child.text) == "of":
                for below in child.children:
                    codes |= where.get(below.i, set())
        if token.text in known:
            codes.add(known[token.text])
        if codes & set(by) or not codes and word in TOGETHER and any(
                valence.lower(c.text) in ("the", "two", "both", "three", "our") for c in token.children):
            return True
        return False if codes - {"UN"} else None

    return own


def read(record: Mapping, text: str, book: codebook.Codebook, known: Mapping[str, str] | None = None,
         before: tuple[Mapping, list[Position]] | None = None) -> list[Position]:
    """The positions of one statement (a row of the statements table), in the codebook's order.

    `known` gives persons' countries; `before` is the statement before with its positions, for what is carried over.
    """
    content = _content(record, text, known or {})
    if content is None:
        return []
    lo, hi = content.offset, content.offset + len(content.scene.doc.text)
    mentions = targets.find(text, int(record["start"]), int(record["end"]), book, by=content.by, paragraph=text[lo:hi],
                            known=known)
    mentions = _absorbed(mentions, content, book)
    for mention in mentions:
        span = content.scene.doc.char_span(mention.start - lo, mention.end - lo, alignment_mode="expand")
        if not mention.actor:
            content.scene.named.update({token.i: mention.target for token in span or ()})
    found: dict[str, Position] = {}
    for mention in mentions:
        target = book[mention.target]
        span = content.scene.doc.char_span(mention.start - lo, mention.end - lo, alignment_mode="expand")
        if span is None:
            continue
        if mention.actor and _part_of_another(span, mention, mentions, lo):
            continue
        content.scene.special = _special(content, target)
        kind = "measure" if target.kind == "conduct" and mention.against else target.kind
        reading, walk = grammar.climb(content.scene, span.start, span.end, kind, mention.against)
        reading = _with_cue(content, reading, walk, span, target)
        if reading is None:
            continue
        new = Position(target.name, reading.sign, reading.rule, reading.why, _spans(content, reading.tokens))
        old = found.get(target.name)
        if old is None or RANK.index(new.rule) < RANK.index(old.rule):
            found[target.name] = new
    for position in _beside(content, record, text, book, mentions, found, before):
        found.setdefault(position.target, position)
    for name in [name for name in found for other in book[name].instead_of if other in found]:
        for other in book[name].instead_of:
            found.pop(other, None)
    return [found[name] for name in book.names if name in found]


@functools.cache
def _forms(target: codebook.Target) -> dict[str, str]:
    """{form of a verb: the class that the codebook gives it for this target}"""
    return {form: name for name, verbs in (("raise", target.raise_), ("lower", target.lower))
            for verb in verbs for form in valence.forms(verb)}


def _special(content: Content, target: codebook.Target) -> dict[int, str]:
    """The tokens of the content that the target's own verbs stand at."""
    forms = _forms(target)
    return {t.i: forms[valence.lower(t.text)] for t in content.tokens
            if t.tag_[0] == "V" and valence.lower(t.text) in forms} if forms else {}


def _spans(content: Content, tokens: frozenset[int], cue: bool = False) -> tuple[tuple[int, int], ...]:
    """The words as spans of the article, neighbours joined."""
    spans: list[list[int]] = []
    doc, last = content.scene.doc, -2
    for i in sorted(tokens):
        token = doc[i]
        if token.is_space:
            continue
        if i == last + 1:
            spans[-1][1] = content.offset + token.idx + len(token)
        else:
            spans.append([content.offset + token.idx, content.offset + token.idx + len(token)])
        last = i
    return tuple((a, b) for a, b in spans)


def _absorbed(mentions: list[targets.Mention], content: Content, book: codebook.Codebook) -> list[targets.Mention]:
    """The mentions without those inside another target's that stands for them (a veto of sanctions is a veto)."""
    gone: set[targets.Mention] = set()
    for mention in mentions:
        others = set(book[mention.target].instead_of)
        span = content.scene.doc.char_span(mention.start - content.offset, mention.end - content.offset,
                                           alignment_mode="expand")
        if others and span is not None:
            below = {t.i for t in span.root.subtree}
            if span.root.tag_[0] == "N" and span.root.head.tag_[0] == "V":
                below |= {t.i for c in span.root.head.children if c.dep_ == "prep" for t in c.subtree}
            for other in mentions:
                at = content.scene.doc.char_span(other.start - content.offset, other.end - content.offset,
                                                 alignment_mode="expand")
                if other.target in others and at is not None and at.root.i in below:
                    gone.add(other)
    return [m for m in mentions if m not in gone]


def _part_of_another(span, mention: targets.Mention, mentions: list[targets.Mention], offset: int) -> bool:
    """Whether a country's name only says whose another target is ("US-South Korean drills")."""
    head = span.root
    while head.dep_ in ("amod", "compound", "nmod", "poss", "conj", "appos") and head.head != head:
        head = head.head
        at = offset + head.idx
        if any(m.target != mention.target and m.start <= at < m.end for m in mentions):
            return True
    return False


def _with_cue(content: Content, reading: grammar.Reading | None, walk: grammar.Walk, span, target: codebook.Target
              ) -> grammar.Reading | None:
    """The reading once the reporting word is taken into account."""
    cue = content.cue
    conduct = target.kind == "conduct"
    scene = content.scene
    own = scene.own(span.root) is True if conduct else False
    if reading is not None:
        if "deny" in cue and reading.rule in ("judged", "harmed") and not cue & {"against"}:
            return dataclasses.replace(reading, sign=-reading.sign, why=f"{reading.why}, but {content.cue_words} it")
        if conduct and own and reading.sign < 0 and reading.rule == "asked":
            return None
        if "against" in cue and reading.rule == "stand" and not clause_of(content):  # "criticised X for opposing it"
            return dataclasses.replace(reading, sign=-reading.sign, why=f"{reading.why}, and {content.cue_words} for that")
        if "against" in cue and reading.rule == "refused":  # "accused X of failing to enforce it"
            return dataclasses.replace(reading, sign=-reading.sign, why=f"complains of it: ‘{content.cue_words}’")
        return reading
    top = content.top
    clause = clause_of(content)
    regrets = [t for t in content.tokens if "regret" in scene.classes(t)]
    if regrets and target.kind == "process" and any(grammar.negated(t) or scene.classes(t) & {"refuse", "harm"}
                                                    for t in content.tokens if t.tag_[0] in "VM"):
        return grammar.Reading(1, "harmed", f"regrets that it is not to be: ‘{regrets[0].text}’", frozenset(walk.tokens) | {regrets[0].i})
    if walk.status == grammar.BLOCKED and not (cue & {"against", "for"} and not clause) and not (
            "warn" in cue and target.kind == "act" and walk.closed != "condition"):
        return None
    tokens = frozenset(walk.tokens)

    def decided(sign: int, why: str, rule: str = "cue") -> grammar.Reading:
        return grammar.Reading(sign, rule, f"{why}: ‘{content.cue_words}’", tokens | _cue_tokens(content))

    infinitive = top is not None and (grammar._infinitive(top) or any(
        t.tag_ == "VB" and t.i >= scene.lo for t in top.children if t.dep_ in ("xcomp", "ccomp")))
    if conduct and own and not (cue & {"against"} and walk.status == "bare"):
        if cue & {"for"} and not cue & {"raise"} and walk.status == "bare":
            return decided(1, "speaks for it")
        sign, words = _tone(content, span)
        return grammar.Reading(1, "course", f"speaks well of its own course: {grammar.text(scene, *words[:2])}", tokens | {
            i for w in words for i in scene.senses[w.i].tokens}) if sign > 0 and len(words) > 1 else None
    asks = "ask" in cue and (not cue & {"say"} or infinitive or top is not None and top.tag_ in ("VB",))
    if "question" in cue or cue & {"ask"} and _whether(content):
        if conduct and walk.status in ("bare", "loose") or not conduct and (target.kind == "act" or walk.status != "event"):
            return decided(-1, "doubts it", "insinuated")
    if cue & {"against"} and not cue & {"say"}:
        if conduct and walk.status not in ("bare", "loose", "blocked"):
            return None
        if not conduct and walk.status == "loose":
            return None
        if conduct and walk.status == "loose" and not _leads(content, span):
            return None
        return decided(-walk.d, "speaks against it")
    if asks:
        if conduct:
            return decided(-walk.d, "is asked to act", "asked") if _leads(content, span) and infinitive else None
        if walk.status in ("event", "stance") or walk.status == "bare" and not clause:
            return decided(walk.d, "asks for it" if walk.d > 0 else "asks for it to end or not to be", "asked")
        if walk.status == "discussed":
            return decided(0 if target.kind != "process" else 1, "would discuss it", "weighed")
        return None
    if "warn" in cue and not conduct:
        first = valence.lower(content.tokens[0].text)
        if not clause and ("against" in content.cue_words.split() or first == "against") and walk.status in ("event", "bare"):
            return decided(-walk.d, "warns against it", "warned")
        if infinitive and walk.status == "event" and top is not None and grammar._infinitive(top):
            return decided(walk.d, "warns against it" if walk.d < 0 else "asks for it", "warned")
        if target.kind == "act" or walk.status == "event" and (walk.d < 0):
            return decided(-walk.d, "warns of it", "warned")
        return None
    if "deny" in cue and not conduct and not clause:
        if cue & {"lower", "against"} and walk.status in ("bare", "event", "stance"):
            return decided(-walk.d, "rejects it")
        return None
    if "refuse" in cue and not conduct and walk.status in ("event", "bare"):
        return decided(-walk.d, "will not have it", "refused")
    if "intend" in cue and not conduct and not ("say" in cue and clause):
        if walk.status == "event" or walk.status in ("bare", "stance") and not clause:
            return decided(walk.d, "means to do it" if walk.d > 0 else "means to end it or not to do it", "intended")
        if walk.status == "discussed":
            return decided(0 if target.kind != "process" else 1, "would discuss it", "weighed")
    if cue & {"for"} and not cue & {"say"} and not clause:
        return decided(walk.d, "speaks for it")
    if walk.status == "stance" and not clause:
        return decided(walk.d, "takes a stand on it")
    if ("label" in cue or not clause) and not (conduct and not _leads(content, span)):
        sign, words = _tone(content, span)
        if sign and ("label" in cue or target.kind != "process" and sign < 0):
            return grammar.Reading(sign * walk.d, "tone", f"calls it {grammar.text(scene, *words[:2])}",
                                   tokens | {i for w in words for i in scene.senses[w.i].tokens})
    if walk.status in ("bare", "loose") and (target.kind == "act" or conduct and span.root.dep_ in (
            "nsubj", "nsubjpass", "poss", "ROOT")):
        sign, words = _tone(content, span)
        if sign < 0:
            return grammar.Reading(sign * walk.d, "tone", f"speaks badly of it: {grammar.text(scene, *words[:2])}",
                                   tokens | {i for w in words for i in scene.senses[w.i].tokens})
    return None


def clause_of(content: Content) -> bool:
    """Whether the content is a clause with its subject, not a name or an infinitive."""
    top = content.top
    return top is not None and top.tag_[0] in "VM" and top.tag_ != "VBG" and any(
        c.dep_ in ("nsubj", "nsubjpass", "expl") for c in top.children)


def _whether(content: Content) -> bool:
    first = [valence.lower(t.text) for t in content.tokens[:3]]
    return bool(first) and first[0] in ("if", "whether")


def _leads(content: Content, span) -> bool:
    """Whether the named government opens the content: "Washington to act", "the US of stoking tensions"."""
    return span.start - content.scene.lo <= 3


def _cue_tokens(content: Content) -> frozenset[int]:
    """The reporting word's tokens, where it stands in the same paragraph."""
    start, end = (at - content.offset for at in content.cue_span)
    if content.cue_span[0] < 0:
        return frozenset()
    return frozenset(t.i for t in content.scene.doc if t.idx >= start and t.idx + len(t) <= end)


def _tone(content: Content, span) -> tuple[int, list[Token]]:
    """What the judging words of a content say where all of them say the same: -1, +1, or 0."""
    scene, words, signs = content.scene, [], set()
    for token in content.tokens:
        if not scene.senses[token.i] or token.sent != span.root.sent:
            continue
        if span.start <= token.i < span.end and not (token.dep_ == "amod" and "bad" in scene.classes(token)):
            continue
        if scene.part(token) in ("a", "n") and scene.classes(token) & {"bad", "good", "harm"}:
            sign = grammar.worth(scene, token)[0]
            if sign and (grammar.environment(scene, token)[0] <= 0 or any(
                    grammar.negated(up) and up.tag_[0] == "V" for up in token.ancestors if scene.inside(up))):
                return 0, []
            if sign < 0 and any(scene.classes(up) & {"help", "lower"} and scene.part(up) == "v"
                                for up in (token.head, token.head.head) if scene.inside(up)):
                continue  # to deter a threat is nothing bad
            if sign:
                signs.add(sign)
                words.append(token)
        elif scene.part(token) == "v" and scene.classes(token) & {"bad", "harm", "good", "for", "against"}:
            if grammar.environment(scene, token)[0] <= 0:
                return 0, []
            sign = -1 if scene.classes(token) & {"bad", "harm", "against"} else 1
            signs.add(-sign if grammar.negated(token) else sign)
            words.append(token)
        elif "opaque" in scene.classes(token):
            return 0, []
    return (signs.pop(), words) if len(signs) == 1 else (0, [])


def _beside(content: Content, record: Mapping, text: str, book: codebook.Codebook, mentions: list[targets.Mention],
            found: Mapping[str, Position], before: tuple[Mapping, list[Position]] | None) -> list[Position]:
    """Positions on what the content does not name: a claim denied, one's own course, a target carried over."""
    out: list[Position] = []
    cue, scene, top = content.cue, content.scene, content.top
    mine = [t for t in book.targets if t.kind == "conduct" and set(t.whose) & set(content.by)]
    if top is None:
        return out
    head_words = {valence.lower(t.text) for t in content.tokens if t.dep_ not in ("pobj",)}
    if mine and "deny" in cue and not found and (head_words & CLAIMS or grammar.worth(scene, top)[0] < 0
                                                 or top.tag_[0] in "V" and grammar.predicate(scene, top)[0] < 0):
        out.append(Position(mine[0].name, 1, "denial", f"denies a claim against it: ‘{content.cue_words}’",
                            _spans(content, _cue_tokens(content) | {top.i})))
    if mine and "for" in cue and not cue & {"say"} and not found and not mentions and head_words & COURSE:
        out.append(Position(mine[0].name, 1, "course", f"speaks for its own course: ‘{content.cue_words}’",
                            _spans(content, _cue_tokens(content) | {top.i})))
    if mine and mine[0].name not in found and top.tag_[0] in "VM":
        out += _own_course(content, mine[0]) or _own_effort(content, mine[0], found, book)
    if before and before[1] and _follows(record, before):
        out += _duty_carried(content, before[1], book, found)
        if not mentions:
            out += _carried(content, before[1], book)
    return out


def _own_course(content: Content, target: codebook.Target) -> list[Position]:
    """One's own government's course praised or defended in the first person."""
    scene = content.scene
    for verb in content.tokens:
        if verb.tag_[0] not in "VM":
            continue
        who = grammar.subject(verb)
        if who is None or scene.own(who) is not True or valence.lower(who.text) in ("i", "he", "she"):
            continue
        sign, words = grammar.predicate(scene, verb)
        above, _ = grammar.environment(scene, verb)
        helps = any(scene.part(w) == "v" and "help" in scene.classes(w) for w in (*words, *verb.subtree)
                    if scene.inside(w))
        helps = helps or any(c.dep_ == "poss" and valence.lower(c.text) == "our" for c in who.children)
        if sign > 0 and above > 0 and helps:
            tokens = frozenset(i for w in words for i in (scene.senses[w.i].tokens if scene.senses[w.i] else (w.i,)))
            return [Position(target.name, 1, "course", f"speaks well of its own course: {grammar.text(scene, *words)}",
                             _spans(content, tokens | {who.i}))]
    return []


def _own_effort(content: Content, target: codebook.Target, found: Mapping[str, Position], book: codebook.Codebook
                ) -> list[Position]:
    """One's own government has tried, offered, reached out: it is not to blame that talks have not come about."""
    if not any(p.sign > 0 and book[name].kind == "process" for name, p in found.items()):
        return []
    for verb in content.tokens:
        if verb.tag_ in ("VBD", "VBN") and content.scene.classes(verb) & {"intend"} and content.scene.part(verb) == "v":
            who = grammar.subject(verb)
            if who is not None and content.scene.own(who) is True and not grammar.negated(verb):
                return [Position(target.name, 1, "course", f"speaks of its own effort: ‘{verb.text}’",
                                 _spans(content, frozenset({who.i, verb.i})))]
    return []


def _duty_carried(content: Content, before: list[Position], book: codebook.Codebook, found: Mapping[str, Position]
                  ) -> list[Position]:
    """ "The key is to act", said just after a government was found wanting, is said of that government."""
    top = content.top
    asked = next((p for p in before if book[p.target].kind == "conduct" and p.rule == "asked"), None)
    if asked is None or top is None or valence.lower(top.text) not in grammar.LINKING or asked.target in found:
        return []
    who = next((c for c in top.children if c.dep_ == "nsubj" and c.i >= content.scene.lo), None)
    if who is None or not any(c.dep_ == "xcomp" and grammar._infinitive(c) for c in top.children):
        return []
    act = next(c for c in top.children if c.dep_ == "xcomp" and grammar._infinitive(c))
    return [Position(asked.target, asked.sign, "carried", f"says what the one spoken of just before has to do: ‘{act.text}’",
                     _spans(content, frozenset({who.i, top.i, act.i})))]


def _carried(content: Content, before: list[Position], book: codebook.Codebook) -> list[Position]:
    """A judgement without a target of its own is on what the same source spoke of just before."""
    scene, top, pointed = content.scene, content.top, False
    assert top is not None
    if top.tag_[0] not in "VM":
        sign, words = grammar.worth(scene, top)
    else:
        who = next((c for c in top.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if who is not None and scene.inside(who) and valence.lower(who.text) not in POINTING and not any(
                valence.lower(c.text) in POINTING for c in who.children if c.dep_ == "det"):
            return []
        pointed = who is not None and scene.inside(who)
        sign, words = grammar.predicate(scene, top)
    if not sign or grammar.environment(scene, top)[0] <= 0:
        return []
    if not pointed and (not words or scene.part(words[-1]) not in ("a", "n")):
        return []
    main = next((p for p in before if p.sign == sign), None)  # a source that turns round within a breath is a misreading
    if main is None:
        return []
    tokens = frozenset(i for w in words for i in (scene.senses[w.i].tokens if scene.senses[w.i] else (w.i,)))
    return [Position(main.target, sign, "carried", f"said of what was spoken of just before: {grammar.text(scene, *words)}",
                     _spans(content, tokens))]
