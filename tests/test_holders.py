"""Whom an article means that the table of office holders knows: the article's own words first. Invented sentences."""

import json

import pandas as pd
import pytest

from stancebrief import statements
from stancebrief.articles import furniture
from stancebrief.countries import offices

HEAD = "Leaders weigh their answer to the launch\n\n"
ROWS = (
    "Carl Brandt,USA,President,2009-01-20,2017-01-20,Karl Brandt,Brandt",
    "Ro Min-su,KOR,President,2010,2015,,",
    "Ivan Orlov,RUS,Foreign Minister,2004,,Iwan Orlow,Orlov|Orlow",
    "Jan Kos,SVN,Foreign Minister,2004,2008,,",
    "Jan Kos,UN,Secretary-General,2010,2016,,",
)


@pytest.fixture(autouse=True)
def table(tmp_path, monkeypatch):
    path = tmp_path / "holders.csv"
    path.write_text("\n".join((",".join(offices.COLUMNS), *(f"{row},seen" for row in ROWS))), encoding="utf-8")
    monkeypatch.setattr(offices, "FILE", path)
    offices._holders.cache_clear()
    yield
    monkeypatch.undo()
    offices._holders.cache_clear()


def rows(text, day=""):
    row = {"article": "a.txt", "text": HEAD + text, "furniture": json.dumps(furniture.spans(HEAD + text)),
           "outlet_country": "", "published": day}
    found, problems = statements.extract(pd.DataFrame([row]))
    assert problems.empty
    return [(r.speaker, r.countries, r.country_basis) for r in found.itertuples()]


def of(text, day=""):
    return [country for _, country, _ in rows(text, day)]


def test_a_known_name_needs_no_introduction_and_the_basis_says_so():
    assert rows("Carl Brandt said the deal was weak.") == [
        ("Carl Brandt", "USA", "table of office holders: President")
    ]
    assert of("Iwan Orlow said the sanctions must end.") == ["RUS"]


@pytest.mark.parametrize(
    "text",
    [
        "In Beijing, Carl Brandt said the deal was weak.",
        "BEIJING (Reuters) - Carl Brandt said the deal was weak.",
        "China was wary. Carl Brandt said the deal was weak.",
        "After talks with Japan, Carl Brandt said the deal was weak.",
        "Carl Brandt told reporters in Seoul that the deal was weak.",
    ],
)
def test_what_stands_nearby_is_weaker_than_the_table(text):
    assert of(text) == ["USA"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Norwegian envoy Carl Brandt said the deal was weak.", "NOR"),
        ("Carl Brandt, Norway's foreign minister, said the deal was weak.", "NOR"),
        ("Carl Brandt, an analyst at the Asia Institute, said the deal was weak.", "OTHER"),
        ("Analyst Carl Brandt said the deal was weak.", "OTHER"),
        ("Carl Brandt, 43, a dowser from Ohio, said the well was dry.", "UNKNOWN"),
    ],
)
def test_what_the_article_says_of_a_namesake_comes_first(text, country):
    assert of(text) == [country]


def test_the_day_of_the_article_tells_the_government_and_keeps_the_unborn_out():
    text = "Jan Kos said he was worried."
    assert [of(text, day) for day in ("2006-05-01", "2012-05-01", "")] == [["SVN"], ["UN"], ["UNKNOWN"]]
    assert of("Carl Brandt said the school was shut.", "2001-05-01") == ["UNKNOWN"]


def test_a_surname_alone_counts_where_the_press_uses_it_so():
    for who in ("Brandt", "Mr. Brandt", "President Brandt"):
        assert of(f"{who} said the deal was weak.") == ["USA"]
    assert of("Judge Brandt said the deal was weak.") == ["UNKNOWN"]
    assert of("President Ro said the talks would go on.") == ["KOR"]
    assert of("Ro said the talks would go on.") == ["UNKNOWN"]


def test_another_person_of_the_surname_in_the_article_takes_it_away():
    assert of("Eva Brandt said the shop was shut. Brandt said it was a pity.") == ["UNKNOWN"] * 2


def test_an_office_after_the_name_still_is_his_whom_only_the_table_knows():
    text = "WASHINGTON (AP) - Carl Brandt said the deal was weak. The Ohio governor said it would fail."
    assert [speaker for speaker, _, _ in rows(text)] == ["Carl Brandt"] * 2
