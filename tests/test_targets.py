"""Who stands for a government: persons by their titles, administrations by theirs; experts do not."""

from stancebrief.stance import targets


def test_persons_by_title_and_administrations_by_the_country_of_the_article():
    text = (
        "President Jane Roe met South Korean President Kim Doe. "
        "The Vance administration did less, the White House said."
    )
    assert targets.persons(text, {}) == {"Roe": "USA", "Doe": "KOR", "Vance": "USA"}


def test_an_administration_takes_the_country_named_beside_it():
    text = "The White House was told that in South Korea the Doe administration had changed course."
    assert targets.persons(text, {}) == {"Doe": "KOR"}


def test_lawmakers_candidates_and_experts_stand_for_no_government():
    text = "Sen. Ann Roe spoke. Max Vance, a candidate for office, agreed. Liz Doe, an analyst at a bank, did not."
    spoken = {"Ann Roe": "USA", "Max Vance": "USA", "Liz Doe": "USA", "Tom Poe": "USA"}
    assert targets.persons(text, spoken) == {"Poe": "USA"}
