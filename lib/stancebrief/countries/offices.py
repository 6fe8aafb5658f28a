"""Persons known for an office: which government somebody speaks for when the article does not introduce him or her.

The table data/reference/office_holders.csv holds who held which office from 2006 to 2025; data/README.md says which
offices of which States and bodies, and each row where the fact was seen. What the article says of a person comes first.
Somebody who held an office counts for that government also afterwards, and shortly before, as the codebook counts
candidates and former secretaries; of two governments it is the one held on the day of the article, else the last
before it. Without a day, two governments are nobody's.

A surname alone counts only where it can mean one government's holders: with the title of the office before it, or
where the table's column `alone` says that the press uses it without a first name. Common words and common surnames
stand there for nobody.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import re
import unicodedata

from stancebrief import study

FILE = study.DATA / "reference" / "office_holders.csv"
COLUMNS = ("name", "code", "office", "start", "end", "also", "alone", "source")
UNKNOWN = (("UNKNOWN",), "unknown")
BASIS = "table of office holders"  # how the basis opens that a reader is shown
AHEAD = 2  # years before an office began in which its holder already is a candidate or holds one below it
FORMER = re.compile(r"\b(?:former|ex|late|then)\b")
SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")
LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d", "æ": "ae", "ß": "ss"})  # these do not decompose
# words before a surname -> (words of the offices they name, whether so few hold one that a common surname will do)
TITLES = {
    "vice president": (("Vice President",), True),
    "president": (("President",), True),
    "prime minister": (("Prime Minister", "Premier"), True),
    "premier": (("Premier", "Prime Minister"), True),
    "chancellor": (("Chancellor",), True),
    "king": (("King",), True),
    "emir": (("Emir",), True),
    "foreign minister": (("Foreign Minister",), True),
    "foreign secretary": (("Foreign Secretary",), True),
    "defense minister": (("Defense Minister", "Defence Minister"), True),
    "defence minister": (("Defense Minister", "Defence Minister"), True),
    "defense secretary": (("Secretary of Defense", "Defence Secretary"), True),
    "defence secretary": (("Secretary of Defense", "Defence Secretary"), True),
    "unification minister": (("Unification Minister",), True),
    "secretary of state": (("Secretary of State",), True),
    "secretary of defense": (("Secretary of Defense",), True),
    "secretary general": (("Secretary-General", "Secretary General"), True),
    "leader": (("Leader",), False),
    "minister": (("Minister",), False),
    "secretary": (("Secretary",), False),
    "speaker": (("Speaker",), False),
    "senator": (("Senator", "Senate"), False),
    "sen": (("Senator", "Senate"), False),
    "representative": (("Representative", "House"), False),
    "rep": (("Representative", "House"), False),
    "ambassador": (("Ambassador",), False),
    "spokesman": (("spokes",), False),
    "spokeswoman": (("spokes",), False),
    "spokesperson": (("spokes",), False),
}
FORMS = frozenset(("", "mr", "mrs", "ms", "miss", "dr", "sir"))  # they tell no office, and none but the table's


@dataclasses.dataclass(frozen=True)
class Holder:
    """One person in one office; `start` and `end` are a year or a day, empty where not known or not over."""

    name: str
    code: str
    office: str
    start: str
    end: str

    def known(self, day: str) -> bool:
        """Whether the office can tell for whom the person speaks on a day; any day, if none is given."""
        return not (day and self.start) or int(day[:4]) >= int(self.start[:4]) - AHEAD

    def serving(self, day: str) -> bool:
        return self.start <= day[: len(self.start)] and not (self.end and day[: len(self.end)] > self.end)

    def basis(self, day: str) -> str:
        years = f" ({self.start[:4]}-{self.end[:4]})" if day and self.start else ""
        return f"{BASIS}: {self.office}{years}"


def plain(name: str) -> str:
    """A name as it is compared: lower case, without accents, middle initials and suffixes, hyphens as spaces."""
    name = SUFFIX.sub("", name).lower().translate(LETTERS)
    name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    words = re.sub(r"['’]", "", name.replace("-", " ")).split()
    kept = [w for n, w in enumerate(words) if n in (0, len(words) - 1) or not re.fullmatch(r"[a-z]\.?", w)]
    return " ".join(w.replace(".", "") for w in kept)


@functools.cache
def _holders() -> tuple[dict[str, list[Holder]], dict[str, list[Holder]], dict[str, list[Holder]]]:
    """Holders by full name, by first or last word of it, and by the one word that stands for them alone."""
    full: dict[str, list[Holder]] = {}
    short: dict[str, list[Holder]] = {}
    alone: dict[str, list[Holder]] = {}
    with open(FILE, encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            holder = Holder(*(row[column] for column in COLUMNS[:5]))
            spellings = {plain(name) for name in (row["name"], *(row.get("also") or "").split("|")) if name}
            for name in spellings:
                full.setdefault(name, []).append(holder)
            for word in {word for name in spellings for word in (name.split()[0], name.split()[-1])}:
                short.setdefault(word, []).append(holder)
            for word in {plain(word) for word in (row.get("alone") or "").split("|") if word}:
                alone.setdefault(word, []).append(holder)
    return full, short, alone


def by_name(name: str, day: str = "") -> tuple[tuple[str, ...], str]:
    """(codes, basis) of a person by the full name; UNKNOWN where the table does not tell one government.

    `day`: the day of the article (YYYY-MM-DD), empty where it is not known.
    """
    return _one(_holders()[0].get(plain(name), []), day)


def over(name: str, day: str) -> bool:
    """Whether all that a person held by the table had ended by a day; False where that is not known."""
    held = _holders()[0].get(plain(name), [])
    return bool(day and held) and all(holder.end and holder.end < day[: len(holder.end)] for holder in held)


def by_surname(name: str, before: str = "", day: str = "") -> tuple[tuple[str, ...], str]:
    """(codes, basis) of a person by a surname that stands alone in the whole article.

    `before`: the title before it as written, which may have more words before it ("former Prime Minister").
    """
    if " " in name:
        return UNKNOWN
    _, short, alone = _holders()
    word, before = plain(name), plain(before)
    if before in FORMS:
        return _one(alone.get(word, []), day)
    title = next((title for title in TITLES if before == title or before.endswith(" " + title)), "")
    if not title:
        return UNKNOWN
    wanted, few = TITLES[title]
    held = [
        holder
        for holder in (short if few else alone).get(word, ())
        if any(office in holder.office for office in wanted) and not (title == "president" and "Vice" in holder.office)
    ]
    if day and not FORMER.search(before):  # a title is given to who holds the office, and not long after
        held = [holder for holder in held if not holder.end or int(holder.end[:4]) >= int(day[:4]) - 1]
    return _one(held, day)


def _one(held: list[Holder], day: str) -> tuple[tuple[str, ...], str]:
    """The government of those who may be meant, if it is one."""
    held = sorted((holder for holder in held if holder.known(day)), key=lambda holder: holder.start)
    if day and len({holder.code for holder in held}) > 1:
        begun = [holder for holder in held if holder.start <= day]
        held = [holder for holder in held if holder.serving(day)] or begun[-1:]
    if len({holder.code for holder in held}) != 1:
        return UNKNOWN
    now = [holder for holder in held if day and holder.serving(day)]
    begun = [holder for holder in held if day and holder.start <= day]
    return (held[0].code,), (now or begun or held)[-1].basis(day)
