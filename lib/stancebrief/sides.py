"""Which side a country can be said to take on a target: one rule for findings, charts and how they are checked."""

from __future__ import annotations

SHARE = 2 / 3  # of a country's utterances on a target that must take a side for it to be named


def named(support: int, oppose: int, n: int) -> str:
    """The side that can be named of n utterances: support or oppose where SHARE of them take it, else nothing."""
    most = max(support, oppose)
    if not n or most < SHARE * n - 1e-9:
        return ""
    return "support" if support > oppose else "oppose"
