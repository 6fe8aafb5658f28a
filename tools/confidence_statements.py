"""Make data/reference/confidence_statements.csv: per rule, the share of statements that are right.

    python tools/confidence_statements.py SHARED

SHARED holds `gold/` (the codebook's tables, with their articles) and `corpora/PolNeAR`. On the codebook's articles a
row is right if a hand-coded statement overlaps it (Dice 0.3, one to one) and names the same speaker and countries; on
PolNeAR if it finds, or lies within, an attribution that names the same source where it names one that is no pronoun.
Shares are drawn towards the share of all rows by PRIOR rows. Nothing but counts is kept.
"""

import collections
import csv
import json
import pathlib
import sys

import pandas as pd

from stancebrief import statements
from stancebrief.articles import furniture
from stancebrief.statements import confidence

PRIOR = 8
BLIND = pathlib.Path(__file__).resolve().parents[1] / "tests" / "blind" / "open"


def frame(folder: pathlib.Path) -> pd.DataFrame:
    rows = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_bytes().decode("utf-8", errors="replace")
        rows.append({"article": path.name, "text": text, "furniture": json.dumps(furniture.spans(text))})
    return pd.DataFrame(rows)


def judged(shared: pathlib.Path):
    """(rule, how the speaker was found, right) of every statement that the hand-coded articles judge."""
    sys.path.insert(0, str(shared / "eval"))
    import polnear
    import score

    coded = [(shared / "gold/seeds.csv", shared / "articles"), (shared / "gold/dev.csv", shared / "gold/dev/articles")]
    coded.append((BLIND / "gold.csv", BLIND / "articles"))
    for table, folder in coded:
        rows = frame(folder)
        whole = set(rows.article[~rows.text.str.contains("â€")])  # gold counts in the bytes as published
        gold = score.statements(
            score.locate([r for r in score.read(table) if r["article"] in whole], folder),
            lambda r: (r["article"], r["id"]),
        )
        found, _ = statements.extract(rows[rows.article.isin(whole)])
        pred = {
            (r.article, r.start, r.end): {"article": r.article, "span": (r.start, r.end), "row": r}
            for r in found.itertuples()
        }
        hits = {p: g for g, p in score.match(gold, pred, 0.3).items()}
        for key, p in pred.items():
            r = p["row"]
            g = gold.get(hits.get(key))
            if g is None and r.countries == "UNKNOWN":
                continue
            yield (
                r.rule,
                confidence.kind(r.speaker_as_written, r.country_basis),
                (
                    g is not None
                    and score.same_speaker(g["speaker"], r.speaker)
                    and g["countries"] == set(r.countries.split("|"))
                ),
            )
    gold = polnear.attributions(shared / "corpora" / "PolNeAR", "dev")
    found, _ = statements.extract(frame(shared / "corpora" / "PolNeAR" / "dev" / "text"))
    for r in found.itertuples():
        spans = gold.get(r.article.removesuffix(".txt"), [])
        g = max(spans, key=lambda g: _fit(score, g, r), default=None)
        right = g is not None and _fit(score, g, r) >= 0.3
        if right and g["speaker"] and g["speaker"].lower() not in polnear.PRONOUNS:
            right = score.same_speaker(g["speaker"], r.speaker)
        yield r.rule, confidence.kind(r.speaker_as_written, r.country_basis), right


def _fit(score, g: dict, r) -> float:
    """Overlap of a row and an attribution: 1 where the row lies within it."""
    inside = min(g["span"][1], r.end) - max(g["span"][0], r.start)
    return max(score.dice(g["span"], (r.start, r.end)), inside >= 0.8 * (r.end - r.start))


def main(shared: pathlib.Path) -> None:
    counts: dict[tuple[str, str], list[int]] = collections.defaultdict(lambda: [0, 0])
    for rule, speaker, right in judged(shared):
        for key in ((rule, speaker), confidence.OVERALL):
            counts[key][0] += bool(right)
            counts[key][1] += 1
    overall = counts[confidence.OVERALL][0] / counts[confidence.OVERALL][1]
    with open(confidence.FILE, "w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["rule", "speaker", "rows", "right", "confidence"])
        for (rule, speaker), (right, rows) in sorted(counts.items()):
            share = (right + PRIOR * overall) / (rows + PRIOR)
            writer.writerow([rule, speaker, rows, right, f"{share:.3f}"])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
