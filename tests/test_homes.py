"""Whose an office is that names no country. All sentences are our own."""

import pytest
import spoken


def last(text, lead=True):
    return spoken.rows(text, lead)[-1].countries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kenya's envoy was more cautious. Asked about it, Deputy Ambassador Otis Muga said it was early.", "KEN"),
        ('Peru, which joined in May, pressed for a harder text. "It is weak," Ambassador Ana Ruiz said.', "PER"),
        ("Chile hopes for rain, Foreign Ministry spokesman Juan Soto said.", "CHL"),
        ("Ghana wants the port to stay open, a government spokesman said.", "GHA"),
        ('Malta sided with the others. "It is weak," Ambassador Joe Borg said.', "MLT"),
        ("Fiji's delegate disagreed. Ambassador Sefa Leota said it was early.", "FJI"),
        ("In Norway, where the foreign minister said it was early, it rained.", "NOR"),
        # what a country is, does or owns in what is said tells nobody
        ("Chile is to blame for the drought, Foreign Ministry spokesman Juan Soto said.", "UNKNOWN"),
        ("Ghana will close the port, a government spokesman said.", "UNKNOWN"),
        ("Kenya's weather was bad. Deputy Ambassador Otis Muga said it was early.", "UNKNOWN"),
        ("The U.N. was glad. State news media said it was early.", "UNKNOWN"),
    ],
)
def test_an_office_is_of_the_country_whose_mind_the_words_before_it_tell(text, code):
    assert last(text) == code


def test_ambassadors_who_are_named_without_a_country_tell_no_home():
    text = (
        "UNITED NATIONS — A ship of Laos sank near Fiji on Monday.\n\n"
        "Ambassador Juan Soto said it was early.\n\nDeputy Ambassador Otis Muga said it was late."
    )
    assert [row.countries for row in spoken.rows(text, lead=False)] == ["UNKNOWN", "UNKNOWN"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TOKYO, Sept. 16, Kyodo - It rained.\n\nGov. Ken Abo said it was early.", "JPN"),
        ("TOKYO, Sept. 16, Kyodo - It rained.\n\nU.S. Rep. John Roe said it was early.", "USA"),
        ("SEOUL, March 3 (Yonhap) -- It rained.\n\nRep. Min Do-hyun said it was early.", "KOR"),
        ("SEOUL, March 3 (Yonhap) -- It rained.\n\nThe Democratic Party's Min Do-hyun said it was early.", "KOR"),
        # a name of parties in other States is none of the home's
        ("NEW DELHI: It rained.\n\nThe opposition Democratic Party said it was early.", "UNKNOWN"),
        ("MOSCOW, July 14. /TASS/. It rained.\n\nSenator Ivan Orlin said it was early.", "RUS"),
        # nobody's state media: of the one State at the top that has such
        ("LONDON — Cuba tested a boat.\n\nIt rained. State media said it was early.", "CUB"),
        ("LONDON — Cuba and Vietnam tested a boat.\n\nIt rained. State media said it was early.", "UNKNOWN"),
    ],
)
def test_short_titles_shared_names_and_state_media_are_of_the_home_that_has_them(text, code):
    assert last(text, lead=False) == code


def test_what_a_country_is_told_of_is_more_than_what_its_leader_is_said_to_have():
    assert last("Norway's Ola Dal, whose citizens drove on, said it was early.") == "NOR"
    assert last("Ola Dal, whose charity builds roads, said it was early.") == "OTHER"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iran was warned, one senator said.", "UNKNOWN"),  # it has none
        ("Iran was warned, one lawmaker said.", "UNKNOWN"),
        ("Rep. John Roe flew to Cuba.\n\nMayor Ana Ruiz said it was early.", "UNKNOWN"),
        ("SEOUL, March 3 (Yonhap) -- It rained.\n\nMore than 70 lawmakers said it was early.", "KOR"),
        ("SEOUL, March 3 (Yonhap) -- It rained.\n\nMore lawmakers said it was early.", "UNKNOWN"),
    ],
)
def test_a_short_title_tells_no_home_and_a_state_without_senators_has_none(text, code):
    assert last(text, lead=False) == code
