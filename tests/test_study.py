"""Studies are found by name, and settings that do not exist or do not fit are refused by name."""

import pytest

from stancebrief import study


def test_the_study_that_ships_loads_with_its_own_settings():
    ours = study.load("dprk-vetoes")
    assert ours.start == "2022-05-01" and ours.countries[:2] == ("CHN", "RUS")
    assert ours.report == study.REPORTS / "dprk-vetoes"


def test_an_override_takes_the_place_of_the_file_and_an_empty_one_does_not():
    ours = study.load("dprk-vetoes", start="2022-01-01", countries="CHN, USA", end="", min_statements=None)
    assert ours.start == "2022-01-01" and ours.countries == ("CHN", "USA")
    assert ours.end == "2022-06-30" and ours.min_statements == 3


@pytest.mark.parametrize("overrides, words", [
    ({"strat": "2022-01-01"}, "did you mean start"),
    ({"start": "last May"}, "YYYY-MM-DD"),
    ({"start": "2022-07-01"}, "after end"),
    ({"countries": "China"}, "alpha-3"),
    ({"min_statements": "two"}, "number"),
    ({"min_statements": True}, "number"),
    ({"min_statements": -1}, "at least 0"),
    ({"min_statements": 2.5}, "whole"),
    ({"min_confidence": float("nan")}, "number"),
    ({"targets": [1]}, "list of names"),
    ({"x\nimport os": "1"}, "no setting"),
    ({"language": "klingon"}, "data/language: .*en"),
    ({"language": "../en"}, "data/language"),
])
def test_a_setting_that_does_not_fit_is_refused_with_a_remedy(overrides, words):
    with pytest.raises(study.SettingError, match=words):
        study.load("dprk-vetoes", **overrides)


@pytest.mark.parametrize("name", ["dprk-veto", "../data", "", "no such study"])
def test_a_study_that_does_not_exist_is_refused_naming_those_that_do(name):
    with pytest.raises(study.SettingError, match="dprk-vetoes"):
        study.load(name)


@pytest.mark.parametrize("text, words", [
    ("titel: x", "did you mean title"),
    ("title: [", "cannot be read"),
    ("- a\n- b", "name: value"),
    ("workspace: elsewhere", "when a run starts"),
    ("start: 2022-13-01", "YYYY-MM-DD"),
])
def test_a_broken_study_file_is_named(tmp_path, monkeypatch, text, words):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "study.yaml").write_text(text)
    monkeypatch.setattr(study, "DATA", tmp_path)
    with pytest.raises(study.SettingError, match=words) as caught:
        study.load("mine")
    assert "study.yaml" in str(caught.value)


@pytest.mark.parametrize("given, kept", [(True, True), ("false", False), ("True", True)])
def test_a_yes_or_no_is_read_from_the_file_and_from_the_command_line(given, kept):
    assert study.load("dprk-vetoes", in_sample=given).in_sample is kept


def test_a_yes_or_no_that_is_neither_is_refused():
    with pytest.raises(study.SettingError, match="true or false"):
        study.load("dprk-vetoes", in_sample="perhaps")
