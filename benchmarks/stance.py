"""Direction alone, on sentences from elsewhere: PLV (who cooperates or conflicts with whom), DSE (p's sentiment to q),
UMUC (criticism in Security Council speeches), each as macro-F1.

    python benchmarks/stance.py [SHARED] [--only plv|umuc|dse] [--most N]

Needs SHARED (default: ../shared) with eval/loaders.py and corpora/ PLV, DSE and UMUC; takes minutes. Four ways are
compared on the same sentences:

    rules             `directions.toward`, trained on nothing
    bag of words      TF-IDF of words and pairs with logistic regression: the baseline
    rules learned     logistic regression on what the rules say and the classes of the words between the parties
    both              the two together

The last three are trained on these corpora and measured on what they were not trained on: PLV by 5-fold
cross-validation, DSE's training part against its deduplicated validation part, UMUC with each debate held out in turn.
Nothing learned here ships.
"""

import pathlib
import re
import sys
import time
from collections.abc import Iterator

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger

from stancebrief import countries, directions, parses

SEED = 20220608
AT_ONCE = parses.REMEMBERED // 2  # sentences parsed before they are read, so that none is parsed twice


def span(marked: str, opening: str, closing: str, marks: str) -> tuple[int, int]:
    """Where the words between two marks stand in the text without any marks."""
    clean = re.compile(marks)
    start, end = marked.find(opening), marked.find(closing)
    return (len(clean.sub("", marked[:start])), len(clean.sub("", marked[:end]))) if 0 <= start < end else (0, 0)


def plv(load):
    """(text, source, target, label) and the fold of each."""
    rows = []
    for x in load.plv("train"):
        source, target = (span(x["marked"], f"<{m}>", f"</{m}>", r"</?[st]>") for m in "st")
        rows.append((re.sub(r"</?[st]>", "", x["marked"]), source, target, -1 if x["stance"] == "conflict" else 1))
    folds = np.zeros(len(rows), int)
    cut = StratifiedKFold(5, shuffle=True, random_state=SEED)
    for number, (_, held) in enumerate(cut.split(rows, [r[3] for r in rows])):
        folds[held] = number
    return rows, [(folds != k, folds == k) for k in range(5)]


def dse(load, most: int):
    """p's sentiment to q: the first bracket to the second; sentiment of q to p counts as none."""
    rows = []
    parts = []
    for part in ("train", "valid"):
        seen = list(load.dse(part, dedup=True))
        seen = seen[:: max(1, len(seen) // most)] if part == "train" else seen  # the file is sorted by label
        for x in seen:
            marks = [m.start() for m in re.finditer(r"[\[\]]", x["marked"])]
            if len(marks) < 4:
                continue
            at = [mark - n for n, mark in enumerate(marks[:4])]
            label = {1: 1, 3: -1}.get(x["label"], 0)
            rows.append((x["text"], (at[0], at[1]), (at[2], at[3]), label))
            parts.append(part)
    part = np.array(parts)
    return rows, [(part == "train", part == "valid")]


def umuc(load):
    """Whether a sentence of a speech carries a conflict; the target: the first country named but the speaker's own."""
    rows, debates = [], []
    for x in load.umuc():
        speaker = {m.iso3 for m in countries.find(x["country"])}
        named = [m for m in countries.find(x["text"]) if m.iso3 not in speaker]
        target = (named[0].start, named[0].end) if named else (0, 0)
        rows.append((x["text"], (0, 0), target, -1 if x["types"] else 0))
        debates.append(re.sub(r"_spch.*", "", x["speech"]))
    debate = np.array(debates)
    return rows, [(debate != d, debate == d) for d in sorted(set(debates))]


def masked(row) -> str:
    text, source, target, _ = row
    for (a, b), name in sorted(((source, " PARTYA "), (target, " PARTYB ")), reverse=True):
        text = text[:a] + name + text[b:] if b > a else text
    return text


def measure(name: str, rows: list, splits: list) -> Iterator[ledger.Row]:
    """Macro-F1 of each way on one corpus."""
    labels = np.array([row[3] for row in rows])
    said, parsing, coding = [], 0.0, 0.0
    for first in range(0, len(rows), AT_ONCE):
        part = rows[first:first + AT_ONCE]
        began = time.process_time()
        parses.parse([parses.legible(row[0]) for row in part])
        parsed = time.process_time()
        said += [directions.toward(*row[:3]) for row in part]
        parsing, coding = parsing + parsed - began, coding + time.process_time() - parsed
    signs = np.array([sign for sign, _, _ in said])
    if 0 not in set(labels):  # two classes: what is not against is for
        signs = np.where(signs < 0, -1, 1)
    elif 1 not in set(labels):
        signs = np.where(signs < 0, -1, 0)
    features = [counts | {f"says:{sign}": 1.0, f"by:{rule}:{sign}": 1.0} for sign, rule, counts in said]
    learned = {way: np.zeros(len(rows), int) for way in ("bag of words", "rules learned", "both")}
    for train, held in splits:
        bag = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        texts = np.array([masked(row) for row in rows], dtype=object)
        words = (bag.fit_transform(texts[train]), bag.transform(texts[held]))
        table = DictVectorizer()
        chosen = np.array(features, dtype=object)
        rules = (table.fit_transform(chosen[train]), table.transform(chosen[held]))
        for way, (x, y) in (
            ("bag of words", words),
            ("rules learned", rules),
            ("both", tuple(sparse.hstack(pair).tocsr() for pair in zip(words, (r * 0.3 for r in rules), strict=True))),
        ):
            model = LogisticRegression(max_iter=2000, C=4.0, class_weight="balanced")
            learned[way][held] = model.fit(x, labels[train]).predict(y)
    held = np.any([h for _, h in splits], axis=0)
    figures = {"rules": signs} | learned
    for way, found in figures.items():
        speed = (f"; {len(rows) / coding:.0f} a second of the processor without parsing them "
                 f"({len(rows) / parsing:.0f})" if way == "rules" else "")
        yield (f"direction ({name}): {way}", f"{100 * f1_score(labels[held], found[held], average='macro'):.1f}",
               f"macro-F1 in percent; {held.sum()} sentences{speed}")


def main() -> None:
    ask = ledger.parser(__doc__)
    ask.add_argument("folder", nargs="?", type=pathlib.Path, default=ledger.SHARED)
    ask.add_argument("--only", choices=("plv", "umuc", "dse"), help="one corpus only")
    ask.add_argument("--most", type=int, default=13000, help="DSE sentences to train on (default: %(default)s)")
    asked = ask.parse_args()
    load = ledger.loaders(asked.folder, *((asked.only.upper(),) if asked.only else ("PLV", "UMUC", "DSE")))
    found = []
    if asked.only in (None, "plv"):
        found += ledger.noted(measure("PLV train", *plv(load)), asked.rows)
    if asked.only in (None, "umuc"):
        found += ledger.noted(measure("UMUC", *umuc(load)), asked.rows)
    if asked.only in (None, "dse"):
        found += ledger.noted(measure("DSE valid, deduplicated", *dse(load, asked.most)), asked.rows)
    print(ledger.table(found))


if __name__ == "__main__":
    ledger.run(main)
