"""Does a second, learned reading of stance beat the rules alone? An ablation of what ships.

    python benchmarks/learned.py [SHARED]

Needs SHARED (default: ../shared) with gold/dev.csv and its articles; takes minutes. A case is one target that a
hand-coded statement names, or that the rules took a position on; positions on other targets count as missed. Ways to
label it:

    rules             as the study setting `second_reading: false` has it
    words             a forest that is asked about words only
    rule features     a forest that is asked only what the rules say, by which rule, and how the target is named
    all features      a forest that is asked both, in place of the rules
    rules + fallback  the rules; of targets that they leave unread, the forest's side where it is likely enough
    rules + both      and without the rules' readings that the forest doubts: what ships

Measured on the four development articles and the two that ship, which no forest was trained on, but which the rules
were developed with in view; and on the open sets for which no rule of stance was mended, by articles held out. The
limits are those of the file that ships; where a forest decides alone, the likeliest label is taken.
"""

import pathlib
import sys
from collections.abc import Iterator

import numpy as np
import pandas as pd

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger

from stancebrief import codebook, study
from stancebrief.stance import forests

sys.path.insert(0, str(study.ROOT / "tools"))
import learn  # the script that trains what ships

WORDS = ("above:", "over:", "below:", "head:", "cue:", "modal:", "way modal:", "way mark:", "denied", "first person")
OF_RULES = ("says:", "rule:", "read:", "named:", "by:", "walk")
RULES = (*OF_RULES, "kind:", "targets:", *(f"{kind}|{part}" for kind in codebook.KINDS for part in OF_RULES))
FORESTS = {"words": WORDS, "rule features": RULES, "all features": ("",)}


def ways(frame: pd.DataFrame, chances: dict[str, np.ndarray], forest: forests.Forest) -> dict[str, pd.Series]:
    """What each way says of the cases."""
    shipped = chances["all features"]
    likeliest = {way: pd.Series(np.array(forests.CLASSES)[chances[way].argmax(axis=1)], frame.index) for way in FORESTS}
    return {"rules": frame["rules"],
            **likeliest,
            "rules + fallback": learn.labels(frame, shipped, forest.accepts),
            "rules + both": learn.labels(frame, shipped, forest.accepts, forest.doubts)}


def measure(shared: pathlib.Path) -> Iterator[ledger.Row]:
    """What each way finds on each set, and how much of it is right."""
    ledger.need(shared, "gold/dev.csv", "gold/dev")
    folder = shared / "gold"
    forest, own = forests.read(), learn.gathered()
    book = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
    seen = {"four development articles": learn.cases("dev", folder / "dev", book, folder / "dev.csv"),
            "the two articles that ship": learn.cases("shipped", study.DATA / "dprk-vetoes", book)}
    parts, made = {}, {way: learn.train(own, keep) for way, keep in FORESTS.items()}
    for name, frame in seen.items():
        parts[name] = frame, {way: one.chances(list(frame["features"])) for way, one in made.items()}
    new = own["new"].to_numpy()
    parts["new sets, articles held out"] = own[new], {
        way: learn.held_out(own, learn.folds(own), keep=keep)[new] for way, keep in FORESTS.items()}
    for name, (frame, chances) in parts.items():
        for way, said in ways(frame, chances, forest).items():
            found = learn.figures(frame, said)
            yield (f"a second reading of stance: {way}", f"F1 {found['f1']:.1f}",
                   f"{name}; precision {found['precision']:.1f}, recall {found['recall']:.1f}, "
                   f"{found['given']} given and {found['wanted']} wanted")


def main() -> None:
    parser = ledger.parser(__doc__)
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=ledger.SHARED)
    given = parser.parse_args()
    print(ledger.table(list(ledger.noted(measure(given.folder), given.rows))))


if __name__ == "__main__":
    ledger.run(main)
