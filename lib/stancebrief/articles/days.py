"""Days as others write them: one reading or none, since a day that can be read in two ways is no date."""

from __future__ import annotations

import datetime
import re

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")
ISO = re.compile(r"(?<!\d)((?:1[6-9]|20)\d\d)(?:-(\d\d)-(\d\d)|/(\d\d?)/(\d\d?)|(\d\d)(\d\d))(?![\d/-])(?!,\d)")
NUMBERS = re.compile(r"(?<![\d/.-])(\d\d?)([/.-])(\d\d?)\2((?:1[6-9]|20)\d\d)(?![\d/-])")
_MONTH = r"(" + "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in MONTHS) + r"|sept)\.?"
WORDS = (re.compile(rf"(?<!\d)(\d\d?)(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH},?[ -]((?:1[6-9]|20)\d\d)(?!\d)", re.I),
         re.compile(rf"\b{_MONTH} (\d\d?)(?:st|nd|rd|th)?,? ((?:1[6-9]|20)\d\d)(?!\d)", re.I))
# What programs write where they know no day: the first day that they can count.
NO_DAY = frozenset({"1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "1904-01-01", "1970-01-01", "1980-01-01"})
FIRST = 1600  # year before which there was no newspaper
AHEAD = 2     # days: somewhere on earth it is tomorrow, and a paper may be dated ahead


def is_day(value: str) -> bool:
    """Whether the value is a day written YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def odd(day: str) -> str:
    """Why the day (YYYY-MM-DD) cannot be one of publication, in words; empty if it can."""
    if day in NO_DAY or int(day[:4]) < FIRST:
        return "what programs write where no day is known" if day in NO_DAY else "older than any newspaper"
    ahead = datetime.date.today() + datetime.timedelta(days=AHEAD)
    return "still to come" if day > ahead.isoformat() else ""


def read(text: str) -> str:
    """The one day of publication (YYYY-MM-DD) in a short text.

    Empty where there is none, more than one, one that can be read in two ways (05/06/2022) or an odd one.
    """
    found = all_in(text)
    return found.pop() if len(found) == 1 and not unclear(text) and not any(map(odd, found)) else ""


def all_in(text: str) -> set[str]:
    """The days of the calendar in the text, as far as each has one reading."""
    parts = [(y, m or m2 or m3, d or d2 or d3) for y, m, d, m2, d2, m3, d3 in ISO.findall(text)]
    parts += [(y, b, a) if int(a) > 12 or a == b else (y, a, b) for a, _, b, y in NUMBERS.findall(text)
              if int(a) > 12 or int(b) > 12 or int(a) == int(b)]
    parts += [(y, _month(m), d) for d, m, y in WORDS[0].findall(text)]
    parts += [(y, _month(m), d) for m, d, y in WORDS[1].findall(text)]
    days = set()
    for year, month, day in parts:
        try:
            days.add(datetime.date(int(year), int(month), int(day)).isoformat())
        except ValueError:
            continue
    return days


def unclear(text: str) -> str:
    """What in the text is a day that can be read in two ways, as written; empty if nothing is."""
    return next((match.group() for match in NUMBERS.finditer(text)
                 if int(match[1]) <= 12 and int(match[3]) <= 12 and int(match[1]) != int(match[3])), "")


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name.lower()[:3]))
