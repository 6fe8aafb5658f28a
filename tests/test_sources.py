"""Who speaks where no country is named beside the words for him. All sentences are our own."""

import pytest
import spoken

from stancebrief import countries


def last(text):
    """(speaker, countries) of the last statement of a text."""
    row = spoken.rows(text)[-1]
    return row.speaker, row.countries


@pytest.mark.parametrize(
    "text",
    [
        "Chile, which owns the port, agreed to the text after two hours, diplomats said.",
        "The deadline was moved after Oslo objected, several diplomats said.",
        "Everyone from Rome to Athens agreed on the price, a minister there said.",
        "Ghana closed its harbour on Monday, a senior official said.",
        '"Peru has asked for more time," an ambassador said.',
        "Sweden will not take part, council members said.",
        "Denmark's prime minister welcomed it.\n\nOthers wondered whether it was wise.",
        "Finland's foreign minister agreed. Some said that the road was closed.",
        "Ten of the council's 15 members read out a statement, in which they condemned the raid.",
        "U.N. members criticised the raid.",
        "The Spanish envoy waited. Many doubted that the road would open.",
    ],
)
def test_what_is_said_does_not_tell_who_says_it(text):
    assert last(text)[1] == "UNKNOWN"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("In Oslo, an official said the road was open.", "NOR"),
        ("The road was open, an official in Oslo said.", "NOR"),
        ("Norway was glad. The road was open, its officials said.", "NOR"),
        ("The road to Rome was open, a Norwegian minister said.", "NOR"),
        ("The U.N. Security Council condemned the raid.", "UN"),
    ],
)
def test_who_is_told_by_his_own_words_keeps_his_country(text, codes):
    assert last(text)[1] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Mali sent a ship after talks between Oslo and Rome.\n\nThe two allies said they would wait.", "ITA|NOR"),
        ("A ship of Mali passed Peru and Chile.\n\nBoth countries said that they would wait.", "CHL|PER"),
        ("A ship of Mali sank.\n\nThe two allies said they would wait.", "UNKNOWN"),
        ("Talks with Spain went on.\n\nBoth nations said they would wait.", "UNKNOWN"),
    ],
)
def test_two_are_two_or_nobody(text, codes):
    assert last(text)[1] == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Security Council met. Its president for May, Kenyan Ambassador Otis Muga, said it was sorry.", "UN"),
        ("The U.N. Security Council met. Ambassador Ana Ruiz of Peru, the council president, said it was sorry.", "UN"),
        ("The General Assembly met. Assembly President Ines Lobo said it was sorry.", "UN"),
        ("Kenya spoke first. Its president, Otis Muga, said it was sorry.", "KEN"),
        ("The U.N. Security Council met. Ambassador Ana Ruiz of Peru said she was sorry.", "PER"),
    ],
)
def test_who_presides_over_a_body_is_its_voice(text, code):
    assert last(text)[1] == code


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("Jan Kos, a former member of the U.N. panel of experts", "OTHER"),
        ("a former adviser to President Brandt of Austria", "OTHER"),
        ("the former head of the Korean mission", "OTHER"),
        ("a former ambassador to the UN", "OTHER"),
        ("a retired director of the International Atomic Energy Agency", "OTHER"),
        ("a former diplomat, now spokesman for the United Nations", "UN"),
        ("a spokesman for former President Brandt of Austria", "AUT"),
        ("former President Brandt of Austria", "AUT"),
        ("a member of the U.N. panel of experts", "UN"),
        ("a former member of the council, Ambassador Brandt of Austria", "AUT"),
    ],
)
def test_who_was_a_member_or_head_of_a_body_is_no_voice_of_it(phrase, code):
    assert countries.resolve(phrase)[0] == (code,)


@pytest.mark.parametrize(
    ("headline", "codes"),
    [
        ("North threatens strikes as drills begin", ["PRK"]),
        ("South says drills will go on", ["KOR"]),
        ("Storm hits Laos as North warns of floods", ["PRK"]),
        ("North Sea ports warn of floods", []),
        ("Governor of South Hills warns of floods", []),
    ],
)
def test_a_headline_names_the_koreas_by_a_short_name(headline, codes):
    text = f"{headline}\n\nSouth Korea met North Korea at the border on Monday."
    assert [row.countries for row in spoken.rows(text, lead=False) if row.countries in ("PRK", "KOR")] == codes


def test_a_headline_about_other_countries_names_no_korea():
    text = "North threatens strikes as drills begin\n\nItaly met Spain at the border on Monday."
    assert {row.countries for row in spoken.rows(text, lead=False)} <= {"UNKNOWN"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The port is old, and outside experts doubt it can be saved.", ("outside experts", "OTHER")),
        ("People close to the talks said it was late.", ("People close to the talks", "UNKNOWN")),
        ("A person familiar with the matter said it was late.", ("A person familiar with the matter", "UNKNOWN")),
        ('"It was late," said Ada Holm, who follows the UN for a research group in Oslo.', ("Ada Holm", "OTHER")),
    ],
)
def test_who_speaks_for_nobody_is_read_in_full(text, wanted):
    assert last(text) == wanted


def test_two_persons_speak_together_however_the_second_name_is_parsed():
    text = "Italian President Ugo Conti and South Korean President Han Kyung-sook agreed to build a road."
    assert set(last(text)[1].split("|")) == {"ITA", "KOR"}
