"""For whose readers an outlet writes: by the name it is given, the address of its pages, or the name of a file.

The outlets are data (`data/reference/outlets.csv`). Those that write for readers everywhere have no home. What a user
says of an article (`outlet_country`) comes before this.
"""

from __future__ import annotations

import functools
import re
import unicodedata
import urllib.parse

from stancebrief.countries import mentions

WORD = re.compile(r"[a-z0-9]+")
ENDING = re.compile(r"\.\w{1,5}$")


def home(outlet: str, url: str = "", article: str = "") -> str:
    """The code of the country whose readers an outlet writes for; empty where it has none or is not known.

    `outlet`: its name or site; `url`: the address of the page; `article`: the name of the file, whose parts between
    underscores are looked up where nothing else is told ("korea-herald_2020-06-18_leaflets.txt"). Empty too where name
    and address are of two outlets: papers of several countries share a name.
    """
    there = _known().get(_plain(_host(url)))
    if outlet and outlet != "unknown":
        named = _known().get(_plain(outlet), "")
        return named if there is None or there == named else ""
    if url:
        return there or ""
    if "#" in article:  # the file is a collection's
        return ""
    parts = ENDING.sub("", article.rsplit("/", 1)[-1]).split("_")
    codes = [_known()[part] for part in map(_plain, parts) if part in _known()]
    return codes[0] if len(codes) == 1 else ""


def _host(url: str) -> str:
    try:
        return (urllib.parse.urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # no address: "http://[1]"
        return ""


def _plain(name: str) -> str:
    """A name as it is compared: its letters and figures in lower case, without accents and "the"."""
    letters = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return "".join(word for word in WORD.findall(letters) if word != "the")


@functools.cache
def _known() -> dict[str, str]:
    """Plain name -> code; empty for outlets without a home."""
    return {_plain(name): row["home"] for row in mentions.rows("outlets.csv") for name in row["outlet"].split("|")}
