"""One edition of a brief: its name, what it was made from, its evidence as one archive, and the editions before it.

No times: the same things give the same name and the same bytes. What is kept of an edition, so that the next can say
what changed, is a smaller archive of the same layout: either can be compared with `differences.read`.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import pathlib
import re
import shutil
import zipfile
from collections.abc import Mapping

import pandas as pd

from stancebrief import __version__, parses, study, tables
from stancebrief.runs import manifest

EVIDENCE = "evidence.zip"
KEPT = "editions"                # folder of a report: what is kept of each edition, and in which order they came
LOG = "log.json"
CELLS = "tables/cells.csv"       # counts by country and target, as the brief shows them
POSITIONS = "tables/positions.csv"
SMALL = ("edition.json", "manifest.json", "codebook.yaml", CELLS, "tables/articles.csv", POSITIONS)
NAME = re.compile(r"[0-9a-f]{10}")
# What an edition is named by. The timeline and the problems that it brings follow from the files, and are not there
# yet when a country's page is made.
NAMED = ("agreement", "articles", "positions", "sentiment", "statements", "utterances")
STAMP = (1980, 1, 1, 0, 0, 0)    # the earliest a zip can hold: an archive of the same things is the same bytes
CONTENTS = {"edition.json": "settings, files with their checksums, packages and model behind this edition",
            "manifest.json": "the run's manifest: also the checksum of the program's own files",
            "study.yaml": "the study's settings", "codebook.yaml": "the targets and phrases", "gold.csv": "hand coding",
            "data-README.md": "what each table's columns mean", "data-SOURCES.csv": "where each file comes from",
            "tables/variants.csv": "each side that can be named, in every variation of what it rests on",
            CELLS: "utterances for and against by country and target, as the brief counts them; `named` is the side "
                   "that a finding may name"}


def name(ours: study.Study, frames: dict[str, pd.DataFrame]) -> str:
    """Ten letters that stand for what the brief says: the settings, the files it was made from and the coded tables."""
    digest = hashlib.sha256(json.dumps(_settings(ours), sort_keys=True).encode())
    for table in NAMED:
        if table in frames:
            digest.update(table.encode() + _csv(frames[table]))
    for path, value in sorted(manifest.inputs(ours).items()):
        digest.update(f"{path} {value}\n".encode())
    return digest.hexdigest()[:10]


def shown(ours: study.Study, edition: str, most: int = 0) -> str:
    """What this edition was made from and with, as text for the page. The archive holds the run's full manifest.

    Of more than `most` files (0: however many) the articles are counted, not named.
    """
    path = ours.report / "manifest.json"  # the run has looked at packages and model already
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {
        "packages": manifest.packages(), "model": parses.identity()}
    inputs = manifest.inputs(ours)
    articles = [path for path in inputs if path.startswith(f"data/{ours.name}/articles/")]
    if most and len(inputs) > most and len(articles) > 1:
        told = f"{len(articles)} files, each with its checksum in edition.json of {EVIDENCE}"
        inputs = {path: inputs[path] for path in inputs.keys() - set(articles)} | {
            f"data/{ours.name}/articles/": told}
    found = {"edition": edition, "study": ours.name, "parameters": _settings(ours), "inputs": inputs,
             "version": __version__, "packages": known["packages"], "model": known["model"]}
    return json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False)


def write(ours: study.Study, frames: dict[str, pd.DataFrame], edition: str,
          rest: Mapping[str, pd.DataFrame] | None = None) -> pathlib.Path:
    """The archive of the evidence beside the brief: tables as CSV, codebook, hand coding, sources, manifest.

    `rest`: by their place in the archive, whole tables of which the brief has room for the first rows only.
    """
    members = {f"tables/{table}.csv": _csv(_without_texts(frame) if table == "articles" else frame)
               for table, frame in frames.items()} | {place: _csv(frame) for place, frame in (rest or {}).items()}
    own = [ours.folder / name for name in ("study.yaml", "codebook.yaml", "gold.csv")]
    for path in (*own, study.DATA / "README.md", study.DATA / "SOURCES.csv", ours.report / "manifest.json"):
        if path.is_file() and (path.name != "manifest.json" or _is_of(path, ours)):
            members[path.name if path.parent != study.DATA else f"data-{path.name}"] = path.read_bytes()
    for path in sorted((*(ours.folder / "reviews").glob("*.csv"), *(ours.folder / "coders").glob("*.csv"))):
        members[f"{path.parent.name}/{path.name}"] = path.read_bytes()
    members["edition.json"] = (shown(ours, edition) + "\n").encode("utf-8", "backslashreplace")
    members["contents.csv"] = _contents(members)
    return tables.write_bytes(_archive(members), ours.report / EVIDENCE)


# --- the editions before it ----------------------------------------------------------------------------------------


def carry(report: pathlib.Path, work: pathlib.Path) -> None:
    """Bring what is kept of earlier editions from the report to the folder in which the next one is made."""
    if (report / KEPT).is_dir():
        shutil.copytree(report / KEPT, work / KEPT, dirs_exist_ok=True)


def keep(report: pathlib.Path) -> str:
    """Keep what the next edition is compared with, from the evidence in this folder; gives the edition's name or ""."""
    if not (report / EVIDENCE).is_file():
        return ""
    with zipfile.ZipFile(report / EVIDENCE) as archive:
        members = {name: archive.read(name) for name in SMALL if name in archive.namelist()}
    edition = str(json.loads(members["edition.json"])["edition"])
    names = log(report)
    tables.write_bytes(_archive(members), report / KEPT / f"{edition}.zip")
    if names[-1:] != [edition]:
        tables.write_bytes((json.dumps([*names, edition], indent=0) + "\n").encode(), report / KEPT / LOG)
    return edition


def log(report: pathlib.Path) -> list[str]:
    """The names of the editions that are kept in this folder, in the order they were made; one may come back."""
    there = sorted(path.stem for path in (report / KEPT).glob("*.zip") if NAME.fullmatch(path.stem))
    names: list[str] = []
    with contextlib.suppress(OSError, ValueError, TypeError):
        names = [name for name in json.loads((report / KEPT / LOG).read_text(encoding="utf-8")) if name in there]
    return [*(name for name in there if name not in names), *names]  # what the log does not know came before it


def previous(report: pathlib.Path, edition: str) -> pathlib.Path | None:
    """What is kept of the last edition that is not this one; None where there is none."""
    names = [name for name in log(report) if name != edition]
    return report / KEPT / f"{names[-1]}.zip" if names else None


# --- its pieces ----------------------------------------------------------------------------------------------------


def _archive(members: dict[str, bytes]) -> bytes:
    """A zip of these, the same bytes whenever and wherever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in sorted(members):
            info = zipfile.ZipInfo(member, STAMP)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, members[member], zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def _contents(members: dict[str, bytes]) -> bytes:
    """What is in the archive: file, sha256, what it holds."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("file", "sha256", "holds"))
    for member in sorted(members):
        table = member.removeprefix("tables/").removesuffix(".csv")
        holds = CONTENTS.get(member) or (f"each row: {tables.TABLES[table].row}" if table in tables.TABLES else "")
        holds = "all rows of a chart's table" if member.startswith("figures/") else holds
        writer.writerow((member, hashlib.sha256(members[member]).hexdigest(), holds))
    return out.getvalue().encode()


def _without_texts(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles without their full texts, which belong to their publishers; the hash says which text was read."""
    return articles.drop(columns="text")


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8", "backslashreplace")


def _is_of(path: pathlib.Path, ours: study.Study) -> bool:
    """Whether a manifest is of these inputs: a notebook run by hand finds that of the last report."""
    return json.loads(path.read_text(encoding="utf-8")).get("inputs") == manifest.inputs(ours)


def _settings(ours: study.Study) -> dict[str, object]:
    where = {"workspace", *study.MACHINE}  # where and how it is made, not what
    return {field: getattr(ours, field) for field in study.SETTINGS if field not in where}
