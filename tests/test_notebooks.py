"""The notebooks: thin, stripped, named, typed; and each of them runs on a small study."""

import ast
import json
import pathlib
import re

import nbformat
import pytest

from stancebrief import kernels, runs, study
from stancebrief.runs import notebooks

PATHS = sorted((study.ROOT / "notebooks").glob("*.ipynb"))
CELLS, LINES = 12, 10
KEYS = {"kernelspec", "language_info"}


def cells(path: pathlib.Path, kind: str) -> list[dict]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell: dict) -> str:
    return "".join(cell["source"])


each = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


def test_there_is_one_notebook_for_each_step():
    assert [int(path.name.split("-")[0]) for path in PATHS] == list(range(7))


@each
def test_it_is_valid_and_holds_no_outputs_and_nothing_of_a_machine(path):
    nbformat.validate(nbformat.read(path, as_version=4))
    nb = json.loads(path.read_text(encoding="utf-8"))
    assert set(nb["metadata"]) <= KEYS and set(nb["metadata"].get("language_info", {})) <= {"name"}
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None, f"{cell['id']}: run `make strip`"
        assert set(cell["metadata"]) <= {"tags", "jupyter", "editable", "slideshow"}, cell["id"]


@each
def test_its_cells_have_names_not_random_numbers(path):
    ids = [cell.get("id", "") for kind in ("code", "markdown") for cell in cells(path, kind)]
    assert len(set(ids)) == len(ids)
    for name in ids:
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name) and not re.fullmatch(r"[0-9a-f]{8}", name), name


@each
def test_it_is_thin(path):
    code = cells(path, "code")
    assert len(code) <= CELLS + 1, "a dozen code cells, and the parameters"
    for cell in code:
        lines = [line for line in source(cell).splitlines() if line.strip() and not line.lstrip().startswith("#")]
        assert len(lines) <= LINES + (2 if "parameters" in cell["metadata"].get("tags", ()) else 0), cell["id"]
        assert max(map(len, lines), default=0) <= 120, cell["id"]


@each
def test_it_defines_nothing_and_computes_in_no_loop(path):
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(source(cell))):
            assert not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.While
                                  ), f"{cell['id']}: what needs a definition belongs into the library"
            if isinstance(node, ast.For):  # a loop may show; what it shows is computed elsewhere
                changes = [x for x in ast.walk(node) if isinstance(x, ast.Assign | ast.AugAssign | ast.AnnAssign)]
                assert not changes, f"{cell['id']}: a loop that computes"


@each
def test_its_parameters_come_first_and_each_has_a_type_a_literal_and_a_comment(path):
    code = cells(path, "code")
    tagged = [cell for cell in code if "parameters" in cell["metadata"].get("tags", ())]
    assert tagged == [code[0]], "the first code cell, and only that one, is tagged `parameters`"
    for line in filter(str.strip, source(tagged[0]).splitlines()):
        found = re.fullmatch(r"(\w+): (str|int|float|bool) = (.+?)\s+# \S.*", line)
        assert found, f"write `name: type = literal  # what it does`, not {line}"
        assert type(ast.literal_eval(found[3])).__name__ == found[2], line
    parameters = notebooks.read(path).parameters
    assert {"study", "workspace"} <= set(parameters)
    for name in set(parameters) & set(study.SETTINGS) - {"workspace"}:
        assert str(parameters[name]) in ("", "0", "0.0", "-1"), f"{name}: study.yaml decides where nothing is given"


@each
def test_its_text_has_one_sentence_a_line_and_ends_with_what_to_try_next(path):
    said = cells(path, "markdown")
    assert source(said[0]).startswith("# ") and "Try next" in source(said[-1])
    for cell in said:
        for line in source(cell).splitlines():
            prose = re.sub(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|\be\.g\.|\bi\.e\.|\bNo\.", "x", line)
            assert line.startswith(("|", "- ", "```")) or not re.search(r"[a-z][.?!] [A-Z]", prose), line


def test_every_setting_on_the_command_line_has_a_notebook_that_takes_it():
    taken = {name for path in PATHS for name in notebooks.read(path).parameters}
    assert {"start", "end", "countries", "targets", "min_statements"} <= taken


def test_all_run_in_order_on_a_small_study_and_twice_the_same(small_study):
    some = {"countries": "CHN,JPN"}  # one with positions, one with few: a page each is enough to compare
    folder = runs.report("small", some)
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"brief.html", "manifest.json", "tables/articles.parquet", "tables/statements.parquet",
            "tables/positions.parquet"} <= made
    first = {name: (folder / name).read_bytes() for name in made if not name.startswith("runs/")}
    for name in made:
        if name.startswith("runs/") and name.endswith(".ipynb"):
            nb = nbformat.read(folder / name, as_version=4)
            assert all(cell.execution_count for cell in nb.cells if cell.cell_type == "code" and cell.source), name
    assert str(folder.parent).encode() not in b"".join(first.values()), "a machine's path is in the report"
    runs.report("small", some)
    for name, content in first.items():
        assert (folder / name).read_bytes() == content, f"{name} came out differently the second time"


def test_the_first_notebook_runs_by_itself(small_study, tmp_path):
    door = notebooks.read(PATHS[0])
    with kernels.Nursery(list(door.imports)) as nursery:
        notebooks.run(door, {"study": "small", "workspace": str(tmp_path / "work")}, tmp_path / "0.ipynb", nursery)
