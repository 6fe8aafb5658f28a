"""A second run does only what is new, whichever engine ran; a changed rule or codebook parses nothing again."""

import dataclasses
import json

import pandas as pd
import pytest
import spacy

from stancebrief import codebook, datasets, parses, repeats, sentiment, stance, statements, steps, study, tables
from stancebrief import engine as engines
from stancebrief.articles import portions

ONE = ("Sides differ on locks\n\nThe envoy of France said that sanctions must stay. “We reject the test,” Mr. Paul "
       "Durand told reporters on Monday.\n\nRussia called for talks.\n")
TWO = "Talks are near\n\n“China supports talks,” the Chinese foreign minister Wang said on Tuesday in Geneva.\n"


@pytest.fixture
def ours(small_study):
    folder = study.load("small").folder / "articles"
    (folder / "more.txt").write_text(TWO, encoding="utf-8")
    return study.load("small")


def path(ours):
    """All steps of the path, as bytes of their tables."""
    read, problems = steps.read(ours)
    said, met = steps.extract(ours, read)
    said, _ = repeats.group_utterances(said, read)
    positions, unread = steps.code(ours, said, read, codebook.read(ours.folder / "codebook.yaml"))
    tone, unscored = steps.score(ours, said, read)
    return [frame.to_parquet() for frame in (read, problems, said, met, positions, unread, tone, unscored)]


@pytest.fixture
def no_parser(monkeypatch):
    """From now on whoever parses or extracts fails."""
    def forbid():
        def refuse(*_, **__):
            raise AssertionError("this was done before")
        parses.forget()
        monkeypatch.setattr(spacy.language.Language, "pipe", refuse)
    return forbid


def test_the_steps_give_what_their_rooms_give(ours):
    read, _ = steps.read(ours)
    said, _ = steps.extract(ours, read)
    assert len(said) and said.equals(statements.extract(read)[0])
    book = codebook.read(ours.folder / "codebook.yaml")
    assert steps.code(ours, said, read, book)[0].equals(stance.code(said, read, book))
    backwards = said.iloc[::-1].reset_index(drop=True)
    assert steps.score(ours, backwards, read)[0].equals(sentiment.score(backwards))


@pytest.fixture
def worked(monkeypatch):
    """The articles that a step is at work on, as they come."""
    names, really = [], engines._frames
    monkeypatch.setattr(engines, "_frames", lambda item: names.append(item[3][0][0][0]) or really(item))
    return names


def test_a_second_run_works_on_nothing_and_gives_the_same_bytes(ours, no_parser, worked):
    first = path(ours)
    assert len(worked) == 9  # three articles, three steps
    no_parser()
    worked.clear()
    assert path(ours) == first and worked == []


def test_one_article_more_is_the_only_one_worked_on(ours, worked):
    path(ours)
    worked.clear()
    (ours.folder / "articles" / "new.txt").write_text(ONE, encoding="utf-8")
    steps.extract(ours, steps.read(ours)[0])
    assert worked == ["new.txt"]


def test_a_changed_codebook_or_rule_parses_nothing_again(ours, no_parser, monkeypatch):
    read, _ = steps.read(ours)
    said, _ = steps.extract(ours, read)
    book = codebook.read(ours.folder / "codebook.yaml")
    before, _ = steps.code(ours, said, read, book)
    no_parser()
    other = dataclasses.replace(book, version="new")
    assert steps.code(ours, said, read, other)[0].equals(before)
    monkeypatch.setitem(steps.RULES, "statements", (*steps.RULES["statements"], "another rule"))
    monkeypatch.setitem(steps._FIRST, "statements", steps._rules("statements"))
    again, problems = steps.extract(ours, read)
    assert again.equals(said) and problems.empty


def test_what_changed_since_the_start_is_neither_kept_nor_believed(ours, monkeypatch):
    read, _ = steps.read(ours)
    monkeypatch.setitem(steps._FIRST, "positions", "another")
    with steps._kept(ours) as kept:
        assert kept is None
    assert len(steps.extract(ours, read)[0])


def test_what_is_made_after_a_rule_was_edited_in_mid_run_is_not_kept(ours, tmp_path, monkeypatch, worked):
    """A worker that starts after the edit has read the new rule, but the run began under the old one."""
    rule = tmp_path / "rule.csv"
    rule.write_text("old")
    monkeypatch.setattr(steps, "LISTS", (*steps.LISTS, rule))
    for step in steps.RULES:
        monkeypatch.setitem(steps._FIRST, step, steps._rules(step))
    read, _ = steps.read(ours)
    really = statements.extract
    monkeypatch.setattr(statements, "extract", lambda articles: rule.write_text("edited") and really(articles))
    said, _ = steps.extract(ours, read)
    assert len(said) and len(worked) == 3
    rule.write_text("old")
    monkeypatch.setattr(statements, "extract", really)
    assert steps.extract(ours, read)[0].equals(said) and len(worked) == 6  # made anew, under whichever rule


def poison(monkeypatch, name):
    """Let the reading of statements raise for the article of that name; gives what ends it."""
    really = statements.extract

    def touchy(articles):
        if name in set(articles.article):
            raise RuntimeError("cannot stand it")
        return really(articles)
    monkeypatch.setattr(statements, "extract", touchy)
    return lambda: monkeypatch.setattr(statements, "extract", really)


def test_a_poisonous_article_is_a_problem_with_its_traceback_and_is_met_again(ours, monkeypatch):
    read, _ = steps.read(ours)
    poison(monkeypatch, "more.txt")
    for _ in range(2):
        said, problems = steps.extract(ours, read)
        assert list(problems.article) == ["more.txt"] and "Traceback" in problems.reason[0]
        assert set(said.article) == set(read.article) - {"more.txt"}
    tables.add_problems(problems, "statements", ours.tables)


@pytest.mark.large
@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_the_tables_are_the_same_byte_for_byte_whichever_engine_ran(engine, tmp_path):
    first, second = (study.load("iran-snapback", workspace=str(tmp_path / name / "x"), engine=name)
                     for name in ("serial", engine))
    assert path(first) == path(second)


def test_problems_of_a_step_fit_its_place_in_the_problems_table(ours):
    stray = pd.DataFrame([{**steps.read(ours)[0].iloc[0].to_dict(), "article": "stray.txt",
                           "text": "Head\n\n“I came, he said. Then he left the room.\n", "furniture": "[]"}])
    _, problems = statements.extract(tables.check(stray, "articles"))
    assert len(problems) and not tables.add_problems(problems, "statements", ours.tables).empty


def test_the_path_in_one_go_gives_the_same_tables_part_by_part(ours, tmp_path, monkeypatch):
    (ours.folder / "articles" / "many.jsonl").write_text(
        "".join(json.dumps({"text": f"Talks {n}\n\n“Day {n} was hard,” the French minister said in Paris.\n"}) + "\n"
                for n in range(12)), encoding="utf-8")
    (ours.folder / "articles" / "empty.txt").touch()
    read, problems = steps.read(ours)
    said, _ = steps.extract(ours, read)
    said, utterances = repeats.group_utterances(said, read)
    positions, _ = steps.code(ours, said, read, codebook.read(ours.folder / "codebook.yaml"))
    monkeypatch.setattr(datasets, "PART", 2)
    monkeypatch.setattr(portions, "TOGETHER", 5)
    built = steps.build(ours, tmp_path / "built")
    whole = [dataset.frame() for dataset in built]
    assert len(built[0]) >= 4 and len(built[1]) == len(built[0])
    for one, other in zip((read, said, utterances, positions, steps.score(ours, said, read)[0]), whole, strict=False):
        assert one.equals(other)
    assert "empty.txt" in set(problems.article) and set(whole[-1].article) >= set(problems.article)
    assert list(built[3].frame(["country"]).columns) == ["country"]


def everything(ours, folder):
    """Every file that `steps.build` writes, by its place."""
    steps.build(ours, folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


def test_what_is_made_from_what_was_kept_is_byte_for_byte_what_a_cold_run_makes(small_study, tmp_path, monkeypatch):
    """With an article more, one changed, one gone, a line that becomes furniture and a copy that joins two stories."""
    monkeypatch.setattr(datasets, "PART", 4)
    folder = study.load("small").folder
    capitals = ["Paris", "Geneva", "Vienna", "Oslo", "Rome", "Berne"]

    def write(number, words, line="Only here."):
        (folder / "articles" / f"{number:02d}.txt").write_text(
            f"Talks in {capitals[number % 6]} {words}\n\nThe French minister Anne Durand said in "
            f"{capitals[number % 6]} that sanctions must stay {words}.\n\n“We reject the {words} test,” she said.\n\n"
            f"{line}\n", encoding="utf-8")
    words = ["of winter", "on rockets", "about grain", "after dark", "without end", "at sea", "by night", "in spring"]
    for number in range(8):
        write(number, words[number], "Read more in our paper." if number < 2 else "Only here.")
    (folder / "articles.csv").write_text("file,outlet,published\n" + "".join(
        f"{n:02d}.txt,Our Paper,2022-05-{n + 1:02d}\n" for n in range(12)), encoding="utf-8")

    def both(step):
        warm = everything(study.load("small", workspace=str(tmp_path / "warm" / "small")), tmp_path / f"warm-{step}")
        cold = everything(study.load("small", workspace=str(tmp_path / step / "small")), tmp_path / f"cold-{step}")
        assert warm == cold, step
        return warm
    first = both("first")
    assert sum(name.startswith("articles/") for name in first) > 2
    write(9, words[0])
    assert both("one more, a copy") != first
    write(5, "again", "Read more in our paper.")
    (folder / "articles" / "00.txt").unlink()
    (folder / "codebook.yaml").write_text((folder / "codebook.yaml").read_text().replace("version:", "version: 9 #"))
    both("one changed, a line repeated, one gone, another codebook")


def test_an_article_more_is_put_together_with_its_neighbours_only(ours, tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "PART", 4)
    for number in range(20):
        (ours.folder / "articles" / f"{number:02d}.txt").write_text(ONE.replace("Monday", f"day {number}"))
    steps.build(ours, tmp_path / "first")
    taken, really = [], engines.in_parts
    monkeypatch.setattr(engines, "in_parts", lambda work, articles, *rest, **how: (
        taken.append((how["step"], sum(map(len, articles)))) or really(work, articles, *rest, **how)))
    steps.build(ours, tmp_path / "again")
    assert taken == []
    (ours.folder / "articles" / "07b.txt").write_text(TWO.replace("Geneva", "Berne"), encoding="utf-8")
    steps.build(ours, tmp_path / "more")
    assert {step for step, _ in taken} == {"statements", "positions", "sentiment"}
    assert all(count <= 8 for _, count in taken)


def test_a_part_with_an_article_that_defeated_a_step_is_not_kept(ours, tmp_path, monkeypatch):
    cure = poison(monkeypatch, "more.txt")
    assert "more.txt" in set(steps.build(ours, tmp_path / "first")[-1].frame().article)
    cure()
    built = steps.build(ours, tmp_path / "second")
    assert "could not be worked on" not in set(built[-1].frame().problem)
    assert "more.txt" in set(built[1].frame().article)
