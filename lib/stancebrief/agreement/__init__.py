"""Coders beside each other: how often their labels are right, how far they agree, and where they part.

A coder is anybody who turns articles into statements and positions: `rules`, `human:NAME`, `model:NAME`, `llm:NAME`.
Each is a pair of frames (statements, positions). One of them is the reference the others are judged against.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import numpy as np
import pandas as pd

from stancebrief import intervals, study, tables
from stancebrief.agreement import gold, scoring

Coder = tuple[pd.DataFrame, pd.DataFrame]   # statements, positions

NONE = "none"      # the coder read the statement and names no position on the target
ABSENT = "absent"  # the coder has no such statement
JUDGEMENTS = ("statement", "made", "article", "country", "target", "reference_stance", "stance", "confidence",
              "verdict", "words", "why")
# Verdicts, and how bad they are: a wrong label shown is worse than a missing one, the opposite stance worst of all.
VERDICTS = {"right": -1, "opposite": 0, "other stance": 1, "position not in the reference": 1,
            "statement not in the reference": 1, "position missed": 2, "statement missed": 2}
WORST = ("rank", "verdict", "article", "speaker", "country", "target", "reference_stance", "stance", "confidence",
         "content", "paragraph", "words", "why", "note")
FEW = 10           # with fewer cases than this, drawing them again says nothing
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def load_gold(path: pathlib.Path, articles: pd.DataFrame) -> Coder:
    """Hand-coded statements and positions (coder `human:gold`); see gold.load, which also gives the problems met."""
    return gold.load(path, articles)[:2]


def within(coder: Coder, articles: set[str]) -> Coder:
    """What the coder has on these articles."""
    statements, positions = coder
    return (statements[statements["article"].isin(articles)], positions[positions["article"].isin(articles)])


def judge(reference: Coder, made: Coder) -> pd.DataFrame:
    """Every position that the reference or the coder names, and what is to be said of it.

    Only articles on which the reference has statements are judged. One row for each (statement, country, target) with
    columns `statement` (the reference's, empty where it has none), `made` (the coder's), `article`, `country`,
    `target`, `reference_stance` and `stance` (a stance; `none`: statement read, target not named; `absent`: no such
    statement), `confidence` (the coder's, 0 where it names nothing), `verdict` (one of VERDICTS), `words`, `why`.
    Positions of made statements without a match whose speaker nobody can resolve are left out, as in scoring.score.
    """
    made = within(made, set(reference[0]["article"]))
    ours, theirs = scoring.units(*reference), scoring.units(*made)
    hits = scoring.match(ours, theirs)
    pairs = [(unit, theirs[hits[i]] if i in hits else None) for i, unit in enumerate(ours)]
    pairs += [(None, theirs[j]) for j in sorted(scoring.counted(theirs, hits) - set(hits.values()))]
    detail = {(row.statement, row.country, row.target): row for row in made[1].itertuples()}
    rows = []
    for one, other in pairs:
        wanted = {place[:2]: place[2] for place in one.positions} if one else {}
        got = {place[:2]: place[2] for place in other.positions} if other else {}
        for country, target in sorted(wanted.keys() | got.keys()):
            a = wanted.get((country, target), NONE) if one else ABSENT
            b = got.get((country, target), NONE) if other else ABSENT
            row = detail.get((other.statement, country, target)) if other else None
            rows.append({"statement": one.statement if one else "", "made": other.statement if other else "",
                         "article": (one or other).article, "country": country, "target": target,
                         "reference_stance": a, "stance": b, "confidence": float(row.confidence) if row else 0.0,
                         "verdict": _verdict(a, b), "words": row.words if row else "", "why": row.why if row else ""})
    return pd.DataFrame(rows, columns=list(JUDGEMENTS))


def _verdict(reference: str, stance: str) -> str:
    """What is to be said of a stance beside the reference's."""
    if reference == stance:
        return "right"
    if ABSENT in (reference, stance):
        return "statement missed" if stance == ABSENT else "statement not in the reference"
    if NONE in (reference, stance):
        return "position missed" if stance == NONE else "position not in the reference"
    return "opposite" if {reference, stance} == {"support", "oppose"} else "other stance"


def figures(reference: Coder, made: Coder, *, where: str = "study", coder: str = "rules", against: str = gold.CODER,
            bootstrap: int = 2000, seed: int = 0, note: str = "",
            least: int = study.Study.min_statements, sure: float = study.Study.min_confidence) -> pd.DataFrame:
    """How much of the reference the coder finds and how much of it is right, as rows of the `agreement` table.

    Values are per cent, equal to scoring.score. Intervals of shares are Wilson's; those of F1 come from drawing the
    statements again with replacement (`bootstrap` times), where there are enough. Both take statements as independent:
    those of one article are alike, so with few articles the truth may lie further out. Without a reference: no rows.
    `sides precision`: of the sides that the coder's positions name, by the rule of findings (at least `least` of them,
    no less confident than `sure`), how many are the reference's net side; `sides recall`: of those that the reference's
    name, how many the coder's do.
    """
    made = within(made, set(reference[0]["article"]))
    ours, theirs = scoring.units(*reference), scoring.units(*made)
    rows: list[dict[str, object]] = []
    if not ours:   # nothing was coded to measure against: no figure, rather than 0 %
        return table(rows, where, coder, against, note)
    for threshold in (scoring.THRESHOLD, scoring.CLOSE):
        hits, loose = _matched(ours, theirs, threshold)
        cases = [(i in hits, i in hits, True) for i in range(len(ours))] + [(False, True, False) for _ in loose]
        rows += _prf(f"statements@{threshold}", "all", cases, bootstrap, seed)
    hits, loose = _matched(ours, theirs, scoring.THRESHOLD)
    for kind in sorted({unit.kind for unit in ours}):
        found = [i in hits for i, unit in enumerate(ours) if unit.kind == kind]
        rows.append({"measure": "recall", "group": f"kind: {kind}"} | intervals.share(found))
    pairs = [(ours[i], theirs[j]) for i, j in hits.items()]
    for measure, right in (("speaker", [scoring.same_speaker(a.speaker, b.speaker) for a, b in pairs]),
                           ("country", [a.countries == b.countries for a, b in pairs])):
        rows.append({"measure": measure, "group": "all"} | intervals.share(right))
    places = [(unit.positions, theirs[hits[i]].positions if i in hits else frozenset()) for i, unit in enumerate(ours)]
    places += [(frozenset(), theirs[j].positions) for j in loose]
    for group, belongs in _groups(places):
        cases = [tuple(sum(map(belongs, side)) for side in (a & b, b, a)) for a, b in places]
        rows += _prf("positions", group, cases, bootstrap, seed)
    wanted, got = scoring.net(ours), scoring.net(theirs)
    signs = [np.sign(value) == np.sign(got.get(cell, 0)) for cell, value in wanted.items()]
    rows.append({"measure": "table", "group": "all"} | intervals.share(signs))
    named, meant = (scoring.sides(scoring.units(statements, _counted(positions, sure)), least)
                    for statements, positions in (made, reference))
    for measure, right in (
            ("sides precision", [side == scoring.side(wanted.get(cell, 0)) for cell, side in named.items()]),
            ("sides recall", [named.get(cell) == side for cell, side in meant.items()])):
        rows += [{"measure": measure, "group": "all"} | intervals.share(right)] if right else []
    return table(rows, where, coder, against, note)


def _counted(positions: pd.DataFrame, sure: float) -> pd.DataFrame:
    """The positions that findings count."""
    return positions[positions["confidence"] >= sure] if "confidence" in positions else positions


def table(rows: list[dict[str, object]], where: str, coder: str, against: str, note: str) -> pd.DataFrame:
    """The figures as the `agreement` table: who was measured against whom, and on what."""
    frame = pd.DataFrame(rows, columns=["measure", "group", "value", "low", "high", "interval", "n"])
    return tables.check(frame.assign(set=where, coder=coder, reference=against, note=note), "agreement")


def _matched(ours: list[scoring.Unit], theirs: list[scoring.Unit],
             threshold: float) -> tuple[dict[int, int], list[int]]:
    """Which statements match, and which made ones match nothing and count against the coder."""
    hits = scoring.match(ours, theirs, threshold)
    return hits, sorted(scoring.counted(theirs, hits) - set(hits.values()))


def _groups(places: list[tuple[frozenset, frozenset]]) -> list[tuple[str, Callable[[tuple], bool]]]:
    """All positions, those of each target and those of each country, as a name and a test."""
    named = sorted({place[:2] for pair in places for side in pair for place in side})
    return [("all", lambda place: True),
            *((f"target: {t}", lambda place, t=t: place[1] == t) for t in sorted({t for _, t in named})),
            *((f"country: {c}", lambda place, c=c: place[0] == c) for c in sorted({c for c, _ in named}))]


def _prf(name: str, group: str, cases: list[tuple], bootstrap: int, seed: int) -> list[dict[str, object]]:
    """Precision, recall and F1 from (right, made, wanted) for each case, with intervals where n allows one.

    Of one target or country that the reference or the coder never names, what has no cases has no row.
    """
    counts = np.array(cases, dtype=float).reshape(-1, 3)
    right, made, wanted = (int(total) for total in counts.sum(axis=0))
    value = scoring.prf(right, made, wanted)
    rows = []
    for measure, key, n in (("precision", "p", made), ("recall", "r", wanted)):
        if n or group == "all":
            low, high = (100 * end for end in intervals.wilson(right, n))
            rows.append({"measure": f"{name} {measure}", "group": group, "value": value[key], "low": round(low, 1),
                         "high": round(high, 1), "interval": intervals.WILSON, "n": n})
    low = high = value["f1"]
    drawn = bootstrap and wanted >= FEW and 0 < value["f1"] < 100
    if drawn:
        r, m, w = intervals.sums(counts, bootstrap, seed).T
        low, high = intervals.middle(200 * r / np.maximum(m + w, 1), value["f1"])
    if wanted or group == "all":
        rows.append({"measure": f"{name} f1", "group": group, "value": value["f1"], "low": low, "high": high,
                     "interval": intervals.RESAMPLED if drawn else "", "n": wanted})
    return rows


def confusion(judgements: pd.DataFrame, by: str = "") -> pd.DataFrame:
    """How often each stance of the reference became each stance of the coder.

    `by`: `target`, `country` or nothing. Gives columns (`by`), `reference_stance`, `stance`, `n`; `none` is a statement
    read without naming the target, `absent` a statement that the coder (or the reference) does not have. Cells where
    neither names the target are not counted.
    """
    keys = [*([by] if by else []), "reference_stance", "stance"]
    return judgements.groupby(keys, observed=True).size().rename("n").reset_index()


def verdicts(judgements: pd.DataFrame, by: str) -> pd.DataFrame:
    """How the positions of each `target` or `country` (`by`) came out: one row for each.

    Columns: `by`; `right`; `opposite`; `other` (another stance); `extra` (the reference has no such position);
    `missed` (the coder has none); `given` and `wanted`, how many positions the coder and the reference have.
    """
    kinds = {"right": "right", "opposite": "opposite", "other stance": "other",
             "position not in the reference": "extra",
             "statement not in the reference": "extra", "position missed": "missed", "statement missed": "missed"}
    names = ["right", "opposite", "other", "extra", "missed"]
    counts = pd.crosstab(judgements[by], judgements["verdict"].map(kinds)).reindex(columns=names, fill_value=0)
    counts = counts.assign(given=counts[names[:4]].sum(axis=1), wanted=counts[[*names[:3], "missed"]].sum(axis=1))
    return counts.sort_values("wanted", ascending=False, kind="stable").rename_axis(columns=None).reset_index()


def calibration(judgements: pd.DataFrame, bands: tuple[float, ...] = BANDS) -> pd.DataFrame:
    """Whether labels of a stated confidence are right as often as they say.

    Gives one row for each band that has labels: `band`, `predicted` (mean confidence), `observed` (share right), `low`,
    `high` (Wilson, 95 %), `n`.
    """
    made = judgements[judgements["stance"].isin(tables.STANCES)]
    place = np.clip(np.searchsorted(bands, made["confidence"], side="right") - 1, 0, len(bands) - 2)
    rows = []
    for k in sorted(set(place.tolist())):
        part = made[place == k]
        right = int((part["verdict"] == "right").sum())
        low, high = intervals.wilson(right, len(part))
        rows.append((f"{bands[k]:.1f}-{bands[k + 1]:.1f}", float(part["confidence"].mean()), right / len(part), low,
                     high, len(part)))
    return pd.DataFrame(rows, columns=["band", "predicted", "observed", "low", "high", "n"])


def worst(judgements: pd.DataFrame, reference: Coder, made: Coder, articles: pd.DataFrame,
          cases: int = 10) -> pd.DataFrame:
    """The worst cases in full: opposite stances first, then wrong labels from the surest down, then what was missed.

    Gives columns `rank`, `verdict`, `article`, `speaker`, `country`, `target`, `reference_stance`, `stance`,
    `confidence`, `content`, `paragraph`, `words`, `why`, `note` (the hand coder's).
    """
    wrong = judgements[judgements["verdict"] != "right"]
    wrong = wrong.assign(order=wrong["verdict"].map(VERDICTS)).sort_values(
        ["order", "confidence", "article", "statement", "made", "target"],
        ascending=[True, False, True, True, True, True], kind="stable").head(cases)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    spoken = {row.statement: row for row in [*made[0].itertuples(), *reference[0].itertuples()]}
    notes = {(row.statement, row.country, row.target): row.why for row in reference[1].itertuples()}
    rows = []
    for rank, row in enumerate(wrong.itertuples(), 1):
        statement = spoken[row.statement or row.made]
        rows.append({"rank": rank, "verdict": row.verdict, "article": row.article, "speaker": statement.speaker,
                     "country": row.country, "target": row.target, "reference_stance": row.reference_stance,
                     "stance": row.stance, "confidence": row.confidence, "content": statement.content,
                     "paragraph": texts[row.article][statement.paragraph_start:statement.paragraph_end].strip(),
                     "words": row.words, "why": row.why,
                     "note": notes.get((row.statement, row.country, row.target), "")})
    return pd.DataFrame(rows, columns=list(WORST))


def sentence(judgements: pd.DataFrame, statements: int, *, in_sample: bool = True) -> str:
    """How often a label agrees with the hand-coded one, in one plain sentence; empty where nothing was hand-coded.

    `statements`: how many hand-coded statements the judgements rest on. `in_sample`: whether the rules were made while
    looking at these very articles; then nothing is promised of others, for which unseen.sentence stands.
    """
    made = judgements[judgements["stance"].isin(tables.STANCES)]
    if not statements or made.empty:
        return ""
    right = int((made["verdict"] == "right").sum())
    based = f"Based on {statements} hand-coded statement{'s' if statements != 1 else ''}"
    if in_sample:
        return (f"{based} of these articles, {right} of {len(made)} labels are right; the rules were made on these "
                "articles, so this says nothing of others.")
    low, high = (round(10 * end) for end in intervals.wilson(right, len(made)))
    times = round(10 * right / len(made))
    often = f"a label is right about {times} times in 10: {right} of {len(made)}"
    if right == len(made):   # no promise that none ever will be
        often = f"none of {len(made)} labels is wrong"
    elif times == 10:
        often = f"a label is right nearly every time: {right} of {len(made)}"
    tail = f" (95 % interval {low} to {high} times right in 10)" if low != high else ""
    return f"{based}, {often}{tail}; these articles were kept apart while the rules were made."
