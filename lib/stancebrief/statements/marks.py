"""Articles that quote in single marks, as much of the British press does: read as if the marks were double.

Every mark is one character before and after, so every offset stays true. An article is read so only where speech in
single marks outweighs double marks; elsewhere single marks stay what they are: quotations inside quotations.
"""

from __future__ import annotations

import re

from stancebrief.statements import quotations

SPEECH = 2  # single quotations that end in a comma or full stop, from which an article is held to quote so
OPENING = re.compile(r"(?<![^\s(\[{—–:;,/-])'(?=[\w…(\[])")
ENDS_SPEECH = ",.?!…—"


def double(raws: list[str], texts: list[str]) -> list[str]:
    """The paragraphs with single marks made double where the article quotes in them; else as they are.

    `raws`: the paragraphs as written; `texts`: the same made legible, of the same lengths.
    """
    if sum(text.count("'") for text in texts) < 2 * SPEECH:
        return texts
    paired = [pairs(raw, text) for raw, text in zip(raws, texts, strict=True)]
    speech = sum(
        text[closed - 1] in ENDS_SPEECH
        for text, found in zip(texts, paired, strict=True)
        for _, closed in found
        if closed >= 0
    )
    if speech < SPEECH or sum(text.count('"') for text in texts) > sum(len(found) for found in paired):
        return texts
    return [_doubled(text, found) for text, found in zip(texts, paired, strict=True)]


def pairs(raw: str, text: str) -> list[tuple[int, int]]:
    """(opening, closing) offsets of single marks; closing -1 where the paragraph leaves its last one open."""
    found = []
    at = text.find("'")
    while at >= 0 and (match := OPENING.search(text, at)):
        opened = match.start()
        at = opened + 1
        if raw[opened] in "’`´" or (raw[opened] == "'" and _elided(text, opened)):
            continue
        closed = _closing(raw, text, opened)
        if closed < 0 and (text[:opened].strip() or raw[opened] != "‘"):
            continue
        found.append((opened, closed))
        if closed < 0:
            break
        at = closed + 1
    return found


def _elided(text: str, at: int) -> bool:
    return re.match(r"'(?:em|til|cause|tis|twas|\d\ds?)\b", text[at : at + 7]) is not None


def _closing(raw: str, text: str, opened: int) -> int:
    doubtful = -1
    for match in re.finditer("'", text[opened + 1 :]):
        at = opened + 1 + match.start()
        before, after = text[at - 1], text[at + 1 : at + 2] or " "
        if raw[at] == "‘" or before == " " or after not in quotations.AFTER_CLOSING:
            continue
        if before in "sS" and after == " ":  # "the allies' drills", or the end of a name in marks
            doubtful = at if doubtful < 0 else doubtful
            continue
        return at
    return doubtful


def _doubled(text: str, found: list[tuple[int, int]]) -> str:
    written = list(text.replace('"', "'")) if found else list(text)
    for opened, closed in found:
        written[opened] = '"'
        if closed >= 0:
            written[closed] = '"'
    return "".join(written)
