"""Whom the table of office holders knows in one article: by the full name, or by a surname with its title.

The table does not count for somebody whom the article introduces as another: "Jane Doe, a teacher from Ohio, said …".
"""

from __future__ import annotations

import re

from stancebrief import countries
from stancebrief.countries import offices
from stancebrief.statements import announced, homes, names

BEFORE = 3  # words of a title: "Secretary of State"
ANOTHER = re.compile(r",? (?:\d{1,2},? )?(?:an?|one of)\b (?P<what>[^,.;“”\"]{3,60})")


class Holders(announced.Announced):
    """Whom the table of office holders knows."""

    day = ""  # of the article (YYYY-MM-DD), empty where it is not known

    def held(self, name: str) -> tuple[tuple[str, ...], str]:
        """The government of a person by the full name; UNKNOWN where the table or the article tells none."""
        found = offices.by_name(name, self.day)
        return homes.UNKNOWN if found != homes.UNKNOWN and self._another(name) else found

    def titled(self, name: str) -> tuple[tuple[str, ...], str] | None:
        """The government of a person by a surname that stands alone in the whole article; None if untold."""
        if " " in name or self._another(name):
            return None
        for o in self.names.occurrences:
            if o.name == name and not o.quoted:
                found = offices.by_surname(name, self._title(o), self.day)
                if found != homes.UNKNOWN:
                    return found
        return None

    def _title(self, o: names.Occurrence) -> str:
        """The title before a name as written, with the words that make it one of a State's offices."""
        if not o.title:
            return ""
        sheet = self.sheets[o.sheet]
        first = max(0, o.first - BEFORE, sheet.word_at(sheet.sentence(sheet.at[o.first])[0]))
        return sheet.text[sheet.at[first] : sheet.at[o.first]].strip()

    def _another(self, name: str) -> bool:
        """Whether the article describes a person so that no office is told: "Jane Doe, 43, a teacher"."""
        for o in self.names.occurrences:
            if o.name == name and not o.quoted:
                sheet = self.sheets[o.sheet]
                end = sheet.sentence(sheet.at[o.first])[1]
                described = ANOTHER.match(sheet.text, sheet.end(o.last - 1), end)
                if described and countries.role(described["what"]) not in ("office", "carrier"):
                    return True
        return False
