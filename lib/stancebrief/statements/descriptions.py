"""Descriptions of somebody named before: "the diplomat", "the ministry", "the two countries", "one of the officials".

A person is the last one whose office holds the word; a body is the last one of its kind, never another one.
"""

from __future__ import annotations

import dataclasses
import re

from stancebrief import countries
from stancebrief.countries import offices
from stancebrief.statements import homes, masters, references, together, vocabulary

PAIRED = vocabulary.of("paired")
DESCRIBES_PERSON = vocabulary.of("describes_person")
ROLES = vocabulary.groups("same_role_")
SHORT_TITLES = vocabulary.of("short_title")
OWN_SPEECH = vocabulary.of("own_speech")
# bodies of which an article names several: another one is never meant; a minister tells of a ministry
PARTICULAR = vocabulary.of("particular_body")
GENERIC = vocabulary.of("generic_body")
KIN = {"ministry": "|Minister|minister"}
FELLOW = vocabulary.of("fellow")
OF_COUNTRY = re.compile(r"the (?:[\w-]+ )?(?:country|nation)['’]s ", re.IGNORECASE)
OPPOSED = re.compile(r"\bopposition\b", re.IGNORECASE)
TEXTS = vocabulary.of("text")
BODY_KINDS = ("organisation", "armed party", "armed group", "party")
DESCRIBES_BODY = vocabulary.of("describes_body") | TEXTS


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", name.lower())


class Descriptions(together.Together):
    """What descriptions stand for. The class above it reads names and pronouns: `speaker`, `_pronoun`, `_resolve`."""

    def _described(self, number: int, head: int, first: int, last: int, phrase: str) -> references.Speaker | None:
        """A description of somebody named before: "the diplomat", "the two countries", "her statement"."""
        sheet = self.sheets[number]
        word = sheet.lower[head]
        start = sheet.lower[first]
        single = word[:-1] if word.endswith("s") and word not in PAIRED else word
        # "The president, a liberal who talks to the North, …": what follows a comma only tells more of him
        close = next((i for i in range(head + 1, last) if sheet.words[i] == ","), last)
        inner = [m for m in self.mentions[number] if sheet.at[first] <= m.start < sheet.end(close - 1)]
        two = any(w in ("two", "2") for w in sheet.lower[first:head])
        if counted := self._counted(number, head, phrase):
            return counted
        if word in PAIRED and (start == "both" or (two and (start == "the" or head - first == 1))):
            return self._pair(number, head, phrase)
        if word in PAIRED and start == "the" and not inner and (several := self._several(number, head, phrase)):
            return several
        if start in ("his", "her", "their", "its") and word in OWN_SPEECH:
            return self._pronoun(number, first, start)
        if OF_COUNTRY.match(phrase) and (code := self._told_last(number, sheet.at[first])):
            basis = "the country spoken of"
            return references.Speaker(self._as_written(sheet, first, last), (code,), basis)
        if owned := self._owned(number, first, phrase):
            return references.Speaker(self._as_written(sheet, first, last), *owned)
        if start not in ("the", "this", "that", "these"):
            return None
        own = [w for w in sheet.words[first + 1 : head] if w[:1].isupper()]
        if single in DESCRIBES_PERSON and word == single:
            named = sheet.text[sheet.at[first] : sheet.end(close - 1)]
            codes = set(countries.resolve(named)[0]) - {"UNKNOWN"} if inner or own else set()
            return self._person_described(number, (first, head), single, codes, bool(inner or own), phrase)
        if inner:
            return None
        if single in DESCRIBES_BODY and not own and last - first <= 3:
            if head - first > 1 and (told := self._resolve(phrase, number, sheet.at[first]))[0] != ("UNKNOWN",):
                return references.Speaker(self._as_written(sheet, first, last), *told)
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
        if countries.role(phrase) not in ("office", "carrier") and not set(_words(phrase)) & masters.BELONGS:
            return None
        owner = self._pronoun(number, first, start)
        if owner.person and " and " not in owner.name and start == "their":
            return None
        return (owner.codes, f"through {owner.name}") if owner.codes != ("UNKNOWN",) else None

    def _body_told(self, number: int, at: int, word: str, phrase: str) -> references.Speaker:
        """ "the ministry", "the committee": the last body named so, or the office of its kind; never another body."""
        written = self._body_written(number, at, word, near=0)  # "The French army left. The army said …"
        for n, offset, who in reversed(self.history):
            if number - n > 6:
                break
            if (n, offset) < (number, at) and not who.person and word in _words(who.name):
                return written if written is not None and n < number else who.carried()
        named = re.compile(rf"\b((?:[A-Z][\w'’-]+ ){{0,4}}(?:{word.title()}|{word}{KIN.get(word, '')}))\b")
        for n in range(number, max(-1, number - 7), -1):
            text = self.sheets[n].text[:at] if n == number else self.sheets[n].text
            for found in reversed(list(named.finditer(text))):
                if " " not in found[1]:
                    continue
                codes, basis = self._resolve(found[1], n, found.start())
                if codes != ("UNKNOWN",):
                    return references.Speaker(phrase, codes, f"{basis}, carried over")
        if written := self._body_written(number, at, word):
            return written
        answer = self.homes.named_once(word)
        return references.Speaker(phrase, *(self._resolve(phrase, number, at) if answer == homes.UNKNOWN else answer))

    def _body_written(self, number: int, at: int, word: str, near: int = 3) -> references.Speaker | None:
        """The last "the Israeli military" for "the military"; the last body by name for "the group".

        `near`: how many paragraphs before this one are read.
        """
        for n in range(number, max(-1, number - near - 1), -1):
            sheet = self.sheets[n]
            limit = at if n == number else len(sheet.text)
            if word in GENERIC:
                kinds = BODY_KINDS if word in ("group", "movement", "militia") else BODY_KINDS[:1]
                bodies = [m for m in self.mentions[n] if m.end <= limit and m.kind in kinds]
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
        # "the opposition leader", "the rebel leader": of another kind than "the Eritrean leader"
        other = OPPOSED.search(phrase) or countries.role(phrase) in countries.APART
        apart = set(sheet.lower[first + 1 : head]) if other else set()
        alike = next((group for group in ROLES if role in group), frozenset((role,)))
        for o in self.before(number, sheet.at[first]):
            if o.quoted:
                continue
            told = set(re.findall(r"[a-z]+", self.allegiance.told(o).lower()))
            if apart and not apart & told:
                continue
            if alike & told or (role[:3] in SHORT_TITLES and role[:3] in told):
                if codes and not codes & set(self.allegiance.country(o.name)[0]):
                    continue
                best = o
        unnamed = None if apart else self._introduced(number, sheet.at[first], role)
        if unnamed is not None and not (own and codes) and (best is None or (best.sheet, best.first) < unnamed):
            return self.speaker(*unnamed).carried()
        here = any(o.name == best.name and o.sheet == number for o in self.before(number, at)) if best else False
        if best is not None and not here and not own and self._elsewhere(best.name, phrase, number, at):
            return None  # "In Ankara, the president said …": of that place, whoever was named before
        if best is not None:
            return references.Speaker(best.name, *self.allegiance.country(best.name), None, True)
        for n, offset, who in reversed(self.history):  # "the official" after "a senior official at the ministry"
            if number - n > 4:
                break
            if (n, offset) < (number, at) and not who.person and not own and role in _words(who.name):
                return self._since_named(number, at, (n, offset), who) or who.carried()
        recent = self.last(number, at)
        if recent is None or not recent.person:
            return None
        tabled = recent.basis.startswith(offices.BASIS)  # nobody has introduced him
        if codes and (tabled or not codes & set(recent.codes)):
            return None
        answer = self.homes.country(phrase, number, at)
        told = recent.codes != ("UNKNOWN",) and not (tabled and answer[0] == recent.codes)
        if own and not codes and (told or not homes.office(phrase)):
            return None
        if recent.codes == ("UNKNOWN",):
            if answer[0] != ("UNKNOWN",):
                self.allegiance.give(recent.name, answer)
                recent = dataclasses.replace(recent, codes=answer[0], basis=f"{answer[1]}, carried over")
        return recent

    def _elsewhere(self, name: str, phrase: str, number: int, at: int) -> bool:
        """Whether the paragraph so far is set in, or tells of, another country than a person speaks for."""
        if not homes.office(phrase):
            return False
        near, codes = self.homes.near(phrase, number, at)[0], self.allegiance.country(name)[0]
        return homes.UNKNOWN[0] not in (near, codes) and not set(near) & set(codes)

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
