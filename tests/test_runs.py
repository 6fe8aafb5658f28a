"""Runs: parameters refused before anything starts, one move or none, and the same bytes from the same inputs."""

import contextlib
import functools
import json
import multiprocessing
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import nbformat
import pandas as pd
import pytest

from stancebrief import codebook, kernels, runs, study
from stancebrief.runs import manifest, notebooks, publishing

PARAMETERS = 'study: str = "dprk-vetoes"  # folder\nworkspace: str = ""  # where to\n'
WRITE = ("import pathlib, os\nhere = pathlib.Path(workspace)\n"
         "with open(here / 'log.txt', 'a') as log: print('{name}', start, show, os.getppid() != 1, file=log)")


def notebook(folder: pathlib.Path, name: str, *cells: str,
             parameters: str = PARAMETERS + "start: str = ''\nshow: int = 3") -> None:
    nb = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python"}})
    nb.cells = [nbformat.v4.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]})]
    nb.cells += [nbformat.v4.new_code_cell(cell, id=f"step-{n}") for n, cell in enumerate(cells, 1)]
    folder.mkdir(exist_ok=True)
    nbformat.write(nb, folder / f"{name}.ipynb")


@pytest.fixture
def steps(tmp_path, small_study):
    """Three tiny notebooks: a table, a page for each country, the brief."""
    folder = tmp_path / "notebooks"
    notebook(folder, "0-start-here", "raise SystemError('notebook 0 is not part of a run')")
    notebook(folder, "1-articles", WRITE.format(name="one"))
    notebook(folder, "5-country", "open(f'{workspace}/{country}.html', 'w').write(country)",
             parameters=PARAMETERS + "country: str = 'CHN'  # whose page")
    notebook(folder, "6-brief", WRITE.format(name="six"),
             "open(f'{workspace}/brief.html', 'w').write(f'<p>{start} {show}')\nprint(workspace)")
    with open(small_study / "study.yaml", "a") as settings:
        settings.write("countries: [CHN, USA]\n")
    return folder


# --- parameters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "words"), [
    ({"STRAT": "2022-01-01"}, ["STRAT", "did you mean start", "show"]),
    ({"start": "soon"}, ["start", "YYYY-MM-DD"]),
    ({"show": "many"}, ["show", "whole number"]),
    ({"show": "1", "SHOW": "2"}, ["twice"]),
    ({"start\nimport os": "x"}, ["there is no parameter"]),
    ({"study": "other"}, ["there is no parameter"]),
    ({"workspace": "/elsewhere"}, ["there is no parameter"]),
    ({"country": "CHN"}, ["there is no parameter"]),
    ({"start": "2023-01-01"}, ["start", "after end"]),
])
def test_what_no_notebook_takes_is_refused_before_any_kernel_starts(steps, small_study, monkeypatch, given, words):
    monkeypatch.setattr(kernels, "Nursery", None)  # starting one would be an error of another kind
    with pytest.raises((runs.RunError, study.SettingError)) as error:
        runs.report("small", given, steps)
    assert all(word in str(error.value) for word in words), error.value
    assert not (study.REPORTS / "small").exists()


def test_values_reach_the_notebooks_in_their_types_and_only_where_declared(steps):
    values, ours = runs.parameters("small", {"START": "2022-05-20", "show": "7"}, notebooks.find(steps))
    assert values == {"start": "2022-05-20", "show": 7}
    assert ours.start == "2022-05-20" and ours.end == "2022-06-30"


def test_a_list_stays_a_text_with_commas(tmp_path, small_study):
    notebook(tmp_path / "n", "1-a", parameters=PARAMETERS + "countries: str = ''")
    values, ours = runs.parameters("small", {"COUNTRIES": "CHN, RUS"}, notebooks.find(tmp_path / "n"))
    assert values == {"countries": "CHN,RUS"} and ours.countries == ("CHN", "RUS")


def test_a_target_that_the_codebook_lacks_is_refused(tmp_path, small_study):
    notebook(tmp_path / "n", "1-a", parameters=PARAMETERS + "targets: str = ''")
    with pytest.raises(runs.RunError, match="did you mean sanctions"):
        runs.parameters("small", {"targets": "sanctoins"}, notebooks.find(tmp_path / "n"))


@pytest.mark.parametrize("line", ["start = today()", "a, b = 1, 2", "start: str", "x = ['a']", "import os", "start ="])
def test_a_parameters_cell_with_anything_but_plain_literals_is_refused(tmp_path, line):
    notebook(tmp_path / "n", "1-a", parameters=line)
    with pytest.raises(notebooks.NotebookError, match=r"1-a\.ipynb"):
        notebooks.find(tmp_path / "n")


def test_no_articles_is_a_clear_message_and_leaves_the_last_report(steps, small_study):
    last = study.REPORTS / "small" / "brief.html"
    last.parent.mkdir(parents=True)
    last.write_text("the last good one")
    for file in (small_study / "articles").iterdir():
        file.unlink()
    with pytest.raises(runs.RunError, match="data/small/articles holds no articles"):
        runs.report("small", {}, steps)
    assert last.read_text() == "the last good one" and os.listdir(last.parent) == ["brief.html"]


# --- a run ---------------------------------------------------------------------------------------------------------


def test_a_run_publishes_everything_and_twice_the_same_bytes(steps, small_study, capfd):
    folder = runs.report("small", {"show": "4"}, steps)
    assert folder == study.REPORTS / "small"
    first = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {str(name) for name in first} == {
        "brief.html", "CHN.html", "USA.html", "log.txt", "manifest.json", "runs/1-articles.ipynb", "runs/made.json",
        "runs/5-country-CHN.ipynb", "runs/5-country-USA.ipynb", "runs/6-brief.ipynb"}
    assert first[pathlib.Path("brief.html")] == b"<p> 4"
    assert first[pathlib.Path("log.txt")] == b"one  4 True\nsix  4 True\n"
    (folder / "notes of mine.txt").write_text("kept")
    runs.report("small", {"show": "4"}, steps)
    for name, content in first.items():
        assert (folder / name).read_bytes() == content, name
    assert (folder / "notes of mine.txt").read_text() == "kept"
    text = b"".join(first.values()).decode()
    assert str(study.ROOT) not in text and ".building" not in text
    assert not [path for path in folder.parent.iterdir() if path.name.startswith((".building", ".replaced"))]
    assert "1-articles" in capfd.readouterr().err


def test_tables_without_notebooks_are_published_in_one_move_and_say_what_they_were_made_from(small_study, tmp_path):
    made = runs.build("small", tmp_path / "mine")
    names = ["articles", "statements", "utterances", "positions", "sentiment", "problems"]
    assert [dataset.folder.name for dataset in made] == names
    assert len(pd.read_parquet(tmp_path / "mine" / "articles")) == 2 and len(made[3].frame())
    assert "data/small/articles/ridge.txt" in (tmp_path / "mine" / "manifest.json").read_text()
    before = {path: path.read_bytes() for path in (tmp_path / "mine").rglob("*.parquet")}
    (small_study / "codebook.yaml").write_text("targets: [")
    with pytest.raises(codebook.CodebookError):
        runs.build("small", tmp_path / "mine")
    assert {path: path.read_bytes() for path in (tmp_path / "mine").rglob("*.parquet")} == before
    for wrong in (study.REPORTS / "small", pathlib.Path("")):
        with pytest.raises(runs.RunError, match="no place for tables"):
            runs.build("small", wrong)


def test_the_manifest_names_inputs_by_hash_and_nothing_of_the_machine(small_study):
    ours = study.load("small")
    made = manifest.of(ours, {})
    assert made["inputs"]["data/small/articles/ridge.txt"] and made["model"]["sha256"] and made["packages"]["pandas"]
    assert "data/reference/countries.csv" in made["inputs"]
    before = manifest.text(made)
    (small_study / "articles" / "ridge.txt").write_text("changed")
    assert manifest.text(manifest.of(ours, {})) != before
    assert str(small_study.parent).encode() not in before


def test_a_file_that_cannot_be_read_or_named_or_vanishes_does_not_stop_the_manifest(small_study, monkeypatch):
    folder = small_study / "articles"
    pathlib.Path(os.fsdecode(os.fsencode(folder) + b"/b\xff.txt")).write_text("x")
    (folder / "locked.txt").write_text("x")
    real = open

    def refusing(path, *how, **more):
        if str(path).endswith("locked.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *how, **more)
    monkeypatch.setattr("builtins.open", refusing)
    made = manifest.of(study.load("small"), {})
    assert made["inputs"]["data/small/articles/locked.txt"] == "" and b"b\\\\xff.txt" in manifest.text(made)
    monkeypatch.setattr(manifest, "_inputs", lambda ours: {"small/gone.txt": folder / "gone.txt"})
    assert manifest.snapshot(study.load("small")) == {"small/gone.txt": (-1, -1)}


def test_a_page_that_is_no_longer_made_goes_and_what_others_made_stays(tmp_path):
    target = tmp_path / "report"
    with publishing.staged(target) as work:
        (work / "CHN.html").write_text("made")
        (work / "USA.html").write_text("made")
    (target / "mine").mkdir()
    (target / "mine" / "USA.html").write_text("mine")
    with publishing.staged(target) as work:
        (work / "CHN.html").write_text("made again")
    assert (target / "CHN.html").read_text() == "made again" and not (target / "USA.html").exists()
    assert (target / "mine" / "USA.html").read_text() == "mine"
    with publishing.staged(target, keep=True) as work:
        (work / "RUS.html").write_text("one more")
    assert {path.name for path in target.glob("*.html")} == {"CHN.html", "RUS.html"}
    with publishing.staged(target) as work:
        (work / "x").write_text("x")
    assert not list(target.glob("*.html")) and (target / "mine" / "USA.html").exists()


def test_a_failed_run_leaves_the_last_report_and_says_where(tmp_path, small_study):
    steps = tmp_path / "n"
    brief = "open(f'{workspace}/brief.html', 'w').write('fine')"
    notebook(steps, "6-brief", brief)
    folder = runs.report("small", {}, steps)
    notebook(steps, "6-brief", "fine = 1", brief.replace("fine", "half") + "\n1 / 0", "never = 1")
    with pytest.raises(runs.RunError) as error:
        runs.report("small", {}, steps)
    assert "6-brief" in str(error.value) and "'step-2'" in str(error.value)
    assert "ZeroDivisionError: division by zero" in str(error.value)
    assert (folder / "brief.html").read_text() == "fine"
    kept = folder / "runs" / "failed" / "6-brief.ipynb"
    assert "ZeroDivisionError" in kept.read_text() and (folder / "runs" / "6-brief.ipynb").exists()
    notebook(steps, "6-brief", "print('mended')")
    runs.report("small", {}, steps)
    assert not kept.exists()


def test_a_kernel_that_dies_is_a_failed_run(tmp_path, small_study):
    notebook(tmp_path / "n", "1-articles", "import os\nos._exit(9)")
    with pytest.raises(runs.RunError, match=r"1-articles, cell 'step-1': the kernel died"):
        runs.report("small", {}, tmp_path / "n")


def test_an_input_that_changes_during_the_run_fails_it(tmp_path, small_study):
    late = str(small_study / "articles" / "late.txt")
    notebook(tmp_path / "n", "1-articles", f"open({late!r}, 'w').write('more')")
    with pytest.raises(runs.RunError, match=r"data/small/articles/late.txt changed"):
        runs.report("small", {}, tmp_path / "n")
    assert not (study.REPORTS / "small" / "runs" / "1-articles.ipynb").exists()


def test_one_country_page_is_made_anew_from_the_last_report(tmp_path, small_study):
    steps = tmp_path / "n"
    notebook(steps, "5-country", "open(f'{workspace}/{country}.html', 'w').write(country)",
             parameters=PARAMETERS + "country: str = 'CHN'  # whose page")
    with open(small_study / "study.yaml", "a") as settings:
        settings.write("countries: [CHN]\n")
    with pytest.raises(runs.RunError, match="make report STUDY=small"):
        runs.country("small", "RUS", {}, steps)
    folder = runs.report("small", {}, steps)
    runs.country("small", "RUS", {}, steps)
    assert {path.name for path in folder.glob("*.html")} == {"CHN.html", "RUS.html"}
    with pytest.raises(runs.RunError, match="no country code"):
        runs.country("small", "../x", {}, steps)
    (small_study / "articles" / "new.txt").write_text("new")
    with pytest.raises(runs.RunError, match="not those of the last report"):
        runs.country("small", "RUS", {}, steps)


SIDE_BY_SIDE = """import time
mine, other = (pathlib.Path(workspace, f"{code}.begun") for code in (country, {"CHN": "USA", "USA": "CHN"}[country]))
mine.touch()
until = time.monotonic() + 30
while not other.exists() and time.monotonic() < until: time.sleep(0.05)
assert other.exists(), "the other page waits for this one"
"""


def test_pages_of_countries_are_made_side_by_side(steps, monkeypatch):
    monkeypatch.setattr(runs, "ABREAST", 2)
    notebook(steps, "5-country", f"import pathlib\n{SIDE_BY_SIDE}",
             parameters=PARAMETERS + "country: str = 'CHN'  # whose page")
    folder = runs.report("small", {}, steps)
    assert {"CHN.begun", "USA.begun"} <= set(os.listdir(folder))


def test_one_page_that_fails_fails_the_run_and_names_its_notebook(steps):
    notebook(steps, "5-country", "assert country != 'USA'", parameters=PARAMETERS + "country: str = 'CHN'  # whose")
    with pytest.raises(runs.RunError, match="5-country, cell 'step-1': AssertionError"):
        runs.report("small", {}, steps)
    assert os.listdir(study.REPORTS / "small") == ["runs"]  # what ran, to look at; nothing is published


# --- kernels -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nursery():
    with kernels.Nursery(["pandas"]) as made:
        yield made


def executed(nursery, tmp_path, *cells: str) -> nbformat.NotebookNode:
    notebook(tmp_path, "1-a", *cells)
    notebooks.run(notebooks.read(tmp_path / "1-a.ipynb"), {}, tmp_path / "out" / "1-a.ipynb", nursery)
    return nbformat.read(tmp_path / "out" / "1-a.ipynb", as_version=4)


def test_each_kernel_is_a_new_process_in_which_no_notebook_has_run(nursery, tmp_path):
    cell = "import os, pandas\nprint(os.getpid(), hasattr(pandas, 'mark'))\npandas.mark = 1"
    first, second = (executed(nursery, tmp_path, cell).cells[-1].outputs[0].text.split() for _ in range(2))
    assert first[0] != second[0] and first[1] == second[1] == "False"


def test_a_kernel_can_start_processes_and_learns_how_they_end(nursery, tmp_path):
    ran = executed(nursery, tmp_path,
                   "import subprocess\nprint(subprocess.run(['sh', '-c', 'exit 7']).returncode)",
                   "import concurrent.futures\nwith concurrent.futures.ProcessPoolExecutor(2) as pool:\n"
                   "    print(list(pool.map(abs, [-1, -2])))")
    assert [cell.outputs[0].text for cell in ran.cells[-2:]] == ["7\n", "[1, 2]\n"]


LISTENING = """
import os, pathlib
mine = {os.readlink(path) for path in pathlib.Path("/proc/self/fd").iterdir() if path.is_symlink()}
rows = [line.split() for name in ("tcp", "tcp6") for line in pathlib.Path("/proc/self/net", name).open()]
print({row[1].split(":")[0] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in mine} - {"0100007F"})
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_kernel_listens_to_this_machine_only_and_reaches_no_other(nursery, tmp_path):
    reach = ("import socket\ntry:\n    socket.create_connection(('192.0.2.1', 80), 1)\n"
             "except OSError as error:\n    print(type(error).__name__)")
    channels = f"import pathlib\nprint(len(list(pathlib.Path({str(nursery.folder)!r}).glob('k*-*'))))"
    ran = executed(nursery, tmp_path, LISTENING, reach, channels)
    assert [cell.outputs[0].text for cell in ran.cells[-3:]] == ["set()\n", "NetworkBlocked\n", "5\n"]


def test_the_slow_import_is_there_again_afterwards():
    code = ("import sys\nfrom stancebrief import kernels\nwith kernels.without_slow_imports():\n    import jsonschema\n"
            "assert 'rfc3987_syntax' not in sys.modules\nimport rfc3987_syntax")
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


# --- publishing ----------------------------------------------------------------------------------------------------


def test_two_runs_at_once_on_one_study_are_one_run_and_one_message(tmp_path):
    with publishing.staged(tmp_path / "reports" / "one"):
        with pytest.raises(publishing.Busy, match="another run is at work on one"):
            with publishing.staged(tmp_path / "reports" / "one"):
                pass
        with publishing.staged(tmp_path / "reports" / "two"):
            pass
    with publishing.staged(tmp_path / "reports" / "one"):
        pass


@pytest.mark.parametrize("moves", ["one", "two"])
def test_no_reader_ever_finds_the_report_half_changed(tmp_path, monkeypatch, moves):
    if moves == "two":
        monkeypatch.setattr(publishing.ctypes, "CDLL", lambda *a, **k: (_ for _ in ()).throw(OSError()))
    target = tmp_path / "report"
    for edition in "ab":
        with publishing.staged(target) as work:
            (work / "x").write_text(edition)
            (work / "y").write_text(edition)
            if edition == "b":
                assert (target / "x").read_text() == "a"
        assert (target / "x").read_text() == (target / "y").read_text() == edition
    assert sorted(path.name for path in tmp_path.iterdir()) == [".report.lock", "report"]


def test_a_move_that_fails_half_way_is_undone(tmp_path, monkeypatch):
    target = tmp_path / "report"
    with publishing.staged(target) as work:
        (work / "x").write_text("good")
    monkeypatch.setattr(publishing.ctypes, "CDLL", lambda *a, **k: (_ for _ in ()).throw(OSError()))
    rename, calls = os.rename, []

    def fails_second(a, b):
        calls.append(a)
        if len(calls) == 2:
            raise OSError("disk full")
        rename(a, b)

    monkeypatch.setattr(publishing.os, "rename", fails_second)
    with pytest.raises(OSError, match="disk full"), publishing.staged(target) as work:
        (work / "x").write_text("new")
    assert (target / "x").read_text() == "good"


def _hold(target: pathlib.Path) -> None:
    with publishing.staged(target) as work:
        (work / "half").write_text("half")
        time.sleep(60)


def test_a_run_that_was_killed_leaves_nothing_in_the_way(tmp_path):
    target = tmp_path / "report"
    process = multiprocessing.get_context("fork").Process(target=_hold, args=(target,))
    process.start()
    while not (tmp_path / ".building-report" / "half").exists():
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    with publishing.staged(target) as work:
        (work / "x").write_text("good")
    assert sorted(os.listdir(target)) == ["runs", "x"]
    assert json.loads((target / publishing.MADE).read_text()) == ["x", publishing.MADE]


# --- Ctrl-C --------------------------------------------------------------------------------------------------------


def _kept(path: pathlib.Path) -> set[str]:
    """The names of the results that are kept."""
    if not path.is_file():
        return set()
    with contextlib.closing(sqlite3.connect(path)) as base:
        try:
            return {name for name, in base.execute("SELECT key FROM results")}
        except sqlite3.OperationalError:  # not yet laid out
            return set()


@pytest.mark.large
@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("make"), reason="needs make, and looks into /proc")
def test_ctrl_c_on_make_report_stops_all_of_it_and_the_next_run_goes_on(small_study, tmp_path):
    for number in range(60):
        parts = "".join(f"\n\nThe envoy of France said on day {number} that rule {part} must be kept by all sides."
                        for part in range(12))
        (small_study / "articles" / f"{number:02d}.txt").write_text(f"Envoys meet again, part {number}{parts}\n")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "-C", str(study.ROOT), "--no-print-directory", "report", "STUDY=small", "ENGINE=processes"]
    run = functools.partial(subprocess.Popen, command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                            start_new_session=True, env=clean | {"STANCEBRIEF_ENV": "current", "PATH": os.pathsep.join(
                                [str(pathlib.Path(sys.executable).parent), os.environ["PATH"]])})
    store = tmp_path / "reports" / ".cache" / "small" / "results.sqlite"
    mark = f"stopped={tmp_path.name}"  # what this run's processes, and no others, have in their environment

    def ours() -> list[str]:
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark.encode() in (process / "environ").read_bytes() and int(process.name) != os.getpid():
                    found.append((process / "cmdline").read_bytes().decode().replace("\0", " "))
        return [line for line in found if line]

    first = run(env=run.keywords["env"] | {"STANCEBRIEF_MARK": mark})
    until = time.monotonic() + 300
    while len(_kept(store)) < 75 and time.monotonic() < until:  # 62 articles as read, then statements of some
        assert first.poll() is None, first.stderr.read()
        time.sleep(0.1)
    os.killpg(first.pid, signal.SIGINT)
    said = first.communicate(timeout=60)[1]
    assert first.returncode and "stopped; what was there before is as it was" in said and "Traceback" not in said
    until = time.monotonic() + 20
    while (left := ours()) and time.monotonic() < until:
        time.sleep(0.2)
    assert not left
    before = _kept(store)
    assert len(before) >= 75 and not (tmp_path / "reports" / "small").exists()
    assert not list((tmp_path / "reports").glob(".building*"))
    second = run()
    said = second.communicate(timeout=500)[1]
    assert second.returncode == 0, said
    assert before <= _kept(store) and (tmp_path / "reports" / "small" / "brief.html").is_file()
