"""Train the second reading of stance on hand-coded articles and write data/models/stance.npz.

    python tools/learn.py [--try FILE] [--more]

A case is one target that a hand-coded statement names, or that the rules took a position on; its label is support,
oppose or none (a neutral position counts as none: there are too few). The forest learns from the open sets of
data/reference/coded_sets.yaml, all of them invented articles of this repository. The rules of stance were made with
FIRST in view and mended with SEEN in view; those of any other open set are what they are on any text. Sets other than
FIRST are `new` and weigh double.

Both limits come from the sets that are neither, or from all new ones where these hold fewer than LEAST cases, with the
articles held out in `FOLDS` parts:

    accepts   the lowest chance at which targets left unread, read so, are right at least as often as what the rules
              read
    doubts    the highest chance below which the rules' readings can be dropped without a loss of F1: wrong labels are
              worse than missing ones. (By F0.5, which counts precision twice, plain clauses were dropped as well.)

Prints what the articles held out show; with --more, what another topic may expect, each topic held out in turn, and how
F1 grows with what is learned from. --try writes to another file. Needs scikit-learn, which the product does not; the
same sets and the same scikit-learn give the same file.
"""

from __future__ import annotations

import argparse
import collections
import pathlib

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.ensemble import ExtraTreesClassifier

from stancebrief import codebook, stance
from stancebrief.agreement import gold, measured
from stancebrief.stance import features, forests, learned

FIRST = ("open", "realistic-open", "items-open", "gaza-open")  # folders
SEEN = ("news-open", "iran-news-open", "gaza-news-open", "ukraine-news-open", "climate-news-open")
LEAST = 400     # cases of sets in nobody's view that are enough to set the limits by
SEED = 20220608
FOLDS = 8
TREES = 100
LEAF = 3        # cases in a leaf, at least
TRIED = 0.03    # share of the features that a node chooses from
RARE = 4        # a feature of fewer cases is left out
DOUBLE = 2.0    # weight of a case of a new set
LIMITS = np.round(np.arange(0.15, 0.86, 0.01), 2)
SHARES = (0.25, 0.5, 0.75, 1.0)  # of the articles learned from, for the curve
SIDES = ("oppose", "support")


def cases(name: str, folder: pathlib.Path, book: codebook.Codebook, table: pathlib.Path | None = None) -> pd.DataFrame:
    """One row a case: set, article, statement, target, kind, label (hand-coded), rules, rule, features (a set).

    Positions on targets that a statement does not name have no case; `missed` counts them, on each article's first row.
    """
    texts = [{"article": path.name, "text": path.read_bytes().decode("utf-8", "replace")}
             for path in sorted((folder / "articles").glob("*.txt"))]
    statements, wanted, unread = gold.load(table or folder / "gold.csv", pd.DataFrame(texts))
    if len(unread):
        print(f"{name}: {len(unread)} hand-coded rows do not fit their articles and are left out")
    label = {(row.statement, row.target): row.stance for row in wanted.itertuples()}
    missed = collections.Counter(statement.rpartition(":")[0] for statement, _ in label)
    rows = []
    for record, understood, said in stance.understandings(statements, pd.DataFrame(texts), book):
        own = {position.target: position for position in understood.positions}
        for target in learned.candidates(understood, book):
            found = features.of(understood, record, book[target], book, said)
            hand = label.get((record["statement"], target), "none")
            missed[record["article"]] -= hand != "none"
            rows.append({"set": name, "article": f"{name}/{record['article']}", "statement": record["statement"],
                         "target": target, "kind": book[target].kind, "label": hand,
                         "rules": stance.NAMES[own[target].sign] if target in own else "none",
                         "rule": own[target].rule if target in own else "", "features": frozenset(found)})
    frame = pd.DataFrame(rows)
    first = ~frame["article"].duplicated()
    frame["missed"] = frame["article"].map(lambda one: missed[one.partition("/")[2]]).where(first, 0)
    frame.loc[0, "missed"] += sum(missed.values()) - frame["missed"].sum()  # of articles in which no target is named
    return frame


def gathered() -> pd.DataFrame:
    """The cases of all sets, with `topic` (the codebook's title), `new` and `fresh` (in nobody's view so far)."""
    parts = []
    for folder, path in (part for one in measured.sets() if not one.unseen for part in one.parts):
        book = codebook.read(path)
        parts.append(cases(folder.name, folder, book).assign(topic=book.title, new=folder.name not in FIRST,
                                                              fresh=folder.name not in FIRST + SEEN))
    return pd.concat(parts, ignore_index=True)


def table(frame: pd.DataFrame, names: dict[str, int]) -> sparse.csr_matrix:
    """(cases, features): which are there."""
    rows, columns = [], []
    for at, case in enumerate(frame["features"]):
        known = sorted(names[name] for name in case if name in names)
        rows += [at] * len(known)
        columns += known
    return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(frame), len(names)))


def train(frame: pd.DataFrame, keep: tuple[str, ...] = ("",)) -> forests.Forest:
    """A forest, its limits not set yet; of the features only those whose name begins with one of `keep`."""
    counts = collections.Counter(name for case in frame["features"] for name in case if name.startswith(keep))
    names = {name: at for at, name in enumerate(sorted(name for name, n in counts.items() if n >= RARE))}
    labels = frame["label"].where(frame["label"].isin(SIDES), "none")
    model = ExtraTreesClassifier(TREES, min_samples_leaf=LEAF, max_features=TRIED, random_state=SEED, n_jobs=1)
    model.fit(table(frame, names).toarray(), labels, sample_weight=np.where(frame["new"], DOUBLE, 1.0))
    assert tuple(model.classes_) == forests.CLASSES
    feature, present, shares, roots = [], [], [], []
    for one in (tree.tree_ for tree in model.estimators_):
        roots.append(len(feature))
        feature += list(np.where(one.children_left < 0, forests.LEAF, one.feature))
        present += [0 if right < 0 else right + roots[-1] for right in one.children_right]
        assert all(down in (-1, at + 1) for at, down in enumerate(one.children_left)), "not in preorder"
        value = one.value[:, 0, :] / one.value[:, 0, :].sum(axis=1, keepdims=True)
        shares.append(np.round(value * 255))
    return forests.Forest(names, np.array(feature, np.uint16), np.array(present, np.int32),
                          np.concatenate(shares).astype(np.uint8), np.array(roots, np.int32), 1.0, 0.0)


def held_out(frame: pd.DataFrame, groups: pd.Series, share: float = 1.0,
             keep: tuple[str, ...] = ("",)) -> np.ndarray:
    """(cases, 3): the chances of the new cases by forests that saw nothing of their group; others NaN."""
    out = np.full((len(frame), len(forests.CLASSES)), np.nan)
    draw = np.random.default_rng(SEED)
    for group in sorted(groups[frame["new"]].unique()):
        held = frame["new"] & (groups == group)
        rest = frame[groups != group]
        if share < 1:
            articles = np.array(sorted(rest["article"].unique()))
            rest = rest[rest["article"].isin(draw.choice(articles, round(share * len(articles)), replace=False))]
        out[held.to_numpy()] = train(rest, keep).chances(list(frame.loc[held, "features"]))
    return out


def folds(frame: pd.DataFrame) -> pd.Series:
    """The part that each article is held out with."""
    names = np.array(sorted(frame["article"].unique()))
    np.random.default_rng(SEED).shuffle(names)
    return frame["article"].map({name: at % FOLDS for at, name in enumerate(names)})


def labels(frame: pd.DataFrame, chances: np.ndarray, accepts: float = 2.0, doubts: float = 0.0) -> pd.Series:
    """What is said of each case: the rules' label unless it is doubted; of what they left unread, the likelier side."""
    sides = chances[:, [forests.CLASSES.index(side) for side in SIDES]]
    own = frame["rules"].map({name: at for at, name in enumerate(forests.CLASSES)})
    chance = np.where(own.isna(), 1.0, chances[np.arange(len(frame)), own.fillna(0).astype(int)])
    read = frame["rules"] != "none"
    taken = np.where(sides.max(axis=1) >= accepts, np.array(SIDES)[sides.argmax(axis=1)], "none")
    return pd.Series(np.where(read, np.where(chance < doubts, "none", frame["rules"]), taken), frame.index)


def figures(frame: pd.DataFrame, said: pd.Series) -> dict[str, float]:
    """Precision, recall and F1 of positions in per cent, and how many are given and wanted."""
    given, n = said != "none", int((frame["label"] != "none").sum() + frame["missed"].sum())
    right = int((given & (said == frame["label"])).sum())
    return {"precision": 100 * right / max(1, given.sum()), "recall": 100 * right / max(1, n),
            "f1": 200 * right / max(1, given.sum() + n),
            "given": int(given.sum()), "wanted": n}


def limits(frame: pd.DataFrame, chances: np.ndarray) -> tuple[float, float]:
    """(accepts, doubts) as the cases held out have them."""
    plain = figures(frame, frame["rules"])
    unread = frame["rules"] == "none"

    def right(limit: float) -> float:
        added = labels(frame, chances, limit)[unread]
        added = added[added != "none"]
        return 100 * (added == frame.loc[added.index, "label"]).mean() if len(added) else 0.0

    good = [limit for limit in LIMITS if all(right(up) >= plain["precision"] for up in LIMITS[LIMITS >= limit][:5])]
    kept = [limit for limit in LIMITS if figures(frame, labels(frame, chances, 2.0, limit))["f1"] >= plain["f1"]]
    return float(min(good)), float(max(kept))


def told(name: str, frame: pd.DataFrame, said: pd.Series) -> None:
    found = figures(frame, said)
    print(f"  {name:44} P {found['precision']:5.1f}  R {found['recall']:5.1f}  F1 {found['f1']:5.1f}  "
          f"{found['given']} given, {found['wanted']} wanted", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--try", dest="file", type=pathlib.Path, default=forests.FILE)
    parser.add_argument("--more", action="store_true", help="also hold out each topic, and learn from fewer articles")
    asked = parser.parse_args()
    frame = gathered()
    new = frame["new"].to_numpy()
    print(f"{len(frame)} cases of {frame['article'].nunique()} articles, {new.sum()} of them of new sets")
    chances, fresh = held_out(frame, folds(frame))[new], frame[new]
    unseen = fresh["fresh"].to_numpy()
    unseen = unseen if unseen.sum() >= LEAST else np.ones(len(fresh), bool)
    accepts, doubts = limits(fresh[unseen], chances[unseen])
    print(f"limits by {unseen.sum()} cases; on these, articles held out:")
    told("rules", fresh[unseen], fresh[unseen]["rules"])
    told("both", fresh[unseen], labels(fresh[unseen], chances[unseen], accepts, doubts))
    print("new sets, articles held out:")
    told("rules", fresh, fresh["rules"])
    told(f"and what they leave unread, at {accepts:.2f}", fresh, labels(fresh, chances, accepts))
    told(f"rules without what is doubted, at {doubts:.2f}", fresh, labels(fresh, chances, 2.0, doubts))
    told("both", fresh, labels(fresh, chances, accepts, doubts))
    forest = train(frame)
    forests.write(asked.file, forests.Forest(forest.names, forest.feature, forest.present, forest.shares, forest.roots,
                                             accepts, doubts))
    print(f"{asked.file.name}: {len(forest.names)} features, {len(forest.roots)} trees, {len(forest.feature)} nodes, "
          f"{asked.file.stat().st_size / 1e6:.2f} MB")
    if not asked.more:
        return
    print("new sets, topics held out:")
    other = held_out(frame, frame["topic"])[new]
    for topic in ("all", *sorted(fresh["topic"].unique())):
        part = np.ones(len(fresh), bool) if topic == "all" else (fresh["topic"] == topic).to_numpy()
        told(f"{topic}: rules", fresh[part], fresh[part]["rules"])
        told(f"{topic}: both", fresh[part], labels(fresh[part], other[part], accepts, doubts))
    for share in SHARES:
        told(f"learned from {share:.0%} of the other articles", fresh,
             labels(fresh, held_out(frame, folds(frame), share)[new], accepts, doubts))


if __name__ == "__main__":
    main()
