"""Positions: what each statement's source supports or opposes, by the codebook, with the words that decided.

The grammar reads the content (`grammar.climb`); the reporting word decides where the content only names the target
("condemned the test", "called for sanctions to be lifted"). A target that is not named is read where a word stands for
it (`antecedents`). Where no rule decides, a second reading, learned from hand-coded statements, may (`learned`); else
there is no position.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pandas as pd

from stancebrief import codebook, tables
from stancebrief.stance import antecedents, carried, coding, features, learned, targets
from stancebrief.stance.carried import Position
from stancebrief.stance.coding import RANK
from stancebrief.statements import confidence

__all__ = ["CODER", "NAMES", "RANK", "check", "code", "readings", "told", "toward_target",
           "understandings"]
CODER = "rules"
NAMES = {1: "support", -1: "oppose", 0: "neutral"}


def code(statements: pd.DataFrame, articles: pd.DataFrame, book: codebook.Codebook, *, second: bool = True
         ) -> pd.DataFrame:
    """Positions (see `tables`), coder `rules`: one for each country of a statement and target it takes a side on.

    `statements` and `articles` are frames with the columns of the tables of those names; a statement without a position
    has no row. `second`: whether a second reading adds and drops labels (see `learned`); how sure the rules' labels are
    is asked of it in any case.
    """
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    rows: list[dict[str, object]] = []
    for record, found in readings(statements, articles, book, second=second):
        rows += _rows(record, found, texts.get(record["article"], ""))
    if not rows:
        return tables.empty("positions")
    return tables.check(pd.DataFrame(rows, columns=tables.TABLES["positions"].names), "positions")


def readings(
    statements: pd.DataFrame, articles: pd.DataFrame, book: codebook.Codebook, *, second: bool = True
) -> Iterator[tuple[dict, list[Position]]]:
    """(row of the statements table, its positions) for every statement, article by article in text order."""
    for record, understood, said in understandings(statements, articles, book):
        yield record, (learned.again if second else learned.weighed)(understood, record, book, said)


def understandings(
    statements: pd.DataFrame, articles: pd.DataFrame, book: codebook.Codebook
) -> Iterator[tuple[dict, coding.Understood, features.Said]]:
    """(row of the statements table, what the rules make of it, the sides taken before) for every statement, in order.

    What a statement carries over from the one before, and what was said before, is by the rules alone.
    """
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    groups: dict[str, list[dict]] = {}
    for record in statements.to_dict("records"):
        groups.setdefault(record["article"], []).append(record)
    for article, records in groups.items():
        text = texts.get(article, "")
        records.sort(key=lambda record: (record["start"], record["end"]))
        spoken = {
            r["speaker"]: r["countries"] for r in records if len(r["countries"]) == 3 and r["speaker"][:1].isupper()
        }
        known = targets.persons(text, spoken)
        field = antecedents.Field(text, book)
        before: tuple[Mapping, list[Position]] | None = None
        said = features.Said(field)
        for record in records:
            understood = coding.understand(record, text, book, known, before, field)
            found = understood.positions
            field.said[str(record["speaker"]), str(record["countries"])] = int(record["start"]), int(record["end"])
            earlier = before[1] if before and carried.follows(record, before) else []
            before = (record, [*found, *(p for p in earlier if p.target not in {f.target for f in found})])
            yield record, understood, said
            said.add(record, found)


def told(why: str) -> bool:
    """Whether a position with that `why` was taken by the second reading, not by a rule."""
    return why.startswith(learned.TOLD)


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
                    "confidence": confidence.position(record, position.rule, position.among, position.chance),
                    "coder": CODER,
                }
            )
    return rows


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
    return coding.understand(record, whole + (f"\n\n{text}" if text else ""), book).positions


def check(book: codebook.Codebook) -> list[str]:
    """What the codebook's own examples show: a line for each that the rules read otherwise than it is labelled.

    Raises CodebookError, naming file and line, where an example is read as the opposite of its label, or where a
    counter-example is read as a position. An example that is only missed is told, not refused.
    """
    told = []
    names = [phrase.words for target in book.targets for phrase in target.phrases]
    context = " ".join(dict.fromkeys(
        near for target in book.targets for phrase in target.phrases for near in phrase.near))
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
