"""Accuracy on the hand-coded articles does not fall: figures recorded by `python benchmarks/extract.py --write`."""

import csv
import importlib.util
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
TOLERANCE = 1.0  # points

with open(ROOT / "tests" / "regression" / "statements.csv", encoding="utf-8", newline="") as handle:
    RECORDED = list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def extract():
    spec = importlib.util.spec_from_file_location("extract", ROOT / "benchmarks" / "extract.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["seeds", "dev", pytest.param("PolNeAR", marks=pytest.mark.large)])
def test_no_figure_falls_by_more_than_a_point(extract, name):
    if not (SHARED / extract.SETS[name][0]).is_dir():
        pytest.skip(f"the hand-coded articles of {name} are not on this machine")
    now = extract.figures(name, SHARED)
    fallen = {
        row["figure"]: (float(row["value"]), now[row["figure"]])
        for row in RECORDED
        if row["set"] == name and now[row["figure"]] < float(row["value"]) - TOLERANCE
    }
    assert {row["figure"] for row in RECORDED if row["set"] == name} == set(now)
    assert not fallen, f"recorded and now: {fallen}"
