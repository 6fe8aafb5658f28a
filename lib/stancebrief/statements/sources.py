"""Who speaks: from the words beside a cue to a person's fullest name or the actor as written, and the country.

Pronouns and descriptions ("the diplomat", "the two countries") stand for somebody named before. The rules are ours:
the last fitting person, subjects and speakers first.
"""

from __future__ import annotations

import dataclasses
import re

from stancebrief import countries
from stancebrief.countries import grammar
from stancebrief.statements import allegiance, groups, homes, introductions, masters, owners, references
from stancebrief.statements.sheets import Sheet

THEY = frozenset(("they", "them", "both", "those", "these", "all"))
OTHERS = frozenset(("others", "some", "many", "most", "few", "several"))  # "Others wondered": nobody named before
IT = frozenset(("it", "its", "this", "that", "which"))
SELF = frozenset(("i", "we", "me", "us", "you"))
CLOSE = frozenset(("close", "familiar", "briefed", "involved"))  # "people close to the talks"
CANDIDATES = re.compile(r"(?:the )?presidential (?:candidates?|contenders?|hopefuls?|nominees?)\b", re.IGNORECASE)
# "diplomats said": of several countries, or of one that is not told
UNBOUND = re.compile(rf"(?:(?:{grammar.words('some_of_them')}) )*(?:{grammar.words('unbound')})", re.IGNORECASE)
MEMBERS = re.compile(r"(?<!staff )\bmembers?(?: states| nations| countries)?$|\bmembers of the (?!panel)", re.I)
SENATOR = re.compile(r"\bsenators?\b", re.IGNORECASE)  # few States have such
GENERAL = re.compile(
    r"(?:many|some|several|other|world|most|few|various|global|foreign|international|all|more(?! than \d))\b", re.I
)


class Sources(groups.Groups):
    """The speakers of one article, asked in the order of the text."""

    # who -----------------------------------------------------------------------------------------------------------

    def speaker(self, number: int, head: int, owner: bool = False) -> references.Speaker:
        """Who the word `head` of paragraph `number` stands for."""
        sheet = self.sheets[number]
        word = sheet.lower[head]
        written = (sheet.at[head], sheet.end(head))
        if word in OTHERS and sheet.child(head, "prep") is None:
            return references.Speaker(sheet.words[head], *homes.UNKNOWN, written)
        bare = word in THEY and not (word == "those" and sheet.right(head) > head)  # "those close to him" are others
        if sheet.tags[head] in ("PRP", "PRP$") or bare or (word in IT and sheet.tags[head] in ("DT", "WDT")):
            found = self._pronoun(number, head, word)
            return dataclasses.replace(found, written=written)
        if (some := self._one_of_them(number, head)) is not None:
            name = self._as_written(sheet, head, head + 3 if sheet.lower[head + 1 : head + 2] == ["of"] else head + 1)
            return dataclasses.replace(some, name=name, written=written)
        subject, head = head, self._top(number, self._noun(sheet, head))
        first, last = self._phrase(sheet, head, self._is_place(number, head))
        first, last = min(first, subject), max(last, subject + 1)
        if sheet.title and sheet.proper(head):
            first, last = self._headed(number, first, last)
        last = max(last, self._medium(number, last))
        written = (sheet.at[first], sheet.end(last - 1))
        occurrence = self.name_at(number, head)
        phrase = sheet.text[written[0] : written[1]]
        if occurrence is None and (name := self.allegiance.holders.get((number, head))):
            return dataclasses.replace(self.named(name), written=written)
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
            if conj is not None and conj < last:
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

    def named(self, name: str) -> references.Speaker:
        """The speaker of that name, which may be empty or one that only a label of a transcript gives."""
        if not name:
            return references.NOBODY
        return references.Speaker(name, *self.allegiance.country(name), None, True)

    def labelled(self, name: str, written: tuple[int, int]) -> references.Speaker:
        """The person, office or body of a label before a colon."""
        if any(o.name == name for o in self.names.occurrences):
            return dataclasses.replace(self.named(name), written=written)
        return references.Speaker(name, *countries.resolve(name), written)

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
                    and sheet.right(child) - head < introductions.WINDOW
                    and not (place and self._aside(sheet, head, child))
                ):
                    last = max(last, sheet.right(child) + 1)
            elif child == head + 1 and sheet.lower[child] in CLOSE:
                last = max(last, sheet.right(child) + 1)
            elif child > head:
                break
        while first < head and sheet.tags[first] in (",", "``", "''", ":", ".", "IN", "RB", "CC", "_SP", "HYPH"):
            first += 1
        return first, last

    def _headed(self, number: int, first: int, last: int) -> tuple[int, int]:
        """A headline's phrase with what a comma joins to it in place of "and": "China, Russia say"."""
        sheet = self.sheets[number]
        while first > 1 and sheet.words[first - 1] == "," and sheet.proper(first - 2):
            if sheet.deps[first - 2] == "pobj":
                break  # "Food runs out in Laos, the Red Cross says"
            first = sheet.left(first - 2)
        opens = first == 0 or sheet.words[first - 1] in (";", ":")
        while opens and last + 1 < len(sheet) and sheet.words[last] == "," and self._is_place(number, last - 1):
            if not self._is_place(number, last + 1):
                break
            last = sheet.right(last + 1) + 1
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

    def _medium(self, number: int, after: int) -> int:
        """One past the last word of a State's medium named right after a phrase: "state news agency Xinhua"."""
        sheet = self.sheets[number]
        if after >= len(sheet):
            return after
        name = next((m for m in self.mentions[number] if m.kind == "state media" and m.start == sheet.at[after]), None)
        return after if name is None else sheet.word_at(name.end)

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

    def _noun(self, sheet: Sheet, head: int) -> int:
        """ "outside experts say": the parse takes "outside" for a preposition with the experts below it."""
        below = sheet.child(head, "pobj") if sheet.tags[head] in ("JJ", "IN", "RB") else None
        return below if below == head + 1 and sheet.tags[below][:2] == "NN" else head

    def _is_place(self, number: int, head: int) -> bool:
        at = self.sheets[number].at[head]
        return any(m.start <= at < m.end for m in self.mentions[number])

    def _member(self, number: int, head: int) -> bool:
        """Whether a word names a member of a party: "the panel's top Democrat, Jane Doe"."""
        at = self.sheets[number].at[head]
        return any(m.start <= at < m.end and m.kind == "party" for m in self.mentions[number])

    # pronouns ------------------------------------------------------------------------------------------------------

    def _pronoun(self, number: int, head: int, word: str) -> references.Speaker:
        sheet = self.sheets[number]
        at = sheet.at[head]
        if word in SELF:
            return self.last(number, at) or references.NOBODY
        if word in references.HE or word in references.SHE:
            return self.he(number, at, "m" if word in references.HE else "f")
        group = self._group(number, at, plural=word in THEY or word in ("they", "their", "them"))
        if word == "both" and len(group.codes) != 2 and len(pair := self._coordinated(number, at)) == 2:
            return references.Speaker("both", tuple(pair), "the two named before")
        return group

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
        if UNBOUND.fullmatch(phrase):
            return homes.UNKNOWN
        # "China agreed on Friday, an official said": what is said does not tell who says it
        codes, basis = countries.resolve(phrase, "" if self._follows(sheet, at) else sheet.text[lo:at])
        if basis.endswith("of the context") and SENATOR.search(phrase) and not homes.may_have(phrase, codes[0]):
            codes, basis = homes.UNKNOWN  # "Iran was warned, a senator said"
        if codes == ("UN",) and MEMBERS.search(phrase):
            return homes.UNKNOWN  # some of those who sit in a body, not the body
        if codes == ("UNKNOWN",) and (carried := self.homes.carried(number, at)) != homes.UNKNOWN:
            return carried
        if codes == ("UNKNOWN",):
            codes, basis = self.homes.country(phrase, number, at)
        if codes == ("UNKNOWN",) and masters.VOICE.fullmatch(phrase):  # "a spokeswoman said"
            codes, basis = self.allegiance.body_acting(number, sheet.word_at(at))
        american = self.homes.home in ("", "USA") and any(m.iso3 == "USA" for here in self.mentions for m in here)
        if codes == ("UNKNOWN",) and american and CANDIDATES.match(phrase):
            return ("USA",), "supposed: presidential candidates without a country in American news"
        return codes, basis

    def _follows(self, sheet: Sheet, at: int) -> bool:
        """Whether the actor written at `at` comes after what he says: "The roads are open, a minister said"."""
        i = first = sheet.word_at(at)
        while i < len(sheet) and sheet.deps[i] not in owners.SUBJECTS and sheet.heads[i] > i:
            i = sheet.heads[i]
        if i >= len(sheet) or sheet.deps[i] not in owners.SUBJECTS:
            return False
        verb = sheet.heads[i]
        said = any(sheet.deps[c] == "ccomp" and c < first for c in sheet.children(verb))
        beside = sheet.deps[verb] in ("parataxis", "ccomp", "conj") and sheet.heads[verb] < first
        return first > 0 and sheet.words[first - 1] in (",", '"', "-", "—") and (said or beside)
