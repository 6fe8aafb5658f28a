"""A learned scorer of tone: logistic regression over words, word pairs and two lexicons' scores, from one small file.

Trained on sentences of English-language political news about persons (NewsMTSC: Hamborg and Donnay, EACL 2021, MIT),
with the names masked. Words that those sentences lack are placed by GloVe vectors (Pennington et al. 2014, PDDL), which
are folded into one weight a word at training time, so that scoring needs neither the vectors nor scikit-learn.
`tools/train_tone.py` makes the file.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
import itertools
import math
import pathlib
import re
import zipfile

import numpy as np

from stancebrief.sentiment import wording
from stancebrief.study import DATA

MODEL = DATA / "models" / "tone.npz"
CLASSES = ("neg", "neu", "pos")
LEXICONS = ("TextBlob polarity", "TextBlob subjectivity", "VADER compound", "VADER pos", "VADER neg")
TOKEN = re.compile(r"\b\w\w+\b")


class ToneError(RuntimeError):
    """The model's file is missing or not the one that this version reads; says what to do."""


def tokens(text: str) -> list[str]:
    """The words of a text, in lower case, two letters or longer."""
    return TOKEN.findall(text.lower())


def grams(words: list[str]) -> list[str]:
    """The words and the pairs of neighbours."""
    return words + [f"{a} {b}" for a, b in itertools.pairwise(words)]


@dataclasses.dataclass(frozen=True)
class Model:
    """Weights by class (neg, neu, pos): of grams with their idf, of words by their vectors, of lexicon scores."""

    grams: dict[str, int]      # gram -> row in the two below
    idf: np.ndarray            # (grams,)
    gram_weights: np.ndarray   # (grams, 3)
    words: dict[str, int]      # word -> row in word_weights
    word_weights: np.ndarray   # (words, 3), from the word's vector
    lexicons: np.ndarray       # (5, 3), rows as in LEXICONS
    bias: np.ndarray           # (3,)

    def probabilities(self, text: str, lexicons: tuple[float, ...]) -> np.ndarray:
        """Probabilities of neg, neu, pos for a text whose names are masked, and its lexicon scores."""
        words = tokens(text)
        total = np.asarray(lexicons) @ self.lexicons + self.bias
        counts = collections.Counter(self.grams[gram] for gram in grams(words) if gram in self.grams)
        if counts:
            places = list(counts)
            values = (1 + np.log(list(counts.values()))) * self.idf[places]
            total += values @ self.gram_weights[places] / math.sqrt(values @ values)
        placed = [self.words[word] for word in words if word in self.words]
        if placed:
            total += self.word_weights[placed].sum(axis=0) / math.sqrt(len(placed))
        odds = np.exp(total - total.max())
        return odds / odds.sum()


def write(path: pathlib.Path, model: Model) -> None:
    """Put a model at the path; the same model gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path, gram_names=_packed(model.grams), gram_idf=model.idf.astype(np.float16),
        gram_weights=model.gram_weights.astype(np.float16), word_names=_packed(model.words),
        word_weights=model.word_weights.astype(np.float16), lexicons=model.lexicons.astype(np.float32),
        bias=model.bias.astype(np.float32))


def _packed(names: dict[str, int]) -> np.ndarray:
    return np.frombuffer("\n".join(sorted(names, key=names.get)).encode(), dtype=np.uint8)


def _unpacked(names: np.ndarray) -> dict[str, int]:
    return {name: place for place, name in enumerate(names.tobytes().decode().split("\n"))}


@functools.cache
def read(path: pathlib.Path = MODEL) -> Model:
    """The model at the path. Raises ToneError if it is not there or not readable."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return Model(_unpacked(file["gram_names"]), file["gram_idf"].astype(float),
                         file["gram_weights"].astype(float), _unpacked(file["word_names"]),
                         file["word_weights"].astype(float), file["lexicons"].astype(float),
                         file["bias"].astype(float))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ToneError(f"data/models/{path.name} cannot be read ({error}): take it from the repository again, "
                        "or make it with tools/train_tone.py") from error


def score(text: str, lexicons: tuple[float, ...]) -> float:
    """Tone of a text whose names are masked, -1 to 1: chance of pos less chance of neg; 0 where no word is known."""
    model = read()
    if not any(word in model.words for word in tokens(text) if word != wording.HIDDEN):
        return 0.0  # the model's mean says nothing of a text of which it knows no word
    chances = model.probabilities(text, lexicons)
    return float(chances[2] - chances[0])
