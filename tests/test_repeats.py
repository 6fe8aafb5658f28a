"""One story told five times is one story: copies are found, strangers are not, and differing quotations are told."""

import csv
import importlib.util
import itertools
import json
import pathlib
import sys
import tempfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import articles, repeats, study, tables
from stancebrief.agreement import gold
from stancebrief.articles import entries, files
from stancebrief.engine import scratch, store
from stancebrief.repeats import meetings, register, reports, stories, utterances, wordings

BENCHMARKS = pathlib.Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def bench():
    """The benchmark of made copies, as a module."""
    sys.path.insert(0, str(BENCHMARKS))
    spec = importlib.util.spec_from_file_location("bench_repeats", BENCHMARKS / "repeats.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def frame(*texts, days=None, outlets=None):
    rows = [entries.row(f"{n}.txt", files.Source(text, text.encode()),
                          {"published": (days or {}).get(n, "2030-03-01"), "language": "en",
                           "outlet": (outlets or {}).get(n, "unknown")}) for n, text in enumerate(texts)]
    return tables.check(pd.DataFrame(rows), "articles")


def said(*rows):
    """Statements from (article number, speaker, country, kind, content); each stands after the one before."""
    found, at = [], {}
    for article, speaker, country, kind, content in rows:
        start = at.get(article, 1000)
        at[article] = start + len(content) + 10
        name = f"{article}.txt:{start}-{start + len(content)}"
        found.append({column: "" for column in tables.TABLES["statements"].names} | {
            "statement": name, "article": f"{article}.txt", "start": start, "end": start + len(content), "kind": kind,
            "content": content, "speaker": speaker, "countries": country, "confidence": 1.0, "cue_start": -1,
            "cue_end": -1, "speaker_start": -1, "speaker_end": -1, "paragraph_start": start, "paragraph_end": start + 5,
            "utterance": name})
    return tables.check(pd.DataFrame(found), "statements")


def grouped(statements, articles_frame, story=True):
    articles_frame = articles_frame.assign(copies="0.txt" if story else articles_frame.article)
    filled, found = repeats.group_utterances(statements, articles_frame)
    return list(filled.utterance), found


FILL = ("Headline of a day\n\nA lead that opens the report on the quarrel.\n\nA second paragraph follows here.\n\n"
        + "More of the same is said in the rest of it. " * 40)


def test_statements_of_the_shipped_pair_meet_as_a_reader_pairs_them():
    ours = study.load("dprk-vetoes")
    if not (ours.folder / "gold.csv").exists():
        pytest.skip("the study has no hand-coded table")
    read = repeats.group_articles(articles.read(ours)[0])
    assert read.copies.nunique() == 1
    statements, _, _ = gold.load(ours.folder / "gold.csv", read)
    statements, utterances = repeats.group_utterances(statements, read)
    names = {(row.article, row.content): row.statement for row in statements.itertuples()}
    pairs = {"yes": set(), "unsure": set()}
    with open(ours.folder / "repeats_gold.csv", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            pairs[row["same"]].add(frozenset((names[row["article"], row["content"]],
                                              names[row["other_article"], row["other_content"]])))
    utterance = dict(zip(statements.statement, statements.utterance, strict=True))
    found = {frozenset((a, b)) for a, b in itertools.combinations(statements.statement, 2)
             if utterance[a] == utterance[b]} - pairs["unsure"]
    assert len(found & pairs["yes"]) >= 0.95 * len(found) and len(found & pairs["yes"]) >= 0.9 * len(pairs["yes"])
    differing = repeats.differing_quotations(statements, utterances)
    assert {"flip-flop of US policies", "flip flop of US insurance policies"} in [
        {row.words, row.first_words} for row in differing.itertuples()]


@pytest.mark.parametrize("kind, precision, recall", [
    ("exact", 98, 98), ("syndicated, 2 % of words edited, a third cut", 95, 95),
    ("syndicated, 10 % of words edited, half cut", 95, 95), ("spun, 40 %, a fifth cut", 90, 80)])
def test_made_copies_are_found_and_strangers_are_not(bench, kind, precision, recall):
    result = bench.measure(kind, 40, 3)
    for level in ("article pairs", "statement pairs"):
        assert result[level]["precision"] >= precision and result[level]["recall"] >= recall, result


def test_stories_do_not_depend_on_the_order_of_the_rows(bench):
    read, _, _ = bench.frames(bench.make("spun, 40 %, a fifth cut", 12, 5))
    straight = repeats.group_articles(read).set_index("article").copies
    shuffled = repeats.group_articles(read.sample(frac=1, random_state=1)).set_index("article").copies
    assert straight.sort_index().equals(shuffled.sort_index())


def test_a_follow_up_that_repeats_background_is_a_story_of_its_own():
    ground = ("The quarrel over the old canal began when surveyors moved the boundary stones by night. "
              "The river commission has met eleven times since and never agreed on the wording of its protocol. "
              "Engineers have warned that closing the locks could bring hunger to the delta towns downstream.")
    first = ("Locks closed at Kessel\n\nThe harbour master ordered the northern locks shut on Monday after a barge "
             "struck the gate.\n\nTwelve crews were sent home without pay and the market stood empty.\n\n" + ground)
    second = ("Minister resigns in Varna\n\nA minister left office on Thursday over letters that a paper had printed."
              "\n\nHer deputy will lead the department until a vote is held in the autumn.\n\n" + ground)
    assert repeats.group_articles(frame(first, second)).copies.nunique() == 2


def test_the_same_text_under_other_furniture_is_one_story_and_named_after_its_first_article():
    body = FILL + "\n\nThe last word of it was spoken at night.\n"
    read = repeats.group_articles(frame(f"3-min read\n\n{body}", body.replace("\n", "\r\n"), "Something else. " * 30))
    assert list(read.copies) == ["0.txt", "0.txt", "2.txt"]


def test_one_utterance_is_one_in_other_words_and_says_what_differs():
    statements = said(
        (0, "Dora Kolvas", "FRD", "direct", "We shall never bow to such unfair measures against our fishing fleet"),
        (1, "Kolvas", "FRD", "direct", "We will never bow to such unjust steps against our fishing fleet"))
    names, utterances = grouped(statements, frame(FILL, FILL))
    assert len(set(names)) == 1 and set(utterances.wording) == {"first", "edited"}
    last = utterances[utterances.wording != "first"].iloc[0]
    assert ["unjust steps", "unfair measures"] in json.loads(last.differences) and 0 < last.similarity < 1
    assert len(repeats.differing_quotations(statements, utterances)) == 1


@pytest.mark.parametrize("other", [
    ("Karel Ostrik", "FRD", "The canal will see its crews again, but paid sailors want more than a thaw"),  # a person
    ("Dora Kolvas", "SYL", "The canal will see its crews again, but paid sailors want more than a thaw"),  # a country
    ("Dora Kolvas", "FRD", "Our hospitals lack bandages and nurses have walked out"),                      # the words
])
def test_what_was_not_said_by_one_speaker_in_like_words_stays_apart(other):
    statements = said((0, "Dora Kolvas", "FRD", "direct",
                       "The canal has to see its crews paid and its locks opened long before the winter"),
                      (1, other[0], other[1], "direct", other[2]))
    assert len(set(grouped(statements, frame(FILL, FILL))[0])) == 2


def test_in_two_stories_a_speaker_may_repeat_himself_with_other_numbers():
    words = "We counted {} barges that were held at the northern locks against the treaty"
    statements = said(*((n, "Dora Kolvas", "FRD", "direct", words.format(barges)) for n, barges in enumerate((14, 37))))
    assert len(set(grouped(statements, frame(FILL, "Another day. " * 50), story=False)[0])) == 2


def test_a_long_quotation_is_known_again_in_any_story_and_an_old_one_is_not_news():
    words = "No cheque from abroad can repair the insult done to the widows of the Varna lighthouse keepers that night"
    statements = said((0, "Dora Kolvas", "FRD", "direct", words), (1, "the minister", "FRD", "direct", words))
    assert len(set(grouped(statements, frame(FILL, "Another day. " * 50), story=False)[0])) == 1
    reworded = words.replace("insult done to", "harm brought upon").replace("night", "day")
    changed = said((0, "Dora Kolvas", "FRD", "direct", words), (1, "Dora Kolvas", "FRD", "direct", reworded))
    near, far = (grouped(changed, frame(FILL, "Another day. " * 50, days={1: day}), story=False)[0]
                 for day in ("2030-03-03", "2031-03-03"))
    assert len(set(near)) == 1 and len(set(far)) == 2


def test_two_statements_of_one_article_never_share_one_of_another():
    one = "The vetoes were not cast to serve our collective safety"
    statements = said((0, "Dora Kolvas", "FRD", "direct", one),
                      (1, "Dora Kolvas", "FRD", "direct", one),
                      (1, "Dora Kolvas", "FRD", "direct", "The vetoes were not cast to serve our collective welfare"))
    names, _ = grouped(statements, frame(FILL, FILL))
    assert names[0] == names[1] != names[2]


def test_to_join_a_report_more_costs_no_more_however_many_are_joined(monkeypatch):
    monkeypatch.setattr(utterances, "MANY", 4)
    looked, really = [], utterances.Groups._article
    monkeypatch.setattr(utterances.Groups, "_article", lambda self, at: looked.append(at) or really(self, at))
    statements = said(*((n, "Dora Kolvas", "FRD", "direct", "The northern locks stay shut") for n in range(40)))
    assert len(set(grouped(statements, frame(*[FILL] * 40))[0])) == 1
    assert len(looked) < 8 * 40


def test_the_quoted_report_stands_for_all_and_the_earliest_day_before_that():
    words = "the locks must be opened before the ice comes and the crews be paid in full"
    statements = said((0, "Dora Kolvas", "FRD", "indirect", words), (1, "Dora Kolvas", "FRD", "direct", words))
    names, _ = grouped(statements, frame(FILL, FILL))
    assert set(names) == {statements.statement[1]}
    names, _ = grouped(statements, frame(FILL, FILL, days={0: "2030-02-28"}))
    assert set(names) == {statements.statement[0]}


def test_wording_that_a_machine_changed_does_not_stand_for_the_utterance_if_another_was_there_that_day():
    words = "We shall never agree to close the locks before the winter"
    read = frame(FILL, FILL + " ").assign(copies="0.txt", rewritten=["odd synonyms throughout", ""])
    statements = said((0, "Ada Kovar", "FRD", "direct", words + " ice comes"),
                      (1, "Ada Kovar", "FRD", "mixed", words))
    filled, _ = repeats.group_utterances(statements, read)
    assert set(filled.utterance) == {statements.statement[1]}
    earlier = read.assign(published=["2030-02-27", "2030-03-01"])
    assert set(repeats.group_utterances(statements, earlier)[0].utterance) == {statements.statement[0]}


def test_no_statements_and_no_copies_are_empty_tables():
    filled, utterances = repeats.group_utterances(tables.empty("statements"), frame(FILL))
    assert filled.empty and utterances.empty and list(utterances.columns) == tables.TABLES["utterances"].names
    assert repeats.differing_quotations(filled, utterances).empty


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["Dora Kolvas", "Kolvas", "Freedonia", ""]),
                          st.sampled_from(["FRD", "SYL", "FRD|SYL", "UNKNOWN"]), st.sampled_from(tables.KINDS),
                          st.text(alphabet="ab lock canal ‘“", min_size=1, max_size=40)), max_size=9))
def test_every_utterance_is_a_statement_that_stands_for_itself(rows):
    statements = said(*rows) if rows else tables.empty("statements")
    filled, utterances = repeats.group_utterances(statements, frame(FILL, FILL + "x", FILL + "y"))
    utterance = dict(zip(filled.statement, filled.utterance, strict=True))
    assert all(utterance[name] == name for name in utterance.values())
    assert set(utterances.utterance) == {n for n in utterance.values() if list(utterance.values()).count(n) > 1}
    assert set(utterances.statement) == {s for s, n in utterance.items() if n in set(utterances.utterance)}
    assert list(filled.drop(columns="utterance")) == list(statements.drop(columns="utterance"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_even_handed_and_between_nothing_and_one(a, b):
    one, two = wordings.read(a), wordings.read(b)
    weights = wordings.Weights([one, two])
    assert wordings.likeness(one, two, weights) == pytest.approx(wordings.likeness(two, one, weights))
    assert 0 <= wordings.likeness(one, two, weights) <= 1 and wordings.likeness(one, one, weights) == 1


@given(st.permutations([f"{n}abcd" for n in range(12)]))
def test_weights_add_up_to_the_same_in_whatever_order_a_set_gives_the_stems(stems):
    # Sets of words are in another order in each process: a last digit that differed would join others in each run.
    weights = wordings.Weights(wordings.read(" ".join(stems[:n])) for n in range(12))
    assert weights.total(stems) == weights.total(sorted(stems)) == weights.total(reversed(stems))


def test_a_wording_reported_in_two_stories_weighs_words_once():
    for number in range(8):  # what it is counted by must not hang on hashes
        statements = said(*((n, "Dora Kolvas", "FRD", "direct", f"The {number} locks stay shut") for n in (0, 1)))
        with scratch.database() as base:
            held = register.Register(base)
            held.add(statements, frame(FILL, "Another day. " * 50))
            once = wordings.Weights([wordings.read(f"The {number} locks stay shut")])
            assert held.compare().of("locks") == once.of("locks")


def test_what_was_compared_is_known_again_however_high_the_numbers(monkeypatch):
    # Two numbers together are mostly more than a database's whole numbers can be.
    compared, really = [], reports.likeness
    monkeypatch.setattr(reports, "likeness", lambda *pair: compared.append(pair) or really(*pair))
    for turn in range(8):
        statements = said(*((article, "Dora Kolvas", "FRD", "direct", f"The {turn} locks stay shut {when}")
                            for article in (0, 1) for when in ("now", "tonight")))
        with scratch.database() as base:
            held = register.Register(base)
            numbers = held.add(statements, frame(FILL, FILL).assign(copies="0.txt"))
            weights, ask = held.compare(), "SELECT * FROM met ORDER BY a, b"
            met = base.execute(ask).fetchall()
            compared.clear()
            for number in numbers:
                held._meet(number, weights)
            assert base.execute(ask).fetchall() == met and len(met) == 4
            assert all(one.article == two.article for one, two, _ in compared)


def test_articles_without_words_tell_no_story():
    assert list(repeats.group_articles(frame("...", FILL, "!!! ---", "", FILL)).copies) == [
        "0.txt", "1.txt", "2.txt", "3.txt", "1.txt"]


def test_marks_case_and_contractions_are_no_difference():
    assert wordings.differences("The vetoes weren’t “deployed”", "the Vetoes were not deployed") == []
    assert wordings.differences("a fair deal", "a deal") == [["fair", ""]]


def test_a_version_is_compared_with_the_part_it_is_a_version_of():
    long = "grew to what it is now mainly as a result of flip flop of our insurance rules in the north"
    assert wordings.part_like("flip-flop of our rules", long) == "flip flop of our insurance rules"
    assert wordings.part_like("", "") == "" and wordings.part_like("a b c", "a") == "a"


def test_few_and_many_stories_are_grouped_alike(bench, monkeypatch):
    read, _, _ = bench.frames(bench.make("syndicated, 10 % of words edited, half cut", 25, 4))
    everyone = repeats.group_articles(read)
    monkeypatch.setattr(stories, "FEW", 0)
    assert repeats.group_articles(read).copies.equals(everyone.copies) and everyone.copies.nunique() == 25


def test_a_kept_grouping_is_the_same_and_an_article_more_decides_only_its_own_pairs(bench, monkeypatch, tmp_path):
    read, _, _ = bench.frames(bench.make("spun, 40 %, a fifth cut", 60, 5))
    plain = repeats.group_articles(read).copies
    decided = []
    really = stories.retold
    monkeypatch.setattr(stories, "retold", lambda *pair: decided.append(pair) or really(*pair))
    monkeypatch.setattr(stories, "SAMPLE", 10)  # so that words are weighed by a part of the stories
    fresh, first, more = repeats.group_articles(read).copies, len(decided), []
    for left_out in (7, 30, 50):  # one of them may be among the stories that weigh words: then all is decided anew
        with store.Store(tmp_path / f"{left_out}.sqlite") as kept:
            repeats.group_articles(read.drop(index=[left_out]).reset_index(drop=True), kept)
            decided.clear()
            assert repeats.group_articles(read, kept).copies.equals(fresh)
            more.append(len(decided))
            decided.clear()
            assert repeats.group_articles(read, kept).copies.equals(fresh) and not decided
    assert min(more) <= 0.2 * first
    assert (fresh == plain).mean() > 0.98  # a part of the stories weighs words nearly as all do


def holders(*things):
    return [(rank, np.array(some, dtype=np.uint32)) for rank, some in enumerate(things, start=1)]


def test_what_meets_shares_enough_that_few_hold_and_never_itself():
    held = holders(range(0, 40), range(10, 50), range(35, 75), range(1000, 1040), *[range(200, 240)] * 5)
    with scratch.database() as base:
        sharing = meetings.Sharing(base, "things", 4, 6)
        sharing.change([], held)
        assert [sharing.met_by(*one) for one in held[:4]] == [[(2, 30)], [(1, 30), (3, 15)], [(2, 15)], []]
        assert sharing.met_by(*held[2], below=2) == [] and sharing.met_by(*held[4]) == []
        assert sharing.turned([held[4]], []) == set()
        sharing.change([held[4]], [])
        assert sharing.turned([held[4]], []) == {6, 7, 8, 9} and len(sharing.met_by(*held[5])) == 3


def test_by_a_run_that_many_stories_hold_only_the_next_longer_ones_are_met(monkeypatch):
    monkeypatch.setattr(meetings, "NEXT", 3)
    held = holders(*[range(0, 400, 4)] * 9)
    with scratch.database() as base:
        runs = meetings.Runs(base)
        runs.change([], held)
        assert runs.met_by(*held[7]) == [5, 6, 7] and runs.met_by(*held[1]) == [1] and runs.met_by(*held[0]) == []
        assert runs.touched([held[2]]) == {4, 5, 6}


@settings(max_examples=4, deadline=None)
@given(st.data())
def test_what_is_found_out_depends_on_the_articles_and_not_on_the_runs_before(bench, data):
    """Articles come, go and change their day; what the last run left gives what a run without it gives."""
    kinds = data.draw(st.lists(st.sampled_from(sorted(bench.KINDS)), min_size=2, max_size=2, unique=True))
    made = [(f"{kind[:4]}{kind[-6:]}-{name}", day, item) for kind in kinds
            for name, day, item in bench.make(kind, data.draw(st.integers(5, 9)), data.draw(st.integers(0, 99)))]
    read, said, _ = bench.frames(sorted(made, key=lambda one: one[0]))
    there = np.ones(len(read), dtype=bool)
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        for module, name, value in ((stories, "FEW", data.draw(st.sampled_from([3, 60]))), (stories, "SAMPLE", 4),
                                    (register, "SAMPLE", 4), (register, "RARE", 5), (register, "IN_STORY", 8)):
            patch.setattr(module, name, value)
        with store.Store(pathlib.Path(folder) / "results.sqlite") as kept:
            for _ in range(4):
                for place in data.draw(st.lists(st.integers(0, len(read) - 1), max_size=3)):
                    there[place] = not there[place] or there.sum() < 3
                place = data.draw(st.integers(0, len(read) - 1))
                read.loc[place, "published"] = data.draw(st.sampled_from(["", "2030-01-09", "2030-02-20"]))
                now = read[there].reset_index(drop=True)
                fresh = repeats.group_articles(now)
                assert repeats.group_articles(now, kept).equals(fresh)
                its = said[said.article.isin(set(now.article))].reset_index(drop=True)
                for one, other in zip(repeats.group_utterances(its, fresh), repeats.group_utterances(its, fresh, kept),
                                      strict=True):
                    assert one.equals(other)


def test_an_article_more_compares_its_own_statements_only(bench, monkeypatch, tmp_path):
    read, said, _ = bench.frames(bench.make("syndicated, 2 % of words edited, a third cut", 24, 5))
    monkeypatch.setattr(register, "SAMPLE", 2)
    read, compared, really = repeats.group_articles(read), [], reports.likeness
    monkeypatch.setattr(reports, "likeness", lambda *pair: compared.append(pair) or really(*pair))
    fresh, first, more = repeats.group_utterances(said, read), len(compared), []
    for left_out in (3, 17, 31):  # one of them may be among the articles that weigh words
        with store.Store(tmp_path / str(left_out) / "results.sqlite") as kept:
            few = read.drop(index=[left_out]).reset_index(drop=True)
            repeats.group_utterances(said[said.article != read.article[left_out]].reset_index(drop=True), few, kept)
            compared.clear()
            assert all(one.equals(other) for one, other in
                       zip(repeats.group_utterances(said, read, kept), fresh, strict=True))
            more.append(len(compared))
            compared.clear()
            repeats.group_utterances(said, read, kept)
            assert not compared
    assert min(more) <= 0.2 * first
