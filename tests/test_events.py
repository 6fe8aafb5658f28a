"""One timeline from context tables: what is counted how, whose day it is, and what is done with broken lines."""

import dataclasses

import hypothesis
import pandas as pd
import pytest
from hypothesis import strategies as st

from stancebrief import events, language, study, tables

STUDY = study.Study("trial", context=("missile_launch_days", "nuclear_tests", "council_actions"))
ARTICLES = pd.DataFrame([
    {"article": "a.txt", "outlet": "Daily", "headline": "Council split", "published": "2022-06-09",
     "published_basis": "inferred", "published_note": "the debate was the day before"},
    {"article": "b.txt", "outlet": "", "headline": "Undated", "published": "", "published_basis": "unknown",
     "published_note": ""}])


@pytest.fixture(scope="module")
def timeline():
    found, problems = events.read(STUDY, ARTICLES)
    assert problems.empty
    return found


@pytest.fixture
def context(tmp_path, monkeypatch):
    """A folder of context tables and studies of our own."""
    for name in ("rules.csv", "missile_types.csv"):
        (tmp_path / "context").mkdir(exist_ok=True)
        (tmp_path / "context" / name).write_bytes((events.CONTEXT / name).read_bytes())
    monkeypatch.setattr(events, "CONTEXT", tmp_path / "context")
    monkeypatch.setattr(study, "DATA", tmp_path)
    (tmp_path / "trial").mkdir()
    return tmp_path


def write(path, header, *rows):
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def test_missiles_of_2022_by_the_rule_of_the_list(timeline):
    year = events.launches_by_month(timeline, "2022-01-01", "2022-12-31")
    assert year["missiles"].sum() == 69
    may = year[year["month"] == "2022-05"].set_index("kind")["missiles"].to_dict()
    assert may == {"ICBM": 1, "SLBM": 1, "SRBM": 4, "unknown": 2}
    assert events.between(timeline[timeline["lane"] == "missile"], "2022-01-01", "2022-12-31")["date"].nunique() == 33


def test_the_types_of_a_day_add_up_to_its_missiles(timeline):
    days = pd.read_csv(events.CONTEXT / "missile_launch_days.csv", dtype=str, keep_default_na=False)
    launched = timeline[timeline["lane"] == "missile"].groupby("date")["value"].sum()
    expected = days.groupby("date")["n_missiles"].agg(lambda counts: sum(map(int, counts)))
    assert launched.to_dict() == expected.to_dict()
    assert set(timeline.loc[timeline["lane"] == "missile", "kind"]) <= set(events.missile_types().index)


def test_every_launch_says_the_rule_of_its_count(timeline):
    launches = timeline[timeline["lane"] == "missile"]
    assert launches["detail"].str.contains(events.rule("missile_launch_days").short, regex=False).all()
    said = events.rule("missile_launch_days").text(language.load())
    assert "cruise" in said and "Dates are days in Korea." in said and "Listed until" in said
    with pytest.raises(events.EventError, match=r"rules\.csv"):
        events.rule("unheard_of")


def test_six_nuclear_tests_and_their_yields_as_ranges(timeline):
    tests = timeline[timeline["lane"] == "nuclear"]
    assert list(tests["date"].str[:4]) == ["2006", "2009", "2013", "2016", "2016", "2017"]
    assert tests["detail"].str.contains(" kt;", regex=False).all()


def test_a_vetoed_draft_is_not_a_resolution_and_names_who_vetoed(timeline):
    veto = timeline[(timeline["date"] == "2022-05-26") & (timeline["lane"] == "council")].iloc[0]
    assert veto["kind"] == "veto" and veto["label"] == "Veto of S/2022/431" and veto["value"] == 13
    assert "China and Russia" in veto["detail"] and "13-2-0" in veto["detail"] and "New York" in veto["detail"]
    resolutions = timeline[timeline["kind"].isin(["sanctions resolution", "panel renewal", "other resolution"])]
    assert not resolutions["detail"].str.contains("veto", case=False).any()


def test_what_was_not_checked_is_said(timeline):
    renewal = timeline[timeline["label"] == "Resolution 2345"].iloc[0]
    assert "exact date not checked" in renewal["detail"]


def test_an_article_shows_how_its_day_is_known_and_one_without_a_day_is_not_placed(timeline):
    shown = timeline[timeline["lane"] == "article"]
    assert list(shown["source"]) == ["a.txt"]
    assert shown.iloc[0]["kind"] == "inferred" and "inferred: the debate" in shown.iloc[0]["detail"]


def test_votes_of_26_may_2022():
    found = events.votes("S/2022/431")
    assert found["vote"].value_counts().to_dict() == {"yes": 13, "no": 2}
    assert list(found["country"][:2]) == ["CHN", "RUS"] and found["permanent"][:2].all()
    assert found["country"].is_unique and found["permanent"].sum() == 5 and len(found) == 15


@pytest.mark.parametrize("symbol", events.symbols())
def test_votes_by_member_agree_with_the_tally_of_the_act(symbol):
    actions = pd.read_csv(events.CONTEXT / "council_actions.csv", dtype=str, keep_default_na=False)
    act = actions[actions["symbol"] == symbol].iloc[0]
    counts = events.votes(symbol)["vote"].value_counts()
    assert [int(act[c]) for c in ("votes_for", "votes_against", "abstentions")] == [
        int(counts.get(v, 0)) for v in events.VOTES]
    named = set(events.votes(symbol).query("vote == 'abstain'")["name"])
    assert named == set(filter(None, act["abstained"].split("|")))


def test_a_vote_that_is_not_known_is_refused_by_name():
    with pytest.raises(events.EventError, match="S/2022/431"):
        events.votes("S/RES/2397")


def test_a_table_that_does_not_exist_is_a_problem_and_the_rest_is_read():
    found, problems = events.read(dataclasses.replace(STUDY, context=("nuclear_tests", "earthquakes")))
    assert len(found) == 6
    assert "earthquakes" in problems.iloc[0]["reason"] and "missile_launch_days" in problems.iloc[0]["remedy"]


def test_a_study_adds_events_of_its_own(context):
    write(context / "trial" / "context.csv", "date,lane,kind,label,value,detail,source",
          "2022-05-10,other,inauguration,President sworn in,1,A new government.,https://example.org")
    found = events.timeline(study.Study("trial"))
    assert found.loc[0, ["date", "lane", "precision", "label"]].tolist() == [
        "2022-05-10", "other", "day", "President sworn in"]


@pytest.mark.parametrize(("line", "reason"), [
    ("10 May 2022,other,k,A label,1,d,s", "not a day"), ("2022-02-30,other,k,A label,1,d,s", "not a day"),
    ("2022-05-10,elsewhere,k,A label,1,d,s", "lane"), ("2022-05-10,other,k,,1,d,s", "label"),
    ("2022-05-10,other,k,A label,many,d,s", "many"), ("2022-05-10,other,k,A label,-1,d,s", "at least 0"),
    ("2022-05-10,other,k,A label,nan,d,s", "at least 0")])
def test_a_broken_line_is_a_problem_with_its_number(context, line, reason):
    write(context / "trial" / "context.csv", "date,lane,kind,label,value,detail,source",
          "2022-05-09,other,k,Fine,1,d,s", line)
    found, problems = events.read(study.Study("trial"))
    assert list(found["label"]) == ["Fine"]
    assert "line 3" in problems.iloc[0]["reason"] and reason in problems.iloc[0]["reason"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00bad", b"date,lane\n2022-05-10,other\n", b'a,b\n1,2,3,4\n"'])
def test_a_file_that_is_no_table_is_a_problem(context, content):
    (context / "trial" / "context.csv").write_bytes(content)
    found, problems = events.read(study.Study("trial"))
    assert found.empty and len(problems) == 1 and "context.csv" in problems.iloc[0]["reason"]


def test_types_that_do_not_add_up_are_a_problem(context):
    header = "date,precision,n_missiles,n_success,n_failure,n_unknown,types,names,record_status,source"
    write(context / "context" / "missile_launch_days.csv", header,
          "2022-05-25,day,3,1,2,0,SRBM:1|unknown:1,,cns_2023,s",
          "2022-06-05,day,8,0,0,8,SRBM:8,,cns_2023,s", "2022-06-06,day,8,0,0,8,eight,,cns_2023,s")
    found, problems = events.read(study.Study("trial", context=("missile_launch_days",)))
    assert list(found["value"]) == [8.0]
    assert "add up to 2" in problems.iloc[0]["reason"] and "eight" in problems.iloc[1]["reason"]


def test_bounds_are_days_of_which_both_are_included(timeline):
    assert len(events.between(timeline, "2022-05-26", "2022-05-26")) == 1
    assert len(events.between(timeline)) == len(timeline)


text = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@hypothesis.given(st.lists(st.fixed_dictionaries({
    "date": st.one_of(st.dates().map(str), text), "lane": st.one_of(st.sampled_from(events.LANES), text), "kind": text,
    "label": text, "value": st.one_of(text, st.floats().map(str)), "detail": text, "source": text}), max_size=6))
@hypothesis.settings(max_examples=40, deadline=None,
                     suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
def test_any_table_of_events_gives_a_timeline_and_counts_what_it_left_out(context, rows):
    frame = pd.DataFrame(rows, columns=list(events.OWN))
    frame.to_csv(context / "trial" / "context.csv", index=False)
    found, problems = events.read(study.Study("trial"))
    tables.check(found, "timeline")
    assert len(found) + len(problems) >= min(1, len(rows)) and len(found) <= len(rows)
