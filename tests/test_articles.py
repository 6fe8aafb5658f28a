"""Files become a table of articles; what is bad about a file is said, and the rest is unharmed."""

import json
import os
import pathlib

import pytest

from stancebrief import articles, study, tables
from stancebrief.articles import entries, files, formats, metadata, portions
from stancebrief.engine import store

GOOD = "Envoys trade blame over missiles\n\n“We will not accept it,” the envoy of Freedonia said on Monday.\n"
COLUMNS = "file,outlet,outlet_country,headline,published,published_basis\n"


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A study in a folder of its own, with one good article."""
    monkeypatch.setattr(study, "DATA", tmp_path)
    (tmp_path / "mine" / "articles").mkdir(parents=True)
    (tmp_path / "mine" / "study.yaml").write_text("title: Mine\n")
    (tmp_path / "mine" / "articles" / "good.txt").write_text(GOOD)
    (tmp_path / "mine" / "articles.csv").write_text(COLUMNS + "good.txt,Courier,GBR,Head,2022-06-08,stated\n")
    return study.load("mine")


def put(ours, name, content):
    path = ours.folder / "articles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def names(problems, article=None):
    return set(problems.problem if article is None else problems.problem[problems.article == article])


def test_the_two_articles_that_ship_are_read_whole_and_every_offset_is_the_files_own():
    ours = study.load("dprk-vetoes")
    frame, problems = articles.read(ours)
    assert len(frame) == 2 and problems.empty
    for row in frame.itertuples():
        assert row.text == (ours.folder / "articles" / row.article).read_bytes().decode("utf-8", errors="replace")
        assert (row.published, row.published_basis) == ("2022-06-08", "inferred") and "debate" in row.published_note
        assert articles.offsets_in_file(ours.folder / "articles" / row.article) is None


def test_the_pages_own_words_are_not_among_the_paragraphs_that_ship():
    frame, _ = articles.read(study.load("dprk-vetoes"))
    held = [row.text[a:b] for row in frame.itertuples() for a, b in articles.paragraphs(row)]
    assert not [text for text in held if "min read" in text or "commenting" in text or text.endswith("| News")]
    assert frame.headline.iloc[0] in held and sum(text.startswith(("“", '"')) for text in held) >= 8
    assert all(rule for row in frame.itertuples() for _, _, rule in json.loads(row.furniture))


@pytest.mark.parametrize("name, content, problem, kept", [
    ("empty.txt", b"", "empty file", False),
    ("white.txt", b" \n\n\t ", "no text", False),
    ("furniture.txt", "·2-min read\n\nADVERTISEMENT\n", "no text", False),
    ("binary.txt", bytes(range(256)) * 20, "not a text file", False),
    ("really.txt", b"%PDF-1.7 \n%\xe2\xe3\xcf\xd3", "not a text file", False),
    ("photo.heic", b"x", "unknown format", False),
    ("french.txt", "Le ministre a déclaré que la réunion était une étape importante pour la paix dans la région et que "
                   "les deux pays allaient continuer leurs discussions.", "not English", False),
    ("cp1252.txt", GOOD.encode("cp1252"), "encoding", True),
    ("utf16.txt", GOOD.encode("utf-16"), "encoding", True),
    ("moji.txt", GOOD.encode().decode("cp1252", errors="ignore").encode() + "â€œYesâ€\u009d".encode(),
     "mojibake mended", True),
    ("quiet.txt", "The envoy of Freedonia warned of new measures.\n", "no quotation", True),
    ("odd.txt", GOOD + "\n“This one never ends, he said.\n\nNothing follows.", "unpaired quotation marks", True),
    ("script.txt", GOOD + "\n<script>alert(1)</script>\n", "markup in the text", True),
    ("braces.txt", GOOD + "\n{{ config }} {% raw %}\n", "markup in the text", True),
    ("marks.txt", "# Head\n\n**bold** and [a](javascript:x)\n" + GOOD, "markup in the text", True),
    ("long.txt", GOOD * 3000, "very long", True),
    ("5MB.txt", GOOD * 52_000, "too long", False),
])
def test_bad_input_is_named_and_the_rest_is_unharmed(mine, name, content, problem, kept):
    put(mine, name, content)
    frame, problems = articles.read(mine)
    assert problem in names(problems, name), problems
    assert (name in set(frame.article)) is kept and "good.txt" in set(frame.article)
    assert (problems.reason != "").all() and (problems.remedy != "").all()


def test_a_good_article_has_no_problem_and_its_metadata(mine):
    frame, problems = articles.read(mine)
    row = frame.iloc[0]
    assert problems.empty and tables.check(frame, "articles").equals(frame)
    assert (row.outlet, row.outlet_country, row.headline, row.published) == ("Courier", "GBR", "Head", "2022-06-08")
    assert row.words == 17 and row.language == "en"


def test_text_in_markup_is_kept_character_by_character(mine):
    text = GOOD + "\n</script><script>x</script> {{ 7*7 }} **b**\n"
    put(mine, "x.txt", text)
    frame, _ = articles.read(mine)
    assert frame.set_index("article").text["x.txt"] == text


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode(),
                                     GOOD.replace("\n", "\r").encode(), GOOD.encode() + b"\xe2\x80"])
def test_offsets_agree_with_any_reader_that_keeps_line_ends_and_marks(mine, content):
    path = put(mine, "x.txt", content)
    frame, _ = articles.read(mine)
    row = next(frame[frame.article == "x.txt"].itertuples())
    assert row.text == content.decode("utf-8", errors="replace") and articles.offsets_in_file(path) is None
    first, *_, last = [row.text[a:b] for a, b in articles.paragraphs(row)]
    assert first == "Envoys trade blame over missiles" and last.startswith(("“We", "\ufffd"))


def test_offsets_lead_back_through_mended_mojibake(mine):
    broken = GOOD.encode().decode("latin-1")
    path = put(mine, "x.txt", broken)
    frame, _ = articles.read(mine)
    text = frame.set_index("article").text["x.txt"]
    start = text.index("We will")
    places = articles.offsets_in_file(path)
    assert text == GOOD and broken[places[start]:places[start + 7]] == "We will"


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_not_unpaired(mine):
    put(mine, "x.txt", "Head\n\nHe said: “We go on.\n\n“We never stop.”\n")
    assert "unpaired quotation marks" not in names(articles.read(mine)[1])


@pytest.mark.parametrize("rows, article, problem", [
    ("good.txt,A,,,,\ngood.txt,B,,,,\n", "good.txt", "metadata given twice"),
    ("good.txt,A,,,,\ngoof.txt,B,,,,\n", "goof.txt", "file not there"),
    ("", "", "no metadata"),
    ("goof.txt,A,,,,\n", "goof.txt", "file not there"),
    ("good.txt,A,Britain,,,\n", "good.txt", "value not used"),
    ("good.txt,A,,,8 June 2022,\n", "good.txt", "value not used"),
    ("good.txt,A,,,2022-02-31,\n", "good.txt", "value not used"),
    ("good.txt,A,,,2022-06-08,surely\n", "good.txt", "value not used"),
    (",A,,,2022-06-08,stated\n", "", "row without a file"),
    ("good.txt,A,,,2022-06-08,stated,x,y\n", "good.txt", "too many cells"),
])
def test_odd_metadata_is_named_and_never_stops(mine, rows, article, problem):
    (mine.folder / "articles.csv").write_text(COLUMNS + rows)
    frame, problems = articles.read(mine)
    assert problem in names(problems, article), problems
    assert list(frame.article) == ["good.txt"] and frame.outlet.iloc[0] in ("A", "unknown")


@pytest.mark.parametrize("content, problem", [
    (None, "no articles.csv"), (b"name,outlet\ngood.txt,A\n", "articles.csv not readable"),
    (b"", "articles.csv not readable"),
    (b"file,colour\ngood.txt,red\n", "unknown column"), (b"file,outlet,outlet\ngood.txt,A,B\n", "column given twice"),
    (b'file,outlet\n"good.txt,A\n', "articles.csv not readable"), (b"PAR1\x00\x00\x00", "articles.csv not readable"),
])
def test_an_articles_csv_that_cannot_be_used_is_named(mine, content, problem):
    path = mine.folder / "articles.csv"
    path.unlink() if content is None else path.write_bytes(content)
    frame, problems = articles.read(mine)
    assert problem in names(problems) and list(frame.article) == ["good.txt"]


@pytest.mark.parametrize("content", ["file;outlet\ngood.txt;Köln\n".encode("cp1252"),
                                     "\ufefffile\toutlet\ngood.txt\tKöln".encode()])
def test_a_table_as_spreadsheets_save_it_is_read(mine, content):
    (mine.folder / "articles.csv").write_bytes(content)
    frame, _ = articles.read(mine)
    assert frame.outlet.iloc[0] == "Köln"


def test_a_web_page_in_a_text_file_gives_its_main_text(mine):
    body = "".join(f"<p>“We will not accept measure {n},” the envoy of Freedonia told the hall on Monday.</p>"
                   for n in range(9))
    put(mine, "page.txt", f"<!DOCTYPE html><html><head><title>T</title><script>evil()</script></head><body><nav>"
                          f"<a href=x>Home</a></nav><article><h1>Envoys trade blame</h1>{body}</article></body></html>")
    frame, problems = articles.read(mine)
    text = frame.set_index("article").text["page.txt"]
    assert "web page in a text file" in names(problems, "page.txt")
    assert "measure 8" in text and "<p>" not in text and "evil" not in text


def test_no_article_at_all_is_one_clear_error(mine):
    (mine.folder / "articles" / "good.txt").unlink()
    with pytest.raises(articles.NoArticles, match="data/mine/articles"):
        articles.read(mine)
    put(mine, "empty.txt", b"")
    with pytest.raises(articles.NoArticles, match=r"empty\.txt: the file has no bytes"):
        articles.read(mine)


def test_links_that_loop_and_hidden_files_are_left_alone(mine):
    folder = mine.folder / "articles"
    os.symlink(folder, folder / "loop")
    put(mine, ".DS_Store", b"\x00\x01")
    put(mine, "2022/june.txt", GOOD)
    frame, _ = articles.read(mine)
    assert list(frame.article) == ["2022/june.txt", "good.txt"]


def test_a_file_that_vanishes_or_may_not_be_read_is_a_problem(mine, monkeypatch):
    path = put(mine, "gone.txt", GOOD)
    real = pathlib.Path.read_bytes

    def read_bytes(self):
        if self == path:
            raise FileNotFoundError(2, "No such file")
        return real(self)

    monkeypatch.setattr(pathlib.Path, "read_bytes", read_bytes)
    frame, problems = articles.read(mine)
    assert "file not readable" in names(problems, "gone.txt") and list(frame.article) == ["good.txt"]


def test_a_reader_that_fails_on_one_file_is_a_problem(mine, monkeypatch):
    monkeypatch.setitem(formats.READERS, ".odd", lambda path: 1 / 0)
    put(mine, "x.odd", b"x")
    frame, problems = articles.read(mine)
    assert any("ZeroDivisionError" in reason for reason in problems.reason[problems.article == "x.odd"])
    assert list(frame.article) == ["good.txt"]


def test_paths_are_read_without_a_study_and_two_files_of_one_name_stay_apart(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(GOOD)
    frame, problems = articles.read_paths([tmp_path / "a", tmp_path / "b" / "x.txt", tmp_path / "a" / "x.txt"])
    assert len(set(frame.article)) == 2 and all(name.endswith("x.txt") for name in frame.article)
    frame, _ = articles.read_paths([tmp_path / "a"])
    assert list(frame.article) == ["x.txt"]
    _, problems = articles.read_paths([tmp_path / "a", tmp_path / "nothing"])
    assert "file not there" in set(problems.problem)
    with pytest.raises(articles.NoArticles):
        articles.read_paths([tmp_path / "nothing"])


def test_a_day_in_the_address_is_an_inferred_date_and_nothing_else_is_guessed(mine):
    (mine.folder / "articles.csv").write_text("file,url\ngood.txt,https://example.org/2022/06/09/envoys\n")
    row = articles.read(mine)[0].iloc[0]
    assert (row.published, row.published_basis) == ("2022-06-09", "inferred")
    (mine.folder / "articles.csv").write_text("file,url\ngood.txt,https://example.org/20220/99/envoys\n")
    row = articles.read(mine)[0].iloc[0]
    assert (row.published, row.published_basis) == ("", "unknown")


def test_a_line_that_an_outlet_repeats_is_marked_in_all_its_articles(mine):
    foot = "Courier is the oldest daily of Freedonia and its islands."
    rows = ""
    for n in range(3):
        put(mine, f"n{n}.txt", f"Story {n}\n\n“We met {n} envoys on that day,” she said.\n\n{foot}\n")
        rows += f"n{n}.txt,Courier,,,,\n"
    (mine.folder / "articles.csv").write_text(COLUMNS + rows)
    frame, _ = articles.read(mine)
    for row in frame[frame.article.str.startswith("n")].itertuples():
        assert foot not in [row.text[a:b] for a, b in articles.paragraphs(row)] and row.words == 11


def test_a_file_that_vanishes_while_it_is_read_is_a_problem_and_is_read_when_it_is_back(mine, tmp_path, monkeypatch):
    put(mine, "gone.txt", GOOD)
    really = portions.Portions

    def slow(*given):
        found = really(*given)
        (mine.folder / "articles" / "gone.txt").unlink()
        return found
    with store.Store(tmp_path / "kept.sqlite") as kept:
        monkeypatch.setattr(portions, "Portions", slow)
        frame, problems = articles.read(mine, kept)
        assert list(frame.article) == ["good.txt"]
        assert "file not readable" in set(problems[problems.article == "gone.txt"].problem)
        monkeypatch.setattr(portions, "Portions", really)
        put(mine, "gone.txt", GOOD)
        assert list(articles.read(mine, kept)[0].article) == ["gone.txt", "good.txt"]


def test_what_was_read_before_is_not_read_again_unless_something_changed(mine, tmp_path, monkeypatch):
    read = []
    real = entries.one
    monkeypatch.setattr(entries, "one", lambda path, name, *known: read.append(name) or real(path, name, *known))
    put(mine, "bad.txt", b"")
    with store.Store(tmp_path / "kept.sqlite") as kept:
        first = articles.read(mine, kept)
        again = articles.read(mine, kept)
        assert sorted(read) == ["bad.txt", "good.txt"]
        assert all(a.equals(b) for a, b in zip(first, again, strict=True))
        put(mine, "new.txt", GOOD)
        articles.read(mine, kept)
        assert sorted(read) == ["bad.txt", "good.txt", "new.txt"]
        (mine.folder / "articles.csv").write_text(COLUMNS + "good.txt,Herald,GBR,Head,2022-06-08,stated\n")
        assert "Herald" in set(articles.read(mine, kept)[0].outlet) and read.count("good.txt") == 2


def test_the_code_that_reads_is_named_whole_so_that_a_change_to_it_reads_anew():
    folder = pathlib.Path(articles.__file__).parent
    assert all((folder / f"{name}.py").is_file() for name in portions.READ_BY)


@pytest.mark.parametrize(("name", "url", "published", "note"), [
    ("post_2022-06-09_vetoes.txt", "", "2022-06-09", "from the name of the file"),
    ("2022_06_09.txt", "", "2022-06-09", "from the name of the file"),
    ("post_2022-06-09.txt", "https://post.example/2022/06/08/vetoes", "2022-06-08", "from the address of the page"),
    ("post_2022-06-09.txt", "https://post.example/archive/2022/1", "2022-06-09", "from the name of the file"),
    ("2022-06-09_on_2022-05-26.txt", "", "", "not given"),   # which of the two?
    ("post_2022-02-30.txt", "", "", "not given"),            # no such day
    ("220220609-3.txt", "", "", "not given"),
    ("Envoys (2022-06-09 14_30_00).html", "", "", "not given"),  # when it was saved says nothing of its articles
    ("Screenshot 2022-06-09 at 10.31.00.pdf", "", "", "not given"),
    ("post_2022-06-09_0012.txt", "", "2022-06-09", "from the name of the file"),
    ("post_2090-01-01.txt", "https://post.example/2091/06/08/x", "", "not given"),
    ("export_2022-06-09.csv#3", "", "", "not given"),        # when it was exported says nothing of its articles
])
def test_a_day_in_the_address_or_the_name_of_a_file_is_inferred(name, url, published, note):
    source = files.Source("A short text.", b"x")
    row = entries.row(name, source, {"url": url})
    assert (row["published"], row["published_note"]) == (published, note)
    assert row["published_basis"] == ("inferred" if published else "unknown")


def test_a_file_is_not_said_to_lack_what_it_says_itself_nor_one_that_gave_no_article(mine):
    put(mine, "t.jsonl", json.dumps({"text": GOOD, "outlet": "Post", "date": "2022-06-08"}).encode())
    put(mine, "u.jsonl", json.dumps({"text": GOOD}).encode())
    put(mine, "bad.txt", b"")
    (mine.folder / "articles.csv").write_text(COLUMNS + "good.txt,Herald,GBR,Head,2022-06-08,stated\n")
    _, problems = articles.read(mine)
    assert list(problems[problems.problem == metadata.LACKING].article) == ["u.jsonl"]


def test_a_link_to_a_folder_is_said_not_to_be_read(mine):
    os.symlink(mine.folder / "articles", mine.folder / "articles" / "again", target_is_directory=True)
    frame, problems = articles.read(mine)
    assert list(frame.article) == ["good.txt"]
    assert list(problems[problems.problem == "linked folder not read"].article) == ["again"]


def test_a_pipe_is_not_waited_for_and_a_name_that_is_no_utf8_stops_nothing(mine):
    folder = mine.folder / "articles"
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    pathlib.Path(os.fsdecode(os.fsencode(folder) + b"/b\xff.txt")).write_bytes(GOOD.encode())
    frame, problems = articles.read(mine)
    assert list(frame.article) == ["good.txt"]
    met = dict(zip(problems.article, problems.problem, strict=True))
    assert met["pipe.txt"] == met["zero.txt"] == "not a file" and met["b\\xff.txt"] == "file name not readable"
    assert list(articles.read_paths([folder])[0].article) == ["good.txt"]


def test_an_odd_day_or_no_value_in_articles_csv_is_not_used(mine):
    (mine.folder / "articles.csv").write_text(COLUMNS + "good.txt,NULL,,nan,2090-01-01,\n")
    frame, problems = articles.read(mine)
    assert (frame.outlet[0], frame.published[0]) == ("unknown", "") and "nan" != frame.headline[0]
    assert problems.reason.str.contains("2090").any() and problems.remedy.str.contains("still to come").any()


@pytest.mark.parametrize("written", ["Cafe\u0301.txt", "Café.txt", "articles/Café.txt", ".\\Café.txt"])
def test_a_file_is_found_however_a_system_writes_its_name(mine, written):
    put(mine, "Café.txt", GOOD)
    (mine.folder / "articles.csv").write_text(COLUMNS + f"{written},Herald,,,2022-06-08,\n")
    frame, problems = articles.read(mine)
    assert set(frame[frame.article == "Café.txt"].outlet) == {"Herald"}
    assert "file not there" not in set(problems.problem)
