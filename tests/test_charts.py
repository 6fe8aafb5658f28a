"""Pictures that can be checked: every number in words, no text cut or covered, the same whatever came before."""

import datetime
import functools
import json
import re
import xml.etree.ElementTree as ElementTree

import hypothesis
import pandas as pd
import pytest
import vl_convert
from hypothesis import strategies as st

from stancebrief import charts, events, language, series, study, theme
from stancebrief.charts import axes, plane

STUDY = study.Study("trial", countries=("CHN", "USA", "KOR"), targets=("sanctions", "veto"), min_statements=2,
                    context=("missile_launch_days", "nuclear_tests", "council_actions"))
ROWS = [("a:1-2", "CHN", "sanctions", "oppose"), ("a:3-4", "CHN", "sanctions", "oppose"),
        ("a:5-6", "CHN", "sanctions", "oppose"), ("a:7-8", "USA", "sanctions", "support"),
        ("a:9-10", "USA", "sanctions", "neutral"), ("a:11-12", "USA", "veto", "oppose"),
        ("a:13-14", "CHN", "veto", "support"), ("a:15-16", "CHN", "veto", "support")]
LABELS = {"sanctions": "Sanctions on North Korea", "veto": "The vetoes of May 2022"}


def tables_of(rows):
    frame = pd.DataFrame(rows, columns=["statement", "country", "target", "stance"]).assign(article="a.txt")
    positions = frame.assign(utterance=frame["statement"], confidence=0.9, coder="rules")
    statements = frame.groupby("statement")["country"].agg(lambda c: "|".join(sorted(set(c)))).reset_index()
    return positions, statements.rename(columns={"country": "countries"}).assign(utterance=lambda f: f["statement"])


def cells(rows=ROWS, ours=STUDY):
    return series.by_country(*tables_of(rows), ours)


def tones(n=12):
    _, statements = tables_of([(f"a:{i}-{i + 1}", ("CHN", "USA")[i % 2], "veto", "support") for i in range(n)])
    scores = [((i * 37) % 41 - 20) / 20 for i in range(n)]
    sentiment = pd.DataFrame({"statement": statements["statement"], "polarity": scores, "vader": scores[::-1]})
    return (series.sentiment_by_country(sentiment, statements, STUDY),
            series.sentiment_by_utterance(sentiment, statements, STUDY))


ARTICLES = pd.DataFrame([{"article": "a.txt", "outlet": "The Daily", "headline": "h", "published": "2022-06-09",
                          "published_basis": "inferred", "published_note": ""}])
TIMELINE = events.timeline(STUDY, ARTICLES)
ENGLISH = language.load()
CONFUSION = pd.DataFrame([("support", "support", 19), ("oppose", "support", 1), ("none", "oppose", 3),
                          ("oppose", "absent", 2)], columns=["reference_stance", "stance", "n"])
BANDS = pd.DataFrame([("0.5-0.6", 0.55, 0.4, 0.17, 0.69, 10), ("0.9-1.0", 0.95, 0.96, 0.8, 0.99, 25)],
                     columns=["band", "predicted", "observed", "low", "high", "n"])
MONTHS = pd.DataFrame([("2021-11", "sanctions", 0, 1, 2), ("2022-05", "sanctions", 12, 0, 3),
                       ("2022-06", "veto", 1, 14, 0)], columns=["month", "target", "support", "neutral", "oppose"])
ALL = {
    "stance": lambda **k: charts.stance_by_country(cells(), minimum=2, labels=LABELS, **k),
    "nets": lambda **k: charts.net_by_country(cells(), labels=LABELS, **k),
    "net": lambda **k: charts.net_by_target(series.by_target(*tables_of(ROWS), STUDY), labels=LABELS, **k),
    "tone": lambda **k: charts.sentiment_by_country(*tones(), **k),
    "pairs": lambda **k: charts.agreement_map(series.agreement_between_countries(cells(), 1), minimum=2,
                                              labels=LABELS, **k),
    "timeline": lambda **k: charts.timeline(TIMELINE, window=("2022-05-01", "2022-06-30"), **k),
    "year": lambda **k: charts.timeline(TIMELINE, start="2022-01-01", end="2022-12-31", symbol="S/2022/431",
                                        window=("2022-05-01", "2022-06-30"), votes=events.votes("S/2022/431"), **k),
    "periods": lambda **k: charts.stance_by_period(MONTHS, labels=LABELS, **k),
    "periods of years": lambda **k: charts.stance_by_period(MONTHS.assign(month=MONTHS["month"].str.replace(
        "2022-05", "1998-11")), **k),
    "vote": lambda **k: charts.vote(events.votes("S/2024/255"), "S/2024/255", **k),
    "confusion": lambda **k: charts.confusion(CONFUSION, **k),
    "reliability": lambda **k: charts.reliability(BANDS, **k),
}


@functools.cache
def drawn(name, width=theme.WIDE):
    return ALL[name](width=width, language=ENGLISH)


def texts(chart):
    """[(left, top, right, bottom, text)] of all text in the picture, and the picture's width and height."""
    spec = chart.to_dict(validate=False)
    found = []
    for layer in spec["layer"]:
        mark = layer["mark"]
        for row in spec["datasets"][layer["data"]["name"]] if mark["type"] == "text" else ():
            wide = theme.text_width(row["text"], mark["fontSize"], mark["fontWeight"])
            left = row["x"] - {"left": 0, "center": wide / 2, "right": wide}[mark["align"]]
            half = 0.36 * mark["fontSize"]
            found.append((left, row["y"] - half, left + wide, row["y"] + half, row["text"]))
    return found, spec["width"], spec["height"]


def test_text_stands_in_the_picture_where_the_chart_says():
    """The layout is checked by what the chart says; the picture must not think otherwise."""
    root = ElementTree.fromstring(theme.svg(drawn("year")))
    placed = {}

    def walk(element, dx, dy):
        if (match := re.search(r"translate\(([-\d.]+),\s*([-\d.]+)\)", element.get("transform", ""))):
            dx, dy = dx + float(match[1]), dy + float(match[2])
        if element.tag.endswith("}text"):
            placed.setdefault(element.text, []).append((dx, dy, element.get("text-anchor", "start")))
        for child in element:
            walk(child, dx, dy)
    walk(root, 0.0, 0.0)
    found, width, height = texts(drawn("year"))
    frame = 6  # Vega's padding, and the width of a line at the edge
    assert 10 <= float(root.get("width")) - width <= 14 and 10 <= float(root.get("height")) - height <= 14
    for left, top, right, bottom, text in found:
        middle = (left + right) / 2
        assert any(abs({"start": left, "middle": middle, "end": right}[anchor] + frame - x) < 3
                   and top - 2 < y - frame < bottom + 2 for x, y, anchor in placed[text]), text


def check_layout(chart):
    found, width, height = texts(chart)
    assert found
    for left, top, right, bottom, text in found:
        assert left >= -1 and right <= width + 1 and top >= -1 and bottom <= height + 1, f"{text!r} is cut"
    for i, one in enumerate(found):
        for other in found[i + 1:]:
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert across <= 1.5 or down <= 1.5, f"{one[4]!r} covers {other[4]!r}"


@pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])
@pytest.mark.parametrize("name", ALL)
def test_no_text_is_cut_or_covered_at_any_width(name, width):
    check_layout(drawn(name, width))


@pytest.mark.parametrize("name", ALL)
def test_every_chart_has_words_a_rule_and_only_the_data_it_draws(name):
    chart = drawn(name)
    spec = chart.to_dict()
    assert len(spec["description"]) > 40 and spec["description"].rstrip().endswith(".")
    assert len(charts.caption(chart)) > 40
    assert "title" not in spec
    for rows in spec["datasets"].values():
        for row in rows:
            assert all(re.fullmatch(r"x2?|y2?|text|country|t\d", column) for column in row)
    assert '"image"' not in json.dumps(spec)


@pytest.mark.parametrize("name", ["stance", "tone", "year"])
def test_a_chart_is_the_same_whatever_was_drawn_before(name):
    assert ALL[name](width=theme.WIDE, language=ENGLISH).to_json() == drawn(name).to_json()


@pytest.mark.parametrize("name", ALL)
def test_jupyterlab_s_own_vega_lite_can_draw_it(name):
    spec = theme.bundle(drawn(name).to_dict())["application/vnd.vegalite.v5+json"]
    vega = vl_convert.vegalite_to_vega(spec, vl_version="5.8")
    assert vega["marks"]
    if name in ("stance", "pairs", "tone", "vote", "year"):
        assert any(signal["name"] == "country" for signal in vega["signals"])


def test_all_counts_are_written_and_said():
    chart = drawn("stance")
    words = [text for *_, text in texts(chart)[0]]
    assert {"3", "2", "1"} <= set(words) and "China" in words
    assert "China: Sanctions on North Korea: 3 against, 0 neutral, 0 for; The vetoes of May 2022: 0 against, 0 " \
           "neutral, 2 for." in chart.description
    assert "South Korea: no statement on Sanctions on North Korea and The vetoes of May 2022." in chart.description


def test_a_title_is_drawn_where_one_is_given_and_wrapped():
    chart = charts.vote(events.votes("S/2022/431"), "S/2022/431", title="A title " * 12, width=theme.NARROW)
    assert len(chart.to_dict()["title"]["text"]) > 1
    check_layout(chart)


def rows_drawn(chart, mark):
    """The rows of all layers of this mark, each with its fill and stroke."""
    spec = chart.to_dict()
    for layer in spec["layer"]:
        if layer["mark"]["type"] == mark:
            for row in spec["datasets"][layer["data"]["name"]]:
                yield row | {"fill": layer["mark"].get("fill"), "stroke": layer["mark"].get("stroke")}


def test_few_is_hollow_and_silence_is_not_neutral():
    boxes = [row for row in rows_drawn(drawn("stance"), "rect") if row.get("country")]
    fills = {(row["country"], row["t1"]): row["fill"] for row in boxes if row["fill"] != theme.LIGHT["neutral-soft"]}
    assert fills["CHN", LABELS["sanctions"]] == theme.LIGHT["oppose"]
    assert fills["USA", LABELS["veto"]] == theme.LIGHT["oppose-soft"]
    neutral = {row["country"] for row in boxes if row["fill"] == theme.LIGHT["neutral-soft"]}
    hatched = {row["country"] for row in rows_drawn(drawn("stance"), "rule")
               if row["stroke"] == theme.LIGHT["silent"] and row.get("country")}
    assert neutral == {"USA"} and hatched == {"KOR"}


def test_a_net_stance_has_colour_only_where_its_interval_leaves_nought_out():
    ours = study.Study("trial", countries=("CHN",), targets=("sanctions", "veto"), min_statements=2)
    rows = [(f"a:{i}-{i + 1}", "CHN", "sanctions", "oppose") for i in range(8)]
    rows += [(f"b:{i}-{i + 1}", "CHN", "veto", ("support", "oppose", "oppose")[i]) for i in range(3)]
    fills = {row["t0"]: row["fill"] for row in rows_drawn(
        charts.net_by_target(series.by_target(*tables_of(rows), ours)), "point")}
    assert fills == {"sanctions": theme.LIGHT["oppose"], "veto": theme.LIGHT["neutral"]}


def test_marks_of_a_day_stand_above_each_other_in_all_lanes_and_in_the_window():
    chart = drawn("year")
    rects = list(rows_drawn(chart, "rect"))
    band = next(row for row in rects if row["fill"] == theme.LIGHT["band"])
    axis = axes.over(TIMELINE, "2022-01-01", "2022-12-31", theme.WIDE)
    assert band["x"] == round(axis.at(datetime.date(2022, 5, 1)), 1)
    assert band["x2"] == round(axis.at(datetime.date(2022, 7, 1)), 1)
    may = [row for row in rects if row.get("t0") == "May 2022"]
    assert may and all(band["x"] <= row["x"] and row["x2"] <= band["x2"] for row in may)
    assert sum(int(row["t2"]) for row in may) == 8
    article = next(rows_drawn(chart, "point"))
    assert any(row["x"] == round(axis.at(datetime.date(2022, 6, 9)), 1) for row in rows_drawn(chart, "point"))
    assert article


def test_the_height_of_a_bar_is_its_number():
    chart = drawn("timeline")
    bars = [row for row in rows_drawn(chart, "rect") if "t2" in row and row["t2"].isdigit()]
    per = {round((row["y2"] - row["y"]) / int(row["t2"]), 1) for row in bars}
    assert max(per) - min(per) <= 0.2
    launches = TIMELINE[TIMELINE["lane"] == "missile"]
    assert sum(int(row["t2"]) for row in bars) == launches["value"].sum()


def test_a_lane_without_events_says_so_and_a_list_that_ends_is_crossed_out():
    year = drawn("year")
    assert "Nuclear tests: none in this period." in year.description
    shown = texts(drawn("timeline"))[0]
    assert any("not listed after 16 October 2024" in text for *_, text in shown)
    late = charts.timeline(TIMELINE, start="2025-01-01", end="2025-12-31")
    assert any(row["fill"] == theme.LIGHT["panel"] for row in rows_drawn(late, "rect"))


def test_long_ranges_sum_by_longer_periods_and_say_which():
    words = {text for *_, text in texts(drawn("timeline", theme.NARROW))[0]}
    assert words & {"Missiles launched, by year", "Missiles launched, by quarter"}
    assert "Missiles launched, by month" in {text for *_, text in texts(drawn("year", theme.NARROW))[0]}


def test_charts_of_nothing_are_still_charts():
    empty = cells([])
    assert "no statement" in charts.stance_by_country(empty, minimum=3).description
    for chart in (charts.agreement_map(series.agreement_between_countries(empty), minimum=3),
                  charts.net_by_country(empty), charts.net_by_country(empty.iloc[:0]),
                  charts.timeline(TIMELINE.iloc[:0]), charts.confusion(CONFUSION.iloc[:0]),
                  charts.reliability(BANDS.iloc[:0]), charts.net_by_target(series.by_target(*tables_of([]), STUDY)),
                  charts.stance_by_country(empty.iloc[:0], minimum=3)):
        theme.svg(chart)


def test_a_large_study_stays_a_small_picture():
    means, points = tones(2000)
    assert len(charts.sentiment_by_country(means, points).to_json(indent=None)) < 120_000
    codes = ("CHN", "USA", "KOR", "RUS", "PRK", "JPN", "GBR", "FRA", "DEU", "IND", "BRA", "ZAF", "NGA", "MEX", "IRN",
             "ISR", "EGY", "TUR", "IDN", "AUS", "CAN", "ITA", "ESP", "POL", "UKR", "KEN", "GHA", "NOR", "SWE", "CHE")
    spread = pd.DataFrame([(code, scorer, f"u{n}", ((n * 37) % 41 - 20) / 20, 1) for code in codes
                           for scorer in series.SCORERS for n in range(160)], columns=list(points.columns))
    each = pd.concat([means.iloc[[0]].assign(country=code, scorer=scorer) for code in codes
                      for scorer in series.SCORERS], ignore_index=True)
    assert len(charts.sentiment_by_country(each, spread).to_json(indent=None)) < 500_000
    ours = study.Study("trial", min_statements=3)
    rows = [(f"a:{i}-{i + 1}", codes[i % 30], f"target {i * 7 % 12}", ("support", "oppose", "neutral")[i * 13 % 31 % 3])
            for i in range(600)]
    frame = cells(rows, ours)
    check_layout(charts.stance_by_country(frame, minimum=3, width=theme.NARROW))
    pairs = charts.agreement_map(series.agreement_between_countries(frame), minimum=3, width=theme.NARROW,
                                 language=ENGLISH)
    check_layout(pairs)
    assert "lack of room" in " ".join(text for *_, text in texts(pairs)[0])


@pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])
def test_more_articles_than_marks_can_show_are_counted_and_none_is_lost(width):
    one = TIMELINE[TIMELINE["lane"] == "article"].iloc[[0]]
    days = [f"{2019 + n % 5}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(3000)]
    many = pd.concat([one] * 3000, ignore_index=True).assign(date=days)
    chart = charts.timeline(many, start="2019-01-01", end="2023-12-31", width=width, language=ENGLISH)
    check_layout(chart)
    assert sum(int(n.replace(",", "")) for n in re.findall(r"(\d[\d,]*) articles", chart.description)) == 3000
    few = charts.timeline(many.head(20), start="2019-01-01", end="2023-12-31", width=width, language=ENGLISH)
    assert "counted by" not in json.dumps(few.to_dict()) and len(few.description) < 20 * 90
    assert len(chart.to_json(indent=None)) < 40_000


HOSTILE = ["<script>alert(1)</script>", "{{ 7*7 }}", "javascript:alert(1)", "\u202eevil\u202c", "a\x00b\x07c\u200b",
           "W" * 300, "datum.country", "👩‍👩‍👧", "", " ", "ＷＩＤＥ字" * 20]


@pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])
def test_hostile_names_are_only_text(width):
    rows = [(f"a:{i}-{i + 1}", "CHN", f"target {i}", "oppose") for i in range(len(HOSTILE))]
    frame = cells(rows, study.Study("trial", min_statements=1))
    labels = {f"target {i}": label for i, label in enumerate(HOSTILE)}
    article = TIMELINE[TIMELINE["lane"] == "article"]
    said = pd.concat([article.assign(label=label, detail=label, date=f"2022-{i + 1:02}-01")
                      for i, label in enumerate(HOSTILE)])
    for chart in (charts.stance_by_country(frame, minimum=1, labels=labels, width=width, language=ENGLISH),
                  charts.timeline(said, start="2022-01-01", end="2022-12-31", width=width, language=ENGLISH)):
        check_layout(chart)
        svg = theme.svg(chart)
        assert "<script" not in svg and not theme.UNWRITABLE.search(svg) and "\u202e" not in svg
        ElementTree.fromstring(svg)


@hypothesis.given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["CHN", "USA", "ARE", "GBR"]),
                                     st.sampled_from(["sanctions", "veto", "weapons"]),
                                     st.sampled_from(["support", "oppose", "neutral"])), min_size=1, max_size=400),
                  st.integers(300, 1000))
@hypothesis.settings(max_examples=6, deadline=None)
def test_stance_by_country_fits_any_counts_and_width(draws, width):
    rows = {(number, country, target): stance for number, country, target, stance in draws}
    rows = [(f"a:{number}-{number + 1}", country, target, stance) for (number, country, target), stance in rows.items()]
    frame = cells(rows, study.Study("trial", min_statements=3))
    chart = charts.stance_by_country(frame, minimum=3, width=width)
    check_layout(chart)
    for row in frame[frame["said"]].itertuples():
        assert f"{row.target}: {row.oppose} against, {row.neutral} neutral, {row.support} for" in chart.description


@hypothesis.given(st.text(max_size=60), st.floats(20, 400))
@hypothesis.settings(max_examples=60, deadline=None)
def test_wrapped_lines_fit(text, width):
    for line in plane.wrap(text, width, 12):
        assert theme.text_width(line, 12) <= width or len(line) <= 2


def test_another_language_needs_no_code(tmp_path):
    source = (language.FOLDER / "en.yaml").read_text(encoding="utf-8")
    (tmp_path / "de.yaml").write_text(source.replace("locale: en-GB", "locale: de-DE").replace(
        "key_against: against", "key_against: dagegen"), encoding="utf-8")
    german = language.Language(tmp_path / "de.yaml")
    assert "dagegen" in {text for *_, text in texts(charts.stance_by_country(cells(), minimum=2, language=german))[0]}
