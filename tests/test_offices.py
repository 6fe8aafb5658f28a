"""The table of office holders and how it is asked. The names of the first part are the table's, the rest is ours."""

import csv
import re

import pytest

from stancebrief import countries
from stancebrief.countries import offices

HEAD = ",".join(offices.COLUMNS)


@pytest.fixture(scope="module")
def rows():
    with open(offices.FILE, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture
def table(tmp_path, monkeypatch):
    """Writes a table of invented holders and lets the rules ask it."""

    def write(*lines):
        path = tmp_path / "holders.csv"
        path.write_text("\n".join((HEAD, *(f"{line},seen" for line in lines))), encoding="utf-8")
        monkeypatch.setattr(offices, "FILE", path)
        offices._holders.cache_clear()

    yield write
    monkeypatch.undo()
    offices._holders.cache_clear()


# the table ----------------------------------------------------------------------------------------------------------


def test_every_row_is_whole_and_says_where_it_was_seen(rows):
    assert len(rows) > 400
    for row in rows:
        assert tuple(row) == offices.COLUMNS
        assert row["name"] == row["name"].strip() and row["office"].strip()
        assert re.match(r"https?://\S+\.\S+$", row["source"]), row
        for day in (row["start"], row["end"]):
            assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", day), row
        assert not (row["start"] and row["end"]) or row["start"][:4] <= row["end"][:4], row


def test_every_code_is_one_that_statements_can_have(rows):
    known = set(countries.codes()) | {"UN", "EU", "NATO"}
    assert {row["code"] for row in rows} <= known


def test_no_row_stands_twice_and_no_spelling_is_two_persons(rows):
    keys = [(offices.plain(row["name"]), row["code"], row["office"], row["start"]) for row in rows]
    assert len(set(keys)) == len(keys)
    persons = {}
    for row in rows:
        for name in (row["name"], *row["also"].split("|")):
            if name:
                assert persons.setdefault(offices.plain(name), row["name"]) == row["name"], name


def test_two_governments_at_once_are_held_by_nobody(rows):
    """Of a person with two governments in the table, every day has at most one; else the day would decide nothing."""
    for row in rows:
        for other in rows:
            if row["name"] == other["name"] and row["code"] < other["code"]:
                first, last = sorted((row, other), key=lambda r: r["start"])
                assert first["end"] and first["end"][:4] <= last["start"][:4], (row, other)


def test_a_surname_that_stands_alone_is_one_persons_and_no_common_one(rows):
    persons = {}
    for row in rows:
        for word in filter(None, row["alone"].split("|")):
            assert persons.setdefault(offices.plain(word), row["name"]) == row["name"], word
    common = "kim lee park moon rice wood wang li bishop smith brown price white may king choi zhang ivanov khan"
    assert not set(common.split()) & set(persons)
    for row in rows:  # whoever has the surname of somebody who is called by it alone is that person
        words = {offices.plain(row["name"]).split()[0], offices.plain(row["name"]).split()[-1]}
        for word in words & set(persons):
            assert persons[word] == row["name"], (word, row["name"])


@pytest.mark.parametrize("code", ["USA", "CHN", "RUS", "KOR", "PRK", "JPN", "GBR", "FRA", "DEU"])
def test_each_of_the_main_governments_has_a_head_and_a_foreign_minister_in_every_year(rows, code):
    heads = ("President", "Leader", "Prime Minister", "Chancellor", "Premier")
    foreign = ("Foreign Minister", "Secretary of State", "Foreign Secretary")
    for wanted in (heads, foreign):
        held = [row for row in rows if row["code"] == code and row["office"] in wanted]
        for year in range(2006, 2026):
            assert any(
                (row["start"][:4] or "0000") <= str(year) <= (row["end"][:4] or "9999") for row in held
            ), (code, wanted, year)


# asking it ----------------------------------------------------------------------------------------------------------


def test_spellings_accents_initials_and_hyphens_are_one_name(table):
    table("Søren Åkerblad,NOR,Foreign Minister,2010,,Soeren Akerblad|Sören Aakerblad,", "Ro Min-su,KOR,President,,,,")
    for name in ("Soren Akerblad", "Søren Åkerblad", "Søren J. Åkerblad", "Soeren Akerblad", "Sören Aakerblad"):
        assert offices.by_name(name)[0] == ("NOR",)
    for name in ("Ro Min Su", "Ro Min-Su", "ro min-su"):
        assert offices.by_name(name)[0] == ("KOR",)
    assert offices.by_name("Akerblad Søren") == offices.UNKNOWN


def test_the_basis_names_the_table_and_the_office_held_on_the_day(table):
    table("Ann Moll,USA,Vice President,2009-01-20,2013-01-20,,", "Ann Moll,USA,President,2013-01-20,2017-01-20,,")
    assert offices.by_name("Ann Moll", "2010-05-01")[1] == "table of office holders: Vice President (2009-2013)"
    assert offices.by_name("Ann Moll", "2014-05-01")[1] == "table of office holders: President (2013-2017)"
    assert offices.by_name("Ann Moll", "2020-05-01")[1] == "table of office holders: President (2013-2017)"
    assert offices.by_name("Ann Moll")[1].startswith("table of office holders: ")


def test_of_two_governments_the_one_of_the_day_and_without_a_day_none(table):
    table("Jan Kos,SVN,Foreign Minister,2004,2008-06-01,,", "Jan Kos,UN,Secretary-General,2010-01-01,2016,,")
    assert offices.by_name("Jan Kos", "2007-05-01")[0] == ("SVN",)
    assert offices.by_name("Jan Kos", "2009-05-01")[0] == ("SVN",)  # the last before the day
    assert offices.by_name("Jan Kos", "2012-05-01")[0] == ("UN",)
    assert offices.by_name("Jan Kos", "2022-05-01")[0] == ("UN",)
    assert offices.by_name("Jan Kos") == offices.UNKNOWN


def test_an_article_long_before_the_office_does_not_mean_its_holder(table):
    table("Ann Moll,USA,White House Press Secretary,2022-05-13,,,")
    assert offices.by_name("Ann Moll", "2009-05-01") == offices.UNKNOWN
    assert offices.by_name("Ann Moll", "2021-05-01")[0] == ("USA",)  # on her way to it
    assert offices.by_name("Ann Moll", "2025-05-01")[0] == ("USA",)


def test_a_common_surname_needs_the_title_of_a_head(table):
    table("Ro Min-su,KOR,President,2010,2015,,", "Ro Jae-ho,KOR,Ambassador to the United Nations,2010,2015,,")
    assert offices.by_surname("Ro", "President")[0] == ("KOR",)
    assert offices.by_surname("Ro", "former President")[0] == ("KOR",)
    for before in ("", "Mr.", "Ambassador", "Vice President", "Judge", "company president's"):
        assert offices.by_surname("Ro", before) == offices.UNKNOWN


def test_a_surname_that_the_press_uses_alone_needs_no_title_and_bears_no_other(table):
    table("Ann Mollinger,USA,President,2010,2015,,Mollinger", "Eva Sand,USA,Secretary of State,2010,2015,,")
    for before in ("", "Ms.", "President", "then-President"):
        assert offices.by_surname("Mollinger", before)[0] == ("USA",)
    for before in ("Judge", "Analyst", "Ambassador"):
        assert offices.by_surname("Mollinger", before) == offices.UNKNOWN
    assert offices.by_surname("Sand") == offices.UNKNOWN
    assert offices.by_surname("Sand", "Secretary of State")[0] == ("USA",)


def test_namesakes_of_two_governments_are_nobody_unless_the_day_tells_one(table):
    table("Ann Lind,SWE,Prime Minister,2005,2009,,", "Per Lind,NOR,Prime Minister,2015,2019,,")
    assert offices.by_surname("Lind", "Prime Minister") == offices.UNKNOWN
    assert offices.by_surname("Lind", "Prime Minister", "2007-01-01")[0] == ("SWE",)
    assert offices.by_surname("Lind", "Prime Minister", "2016-01-01")[0] == ("NOR",)


def test_a_title_is_given_to_who_holds_the_office_or_is_called_a_former_holder(table):
    table("Ann Lind,SWE,Prime Minister,2005,2009,,")
    assert offices.by_surname("Lind", "Prime Minister", "2020-01-01") == offices.UNKNOWN
    assert offices.by_surname("Lind", "former Prime Minister", "2020-01-01")[0] == ("SWE",)


def test_an_empty_table_knows_nobody(table):
    table()
    assert offices.by_name("Ann Moll") == offices.by_surname("Moll", "President") == offices.UNKNOWN


def test_an_office_is_over_when_all_that_a_person_held_has_ended(rows):
    names = [offices.plain(row["name"]) for row in rows]
    name, end = next((row["name"], row["end"]) for row, plain in zip(rows, names, strict=True)
                     if row["end"] and names.count(plain) == 1)
    year = int(end[:4])
    assert offices.over(name, f"{year + 1}-01-01") and not offices.over(name, f"{year - 1}-01-01")
    assert not offices.over(name, "") and not offices.over("Nobody Ofthetable", f"{year + 1}-01-01")
