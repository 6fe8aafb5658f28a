"""Make data/reference/stance_confidence.csv: per rule, the share of positions that are right on hand-coded articles.

    python tools/confidence_stance.py SHARED

SHARED holds `gold/` (dev.csv and its articles); the studies that ship are measured with their own gold.csv, and so is
the open half of tests/blind. Statements are taken as hand-coded, so that only the label is judged. The rules were made
while looking at most of these articles: each share is drawn by PRIOR labels towards EXPECTED, half way between what the
rules reached before anyone had looked at their mistakes on the second study (0.87) and on the open half of tests/blind
(12 labels of 21 right, 0.57). Nothing but counts is kept.
"""

import collections
import csv
import io
import pathlib
import sys

import pandas as pd

from stancebrief import codebook, stance, study, tables
from stancebrief.agreement import gold

PRIOR = 12
EXPECTED = 0.72
HARDER = {"tone": 0.6, "carried": 0.6, "course": 0.6, "insinuated": 0.6}  # readings without a governing word


def judged(name: str, table: pathlib.Path, folder: pathlib.Path):
    """(rule, right) of every position that the rules take in statements as coded by hand."""
    articles = pd.DataFrame(
        [{"article": p.name, "text": p.read_bytes().decode("utf-8", "replace")} for p in sorted(folder.glob("*.txt"))]
    )
    statements, wanted, _ = gold.load(table, articles)
    right = {tuple(row) for row in wanted[["statement", "country", "target", "stance"]].itertuples(index=False)}
    book = codebook.read(study.DATA / name / "codebook.yaml")
    for record, positions in stance.readings(statements, articles, book):
        for country in str(record["countries"]).split("|"):
            for p in positions:
                yield p.rule, (record["statement"], country, p.target, stance.NAMES[p.sign]) in right


def main(shared: pathlib.Path) -> None:
    counts: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    sets = [(name, study.DATA / name / "gold.csv", study.DATA / name / "articles") for name in study.names()]
    sets.append(("dprk-vetoes", shared / "gold" / "dev.csv", shared / "gold" / "dev" / "articles"))
    blind = study.ROOT / "tests" / "blind" / "open"
    sets.append(("dprk-vetoes", blind / "gold.csv", blind / "articles"))
    for name, table, folder in sets:
        if table.exists() and (study.DATA / name / "codebook.yaml").exists():
            for rule, right in judged(name, table, folder):
                counts[rule][0] += 1
                counts[rule][1] += right
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["rule", "labels", "right", "confidence"])
    for rule in stance.RANK:
        labels, right = counts[rule]
        share = (right + PRIOR * HARDER.get(rule, EXPECTED)) / (labels + PRIOR)
        writer.writerow([rule, labels, right, f"{share:.3f}"])
    tables.write_bytes(out.getvalue().encode(), stance.CONFIDENCE)
    print(out.getvalue())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
