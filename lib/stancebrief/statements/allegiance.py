"""Which government a person speaks for: told where the article names the person, else supposed and said so.

What the article says of a person comes first, an office before all else; then the table of office holders by the full
name; then what only stands near the name (a place, somebody whose adviser it is, the subject before); then the table by
a surname; and last what is merely supposed.
"""

from __future__ import annotations

import re

from stancebrief import countries
from stancebrief.statements import holders, homes, names, vocabulary
from stancebrief.statements.sheets import Sheet

LANGUAGE = re.compile(r"\b(?<=[a-z]) language(?= [a-z])")  # "Chinese language diplomat": paraphrased copy for "Chinese"
THROUGH = vocabulary.of("through")
RECORD = re.compile(r"\b(?:his|her) [a-z ]{0,30}\bas ((?:[a-z-]+ ){0,3}[a-z-]+)")  # "her record as secretary of state"
# "X, who handled Korea at the council under President Y and is now at an institute, said …"
RELATIVE = re.compile(r",? who (?P<clause>(?:[^,.;“”\"]|, who )+)")
PAST = re.compile(
    rf"(?:once |previously |formerly |also |later |had |has )?(?:{countries.grammar.words('past_service')})\b"
)
HELD = re.compile(r"(?:once |also |has |had )?(?:led|headed|was|represented)\b(?! (?:a|an|the)? ?(?:former|once))")
# "X, whose charity digs wells", "X, who coordinates relief for the U.N."
WHOSE = re.compile(r",? whose (?P<what>[^,.;“”\"]{3,60})")
WORKS_FOR = re.compile(r"[a-z]+s\b[^,.;“”\"]{0,60}?\bfor (?:the )?")
OF_BODY = re.compile(r"the (?P<body>[a-z]+)['’]s\b", re.IGNORECASE)  # "the party's chief"
NOW = re.compile(rf"\b(?:{countries.grammar.words('now_at')})\b(?P<where>.*)")
CANDIDACY = re.compile(rf"\b(?:{'|'.join(sorted(vocabulary.of('candidacy')))})\b")
OF_TITLED = re.compile(r"the ([a-z]+(?: minister| secretary)?)['’]s\b", re.IGNORECASE)
OWNED = re.compile(r"(?:[^,]{2,40}, )?(its|their|his|her)\b", re.IGNORECASE)  # "X, its president"; "its envoy, X"
# "its president for January, Ambassador X of Y": whoever presides over a body is reported as its voice
PRESIDES = re.compile(r"\b(?P<whose>its|council|assembly)(?:['’]s)? (?:\w+ )?president\b", re.IGNORECASE)
BELONGS = vocabulary.of("through") | vocabulary.of("belongs")
NEARBY = ("place", "through ")  # bases that tell of what stands beside a name, and not what the person is


class Allegiance(holders.Holders):
    """The countries of the persons of one article. A person once given a country keeps it."""

    def __init__(
        self, sheets: list[Sheet], known: names.Names, mentions: list[list], at_home: homes.Homes, day: str = ""
    ) -> None:
        """`day`: the day of the article (YYYY-MM-DD), empty where it is not known."""
        super().__init__(sheets, known, mentions)
        self.homes = at_home
        self.day = day
        self.known: dict[str, tuple[tuple[str, ...], str]] = {}

    def country(self, name: str) -> tuple[tuple[str, ...], str]:
        """The country of a person: told where the person is named, an office before all else; a person keeps it."""
        if name in self.known:
            return self.known[name]
        self.known[name] = (("UNKNOWN",), "no country told")  # ends a circle: A's adviser B, B's adviser A
        answers = []
        for o in self.names.occurrences:
            if o.name != name or o.quoted:
                continue
            told = LANGUAGE.sub("", self.spelled(o.sheet, self.told(o)))
            if (body := self._presided(o, told)) != homes.UNKNOWN:
                self.known[name] = body
                return body
            codes, basis = countries.resolve(told)
            if codes == ("UNKNOWN",) and (after := self.after(o)):
                codes, basis = countries.resolve(self.spelled(o.sheet, after))
            if codes == ("UNKNOWN",) and (ahead := self.ahead(o)):
                codes, basis = countries.resolve(self.spelled(o.sheet, ahead))
            if codes == ("UNKNOWN",):
                codes, basis = countries.resolve(self.speaking_for(o))
            if codes == ("UNKNOWN",):
                codes, basis = self._through(o)
            if codes == ("UNKNOWN",):
                codes, basis = self._owner(o, told)
            if codes == ("UNKNOWN",):
                codes, basis = self._of_body(o, told)
            if (then := self._relative(o)) and (codes == ("UNKNOWN",) or basis not in ("office", "organisation")):
                codes, basis = then
            if codes != ("UNKNOWN",):
                answers.append((codes, basis, told))
        said = [a for a in answers if not a[1].startswith(NEARBY)]
        # an office says for whom a person speaks; "a diplomat from X" may only say where from
        best = next((a for a in said if a[1] in ("office", "organisation")), (said or [None])[0])
        if best is None and (held := self.held(name)) != homes.UNKNOWN:
            best = held
        elif best is None and answers:
            best = answers[0]
        self.known[name] = best[:2] if best else (
            self.titled(name) or self._carried(name) or self._announced(name) or self._local(name)
            or self._supposed(name)
        )
        return self.known[name]

    def _supposed(self, name: str) -> tuple[tuple[str, ...], str]:
        """What the manner of naming lets suppose of a person whose country is nowhere told.

        "Her record as secretary of state" tells an office. "President X" without a country is, in the press of the
        United States, their own.
        """
        mine = [o for o in self.names.occurrences if o.name == name and not o.quoted]
        for o in mine:
            sheet = self.sheets[o.sheet]
            end = sheet.sentence(sheet.at[o.first])[1]
            for found in RECORD.finditer(sheet.text, sheet.at[o.first], end):
                codes, basis = countries.resolve(found[1])
                if codes != ("UNKNOWN",) and o.subject:
                    return codes, basis
        american = self.homes.home in ("", "USA") and any(m.iso3 == "USA" for found in self.mentions for m in found)
        if american and any(o.title in ("President", "Vice") for o in mine):
            return ("USA",), "supposed: a president without a country in American news"
        return ("UNKNOWN",), "no country told"

    def _carried(self, name: str) -> tuple[tuple[str, ...], str] | None:
        """By the State whose own medium carries what the person says; None if none does."""
        for o in self.names.occurrences:
            if o.name == name and o.subject and not o.quoted:
                found = self.homes.carried(o.sheet, self.sheets[o.sheet].at[o.first])
                if found != homes.UNKNOWN:
                    return found
        return None

    def _announced(self, name: str) -> tuple[tuple[str, ...], str] | None:
        """By the office told just before the name; None if there is none, or it is nobody's that can be told."""
        if name not in self.offices:
            return None
        number, head = self.offices[name]
        sheet = self.sheets[number]
        phrase = self.phrase(number, head)
        codes, basis = countries.resolve(phrase)
        if codes == ("UNKNOWN",):
            codes, basis = self.homes.country(phrase, number, sheet.at[sheet.left(head)])
        return (codes, f"{basis}, told before the name") if codes != ("UNKNOWN",) else None

    def _local(self, name: str) -> tuple[tuple[str, ...], str] | None:
        """By an office without a country: where its paragraph is set, else the article's home; None if untold."""
        at_home = None
        for o in self.names.occurrences:
            if o.name != name or o.quoted:
                continue
            for told in (self.told(o), self.after(o)):
                if not told or OWNED.match(told) or not homes.office(told):
                    continue
                near = self.homes.near(told, o.sheet, self.sheets[o.sheet].at[o.first])
                if near != homes.UNKNOWN:
                    return near
                if at_home is None and (home := self.homes.at_home(told)) != homes.UNKNOWN:
                    at_home = home
        return at_home

    def give(self, name: str, answer: tuple[tuple[str, ...], str]) -> None:
        """Note the country of a person that a description elsewhere tells ("The Foreign Minister said …")."""
        if self.country(name)[0] == ("UNKNOWN",):
            self.known[name] = answer

    def _relative(self, o: names.Occurrence) -> tuple[tuple[str, ...], str] | None:
        """ "X, who handled … under President Y and is now at Z": nobody's voice now, unless Z is an office."""
        sheet = self.sheets[o.sheet]
        ends = sheet.end(o.last - 1), sheet.sentence(sheet.at[o.first])[1]
        whose = WHOSE.match(sheet.text, *ends)
        if whose and not sheet.quoted[o.first] and (apart := countries.role(whose["what"])) in countries.APART:
            return ("OTHER",), f"{countries.APART[apart]}, no government"
        clause = RELATIVE.match(sheet.text, *ends)
        if clause is None or sheet.quoted[o.first]:
            return None
        text = clause["clause"]
        if works := WORKS_FOR.match(text):
            for m in self.mentions[o.sheet]:
                if m.start == clause.start("clause") + works.end() and m.kind == "organisation":
                    return (m.iso3,), "organisation"
            if (apart := countries.role(text[works.end() :])) in countries.APART:
                return ("OTHER",), f"{countries.APART[apart]}, no government"
        if now := NOW.search(text):
            codes, basis = countries.resolve(now["where"])
            if codes not in (("UNKNOWN",), ("OTHER",)) and countries.role(now["where"]) == "office":
                return codes, basis
            return ("OTHER",), "an expert or institute, no government"
        if CANDIDACY.search(text):
            party = {m.iso3 for m in countries.find(text) if m.kind == "party"} or {self.homes.home} - {""}
            if len(party) == 1:
                return (party.pop(),), "a candidate"
        if countries.role(text) in countries.APART:
            return ("OTHER",), f"{countries.APART[countries.role(text)]}, no government"
        if PAST.match(text) and (countries.UNDER.search(text) or not HELD.match(text)):
            return ("OTHER",), "a former office, no government"
        return None

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
        for n, i in self.acting(o.sheet, start):
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
