"""Statements, measured: accuracy beside hand-coded articles, and speed beside the parse alone, spaCy and textacy.

    python benchmarks/extract.py [SHARED] [--record] [--speed | --profile] [--rounds N]

SHARED holds gold/, corpora/ and eval/. `--record` writes the accuracy to tests/regression/statements.csv, from which a
later drop is noticed. Speed is processor time of one process, in turns, median of N rounds after one that warms up
(OMP_NUM_THREADS=1); the ratios, each taken within a round, count. textacy is
measured where it is installed (a development-only dependency: use a throw-away environment) and left out elsewhere.
"""

import argparse
import contextlib
import cProfile
import csv
import gc
import importlib
import io
import json
import pathlib
import pstats
import re
import resource
import statistics
import sys
import tempfile
import time

import pandas as pd

from stancebrief import parses, statements
from stancebrief.articles import furniture

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
RECORD = ROOT / "tests" / "regression" / "statements.csv"
PARSE = "parse alone of our words"
SETS = {
    "seeds": ("articles", "gold/seeds.csv"),
    "dev": ("gold/dev/articles", "gold/dev.csv"),
    "PolNeAR": ("corpora/PolNeAR/dev/text", ""),
}


def read(folder: pathlib.Path) -> pd.DataFrame:
    """A frame with `article`, `text`, `furniture` of the text files in a folder."""
    rows = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_bytes().decode("utf-8", errors="replace")
        rows.append({"article": path.name, "text": text, "furniture": json.dumps(furniture.spans(text))})
    return pd.DataFrame(rows)


def write(found: pd.DataFrame, path: pathlib.Path) -> None:
    """The statements as the scorers read them: one row per country, no target."""
    with open(path, "w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow("article start end kind speaker country cue target stance".split())
        for r in found.itertuples():
            for code in r.countries.split("|"):
                writer.writerow([r.article, r.start, r.end, r.kind, r.speaker, code, r.cue, "none", "none"])


def figures(name: str, shared: pathlib.Path = SHARED) -> dict[str, float]:
    """Accuracy on one of SETS, in per cent. Raises FileNotFoundError where it is not there."""
    folder, gold = (shared / part if part else None for part in SETS[name])
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is not there: give the folder that holds gold/, corpora/ and eval/")
    sys.path.insert(0, str(shared / "eval"))
    found, _ = statements.extract(read(folder))
    if gold is not None:
        score = importlib.import_module("score")
        rows = [{"article": r.article, "start": r.start, "end": r.end, "speaker": r.speaker, "country": code,
                 "target": "none", "stance": "none"} for r in found.itertuples() for code in r.countries.split("|")]
        result, _ = score.score(score.locate(score.read(gold), folder), rows)
        flat = {f"{k} {part}": v for k in ("statements@0.3", "statements@0.8") for part, v in result[k].items()
                if part != "n"}
        flat |= {f"recall {kind}": v for kind, v in result["recall by kind"].items()}
        return flat | {k: result[k] for k in ("speaker", "country")}
    polnear = importlib.import_module("polnear")
    with tempfile.TemporaryDirectory() as scratch:
        write(found, pathlib.Path(scratch) / "pred.csv")
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            polnear.main(str(shared / "corpora" / "PolNeAR"), str(pathlib.Path(scratch) / "pred.csv"), "dev")
    text = printed.getvalue()
    flat = {}
    for label in ("spans@0.3", "characters"):
        p, r, f = re.search(rf"{label}\s+P ([\d.]+)\s+R ([\d.]+)\s+F1 ([\d.]+)", text).groups()
        flat |= {f"{label} p": float(p), f"{label} r": float(r), f"{label} f1": float(f)}
    for kind in ("direct", "mixed", "indirect"):
        flat[f"recall {kind}"] = float(re.search(rf"{kind} ([\d.]+)", text)[1])
    return flat | {"speaker": float(re.search(r"speaker\s+([\d.]+)", text)[1])}


def record(shared: pathlib.Path = SHARED) -> None:
    """Write the accuracy on all sets to RECORD."""
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    with open(RECORD, "w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["set", "figure", "value"])
        for name in SETS:
            writer.writerows([name, figure, value] for figure, value in figures(name, shared).items())


def speed(articles: pd.DataFrame, rounds: int = 3) -> dict[str, list[float]]:
    """Seconds of processor time in each round: ours, the parse alone of our words, spaCy, textacy if there."""
    import spacy

    full = importlib.import_module(_package()).load()
    texts = articles["text"].tolist()
    paragraphs = [parses.legible(row.text[a:b]) for row in articles.itertuples()
                  for a, b in statements.spans(row)]
    try:
        quotes = importlib.import_module("textacy.extract").direct_quotations
    except ModuleNotFoundError:
        quotes = None

    def ours() -> None:
        parses.forget()
        statements.extract(articles)

    def parse() -> None:
        for _ in parses.model().pipe(dict.fromkeys(paragraphs), batch_size=parses.BATCH):
            pass

    def pipe() -> None:
        for _ in full.pipe(texts, batch_size=32):
            pass

    def textacy() -> None:
        for doc in full.pipe(texts, batch_size=32):
            with contextlib.suppress(ValueError):  # it gives up on an article with a stray mark
                list(quotes(doc))

    runs = {"ours": ours, PARSE: parse, f"spaCy {spacy.__version__} full pipe": pipe}
    if quotes is not None:
        runs["textacy direct_quotations"] = textacy
    else:
        print("textacy is not installed here, so it is not measured")
    for run in runs.values():
        run()  # whatever is done once only
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            gc.collect()
            started = time.process_time()
            run()
            taken[name].append(time.process_time() - started)
    return taken


def profile(articles: pd.DataFrame, most: int = 15) -> str:
    """Where the time goes, by module: share of the time in its own code and in what it calls outside the library."""
    statements.extract(articles.head(3))
    parses.forget()
    watch = cProfile.Profile()
    watch.runcall(statements.extract, articles)
    stats = pstats.Stats(watch).stats
    whole = sum(own for _, _, own, _, _ in stats.values())
    spent: dict[str, float] = {}
    for (file, _, name), (_, _, own, _, _) in stats.items():
        where = re.search(r"stancebrief/(.+)\.py|site-packages/(\w+)", file)
        part = (where[1] or where[2]) if where else file.split("/")[0] if file.endswith("pyx") else name.split(" ")[0]
        spent[part] = spent.get(part, 0.0) + own
    ranked = sorted(spent.items(), key=lambda item: -item[1])[:most]
    return "\n".join(f"{100 * seconds / whole:5.1f} %  {part}" for part, seconds in ranked)


def _package() -> str:
    return next(name for name in parses.MODELS if importlib.util.find_spec(name))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("shared", nargs="?", type=pathlib.Path, default=SHARED)
    ask.add_argument("--record", action="store_true", help=f"write {RECORD.relative_to(ROOT)}")
    ask.add_argument("--speed", action="store_true", help="measure speed only")
    ask.add_argument("--profile", action="store_true", help="say where the time goes, and measure nothing")
    ask.add_argument("--rounds", type=int, default=3)
    asked = ask.parse_args()
    if asked.record:
        return record(asked.shared)
    if not asked.speed and not asked.profile:
        for name in SETS:
            print(f"{name:8} " + "  ".join(f"{k} {v:.1f}" for k, v in figures(name, asked.shared).items()))
    articles = read(asked.shared / SETS["PolNeAR"][0])
    words = int(articles["text"].str.split().str.len().sum())
    if asked.profile:
        return print(profile(articles))
    taken = speed(articles, asked.rounds)
    for name, seconds in taken.items():
        ratios = [one / own for one, own in zip(seconds, taken["ours"], strict=True)]
        middle = statistics.median(seconds)
        print(f"{name:32} {middle:7.2f} s {words / middle:9.0f} words/s  {statistics.median(ratios):5.2f} times ours "
              f"({min(ratios):.2f}-{max(ratios):.2f})")
    parse = [own / one for one, own in zip(taken[PARSE], taken["ours"], strict=True)]
    print(f"ours is {statistics.median(parse):.2f} times the parse alone ({min(parse):.2f}-{max(parse):.2f})")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
