"""What articles.csv says is the same however long it is, and does not lie in memory."""

import tracemalloc

import pytest

from stancebrief.articles import known, metadata
from stancebrief.engine import scratch

FILES = sorted(f"{n:05d}.txt" for n in range(40))


def told(path, files):
    with scratch.database() as base:
        found = known.Known(base, files)
        metadata.read(path, found)
        return ({name: found.get(name) for name in files}, found.whole,
                {name: list(found.about(name)) for name in files})


@pytest.fixture
def table(tmp_path):
    rows = [f"{name},Outlet é {n % 3},2020-01-{1 + n % 28:02d}" for n, name in enumerate(FILES[:-3])]
    rows[5] = rows[4]
    rows[7] = rows[7].replace("2020-01", "2020-13")
    path = tmp_path / "articles.csv"
    path.write_text("\n".join(["file,outlet,published", *rows, "missing.txt,X,"]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_long_table_says_what_a_short_one_says(table, monkeypatch, encoding):
    table.write_bytes(table.read_text(encoding="utf-8").encode(encoding))
    short = told(table, FILES)
    monkeypatch.setattr(metadata, "SHORT", 50)
    assert told(table, FILES) == short
    values, whole, about = short
    assert values["00001.txt"]["outlet"] == "Outlet é 1" and values["00005.txt"] == {}
    assert [p["problem"] for p in whole] == ["file not there"]
    assert {name: [p["problem"] for p in found] for name, found in about.items() if found} == {
        "00004.txt": ["metadata given twice"], "00005.txt": [metadata.LACKING], "00007.txt": ["value not used"],
        **{name: [metadata.LACKING] for name in FILES[-3:]}}


def test_of_a_table_that_is_damaged_near_its_end_nothing_is_used(table, monkeypatch):
    monkeypatch.setattr(metadata, "SHORT", 50)
    with open(table, "a", encoding="utf-8") as handle:
        handle.write('00039.txt,"never closed')
    values, whole, about = told(table, FILES)
    assert not any(values.values()) and not any(about.values())
    assert [p["problem"] for p in whole] == ["articles.csv not readable"]


def test_what_is_known_does_not_grow_in_memory_with_the_files(tmp_path, monkeypatch):
    files = [f"{n:06d}.txt" for n in range(6_000)]
    (tmp_path / "articles.csv").write_text("file,outlet,published\n" + "".join(
        f"{name},Outlet {n % 7},someday\n" for n, name in enumerate(files[::2])), encoding="utf-8")
    monkeypatch.setattr(metadata, "SHORT", 10_000)
    with scratch.database() as base:
        found = known.Known(base, files)
        tracemalloc.start()
        metadata.read(tmp_path / "articles.csv", found)
        odd = sum(1 for name in files for _ in found.about(name))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert odd == len(files)  # a date that is none, or no row
    assert most < 400_000, "held in memory it would take some hundred bytes a file"
