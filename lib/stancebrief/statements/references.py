"""Whom a pronoun stands for, and who spoke last: the memory of an article as it is read from the top.

The rules are ours: the last fitting person, subjects and speakers first, never one of the other gender.
"""

from __future__ import annotations

import dataclasses
import re

from stancebrief import countries
from stancebrief.countries import mentions, offices
from stancebrief.statements import allegiance, homes, names, vocabulary
from stancebrief.statements.sheets import Sheet

SHORT = {"North": "PRK", "South": "KOR"}
PERSONS = vocabulary.of("describes_person")
HE, SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))


@dataclasses.dataclass(frozen=True)
class Speaker:
    """Who speaks. `written` is (start, end) in the paragraph, None if carried over; `person`: a name, not an office."""

    name: str
    codes: tuple[str, ...]
    basis: str
    written: tuple[int, int] | None = None
    person: bool = False

    def carried(self) -> Speaker:
        return dataclasses.replace(
            self,
            written=None,
            basis=self.basis if self.basis.endswith("carried over") else f"{self.basis}, carried over",
        )


NOBODY = Speaker("", ("UNKNOWN",), "nobody named")


def _mentions(sheets: list[Sheet]) -> list[list]:
    """Countries named in each paragraph; "the North" also in a paragraph without a Korea, if the article names one."""
    found = [countries.find(sheet.text) for sheet in sheets]
    if any(m.iso3 in ("PRK", "KOR") for here in found for m in here):
        for n, sheet in enumerate(sheets):
            if mentions.NORTH_SOUTH.search(sheet.text) and not any(m.iso3 in ("PRK", "KOR") for m in found[n]):
                found[n] = countries.find(sheet.text, "North Korea")
            if sheet.title:
                found[n] = sorted([*found[n], *_in_headline(sheet, found[n])], key=lambda m: (m.start, m.iso3))
    return found


def _in_headline(sheet: Sheet, known: list) -> list:
    """ "North threatens strikes", "South to send aid": headlines leave out the article before the short names."""
    made = []
    for i, word in enumerate(sheet.words[:-1]):
        start, end = sheet.at[i], sheet.end(i)
        if word not in SHORT or any(m.start <= start < m.end for m in known):
            continue
        opens = i == 0 or sheet.words[i - 1] in (",", ";", ":", "as", "after")
        if opens and (sheet.tags[i + 1] in ("VBZ", "VBD", "VBP", "MD", "TO") or sheet.words[i + 1] in (",", ":")):
            made.append(mentions.Mention(start, end, SHORT[word], "shorthand", word))
    return made


class References:
    """What is known of the names and speakers of one article so far."""

    def __init__(
        self, sheets: list[Sheet], opening: str = "", outlet_country: str = "", day: str = "", paper: str = ""
    ) -> None:
        """`opening`: the first characters of the article as published, where a dateline may stand; `day`: its day.

        `outlet_country` as the user gives it; `paper`: the outlet's country as its name tells it.
        """
        self.sheets = sheets
        self.mentions = _mentions(sheets)
        covered = [{at for m in found for at in range(m.start, m.end)} for found in self.mentions]
        self.names = names.Names(sheets, covered)
        self.homes = homes.Homes(sheets, self.mentions, opening, outlet_country, paper)
        self.allegiance = allegiance.Allegiance(sheets, self.names, self.mentions, self.homes, day)
        self.by_sheet = self.allegiance.by_sheet
        self.history: list[tuple[int, int, Speaker]] = []  # (paragraph, offset, who spoke)
        self.heard: dict[str, str] = {}  # person -> gender told by a pronoun
        self.bases: list[int] = []  # sentences before each paragraph
        total = 0
        for sheet in sheets:
            self.bases.append(total)
            total += len(sheet.sentences)

    def remember(self, number: int, offset: int, speaker: Speaker) -> None:
        if speaker.name:
            self.history.append((number, offset, speaker))

    def last(self, number: int, offset: int) -> Speaker | None:
        """Who spoke last before the offset; only in this paragraph or the two before."""
        earlier = [(n, at, who) for n, at, who in self.history if (n, at) <= (number, offset)]
        if not earlier:
            return None
        n, _, who = max(earlier, key=lambda item: item[:2])
        return who.carried() if number - n <= 3 else None

    def body_before(self, number: int, at: int) -> Speaker | None:
        for n, offset, who in reversed(self.history):
            if (n, offset) <= (number, at) and not who.person and number - n <= 3:
                return who.carried()
        return None

    def before(self, number: int, at: int) -> list[names.Occurrence]:
        found = []
        for n in range(max(0, number - 4), number + 1):
            for k in self.by_sheet.get(n, ()):
                o = self.names.occurrences[k]
                if n < number or self.sheets[n].at[o.first] < at:
                    found.append(o)
        return found

    def name_at(self, number: int, head: int) -> names.Occurrence | None:
        """The person's name at a word, or beside it as an apposition or compound."""
        sheet = self.sheets[number]
        beside = [c for c in sheet.children(head) if sheet.deps[c] == "appos"]
        wanted = [head, *[c for c in beside if c - head < 12]]
        if not sheet.proper(head):
            wanted += self._hung_on_a_place(number, head)
        if sheet.deps[head] == "appos" and not sheet.proper(head):
            wanted.append(sheet.heads[head])
        for word in wanted:
            for n in self.by_sheet.get(number, ()):
                o = self.names.occurrences[n]
                if o.first <= word < o.last:
                    return o
        return None

    def _hung_on_a_place(self, number: int, head: int) -> list[int]:
        """Names that the parse hangs on a place: no person is one, so "the envoy for Asia, Jane Doe" is the envoy."""
        sheet = self.sheets[number]
        found = []
        for c in range(head + 2, min(head + 20, len(sheet))):
            up = sheet.heads[c]
            if sheet.deps[c] != "appos" or not any(m.start <= sheet.at[up] < m.end for m in self.mentions[number]):
                continue
            while up > head and sheet.deps[up] in ("pobj", "prep", "poss", "compound", "conj"):
                up = sheet.heads[up]
            if up == head:
                found.append(c)
        return found

    def he(self, number: int, at: int, gender: str) -> Speaker:
        """The person a pronoun stands for: near, subject of a sentence, last to speak; never of the other gender."""
        sheet = self.sheets[number]
        best, best_score = None, -99.0
        spoke = self.last(number, at)
        ahead = self._ahead(number, at, gender)
        if ahead is not None:
            return ahead
        here = self._sentence_number(number, at)
        for o in self.before(number, at):
            told = self.names.genders.get(o.name) or self.heard.get(o.name, "")
            if told and told != gender:
                continue
            if not told and not self._personal(o):
                continue
            own = self.sheets[o.sheet]
            away = here - self._sentence_number(o.sheet, own.at[o.first])
            score = -0.6 * away + (1.2 if o.subject else 0.0) - (2.5 if o.quoted else 0.0) + (0.4 if told else 0.0)
            score += 0.9 if spoke is not None and spoke.name == o.name else 0.0
            follows = own.words[o.last : o.last + 1]
            score -= 0.6 if follows and follows[0] in ("'s", "'", "’s") else 0.0
            if away == 0 and own is sheet and not o.subject:
                score -= 0.8
            if o.subject and own is sheet and own.sentence(own.at[o.first])[0] == own.sentences[0][0]:
                score += 0.5  # whom the paragraph begins with is whom it is about
            if not told and own.deps[o.last - 1] == "compound":
                score -= 1.5  # "the Liberty Shield exercise": a thing
            if score >= best_score:
                best, best_score = o, score
        if spoke is not None and not spoke.person and self._human(spoke):
            at_last = max((n, offset) for n, offset, who in self.history if who.name == spoke.name)
            since = best is not None and best.subject and (best.sheet, self.sheets[best.sheet].at[best.first]) > at_last
            if number - at_last[0] < 2 and not since:
                return spoke
        if best is None or best_score < -4:
            if spoke is not None and spoke.person:
                return spoke
            return Speaker("he" if gender == "m" else "she", ("UNKNOWN",), "pronoun not resolved")
        self.heard.setdefault(best.name, gender)
        codes, basis = self.allegiance.country(best.name)
        return Speaker(
            best.name, codes, basis if basis.endswith("carried over") else f"{basis}, carried over", None, True
        )

    def _human(self, speaker: Speaker) -> bool:
        """Whether an unnamed speaker is one person: "a senior official at the ministry"."""
        head = re.split(r" (?:of|at|in|for|from|with|who|to|on)\b|,", speaker.name, maxsplit=1)[0]
        return head.lower().split()[-1:] != [] and head.lower().split()[-1] in PERSONS

    def _ahead(self, number: int, at: int, gender: str) -> Speaker | None:
        """ "In her statement, Jane Doe said …": a pronoun before the subject of its own sentence."""
        sheet = self.sheets[number]
        lo, hi = sheet.sentence(at)
        i = sheet.word_at(at)
        if sheet.deps[i] not in ("poss", "nsubj") or at - lo > 60:
            return None
        up = i
        for _ in range(12):
            if sheet.heads[up] == up:
                break
            if sheet.deps[up] in ("prep", "advcl") and sheet.heads[up] > up:
                verb = sheet.heads[up]
                for c in sheet.children(verb):
                    if sheet.deps[c] in ("nsubj", "nsubjpass") and c > i and sheet.at[c] < hi:
                        o = self.name_at(number, c)
                        told = self.names.genders.get(o.name, gender) if o is not None else ""
                        if o is not None and told == gender:
                            codes, basis = self.allegiance.country(o.name)
                            return Speaker(o.name, codes, basis, None, True)
                return None
            up = sheet.heads[up]
        return None

    def _personal(self, o: names.Occurrence) -> bool:
        """Whether a name of unknown gender is a person's: a title, several words, or a longer form of it."""
        if o.title or " " in o.name:
            return True
        return o.subject and self.allegiance.country(o.name)[1].startswith(offices.BASIS)

    def _sentence_number(self, number: int, at: int) -> int:
        """A running count of sentences, for distances."""
        return self.bases[number] + sum(1 for start, _ in self.sheets[number].sentences if start <= at)
