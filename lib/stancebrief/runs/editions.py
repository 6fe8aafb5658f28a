"""One edition of a brief: its name, what it was made from, its evidence as one archive. No times: same in, same out."""

from __future__ import annotations

import hashlib
import io
import json
import pathlib
import zipfile

import pandas as pd

from stancebrief import parses, study, tables
from stancebrief.runs import manifest

EVIDENCE = "evidence.zip"
STAMP = (1980, 1, 1, 0, 0, 0)    # the earliest a zip can hold: an archive of the same things is the same bytes


def name(ours: study.Study, frames: dict[str, pd.DataFrame]) -> str:
    """Ten letters that stand for what the brief says: the settings, the files it was made from and the tables."""
    digest = hashlib.sha256(json.dumps(_settings(ours), sort_keys=True).encode())
    for table in sorted(frames):
        digest.update(table.encode() + _csv(frames[table]))
    for path, value in sorted(manifest.inputs(ours).items()):
        digest.update(f"{path} {value}\n".encode())
    return digest.hexdigest()[:10]


def shown(ours: study.Study, edition: str) -> str:
    """What this edition was made from and with, as text for the page. The archive holds the run's full manifest."""
    path = ours.report / "manifest.json"  # the run has looked at packages and model already
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {
        "packages": manifest.packages(), "model": parses.identity()}
    found = {"edition": edition, "study": ours.name, "parameters": _settings(ours), "inputs": manifest.inputs(ours),
             "packages": known["packages"], "model": known["model"]}
    return json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False)


def write(ours: study.Study, frames: dict[str, pd.DataFrame], edition: str) -> pathlib.Path:
    """The archive of the evidence beside the brief: tables as CSV, codebook, gold, sources, manifest."""
    members = {f"tables/{table}.csv": _csv(_without_texts(frame) if table == "articles" else frame)
               for table, frame in frames.items()}
    own = [ours.folder / name for name in ("study.yaml", "codebook.yaml", "gold.csv")]
    for path in (*own, study.DATA / "README.md", study.DATA / "SOURCES.csv", ours.report / "manifest.json"):
        if path.is_file():
            members[path.name if path.parent != study.DATA else f"data-{path.name}"] = path.read_bytes()
    members["edition.json"] = (shown(ours, edition) + "\n").encode("utf-8", "backslashreplace")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in sorted(members):
            archive.writestr(zipfile.ZipInfo(member, STAMP), members[member], zipfile.ZIP_DEFLATED, 9)
    return tables.write_bytes(out.getvalue(), ours.report / EVIDENCE)


def _without_texts(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles without their full texts, which belong to their publishers; the hash says which text was read."""
    return articles.drop(columns="text")


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8", "backslashreplace")


def _settings(ours: study.Study) -> dict[str, object]:
    return {field: getattr(ours, field) for field in study.SETTINGS if field != "workspace"}
