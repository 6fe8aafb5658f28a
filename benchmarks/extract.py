"""Statements, measured: accuracy beside hand-coded articles, and speed beside the parse alone, spaCy and textacy.

    python benchmarks/extract.py [SHARED] [--speed | --profile | --write] [--rounds N]

Accuracy needs SHARED (default: ../shared) with gold/, corpora/ and eval/; `--write` writes it to
tests/regression/statements.csv, from which a later drop is noticed. Speed is measured on PolNeAR's articles where
SHARED is there, else on those of this repository: processor time of one process, in turns, median of N rounds after one
that warms up (OMP_NUM_THREADS=1); the ratios, each taken within a round, count. textacy comes from an environment of
its own (`extras.py`), and is left out where that cannot be made. Takes some minutes.
"""

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
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator

import pandas as pd

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import extras
import ledger

from stancebrief import parses, statements, study
from stancebrief.agreement import measured
from stancebrief.articles import furniture

RECORD = ledger.ROOT / "tests" / "regression" / "statements.csv"
PARSE = "the parse alone of our words"
TEXTACY = "textacy direct_quotations"
SETS = {
    "seeds": ("articles", "gold/seeds.csv"),
    "dev": ("gold/dev/articles", "gold/dev.csv"),
    "PolNeAR": ("corpora/PolNeAR/dev/text", ""),
}


def read(*folders: pathlib.Path) -> pd.DataFrame:
    """A frame with `article`, `text`, `furniture` of the text files in these folders."""
    rows = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.txt"))):
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


def ours() -> pd.DataFrame:
    """The articles of the study that ships, and the invented ones that anybody may read."""
    return read(study.DATA / "dprk-vetoes" / "articles",
                *(folder / "articles" for one in measured.sets() if not one.unseen for folder, _ in one.parts))


def figures(name: str, shared: pathlib.Path = ledger.SHARED) -> dict[str, float]:
    """Accuracy on one of SETS, in per cent. Raises FileNotFoundError where it is not there."""
    folder, gold = (shared / part if part else None for part in SETS[name])
    if not folder.is_dir():
        raise ledger.Missing(f"{folder} is not there: give the folder that holds gold/, corpora/ and eval/")
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


def record(shared: pathlib.Path = ledger.SHARED) -> None:
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
        runs[TEXTACY] = textacy
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


def compared(articles: pd.DataFrame, where: str, rounds: int, without: str) -> Iterator[ledger.Row]:
    """The speeds as rows; `without`: why textacy is not here, if it is not."""
    words = int(articles["text"].str.split().str.len().sum())
    taken = speed(articles, rounds)
    about = f"{len(articles)} articles, {words:,} words ({where}); median of {rounds}"
    yield ("our extraction of statements", f"{words / statistics.median(taken['ours']):,.0f} words/s of processor time",
           about)
    for name, seconds in taken.items():
        if name != "ours":
            ratios = [one / own for one, own in zip(seconds, taken["ours"], strict=True)]
            yield (f"time of {name} / of our extraction", f"{statistics.median(ratios):.2f}",
                   f"{min(ratios):.2f} to {max(ratios):.2f}; {words / statistics.median(seconds):,.0f} words/s")
    if TEXTACY not in taken:
        yield f"time of {TEXTACY} / of our extraction", ledger.ABSENT, without


def accuracy(shared: pathlib.Path) -> Iterator[ledger.Row]:
    """The figures on the sets as rows."""
    for name in SETS:
        found = figures(name, shared)
        best = next(key for key in ("statements@0.3 f1", "spans@0.3 f1") if key in found)
        yield (f"statements on {name}", f"{best} {found[best]:.1f}",
               ", ".join(f"{key} {value:.1f}" for key, value in found.items() if key != best))


def main() -> None:
    ask = ledger.parser(__doc__)
    ask.add_argument("shared", nargs="?", type=pathlib.Path, default=ledger.SHARED)
    ask.add_argument("--write", action="store_true", help=f"write {RECORD.relative_to(ledger.ROOT)}")
    ask.add_argument("--speed", action="store_true", help="measure speed only")
    ask.add_argument("--profile", action="store_true", help="say where the time goes, and measure nothing")
    ask.add_argument("--rounds", type=int, default=3, help="default: %(default)s")
    ask.add_argument("--articles", type=int, help="for speed, so many of the articles only")
    asked = ask.parse_args()
    if asked.write:
        return record(asked.shared)
    there = (asked.shared / SETS["PolNeAR"][0]).is_dir()
    articles = (read(asked.shared / SETS["PolNeAR"][0]) if there else ours()).head(asked.articles)
    if asked.profile:
        return print(profile(articles))
    without = ""
    try:
        extras.needed("textacy")
    except ledger.Missing as missing:
        without = str(missing)
    found = [] if asked.speed else list(ledger.noted(accuracy(asked.shared), asked.rows))
    found += ledger.noted(compared(articles, "PolNeAR, development part" if there else "of this repository",
                                   asked.rounds, without), asked.rows)
    print(ledger.table(found))


if __name__ == "__main__":
    ledger.run(main)
