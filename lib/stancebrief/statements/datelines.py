"""For whose readers an article is written: its home, by its outlet, its dateline and the institutions it leaves bare.

A dateline is the home only where it is not explained: "SEOUL, South Korea —" is written for readers elsewhere, and a
news agency says by its name whose readers it has (`data/reference/agencies.csv`). Words that one country's press uses
without saying whose they are ("Sen.", "the administration") tell the home too (`data/reference/home_evidence.csv`).
"""

from __future__ import annotations

import functools
import re

from stancebrief import countries
from stancebrief.countries import mentions
from stancebrief.statements import vocabulary
from stancebrief.statements.sheets import Sheet

EARLY = 1500  # characters of the article that may hold the dateline
PLACES = ("capital", "old capital name", "institution", "name", "abbreviation", "shorthand", "shown")
ENOUGH = 2  # different words that tell a home; one may stand in anybody's article
# "SEOUL, Feb. 11 (Agency) --", "KUALA LUMPUR:", "Pyongyang, August 30 (Agency) --", "VIENTIANE, Laos —"
DATELINE = re.compile(
    r"^\W{0,3}(?P<city>[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,3})"
    r"(?P<more>,\s[^:—–\n-]{2,30}?)?\s*(?P<agency>\([^)]{2,40}\))?\s*(?P<mark>--|—|–|-|:)\s"
)


def read(sheets: list[Sheet], found: list[list[mentions.Mention]], opening: str, outlet: str) -> tuple[str, str]:
    """(code, what told it) of the home of an article; empty where nothing tells it.

    `found`: the mentions of each paragraph; `opening`: the article as published; `outlet`: the outlet's country.
    """
    if outlet in countries.codes() and outlet not in mentions.BEYOND:
        return outlet, "its outlet"
    code, city, foreign = dateline(opening)
    bare = evidence(sheets, found)
    if bare and (not code or foreign or bare[0] != code):
        return bare
    if code and not foreign:
        return code, city
    return "", ""


def dateline(opening: str) -> tuple[str, str, bool]:
    """(code, city, whether it is written for readers elsewhere) of a dateline; empty where there is none."""
    for line in opening[:EARLY].splitlines():
        match = DATELINE.match(line)
        if match is None:
            continue
        city, more = match["city"], match["more"] or ""
        if not city.isupper() and not (match["agency"] and "," in match.group()):
            continue
        if any(more.strip(" ,").startswith(state) for state in vocabulary.of("us_state")):
            return "USA", city, False
        codes = {m.iso3 for m in mentions.find(city) if m.kind in PLACES} - set(mentions.BEYOND)
        explained = [m.iso3 for m in mentions.find(more) if m.kind == "name"]
        code = codes.pop() if len(codes) == 1 else _cities().get(city.upper(), "") or next(iter(explained), "")
        if not code:
            continue
        agency = (match["agency"] or "").strip("()").split("/")[0].strip()
        if agency in _agencies():
            home = _agencies()[agency]
            return (home, f"{city}, {agency}", False) if home else (code, city, True)
        return code, city, code in explained
    return "", "", False


def evidence(sheets: list[Sheet], found: list[list[mentions.Mention]]) -> tuple[str, str] | None:
    """The one country whose institutions the article leaves bare, by at least ENOUGH different words; or None."""
    pattern, table = _bare()
    told: dict[str, set[str]] = {}
    for sheet, here in zip(sheets, found, strict=True):
        ends = {m.end for m in here}
        for match in pattern.finditer(sheet.text):
            at = match.start()
            if at - 1 in ends or at - 3 in ends or sheet.quoted[min(sheet.word_at(at), len(sheet) - 1)]:
                continue  # "the Mexican Congress", "Mexico's Congress"
            told.setdefault(table[match.group()], set()).add(match.group())
    enough = {code: words for code, words in told.items() if len(words) >= ENOUGH}
    if len(enough) != 1:
        return None
    code, words = enough.popitem()
    return code, ", ".join(sorted(words)[:3])


@functools.cache
def _bare() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {row["words"]: row["code"] for row in mentions.rows("home_evidence.csv")}
    ordered = sorted(table, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)"), table


@functools.cache
def _agencies() -> dict[str, str]:
    """News agency -> country of the readers it writes for; empty for those who write for all."""
    return {row["agency"]: row["home"] for row in mentions.rows("agencies.csv")}


@functools.cache
def _cities() -> dict[str, str]:
    """Cities that are no capitals and stand in datelines -> code."""
    return {row["city"].upper(): row["code"] for row in mentions.rows("dateline_cities.csv")}
