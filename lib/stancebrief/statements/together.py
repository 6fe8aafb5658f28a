"""Countries that a description takes together, and the country spoken of: "the two nations", "the allies".

The rules are ours: the last two that act, else who spoke together last.
"""

from __future__ import annotations

import itertools
import re

from stancebrief.statements import references, vocabulary

COUNTS = {"both": 2, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}
COUNTED = re.compile(r"\b(?:" + "|".join(COUNTS) + r")\b", re.IGNORECASE)
PERSONS = vocabulary.of("several_persons")
AND = re.compile(r"(?:['’]s)?,? (?:and|with) (?:the )?")
LIST = re.compile(r"(?:['’]s)?(?:,|,? and|,? as well as) (?:the )?")
MEMBERS = re.compile(rf"the (?:{'|'.join(COUNTS)}) (?:[\w-]+ )?members of the ", re.IGNORECASE)
TOGETHER = 6  # paragraphs after which "the allies" may be others


class Together(references.References):
    """What words for several countries stand for, by who acted and who spoke before."""

    def _told_last(self, number: int, at: int) -> str:
        """The code of the country that was last the subject of a verb before `at`, or spoke; empty if none near."""
        for n in range(number, max(-1, number - 3), -1):
            here = [m for m in self.mentions[n] if (n < number or m.end <= at) and len(m.iso3) == 3]
            acting = [m for m in here if self._acts(n, m)]
            if acting:
                return acting[-1].iso3
            spoken = [who for k, offset, who in self.history if k == n and (n < number or offset < at)]
            if spoken and len(spoken[-1].codes) == 1 and len(spoken[-1].codes[0]) == 3:
                return spoken[-1].codes[0]
        return ""

    def _pair(self, number: int, head: int, phrase: str) -> references.Speaker:
        """ "the two nations", "both leaders": the last two countries named before."""
        sheet = self.sheets[number]
        found: list[str] = []
        people = sheet.lower[head] in PERSONS
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
        if len(found) < 2 and (several := self._several(number, head, phrase)) and len(several.codes) == 2:
            return several
        if len(found) < 2:
            found = self._coordinated(number, sheet.at[head])
        codes = tuple(sorted(found[:2])) if len(found) >= 2 else ("UNKNOWN",)
        return references.Speaker(" ".join(phrase.split()), codes, "the two named before", None)

    def _coordinated(self, number: int, at: int) -> list[str]:
        """The two countries last named together, "between Oslo and Rome", up to a paragraph before."""
        for n in (number, number - 1):
            if n < 0:
                break
            text = self.sheets[n].text
            here = [m for m in self.mentions[n] if len(m.iso3) == 3 and (n < number or m.end <= at)]
            for one, other in reversed(list(itertools.pairwise(here))):
                if one.iso3 != other.iso3 and AND.fullmatch(text[one.end : other.start]):
                    return [one.iso3, other.iso3]
        return []

    def _several(self, number: int, head: int, phrase: str) -> references.Speaker | None:
        """ "The allies", "the three ministers": the countries that spoke together last, as many as are counted."""
        sheet = self.sheets[number]
        told = COUNTED.search(phrase)
        if told is None and phrase.count(" ") > 1:
            return None
        for n, offset, who in reversed(self.history):
            if number - n > TOGETHER:
                break
            enough = len(who.codes) == COUNTS[told[0].lower()] if told else len(who.codes) > 1
            if (n, offset) < (number, sheet.at[head]) and enough and all(len(code) == 3 for code in who.codes):
                return references.Speaker(" ".join(phrase.split()), who.codes, "who spoke together, carried over")
        listed = self._listed(number, sheet.at[head], COUNTS[told[0].lower()]) if told else ()
        return references.Speaker(" ".join(phrase.split()), listed, "named together before") if listed else None

    def _listed(self, number: int, at: int, count: int) -> tuple[str, ...]:
        """The countries last named in one list of that length, "Oslo, Rome and Paris", up to two paragraphs before."""
        for n in range(number, max(-1, number - 3), -1):
            text = self.sheets[n].text
            here = [m for m in self.mentions[n] if m.iso3 != "UNKNOWN" and (n < number or m.end <= at)]
            runs: list[list] = [[]]
            for m in here:
                if runs[-1] and not LIST.fullmatch(text[runs[-1][-1].end : m.start]):
                    runs.append([])
                runs[-1].append(m)
            acting = [run for run in runs if run and self._acts(n, run[0])]
            for run in (*reversed(acting), *reversed(runs)):
                codes = tuple(dict.fromkeys(m.iso3 for m in run))
                if len(codes) == count and all(len(code) == 3 for code in codes):
                    return tuple(sorted(codes))
        return ()

    def _counted(self, number: int, head: int, phrase: str) -> references.Speaker | None:
        """ "The three", "the three European members of the council": whom the article named or heard together."""
        sheet = self.sheets[number]
        alone = sheet.lower[head] in COUNTS and phrase.lower() == f"the {sheet.lower[head]}"
        members = sheet.lower[head] == "members" and MEMBERS.match(phrase)
        return self._several(number, head, phrase) if alone or members else None

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
