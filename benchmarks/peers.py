"""What textacy finds on the same articles as we do, by the same scorers.

    python benchmarks/peers.py [SHARED] [--write]

textacy (`textacy.extract.direct_quotations` on spaCy's full English pipeline) is what a researcher would install to
find quotations. The product does not need it: this runs in an environment of its own, made where there is none
(`extras.py`). textacy names no country and takes no stance, so it is held to neither; an article on which it gives up,
because the number of quotation marks is odd, is an article without statements.

Needs nothing else; without SHARED (default: ../shared; gold/ and corpora/PolNeAR with eval/) only the articles of this
repository are compared. Takes some minutes. With --write textacy's figures, which need all sets, go to
data/reference/peers.csv.
"""

from __future__ import annotations

import importlib.metadata
import pathlib
import sys
from collections.abc import Callable, Iterator

import pandas as pd

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import extras
import ledger
import measure  # the benchmark beside this one

from stancebrief import agreement, articles, extracts, parses, statements, tables
from stancebrief import study as studies
from stancebrief.agreement import gold, measured

COMMAND = "python benchmarks/peers.py --write"
MARKS = "\"'“”‘’«»„"
HELD = ("statements@", "recall", "speaker")  # the measures that it can be held to
TOLD = {"statements@0.3 f1": "statements found, F1 (overlap 0.3)", "statements@0.8 f1": "the same, F1 (overlap 0.8)",
        "spans@0.3 f1": "attributions found, F1 (overlap 0.3)", "characters f1": "characters of statements, F1",
        "speaker": "speaker right"}
COLUMNS = ("statement", "article", "start", "end", "kind", "speaker", "cue", "countries", "rule")
Part = tuple[pathlib.Path, pathlib.Path]                                    # articles, the table of their hand coding
Reader = Callable[[list[pathlib.Path]], tuple[pd.DataFrame, list[str]]]     # folders to statements, articles given up


def name() -> str:
    """The other tool with its version."""
    return f"textacy {importlib.metadata.version('textacy')}"


def theirs(folders: list[pathlib.Path]) -> tuple[pd.DataFrame, list[str]]:
    """textacy's statements of the text files there, as agreement.figures takes them, and the articles it gave up on."""
    import spacy
    from textacy.extract import direct_quotations

    model = spacy.load(next(name for name in parses.MODELS if spacy.util.is_package(name)))
    rows, lost, coder = [], [], name()
    for doc, article in model.pipe([(text, name) for name, text in texts(folders).items()], as_tuples=True):
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
                         "cue": " ".join(word.text for word in cue), "countries": "OTHER", "rule": coder})
    return pd.DataFrame(rows, columns=list(COLUMNS)), lost


def ours(folders: list[pathlib.Path]) -> tuple[pd.DataFrame, list[str]]:
    """Our statements of the text files there; we give up on none."""
    found, _ = articles.read_paths(folders)
    said, _ = statements.extract(found)
    return extracts.in_files(said, articles.locate(folders)), []


def texts(folders: list[pathlib.Path]) -> dict[str, str]:
    """The files as they stand: {name: text}."""
    return {path.name: path.read_bytes().decode("utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))}


def coded(where: str, parts: list[Part], read: Reader, coder: str) -> pd.DataFrame:
    """A tool's figures on hand-coded articles, all parts taken together."""
    hands = [gold.load(table, pd.DataFrame([{"article": name, "text": text} for name, text in texts([folder]).items()]))
             for folder, table in parts]
    made, lost = read([folder for folder, _ in parts])
    hand = tuple(pd.concat(column, ignore_index=True) for column in list(zip(*hands, strict=True))[:2])
    found = agreement.figures(hand, (made, tables.empty("positions")), where=where, coder=coder, bootstrap=0,
                              note=f"gave up on {len(lost)} of {len(texts([folder for folder, _ in parts]))} articles")
    return found[found["measure"].str.startswith(HELD)]


def polnear(shared: pathlib.Path) -> pd.DataFrame:
    """textacy's figures on PolNeAR's development part."""
    folder = shared / "corpora" / "PolNeAR"
    made, lost = theirs([folder / "dev" / "text"])
    rows = made.rename(columns={"countries": "country"}).assign(target="none", stance="none")
    return measure.scored(folder, rows).assign(
        coder=name(), note=f"gave up on {len(lost)} of {len(texts([folder / 'dev' / 'text']))} articles")


def sets(shared: pathlib.Path) -> Iterator[tuple[str, list[Part]]]:
    """The hand-coded sets on which both are measured, PolNeAR apart."""
    study = studies.DATA / "dprk-vetoes"
    yield measured.SHIPPED, [(study / "articles", study / "gold.csv")]
    if (shared / "gold" / "dev.csv").exists():
        yield measure.DEV, [(shared / "gold" / "dev" / "articles", shared / "gold" / "dev.csv")]
    for one in measured.sets():
        if one.unseen:
            yield one.name, [(folder / "articles", folder / "gold.csv") for folder, _ in one.parts]


def compared(where: str, mine: pd.DataFrame, other: pd.DataFrame) -> Iterator[ledger.Row]:
    """Both tools' figures on one set as rows."""
    mine, other = (table[table["group"] == "all"].set_index("measure") for table in (mine, other))
    for what, words in TOLD.items():
        if what in other.index:
            yield (f"{words}: ours / {other.loc[what, 'coder']}",
                   f"{mine.loc[what, 'value']:.1f} / {other.loc[what, 'value']:.1f} %",
                   f"{where}; it {other.loc[what, 'note']}")


def main() -> None:
    parser = ledger.parser(__doc__)
    parser.add_argument("shared", nargs="?", type=pathlib.Path, default=ledger.SHARED)
    parser.add_argument("--sets", help="only the sets whose names hold these words, and not PolNeAR")
    parser.add_argument("--write", action="store_true", help=f"write {measured.PEERS.relative_to(studies.ROOT)}")
    given = parser.parse_args()
    if given.write and given.sets:
        parser.error("--write puts down the figures on all sets, so it goes without --sets")
    if given.write:
        ledger.need(given.shared, "gold/dev.csv", "eval/polnear.py", "corpora/PolNeAR")
    extras.needed("textacy")
    found, rows = [], []
    for where, parts in sets(given.shared):
        if not given.sets or given.sets in where:
            found.append(coded(where, parts, theirs, name()))
            rows += ledger.noted(compared(where, coded(where, parts, ours, "rules"), found[-1]), given.rows)
    if (given.shared / "corpora" / "PolNeAR").is_dir() and not given.sets:
        found.append(polnear(given.shared))
        rows += ledger.noted(compared(measure.POLNEAR, measure.polnear(given.shared), found[-1]), given.rows)
    for where, part in ((measure.DEV, "gold/dev.csv"), (measure.POLNEAR, "corpora/PolNeAR")):
        if not (given.shared / part).exists() and not given.sets:
            reason = f"{part} is not in {ledger.shown(given.shared)}"
            rows += ledger.noted([(f"ours / textacy on {where}", ledger.ABSENT, reason)], given.rows)
    print(ledger.table(rows))
    if given.write:
        measured.write(pd.concat(found, ignore_index=True), COMMAND, measured.PEERS)


if __name__ == "__main__":
    ledger.run(main)
