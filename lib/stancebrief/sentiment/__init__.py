"""The tone of a statement's words, by two lexicons and a learned scorer, on text made fit for them.

None of the three says what a source thinks of a target: "strongly supports the sanctions on the hostile regime" is in
favour and sounds hostile. Stance has its own table and is never read from this one, nor this one from it. TextBlob's
words lists come from product reviews and VADER's from social media; the learned scorer knows sentences about persons in
the news. All three are blind to irony, to who is spoken of, and to a quotation's neighbours.
"""

from __future__ import annotations

import copy
import functools
import json

import pandas as pd

from stancebrief import tables
from stancebrief.sentiment import tone, wording

SHOWN = 3  # words named for each scorer in the explanation of a disagreement


@functools.cache
def _textblob():
    """TextBlob's lexicon and tokenizer. Importing it takes a second or more, so only scoring pays for it."""
    from textblob.en import sentiment
    sentiment.load()

    class Loaded(type(sentiment)):
        """The same lexicon once it is loaded: a plain dictionary, not one that asks at every word whether to load."""

        __contains__ = dict.__contains__
        __getitem__ = dict.__getitem__

    lexicon = copy.copy(sentiment)
    lexicon.__class__ = Loaded
    return lexicon


@functools.cache
def _vader():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    return SentimentIntensityAnalyzer()


def textblob(text: str) -> tuple[float, float, list[tuple[str, float, float]]]:
    """TextBlob's polarity and subjectivity, with the words that made them and their scores.

    The same numbers as `TextBlob(text).sentiment_assessments`, by its own tokenizer and word list, without the objects
    around them (which take most of the time) and without any NLTK data.
    """
    lexicon = _textblob()
    words = [word.lower() for word in " ".join(lexicon.tokenizer(text)).split()]
    found = lexicon(words)
    return found[0], found[1], [(" ".join(said), polarity, subjectivity)
                                for said, polarity, subjectivity, _ in found.assessments]


def vader(text: str) -> dict[str, float]:
    """VADER's compound, pos, neg and neu."""
    return _vader().polarity_scores(text)


def measure(text: str) -> dict[str, object]:
    """All scores of one text, as columns of the sentiment table."""
    unnamed, fitted, masked = wording.fit(text)
    as_it_comes = textblob(text)[0]
    polarity, subjectivity, words = textblob(fitted)
    scores = vader(fitted)
    return {
        "polarity": polarity, "subjectivity": subjectivity, "polarity_as_it_comes": as_it_comes,
        "vader": scores["compound"],
        "tone": tone.score(unnamed, (polarity, subjectivity, scores["compound"], scores["pos"], scores["neg"])),
        "assessments": json.dumps([[said, round(p, 3), round(s, 3)] for said, p, s in words], ensure_ascii=False),
        "masked": " | ".join(masked),
        "disagreement": disagreement(fitted, polarity, words, scores["compound"]),
    }


def score(statements: pd.DataFrame) -> pd.DataFrame:
    """The sentiment table: one row for each row of the statements table, in the same order."""
    if statements.empty:
        return tables.empty("sentiment")
    made = pd.DataFrame([measure(content) for content in statements["content"]])
    made.insert(0, "statement", statements["statement"].to_numpy())
    return tables.check(made, "sentiment")


def disagreement(fitted: str, polarity: float, words: list[tuple[str, float, float]], compound: float) -> str:
    """Which words made TextBlob and VADER differ in sign; empty where they do not."""
    if polarity * compound >= 0:
        return ""
    side = 1 if polarity > 0 else -1
    first = [f"“{said}” {p:+.2f}" for said, p, _ in sorted(words, key=lambda w: -w[1] * side) if p * side > 0][:SHOWN]
    lexicon, own = _vader().lexicon, _textblob()
    said = dict.fromkeys(word.strip(".,;:!?\"'()“”").lower() for word in fitted.split())
    valued = sorted(((lexicon[word], word) for word in said if word in lexicon), key=lambda v: v[0] * side)
    second = [f"“{word}” {value:+.1f}" + ("" if word in own else ", not in TextBlob's list")
              for value, word in valued if value * side < 0][:SHOWN]
    turned = "words turned round by a negation"
    return (f"TextBlob {polarity:+.2f}: {'; '.join(first) or turned}. "
            f"VADER {compound:+.2f}: {'; '.join(second) or turned}.")
