"""All benchmarks one after another, their rows in one table: what `make bench` runs.

    python benchmarks/suite.py [--only scale,report,…] [--sizes 1000,10000] [--statements 4000] [--articles 120]
                               [--shared ../shared] [--out reports/bench.md] [--write DOCUMENT]

Needs nothing but the product. What compares with corpora that are not passed on needs ../shared, and textacy needs an
environment of its own, which is made in .cache/ once (`extras.py`); what lacks either is left out, and the table says
so. Its last line says how long each took, and how much of that the processor. Each benchmark runs in a process of its
own with one thread for linear algebra. A benchmark that fails does not stop the others: the table says which, and the
exit status is 1.

Nothing is written but the table and what lies under .cache/. With --write the table also takes its place between the
marks `<!-- bench: begin -->` and `<!-- bench: end -->` of a document.
"""

from __future__ import annotations

import collections
import dataclasses
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger

HERE = pathlib.Path(__file__).resolve().parent
STOPPED = "stopped by Ctrl-C"
OUT = ledger.ROOT / "reports" / "bench.md"
TAKEN = ("only", "sizes", "articles", "statements")  # what `make bench` takes, as SIZES=… and so on


@dataclasses.dataclass(frozen=True)
class Part:
    """One benchmark: what the table calls it, its command line (`{}` for what the suite is given), whether by default.
    """

    title: str
    command: tuple[str, ...]
    usual: bool = True


PARTS = {
    "report": Part("starting kernels", ("report.py", "--rounds", "2")),
    "scale": Part("size", ("scale.py", "--articles", "{articles}", "--sizes", "{sizes}")),
    "extract": Part("extraction beside others, speed", ("extract.py", "{shared}", "--speed", "--rounds", "2")),
    "peers": Part("extraction beside others, accuracy", ("peers.py", "{shared}")),
    "briefs": Part("the brief", ("briefs.py", "--sizes", "{statements}")),
    "repeats": Part("repeats", ("repeats.py",)),
    "countries": Part("countries", ("countries.py", "{shared}")),
    "sentiment": Part("tone", ("sentiment.py", "{shared}")),
    "coders": Part("two people", ("coders.py",)),
    "measure": Part("accuracy", ("measure.py", "{shared}"), usual=False),
    "stance": Part("direction of sentences", ("stance.py", "{shared}"), usual=False),
    "learned": Part("second reading", ("learned.py", "{shared}"), usual=False),
}


@dataclasses.dataclass
class Outcome:
    """What one benchmark came to.

    `seconds` it took, `busy` seconds of the processor; `missing`: what was left out and why; `failed`: how it failed.
    """

    part: str
    rows: list[ledger.Noted]
    seconds: float
    busy: float
    missing: list[str]
    failed: str = ""


def run(part: str, **given: object) -> Outcome:
    """One benchmark in a process of its own; what it says goes to standard error as it comes."""
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder) / "rows"
        script, *arguments = (word.format(**given) for word in PARTS[part].command)
        began, busy, last = time.perf_counter(), asked(), collections.deque(maxlen=12)
        with subprocess.Popen([sys.executable, str(HERE / script), *arguments, "--rows", str(place)], text=True,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", errors="replace",
                              env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}) as process:
            try:
                for line in process.stderr:
                    print(line, end="", file=sys.stderr, flush=True)
                    last.append(line.rstrip())
            except KeyboardInterrupt:  # which the benchmark got, too; what it has measured is not lost
                last.append(STOPPED)
        found = ledger.kept(place)
    missing = [f"{row[0]}: {row[2]}" for row in found if row[1] == ledger.ABSENT]
    rows = [row for row in found if row[1] != ledger.ABSENT]
    if process.returncode == ledger.LEFT_OUT:
        missing += [line.removeprefix("left out: ") for line in last if line.startswith("left out: ")]
    failed = "" if process.returncode in (0, ledger.LEFT_OUT) else "\n".join(
        [f"exit status {process.returncode}", *last])
    return Outcome(part, rows, time.perf_counter() - began, asked() - busy, missing, failed)


def asked() -> float:
    """Seconds of the processor that all processes started here have used, those that ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def table(outcomes: list[Outcome], command: str, wanted: list[str]) -> str:
    """One table of all rows, and under it what was left out, what failed, and how long each took."""
    lines = [f"Measured by `{command}`, Python {sys.version.split()[0]}, {os.cpu_count()} cores. Where the load was"
             " above the number of cores, seconds say little; ratios, memory and a process's own time do.", "",
             "| benchmark | what | measured | reading | when, beside how much other work |", "|---|---|---|---|---|"]
    lines += [f"| {PARTS[one.part].title} | {' | '.join(cell.replace('|', '/') for cell in row)} |"
              for one in outcomes for row in one.rows]
    left = [f"- {PARTS[one.part].title}: {reason}" for one in outcomes for reason in one.missing]
    others = {"not asked for": PARTS.keys() - wanted, "not run yet": set(wanted) - {one.part for one in outcomes}}
    left += [f"- {why}: {', '.join(name for name in PARTS if name in names)}" for why, names in others.items() if names]
    lines += ["", "Left out:" if left else "Nothing was left out.", "", *left]
    broken = [one for one in outcomes if one.failed]
    for one in broken:
        lines += ["", f"**Failed: {one.part}**", "", "```", one.failed, "```"]
    took, busy = (sum(getattr(one, what) for one in outcomes) / 60 for what in ("seconds", "busy"))
    lines += ["", f"It took {took:.0f} minutes, and {busy:.0f} minutes of the processor: " + ", ".join(
        f"{one.part} {one.seconds / 60:.1f} ({one.busy / 60:.1f})" for one in outcomes) + "."]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = ledger.plain(__doc__)
    usual = ",".join(name for name, part in PARTS.items() if part.usual)
    parser.add_argument("--only", default=usual, metavar="PART,…",
                        help=f"of {', '.join(PARTS)}; all for all of them (default: %(default)s)")
    parser.add_argument("--sizes", default="1000,10000", metavar="N,…",
                        help="articles for memory by size (default: %(default)s)")
    parser.add_argument("--articles", type=int, default=120, metavar="N",
                        help="articles for cold, warm and incremental runs and the engines (default: %(default)s)")
    parser.add_argument("--statements", default="4000", metavar="N,…",
                        help="for the size of the brief (default: %(default)s)")
    parser.add_argument("--shared", type=pathlib.Path, default=ledger.SHARED,
                        help="the folder with the corpora that are not passed on (default: ../shared)")
    parser.add_argument("--out", type=pathlib.Path, default=OUT, metavar="FILE",
                        help=f"where the table goes (default: {OUT.relative_to(ledger.ROOT)})")
    parser.add_argument("--write", type=pathlib.Path, metavar="DOCUMENT",
                        help="put it into its place there, if nothing failed")
    given = parser.parse_args()
    wanted = list(PARTS) if given.only == "all" else given.only.split(",")
    if not set(wanted) <= set(PARTS):
        parser.error(f"--only takes some of {', '.join(PARTS)}")
    command = " ".join(["make bench", *(f"{name.upper()}={getattr(given, name)}" for name in TAKEN
                                        if getattr(given, name) != parser.get_default(name))])
    outcomes: list[Outcome] = []
    for part in wanted:
        print(f"== {part}", file=sys.stderr, flush=True)
        outcomes.append(run(part, shared=given.shared, sizes=given.sizes, articles=given.articles,
                            statements=given.statements))
        put(given.out, table(outcomes, command, wanted))
        if outcomes[-1].failed.endswith(STOPPED):
            break
    text = table(outcomes, command, wanted)
    print(text)
    print(f"The table is in {given.out}", file=sys.stderr)
    if any(one.failed for one in outcomes):
        return 1
    if given.write:
        ledger.write(given.write, "bench", text)
    return 0


def put(place: pathlib.Path, text: str) -> None:
    """The table so far, whole or not at all."""
    from stancebrief import tables
    place.parent.mkdir(parents=True, exist_ok=True)
    tables.write_bytes(f"# Benchmarks\n\n{text}".encode(), place)


if __name__ == "__main__":
    raise SystemExit(main())
