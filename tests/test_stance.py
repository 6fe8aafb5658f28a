"""Stance by phenomenon and by property: the grammar decides, and says in which words."""

import json
import pathlib

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import codebook, stance, study, tables
from stancebrief.agreement import gold
from stancebrief.stance import valence

BOOK = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
SHARED = pathlib.Path(__file__).resolve().parents[2] / "shared"


def read(says: str, cue: str = "", by: str = "USA", text: str = "") -> dict[str, str]:
    """{target: stance} of a content that stands alone."""
    return {p.target: stance.NAMES[p.sign] for p in stance.toward_target(says, BOOK, cue=cue, by=by, text=text)}


CASES = [
    # what is asked for the target
    ("CHN", "urged", "the Council to ease sanctions on Pyongyang", {"sanctions": "oppose"}),
    ("USA", "urged", "the Council to tighten sanctions on Pyongyang", {"sanctions": "support"}),
    ("JPN", "called for", "full implementation of the sanctions", {"sanctions": "support"}),
    ("RUS", "called for", "an end to the sanctions", {"sanctions": "oppose"}),
    ("UN", "appealed for", "humanitarian aid for North Korea", {"humanitarian_aid": "support"}),
    ("KOR", "agreed", "to expand the joint military drills", {"joint_exercises": "support"}),
    # negation
    ("USA", "urged", "members not to weaken the sanctions", {"sanctions": "support"}),
    ("CHN", "said", "Beijing does not support the sanctions", {"sanctions": "oppose"}),
    ("RUS", "said", "there is no justification for further sanctions", {"sanctions": "oppose"}),
    ("JPN", "said", "now is not the time for talks", {"dialogue": "oppose"}),
    ("USA", "said", "Washington has no plans to lift sanctions", {"sanctions": "support"}),
    # the cue's own valence
    ("KOR", "condemned", "the missile launch", {"dprk_weapons": "oppose"}),
    ("PRK", "hailed", "the missile launch as a great success", {"dprk_weapons": "support"}),
    ("PRK", "rejected", "the offer of talks", {"dialogue": "oppose"}),
    ("JPN", "lodged a strong protest against", "the missile launch", {"dprk_weapons": "oppose"}),
    ("KOR", "expressed regret over", "the vetoes by China and Russia", {"veto": "oppose"}),
    # who is blamed, and for what
    ("PRK", "accused", "the United States of plotting an invasion", {"us_policy": "oppose"}),
    ("USA", "accused", "China of failing to enforce sanctions", {"china_russia": "oppose", "sanctions": "support"}),
    ("RUS", "said", "Washington is to blame for the escalation", {"us_policy": "oppose"}),
    # evaluation
    ("JPN", "said", "the missile launch was absolutely unacceptable", {"dprk_weapons": "oppose"}),
    ("FRA", "said", "the sanctions are working", {"sanctions": "support"}),
    ("PRK", "said", "Our nuclear forces are the reliable guarantee of peace", {"dprk_weapons": "support"}),
    # effect claimed
    ("OTHER", "said", "sanctions have not stopped the missile program", {"sanctions": "oppose"}),
    (
        "CHN",
        "said",
        "More sanctions would only make a political solution more remote",
        {"sanctions": "oppose", "dialogue": "support"},
    ),
    # harm done to it shows its worth
    ("USA", "accused", "China and Russia of undermining sanctions", {"china_russia": "oppose", "sanctions": "support"}),
    ("GBR", "said", "the launches are a clear breach of UN resolutions", {"dprk_weapons": "oppose"}),
    # asking a power to do more; a suggestion
    (
        "CHN",
        "said",
        "There are things the US can do, such as ending the joint military drills",
        {"us_policy": "oppose", "joint_exercises": "oppose"},
    ),
    ("USA", "urged", "China to use its influence over Pyongyang", {"china_russia": "oppose"}),
    ("USA", "thanked", "China for its cooperation", {"china_russia": "support"}),
    # contrast, regret, insinuation, warning
    ("CHN", "said", "The Council should play a positive role rather than resort to sanctions", {"sanctions": "oppose"}),
    ("MEX", "said", "Mexico regrets that the sanctions could not be adopted", {"sanctions": "support"}),
    ("USA", "", "We hope these vetoes were not a favour to an ally", {"veto": "oppose"}),
    ("KOR", "warned", "North Korea is preparing to conduct a nuclear test", {"dprk_weapons": "oppose"}),
    # one's own course
    ("USA", "denied", "that its policy was hostile", {"us_policy": "support"}),
    # a bargain is weighed, not taken
    ("USA", "said", "the United States was ready to discuss lifting some sanctions", {"sanctions": "neutral"}),
    # nothing: facts, forecasts, capabilities, conditions, others' views
    ("KOR", "said", "North Korea fired two ballistic missiles into the sea", {}),
    ("KOR", "said", "the North could conduct a nuclear test at any time", {}),
    ("OTHER", "said", "the new missile can probably reach Guam", {}),
    ("OTHER", "said", "Pyongyang is likely to carry out a nuclear test before winter", {}),
    ("UN", "said", "if a nuclear test takes place, further sanctions may follow", {}),
    ("CHN", "said", "even if sanctions are extended, the border stays open", {}),
    ("JPN", "said", "Russia wants the sanctions to be lifted", {}),
    ("CHN", "said", "the Council spoke of sanctions over the missile launches", {}),
    ("RUS", "said", "sanctions should not hurt civilians", {"sanctions": "neutral"}),
]


@pytest.mark.parametrize(("by", "cue", "says", "wanted"), CASES, ids=[case[2][:50] for case in CASES])
def test_phenomena(by, cue, says, wanted):
    assert read(says, cue, by) == wanted

NEWS = (
    "North Korea fired a ballistic missile last week, months after a nuclear test. The United States circulated a "
    "draft resolution with new sanctions at the Security Council. The military drills of South Korea and the United "
    "States began on Monday. Talks have stalled."
)
IN_THE_NEWS = [
    # general words count where the article is about the dossier
    ("JPN", "condemned", 'Sunday\'s launch as "utterly intolerable"', {"dprk_weapons": "oppose"}),
    ("FRA", "deplored", "the firing of two rockets", {"dprk_weapons": "oppose"}),
    ("KOR", "", "We will not tolerate another provocation", {"dprk_weapons": "oppose"}),
    ("KOR", "welcomed", "the draft", {"sanctions": "support"}),
    ("GBR", "said", "the resolution sends a strong message", {"sanctions": "support"}),
    ("ALB", "voiced", "support for the measures", {"sanctions": "support"}),
    ("RUS", "called", "the American proposal a blind alley", {"sanctions": "oppose"}),
    ("CHN", "said", "pressure alone would not bring a solution", {"sanctions": "neutral"}),
    ("OTHER", "said", "the penalties have failed", {"sanctions": "oppose"}),
    ("PRK", "said", "any new penalties would be met with force", {"sanctions": "oppose"}),
    ("KOR", "said", "tougher penalties were needed", {"sanctions": "support"}),
    ("PRK", "called", "the manoeuvres a prelude to war", {"joint_exercises": "oppose"}),
    ("USA", "said", "the exercises were long prepared and transparent", {"joint_exercises": "support"}),
    ("KOR", "said", "the exercises would go ahead as planned", {"joint_exercises": "support"}),
    ("CHN", "said", "What is required is a return to negotiations", {"dialogue": "support"}),
    ("PRK", "", "We have no interest in talking to the Americans", {"dialogue": "oppose"}),
    ("RUS", "", "Food aid should not be held hostage to politics", {"humanitarian_aid": "support"}),
    # a pronoun for it, later in the sentence
    ("CAN", "said", "those who vote for sanctions know that we should enforce them", {"sanctions": "support"}),
    # a bargain
    ("USA", "offered", "to lift some sanctions if the North froze its reactor",
     {"sanctions": "neutral", "dialogue": "support"}),
    # what is asked, weighed or told of others is not asserted
    ("UN", "urged", "the Council to consider how sanctions affect ordinary people", {}),
    ("CHN", "urged", "calm as Washington pressed for tougher sanctions", {}),
    ("USA", "told", "that the North had condemned the exercises", {}),
    ("OTHER", "said", "the sanctions will fail unless all join", {}),
    ("JPN", "said", "Beijing feared a collapse of the talks", {}),
]  # fmt: skip


@pytest.mark.parametrize(("by", "cue", "says", "wanted"), IN_THE_NEWS, ids=[case[2][:50] for case in IN_THE_NEWS])
def test_words_that_name_a_target_only_in_an_article_about_it(by, cue, says, wanted):
    found = stance.toward_target(says, BOOK, cue=cue, by=by, text=NEWS)
    assert {p.target: stance.NAMES[p.sign] for p in found} == wanted


@pytest.mark.parametrize(
    "says", ["the draft", "the measures", "the launch", "the drills", "the summit", "the satellite"]
)
def test_general_words_name_nothing_in_an_article_about_something_else(says):
    text = "The city council met on Monday to plan the opening of the harbour."
    assert stance.toward_target(says, BOOK, cue="welcomed", by="FRA", text=text) == []


SUBJECTS = ["the sanctions", "sanctions on the DPRK", "all UN sanctions", "the new sanctions on North Korea"]
DUTIES = ["should", "must", "ought to"]
LOWER = ["lifted", "eased", "suspended", "removed", "relaxed", "scrapped"]
RAISE = ["extended", "tightened", "strengthened", "enforced", "expanded", "maintained"]
PLAIN = ["", " at once", " in full", " this year"]


@given(st.sampled_from(SUBJECTS), st.sampled_from(DUTIES), st.sampled_from(LOWER + RAISE), st.sampled_from(PLAIN))
@settings(max_examples=30, deadline=None)
def test_negating_the_verb_of_what_is_asked_flips_the_sign(subject, duty, verb, end):
    flip = {"support": "oppose", "oppose": "support"}
    base = {"should": "should not be", "must": "must not be", "ought to": "ought not to be"}
    plain = read(f"{subject.capitalize()} {duty} be {verb}{end}")
    denied = read(f"{subject.capitalize()} {base[duty]} {verb}{end}")
    assert plain == {"sanctions": "oppose" if verb in LOWER else "support"}
    assert denied == {"sanctions": flip[plain["sanctions"]]}


@given(
    st.sampled_from(["urged", "asked", "called on", "pressed"]),
    st.sampled_from(["ease", "lift", "suspend"]),
    st.sampled_from(["the Council", "all members", "the United Nations"]),
)
@settings(max_examples=10, deadline=None)
def test_negating_an_infinitive_flips_the_sign(cue, verb, whom):
    assert read(f"{whom} to {verb} the sanctions", cue, "RUS") == {"sanctions": "oppose"}
    assert read(f"{whom} not to {verb} the sanctions", cue, "RUS") == {"sanctions": "support"}


def frame(text: str, spans: list[tuple[int, int]], **given_) -> pd.DataFrame:
    rows = [
        {
            "statement": f"a:{a}-{b}",
            "article": "a",
            "start": a,
            "end": b,
            "kind": "direct",
            "content": text[a:b],
            "cue": "said",
            "cue_start": -1,
            "cue_end": -1,
            "speaker": "An envoy",
            "speaker_as_written": "",
            "speaker_start": -1,
            "speaker_end": -1,
            "countries": "CHN",
            "country_basis": "",
            "rule": "",
            "confidence": 1.0,
            "paragraph_start": 0,
            "paragraph_end": len(text),
            "utterance": "",
        }
        | given_
        for a, b in spans
    ]
    return pd.DataFrame(rows)


def articles_of(text: str) -> pd.DataFrame:
    return pd.DataFrame([{"article": "a", "text": text}])


@given(
    st.text(max_size=120)
    | st.lists(
        st.sampled_from(
            [
                "sanctions",
                "must",
                "not",
                "be",
                "lifted",
                "the veto",
                "“",
                "”",
                ",",
                ".",
                "US",
                "if",
                "who",
                "nuclear test",
                "\n",
                "\u2028",
                "and",
                "of",
                "by",
                "condemned",
                "that",
                "n’t",
                "…",
                "(",
                "\x00",
                "talks",
            ]
        ),
        max_size=25,
    ).map(" ".join)
)
@settings(max_examples=60, deadline=None)
def test_never_raises_and_points_at_words_of_the_content(text):
    if not text:
        return
    spans = [(0, len(text)), (len(text) // 3, max(len(text) // 3 + 1, 2 * len(text) // 3))]
    for start, end in spans:
        found = stance.code(frame(text, [(start, end)]), articles_of(text), BOOK)
        tables.check(found, "positions")
        for row in found.to_dict("records"):
            for a, b in json.loads(row["spans"]):
                assert 0 <= a < b <= len(text)
                assert text[a:b] in row["words"]


def test_two_countries_that_speak_together_give_a_row_each_with_exact_words():
    text = "China and Russia said the sanctions should be lifted."
    at = text.index("the sanctions")
    found = stance.code(
        frame(text, [(at, len(text) - 1)], countries="CHN|RUS", kind="indirect"), articles_of(text), BOOK
    )
    assert list(found["country"]) == ["CHN", "RUS"]
    assert set(found["stance"]) == {"oppose"}
    spans = json.loads(found["spans"][0])
    assert [text[a:b] for a, b in spans] == ["sanctions should", "lifted"]
    assert "should" in found["why"][0]
    assert (found["coder"] == "rules").all()


def test_a_judgement_without_a_target_is_carried_from_the_sentence_before():
    text = "The nuclear test violates Council resolutions. It is deeply regrettable."
    cut = text.index(" It")
    found = stance.code(frame(text, [(0, cut - 1), (cut + 1, len(text) - 1)]), articles_of(text), BOOK)
    second = found[found["statement"] == f"a:{cut + 1}-{len(text) - 1}"]
    assert list(second["target"]) == ["dprk_weapons"]
    assert list(second["stance"]) == ["oppose"]


def test_a_veto_of_sanctions_is_coded_as_a_veto_only():
    assert read("The vetoes of new sanctions were a mistake", by="FRA") == {"veto": "oppose"}


def test_sanctions_and_their_opposite_differ():
    assert read("The sanctions should be lifted") != read("The sanctions should not be lifted")


def test_no_statement_no_rows():
    empty = stance.code(frame("x", [(0, 1)]), articles_of("x"), BOOK)
    assert len(empty) == 0
    assert list(empty.columns) == tables.TABLES["positions"].names


def test_every_entry_of_the_word_list_is_well_formed_and_found_in_its_own_forms():
    for (words, part), classes in valence.entries().items():
        assert classes
        if part == "v":
            assert words in valence.forms(words)
    assert {"lifted", "lifting", "lifts"} <= valence.forms("lift")
    assert {"denied", "denies"} <= valence.forms("deny")
    assert {"stopped", "stopping"} <= valence.forms("stop")


@pytest.mark.parametrize(
    ("cue", "wanted"),
    [
        ("strongly condemned", "against"),
        ("made a plea for", "ask"),
        ("has repeatedly urged", "ask"),
        ("hit back", "deny"),
        ("expressed outrage over", "against"),
        ("defends", "for"),
        ("warned", "warn"),
        ("questioned", "question"),
        ("said", "say"),
        ("vowed", "intend"),
        ("called upon", "ask"),
    ],
)
def test_reporting_words_have_classes_in_any_form(cue, wanted):
    assert wanted in valence.of_cue(cue)


def measured(gold_path: pathlib.Path, folder: pathlib.Path, book: codebook.Codebook) -> dict:
    """The scorer's figures for positions given the hand-coded statements."""
    articles = pd.DataFrame(
        [{"article": p.name, "text": p.read_bytes().decode("utf-8", "replace")} for p in sorted(folder.glob("*.txt"))]
    )
    statements, wanted, problems = gold.load(gold_path, articles)
    assert problems.empty
    found = stance.code(statements, articles, book)
    key = ["statement", "country", "target", "stance"]
    a, b = ({tuple(row) for row in f[key].itertuples(index=False)} for f in (wanted, found))
    return {
        "precision": len(a & b) / max(1, len(b)),
        "recall": len(a & b) / max(1, len(a)),
        "f1": 2 * len(a & b) / max(1, len(a) + len(b)),
    }


@pytest.mark.parametrize(("name", "bar"), [("dprk-vetoes", 0.92), ("iran-snapback", 0.85)])
def test_positions_on_the_studies_that_ship_given_their_statements(name, bar):
    folder = study.DATA / name
    assert measured(folder / "gold.csv", folder / "articles", codebook.read(folder / "codebook.yaml"))["f1"] >= bar


def test_positions_on_the_development_articles_given_their_statements():
    if not (SHARED / "gold" / "dev.csv").exists():
        pytest.skip("the development articles are not here")
    assert measured(SHARED / "gold" / "dev.csv", SHARED / "gold" / "dev" / "articles", BOOK)["f1"] >= 0.85


def test_words_that_are_cue_and_content_both_are_read_once():
    text = "Envoys expressed outrage over the missile launch."
    at = text.index("outrage")
    given_ = {"kind": "indirect", "cue": "expressed outrage over", "cue_start": 7, "cue_end": at + len("outrage over")}
    found = stance.code(frame(text, [(at, len(text) - 1)], countries="FRA", **given_), articles_of(text), BOOK)
    assert list(found["stance"]) == ["oppose"]
