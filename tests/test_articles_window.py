"""The study's window: what was published outside it is set aside by name, what is undated is kept."""

import pandas as pd
import pytest

from stancebrief import articles, study, tables


def frame(*days):
    row = {name: "" for name in tables.TABLES["articles"].names}
    row |= {"published_basis": "stated", "words": 1, "text": "x"}
    return pd.DataFrame([row | {"article": f"{n}.txt", "published": day} for n, day in enumerate(days)])


def within(frame, start="", end=""):
    """With each article in a part of its own."""
    parts = [(frame.iloc[n:n + 1], tables.empty("problems")) for n in range(len(frame))]
    found = articles.within(parts, study.Study(name="mine", start=start, end=end))
    return [pd.concat(side) for side in zip(*found, strict=True)]


def test_the_first_and_the_last_day_belong_to_the_window():
    kept, outside = within(frame("2022-04-30", "2022-05-01", "2022-06-30", "2022-07-01"), "2022-05-01", "2022-06-30")
    assert list(kept["article"]) == ["1.txt", "2.txt"]
    assert list(outside["article"]) == ["0.txt", "3.txt"] and outside["reason"].str.contains("2022").all()


def test_an_article_whose_day_is_not_known_is_kept():
    kept, outside = within(frame("", "2022-07-01"), "2022-05-01", "2022-06-30")
    assert list(kept["article"]) == ["0.txt"] and list(outside["article"]) == ["1.txt"]


def test_an_open_window_keeps_all():
    kept, outside = within(frame("1999-01-01", "", "2022-07-01"))
    assert len(kept) == 3 and outside.empty


def test_a_window_without_any_article_says_how_to_widen_it():
    with pytest.raises(articles.NoArticles, match="widen START and END"):
        within(frame("2022-07-01"), "2022-05-01", "2022-06-30")
