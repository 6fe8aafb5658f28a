"""Figures from articles that are not passed on: read as they were measured, and not better than the rules are now."""

import importlib.util
import pathlib
import re

import pandas as pd
import pytest

from stancebrief import tables
from stancebrief.agreement import measured

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
BLIND = ROOT / "tests" / "blind"
FEW = 4      # of the invented sets, in the order of their file, that are measured in every run of the tests
DROP = 1.0   # points by which a figure may be worse than the file says before the file is a lie


def benchmark():
    """The script that measures, as a module; skips where the articles are not there."""
    if not (SHARED / "gold" / "dev.csv").exists():
        pytest.skip(f"no hand-coded articles in {SHARED}")
    return load("measure")


def load(name: str, folder: pathlib.Path = ROOT / "benchmarks"):
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fallen(now: pd.DataFrame, kept: pd.DataFrame) -> list[str]:
    """Overall figures that are worse now than the file says."""
    now, kept = (frame[(frame["group"] == "all") & (frame["coder"] == "rules")].set_index(["set", "measure"])["value"]
                 for frame in (now, kept))
    return [f"{name}: {now[name]} now, {value} in the file" for name, value in kept.items()
            if name in now and now[name] < value - DROP]


def test_the_file_is_the_table_it_says_it_is():
    figures = measured.read()
    assert {measured.SHIPPED, measured.unseen()[0]} <= set(figures.loc[figures["coder"] == "rules", "set"])
    assert figures["n"].gt(0).all() and figures["note"].ne("").all()
    assert "command" in measured.PATH.read_text(encoding="utf-8").splitlines()[0]


def test_what_is_written_is_read_again(tmp_path):
    figures = measured.read().head(5)
    path = measured.write(figures, "a command", tmp_path / "measured.csv")
    pd.testing.assert_frame_equal(measured.read(path), figures)
    assert measured.read(tmp_path / "nothing.csv").equals(tables.empty("agreement"))


def test_a_fallen_figure_is_found():
    kept = measured.read()
    worse = kept.assign(value=kept["value"].where(kept["measure"] != "positions f1", kept["value"] - 2 * DROP))
    assert any("positions f1" in line for line in fallen(worse, kept)) and not fallen(kept, kept)


def test_no_figure_on_the_articles_that_are_passed_on_has_fallen():
    module = load("measure")
    kept = measured.read()
    now = pd.concat([module.shipped(bootstrap=0), *(module.invented(one, 0) for one in measured.sets()[:FEW])])
    assert not fallen(now, kept[kept["set"].isin(now["set"])]), \
        "see what made it worse, or measure again: python benchmarks/measure.py --write"


@pytest.mark.large
@pytest.mark.parametrize("one", measured.sets()[FEW:], ids=lambda one: one.name)
def test_no_figure_on_the_other_invented_articles_has_fallen(one):
    now, kept = load("measure").invented(one, 0), measured.read()
    assert not fallen(now, kept[kept["set"] == one.name]), "measure again: python benchmarks/measure.py --write"


def test_every_invented_set_was_measured_and_is_there_whole():
    assert {one.name for one in measured.sets()} <= set(measured.read()["set"]), "run benchmarks/measure.py --write"
    for one in measured.sets():
        for folder, book in one.parts:
            assert book.is_file() and (folder / "gold.csv").is_file() and any((folder / "articles").glob("*.txt"))
        assert one.unseen == all(folder.name.endswith("closed") for folder, _ in one.parts)
    parts = [folder for one in measured.sets() for folder, _ in one.parts]
    assert len(set(parts)) == len(parts) and set(parts) == {path.parent for path in BLIND.glob("*/gold.csv")}


def test_the_counts_that_the_readme_of_the_invented_sets_tells_are_theirs():
    text = (BLIND / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| `([\w-]+)/` \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) / ([\d,]+) / ([\d,]+) "
                       r"\| ([\d,]+) \| ([\d,]+) / ([\d,]+) / ([\d,]+) \|$", text, re.MULTILINE)
    assert len(found) >= 12
    for name, *told in found:
        texts = [path.read_text(encoding="utf-8") for path in (BLIND / name / "articles").glob("*.txt")]
        rows = pd.read_csv(BLIND / name / "gold.csv", keep_default_na=False, dtype=str)
        said, taken = rows.drop_duplicates(["article", "id"]), rows[rows["stance"] != "none"]
        kinds, sides = said["kind"].value_counts(), taken["stance"].value_counts()
        counts = [len(texts), sum(len(one.split()) for one in texts), len(said),
                  *(kinds.get(kind, 0) for kind in ("direct", "mixed", "indirect")), len(taken),
                  *(sides.get(side, 0) for side in ("support", "oppose", "neutral"))]
        assert counts == [int(one.replace(",", "")) for one in told], name


def test_the_number_of_articles_in_a_set_s_name_is_right():
    said = {"eight": 8, "nine": 9, "six": 6}
    for one in measured.sets():
        word = one.name.split()[0]
        there = sum(len(list((folder / "articles").glob("*.txt"))) for folder, _ in one.parts)
        assert there == (said[word] if word in said else int(word))


def test_the_first_bars_of_the_study_that_ships_are_met():
    kept = measured.read()
    for measure, least in (("statements@0.3 f1", 85), ("country", 95), ("positions f1", 75), ("table", 90)):
        assert measured.value(kept, measured.SHIPPED, measure) >= least


def test_a_figure_that_was_not_measured_is_not_made_up():
    with pytest.raises(KeyError, match="0 figures"):
        measured.value(measured.read(), measured.SHIPPED, "charm")


def test_the_readme_says_what_was_measured():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert load("readme", ROOT / "tools").filled(text) == text, "run python tools/readme.py"


def test_no_figure_on_the_hand_coded_articles_has_fallen():
    module = benchmark()
    kept = measured.read()
    assert not fallen(module.dev(SHARED, bootstrap=0), kept[kept["set"] == module.DEV]), \
        "see what made it worse, or measure again: python benchmarks/measure.py --write"


@pytest.mark.large
def test_no_figure_on_polnear_has_fallen():
    module = benchmark()
    kept = measured.read()
    assert not fallen(module.polnear(SHARED), kept[kept["set"] == module.POLNEAR])


def test_a_share_over_several_sets_counts_each_case_once():
    kept = measured.read()
    right, n = measured.total(kept, "sides precision")
    rows = kept[kept["set"].isin(measured.unseen()) & (kept["measure"] == "sides precision")]
    assert n == rows["n"].sum() > 0 and rows["value"].min() <= 100 * right / n <= rows["value"].max()
    assert measured.total(kept, "charm") == (0, 0)
