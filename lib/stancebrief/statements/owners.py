"""For whom "it" and "its" stand before an office: "Britain vowed to go on. …, said its ambassador, Jane Doe".

The rules are ours: a body or a country that is the subject of the clause around, else of the main clause of the
sentence before; never a person, and never a thing that merely is the subject of some clause ("as hostility lasts").
"""

from __future__ import annotations

from collections.abc import Iterator

from stancebrief import countries
from stancebrief.statements import introductions, names, vocabulary
from stancebrief.statements.sheets import Sheet

PERSONS = vocabulary.of("describes_person")
CARRIERS = vocabulary.of("text")
ANSWER_OF = vocabulary.of("answer_of")
SUBJECTS = ("nsubj", "nsubjpass")


class Owners(introductions.Introductions):
    """The bodies and countries of one article that act."""

    def acting(self, number: int, before: int, back: int = 1) -> Iterator[tuple[int, int]]:
        """(paragraph, word) of each body or country that is a subject before a word, the likeliest first.

        `back`: how many paragraphs before this one are read.
        """
        for n in range(number, max(-1, number - back - 1), -1):
            sheet = self.sheets[n]
            limit = before if n == number else len(sheet)
            if not len(sheet):
                continue
            near = sheet.sentence(sheet.at[min(limit, len(sheet) - 1)])[0] if n == number else -1
            subjects = [
                i
                for i in range(limit - 1, -1, -1)
                if sheet.deps[i] in SUBJECTS and not sheet.quoted[i] and self.acts(n, i)
            ]
            answers = (i for i in range(limit) if sheet.deps[i] in SUBJECTS and sheet.lower[i] in ANSWER_OF)
            owners = (sheet.child(i, "poss") for i in answers)  # "Kenya's response was scathing": Kenya acts
            subjects += [i for i in owners if i is not None and not sheet.quoted[i] and self._place(n, i)]
            around = set(self._clauses_around(sheet, limit)) if n == number else set()
            yield from (
                (n, i)
                for i in sorted(
                    subjects,
                    key=lambda i, s=sheet, a=around, b=near: (
                        -s.sentence(s.at[i])[0],
                        s.sentence(s.at[i])[0] != b or s.heads[i] not in a,
                        depth(s, s.heads[i]),
                        -i,
                    ),
                )
            )

    def several(self, number: int, head: int) -> bool:
        """Whether a subject is more than one: "its" stands for none such, and "their" for no other."""
        sheet = self.sheets[number]
        joined = sheet.child(head, "conj") is not None
        return joined or (sheet.tags[head] in ("NNS", "NNPS") and not self._place(number, head))

    def acts(self, number: int, head: int) -> bool:
        """Whether a noun names a country, a body or a group that has offices; no person, text or thing."""
        sheet = self.sheets[number]
        if sheet.tags[head][:2] != "NN" or sheet.lower[head] in PERSONS or sheet.lower[head] in CARRIERS:
            return False
        if any(m.start <= sheet.at[head] < m.end for m in self.mentions[number]):
            return True
        if any(o.first <= head < o.last for o in self._in(number)):
            return False
        if sheet.words[head] in names.organisation_words():
            return True
        return countries.role(sheet.text[sheet.at[sheet.left(head)] : sheet.end(head)]) not in (None, "unnamed")

    def _clauses_around(self, sheet: Sheet, word: int) -> Iterator[int]:
        """The verbs of the clauses that a word stands in."""
        i = min(word, len(sheet) - 1)
        for _ in range(20):
            if sheet.verb(i):
                yield i
            if sheet.heads[i] == i:
                return
            i = sheet.heads[i]


def depth(sheet: Sheet, verb: int) -> int:
    """How many clauses a verb's clause stands in: 0 for a main clause."""
    found = 0
    while sheet.heads[verb] != verb:
        found += sheet.deps[verb] != "conj" and sheet.verb(sheet.heads[verb])
        verb = sheet.heads[verb]
    return found
