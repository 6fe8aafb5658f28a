"""What a warm report costs beside what starting its kernels costs: `python benchmarks/report.py [STUDY]`.

The floor runs the same notebooks as often, with the same imports and nothing else in them. It is taken twice: with
the kernels as papermill starts them, and with ours (forked from one process). Printed as seconds and as ratios of one
run, so that the machine drops out; the ratio to the floor with ordinary kernels is the one to hold at 1.5 or less.
"""

from __future__ import annotations

import os
import pathlib
import statistics
import sys
import tempfile
import time

TIMES = 3


def main(name: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        os.environ["STANCEBRIEF_REPORTS"] = made
        from stancebrief import kernels, runs, study
        from stancebrief.runs import notebooks
        steps = [step for step in notebooks.find() if runs.FIRST <= step.number <= runs.LAST]
        runs.report(name)  # warms the disk, and says how many country pages there are
        pages = len(runs.countries(study.load(name), pathlib.Path(made) / name / "tables"))
        times = [step for step in steps for _ in range(pages if step.number == runs.COUNTRY_PAGE else 1)]
        took = {"report": [], "empty, our kernels": [], "empty, ordinary kernels": []}
        for _ in range(TIMES):
            took["report"].append(clock(lambda: runs.report(name)))
            for label, forks in (("empty, our kernels", True), ("empty, ordinary kernels", False)):
                kernels.FORKS = forks and sys.platform == "linux"
                took[label].append(clock(lambda: empty(times, pathlib.Path(made))))
            kernels.FORKS = sys.platform == "linux"
        report = statistics.median(took["report"])
        print(f"{len(times)} notebook runs, {pages} of them country pages; median of {TIMES}\n")
        print("| run | seconds | report / this |\n|---|---|---|")
        for label, seconds in took.items():
            middle = statistics.median(seconds)
            print(f"| {label} | {middle:.1f} | {report / middle:.2f} |")


def clock(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def empty(steps: list, folder: pathlib.Path) -> None:
    """The same notebooks, with nothing in them but their imports."""
    import nbformat

    from stancebrief import kernels, runs
    from stancebrief.runs import notebooks
    with kernels.Nursery(runs.modules(steps)) as nursery:
        for step in steps:
            nb = nbformat.v4.new_notebook()
            nb.cells = [nbformat.v4.new_code_cell("\n".join(f"import {module}" for module in importable(step.imports)))]
            path = folder / "empty" / step.path.name
            path.parent.mkdir(exist_ok=True)
            nbformat.write(nb, path)
            notebooks.run(notebooks.read(path), {}, folder / "out.ipynb", nursery)


def importable(names: tuple[str, ...]) -> list[str]:
    """The names that are modules: `from pandas import DataFrame` lists pandas.DataFrame too."""
    import importlib.util
    found = []
    for name in names:
        try:
            found += [name] if importlib.util.find_spec(name) else []
        except ModuleNotFoundError:
            continue
    return found


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "dprk-vetoes")
