"""How cost grows with size: articles a second by engine, peak memory, and cold, warm and incremental runs.

    python benchmarks/scale.py [--articles 200] [--sizes 1000,10000] [--write docs/scale.md]

The articles are made by recombining sentences of our own (`sentences.py`). Every measurement runs in a process of its
own, so that peak memory is that measurement's. For the sizes the articles are cut after a few paragraphs, and reading
statements, coding and tone, which are done article by article in the workers, have stand-ins that cost nothing: what is
measured there is what holds the articles together. With --write the table takes its place in the document.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pathlib
import platform
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
STEPS = {"articles": "articles", "statements": "statements", "utterances": "utterances", "positions": "positions",
         "sentiment": "tone"}  # the table that a step makes last, and what we call the step
SHORT = 5  # paragraphs of an article where only the sizes are compared
sys.path.insert(0, str(HERE))
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


def path(studies: str, engine: str, upto: str, work: str) -> dict[str, float]:
    """The path from files to tone on the study there, with what was kept by earlier runs; seconds by step.

    `work`: real, or none for stand-ins in place of reading statements, coding and tone.
    """
    os.environ["STANCEBRIEF_STUDIES"] = studies
    from stancebrief import datasets, steps, study
    if work == "none":
        import standins
        steps.statements_room = standins
        steps._coded, steps._scored = standins.coded, standins.scored
    ours = study.load("made", workspace=f"{studies}/reports/made", engine=engine)
    got: dict[str, float] = {"start MB": peak()}
    begun, busy = time.perf_counter(), time.process_time()
    last, really = begun, datasets.write

    def timed(parts, made, folder):
        nonlocal last
        found = really(parts, made, folder)
        if made[-1] in STEPS and made != ("articles", "problems"):
            step = STEPS[made[-1]]
            got[step], last = time.perf_counter() - last, time.perf_counter()
            got[f"{step} MB"] = peak()
        if made[-1] == upto:
            raise Enough
        return found
    datasets.write = timed
    with tempfile.TemporaryDirectory() as folder:
        with contextlib.suppress(Enough):
            steps.build(ours, pathlib.Path(folder))
        got["count"], got["said"] = (sum(map(len, datasets.Dataset(name, pathlib.Path(folder))))
                                     for name in ("articles", "statements"))
    return got | {"all": last - begun, "busy": time.process_time() - busy,
                  "workers MB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


class Enough(Exception):
    """What was to be measured has been."""


def alone(*arguments: str) -> dict[str, float]:
    """One run of the path in a process of its own, so that peak memory is that run's."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(HERE)}
    done = subprocess.run([sys.executable, __file__, "--task", *arguments], check=True, capture_output=True,
                          text=True, env=environment)
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


def measure(count: int, sizes: list[int]) -> list[tuple[str, str, str]]:
    """The table: what, measured, meaning."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        studies = lay_out(place, count)
        cold = alone(studies, "serial", "sentiment", "real")
        busy = cold["count"] / cold["busy"]
        rows += [("articles to tone, one core", f"{busy:.1f} articles/s of its time", "the model's start is in it, "
                  f"other work is not; {cold['count']:.0f} articles, {cold['said']:.0f} statements"),
                 ("a million such articles", f"{1e6 / busy / 3600:.0f} core hours", "reckoned from one core's time"),
                 ("of this time", ", ".join(f"{step} {100 * cold[step] / cold['all']:.0f} %"
                                            for step in STEPS.values()), "what dominates")]
        warm = alone(studies, "serial", "sentiment", "real")
        make(pathlib.Path(studies) / "made" / "articles" / "new", 1, seed=99)
        more = alone(studies, "serial", "sentiment", "real")
        book = pathlib.Path(studies) / "made" / "codebook.yaml"
        book.write_text(book.read_text(encoding="utf-8").replace("version:", "version: new #", 1), encoding="utf-8")
        other = alone(studies, "serial", "sentiment", "real")
        rows += [("cold run", f"{cold['all']:.1f} s", f"{cold['count']:.0f} articles"),
                 ("warm run", f"{warm['all']:.1f} s", f"{warm['all'] / cold['all']:.3f} of cold"),
                 ("one article more", f"{more['all']:.1f} s",
                  f"{more['all'] - warm['all']:.1f} s more than warm; the model's start is in it"),
                 ("another codebook", f"{other['all']:.1f} s", f"{other['all'] / cold['all']:.2f} of cold; none parsed"
                  )]
        first: dict[str, float] = {}
        for engine in ("serial", "processes", "dask"):
            forget(studies)
            got = alone(studies, engine, "statements", "real")
            first = first or got
            rows.append((f"articles to statements, {engine}", f"{got['count'] / got['all']:.1f} articles/s",
                         f"{first['all'] / got['all']:.2f} times one process; start of workers included"))
        least: dict[str, float] = {}
        for size in sizes:
            studies = lay_out(place, size, SHORT)
            got = alone(studies, "processes", "sentiment", "none")
            least = least or got
            peaks = ", ".join(f"{step} {got[f'{step} MB']:.0f} MB" for step in STEPS.values())
            most, first = (max(one[f"{step} MB"] for step in STEPS.values()) for one in (got, least))
            rows.append((f"{size:,} short articles, {got['said']:,.0f} statements",
                         f"{got['all']:.0f} s; peak {most:.0f} MB, {most / first:.2f} times the first",
                         "statements, coding and tone stood in for; "
                         f"{1000 * got['all'] / size:.1f} ms an article; peak at the start {got['start MB']:.0f} MB, "
                         f"after {peaks}; a worker's {got['workers MB']:.0f} MB"))
            make(pathlib.Path(studies) / "made" / "articles" / "new", 1, seed=99)
            more = alone(studies, "processes", "sentiment", "none")
            rows.append((f"one article more than {size:,}", f"{more['all']:.1f} s",
                         f"{1000 * more['all'] / size:.1f} ms for each article that is there"))
            shutil.rmtree(pathlib.Path(studies), ignore_errors=True)
    return rows


def table(rows: list[tuple[str, str, str]]) -> str:
    """The rows as Markdown with the machine they were measured on."""
    lines = [f"Measured with Python {platform.python_version()} on {os.cpu_count()} cores, {platform.machine()}, "
             f"load {os.getloadavg()[0]:.1f} when it ended (other work slows it).", "", "| what | measured | reading |",
             "|---|---|---|"]
    return "\n".join([*lines, *(f"| {a} | {b} | {c} |" for a, b, c in rows)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--task", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.task:
        print(json.dumps(path(*given.task)))
        return
    text = table(measure(given.articles, [int(size) for size in given.sizes.split(",") if size]))
    print(text)
    if given.write:
        from stancebrief import tables
        before, _, rest = given.write.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        tables.write_bytes(f"{before}{BEGIN}\n{text}\n{END}{after}".encode(), given.write)


if __name__ == "__main__":
    main()
