"""Tables keep their promises: columns, types, allowed values, keys, and whole files."""

import disks
import pandas as pd
import pytest

from stancebrief import tables


def problems(**changes):
    row = {"article": "a.txt", "step": "articles", "problem": "empty file", "reason": "no bytes", "remedy": "fill it"}
    return pd.DataFrame([row | changes])


def test_columns_come_in_the_promised_order_whatever_order_they_arrive_in():
    shuffled = problems()[["remedy", "reason", "article", "problem", "step"]]
    assert list(tables.check(shuffled, "problems").columns) == tables.TABLES["problems"].names


@pytest.mark.parametrize("frame, word", [
    (problems().drop(columns="reason"), "reason"),
    (problems(colour="red"), "colour"),
    (problems(reason=None), "row 0"),
])
def test_a_broken_frame_is_refused_by_name(frame, word):
    with pytest.raises(tables.TableError, match=word):
        tables.check(frame, "problems")


def test_a_value_that_is_not_allowed_is_named_with_its_row():
    frame = tables.empty("timeline")
    frame.loc[0] = ["2022-05-26", "day", "council", "veto", "x", 13.0, "", "s"]
    frame.loc[1] = ["2022-05-26", "day", "senate", "veto", "x", 13.0, "", "s"]
    with pytest.raises(tables.TableError, match="row 1: 'senate'"):
        tables.check(frame, "timeline")


def test_a_key_that_stands_there_twice_is_refused():
    frame = tables.empty("utterances")
    frame.loc[0] = ["u", "s", 1.0, "first", "[]"]
    frame.loc[1] = ["v", "s", 0.5, "edited", "[]"]
    with pytest.raises(tables.TableError, match="twice"):
        tables.check(frame, "utterances")


def test_what_is_written_is_read_back_the_same(tmp_path):
    frame = pd.concat([problems(), problems(article="ü “quoted”\u200b", reason="NA")], ignore_index=True)
    tables.write(frame, "problems", tmp_path)
    pd.testing.assert_frame_equal(tables.read("problems", tmp_path), tables.check(frame, "problems"))


def test_every_table_can_be_empty_and_survives_the_disk(tmp_path):
    for name in tables.TABLES:
        tables.write(tables.empty(name), name, tmp_path)
        assert tables.read(name, tmp_path).empty


def test_a_write_that_fails_leaves_the_old_file_and_no_rubbish(tmp_path, monkeypatch):
    path = tables.write_bytes(b"good", tmp_path / "brief.html")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError):
        tables.write_bytes(b"bad", path)
    assert path.read_bytes() == b"good" and list(tmp_path.iterdir()) == [path]


def test_a_table_that_was_not_made_yet_says_what_to_run(tmp_path):
    with pytest.raises(FileNotFoundError, match="make report"):
        tables.read("statements", tmp_path)


def test_problems_of_a_step_take_the_place_of_its_last_ones_and_of_no_others(tmp_path):
    tables.add_problems(problems(step="articles"), "articles", tmp_path)
    tables.add_problems(problems(step="statements", reason="old"), "statements", tmp_path)
    found = tables.add_problems(problems(step="statements", reason="new"), "statements", tmp_path)
    assert list(found["step"]) == ["articles", "statements"] and "old" not in set(found["reason"])
    with pytest.raises(tables.TableError, match="step 'articles'"):
        tables.add_problems(problems(step="articles"), "statements", tmp_path)


def test_a_full_disk_leaves_the_old_file_and_no_half_of_a_new_one_and_names_it(tmp_path):
    path = tables.write_bytes(b"old", tmp_path / "a.parquet")
    with disks.full(10_000), pytest.raises(OSError, match=r"a\.parquet"):
        tables.write_bytes(b"new" * 10_000, path)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("damage", [lambda whole: whole[:len(whole) // 2], lambda whole: b"PAR1 x PAR1", lambda _: b"",
                                    lambda whole: whole[:4] + bytes(40) + whole[44:]])
def test_a_damaged_table_is_named_with_a_remedy(tmp_path, damage):
    rows = pd.DataFrame([{"article": "a.txt", "step": "articles", "problem": "p", "reason": "r", "remedy": "m"}] * 3)
    tables.write(rows, "problems", tmp_path)
    path = tmp_path / "problems.parquet"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(tables.TableError, match=r"problems\.parquet.*make report"):
        tables.read("problems", tmp_path)
