"""Datelines: whose readers an article has, by city and agency; and that a dateline is nobody who speaks."""

import pandas as pd
import pytest

from stancebrief import statements
from stancebrief.statements import datelines


@pytest.mark.parametrize(
    ("opening", "code", "place"),
    [
        ("MOSCOW, July 14. /TASS/. The ferry sank.", "RUS", "RUS"),
        ("UNITED NATIONS, May 27. /TASS/. The ferry sank.", "RUS", ""),
        ("TOKYO, Sept. 16, Kyodo - The ferry sank.", "JPN", "JPN"),
        ("PALM BEACH, Florida, Feb. 13, Kyodo - The ferry sank.", "JPN", "USA"),
        ("NEW DELHI/SEOUL: The ferry sank.", "IND", "IND"),
        ("Madrid, Sep 18 (EFE).- The ferry sank.", "ESP", "ESP"),
        ("OSLO, 3 May (NTB) — The ferry sank.", "NOR", "NOR"),
        ("The ferry: a short history of failure", "", ""),
        ("Kampala. The ferry sank.", "", ""),
    ],
)
def test_the_city_and_the_agency_tell_the_home(opening, code, place):
    assert datelines.dateline(opening)[0] == code
    assert datelines.place(opening) == place


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Oslo (AFP) - Norway left.", "Norway left."),
        ("OSLO — Norway left.", "Norway left."),
        ("PALM BEACH, Florida, Feb. 13, Kyodo - Norway left.", "Norway left."),
        ("Oslo - once a village - grew.", "Oslo - once a village - grew."),
        ("FERRY: the ship sank.", "FERRY: the ship sank."),
    ],
)
def test_a_dateline_ends_where_the_news_begins(text, words):
    assert text[datelines.ending(text):] == words


def test_the_city_of_a_dateline_is_nobody_who_speaks():
    text = 'PALM BEACH, Florida, Feb. 13, Kyodo - Minister Kari Lund, her dinner cut short, called the quota "absurd."'
    found, _ = statements.extract(pd.DataFrame([{"article": "a", "text": f"A dinner\n\n{text}", "furniture": "[]"}]))
    assert found["speaker"].tolist() == ["Kari Lund"]
