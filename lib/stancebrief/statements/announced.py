"""An office first and its holder's name after: "Japan's defence minister was reserved. …, Jane Doe said."

Broadcasters and agencies open with what somebody is and give the name in the next sentence or paragraph, without a
word of what he is. The rules are ours: the first mention of a full name, bare, as a subject; just before it, nobody
else having spoken, one person's office that has no name beside it and is of nobody named before.
"""

from __future__ import annotations

import functools
import re

from stancebrief import countries
from stancebrief.statements import names, owners

SENTENCES = 3  # before the name
HOLDERS = owners.PERSONS | {"head"}
ASIDE = re.compile(r",| who\b| whose\b")


class Announced(owners.Owners):
    """Whose office was told before the name."""

    @functools.cached_property
    def offices(self) -> dict[str, tuple[int, int]]:
        """Name -> (paragraph, word) of the office told before it."""
        found: dict[str, tuple[int, int]] = {}
        seen: set[str] = set()
        for o in self.names.occurrences:
            if o.name in seen or o.quoted or self.sheets[o.sheet].title:
                continue
            seen.add(o.name)
            if self._bare(o) and (office := self._before(o)) is not None and office not in found.values():
                found[o.name] = office
        return found

    @functools.cached_property
    def holders(self) -> dict[tuple[int, int], str]:
        """(paragraph, word) of an office that names its country -> the name told after it.

        "The defence minister", who may be anybody's in the next article, is left as it is written.
        """
        return {
            (n, i): name
            for name, (n, i) in self.offices.items()
            if countries.find(self.phrase(n, i))
        }

    def _bare(self, o: names.Occurrence) -> bool:
        """Whether a full name stands as a subject with no word of who that is, here or anywhere."""
        sheet = self.sheets[o.sheet]
        follows = sheet.words[o.last] if o.last < len(sheet) else ""
        if not o.subject or o.title or len(o.name.split()) < 2 or follows == ",":
            return False
        mine = [p for p in self.names.occurrences if p.name == o.name]
        return not any(p.title or countries.role(self.told(p)) for p in mine) and len(self.told(o)) <= len(o.name) + 2

    def _before(self, o: names.Occurrence) -> tuple[int, int] | None:
        """(paragraph, word) of the office that was told last before a name."""
        sheet = self.sheets[o.sheet]
        start = sheet.sentence(sheet.at[o.first])[0]
        earlier = [(o.sheet, s) for s in sheet.sentences if s[0] < start]
        if not earlier and o.sheet and not self.sheets[o.sheet - 1].title:
            earlier = [(o.sheet - 1, s) for s in self.sheets[o.sheet - 1].sentences]
        for n, (lo, hi) in reversed(earlier[-SENTENCES:]):
            own = self.sheets[n]
            for i in range(own.word_at(hi) - 1, own.word_at(lo) - 1, -1):
                if own.deps[i] not in owners.SUBJECTS or own.quoted[i] or own.tags[i][:2] not in ("NN", "PR"):
                    continue
                if any(p.first <= i < p.last for p in self._in(n)):
                    return None  # somebody else acts last
                if self._office(n, i):
                    return None if self._known(n, i) else (n, i)
                if owners.depth(own, own.heads[i]) == 0 and self.acts(n, i):
                    return None  # a body or a country does
        return None

    def unnamed(self, o: names.Occurrence) -> tuple[int, int] | None:
        """(paragraph, word) of "a North Korean envoy" in the last sentence of the paragraph before a name's, if one.

        Only a name in the first sentence of its paragraph, and only where nobody is named in the one before.
        """
        sheet = self.sheets[o.sheet]
        if not o.sheet or self.sheets[o.sheet - 1].title or not sheet.sentences:
            return None
        if sheet.sentence(sheet.at[o.first])[0] != sheet.sentences[0][0]:
            return None
        n, own = o.sheet - 1, self.sheets[o.sheet - 1]
        lo, hi = own.sentences[-1] if own.sentences else (0, 0)
        words = range(own.word_at(lo), own.word_at(hi))
        if any(p.first in words for p in self._in(n)):
            return None
        found = [i for i in words if not own.quoted[i] and own.lower[own.left(i)] in ("a", "an") and self._office(n, i)]
        found = [i for i in found if countries.find(self.phrase(n, i))]
        return (n, found[0]) if len(found) == 1 else None

    def _office(self, number: int, head: int) -> bool:
        """Whether a subject is one person by his office, without a name beside it."""
        sheet = self.sheets[number]
        if sheet.lower[head] not in HOLDERS or sheet.tags[head] in ("NNS", "NNPS"):
            return False
        near = {head, *sheet.children(head)}
        if any(p.first <= k < p.last for k in near if k > head or sheet.deps[k] == "appos" for p in self._in(number)):
            return False
        return countries.role(self.phrase(number, head)) in ("office", "carrier")

    def _known(self, number: int, head: int) -> bool:
        """Whether an office may be that of somebody named before: "Foreign Minister Jane Doe …. The minister …"."""
        sheet = self.sheets[number]
        if sheet.lower[sheet.left(head)] in ("a", "an", "one", "another"):
            return False
        word = sheet.lower[head]
        own = set(countries.resolve(self.phrase(number, head))[0]) - {"UNKNOWN"}
        for p in self.names.occurrences:
            if (p.sheet, p.first) >= (number, head) or self.sheets[p.sheet].title:
                continue
            told = self.told(p)
            if word in told.lower() and (not own or own & set(countries.resolve(self.spelled(p.sheet, told))[0])):
                return True
        return False

    def phrase(self, number: int, head: int) -> str:
        """The words of an office, without what a comma or "who" sets off."""
        sheet = self.sheets[number]
        words = sheet.text[sheet.at[sheet.left(head)] : sheet.end(sheet.right(head))]
        return self.spelled(number, ASIDE.split(words, maxsplit=1)[0])
