"""Two editions beside each other: what they were made from, and who stands where in each by country and target.

An edition is read from what was written of it (`evidence.zip`, or the smaller archive that a report keeps of it), so
that two editions can be compared wherever they are, without their study.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import pathlib
import re
import zipfile

from stancebrief import study
from stancebrief.runs import editions

COUNTS = ("support", "neutral", "oppose")
REFERENCE = re.compile(r"[0-9a-f]{4,10}")  # a name, or as much of it as is needed
TAKEN = ("data/{study}/codebook.yaml", "data/{study}/study.yaml", "data/{study}/articles.csv")  # said in other words


class EditionError(ValueError):
    """There is no such edition, or what is there is none; says which and what would do."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """What one edition says of one country on one target; `named` is the side that a finding may name, or empty."""

    support: int
    neutral: int
    oppose: int
    named: str

    @property
    def n(self) -> int:
        return self.support + self.neutral + self.oppose


SILENT = Cell(0, 0, 0, "")


@dataclasses.dataclass(frozen=True)
class Edition:
    """One edition as far as it can be compared. `articles`: {file: (sha256, outlet, day)}; `code`: version, checksum.

    `positions`: {(statement, country, target): stance}.
    """

    name: str
    study: str
    parameters: dict[str, object]
    inputs: dict[str, str]
    version: str
    code: str
    packages: dict[str, str]
    model: str
    codebook: str
    articles: dict[str, tuple[str, str, str]]
    cells: dict[tuple[str, str], Cell]
    positions: dict[tuple[str, str, str], str]


@dataclasses.dataclass(frozen=True)
class Change:
    """One country on one target in two editions; None where an edition does not show the pair."""

    country: str
    target: str
    old: Cell | None
    new: Cell | None

    @property
    def side(self) -> bool:
        """Whether the side that may be named is another one."""
        return (self.old or SILENT).named != (self.new or SILENT).named


@dataclasses.dataclass(frozen=True)
class Difference:
    """What differs between an older and a newer edition. Lists are in order and empty where nothing differs."""

    old: Edition
    new: Edition
    added: list[str]                                 # articles, by file
    removed: list[str]
    retexted: list[str]                              # same file, other bytes
    redescribed: list[str]                           # same bytes, another outlet or day
    codebook: bool
    settings: list[tuple[str, object, object]]       # (name, old, new)
    files: list[str]                                 # other files that the study reads
    code: bool
    packages: list[str]
    model: bool
    cells: list[Change]                              # those with another side first
    relabelled: int                                  # positions of statements that both have, with another stance

    @property
    def articles(self) -> bool:
        """Whether the articles are not the same in every respect."""
        return bool(self.added or self.removed or self.retexted or self.redescribed)

    @property
    def causes(self) -> int:
        """How many kinds of things that go in differ."""
        return sum(map(bool, (self.articles, self.codebook, self.settings, self.files,
                              self.code, self.packages or self.model)))

    def __bool__(self) -> bool:
        return bool(self.causes or self.cells or self.relabelled)


def find(reference: str) -> pathlib.Path:
    """The archive of an edition: an archive, a folder of a report, or the beginning of an edition's name.

    Raises EditionError where there is none, or more than one edition begins so.
    """
    path = pathlib.Path(reference)
    if path.is_dir():
        if not (path / editions.EVIDENCE).is_file():
            raise EditionError(f"{reference} holds no {editions.EVIDENCE}: it is no report; `make report` makes one")
        return path / editions.EVIDENCE
    if path.is_file():
        return path
    kept = sorted(study.REPORTS.glob(f"*/{editions.KEPT}/*.zip"))
    found = {one.stem: one for one in kept if REFERENCE.fullmatch(reference) and one.stem.startswith(reference)}
    if len(found) == 1:
        return next(iter(found.values()))
    known = ", ".join(sorted(found) or sorted({one.stem for one in kept})) or "none: run `make report` first"
    what = "more than one edition begins with" if found else "there is no file, no report and no edition"
    raise EditionError(f"{what} {reference!r}; editions kept: {known}")


def read(path: pathlib.Path) -> Edition:
    """The edition in that archive. Raises EditionError if it is none, or was written before editions were kept."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            made = json.loads(archive.read("edition.json"))
            run = json.loads(archive.read("manifest.json")) if "manifest.json" in names else {}
            rows = {table: _rows(archive.read(table)) for table in ("tables/articles.csv", editions.CELLS,
                                                                   editions.POSITIONS)}
            inputs = dict(made["inputs"])
            return Edition(
                str(made["edition"]), str(made["study"]), dict(made["parameters"]), inputs,
                str(made.get("version", "")), str(run.get("code", {}).get("sha256", "")), dict(made["packages"]),
                json.dumps(made["model"], sort_keys=True), inputs.get(f"data/{made['study']}/codebook.yaml", ""),
                {row["article"]: (row["sha256"], row["outlet"], row["published"])
                 for row in rows["tables/articles.csv"]},
                {(row["country"], row["target"]): Cell(*(int(row[side]) for side in COUNTS), row["named"])
                 for row in rows[editions.CELLS]},
                {(row["statement"], row["country"], row["target"]): row["stance"]
                 for row in rows[editions.POSITIONS]})
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise EditionError(f"{path} is not the archive of an edition that can be compared ({error}); "
                           "`make report` writes one") from error


def _rows(content: bytes) -> list[dict[str, str]]:
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 24))
    return list(csv.DictReader(io.StringIO(content.decode("utf-8", "replace"))))


def compare(old: Edition, new: Edition) -> Difference:
    """What differs from the older edition to the newer."""
    both = [name for name in old.articles if name in new.articles]
    taken = {place.format(study=one.study) for place in TAKEN for one in (old, new)}

    def other(one: Edition) -> dict[str, str]:
        return {path: value for path, value in one.inputs.items()
                if path not in taken and not path.startswith(f"data/{one.study}/articles/")}
    mine, theirs = other(old), other(new)
    # A setting that one of the two programs did not have yet is no change of the study.
    settings = sorted((old.parameters.keys() & new.parameters.keys()) - {"title", "question"})
    changed = [Change(*pair, old.cells.get(pair), new.cells.get(pair)) for pair in dict.fromkeys((*new.cells,
                                                                                                *old.cells))]
    changed = [change for change in changed if (change.old or SILENT) != (change.new or SILENT)]
    shared = old.positions.keys() & new.positions.keys()
    return Difference(
        old, new,
        added=[name for name in new.articles if name not in old.articles],
        removed=[name for name in old.articles if name not in new.articles],
        retexted=[name for name in both if old.articles[name][0] != new.articles[name][0]],
        redescribed=[name for name in both if old.articles[name][0] == new.articles[name][0]
                     and old.articles[name] != new.articles[name]],
        codebook=old.codebook != new.codebook,
        settings=[(name, old.parameters[name], new.parameters[name]) for name in settings
                  if old.parameters[name] != new.parameters[name]],
        files=sorted(path for path in mine.keys() | theirs.keys() if mine.get(path) != theirs.get(path)),
        code=old.version != new.version or bool(old.code and new.code and old.code != new.code),
        packages=sorted(name for name in old.packages.keys() | new.packages.keys()
                        if old.packages.get(name) != new.packages.get(name)),
        model=old.model != new.model,
        cells=sorted(changed, key=lambda change: not change.side),
        relabelled=sum(old.positions[key] != new.positions[key] for key in shared))


def told(difference: Difference) -> list[str]:
    """The difference in lines for a terminal: what went in, then each country and target."""
    old, new = difference.old, difference.new
    lines = [f"edition {old.name} ({old.study}) -> {new.name} ({new.study})"]
    for what, names, one in (("added:", difference.added, new), ("removed:", difference.removed, old),
                             ("other text in", difference.retexted, new),
                             ("other outlet or day for", difference.redescribed, new)):
        lines += [f"article {what} {name}  {', '.join(filter(None, one.articles[name][1:]))}".rstrip()
                  for name in names]
    if difference.codebook:
        lines.append("codebook changed")
    lines += [f"setting {name}: {_value(before)} -> {_value(after)}" for name, before, after in difference.settings]
    lines += [f"file changed: {path}" for path in difference.files]
    if difference.code:
        same = old.version == new.version
        lines.append(f"program changed: {old.version or '?'}, other files" if same else
                     f"program changed: {old.version or '?'} -> {new.version or '?'}")
    lines += [f"package {name}: {old.packages.get(name, '-')} -> {new.packages.get(name, '-')}"
              for name in difference.packages]
    if difference.model:
        lines.append("language model changed")
    lines += [f"{'!' if change.side else ' '} {change.country} on {change.target}: "
              f"{_cell(change.old)} -> {_cell(change.new)}" for change in difference.cells]
    if difference.relabelled:
        lines.append(f"positions of the same statements with another stance: {difference.relabelled}")
    if not difference.cells:
        lines.append("who stands where: no difference")
    return [_printable(line) for line in lines]


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "not shown"
    if not cell.n:
        return "no statement"
    named = {"support": "for", "oppose": "against", "divided": "both sides"}.get(cell.named, "no side named")
    return f"{named} ({cell.oppose} against, {cell.neutral} neutral, {cell.support} for)"


def _value(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _printable(line: str) -> str:
    """The line without what would move a terminal's cursor or hide letters."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in line)
