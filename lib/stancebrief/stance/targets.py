"""Where a statement names a target: the codebook's phrases, the countries whose conduct is a target, and persons
known to speak for them. Offsets count into the article's text.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping

from stancebrief import codebook, countries
from stancebrief.statements import vocabulary

TITLED = re.compile(
    r"\b(?:President|Prime Minister|Premier|Chancellor|Foreign Minister|Secretary of State|"
    r"Defen[cs]e Secretary|Secretary)\s+((?:[A-Z](?:\.|[\w’'-]*)\s+){0,2}[A-Z][\w’-]+)"
)
ADMINISTRATION = re.compile(r"\b[Tt]he\s+(?:[A-Z][\w.’'-]*\s+)?([A-Z][\w’'-]+)\s+(?:administration|White House)\b")
INSTITUTIONS = ("institution", "office")
OUTSIDE = "|".join(map(re.escape, sorted(vocabulary.of("outside_government"))))
# "Senator X", "X, a former ambassador": what is before and behind the name of one who speaks for no government
INTRODUCES = re.compile(rf"\b(?:{OUTSIDE})(?:s|'s|’s)?\s+(?:[A-Z][\w.’'-]*\s+){{0,3}}\Z", re.IGNORECASE)
EXPLAINS = re.compile(rf",? (?:who is |is )?(?:an? |the |one of )[^.;:]{{0,60}}?\b(?:{OUTSIDE})s?\b")
REACH = 300  # characters before a name that may hold such an introduction: four words


@dataclasses.dataclass(frozen=True)
class Mention:
    """Words of a content that name a target."""

    target: str
    start: int
    end: int
    weak: bool = False
    against: bool = False  # they name the target's contrary
    actor: bool = False  # they name the government whose conduct is the target


def off_topic(target: codebook.Target, words: str) -> bool:
    """Whether words show that they are about another matter than the target."""
    return bool(target.off_topic_pattern and target.off_topic_pattern.search(words))


def persons(text: str, spoken: Mapping[str, str]) -> dict[str, str]:
    """{last name: country} of the persons who stand for a government, and whose country an article shows.

    `spoken` gives the country of each speaker of the article; those introduced as lawmakers, candidates or experts
    stand for no government. A titled person without a country beside the title, and whoever gives an administration
    its name, is given the country whose institutions (White House, Kremlin …) the article names most; none named, no
    country.
    """
    found = {name.split()[-1]: code for name, code in spoken.items() if name.split() and code.isalpha()}
    found = {last: code for last, code in found.items() if not _outside(text, last)}
    home = ""
    for match in TITLED.finditer(text):
        last = re.sub(r"['’]s?$", "", match[1].split()[-1])
        if last in found:
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        near = [m for m in countries.find(before) if m.end >= len(before) - 3 and m.iso3.isalpha()]
        home = home or _home(text)
        code = near[-1].iso3 if near else home
        if code:
            found[last] = code
    for match in ADMINISTRATION.finditer(text):
        if match[1] in found or countries.find(match[1]):
            continue
        told = text[max(0, match.start() - 40) : match.end() + 25].rpartition(". ")[2]
        beside = [m for m in countries.find(told) if m.kind not in INSTITUTIONS]
        home = home or _home(text)
        code = beside[0].iso3 if len({m.iso3 for m in beside}) == 1 else home
        found.update({match[1]: code} if code else {})
    return {name: code for name, code in found.items() if len(name) > 2 and name[0].isupper()}


def _outside(text: str, last: str) -> bool:
    """Whether the article introduces somebody of that last name as one who speaks for no government."""
    for named in re.finditer(rf"(?P<edge>\b)?{re.escape(last)}\b", text, re.IGNORECASE):
        if INTRODUCES.search(text[max(0, named.start() - REACH) : named.start()]):
            return True
        if named["edge"] is not None and named.group() == last and EXPLAINS.match(text, named.end()):
            return True
    return False


def _home(text: str) -> str:
    """The country whose institutions the text names most."""
    counts: dict[str, int] = {}
    for mention in countries.find(text):
        if mention.kind in INSTITUTIONS:
            counts[mention.iso3] = counts.get(mention.iso3, 0) + 1
    return max(counts, key=lambda code: counts[code]) if counts else ""


@functools.lru_cache(maxsize=4096)
def _names(names: tuple[str, ...]) -> re.Pattern:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


@functools.lru_cache(maxsize=1024)
def _stands(pattern: re.Pattern, text: str) -> bool:
    """Whether one of the words stands in the text: asked again and again of one article."""
    return pattern.search(text) is not None


def find(
    text: str,
    start: int,
    end: int,
    book: codebook.Codebook,
    *,
    by: tuple[str, ...] = (),
    paragraph: str = "",
    known: Mapping[str, str] | None = None,
    actors: bool = True,
) -> list[Mention]:
    """The mentions of targets in text[start:end], in order; none overlap, the longest wins.

    `by` are the speaker's countries, `paragraph` is where words that a phrase asks to be near are looked for, `known`
    gives persons' countries. Weak phrases count only where the target is not named otherwise. `actors`: whether the
    names of governments are wanted, whose conduct is a target.
    """
    content = text[start:end]
    lowered = content.lower()
    found: list[Mention] = []
    off: dict[str, bool] = {}  # target: whether a word of the content shows another matter
    for target, phrase in book.candidates(lowered):
        if (phrase.by and not set(phrase.by) & set(by)) or set(phrase.not_by) & set(by):
            continue
        hits = [match.span() for match in phrase.pattern.finditer(content)]
        if not hits:
            continue
        if target not in off:
            pattern = book[target].off_topic_pattern
            off[target] = pattern is not None and pattern.search(content) is not None
        if off[target] or (
            phrase.near_pattern
            and not _stands(phrase.near_pattern, paragraph if paragraph and not phrase.weak else text)
        ):
            continue
        found += [Mention(target, start + a, start + b, phrase.weak, phrase.against) for a, b in hits]
    conduct = book.conduct if actors else {}
    if conduct:
        for mention in countries.find(content):
            off = conduct[mention.iso3].off_topic_pattern if mention.iso3 in conduct else None
            if mention.iso3 in conduct and not (off and off.search(content)):
                found.append(
                    Mention(conduct[mention.iso3].name, start + mention.start, start + mention.end, actor=True)
                )
        relevant = {
            name: code
            for name, code in (known or {}).items()
            if code in conduct
            and not (conduct[code].off_topic_pattern and conduct[code].off_topic_pattern.search(content))
        }
        if relevant:
            for match in _names(tuple(sorted(relevant))).finditer(content):
                found.append(
                    Mention(
                        conduct[relevant[match.group()]].name, start + match.start(), start + match.end(), actor=True
                    )
                )
    return _chosen(found)


def _chosen(found: list[Mention]) -> list[Mention]:
    """Those that stand: the longest where they overlap, weak ones only where their target is not named otherwise."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.weak, m.start)):
        if all(mention.end <= k.start or mention.start >= k.end for k in kept):
            kept.append(mention)
    strong = {mention.target for mention in kept if not mention.weak}
    return sorted((m for m in kept if not m.weak or m.target not in strong), key=lambda m: m.start)
