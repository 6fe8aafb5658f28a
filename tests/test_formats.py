"""Each format gives the text a reader would see; what is damaged, walled, locked or a bomb is a problem by name."""

import csv
import gzip
import io
import json
import zipfile

import pandas as pd
import pytest

from stancebrief import articles, study
from stancebrief.articles import files, formats, pages

BODY = [f"“We will not accept measure {n},” the envoy of Freedonia told the hall in Kessel on Monday."
        for n in range(8)]
TEXT = "Envoys trade blame\n\n" + "\n\n".join(BODY) + "\n"
GERMAN = ("Der Minister erklärte am Montag in der Hauptstadt, dass die Verhandlungen über den Kanal noch in "
          "diesem Jahr abgeschlossen werden sollen und dass beide Seiten dazu bereit seien.")


def html(body="", head=""):
    body = body or "".join(f"<p>{line}</p>" for line in BODY)
    return (f"<!DOCTYPE html><html lang=en><head><title>Envoys trade blame</title>{head}</head><body>"
            f"<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav><main><article>"
            f"<h1>Envoys trade blame</h1>{body}</article></main><footer>© Courier</footer></body></html>")


def pdf(lines_by_page):
    """A plain PDF of one column, written by hand: one line of text per line."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in lines_by_page:
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 10 Tf 50 780 Td {shown}ET".encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                       b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(out))


def docx(paragraphs, raw=(), more=""):
    """A Word file of these paragraphs, some given as the marks inside them, and of more marks."""
    import docx as word
    from docx.oxml import parse_xml
    document = word.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for marks in [*(f"<w:p>{one}</w:p>" for one in raw), *([more] if more else [])]:
        marks = marks.replace("<w:t>", '<w:t xml:space="preserve">')
        document.element.body.insert(0, parse_xml(marks.replace(">", f" {space}>", 1)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def warc(pages):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, status, kind, content in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(content),
                                                      http_headers=headers))
    return out.getvalue()


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A study with one good article, and a way to add files to it and read them."""
    monkeypatch.setattr(study, "DATA", tmp_path)
    (tmp_path / "mine" / "articles").mkdir(parents=True)
    (tmp_path / "mine" / "study.yaml").write_text("title: Mine\n")
    (tmp_path / "mine" / "articles" / "good.txt").write_text(TEXT)

    def read(name, content):
        (tmp_path / "mine" / "articles" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        frame, problems = articles.read(study.load("mine"))
        assert "good.txt" in set(frame.article)
        return frame[frame.article.str.startswith(name)], problems[problems.article.str.startswith(name)]
    return read


def paragraphs(row):
    return [row.text[a:b] for a, b in articles.paragraphs(row)]


def test_markdown_gives_words_without_marks_and_front_matter_is_metadata(mine):
    frame, _ = mine("a.md", "---\ntitle: Envoys trade blame\ndate: 2022-06-09\nsource: Courier\n---\n"
                    "# Envoys *trade* blame\n\n“We **will not** accept it,” [the envoy](http://x.example/) said\n"
                    "on Monday.\n\n- one\n- two\n")
    row = frame.iloc[0]
    assert paragraphs(row)[:2] == ["Envoys trade blame", "“We will not accept it,” the envoy said on Monday."]
    assert (row.headline, row.published, row.published_basis, row.outlet) == (
        "Envoys trade blame", "2022-06-09", "stated", "Courier")


def test_a_page_gives_its_main_text_and_what_it_says_of_itself(mine):
    head = ('<meta property="og:site_name" content="Courier"><meta property="article:published_time" '
            'content="2022-06-09T10:00:00Z"><link rel="canonical" href="https://courier.example/envoys">')
    frame, _ = mine("a.html", html(head=head))
    row = frame.iloc[0]
    assert paragraphs(row)[0] == "Envoys trade blame" and set(BODY) <= set(paragraphs(row))
    assert "Home" not in row.text and row.outlet == "Courier"
    assert (row.published, row.published_basis) == ("2022-06-09", "stated") and row.url.endswith("/envoys")


@pytest.mark.parametrize("body, problem", [
    ("<p>The envoy opened the door and looked out at the sea.</p><p>Subscribe now to continue reading.</p>", "paywall"),
    ("<p>We and our partners use cookies. Accept all cookies to see the page.</p>", "cookie wall"),
    ("<p>Please verify that you are human to go on.</p>", "robot check"),
])
def test_a_wall_in_place_of_an_article_is_named(mine, body, problem):
    assert problem in set(mine("a.html", html(body))[1].problem)


def test_a_long_article_that_mentions_subscribers_is_no_wall(mine):
    body = "".join(f"<p>{line} It was a long night.</p>" for line in BODY * 3) + "<p>Subscribe now for more.</p>"
    assert "paywall" not in set(mine("a.html", html(body))[1].problem)


def test_a_pdf_gives_paragraphs_and_leaves_running_lines_out(mine):
    words = ("first", "second", "third", "fourth")
    frame, problems = mine("a.pdf", pdf([
        ["Courier Digest", f"The {word} envoy told the hall on Monday that no new meas-",
         f"ures would be accepted by the {word} government, and left.", f"The {word} door closed.",
         f"All went home after the {word} hour.", f"Page {n}"] for n, word in enumerate(words)]))
    text = frame.iloc[0].text
    assert "no new measures would be accepted by the second government" in text
    assert "Courier Digest" not in text and "Page" not in text
    assert "lines left out" in set(problems.problem)


def test_a_word_file_gives_its_paragraphs(mine):
    frame, _ = mine("a.docx", docx(["Envoys trade blame", *BODY]))
    assert paragraphs(frame.iloc[0]) == ["Envoys trade blame", *BODY]


def test_a_mail_gives_subject_text_and_the_day_it_was_sent(mine):
    frame, _ = mine("a.eml", "From: a@b.example\r\nSubject: =?utf-8?q?Envoys_trade_blame?=\r\nDate: Thu, 09 Jun 2022 "
                    "10:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + "\r\n\r\n".join(BODY))
    row = frame.iloc[0]
    assert paragraphs(row) == ["Envoys trade blame", *BODY]
    assert (row.published, row.published_basis) == ("2022-06-09", "inferred")


def rows():
    return [{"title": f"Envoys trade blame {n}", "body": "\n\n".join(BODY), "date": "2022-06-09T08:00:00",
             "source": "Courier"} for n in range(3)]


@pytest.mark.parametrize("name, write", [
    ("a.csv", lambda out: pd.DataFrame(rows()).to_csv(out, index=False)),
    ("a.tsv", lambda out: pd.DataFrame(rows()).to_csv(out, index=False, sep="\t", quoting=csv.QUOTE_ALL)),
    ("a.jsonl", lambda out: out.write("\n".join(map(json.dumps, rows())).encode())),
    ("a.parquet", lambda out: pd.DataFrame(rows()).to_parquet(out)),
])
def test_a_table_gives_one_article_a_row(mine, name, write):
    out = io.BytesIO()
    write(out)
    frame, _ = mine(name, out.getvalue())
    assert [a.split("#")[1] for a in frame.article] == ["1", "2", "3"]
    assert set(frame.outlet) == {"Courier"} and set(frame.published) == {"2022-06-09"}
    assert paragraphs(frame.iloc[0]) == ["Envoys trade blame 0", *BODY] and frame.sha256.nunique() <= 3


@pytest.mark.parametrize("name, write", [
    ("t.csv", lambda row: ",".join(row) + "\n" + ",".join(f'"{v}"' for v in row.values())),
    ("t.jsonl", json.dumps), ("t.parquet", lambda row: pd.DataFrame([row]).to_parquet())])
def test_a_table_with_columns_of_its_own_is_read_as_study_yaml_says(mine, tmp_path, name, write):
    table = write({"Haupttext": " ".join(BODY), "text": "a teaser", "day": "2022-06-08", "paper": "Courier"})
    assert mine(name, table)[0].iloc[0].text == "a teaser"
    (tmp_path / "mine" / "study.yaml").write_text(
        "title: x\ncolumns:\n  text: haupttext\n  date: day\n  outlet: paper\n  url: address\n")
    frame, problems = mine(name, table)
    row = frame.iloc[0]
    assert (row.outlet, row.published, row.published_basis) == ("Courier", "2022-06-08", "stated")
    assert BODY[0] in row.text and "teaser" not in row.text
    told = problems[problems.problem == "column not there"]
    assert len(told) == 1 and "url: address" in told.reason.iloc[0]


def test_a_column_map_that_cannot_be_is_refused_by_name(mine, tmp_path):
    (tmp_path / "mine" / "study.yaml").write_text("title: x\ncolumns:\n  txt: body\n")
    with pytest.raises(study.SettingError, match="no 'txt'; did you mean text"):
        mine("t.jsonl", json.dumps({"body": TEXT}))
    (tmp_path / "mine" / "study.yaml").write_text("title: x\ncolumns: [text, body]\n")
    with pytest.raises(study.SettingError, match="text: body"):
        mine("t.jsonl", json.dumps({"body": TEXT}))
    (tmp_path / "mine" / "study.yaml").write_text("title: x\ncolumns:\n  text: corpus\n")
    _, problems = mine("t.jsonl", json.dumps({"body of it": TEXT}))
    assert "study.yaml says text: corpus" in problems[problems.problem == "no text column"].reason.iloc[0]


def test_an_archive_gives_its_pages_and_passes_over_the_rest(mine):
    frame, problems = mine("a.warc.gz", warc([
        ("https://courier.example/1", "200 OK", "text/html; charset=utf-8", html().encode()),
        ("https://courier.example/x", "404 Not Found", "text/html", html().encode()),
        ("https://courier.example/p", "200 OK", "image/png", b"\x89PNG"),
        ("https://courier.example/2", "200 OK", "text/html", html("<p>Please verify that you are human.</p>").encode()),
    ]))
    assert list(frame.article) == ["a.warc.gz#1"] or list(frame.article) == ["a.warc.gz#1", "a.warc.gz#2"]
    assert frame.iloc[0].url == "https://courier.example/1" and "robot check" in set(problems.problem)


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize("name, content, problem", [
    ("a.pdf", b"%PDF-1.4 nothing more", "file not readable"), ("a.pdf", b"", "empty file"),
    ("a.pdf", pdf([[], []]), "no text"), ("a.docx", b"PK\x03\x04 broken", "file not readable"),
    ("a.docx", bomb(), "file too large unpacked"), ("a.docx", b"no zip", "file not readable"),
    ("a.html", b"", "empty file"), ("a.html", "<html><body></body></html>", "no text"),
    ("a.eml", "Subject: x\r\nContent-Type: image/png\r\n\r\nxx", "no text"),
    ("a.csv", "name,colour\na,red\n", "no text column"), ("a.csv", 'text\n"open\n', "file not readable"),
    ("a.csv", b"", "empty file"), ("a.jsonl", '{"colour": "red"}\n', "no text column"),
    ("a.jsonl", "1\nnot json\n", "row not readable"), ("a.jsonl", "\ufeff [\n{}]", "file not readable"),
    ("a.parquet", b"PAR1 broken PAR1", "file not readable"),
    ("a.parquet", b"", "file not readable"), ("a.warc", b"WARC/0 broken", "file not readable"),
    ("a.md", b"\x00\x01\x02" * 400, "not a text file"), ("a.md", "", "empty file"),
    ("a.jsonl", json.dumps({"text": TEXT, "date": "June"}), "value not used"),
    ("a.jsonl", json.dumps({"text": " "}), "no text"),
    ("a.md", "---\n[: x\n---\n" + TEXT, "front matter not read"),
])
def test_a_file_that_is_bad_is_named_and_the_rest_is_unharmed(mine, name, content, problem):
    _, problems = mine(name, content)
    assert problem in set(problems.problem), problems


def test_a_file_of_half_a_gigabyte_is_refused_before_it_is_read(tmp_path):
    with open(tmp_path / "big.txt", "wb") as handle:
        handle.truncate(500_000_000)
    with pytest.raises(files.Unreadable, match="500,000,000 bytes"):
        next(formats.read(tmp_path / "big.txt"))


def test_an_archive_cut_off_keeps_the_pages_before(mine):
    whole = warc([(f"https://courier.example/{n}", "200 OK", "text/html", html().encode()) for n in range(4)])
    frame, _ = mine("a.warc.gz", whole[: len(whole) // 2])
    assert len(frame) >= 1
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(b"\x1f\x8bx" + whole)


def test_a_translation_brought_along_is_read_in_place_of_the_text(mine, tmp_path):
    (tmp_path / "mine" / "translations").mkdir()
    (tmp_path / "mine" / "translations" / "de.txt").write_text(TEXT)
    (tmp_path / "mine" / "articles.csv").write_text("file,translation\nde.txt,translations/de.txt\ngood.txt,\n")
    frame, problems = mine("de.txt", GERMAN)
    assert frame.iloc[0].text == TEXT and "read in translation" in set(problems.problem)
    (tmp_path / "mine" / "articles.csv").write_text("file,language,translation\nde.txt,de,translations/de.txt\n")
    assert list(mine("de.txt", GERMAN)[0].language) == ["en"]
    (tmp_path / "mine" / "articles.csv").write_text("file,translation\nde.txt,../../secret.txt\ngood.txt,\n")
    frame, problems = mine("de.txt", GERMAN)
    assert frame.empty and {"not English", "translation not read"} <= set(problems.problem)


@pytest.mark.parametrize("text, code", [(TEXT, "en"), (GERMAN, "de"), ("Too short", "und"), ("12 34 56 " * 20, "und")])
def test_the_language_is_known_or_said_to_be_unknown(text, code):
    assert formats.language(text) == code


@pytest.mark.parametrize("change, shown", [
    ("<w:del><w:r><w:delText>gladly </w:delText></w:r></w:del><w:ins><w:r><w:t>never </w:t></w:r></w:ins>", "never "),
    ("<w:smartTag><w:r><w:t>not </w:t></w:r></w:smartTag>", "not "),
    ("<w:sdt><w:sdtContent><w:r><w:t>never </w:t></w:r></w:sdtContent></w:sdt>", "never "),
    ("<w:moveFrom><w:r><w:t>often </w:t></w:r></w:moveFrom>", ""),
])
def test_a_word_file_is_read_as_it_stands_with_its_changes_accepted(mine, change, shown):
    paragraph = f"<w:r><w:t>Russia said it would </w:t></w:r>{change}<w:r><w:t>back sanctions.</w:t></w:r>"
    frame, problems = mine("a.docx", docx(BODY, [paragraph]))
    assert f"Russia said it would {shown}back sanctions." in paragraphs(frame.iloc[0])
    assert ("tracked changes" in set(problems.problem)) == ("del" in change)


def test_a_word_files_tables_are_read(mine):
    cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Japan said no.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    assert "Japan said no." in paragraphs(mine("a.docx", docx(BODY, [], cell))[0].iloc[0])


def test_a_row_with_too_many_cells_is_left_out_as_its_text_may_be_cut_at_a_comma(mine):
    cut = "Russia said it would veto the draft, unless it was changed,Post"
    frame, problems = mine("a.csv", f'text,outlet\n{cut}\n"{TEXT}",B\n')
    assert list(frame.article) == ["a.csv#2"] and list(frame.outlet) == ["B"]
    assert problems[problems.article == "a.csv#1"].reason.str.contains("row 1 has more cells").any()


def test_a_column_that_stands_there_twice_is_told_and_the_first_counts(mine):
    frame, problems = mine("a.csv", f'text,Text,outlet\n"{TEXT}",other,Post\n')
    assert frame.text[0] == TEXT and "column given twice" in set(problems.problem)


@pytest.mark.parametrize("nothing", ["nan", "NULL", "None", "N/A", "<NA>", "-"])
def test_what_programs_write_for_no_value_is_no_value(mine, nothing):
    frame, problems = mine("a.csv", f'text,outlet,date,title,url\n"{TEXT}",{nothing},{nothing},{nothing},{nothing}\n'
                           f"{nothing},Post,2022-06-09,,\n")
    row = frame.iloc[0]
    assert (row.outlet, row.published, row.url) == ("unknown", "", "") and row.headline in TEXT
    assert len(frame) == 1 and "no text" in set(problems.problem)


def test_values_that_are_lists_or_records_give_words_or_nothing(mine):
    rows = [{"text": BODY, "source": {"id": "p", "name": "Post"}, "title": float("nan")}, {"text": {"a": 1}},
            {"text": [1, 2]}]
    frame, _ = mine("a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert list(frame.outlet) == ["Post"] and frame.text[0] == "\n\n".join(BODY)
    assert frame.headline[0] != "nan"


def test_half_a_character_is_marked_and_stops_nothing(mine):
    frame, _ = mine("a.jsonl", json.dumps({"text": TEXT, "outlet": "Po\ud800st", "title": "\udfff"}) + "\n")
    assert frame.outlet[0] == "Po\ufffdst" and len(frame) == 1


@pytest.mark.parametrize("written, said", [
    ("9 June 2022", "2022-06-09"), ("20220609", "2022-06-09"), ("05/06/2022", "two ways"), ("1970-01-01", "no day"),
    ("2090-01-01", "still to come"),
])
def test_a_tables_date_is_read_where_it_has_one_reading(mine, written, said):
    frame, problems = mine("a.csv", f'text,date\n"{TEXT}",{written}\n')
    assert frame.published[0] == (said if said[0] == "2" else "")
    assert said in [frame.published[0], *(x for reason in problems.reason for x in [said] if x in reason)]


def test_a_line_without_a_text_costs_only_itself_and_a_table_without_rows_is_told(mine):
    frame, problems = mine("a.jsonl", "\n".join(map(json.dumps, [{"text": TEXT}, {"error": 404}, {"text": TEXT}])))
    assert list(frame.article) == ["a.jsonl#1", "a.jsonl#3"] and "row not readable" in set(problems.problem)
    assert "no rows" in set(mine("b.csv", "text,date\n")[1].problem)


@pytest.mark.parametrize("said", ["English", "en-US", "EN", "eng", "fr"])
def test_a_text_in_english_is_read_whatever_its_table_says(mine, said):
    assert len(mine("a.csv", f'text,language\n"{TEXT} {" ".join(BODY)}",{said}\n')[0]) == 1


def test_a_text_that_is_not_english_is_not_read_as_english_because_its_table_or_page_says_so(mine):
    russian = "Северная Корея запустила три ракеты в море в среду, сообщили военные Южной Кореи. " * 5
    assert "not English" in set(mine("a.csv", f"text,language\n{russian.replace(',', '')},en\n")[1].problem)
    page = html(f"<p>{russian}</p>" * 3).replace("<html", '<html lang="en"')
    assert "not English" in set(mine("a.html", page)[1].problem)


@pytest.mark.parametrize("date, told", [("2022-13-05", True), ("05/06/2022", True), ("9 June 2022", False),
                                        ("2022-06-08 23:30:00 -05:00", False)])
def test_a_date_in_front_matter_is_as_written_or_told(mine, date, told):
    frame, problems = mine("a.md", f"---\ntitle: Envoys\ndate: {date}\n---\n{TEXT}")
    assert (frame.published[0] == "") == told == ("value not used" in set(problems.problem))
    assert told or frame.published[0] == ("2022-06-09" if "June" in date else "2022-06-08")


def test_front_matter_that_refers_to_itself_over_and_over_takes_no_memory(mine):
    steps = zip("abcdefghijk", "bcdefghijkl", strict=True)
    bomb = "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in steps)
    frame, _ = mine("a.md", f"---\na: &a [x]\n{bomb}title: *l\n---\n{TEXT}")
    assert len(frame) == 1 and len(frame.headline[0]) < 500


def test_a_page_is_read_in_the_encoding_that_it_names(mine):
    page = html(head='<meta charset="gb2312">').replace("Envoys", "Envoys’ “new”").replace("©", "")
    assert "Envoys’ “new”" in mine("a.html", page.encode("gbk"))[0].text[0]


def test_an_archive_cut_off_within_a_page_gives_no_half_of_it(mine):
    pages = [(f"http://post.example/{n}", "200 OK", "text/html", html().encode()) for n in range(2)]
    whole = gzip.decompress(warc(pages))
    frame, problems = mine("a.warc", whole[:-300])
    assert list(frame.article) == ["a.warc#1"]
    assert "after page 1" in problems[problems.article == "a.warc"].reason.iloc[0]
    nothing = warc([("http://x.example/", "404 Not Found", "text/html", b"no")])
    assert "no page" in set(mine("b.warc.gz", nothing)[1].problem)


def test_the_encoding_that_the_server_said_is_believed(mine):
    page = "".join(f"<p>{line.replace('Freedonia', 'Żytomír')}</p>" for line in BODY)
    archive = warc([("http://post.example/", "200 OK", "text/html; charset=ISO-8859-2", html(page).replace(
        "©", "").replace("“", '"').replace("”", '"').encode("iso-8859-2"))])
    assert "Żytomír" in mine("a.warc.gz", archive)[0].text[0]


def test_a_pdf_that_asks_for_a_password_is_said_to_be_locked(mine):
    import pypdf
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([BODY])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "locked file" in set(mine("a.pdf", out.getvalue())[1].problem)


def test_a_huge_line_or_cell_is_told_and_not_held_in_memory(mine, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 5_000)
    good = json.dumps({"text": TEXT})
    frame, problems = mine("a.jsonl", "\n".join([good, json.dumps({"text": "x" * 20_000}), good]))
    assert list(frame.article) == ["a.jsonl#1", "a.jsonl#3"] and "too long" in set(problems.problem)
    whole = good[:-2] + " x" * ((4_999 - len(good)) // 2) + good[-2:]
    frame, _ = mine("b.jsonl", f"{whole:<4999}\n{good}\n")  # a line of just that many bytes takes no other with it
    assert list(frame.article) == ["b.jsonl#1", "b.jsonl#2"]
    frame, problems = mine("a.csv", f'text\n"{TEXT}"\n{"x" * 20_000}\n')
    assert list(frame.article) == ["a.csv#1"] and "field larger" in " ".join(problems.reason)
    csv.field_size_limit(131_072)  # as it was
    monkeypatch.setattr(files, "LONGEST", 1_000)
    assert "too long" in set(mine("a.txt", TEXT * 8)[1].problem)


def test_a_line_of_a_page_that_is_only_a_link_is_furniture_and_a_link_in_a_sentence_is_not(mine):
    links = ('<p><a href="/x">Freedonia backs the ban, says envoy</a></p><p><strong><a href="/y">More talks, '
             'no deal</a></strong> »</p><p><a href="/z">The envoy said on Monday that it was over.</a></p>')
    lines = [f'<p>{line.replace("hall", "<a href=/h>hall</a>")}</p>' for line in BODY]
    row = mine("a.html", html("".join([*lines[:4], links, *lines[4:]])))[0].iloc[0]
    assert {*BODY, "The envoy said on Monday that it was over."} <= set(paragraphs(row))
    assert not [line for line in paragraphs(row) if "backs the ban" in line or "no deal" in line]
    assert "backs the ban" in row.text and "link to another page" in row.furniture


@pytest.mark.parametrize("body, problem", [
    ("<p>Our 842 partners store data on your device. We use cookies for this.</p>" * 12, "cookie wall"),
    ("<p>You need to enable JavaScript to run this app.</p>", "robot check"),
])
def test_a_page_that_is_all_wall_is_no_article(mine, body, problem):
    frame, problems = mine("a.html", html(body))
    assert frame.empty and problem in set(problems.problem)


def test_a_page_that_says_one_must_pay_is_a_paywall_whatever_its_words(mine):
    told = ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Envoys trade blame", '
            '"isAccessibleForFree": false}</script>')
    assert "paywall" in set(mine("a.html", html(head=told))[1].problem)


def test_what_readers_wrote_below_is_furniture_and_a_heading_in_the_text_is_not(mine):
    body = "".join(f"<p>{line}</p>" for line in BODY)
    below = "<h3>2 Comments</h3><p>Ann wrote: Freedonia said it would invade us all tomorrow.</p><p>Reply</p>"
    row = mine("a.html", html(body + below))[0].iloc[0]
    assert not [line for line in paragraphs(row) if "invade" in line] and set(BODY) <= set(paragraphs(row))
    row = mine("b.html", html(f"<h3>Comments</h3>{body}<p>Freedonia said it would stay.</p>"))[0].iloc[0]
    assert {*BODY, "Freedonia said it would stay."} <= set(paragraphs(row))


def test_a_page_of_several_articles_and_one_with_hardly_a_word_are_told(mine):
    story = "<p>It was a long night in the hall, and nobody left before the end of the vote. </p>" * 8
    two = html().replace("</article>", f"</article><article>{story}</article>")
    assert "several articles" in set(mine("a.html", two)[1].problem)
    assert "several articles" not in set(mine("b.html", html())[1].problem)
    assert "very short" in set(mine("c.txt", "See attached.")[1].problem)


def test_a_page_with_a_large_picture_in_it_is_read_and_one_too_long_is_refused_before_work_is_spent(mine, monkeypatch):
    picture = "<img src='data:image/png;base64," + "iVBORw0K" * 1_500_000 + "'>"
    body = "".join(f"<p>{line}</p>" for line in BODY)
    assert set(BODY) <= set(paragraphs(mine("a.html", html(picture + body))[0].iloc[0]))
    monkeypatch.setattr(files, "LONGEST", 1_000)
    monkeypatch.setattr(pages.trafilatura, "bare_extraction", lambda *given, **how: 1 / 0)
    assert "too long" in set(mine("b.html", html(body * 3))[1].problem)


def test_markdown_too_long_for_its_marks_is_read_as_plain_text(mine):
    frame, problems = mine("a.md", TEXT + "[a](" * 30_000)
    assert frame.text[0].startswith(TEXT) and "marks not read" in set(problems.problem)


def test_a_text_of_which_half_is_in_another_language_is_told(mine):
    english = " ".join(BODY)
    for other in (GERMAN, "Северная Корея запустила три ракеты в море в среду, сообщили военные. "):
        half = (other * 20)[:len(english)]
        assert "partly not English" in set(mine("a.txt", f"{english}\n\n{half}")[1].problem)
    assert "partly not English" not in set(mine("b.txt", english)[1].problem)
