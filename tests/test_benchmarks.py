"""Each benchmark really runs, at its smallest size: a name changed in the product breaks a test, not a benchmark.

The heavy ones run whole with `make test-large`; here those parts of them run that call the product.
"""

import ast
import importlib
import pathlib
import re
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from stancebrief import study, tables
from stancebrief.agreement import measured

ROOT = pathlib.Path(__file__).resolve().parents[1]
BENCHMARKS = ROOT / "benchmarks"
SHARED = ROOT.parent / "shared"
MADE = "suite scale report extract peers briefs repeats countries sentiment coders measure stance learned".split()
KEPT = [ROOT / place for place in ("docs/scale.md", "docs/bench.md", "README.md", "data/reference/measured.csv",
                                   "data/reference/peers.csv", "tests/regression/statements.csv")]


@pytest.fixture(scope="module", autouse=True)
def nothing_written_here():
    """No benchmark touches what the repository holds, as none of these is asked to --write."""
    before = [path.read_bytes() for path in KEPT]
    yield
    assert [path.read_bytes() for path in KEPT] == before


@pytest.fixture
def bench(monkeypatch):
    """A benchmark by its name, as a module; what is put beside it on the path is gone after the test."""
    monkeypatch.setenv("STANCEBRIEF_NO_FETCH", "1")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module


def told(module, monkeypatch, *arguments):
    """Run a benchmark's main function with this command line."""
    monkeypatch.setattr(sys, "argv", [f"{module.__name__}.py", *map(str, arguments)])
    return module.main()


def rows(place):
    """The rows that a benchmark put into a file."""
    found = importlib.import_module("ledger").kept(place)
    assert found and all(len(row) == 4 and all(isinstance(cell, str) and cell for cell in row) for row in found)
    return found


# --- what all of them have --------------------------------------------------------------------------------------------


def test_every_benchmark_is_known_here_and_to_the_suite(bench):
    whole = {path.stem for path in BENCHMARKS.glob("*.py") if '__name__ == "__main__"' in path.read_text("utf-8")}
    assert whole == set(MADE)
    assert {part.command[0] for part in bench("suite").PARTS.values()} == {f"{name}.py" for name in whole - {"suite"}}


@pytest.mark.parametrize("name", MADE)
def test_help_says_how_to_call_it_and_what_it_needs(bench, monkeypatch, capsys, name):
    with pytest.raises(SystemExit) as end:
        told(bench(name), monkeypatch, "--help")
    said = capsys.readouterr().out
    assert not end.value.code and re.search(r"\b[Nn]eeds\b", said) and f"python benchmarks/{name}.py" in said
    assert ("--rows" in said) == (name != "suite")


@pytest.mark.parametrize("name", MADE)
def test_the_command_line_that_the_suite_gives_is_one_that_the_benchmark_takes(bench, name):
    taken = set(re.findall(r'add_argument\("(--[\w-]+)"', (BENCHMARKS / f"{name}.py").read_text("utf-8")))
    given = [word for part in bench("suite").PARTS.values() if part.command[0] == f"{name}.py"
             for word in part.command if word.startswith("--")]
    assert set(given) <= taken


def test_only_what_is_asked_for_by_write_goes_into_the_repository():
    for path in BENCHMARKS.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "given.write" in ast.unparse(node.test):
                for inner in ast.walk(node):
                    inner.asked = True
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("measured.write", "ledger.write"):
                assert getattr(node, "asked", False), f"{path.name}, line {node.lineno}"


# --- rows and tables --------------------------------------------------------------------------------------------------


def test_rows_are_kept_as_they_come_and_a_bar_in_a_cell_does_not_break_the_table(bench, tmp_path):
    ledger = bench("ledger")
    found = list(ledger.noted([("a", "1 | 2", "“c”"), ("b", "3", "d")], tmp_path / "rows"))
    assert rows(tmp_path / "rows") == found and "load" in found[0][3]
    lines = ledger.table(found).splitlines()
    assert [line.count("|") for line in lines[-4:]] == [5, 5, 5, 5] and lines[-4] == ledger.HEAD
    assert ledger.kept(tmp_path / "none") == []


def test_a_table_takes_its_place_in_a_document_whose_marks_are_whole(bench):
    ledger = bench("ledger")
    assert ledger.replaced("a<!-- x: begin -->old<!-- x: end -->b", "x", "new") == (
        "a<!-- x: begin -->\nnew\n<!-- x: end -->b")
    for broken in ("no marks", "<!-- x: end --><!-- x: begin -->", "<!-- x: begin --> twice <!-- x: begin -->"):
        with pytest.raises(ValueError, match="x: begin"):
            ledger.replaced(broken, "x", "new")


def test_sizes_are_numbers(bench):
    ledger = bench("ledger")
    assert ledger.numbers("1000,10000") == [1000, 10000] and ledger.numbers("") == []
    with pytest.raises(SystemExit, match="no list of numbers"):
        ledger.numbers("1000;2000")


# --- all of them in one table -----------------------------------------------------------------------------------------


def test_the_suite_ends_with_one_table_that_says_what_was_left_out(bench, tmp_path, monkeypatch, capsys):
    code = told(bench("suite"), monkeypatch, "--only", "coders,countries", "--shared", tmp_path / "none", "--out",
                tmp_path / "bench.md")
    text = (tmp_path / "bench.md").read_text("utf-8")
    assert code == 0 and text.count("| benchmark | what |") == 1 and "| two people | two people" in text
    assert "- countries: eval/loaders.py is not in" in text and "not asked for: report, scale" in text
    assert "make bench ONLY=coders,countries" in text and text.strip().endswith(capsys.readouterr().out.strip()[-60:])


def test_a_benchmark_that_fails_is_named_and_stops_no_other(bench, tmp_path, monkeypatch):
    suite = bench("suite")
    monkeypatch.setitem(suite.PARTS, "learned", suite.Part("gone", ("coders.py", "--gone")))
    code = told(suite, monkeypatch, "--only", "learned,coders", "--out", tmp_path / "bench.md")
    text = (tmp_path / "bench.md").read_text("utf-8")
    assert code == 1 and "**Failed: learned**" in text and "--gone" in text and "| two people | two people" in text


def test_the_suite_refuses_what_it_does_not_know(bench, monkeypatch, capsys):
    with pytest.raises(SystemExit):
        told(bench("suite"), monkeypatch, "--only", "sizzle")
    assert "--only takes some of" in capsys.readouterr().err


def test_make_gives_its_parameters_to_the_suite():
    if not shutil.which("make"):
        pytest.skip("no make here")
    asked = ["make", "-n", "-C", str(ROOT), "--no-print-directory", "bench"]
    said = subprocess.run([*asked, "SIZES=1,2", "ONLY=scale"], capture_output=True, text=True)
    assert "benchmarks/suite.py" in said.stdout and '--only "scale"' in said.stdout and '--sizes "1,2"' in said.stdout
    assert subprocess.run([*asked, "SIZE=1"], capture_output=True).returncode


# --- each at its smallest ---------------------------------------------------------------------------------------------


def test_scale_times_every_step(bench, tmp_path):
    scale = bench("scale")
    studies = scale.lay_out(tmp_path, 2, scale.SHORT)
    got = scale.alone(studies, "serial", "sentiment", "none")
    assert got["count"] == 2 and got["said"] > 0 and all(got[step] >= 0 for step in scale.STEPS.values())
    assert {f"{step} MB" for step in scale.STEPS.values()} < set(got)


def test_scale_reads_codes_and_stops_where_it_is_told_to(bench, tmp_path):
    scale = bench("scale")
    got = scale.alone(scale.lay_out(tmp_path, 1), "serial", "statements", "real", cores=1)
    assert got["count"] == 1 and got["statements"] > 0 and "utterances" not in got
    assert scale.fewer()[-1] == 0 and all(0 < few < scale.everywhere() for few in scale.fewer()[:-1])


def test_report_knows_its_notebooks_and_what_they_import(bench):
    report = bench("report")
    steps = report.order(2)
    assert [step.number for step in steps].count(5) == 2 and {step.number for step in steps} == {1, 2, 3, 4, 5, 6}
    assert all(step.imports for step in steps)
    assert report.importable(("pandas", "pandas.DataFrame", "no.such")) == ["pandas"]


def test_briefs_makes_tables_that_pass(bench, small_study, tmp_path):
    bench("briefs").make(small_study.parent, 20)
    assert len(tables.read("statements", study.load("made").settled)) == 20


def test_repeats_tells_precision_and_recall_of_every_kind(bench, tmp_path, monkeypatch, capsys):
    repeats = bench("repeats")
    told(repeats, monkeypatch, "--stories", "2", "--rows", tmp_path / "rows")
    assert len(rows(tmp_path / "rows")) == len(repeats.KINDS) + 1 and "| exact |" in capsys.readouterr().out


def test_coders_tells_the_ceiling(bench, tmp_path, monkeypatch):
    told(bench("coders"), monkeypatch, "--rows", tmp_path / "rows")
    assert len(rows(tmp_path / "rows")) == 3


def test_countries_tells_how_many_are_right(bench):
    countries = bench("countries")
    found = countries.measure([("the Russian foreign minister", "RUS", ""), ("a passer-by", "USA", "")])
    assert found["named"] == found["origin right"] == 1 and len(list(countries.told(found, 0.1))) == 4


def test_tone_is_scored_in_every_way(bench):
    sentiment = bench("sentiment")
    assert set(sentiment.labels("The vote was a disgrace.").values()) <= {"neg", "neu", "pos"}
    assert all(value > 0 for value in sentiment.speed(["The vote was a welcome step."]).values())


def test_direction_is_told_by_rules_and_by_what_is_learned(bench):
    stance = bench("stance")
    text = "Russia condemned Japan and its friends ."
    made = [(text if side < 0 else text.replace("condemned", "thanked"), (0, 6), (17, 22), side)
            for side in (-1, 1) * 4]
    held = stance.np.array([False] * 4 + [True] * 4)
    assert len(list(stance.measure("made", made, [(~held, held)]))) == 4


def test_extraction_is_timed_beside_spacy(bench, tmp_path):
    extract = bench("extract")
    article = tmp_path / "one.txt"
    article.write_text("“We will not go,” said Russia's foreign minister.\n", encoding="utf-8")
    found = list(extract.compared(extract.read(tmp_path), "made", 1, "no textacy here"))
    assert any("spaCy" in row[0] for row in found) and any("textacy" in row[0] for row in found)
    assert not any(row[1] == "left out" for row in found) or found[-1][2] == "no textacy here"
    assert len(extract.ours()) > 50


def test_ours_beside_another_tool_by_the_same_scorers(bench):
    peers = bench("peers")
    where, parts = next(peers.sets(ROOT / "none"))
    ours = peers.coded(where, parts, peers.ours, "rules")
    other = ours.assign(coder="another 1.0")
    found = list(peers.compared(where, ours, other))
    assert where == measured.SHIPPED and len(found) == 3 and all("another 1.0" in row[0] for row in found)
    kept = measured.read()
    assert measured.value(ours, where, "statements@0.3 f1") == pytest.approx(
        measured.value(kept, where, "statements@0.3 f1"), abs=2)


def test_textacy_finds_quotations(bench, tmp_path):
    pytest.importorskip("textacy", reason="textacy is in an environment of its own, not here")
    (tmp_path / "one.txt").write_text("“We will not go there,” said Anna Berg.\n", encoding="utf-8")
    found, lost = bench("peers").theirs([tmp_path])
    assert len(found) == 1 and not lost


def test_measured_figures_are_told_as_rows(bench):
    kept = measured.read()
    found = list(bench("measure").told(kept))
    assert len(found) == (kept["group"] == "all").sum() > 100


def test_a_second_reading_is_told_in_every_way(bench):
    learned = bench("learned")
    forest = learned.forests.read()
    frame = pd.DataFrame({"rules": ["support", "none"], "rule": ["", ""], "features": [{"above:say": 1.0}] * 2})
    chances = dict.fromkeys(learned.FORESTS, forest.chances(list(frame["features"])))
    assert {len(said) for said in learned.ways(frame, chances, forest).values()} == {2}


# --- what the product does not need -----------------------------------------------------------------------------------


def test_what_is_here_is_not_looked_for_elsewhere_and_what_is_not_is_said_to_be_left_out(bench, tmp_path, monkeypatch):
    extras = bench("extras")
    monkeypatch.setattr(extras, "FOLDER", tmp_path / "extras")
    extras.needed("pandas")
    with pytest.raises(FileNotFoundError, match="STANCEBRIEF_NO_FETCH"):
        extras.needed("no_such_module")
    assert not (tmp_path / "extras").exists()


def test_an_environment_that_lacks_the_module_all_the_same_is_not_started_again(bench, monkeypatch):
    extras = bench("extras")
    monkeypatch.setenv(extras.MARK, "1")
    with pytest.raises(FileNotFoundError, match=r"not among the packages of extras\.txt"):
        extras.needed("no_such_module")


def test_what_the_others_need_is_pinned_and_none_of_it_is_the_product_s():
    ours = (ROOT / "requirements.lock").read_text("utf-8")
    lines = [line for line in (BENCHMARKS / "extras.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines and all(re.fullmatch(r"[\w-]+==[\d.]+", line) for line in lines)
    assert not [line for line in lines if re.search(rf"(?m)^{line.partition('=')[0]}==", ours)]


# --- whole ------------------------------------------------------------------------------------------------------------


WHOLE = {"scale": ("--articles", "3", "--sizes", "3,6"), "briefs": ("--sizes", "40"), "report": ("--rounds", "1"),
         "extract": ("--speed", "--articles", "2", "--rounds", "1"), "peers": ("--sets", "the two"), "sentiment": (),
         "countries": (), "stance": ("--only", "umuc"), "learned": ()}


@pytest.mark.large
@pytest.mark.parametrize("name", WHOLE)
def test_a_benchmark_runs_from_end_to_end(name, bench, tmp_path):
    done = subprocess.run([sys.executable, BENCHMARKS / f"{name}.py", *WHOLE[name], "--rows", tmp_path / "rows"],
                          capture_output=True, text=True)
    if done.returncode == bench("ledger").LEFT_OUT:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "rows")
