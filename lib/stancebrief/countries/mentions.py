"""Mentions of countries and international bodies in a text, by name, demonym, capital, institution; longest first.

All names are data: `data/reference/countries.csv` (ISO 3166 with capitals and demonyms), `metonyms.csv`,
`country_forms.csv` (other forms, forms shared by two States, forms dropped), `bodies.csv` (international bodies,
institutions, state media, parties), `not_countries.csv` (phrases that hold a country's name and mean something else)
and `name_evidence.csv` (what decides when a name is also a person's or a US state's).
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import re
from collections.abc import Iterable

from stancebrief.countries import gazetteer
from stancebrief.study import DATA

REFERENCE = DATA / "reference"
BEYOND = {"UN": "United Nations", "EU": "European Union", "NATO": "NATO", "OTHER": "other organisations and persons",
          "UNKNOWN": "unknown"}
# what a reader expects in place of ISO's index form
SHORT = re.compile(r"^(?P<name>[^,(]+?)(?:, .*| \(.*)$")
PLURAL = re.compile(r".*(?:[ae]n|i|er|eek|ech|ab|ot|ak|ai)$")  # demonyms that take an s: Russians, Iraqis, Greeks
CASES = ("name", "demonym", "abbreviation", "former State", "group", "not")  # kinds that lower-case copy may write


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text that stand for a country or body. One mention for each country where words stand for several."""

    start: int
    end: int
    iso3: str      # ISO 3166-1 alpha-3, or UN, EU, NATO, OTHER; UNKNOWN where several fit and nothing decides
    kind: str      # name, abbreviation, demonym, capital, institution, state media, organisation, shorthand …
    surface: str   # the words, text[start:end]


def rows(file: str) -> list[dict[str, str]]:
    """The rows of a table of data/reference. Namibia's code is NA: nothing is read as missing."""
    with open(REFERENCE / file, encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@functools.cache
def _names() -> dict[str, str]:
    short: dict[str, str] = {}
    for row in rows("countries.csv"):
        match = SHORT.match(row["name"])
        short[row["iso3"]] = match["name"] if match else row["name"]
    for row in rows("country_forms.csv"):
        if row["kind"] == "shown":
            short[row["code"]] = row["surface"]
    return short | BEYOND


def name(code: str) -> str:
    """Short English name of a code: "North Korea" for PRK, "United Nations" for UN. KeyError if there is none."""
    return _names()[code]


def codes() -> list[str]:
    """Every code that can stand in a country column, ISO 3166-1 alpha-3 first."""
    return list(_names())


@functools.cache
def forms() -> dict[str, tuple[str, str]]:
    """Folded words -> (code, kind). Several codes: `A|B` all of them, `A/B` one of them, not known which.

    A row of a file read later takes the place of an earlier one.
    """
    found: dict[str, tuple[str, str]] = {}

    def add(surface: str, code: str, kind: str, case: str = "") -> None:
        surface = gazetteer.fold(surface)
        written = {surface, gazetteer.plain(surface)}
        if surface.isascii() and sum(map(str.isalpha, surface)) > 3:
            written.add(surface.upper())
            if not case and kind in CASES:
                written.add(surface.lower())
        for form in written:
            found[form] = (code, kind)

    exact = {gazetteer.fold(row["surface"]) for row in rows("country_forms.csv") if row["case"] == "exact"}
    for row in rows("countries.csv"):
        code = row["iso3"]
        for demonym in filter(None, row["demonym"].split("|")):
            if row["ambiguous"].startswith("demonym") and gazetteer.fold(demonym) in found:
                continue
            add(demonym, code, "demonym", "exact" if demonym in exact else "")
        names = [row["name"], SHORT.sub(r"\g<name>", row["name"]), *row["alt_names"].split("|")]
        for one in filter(None, names):
            if gazetteer.plain(one).isascii():
                add(one, code, "name", "exact" if one in exact else "")
        if row["capital"] and found.get(row["capital"], ("", ""))[1] != "name":
            add(row["capital"], code, "capital")
    for row in rows("metonyms.csv"):
        if row["iso3"] and row["kind"] != "shorthand":
            add(row["surface"], row["iso3"], "capital" if "capital" in row["kind"] else row["kind"])
    for row in rows("bodies.csv"):
        add(row["surface"], row["code"], row["kind"], "exact")
    for row in rows("country_forms.csv"):
        if row["kind"] == "drop":
            words = row["surface"]
            for form in {words, words.lower(), words.upper(), gazetteer.plain(words)}:
                found.pop(form, None)
        elif row["kind"] == "shown":
            add(row["surface"], row["code"], "name", "exact")
        else:
            if row["case"] == "exact":
                found.pop(row["surface"].lower(), None)
            add(row["surface"], row["code"], row["kind"], row["case"])
    for form, (code, kind) in list(found.items()):
        if kind == "demonym" and PLURAL.match(form.lower()) and not form.isupper() and "/" not in code:
            found.setdefault(form + "s", (code, kind))
    for row in rows("not_countries.csv"):
        add(row["surface"], "", "not", "exact")
    return found


@functools.cache
def _gazetteer() -> gazetteer.Gazetteer:
    return gazetteer.Gazetteer(forms())


@functools.cache
def _evidence() -> dict[str, dict[str, list[tuple[re.Pattern, str]]]]:
    """Per rule and surface: patterns of words and the code they speak for (empty: for no country)."""
    table: dict[str, dict[str, list[tuple[re.Pattern, str]]]] = {"beside": {}, "place": {}, "given": {}, "surname": {}}
    first = "|".join(re.escape(row["name"]) for row in rows("given_names.csv"))
    for row in rows("name_evidence.csv"):
        words = re.escape(row["words"])
        if row["rule"] == "surname":
            words = rf"(?:\b(?:{first}|Mr|Mrs|Ms|Miss|Judge|Coach)\.?(?: [A-Z]\.)?|\b[A-Z]\.) $"
        if row["rule"] == "given":
            words = r" (?=[A-Z][a-z]+)(?!(?:{})\b)".format("|".join(_titles()))
        if row["rule"] == "place":
            words = rf"\b{re.escape(row['words'])}, $"
        table[row["rule"]].setdefault(row["surface"], []).append((re.compile(words), row["code"]))
    return table


@functools.cache
def _titles() -> list[str]:
    """Title words that follow a country's name and are no surname: President, Foreign, King …"""
    words = {word.title() for row in rows("actor_terms.csv") for word in row["term"].split()}
    return sorted(words | {"Foreign", "Deputy", "Interior", "Finance", "Defence", "Defense", "National", "And"})


def _person(text: str, start: int, end: int, words: str) -> bool:
    """Whether a name that is also a person's, or a town's state, is one here."""
    table = _evidence()
    before, after = text[max(0, start - 30):start], text[end:end + 30]
    return (any(p.search(before) for p, _ in table["surname"].get(words, ()))
            or any(p.search(before) for p, _ in table["place"].get(words, ()))
            or any(p.match(after) for p, _ in table["given"].get(words, ())))


@functools.cache
def _before_surname() -> re.Pattern:
    first = "|".join(re.escape(row["name"]) for row in rows("given_names.csv"))
    return re.compile(rf"\b(?:{first}|Mr|Mrs|Ms|Miss)\.?(?: [A-Z]\.)? $")


def surname(text: str, start: int) -> bool:
    """Whether the word at `start` is a person's by the given name or the form of address before it: "Ms. Bishop"."""
    return bool(_before_surname().search(text[max(0, start - 30):start]))


NORTH_SOUTH = re.compile(r"(?:North|South)(?:(?<=[Tt]he .{5})(?!-|\w)(?! ?[A-Z])|(?<!\w.{5})(?=['’]s (?![A-Z])))",
                         re.DOTALL)


def find(text: str, context: str = "") -> list[Mention]:
    """Every mention of a country or international body in the text, in order; spans are equal or do not overlap.

    `context` (say, the paragraph or the article) helps to decide names that two States share; its own mentions are not
    given back. "the North" and "the South" are read as the two Koreas only where text or context names a Korea.
    """
    found: list[Mention] = []
    open_ones: list[int] = []
    table = forms()
    for start, end, words in _gazetteer().find(text):
        code, kind = table[words]
        if not code or _person(text, start, end, words):
            continue
        if "/" in code:
            open_ones.append(len(found))
        for one in code.split("|") if "|" in code else [code]:
            found.append(Mention(start, end, one, kind, text[start:end]))
    if not found and not context:
        return found
    apart = bool(context) and context != text
    named = {mention.iso3 for mention in (found + find(context) if apart else found)}
    decided: dict[str, str] = {}
    for index in open_ones:
        mention = found[index]
        words = gazetteer.fold(mention.surface)
        if words not in decided:
            decided[words] = _decided(words, mention.iso3, named, (text, context) if apart else (text,))
        code = decided[words]
        found[index] = dataclasses.replace(mention, iso3=code, kind="ambiguous" if code == "UNKNOWN" else "shared name")
    found = [mention for mention in found if mention.iso3]
    if named & {"KOR", "PRK", "KOR/PRK"}:
        taken = {place for mention in found for place in range(mention.start, mention.end)}
        for match in NORTH_SOUTH.finditer(text):
            if match.start() not in taken and match.end() - 1 not in taken:
                start = match.start() - 4 * (text[match.start() - 4:match.start()].lower() == "the ")
                code = "PRK" if match.group() == "North" else "KOR"
                found.append(Mention(start, match.end(), code, "shorthand", text[start:match.end()]))
        found.sort(key=lambda mention: (mention.start, mention.iso3))
    return found


def _decided(words: str, fitting: str, named: set[str], texts: tuple[str, ...]) -> str:
    """The one fitting code that the texts name elsewhere; UNKNOWN if none or several; '' if it is no country."""
    fits = fitting.split("/")
    evidence = _evidence()["beside"].get("Georgia" if words.startswith("Georgia") else words, ())
    beside = {code for pattern, code in evidence if any(pattern.search(text) for text in texts)}
    here = (named & set(fits)) | beside
    if len(here) == 1:
        return here.pop()
    others = any("/" not in code and code not in ("USA", "OTHER") for code in named)
    if "" in fits and not beside and (words.startswith("Georgian") or others):
        return fits[0]  # the demonym, or other States are named, and nothing speaks for the US state
    return "UNKNOWN"


def countries_in(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The different countries among mentions, in order; no organisations, nothing unknown."""
    return tuple(dict.fromkeys(mention.iso3 for mention in mentions if mention.iso3 not in BEYOND))
