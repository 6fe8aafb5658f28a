"""How sure a figure is: intervals for shares, and figures drawn again from the same cases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RESAMPLED = "95 %, statements drawn again"
WILSON = "95 %, Wilson"


def wilson(right: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """95 % interval of a share, 0 to 1 (Wilson 1927, J. Am. Stat. Assoc. 22:209); 0 to 1 where there are no cases."""
    if not n:
        return 0.0, 1.0
    part, scale = right / n, 1 + z * z / n
    middle = (part + z * z / (2 * n)) / scale
    half = z / scale * float(np.sqrt(part * (1 - part) / n + z * z / (4 * n * n)))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(right: Sequence[bool]) -> dict[str, object]:
    """Per cent right, of how many, with the Wilson interval: value, low, high, interval, n."""
    hits, n = sum(map(bool, right)), len(right)
    low, high = wilson(hits, n)
    return {"value": round(100 * hits / max(1, n), 1), "low": round(100 * low, 1), "high": round(100 * high, 1),
            "interval": WILSON, "n": n}


def sums(cases: np.ndarray, times: int, seed: int) -> np.ndarray:
    """Column sums of `times` samples of as many cases, drawn with replacement: shape (times, columns).

    `cases`: one row for each case, one column for each thing counted. No cases or no times: no rows.
    """
    rows, columns = cases.shape
    if not rows or not times:
        return np.empty((0, columns))
    return np.random.default_rng(seed).multinomial(rows, np.full(rows, 1 / rows), size=times) @ cases


def middle(sample: np.ndarray, value: float, places: int = 1) -> tuple[float, float]:
    """Where the middle 95 % of the draws lie, widened to hold the figure itself; the figure where there are none."""
    sample = sample[np.isfinite(sample)]
    if not len(sample):
        return value, value
    low, high = np.round(np.percentile(sample, [2.5, 97.5]), places).tolist()
    return min(low, value), max(high, value)
