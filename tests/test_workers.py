"""Workers are copies of what was made ready once, know our environment, and end when we do, however that came."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

from stancebrief import engine
from stancebrief.engine import workers

HERE = pathlib.Path(__file__)
LINUX = pytest.mark.skipif(not workers.FORKS, reason="workers are forked on Linux alone")


def about(item):
    time.sleep(0.02)  # so that one worker does not do all
    from stancebrief import parses
    return [os.getpid(), "stancebrief.ready" in sys.modules, parses.model.cache_info().currsize,
            os.environ.get("STANCEBRIEF_SAID", ""), sys.modules["stancebrief"].__file__]


def slow(folder):
    (pathlib.Path(folder) / str(os.getpid())).touch()
    time.sleep(60)


@LINUX
def test_a_worker_has_the_model_before_its_first_article_and_our_environment_of_now(monkeypatch):
    workers.prepare()
    monkeypatch.setenv("STANCEBRIEF_SAID", "after it was made ready")
    found = [outcome.value for outcome in engine.map(about, range(8), "processes", workers=2)]
    assert {tuple(rest) for _, *rest in found} == {
        (True, 1, "after it was made ready", sys.modules["stancebrief"].__file__)}
    assert os.getpid() not in {pid for pid, *_ in found}


@LINUX
def test_what_was_made_ready_before_code_changed_is_not_used(monkeypatch):
    workers.prepare()
    assert workers._context().get_start_method() == "forkserver"
    monkeypatch.setattr(workers, "_seen", workers._seen[1:])
    assert workers._context().get_start_method() == "spawn"


@LINUX
def test_what_another_thread_puts_into_the_environment_meanwhile_stays(monkeypatch):
    monkeypatch.setattr("multiprocessing.forkserver.ensure_running",
                        lambda: monkeypatch.setenv("STANCEBRIEF_SAID", os.environ["OMP_NUM_THREADS"]))
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    workers._context()
    assert (os.environ["STANCEBRIEF_SAID"], os.environ["OMP_NUM_THREADS"]) == ("1", "7")


@LINUX
def test_where_nothing_can_be_made_ready_workers_start_clean(tmp_path):
    long = tmp_path / ("a" * 90)  # a socket's path may have about a hundred characters
    long.mkdir()
    program = ("from stancebrief.engine import workers\n"
               "assert workers.FORKS and workers._context().get_start_method() == 'spawn'\n")
    subprocess.run([sys.executable, "-c", program], check=True, env=os.environ | {"TMPDIR": str(long)})


@pytest.mark.parametrize("how", ["forked", pytest.param("clean", marks=LINUX)])
def test_workers_end_when_who_started_them_is_killed(tmp_path, how):
    program = (f"import sys; sys.path.insert(0, {str(HERE.parent)!r})\n"
               "import test_workers\nfrom stancebrief import engine\nfrom stancebrief.engine import workers\n"
               f"workers.FORKS, workers.READY = workers.FORKS and {how == 'forked'}, 'json'\n"  # quicker than all
               f"if __name__ == '__main__':\n"
               f"    engine.map(test_workers.slow, [{str(tmp_path)!r}] * 8, 'processes', workers=2)\n")
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    ours = subprocess.Popen([sys.executable, str(tmp_path / "program.py")], start_new_session=True)
    try:
        assert _within(60, lambda: len(pids(tmp_path)) == 2), "the workers did not start"
        started = {pid for pid in members(ours.pid) if pid != ours.pid}
        assert pids(tmp_path) <= started
        ours.kill()
        ours.wait()
        assert _within(10, lambda: not members(ours.pid)), f"left over: {members(ours.pid)}"
    finally:
        for pid in members(ours.pid):
            os.kill(pid, signal.SIGKILL)


def pids(folder):
    return {int(path.name) for path in folder.iterdir() if path.name.isdigit()}


def members(session):
    """The processes of a session that are alive."""
    listed = subprocess.run(["ps", "-eo", "pid=,sess=,stat="], capture_output=True, text=True, check=True).stdout
    return {int(pid) for pid, of, stat in map(str.split, listed.splitlines())
            if int(of) == session and not stat.startswith("Z")}


def _within(seconds, holds):
    until = time.monotonic() + seconds
    while time.monotonic() < until and not holds():
        time.sleep(0.1)
    return holds()
