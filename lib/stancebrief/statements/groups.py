"""Several together, and one of several: "they", "it", "one of them", "another".

The rules are ours: the body, country or group that was the last subject or speaker and fits in number.
"""

from __future__ import annotations

from stancebrief import countries
from stancebrief.statements import descriptions, owners, references

SOME = frozenset(("one", "another", "two", "some"))


class Groups(descriptions.Descriptions):
    """Whom words for bodies and groups stand for. The class below it reads names: `speaker`, `_is_place`."""

    def _one_of_them(self, number: int, head: int) -> references.Speaker | None:
        """ "One of them", "one": of the several of a kind who were last told of, "American diplomats …"."""
        sheet = self.sheets[number]
        if sheet.lower[head] not in SOME or sheet.deps[head] not in ("nsubj", "nsubjpass"):
            return None
        of = sheet.child(head, "prep")
        them = sheet.child(of, "pobj") if of is not None and sheet.lower[of] == "of" else None
        if of is not None and (them is None or sheet.lower[them] != "them"):
            return None
        several = self._several_told(number, sheet.at[head])
        return None if several is None else several.carried()

    def _several_told(self, number: int, at: int) -> references.Speaker | None:
        """The last subject before, in this paragraph or the one before, that is several persons of one kind."""
        for n in (number, number - 1):
            own = self.sheets[n] if n >= 0 else None
            if own is None or own.title:
                return None
            limit = own.word_at(at) if n == number else len(own)
            for i in range(limit - 1, -1, -1):
                if own.deps[i] in owners.SUBJECTS and not own.quoted[i] and own.tags[i] == "NNS":
                    phrase = own.text[own.at[own.left(i)] : own.end(i)]
                    return self.speaker(n, i) if countries.role(phrase) in ("office", "carrier") else None
        return None

    def _group(self, number: int, at: int, plural: bool) -> references.Speaker:
        """ "it", "they": the body, country or group that was the last subject or speaker."""
        for n in (number, number - 1, number - 2):
            if n < 0:
                break
            own = self.sheets[n]
            limit = at if n == number else len(own.text)
            spoken = [
                (offset, who)
                for k, offset, who in self.history
                if k == n and offset < limit and (plural or len(who.codes) == 1)
            ]
            if spoken and not spoken[-1][1].person and (plural or n == number):
                return spoken[-1][1].carried()
            subjects = [
                i
                for i in range(own.word_at(limit) - 1, -1, -1)
                if own.deps[i] in owners.SUBJECTS
                and not own.quoted[i]
                and (own.tags[i][:2] == "NN" or (plural and own.tags[i] == "CD"))  # "Ten of the members"
            ]
            for i in subjects[:4]:
                if not plural and (not self.allegiance.acts(n, i) or own.child(i, "conj") is not None):
                    continue  # a person, or a thing: "for as long as Russian pressure lasts"
                if (
                    plural
                    and own.tags[i] not in ("NNS", "NNPS", "CD")
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
