"""How news introduces a person or a body, and what that tells of the country. All sentences are our own."""

import pytest
import spoken


def last(text, lead=True):
    row = spoken.rows(text, lead)[-1]
    return row.speaker, row.countries


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In Rome, the army saw nothing. Spokesman Cmdr. Ugo Conti said it was late.", ("Ugo Conti", "ITA")),
        ("Laos's military laughed. In a statement, Gen. Kham Bou-lin said it was late.", ("Kham Bou-lin", "LAO")),
        ("The top Danish diplomat for West Africa, Mads Holm, told them it was late.", ("Mads Holm", "DNK")),
        ("The chief envoy of Peru for the Amazon, Ana Ruiz, said it was late.", ("Ana Ruiz", "PER")),
        ("The vice-minister of Peru's foreign ministry, Ana Ruiz, hit back on Friday. She said it was late.",
         ("Ana Ruiz", "PER")),
        ("The Bharatiya Janata Party was angry.\n\nIt was late, said the party's acting chief, Ravi Das.",
         ("Ravi Das", "IND")),
        ('"It was late," said Ada Holm, whose Ohio-based charity digs wells in Laos.', ("Ada Holm", "OTHER")),
        ('"It was late," said Ada Holm, who coordinates relief for the U.N. in Laos.', ("Ada Holm", "UN")),
        ("Ana Ruiz, whose country holds the chair, said it was late.", ("Ana Ruiz", "UNKNOWN")),
        ("Ana Ruiz, who campaigns for the release of her son, said it was late.", ("Ana Ruiz", "UNKNOWN")),
        ("It was late, said the party's acting chief, Ravi Das.", ("Ravi Das", "UNKNOWN")),
    ],
)
def test_an_office_is_told_by_what_stands_around_the_name(text, wanted):
    assert last(text) == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A commentary on the website of Laos's Foreign Ministry called it late.", "LAO"),
        ("A notice on the official Facebook page of the Peruvian army said it was late.", "PER"),
        ("More than 70 lawmakers from Peru's ruling camp said it was late.", "PER"),
        ("Laos was angry. Its space agency said it was late.", "LAO"),
        ("Peru was angry. Its weather agency said it was late.", "PER"),
        ("A book on the army of Peru said it was late.", "UNKNOWN"),
        ("The space agency said it was late.", "UNKNOWN"),
        ("Acting under-secretary Juan Soto said it was late.", "UNKNOWN"),
        ("The ruling Democratic Party said it was late.", "UNKNOWN"),
        ("The host said it was late.", "UNKNOWN"),
    ],
)
def test_a_body_is_told_by_its_own_words(text, code):
    assert last(text)[1] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SEOUL, May 2 -- It rained.\n\nThe ruling Democratic Party said it was late.", "KOR"),
        ("SEOUL, May 2 -- It rained.\n\nNational Security Office chief Han Do-yun said it was late.", "KOR"),
        ("WASHINGTON — It rained.\n\nActing under-secretary Juan Soto said it was late.", "USA"),
        ("OSLO, May 2 (Reuters) - It rained.\n\nThe host said it was late.", "NOR"),
        ("TOKYO, May 2 -- It rained.\n\nThe Communist Party of China said it was late.", "CHN"),
        ("HELSINKI, May 2 -- It rained.\n\nThe ruling Democratic Party said it was late.", "UNKNOWN"),
        (
            "Malta protests as Chinese ship sinks\n\nA Chinese ship sank near Malta on Tuesday.\n\n"
            "Prime Minister Joe Borg said he was sad.\n\nDefense Minister Ana Vella said it was late.",
            "MLT",
        ),
    ],
)
def test_the_home_has_the_offices_and_parties_that_it_leaves_bare(text, code):
    assert last(text, lead=False)[1] == code
