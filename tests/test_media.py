"""Whose voice a State's own medium carries. All sentences are our own."""

import pytest
import spoken


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Harbour Commission said in a statement carried by Laos's official news agency that it was late.", "LAO"),
        ("Ruling party official Otis Muga said, in remarks published by Granma, that it was late.", "CUB"),
        ("Otis Muga said in a statement carried by Xinhua that it was late.", "CHN"),
        ("A government spokesman said it was late in a commentary published on Friday by Cuba's state media.", "CUB"),
        ("In a speech aired on Eritrean state television, Otis Muga said it was late.", "ERI"),
        ("The National Road Council warned in a statement issued through IRNA that it was late.", "IRN"),
        # who is known otherwise, and what a medium only hears, asks or writes
        ("Finland's foreign minister said in a statement carried by Xinhua that it was late.", "FIN"),
        ("Otis Muga told Xinhua that it was late.", "UNKNOWN"),
        ("Otis Muga said in an interview with Cuba's state television that it was late.", "UNKNOWN"),
        ("Otis Muga said in a statement carried by Asahi that it was late.", "UNKNOWN"),
    ],
)
def test_who_speaks_through_a_state_s_medium_speaks_for_it(text, code):
    assert spoken.rows(text)[-1].countries == code


@pytest.mark.parametrize(("top", "code"), [("Eritrea", "ERI"), ("Britain", "UNKNOWN")])
def test_state_media_without_a_name_are_of_the_one_state_at_the_top_that_has_them(top, code):
    text = f"TOKYO — {top} was angry with Japan on Monday.\n\n"
    said = "Ruling party official Otis Muga said in a statement carried by state media that it was late."
    assert spoken.rows(text + said, lead=False)[-1].countries == code
