"""One file's bytes, and what a reader makes of them: texts with what is known about each, or a reason why not."""

from __future__ import annotations

import dataclasses
import pathlib
from collections.abc import Mapping

LARGEST = 64_000_000  # bytes of one file that holds one article, with all that a page brings along
LONGEST = 2_000_000   # characters; no article, and a cost for everything after


Note = tuple[str, str, str]  # problem, reason, remedy


class Unreadable(ValueError):
    """A file that gives no text: `problem` is its short name, the message what was found, `remedy` what to do."""

    def __init__(self, problem: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.problem, self.remedy = problem, remedy


@dataclasses.dataclass(frozen=True)
class Source:
    """One text out of a file: the bytes it came from, what the file says about it, and notes for the problems table.

    `part` names it where the file holds many. `metadata` has keys of `articles.csv`. A note is (problem, reason,
    remedy). `aside` are lines of the text that are the page's and not the article's, and what each is. Where `page` is
    true, `data` is a web page whose text is still to be taken out, in the `encoding` that came with it, if one did.
    """

    text: str
    data: bytes
    part: str = ""
    metadata: dict[str, str] = dataclasses.field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    page: bool = False
    encoding: str = ""
    aside: Mapping[str, str] = dataclasses.field(default_factory=dict)


def content(path: pathlib.Path, largest: int = LARGEST) -> bytes:
    """The file's bytes. Raises Unreadable if it is no file, empty or too large for one article, before reading it."""
    if not path.is_file() and path.exists():
        raise Unreadable("not a file", "it is a folder, a pipe or a device", "put the article's own file in its place")
    size = path.stat().st_size
    if size > largest:
        raise Unreadable("too long", f"{size:,} bytes are more than one article; left out",
                         "split the file into one file for each article")
    data = path.read_bytes()
    if not data:
        raise Unreadable("empty file", "the file has no bytes", "put the article's text into the file")
    return data
