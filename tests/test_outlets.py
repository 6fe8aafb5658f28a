"""For whose readers an outlet writes, by its name, its site or a file's name. All sentences are our own."""

import json

import pandas as pd
import pytest

from stancebrief import countries, statements
from stancebrief.countries import mentions
from stancebrief.statements import outlets


@pytest.mark.parametrize(
    ("outlet", "url", "article", "code"),
    [
        ("The Korea Herald", "", "", "KOR"),
        ("korea herald", "", "", "KOR"),
        ("theguardian.com", "", "", "GBR"),
        ("Reuters", "https://www.theguardian.com/world/1", "", ""),  # its name comes first: it writes for everybody
        ("The Guardian", "https://www.theguardian.com/world/1", "", "GBR"),
        ("POLITICO", "https://www.politico.com/roads", "", "USA"),
        ("POLITICO", "https://www.politico.eu/roads", "", ""),  # a namesake elsewhere
        ("The Guardian", "https://roads.example.org/1", "", "GBR"),
        ("The Guardian", "http://[1", "", "GBR"),
        ("unknown", "http://[1", "", ""),
        ("The Anytown Ledger", "", "nyt_2016-05-05_roads.txt", ""),  # told, and not known
        ("unknown", "https://www.smh.com.au/world/roads.html", "", "AUS"),
        ("unknown", "https://smh.com.au.example.org/roads.html", "nyt_2016-05-05_roads.txt", ""),
        ("unknown", "", "wash-post_2016-09-10_roads.txt", "USA"),
        ("unknown", "", "02_the-hindu_2016-09-10_roads.txt", "IND"),
        ("unknown", "", "2016-09-10_the-guardian-of-the-road.txt", ""),  # a word of the headline
        ("unknown", "", "smh_2016_the-hindu_roads.txt", ""),  # one of two
        ("unknown", "", "nyt_2016.docx#3", ""),
        ("unknown", "not an address", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_name_a_site_or_a_file_tells_the_readers(outlet, url, article, code):
    assert outlets.home(outlet, url, article) == code


def test_each_outlet_stands_in_the_table_once_with_a_country_that_exists():
    rows = mentions.rows("outlets.csv")
    names = [outlets._plain(name) for row in rows for name in row["outlet"].split("|")]
    assert all(names)
    # one paper under two spellings may come to the same plain name; two papers may not
    homes = {}
    for row in rows:
        for name in row["outlet"].split("|"):
            assert homes.setdefault(outlets._plain(name), row["outlet"]) == row["outlet"], name
        assert row["home"] in ("", *countries.codes()) and row["reason"]


def country(text, **told):
    row = {"article": "a.txt", "text": text, "furniture": json.dumps([])} | told
    return [one.countries for one in statements.extract(pd.DataFrame([row]))[0].itertuples()]


MINISTER = "Resources Minister Jane Doe said the roads were open."


def test_a_bare_office_is_of_the_outlets_country_where_the_article_tells_of_it():
    text = f"The roads of Australia are old.\n\n{MINISTER}"
    assert country(text, outlet="The Age") == ["AUS"]
    assert country(text) == ["UNKNOWN"]
    assert country(f"The roads of Peru are old.\n\n{MINISTER}", outlet="The Age") == ["UNKNOWN"]


def test_what_a_user_says_and_an_agency_that_writes_for_all_come_before_the_outlets_name():
    text = f"Australia and Canada build roads.\n\n{MINISTER}"
    assert country(text, outlet="The Age", outlet_country="CAN") == ["CAN"]
    assert country(f"LIMA (Reuters) — {text}", outlet="The Age") == ["UNKNOWN"]
