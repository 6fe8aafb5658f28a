"""Names of countries and bodies in a text: longest first, nothing that only looks like a country."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief.countries import gazetteer, mentions

FOUND = {
    # forms of a name
    "N Korea, N. Korea and N.Korea": "PRK PRK PRK",
    "the U.S. and the US and the UK": "USA USA GBR",
    "Democratic People’s Republic of Korea (DPRK)": "PRK PRK",
    "Democratic People's Republic of Korea": "PRK",
    "north\nkorea and north\xa0korea": "PRK PRK",
    "america and american talks": "USA USA",
    "RUSSIA WARNS TURKEY": "RUS TUR",
    "Côte d’Ivoire, Cote d'Ivoire and the Ivory Coast": "CIV CIV CIV",
    "Namibia": "NAM",
    "Russians, Iraqis, Turks and Spaniards": "RUS IRQ TUR ESP",
    "Sino-Russian ties": "CHN RUS",
    # longest first
    "South Korea and North Korea": "KOR PRK",
    "Equatorial Guinea, Guinea-Bissau, Papua New Guinea, Guinea": "GNQ GNB PNG GIN",
    "Niger and Nigeria; Nigerien and Nigerian": "NER NGA NER NGA",
    "the Democratic Republic of the Congo and the Republic of the Congo": "COD COG",
    "Dominica and the Dominican Republic": "DMA DOM",
    "South Sudan and Sudan": "SSD SDN",
    "North Macedonia": "MKD",
    "American Samoa and Samoa": "ASM WSM",
    "UN Security Council and the United Nations": "UN UN",
    "French ships": "FRA",
    # shared names, decided by what else is named
    "Congo": "UNKNOWN",
    "Congolese troops left Kinshasa": "COD COD",
    "Congolese troops left Brazzaville": "COG COG",
    "Dominican officials": "UNKNOWN",
    "Korean officials": "UNKNOWN",
    "Korean officials in Pyongyang": "PRK PRK",
    "Georgia": "UNKNOWN",
    "Georgia and Russia": "GEO RUS",
    "the Georgian president": "GEO",
    "Voters in Georgia and Alabama": "",
    "Republican turnout in Georgia rose": "USA",
    # the two Koreas by shorthand
    "North Korea fired. The North’s launch worried the South.": "PRK PRK KOR",
    "Winters in the North are long.": "",
    "North Korea looked to the North Atlantic": "PRK",
    "the two Koreas": "KOR PRK",
    # not a country
    "us and them; made in china; roast turkey; a polish; guinea pigs; chad": "",
    "Latin American, South American and African American leaders": "",
    "New Mexico, New England, New Jersey and British Columbia": "",
    "the Indian Ocean, the South China Sea and the Gulf of Mexico": "",
    "French fries, Turkish delight, Russian roulette": "",
    "the Korean War and the Cuban Missile Crisis": "",
    "US$5 million": "",
    "Michael Jordan met Jordan Peele": "",
    "a visit to Jordan, where Jordan's king": "JOR JOR",
    "Chad Johnson of Chad": "TCD",
    "Denzel Washington and George Washington": "",
    "Seattle, Washington": "",
    "Washington state": "",
    "the Washington Post": "OTHER",
    "KIM JONG UN SPOKE": "",
    "Americanised, Chinatown, Indiana and Germanic": "",
    "@China #Iran": "",
}


@pytest.mark.parametrize(("text", "wanted"), FOUND.items())
def test_names_in_a_text(text, wanted):
    found = mentions.find(text)
    assert [m.iso3 for m in found] == wanted.split()
    assert all(text[m.start:m.end] == m.surface for m in found)


def test_context_decides_but_gives_no_mentions_of_its_own():
    assert [m.iso3 for m in mentions.find("Congo said", context="Kinshasa was calm")] == ["COD"]
    assert mentions.find("nothing here", context="Kinshasa was calm") == []


def test_every_country_is_found_by_its_shown_name_and_by_its_official_one():
    for row in mentions.rows("countries.csv"):
        shown = mentions.name(row["iso3"])
        fits = {m.iso3 for m in mentions.find(shown)}
        assert fits == ({"UNKNOWN"} if shown == "Georgia" else {row["iso3"]}), shown


def test_every_code_in_the_tables_is_a_country_or_a_body():
    known = {row["iso3"] for row in mentions.rows("countries.csv")} | set(mentions.BEYOND) | {""}
    for code, kind in mentions.forms().values():
        assert set(code.replace("/", "|").split("|")) <= known, (code, kind)


def test_names_shown_to_the_reader():
    assert mentions.name("PRK") == "North Korea"
    assert mentions.name("KOR") == "South Korea"
    assert mentions.name("UN") == "United Nations"
    assert mentions.name("NAM") == "Namibia"
    with pytest.raises(KeyError):
        mentions.name("XYZ")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["China", "the North", "Korea", "Georgia", "P5", "’s", " ", ", ", "\n", "Jordan", "é",
                                 "US", "Guinea-Bissau", "two Koreas", "x", "-", "Washington", "UN"]),
                max_size=25).map("".join))
def test_spans_are_the_words_and_do_not_overlap(text):
    found = mentions.find(text)
    assert all(text[m.start:m.end] == m.surface and m.iso3 for m in found)
    spans = sorted({(m.start, m.end) for m in found})
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert [m.start for m in found] == sorted(m.start for m in found)


@settings(max_examples=100, deadline=None)
@given(st.sets(st.text("ab -'", min_size=1, max_size=5).filter(lambda s: s.strip(" -'")), min_size=1, max_size=8),
       st.text("ab -'", max_size=20))
def test_a_gazetteer_finds_what_a_plain_search_finds(phrases, text):
    phrases = {gazetteer.fold(p) for p in phrases}
    phrases = {p for p in phrases if not p.endswith("-")}
    text = gazetteer.fold(text)
    if not phrases:
        return
    longest = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    plain = re.compile(rf"(?<![\w@#])(?:{longest})(?!\w)")
    assert [m.span() for m in plain.finditer(text)] == [(s, e) for s, e, _ in gazetteer.Gazetteer(phrases).find(text)]
    plain = re.compile(rf"(?<!\w)(?:{longest})(?!\w)")
    assert [m.span() for m in plain.finditer(text)] == [
        m.span() for m in re.finditer(gazetteer.whole(phrases), text)
    ]
