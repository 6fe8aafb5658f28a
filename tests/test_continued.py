"""A page stays small whatever the size of the study, and what it has no room for stands on pages that continue it."""

import dataclasses
import importlib.util
import io
import re
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabled import DEBATE, fill

from stancebrief import brief, events, language, study, tables
from stancebrief.brief import continued, figures, findings, panels, profiles
from stancebrief.runs import editions


def benchmark():
    spec = importlib.util.spec_from_file_location("briefs", study.ROOT / "benchmarks" / "briefs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def small_pages(monkeypatch):
    """Pages with so little room that a few utterances need several."""
    for name, value in (("WHOLE", 4), ("FIRST", 3), ("EACH", 2), ("LISTED", 2), ("TITLES", 2)):
        monkeypatch.setattr(continued, name, value)


def said(n, country="CHN", **more):
    return [DEBATE[0] | {"content": f"number {k} of {country} must end with the sanctions", "country": country} | more
            for k in range(n)]


def publish(many, **settings):
    """All pages of a study, as notebooks 5 and 6 write them; gives the page."""
    page = brief.Page(fill(many, outlets=tuple(f"Paper {n}" for n in range(5)), **settings))
    for declare in (page.findings, page.stance, page.sentiment, page.write):
        declare()
    for code in page.paged:
        profiles.Profile(page.study, code).write()
    return page


@given(st.integers(0, 5000), st.integers(0, 300), st.integers(1, 400))
def test_pages_hold_what_is_left_once_and_in_order(count, shown, each):
    made = continued.parts(count, shown, each, "x-", first=2)
    held = [place for part in made for place in range(part.start, part.end)]
    assert held == list(range(shown, count)) and all(part.end - part.start <= each for part in made)
    assert [part.file for part in made] == [f"x-{number}.html" for number in range(2, 2 + len(made))]


def test_every_utterance_stands_in_full_on_some_page_and_every_link_leads_there(small_study, small_pages):
    many = [*said(9), *said(4, "UNKNOWN"), *said(2, "OTHER"), *said(3, "CHN|USA", stances=()),
            *said(1, "KEN", stances=())]
    page = publish([one | {"article": number % 5} for number, one in enumerate(many)])
    pages = {path: path.read_text(encoding="utf-8") for path in page.study.report.rglob("*.html")}
    assert {path.relative_to(page.study.report).as_posix() for path in pages} >= {
        "brief.html", "index.html", "country/CHN.html", "country/CHN-2.html", "country/KEN.html", "statements/1.html",
        "statements/3.html", "articles/1.html", "articles/3.html"}
    ids = {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in pages.items()}
    there = set().union(*(found for path, found in ids.items() if path.name != "brief.html"))
    assert {utterance.anchor for utterance in page.utterances} <= there
    for path, text in pages.items():
        for href in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', text):
            name, _, anchor = href.partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.is_file(), (path.name, href)
            assert not anchor or anchor in ids[target], (path.name, href)
    assert all(f"Paper {n}" in "".join(text for path, text in pages.items() if path.parent.name == "articles")
               for n in range(5))
    assert "3 of 20 utterances" not in pages[page.study.report / "brief.html"]
    assert "3 of 19 utterances" in pages[page.study.report / "brief.html"]


def test_every_side_that_is_named_has_words_on_the_page(small_study, small_pages, monkeypatch):
    monkeypatch.setattr(continued, "FIRST", 4)
    many = [one for code, stance in (("CHN", "oppose"), ("USA", "support"), ("RUS", "oppose"), ("FRA", "support"))
            for one in said(6, code, stances=[("sanctions", stance)])]
    page = brief.Page(fill(many))
    page.findings()
    assert {code for utterance in page.shown() for code in utterance.countries} == {"CHN", "USA", "RUS", "FRA"}
    assert page.layout.cited(page.claims[0].utterances, {u.name: u for u in page.shown()})[1] == 5  # and 5 more


def test_pages_of_a_larger_edition_go(small_study, small_pages):
    page = publish([*said(12), *said(6, "UNKNOWN")])
    assert len(list((page.study.report / "country").glob("CHN-*.html"))) == 5
    page = publish([*said(3), *said(2, "UNKNOWN")])
    assert {path.name for path in (page.study.report / "country").glob("*.html")} == {"CHN.html", "CHN-2.html"} - (
        {"CHN-2.html"})
    assert [path.name for path in (page.study.report / "statements").glob("*.html")] == ["1.html"]
    page = publish(said(3))
    assert not list((page.study.report / "statements").glob("*.html"))


def test_a_table_that_the_page_cuts_is_whole_in_the_evidence(small_study, monkeypatch):
    monkeypatch.setattr(figures.make, "__kwdefaults__", figures.make.__kwdefaults__ | {"rows": 2})
    page = publish([*DEBATE, *said(3, "FRA")])
    made = page.drawn["stance"][0]
    assert made.more and f"figures/{made.name}.csv" in page.render().decode()
    with zipfile.ZipFile(page.study.report / editions.EVIDENCE) as archive:
        whole = pd.read_csv(io.BytesIO(archive.read(made.file)))
        assert f"{made.file}," in archive.read("contents.csv").decode()
    assert len(whole) == len(made.rows) + made.more == len(page.cells)


def test_charts_draw_the_first_countries_and_say_how_many_there_are(small_study, monkeypatch):
    monkeypatch.setattr(panels, "MOST", 2)
    monkeypatch.setattr(panels, "LEAST", 1)
    page = brief.Page(fill([*DEBATE, *said(3, "FRA")]))
    made = page.stance()
    assert "Drawn are the first 2 of 4 countries" in made.caption and len(page.charted["country"].unique()) == 2
    assert {row[0] for row in made.rows} == {"China", "France", "Russia", "United States"}
    assert "Drawn are" not in brief.Page(fill(DEBATE[:6])).stance().caption


def test_a_sentence_names_so_many_countries_and_counts_the_others():
    codes = "CHN USA RUS FRA DEU IND BRA KEN GHA MEX NOR".split()
    told = findings.listed(language.load(), codes)
    assert told.endswith("Kenya and three other countries") and "Ghana" not in told
    assert "other" not in findings.listed(language.load(), codes[:9])


def test_a_long_text_alternative_ends_with_a_sentence_and_says_what_is_left():
    alt = " ".join(f"Country {n}: {n} against, 0 neutral, 0 for." for n in range(400))
    told = figures.brief(alt, language.load())
    left = int(re.search(r"(\d[\d,]*) more sentences", told)[1].replace(",", ""))
    assert len(told) < figures.ALT + 200 and told.count("neutral") + left == 400
    assert figures.brief("Short. Text.", language.load()) == "Short. Text."


def test_articles_of_one_outlet_are_one_choice_of_the_filter(small_study):
    many = [one | {"article": number} for number, one in enumerate(said(3))]
    page = brief.Page(fill(many, outlets=("Harbour Post", "Ridge Times", "Harbour Post")))
    text = page.render().decode()
    choices = dict(re.findall(r'<option value="(a\d+)">([^<]+)</option>', text))
    carried = re.findall(r'data-articles="([^"]*)"', text)
    assert choices == {"a1": "Harbour Post", "a2": "Ridge Times"} and sorted(carried) == ["a1", "a1", "a2"]


def test_many_files_are_counted_on_the_page_and_named_in_the_evidence(small_study):
    ours = fill(DEBATE)
    for number in range(4):
        (small_study / "articles" / f"more-{number}.txt").write_text("x", encoding="utf-8")
    short, whole = editions.shown(ours, "x", 3), editions.shown(ours, "x")
    assert "6 files, each with its checksum" in short and "more-1.txt" not in short and "codebook.yaml" in short
    assert "more-1.txt" in whole and "more-1.txt" in editions.shown(ours, "x", 10_000)


@pytest.fixture
def grown(tmp_path, monkeypatch):
    """bytes(count): the size of the brief of a made study of so many statements."""
    made = benchmark()
    monkeypatch.setenv("STANCEBRIEF_STUDIES", str(tmp_path / "studies"))
    monkeypatch.setenv("STANCEBRIEF_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setattr(study, "REPORTS", tmp_path / "reports")

    def size(count):
        made.make(tmp_path / "studies", count, lands=30)
        ours = dataclasses.replace(study.load("made"), bootstrap=50)
        timeline, _ = events.read(ours, tables.read("articles", ours.tables))
        tables.write(timeline, "timeline", ours.tables)
        page = brief.Page(ours)
        for declare in (page.findings, page.sides, page.context):
            declare()
        return len(page.render())
    return size


def test_the_page_grows_far_less_than_what_is_read(grown):
    few, many = grown(600), grown(2400)
    assert many < 1.2 * few, f"{few} bytes of 600 statements, {many} of 2400"


@pytest.mark.large
def test_the_brief_of_100_000_statements_is_small_and_quick_to_open(tmp_path):
    made = benchmark()
    got = made.alone(tmp_path, 100_000)
    assert got["brief"] < 3_000_000 and got["largest"] < 1_000_000, got
    assert got["seconds"] < 600 and got["MB"] < 2500, got
    there, loaded = made.opened(tmp_path / "reports" / "made" / "brief.html")
    assert not loaded > 3 * 2000, (there, loaded)  # two seconds, on a machine that does other things too
