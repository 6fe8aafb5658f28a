"""Which government a person speaks for: told where the article names the person, else supposed and said so.

What the article says of a person comes first, an office before all else; then the table of office holders by the full
name; then what only stands near the name (a place, somebody whose adviser it is, the subject before); then the table by
a surname; and last what is merely supposed.
"""

from __future__ import annotations

import re

from stancebrief import countries
from stancebrief.countries import offices
from stancebrief.statements import homes, masters, names, vocabulary
from stancebrief.statements.sheets import Sheet

LANGUAGE = re.compile(r"\b(?<=[a-z]) language(?= [a-z])")  # "Chinese language diplomat": paraphrased copy for "Chinese"
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
NOW = re.compile(rf"\b(?:{countries.grammar.words('now_at')})\b(?P<where>.*)")
CANDIDACY = re.compile(rf"\b(?:{'|'.join(sorted(vocabulary.of('candidacy')))})\b")
ITS = re.compile(r"(?:its|their)\b", re.IGNORECASE)
OF_BODIES = re.compile(rf"\b(?:{'|'.join(sorted(vocabulary.of('office_of_bodies')))})\b", re.IGNORECASE)
ABSOLUTE = re.compile(r"(?<=\w), (?:his|her) ")
NEARBY = ("place", "through ")  # bases that tell of what stands beside a name, and not what the person is


class Allegiance(masters.Masters):
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
        untold = False  # an office that a body has, of which it is not told whose it is
        for o in self.names.occurrences:
            if o.name != name or o.quoted:
                continue
            told = LANGUAGE.sub("", self.spelled(o.sheet, self.told(o)))
            if (own := ABSOLUTE.search(told)) and countries.role(told[own.end() :]) is None:
                told = told[: own.start()]  # "Prime Minister Jane Doe, her trip cut short by a storm in Cuba, said"
            body = next((found for found in (self._presided(o, told), self._chaired(o, told), self._stands_for(o, told))
                         if found != homes.UNKNOWN), homes.UNKNOWN)
            if body != homes.UNKNOWN:
                self.known[name] = body
                return body
            codes, basis = countries.resolve(told)
            if codes == ("USA",) and basis == "office" and self.homes.own_press(told):
                codes, basis = homes.UNKNOWN
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
            if codes == ("UNKNOWN",) and (own := self._whose(o)):
                codes, basis = own
            if (then := self._relative(o)) and (codes == ("UNKNOWN",) or basis not in ("office", "organisation")):
                codes, basis = then
            if codes != ("UNKNOWN",):
                answers.append((codes, basis, told))
            untold = untold or (codes == ("UNKNOWN",) and bool(OF_BODIES.search(told)))
        said = [a for a in answers if not a[1].startswith(NEARBY)]
        # an office says for whom a person speaks; "a diplomat from X" may only say where from
        best = next((a for a in said if a[1] in ("office", "organisation")), (said or [None])[0])
        # a minister of old may sit in a body now: "its climate chief, Jane Doe"
        through = next((a for a in answers if a[1].startswith("through ")), None)
        moved = (untold or through) and offices.over(name, self.day)
        held = homes.UNKNOWN if moved else self.held(name)
        if held != homes.UNKNOWN and (best is None or (best[0] == ("UN",) and OF_BODIES.match(best[2]))):
            best = held  # "Secretary General Jane Doe": bodies other than the United Nations have one
        elif best is None and answers:
            best = answers[0]
        self.known[name] = best[:2] if best else (
            self.titled(name) or self._carried(name) or self._announced(name) or self._local(name)
            or self._voice(name) or self._supposed(name)
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
            return self._unnamed(name)
        number, head = self.offices[name]
        sheet = self.sheets[number]
        phrase = self.phrase(number, head)
        codes, basis = countries.resolve(phrase)
        if codes == ("UNKNOWN",) and ITS.match(phrase):
            owner = next(self.acting(number, sheet.left(head)), None)
            codes, basis = self.owner(*owner) if owner else homes.UNKNOWN
        elif codes == ("UNKNOWN",):
            codes, basis = self.homes.country(phrase, number, sheet.at[sheet.left(head)])
        return (codes, f"{basis}, told before the name") if codes != ("UNKNOWN",) else None

    def _unnamed(self, name: str) -> tuple[tuple[str, ...], str] | None:
        """By "a Kenyan envoy" just before a name of which nothing else is told, or an office without a country."""
        first = next((o for o in self.names.occurrences if o.name == name and not self.sheets[o.sheet].title), None)
        if first is None or first.quoted or not first.subject or " " not in name:
            return None
        place, told = self.unnamed(first), self.told(first)
        if place is None:
            return None
        if self.homes.at_home(told) != homes.UNKNOWN or (countries.role(told) is None and told.strip() != name):
            return None
        codes, basis = countries.resolve(self.phrase(*place))
        return (codes, f"{basis}, told before the name") if len(codes) == 1 and len(codes[0]) == 3 else None

    def _local(self, name: str) -> tuple[tuple[str, ...], str] | None:
        """By an office without a country: where its paragraph is set, else the article's home; None if untold."""
        at_home = None
        for o in self.names.occurrences:
            if o.name != name or o.quoted:
                continue
            if (party := self.homes.shared(self.told(o))) != homes.UNKNOWN:
                return party
            for told in (self.told(o), self.after(o)):
                if not told or masters.OWNED.match(told) or not homes.office(told):
                    continue
                near = self.homes.near(told, o.sheet, self.sheets[o.sheet].at[o.first])
                near = near if near != homes.UNKNOWN else self._speaks_at(o)
                if near != homes.UNKNOWN:
                    return near
                if at_home is None and (home := self.homes.at_home(told)) != homes.UNKNOWN:
                    at_home = home
        return at_home

    def give(self, name: str, answer: tuple[tuple[str, ...], str]) -> None:
        """Note the country of a person that a description elsewhere tells ("The Foreign Minister said …")."""
        if self.country(name)[0] == ("UNKNOWN",):
            self.known[name] = answer

    def _whose(self, o: names.Occurrence) -> tuple[tuple[str, ...], str] | None:
        """ "X, whose charity digs wells"; no country is told of X, so "Japan's X, whose citizens …" is Japan's."""
        sheet = self.sheets[o.sheet]
        whose = WHOSE.match(sheet.text, sheet.end(o.last - 1), sheet.sentence(sheet.at[o.first])[1])
        if whose and not sheet.quoted[o.first] and (apart := countries.role(whose["what"])) in countries.APART:
            return ("OTHER",), f"{countries.APART[apart]}, no government"
        return None

    def _relative(self, o: names.Occurrence) -> tuple[tuple[str, ...], str] | None:
        """ "X, who handled … under President Y and is now at Z": nobody's voice now, unless Z is an office."""
        sheet = self.sheets[o.sheet]
        ends = sheet.end(o.last - 1), sheet.sentence(sheet.at[o.first])[1]
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
