"""The command line: what it documents, what it writes, and one line instead of a traceback."""

import csv
import os
import pathlib
import re
import subprocess
import sys

import disks
import pytest

from stancebrief import __main__ as cli
from stancebrief import checks, extracts, study, tables

VERBS = ("report", "country", "diff", "pdf", "export", "second", "extract", "check", "study", "dictionary")


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "stancebrief", *arguments], text=True, capture_output=True,
                          env=os.environ | settings, timeout=120)


def test_help_documents_every_verb(capsys):
    for arguments in (["--help"], *([verb, "--help"] for verb in VERBS)):
        with pytest.raises(SystemExit) as end:
            cli.main(arguments)
        assert end.value.code == 0
        said = capsys.readouterr().out
        assert all(verb in said for verb in (VERBS if arguments == ["--help"] else arguments[:1]))
    assert "rule" in _help("extract", capsys) and "COUNTRIES=CHN,RUS,USA" in _help("report", capsys)


def _help(verb, capsys):
    with pytest.raises(SystemExit):
        cli.main([verb, "--help"])
    return capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "words"), [
    (["report", "no-such-study"], "there is no study 'no-such-study'"),
    (["report", "dprk-vetoes", "STRAT=x"], "did you mean start"),
    (["report", "dprk-vetoes", "START"], "write NAME=VALUE"),
    (["report", "dprk-vetoes", "START=2022-01-01", "START=2022-01-02"], "given twice"),
    (["country", "dprk-vetoes", "china"], "no country code"),
    (["check", "../data"], "there is no study '../data'"),
    (["extract", "no/such/file.txt", "--out", "x.csv"], "there is no file or folder no/such/file.txt"),
    (["study", "Not A Name"], "cannot be named"),
    (["study", "dprk-vetoes"], "is there already"),
])
def test_a_mistake_of_the_user_is_one_line_and_status_2(arguments, words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert words in said.err and said.err.startswith("stancebrief: ") and said.err.count("\n") == 1
    assert "Traceback" not in said.err and not said.out and not list(tmp_path.iterdir())


def test_what_is_exported_is_told_file_by_file(small_study, tmp_path, capsys):
    import coded
    coded.study_with_tables()
    assert cli.main(["export", "small", "--to", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert {"datapackage.json", "small.dna", "country-target.graphml"} <= {pathlib.Path(line).name for line in told}
    assert all(pathlib.Path(line).is_file() for line in told)


def test_a_mistake_of_ours_is_not_hidden(monkeypatch):
    monkeypatch.setattr(cli, "_check", lambda chosen: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        cli.main(["check", "dprk-vetoes"])


def test_no_file_name_or_text_can_steer_the_terminal():
    assert checks.plain("a\nb\x1b[2J\u202e é 🚀: x") == "a\\nb\\x1b[2J\\u202e é 🚀: x"


def test_a_full_disk_is_one_line_with_a_remedy_even_where_the_system_names_no_file(monkeypatch, capsys, tmp_path):
    def writes(chosen):
        with disks.full(1_000), open(tmp_path / "big", "wb", buffering=0) as handle:
            while True:
                handle.write(b"x" * 999)
    monkeypatch.setattr(cli, "_check", writes)
    assert cli.main(["check", "dprk-vetoes"]) == 2
    assert re.fullmatch(r"stancebrief: .*free some space and run it again\n", capsys.readouterr().err)


def test_help_needs_none_of_the_heavy_libraries():
    code = ("import sys\nfrom stancebrief import __main__ as m\n"
            "try: m.main(['--help'])\nexcept SystemExit: pass\n"
            "print([n for n in ('pandas', 'spacy', 'altair', 'papermill') if n in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], text=True, capture_output=True)
    assert done.stdout.splitlines()[-1] == "[]"


# --- extract -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """Rows, file and standard error of one extraction over a folder with good and bad files."""
    from conftest import ARTICLES
    folder = tmp_path_factory.mktemp("extract")
    (folder / "in").mkdir()
    for name, text in ARTICLES.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    (folder / "in" / "empty.txt").write_text("")
    (folder / "in" / "binary.txt").write_bytes(bytes(range(256)) * 40)
    out = folder / "made" / "rows.csv"
    done = run("extract", str(folder / "in"), "--out", str(out))
    assert done.returncode == 0, done.stderr
    with open(out, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle)), folder, done.stderr


def test_extract_writes_the_documented_columns_one_row_for_each_statement_country_and_target(extracted):
    rows, folder, _ = extracted
    assert tuple(rows[0]) == extracts.COLUMNS
    assert extracts.COLUMNS[:9] == ("article", "start", "end", "kind", "speaker", "country", "cue", "target", "stance")
    keys = [(row["article"], row["start"], row["end"], row["country"], row["target"]) for row in rows]
    assert len(keys) == len(set(keys)) > 4
    for row in rows:
        text = (folder / "in" / row["article"]).read_text(encoding="utf-8")
        assert text[int(row["start"]):int(row["end"])] == row["content"]
        assert (row["target"] == "none") == (row["stance"] == "none")
        assert row["stance"] in (*tables.STANCES, "none") and row["kind"] in tables.KINDS
        assert study.COUNTRY.fullmatch(row["country"]) and 0 <= float(row["confidence"]) <= 1
    assert {row["article"] for row in rows} == {"harbour.txt", "ridge.txt"}


def test_extract_says_what_could_not_be_read_and_leaves_no_half_file(extracted):
    _, folder, said = extracted
    assert "empty.txt" in said and "binary.txt" in said and "Traceback" not in said
    assert os.listdir(folder / "made") == ["rows.csv"]


def test_extract_with_nothing_to_read_writes_nothing(tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("")
    assert cli.main(["extract", str(tmp_path / "empty.txt"), "--out", str(tmp_path / "x.csv")]) == 2
    assert "stancebrief: " in capsys.readouterr().err and not (tmp_path / "x.csv").exists()


def test_flat_keeps_each_country_of_a_statement_with_or_without_position():
    import pandas as pd
    found = pd.DataFrame([{"statement": "a:0-4", "article": "a", "start": 0, "end": 4, "kind": "direct", "speaker": "X",
                           "countries": "CHN|RUS", "cue": "said", "content": "text", "confidence": .5, "rule": "r"}])
    position = {"statement": "a:0-4", "country": "RUS", "target": "veto", "stance": "support", "words": "w",
                "confidence": .9, "why": "y"}
    flat = extracts.flat(found, pd.DataFrame([position, position | {"target": "talks", "stance": "neutral"}]))
    assert flat[["country", "target", "stance", "rule"]].values.tolist() == [
        ["CHN", "none", "none", "r"], ["RUS", "veto", "support", "y"], ["RUS", "talks", "neutral", "y"]]
    nobody = extracts.flat(found, pd.DataFrame(columns=list(position)))
    assert nobody["stance"].tolist() == ["none", "none"]


# --- study, check, dictionary --------------------------------------------------------------------------------------


def test_a_new_study_is_laid_out_and_can_be_checked(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("STANCEBRIEF_STUDIES", str(tmp_path))
    assert cli.main(["study", "my-topic"]) == 0
    assert sorted(path.name for path in (tmp_path / "my-topic").iterdir()) == [
        "articles", "articles.csv", "codebook.yaml", "study.yaml"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    settings = (tmp_path / "my-topic" / "study.yaml").read_text()
    assert set(re.findall(r"(?m)^(\w+):", settings)) <= set(study.SETTINGS)
    capsys.readouterr()
    assert cli.main(["check", "my-topic"]) == 1
    said = capsys.readouterr().out
    assert "title is empty" in said and "articles" in said and "codebook" not in said
    (tmp_path / "my-topic" / "articles" / "one.txt").write_text('Talks\n\nChina said: "All sides must resume talks."\n')
    (tmp_path / "my-topic" / "codebook.yaml").write_text("targets: [{nmae: x}]")
    assert cli.main(["check", "my-topic"]) == 1
    assert "codebook.yaml" in capsys.readouterr().out


def test_the_shipped_study_has_nothing_missing(capsys):
    assert cli.main(["check", "dprk-vetoes"]) == 0, capsys.readouterr().out


def test_the_dictionary_is_written_between_its_marks_and_drift_is_found(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(study, "DATA", tmp_path)
    assert cli.main(["dictionary", "--check"]) == 1 and not list(tmp_path.iterdir())
    assert cli.main(["dictionary"]) == 0
    page = tmp_path / "README.md"
    assert tables.dictionary() in page.read_text() and cli.main(["dictionary", "--check"]) == 0
    page.write_text("By hand before.\n" + page.read_text().replace("| `country` |", "| `land` |") + "By hand after.\n")
    assert cli.main(["dictionary", "--check"]) == 1
    assert cli.main(["dictionary"]) == 0
    text = page.read_text()
    assert text.startswith("By hand before.\n") and text.endswith("By hand after.\n") and "`land`" not in text
    page.write_text("no marks")
    assert cli.main(["dictionary"]) == 2 and page.read_text() == "no marks"


def test_the_data_dictionary_says_what_the_tables_are():
    assert cli.main(["dictionary", "--check"]) == 0
