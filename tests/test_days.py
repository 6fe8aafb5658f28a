"""Days as others write them: one reading or none."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancebrief.articles import days

KNOWN = st.dates(datetime.date(1990, 1, 1), datetime.date(2020, 12, 31))


@given(KNOWN, st.sampled_from(["%Y-%m-%d", "%Y-%m-%dT23:50:00-04:00", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y",
                               "%b %d %Y 9:00 PM", "%a, %d %b %Y 10:00:00 GMT", "Published: %d-%b-%Y"]))
def test_a_day_written_in_one_way_is_that_day(day, form):
    assert days.read(day.strftime(form)) == ("" if days.odd(day.isoformat()) else day.isoformat())


@given(KNOWN, st.sampled_from(["{0.day:02d}/{0.month:02d}/{0.year}", "{0.month}/{0.day}/{0.year}",
                               "{0.day}.{0.month}.{0.year} 10:00"]))
def test_a_day_in_numbers_is_read_only_where_it_has_one_reading(day, form):
    text = form.format(day)
    if day.day <= 12 and day.day != day.month:
        assert not days.read(text) and days.unclear(text)
    else:
        assert days.read(text) == day.isoformat()


@pytest.mark.parametrize("text", [
    "", "nan", "yesterday", "© 2019 Example", "2022", "May 2022", "2022-13-05", "2022-02-30", "44687", "1653523200",
    "May 5, 2022, updated June 3, 2022", "1970-01-01T00:00:00Z", "1900-01-01", "0001-01-01", "2090-05-05", "5/26/22",
    "06/05/2022 and 26 May 2022",
])
def test_what_is_no_day_has_two_or_is_what_programs_write_is_none(text):
    assert days.read(text) == ""


def test_a_day_that_cannot_be_one_of_publication_is_odd():
    today = datetime.date.today()
    assert not days.odd(today.isoformat()) and days.odd((today + datetime.timedelta(days=9)).isoformat())
    assert days.odd("1970-01-01") and days.odd("0001-01-01") and not days.odd("1851-09-18")


def test_days_are_days():
    assert days.is_day("2022-06-08") and not days.is_day("20220608") and not days.is_day("2022-6-8")
