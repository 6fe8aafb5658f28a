"""What textacy finds on the same articles, by the same scorers: writes data/reference/peers.csv.

    python benchmarks/peers.py [SHARED]

textacy (`textacy.extract.direct_quotations` on spaCy's full English pipeline) is what a researcher would install to
find quotations. It is needed for this measurement only: run this in an environment that has it besides what stancebrief
needs. It names no country and takes no stance, so it is held to neither; an article on which it gives up, because the
number of quotation marks is odd, is an article without statements.
"""

from __future__ import annotations

import importlib.metadata
import pathlib
import sys

import measure  # the benchmark beside this one
import pandas as pd
import spacy
from textacy.extract import direct_quotations

from stancebrief import agreement, parses, tables
from stancebrief import study as studies
from stancebrief.agreement import gold, measured

COMMAND = "python benchmarks/peers.py"
CODER = f"textacy {importlib.metadata.version('textacy')}"
MARKS = "\"'“”‘’«»„"
HELD = ("statements@", "recall", "speaker")  # the measures that it can be held to


def quotations(texts: dict[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """Statements of the texts ({article: text}), as agreement.figures takes them, and the articles it gave up on."""
    model = spacy.load(next(name for name in parses.MODELS if spacy.util.is_package(name)))
    rows, lost = [], []
    for doc, article in model.pipe([(text, name) for name, text in texts.items()], as_tuples=True):
        try:
            found = list(direct_quotations(doc))
        except ValueError:
            lost.append(article)
            continue
        for speaker, cue, content in found:
            start, end = content.start_char, content.end_char
            while start < end and doc.text[start] in MARKS:
                start += 1
            while end > start and doc.text[end - 1] in MARKS:
                end -= 1
            rows.append({"statement": f"{article}:{start}-{end}", "article": article, "start": start, "end": end,
                         "kind": "direct", "speaker": " ".join(word.text for word in speaker),
                         "cue": " ".join(word.text for word in cue), "countries": "OTHER", "rule": CODER})
    names = ["statement", "article", "start", "end", "kind", "speaker", "cue", "countries", "rule"]
    return pd.DataFrame(rows, columns=names), lost


def coded(where: str, *parts: tuple[pathlib.Path, pathlib.Path]) -> pd.DataFrame:
    """Its figures on hand-coded articles: (articles, table of their hand coding) pairs, taken together."""
    texts, hands = {}, []
    for folder, table in parts:
        here = {path.name: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))}
        hands.append(gold.load(table, pd.DataFrame([{"article": name, "text": text} for name, text in here.items()])))
        texts |= here
    made, lost = quotations(texts)
    hand = tuple(pd.concat(column, ignore_index=True) for column in list(zip(*hands, strict=True))[:2])
    found = agreement.figures(hand, (made, tables.empty("positions")), where=where, coder=CODER, bootstrap=0,
                              note=f"gave up on {len(lost)} of {len(texts)} articles")
    return found[found["measure"].str.startswith(HELD)]


def polnear(shared: pathlib.Path) -> pd.DataFrame:
    """Its figures on PolNeAR's development part."""
    folder = shared / "corpora" / "PolNeAR"
    texts = {path.name: path.read_bytes().decode("utf-8") for path in sorted((folder / "dev" / "text").glob("*.txt"))}
    made, lost = quotations(texts)
    rows = made.rename(columns={"countries": "country"}).assign(target="none", stance="none")
    return measure.scored(folder, rows).assign(coder=CODER, note=f"gave up on {len(lost)} of {len(texts)} articles")


def main(shared: pathlib.Path) -> pd.DataFrame:
    """All figures, written to data/reference/peers.csv."""
    study = studies.DATA / "dprk-vetoes"
    figures = pd.concat([
        coded(measured.SHIPPED, (study / "articles", study / "gold.csv")),
        coded(measure.DEV, (shared / "gold" / "dev" / "articles", shared / "gold" / "dev.csv")),
        *(coded(one.name, *((folder / "articles", folder / "gold.csv") for folder, _ in one.parts))
          for one in measured.sets() if one.unseen),
        polnear(shared)], ignore_index=True)
    measured.write(figures, COMMAND, measured.PEERS)
    return figures


if __name__ == "__main__":
    found = main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else studies.ROOT.parent / "shared"))
    print(found[["set", "measure", "group", "value", "n", "note"]].to_string(index=False))
