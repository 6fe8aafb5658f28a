"""A country through time: drawn where there is a course of time, and why not where there is none."""

import dataclasses

import pandas as pd
import pytest
from tabled import DEBATE, fill

from stancebrief import charts, tables
from stancebrief.brief import profiles
from stancebrief.charts import periods


def profile(days, said=DEBATE, country="CHN"):
    """The country's page, each article published on one of the days."""
    ours = fill(said)
    articles = tables.read("articles", ours.tables)
    tables.write(articles.assign(published=list(days)), "articles", ours.tables)
    return profiles.Profile(ours, country)


def test_every_utterance_stands_in_the_month_of_its_earliest_report(small_study):
    page = profile(["2022-03-09", "2022-06-10"], [*DEBATE, DEBATE[0] | {"article": 1, "content": "end the sanctions"}])
    made = page.periods()
    assert "March 2022: 3 against, 0 neutral, 0 for" in made.alt  # the repeat of June is not counted again
    assert "June 2022: 1 against" in made.alt and "March 2022 to June 2022" in made.title
    assert [row[0] for row in made.rows] == ["March 2022", "June 2022"]
    assert sum(int(row[2]) for row in made.rows) == int(page.own["oppose"].sum()) == 4
    seen = page.render().decode()
    assert 'id="figure-periods-CHN"' in seen and 'href="#periods"' in seen


@pytest.mark.parametrize(("days", "words"), [
    (["2022-06-09", "2022-06-10"], "is of June 2022, so there is no course of time"), (["", ""], "is dated.")])
def test_without_two_months_it_says_why_nothing_is_drawn(small_study, days, words):
    page = profile(days)
    assert page.periods() is None and words in page.timeless() and words in page.render().decode()


def test_what_has_no_date_is_left_out_and_counted(small_study):
    more = [DEBATE[0] | {"article": 1, "content": f"end number {n} of the sanctions"} for n in (8, 9)]
    said = [*DEBATE[:3], *(one | {"article": 2} for one in more)]
    ours = fill(said, outlets=("a", "b", "c"))
    articles = tables.read("articles", ours.tables)
    tables.write(articles.assign(published=["2022-03-09", "2022-06-10", ""]), "articles", ours.tables)
    assert profiles.Profile(ours, "CHN").periods() is None
    said.append(DEBATE[0] | {"article": 1, "content": "one more of the sanctions"})
    fill(said, outlets=("a", "b", "c"))
    tables.write(articles.assign(published=["2022-03-09", "2022-06-10", ""]), "articles", ours.tables)
    assert "2 positions without a date are left out" in profiles.Profile(ours, "CHN").periods().caption


def test_a_country_that_the_brief_does_not_show_has_its_course_too(small_study):
    page = profile(["2022-03-09", "2022-06-10"], [*DEBATE, DEBATE[3] | {"article": 1, "content": "keep the sanctions"}],
                   "USA")
    page.countries = ["CHN"]
    assert "June 2022: 0 against, 0 neutral, 1 for" in page.periods().alt


@pytest.mark.parametrize(("months", "expected"), [
    (["2021-11", "2022-02"], ["2021-11", "2021-12", "2022-01", "2022-02"]), (["2022-06"], ["2022-06"]), ([], [])])
def test_no_month_between_is_left_out(months, expected):
    assert periods.span(pd.Series(months, dtype=str)) == expected


def test_many_months_are_drawn_as_years_with_the_same_sum():
    rows = [(f"{year}-{month:02d}", "t", 1, 0, 2) for year in (2018, 2022) for month in (1, 7)]
    chart = charts.stance_by_period(pd.DataFrame(rows, columns=["month", "target", "support", "neutral", "oppose"]))
    assert "2018: 4 against, 0 neutral, 2 for; 2022: 4 against" in chart.description


def test_a_vote_on_a_vetoed_draft_is_not_said_to_be_on_the_veto(small_study):
    page = profiles.Profile(dataclasses.replace(fill(DEBATE), context=("council_actions",)), "CHN")
    said = [row["text"] for row in page.votes()]
    assert "26 May 2022 · Draft S/2022/431, vetoed: voted against" in said
    assert not any("Veto of" in text for text in said)
