"""What a page has no room for, on pages that continue it: utterances and articles, so many on each, linked in a row.

A page stays quick to open whatever the size of the study, and nothing is lost: every utterance stands in full on the
page of its country or on one that continues it; those of speakers without a country page, and the list of all
articles, have pages beside the brief.
"""

from __future__ import annotations

import dataclasses
import pathlib
from collections.abc import Sequence

from stancebrief import tables
from stancebrief.brief import evidence
from stancebrief.brief.layout import Layout

WHOLE = 400       # utterances that a page shows without being continued
FIRST = 200       # of more, those that it begins with
EACH = 400        # utterances of a page that continues it
LISTED = 100      # articles that the brief lists without being continued, and those that it begins with
TITLES = 1000     # articles of a page that continues it


@dataclasses.dataclass(frozen=True)
class Part:
    """A page that continues another: its file in the folder of its row, and what it holds of the whole."""

    file: str
    start: int
    end: int

    def label(self, layout: Layout) -> str:
        """ "201–600"."""
        return layout.language.say("continued.part", first=layout.language.number(self.start + 1),
                                   last=layout.language.number(self.end))


def parts(count: int, shown: int, each: int, stem: str = "", first: int = 1) -> list[Part]:
    """The pages for what is there beyond the first `shown`; named by their number, from `first`, after the stem."""
    starts = range(shown, count, each)
    return [Part(f"{stem}{number}.html", start, min(count, start + each)) for number, start in enumerate(starts, first)]


def split(utterances: Sequence[evidence.Utterance], stem: str) -> tuple[Sequence[evidence.Utterance], list[Part]]:
    """What a page begins with, and the pages for the rest: none where all fit."""
    if len(utterances) <= WHOLE:
        return utterances, []
    return utterances[:FIRST], parts(len(utterances), FIRST, EACH, stem, first=2)


def places(utterances: Sequence[evidence.Utterance], following: Sequence[Part]) -> dict[str, str]:
    """{name of an utterance: the file that it stands in}, for those that are not on the first page."""
    return {utterance.name: part.file for part in following for utterance in utterances[part.start:part.end]}


def write(layout: Layout, folder: pathlib.Path, following: Sequence[Part], kind: str, things: Sequence[object],
          heading: str, back: tuple[str, str]) -> list[pathlib.Path]:
    """The pages into the folder, each in one move; gives their paths.

    `kind`: utterances or articles (as `sections.articles` lists them). `heading`: what all of them are. `back`:
    address and name of the page that they continue.
    """
    links = [(part.file, part.label(layout)) for part in following]
    made = []
    for number, part in enumerate(following):
        label = part.label(layout)
        page = layout.render("continued.html", up="../", page_title=f"{heading}: {label}", description=heading,
                             heading=heading, label=label, kind=kind, things=things[part.start:part.end], back=back,
                             links=links, here=part.file, before=links[number - 1] if number else back,
                             after=links[number + 1] if number + 1 < len(links) else None)
        made.append(tables.write_bytes(page, folder / part.file))
    return made


def clear(folder: pathlib.Path, pattern: str, kept: Sequence[pathlib.Path]) -> None:
    """Remove the pages that an earlier, larger edition left in the folder."""
    for path in folder.glob(pattern) if folder.is_dir() else ():
        if path not in kept:
            path.unlink()
