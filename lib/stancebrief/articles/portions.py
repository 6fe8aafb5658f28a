"""What is read at once: one file, or some articles of a file that holds many; each with a hash of all it depends on."""

from __future__ import annotations

import array
import hashlib
import itertools
import json
import os
import pathlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from stancebrief.articles import files, formats, furniture, known, metadata
from stancebrief.engine import store

TOGETHER = 50         # articles of a table or archive that travel together, if they are
HEAVY = 4_000_000     # bytes less than this
READ_BY = ("bulk", "days", "decoding", "documents", "doubts", "files", "formats", "furniture", "known", "mails",
           "metadata", "pages", "published", "entries", "portions")
WHOLE = -1

Item = tuple[str, str, dict[str, str], dict[str, str], list[files.Source] | None]


class Portions(Sequence):
    """The portions of some files in order. `keys`: for each its hash, empty for a file that cannot be opened.

    An item is (path, name, what articles.csv says, columns, sources), with sources where it is a part of a file. Of the
    texts none is in memory: a file that holds many is read again up to the portion that is asked for.
    """

    def __init__(self, names: Sequence[str], path: Callable[[str], pathlib.Path], known: known.Known,
                 columns: Mapping[str, str]) -> None:
        self.names, self.path, self.known, self.columns = names, path, known, dict(columns)
        self.files, self.pieces, self.keys = array.array("i"), array.array("i"), store.Keys()
        here = pathlib.Path(__file__).parent
        self.rules = store.version(*(here / f"{name}.py" for name in READ_BY), furniture.RULES)
        self.open: tuple[int, int, Iterator[list[files.Source]]] = (-1, 0, iter(()))
        for number, name in enumerate(names):
            for piece, key in self._portions(name):
                self.files.append(number)
                self.pieces.append(piece)
                self.keys.append(key)

    def __len__(self) -> int:
        return len(self.files)

    def name(self, place: int) -> str:
        """The name of the file that the portion is of."""
        return self.names[self.files[place]]

    def begins(self, place: int) -> bool:
        """Whether the portion is its file's first."""
        return not place or self.files[place] != self.files[place - 1]

    def __getitem__(self, place: int) -> Item:
        number, piece = self.files[place], self.pieces[place]
        name = self.names[number]
        return (str(self.path(name)), name, self.known.get(name), self.columns,
                None if piece == WHOLE else self._piece(number, piece))

    def _portions(self, name: str) -> Iterator[tuple[int, str]]:
        """Each portion of the file, and its key."""
        said = self.known.get(name)
        key = [self.rules, name, json.dumps([said, self.columns], sort_keys=True)]
        path = self.path(name)
        if not many(name):
            try:
                yield WHOLE, store.key(*key, *(_digest(part) for part in (path, said.get("translation")) if part))
            except OSError:
                yield WHOLE, ""
            return
        for piece, sources in enumerate(pieces(path, self.columns)):
            digest = hashlib.sha256()
            for source in sources:
                said_of_it = repr((source.part, source.metadata, source.notes, source.text, source.encoding))
                digest.update(said_of_it.encode("utf-8", "replace") + source.data)
            yield piece, store.key(*key, digest.hexdigest())

    def _piece(self, number: int, piece: int) -> list[files.Source]:
        """The sources of that portion; empty if the file has become shorter meanwhile."""
        at, following, rest = self.open
        if at != number or following > piece:
            following, rest = 0, pieces(self.path(self.names[number]), self.columns)
        found = next(itertools.islice(rest, piece - following, None), [])
        self.open = number, piece + 1, rest
        return found


def many(name: str) -> bool:
    """Whether a file of that name holds many articles."""
    return name.lower().endswith(formats.MANY)


def pieces(path: pathlib.Path, columns: Mapping[str, str]) -> Iterator[list[files.Source]]:
    """The articles of the file, some at a time; what stops its reader is a note at the end."""
    some: list[files.Source] = []
    weight = 0
    try:
        for source in formats.read(path, columns):
            some.append(source)
            weight += len(source.data)
            if len(some) >= TOGETHER or weight >= HEAVY:
                yield some
                some, weight = [], 0
    except files.Unreadable as error:
        some.append(_stopped(error.problem, str(error), error.remedy))
    except OSError as error:
        some.append(_stopped(*metadata.unopened(error)))
    except Exception as error:  # a reader's own failure on a file it was not made for must not stop the others
        some.append(_stopped(*metadata.defeated(error)))
    if some:
        yield some


def _stopped(problem: str, reason: str, remedy: str) -> files.Source:
    return files.Source("", b"", notes=((problem, reason, remedy),))


def _digest(path: pathlib.Path | str) -> str:
    if not os.path.isfile(path):
        raise OSError(f"{path} is no file")  # to open a pipe would wait for somebody to write into it
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
