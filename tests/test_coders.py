"""Two people's codings of the same statements: the ceiling that is printed is computed, not supposed."""

import importlib.util
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[1]
spec = importlib.util.spec_from_file_location("coders", ROOT / "benchmarks" / "coders.py")
coders = importlib.util.module_from_spec(spec)
spec.loader.exec_module(coders)


def test_every_statement_of_the_second_coder_is_one_of_the_first():
    both = coders.pairs()
    assert len(both) == len(coders.read(ROOT / "tests" / "blind" / "second.csv")) > 300


def test_agreement_counts_rows_that_are_the_same_in_country_target_and_stance():
    one = {("CHN", "sanctions", "oppose"), ("CHN", "dialogue", "support")}
    other = {("CHN", "sanctions", "oppose"), ("RUS", "dialogue", "support")}
    found = coders.agreement([(one, other), ({("USA", "none", "none")}, {("USA", "none", "none")})])
    assert found["positions f1"] == 50 and found["without countries f1"] == 100 and found["same countries"] == 50


def test_two_codings_that_are_the_same_agree_wholly_and_none_is_no_position():
    rows = {("CHN", "none", "none")}
    assert coders.agreement([(rows, rows)])["positions of the first"] == 0
    full = {("CHN", "veto", "support")}
    assert coders.agreement([(full, full)])["positions f1"] == 100
