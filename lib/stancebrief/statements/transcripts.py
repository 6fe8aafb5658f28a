"""Transcripts: paragraphs that begin with who speaks ("WALLACE: …", "Jane Doe: …", "Q. …"), and those that go on.

A label counts only where the article has several such paragraphs and the label can be a speaker: it is said twice, or
is a word for a speaker, or a name the article uses. "SEOUL: …", "BACKGROUND: …" and "Read more: …" are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stancebrief import countries
from stancebrief.statements import drafts, names, printed, quotations, vocabulary
from stancebrief.statements.sheets import Sheet

LABEL = re.compile(
    r"^[\s\"'“‘*-]*(?:(?P<name>[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|the|de|van|al)){0,5})(?: \([^)]{2,60}\))?:"
    r"|(?P<letter>[QA])[.:])\s+(?=[\"'“‘]?[\w(\[—–…])"
)
ENOUGH = 2  # labelled paragraphs
WORDS = 2  # after a label
GOES_ON = 6  # paragraphs without a label between two labelled ones that still belong to the first
SPEAKING_KINDS = ("institution", "organisation", "state media", "armed party", "armed group")
ASKS = vocabulary.of("label_of_speaker")
NO_SPEAKER = vocabulary.of("no_label")


class Transcript:
    """The labelled paragraphs of one article: `labels`, paragraph number -> (label, offset where speech begins)."""

    def __init__(self, sheets: Sequence[Sheet], known: names.Names) -> None:
        self.labels = _labels(sheets, known)
        self._first, self._last = (min(self.labels), max(self.labels)) if self.labels else (0, -1)
        self._sheets = sheets
        self._known = known

    def speaker(self, number: int) -> str:
        """Who speaks a paragraph: the fullest name that fits its label; empty where a label names nobody.

        Raises KeyError where the paragraph belongs to no speaker.
        """
        label = self.labels[self._belongs(number)][0]
        return "" if label.lower() in ASKS else self._known.full(_bare(label))

    def __contains__(self, number: int) -> bool:
        return self._belongs(number) >= 0

    def _belongs(self, number: int) -> int:
        """The labelled paragraph that this one is, or goes on with; -1 where neither."""
        if number in self.labels:
            return number
        if not self._first < number < self._last:
            return -1
        before = max(n for n in self.labels if n < number)
        between = range(before + 1, number + 1)
        speech = number - before <= GOES_ON and all(printed.goes_on(self._sheets[n], "") for n in between)
        return before if speech else -1

    def sentences(self, number: int) -> list[drafts.Draft]:
        """Each sentence of a paragraph, without its label."""
        begin = self.labels[number][1] if number in self.labels else 0
        sheet = self._sheets[number]
        made = [drafts.Draft(start, end, "direct", "transcript", anchor=start)
                for start, end in quotations.pieces(sheet.text, begin, len(sheet.text))]
        return [draft for draft in made if re.search(r"\w", sheet.text[draft.start : draft.end])]


def heading(sheet: Sheet, known: names.Names) -> tuple[str, tuple[int, int], drafts.Draft] | None:
    """(who speaks, where that is written, statement) of a headline "Pentagon: missile was intercepted"; else None.

    Only an office, a body or a person whom the article names speaks so: "Gaza: 50 killed" names a place.
    """
    match = LABEL.match(sheet.text)
    if not sheet.title or match is None or not match["name"]:
        return None
    label, first = match["name"], sheet.word_at(match.end())
    verbs = [i for i in range(first, len(sheet)) if sheet.tags[i] in ("VBZ", "VBP", "VBD", "VBN", "MD")]
    if first >= len(sheet) or not verbs or sheet.tags[first][:1] == "W" or sheet.lower[first] in ("a", "an", "how"):
        return None
    mention = next((m for m in countries.find(label) if len(m.surface) == len(label)), None)
    speaks = mention is not None and mention.kind in SPEAKING_KINDS
    name = known.full(_bare(label))
    if mention is None:
        person = any(o.name == name and " " in o.name and not o.quoted for o in known.occurrences)
        speaks = person or countries.role(label) in ("office", "carrier")
        label = name if person else label
    start, end = quotations.tidy(sheet.text, match.end(), len(sheet.text))
    if not speaks or end - start < WORDS:
        return None
    quoted = any(q.start <= start + 1 and end - 1 <= q.end for q in sheet.quotations)
    draft = drafts.Draft(start, end, "direct" if quoted else "indirect", "headline colon", anchor=start)
    return label, match.span("name"), draft


def _bare(label: str) -> str:
    """A label without titles, in the case of a name: "MR. O'NEILL" -> "O'Neill"."""
    words = [word for word in label.split() if word.rstrip(".").title() not in _titles()] or label.split()
    return " ".join(word.title() if word.isupper() and len(word) > 1 else word for word in words)


def _titles() -> frozenset[str]:
    return frozenset(title.rstrip(".") for title in names.titles())


def _labels(sheets: Sequence[Sheet], known: names.Names) -> dict[int, tuple[str, int]]:
    found = {}
    for number, sheet in enumerate(sheets):
        match = LABEL.match(sheet.text)
        label = (match["name"] or match["letter"]) if match else ""
        if label and not sheet.title and len(sheet.text[match.end() :].split()) >= WORDS:
            found[number] = (label, match.end())
    said = [label for label, _ in found.values()]
    fits = {label: _fits(label, said.count(label), known) for label in set(said)}
    found = {number: one for number, one in found.items() if fits[one[0]]}
    letters = {label for label, _ in found.values()} <= {"A", "Q"}
    if len(found) < ENOUGH or (letters and len({label for label, _ in found.values()}) < 2):
        return {}
    return found


def _fits(label: str, times: int, known: names.Names) -> bool:
    """Whether a label can be a speaker: a word for one, or a name that is said again or that the article uses."""
    lower = label.lower()
    if lower in ASKS or label in ("Q", "A"):
        return True
    if set(lower.split()) & NO_SPEAKER:
        return False
    if any(m.kind not in ("party", "organisation") and len(m.surface) >= len(label) - 1
           for m in countries.find(label.title() if label.isupper() else label)):
        return False  # "SEOUL: …" is a dateline
    name = _bare(label)
    used = any(o.name == known.full(name) and " " in o.name for o in known.occurrences)
    return used or (times > 1 and (label.isupper() or len(name.split()) > 1))
