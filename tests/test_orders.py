"""The form that makes the brief anew from a notebook."""

import datetime

import pytest

from stancebrief import orders, study, tables


@pytest.fixture
def order(small_study):
    return orders.form(study.load("small"))


def test_what_is_left_empty_is_no_parameter(order):
    assert order.chosen == {}


def test_what_is_chosen_goes_to_the_run_as_text(order):
    order.start.value = datetime.date(2022, 5, 1)
    order.targets.value = order.targets.options[0][1:]
    order.least.value = 2
    assert order.chosen == {"start": "2022-05-01", "targets": order.targets.options[0][1], "min_statements": "2"}


def test_a_run_has_no_form(small_study, tmp_path):
    assert orders.form(study.load("small", workspace=str(tmp_path / "work"))) is None


def test_countries_are_those_that_spoke(order, small_study):
    import coded
    assert order.countries.options == ()
    coded.study_with_tables()
    again = orders.form(study.load("small"))
    assert ("China", "CHN") in again.countries.options
    assert "UNKNOWN" not in dict(again.countries.options).values()


def test_a_run_that_cannot_start_says_why_and_leaves_the_last_brief(order):
    folder = study.load("small").report
    tables.write_bytes(b"as it was", folder / "brief.html")
    order.start.value, order.end.value = datetime.date(2022, 6, 2), datetime.date(2022, 6, 1)
    order.make()
    assert order.go.disabled and not order.stop.disabled
    order.wait(120)
    assert "start 2022-06-02 is after end 2022-06-01" in order.said.value
    assert not order.go.disabled and order.stop.disabled
    assert (folder / "brief.html").read_bytes() == b"as it was"


def test_a_run_that_is_stopped_leaves_the_last_brief(order):
    folder = study.load("small").report
    tables.write_bytes(b"as it was", folder / "brief.html")
    order.make()
    for _ in range(1200):
        if order.progress.value or order.go.disabled is False:
            break
        order.wait(0.1)
    order.cancel()
    order.wait(120)
    assert "stopped" in order.said.value
    assert (folder / "brief.html").read_bytes() == b"as it was"


def test_article_words_in_what_a_run_says_stay_text(order):
    order._say("<img src=x onerror=alert(1)>")
    assert "<img" not in order.said.value
