"""What one run leaves for the next: there if all of it was done, made anew where it is damaged or old."""

import sqlite3

import pytest
from disks import full

from stancebrief.engine import indexes, store


def count(base):
    base.execute("CREATE TABLE IF NOT EXISTS met (what)")
    base.execute("INSERT INTO met VALUES (randomblob(1000))")
    return base.execute("SELECT count(*) FROM met").fetchone()[0]


@pytest.fixture
def kept(tmp_path):
    with store.Store(tmp_path / "results.sqlite") as found:
        yield found


def run(kept, version="1"):
    with indexes.lasting(kept, "stories", version) as base:
        return count(base)


def test_what_was_done_is_there_in_the_next_run_of_the_same_version(kept):
    assert [run(kept), run(kept), run(kept, "2"), run(kept, "2")] == [1, 2, 1, 2]
    assert [run(None), run(None)] == [1, 1]


def test_what_was_not_done_to_the_end_is_as_if_it_had_never_been(kept):
    run(kept)
    with pytest.raises(ZeroDivisionError), indexes.lasting(kept, "stories", "1") as base:
        count(base)
        raise ZeroDivisionError
    kept.still = lambda: False
    assert [run(kept), run(kept)] == [2, 2]  # rules changed meanwhile: nothing is kept any more


def test_a_run_beside_another_does_without(kept, monkeypatch):
    monkeypatch.setattr(indexes, "WAIT", 0.01)
    run(kept)
    with indexes.lasting(kept, "stories", "1") as base:
        assert count(base) == 2 and run(kept) == 1
    assert run(kept) == 3


def test_one_that_is_damaged_is_made_anew(kept):
    for _ in range(20):
        run(kept)
    path = kept.path.with_name("stories.sqlite")
    whole = path.read_bytes()
    path.write_bytes(b"no database" * 1000)
    assert run(kept) == 1
    path.write_bytes(whole[:8192] + b"\1" * (len(whole) - 8192))
    with pytest.raises(store.StoreError, match="run it again"):
        run(kept)
    assert run(kept) == 1


def test_a_full_disk_is_said_and_what_was_kept_before_is_there(kept):
    run(kept)
    with pytest.raises(store.StoreError, match="free some space"), full(100_000), \
            indexes.lasting(kept, "stories", "1") as base:
        for _ in range(20_000):
            count(base)
    assert run(kept) == 2


def test_a_folder_that_may_not_be_written_is_done_without(kept, monkeypatch):
    def refuse(*_, **__):
        raise sqlite3.OperationalError("unable to open database file")
    monkeypatch.setattr(indexes.sqlite3, "connect", refuse)
    assert indexes._opened(kept.path.with_name("stories.sqlite"), "1") is None
