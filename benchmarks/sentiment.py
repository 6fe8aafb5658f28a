"""Tone at statement level, measured on NewsMTSC's development parts (Hamborg and Donnay, EACL 2021), and speed.

    python benchmarks/sentiment.py [SHARED]

Needs SHARED (default: ../shared) with eval/loaders.py and corpora/NewsMTSC; takes a minute. Every labelled target is
judged by the score of its whole sentence: no scorer is told which target is meant, so where one sentence praises one
person and blames another, all must fail.
"""

import pathlib
import sys
import time
from collections.abc import Iterator

import pandas as pd

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger

from stancebrief import sentiment
from stancebrief.sentiment import tone, wording

PARTS = ("rw_dev", "mt_dev")


def targets(part: str, folder: pathlib.Path = ledger.SHARED) -> pd.DataFrame:
    """Columns text and label (neg, neu, pos) of one part. Raises FileNotFoundError."""
    loaders = ledger.loaders(folder, "NewsMTSC")
    return pd.DataFrame([(row["text"], row["label"]) for row in loaders.newsmtsc(part)], columns=["text", "label"])


def signed(value: float, least: float = 0.0) -> str:
    """neg, neu or pos by sign; within `least` of nought is neu."""
    return "pos" if value > least else "neg" if value < -least else "neu"


def labels(text: str) -> dict[str, str]:
    """What each way of scoring says of a sentence."""
    made = sentiment.measure(text)
    unnamed, fitted, _ = wording.fit(text)
    scores = sentiment.vader(fitted)
    lexicons = (made["polarity"], made["subjectivity"], scores["compound"], scores["pos"], scores["neg"])
    chances = tone.read().probabilities(unnamed, lexicons)
    return {"TextBlob as it comes": signed(made["polarity_as_it_comes"]),
            "TextBlob as we feed it": signed(made["polarity"]),
            "VADER as it comes": signed(sentiment.vader(text)["compound"], 0.05),
            "VADER as we feed it": signed(made["vader"], 0.05), "learned": tone.CLASSES[int(chances.argmax())]}


def macro_f1(said: list[str], gold: list[str]) -> float:
    """Mean over the three classes of the harmonic mean of precision and recall."""
    total = 0.0
    for one in tone.CLASSES:
        both = sum(s == g == one for s, g in zip(said, gold, strict=True))
        total += 2 * both / max(1, said.count(one) + gold.count(one))
    return total / len(tone.CLASSES)


def table(folder: pathlib.Path = ledger.SHARED) -> pd.DataFrame:
    """macro-F1 of each way of scoring (rows) on each part (columns)."""
    found = {}
    for part in PARTS:
        frame = targets(part, folder)
        said = {text: labels(text) for text in frame["text"].unique()}
        made = pd.DataFrame([said[text] for text in frame["text"]])
        gold = frame["label"].tolist()
        found[part] = {way: macro_f1(made[way].tolist(), gold) for way in made.columns}
    return pd.DataFrame(found)


def speed(texts: list[str]) -> dict[str, float]:
    """Texts a second of processor time, one process: making fit, each scorer, and the whole row of the table."""
    sentiment.measure("warm")
    fitted = [wording.fit(text)[1] for text in texts]

    def rate(work, given):
        start = time.process_time()
        for text in given:
            work(text)
        return len(given) / (time.process_time() - start)

    return {"made fit": rate(wording.fit, texts), "TextBlob": rate(sentiment.textblob, fitted),
            "VADER": rate(sentiment.vader, fitted),
            "TextBlob and VADER": rate(lambda text: (sentiment.textblob(text), sentiment.vader(text)), fitted),
            "the whole row (TextBlob twice, VADER, learned)": rate(sentiment.measure, texts)}


def measure(folder: pathlib.Path) -> Iterator[ledger.Row]:
    """Macro-F1 of each way on both parts, and how many sentences a second each does."""
    found = table(folder)
    for way, row in found.iterrows():
        yield (f"tone (NewsMTSC): {way}", ", ".join(f"{100 * value:.1f}" for value in row),
               f"macro-F1 in percent on {', '.join(found.columns)}")
    texts = list(targets("rw_dev", folder)["text"]) * 3
    for name, value in speed(texts).items():
        yield (f"tone, speed: {name}", f"{value:,.0f} sentences/s",
               f"of processor time; mean {sum(map(len, texts)) / len(texts):.0f} characters")


def main() -> None:
    parser = ledger.parser(__doc__)
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=ledger.SHARED)
    given = parser.parse_args()
    print(ledger.table(list(ledger.noted(measure(given.folder), given.rows))))


if __name__ == "__main__":
    ledger.run(main)
