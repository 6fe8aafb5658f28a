"""Data files: a publisher, a licence and a checksum for each; a dictionary that is what the code checks."""

import csv
import importlib.util
import pathlib
import re
import subprocess
import sys

import pytest

from stancebrief import study

ROOT = pathlib.Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def sources():
    spec = importlib.util.spec_from_file_location("sources", ROOT / "tools" / "sources.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_data_file_has_its_row_and_its_checksum(sources):
    _, said = sources.compare(study.DATA)
    assert not said, "; ".join(said) + " (run `python tools/sources.py`)"


def test_a_change_a_new_file_and_a_lost_one_are_noticed(sources, tmp_path):
    (tmp_path / "context").mkdir()
    (tmp_path / "context" / "new.csv").write_text("a\n1\n")
    (tmp_path / "context" / "old.csv").write_text("a\n1\n")
    (tmp_path / "SOURCES.csv").write_text(
        "file,sha256,publisher,from,when,licence,limits\ncontext/old.csv,0,p,f,2022,l,\ncontext/gone.csv,0,p,f,2022,l,x\n")
    rows, said = sources.compare(tmp_path)
    assert said == ["context/new.csv has no row", "context/gone.csv is named, but there is no such file",
                    "context/old.csv has changed", "context/old.csv: limits is empty"]
    assert len(rows) == 1 and len(rows[0]["sha256"]) == 64


def test_the_dictionary_is_what_the_code_checks():
    run = subprocess.run([sys.executable, "-m", "stancebrief", "dictionary", "--check"], capture_output=True, text=True,
                         cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("path", sorted((study.DATA / "context").glob("*.csv")), ids=lambda path: path.stem)
def test_context_tables_are_whole(path):
    with open(path, encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    assert len({len(row) for row in rows}) == 1 and len(rows) > 1
    assert len(set(map(tuple, rows))) == len(rows), "a row stands there twice"
    for row in rows[1:]:
        record = dict(zip(rows[0], row, strict=True))
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", record.get("date", "2000-01-01"))
        assert record.get("source", "named").strip(), f"no source: {row}"
