"""The words that introduce a person: the phrase around a name, its appositions, "X was sworn in as president".

What they say of the country is read elsewhere.
"""

from __future__ import annotations

import re

from stancebrief import countries
from stancebrief.statements import names, vocabulary
from stancebrief.statements.sheets import Sheet

SPEAKING_FOR = vocabulary.of("speaking_for")
# "X was sworn in as president", "X takes the floor for Y", "At the state department, X said"
BECAME = re.compile(
    r",? (?:who )?(?:was |has been |is to be |will be )?"
    r"(?:sworn in|inaugurated|elected|re-elected|appointed|took office) (?:as )?(?:the )?"
    r"(?P<office>[\w -]{3,40}?)(?= (?:last|on|in|this|after|two|ten|\d)\b|[,.;]|$)"
)
FLOOR = re.compile(
    r",? (?:who )?(?:takes the floor|took the floor|taking the floor|speaks|spoke|speaking) (?:for|on behalf of) "
    r"(?P<whom>[A-Z][\w .'’-]{2,40}?)(?=[,.;:]|$)"
)
AT_INSTITUTION = re.compile(
    r"(?:At|From|In an? [\w -]{3,40} (?:at|from)) (?:the )?(?P<body>[\w .'’]{3,40}?)"
    r"(?: (?:on|late|early) [\w ]{3,20})?, "
)
PERSONS = vocabulary.of("describes_person")
HOLDS = vocabulary.of("holds_office")
TEXTS = vocabulary.of("text") | vocabulary.of("document")
WINDOW = 25  # words of a phrase around a name that tell the office


class Introductions:
    """How the persons of one article are introduced."""

    def __init__(self, sheets: list[Sheet], known: names.Names, mentions: list[list]) -> None:
        self.sheets, self.names, self.mentions = sheets, known, mentions
        self.by_sheet: dict[int, list[int]] = {}
        for n, o in enumerate(known.occurrences):
            self.by_sheet.setdefault(o.sheet, []).append(n)

    def spelled(self, number: int, phrase: str) -> str:
        """A phrase of a paragraph with "the North" and "the South" as the paragraph means them."""
        for m in self.mentions[number]:
            if m.kind == "shorthand":
                phrase = re.sub(rf"(?<!\w){re.escape(m.surface)}(?!\w)", countries.name(m.iso3), phrase)
        return phrase

    def told(self, o: names.Occurrence) -> str:
        """The words around a name that tell the office: its noun phrase with appositions."""
        sheet = self.sheets[o.sheet]
        head = self._name_head(o)
        while sheet.heads[head] != head and sheet.deps[head] in ("compound", "appos", "nmod"):
            up = sheet.heads[head]
            if abs(up - head) > WINDOW:
                break
            if sheet.deps[head] == "appos" and sheet.proper(up) and self._other(o, up):
                if sheet.deps[up] == "pobj" and sheet.words[o.opens - 1] == "," and self._held_for(sheet, up):
                    head = sheet.heads[sheet.heads[up]]  # "the top diplomat for East Asia, Jane Doe"
                break
            head = up
        for _ in range(6):  # no person is a country: "the rapporteur on X in Y, Name" explains the rapporteur
            up = sheet.heads[head]
            if head >= o.first or not self._place(o.sheet, head) or sheet.deps[head] not in ("pobj", "prep"):
                break
            while sheet.deps[up] in ("prep", "pobj") and o.first - up < WINDOW and sheet.heads[up] != up:
                up = sheet.heads[up]
            if sheet.tags[up][:2] != "NN" or o.first - up > WINDOW:
                break
            head = up
        first, last = sheet.left(head), sheet.right(head) + 1
        first = max(first, head - WINDOW)
        cut = last
        for child in sheet.children(head):
            done = sheet.deps[child] == "acl" and sheet.child(child, "agent") is not None  # "X, interviewed by …"
            if child > head and (done or sheet.deps[child] in ("relcl", "conj", "cc")) and child >= o.last:
                cut = min(cut, sheet.left(child))
        last = max(min(cut, o.last + WINDOW), o.last)
        if o.opens > first and sheet.lower[o.opens - 1] in TEXTS:
            first = o.opens  # "In a newspaper article Jane Doe said": she is no article
        if 0 <= o.opens < first:  # "Spokesman Cmdr. Jane Doe": the parse may end a sentence after the rank
            first = o.opens
        return sheet.text[sheet.at[first] : sheet.end(last - 1)]

    def _name_head(self, o: names.Occurrence) -> int:
        """The word of a name that its phrase hangs on: the last, unless the parse cuts a name like "Do-hyun" in two."""
        sheet = self.sheets[o.sheet]
        if "-" not in sheet.words[o.first : o.last]:
            return o.last - 1
        outer = [k for k in range(o.first, o.last) if not o.first <= sheet.heads[k] < o.last]
        joined = (k for k in outer if sheet.left(k) < o.first or sheet.deps[k] == "appos")
        return next(joined, o.last - 1)

    def _held_for(self, sheet: Sheet, word: int) -> bool:
        """Whether a noun is what an office is for: "diplomat for East Asia"."""
        return sheet.lower[sheet.heads[sheet.heads[word]]] in PERSONS

    def after(self, o: names.Occurrence) -> str:
        """The words after a name that tell the office where the parse does not join them to it.

        "X, spokesman for the main opposition party," and "X, who chairs the committee,".
        """
        sheet = self.sheets[o.sheet]
        i = o.last
        lo, hi = sheet.sentence(sheet.at[o.first])
        if made := BECAME.match(sheet.text, sheet.end(o.last - 1), hi):
            return made["office"]
        if for_whom := FLOOR.match(sheet.text, sheet.end(o.last - 1), hi):
            return "spokesman for " + for_whom["whom"]
        if (at := AT_INSTITUTION.match(sheet.text, lo, sheet.at[o.first])) and at.end() == sheet.at[o.first]:
            return "official of the " + at["body"]
        if sheet.lower[i : i + 1] != [","] or i + 2 >= len(sheet):
            return ""
        first = i + 1
        relative = sheet.lower[first] == "who" and sheet.lower[first + 1] in HOLDS
        if relative:
            first += 1
        elif sheet.tags[first][:2] not in ("DT", "NN", "JJ"):
            return ""
        last = first + 1
        while last < len(sheet) and sheet.at[last] < hi and last - first < WINDOW:
            if sheet.lower[last] in (",", ";", ":", "who", "which") or sheet.quoted[last]:
                break
            if sheet.tags[last] in ("VBD", "VBZ", "VBP", "MD"):
                return ""  # a clause, no apposition
            last += 1
        text = sheet.text[sheet.at[first] : sheet.end(last - 1)]
        return "head of " + text.split(" ", 1)[1] if relative and " " in text else text

    def ahead(self, o: names.Occurrence) -> str:
        """The office at the head of the sentence, set off before the name: "The minister of roads, Jane Doe, said"."""
        sheet = self.sheets[o.sheet]
        first = sheet.word_at(sheet.sentence(sheet.at[o.first])[0])
        words = range(first, o.opens - 1)
        if o.opens - 1 <= first or sheet.words[o.opens - 1] != "," or len(words) > WINDOW:
            return ""
        if sheet.tags[first] not in ("DT", "NNP", "PRP$") or any(
            sheet.verb(i) or sheet.quoted[i] or sheet.words[i] == "," for i in words
        ):
            return ""
        told = sheet.text[sheet.at[first] : sheet.end(words[-1])]
        return told if countries.role(told) in ("office", "carrier") else ""

    def speaking_for(self, o: names.Occurrence) -> str:
        """ "Speaking for the US, …": the country before the name in its sentence."""
        sheet = self.sheets[o.sheet]
        lo, _ = sheet.sentence(sheet.at[o.first])
        words = [i for i in range(sheet.word_at(lo), o.first)]
        for i in words:
            if sheet.lower[i] in SPEAKING_FOR and i + 1 < len(sheet) and sheet.lower[i + 1] in ("for", "on"):
                return sheet.text[sheet.at[i + 1] : sheet.at[o.first]]
        return ""

    def _in(self, number: int) -> list[names.Occurrence]:
        return [self.names.occurrences[n] for n in self.by_sheet.get(number, ())]

    def _place(self, number: int, word: int) -> bool:
        at = self.sheets[number].at[word]
        return any(m.start <= at < m.end for m in self.mentions[number])

    def _other(self, o: names.Occurrence, word: int) -> bool:
        return any(
            p.first <= word < p.last and p.name != o.name
            for p in (self.names.occurrences[n] for n in self.by_sheet.get(o.sheet, ()))
        )
