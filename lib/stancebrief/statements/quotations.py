"""Quotation marks and sentences: which marks pair, what stands between them, where sentences end. No parse is needed.

Marks are paired within a paragraph, so that a stray one harms a paragraph at most. An apostrophe is never a mark. A
paragraph may leave its quotation open when the next one begins with a mark.
"""

from __future__ import annotations

import dataclasses
import itertools
import re

from stancebrief.statements import vocabulary

OPENS, CLOSES, EITHER = 1, -1, 0
DIRECTED = {"“": OPENS, "„": OPENS, "«": OPENS, "”": CLOSES, "»": CLOSES, "‘": OPENS, "’": CLOSES}
BEFORE_OPENING = frozenset(" ([{—–-/:;,=>…")
AFTER_CLOSING = frozenset(" )]}.,;:!?—–-/'|…")
NOT_AN_END = vocabulary.of("abbreviation")
SENTENCE_END = re.compile(r"""(?P<stop>\.{3,}|[.!?…]+)(?P<close>["')\]]*)(?=(?P<gap>\s+)(?P<next>\S{1,2}))""")
STARTS_A_SENTENCE = vocabulary.of("sentence_opener")
WORD_BEFORE = re.compile(r"[\w.&'-]*$")
ORDINARY_WORD = re.compile(r"[A-Za-z']+")
SENTENCE_WORDS = 4  # a shorter sentence is no statement of its own
LONGEST_SINGLE = 400  # characters between single marks: more is two apostrophes


@dataclasses.dataclass(frozen=True)
class Quotation:
    """A quotation: `start`, `end` between the marks, `before`, `after` with them; `single` marks; `closed` or not."""

    start: int
    end: int
    before: int
    after: int
    single: bool = False
    closed: bool = True
    reopened: bool = False  # it goes on from the paragraph before

    def __contains__(self, at: int) -> bool:
        return self.before <= at < self.after


def pair(raw: str, text: str, reopened: bool = False) -> tuple[list[Quotation], int]:
    """Quotations of a paragraph in order, and how many of its marks found no partner.

    `raw` is the paragraph as written, `text` the same made legible; `reopened` says that the paragraph before left its
    quotation open.
    """
    marks = [(m.start(), _hint(raw, text, m.start())) for m in re.finditer('"', text)]
    found: list[Quotation] = []
    stray = 0
    opened = -1
    fresh = reopened
    for n, (at, hint) in enumerate(marks):
        if opened < 0:
            if hint == CLOSES:
                stray += 1
                if n == 0 and not found and _lost_opening(text, at):
                    found.append(Quotation(0, at, 0, at + 1))
                continue
            opened = at
        elif hint == OPENS:
            if _nested(marks[n:]):
                continue
            end = _end_before(text, opened + 1, at)
            found.append(Quotation(opened + 1, end, opened, end, closed=False, reopened=fresh))
            stray, opened, fresh = stray + 1, at, False
        elif _nested_close(marks, n, opened):
            continue
        else:
            found.append(Quotation(opened + 1, at, opened, at + 1, reopened=fresh))
            opened, fresh = -1, False
    if opened >= 0:
        speech = opened <= 1 or text[:opened].rstrip()[-1:] in ",:" or opened == len(text.rstrip()) - 1
        end = len(text.rstrip()) if speech else next((e for _, e in sentences(text) if e > opened), len(text.rstrip()))
        if end > opened + 1:
            found.append(Quotation(opened + 1, end, opened, end, closed=False, reopened=fresh))
        stray += 1
    found += _single(text, found)
    return sorted((q for q in found if q.end > q.start), key=lambda q: q.start), stray


def _hint(raw: str, text: str, at: int) -> int:
    """Whether the mark opens or closes, from its own shape or from its neighbours."""
    if raw[at] in DIRECTED:
        return DIRECTED[raw[at]]
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    left, right = before in BEFORE_OPENING, after in AFTER_CLOSING
    if left and not right:
        return OPENS if before not in ",…" else EITHER
    if right and not left:
        return CLOSES
    if at == 0:
        return OPENS
    if not text[at + 1 :].strip():
        return CLOSES
    if before in ",.…" and after == " ":
        return CLOSES
    if before == " " and after in ".…'[(":
        return OPENS
    return EITHER


def _nested(rest: list[tuple[int, int]]) -> bool:
    """Whether the opening mark at the head of `rest` opens a quotation inside one: two marks in a row close later."""
    depth = 1
    for _, hint in rest:
        if hint == EITHER:
            return False
        depth += hint
        if depth > 2:
            return False
        if depth == 0:
            return True
    return False


def _nested_close(marks: list[tuple[int, int]], n: int, opened: int) -> bool:
    """Whether the closing mark n closes only an inner quotation."""
    inner = [hint for at, hint in marks[:n] if at > opened]
    return sum(inner) > 0


def _lost_opening(text: str, at: int) -> bool:
    """Whether a first mark that closes ends a quotation whose opening mark was lost: speech, then `," said`."""
    return at > 30 and text[at - 1] in ",?!" and not re.search(r"\d$", text[:at])


def _end_before(text: str, start: int, at: int) -> int:
    """Where a quotation that was never closed ends: with the last sentence before the next mark."""
    ends = [end for _, end in sentences(text[start:at])]
    return start + (ends[0] if ends else at - start)


def _single(text: str, doubles: list[Quotation]) -> list[Quotation]:
    """Quotations in single marks outside the double ones. A mark stands at a word's edge; a possessive s' does not."""
    found = []
    at = 0
    while (at := text.find("'", at)) >= 0:
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2]
        if not (before in BEFORE_OPENING and after.isalnum()) or any(at in q for q in doubles):
            at += 1
            continue
        closing = _closing_single(text, at)
        if closing is None:
            at += 1
            continue
        found.append(Quotation(at + 1, closing, at, closing + 1, single=True))
        at = closing + 1
    return found


def _closing_single(text: str, opened: int) -> int | None:
    doubtful = None
    for m in re.finditer("'", text[opened + 1 : opened + LONGEST_SINGLE]):
        at = opened + 1 + m.start()
        before, after = text[at - 1], text[at + 1 : at + 2] or " "
        if before == " " or after not in AFTER_CLOSING:
            continue
        if before in "sS" and after == " ":
            doubtful = at if doubtful is None else doubtful
            continue
        return at
    return doubtful


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a text, without the space between them, by punctuation alone."""
    cuts = []
    for m in SENTENCE_END.finditer(text):
        if ends_a_sentence(text, m):
            cuts.append(m.end("close") or m.end("stop"))
    return _strip(text, [0, *cuts, len(text)])


def ends_a_sentence(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop or its like ends a sentence, and not an abbreviation or an initial."""
    begin = stop.end() + len(stop["gap"])
    first = text[begin : begin + 40].lstrip("\"'([—–- ")
    if not first or not (first[0].isupper() or first[0].isdigit()):
        return False
    if stop["stop"] != ".":
        return True
    word = WORD_BEFORE.search(text[max(0, stop.start() - 20) : stop.start()])[0]
    if stop["close"]:
        return True
    if len(word) == 1 and word.isupper():  # an initial
        return word == "I"
    next_word = (ORDINARY_WORD.match(first) or [""])[0].lower()
    if "." in word:  # U.S., a.m.
        return next_word in STARTS_A_SENTENCE
    return word.lower().strip("'") not in NOT_AN_END


def _strip(text: str, cuts: list[int]) -> list[tuple[int, int]]:
    found = []
    for start, end in itertools.pairwise(cuts):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            found.append((start, end))
    return found


def outer_sentences(text: str, quotations: list[Quotation]) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a paragraph; within a quotation only the full stop before its mark ends one."""
    doubles = [q for q in quotations if not q.single]
    cuts = []
    for m in SENTENCE_END.finditer(text):
        at = m.start()
        inside = next((q for q in doubles if q.start <= at < q.end), None)
        if inside and not ('"' in m["close"] and inside.end <= m.end("close")):
            continue
        if ends_a_sentence(text, m):
            cuts.append(m.end("close"))
    return _strip(text, [0, *sorted(set(cuts)), len(text)])


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentence-long pieces of text[start:end], without closing punctuation; never empty ones.

    A sentence of a word or three ("Not good.") stays with its neighbour.
    """
    found: list[tuple[int, int]] = []
    short = False
    for a, b in sentences(text[start:end]):
        piece = tidy(text, start + a, start + b)
        if piece[1] <= piece[0]:
            continue
        brief = len(text[piece[0] : piece[1]].split()) < SENTENCE_WORDS
        if found and (short or brief):
            found[-1] = (found[-1][0], piece[1])
        else:
            found.append(piece)
        short = brief and (len(found) == 1 or short) and len(text[found[-1][0] : found[-1][1]].split()) < SENTENCE_WORDS
    return found


def tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the space, marks and punctuation at its edges; abbreviations keep their full stop."""
    while start < end and (text[start].isspace() or text[start] in ",;:\"'.—–-)]") and not _keeps(text, start, end):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:\"'.!?—–-…(["):
        if text[end - 1] == "." and re.search(r"\b(?:[A-Z]\.){2,}$", text[start:end]) is not None:
            break
        if text[end - 1] == "'" and re.search(r"(?<!\w)'\w[^']*'$", text[start:end]):
            break
        end -= 1
    return start, end


def _keeps(text: str, start: int, end: int) -> bool:
    """Whether the first character belongs to the content: a single mark with its partner inside, '.50' or '-5'."""
    return (text[start] == "'" and "'" in text[start + 2 : end] and text[start + 1 : start + 2].isalnum()) or (
        text[start] in ".-" and text[start + 1 : start + 2].isdigit()
    )
