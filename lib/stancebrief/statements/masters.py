"""For whom somebody speaks through another: "its ambassador, X", "X's adviser Y", "the party's chief", "spokesman X".

The rules are ours: "its" and "their" by the last subject of the same number, an office of somebody by that person, a
spokesman without a body by the body that acted last.
"""

from __future__ import annotations

import re

from stancebrief import countries
from stancebrief.countries import mentions
from stancebrief.statements import holders, homes, names, vocabulary

THROUGH = vocabulary.of("through")
OF_BODY = re.compile(r"the (?P<body>[a-z]+)['’]s\b", re.IGNORECASE)  # "the party's chief"
OF_TITLED = re.compile(r"the ([a-z]+(?: minister| secretary)?)['’]s\b", re.IGNORECASE)
OWNED = re.compile(r"(?:[^,]{2,40}, )?(its|their|his|her)\b", re.IGNORECASE)  # "X, its president"; "its envoy, X"
# "its president for January, Ambassador X of Y": whoever presides over a body is reported as its voice
PRESIDES = re.compile(r"\b(?P<whose>its|council|assembly)(?:['’]s)? (?:\w+ )?president\b", re.IGNORECASE)
STANDS_FOR = re.compile(r",? for (?:the )?")
SAID_AT = re.compile(r",? (?:said|added|told (?:a |the )?[a-z]+(?: [a-z]+)?) at (?:the )?")
BREAK = re.compile(r"\s*(?:,|\b(?!['’]))")
CHAIRS = re.compile(r",? who (?:also |currently )?chair(?:s|ed) [^,.;“”\"]{3,60}")
CHAIR = re.compile(r"\bchair(?:s|ed|ing|man|woman|person)?(?: of)?(?: the)?(?: (?:group|bloc|alliance) of)?(?: the)? ",
                   re.IGNORECASE)
BELONGS = vocabulary.of("through") | vocabulary.of("belongs")
# "spokesman Jane Doe", "senior press secretary Jane Doe": of whom the article just told
VOICE = re.compile(
    rf"(?:the |a |its )?(?:(?:{countries.grammar.words('voice_rank')}) )*(?:{countries.grammar.words('voice')})",
    re.IGNORECASE,
)
# "a senior aide to President Jane Doe": up to the name
FOR = re.compile(
    rf"(?:(?:the|a|an|one|two|some|senior|top|close|chief|deputy) )*(?:{countries.grammar.words('stands_for')})"
    r" (?:for|to|of) (?:the )?(?:[\w.-]+ ){0,4}",
    re.IGNORECASE,
)


class Masters(holders.Holders):
    """Whose voice the persons of one article are. The class below it reads names: `country`."""

    homes: homes.Homes

    def _owner(self, o: names.Occurrence, told: str) -> tuple[tuple[str, ...], str]:
        """ "…, sending its ambassador, X": for whom the pronoun before the office stands, by the last subject."""
        if titled := OF_TITLED.match(told):  # "the president's spokeswoman, X"
            for p in reversed(self.names.occurrences[: self.names.occurrences.index(o)]):
                if o.sheet - p.sheet < 4 and p.name != o.name and titled[1].lower() in self.told(p).lower():
                    codes, _ = self.country(p.name)
                    return (codes, f"through {p.name}") if codes != ("UNKNOWN",) else homes.UNKNOWN
        found = OWNED.match(told)
        if found is None or countries.role(told) not in ("office", "carrier"):
            return ("UNKNOWN",), "unknown"
        start = self._office_start(o, told)
        if found[1].lower() in ("his", "her"):
            return self._through_master(o, start)
        theirs = found[1].lower() == "their"
        for n, i in self.acting(o.sheet, start, back=not theirs):
            if self.several(n, i) == theirs:
                return self.owner(n, i)  # the likeliest decides: a body without a country is no reason to look further
        return homes.UNKNOWN

    def _of_body(self, o: names.Occurrence, told: str) -> tuple[tuple[str, ...], str]:
        """ "the party's acting chief, X": of the body that was last named with the word."""
        found = OF_BODY.search(told)
        for n in range(o.sheet, max(-1, o.sheet - 3), -1) if found else ():
            for m in reversed(self.mentions[n]):
                before = n < o.sheet or m.start < self.sheets[n].at[o.first]
                if before and m.iso3 != "UNKNOWN" and m.surface.lower().split()[-1] == found["body"].lower():
                    return (m.iso3,), m.kind
        return homes.UNKNOWN

    def _stands_for(self, o: names.Occurrence, told: str) -> tuple[tuple[str, ...], str]:
        """ "Jane Doe, for China, said …", "Jane Doe for the EU said …": the country or body right after the name."""
        sheet = self.sheets[o.sheet]
        found = STANDS_FOR.match(sheet.text, sheet.end(o.last - 1))
        if found is None or not o.subject:
            return homes.UNKNOWN
        for m in self.mentions[o.sheet]:
            if m.start == found.end() and m.iso3 != "UNKNOWN" and BREAK.match(sheet.text, m.end):
                if m.iso3 not in mentions.BEYOND and countries.resolve(told)[0] not in ((m.iso3,), ("UNKNOWN",)):
                    return homes.UNKNOWN  # "the Kenyan envoy Jane Doe for Peru": Kenya's, sent there
                return (m.iso3,), "office"
            if m.start == found.end() and BREAK.match(sheet.text, m.end):
                return self.homes.shared(m.surface)
        return homes.UNKNOWN

    def _chaired(self, o: names.Occurrence, told: str) -> tuple[tuple[str, ...], str]:
        """The body that a person chairs: "the minister, who chairs the African Union", "chair of the G20"."""
        sheet = self.sheets[o.sheet]
        clause = CHAIRS.match(sheet.text, sheet.end(o.last - 1), sheet.sentence(sheet.at[o.first])[1])
        words = told + (clause.group() if clause else "")
        for found in CHAIR.finditer(words):
            for m in countries.find(words):
                if m.start == found.end() and m.kind == "organisation":
                    return (m.iso3,), "organisation"
        return homes.UNKNOWN

    def _speaks_at(self, o: names.Occurrence) -> tuple[tuple[str, ...], str]:
        """ "Gen. Jane Doe said at the Pentagon": an officer or spokesman speaks at his own institution."""
        sheet = self.sheets[o.sheet]
        lo, hi = sheet.end(o.last - 1), sheet.sentence(sheet.at[o.first])[1]
        for m in self.mentions[o.sheet]:
            if m.kind == "institution" and lo < m.start < hi and SAID_AT.fullmatch(sheet.text, lo, m.start):
                return (m.iso3,), "said there"
        return homes.UNKNOWN

    def _presided(self, o: names.Occurrence, told: str) -> tuple[tuple[str, ...], str]:
        """The body that a person presides over: "the council president for May", "its president" after a body."""
        found = PRESIDES.search(told)
        if found is None:
            return homes.UNKNOWN
        whose = found["whose"].lower()
        if whose != "its":
            return self.homes.named_once(whose)
        n, i = next(self.acting(o.sheet, self._office_start(o, told)), (0, -1))
        codes, basis = self.owner(n, i) if i >= 0 else homes.UNKNOWN
        return (codes, basis) if set(codes) <= {"UN", "EU", "NATO"} else homes.UNKNOWN

    def owner(self, number: int, head: int) -> tuple[tuple[str, ...], str]:
        """The country of the body or State that is the subject at a word; a party without a country is the home's."""
        sheet = self.sheets[number]
        first, last = sheet.left(head), sheet.right(head)
        phrase = self.spelled(number, sheet.text[sheet.at[first] : sheet.end(last)])
        codes, _ = countries.resolve(phrase)
        if codes == ("UNKNOWN",):
            return self.homes.country(phrase, number, sheet.at[first])  # as little sure as it says
        return codes, "through the subject before"

    def _office_start(self, o: names.Occurrence, told: str) -> int:
        """The first word of the phrase `told` around a name."""
        sheet = self.sheets[o.sheet]
        at = sheet.text.rfind(told, 0, sheet.end(o.last - 1) + len(told))
        return min(o.first, sheet.word_at(at)) if at >= 0 else o.first

    def _through_master(self, o: names.Occurrence, start: int) -> tuple[tuple[str, ...], str]:
        """ "…, his spokesman, X": for whom the person speaks who was the last subject."""
        for n in (o.sheet, o.sheet - 1):
            if n < 0:
                break
            before = [p for p in self._in(n) if p.subject and not p.quoted and (n < o.sheet or p.last <= start)]
            for p in reversed(before):
                if p.name != o.name and (codes := self.country(p.name)[0]) != ("UNKNOWN",):
                    return codes, "through the subject before"
        return homes.UNKNOWN

    def through_name(self, number: int, first: int, last: int) -> tuple[tuple[str, ...], str]:
        """The country of a phrase that names whom it belongs to: "X's advisers", "the X administration"."""
        sheet = self.sheets[number]
        for o in self._in(number):
            if first < o.opens < last <= o.last and FOR.fullmatch(sheet.text[sheet.at[first] : sheet.at[o.first]]):
                codes, _ = self.country(o.name)  # "a spokesman for Jane Doe", "an aide to President Doe"
                if codes != ("UNKNOWN",):
                    return codes, f"through {o.name}"
            if first <= o.first and o.last < last and (
                sheet.lower[o.last] in ("'s", "'", "’s", "’") or set(sheet.lower[o.last : last]) & BELONGS
            ):
                codes, _ = self.country(o.name)
                if codes != ("UNKNOWN",):
                    return codes, f"through {o.name}"
        return homes.UNKNOWN

    def _through(self, o: names.Occurrence) -> tuple[tuple[str, ...], str]:
        """ "X's adviser Y", "X spokesman Y": Y speaks for whom X speaks."""
        sheet = self.sheets[o.sheet]
        words = set(sheet.lower[max(0, o.first - 6) : o.last + 12])
        if not words & THROUGH:
            return ("UNKNOWN",), "unknown"
        told_first = max(0, o.first - 6)
        for n in self.by_sheet.get(o.sheet, ()):
            p = self.names.occurrences[n]
            if p.name == o.name or not (told_first <= p.first < o.first or o.last <= p.first <= o.last + 3):
                continue
            between = sheet.lower[min(p.last, o.last) : max(p.first, o.first)]
            after = sheet.lower[p.last : p.last + 8]
            owns = after[:1] in (["'s"], ["'"]) or bool(set(after[:3]) & THROUGH)
            if (
                owns
                and not any(
                    sheet.tags[k][:2] == "VB"
                    for k in range(min(p.last, o.last), max(p.first, o.first))
                    if sheet.tags[k] not in ("VBG", "VBN")
                )
                and (p.first < o.first or "," in between)
            ):
                codes, _ = self.country(p.name)
                if codes != ("UNKNOWN",):
                    return codes, f"through {p.name}"
        return ("UNKNOWN",), "unknown"

    def _voice(self, name: str) -> tuple[tuple[str, ...], str] | None:
        """By the body that last acted before "spokesman Jane Doe", whose is not told; None if none did near."""
        for o in self.names.occurrences:
            if o.name != name or o.quoted or not VOICE.fullmatch(self._before_name(o)):
                continue
            codes, basis = self.body_acting(o.sheet, o.opens)
            return (codes, basis) if codes != ("UNKNOWN",) else None
        return None

    def body_acting(self, number: int, before: int) -> tuple[tuple[str, ...], str]:
        """The body, no country, that acted last before a word in its paragraph or the one before."""
        for n, i in self.acting(number, before):
            sheet = self.sheets[n]
            phrase = self.spelled(n, sheet.text[sheet.at[sheet.left(i)] : sheet.end(i)])
            if countries.role(phrase) in ("office", "carrier", "body") or self._institution(n, i):
                codes, _ = self.owner(n, i)
                return (codes, "through the body before") if codes != ("UNKNOWN",) else homes.UNKNOWN
        return homes.UNKNOWN

    def _institution(self, number: int, word: int) -> bool:
        at = self.sheets[number].at[word]
        return any(m.start <= at < m.end and m.kind in ("institution", "organisation") for m in self.mentions[number])

    def _before_name(self, o: names.Occurrence) -> str:
        """The words before a name back to the last mark, or to its verb, of at most four."""
        sheet = self.sheets[o.sheet]
        first = o.first
        while first > 0 and o.first - first < 4 and sheet.tags[first - 1][:2] in ("NN", "JJ", "DT"):
            first -= 1
        return sheet.text[sheet.at[first] : sheet.at[o.first]].strip() if first < o.first else ""
