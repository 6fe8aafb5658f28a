"""A forest of decision trees read from one small file: how likely each label is, given which features are there.

Trained by tools/learn.py (extremely randomised trees: Geurts, Ernst and Wehenkel, Machine Learning 63, 2006); asked
with numpy alone.
"""

from __future__ import annotations

import dataclasses
import functools
import pathlib
import zipfile
from collections.abc import Collection, Sequence

import numpy as np

from stancebrief.study import DATA

FILE = DATA / "models" / "stance.npz"
CLASSES = ("none", "oppose", "support")
LEAF = np.uint16(0xFFFF)


class ForestError(RuntimeError):
    """The forest's file is missing or not the one that this version reads; says what to do."""


@dataclasses.dataclass(frozen=True)
class Forest:
    """Nodes of all trees, each tree in preorder: where a node's feature is absent the next one follows."""

    names: dict[str, int]   # feature -> its number
    feature: np.ndarray     # (nodes,) number of the feature asked for; LEAF at a leaf
    present: np.ndarray     # (nodes,) the node that follows where the feature is there
    shares: np.ndarray      # (nodes, 3) of CLASSES, 0-255; of leaves only
    roots: np.ndarray       # (trees,)
    accepts: float          # least chance at which a target left unread is read
    doubts: float           # chance below which a reading of the rules is not believed

    def chances(self, cases: Sequence[Collection[str]]) -> np.ndarray:
        """(cases, 3): the chance of each of CLASSES for each set of features; features never seen say nothing."""
        there = np.zeros((len(cases), len(self.names)), dtype=bool)
        for row, case in enumerate(cases):
            there[row, [self.names[name] for name in case if name in self.names]] = True
        width = len(self.names)
        flat = there.ravel()
        at = np.tile(self.roots, len(cases))                # the node that each case has come to in each tree
        row = np.repeat(np.arange(len(cases)) * width, len(self.roots))
        going = np.flatnonzero(self.feature[at] != LEAF)
        while len(going):
            here = at[going]
            at[going] = here = np.where(flat[row[going] + self.feature[here]], self.present[here], here + 1)
            going = going[self.feature[here] != LEAF]
        found = self.shares[at].reshape(len(cases), len(self.roots), -1).mean(axis=1, dtype=float)
        return found / found.sum(axis=1, keepdims=True)


def write(path: pathlib.Path, forest: Forest) -> None:
    """Put a forest at the path; the same forest gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = np.frombuffer("\n".join(sorted(forest.names, key=forest.names.get)).encode(), dtype=np.uint8)
    np.savez_compressed(
        path, names=names, feature=forest.feature.astype(np.uint16), present=forest.present.astype(np.int32),
        shares=forest.shares.astype(np.uint8), roots=forest.roots.astype(np.int32),
        limits=np.array([forest.accepts, forest.doubts], dtype=np.float64))


@functools.cache
def read(path: pathlib.Path = FILE) -> Forest:
    """The forest at the path. Raises ForestError if it is not there or not readable."""
    try:
        with np.load(path, allow_pickle=False) as file:
            names = {name: at for at, name in enumerate(file["names"].tobytes().decode().split("\n"))}
            return Forest(names, file["feature"], file["present"], file["shares"], file["roots"],
                          *map(float, file["limits"]))
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ForestError(f"data/models/{path.name} cannot be read ({error}): take it from the repository again, or "
                          "make it with tools/learn.py") from error
