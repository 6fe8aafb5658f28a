"""What a warm report costs beside what starting its kernels costs.

    python benchmarks/report.py [STUDY] [--rounds 3]

Needs nothing but the product; takes a minute or two. The floor runs the same notebooks as often, with the same imports
and nothing else in them. It is taken twice: with the kernels as papermill starts them, and with ours (forked from one
process). Given as seconds and as ratios within a round, so that the machine drops out; the ratio to the floor with
ordinary kernels is the one to hold at 1.5 or less.
"""

from __future__ import annotations

import os
import pathlib
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger

BAR = 1.5
FLOORS = {"empty notebooks, ordinary kernels": False, "empty notebooks, our kernels": True}  # forked?


def measure(name: str, rounds: int) -> Iterator[ledger.Row]:
    """The report and its floors, in turns. STANCEBRIEF_REPORTS must have been set to a folder of its own."""
    from stancebrief import kernels, runs, study
    made = pathlib.Path(os.environ["STANCEBRIEF_REPORTS"])
    cold = clock(lambda: runs.report(name))  # warms the disk, too, and says how many country pages there are
    pages = len(runs.countries(study.load(name), made / name / "tables"))
    times = order(pages)
    reports, floors = [], {label: [] for label in FLOORS}
    for _ in range(rounds):
        reports.append(clock(lambda: runs.report(name)))
        for label, forks in FLOORS.items():
            kernels.FORKS = forks and sys.platform == "linux"
            floors[label].append(clock(lambda: empty(times, made)))
        kernels.FORKS = sys.platform == "linux"
    yield (f"report on {name}, nothing new", f"{statistics.median(reports):.1f} s",
           f"median of {rounds}; {len(times)} notebook runs, {pages} of them country pages; the first run of all "
           f"{cold:.1f} s")
    for label, seconds in floors.items():
        ratios = [one / floor for one, floor in zip(reports, seconds, strict=True)]
        middle = statistics.median(ratios)
        held = (f"at most {BAR} is wanted: {'held' if middle <= BAR else 'NOT held'}" if not FLOORS[label] else
                "no bar here: one process imports for all kernels, so this floor pays for the imports once")
        yield (f"report / {label}", f"{middle:.2f}",
               f"{min(ratios):.2f} to {max(ratios):.2f}; the floor {statistics.median(seconds):.1f} s; {held}")


def order(pages: int) -> list:
    """The notebooks of a report with so many country pages, each as often as it runs."""
    from stancebrief import runs
    from stancebrief.runs import notebooks
    steps = [step for step in notebooks.find() if runs.FIRST <= step.number <= runs.LAST]
    return [step for step in steps for _ in range(pages if step.number == runs.COUNTRY_PAGE else 1)]


def main() -> None:
    parser = ledger.parser(__doc__)
    parser.add_argument("study", nargs="?", default="dprk-vetoes", help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=3, help="default: %(default)s")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        os.environ["STANCEBRIEF_REPORTS"] = made
        print(ledger.table(list(ledger.noted(measure(given.study, given.rounds), given.rows))))


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
    ledger.run(main)
