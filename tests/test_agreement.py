"""Agreement: figures equal to the project's scorer, verdicts, alpha, calibration, worst cases, sentences."""

import importlib.util
import pathlib

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import agreement, intervals, tables
from stancebrief.agreement import correction, gold, reliability, scoring

SHARED = pathlib.Path(__file__).resolve().parents[2] / "shared"
TEXT = ("Ministers met on Tuesday.\n\nAvaria's envoy said the tariff must stay. \"We want talks,\" she added.\n"
        "Borduria called the tariff a mistake and urged talks. A trader said prices would rise.\n")
ARTICLES = pd.DataFrame([{"article": "a.txt", "text": TEXT}])
HEADER = "article,id,kind,speaker,country,cue,content,target,stance,note\n"
ROWS = ("a.txt,1,indirect,envoy,AVA,said,the tariff must stay,tariff,support,must stay asks to keep it\n"
        "a.txt,2,direct,envoy,AVA,added,We want talks,talks,support,\n"
        "a.txt,3,indirect,Borduria,BOR,called,the tariff a mistake,tariff,oppose,\n"
        "a.txt,4,indirect,Borduria,BOR,urged,talks,talks,support,\n"
        "a.txt,5,indirect,A trader,UNKNOWN,said,prices would rise,none,none,\n")


@pytest.fixture
def coded(tmp_path):
    """Five hand-coded statements, four of them with a position."""
    path = tmp_path / "gold.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return agreement.load_gold(path, ARTICLES)


def machine(coded, **changes):
    """The same statements as a machine's, with the stances in `changes` (statement number -> stance or None)."""
    statements, positions = coded
    names = dict(zip(statements["rule"].str.removeprefix("hand:"), statements["statement"], strict=True))
    positions = positions.assign(coder="rules", confidence=0.9, words="because", why="a rule")
    for number, stance in changes.items():
        place = positions["statement"] == names[number.removeprefix("s")]
        positions = positions[~place] if stance is None else positions.assign(
            stance=positions["stance"].where(~place, stance))
    return statements.assign(rule="cue"), positions


# ---- hand-coded tables

def test_offsets_are_found_in_text_order(coded):
    statements, positions = coded
    assert [TEXT[a:b] for a, b in zip(statements["start"], statements["end"], strict=True)] == [
        "the tariff must stay", "We want talks", "the tariff a mistake", "talks", "prices would rise"]
    assert statements["start"].is_monotonic_increasing, "the second 'talks' is meant, not the first"
    assert set(positions["coder"]) == {"human:gold"} and len(positions) == 4


def test_two_reporting_words_over_one_content_stay_two_statements(tmp_path):
    path = tmp_path / "gold.csv"
    path.write_text(HEADER + "a.txt,1,indirect,x,AVA,said,talks,talks,support,\na.txt,2,indirect,x,AVA,vowed,talks,"
                    "talks,support,\n", encoding="utf-8")
    # offsets given by hand put both on the same words
    frame = pd.read_csv(path).assign(start=TEXT.index("talks"), end=TEXT.index("talks") + 5)
    frame.to_csv(path, index=False)
    statements, positions = agreement.load_gold(path, ARTICLES)
    assert statements["statement"].is_unique and len(statements) == 2 and len(positions) == 2


@pytest.mark.parametrize(("row", "said"), [
    ("a.txt,9,indirect,x,AVA,said,not in there,tariff,support,\n", "content"),
    ("a.txt,9,indirect,x,AVA,said,prices,tariff,favour,\n", "favour"),
    ("a.txt,9,reported,x,AVA,said,prices,tariff,support,\n", "reported"),
    ("a.txt,1,indirect,envoy,AVA,said,the tariff must stay,tariff,oppose,\n", "already"),
])
def test_a_row_that_cannot_be_used_is_named_and_the_rest_is_kept(tmp_path, row, said):
    path = tmp_path / "gold.csv"
    path.write_text(HEADER + ROWS + row, encoding="utf-8")
    statements, _, problems = gold.load(path, ARTICLES)
    assert len(statements) == 5 and len(problems) == 1
    assert said in problems["reason"][0] and "line 7" in problems["reason"][0] and problems["remedy"][0]


def test_a_file_that_is_no_such_table_is_refused(tmp_path):
    path = tmp_path / "gold.csv"
    path.write_text("article,content\n", encoding="utf-8")
    with pytest.raises(gold.GoldError, match=r"gold\.csv, line 1: there is no column id"):
        agreement.load_gold(path, ARTICLES)
    path.write_bytes(HEADER.encode() + b"a.txt,1,direct,\xff\xfe,AVA,said,talks,talks,support,\n")
    with pytest.raises(gold.GoldError, match="UTF-8"):
        agreement.load_gold(path, ARTICLES)


def test_no_hand_coded_table_is_no_statements(tmp_path):
    statements, positions = agreement.load_gold(tmp_path / "gold.csv", ARTICLES)
    assert statements.empty and positions.empty


def test_content_copied_from_a_file_with_mojibake_is_found_in_the_mended_text(tmp_path):
    path = tmp_path / "gold.csv"
    broken = "â€œWe will never yieldâ€\x9d"   # UTF-8 read as Windows-1252
    path.write_text(HEADER + f'a.txt,1,direct,x,AVA,said,"{broken}",talks,oppose,\n', encoding="utf-8")
    text = "“We will never yield”, it said"
    statements, _, problems = gold.load(path, pd.DataFrame([{"article": "a.txt", "text": text}]))
    assert problems.empty and statements["content"].tolist() == ["“We will never yield”"]


# ---- figures

def scorer():
    """The project's own scorer, as a module; skips where it is not there."""
    path = SHARED / "eval" / "score.py"
    if not path.exists():
        pytest.skip(f"no scorer at {path}")
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(statements, positions):
    """The frames as the rows that the scorer reads."""
    rows = [{"article": s.article, "start": s.start, "end": s.end, "kind": s.kind, "speaker": s.speaker,
             "country": country, "target": "none", "stance": "none", "content": s.content}
            for s in statements.itertuples() for country in s.countries.split("|")]
    own = statements.set_index("statement")
    return rows + [{"article": p.article, "start": own["start"][p.statement], "end": own["end"][p.statement],
                    "kind": own["kind"][p.statement], "speaker": own["speaker"][p.statement], "country": p.country,
                    "target": p.target, "stance": p.stance, "content": ""} for p in positions.itertuples()]


CODES = ["AVA", "BOR", "UN", "UNKNOWN"]


@st.composite
def codings(draw, most=8):
    """Statements over a short text with positions on them, as the two frames."""
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=most, unique=True))
    statements, positions = [], []
    for start, length in spans:
        name = f"a.txt:{start}-{start + length}"
        countries = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True))
        statements.append({"statement": name, "article": "a.txt", "start": start, "end": start + length,
                           "kind": draw(st.sampled_from(tables.KINDS)), "content": TEXT[start:start + length],
                           "speaker": draw(st.sampled_from(["", "the envoy", "Ana Envoy", "Borduria", "Mr Bo Duria"])),
                           "countries": "|".join(countries), "rule": "cue"})
        for target in draw(st.lists(st.sampled_from(["tariff", "talks"]), unique=True)):
            positions.append({"statement": name, "article": "a.txt", "country": countries[0], "target": target,
                              "stance": draw(st.sampled_from(tables.STANCES)), "confidence": 0.5, "words": "",
                              "why": ""})
    names = ["statement", "article", "country", "target", "stance", "confidence", "words", "why"]
    columns = ["statement", "article", "start", "end", "kind", "content", "speaker", "countries", "rule"]
    return pd.DataFrame(statements, columns=columns), pd.DataFrame(positions, columns=names)


@settings(max_examples=80, deadline=None)
@given(reference=codings(), made=codings())
def test_figures_equal_the_scorer_on_any_input(reference, made):
    score = scorer()
    numbered = reference[0].assign(rule=[f"hand:{k + 1}" for k in range(len(reference[0]))])
    ids = dict(zip(reference[0]["statement"], range(1, len(reference[0]) + 1), strict=True))
    names = {(s.article, s.start, s.end): str(ids[s.statement]) for s in reference[0].itertuples()}
    gold_rows = [row | {"id": names[row["article"], row["start"], row["end"]]} for row in rows_of(*reference)]
    theirs, _ = score.score(gold_rows, rows_of(*made))
    ours = scoring.score(scoring.units(numbered, reference[1]), scoring.units(*made))
    assert ours == theirs


@pytest.mark.parametrize(("table", "folder"), [("seeds.csv", "articles"), ("dev.csv", "gold/dev/articles")])
def test_figures_equal_the_scorer_on_hand_coded_articles(table, folder):
    score = scorer()
    articles = pd.DataFrame([{"article": path.name, "text": path.read_bytes().decode("utf-8")}
                             for path in sorted((SHARED / folder).glob("*.txt"))])
    reference = agreement.load_gold(SHARED / "gold" / table, articles)
    rng = np.random.default_rng(1)
    statements = reference[0].sample(frac=0.9, random_state=1).assign(rule="cue")
    statements["start"] = statements["start"] + rng.integers(0, 12, len(statements))
    positions = reference[1][reference[1]["statement"].isin(statements["statement"])].copy()
    positions["stance"] = np.where(rng.random(len(positions)) < 0.3, "oppose", positions["stance"])
    gold_rows = score.locate(score.read(SHARED / "gold" / table), SHARED / folder)
    theirs, _ = score.score(gold_rows, rows_of(statements, positions))
    ours = scoring.score(scoring.units(*reference), scoring.units(statements, positions))
    assert ours == theirs and ours["positions"]["f1"] < 100
    tidy = agreement.figures(reference, (statements, positions), bootstrap=200)
    values = tidy.set_index(["measure", "group"])["value"]
    assert values["positions f1", "all"] == theirs["positions"]["f1"]
    assert values["statements@0.8 precision", "all"] == theirs["statements@0.8"]["p"]
    assert values["table", "all"] == theirs["table"] and values["country", "all"] == theirs["country"]


def test_figures_of_a_perfect_coder_are_100_and_of_an_empty_one_0(coded):
    perfect = agreement.figures(coded, machine(coded), bootstrap=100)
    assert set(perfect["value"]) == {100.0}
    nothing = (coded[0].iloc[:0], coded[1].iloc[:0])
    empty = agreement.figures(coded, nothing, bootstrap=100).set_index(["measure", "group"])["value"]
    assert empty["statements@0.3 f1", "all"] == 0 and empty["positions f1", "all"] == 0


def test_articles_without_hand_coding_are_not_judged(coded):
    statements, positions = machine(coded)
    elsewhere = statements.assign(article="b.txt", statement="b" + statements["statement"])
    both = (pd.concat([statements, elsewhere]), positions)
    assert agreement.figures(coded, both, bootstrap=0).equals(agreement.figures(coded, machine(coded), bootstrap=0))


@settings(max_examples=25, deadline=None)
@given(reference=codings(), made=codings())
def test_every_position_gets_one_verdict_and_every_interval_holds_its_figure(reference, made):
    judged = agreement.judge(reference, made)
    assert judged["verdict"].isin(list(agreement.VERDICTS)).all()
    assert judged["reference_stance"].isin(tables.STANCES).sum() == len(reference[1])
    tidy = agreement.figures(reference, made, bootstrap=50)
    assert ((tidy["low"] <= tidy["value"]) & (tidy["value"] <= tidy["high"])).all()


# ---- verdicts, confusion, worst cases

@pytest.mark.parametrize(("stance", "verdict"), [
    ("oppose", "opposite"), ("neutral", "other stance"), (None, "position missed"), ("support", "right")])
def test_verdicts(coded, stance, verdict):
    judged = agreement.judge(coded, machine(coded, s1=stance))
    assert judged.loc[judged["target"].eq("tariff") & judged["country"].eq("AVA"), "verdict"].tolist() == [verdict]
    assert judged["verdict"].value_counts()["right"] == (4 if verdict == "right" else 3)


def test_statements_missed_and_made_up(coded):
    statements, positions = machine(coded)
    moved = statements.assign(start=statements["start"].where(statements["rule"].index != 0, 0),
                              end=statements["end"].where(statements["rule"].index != 0, 9))
    verdicts = agreement.judge(coded, (moved, positions))["verdict"].value_counts()
    assert verdicts["statement missed"] == 1 and verdicts["statement not in the reference"] == 1


def test_confusion_counts_every_judgement_by_target(coded):
    judged = agreement.judge(coded, machine(coded, s1="oppose", s4=None))
    table = agreement.confusion(judged, by="target")
    assert table["n"].sum() == len(judged)
    cell = table[(table["target"] == "tariff") & (table["reference_stance"] == "support")]
    assert cell["stance"].tolist() == ["oppose"]
    missed = table[(table["target"] == "talks") & (table["stance"] == agreement.NONE)]
    assert missed["n"].tolist() == [1]


def test_verdicts_by_target_add_up_to_what_both_sides_have(coded):
    made = machine(coded, s1="oppose", s4=None)
    judged = agreement.judge(coded, made)
    for by in ("target", "country"):
        table = agreement.verdicts(judged, by)
        assert table["given"].sum() == len(made[1]) and table["wanted"].sum() == len(coded[1])
    table = agreement.verdicts(judged, "target").set_index("target")
    assert table.loc["tariff", ["right", "opposite", "missed"]].tolist() == [1, 1, 0]
    assert table.loc["talks", ["right", "extra", "missed"]].tolist() == [1, 0, 1]
    assert agreement.verdicts(judged.iloc[:0], "target").empty


def test_the_worst_case_is_the_surest_opposite(coded):
    made = machine(coded, s1="oppose", s3="neutral", s4=None)
    made = (made[0], made[1].assign(confidence=[0.95 if t == "tariff" else 0.5 for t in made[1]["target"]]))
    cases = agreement.worst(agreement.judge(coded, made), coded, made, ARTICLES)
    assert cases["verdict"].tolist() == ["opposite", "other stance", "position missed"]
    first = cases.iloc[0]
    assert first["content"] == "the tariff must stay" and first["content"] in first["paragraph"]
    assert first["note"] == "must stay asks to keep it" and first["words"] == "because"
    assert len(agreement.worst(agreement.judge(coded, made), coded, made, ARTICLES, cases=2)) == 2


def test_calibration_shows_overconfidence(coded):
    table = agreement.calibration(agreement.judge(coded, machine(coded, s1="oppose", s3="support")))
    assert table["n"].sum() == 4 and table["observed"].tolist() == [0.5]
    assert table["predicted"].round(6).tolist() == [0.9]
    assert (table["low"] < 0.5).all() and (table["high"] > 0.5).all()


@pytest.mark.parametrize("confidence", [0.0, 0.5, 0.6, 0.999, 1.0])
def test_every_confidence_has_a_band(coded, confidence):
    statements, positions = machine(coded)
    table = agreement.calibration(agreement.judge(coded, (statements, positions.assign(confidence=confidence))))
    low, high = (float(end) for end in table["band"][0].split("-"))
    assert low <= confidence <= high and table["n"].sum() == 4


def test_without_hand_coding_there_is_no_figure_at_all(coded):
    nothing = (tables.empty("statements"), tables.empty("positions"))
    made = machine(coded)
    assert agreement.figures(nothing, made).empty
    judged = agreement.judge(nothing, made)
    assert judged.empty and agreement.confusion(judged).empty and agreement.calibration(judged).empty
    assert agreement.worst(judged, nothing, made, ARTICLES).empty and agreement.sentence(judged, 0) == ""
    grid = reliability.align({"human:gold": nothing, "rules": made}, "human:gold", ("tariff",))
    assert grid.empty and reliability.figures(grid).empty
    assert "too few" in correction.sentence(judged, 0)


# ---- plain sentences

def test_the_sentence_counts_and_promises_nothing_from_articles_the_rules_were_made_on(coded):
    judged = agreement.judge(coded, machine(coded, s1="oppose"))
    said = agreement.sentence(judged, 5)
    assert "5 hand-coded statements" in said and "3 of 4" in said and "made on" in said and "times" not in said
    apart = agreement.sentence(judged, 5, in_sample=False)
    assert "3 of 4" in apart and "about 8 times in 10" in apart and "kept apart" in apart
    assert agreement.sentence(judged.iloc[:0], 5) == "" and agreement.sentence(judged, 0) == ""


def test_never_every_time_unless_every_time():
    judged = pd.DataFrame({"stance": ["support"] * 40, "verdict": ["right"] * 39 + ["opposite"]})
    assert "nearly every time" in agreement.sentence(judged, 40, in_sample=False)
    perfect = agreement.sentence(judged.iloc[:39], 39, in_sample=False)
    assert "none of 39 labels is wrong (95 % interval 9 to 10 times right in 10)" in perfect and "every" not in perfect


# ---- alpha

def test_alpha_of_the_textbook_example():
    """Krippendorff (2011), section C: four observers, twelve units, missing values, nominal alpha 0.743."""
    blank = np.nan
    ratings = np.array([[1, 2, 3, 3, 2, 1, 4, 1, 2, blank, blank, blank], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, blank, 3],
                        [blank, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, blank], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, blank]])
    counts = np.stack([(ratings == label).sum(axis=0) for label in range(1, 6)], axis=1)
    assert reliability.alpha(counts) == pytest.approx(0.743, abs=0.001)


def test_alpha_draws_agree_with_the_library():
    rng = np.random.default_rng(3)
    counts = rng.multinomial(3, [0.5, 0.3, 0.2], size=40)
    owners = pd.Index(range(40))
    cases = reliability._drawn(counts, owners, 1, seed=5)
    weights = np.random.default_rng(5).multinomial(40, np.full(40, 1 / 40), size=1)[0]
    assert cases[0] == pytest.approx(krippendorff.alpha(value_counts=np.repeat(counts, weights, axis=0),
                                                        level_of_measurement="nominal"))


def test_agreement_of_three_coders_on_the_same_statements(coded):
    coders = {"human:gold": coded, "rules": machine(coded, s1="oppose"), "human:ana": machine(coded, s4=None)}
    grid = reliability.align(coders, "human:gold", ("tariff", "talks"))
    assert len(grid) == 5 * 2 * 3 and set(grid["stance"]) <= {*tables.STANCES, "none"}
    tidy = reliability.figures(grid, bootstrap=100).set_index(["measure", "group"])
    assert tidy["value"]["percent agreement", "target and stance"] == 80.0
    assert tidy["low"]["alpha", "target and stance"] <= tidy["value"]["alpha", "target and stance"] < 1
    assert reliability.figures(grid, ("human:gold", "rules"), bootstrap=0)["reference"][0] == "human:gold"


def test_every_coder_has_a_row_beside_the_reference(coded):
    coders = {"human:gold": coded, "rules": machine(coded, s1="oppose"), "human:ana": machine(coded)}
    made = reliability.each(coders, "human:gold", ("tariff", "talks"), bootstrap=100)
    table = reliability.beside(coders, "human:gold", made).set_index("coder")
    assert list(table.index) == ["human:ana", "rules"] and table["statements"].tolist() == [5, 5]
    assert table.loc["human:ana", ["agree", "alpha"]].tolist() == [100.0, 1.0]
    assert table.loc["rules", "agree"] == 75.0 and table.loc["rules", "low"] <= table.loc["rules", "alpha"] < 1
    alone = {"human:gold": coded}
    assert reliability.beside(alone, "human:gold", reliability.each(alone, "human:gold", ("tariff",))).empty


def test_another_coder_changes_no_figure_of_the_rules(coded):
    pair = {"human:gold": coded, "rules": machine(coded, s1="oppose")}
    statements, positions = machine(coded, s3="neutral", s4=None)
    three = pair | {"llm:small": (statements, positions.assign(country="CAL"))}
    alone, beside = (reliability.each(coders, "human:gold", ("tariff", "talks"), bootstrap=50)
                     for coders in (pair, three))
    pd.testing.assert_frame_equal(alone, beside[beside["coder"] == "rules"].reset_index(drop=True))


def test_alpha_of_one_label_only_has_no_value(coded):
    same = coded[1].assign(stance="support")
    grid = reliability.align({"human:gold": (coded[0], same), "rules": (coded[0], same)}, "human:gold")
    tidy = reliability.figures(grid, bootstrap=10)
    assert not ((tidy["measure"] == "alpha") & tidy["group"].str.startswith("stance")).any()
    assert reliability.alpha(np.zeros((0, 4))) is None


@given(right=st.integers(0, 500), wrong=st.integers(0, 500))
def test_wilson_holds_the_share(right, wrong):
    low, high = intervals.wilson(right, right + wrong)
    if right + wrong:
        assert 0 <= low <= right / (right + wrong) + 1e-9 and right / (right + wrong) - 1e-9 <= high <= 1
    else:
        assert (low, high) == (0, 1)


def spoken(stances, country="AVA"):
    """As many statements as stances, each with one position of the country on one target."""
    statements = pd.DataFrame([{"statement": f"s{k}", "article": "a.txt", "start": 10 * k, "end": 10 * k + 9,
                                "kind": "direct", "content": "word", "speaker": "Envoy", "countries": country,
                                "rule": "cue"} for k in range(len(stances))])
    positions = pd.DataFrame([{"statement": f"s{k}", "article": "a.txt", "country": country, "target": "talks",
                               "stance": stance, "confidence": 0.5, "words": "", "why": ""}
                              for k, stance in enumerate(stances)])
    return statements, positions


FOR, NOT, EVEN = "support", "oppose", "neutral"


@pytest.mark.parametrize(("reference", "made", "precision", "recall"), [
    ([FOR, FOR, FOR], [FOR, FOR, NOT], 100, 100),     # a wrong label, the side is right
    ([FOR, NOT, NOT], [FOR, FOR, FOR], 0, 0),         # named, and the contrary holds
    ([FOR, NOT, EVEN], [FOR, FOR, FOR], 0, None),      # named where the reference is level: nothing there to be found
    ([FOR, FOR, FOR], [FOR, NOT, NOT], 0, 0),
    ([FOR, FOR, FOR], [FOR, FOR, EVEN], 100, 100),
    ([FOR, FOR, FOR], [FOR, NOT, EVEN], None, 0),      # nothing named is nothing wrong
])
def test_a_named_side_is_right_where_the_reference_leans_to_it(reference, made, precision, recall):
    found = agreement.figures(spoken(reference), spoken(made), bootstrap=0).set_index("measure")["value"]
    assert found.get("sides precision") == precision and found.get("sides recall") == recall


def test_no_side_is_named_of_few_statements_or_of_nobody_in_particular():
    def measures(coder, **options):
        return set(agreement.figures(coder, coder, bootstrap=0, **options)["measure"])

    assert "sides precision" not in measures(spoken([FOR, FOR]))
    assert "sides precision" in measures(spoken([FOR, FOR]), least=2)
    assert "sides precision" not in measures(spoken([FOR, FOR, FOR], "OTHER"))
