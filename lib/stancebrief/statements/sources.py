"""Who speaks: from the words beside a cue to a person's fullest name or the actor as written, and the country.

Pronouns and descriptions ("the diplomat", "the two countries") stand for somebody named before. The rules are ours:
the last fitting person, subjects and speakers first.
"""

from __future__ import annotations

import dataclasses
import re

from stancebrief import countries
from stancebrief.statements import allegiance, homes, references, vocabulary
from stancebrief.statements.sheets import Sheet

THEY = frozenset(("they", "them", "both", "those", "these", "others", "all", "some"))
IT = frozenset(("it", "its", "this", "that", "which"))
SELF = frozenset(("i", "we", "me", "us", "you"))
PAIRED = vocabulary.of("paired")
DESCRIBES_PERSON = vocabulary.of("describes_person")
ROLES = tuple(
    frozenset(group.split())
    for group in (
        "president leader premier chancellor ruler",
        "ambassador envoy diplomat representative",
        "minister secretary",
        "senator sen lawmaker",
        "congressman congresswoman representative rep lawmaker",
        "governor gov",
        "spokesman spokeswoman spokesperson",
        "nominee candidate contender",
        "lawyer attorney",
        "general gen commander",
        "mogul businessman billionaire",
    )
)
SHORT_TITLES = frozenset(("sen", "rep", "gov", "gen"))
# bodies of which an article names several: another one is never meant; a minister tells of a ministry
PARTICULAR = vocabulary.of("particular_body")
GENERIC = vocabulary.of("generic_body")
KIN = {"ministry": "|Minister|minister"}
FELLOW = vocabulary.of("fellow")
TEXTS = vocabulary.of("text")
BODY_KINDS = ("organisation", "armed party", "armed group", "party")
DESCRIBES_BODY = vocabulary.of("describes_body") | TEXTS
CANDIDATES = re.compile(r"(?:the )?presidential (?:candidates?|contenders?|hopefuls?|nominees?)\b", re.IGNORECASE)
GENERAL = re.compile(
    r"(?:many|some|several|other|world|most|few|various|global|foreign|international|all|more)\b", re.I
)


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", name.lower())


class Sources(references.References):
    """The speakers of one article, asked in the order of the text."""

    # who -----------------------------------------------------------------------------------------------------------

    def speaker(self, number: int, head: int, owner: bool = False) -> references.Speaker:
        """Who the word `head` of paragraph `number` stands for."""
        sheet = self.sheets[number]
        word = sheet.lower[head]
        written = (sheet.at[head], sheet.end(head))
        if sheet.tags[head] in ("PRP", "PRP$") or word in THEY or (word in IT and sheet.tags[head] in ("DT", "WDT")):
            found = self._pronoun(number, head, word)
            return dataclasses.replace(found, written=written)
        subject, head = head, self._top(number, head)
        first, last = self._phrase(sheet, head, self._is_place(number, head))
        last = max(last, subject + 1)
        if (
            sheet.title
            and first > 1
            and sheet.words[first - 1] == ","
            and sheet.proper(first - 2)
            and sheet.proper(head)
        ):
            first = sheet.left(first - 2)  # a headline's "China, Russia say": a comma for "and"
        written = (sheet.at[first], sheet.end(last - 1))
        occurrence = self.name_at(number, head)
        phrase = sheet.text[written[0] : written[1]]
        if occurrence is None or (self._is_place(number, head) and not self._member(number, head)):
            described = self._described(number, head, first, last, phrase)
            if described is not None:
                return dataclasses.replace(described, written=written)
        if occurrence is not None:
            codes, basis = self.allegiance.country(occurrence.name)
            if codes == ("UNKNOWN",) and (owned := self._owned(number, first, phrase)):
                codes, basis = owned  # "His spokesman, Name"
                self.allegiance.give(occurrence.name, owned)
            conj = sheet.child(head, "conj")
            name = occurrence.name
            if conj is not None and sheet.proper(conj) and conj < last:
                other = self.name_at(number, conj)
                if other is not None:
                    more, _ = self.allegiance.country(other.name)
                    name = f"{name} and {other.name}"
                    codes = tuple(dict.fromkeys(c for c in (*codes, *more) if c != "UNKNOWN")) or codes
            return references.Speaker(name, codes, basis, written, True)
        codes, basis = self.allegiance.through_name(number, first, last)
        if codes == ("UNKNOWN",) or countries.role(phrase) in countries.APART:
            codes, basis = self._resolve(phrase, number, written[0])
        if codes == ("UNKNOWN",) and (fellow := self._fellows(number, written[0], head)):
            codes, basis = fellow.codes, f"{fellow.basis.removesuffix(', carried over')}, carried over"
        return references.Speaker(self._as_written(sheet, first, last), codes, basis, written)

    def settled(self, speaker: references.Speaker) -> references.Speaker:
        """The speaker with the country that the whole article tells of him: one person, one country."""
        if not speaker.person or speaker.codes != ("UNKNOWN",):
            return speaker
        codes, basis = self.allegiance.country(speaker.name)
        if codes == ("UNKNOWN",):
            return speaker
        carried = ", carried over" if speaker.basis.endswith("carried over") else ""
        return dataclasses.replace(speaker, codes=codes, basis=basis.removesuffix(", carried over") + carried)

    def together(self, number: int, head: int, partner: int | None) -> references.Speaker:
        """Who the word `head` stands for, with the countries of who speaks together with him or her."""
        one = self.speaker(number, head)
        if partner is None or self.sheets[number].tags[partner][:2] != "NN":
            return one
        codes = [c for c in self.speaker(number, partner).codes if c not in one.codes and c != "UNKNOWN"]
        return dataclasses.replace(one, codes=(*one.codes, *codes)) if one.codes != ("UNKNOWN",) else one

    # words ---------------------------------------------------------------------------------------------------------

    def _phrase(self, sheet: Sheet, head: int, place: bool = False) -> tuple[int, int]:
        """(first, one past last) word of the noun phrase around `head`, without relative clauses."""
        first, last = sheet.left(head), head + 1
        for child in sheet.children(head):
            if child > head and sheet.deps[child] in ("prep", "conj", "cc", "appos", "nmod", "case", "punct", "nummod"):
                if (
                    sheet.deps[child] not in ("punct", "nmod")
                    and sheet.right(child) - head < allegiance.WINDOW
                    and not (place and self._aside(sheet, head, child))
                ):
                    last = max(last, sheet.right(child) + 1)
            elif child > head:
                break
        while first < head and sheet.tags[first] in (",", "``", "''", ":", ".", "IN", "RB", "CC", "_SP", "HYPH"):
            first += 1
        return first, last

    def _aside(self, sheet: Sheet, head: int, child: int) -> bool:
        """Whether a phrase after a country only describes it: "China, Pyongyang's ally"."""
        if sheet.deps[child] == "appos":
            return True
        first = sheet.left(child)
        return (
            sheet.deps[child] == "conj"
            and sheet.lower[first - 1] == ","
            and sheet.tags[child][:3] != "NNP"
            and (first < child)
        )

    def _as_written(self, sheet: Sheet, first: int, last: int) -> str:
        return " ".join(sheet.raw[sheet.at[first] : sheet.end(last - 1)].split())

    def _top(self, number: int, head: int) -> int:
        """The head of the noun phrase where the parse took the end of a body's name for the subject.

        "An official at the office Cheong Wa Dae said": the body's first word hangs on what the official is of.
        """
        sheet = self.sheets[number]
        at = sheet.at[head]
        body = next((m for m in self.mentions[number] if m.kind == "institution" and m.start < at < m.end), None)
        if body is None:
            return head
        i = sheet.word_at(body.start)
        if i >= head or sheet.heads[i] >= i or sheet.deps[head] not in ("nsubj", "nsubjpass"):
            return head
        while sheet.deps[i] in ("appos", "pobj", "prep", "compound", "nmod", "dep") and sheet.heads[i] < i:
            i = sheet.heads[i]
        return i if sheet.tags[i][:2] == "NN" and sheet.deps[i] not in ("nsubj", "dobj") else head

    def _is_place(self, number: int, head: int) -> bool:
        at = self.sheets[number].at[head]
        return any(m.start <= at < m.end for m in self.mentions[number])

    def _member(self, number: int, head: int) -> bool:
        """Whether a word names a member of a party: "the panel's top Democrat, Jane Doe"."""
        at = self.sheets[number].at[head]
        return any(m.start <= at < m.end and m.kind == "party" for m in self.mentions[number])

    def _described(self, number: int, head: int, first: int, last: int, phrase: str) -> references.Speaker | None:
        """A description of somebody named before: "the diplomat", "the two countries", "her statement"."""
        sheet = self.sheets[number]
        word = sheet.lower[head]
        start = sheet.lower[first]
        single = word[:-1] if word.endswith("s") and word not in PAIRED else word
        inner = [m for m in self.mentions[number] if sheet.at[first] <= m.start < sheet.end(last - 1)]
        two = any(w in ("two", "2") for w in sheet.lower[first:head])
        if word in PAIRED and (start == "both" or (two and (start == "the" or head - first == 1))):
            return self._pair(number, head, phrase)
        if start in ("his", "her", "their", "its") and word in (
            "statement",
            "submission",
            "remarks",
            "speech",
            "tweet",
        ):
            return self._pronoun(number, first, start)
        if owned := self._owned(number, first, phrase):
            return references.Speaker(self._as_written(sheet, first, last), *owned)
        if start not in ("the", "this", "that", "these"):
            return None
        own = [w for w in sheet.words[first + 1 : head] if w[:1].isupper()]
        if single in DESCRIBES_PERSON and word == single:
            codes = set(countries.resolve(phrase)[0]) - {"UNKNOWN"} if inner or own else set()
            return self._person_described(number, (first, head), single, codes, bool(inner or own), phrase)
        if inner:
            return None
        if single in DESCRIBES_BODY and not own and last - first <= 3:
            if word in TEXTS:
                recent = self.last(number, sheet.at[head])
                return recent
            if word in PARTICULAR:
                return self._body_told(number, sheet.at[first], word, phrase)
            recent = self.body_before(number, sheet.at[head])
            if recent is not None:
                return dataclasses.replace(recent, name=recent.name)
        return None

    def _owned(self, number: int, first: int, phrase: str) -> tuple[tuple[str, ...], str] | None:
        """ "its representative", "his spokesman": an office of whom the pronoun stands for."""
        start = self.sheets[number].lower[first]
        if start not in ("his", "her", "their", "its"):
            return None
        if countries.role(phrase) not in ("office", "carrier") and not set(_words(phrase)) & allegiance.BELONGS:
            return None
        owner = self._pronoun(number, first, start)
        return (owner.codes, f"through {owner.name}") if owner.codes != ("UNKNOWN",) else None

    def _body_told(self, number: int, at: int, word: str, phrase: str) -> references.Speaker:
        """ "the ministry", "the committee": the last body named so, or the office of its kind; never another body."""
        for n, offset, who in reversed(self.history):
            if number - n > 6:
                break
            if (n, offset) < (number, at) and not who.person and word in _words(who.name):
                return who.carried()
        named = re.compile(rf"\b((?:[A-Z][\w'’-]+ ){{0,4}}(?:{word.title()}|{word}{KIN.get(word, '')}))\b")
        for n in range(number, max(-1, number - 7), -1):
            text = self.sheets[n].text[:at] if n == number else self.sheets[n].text
            for found in reversed(list(named.finditer(text))):
                if " " not in found[1]:
                    continue
                codes, basis = self._resolve(found[1], n, found.start())
                if codes != ("UNKNOWN",):
                    return references.Speaker(phrase, codes, f"{basis}, carried over")
        return self._body_written(number, at, word) or references.Speaker(phrase, *self._resolve(phrase, number, at))

    def _body_written(self, number: int, at: int, word: str) -> references.Speaker | None:
        """The last "the Israeli military" for "the military"; the last body by name for "the group"."""
        for n in range(number, max(-1, number - 4), -1):
            sheet = self.sheets[n]
            limit = at if n == number else len(sheet.text)
            if word in GENERIC:
                bodies = [m for m in self.mentions[n] if m.end <= limit and m.kind in BODY_KINDS]
                if bodies:
                    codes, basis = countries.resolve(bodies[-1].surface)
                    return references.Speaker(bodies[-1].surface, codes, f"{basis}, carried over")
            for i in range(sheet.word_at(limit) - 1, 0, -1):
                if sheet.lower[i] == word and any(
                    sheet.at[sheet.left(i)] <= m.start < sheet.at[i] for m in self.mentions[n]
                ):
                    return self.speaker(n, i).carried()
        return None

    def _person_described(
        self, number: int, words: tuple[int, int], role: str, codes: set[str], own: bool, phrase: str
    ) -> references.Speaker | None:
        """ "the senator": the last person whose office holds the word; else, without words of its own, the last one."""
        sheet = self.sheets[number]
        first, head = words
        at = sheet.at[head]
        best = None
        alike = next((group for group in ROLES if role in group), frozenset((role,)))
        for o in self.before(number, sheet.at[first]):
            if o.quoted:
                continue
            told = set(re.findall(r"[a-z]+", self.allegiance.told(o).lower()))
            if alike & told or (role[:3] in SHORT_TITLES and role[:3] in told):
                if codes and not codes & set(self.allegiance.country(o.name)[0]):
                    continue
                best = o
        unnamed = self._introduced(number, sheet.at[first], role)
        if unnamed is not None and not (own and codes) and (best is None or (best.sheet, best.first) < unnamed):
            return self.speaker(*unnamed).carried()
        if best is not None:
            return references.Speaker(best.name, *self.allegiance.country(best.name), None, True)
        for n, offset, who in reversed(self.history):  # "the official" after "a senior official at the ministry"
            if number - n > 4:
                break
            if (n, offset) < (number, at) and not who.person and not own and role in _words(who.name):
                return self._since_named(number, at, (n, offset), who) or who.carried()
        recent = self.last(number, at)
        if recent is None or not recent.person or (codes and not codes & set(recent.codes)):
            return None
        if own and not codes and (recent.codes != ("UNKNOWN",) or not homes.office(phrase)):
            return None
        if recent.codes == ("UNKNOWN",):
            answer = self.homes.country(phrase, number, at)
            if answer[0] != ("UNKNOWN",):
                self.allegiance.give(recent.name, answer)
                recent = dataclasses.replace(recent, codes=answer[0], basis=f"{answer[1]}, carried over")
        return recent

    def _since_named(
        self, number: int, at: int, since: tuple[int, int], office: references.Speaker
    ) -> references.Speaker | None:
        """The person without a country who spoke last after "its prime minister": the office is his."""
        recent = self.last(number, at)
        if recent is None or not recent.person or recent.codes not in (homes.UNKNOWN[0], office.codes):
            return None
        own = [o for o in self.names.occurrences if o.name == recent.name]
        if office.codes == homes.UNKNOWN[0] or any(countries.role(self.allegiance.told(o)) for o in own):
            return None
        spoke = max((n, offset) for n, offset, who in self.history if who.name == recent.name)
        if spoke <= since or office.name.lower().startswith(("a ", "an ", "one ")):
            return None
        self.allegiance.give(recent.name, (office.codes, office.basis))
        return dataclasses.replace(recent, codes=office.codes, basis=f"{office.basis}, carried over")

    def _introduced(self, number: int, at: int, role: str) -> tuple[int, int] | None:
        """(paragraph, word) of the last "a diplomat", "one official" before, whom the article does not name."""
        for n in range(number, max(-1, number - 3), -1):
            sheet = self.sheets[n]
            limit = at if n == number else len(sheet.text)
            for i in range(sheet.word_at(limit) - 1, -1, -1):
                if sheet.lower[i] != role or sheet.quoted[i] or sheet.deps[i] in ("compound", "amod", "attr"):
                    continue
                first = sheet.at[sheet.left(i)]
                if any(sheet.lower[c] in ("a", "an", "one", "another") for c in sheet.children(i) if c < i) or any(
                    first <= m.start < sheet.at[i] for m in self.mentions[n]
                ):
                    named = self.name_at(n, i) or (sheet.deps[i] == "appos" and sheet.proper(sheet.heads[i]))
                    if not named:
                        return n, i
        return None

    def _fellows(self, number: int, at: int, head: int) -> references.Speaker | None:
        """ "One official", "officials": of the same kind as "two senior officials of X" who spoke before."""
        sheet = self.sheets[number]
        of = sheet.child(head, "prep") if sheet.lower[head] in ("one", "some", "two", "another") else None
        several = sheet.child(of, "pobj") if of is not None and sheet.lower[of] == "of" else None
        word = sheet.lower[head if several is None else several].removesuffix("s")
        if word not in FELLOW or sheet.lower[sheet.left(head)] in ("a", "an"):
            return None
        for n, offset, who in reversed(self.history):
            if number - n > 3:
                return None
            if (n, offset) < (number, at) and not who.person and {word, word + "s"} & set(_words(who.name)):
                return who if who.codes != ("UNKNOWN",) else None
        return None

    def _pair(self, number: int, head: int, phrase: str) -> references.Speaker:
        """ "the two nations", "both leaders": the last two countries named before."""
        sheet = self.sheets[number]
        found: list[str] = []
        people = sheet.lower[head] in ("leaders", "men", "presidents", "ministers", "candidates", "senators", "women")
        if people:
            for o in reversed(list(self.before(number, sheet.at[head]))):
                for code in self.allegiance.country(o.name)[0]:
                    if code != "UNKNOWN" and code not in found:
                        found.append(code)
                if len(found) >= 2:
                    break
        for n in (number, number - 1) if len(found) < 2 else ():
            if n < 0:
                break
            here = [m for m in self.mentions[n] if n < number or m.start < sheet.at[head]]
            near = [m for m in here if self._acts(n, m)]
            for m in reversed(near or here):
                if m.iso3 not in found and m.iso3 not in ("UNKNOWN", "OTHER", "UN") and len(m.iso3) == 3:
                    found.append(m.iso3)
                if len(found) == 2:
                    break
            if len(found) >= 2:
                break
        codes = tuple(sorted(found[:2])) or ("UNKNOWN",)
        return references.Speaker(" ".join(phrase.split()), codes, "the two named before", None)

    def _acts(self, number: int, mention: object) -> bool:
        """Whether a country named in a paragraph is, or belongs to, the subject of a verb."""
        sheet = self.sheets[number]
        i = sheet.word_at(mention.end) - 1
        for _ in range(4):
            if i < 0:
                return False
            if sheet.deps[i] in ("nsubj", "nsubjpass"):
                return True
            if sheet.deps[i] in ("compound", "amod", "nmod", "conj", "poss", "appos", "pobj", "prep", "agent"):
                if sheet.deps[i] == "pobj" and sheet.lower[sheet.heads[i]] not in ("with", "of"):
                    return False
                i = sheet.heads[i]
            else:
                return False
        return False

    # pronouns ------------------------------------------------------------------------------------------------------

    def _pronoun(self, number: int, head: int, word: str) -> references.Speaker:
        sheet = self.sheets[number]
        at = sheet.at[head]
        if word in SELF:
            return self.last(number, at) or references.NOBODY
        if word in references.HE or word in references.SHE:
            return self.he(number, at, "m" if word in references.HE else "f")
        return self._group(number, at, plural=word in THEY or word in ("they", "their", "them"))

    def _group(self, number: int, at: int, plural: bool) -> references.Speaker:
        """ "it", "they": the body, country or group that was the last subject or speaker."""
        for n in (number, number - 1, number - 2):
            if n < 0:
                break
            own = self.sheets[n]
            limit = at if n == number else len(own.text)
            spoken = [(offset, who) for k, offset, who in self.history if k == n and offset < limit]
            if spoken and not spoken[-1][1].person and (plural or n == number):
                return spoken[-1][1].carried()
            subjects = [
                i
                for i in range(own.word_at(limit) - 1, -1, -1)
                if own.deps[i] in ("nsubj", "nsubjpass") and not own.quoted[i] and own.tags[i][:2] == "NN"
            ]
            for i in subjects[:4]:
                if self.name_at(n, i) is not None and not self._is_place(n, i) and not plural:
                    continue
                if (
                    plural
                    and own.tags[i] not in ("NNS", "NNPS")
                    and own.child(i, "conj") is None
                    and not self._is_place(n, i)
                ):
                    continue
                if spoken and spoken[-1][0] > own.at[i] and not spoken[-1][1].person:
                    break
                who = self.speaker(n, i)
                if who.person and not plural:
                    continue
                return who.carried()
            if spoken and (not spoken[-1][1].person or plural):
                return spoken[-1][1].carried()
        return references.Speaker("they" if plural else "it", ("UNKNOWN",), "pronoun not resolved")

    # country -------------------------------------------------------------------------------------------------------

    def _resolve(self, phrase: str, number: int, at: int) -> tuple[tuple[str, ...], str]:
        """The country of an actor without a name; an office alone takes it from its sentence, then its paragraph."""
        sheet = self.sheets[number]
        lo, _ = sheet.sentence(at)
        phrase = allegiance.LANGUAGE.sub("", phrase)
        for m in self.mentions[number]:  # "the North's ministry": the paragraph says which North
            if m.kind == "shorthand" and at <= m.start < at + len(phrase):
                phrase = re.sub(rf"{re.escape(m.surface)}(?!\w)", countries.name(m.iso3), phrase, count=1)
        if GENERAL.match(phrase) or homes.REGION.search(phrase):
            return countries.resolve(phrase)
        codes, basis = countries.resolve(phrase, sheet.text[lo:at])
        if codes == ("UNKNOWN",):
            codes, basis = self.homes.country(phrase, number, at)
        american = self.homes.home in ("", "USA") and any(m.iso3 == "USA" for here in self.mentions for m in here)
        if codes == ("UNKNOWN",) and american and CANDIDATES.match(phrase):
            return ("USA",), "supposed: presidential candidates without a country in American news"
        return codes, basis
