"""Which government a person speaks for: told where the article names the person, else supposed and said so."""

from __future__ import annotations

import re

from stancebrief import countries
from stancebrief.countries import offices
from stancebrief.statements import homes, names, vocabulary
from stancebrief.statements.sheets import Sheet

LANGUAGE = re.compile(r"\b(?<=[a-z]) language(?= [a-z])")  # "Chinese language diplomat": paraphrased copy for "Chinese"
THROUGH = vocabulary.of("through")
SPEAKING_FOR = vocabulary.of("speaking_for")
RECORD = re.compile(r"\b(?:his|her) [a-z ]{0,30}\bas ((?:[a-z-]+ ){0,3}[a-z-]+)")  # "her record as secretary of state"
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
# "X, who handled Korea at the council under President Y and is now at an institute, said …"
RELATIVE = re.compile(r",? who (?P<clause>(?:[^,.;“”\"]|, who )+)")
PAST = re.compile(
    rf"(?:once |previously |formerly |also |later |had |has )?(?:{countries.grammar.words('past_service')})\b"
)
HELD = re.compile(r"(?:once |also |has |had )?(?:led|headed|was|represented)\b(?! (?:a|an|the)? ?(?:former|once))")
NOW = re.compile(rf"\b(?:{countries.grammar.words('now_at')})\b(?P<where>.*)")
CANDIDACY = re.compile(rf"\b(?:{'|'.join(sorted(vocabulary.of('candidacy')))})\b")
OF_TITLED = re.compile(r"the ([a-z]+(?: minister| secretary)?)['’]s\b", re.IGNORECASE)
OWNED = re.compile(r"(?:[^,]{2,40}, )?(its|their|his|her)\b", re.IGNORECASE)  # "X, its president"; "its envoy, X"
BELONGS = vocabulary.of("through") | vocabulary.of("belongs")
HOLDS = vocabulary.of("holds_office")
WINDOW = 25  # words of a phrase around a name that tell the office


class Allegiance:
    """The countries of the persons of one article. A person once given a country keeps it."""

    def __init__(self, sheets: list[Sheet], known: names.Names, mentions: list[list], at_home: homes.Homes) -> None:
        self.sheets, self.names, self.mentions, self.homes = sheets, known, mentions, at_home
        self.by_sheet: dict[int, list[int]] = {}
        for n, o in enumerate(known.occurrences):
            self.by_sheet.setdefault(o.sheet, []).append(n)
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
            codes, basis = countries.resolve(told)
            if codes == ("UNKNOWN",) and (after := self._after(o)):
                codes, basis = countries.resolve(self.spelled(o.sheet, after))
            if codes == ("UNKNOWN",):
                codes, basis = countries.resolve(self._speaking_for(o))
            if codes == ("UNKNOWN",):
                codes, basis = self._through(o)
            if codes == ("UNKNOWN",):
                codes, basis = self._owner(o, told)
            if (then := self._relative(o)) and (codes == ("UNKNOWN",) or basis not in ("office", "organisation")):
                codes, basis = then
            if codes != ("UNKNOWN",):
                answers.append((codes, basis, told))
        if answers:
            # an office says for whom a person speaks; "a diplomat from X" may only say where from
            best = next((a for a in answers if a[1] in ("office", "organisation")), answers[0])
            self.known[name] = best[:2]
        else:
            held = (offices.country(name, o.title) for o in self.names.occurrences if o.name == name)
            self.known[name] = (
                next((answer for answer in held if answer[0] != ("UNKNOWN",)), None)
                or self._local(name)
                or self._supposed(name)
            )
        return self.known[name]

    def spelled(self, number: int, phrase: str) -> str:
        """A phrase of a paragraph with "the North" and "the South" as the paragraph means them."""
        for m in self.mentions[number]:
            if m.kind == "shorthand":
                phrase = re.sub(rf"(?<!\w){re.escape(m.surface)}(?!\w)", countries.name(m.iso3), phrase)
        return phrase

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

    def _local(self, name: str) -> tuple[tuple[str, ...], str] | None:
        """By an office without a country: where its paragraph is set, else the article's home; None if untold."""
        at_home = None
        for o in self.names.occurrences:
            if o.name != name or o.quoted:
                continue
            for told in (self.told(o), self._after(o)):
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

    def _after(self, o: names.Occurrence) -> str:
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

    def _relative(self, o: names.Occurrence) -> tuple[tuple[str, ...], str] | None:
        """ "X, who handled … under President Y and is now at Z": nobody's voice now, unless Z is an office."""
        sheet = self.sheets[o.sheet]
        clause = RELATIVE.match(sheet.text, sheet.end(o.last - 1), sheet.sentence(sheet.at[o.first])[1])
        if clause is None or sheet.quoted[o.first]:
            return None
        text = clause["clause"]
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
        sheet = self.sheets[o.sheet]
        for n in (o.sheet, o.sheet - 1):
            here = self.sheets[n] if n >= 0 else None
            if here is None:
                break
            limit = o.first if n == o.sheet else len(here)
            for i in range(limit - 1, -1, -1):
                if here.deps[i] not in ("nsubj", "nsubjpass") or here.tags[i][:2] != "NN" or here.quoted[i]:
                    continue
                if n == o.sheet and here.left(i) <= sheet.word_at(sheet.text.find(told)) <= here.right(i):
                    continue  # the office itself
                if found[1].lower() in ("his", "her"):
                    name = next((p.name for p in self._in(n) if p.first <= i < p.last and p.name != o.name), None)
                    codes, _ = self.country(name) if name else homes.UNKNOWN
                else:
                    codes, _ = countries.resolve(here.text[here.at[here.left(i)] : here.end(here.right(i))])
                if codes != ("UNKNOWN",):
                    return codes, "through the subject before"
        return homes.UNKNOWN

    def _in(self, number: int) -> list[names.Occurrence]:
        return [self.names.occurrences[n] for n in self.by_sheet.get(number, ())]

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

    def _speaking_for(self, o: names.Occurrence) -> str:
        """ "Speaking for the US, …": the country before the name in its sentence."""
        sheet = self.sheets[o.sheet]
        lo, _ = sheet.sentence(sheet.at[o.first])
        words = [i for i in range(sheet.word_at(lo), o.first)]
        for i in words:
            if sheet.lower[i] in SPEAKING_FOR and i + 1 < len(sheet) and sheet.lower[i + 1] in ("for", "on"):
                return sheet.text[sheet.at[i + 1] : sheet.at[o.first]]
        return ""

    def told(self, o: names.Occurrence) -> str:
        """The words around a name that tell the office: its noun phrase with appositions."""
        sheet = self.sheets[o.sheet]
        head = o.last - 1
        while sheet.heads[head] != head and sheet.deps[head] in ("compound", "appos", "nmod"):
            up = sheet.heads[head]
            if abs(up - head) > WINDOW or (sheet.deps[head] == "appos" and sheet.proper(up) and self._other(o, up)):
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
            if child > head and sheet.deps[child] in ("relcl", "conj", "cc") and child >= o.last:
                cut = min(cut, sheet.left(child))
        last = max(min(cut, o.last + WINDOW), o.last)
        return sheet.text[sheet.at[first] : sheet.end(last - 1)]

    def _place(self, number: int, word: int) -> bool:
        at = self.sheets[number].at[word]
        return any(m.start <= at < m.end for m in self.mentions[number])

    def _other(self, o: names.Occurrence, word: int) -> bool:
        return any(
            p.first <= word < p.last and p.name != o.name
            for p in (self.names.occurrences[n] for n in self.by_sheet.get(o.sheet, ()))
        )
