"""Does a small learned model read stance better than the rules? An ablation; nothing learned here ships.

    python benchmarks/learned.py [FOLDER]

FOLDER (default: ../shared) holds eval/loaders.py, corpora/ and gold/dev.csv. A case is one target named in one
hand-coded statement, and its label is support, oppose, neutral or none. Ways to label it:

    rules          stance.readings, as the product reads
    words          TF-IDF of words and pairs, the target and the cue marked, with logistic regression
    rule features  logistic regression on what the rules say, by which rule, and the classes of the words on the way
                   through the parse from the speaker to the target
    both           the two together
    both + DSE     and what a model trained on DSE (p's sentiment to q) and one trained on UMUC (criticism of a State in
                   Security Council speeches) make of the statement

The models are trained on what may be shipped from: the hand-coded articles of this repository, DSE and UMUC. Measured
on the four development articles, which none was trained on but the rules were developed with; and on the repository's
own articles, each left out of training in its turn, which the rules were developed with in part. Needs scikit-learn.
"""

import argparse
import pathlib
import re

import numpy as np
import pandas as pd
import stance as corpora  # the benchmark beside this one
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from stancebrief import codebook, directions, stance, study
from stancebrief.agreement import gold
from stancebrief.stance import targets

BLIND = study.ROOT / "tests" / "blind"
SETS = {"the two articles that ship": ("dprk-vetoes", study.DATA / "dprk-vetoes"),
        "second study": ("iran-snapback", study.DATA / "iran-snapback"),
        "invented, difficult": ("dprk-vetoes", BLIND / "open"),
        "invented, realistic": ("dprk-vetoes", BLIND / "realistic-open")}
WAYS = ("words", "rule features", "both", "both + DSE")
NONE = "none"
COST = 2.0         # inverse strength of regularisation
SCALE = 0.3        # of the rule features beside the tf-idf values
MOST = 13_000      # sentences of DSE


def cases(name: str, book: codebook.Codebook, folder: pathlib.Path, table: pathlib.Path) -> pd.DataFrame:
    """One row for each target that a statement names: set, article, label, rules (what they say), text, features.

    Positions on targets that the statement does not name are not to be had by any way; `missed` counts them, on the
    first row of their statement.
    """
    articles = pd.DataFrame([{"article": path.name, "text": path.read_bytes().decode("utf-8", "replace")}
                             for path in sorted(folder.glob("*.txt"))])
    statements, wanted, _ = gold.load(table, articles)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    label = {(row.statement, row.target): row.stance for row in wanted.itertuples()}
    rows, reached = [], set()
    for record, read in stance.readings(statements, articles, book):
        said = {one.target: one for one in read}
        text, start, end = texts[record["article"]], int(record["start"]), int(record["end"])
        by = tuple(record["countries"].split("|"))
        around = text[record["paragraph_start"]:record["paragraph_end"]]
        places = {one.target: (one.start - start, one.end - start)
                  for one in targets.find(text, start, end, book, by=by, paragraph=around)}
        for target in dict.fromkeys([*places, *said]):
            one = said.get(target)
            content = " ".join(record["content"].split("\n"))
            span = places.get(target, (0, 0))
            rule = f"{one.rule}:{one.sign}" if one else NONE
            kind = book[target].kind
            features = {f"by:{rule}": 1.0, f"says:{rule.split(':')[-1]}": 1.0, f"kind:{kind}": 1.0,
                        f"{kind}:{rule.split(':')[-1]}": 1.0, f"many:{min(3, len(places))}": 1.0}
            cued = f"{record['cue']} {content}"
            shift = len(record["cue"]) + 1
            _, _, counts = directions.toward(cued, (0, 0), (span[0] + shift, span[1] + shift))
            features |= {f"{key}|{kind}": value for key, value in counts.items()}
            masked = f"{content[:span[0]]} THETARGET {content[span[1]:]}"
            cue = " ".join(f"CUE_{word}" for word in re.findall(r"\w+", record["cue"].lower()))
            rows.append({"set": name, "article": record["article"], "statement": record["statement"],
                         "label": label.get((record["statement"], target), NONE), "features": features,
                         "rules": stance.NAMES[one.sign] if one else NONE, "text": f"{cue} {masked}",
                         "plain": f"PARTYA {record['cue']} {content[:span[0]]} PARTYB {content[span[1]:]}"})
            reached.add((record["statement"], target))
    frame = pd.DataFrame(rows)
    frame["missed"] = 0
    frame.loc[0, "missed"] = len(set(label) - reached)
    return frame


def elsewhere(folder: pathlib.Path) -> list[tuple[TfidfVectorizer, LogisticRegression]]:
    """Models of how one party of a sentence stands to another, trained on DSE and on UMUC."""
    load, made = corpora.loaders(folder), []
    for rows in (corpora.dse(load, MOST)[0], corpora.umuc(load)[0]):
        bag = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=3)
        words = bag.fit_transform([corpora.masked(row) for row in rows])
        made.append((bag, LogisticRegression(max_iter=500, C=1.0, class_weight="balanced").fit(
            words, [row[3] for row in rows])))
    return made


def told(train: pd.DataFrame, held: pd.DataFrame, helpers: list) -> dict[str, np.ndarray]:
    """What each learned way says of the held cases."""
    bag, table = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2), DictVectorizer()
    words = bag.fit_transform(train["text"]), bag.transform(held["text"])
    rules = table.fit_transform(train["features"]) * SCALE, table.transform(held["features"]) * SCALE
    other = [sparse.csr_matrix(np.hstack([model.predict_proba(bag.transform(part["plain"])) for bag, model in helpers]))
             for part in (train, held)]
    both = [sparse.hstack(pair) for pair in zip(words, rules, strict=True)]
    inputs = dict(zip(WAYS, (words, rules, both, [sparse.hstack(pair) for pair in zip(both, other, strict=True)]),
                      strict=True))
    return {way: LogisticRegression(max_iter=2000, C=COST, class_weight="balanced").fit(
        x.tocsr(), train["label"]).predict(y.tocsr()) for way, (x, y) in inputs.items()}


def figures(frame: pd.DataFrame, said: pd.Series) -> dict[str, float]:
    """Precision, recall and F1 of positions, and the share of right signs where both take a side, in per cent."""
    given, wanted = said != NONE, frame["label"] != NONE
    right = int((given & (said == frame["label"])).sum())
    n = int(wanted.sum() + frame["missed"].sum())
    sides = said.isin(["support", "oppose"]) & frame["label"].isin(["support", "oppose"])
    signs = (said[sides] == frame["label"][sides]).mean() if sides.any() else float("nan")
    return {"precision": 100 * right / max(1, given.sum()), "recall": 100 * right / max(1, n),
            "f1": 200 * right / max(1, given.sum() + n), "sign": 100 * signs, "cases": len(frame), "positions": n}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=corpora.SHARED)
    folder = parser.parse_args().folder
    books = {name: codebook.read(study.DATA / name / "codebook.yaml") for name in ("dprk-vetoes", "iran-snapback")}
    own = pd.concat([cases(name, books[of], where / "articles", where / "gold.csv")
                     for name, (of, where) in SETS.items()], ignore_index=True)
    dev = cases("four development articles", books["dprk-vetoes"], folder / "gold" / "dev" / "articles",
                folder / "gold" / "dev.csv")
    helpers = elsewhere(folder)
    made = pd.DataFrame({way: "" for way in WAYS}, index=own.index)
    for article in own["article"].unique():
        held = own["article"] == article
        for way, labels in told(own[~held], own[held], helpers).items():
            made.loc[held, way] = labels
    judged = own.join(made)
    judged = pd.concat([judged, dev.join(pd.DataFrame(told(own, dev, helpers)))], ignore_index=True)
    rows = [{"set": name, "way": way} | figures(part, part[way])
            for name, part in judged.groupby("set", sort=False) for way in ("rules", *WAYS)]
    print(pd.DataFrame(rows).round(1).to_string(index=False))


if __name__ == "__main__":
    main()
