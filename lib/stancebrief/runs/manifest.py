"""What a run used: parameters, files, code, packages and model, each with its version or hash. No time, no machine."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.metadata
import json
import os
import pathlib
import platform
from collections.abc import Mapping

import yaml

from stancebrief import __version__, parses, study


def of(ours: study.Study, given: Mapping[str, object]) -> dict[str, object]:
    """The manifest of a run of this study; `given` are the parameters that came from outside study.yaml.

    Keys: study, parameters (all settings as they are in force), given, inputs (path -> sha256), codebook, code,
    python, packages (name -> version) and model.
    """
    settings = dataclasses.asdict(ours)
    for name in ("workspace", *study.MACHINE):  # where and how, not what
        settings.pop(name)
    codebook = ours.folder / "codebook.yaml"
    return {
        "study": ours.name,
        "parameters": settings,
        "given": {key: value for key, value in sorted(given.items()) if key not in study.MACHINE},
        "inputs": inputs(ours),
        "codebook": {"sha256": _hash_of(codebook)} if codebook.is_file() else {},
        "code": {"version": __version__, "sha256": _hash_of_all(code())},
        "python": platform.python_version(),
        "packages": packages(),
        "model": parses.identity(),
    }


def text(manifest: Mapping[str, object]) -> bytes:
    """The manifest as the bytes of manifest.json: sorted, so that equal manifests are equal files."""
    return (json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def inputs(ours: study.Study) -> dict[str, str]:
    """sha256 of each file that a run may read: the study's folder, context and reference; by its place in data/.

    A file that cannot be opened has none; the step that wants it says so.
    """
    found = {}
    for name, path in _inputs(ours).items():
        try:
            found[f"data/{name}"] = _hash_of(path)
        except OSError:
            found[f"data/{name}"] = ""
    return found


def snapshot(ours: study.Study) -> dict[str, tuple[int, int]]:
    """Size and time of each of those files: what tells, cheaply, whether one changed while a run worked."""
    return {name: _stamp(path) for name, path in _inputs(ours).items()}


def _stamp(path: pathlib.Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:  # it has vanished meanwhile
        return -1, -1
    return found.st_size, found.st_mtime_ns


def _inputs(ours: study.Study) -> dict[str, pathlib.Path]:
    folders = [ours.folder, *(study.DATA / name for name in ("context", "reference", "language"))]
    return {f"{folder.name}/{name}": path for folder in folders for name, path in _files(folder).items()}


def code() -> dict[str, pathlib.Path]:
    """The files of the library and the notebooks."""
    folders = [study.ROOT / "lib" / "stancebrief", study.ROOT / "notebooks", study.ROOT / "reports" / "template"]
    return {f"{folder.name}/{name}": path for folder in folders for name, path in _files(folder).items()
            if not {"__pycache__", "scratch"} & set(name.split("/"))}


def _files(folder: pathlib.Path) -> dict[str, pathlib.Path]:
    """The files in the folder by their place in it, without those that an editor or the system hides there."""
    found = {os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "backslashreplace"): path
             for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path for name, path in found.items() if not any(part.startswith(".") for part in name.split("/"))}


def packages() -> dict[str, str]:
    """Version of each package that environment.yml names and that is installed."""
    declaration = study.ROOT / "environment.yml"
    if not declaration.is_file():
        return {}
    lines = yaml.safe_load(declaration.read_text(encoding="utf-8"))["dependencies"]
    names = [part for line in lines for part in (line["pip"] if isinstance(line, dict) else [line])]
    found = {}
    for name in sorted(line.split()[0].split(">")[0].split("=")[0] for line in names):
        for known_as in (name, name.removesuffix("-core").removesuffix("-python")):
            try:
                found[known_as] = importlib.metadata.version(known_as)
                break
            except importlib.metadata.PackageNotFoundError:
                continue
    return found


def _hash_of(path: pathlib.Path) -> str:
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _hash_of_all(paths: Mapping[str, pathlib.Path]) -> str:
    """One hash of these files: their names and what they hold."""
    return hashlib.sha256("\n".join(f"{name} {_hash_of(path)}" for name, path in paths.items()).encode()).hexdigest()
