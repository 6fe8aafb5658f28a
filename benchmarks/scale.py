"""How cost grows with size: articles a second by engine, peak memory, and cold, warm and incremental runs.

    python benchmarks/scale.py [--articles 200] [--sizes 1000,10000] [--write docs/scale.md]

The articles are made by recombining sentences of our own (`sentences.py`). Every measurement runs in a process of its
own, so that peak memory is that measurement's. With --write the table takes its place in the document.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def make(folder: pathlib.Path, count: int, seed: int = 1) -> None:
    """That many articles as text files, a thousand to a folder; every tenth is a copy of the one before, edited."""
    import sentences
    rng = random.Random(seed)
    made = None
    for number in range(count):
        topic = rng.choice(list(sentences.TOPICS))
        made = sentences.edit(rng, made) if made and number % 10 == 9 else sentences.article(rng, number, topic)
        path = folder / f"{number // 1000:03d}" / f"{number:06d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8")


def peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def reading(folder: str, *_: str) -> dict[str, float]:
    """Read and group articles."""
    from stancebrief import articles, repeats
    start = time.perf_counter()
    frame, _ = articles.read_paths([folder])
    middle = time.perf_counter()
    repeats.group_articles(frame)
    return {"articles": len(frame), "read": middle - start, "group": time.perf_counter() - middle, "peak": peak()}


def extracting(folder: str, engine: str, cache: str) -> dict[str, float]:
    """Find statements with an engine, and with results kept if a file for them is named."""
    import contextlib

    from stancebrief import articles, parses, statements
    from stancebrief import engine as engines
    from stancebrief.engine import store
    frame, _ = articles.read_paths([folder])
    kept = store.Store(pathlib.Path(cache)) if cache else contextlib.nullcontext()
    start, busy = time.perf_counter(), time.process_time()
    with kept as results:
        found, _ = engines.per_article(statements.extract, frame, engine=engine, store=results,
                                       version=store.version(statements, parses) if cache else "")
    return {"articles": len(frame), "statements": len(found), "seconds": time.perf_counter() - start,
            "busy": time.process_time() - busy, "peak": peak()}


def alone(task: str, *arguments: str) -> dict[str, float]:
    """One measurement in a process of its own; the seconds of the whole process beside its own figures."""
    start = time.perf_counter()
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(HERE)}
    done = subprocess.run([sys.executable, __file__, "--task", task, *arguments], check=True, capture_output=True,
                          text=True, env=environment)
    return json.loads(done.stdout.strip().splitlines()[-1]) | {"whole": time.perf_counter() - start}


def measure(count: int, sizes: list[int]) -> list[tuple[str, str, str]]:
    """The table: what, measured, meaning."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        make(place / "some", count)
        here = None
        for engine in ("here", "cores", "dask"):
            got = alone("extracting", str(place / "some"), engine, "")
            rate = got["articles"] / got["seconds"]
            if here is None:
                here, busy = rate, got["articles"] / got["busy"]
                rows.append(("statements, one core", f"{busy:.1f} articles a second of its time", "whatever else the "
                             "machine does; the model's start is in it"))
            rows.append((f"statements, {engine}", f"{rate:.1f} articles/s",
                         f"{rate / here:.2f} times one process; start of workers included; {got['articles']} articles"))
        rows.append(("a million such articles", f"{1e6 / busy / 3600:.0f} core hours", "reckoned from one core's time"))
        cache = str(place / "cache.sqlite")
        cold = alone("extracting", str(place / "some"), "here", cache)
        warm = alone("extracting", str(place / "some"), "here", cache)
        make(place / "some" / "new", 1, seed=99)
        more = alone("extracting", str(place / "some"), "here", cache)
        rows += [("cold run, kept", f"{cold['seconds']:.1f} s", f"{cold['articles']} articles"),
                 ("warm run", f"{warm['seconds']:.2f} s", f"{warm['seconds'] / cold['seconds']:.3f} of cold"),
                 ("one article more", f"{more['seconds']:.2f} s",
                  f"{more['seconds'] - warm['seconds']:.2f} s more than warm; the model's start is in it")]
        first = None
        for size in sizes:
            make(place / f"many{size}", size)
            got = alone("reading", str(place / f"many{size}"))
            first = first or got["peak"]
            rows.append((f"read and group {size:,}", f"{got['read']:.1f} s + {got['group']:.1f} s, "
                         f"{got['peak']:.0f} MB", f"{1000 * (got['read'] + got['group']) / size:.1f} ms an article; "
                         f"peak {got['peak'] / first:.2f} times the first"))
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
    parser.add_argument("--task", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.task:
        arguments = [*given.task[1:], "", ""]
        print(json.dumps({"reading": reading, "extracting": extracting}[given.task[0]](*arguments[:3])))
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
