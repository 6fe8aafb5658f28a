"""Editions: named alike on every page, kept through every run, compared by country and target, and why said once."""

import dataclasses
import json
import pathlib
import shutil
import zipfile

import pandas as pd
import pytest
from tabled import DEBATE, fill

from stancebrief import __main__ as cli
from stancebrief import brief, study, tables
from stancebrief.brief import profiles, since
from stancebrief.runs import differences, editions, manifest, publishing


def publish(said=DEBATE, code="1" * 64, **more):
    """The brief of the small study as a run leaves it: evidence beside it, edition kept; gives the page."""
    ours = fill(said, **more)
    known = {"code": {"sha256": code}, "packages": {"pandas": "3"}, "model": {"name": "m"},
             "inputs": manifest.inputs(ours)}
    tables.write_bytes(json.dumps(known).encode(), ours.report / "manifest.json")
    page = brief.Page(ours)
    page.findings()
    page.write()
    editions.keep(ours.report)
    return page


def told(page):
    """The section on what changed: {name: value}."""
    return since.section(page.layout)


def test_every_page_of_a_study_bears_one_edition(small_study):
    ours = fill(DEBATE)
    country = profiles.Profile(ours, "CHN")  # made before the timeline and what it could not read
    for name in ("timeline", "problems"):
        tables.write(tables.empty(name), name, ours.tables)
    problem = {"article": "", "step": "6-brief", "problem": "p", "reason": "r", "remedy": "m"}
    tables.write(pd.DataFrame([problem]), "problems", ours.tables)
    assert brief.Page(ours).edition == country.edition


def test_what_is_counted_and_what_it_was_made_from_name_the_edition(small_study):
    first = brief.Page(fill(DEBATE)).edition
    assert first == brief.Page(fill(DEBATE)).edition and editions.NAME.fullmatch(first)
    assert first != brief.Page(fill(DEBATE[:-1])).edition
    assert first != brief.Page(fill(DEBATE, min_statements=2)).edition
    (small_study / "codebook.yaml").write_text((small_study / "codebook.yaml").read_text() + "\n# more\n")
    assert first != brief.Page(fill(DEBATE)).edition


def test_the_evidence_says_what_it_holds_and_is_the_same_bytes_each_time(small_study):
    (small_study / "reviews").mkdir()
    (small_study / "reviews" / "ann.csv").write_text("when\n")
    path = publish().study.report / editions.EVIDENCE
    first = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        rows = archive.read("contents.csv").decode().splitlines()
        assert {line.split(",")[0] for line in rows[1:]} == set(archive.namelist()) - {"contents.csv"}
        assert "reviews/ann.csv" in archive.namelist() and {info.date_time[0] for info in archive.infolist()} == {1980}
        cells = archive.read(editions.CELLS).decode()
    assert "CHN,sanctions,0,3,0,3" in cells and cells.splitlines()[0].endswith(",named")
    assert publish().study.report.joinpath(editions.EVIDENCE).read_bytes() == first


# --- kept ----------------------------------------------------------------------------------------------------------


def test_editions_are_kept_in_order_and_one_may_come_back(small_study):
    names = [publish(said).edition for said in (DEBATE, DEBATE[:-1], DEBATE, DEBATE)]
    report = study.REPORTS / "small"
    assert editions.log(report) == [names[0], names[1], names[0]]
    assert editions.previous(report, names[0]).stem == names[1]
    assert editions.previous(report, "0" * 10).stem == names[0]


@pytest.mark.parametrize("broken", ["{", "[1", '["ffffffffff"]', "3", '{"a": 1}'])
def test_a_broken_log_loses_no_edition(small_study, broken):
    edition = publish().edition
    report = study.REPORTS / "small"
    (report / editions.KEPT / editions.LOG).write_text(broken)
    assert editions.log(report) == [edition]
    other = publish(DEBATE[:-1]).edition
    assert editions.log(report) == [edition, other]


def test_a_run_that_fails_or_that_knows_nothing_of_editions_keeps_them(tmp_path):
    target = tmp_path / "report"
    with publishing.staged(target) as work:
        tables.write_bytes(b"kept", work / "editions" / "a.zip")
    with pytest.raises(RuntimeError), publishing.staged(target) as work:
        tables.write_bytes(b"half", work / "editions" / "b.zip")
        raise RuntimeError
    for _ in range(2):
        with publishing.staged(target) as work:
            (work / "brief.html").write_text("x")
        assert [path.name for path in (target / "editions").iterdir()] == ["a.zip"]


# --- compared ------------------------------------------------------------------------------------------------------


def test_nothing_is_said_without_an_earlier_edition_or_with_one_that_cannot_be_read(small_study):
    assert told(publish())["since"] == "" and "What changed since" not in publish().render().decode()
    later = publish(DEBATE[:-1])
    editions.previous(later.study.report, later.edition).write_bytes(b"no zip")
    assert told(later)["since"] == ""


def test_fewer_statements_are_a_change_by_country_and_target_with_its_reason(small_study):
    settings = publish(min_statements=3)
    changed = told(publish(min_statements=4))
    assert changed["since"] == settings.edition
    assert changed["since_causes"] == ["A setting changed: min_statements from 3 to 4."]
    assert changed["since_rows"][0][0] == "China on sanctions on North Korea"
    assert changed["since_rows"][0][1].startswith("against; ")
    assert changed["since_rows"][0][2].startswith("no side can be named; ")
    assert "As nothing else changed" in changed["since_why"]


def test_two_causes_are_not_told_apart(small_study):
    publish()
    (small_study / "codebook.yaml").write_text((small_study / "codebook.yaml").read_text() + "\n# more\n")
    changed = told(publish(DEBATE[:-1], code="2" * 64))
    assert changed["since_causes"] == [
        "The codebook changed.", "The program changed; both editions call it stancebrief 0.1.0."]
    assert [row[0] for row in changed["since_rows"]] == ["Russia on sanctions on North Korea"]
    assert "cannot tell which" in changed["since_why"] and "No side that can be named changed" in changed["since_why"]


def test_articles_that_came_and_went_are_named_and_equal_counts_are_said_to_be(small_study):
    publish(outlets=("Harbour Post", "Ridge Times", "Old Post"))
    page = publish(outlets=("Harbour Post", "Ridge News"), published="2022-06-09")
    changed = told(page)
    assert changed["since_causes"] == ["One article was taken out: Old Post (a2.txt).",
                                       "Outlet or date of one article changed: Ridge News (a1.txt)."]
    assert changed["since_rows"] == [] and changed["since_why"].startswith("Who stands where is the same")
    seen = page.render().decode()
    assert 'id="since"' in seen and 'href="#since"' in seen and changed["since"] in seen


def test_a_reason_is_named_only_where_both_programs_are_known(small_study):
    publish()
    page = publish(min_statements=4)
    manifest_path = page.study.report / "manifest.json"
    manifest_path.write_text(manifest_path.read_text().replace("codebook.yaml", "other.yaml"))  # of another run
    page.write()
    with zipfile.ZipFile(page.study.report / editions.EVIDENCE) as archive:
        assert "manifest.json" not in archive.namelist()
    assert "As nothing else changed" not in told(page)["since_why"]


def test_a_setting_that_an_older_program_lacked_is_no_change():
    one = differences.Edition("a" * 10, "s", {"start": "", "min": 3}, {}, "1", "", {}, "", "", {}, {}, {})
    other = dataclasses.replace(one, parameters={"start": "", "min": 3, "columns": {}})
    assert not differences.compare(one, other)


def test_a_change_without_a_recorded_reason_says_so(small_study):
    publish()
    assert "No reason is recorded" in told(publish(DEBATE[:-1]))["since_why"]


def test_hostile_names_stay_text_in_page_and_terminal(small_study, capsys):
    publish()
    page = publish(outlets=("Harbour Post", "Ridge Times", "<script>ran</script>\x1b[2J"))
    assert b"<script>ran" not in page.render()
    old = editions.previous(page.study.report, page.edition)
    assert cli.main(["diff", str(old), str(page.study.report)]) == 1
    said = capsys.readouterr().out
    assert "\x1b" not in said and "article added: a2.txt" in said


# --- the command ---------------------------------------------------------------------------------------------------


def test_diff_says_by_country_and_target_what_changed(small_study, capsys):
    one, two = publish().edition, publish([*DEBATE[3:], DEBATE[0]]).edition
    assert cli.main(["diff", one[:6], two]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"edition {one} (small) -> {two} (small)"
    assert any(line.startswith("! CHN on sanctions: against (3 against") for line in said)
    assert cli.main(["diff", one, one]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "who stands where: no difference"


@pytest.mark.parametrize(("reference", "words"), [
    ("0000", "no edition '0000'"), ("no/such", "editions kept: "), (".", "holds no evidence.zip"),
    ("codebook.yaml", "not the archive of an edition")])
def test_what_is_no_edition_is_a_clear_message(small_study, capsys, monkeypatch, reference, words):
    edition = publish().edition
    monkeypatch.chdir(small_study)
    assert cli.main(["diff", edition, reference]) == 2
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1


def test_a_beginning_that_fits_two_editions_is_refused(small_study):
    kept = study.REPORTS / "small" / editions.KEPT
    source = publish().study.report / editions.EVIDENCE
    for name in ("abcd000000", "abcd111111"):
        shutil.copy(source, kept / f"{name}.zip")
    with pytest.raises(differences.EditionError, match=r"more than one edition .*'abcd'.*abcd000000, abcd111"):
        differences.find("abcd")
    assert differences.find("abcd0") == pathlib.Path(kept / "abcd000000.zip")
