"""Who is named in an article: full names, the short forms that stand for them, and where they occur.

No entity recogniser is asked. A name is a run of proper nouns without the titles and countries before it; a short form
stands for the last longer name before it (or, failing that, after it) that holds the word.
"""

from __future__ import annotations

import collections
import csv
import dataclasses
import functools

from stancebrief import study
from stancebrief.statements import vocabulary
from stancebrief.statements.sheets import Sheet

REFERENCE = study.DATA / "reference"
DAYS = vocabulary.of("day")
COMPOUNDS = vocabulary.of("compound_end")
OFFICE_WORDS = vocabulary.of("ends_an_office")
SHORTENED = vocabulary.of("abbreviation")
ADDRESSES = frozenset(("Mr.", "Mr", "Mrs.", "Mrs", "Ms.", "Ms", "Miss", "Dr.", "Dr"))
PORTFOLIOS = vocabulary.of("portfolio")  # "Roads Minister"; no "Harvard President", which tells a body
INSIDE = vocabulary.of("name_particle")


@dataclasses.dataclass(frozen=True)
class Occurrence:
    """A name in a paragraph: the paragraph's number, first word, one past the last, whether a subject or quoted.

    `opens`: the first word of the run of proper nouns that ends in the name, titles and countries included.
    """

    sheet: int
    first: int
    last: int
    name: str
    title: str = ""
    subject: bool = False
    quoted: bool = False
    opens: int = -1


@functools.cache
def titles() -> dict[str, str]:
    """Title -> gender it tells (m, f or empty)."""
    with open(REFERENCE / "titles.csv", encoding="utf-8", newline="") as handle:
        return {row["title"]: row["gender"] for row in csv.DictReader(handle)}


@functools.cache
def organisation_words() -> frozenset[str]:
    with open(REFERENCE / "organisation_words.csv", encoding="utf-8", newline="") as handle:
        return frozenset(row["word"] for row in csv.DictReader(handle))


@functools.cache
def given_names() -> dict[str, str]:
    """Given name -> gender (m or f)."""
    with open(REFERENCE / "gendered_names.csv", encoding="utf-8", newline="") as handle:
        return {row["name"]: row["gender"] for row in csv.DictReader(handle)}


def runs(sheet: Sheet) -> list[tuple[int, int]]:
    """(first, one past last) of the runs of proper nouns in a paragraph."""
    found = []
    i, n = 0, len(sheet)
    tags, lower = sheet.tags, sheet.lower
    dashes = {k for k, word in enumerate(sheet.words) if word == "-"}
    while i < n:
        j = _hyphened(sheet, i) if i + 1 in dashes or i + 2 in dashes else i
        if j == i and tags[i][:3] != "NNP":
            i += 1
            continue
        j = max(j, i + 1)
        while j < n:
            glued = j + 1 < n and sheet.end(j - 1) == sheet.at[j] and sheet.end(j) == sheet.at[j + 1]
            if lower[j] == "-" and glued:
                j += 2
            elif tags[j][:3] == "NNP" or _shortened(sheet, j):
                j += 1
            elif (
                lower[j] in INSIDE
                and j + 1 < n
                and tags[j + 1][:3] == "NNP"
                and (lower[j] not in "-." or sheet.end(j - 1) == sheet.at[j])
            ):
                j += 2
            else:
                break
        found.append((i, j))
        i = j
    return found


def _shortened(sheet: Sheet, j: int) -> bool:
    """Whether word j is the stop of an abbreviation that the tokenizer does not know ("Spokesman Cmdr. Jane Doe")."""
    return (
        sheet.words[j] == "."
        and 0 < j < len(sheet) - 1
        and sheet.lower[j - 1] in SHORTENED
        and sheet.end(j - 1) == sheet.at[j]
        and sheet.tags[j + 1][:3] == "NNP"
    )


def _hyphened(sheet: Sheet, i: int) -> int:
    """One past the last word of a name like "Kim Do-hyun" at word i, however tagged; i if there is none."""
    for first in (i + 1, i):
        if (
            first + 2 < len(sheet)
            and sheet.words[first + 1] == "-"
            and sheet.end(first) == sheet.at[first + 1]
            and sheet.end(first + 1) == sheet.at[first + 2]
            and all(sheet.words[k].isalpha() and sheet.words[k][0].isupper() for k in range(i, first + 1))
            and len(sheet.words[first]) < 8
            and sheet.words[first + 2].isalpha()
            and sheet.lower[first + 2] not in COMPOUNDS
            and sheet.tags[first + 2][:2] in ("NN", "RB", "JJ", "VB", "FW", "UH")
            and sheet.lower[i] not in DAYS
            and (first == i + 1 or sheet.tags[i][:3] == "NNP")
            and any(sheet.tags[k][:3] == "NNP" for k in (i, first, first + 2))
        ):
            return first + 3
    return i


def bare(sheet: Sheet, first: int, last: int, covered: frozenset[int] | set[int]) -> tuple[int, str]:
    """First word of the name in a run after its titles and countries, and the last title passed."""
    title = ""
    inner = [k for k in range(first + 1, last - 1) if sheet.words[k] in OFFICE_WORDS]
    second = inner and inner[-1] - first == 1 and sheet.at[first] not in covered  # "Roads Minister Jane Doe"
    second = second and sheet.words[first] not in given_names() and not sheet.words[first].isupper()
    second = second and sheet.words[first + 1] in PORTFOLIOS and sheet.words[first + 2] != "-"
    if second:
        title, first = sheet.words[inner[-1]], inner[-1] + 1
        while first < last - 1 and sheet.words[first] in titles():
            first += 1  # "Roads Minister Datuk Jane Doe"
        return first, title
    if inner and inner[-1] - first > 1:  # "Senate Foreign Relations Chairman John Public"
        title, first = sheet.words[inner[-1]], inner[-1] + 1
        return first, title
    if first > 1 and sheet.lower[first - 1] == "of" and sheet.words[first - 2] in titles() and last - first > 2:
        title = sheet.words[first - 2]  # "Secretary of State John Q. Public": the run begins with the office
        first += 2 if sheet.words[first : first + 2] in (["Homeland", "Security"], ["Foreign", "Affairs"]) else 1
    while first < last - 1 and (
        sheet.lower[first] in DAYS
        or sheet.words[first] in titles()
        or sheet.at[first] in covered
        or sheet.lower[first] in ("of", "and", "elect", "designate")
        or _shortened(sheet, first + 1)
    ):
        step = 1 + _shortened(sheet, first + 1)
        written = sheet.words[first] + "." * (step - 1)
        if written in titles():
            title = written
        first += step
    return first, title


class Names:
    """The names of an article: `occurrences` in order; `full(word)` for the longest form of a short one."""

    def __init__(self, sheets: list[Sheet], covered: list[set[int]]) -> None:
        self.occurrences: list[Occurrence] = []
        self.genders: dict[str, str] = {}
        self._longer: dict[str, list[tuple[int, str]]] = {}
        for number, sheet in enumerate(sheets):
            for first, last in runs(sheet):
                self._see(sheet, number, first, last, covered[number])
        self._see_mistagged(sheets)
        self.occurrences = [
            o if (name := self.full(o.name, n)) == o.name else dataclasses.replace(o, name=name)
            for n, o in enumerate(self.occurrences)
        ]

    def _see(self, sheet: Sheet, number: int, first: int, last: int, covered: set[int]) -> None:
        start, title = bare(sheet, first, last, covered)
        words = sheet.words[start:last]
        if (
            sheet.lower[start] in DAYS
            or sheet.at[start] in covered
            or not words[0][:1].isupper()
            or (words[-1] in titles() and not _borne(words, title))
        ):
            return
        if any(word in organisation_words() for word in words) or len(words) > 6:
            return
        if "-" in words and words.index("-") == 1 and len(words) == 3:  # "Trump-Kim talks": two names
            return
        if not title and start > 0 and sheet.words[start - 1].lower() in ("president", "minister", "leader", "senator"):
            title = sheet.words[start - 1]
        name = _written(sheet, start, last)
        if sheet.title and len(words) > 4:  # a headline in title case runs several names together
            return
        dep = sheet.deps[last - 1]
        head = sheet.heads[last - 1]
        subject = dep in ("nsubj", "nsubjpass") or (dep in ("appos", "conj") and sheet.deps[head] == "nsubj")
        if dep == "appos" and not subject:  # "The vice-minister, Jane Doe, hit back": the verb hangs on the office
            while sheet.deps[head] == "appos":
                head = sheet.heads[head]
            subject = sheet.deps[head] == "ROOT" and not sheet.verb(head)
        self.occurrences.append(Occurrence(number, start, last, name, title, subject, sheet.quoted[start], first))
        gender = titles().get(title, "") or given_names().get(words[0], "")
        if gender and (len(words) > 1 or title):
            self.genders.setdefault(name, gender)
        if len(words) > 1 and not (sheet.title and _title_case(sheet)):
            for word in {words[0], words[-1], *words[1:-1]}:
                if len(word) > 1 and word[0].isupper():
                    self._longer.setdefault(word, []).append((len(self.occurrences) - 1, name))

    def _see_mistagged(self, sheets: list[Sheet]) -> None:
        """A surname that the tagger takes for a common noun ("Lund said …") is one if a longer name holds it."""
        taken = {(o.sheet, k) for o in self.occurrences for k in range(o.first, o.last)}
        more = [
            Occurrence(number, i, i + 1, word, "", sheet.deps[i] in ("nsubj", "nsubjpass"), sheet.quoted[i])
            for number, sheet in enumerate(sheets)
            for i, word in enumerate(sheet.words)
            if word in self._longer
            and (number, i) not in taken
            and (
                (
                    sheet.tags[i] in ("NN", "NNS", "JJ")
                    and sheet.deps[i] in ("nsubj", "nsubjpass", "pobj", "dobj", "poss", "conj")
                )
                or (sheet.lower[i + 1 : i + 3] == [",", "who"])
            )
        ]
        if not more:
            return
        order = sorted(enumerate(self.occurrences + more), key=lambda item: (item[1].sheet, item[1].first))
        place = {old: new for new, (old, _) in enumerate(order)}
        self.occurrences = [o for _, o in order]
        self._longer = {word: [(place[n], name) for n, name in found] for word, found in self._longer.items()}

    def full(self, name: str, before: int = 1 << 30) -> str:
        """The fullest name that the short one stands for, seen from occurrence number `before`; itself if none."""
        for _ in range(2):
            words = name.split()
            options = [
                (n, longer)
                for n, longer in self._longer.get(words[-1], ())
                if _holds(longer, words) and len(longer) > len(name)
            ]
            if not options and len(words) == 1:
                options = [(n, longer) for n, longer in self._longer.get(words[0], ())]
            if not options:
                return name
            # of a couple, or of two who share a surname, the one named in full more often; else the last
            earlier = collections.Counter(longer for n, longer in reversed(options) if n < before)
            longer = max(earlier, key=earlier.__getitem__) if earlier else options[0][1]
            if longer == name:
                return name
            name = longer
        return name


def _borne(words: list[str], title: str) -> bool:
    """Whether a title is a surname here: "Jane Bishop", "Ms. Bishop"; no "Deputy Speaker"."""
    return (len(words) == 2 and words[0] in given_names()) or (len(words) == 1 and title in ADDRESSES)


def _title_case(sheet: Sheet) -> bool:
    """Whether a headline writes most of its words with a capital, so that names cannot be told."""
    if sheet.words[-1:] == ["."]:
        return False  # a short first paragraph
    words = [word for word in sheet.words if word[:1].isalpha() and len(word) > 3]
    return sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _holds(longer: str, words: list[str]) -> bool:
    parts = longer.split()
    return all(word in parts for word in words)


def _written(sheet: Sheet, first: int, last: int) -> str:
    text = sheet.raw[sheet.at[first] : sheet.end(last - 1)]
    return " ".join(text.replace("’", "'").split())
