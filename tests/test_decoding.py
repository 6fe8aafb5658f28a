"""Bytes become text with every character kept, and the way back to the file's own characters stays open."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancebrief.articles import decoding

SAID = "“We won’t,” the envoy said – José Müller’s café."


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_utf8_is_kept_character_by_character(text):
    data = text.encode("utf-8")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and not decoding._wide(data):
        assert decoding.decode(data).text == data.decode("utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_read_and_named(encoding):
    got = decoding.decode(SAID.encode(encoding))
    assert got.text == SAID and got.note


def test_a_word_in_another_alphabet_is_not_read_as_accents():
    text = "Минобороны России заявило об ударе по складам на прошлой неделе"
    assert decoding.decode(text.encode("cp1251")).text == text


def test_a_few_broken_bytes_cost_only_themselves():
    data = SAID.encode() + b" \xe2\x80 and more"
    got = decoding.decode(data)
    assert got.text == data.decode("utf-8", errors="replace") and "1 broken" in got.note


def test_line_ends_and_byte_order_mark_stay():
    data = b"\xef\xbb\xbfOne\r\nTwo\rThree\n"
    assert decoding.decode(data).text == "\ufeffOne\r\nTwo\rThree\n"


@pytest.mark.parametrize("data", [b"%PDF-1.4 x", b"PK\x03\x04abc", bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n"])
def test_bytes_that_are_no_text_are_told(data):
    assert decoding.binary(data)


@pytest.mark.parametrize("data", [b"", b"plain", SAID.encode(), SAID.encode("utf-16"), SAID.encode("cp1252"),
                                  b"a\tb\f"])
def test_text_is_not_taken_for_bytes(data):
    assert not decoding.binary(data)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_mojibake_is_turned_back_and_every_place_leads_to_the_file(encoding):
    broken = SAID.encode("utf-8").decode("latin-1") if encoding == "latin-1" else "".join(
        bytes([b]).decode("cp1252", errors="ignore") or chr(b) for b in SAID.encode("utf-8"))
    mended, places = decoding.mend(broken)
    assert mended == SAID
    for start, end in ((1, 9), (SAID.index("José"), SAID.index("José") + 4), (0, len(SAID))):
        assert decoding.mend(broken[places[start]:places[end]])[0] == SAID[start:end]


@given(st.text(alphabet="abc “”’é–\n.", max_size=80))
def test_text_that_is_sound_is_left_alone(text):
    assert decoding.mend(text) == (text, None)


@given(st.text(alphabet="ab “”’é\n", max_size=60))
def test_places_rise_and_end_at_the_end(text):
    broken = text.encode("utf-8").decode("latin-1")
    mended, places = decoding.mend(broken)
    if places is not None:
        assert len(places) == len(mended) + 1 and places[-1] == len(broken)
        assert all(a <= b for a, b in itertools.pairwise(places))


def test_english_with_marks_of_an_east_asian_encoding_keeps_its_marks():
    text = "Seoul said: “We will not accept it,” the envoy’s aide added. " * 3
    assert decoding.decode(text.encode("gbk")).text == text == decoding.decode(text.encode("euc-kr")).text


def test_what_is_declared_is_believed_only_if_every_byte_fits_and_it_is_no_utf8():
    assert decoding.decode("Жест".encode("cp1251"), "windows-1251").text == "Жест"
    assert decoding.decode("Zoë “x”".encode(), "gb2312").text == "Zoë “x”"
    assert decoding.decode("“No,” he said.".encode("cp1252"), "iso-8859-1").text == "“No,” he said."
    assert decoding.decode("“No,” he said.".encode("cp1252"), "no-such").text == "“No,” he said."


@pytest.mark.parametrize("lossy", ["replace", "ignore"])
def test_a_closing_mark_whose_last_byte_was_lost_is_turned_back(lossy):
    text = "“We will not,” he said. “Never.”"
    broken = text.encode().decode("cp1252", errors=lossy)
    assert decoding.mend(broken)[0] == text


def test_codes_of_html_are_turned_back_with_their_places_and_tags_are_not():
    text = "&ldquo;No,&rdquo; the envoy&#8217;s aide said of AT&amp;amp;T. &lt;b&gt; R&D; &bogus; &#1;"
    mended, places = decoding.mend(text)
    assert mended == "“No,” the envoy’s aide said of AT&T. &lt;b&gt; R&D; &bogus; &#1;"
    assert len(places) == len(mended) + 1 and text[places[1]] == "N" and places[-1] == len(text)
