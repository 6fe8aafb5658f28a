"""Who said what, by phenomenon. All sentences are our own."""

import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stancebrief import statements, tables

LEAD = (
    "The meeting in the capital went on for most of the day and far into the night, and the hall was full of "
    "delegates from all over the continent when it ended at last and the lights went out.\n\n"
)


def extract(text, lead=False, furniture=()):
    """The statements of a text; `lead` puts a paragraph before it, so that its first line is no headline."""
    text = LEAD + text if lead else text
    frame = pd.DataFrame([{"article": "a.txt", "text": text, "furniture": json.dumps(list(furniture))}])
    found, _ = statements.extract(frame)
    return list(found.itertuples())


def told(text, **more):
    """(kind, content, speaker, countries) of each statement."""
    return [(r.kind, r.content, r.speaker, r.countries) for r in extract(text, **more)]


def contents(text, **more):
    return [r.content for r in extract(text, **more)]


def test_direct_quotation_after_and_before_its_source():
    assert told('"We will not sign this treaty," Finnish envoy Aino Virta said.') == [
        ("direct", "We will not sign this treaty", "Aino Virta", "FIN")
    ]
    assert told('Finnish envoy Aino Virta said: "We will not sign this treaty."') == [
        ("direct", "We will not sign this treaty", "Aino Virta", "FIN")
    ]
    assert contents("“We will not sign this treaty,” said Aino Virta.") == ["We will not sign this treaty"]


def test_quotation_broken_by_its_attribution_gives_a_statement_for_each_sentence():
    found = extract(
        '"The treaty is dead," Aino Virta, the envoy of Finland, said. "We have said so for years. '
        'Nobody wanted to listen to our warnings."'
    )
    assert [r.content for r in found] == [
        "The treaty is dead",
        "We have said so for years",
        "Nobody wanted to listen to our warnings",
    ]
    assert {r.speaker for r in found} == {"Aino Virta"} and {r.countries for r in found} == {"FIN"}


def test_quotation_goes_on_over_paragraphs():
    text = (
        "“The treaty is dead and buried,” Norway's foreign minister, Kari Lund, said on Friday.\n\n"
        "“We have said so for years, and for years nobody has listened.\n\n“Now everybody can see it.”\n\n"
        "“It will not be the last one to go,” she said."
    )
    found = extract(text)
    assert len(found) == 4
    assert {r.speaker for r in found} == {"Kari Lund"} and {r.countries for r in found} == {"NOR"}


def test_question_and_exclamation_before_the_source():
    assert told('"Why should we sign this treaty now?" Finnish envoy Aino Virta asked.', lead=True) == [
        ("direct", "Why should we sign this treaty now", "Aino Virta", "FIN")
    ]


def test_indirect_speech_with_and_without_that():
    assert told("Norway said on Monday that the treaty was dead.") == [
        ("indirect", "the treaty was dead", "Norway", "NOR")
    ]
    assert told("The treaty was dead, Norway said on Monday.") == [("indirect", "The treaty was dead", "Norway", "NOR")]
    assert contents("The treaty, Norway said, was never meant to last.", lead=True)[-1].startswith("The treaty")


def test_according_to():
    assert told("The treaty was dead, according to Norway.")[0][1:] == ("The treaty was dead", "Norway", "NOR")
    assert told("According to Norway, the treaty was dead before it was signed.")[0][1:3] == (
        "the treaty was dead before it was signed",
        "Norway",
    )


def test_paraphrase_with_quoted_words_is_mixed():
    (row,) = extract('Norway said the treaty was "dead and buried" and would not be revived.')
    assert row.kind == "mixed"
    assert row.content == 'the treaty was "dead and buried" and would not be revived'


def test_words_in_marks_that_only_name_are_no_statement():
    assert contents('The "iron river" pipeline was opened in March.') == []
    (row,) = extract('Norway asked whether the "iron river" pipeline was safe.')
    assert row.kind == "indirect"


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("Norway condemned the raid on Friday.", "the raid"),
        ("Norway accused Sweden of wasting time.", "Sweden of wasting time"),
        ("Norway blamed Sweden for the delay.", "Sweden for the delay"),
        ("Norway rejected the offer.", "the offer"),
        ("Norway defended its vote against the treaty.", "its vote against the treaty"),
        ("Norway urged Sweden to return to the talks.", "Sweden to return to the talks"),
        ("Norway called for sanctions on the smugglers.", "sanctions on the smugglers"),
        ("Norway called on Sweden to sign the treaty.", "Sweden to sign the treaty"),
        ("Norway vowed to retaliate.", "to retaliate"),
        ("Norway made a plea for the sanctions to be lifted.", "the sanctions to be lifted"),
        ("Norway expressed outrage over the raid.", "outrage over the raid"),
        ("Norway dubbed the treaty a fraud.", "the treaty a fraud"),
        ("Norway asked if the treaty was dead.", "if the treaty was dead"),
    ],
)
def test_cues_whose_object_is_the_content(sentence, content):
    assert content in [c.removesuffix(" on Friday") for c in contents(sentence)]


def test_two_reporting_words_are_two_statements():
    assert contents(
        "Norway has warned that the smugglers are preparing a raid, and says it will close the border.", lead=True
    )[-2:] == ["the smugglers are preparing a raid", "it will close the border"]
    assert len(contents("Norway blamed Sweden for the delay, pressing it to act.", lead=True)) >= 1


def test_report_after_with_is_a_report_of_its_own():
    found = told(
        "Norway has warned that the smugglers are preparing a raid, with Sweden saying it will close the border."
    )
    assert [(c, s) for _, c, s, _ in found] == [
        ("the smugglers are preparing a raid", "Norway"),
        ("it will close the border", "Sweden"),
    ]


def test_acts_aims_and_conditions_are_no_statements():
    assert contents("Norway vetoed the draft and launched a satellite.", lead=True) == []
    assert contents("Norway did not respond to a request for comment.", lead=True) == []
    assert contents("Norway called an emergency meeting.", lead=True) == []
    assert contents("Norway could demand a recount.", lead=True) == []
    assert contents("Envoys met in a bid to question the treaty.", lead=True) == []


def test_nested_report_counts_for_who_is_quoted():
    (row,) = extract("The state news agency quoted Finnish envoy Aino Virta as saying the treaty was dead.")
    assert (row.speaker, row.countries, row.content) == ("Aino Virta", "FIN", "the treaty was dead")
    assert told("Finnish envoy Aino Virta was quoted as saying that the treaty was dead.")[0][2] == "Aino Virta"


def test_one_report_inside_another_is_not_counted_twice():
    assert len(contents("Norway said that Sweden had claimed the island was empty.")) == 1


def test_what_somebody_called_something_inside_a_report_by_another():
    found = told(
        'Other envoys denounced what Finnish minister Aino Virta called the "shameful, cowardly" raid.', lead=True
    )
    assert ('the "shameful, cowardly" raid', "Aino Virta") in [(c, s) for _, c, s, _ in found]


def test_denials_of_a_claim_in_a_relative_clause():
    found = told("Norway defended the raid as an answer to threats from Sweden – a claim that Stockholm denies.")
    assert ("a claim", "Stockholm", "SWE") in [row[1:] for row in found]


def test_headline_with_two_countries_and_headline_colon():
    found = told("Norway, Sweden defend fishing veto")
    assert found[0][1] == "fishing veto" and set(found[0][3].split("|")) == {"NOR", "SWE"}
    found = told("Oslo can do more: Sweden defends fishing veto")
    assert [(c, s, n) for _, c, s, n in found] == [
        ("Oslo can do more", "Sweden", "SWE"),
        ("fishing veto", "Sweden", "SWE"),
    ]


def test_spun_synonyms_are_read_only_where_they_report():
    assert told("Norway confused that the treaty was dead.", lead=True)[-1][1] == "the treaty was dead"
    assert contents("Norway confused the two treaties.", lead=True) == []
    assert told("Norway's ambassador, Kari Lund, additionally known as for sanctions to be lifted.", lead=True)[-1][
        1:
    ] == ("sanctions to be lifted", "Kari Lund", "NOR")
    assert contents("The island, generally known as Little Eye, is empty.", lead=True) == []


def test_statement_issued_by_somebody_is_that_bodys():
    assert told("The treaty was dead, a statement issued by the Norwegian government said.")[0][3] == "NOR"
    assert told("In a statement condemning the raid, Norway called for calm.")[0][2] == "Norway"


# speakers -----------------------------------------------------------------------------------------------------------


def test_surname_and_pronoun_stand_for_the_full_name():
    text = (
        "Norway's foreign minister, Kari Lund, said the treaty was dead. She added that nobody had wanted it. "
        "Lund said there would be another."
    )
    assert [r.speaker for r in extract(text)] == ["Kari Lund"] * 3
    assert {r.countries for r in extract(text)} == {"NOR"}


def test_pronoun_skips_persons_of_the_other_gender():
    text = (
        "Ms. Kari Lund, the Norwegian minister, met Mr. Lars Holm of Sweden. She said the treaty was dead. "
        "He said that it was alive."
    )
    assert [r.speaker for r in extract(text)] == ["Kari Lund", "Lars Holm"]


def test_pronoun_before_its_subject():
    (row,) = [
        r
        for r in extract("In her statement condemning the raid, Norwegian minister Maria Lund defended her record.")
        if r.cue == "condemning"
    ]
    assert row.speaker == "Maria Lund"


def test_description_stands_for_the_person_with_that_office():
    text = (
        "Finnish ambassador Aino Virta met the Norwegian minister Kari Lund. Lund said the treaty was dead. "
        "The ambassador said that it was alive."
    )
    assert [r.speaker for r in extract(text)] == ["Kari Lund", "Aino Virta"]


def test_two_countries_speak_together():
    text = "Norway and Sweden have closed the border. The two countries said that it would stay closed."
    (row,) = extract(text)
    assert set(row.countries.split("|")) == {"NOR", "SWE"}
    (row,) = extract("Norway and Sweden said the border was closed.")
    assert set(row.countries.split("|")) == {"NOR", "SWE"}


def test_agreeing_with_somebody_is_said_by_both():
    (row,) = extract("Norwegian President Kari Lund has agreed with Swedish President Lars Holm to extend the patrols.")
    assert row.content == "to extend the patrols" and set(row.countries.split("|")) == {"NOR", "SWE"}


def test_it_and_they_stand_for_the_body_that_spoke():
    text = "The Security Council condemned the raid. It said that the raid was a crime."
    assert [r.countries for r in extract(text)] == ["UN", "UN"]


def test_aside_about_a_country_is_not_part_of_the_speaker():
    (row,) = extract("Even Norway, Sweden's oldest ally, said it was opposed to the raid.")
    assert row.countries == "NOR"


def test_private_person_stays_unknown_and_expert_is_other():
    assert told('"We heard it in the night," said Lars Holm, a fisherman.')[0][3] in ("UNKNOWN", "OTHER")
    assert told('"We heard it in the night," said Lars Holm, a scholar at a research institute.')[0][3] == "OTHER"


def test_adviser_speaks_for_whom_the_principal_speaks():
    text = (
        'Norwegian President Kari Lund arrived on Monday. "The treaty is dead," said Lars Holm, Lund\'s national '
        "security adviser."
    )
    assert extract(text)[-1].countries == "NOR"


def test_speaking_for_a_country():
    assert told("Speaking for Norway, deputy ambassador Kari Lund dismissed the accusations.")[0][2:] == (
        "Kari Lund",
        "NOR",
    )


# text as it comes -------------------------------------------------------------------------------------------------


def test_broken_and_mixed_marks():
    assert told("Norway said the treaty was âdead and buriedâ  and nothing more.")[0][0] == "mixed"
    assert contents("''The treaty is dead,'' Finnish envoy Aino Virta said.") == ["The treaty is dead"]
    assert contents('“The treaty is dead," Finnish envoy Aino Virta said.') == ["The treaty is dead"]
    assert contents('"The treaty is dead for all of us " Finnish envoy Aino Virta said.') == [
        "The treaty is dead for all of us"
    ]


def test_stray_mark_harms_its_paragraph_at_most():
    text = 'The ship was 60" long and the crew said nothing.\n\n"The treaty is dead," Finnish envoy Aino Virta said.'
    assert "The treaty is dead" in contents(text)
    frame = pd.DataFrame([{"article": "a.txt", "text": text, "furniture": "[]"}])
    _, problems = statements.extract(frame)
    assert list(problems.problem) == ["unpaired quotation marks"]


def test_doubled_spaces_do_not_lead_the_parser_astray():
    assert contents('When  Norway  called  Sweden  a  "rogue state with no shame"  it  was not alone.', lead=True)


def test_furniture_is_not_read():
    text = LEAD + "Norway said the treaty was dead.\n\nSweden says share this article."
    start = text.index("Sweden says")
    assert contents(text, furniture=[[start, len(text), "share"]]) == ["the treaty was dead"]


def test_every_row_fits_the_table_and_its_offsets():
    text = LEAD + (
        '"The treaty is dead," Norway\'s foreign minister, Kari Lund, said. "It was never alive, to be honest."\r\n\r\n'
        "She urged Sweden to act.\n"
    )
    frame = pd.DataFrame([{"article": "a.txt", "text": text, "furniture": "[]"}])
    found, problems = statements.extract(frame)
    tables.check(found, "statements"), tables.check(problems, "problems")
    assert len(found) == 3
    for r in found.itertuples():
        assert text[r.start : r.end] == r.content
        assert r.statement == f"a.txt:{r.start}-{r.end}" == r.utterance
        assert r.paragraph_start <= r.start < r.end <= r.paragraph_end
        if r.cue_start >= 0:
            assert " ".join(text[r.cue_start : r.cue_end].split()) == r.cue
        if r.speaker_start >= 0:
            assert text[r.speaker_start : r.speaker_end] == r.speaker_as_written
        assert 0 <= r.confidence <= 1


def test_no_articles_give_an_empty_table():
    found, problems = statements.extract(pd.DataFrame({"article": [], "text": [], "furniture": []}))
    assert found.empty and problems.empty and list(found.columns) == tables.TABLES["statements"].names


WORDS = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "'",
        "’",
        "''",
        "«",
        "â",
        "Norway",
        "Kim",
        "he",
        "she",
        "said",
        "that",
        "told",
        "they",
        "called",
        "for",
        "according to",
        "the treaty",
        "is",
        "dead",
        ",",
        ".",
        ":",
        "?",
        "\n\n",
        "\n",
        " ",
        "—",
        "urged",
        "to",
        "Mr.",
        "U.S.",
        "(",
        ")",
        "<b>",
        "\x00",
        "\u200b",
        "both leaders",
        "with",
        "and",
        "It",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.lists(WORDS, max_size=40).map("".join) | st.text(max_size=300))
def test_any_text_gives_rows_whose_offsets_are_true_and_no_exception(text):
    frame = pd.DataFrame([{"article": "a.txt", "text": text, "furniture": "[]"}])
    found, problems = statements.extract(frame)
    assert "article not read" not in set(problems.problem)
    for r in found.itertuples():
        assert text[r.start : r.end] == r.content and r.content.strip()
        if r.cue_start >= 0:
            assert " ".join(text[r.cue_start : r.cue_end].split()) == r.cue
        if r.speaker_start >= 0:
            assert text[r.speaker_start : r.speaker_end] == r.speaker_as_written


def whom(text, **more):
    """Speaker -> the countries that its statements got."""
    found = {}
    for r in extract(text, **more):
        found.setdefault(r.speaker, set()).add(r.countries)
    return found


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("OSLO, March 3 (Wire) -- The harbour will stay shut, Foreign Minister Kari Lund said.", "NOR"),
        ("HELSINKI: Nobody was asked, the main opposition party said in a letter.", "FIN"),
        ("SEOUL — The plan is dead, said Han Bora, floor leader of the ruling party.", "KOR"),
        ("WASHINGTON — Nobody has left, said Jane Doe, the national security adviser.", "USA"),
    ],
)
def test_an_office_without_a_country_is_the_home_s(text, country):
    (found,) = extract(f"A plan for the harbour\n\n{text}\n")
    assert found.countries == country


@pytest.mark.parametrize(
    "text",
    [
        "WASHINGTON — The harbour will stay shut, Foreign Minister Kari Lund said.",  # there is no such office there
        "OSLO — The harbour will stay shut, Kari Lund, a baker, said.",
        "OSLO — Nobody has asked us, a European diplomat said.",
        "The harbour will stay shut, Foreign Minister Kari Lund said.",
    ],
)
def test_no_home_without_an_office_that_the_home_has(text):
    assert {r.countries for r in extract(f"A plan for the harbour\n\n{text}\n")} <= {"UNKNOWN", "OTHER"}


def test_an_office_belongs_to_the_country_spoken_of_or_the_place_of_its_paragraph():
    text = "Norway was more careful. Foreign Ministry spokesman Odd Berg said the plan was too dear."
    assert whom(text, lead=True) == {"Odd Berg": {"NOR"}}
    assert whom("In Helsinki, the mood was better. The plan is good, Prime Minister Aino Virta said.", lead=True) == {
        "Aino Virta": {"FIN"}
    }
    assert whom('"It is too dear," the ministry spokesman Odd Berg told a briefing in Oslo.', lead=True) == {
        "Odd Berg": {"NOR"}
    }
    # what a State did is no reaction: the minister who speaks of it is not its own
    assert whom("Norway fired two rockets. Foreign Minister Aino Virta said it was a mistake.", lead=True) == {
        "Aino Virta": {"UNKNOWN"}
    }


def test_an_article_gives_one_person_one_country():
    text = (
        'OSLO — It was a long day.\n\n"The door is open," Kari Lund said on Monday.\n\n'
        "The Foreign Minister said talks would go on.\n\n"
        'Lund said: "We are patient people."\n'
    )
    assert whom("A plan for the harbour\n\n" + text) == {"Kari Lund": {"NOR"}}
    text = (
        'The UN special rapporteur on prisons in Norway, Aino Virta, urged the guards to act. "It is late," Virta said.'
    )
    assert {c for codes in whom(text, lead=True).values() for c in codes} == {"UN"}


def test_an_office_told_by_a_clause():
    assert whom("Odd Berg takes the floor for Norway. He says the plan is dear.", lead=True) == {"Odd Berg": {"NOR"}}
    assert whom("Jane Doe, who chairs the House foreign affairs committee, said it was late.", lead=True) == {
        "Jane Doe": {"USA"}
    }
    assert whom("Norway asked for more time. Its envoy said the plan was dear.", lead=True)["Its envoy"] == {"NOR"}


def test_a_body_is_never_another_body():
    text = (
        'The Committee for Harbours of Norway said the plan was dear.\n\n"We will pay," Finnish Interior Minister '
        "Aino Virta said.\n\nThe ministry said the money was there.\n"
    )
    assert whom(text, lead=True)["The ministry"] == {"FIN"}


def test_a_party_or_a_paper_of_a_state_is_no_government():
    assert whom("A political party of Norway said the plan was dear.", lead=True) == {
        "A political party of Norway": {"OTHER"}
    }
    assert whom("A Norwegian paper wrote that the plan was dear.", lead=True) == {"A Norwegian paper": {"OTHER"}}


def test_a_statement_printed_in_full_is_its_issuer_s_to_the_next_report():
    text = (
        "Spokesperson for the Ministry of Norway Issues Statement\n\n"
        "A spokesperson for the Foreign Ministry of Norway issued the following statement on Monday:\n\n"
        "The harbour is ours. Nobody has a right to close it without asking us first, by night or by day.\n\n"
        "Whoever shuts it will pay for it.\n\n"
        "The spokesperson also thanked the crews.\n\n"
        "Rain fell on the harbour all day, and the boats stayed where they were until the evening came.\n"
    )
    found = [r for r in extract(text) if r.rule == "printed"]
    assert [r.content for r in found] == [
        "The harbour is ours",
        "Nobody has a right to close it without asking us first, by night or by day",
        "Whoever shuts it will pay for it",
    ]
    assert {r.countries for r in found} == {"NOR"}
    assert not [
        r for r in extract("Norway issued a statement on Monday.\n\nThe harbour is ours.\n") if r.rule == "printed"
    ]


def test_who_was_asked_does_not_ask():
    found = extract("Kari Lund, asked whether she would go to Helsinki, said she had no plans.", lead=True)
    assert [(r.content, r.speaker) for r in found] == [("she had no plans", "Kari Lund")]


def test_a_feeling_voiced_is_the_content_and_notice_is_given():
    assert contents("Norway voiced deep regret over the closing of the harbour.", lead=True) == [
        "deep regret over the closing of the harbour"
    ]
    assert contents("Norway served notice that it would keep the harbour open.", lead=True) == [
        "it would keep the harbour open"
    ]


def test_the_date_of_a_report_is_no_content():
    assert contents("Norway said it will keep the harbour open, a day after Finland closed its own.", lead=True) == [
        "it will keep the harbour open"
    ]


def test_a_supposed_country_is_less_sure():
    (named,) = extract("A plan\n\nOSLO — Talks go on, Norway's foreign minister, Kari Lund, said.\n")
    (supposed,) = extract("A plan\n\nOSLO — It was a long day.\n\nTalks go on, Foreign Minister Kari Lund said.\n")
    assert supposed.countries == named.countries == "NOR" and supposed.confidence < named.confidence
