"""The same results whichever engine ran; what fails is the article, never the run; what was done is not done again."""

import contextlib
import functools
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import time

import disks
import pandas as pd
import pytest

from stancebrief import engine, study, tables
from stancebrief.articles import entries, files
from stancebrief.engine import gathering, outcomes, progress, store

HERE = pathlib.Path(__file__)


def double(item):
    return [item, item * 2]


def touchy(item):
    if item == "bad":
        raise ValueError("what is this?")
    if item == "die":
        os._exit(9)
    return item.upper()


def counted(folder, item):
    (pathlib.Path(folder) / f"{item}-{time.monotonic_ns()}").touch()
    return item


def late(folder, item):
    """How many others were done while the first was under way."""
    if item:
        return counted(folder, item)
    time.sleep(1)
    return sum(1 for _ in pathlib.Path(folder).iterdir())


def stopping(folder, item):
    if item == 30:
        raise KeyboardInterrupt
    return counted(folder, item)


def speak(article):
    """One made-up statement for each article, but for one that no rule can stand."""
    row = article.iloc[0]
    if "poison" in row.text:
        raise RuntimeError("cannot stand it")
    found = {name: "" for name in tables.TABLES["statements"].names} | {
        "statement": f"{row.article}:0-4", "article": row.article, "start": 0, "end": 4, "kind": "direct",
        "content": row.text[:4], "confidence": 0.5, "cue_start": -1, "cue_end": -1, "speaker_start": -1,
        "speaker_end": -1, "paragraph_start": 0, "paragraph_end": 4, "utterance": f"{row.article}:0-4"}
    return pd.DataFrame([found])


def position(article, statements, stance="support"):
    rows = [{"statement": s.statement, "article": s.article, "utterance": s.utterance, "country": "FRD",
             "target": "locks", "stance": stance, "words": s.content, "spans": "[]", "why": "", "confidence": 1.0,
             "coder": "rules"} for s in statements.itertuples()]
    return pd.DataFrame(rows, columns=tables.TABLES["positions"].names)


def frame(*texts):
    rows = [entries.row(f"{n}.txt", files.Source(text, text.encode()), {"language": "en"})
            for n, text in enumerate(texts)]
    return tables.check(pd.DataFrame(rows), "articles")


@pytest.fixture(scope="module")
def importable():
    """Worker processes import this module by name to find its functions."""
    old = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE.parent), old])
    yield
    os.environ["PYTHONPATH"] = old


@pytest.mark.parametrize("name", engine.ENGINES)
def test_every_engine_gives_the_same_outcomes_in_the_same_order(name, importable):
    items = list(range(23))
    got = engine.map(double, items, name, workers=2)
    assert [outcome.value for outcome in got] == [[n, 2 * n] for n in items]


@pytest.mark.parametrize("name", ["processes", pytest.param("dask", marks=pytest.mark.large)])
def test_an_article_that_kills_its_worker_is_found_and_the_others_come_through(name, importable):
    items = [*"abcdefg", "die", *"hij", "bad", *"klm"]
    got = engine.map(touchy, items, name, workers=2)
    assert "died" in got[7].failure and "what is this?" in got[11].failure
    assert [o.value for o in got if not o.failure] == [i.upper() for i in items if i not in ("die", "bad")]


def test_while_an_early_article_takes_long_only_so_many_later_outcomes_pile_up(tmp_path, monkeypatch, importable):
    monkeypatch.setattr(outcomes, "FAR", 5)
    found = engine.map(functools.partial(late, str(tmp_path)), range(200), "processes", workers=2)
    assert [outcome.value for outcome in found[1:]] == list(range(1, 200))
    assert 0 < found[0].value <= outcomes.FAR + 5 * outcomes.PART


def test_an_exception_is_its_items_own_and_carries_the_traceback():
    good, bad = engine.map(touchy, ["a", "bad"])
    assert good.value == "A" and not good.failure
    assert "ValueError: what is this?" in bad.failure and "touchy" in bad.failure


def test_an_engine_that_does_not_exist_is_refused_naming_those_that_do():
    with pytest.raises(engine.EngineError, match="serial, processes, dask"):
        engine.map(double, [1], "spark")


def test_a_scheduler_that_does_not_answer_is_said_plainly():
    from stancebrief.engine import clusters
    with pytest.raises(clusters.ClusterError, match="dask scheduler"):
        clusters._client("tcp://127.0.0.1:1", 1, patience="1s")


@pytest.mark.large
@pytest.mark.parametrize("same", [True, False])
def test_a_worker_with_another_checkout_is_refused_and_named(same, tmp_path):
    import distributed

    from stancebrief.engine import clusters
    root = study.ROOT
    if not same:
        for part in ("lib", *(f"data/{name}" for name in clusters.LISTS)):
            shutil.copytree(root / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
        root = tmp_path
        with open(root / "data" / "reference" / "furniture.csv", "a") as handle:
            handle.write("\n")
    with distributed.LocalCluster(n_workers=0, processes=True, host="127.0.0.1",
                                  dashboard_address="127.0.0.1:0") as cluster, distributed.Client(cluster) as client:
        worker = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_worker", cluster.scheduler_address, "--no-nanny", "--nthreads",
             "1", "--no-dashboard"], cwd=tmp_path, stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(root / "lib")})
        try:
            client.wait_for_workers(1, timeout=60)
            refused = pytest.raises(clusters.ClusterError, match="has another version")
            with contextlib.nullcontext() if same else refused:
                clusters._agree(client, cluster.scheduler_address)
        finally:
            worker.kill()
            worker.wait()


def test_what_was_done_is_not_done_again(tmp_path):
    work = functools.partial(counted, str(tmp_path / "done"))
    (tmp_path / "done").mkdir()
    with store.Store(tmp_path / "cache" / "results.sqlite") as kept:
        engine.map(work, [1, 2, 3], store=kept, keys=["a", "b", "c"])
        again = engine.map(work, [1, 2, 3, 4], store=kept, keys=["a", "b", "c", "d"])
    assert [o.value for o in again] == [1, 2, 3, 4] and len(list((tmp_path / "done").iterdir())) == 4


def test_a_failure_is_not_kept_so_that_a_mended_rule_meets_it_again(tmp_path):
    with store.Store(tmp_path / "results.sqlite") as kept:
        engine.map(touchy, ["bad"], store=kept, keys=["k"])
        assert kept.get(["k"]) == {}


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path):
    (tmp_path / "done").mkdir()
    items, keys = list(range(40)), [str(n) for n in range(40)]
    with store.Store(tmp_path / "results.sqlite") as kept:
        with pytest.raises(KeyboardInterrupt):
            engine.map(functools.partial(stopping, str(tmp_path / "done")), items, store=kept, keys=keys)
        got = engine.map(functools.partial(counted, str(tmp_path / "done")), items, store=kept, keys=keys)
    assert [o.value for o in got] == items and len(list((tmp_path / "done").iterdir())) == 40


def test_tables_are_put_together_in_the_order_of_the_articles_and_a_poisonous_one_is_a_problem():
    read = frame("One is here.", "poison", "Two is here.")
    statements, problems = engine.per_article(speak, read)
    assert list(statements.article) == ["0.txt", "2.txt"]
    assert list(problems.article) == ["1.txt"] and "cannot stand it" in problems.reason[0]
    assert "Traceback" in problems.reason[0] and "speak" in problems.reason[0]


def test_tables_are_the_same_whichever_engine_ran(importable):
    read = frame(*[f"Text {n} is here." for n in range(9)], "poison")
    made = [engine.per_article(speak, read, engine=name) for name in ("serial", "processes")]
    assert made[0][0].to_parquet() == made[1][0].to_parquet()
    assert list(made[0][1].article) == list(made[1][1].article)


def test_tables_in_parts_are_the_same_as_whole_and_each_part_has_its_own_articles(tmp_path):
    read = frame(*(f"Number {n} is here." for n in range(7)), "This is poison.")
    parts = [read.iloc[:3], read.iloc[3:3], read.iloc[3:]]
    whole = engine.per_article(speak, read)
    with store.Store(tmp_path / "kept.sqlite") as kept:
        for _ in range(2):  # the second time from what was kept
            found = list(engine.in_parts(speak, parts, store=kept))
            assert [len(statements) for statements, _ in found] == [3, 0, 4]
            for place in (0, 1):
                assert pd.concat([part[place] for part in found], ignore_index=True).equals(whole[place])
    positions = engine.in_parts(position, parts, [statements for statements, _ in found],
                                made=("positions", "problems"))
    assert [len(part) for part, _ in positions] == [3, 0, 4]


def test_a_later_step_gets_each_articles_rows_and_is_made_anew_only_where_something_changed(tmp_path):
    read = frame("One is here.", "Two is here.")
    statements, _ = engine.per_article(speak, read)
    made = ("positions", "problems")
    with store.Store(tmp_path / "results.sqlite") as kept:
        first, _ = engine.per_article(position, read, statements, made=made, store=kept, version="1")
        other = functools.partial(position, stance="oppose")
        same, _ = engine.per_article(other, read, statements, made=made, store=kept, version="1")
        new, _ = engine.per_article(other, read, statements, made=made, store=kept, version="2")
    assert list(first.stance) == ["support"] * 2 and first.equals(same)  # the version says what else has changed
    assert list(new.stance) == ["oppose"] * 2


def test_a_changed_text_is_read_anew_and_the_others_are_not(tmp_path):
    with store.Store(tmp_path / "results.sqlite") as kept:
        engine.per_article(speak, frame("One is here.", "Two is here."), store=kept)
        statements, _ = engine.per_article(speak, frame("One is here.", "Six is here."), store=kept)
    assert list(statements.content) == ["One ", "Six "]


def test_a_version_changes_with_code_files_and_values(tmp_path):
    (tmp_path / "cues.csv").write_text("a")
    before = store.version(store, tmp_path, {"x": 1})
    assert before == store.version(store, tmp_path, {"x": 1})
    (tmp_path / "cues.csv").write_text("b")
    assert len({before, store.version(store, tmp_path, {"x": 1}), store.version(engine, tmp_path, {"x": 1}),
                store.version(store, tmp_path, {"x": 2})}) == 4


def test_parts_of_a_key_cannot_run_into_each_other():
    assert store.key("ab", "c") != store.key("a", "bc") and store.key("\ud800") == store.key("\ud800")


@pytest.mark.parametrize("content", [b"this is no database at all" * 200, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_store_that_is_broken_is_put_aside_and_begun_anew(tmp_path, content):
    (tmp_path / "results.sqlite").write_bytes(content)
    with store.Store(tmp_path / "results.sqlite") as kept:
        kept.put({"a": [1]})
        assert kept.get(["a", "b"]) == {"a": [1]}
    assert (tmp_path / "results.sqlite.broken").read_bytes() == content


def test_a_value_that_cannot_be_read_counts_as_not_there(tmp_path):
    with store.Store(tmp_path / "results.sqlite") as kept:
        kept.put({"a": 1, "b": 2})
        with kept.base:
            kept.base.execute("UPDATE results SET value = ? WHERE key = 'a'", (b"rot",))
        assert kept.get(["a", "b"]) == {"b": 2}


def test_a_full_disk_loses_nothing_that_was_kept(tmp_path):
    with store.Store(tmp_path / "results.sqlite") as kept:
        kept.put({"a": 1})
        pages = kept.base.execute("PRAGMA page_count").fetchone()[0]
        kept.base.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(store.StoreError, match="free some space"):
            kept.put({str(n): os.urandom(4000).hex() for n in range(200)})
        assert kept.get(["a", "7"]) == {"a": 1}


def test_two_runs_at_once_on_one_store_keep_both_their_results(tmp_path):
    with store.Store(tmp_path / "results.sqlite") as one, store.Store(tmp_path / "results.sqlite") as two:
        for n in range(50):
            one.put({f"one{n}": n})
            two.put({f"two{n}": n})
    with store.Store(tmp_path / "results.sqlite") as kept:
        assert len(kept.get([f"{who}{n}" for who in ("one", "two") for n in range(50)])) == 100
    assert sqlite3.connect(tmp_path / "results.sqlite").execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_disk_that_takes_no_more_stops_the_work_and_keeps_what_was_done(tmp_path, monkeypatch):
    monkeypatch.setattr(outcomes, "KEEP_EVERY", 1)
    items = [os.urandom(2000).hex() for _ in range(300)]
    keys = [str(n) for n in range(300)]
    with store.Store(tmp_path / "results.sqlite") as kept:
        with disks.full(300_000), pytest.raises(store.StoreError, match="free some space"):
            engine.map(double, items, store=kept, keys=keys)
    with store.Store(tmp_path / "results.sqlite") as kept:
        there = kept.has(keys)
        assert 0 < sum(there) < 300 and not (tmp_path / "results.sqlite.broken").exists()
        assert [o.value for o in engine.map(double, items, store=kept, keys=keys)] == [[i, i * 2] for i in items]


def test_a_store_that_may_not_be_opened_is_said_and_not_put_aside(tmp_path):
    (tmp_path / "results.sqlite").mkdir()
    with pytest.raises(store.StoreError, match="make the folder writable"):
        store.Store(tmp_path / "results.sqlite")
    assert (tmp_path / "results.sqlite").is_dir()


def test_where_no_engine_is_named_few_articles_stay_here_and_many_do_not(monkeypatch):
    monkeypatch.setattr(outcomes, "cores", lambda: 4)
    assert outcomes.chosen("", 3) == "serial" and outcomes.chosen("", 10_000) == "processes"
    assert outcomes.chosen("serial", 10_000) == "serial"
    monkeypatch.setattr(outcomes, "cores", lambda: 1)
    assert outcomes.chosen("", 10_000) == "serial"


def test_a_run_that_watches_is_told_how_far_how_fast_and_how_long(monkeypatch):
    told = []
    monkeypatch.setattr(progress, "EVERY", 0.01)
    with progress.watched(told.append):
        engine.map(double, range(200_000), label="articles")
        time.sleep(0.05)
    assert any(re.fullmatch(r"articles [\d,]+/200,000 articles, [\d.]+/s, [\d:?]+ left", words) for words in told), told
    assert progress.PLACE not in os.environ


def test_frames_put_together_block_by_block_are_those_put_together_at_once(monkeypatch):
    read = frame(*[f"Text {n} is here." for n in range(9)])
    whole = engine.per_article(speak, read)[0]
    monkeypatch.setattr(gathering, "BLOCK", 2)
    assert engine.per_article(speak, read)[0].equals(whole) and len(whole) == 9
