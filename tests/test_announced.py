"""An office first and its holder's name after. All sentences are our own."""

import pytest
import spoken


def said(text):
    return [(row.speaker, row.countries) for row in spoken.rows(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Peru's new trade minister was less kind. The road was closed, Ana Ruiz said.", "PER"),
        ("Kenya's deputy foreign minister answered. Otis Muga said the road was closed.", "KEN"),
        ("Care was shown in Norway, where the defence minister was glad.\n\nKari Lund said it was late.", "NOR"),
        ('A top Danish official mocked the plan.\n\n"The road is closed," Mads Holm said.', "DNK"),
        ("Malta's prime minister is ready to meet.\n\nJoe Borg was speaking on Friday. He said it was late.", "MLT"),
        ("The head of the Chilean navy laughed. Iris Soto said the ship was old.", "CHL"),
        ("Fiji's president saw it coming. It was late, said Sefa Leota.", "FJI"),
        ("Greece's spokeswoman was curt. Anna Pappas said the road was closed.", "GRC"),
        # nobody's government, or another's: left open
        ("Peru's trade minister laughed. Kenya's army moved. Otis Muga said it was late.", "UNKNOWN"),
        ("Peru's trade minister, Ana Ruiz, was kind. Otis Muga said it was late.", "UNKNOWN"),
        ("Peru's trade minister, Ana Ruiz, came. The minister was kind. Otis Muga said it was late.", "UNKNOWN"),
        ("Peru's ministers were kind. Otis Muga said it was late.", "UNKNOWN"),
        ("Peru's trade minister was kind. Otis Muga, 68, said it was late.", "UNKNOWN"),
        ("Peru's trade minister was kind. Analyst Otis Muga said it was late.", "OTHER"),
        ("A harbour worker was kind. Otis Muga said it was late.", "UNKNOWN"),
    ],
)
def test_a_bare_name_after_an_office_is_its_holder(text, code):
    assert said(text)[-1][1] == code


def test_an_office_that_names_its_country_has_its_holder_s_name():
    text = "Peru's trade minister said he would wait.\n\nJuan Soto was speaking on Friday. He said it was late."
    assert said(text) == [("Juan Soto", "PER")] * 2


def test_an_office_that_names_none_is_left_as_written():
    text = "In Peru, where it rained, the trade minister said it would wait.\n\nJuan Soto said it was late."
    assert said(text) == [("the trade minister", "PER"), ("Juan Soto", "PER")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The talks ended with a Chilean envoy reading from a sheet.\n\nJuan Soto said it was early.", "CHL"),
        ("A senior Chilean official rose.\n\nFirst Vice Foreign Minister Juan Soto said it was early.", "CHL"),
        # somebody is named before, two are told of, or he is told of otherwise
        ("Otis Muga met a Chilean envoy.\n\nJuan Soto said it was early.", "UNKNOWN"),
        ("Talks with a Kenyan envoy and a Chilean envoy ended.\n\nJuan Soto said it was early.", "UNKNOWN"),
        ("The talks ended with a Chilean envoy reading.\n\nIt rained. Juan Soto said it was early.", "UNKNOWN"),
        ("The talks ended with a Chilean envoy reading.\n\nJuan Soto, 61, said it was early.", "UNKNOWN"),
    ],
)
def test_an_unnamed_envoy_just_before_a_bare_name_bears_it(text, code):
    assert spoken.rows(text)[-1].countries == code
