"""Reviews: appended, never lost, never half read; how decisions count beside the machine's."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import tables
from stancebrief.agreement import adjudication, reviews, scoring

TEXT = "Avaria said the tariff must stay. Borduria called it a mistake. \"We want talks,\" Cordonia's envoy said.\n"
TARGETS, VERSION = ("tariff", "talks"), "1.0"


def span(words):
    start = TEXT.index(words)
    return {"article": "a.txt", "start": start, "end": start + len(words), "content": words}


def machine_statement(words, country, speaker):
    place = span(words)
    name = f"a.txt:{place['start']}-{place['end']}"
    return {"statement": name, **place, "kind": "indirect", "cue": "said", "cue_start": -1, "cue_end": -1,
            "speaker": speaker, "speaker_as_written": speaker, "speaker_start": -1, "speaker_end": -1,
            "countries": country, "country_basis": "name", "rule": "cue", "confidence": 0.9, "paragraph_start": 0,
            "paragraph_end": len(TEXT) - 1, "utterance": name}


def machine_position(statement, country, target, stance, confidence):
    return {"statement": statement, "article": "a.txt", "utterance": statement, "country": country, "target": target,
            "stance": stance, "words": "", "spans": "[]", "why": "", "confidence": confidence, "coder": "rules"}


STATEMENTS = tables.check(pd.DataFrame([machine_statement("the tariff must stay", "AVA", "Avaria"),
                                        machine_statement("it a mistake", "BOR", "Borduria")]), "statements")
STAY, MISTAKE = STATEMENTS["statement"]
POSITIONS = tables.check(pd.DataFrame([machine_position(STAY, "AVA", "tariff", "oppose", 0.6),
                                       machine_position(MISTAKE, "BOR", "tariff", "oppose", 0.9)]), "positions")


def decide(folder, coder, words, positions="", action="code", version=VERSION, **fields):
    return reviews.append(folder, coder, version, action, **span(words), positions=positions, **fields)


def applied(folder, version=VERSION, targets=TARGETS, texts=None):
    decisions, _ = reviews.read(folder)
    return adjudication.apply(STATEMENTS, POSITIONS, decisions, texts or {"a.txt": TEXT}, targets, version)


def stances(positions):
    return {(row.statement, row.country, row.target): (row.stance, row.coder) for row in positions.itertuples()}


# ---- the file

def test_what_was_decided_is_read_back_with_time_and_version(tmp_path):
    decide(tmp_path, "ana", "the tariff must stay", "AVA tariff support", shown="blind", sample="random, seed 1")
    decisions, problems = reviews.read(tmp_path)
    row = decisions.iloc[0]
    assert problems.empty and (row["coder"], row["codebook"], row["positions"]) == ("ana", "1.0", "AVA tariff support")
    assert pd.Timestamp(row["time"]).tzinfo is not None
    assert (row["shown"], row["sample"]) == ("blind", "random, seed 1")


@settings(max_examples=40, deadline=None)
@given(note=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_stays_on_one_line_and_comes_back(tmp_path_factory, note):
    folder = tmp_path_factory.mktemp("study")
    for _ in range(2):
        decide(folder, "ana", "the tariff must stay", note=note)
    assert reviews.path(folder, "ana").read_bytes().count(b"\n") == 3
    decisions, problems = reviews.read(folder)
    assert problems.empty and decisions["note"].tolist() == [" ".join(note.split())] * 2


@settings(max_examples=60, deadline=None)
@given(garbage=st.binary(max_size=80))
def test_a_broken_line_is_named_and_costs_no_other(tmp_path_factory, garbage):
    folder = tmp_path_factory.mktemp("study")
    decide(folder, "ana", "the tariff must stay", "AVA tariff support")
    place = reviews.path(folder, "ana")
    place.write_bytes(place.read_bytes() + garbage)
    decide(folder, "ana", "it a mistake", "BOR tariff oppose")
    decisions, problems = reviews.read(folder)
    assert decisions["content"].tolist() == ["the tariff must stay", "it a mistake"]
    assert garbage in place.read_bytes(), "what was there is kept"
    lines = [line for line in garbage.split(b"\n") if line.strip(b"\r")]
    assert len(problems) == len(lines) and problems["reason"].str.startswith("reviews/ana.csv, line ").all()


@pytest.mark.parametrize(("change", "said"), [
    (("code", "approve"), "'approve' does not exist"), (("ana", "ben"), "in the file of 'ana'"),
    (("AVA tariff support", "tariff is fine by them"), "COUNTRY TARGET STANCE"),
    (("AVA tariff support", "AVA tariff support; AVA tariff oppose"), "twice")])
def test_rows_that_make_no_sense_are_named(tmp_path, change, said):
    decide(tmp_path, "ana", "the tariff must stay", "AVA tariff support")
    place = reviews.path(tmp_path, "ana")
    head, row = place.read_text().splitlines()
    place.write_text(f"{head}\n{row.replace(*change, 1)}\n")
    decisions, problems = reviews.read(tmp_path)
    assert decisions.empty and len(problems) == 1 and said in problems["reason"][0]


def test_a_coder_killed_while_writing_loses_nothing_finished(tmp_path):
    code = ("import sys; from stancebrief.agreement import reviews\nk = 0\nwhile True:\n"
            "    reviews.append(sys.argv[1], 'ana', '1.0', 'code', article='a.txt', start=0, end=5, content=f'c{k}')\n"
            "    print(k, flush=True); k += 1\n")
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    reported = [int(child.stdout.readline()) for _ in range(20)]
    os.kill(child.pid, signal.SIGKILL)
    reported += [int(line) for line in child.stdout.read().split()]
    child.wait()
    decisions, problems = reviews.read(tmp_path)
    assert set(decisions["content"]) >= {f"c{k}" for k in reported} and len(problems) <= 1
    decide(tmp_path, "ana", "it a mistake")
    assert reviews.read(tmp_path)[0]["content"].iloc[-1] == "it a mistake"


def test_two_processes_of_one_coder_do_not_mix_their_lines(tmp_path):
    code = ("import sys; from stancebrief.agreement import reviews\nfor k in range(50):\n"
            "    reviews.append(sys.argv[1], 'ana', '1.0', 'code', article='a.txt', start=0, end=5, note='x' * 500)\n")
    children = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(2)]
    assert [child.wait(60) for child in children] == [0, 0]
    decisions, problems = reviews.read(tmp_path)
    assert len(decisions) == 100 and problems.empty


@pytest.mark.skipif(not shutil.which("git"), reason="git is not there")
def test_two_copies_of_a_file_merge_line_by_line(tmp_path):
    decide(tmp_path, "ana", "the tariff must stay", "AVA tariff support")
    base = reviews.path(tmp_path, "ana")
    for name, words in (("one", "it a mistake"), ("two", "We want talks")):
        copy = tmp_path / name
        (copy / "reviews").mkdir(parents=True)
        shutil.copy(base, copy / "reviews" / "ana.csv")
        decide(copy, "ana", words)
    subprocess.run(["git", "merge-file", "--union", tmp_path / "one/reviews/ana.csv", base,
                    tmp_path / "two/reviews/ana.csv"], check=True)
    decisions, problems = reviews.read(tmp_path / "one")
    assert set(decisions["content"]) == {"the tariff must stay", "it a mistake", "We want talks"} and problems.empty
    root = pathlib.Path(__file__).parents[1]
    said = subprocess.run(["git", "-C", root, "check-attr", "merge", "data/any/reviews/ana.csv"], capture_output=True,
                          text=True, check=False)
    assert said.returncode or "merge: union" in said.stdout


@pytest.mark.parametrize("name", ["", "../ana", "a/b", "ana ben", "x" * 41, ".hidden"])
def test_a_name_that_is_no_file_name_is_refused(tmp_path, name):
    with pytest.raises(reviews.ReviewError, match="will not do"):
        reviews.append(tmp_path, name, VERSION, "code")
    assert not list(tmp_path.iterdir())


# ---- undo, order

def test_the_last_decision_counts_and_undo_brings_the_one_before_back(tmp_path):
    decide(tmp_path, "ana", "the tariff must stay", "AVA tariff support")
    decide(tmp_path, "ana", "the tariff must stay", "AVA tariff neutral")
    assert reviews.standing(reviews.read(tmp_path)[0])["positions"].tolist() == ["AVA tariff neutral"]
    for left in ("AVA tariff support", None):
        taken_back = reviews.last(reviews.read(tmp_path)[0], "ana")
        reviews.append(tmp_path, "ana", VERSION, "undo", undoes=taken_back["id"])
        standing = reviews.standing(reviews.read(tmp_path)[0])
        assert standing["positions"].tolist() == ([left] if left else [])
    assert reviews.last(reviews.read(tmp_path)[0], "ana") is None
    assert len(reviews.read(tmp_path)[0]) == 4, "everything ever decided is still there"


@pytest.mark.parametrize("how", ["random", "country and target", "least sure"])
def test_every_statement_is_drawn_once_in_an_order_that_is_stated(how):
    order, said = reviews.sample(STATEMENTS, POSITIONS, how, seed=3)
    assert sorted(order) == sorted([STAY, MISTAKE]) and said
    assert reviews.sample(STATEMENTS.iloc[::-1], POSITIONS, how, seed=3)[0] == order, "the table's order is nothing"


def test_least_sure_first_and_unknown_orders_refused():
    assert reviews.sample(STATEMENTS, POSITIONS, "least sure", 0)[0][0] == STAY
    with pytest.raises(reviews.ReviewError, match="least sure"):
        reviews.sample(STATEMENTS, POSITIONS, "best first", 0)


def test_each_country_gets_its_turn():
    many = pd.concat([STATEMENTS.assign(statement=STATEMENTS["statement"] + str(k), countries=country)
                      for k, country in enumerate(["AVA"] * 5 + ["BOR"])])
    order, _ = reviews.sample(many, POSITIONS.iloc[:0], "country and target", 0)
    countries = many.set_index("statement")["countries"]
    assert {countries[name] for name in order[:2]} == {"AVA", "BOR"}


# ---- how decisions count

def test_a_persons_label_takes_the_machines_place(tmp_path):
    decide(tmp_path, "ana", "the tariff must stay", "AVA tariff support; AVA talks neutral")
    _, positions, problems = applied(tmp_path)
    assert problems.empty and stances(positions) == {
        (STAY, "AVA", "tariff"): ("support", "human:ana"), (STAY, "AVA", "talks"): ("neutral", "human:ana"),
        (MISTAKE, "BOR", "tariff"): ("oppose", "rules")}


def test_no_position_is_a_decision_too(tmp_path):
    decide(tmp_path, "ana", "the tariff must stay")
    statements, positions, _ = applied(tmp_path)
    assert set(positions["statement"]) == {MISTAKE} and len(statements) == 2


def test_what_is_no_statement_goes(tmp_path):
    decide(tmp_path, "ana", "the tariff must stay", action="reject")
    statements, positions, _ = applied(tmp_path)
    assert statements["statement"].tolist() == [MISTAKE] and set(positions["statement"]) == {MISTAKE}


def test_a_missed_statement_is_added_with_its_source(tmp_path):
    decide(tmp_path, "ana", "We want talks", "COR talks support", action="add", kind="direct", speaker="the envoy",
           countries="COR", cue="said")
    statements, positions, problems = applied(tmp_path)
    added = statements[statements["content"] == "We want talks"].iloc[0]
    assert problems.empty and (added["countries"], added["kind"], added["rule"]) == ("COR", "direct", "human:ana")
    assert stances(positions)[added["statement"], "COR", "talks"] == ("support", "human:ana")


def test_a_source_that_was_put_right_counts(tmp_path):
    decide(tmp_path, "ana", "it a mistake", "COR tariff oppose", countries="COR")
    statements, positions, _ = applied(tmp_path)
    assert statements.set_index("statement")["countries"][MISTAKE] == "COR"
    assert (MISTAKE, "COR", "tariff") in stances(positions) and (MISTAKE, "BOR", "tariff") not in stances(positions)


def test_people_who_differ_leave_the_machines_label_until_adjudicated(tmp_path):
    decide(tmp_path, "ana", "the tariff must stay", "AVA tariff support")
    decide(tmp_path, "ben", "the tariff must stay", "AVA tariff neutral")
    _, positions, problems = applied(tmp_path)
    assert stances(positions)[STAY, "AVA", "tariff"] == ("oppose", "rules")
    assert problems["problem"].tolist() == ["reviewers differ"]
    assert "ana: AVA tariff support; ben: AVA tariff neutral" in problems["reason"][0]
    decide(tmp_path, reviews.ADJUDICATED, "the tariff must stay", "AVA tariff neutral")
    _, positions, problems = applied(tmp_path)
    assert problems.empty and stances(positions)[STAY, "AVA", "tariff"] == ("neutral", "human:adjudicated")


def test_people_who_agree_count(tmp_path):
    for coder in ("ana", "ben"):
        decide(tmp_path, coder, "the tariff must stay", "AVA tariff support")
    assert stances(applied(tmp_path)[1])[STAY, "AVA", "tariff"] == ("support", "human:ana")


def test_a_statement_the_machine_now_cuts_differently_keeps_its_review(tmp_path):
    decide(tmp_path, "ana", "the tariff must stay.", "AVA tariff support")
    statements, positions, problems = applied(tmp_path)
    assert len(statements) == 2 and stances(positions)[STAY, "AVA", "tariff"][0] == "support"
    assert problems["problem"].tolist() == ["review carried over"]


def test_a_statement_the_machine_no_longer_has_stays_the_persons(tmp_path):
    decide(tmp_path, "ana", "We want talks", "COR talks support", countries="COR", kind="direct")
    statements, _, _ = applied(tmp_path)
    assert "We want talks" in statements["content"].tolist()


@pytest.mark.parametrize(("change", "name", "counted"), [
    ({"texts": {"b.txt": TEXT}}, "review of an article that is not there", False),
    ({"texts": {"a.txt": TEXT.upper()}}, "review of words that are not there", False),
    ({"targets": ("talks",)}, "review with an unknown label", False),
    ({"version": "2.0"}, "review by another codebook", True)])
def test_what_no_longer_fits_is_named_and_kept(tmp_path, change, name, counted):
    decide(tmp_path, "ana", "the tariff must stay", "AVA tariff support")
    before = reviews.path(tmp_path, "ana").read_bytes()
    _, positions, problems = applied(tmp_path, **change)
    assert problems["problem"].tolist() == [name] and problems["reason"][0].startswith("reviews/ana.csv, line 2")
    assert (stances(positions)[STAY, "AVA", "tariff"][1] == "human:ana") is counted
    assert reviews.path(tmp_path, "ana").read_bytes() == before


def test_people_are_coders_beside_the_machine(tmp_path):
    decide(tmp_path, "ana", "the tariff must stay", "AVA tariff support")
    decide(tmp_path, "ana", "it a mistake", action="reject")
    good, _ = adjudication.checked(reviews.read(tmp_path)[0], TARGETS, VERSION, {"a.txt": TEXT})
    coders = adjudication.coders(good, {"a.txt": TEXT})
    statements, positions = coders["human:ana"]
    assert statements["statement"].tolist() == [STAY] and set(positions["coder"]) == {"human:ana"}
    assert scoring.match(scoring.units(statements, positions), scoring.units(STATEMENTS, POSITIONS)) == {0: 0}


def test_a_thousand_decisions_are_read_in_no_time(tmp_path):
    for _ in range(3):
        decide(tmp_path, "ana", "the tariff must stay", "AVA tariff support")
    place = reviews.path(tmp_path, "ana")
    head, *rows = place.read_text().splitlines()
    lines = [row.replace(row[:12], f"{k:012d}", 1) for k in range(340) for row in rows[:1]] * 3
    place.write_text("\n".join([head, *rows, *lines]) + "\n")
    start = time.perf_counter()
    decisions, _ = reviews.read(tmp_path)
    assert len(decisions) == 343 and time.perf_counter() - start < 1
