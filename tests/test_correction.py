"""Corrected shares: what they recover, how often their intervals hold the truth, when they are withheld."""

import numpy as np
import pandas as pd
import pytest

from stancebrief import tables
from stancebrief.agreement import correction


def judgements(pairs):
    """Judgements from (machine stance, hand coder's stance, how many)."""
    rows = [(made, true) for made, true, n in pairs for _ in range(n)]
    return pd.DataFrame(rows, columns=["stance", "reference_stance"])


def counts(support=0, oppose=0, neutral=0):
    return pd.DataFrame({"country": ["AVA"], "target": ["tariff"], "support": [support], "oppose": [oppose],
                         "neutral": [neutral]})


GOOD = [("support", "support", 40), ("oppose", "oppose", 40)]


def test_without_errors_the_corrected_share_is_near_the_raw_one():
    found = correction.shares(counts(6, 2), judgements(GOOD)).set_index("stance")
    assert found["raw"]["support"] == 0.75
    assert found["corrected"]["support"] == pytest.approx(0.75, abs=0.03)
    assert found["low"]["support"] <= 0.75 <= found["high"]["support"]


def test_a_one_sided_error_moves_the_share_its_way():
    biased = judgements([("support", "oppose", 20), ("support", "support", 20), ("oppose", "oppose", 40)])
    found = correction.shares(counts(10, 10), biased).set_index("stance")
    assert found["corrected"]["support"] == pytest.approx(0.25, abs=0.03)


def test_labels_that_are_no_positions_at_all_leave_the_share_alone_and_shrink_the_net():
    noisy = judgements([("support", "none", 20), ("support", "support", 20), ("oppose", "absent", 20),
                        ("oppose", "oppose", 20)])
    assert correction.shares(counts(30, 10), noisy).set_index("stance")["corrected"]["support"] == pytest.approx(
        0.75, abs=0.04)
    net = correction.nets(counts(30, 10), noisy).iloc[0]
    assert net["raw"] == 20 and net["corrected"] == pytest.approx(10, abs=1) and net["sign_holds"] > 0.9


def test_shares_add_up_and_lie_between_0_and_1():
    found = correction.shares(counts(3, 4, 0), judgements([*GOOD, ("oppose", "support", 10)]))
    assert found["corrected"].sum() == pytest.approx(1) and found["low"].ge(0).all() and found["high"].le(1).all()


def test_too_few_hand_coded_labels_withhold_the_figure_and_say_so():
    few = judgements([("support", "support", 30), ("oppose", "oppose", correction.ENOUGH - 1)])
    assert correction.shares(counts(3, 1), few)[["corrected", "low", "high"]].isna().all(axis=None)
    assert correction.nets(counts(3, 1), few)["sign_holds"].isna().all()
    assert correction.shares(counts(3, 0), few)["enough"].all(), "no oppose label in the cell: none needed"
    assert "oppose (9)" in correction.sentence(few, 47) and "support (" not in correction.sentence(few, 47)
    assert "too few" in correction.sentence(few.iloc[:0], 0)
    said = correction.sentence(few, 47, elsewhere=True)
    assert f"{len(few)} labels given on hand-coded articles that were new to the rules" in said


@pytest.mark.parametrize("accuracy", [0.7, 0.9])
def test_intervals_hold_the_hand_coded_net_nineteen_times_in_twenty(accuracy):
    """Machine labels are made from true ones with a known error; the interval must hold the true net."""
    rng = np.random.default_rng(11)

    def label(true):
        other = np.where(true == "support", "oppose", "support")
        return np.where(rng.random(len(true)) < accuracy, true, other)

    held, trials = 0, 100
    for trial in range(trials):
        coded, new = rng.choice(["support", "oppose"], 80), rng.choice(["support", "oppose"], 20)
        seen = pd.DataFrame({"stance": label(coded), "reference_stance": coded})
        made = label(new)
        found = correction.nets(counts((made == "support").sum(), (made == "oppose").sum()), seen, times=400,
                                seed=trial).iloc[0]
        truth = (new == "support").sum() - (new == "oppose").sum()
        held += found["low"] <= truth <= found["high"]
    assert held / trials >= 0.92


def test_the_same_seed_gives_the_same_figures():
    one, two = (correction.nets(counts(4, 2), judgements(GOOD), seed=5) for _ in range(2))
    assert one.equals(two) and list(one.columns) == list(correction.NETS)
    assert list(correction.errors(judgements(GOOD)).index) == list(tables.STANCES)
