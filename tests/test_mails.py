"""A mail gives the article in it, not what its sender wrote around it, and no day that is not its article's."""

import email.message

import pytest

from stancebrief.articles import files, mails

BODY = "\n\n".join(f"“We will not accept measure {n},” the envoy of Freedonia told the hall." for n in range(6))


def sent(subject="Envoys trade blame", date="Thu, 09 Jun 2022 23:30:00 -0700", content=BODY, **how):
    message = email.message.EmailMessage()
    message["Subject"], message["Date"] = subject, date
    message.set_content(content, **how)
    return message


def read(tmp_path, message):
    path = tmp_path / "a.eml"
    path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
    [source] = mails.mail(path)
    return source


@pytest.mark.parametrize("head", [
    "---------- Forwarded message ---------\nFrom: Desk <d@x.example>\nDate: Wed, Jun 8, 2022 at 9:00 PM\n"
    "Subject: Envoys trade blame\nTo: <a@b.example>\n\n\n",
    "Begin forwarded message:\n\nFrom: Desk <d@x.example>\nSubject: Envoys trade blame\n"
    "Date: 8 June 2022 at 21:00:00 CEST\n\n",
    "From: Desk\nSent: Wednesday, June 8, 2022 9:00 PM\nTo: A\nSubject: Envoys trade blame\n\n",
])
def test_of_a_forwarded_mail_it_is_that_mails_text_subject_and_day(tmp_path, head):
    source = read(tmp_path, sent("FW: Fwd: look", content=f"My chief says it is all lies.\n\n{head}{BODY}"))
    assert "chief" not in source.text and source.text.startswith("Envoys trade blame\n\n“We")
    assert (source.metadata["published"], source.metadata["published_basis"]) == ("2022-06-08", "inferred")
    assert "chief" in source.notes[0][1]


@pytest.mark.parametrize("prefix", ["Fwd: ", "Re: ", "AW: WG: "])
def test_the_day_of_an_answer_is_not_the_articles(tmp_path, prefix):
    source = read(tmp_path, sent(prefix + "Envoys trade blame"))
    assert "published" not in source.metadata and "2022-06-09" in source.notes[0][1]
    assert source.metadata["headline"] == "Envoys trade blame"


def test_a_mail_of_its_own_has_the_day_it_was_sent_by_the_senders_clock(tmp_path):
    source = read(tmp_path, sent())
    assert source.metadata["published"] == "2022-06-09" and not source.notes


@pytest.mark.parametrize("date", ["nonsense", "Thu, 01 Jan 1970 00:00:00 +0000", "Thu, 09 Jun 2090 00:00:00 +0000"])
def test_a_day_that_cannot_be_is_none(tmp_path, date):
    message = sent().as_bytes().replace(b"Thu, 09 Jun 2022 23:30:00 -0700", date.encode())
    assert "published" not in read(tmp_path, message).metadata


def test_a_page_is_read_where_the_plain_text_only_points_to_it(tmp_path):
    message = sent(content="View this mail in your browser")
    page = "".join(f"<p>{line}</p>" for line in BODY.split("\n\n"))
    message.add_alternative(f"<html><body><article>{page}</article></body></html>", subtype="html")
    assert BODY.split("\n\n")[3] in read(tmp_path, message).text


def test_what_is_attached_is_told(tmp_path):
    message = sent()
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="envoys.pdf")
    assert [note[0] for note in read(tmp_path, message).notes] == ["attachments not read"]


def test_lines_that_were_broken_for_the_screen_are_put_together(tmp_path):
    head = b"Content-Type: text/plain; charset=utf-8; format=flowed\n\n"
    source = read(tmp_path, head + b"Russia said it would not \nback it.\n\nSo be it.\n")
    assert source.text == "Russia said it would not back it.\n\nSo be it.\n"


@pytest.mark.parametrize("declared, used", [("utf-8", "utf-8"), ("us-ascii", "utf-8"), ("iso-8859-1", "cp1252"),
                                            ("bogus", "utf-8"), ("iso-2022-jp", "iso-2022-jp")])
def test_marks_survive_whatever_encoding_is_declared(tmp_path, declared, used):
    head = f"Content-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: 8bit\n\n"
    assert read(tmp_path, head.encode() + "“No,” he said.\n".encode(used)).text == "“No,” he said.\n"


def test_a_mail_without_text_is_told(tmp_path):
    with pytest.raises(files.Unreadable):
        read(tmp_path, b"Subject: x\nContent-Type: image/png\n\nxx")
