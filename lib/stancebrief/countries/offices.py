"""Persons known for an office: which government somebody speaks for when the article does not say.

The table data/reference/office_holders.csv ships empty, because no list of office holders that may be passed on was
found. A study that needs one fills it: name, code, office, start, end and the source of each row. It is asked last:
what the article says about a person comes first. Somebody who held an office counts for that government also before
and after, as the codebook counts candidates and former secretaries.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata

from stancebrief import study

FILE = study.DATA / "reference" / "office_holders.csv"
SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")
TITLES = {
    "president": "President",
    "vice": "Vice President",
    "premier": "Premier",
    "chancellor": "Chancellor",
    "minister": "Minister",
    "secretary": "Secretary",
    "gov.": "Governor",
    "governor": "Governor",
    "ambassador": "mbassador",
}


def plain(name: str) -> str:
    """A name as it is compared: lower case, without accents, middle initials and suffixes, hyphens as spaces."""
    name = SUFFIX.sub("", name)
    name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    words = name.lower().replace("-", " ").replace("'", "").split()
    return " ".join(w for n, w in enumerate(words) if n in (0, len(words) - 1) or not re.fullmatch(r"[a-z]\.?", w))


@functools.cache
def _holders() -> tuple[dict[str, dict[str, str]], dict[str, list[tuple[str, str]]]]:
    """Full name -> {code: office}, and last or first word of it -> [(code, office), …]."""
    full: dict[str, dict[str, str]] = {}
    short: dict[str, list[tuple[str, str]]] = {}
    with open(FILE, encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            name = plain(row["name"])
            full.setdefault(name, {})[row["code"]] = row["office"]
            for word in {name.split()[-1], name.split()[0]}:
                short.setdefault(word, []).append((row["code"], row["office"]))
    return full, short


def country(name: str, title: str = "") -> tuple[tuple[str, ...], str]:
    """(codes, basis) of a person by full name, or by a single name with the title written before it.

    UNKNOWN where the table does not hold the name, or holds it for more than one government.
    """
    full, short = _holders()
    found = full.get(plain(name), {})
    if len(found) == 1:
        code, office = next(iter(found.items()))
        return (code,), f"table of office holders: {office}"
    wanted = TITLES.get(title.lower(), "")
    if wanted and " " not in name:
        codes = {
            code
            for code, office in short.get(plain(name), ())
            if wanted in office and not (wanted == "President" and "Vice" in office)
        }
        if len(codes) == 1:
            return (codes.pop(),), f"table of office holders: {wanted}"
    return ("UNKNOWN",), "unknown"
