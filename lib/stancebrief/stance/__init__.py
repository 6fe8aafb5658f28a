"""Positions: what each statement's source supports or opposes, by the codebook, with the words that decided.

The grammar reads the content (`grammar.climb`); the reporting word decides where the content only names the target
("condemned the test", "called for sanctions to be lifted"). Where neither decides, there is no position.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Iterator, Mapping

import pandas as pd

from stancebrief import codebook, tables
from stancebrief.stance import carried, contents, grammar, reporting, targets, valence
from stancebrief.stance.carried import Position
from stancebrief.stance.contents import Content
from stancebrief.statements import confidence

CODER = "rules"
NAMES = {1: "support", -1: "oppose", 0: "neutral"}
RANK = (
    "stand",
    "asked",
    "harmed",
    "judged",
    "intended",
    "ready",
    "weighed",
    "refused",
    "warned",
    "insinuated",
    "cue",
    "denial",
    "course",
    "tone",
    "carried",
)


def code(statements: pd.DataFrame, articles: pd.DataFrame, book: codebook.Codebook) -> pd.DataFrame:
    """Positions (see `tables`), coder `rules`: one for each country of a statement and target it takes a side on.

    `statements` and `articles` are frames with the columns of the tables of those names; a statement without a position
    has no row.
    """
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    rows: list[dict[str, object]] = []
    for record, found in readings(statements, articles, book):
        rows += _rows(record, found, texts.get(record["article"], ""))
    if not rows:
        return tables.empty("positions")
    return tables.check(pd.DataFrame(rows, columns=tables.TABLES["positions"].names), "positions")


def readings(
    statements: pd.DataFrame, articles: pd.DataFrame, book: codebook.Codebook
) -> Iterator[tuple[dict, list[Position]]]:
    """(row of the statements table, its positions) for every statement, article by article in text order."""
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    for article, group in statements.groupby("article", sort=False):
        text = texts.get(article, "")
        records = group.sort_values(["start", "end"], kind="stable").to_dict("records")
        spoken = {
            r["speaker"]: r["countries"] for r in records if len(r["countries"]) == 3 and r["speaker"][:1].isupper()
        }
        known = targets.persons(text, spoken)
        before: tuple[Mapping, list[Position]] | None = None
        for record in records:
            found = read(record, text, book, known, before)
            earlier = before[1] if before and carried.follows(record, before) else []
            before = (record, [*found, *(p for p in earlier if p.target not in {f.target for f in found})])
            yield record, found


def _rows(record: Mapping, found: list[Position], text: str) -> list[dict[str, object]]:
    """The rows of a statement's positions."""
    rows = []
    for country in dict.fromkeys(filter(None, str(record["countries"]).split("|"))):
        for position in found:
            words = " … ".join(text[a:b] for a, b in position.spans)
            rows.append(
                {
                    "statement": record["statement"],
                    "article": record["article"],
                    "utterance": record.get("utterance") or record["statement"],
                    "country": country,
                    "target": position.target,
                    "stance": NAMES[position.sign],
                    "words": words,
                    "spans": json.dumps([list(span) for span in position.spans]),
                    "why": position.why,
                    "confidence": confidence.position(record, position.rule, position.among),
                    "coder": CODER,
                }
            )
    return rows


def read(
    record: Mapping,
    text: str,
    book: codebook.Codebook,
    known: Mapping[str, str] | None = None,
    before: tuple[Mapping, list[Position]] | None = None,
) -> list[Position]:
    """The positions of one statement (a row of the statements table), in the codebook's order.

    `known` gives persons' countries; `before` is the statement before with its positions, for what is carried over.
    """
    content = contents.of(record, text, known or {})
    if content is None:
        return []
    lo, hi = content.offset, content.offset + len(content.scene.doc.text)
    mentions = targets.find(
        text, int(record["start"]), int(record["end"]), book, by=content.by, paragraph=text[lo:hi], known=known
    )
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
        content.scene.mine = not target.whose or bool(set(target.whose) & set(content.by))
        kind = "measure" if target.kind == "conduct" and mention.against else target.kind
        reading, walk = grammar.climb(content.scene, span.start, span.end, kind, mention.against)
        if reading is None and (again := contents.again(content, span)) is not None and kind != "conduct":
            reading, _ = grammar.climb(content.scene, again.i, again.i + 1, kind, mention.against)
            if reading is not None and walk.closed == "condition" and reading.rule != "asked":
                reading = None  # what would be so if …
            if reading is not None:
                reading = dataclasses.replace(reading, tokens=reading.tokens | walk.tokens)
        reading = reporting.weigh(content, reading, walk, span, target)
        if reading is None:
            continue
        new = Position(target.name, reading.sign, reading.rule, reading.why, contents.spans(content, reading.tokens))
        old = found.get(target.name)
        if old is None or RANK.index(new.rule) < RANK.index(old.rule):
            found[target.name] = new
    found = carried.bargained(content, book, found)
    for position in carried.beside(content, record, text, book, mentions, found, before):
        found.setdefault(position.target, position)
    for other in {other for name in found for other in book[name].instead_of}:
        found.pop(other, None)
    among = len({mention.target for mention in mentions} | set(found))
    return [dataclasses.replace(found[name], among=among) for name in book.names if name in found]


@functools.cache
def _forms(target: codebook.Target) -> dict[str, str]:
    """{form of a verb: the class that the codebook gives it for this target}"""
    return {
        form: name
        for name, verbs in (("raise", target.raise_), ("lower", target.lower))
        for verb in verbs
        for form in valence.forms(verb)
    }


def _special(content: Content, target: codebook.Target) -> dict[int, str]:
    """The tokens of the content that the target's own verbs stand at."""
    forms = _forms(target)
    return (
        {
            t.i: forms[valence.lower(t.text)]
            for t in content.tokens
            if t.tag_[0] == "V" and valence.lower(t.text) in forms
        }
        if forms
        else {}
    )


def _absorbed(mentions: list[targets.Mention], content: Content, book: codebook.Codebook) -> list[targets.Mention]:
    """The mentions without those inside another target's that stands for them (a veto of sanctions is a veto)."""
    gone: set[targets.Mention] = set()
    for mention in mentions:
        others = set(book[mention.target].instead_of)
        span = content.scene.doc.char_span(
            mention.start - content.offset, mention.end - content.offset, alignment_mode="expand"
        )
        if others and span is not None:
            below = {t.i for t in span.root.subtree}
            if span.root.tag_[0] == "N" and span.root.head.tag_[0] == "V":
                below |= {t.i for c in span.root.head.children if c.dep_ == "prep" for t in c.subtree}
            for other in mentions:
                at = content.scene.doc.char_span(
                    other.start - content.offset, other.end - content.offset, alignment_mode="expand"
                )
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


def toward_target(
    says: str, book: codebook.Codebook, *, cue: str = "", by: str = "", text: str = "", speaker: str = ""
) -> list[Position]:
    """The positions of a content that stands alone, said with that cue by a speaker of that country.

    A content without a cue is read as a quotation. For trying a codebook, and for its own examples.
    """
    before = f"{speaker or 'The envoy'} {cue} " if cue else ""
    whole = f"{before}{says}{'' if says.endswith('.') else '.'}"
    at, end = len(before), len(before) + len(says.rstrip("."))
    record = {
        "statement": "", "article": "", "start": at, "end": end, "kind": "indirect" if cue else "direct", "cue": cue,
        "content": says, "cue_start": at - len(cue) - 1 if cue else -1, "cue_end": at - 1 if cue else -1,
        "speaker": speaker, "countries": by or "UNKNOWN", "paragraph_start": 0, "paragraph_end": len(whole),
    }  # fmt: skip
    return read(record, whole + (f"\n\n{text}" if text else ""), book)


def check(book: codebook.Codebook) -> list[str]:
    """What the codebook's own examples show: a line for each that the rules read otherwise than it is labelled.

    Raises CodebookError, naming file and line, where an example is read as the opposite of its label, or where a
    counter-example is read as a position. An example that is only missed is told, not refused.
    """
    told = []
    names = [phrase.words for target in book.targets for phrase in target.phrases]
    context = " ".join(near for target in book.targets for phrase in target.phrases for near in phrase.near)
    for target in book.targets:
        for example in target.examples:
            found = toward_target(example.says, book, cue=example.cue, by=example.by, text=context if names else "")
            read_as = next((NAMES[p.sign] for p in found if p.target == target.name), codebook.NONE)
            if read_as == example.stance:
                continue
            where = f"{book.path}, line {example.line}: {example.says!r} of {target.name!r}"
            if read_as == codebook.NONE:
                told.append(f"{where} is labelled {example.stance}; the rules find no position in it")
                continue
            raise codebook.CodebookError(
                f"{where} is labelled {example.stance}, but reads as {read_as}; "
                "change the label, the words, or the phrases of the target"
            )
    return told
