"""For whom "it" and "its" stand before an office. All sentences are our own."""

import pytest
import spoken


def of(text):
    """The countries of the last statement of a text."""
    return spoken.rows(text)[-1].countries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # the subject of the main clause, not of what it says
        ('Peru swore the vote would not keep Chile from the sea. "We stay," said its ambassador, Ana Ruiz.', "PER"),
        ('Kenya doubted that Sudan would sign. "It will not," said its envoy, Otis Muga.', "KEN"),
        ("Ghana hoped Mali would hold the port, its foreign minister, Kofi Adu, said.", "GHA"),
        ("Norway sent its ambassador, Kari Lund. Lund said the bridge was old.", "NOR"),
        # what lasts, falls or counts acts for nobody
        (
            "Laos made light of it. It would build for as long as Thai anger lasts, its state news agency said.",
            "LAO",
        ),
        ('Malta kept silent for a week. Then Libyan demands grew. "Enough," its premier, Joe Borg, said.', "MLT"),
        # a body without a country hides the one before it
        ('Japan said no.\n\nThe Harbour League was not glad. "Who pays?" its spokesman, Jan Kos, asked.', None),
        ('Turkey agreed.\n\nA charity in the hills did not. "We are tired," said its director, Ada Sen.', "OTHER"),
        # a person is no it
        (
            'Fiji was glad. Prime Minister Sefa Leota of Samoa was not. "We lose," said its envoy, Ana Tui.',
            "FJI",
        ),
        ("The Dutch government fell. Its finance minister, Piet Vos, said he would stay.", "NLD"),
        ("The European Union waited. Its foreign policy chief, Rosa Weil, said the ports were open.", "EU"),
        ('Iran rejected the report. "It is false," its mission to the United Nations said.', "IRN"),
    ],
)
def test_its_office_is_of_the_one_that_acts(text, code):
    assert of(text) == (code or "UNKNOWN")


def test_it_is_a_country_or_body_and_no_thing_that_is_a_subject_between():
    text = "Estonia left the talks on Monday. It feared that Russian pressure had grown, it said."
    assert of(text) == "EST"


def test_a_party_without_a_country_is_the_home_s():
    text = "HELSINKI, May 2 -- Sweden agreed.\n\nThe main opposition party is against it. "
    rows = spoken.rows(text + "Its chairman, Aki Salo, said it was dear.", lead=False)
    assert rows[-1].countries == "FIN"
