"""What a hand coder would find where only the machine has coded: shares and nets put right by the known errors.

On hand-coded statements we see how often each machine label turns out to be which label. Carried over to the labels of
a country on a target, that gives the counts that hand-coding would give, and how sure they are (double sampling:
Tenenbein 1970, J. Am. Stat. Assoc. 65:1350; Buonaccorsi 2010, Measurement Error, chapter 3). Errors are taken to be the
same for all countries and targets, and overlooked statements to be overlooked evenly; both are said beside the figures.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from stancebrief import tables

LABELS = (*tables.STANCES, "none")
ENOUGH = 10   # a label seen less often than this beside the hand coder's is not corrected
SHARES = ("country", "target", "stance", "n", "raw", "corrected", "low", "high", "enough")
NETS = ("country", "target", "n", "raw", "corrected", "low", "high", "sign_holds", "enough")


def errors(judgements: pd.DataFrame) -> pd.DataFrame:
    """What each machine label turned out to be: one row for each stance given, one column for each of LABELS, counts.

    `judgements`: from agreement.judge. `none` gathers what the hand coder did not code as a position at all.
    """
    made = judgements[judgements["stance"].isin(tables.STANCES)]
    truth = made["reference_stance"].where(made["reference_stance"].isin(tables.STANCES), "none")
    return pd.crosstab(made["stance"], truth).reindex(index=list(tables.STANCES), columns=list(LABELS), fill_value=0)


def _drawn(counts: np.ndarray, seen: np.ndarray, times: int, rng: np.random.Generator) -> np.ndarray:
    """Counts that hand-coding could give for these machine counts: shape (times, labels).

    For each machine label the chances of the true ones are drawn from what was seen (Dirichlet, with one label's worth
    of doubt spread over all), and then the labels themselves.
    """
    total = np.zeros((times, len(LABELS)), dtype=int)
    for k, n in enumerate(counts):
        if n:
            chances = rng.dirichlet(seen[k] + 1 / len(LABELS), size=times)
            total += rng.multinomial(int(n), chances)
    return total


def _cells(counts: pd.DataFrame, judgements: pd.DataFrame, times: int, seed: int):
    """For each country and target: the machine's counts by stance, whether they can be corrected, and the draws."""
    seen = errors(judgements).to_numpy()
    rng = np.random.default_rng(seed)
    for row in counts.itertuples():
        machine = np.array([getattr(row, stance) for stance in tables.STANCES])
        if machine.sum():
            enough = bool((seen.sum(axis=1)[machine > 0] >= ENOUGH).all())
            yield row.country, row.target, machine, enough, _drawn(machine, seen, times, rng) if enough else None


def shares(counts: pd.DataFrame, judgements: pd.DataFrame, *, times: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Share of each stance among a country's positions on a target, as counted and corrected.

    `counts`: columns `country`, `target`, `support`, `oppose`, `neutral`, as series.by_country gives them. Gives SHARES
    for the cells with any: `n` counted, `raw` and `corrected` shares (0-1), 95 % interval `low` to `high` of what
    hand-coding of these very statements would give, and `enough`; where not enough of these labels were hand-coded, the
    corrected figures are missing (NaN).
    """
    rows = []
    for country, target, machine, enough, drawn in _cells(counts, judgements, times, seed):
        if enough:
            stated = drawn[:, :3].sum(axis=1)
            part = drawn[stated > 0, :3] / stated[stated > 0, None]
        for k, stance in enumerate(tables.STANCES):
            low, high = np.percentile(part[:, k], [2.5, 97.5]) if enough else (np.nan, np.nan)
            rows.append((country, target, stance, int(machine.sum()), machine[k] / machine.sum(),
                         part[:, k].mean() if enough else np.nan, low, high, enough))
    return pd.DataFrame(rows, columns=list(SHARES))


def nets(counts: pd.DataFrame, judgements: pd.DataFrame, *, times: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Support less oppose of each country on each target, as counted and corrected.

    Gives NETS: `raw` and `corrected` in utterances, 95 % interval `low` to `high`, and `sign_holds`: the chance (0-1)
    that hand-coding would give the same sign. Missing (NaN) where not `enough` was hand-coded. `counts` as in shares.
    """
    rows = []
    for country, target, machine, enough, drawn in _cells(counts, judgements, times, seed):
        raw = int(machine[0] - machine[1])
        if not enough:
            rows.append((country, target, int(machine.sum()), raw, *[np.nan] * 4, False))
            continue
        net = drawn[:, 0] - drawn[:, 1]
        low, high = np.percentile(net, [2.5, 97.5])
        rows.append((country, target, int(machine.sum()), raw, net.mean(), low, high,
                     float((np.sign(net) == np.sign(raw)).mean()), True))
    return pd.DataFrame(rows, columns=list(NETS))


def sentence(judgements: pd.DataFrame, statements: int, *, elsewhere: bool = False) -> str:
    """Whether corrected figures can be shown, in words.

    `statements`: how many statements of these articles were hand-coded. `elsewhere`: the judgements are of other
    articles, new to the rules. Names the labels that are too few to correct.
    """
    seen = errors(judgements).sum(axis=1)
    few = [f"{stance} ({n})" for stance, n in seen.items() if n < ENOUGH]
    coded = (f"{seen.sum()} labels given on hand-coded articles that were new to the rules" if elsewhere
             else f"{statements} hand-coded statement{'s' if statements != 1 else ''}")
    if not few:
        return f"Shares are corrected by the errors seen on {coded}."
    if len(few) == len(seen):
        return (f"The {coded} hold fewer than {ENOUGH} machine labels of each stance: too few to correct the shares, "
                "which are shown as counted.")
    return (f"Shares are corrected by the errors seen on {coded}, except where they rest on labels seen there fewer "
            f"than {ENOUGH} times: {', '.join(few)}.")
