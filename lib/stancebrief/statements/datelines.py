"""For whose readers an article is written: its home, by its outlet, its dateline and the institutions it leaves bare.

A dateline is the home only where it is not explained: "SEOUL, South Korea —" is written for readers elsewhere, and a
news agency says by its name whose readers it has (`data/reference/agencies.csv`). Words that one country's press uses
without saying whose they are ("Sen.", "the administration") tell the home too (`data/reference/home_evidence.csv`).
"""

from __future__ import annotations

import functools
import re

from stancebrief import countries
from stancebrief.countries import gazetteer, mentions, offices
from stancebrief.statements import vocabulary
from stancebrief.statements.sheets import Sheet

EARLY = 1500  # characters of the article that may hold the dateline
PLACES = ("capital", "old capital name", "institution", "name", "abbreviation", "shorthand", "shown")
ENOUGH = 2  # different words that tell a home; one may stand in anybody's article
TOP = 3  # paragraphs, headline and dateline among them, that say what an article tells of
FULL_NAME = re.compile(r" [A-Z][\w'’-]+ (?:[A-Z][\w.'’-]* )?[A-Z][\w'’-]+")
# "SEOUL, Feb. 11 (Agency) --", "KUALA LUMPUR:", "VIENTIANE, Laos —", "MOSCOW, July 14. /AGENCY/.", "Madrid (AGENCY).-",
# "TOKYO, Sept. 16, Agency -", "NEW DELHI/SEOUL:"
DATELINE = re.compile(
    r"^\W{0,3}(?P<city>[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,4}?)"
    r"(?P<more>,\s[^:—–\n(/-]{2,45}?)?[.,]?\s*(?P<agency>\([^)]{2,40}\)|/[A-Z][\w. -]{1,20}/)?"
    r"(?P<mark>(?:\.\s?|\s*)(?:--|—|–|-|:)\s|(?<=/)\.?\s)"
)


def read(
    sheets: list[Sheet], found: list[list[mentions.Mention]], opening: str, outlet: str, paper: str = ""
) -> tuple[str, str]:
    """(code, what told it) of the home of an article; empty where nothing tells it.

    `found`: the mentions of each paragraph; `opening`: the article as published; `outlet`: the outlet's country as the
    user gives it; `paper`: as its name tells it, which counts less than what the article itself shows.
    """
    if outlet in countries.codes() and outlet not in mentions.BEYOND:
        return outlet, "its outlet"
    code, city, foreign = dateline(opening)
    bare = evidence(sheets, found)
    if bare and (not code or foreign or bare[0] != code):
        return bare
    if paper and _tells(sheets[:TOP], found[:TOP], paper) and _dateline(opening)[3] not in _agencies():
        return paper, "its outlet"
    if code and not foreign:
        return code, city
    return "", ""


def _tells(sheets: list[Sheet], found: list[list[mentions.Mention]], code: str) -> bool:
    """Whether paragraphs name a country, a party that may be its own, or by the surname who holds its offices."""
    for sheet, here in zip(sheets, found, strict=True):
        if any(m.iso3 == code for m in here):
            return True
        shared = (mentions.forms()[gazetteer.fold(m.surface)][0] for m in here if m.kind == "ambiguous")
        if any(code in fits.split("/") for fits in shared):
            return True
        if any(word[:1].isupper() and offices.by_surname(word)[0] == (code,) for word in sheet.words):
            return True
    return False


def dateline(opening: str) -> tuple[str, str, bool]:
    """(code, city, whether it is written for readers elsewhere) of a dateline; empty where there is none.

    The code is that of the readers of a news agency that has its own, else that of the city.
    """
    code, city, foreign, agency = _dateline(opening)
    home = _agencies().get(agency, "")
    if home:
        return home, f"{city}, {agency}", False
    return code, city, foreign or agency in _agencies()


def place(opening: str) -> str:
    """The code of the city of a dateline; empty where there is none."""
    return _dateline(opening)[0]


def ending(text: str) -> int:
    """Where the dateline that opens a paragraph ends; 0 where none does. Who reads the paragraph may leave it out."""
    match = DATELINE.match(text)
    if match is None or not _opens(match):
        return 0
    known = _agency(match) in _agencies() or _code(match["city"], match["more"] or "") or _international(match["city"])
    return match.end() if known else 0


def _opens(match: re.Match[str]) -> bool:
    """Whether what looks like a dateline is one by its form: a city in capitals, or an agency beside the city."""
    return match["city"].isupper() or bool(match["agency"] and _agency(match) in _agencies())


def _agency(match: re.Match[str]) -> str:
    """The news agency of a dateline: in brackets, between strokes, or after the day ("TOKYO, Sept. 16, Agency -")."""
    if match["agency"]:
        return match["agency"].strip("()/").split("/")[0].strip()
    return (match["more"] or "").rsplit(",", 1)[-1].strip()


def _international(city: str) -> bool:
    return city == "UNITED NATIONS"


def _code(city: str, more: str) -> str:
    """The code of a city, by its own name or by the State or country written after it; empty where unknown."""
    if any((more.strip(" ,") + ".").startswith(state) for state in vocabulary.of("us_state")):
        return "USA"
    first = city.split("/")[0]
    codes = {m.iso3 for m in mentions.find(first) if m.kind in PLACES} - set(mentions.BEYOND)
    explained = [m.iso3 for m in mentions.find(more) if m.kind == "name"]
    return codes.pop() if len(codes) == 1 else _cities().get(first.upper(), "") or next(iter(explained), "")


def _dateline(opening: str) -> tuple[str, str, bool, str]:
    """(code of the city, city, whether it is explained, news agency)."""
    for line in opening[:EARLY].splitlines():
        match = DATELINE.match(line)
        if match is None or not _opens(match):
            continue
        city, more, agency = match["city"], match["more"] or "", _agency(match)
        agency = agency if match["agency"] or agency in _agencies() else ""
        code = _code(city, more)
        if code or agency in _agencies():
            explained = {m.iso3 for m in mentions.find(more) if m.kind == "name"}
            return code, city, code in explained, agency
    return "", "", False, ""


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


def told_of(sheets: list[Sheet], found: list[list[mentions.Mention]], code: str) -> bool:
    """Whether the first TOP paragraphs tell of a country: it, or an office of its own, is the subject of a verb."""
    for sheet, here in list(zip(sheets, found, strict=True))[:TOP]:
        for m in here:
            i = sheet.word_at(m.end) - 1
            if m.iso3 != code or i < 0 or sheet.quoted[i]:
                continue
            while sheet.deps[i] in ("compound", "poss", "amod", "nmod") and sheet.heads[i] != i:
                i = sheet.heads[i]
            if sheet.deps[i] in ("nsubj", "nsubjpass"):
                return True
    return False


def introduced(
    sheets: list[Sheet], found: list[list[mentions.Mention]], offices: re.Pattern[str]
) -> tuple[set[str], set[str]]:
    """(offices that stand bare before a full name, codes whose offices are named with their country), in our words.

    "Foreign Minister Jane Doe said" leaves the country out as only its own press does; "the Iranian foreign minister"
    is foreign to the reader.
    """
    bare, owned = set(), set()
    for sheet, here in zip(sheets, found, strict=True):
        ends = {m.end: m.iso3 for m in here}
        for match in offices.finditer(sheet.text):
            at = match.start()
            if sheet.quoted[min(sheet.word_at(at), len(sheet) - 1)]:
                continue
            before = re.search(r"(?:^|[.,;:”\"] |\b[Tt]he |\band )$", sheet.text[:at])
            owner = next((ends[at - k] for k in (1, 3) if at - k in ends), None)
            if owner is not None:
                owned.add(owner)
            elif countries.POSTED.search(match.group()):
                continue  # "Ambassador Jane Doe": bare because he sits among others', wherever the readers are
            elif before and match.group()[:1].isupper() and FULL_NAME.match(sheet.text, match.end()):
                bare.add(match.group().lower())
    return bare, owned


@functools.cache
def _bare() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {row["words"]: row["code"] for row in mentions.rows("home_evidence.csv")}
    return re.compile(gazetteer.whole(table)), table


@functools.cache
def _agencies() -> dict[str, str]:
    """News agency -> country of the readers it writes for; empty for those who write for all."""
    return {row["agency"]: row["home"] for row in mentions.rows("agencies.csv")}


@functools.cache
def _cities() -> dict[str, str]:
    """Cities that are no capitals and stand in datelines -> code."""
    return {row["city"].upper(): row["code"] for row in mentions.rows("dateline_cities.csv")}
