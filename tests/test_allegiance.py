"""For whom a speaker speaks where the words beside his name do not say it. All sentences are our own."""

import json

import pandas as pd
import pytest

from stancebrief import countries, statements
from stancebrief.articles import furniture


def said(text, outlet=""):
    """(speaker, countries) of each statement, in order."""
    row = {"article": "a.txt", "text": text, "furniture": json.dumps(furniture.spans(text)), "outlet_country": outlet}
    found, _ = statements.extract(pd.DataFrame([row]))
    return [(r.speaker, r.countries) for r in found.itertuples()]


def of(text, outlet=""):
    return [country for _, country in said(text, outlet)]


HEAD = "Leaders weigh their answer to the launch\n\n"


def test_an_explained_dateline_is_no_home_and_an_agency_tells_its_readers():
    body = "President Carl Brandt said the sanctions would stay. "
    assert of(HEAD + "VIENTIANE, Laos — " + body + "He met with Republicans in Congress before he left.") == ["USA"]
    assert of(HEAD + "SEOUL, March 3 (Yonhap) -- " + body) == ["KOR"]
    assert of(HEAD + "SEOUL (Reuters) - " + body) == ["UNKNOWN"]
    assert of(HEAD + "MANCHESTER, N.H. — " + body) == ["USA"]


def test_the_outlet_comes_before_the_dateline():
    text = HEAD + "KUALA LUMPUR — The foreign minister said the embassy would stay open."
    assert of(text) == ["MYS"]
    assert of(text, "SGP") == ["SGP"]


def test_words_that_one_press_leaves_bare_tell_its_home_and_one_alone_does_not():
    text = HEAD + "Press secretary Ann Moll said the plan was sound."
    assert of(text + " Republicans in Congress laughed.") == ["USA"]
    assert of(text + " Republicans laughed.") == ["UNKNOWN"]
    assert of(text + " Mexico's Congress laughed. The Mexican Senate did not.") == ["UNKNOWN"]


def test_a_ministry_stands_where_the_correspondent_writes():
    text = HEAD + "SEOUL, South Korea — The Defense Ministry said it saw no danger. The plan went on."
    assert of(text) == ["KOR"]


def test_an_office_takes_the_country_that_spoke_before_it_in_the_paragraph():
    assert of('Slovenia, which led the talks, said it had tried. "It is a shame," Ambassador Jan Kos said.') == [
        "SVN",
        "SVN",
    ]
    assert of("The Kremlin said it was sorry. Spokesman Ivan Orlov told reporters that it would wait.") == ["RUS"] * 2


@pytest.mark.parametrize(
    "who",
    [
        "Jane Roe, who served as deputy security adviser under President Carl Brandt,",
        "Jane Roe, who handled Asia for the council under President Carl Brandt and is now at the Carl Institute,",
        "Jane Roe, a deputy secretary of defense under President Carl Brandt,",
        "Jane Roe, who studies the North Korean economy at a college in Ohio,",
        "Jane Roe, who follows the talks for a research group in New York,",
        "The former U.S. ambassador to Seoul, Jane Roe,",
    ],
)
def test_who_held_an_office_or_studies_the_matter_speaks_for_no_government(who):
    assert of(f"{who} said the deal was weak.") == ["OTHER"]


def test_who_was_elected_goes_on_as_a_politician():
    assert of("Former U.S. Vice President Ann Moll said the deal was weak.") == ["USA"]
    assert of("Businessman Carl Brandt, who leads the Republican field in Iowa, said the deal was weak.") == ["USA"]


def test_its_ambassador_is_of_the_country_before_it_and_never_of_the_home():
    assert of("Norway took the rare step of sending its ambassador, Kari Lund. Lund said the test was a crime.") == [
        "NOR"
    ]
    text = HEAD + 'OSLO, May 2 -- The charity met. "We are tired," said Kari Lund, its acting president.'
    assert of(text) == ["OTHER"]


def test_a_campaign_and_an_administration_are_of_whom_they_are_named_after():
    text = "U.S. President Carl Brandt spoke at noon. Brandt's reelection campaign said he had won. "
    assert of(text) == ["USA"]
    assert countries.resolve("senior administration officials")[0] == ("USA",)
    assert countries.resolve("a senior Moon administration official")[0] == ("UNKNOWN",)


def test_a_states_own_medium_is_no_private_press():
    assert countries.resolve("the ruling party's newspaper, Rodong Sinmun")[0] == ("PRK",)
    assert countries.resolve("the newspaper Asahi")[0] == ("OTHER",)


def test_the_official_is_the_unnamed_one_and_not_the_person_named_before():
    text = (
        "Kari Lund, a spokeswoman for the Norwegian Foreign Ministry, said the talks were over. "
        "One French diplomat, who asked not to be named, laughed. "
        '"We have stopped counting," the diplomat said. "He is right," Lund said.'
    )
    assert said(text)[1] == ("One French diplomat", "FRA")
    assert said(text)[-1][0] == "Kari Lund"


def test_one_of_several_officials_is_of_their_country_and_he_may_be_unnamed():
    text = "Two senior Norwegian officials said the plan was real. One of the officials said there was no order."
    assert of(text) == ["NOR", "NOR"]
    found = said('A Danish diplomat said there was no choice. "We had none," he said.')
    assert found == [("A Danish diplomat", "DNK")] * 2


def test_a_body_is_never_another_of_its_kind():
    text = (
        "Norway said it would wait. The Israeli military fired on the town. The military said it was looking into it."
    )
    assert of(text) == ["NOR", "ISR"]
    assert said('Kim Do-hyun, a former analyst, said Ryu Min-jae was wrong. "He is," he said.')[1][0] == "Kim Do-hyun"


def test_two_senators_are_no_two_countries():
    text = "Norway and Sweden met. Two Republican senators accused the government of sleeping."
    assert of(text) == ["USA"]


STAYS = "TIRANA (Reuters) - Albania's government on Monday closed a port. "


@pytest.mark.parametrize(
    "who", ["Foreign Minister Ana Hoxha", "The president", "The army", "State television", "A government spokesman"]
)
def test_an_article_that_tells_of_the_place_it_is_filed_from_leaves_its_offices_bare(who):
    assert of(HEAD + STAYS + f"\n\n{who} said the ships would wait.") == ["ALB"]


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("Foreign Minister Ana Ruiz of Spain", "ESP"),
        ("A Western diplomat", "UNKNOWN"),
        ("The embassy in Rome", "UNKNOWN"),
        ("Jane Brown, an analyst in Tirana,", "OTHER"),
        ("In Rome, the foreign minister", "ITA"),
        ("Egypt's army shelled the town. The army", "EGY"),
    ],
)
def test_nobody_else_is_of_that_place(who, code):
    assert of(HEAD + STAYS + f"\n\n{who} said the ships would wait.") == [code]


def test_an_article_filed_from_a_place_and_telling_of_another_leaves_the_offices_open():
    text = HEAD + "TIRANA (Reuters) - Italy closed a port.\n\nForeign Minister Ana Hoxha said the ships would wait."
    assert of(text) == ["UNKNOWN"]


def test_armed_forces_without_a_country_are_of_the_place_an_american_writes_from():
    text = HEAD + "SEOUL, South Korea (AP) — A missile fell.\n\n{} said the flight was short."
    assert of(text.format("The Joint Chiefs of Staff")) == ["KOR"]
    assert of(text.format("The U.S. military")) == ["USA"]


def test_two_offices_without_a_country_are_of_the_one_country_at_the_top_that_has_them():
    top = "Denmark threatens Canada\n\nA warning reached Canada from Denmark on Monday.\n\n"
    bare = "Foreign Minister Helen Ware said the threat was idle.\n\nDefence Minister Max Reed said he agreed."
    foreign = "\n\nThe Danish defence minister said it was not."
    assert of(top + bare + foreign) == ["DNK", "CAN", "CAN", "DNK"]
    assert of(top + bare) == ["DNK", "UNKNOWN", "UNKNOWN"]  # either may be the readers' own


def test_a_place_set_off_before_an_office_is_stronger_than_who_was_named_before():
    text = ("Austrian President Carl Brandt said the talks were over.\n\n"
            "In Helsinki, the president said they would go on.")
    assert of(text) == ["AUT", "FIN"]


def test_a_body_named_just_before_is_meant_and_no_earlier_one():
    text = "The Peruvian military said it waited.\n\nThe Chilean military sent a ship. The military said it was old."
    assert of(text) == ["PER", "CHL"]


def test_the_country_of_the_country_s_ministry_is_the_one_spoken_of_and_not_the_home():
    text = HEAD + "KUALA LUMPUR: Laos closed a bridge on Monday.\n\nThe country's transport ministry said it was old."
    assert of(text) == ["LAO"]
    assert of(HEAD + "KUALA LUMPUR: A bridge was closed.\n\nThe transport ministry said it was old.") == ["MYS"]


def test_the_leader_and_state_media_are_of_the_one_state_named_with_the_word():
    text = "The Eritrean leader flew to Oslo.\n\n{} said the visit was long."
    assert of(text.format("The leader")) == ["ERI"]
    assert of(text.format("The opposition leader")) == ["UNKNOWN"]
    media = "Eritrea's state television showed a parade.\n\n{}State media said the crowd was large."
    assert of(media.format("")) == ["ERI"]
    assert of(media.format("Cuban state media showed one too.\n\n")) == ["UNKNOWN"]


def test_the_president_of_a_body_speaks_for_it_and_its_ambassadors_do_not():
    text = "The U.N. General Assembly met on Friday.\n\n{} said the debate would be long."
    assert of(text.format("Assembly President Ines Lobo")) == ["UN"]
    assert of(text.format("Assembly member Ines Lobo")) == ["UNKNOWN"]


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("The three countries", "GHA|MLI|NER"),
        ("The ministers", "GHA|MLI|NER"),
        ("The two countries", "UNKNOWN"),
    ],
)
def test_several_are_those_who_spoke_together(who, codes):
    text = "The ministers of Ghana, Mali and Niger said in a joint statement that roads were open.\n\nIt rained.\n\n"
    assert of(text + f"{who} said trade would grow.")[-1] == codes


def test_the_name_of_a_medium_belongs_to_its_description():
    assert said("State news agency Xinhua said the road was open.") == [("State news agency Xinhua", "CHN")]
    assert said("The PLA Daily, a newspaper, said in an editorial that roads were open.") == [("The PLA Daily", "CHN")]


def test_a_place_before_a_late_attribution_is_no_speaker():
    assert said("Food runs out in Laos, the Red Cross says") == [("the Red Cross", "OTHER")]


def test_the_north_in_the_words_around_a_name_is_the_one_the_paragraph_means():
    text = "North Korea sent a letter.\n\nPak Il-nam, the North's envoy, said it was short."
    assert of(text)[-1] == "PRK"


def test_a_surname_in_an_article_that_begins_with_a_short_sentence_is_the_person():
    assert of("Italian Prime Minister Ugo Conti waved.\n\nConti's office said the talks had stalled.") == ["ITA"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('In a newspaper article Kari Lund, the Norwegian envoy, said "no".', ["NOR"]),
        ('Norwegian envoy Kari Lund, interviewed by Fox News, said the ferry was late.', ["NOR"]),
        ("Farmer Jon Berg said the harbour was closed.", ["OTHER"]),
        ("Jon Berg, a fisherman, said the harbour was closed.", ["OTHER"]),
        ("Relief organisations say the harbour is closed.", ["OTHER"]),
        ("An official at the Elysée said the harbour was closed.", ["FRA"]),
        ("Social Democrat Jon Berg said the harbour was closed.", ["UNKNOWN"]),
        ("Democrat Jon Berg said the harbour was closed.", ["USA"]),
    ],
)
def test_what_stands_near_a_name_is_told_from_what_somebody_is(text, codes):
    assert of(HEAD + text) == codes


def test_several_countries_that_act_together_do_not_lend_theirs_to_an_office():
    several = "Denmark and Peru have agreed. "
    office = "The harbour is closed, said the ruling party's spokeswoman."
    assert of("The quota\n\n" + several + office)[-1] == "UNKNOWN"


def test_an_office_with_a_word_that_says_which_is_not_whoever_spoke_before():
    text = "SEOUL, Aug. 19 (Yonhap) -- Norway rejected the plan. The presidential office regretted the reply."
    assert of("The quota\n\n" + text) == ["NOR", "KOR"]


def test_a_prime_minister_is_of_no_country_that_has_none():
    text = ("Prime Minister Kari Lund hailed the sanctions on Iran. Iran has protested. "
            "Opposition lawmaker Jon Berg said she was late.")
    codes = of("PM hails sanctions\n\n" + text)
    assert (codes[0], codes[-1]) == ("UNKNOWN", "UNKNOWN")


@pytest.mark.parametrize(("text", "code"), [
    ("Prime Minister Ola Dal of Norway, his trip cut short by a storm in Cuba, said it was late.", "NOR"),
    ("Ethiopian Minister of Foreign Affairs Dawit Bekele said it was late.", "ETH"),
    ("Norwegian roads ministry spokeswoman Kim Do-hyun said it was late.", "NOR"),  # the parse cuts the name in two
    ("Norway's Roads Minister Ola Dal left. He said it was late.", "NOR"),
    ("Norway's Roads Minister Datuk Ola Dal left. Mr. Dal said it was late.", "NOR"),
    ("Norwegian president-elect Ola Dal left. He said it was late.", "NOR"),
    ("Harvards President Ola Dal left. He said it was late.", "UNKNOWN"),
])
def test_the_whole_of_a_name_and_of_its_office_is_read(text, code):
    assert of(HEAD + text)[-1] == code


def test_an_outlet_is_also_told_by_a_party_of_its_country_at_the_top():
    text = "Labor and the Greens met.\n\nResources Minister Ola Dal said it was late."
    row = {"article": "a.txt", "text": text, "furniture": "[]", "outlet": "The Age"}
    assert [r.countries for r in statements.extract(pd.DataFrame([row]))[0].itertuples()] == ["AUS"]
    assert of(text) == ["UNKNOWN"]
