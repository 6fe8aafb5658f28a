"""The words of the page: one file per language, with plurals, lists, dates and numbers by locale (CLDR, through Babel).

A translation is a copy of `data/language/en.yaml`; no code changes with it.
"""

from __future__ import annotations

import datetime
import pathlib
import string
from collections.abc import Iterable

import babel
import babel.core
import babel.dates
import babel.lists
import babel.numbers
import yaml

from stancebrief import countries
from stancebrief.study import DATA

FOLDER = DATA / "language"
ENGLISH = "en"
# "no" and "on" are words here, not truth values. libyaml, where PyYAML has it, reads ten times as fast.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class LanguageError(KeyError):
    """A string is missing, or a value that it needs was not given; says which string of which file."""

    def __str__(self) -> str:
        return str(self.args[0])


class _Names(string.Formatter):
    """Placeholders are plain names: a translation can neither reach into objects nor call anything."""

    def get_field(self, field_name: str, args: object, kwargs: dict) -> tuple[object, str]:
        if not field_name.isidentifier() or field_name not in kwargs:
            raise LanguageError(f"placeholder {{{field_name}}} has no value")
        return kwargs[field_name], field_name


class Language:
    """The strings of one language file, by dotted name."""

    def __init__(self, path: pathlib.Path):
        """Raises LanguageError if the file is not a language file."""
        self.path = pathlib.Path(path)
        try:
            self._strings = yaml.load(self.path.read_text(encoding="utf-8"), LOADER)
            self.code = str(self._strings["locale"])
            self._locale = babel.Locale.parse(self.code, sep="-" if "-" in self.code else "_")
        except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, babel.UnknownLocaleError) as error:
            raise LanguageError(f"{self.path} is not a language file with a `locale`: {error}") from error

    def find(self, key: str) -> object:
        """The entry of that name, or None: a string, a mapping of plural forms, or a mapping of entries."""
        found: object = self._strings
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found

    def say(self, key: str, **values: object) -> str:
        """The string of that name with its placeholders filled; a mapping of plural forms is chosen by the value `n`.

        Raises LanguageError naming the file and the string if either is missing.
        """
        entry = self.find(key)
        if isinstance(entry, dict):
            form = self._locale.plural_form(values.get("n", 0))
            entry = entry.get(form, entry.get("other"))
        if not isinstance(entry, str):
            raise LanguageError(f"{self.path.name}: there is no string {key!r}")
        shown = {name: self.number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
                 for name, value in values.items()}
        try:
            return _Names().vformat(entry, (), shown)
        except (LanguageError, ValueError) as error:
            raise LanguageError(f"{self.path.name}, string {key!r}: {error}") from error

    def sentence(self, key: str, **values: object) -> str:
        """The string with its first letter in upper case, for names such as "the United States"."""
        return capital(self.say(key, **values))

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number as the language writes it; whole numbers below ten stay digits, as they are counts."""
        pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
        if decimals is not None:
            value = round(value, decimals) + 0.0  # no "-0.00"
        return babel.numbers.format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, share: float) -> str:
        """A share of 0 to 1 as a whole percentage."""
        return babel.numbers.format_percent(share, locale=self._locale)

    def words(self, value: int) -> str:
        """A small count in words where the language file lists it ("two"), else in digits."""
        entry = self.find("numbers")
        return str(entry[value]) if isinstance(entry, list) and 0 <= value < len(entry) else self.number(value)

    def date(self, day: str, precision: str = "day") -> str:
        """A day written out; its month only where no more is known; what was given where it is not a day."""
        try:
            parsed = datetime.date.fromisoformat(day)
        except ValueError:
            return day
        pattern = self.say(f"dates.{precision}")
        return babel.dates.format_date(parsed, format=pattern, locale=self._locale)

    def join(self, items: Iterable[str], style: str = "standard") -> str:
        """The items as a list in a sentence: "a, b and c"."""
        items = list(items)
        override = self.find(f"lists.{style}")
        if isinstance(override, dict) and len(items) > 1:  # English: no comma before "and"
            return override["between"].join(items[:-1]) + override["last"] + items[-1]
        return babel.lists.format_list(items, style=style, locale=self._locale)

    def in_text(self, label: str) -> str:
        """A target's label inside a sentence, as `labels.in_text` says: `kept` as it is, or `lower` its first letter.

        A name or an abbreviation keeps its capital.
        """
        first = label.split(" ")[0]
        named = any(mention.start == 0 for mention in countries.find(label))
        kept = self.find("labels.in_text") != "lower" or named or any(char.isupper() for char in first[1:])
        return label if kept else label[:1].lower() + label[1:]

    def country(self, code: str) -> str:
        """A country's name as a label."""
        named = self.find(f"countries.label.{code}")
        if not named and self._locale.language != ENGLISH:
            # CLDR names territories by two letters, and lists three letters as their other names.
            named = self._locale.territories.get(" ".join(babel.core.get_global("territory_aliases").get(code, [code])))
        return str(named or countries.name(code))

    def country_in_text(self, code: str) -> str:
        """A country's name inside a sentence ("the United States")."""
        return str(self.find(f"countries.text.{code}") or self.country(code))


def capital(text: str) -> str:
    """The text with its first letter in upper case; the rest untouched."""
    return text[:1].upper() + text[1:]


def load(name: str = "") -> Language:
    """The language of that name: a file of data/language; English without one.

    Raises LanguageError if there is no such file.
    """
    name = name or ENGLISH
    path = FOLDER / f"{name}.yaml"
    if not name.replace("-", "").replace("_", "").isalnum() or not path.is_file():
        there = ", ".join(sorted(found.stem for found in FOLDER.glob("*.yaml")))
        raise LanguageError(f"there is no language {name!r}; data/language holds {there}")
    return Language(path)
