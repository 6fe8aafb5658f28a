"""How cost grows with size: articles a second by engine, peak memory, and cold, warm and incremental runs.

    python benchmarks/scale.py [--articles 200] [--only path,engines,sizes] [--sizes 1000] [--write docs/scale.md]

Needs nothing but the product; takes minutes for 10,000 articles, and accordingly for more.
The articles are made by recombining sentences of our own (`sentences.py`). Every measurement runs in a process of its
own, so that peak memory is that measurement's. For the sizes the articles are cut after a few paragraphs, and reading
statements, coding and tone, which are done article by article in the workers, have stand-ins that cost nothing: what is
measured there is what holds the articles together.

With --write the rows that were measured take their places in the document's table, and the others stay as they are, so
that what takes hours need not be measured again with what takes minutes. A row says when it was measured and how much
else the machine had to do: beside much other work its seconds say little, its own time and its memory still do.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
STEPS = {"articles": "articles", "statements": "statements", "utterances": "utterances", "positions": "positions",
         "sentiment": "tone"}  # the table that a step makes last, and what we call the step
PARTS = ("path", "engines", "sizes")
SHORT = 5  # paragraphs of an article where only the sizes are compared
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def make(folder: pathlib.Path, count: int, seed: int = 1, paragraphs: int | None = None) -> None:
    """That many articles as text files, a thousand to a folder; every tenth is a copy of the one before, edited."""
    import sentences
    rng = random.Random(seed)
    made = None
    for number in range(count):
        topic = rng.choice(list(sentences.TOPICS))
        made = sentences.edit(rng, made) if made and number % 10 == 9 else sentences.article(rng, number, topic)
        path = folder / f"{number // 1000:03d}" / f"{number:06d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(made.text.split("\n\n")[:paragraphs]) + "\n", encoding="utf-8")


def peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def others() -> tuple[float, float]:
    """What other processes have done for this one: their seconds, and the most memory that one of those alive held."""
    import psutil
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, most = ended.ru_utime + ended.ru_stime, 0.0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error, OSError, IndexError):  # it may end meanwhile
            seconds += sum(process.cpu_times()[:4])  # its own, and those of its children that have ended
            held = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8").partition("VmHWM:")[2]
            most = max(most, int(held.split()[0]) / 1024)
    return seconds, most


def path(studies: str, engine: str, upto: str, work: str) -> dict[str, float]:
    """The path from files to tone on the study there, with what was kept by earlier runs; seconds by step.

    `work`: real, or none for stand-ins in place of reading statements, coding and tone.
    """
    os.environ["STANCEBRIEF_STUDIES"] = studies
    from stancebrief import datasets, steps, study
    from stancebrief.engine import renewal
    if work == "none":
        import standins
        for name, stand_in in (("statements_room", standins), ("_coded", standins.coded), ("_scored", standins.scored)):
            getattr(steps, name)  # where it is called otherwise by now, the real one would be measured
            setattr(steps, name, stand_in)
    ours = study.load("made", workspace=f"{studies}/reports/made", engine=engine)
    got: dict[str, float] = {"start MB": peak()}
    begun, busy = time.perf_counter(), time.process_time()
    last, really = begun, renewal.fill

    def timed(step: str, *rest: object) -> None:
        nonlocal last
        really(step, *rest)
        got[STEPS[step]], last = time.perf_counter() - last, time.perf_counter()
        got[f"{STEPS[step]} MB"] = peak()
        got["workers"], held = others()
        got["workers MB"] = max(held, got.get("workers MB", 0.0))
        if step == upto != "sentiment":  # which is the last
            raise Enough
    renewal.fill = timed
    with tempfile.TemporaryDirectory() as folder:
        with contextlib.suppress(Enough):
            steps.build(ours, pathlib.Path(folder))
        got["count"], got["said"] = (sum(map(len, datasets.Dataset(name, pathlib.Path(folder))))
                                     for name in ("articles", "statements"))
    return got | {"all": last - begun, "busy": time.process_time() - busy}


class Enough(Exception):
    """What was to be measured has been."""


def alone(*arguments: str, cores: int = 0) -> dict[str, float]:
    """One run of the path in a process of its own, so that peak memory is that run's; on so many cores, 0 for all."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": f"{HERE}{os.pathsep}{ROOT / 'lib'}"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # who uses the library compiles it once
    few = functools.partial(os.sched_setaffinity, 0, sorted(os.sched_getaffinity(0))[:cores]) if cores else None
    done = subprocess.run([sys.executable, __file__, "--task", *arguments], capture_output=True, text=True,
                          env=environment, preexec_fn=few)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}: the run failed\n{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def lay_out(place: pathlib.Path, count: int, paragraphs: int | None = None) -> str:
    """A study of that many made articles; gives the folder of studies."""
    folder = place / f"of{count}" / "made"
    make(folder / "articles", count, paragraphs=paragraphs)
    (folder / "study.yaml").write_text("title: made\n", encoding="utf-8")
    (folder / "codebook.yaml").write_bytes((ROOT / "data" / "dprk-vetoes" / "codebook.yaml").read_bytes())
    return str(folder.parent)


def forget(studies: str) -> None:
    """As if nothing had ever been run."""
    shutil.rmtree(pathlib.Path(studies) / "reports", ignore_errors=True)


def measure_path(place: pathlib.Path, count: int) -> Iterator[ledger.Row]:
    """What the whole path costs, cold, warm, with an article more and with another codebook."""
    studies = lay_out(place, count)
    cold = alone(studies, "serial", "sentiment", "real")
    busy = cold["count"] / cold["busy"]
    yield ("articles to tone, one core", f"{busy:.1f} articles/s of its time", "the model's start is in it, "
           f"other work is not; {cold['count']:.0f} articles, {cold['said']:.0f} statements")
    yield "a million such articles", f"{1e6 / busy / 3600:.0f} core hours", "reckoned from one core's time"
    yield ("of this time", ", ".join(f"{step} {100 * cold[step] / cold['all']:.0f} %" for step in STEPS.values()),
           "what dominates")
    warm = alone(studies, "serial", "sentiment", "real")
    make(pathlib.Path(studies) / "made" / "articles" / "new", 1, seed=99)
    more = alone(studies, "serial", "sentiment", "real")
    book = pathlib.Path(studies) / "made" / "codebook.yaml"
    book.write_text(book.read_text(encoding="utf-8").replace("version:", "version: new #", 1), encoding="utf-8")
    other = alone(studies, "serial", "sentiment", "real")
    yield "cold run", _seconds(cold), f"{cold['count']:.0f} articles"
    yield "warm run", _seconds(warm), f"{warm['busy'] / cold['busy']:.3f} of cold"
    yield ("one article more", _seconds(more),
           f"{more['busy'] - warm['busy']:.1f} s of its time more than warm; the model's start is in it")
    yield "another codebook", _seconds(other), f"{other['busy'] / cold['busy']:.2f} of cold; none parsed"


def measure_engines(place: pathlib.Path, count: int) -> Iterator[ledger.Row]:
    """The engines beside each other, on all cores and on fewer."""
    studies = lay_out(place, count)
    first: dict[str, float] = {}
    for engine, cores in (("serial", 0), *((name, few) for name in ("processes", "dask") for few in fewer())):
        forget(studies)
        got = alone(studies, engine, "statements", "real", cores=cores)
        first = first or got
        on = f" on {cores} of {everywhere()} cores" if cores else ""
        used = 1 if engine == "serial" else cores or everywhere()
        yield (f"articles to statements, {engine}{on}", f"{got['count'] / got['all']:.1f} articles/s",
               f"{first['all'] / got['all']:.2f} times one process; cores: {used}; start of workers included; "
               f"{count} articles; {got['busy']:.1f} s of the first process, {got['workers']:.1f} s of the others")


def everywhere() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fewer() -> list[int]:
    """Numbers of cores to compare, by doubling: 2, 4, … and 0 for all of them; only that where none can be set."""
    some = [2**n for n in range(1, 16) if 2**n < everywhere()]
    return [*(some if hasattr(os, "sched_setaffinity") else ()), 0]


def measure_size(place: pathlib.Path, size: int, peaks_of: dict[int, float]) -> Iterator[ledger.Row]:
    """Memory at one size, and what a run costs there that finds nothing or one article new.

    `peaks_of`: peak memory at the sizes that this run measured before; this one's is put there.
    """
    studies = lay_out(place, size, SHORT)
    got = alone(studies, "processes", "sentiment", "none")
    peaks = ", ".join(f"{step} {got[f'{step} MB']:.0f} MB" for step in STEPS.values())
    most = peaks_of[size] = max(got[f"{step} MB"] for step in STEPS.values())
    yield (f"{size:,} short articles, {got['said']:,.0f} statements", f"peak {most:.0f} MB; {_seconds(got)}",
           "statements, coding and tone stood in for; "
           f"{1000 * got['all'] / size:.1f} ms an article; peak at the start {got['start MB']:.0f} MB, "
           f"after {peaks}; a worker's {got['workers MB']:.0f} MB")
    if size != min(peaks_of):
        yield (f"peak at {size:,} articles / at {min(peaks_of):,}", f"{most / peaks_of[min(peaks_of)]:.2f}",
               "how flat memory is: 1.20 at most is wanted")
    warm = alone(studies, "serial", "sentiment", "none")
    yield (f"nothing new among {size:,}", _seconds(warm),
           f"{1000 * warm['busy'] / size:.2f} ms of its time for each article that is there")
    make(pathlib.Path(studies) / "made" / "articles" / "new", 1, seed=99)
    more = alone(studies, "serial", "sentiment", "none")
    yield (f"one article more than {size:,}", _seconds(more),
           f"{1000 * more['busy'] / size:.2f} ms of its time for each article that is there; of {more['all']:.1f} s "
           + ", ".join(f"{step} {more[step]:.1f}" for step in STEPS.values()))
    shutil.rmtree(studies, ignore_errors=True)


def _seconds(got: dict[str, float]) -> str:
    """How long it took, and how much of that it was at work itself."""
    return f"{got['all']:.1f} s, {got['busy']:.1f} s of its time"


def renewed(text: str, rows: Iterable[tuple[str, ...]]) -> str:
    """The document with these rows in its table: in the place of those that tell the same, else at the end."""
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    known = {}
    if ledger.HEAD in old:
        cells = (line.strip("| ").split(" | ") for line in old.partition(f"{ledger.RULE}\n")[2].splitlines())
        known = {row[0].partition(", ")[0] if " short articles" in row[0] else row[0]: tuple(row) for row in cells}
    for row in rows:
        known[row[0].rpartition(", ")[0] if " short articles" in row[0] else row[0]] = row
    return f"{before}{BEGIN}\n{ledger.table(known.values())}\n{END}{after}"


def main() -> None:
    parser = ledger.parser(__doc__)
    parser.add_argument("--articles", type=int, default=200, help="for path and engines (default: %(default)s)")
    parser.add_argument("--sizes", default="1000", metavar="N,…", help="articles (default: %(default)s)")
    parser.add_argument("--only", default=",".join(PARTS), metavar="PART,…", help="default: %(default)s")
    parser.add_argument("--write", type=pathlib.Path, metavar="DOCUMENT", help="put the rows into its table")
    parser.add_argument("--task", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.task:
        print(json.dumps(path(*given.task)))
        return
    only = given.only.split(",")
    if not set(only) <= set(PARTS):
        parser.error(f"--only takes some of {', '.join(PARTS)}")
    peaks: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        work = [(measure_path(place, given.articles), "path"), (measure_engines(place, given.articles), "engines"),
                *((measure_size(place, size, peaks), "sizes") for size in ledger.numbers(given.sizes))]
        for rows, kind in work:
            found = list(ledger.noted(rows, given.rows)) if kind in only else []
            if found and given.write:  # as soon as they are there
                from stancebrief import tables
                tables.write_bytes(renewed(given.write.read_text(encoding="utf-8"), found).encode(), given.write)
            elif found:
                print(ledger.table(found))


if __name__ == "__main__":
    ledger.run(main)
