"""One look: colours that can be told apart and read, pictures that are the same bytes everywhere, nothing that runs."""

import pathlib
import re
import subprocess
import sys

import altair as alt
import pandas as pd
import pytest
import vl_convert

from stancebrief import theme


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_and_signs_stand_out_from_what_is_behind_them(colours):
    for role in ("ink", "muted", "support-ink", "oppose-ink"):
        for behind in ("paper", "panel", "band"):
            assert contrast(colours[role], colours[behind]) >= 4.5, (role, behind)
    for role in ("support", "oppose", "neutral", "same", "apart", "accent", "silent"):
        assert contrast(colours[role], colours["paper"]) >= 3, role
    for side in ("support", "oppose", "neutral", "same", "apart"):
        assert contrast(colours["ink"], colours[f"{side}-soft"]) >= 4.5, side


def simulate(colour, kind):
    """The colour as a reader without one kind of cone sees it (Viénot, Brettel and Mollon 1999), linear RGB."""
    linear = [((int(colour[i:i + 2], 16) / 255 + 0.055) / 1.055) ** 2.4 for i in (1, 3, 5)]
    r, g, b = linear
    if kind == "protan":
        return (0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * r - 0.00401 * g + b)
    return (0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, -0.02234 * r + 0.02234 * g + b)


@pytest.mark.parametrize("kind", ["protan", "deutan"])
@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_support_and_oppose_differ_for_colour_blind_readers(colours, kind):
    one, other = simulate(colours["support"], kind), simulate(colours["oppose"], kind)
    assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.25


def test_every_role_has_a_colour_of_its_own_so_that_pictures_can_change_theirs():
    assert len(set(theme.LIGHT.values())) == len(theme.ROLES)
    text = " ".join(theme.LIGHT.values())
    assert theme.recolour(text) == " ".join(theme.DARK.values())
    assert theme.recolour("#123456 " + theme.LIGHT["ink"].upper(), "css") == "#123456 var(--c-ink)"
    for role in theme.ROLES:
        assert theme.css().count(f"--c-{role}:") >= 3
    assert set(theme.variables()) == set(theme.LIGHT.values())


def test_a_country_keeps_its_colour_whoever_else_is_shown():
    assert theme.country("CHN") == theme.countries(["USA", "CHN"]).to_dict()["range"][1]
    assert theme.country("BRA") == theme.country("BRA") in theme.OTHERS
    for colour in (*theme.COUNTRIES.values(), *theme.OTHERS):
        assert min(contrast(colour, theme.LIGHT["paper"]), contrast(colour, theme.DARK["paper"])) >= 3, colour


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_width_of_text_is_that_of_the_font_in_the_picture(weight):
    """The picture grows by as much as we think that a text at its edge is wide."""
    text = "South Korea, 13 utterances"
    spec = {"data": {"values": [{}]}, "width": 1, "height": 40, "padding": 0, "config": {"view": {"stroke": None}},
            "mark": {"type": "text", "text": text, "font": theme.FONT, "fontSize": 12, "fontWeight": weight,
                     "align": "left"}, "encoding": {"x": {"value": 0}, "y": {"value": 20}}}
    drawn = float(re.search(r'width="([\d.]+)"', vl_convert.vegalite_to_svg(spec))[1])
    assert theme.text_width(text, 12, weight) == pytest.approx(drawn, abs=1.5)


def chart(**extra):
    frame = pd.DataFrame({"name": ["one", "two"], "value": [1, 2], **extra})
    return theme.dress(alt.Chart(frame).mark_bar().encode(x="value:Q", y="name:N"), description="One is 1, two is 2.",
                       title="Two bars")


def test_the_same_chart_is_the_same_bytes_in_another_process():
    here = pathlib.Path(__file__).parent
    code = (f"import sys; sys.path.insert(0, {str(here)!r}); import test_theme; from stancebrief import theme; "
            "sys.stdout.write(theme.svg(test_theme.chart()))")
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=here.parent)
    assert other.returncode == 0, other.stderr
    assert theme.svg(chart()) == theme.svg(chart()) == other.stdout
    clipped = chart().mark_bar(clip=True)
    assert theme.svg(clipped) == theme.svg(clipped)


def test_ids_of_two_pictures_do_not_clash():
    clipped = chart().mark_bar(clip=True)
    one, other = (set(re.findall(r'id="([\w-]+)"', theme.svg(c))) for c in (clipped, clipped.properties(width=77)))
    assert one and not one & other
    assert any(f"url(#{name})" in theme.svg(clipped) for name in one)


def test_a_notebook_keeps_a_live_a_still_and_a_spoken_chart():
    theme.enable()
    try:
        shown = chart()._repr_mimebundle_()
    finally:
        alt.renderers.enable("default")
    live = shown["application/vnd.vegalite.v5+json"]
    assert live["$schema"].endswith("v5.json") and "usermeta" not in live
    assert shown["image/svg+xml"].startswith("<svg")
    assert shown["text/plain"] == "Two bars\nOne is 1, two is 2."


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,<script>", "https://example.org/<>\"'"])
def test_an_address_in_the_data_neither_runs_nor_stops_the_drawing(address):
    linked = chart(url=[address, "https://example.org"]).encode(href="url:N")
    text = theme.svg(linked)
    assert "javascript" not in text and "href" not in text.lower().replace("xlink", "")
    assert "image/svg+xml" in theme.bundle(linked.to_dict())


def test_nothing_is_fetched_for_a_picture():
    remote = alt.Chart(alt.UrlData("http://127.0.0.1:9/x.csv")).mark_bar().encode(x="a:Q")
    shown = theme.bundle(remote.to_dict())
    assert "image/svg+xml" not in shown or "127.0.0.1" not in shown["image/svg+xml"]
    image = alt.Chart(pd.DataFrame({"u": ["http://127.0.0.1:9/x.png"]})).mark_image().encode(url="u:N")
    assert "text/plain" in theme.bundle(image.to_dict())


def test_a_chart_that_cannot_be_drawn_says_so_in_words():
    shown = theme.bundle({"mark": "no such mark", "description": "Nothing.", "data": {"values": []}})
    assert shown["text/plain"].startswith("Nothing.") and "cannot be drawn" in shown["text/plain"]


def test_letters_that_no_picture_can_hold_are_left_out():
    text = theme.svg(chart().properties(title="a\x00b\x08c<script>alert(1)</script>\ufffe"))
    assert not theme.UNWRITABLE.search(text) and "<script" not in text and "&lt;script" in text


def test_dressed_charts_can_be_joined_when_bare():
    joined = alt.hconcat(theme.bare(chart()), theme.bare(chart()))
    assert theme.svg(theme.dress(joined)).startswith("<svg")


def test_a_table_in_a_notebook_has_words_left_and_numbers_right():
    shown = theme.sheet(pd.DataFrame({"said": ["<script>alert(1)</script>"], "n": [3], "sure": [0.5]}))
    assert "<script" not in shown and "&lt;script" in shown
    left, right = shown.index("text-align:left"), shown.index("text-align:right")
    assert left < right and re.search(r"tr>:nth-last-child\(2\),\S+ tr>:nth-last-child\(1\)\{text-align:right", shown)
    assert "nth-last-child(3)" not in shown, "the words are not numbers"


def test_a_picture_without_the_page_keeps_its_colours():
    text = theme.recolour(theme.svg(chart()), to="css")
    assert "var(--c-" in text
    assert theme.plain(text) == theme.svg(chart())
    assert theme.plain("var(--c-unknown)") == "var(--c-unknown)"
