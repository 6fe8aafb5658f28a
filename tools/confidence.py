"""How often the rules are right on articles that are new to them, and the confidence that follows from it.

    python tools/confidence.py meet
    python tools/confidence.py fit

`meet` lets the rules read the hand-coded sets that were kept closed (data/reference/coded_sets.yaml) and keeps, for
each statement and position that they make, how it was made and whether it was right (data/reference/unseen_*.csv;
labels only, no text). What is kept is worth something only if nobody has mended a rule for these articles.

`fit` makes data/reference/confidence.csv from what is kept: a logistic regression on traits of a row, its weights drawn
towards nought (ridge). Which traits, and how strongly drawn, is what predicts articles left out best, each article of
all sets in its turn (log loss). What was predicted for each row without its article is kept beside it, so that notebook
4 can hold the confidence to what came true; as the traits were chosen by the same articles, it flatters a little. Needs
scikit-learn.
"""

from __future__ import annotations

import argparse
import itertools
import pathlib

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from stancebrief import agreement, articles, codebook, extracts, stance, statements, tables
from stancebrief.agreement import gold, measured, scoring, unseen
from stancebrief.statements import confidence

STRENGTHS = (0.03, 0.1, 0.3, 1.0)   # inverse strength of the ridge, of which leaving articles out chooses


def met(name: str, folder: pathlib.Path, table: pathlib.Path,
        book: codebook.Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the rules make of the articles and how it was made: rows of unseen.STATEMENTS and unseen.POSITIONS."""
    found, _ = articles.read_paths([folder])
    said, _ = statements.extract(found)
    taken = stance.code(said, found, book)
    raw = [{"article": path.name, "text": path.read_bytes().decode("utf-8")} for path in sorted(folder.glob("*.txt"))]
    *hand, unused = gold.load(table, pd.DataFrame(raw))
    if len(unused):
        raise SystemExit(f"the hand-coded table does not fit its articles: {unused['reason'].iloc[0]}")
    made = extracts.in_files(said, articles.locate([folder])), taken
    ours, theirs = scoring.units(*hand), scoring.units(*made)
    hits = scoring.match(ours, theirs)
    back = {j: ours[i] for i, j in hits.items()}
    records = {row["statement"]: row for row in said.to_dict("records")}
    rows = []
    for j in sorted(scoring.counted(theirs, hits)):
        unit, wanted = theirs[j], back.get(j)
        record = records[unit.statement]
        right = (wanted is not None and scoring.same_speaker(wanted.speaker, unit.speaker)
                 and wanted.countries == unit.countries)
        speaker = confidence.kind(record["speaker_as_written"], record["country_basis"], record["countries"])
        rows.append({"set": name, "article": unit.article, "right": int(right)}
                    | confidence.origin(record["rule"], speaker))
    how = {(record["statement"], one.target): confidence.traits(record, one.rule, one.among, one.chance)
           for record, ones in stance.readings(said, found, book) for one in ones}
    judged = agreement.judge(tuple(hand), made)
    judged = judged[judged["stance"].isin(tables.STANCES)].assign(set=name)
    traits = pd.DataFrame([how[key] for key in zip(judged["made"], judged["target"], strict=True)], index=judged.index)
    return pd.DataFrame(rows), judged.drop(columns="country").join(traits)


def chances(rows: pd.DataFrame, right: pd.Series, names: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """Each row's chance of being right by the other articles, and the weights (confidence.COLUMNS but `row`) by all."""
    place = rows["set"] + "/" + rows["article"]
    tried = {}
    for chosen in (list(some) for k in range(1, len(names) + 1) for some in itertools.combinations(names, k)):
        marks = pd.get_dummies(rows[chosen].astype(str), prefix_sep="\t").astype(float)
        for strength in STRENGTHS:
            made = np.full(len(rows), np.nan)
            for one in place.unique():
                out = (place == one).to_numpy()
                made[out] = _fit(marks[~out], right[~out], strength).predict_proba(marks[out])[:, 1]
            loss = -np.log(np.where(right == 1, made, 1 - made)).mean()
            tried[round(loss, 4), tuple(chosen), strength] = made, marks
    loss, chosen, strength = min(tried)
    made, marks = tried[loss, chosen, strength]
    share = right.mean()
    print(f"  {len(rows)} rows of {place.nunique()} articles, {share:.3f} right")
    print(f"  log loss, articles left out: {-share * np.log(share) - (1 - share) * np.log(1 - share):.4f} by one share "
          f"for all (itself not left out); {loss:.4f} by {', '.join(chosen)} at strength {strength:g}")
    for one in sorted(names):
        alone = min(key for key in tried if key[1] == (one,))
        print(f"    {alone[0]:.4f} by {one} alone")
    whole = _fit(marks, right, strength)
    weights = [(confidence.ALL, confidence.ALL, len(rows), int(right.sum()), whole.intercept_[0])]
    weights += [(*column.split("\t"), int(marks[column].sum()), int((marks[column] * right).sum()), weight)
                for column, weight in zip(marks.columns, whole.coef_[0], strict=True)]
    return made, pd.DataFrame(weights, columns=list(confidence.COLUMNS[1:]))


def _fit(marks: pd.DataFrame, right: pd.Series, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2000).fit(marks, right)


def fit() -> None:
    """Write the weights, and beside each kept row what would have been said of it."""
    made = []
    for row, names in (("statement", ["rule", "speaker", "country"]),
                       ("position", ["rule", "speaker", "country", "targets", "learned"])):
        print(row)
        kept = unseen.statements() if row == "statement" else unseen.positions()
        right = kept["right"] if row == "statement" else (kept["verdict"] == "right").astype(int)
        kept["confidence"], weights = chances(kept, right, names)
        unseen.write(kept.round({"confidence": 3}))
        made.append(weights.assign(row=row))
    frame = pd.concat(made)[list(confidence.COLUMNS)].round({"weight": 4})
    tables.write_bytes(frame.to_csv(index=False, lineterminator="\n").encode(), confidence.FILE)


def meet() -> None:
    """Write what the rules make of the closed sets, in place of what was kept."""
    parts = [met(one.name, folder / "articles", folder / "gold.csv", codebook.read(book))
             for one in measured.sets() if one.unseen for folder, book in one.parts]
    for kept, new in zip((unseen.statements(), unseen.positions()), zip(*parts, strict=True), strict=True):
        unseen.write(pd.concat(new).assign(confidence=confidence.UNMEASURED)[list(kept.columns)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=["meet", "fit"])
    {"meet": meet, "fit": fit}[parser.parse_args().way]()


if __name__ == "__main__":
    main()
