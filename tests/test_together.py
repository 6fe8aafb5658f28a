"""Countries that a description takes together. All sentences are our own."""

import json

import pandas as pd
import pytest
import spoken

from stancebrief import statements


def last(text):
    return set(spoken.rows(text)[-1].countries.split("|"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Chile, Peru and Fiji built a road.\n\nIn a letter, the three said it was late.", "CHL PER FJI"),
        ("Chile, Peru and Fiji built a road after Norway and Kenya had. The three said it was late.", "CHL PER FJI"),
        ("Chile, Peru and Fiji built a road. The three countries said it was late.", "CHL PER FJI"),
        ("Chile, Peru and Fiji built a road. The three Pacific members of the Security Council said it was late.",
         "CHL PER FJI"),
        ("Chile and Peru built a road. The three said it was late.", "UNKNOWN"),
        ("Chile, Peru and the EU built a road. The three said it was late.", "UNKNOWN"),
        ("Talks between Chilean and Kenyan ministers ended late. Both called them long.", "CHL KEN"),
        ("Chile, Peru and Fiji left." + "\n\nIt rained." * 3 + "\n\nThe three said it was late.", "UNKNOWN"),
    ],
)
def test_as_many_as_are_counted_are_those_named_in_one_list(text, codes):
    assert last(text) == set(codes.split())


@pytest.mark.parametrize(
    ("headline", "codes"),
    [
        ("Chile, Peru say roads are open", "CHL PER"),
        ("Chile, Peru, Fiji say roads are open", "CHL PER FJI"),
        ("It rains; Chile, Peru say roads are open", "CHL PER"),
        ("Food runs out in Laos, Peru says", "PER"),
    ],
)
def test_a_headline_joins_countries_by_commas(headline, codes):
    row = {"article": "a.txt", "text": f"{headline}\n\n{spoken.LEAD}", "furniture": json.dumps([])}
    found, _ = statements.extract(pd.DataFrame([row]))
    assert set(found["countries"].iloc[0].split("|")) == set(codes.split())
