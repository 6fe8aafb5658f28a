"""For whom somebody speaks through another body or person. All sentences are our own."""

import pytest
import spoken


def last(text):
    return spoken.rows(text)[-1].countries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # a spokesman whose body is not told: of the one that acted last
        ('The Kenyan roads ministry was glad. "It is open," spokesman Otis Muga said.', "KEN"),
        ('Norwegian customs officials were cautious.\n\n"It is open," senior press secretary Ola Dal said.', "NOR"),
        ('The Pentagon was "open" to a ride, press secretary John Roe replied.', "USA"),
        ('The Red Cross was glad. "It is open," spokeswoman Ana Ruiz said.', "OTHER"),
        ('The Red Cross was glad. "It is open," a spokeswoman said.', "OTHER"),
        # a country that acts has no spokesman of its own, and neither has what stood there long before
        ('Kenya built a road. "It is open," spokesman Otis Muga said.', "UNKNOWN"),
        ('The Kenyan roads ministry was glad.\n\nIt rained.\n\nIt rained.\n\n"It is open," spokesman Otis Muga said.',
         "UNKNOWN"),
        ('The Kenyan roads ministry was glad. At the Pentagon, spokesman John Roe said it was open.', "USA"),
        # "its" is one body's, "their" several ones'
        ("Kenya was no kinder. It was closed, said its counselor, Otis Muga.", "KEN"),
        ("Peru and Chile met. Fiji was no kinder. It was closed, said its ambassador, Sefa Leota.", "FJI"),
        ("Fiji was no kinder. Peru and Chile left. It was closed, said its ambassador, Sefa Leota.", "FJI"),
        ("The EU's envoy, Jane Roe, was glad. It let it pass; their chair, Otis Muga, said it was late.", "UNKNOWN"),
        # an office told before the name
        ("The Chilean roads ministry rejected what its spokesman termed a slight. It was open, Juan Soto said.", "CHL"),
        ("Kenya's response was cold. It was closed, said its deputy ambassador, Otis Muga.", "KEN"),
        ("Kenya's weather was cold. It was closed, said its deputy ambassador, Otis Muga.", "UNKNOWN"),
        # right after the name, and the body that somebody chairs
        ("Otis Muga, for Kenya, called it a step.", "KEN"),
        ("Norway's roads minister Ola Dal for the EU called it a step.", "EU"),
        ("Norwegian envoy Ola Dal, for Kenya the best hope, called it a step.", "NOR"),
        ("Norway's road envoy Ola Dal for Sudan called it a step.", "NOR"),
        ("Ana Ruiz thanked Ola Dal for Kenya's roads.", "UNKNOWN"),
        ("Otis Muga of Kenya, chair of the African Group, said it was late.", "OTHER"),
        ("Kenya's minister, Otis Muga, who chairs the group of least developed countries, said it was late.", "OTHER"),
        ("Kenya's roads minister, Otis Muga, who built a chair, said it was late.", "KEN"),
        ('"It is open," Brig Gen John Roe said at the Pentagon.', "USA"),
        ('"It is open," John Roe said at the Pentagon.', "UNKNOWN"),  # a guest may speak there
        # whom a person speaks for
        ("President Ana Ruiz of Chile left. A spokesman for Ruiz said it was late.", "CHL"),
        ("President Ana Ruiz of Chile left. Two senior aides to President Ruiz said it was late.", "CHL"),
        ("President Ana Ruiz of Chile left. A trader for Ruiz said it was late.", "OTHER"),
    ],
)
def test_somebody_speaks_for_whom_the_words_around_the_office_tell(text, code):
    assert last(text) == code
