"""Who speaks: from the words beside a cue to a person's fullest name or the actor as written, and the country.

Pronouns and descriptions ("the diplomat", "the two countries") stand for somebody named before. The rules are ours:
the last fitting person, subjects and speakers first.
"""

from __future__ import annotations

import dataclasses
import re

from stancebrief import countries, names, offices
from stancebrief.sheets import Sheet

HE, SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
THEY = frozenset(("they", "them", "both", "those", "these", "others", "all", "some"))
IT = frozenset(("it", "its", "this", "that", "which"))
SELF = frozenset(("i", "we", "me", "us", "you"))
PAIRED = frozenset("countries nations leaders sides governments powers allies men women presidents ministers neighbors "
                   "neighbours militaries capitals states parties rivals candidates senators".split())
DESCRIBES_PERSON = frozenset(
    "diplomat ambassador envoy minister president spokesman spokeswoman spokesperson senator official leader chief "
    "secretary lawmaker governor mayor general candidate nominee chairman chairwoman expert analyst professor lawyer "
    "attorney judge representative congressman congresswoman director adviser advisor businessman billionaire mogul "
    "democrat republican man woman premier chancellor commander officer justice author scholar host moderator "
    "correspondent reporter".split())
ROLES = tuple(frozenset(group.split()) for group in (
    "president leader premier chancellor ruler", "ambassador envoy diplomat representative", "minister secretary",
    "senator sen lawmaker", "congressman congresswoman representative rep lawmaker", "governor gov",
    "spokesman spokeswoman spokesperson", "nominee candidate contender", "lawyer attorney", "general gen commander",
    "mogul businessman billionaire"))
DESCRIBES_BODY = frozenset(
    "ministry government country nation state regime mission embassy administration department agency council group "
    "organization organisation committee company party campaign office military army union body court report panel "
    "paper newspaper outlet statement letter association commission foundation institute".split())
LANGUAGE = re.compile(r"\b(?<=[a-z]) language(?= [a-z])")  # "Chinese language diplomat": paraphrased copy for "Chinese"
GENERAL = re.compile(r"(?:many|some|several|other|world|most|few|various|global|foreign|international|all|more)\b", re.I)
THROUGH = frozenset("adviser advisor aide spokesman spokeswoman spokesperson lawyer attorney manager strategist surrogate "
                    "campaign deputy chief secretary wife husband son daughter envoy counsel".split())
SPEAKING_FOR = frozenset("speaking talking acting appearing".split())
WINDOW = 25  # words of a phrase around a name that tell the office


@dataclasses.dataclass(frozen=True)
class Speaker:
    """Who speaks. `written` is (start, end) in the paragraph, None if carried over; `person`: a name, not an office."""

    name: str
    codes: tuple[str, ...]
    basis: str
    written: tuple[int, int] | None = None
    person: bool = False

    def carried(self) -> Speaker:
        return dataclasses.replace(self, written=None, basis=self.basis if self.basis.endswith("carried over")
                                   else f"{self.basis}, carried over")


NOBODY = Speaker("", ("UNKNOWN",), "nobody named")


class Sources:
    """The speakers of one article, asked in the order of the text."""

    def __init__(self, sheets: list[Sheet]) -> None:
        self.sheets = sheets
        self.mentions = [countries.find(sheet.text) for sheet in sheets]
        covered = [{at for m in found for at in range(m.start, m.end)} for found in self.mentions]
        self.names = names.Names(sheets, covered)
        self.by_sheet: dict[int, list[int]] = {}
        for n, o in enumerate(self.names.occurrences):
            self.by_sheet.setdefault(o.sheet, []).append(n)
        self.history: list[tuple[int, int, Speaker]] = []  # (paragraph, offset, who spoke)
        self.known: dict[str, tuple[tuple[str, ...], str]] = {}
        self.heard: dict[str, str] = {}  # person -> gender told by a pronoun

    # who -----------------------------------------------------------------------------------------------------------

    def speaker(self, number: int, head: int, owner: bool = False) -> Speaker:
        """Who the word `head` of paragraph `number` stands for."""
        sheet = self.sheets[number]
        word = sheet.lower[head]
        written = (sheet.at[head], sheet.end(head))
        if sheet.tags[head] in ("PRP", "PRP$") or word in THEY or word in IT and sheet.tags[head] in ("DT", "WDT"):
            found = self._pronoun(number, head, word)
            return dataclasses.replace(found, written=written)
        first, last = self._phrase(sheet, head, self._is_place(number, head))
        if sheet.title and first > 1 and sheet.words[first - 1] == "," and sheet.proper(first - 2) and sheet.proper(head):
            first = sheet.left(first - 2)  # a headline's "China, Russia say": a comma for "and"
        written = (sheet.at[first], sheet.end(last - 1))
        occurrence = self._name_at(number, head)
        phrase = sheet.text[written[0]: written[1]]
        if occurrence is None or self._is_place(number, head):
            described = self._described(number, head, first, last, phrase)
            if described is not None:
                return dataclasses.replace(described, written=written)
        if occurrence is not None:
            codes, basis = self.country(occurrence.name, number, phrase)
            conj = sheet.child(head, "conj")
            name = occurrence.name
            if conj is not None and sheet.proper(conj) and conj < last:
                other = self._name_at(number, conj)
                if other is not None:
                    more, _ = self.country(other.name, number, phrase)
                    name = f"{name} and {other.name}"
                    codes = tuple(dict.fromkeys(c for c in (*codes, *more) if c != "UNKNOWN")) or codes
            return Speaker(name, codes, basis, written, True)
        codes, basis = self._resolve(phrase, number, written[0])
        return Speaker(self._as_written(sheet, first, last), codes, basis, written)

    def together(self, number: int, head: int, partner: int | None) -> Speaker:
        """Who the word `head` stands for, with the countries of who speaks together with him or her."""
        one = self.speaker(number, head)
        if partner is None or self.sheets[number].tags[partner][:2] != "NN":
            return one
        codes = [c for c in self.speaker(number, partner).codes if c not in one.codes and c != "UNKNOWN"]
        return dataclasses.replace(one, codes=(*one.codes, *codes)) if one.codes != ("UNKNOWN",) else one

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

    # words ---------------------------------------------------------------------------------------------------------

    def _phrase(self, sheet: Sheet, head: int, place: bool = False) -> tuple[int, int]:
        """(first, one past last) word of the noun phrase around `head`, without relative clauses and far appositions."""
        first, last = sheet.left(head), head + 1
        for child in sheet.children(head):
            if child > head and sheet.deps[child] in ("prep", "conj", "cc", "appos", "nmod", "case", "punct", "nummod"):
                if sheet.deps[child] not in ("punct", "nmod") and sheet.right(child) - head < WINDOW and not (
                        place and self._aside(sheet, head, child)):
                    last = max(last, sheet.right(child) + 1)
            elif child > head:
                break
        while first < head and sheet.tags[first] in (",", "``", "''", ":", ".", "IN", "RB", "CC", "_SP", "HYPH"):
            first += 1
        return first, last

    def _aside(self, sheet: Sheet, head: int, child: int) -> bool:
        """Whether a phrase after a country only describes it: "China, Pyongyang's ally", taken for a list by the parser."""
        if sheet.deps[child] == "appos":
            return True
        first = sheet.left(child)
        return sheet.deps[child] == "conj" and sheet.lower[first - 1] == "," and sheet.tags[child][:3] != "NNP" and (
            first < child)

    def _as_written(self, sheet: Sheet, first: int, last: int) -> str:
        return " ".join(sheet.raw[sheet.at[first]: sheet.end(last - 1)].split())

    def _name_at(self, number: int, head: int) -> names.Occurrence | None:
        """The person's name at a word, or beside it as an apposition or compound."""
        sheet = self.sheets[number]
        wanted = [head, *[c for c in sheet.children(head) if sheet.deps[c] in ("appos",) and sheet.proper(c)
                          and c - head < 12]]
        if sheet.deps[head] == "appos" and not sheet.proper(head):
            wanted.append(sheet.heads[head])
        for word in wanted:
            for n in self.by_sheet.get(number, ()):
                o = self.names.occurrences[n]
                if o.first <= word < o.last:
                    return o
        return None

    def _is_place(self, number: int, head: int) -> bool:
        at = self.sheets[number].at[head]
        return any(m.start <= at < m.end for m in self.mentions[number])

    def _described(self, number: int, head: int, first: int, last: int, phrase: str) -> Speaker | None:
        """A description of somebody named before: "the diplomat", "the two countries", "her statement"."""
        sheet = self.sheets[number]
        word = sheet.lower[head]
        start = sheet.lower[first]
        single = word[:-1] if word.endswith("s") and word not in PAIRED else word
        inner = [m for m in self.mentions[number] if sheet.at[first] <= m.start < sheet.end(last - 1)]
        if word in PAIRED and (start == "both" or any(w in ("two", "2", "both") for w in sheet.lower[first:head])):
            return self._pair(number, head, phrase)
        if start in ("his", "her", "their", "its") and word in ("statement", "submission", "remarks", "speech", "tweet"):
            return self._pronoun(number, first, start)
        if start not in ("the", "this", "that", "these"):
            return None
        own = [w for w in sheet.words[first + 1: head] if w[:1].isupper()]
        if single in DESCRIBES_PERSON and word == single:
            codes = set(countries.resolve(phrase)[0]) - {"UNKNOWN"} if inner or own else set()
            return self._person_described(number, head, single, codes, bool(inner or own), phrase)
        if inner:
            return None
        if single in DESCRIBES_BODY and not own and last - first <= 3:
            if word in ("statement", "letter", "report", "paper"):
                recent = self.last(number, sheet.at[head])
                return recent
            recent = self._body_before(number, sheet.at[head])
            if recent is not None:
                return dataclasses.replace(recent, name=recent.name)
        return None

    def _person_described(self, number: int, head: int, role: str, codes: set[str], own: bool,
                          phrase: str) -> Speaker | None:
        """ "the senator": the last person whose office holds the word; else, without words of its own, the last one."""
        sheet = self.sheets[number]
        at = sheet.at[head]
        best = None
        alike = next((group for group in ROLES if role in group), frozenset((role,)))
        for o in self._before(number, at):
            if o.quoted:
                continue
            told = set(re.findall(r"[a-z]+", self._told(o).lower()))
            if alike & told or role[:3] in told:
                if codes and not codes & set(self.country(o.name, number, "")[0]):
                    continue
                best = o
        if best is not None:
            return Speaker(best.name, *self.country(best.name, number, phrase), None, True)
        recent = self.last(number, at)
        if recent is None or not recent.person or own and not codes & set(recent.codes):
            return None
        return recent

    def _body_before(self, number: int, at: int) -> Speaker | None:
        for n, offset, who in reversed(self.history):
            if (n, offset) <= (number, at) and not who.person and number - n <= 3:
                return who.carried()
        return None

    def _pair(self, number: int, head: int, phrase: str) -> Speaker:
        """ "the two nations", "both leaders": the last two countries named before, in this paragraph or the one above."""
        sheet = self.sheets[number]
        found: list[str] = []
        people = sheet.lower[head] in ("leaders", "men", "presidents", "ministers", "candidates", "senators", "women")
        if people:
            for o in reversed(list(self._before(number, sheet.at[head]))):
                for code in self.country(o.name, number, "")[0]:
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
        return Speaker(" ".join(phrase.split()), codes, "the two named before", None)

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

    def _before(self, number: int, at: int) -> list[names.Occurrence]:
        found = []
        for n in range(max(0, number - 4), number + 1):
            for k in self.by_sheet.get(n, ()):
                o = self.names.occurrences[k]
                if n < number or self.sheets[n].at[o.first] < at:
                    found.append(o)
        return found

    def _pronoun(self, number: int, head: int, word: str) -> Speaker:
        sheet = self.sheets[number]
        at = sheet.at[head]
        if word in SELF:
            return self.last(number, at) or NOBODY
        if word in HE or word in SHE:
            return self._he(number, at, "m" if word in HE else "f")
        return self._group(number, at, plural=word in THEY or word in ("they", "their", "them"))

    def _he(self, number: int, at: int, gender: str) -> Speaker:
        """The person a pronoun stands for: near, subject of a sentence, last to speak; never of the other gender."""
        sheet = self.sheets[number]
        best, best_score = None, -99.0
        spoke = self.last(number, at)
        ahead = self._ahead(number, at, gender)
        if ahead is not None:
            return ahead
        here = self._sentence_number(number, at)
        for o in self._before(number, at):
            told = self.names.genders.get(o.name) or self.heard.get(o.name, "")
            if told and told != gender:
                continue
            if not told and not self._personal(o):
                continue
            own = self.sheets[o.sheet]
            away = here - self._sentence_number(o.sheet, own.at[o.first])
            score = -0.6 * away + (1.2 if o.subject else 0.0) - (2.5 if o.quoted else 0.0) + (0.4 if told else 0.0)
            score += 0.9 if spoke is not None and spoke.name == o.name else 0.0
            follows = own.words[o.last: o.last + 1]
            score -= 0.6 if follows and follows[0] in ("'s", "'", "’s") else 0.0
            if away == 0 and own is sheet and not o.subject:
                score -= 0.8
            if score >= best_score:
                best, best_score = o, score
        if best is None or best_score < -4:
            if spoke is not None and spoke.person:
                return spoke
            return Speaker("he" if gender == "m" else "she", ("UNKNOWN",), "pronoun not resolved")
        self.heard.setdefault(best.name, gender)
        codes, basis = self.country(best.name, number, "")
        return Speaker(best.name, codes, basis if basis.endswith("carried over") else f"{basis}, carried over", None, True)

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
                        o = self._name_at(number, c)
                        told = self.names.genders.get(o.name, gender) if o is not None else ""
                        if o is not None and told == gender:
                            codes, basis = self.country(o.name, number, "")
                            return Speaker(o.name, codes, basis, None, True)
                return None
            up = sheet.heads[up]
        return None

    def _personal(self, o: names.Occurrence) -> bool:
        """Whether a name of unknown gender is a person's: a title, several words, or a longer form of it."""
        return bool(o.title) or " " in o.name

    def _sentence_number(self, number: int, at: int) -> int:
        """A running count of sentences, for distances."""
        count = sum(len(self.sheets[n].sentences) for n in range(max(0, number - 6), number)) + 1000 * 0
        base = self._bases()[number]
        del count
        return base + sum(1 for start, _ in self.sheets[number].sentences if start <= at)

    def _bases(self) -> list[int]:
        if not hasattr(self, "_base"):
            self._base, total = [], 0
            for sheet in self.sheets:
                self._base.append(total)
                total += len(sheet.sentences)
        return self._base

    def _group(self, number: int, at: int, plural: bool) -> Speaker:
        """ "it", "they": the body, country or group that was the last subject or speaker."""
        sheet = self.sheets[number]
        for n in (number, number - 1, number - 2):
            if n < 0:
                break
            own = self.sheets[n]
            limit = at if n == number else len(own.text)
            spoken = [(offset, who) for k, offset, who in self.history if k == n and offset < limit]
            if spoken and not spoken[-1][1].person and (plural or n == number):
                return spoken[-1][1].carried()
            subjects = [i for i in range(own.word_at(limit) - 1, -1, -1)
                        if own.deps[i] in ("nsubj", "nsubjpass") and not own.quoted[i] and own.tags[i][:2] == "NN"]
            for i in subjects[:4]:
                if self._name_at(n, i) is not None and not self._is_place(n, i) and not plural:
                    continue
                if plural and own.tags[i] not in ("NNS", "NNPS") and own.child(i, "conj") is None and not self._is_place(n, i):
                    continue
                if spoken and spoken[-1][0] > own.at[i] and not spoken[-1][1].person:
                    break
                who = self.speaker(n, i)
                if who.person and not plural:
                    continue
                return who.carried()
            if spoken and (not spoken[-1][1].person or plural):
                return spoken[-1][1].carried()
        return Speaker("they" if plural else "it", ("UNKNOWN",), "pronoun not resolved")

    # country -------------------------------------------------------------------------------------------------------

    def _told(self, o: names.Occurrence) -> str:
        """The words around a name that tell the office: its noun phrase with appositions."""
        sheet = self.sheets[o.sheet]
        head = o.last - 1
        while sheet.heads[head] != head and (sheet.deps[head] in ("compound", "appos", "nmod") or sheet.deps[head] == "flat"):
            up = sheet.heads[head]
            if abs(up - head) > WINDOW or sheet.deps[head] == "appos" and sheet.proper(up) and self._other(o, up):
                break
            head = up
        first, last = sheet.left(head), sheet.right(head) + 1
        first = max(first, head - WINDOW)
        cut = last
        for child in sheet.children(head):
            if child > head and sheet.deps[child] in ("relcl", "conj", "cc") and child >= o.last:
                cut = min(cut, sheet.left(child))
        last = max(min(cut, o.last + WINDOW), o.last)
        return sheet.text[sheet.at[first]: sheet.end(last - 1)]

    def _other(self, o: names.Occurrence, word: int) -> bool:
        return any(p.first <= word < p.last and p.name != o.name
                   for p in (self.names.occurrences[n] for n in self.by_sheet.get(o.sheet, ())))

    def country(self, name: str, number: int, phrase: str) -> tuple[tuple[str, ...], str]:
        """The country of a person: told where the person is named, an office before all else; a person keeps it."""
        if name in self.known:
            return self.known[name]
        self.known[name] = (("UNKNOWN",), "no country told")  # ends a circle: A's adviser B, B's adviser A
        answers = []
        for o in self.names.occurrences:
            if o.name != name or o.quoted:
                continue
            told = LANGUAGE.sub("", self._told(o))
            codes, basis = countries.resolve(told)
            if codes == ("UNKNOWN",):
                codes, basis = countries.resolve(self._speaking_for(o))
            if codes == ("UNKNOWN",):
                codes, basis = self._through(o)
            if codes != ("UNKNOWN",):
                answers.append((codes, basis, told))
        if answers:
            # an office says for whom a person speaks; "a diplomat from X" may only say where from
            best = next((a for a in answers if a[1] in ("office", "organisation")), answers[0])
            self.known[name] = best[:2]
        else:
            held = (offices.country(name, o.title) for o in self.names.occurrences if o.name == name)
            self.known[name] = next((answer for answer in held if answer[0] != ("UNKNOWN",)), self.known[name])
        return self.known[name]

    def _through(self, o: names.Occurrence) -> tuple[tuple[str, ...], str]:
        """ "X's adviser Y", "X spokesman Y": Y speaks for whom X speaks."""
        sheet = self.sheets[o.sheet]
        words = set(sheet.lower[max(0, o.first - 6): o.last + 12])
        if not words & THROUGH:
            return ("UNKNOWN",), "unknown"
        told_first = max(0, o.first - 6)
        for n in self.by_sheet.get(o.sheet, ()):
            p = self.names.occurrences[n]
            if p.name == o.name or not (told_first <= p.first < o.first or o.last <= p.first <= o.last + 3):
                continue
            between = sheet.lower[min(p.last, o.last): max(p.first, o.first)]
            after = sheet.lower[p.last: p.last + 8]
            owns = after[:1] in (["'s"], ["'"]) or bool(set(after[:3]) & THROUGH)
            if owns and not any(sheet.tags[k][:2] == "VB" for k in range(min(p.last, o.last), max(p.first, o.first))
                                if sheet.tags[k] not in ("VBG", "VBN")) and (p.first < o.first or "," in between):
                codes, basis = self.country(p.name, o.sheet, "")
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
                return sheet.text[sheet.at[i + 1]: sheet.at[o.first]]
        return ""

    def _resolve(self, phrase: str, number: int, at: int) -> tuple[tuple[str, ...], str]:
        """The country of an actor without a name; an office alone takes it from its sentence, then its paragraph."""
        sheet = self.sheets[number]
        lo, _ = sheet.sentence(at)
        phrase = LANGUAGE.sub("", phrase)
        if GENERAL.match(phrase):
            return countries.resolve(phrase)
        codes, basis = countries.resolve(phrase, sheet.text[lo:at])
        if codes == ("UNKNOWN",):
            codes, basis = countries.resolve(phrase, sheet.text[:at])
        if codes == ("UNKNOWN",) and number > 0:
            codes, basis = countries.resolve(phrase, self.sheets[number - 1].text + " " + sheet.text[:at])
        return codes, basis
