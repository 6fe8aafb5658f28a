"""Which government a person speaks for: told where the article names the person, else supposed and said so."""

from __future__ import annotations

import re

from stancebrief import countries, names, offices, vocabulary
from stancebrief.sheets import Sheet

LANGUAGE = re.compile(r"\b(?<=[a-z]) language(?= [a-z])")  # "Chinese language diplomat": paraphrased copy for "Chinese"
THROUGH = vocabulary.of("through")
SPEAKING_FOR = vocabulary.of("speaking_for")
RECORD = re.compile(r"\b(?:his|her) [a-z ]{0,30}\bas ((?:[a-z-]+ ){0,3}[a-z-]+)")  # "her record as secretary of state"
WINDOW = 25  # words of a phrase around a name that tell the office


class Allegiance:
    """The countries of the persons of one article. A person once given a country keeps it."""

    def __init__(self, sheets: list[Sheet], known: names.Names, mentions: list[list]) -> None:
        self.sheets, self.names, self.mentions = sheets, known, mentions
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
            told = LANGUAGE.sub("", self.told(o))
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
            self.known[name] = next((answer for answer in held if answer[0] != ("UNKNOWN",)), None) or (
                self._supposed(name)
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
        american = any(m.iso3 == "USA" for found in self.mentions for m in found)
        if american and any(o.title in ("President", "Vice") for o in mine):
            return ("USA",), "supposed: a president without a country in American news"
        return ("UNKNOWN",), "no country told"

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
        first, last = sheet.left(head), sheet.right(head) + 1
        first = max(first, head - WINDOW)
        cut = last
        for child in sheet.children(head):
            if child > head and sheet.deps[child] in ("relcl", "conj", "cc") and child >= o.last:
                cut = min(cut, sheet.left(child))
        last = max(min(cut, o.last + WINDOW), o.last)
        return sheet.text[sheet.at[first] : sheet.end(last - 1)]

    def _other(self, o: names.Occurrence, word: int) -> bool:
        return any(
            p.first <= word < p.last and p.name != o.name
            for p in (self.names.occurrences[n] for n in self.by_sheet.get(o.sheet, ()))
        )
