"""How much is found and how much of it is right, on articles that are passed on and on articles that are not.

    python benchmarks/measure.py [SHARED] [--bootstrap 2000] [--write]

SHARED (default: ../shared) holds `gold/dev.csv` with its articles, coded by the codebook of the study that ships, and
the development parts of PolNeAR and NewsMTSC. Only figures leave it. The invented articles of tests/blind are measured
too: the closed half is the one on which the rules are judged. Without SHARED only they and the study that ships are
measured; it needs nothing else. Takes minutes. With --write, which needs SHARED, the figures go to
data/reference/measured.csv; whoever changes the rules runs this again, and a test fails where a figure has fallen
since.
"""

from __future__ import annotations

import collections
import contextlib
import importlib.util
import io
import pathlib
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence

import pandas as pd

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger

from stancebrief import agreement, articles, codebook, extracts, intervals, stance, statements
from stancebrief import study as studies
from stancebrief.agreement import gold, measured, reliability

COMMAND = "python benchmarks/measure.py --write"
CODEBOOK = studies.DATA / "dprk-vetoes" / "codebook.yaml"
DEV = "four other articles"
POLNEAR = "PolNeAR, development part"
NOTES = {DEV: "2016-2017, hand-coded once by the same codebook; the rules were developed with them in view, so articles"
              " nobody has looked at may fare worse",
         measured.SHIPPED: "the study that ships; the rules were made while looking at these two articles",
         POLNEAR: "84 political articles whose attributions were marked by others; spans and speakers only, no stance; "
                  "the rules were developed with it in view"}
AWAY = {DEV: "gold/dev.csv", POLNEAR: "corpora/PolNeAR", "NewsMTSC": "corpora/NewsMTSC"}  # what is not passed on

Part = tuple[pathlib.Path, pathlib.Path, pathlib.Path]  # articles, the table of their hand coding, codebook


def coded(where: str, parts: Sequence[Part], note: str, bootstrap: int = 2000, second: bool = True) -> pd.DataFrame:
    """Figures on hand-coded articles, all parts together: found, right, alpha; overall, by kind, target and country.

    `second`: whether stance is read a second time (study setting `second_reading`).
    """
    ours, theirs, names = [], [], {}
    files = [path.name for folder, _, _ in parts for path in folder.glob("*.txt")]
    if len(set(files)) < len(files):
        raise SystemExit(f"{where}: two articles of one name")
    for folder, table, book in parts:
        found, _ = articles.read_paths([folder])
        targets = codebook.read(book)
        said, _ = statements.extract(found)
        # The table counts in the files as they stand, some of which hold mojibake that reading turns back.
        taken = stance.code(said, found, targets, second=second)
        ours.append((extracts.in_files(said, articles.locate([folder])), taken))
        raw = [{"article": path.name, "text": path.read_bytes().decode("utf-8")}
               for path in sorted(folder.glob("*.txt"))]
        *hand, unused = gold.load(table, pd.DataFrame(raw))
        if len(unused):
            raise SystemExit(f"{table} does not fit its articles: {unused['reason'].iloc[0]}")
        theirs.append(hand)
        names |= dict.fromkeys(targets.names)
    made, hand = (tuple(pd.concat(tables, ignore_index=True) for tables in zip(*all_, strict=True))
                  for all_ in (ours, theirs))
    about = {"where": where, "note": note, "bootstrap": bootstrap, "seed": 1}
    return pd.concat([agreement.figures(hand, made, **about),
                      reliability.figures(reliability.align({gold.CODER: hand, "rules": made}, gold.CODER,
                                                            tuple(names)), **about)])


def dev(shared: pathlib.Path, bootstrap: int = 2000) -> pd.DataFrame:
    """Figures on the four articles that are not passed on."""
    part = shared / "gold" / "dev" / "articles", shared / "gold" / "dev.csv", CODEBOOK
    return coded(DEV, [part], NOTES[DEV], bootstrap)


def shipped(bootstrap: int = 2000) -> pd.DataFrame:
    """Figures on the study that ships."""
    folder = studies.DATA / "dprk-vetoes"
    second = studies.load("dprk-vetoes").second_reading
    part = folder / "articles", folder / "gold.csv", folder / "codebook.yaml"
    return coded(measured.SHIPPED, [part], NOTES[measured.SHIPPED], bootstrap, second)


def blind(bootstrap: int = 2000) -> pd.DataFrame:
    """Figures on the invented articles that are here: those that may be looked at, and those that may not."""
    return pd.concat([invented(one, bootstrap) for one in measured.sets()])


def invented(one: measured.Set, bootstrap: int = 2000) -> pd.DataFrame:
    """Figures on one set of them."""
    return coded(one.name, [(folder / "articles", folder / "gold.csv", book) for folder, book in one.parts], one.note,
                 bootstrap)


def tone(shared: pathlib.Path) -> pd.DataFrame:
    """Scorers of tone on sentences of news that people labelled (NewsMTSC)."""
    import sentiment  # the benchmark beside this one

    found = sentiment.table(shared)
    rows = []
    for part in found.columns:
        n = len(sentiment.targets(part, shared))
        rows += [agreement.table([_share("tone macro-f1", "all", f"{100 * value:.1f}", n, False)], f"NewsMTSC {part}",
                                 way, "human:NewsMTSC", "sentences on persons in US news; the person meant is not "
                                 "told to the scorer") for way, value in found[part].items()]
    return pd.concat(rows)


def polnear(shared: pathlib.Path) -> pd.DataFrame:
    """Figures of PolNeAR's scorer on its development part."""
    folder = shared / "corpora" / "PolNeAR"
    return scored(folder, extracts.extract([folder / "dev" / "text"])[0])


def scored(folder: pathlib.Path, rows: pd.DataFrame) -> pd.DataFrame:
    """What PolNeAR's scorer says of statements as extracts.extract gives them; `folder` holds the corpus."""
    shared = folder.parents[1]
    sys.path.insert(0, str(shared / "eval"))
    try:
        spec = importlib.util.spec_from_file_location("polnear", shared / "eval" / "polnear.py")
        scorer = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(scorer)
    finally:
        sys.path.remove(str(shared / "eval"))
    with tempfile.TemporaryDirectory() as place:
        pred = pathlib.Path(place) / "made.csv"
        rows.to_csv(pred, index=False)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            scorer.main(folder, pred)
    speech = [one["kind"] for ones in scorer.attributions(folder, "dev").values() for one in ones if one["speech"]]
    return _read(said.getvalue(), collections.Counter(speech))


def _read(said: str, kinds: dict[str, int]) -> pd.DataFrame:
    """The scorer's lines as rows: `spans@0.3   P 80.0  R 70.0  F1 74.7   (1200 speech attributions, 1100 predictions)`.

    `kinds`: speech attributions of each kind. The scorer gives no intervals; shares of known cases get Wilson's.
    """
    wanted, made = map(int, re.search(r"\((\d+) speech attributions, (\d+) predictions\)", said).groups())
    rows = []
    for name in ("spans@0.3", "characters"):
        p, r, f = re.search(rf"{re.escape(name)}\s+P ([\d.]+)\s+R ([\d.]+)\s+F1 ([\d.]+)", said).groups()
        sure = name != "characters"   # characters are no independent cases
        rows += [_share(f"{name} precision", "all", p, made, sure), _share(f"{name} recall", "all", r, wanted, sure),
                 _share(f"{name} f1", "all", f, wanted, False)]
    rows += [_share("recall", f"kind: {kind}", value, kinds[kind]) for kind, value in
             re.findall(r"(direct|mixed|indirect) ([\d.]+)", re.search(r"recall .*", said)[0])]
    rows.append(_share("speaker", "all", *re.search(r"speaker\s+([\d.]+)\s+\(of (\d+)\)", said).groups()))
    return agreement.table(rows, POLNEAR, "rules", "human:PolNeAR", NOTES[POLNEAR])


def _share(measure: str, group: str, value: str, n: int | str, sure: bool = True) -> dict[str, object]:
    """One figure, with its interval where its cases can be counted."""
    low, high = (100 * end for end in intervals.wilson(round(float(value) * int(n) / 100), int(n)))
    low, high = (round(low, 1), round(high, 1)) if sure else (float(value), float(value))
    return {"measure": measure, "group": group, "value": float(value), "n": int(n), "low": low, "high": high,
            "interval": intervals.WILSON if sure else ""}


def told(figures: pd.DataFrame) -> Iterator[ledger.Row]:
    """The figures over all groups as rows."""
    for row in figures[figures["group"] == "all"].itertuples():
        interval = f"; {row.low:.1f} to {row.high:.1f} ({row.interval})" if row.interval else ""
        yield f"{row.measure} of {row.coder}", f"{row.value:.1f}", f"{row.set}; {row.n} cases{interval}"


def main() -> None:
    parser = ledger.parser(__doc__)
    parser.add_argument("shared", nargs="?", type=pathlib.Path, default=ledger.SHARED)
    parser.add_argument("--bootstrap", type=int, default=2000, metavar="N", help="draws for intervals: %(default)s")
    parser.add_argument("--write", action="store_true", help=f"write {measured.PATH.relative_to(studies.ROOT)}")
    given = parser.parse_args()
    if given.write:
        ledger.need(given.shared, "eval/polnear.py", *AWAY.values())
    work = {measured.SHIPPED: lambda: shipped(given.bootstrap), DEV: lambda: dev(given.shared, given.bootstrap),
            "the invented articles": lambda: blind(given.bootstrap), POLNEAR: lambda: polnear(given.shared),
            "NewsMTSC": lambda: tone(given.shared)}
    found, rows = [], []
    for name, figures in work.items():
        part = AWAY.get(name)
        if part and not (given.shared / part).exists():
            new = [(f"all figures on {name}", ledger.ABSENT, f"{part} is not in {ledger.shown(given.shared)}")]
        else:
            found.append(figures())
            new = told(found[-1])
        rows += ledger.noted(new, given.rows)
    print(ledger.table(rows))
    if given.write:
        measured.write(pd.concat(found, ignore_index=True), COMMAND)


if __name__ == "__main__":
    ledger.run(main)
