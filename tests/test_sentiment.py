"""Tone of words: text made fit, TextBlob and VADER as they are, the learned scorer, and none of it from stance."""

import importlib.util
import json
import pathlib
import re

import nltk
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import sentiment, tables
from stancebrief.countries import mentions
from stancebrief.sentiment import tone, wording

ROOT = pathlib.Path(__file__).resolve().parents[1]
ANY = st.text(max_size=80) | st.lists(
    st.sampled_from(["don’t ", "Great Britain ", "not ", "good", "BAD!", " U.S. ", "“", "İ", "strongly ", ":-) ", "\n",
                     "first-hand ", "isn't ", "China’s ", "awful. ", "He ", "Mr. Day "]), max_size=15).map("".join)


def statements(*contents):
    return pd.DataFrame({"statement": [f"a.txt:{n}-{n + 1}" for n in range(len(contents))], "content": contents})


@pytest.mark.parametrize(("text", "wanted"), [
    ("It isn’t good", "It is not good"),
    ("They won't, can’t and shan't", "They will not, can not and shall not"),
    ("The ministers' plan", "The ministers' plan"),
])
def test_apostrophes_and_negations_are_written_out(text, wanted):
    assert wording.plain(text) == wanted


@pytest.mark.parametrize(("text", "masked", "kept"), [
    ("Great Britain is here", ["Great Britain"], "is here"),
    ("They held talks under the Friday Harbour Agreement again", ["Friday Harbour Agreement"], "talks"),
    ("the Foreign Minister and the foreign minister", ["Foreign Minister", "foreign minister"], "and"),
    ("a special military operation", ["special military operation"], "a"),
    ("It was told to Mr. Good and to Mrs. Best", ["Mr", "Good", "Mrs", "Best"], "told"),
    ("Awful news. Terrible news", [], "Awful news. Terrible news"),
    ("a first-hand, long-range and high-level thing", [], "first-hand, long-range and high-level"),
    ("they strongly oppose and firmly support", ["strongly", "firmly"], "oppose"),
    ("UK Slams Reckless North Korean Missile Test", ["UK", "North Korean"], "Slams Reckless"),
])
def test_names_titles_and_words_without_tone_are_masked(text, masked, kept):
    _, fitted, found = wording.fit(text)
    assert found == masked
    assert kept in fitted


@pytest.mark.parametrize("text", ["Russia strongly opposes the deployment", "China firmly supports the draft",
                                  "Great Britain spoke first", "The Foreign Minister has more to say"])
def test_words_without_tone_no_longer_move_textblob(text):
    made = sentiment.measure(text)
    assert made["polarity_as_it_comes"] != 0
    assert made["polarity"] == 0


@pytest.mark.parametrize("text", ["This isn't good", "This isn’t good", "They weren’t convincing"])
def test_negation_is_heard_whatever_the_apostrophe(text):
    made = sentiment.measure(text)
    assert made["polarity"] < 0 < made["polarity_as_it_comes"]
    assert made["vader"] <= 0


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_our_way_through_textblob_gives_its_own_numbers(text):
    from textblob import TextBlob
    polarity, subjectivity, words = sentiment.textblob(text)
    theirs = TextBlob(text).sentiment_assessments
    assert (polarity, subjectivity) == (theirs.polarity, theirs.subjectivity)
    assert words == [(" ".join(said), p, s) for said, p, s, _ in theirs.assessments]


@settings(max_examples=50, deadline=None)
@given(st.lists(ANY, max_size=4))
def test_any_text_has_a_row(contents):
    made = sentiment.score(statements(*contents))
    assert list(made["statement"]) == list(statements(*contents)["statement"])
    for column in ("polarity", "polarity_as_it_comes", "vader", "tone"):
        assert made[column].between(-1, 1).all()
    for row in made.itertuples():
        scores = [p for _, p, _ in json.loads(row.assessments)]
        assert row.polarity == pytest.approx(np.mean(scores) if scores else 0.0, abs=0.001)
        assert bool(row.disagreement) == (row.polarity * row.vader < 0)
    assert tables.check(made, "sentiment").equals(made)


def test_no_nltk_data_is_ever_looked_up(monkeypatch):
    def fail(*names, **_):
        raise AssertionError(f"NLTK data asked for: {names}")

    monkeypatch.setattr(nltk.data, "find", fail)
    monkeypatch.setattr(nltk.data, "load", fail)
    assert len(sentiment.score(statements("A good day. A bad night!"))) == 1


def test_a_disagreement_is_explained_by_the_words_that_made_it():
    made = sentiment.measure("We are happy to fight this war of terror and hatred")
    assert made["polarity"] > 0 > made["vader"]
    assert "“happy” +0.80" in made["disagreement"]
    assert "“terror” -2.4, not in TextBlob's list" in made["disagreement"]
    assert sentiment.measure("A good day")["disagreement"] == ""


def test_a_disagreement_by_negation_alone_is_called_so():
    text = sentiment.disagreement("not a threat", -0.1, [("bad", -0.1, 0.0)], 0.4)
    assert text == "TextBlob -0.10: “bad” -0.10. VADER +0.40: words turned round by a negation."


def test_scores_given_in_the_table_of_masks_are_those_of_the_lexicons():
    lexicon, words = sentiment._textblob(), sentiment._vader().lexicon
    told = 0
    for row in mentions.rows("sentiment_masks.csv"):
        found = re.search(r"(TextBlob|VADER) scores (?:(it)|(\w+)(?: to)?) ([+-][\d.]+)", row["reason"])
        if found:
            word = row["words"] if found[2] else found[3]
            value = lexicon[word][None][0] if found[1] == "TextBlob" else words[word]
            assert value == pytest.approx(float(found[4]), abs=0.006), row
            told += 1
        assert row["reason"], row
    assert told > 60


@pytest.mark.parametrize("frame", ["The people of {} made a wise and generous offer.", "We blame {} for this disaster.",
                                   "{} said that talks may go on."])
def test_no_country_has_a_tone_of_its_own(frame):
    scored = [sentiment.measure(frame.format(name)) for name in
              ("Iran", "France", "North Korea", "the United States", "Russia", "Great Britain", "Hamas", "NATO")]
    for column in ("polarity", "vader", "tone"):
        assert np.ptp([row[column] for row in scored]) == pytest.approx(0, abs=0.06), column


def test_the_learned_scorer_has_no_weight_for_a_country():
    model = tone.read()
    shown = {mentions.name(row["iso3"]).lower() for row in mentions.rows("countries.csv")} 
    shown -= {"chad", "turkey", "jersey", "guinea", "jordan", "china"}  # also common words or first names
    assert not shown & (set(model.grams) | set(model.words))


def test_the_learned_scorer_tells_praise_from_blame():
    praise = sentiment.measure("She was praised as a brave and honest woman who saved many lives")["tone"]
    blame = sentiment.measure("She was accused of lying and of a shameful, corrupt abuse of power")["tone"]
    assert praise > 0.3 and blame < -0.3
    assert sentiment.measure("")["tone"] == sentiment.measure("Iran, France")["tone"] == 0


def test_the_same_model_gives_the_same_file_and_a_missing_one_says_what_to_do(tmp_path):
    model = tone.read()
    tone.write(tmp_path / "a.npz", model)
    tone.write(tmp_path / "b.npz", model)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes() == tone.MODEL.read_bytes()
    assert tone.MODEL.stat().st_size < 3e6
    (tmp_path / "broken.npz").write_bytes(b"PK not a model")
    for name in ("none.npz", "broken.npz"):
        with pytest.raises(tone.ToneError, match=r"train_tone\.py"):
            tone.read(tmp_path / name)


def test_tone_is_not_read_from_stance():
    for module in (sentiment, tone, wording):
        source = pathlib.Path(module.__file__).read_text(encoding="utf-8")
        taken = re.findall(r"^from stancebrief import (.+)$", source, re.MULTILINE)
        assert not {"stance", "codebook", "valence", "targets"} & set(re.split(r",\s*", ", ".join(taken)))


def test_learned_scorer_beats_both_lexicons_on_newsmtsc():
    spec = importlib.util.spec_from_file_location("newsmtsc", ROOT / "benchmarks" / "sentiment.py")
    newsmtsc = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(newsmtsc)
    try:
        found = newsmtsc.table()
    except FileNotFoundError as missing:
        pytest.skip(f"the corpora are not here: {missing}")
    lexicons = found.drop(index="learned").max()
    assert (found.loc["learned"] >= lexicons + 0.05).all(), found
