"""The table of figures in docs/scale.md: rows measured anew take the places of the old ones; the others stay."""

import importlib.util
import pathlib

import pytest

PLACE = pathlib.Path(__file__).resolve().parents[1] / "benchmarks" / "scale.py"


@pytest.fixture(scope="module")
def scale():
    spec = importlib.util.spec_from_file_location("bench_scale", PLACE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(text):
    return [line for line in text.splitlines() if line.startswith("| ") and "what | measured" not in line]


def test_rows_measured_anew_take_the_places_of_the_old_and_the_others_stay(scale):
    text = f"Before.\n{scale.BEGIN}\nold words\n{scale.END}\nAfter.\n"
    first = scale.renewed(text, [("cold run", "9 s", "40 articles", "then"),
                                 ("1,000 short articles, 2,158 statements", "250 MB", "", "then")])
    second = scale.renewed(first, [("1,000 short articles, 2,160 statements", "251 MB", "", "now"),
                                   ("10,000 short articles, 21,003 statements", "252 MB", "", "now"),
                                   ("peak at 10,000 articles / at 1,000", "1.00", "", "now")])
    assert second.startswith("Before.\n") and second.endswith("\nAfter.\n") and "old words" not in second
    assert rows(second) == ["| cold run | 9 s | 40 articles | then |",
                            "| 1,000 short articles, 2,160 statements | 251 MB |  | now |",
                            "| 10,000 short articles, 21,003 statements | 252 MB |  | now |",
                            "| peak at 10,000 articles / at 1,000 | 1.00 |  | now |"]
    assert scale.renewed(second, []) == second
    again = scale.renewed(second, [("peak at 10,000 articles / at 1,000", "1.01", "", "later")])
    assert len(rows(again)) == len(rows(second)) and "| 1.01 |  | later |" in again
