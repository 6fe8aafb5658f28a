"""The brief on paper: tagged, with text and outline, charts as lines, no path or time of the machine; or why not."""

import os
import re

import pytest
from tabled import DEBATE, fill

from stancebrief import __main__ as cli
from stancebrief import brief, prints, study

try:
    prints.chromium()
    MISSING = ""
except prints.PrintError as error:
    MISSING = str(error)


def report():
    """The brief of the small study; gives the study."""
    page = brief.Page(fill(DEBATE, url="https://example.org/a"))
    page.findings()
    page.stance()
    page.sides()
    page.write()
    return page.study


def test_without_a_report_it_says_what_to_run(small_study, capsys):
    assert cli.main(["pdf", "small"]) == 2
    assert "run `make report STUDY=small` first" in capsys.readouterr().err


def test_without_a_browser_it_says_so_and_leaves_the_report(small_study, monkeypatch, tmp_path, capsys):
    report()
    before = sorted(os.listdir(study.REPORTS / "small"))
    monkeypatch.setattr(prints, "PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cli.main(["pdf", "small"]) == 2
    assert "no Chromium, Chrome or Edge was found" in capsys.readouterr().err
    monkeypatch.setenv(prints.VARIABLE, "/no/such/browser")
    assert cli.main(["pdf", "small"]) == 2
    assert "STANCEBRIEF_CHROMIUM is '/no/such/browser'" in capsys.readouterr().err
    assert sorted(os.listdir(study.REPORTS / "small")) == before


def test_a_browser_that_is_none_is_one_line(small_study, monkeypatch, tmp_path):
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    false = tmp_path / "browser"
    false.write_text("#!/bin/sh\nexit 3\n")
    false.chmod(0o755)
    monkeypatch.setenv(prints.VARIABLE, str(false))
    with pytest.raises(prints.PrintError, match=r"could not print brief\.html") as error:
        prints.pdf(report())
    assert "\n" not in str(error.value) and not (study.REPORTS / "small" / "brief.pdf").exists()


@pytest.mark.browser
@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_the_pdf_is_tagged_has_text_and_outline_and_no_picture_of_pixels(small_study):
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = prints.pdf(report())
    read = pypdf.PdfReader(path)
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "en-GB"
    assert read.metadata.title == "Small" and read.outline and len(read.pages) >= 3
    texts = [page.extract_text() for page in read.pages]
    words = " ".join(" ".join(texts).split())
    assert "nobody is helped by the sanctions" in words and "Who stands where" in words
    for number, text in enumerate(texts, start=1):
        assert f"{number} / {len(texts)}" in text and "Small · edition" in " ".join(text.split())
    assert not [number for number, page in enumerate(read.pages) if page.images], "a chart is a picture of pixels"
    drawn = sum(len(re.findall(rb"\b(?:re|l|c)\n", page.get_contents().get_data())) for page in read.pages)
    assert drawn > 100, "the charts are not drawn as lines"
    notes = [note.get_object().get("/A", {}) for page in read.pages for note in page.get("/Annots", [])]
    assert {note["/URI"] for note in notes if "/URI" in note} == {"https://example.org/a"}
    content = path.read_bytes()
    assert str(study.REPORTS).encode() not in content and b"file:" not in content
    assert re.findall(rb"Date \(D:(\d{8})", content) == [b"19800101", b"19800101"]
