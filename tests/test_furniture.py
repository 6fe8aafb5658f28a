"""Furniture is left out by rule and by repetition; what people said is never furniture, and no offset moves."""

import itertools
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancebrief.articles import furniture
from stancebrief.engine import scratch

STORY = "The envoy said “we will not accept new measures against us” on Monday."


def applies(rule, text):
    if rule.where in ("paragraph", "notice"):
        return bool(rule.pattern.fullmatch(text))
    if rule.where == "opening":
        return bool(rule.pattern.match(text))
    return any(m.end() == len(text) for m in rule.pattern.finditer(text))


@pytest.mark.parametrize("rule", furniture.rules(), ids=lambda rule: rule.rule)
def test_every_rule_finds_its_example_and_leaves_its_counter_example(rule):
    assert applies(rule, rule.example), rule.example
    assert not applies(rule, rule.counter_example), rule.counter_example
    assert rule.why


@pytest.mark.parametrize("rule", furniture.rules(), ids=lambda rule: rule.rule)
def test_what_one_rule_leaves_no_other_rule_takes_whole(rule):
    if rule.where == "paragraph":
        assert not any(r.where == "paragraph" and r.pattern.fullmatch(rule.counter_example) for r in furniture.rules())


@pytest.mark.parametrize("line", [
    "·2-min read", "3 min read", "Share on Facebook", "ADVERTISEMENT", "Sign up for our newsletter", "Read more:",
    "READ ALSO: Envoys meet again in Hanoi", "© 2022 Example Press. All rights reserved.", "Comments (12)",
    "(Reporting by Ann Example; editing by Bo Sample)", "By Ann Example", "FILE PHOTO: The hall on Monday",
    "In order to improve our community experience, we are suspending article commenting",
    "Skip to main content", "Most read", "Follow us on Twitter: @example", "We use cookies to improve your visit.",
])
def test_a_line_of_the_page_is_furniture_wherever_it_stands(line):
    for text in (f"{line}\n\n{STORY}", f"{STORY}\n\n{line}\n\n{STORY}", f"{STORY}\n{line}"):
        at = text.index(line)
        assert [(a, b) for a, b, _ in furniture.spans(text)] == [(at, at + len(line))]


@pytest.mark.parametrize("line", [
    "By Monday the council will have voted.", "Share this burden, the envoy told the hall.", "He declined to comment.",
    "“Follow us on this road to peace and we will not stop,” he said.", "The report was published in Geneva on Monday.",
    "China", "Editing history is wrong, the ministry said.", "More talks followed.", "The next round opens in Hanoi.",
    "More-stringent rules follow.",
    "It asked members to subscribe to the treaty today.", "“Sign up for our newsletter and be safe,” she joked.",
])
def test_a_sentence_of_the_story_is_not_furniture(line):
    assert not [rule for a, b, rule in furniture.spans(f"Headline of it\n\n{STORY}\n\n{line}\n\n{STORY}")]


@pytest.mark.parametrize("line", [
    "Correction: the minister said Russia would not veto the draft.", "More – and better – arms, Kyiv asks for.",
    "Clarification: Beijing says it opposes the draft.",
    "This report was produced by a UN panel, which said Pyongyang had evaded sanctions.",
    "This report was published by the panel and names two banks.", "China, which refused to sign, contributed.",
    "Issued on 26 May, the statement condemned the launch.", "The letters may not be published, Moscow said.",
    "Sign up today, Kyiv told foreign fighters.", "Photo: Freedonia says it will never disarm.",
    "Follow the minister on Twitter and you will see his threats, the envoy said.",
    "With agencies of the UN watching, Russia agreed.", "Copyright in the pictures is ours, Pyongyang said.",
])
def test_what_somebody_said_or_did_is_news_whatever_words_of_a_page_are_in_it(line):
    assert not [rule for a, b, rule in furniture.spans(f"Headline of it\n\n{STORY}\n\n{line}\n\n{STORY}")]


@pytest.mark.parametrize("line", [
    "Correction: An earlier version of this story said the vote was on Monday. It was on Tuesday.",
    "Ann Example and Bo Sample contributed.", "Ann Example contributed to this report.",
    "READ: Envoys meet, says Moscow",
    "Also read | Envoys meet again", "This article was corrected on 4 May: it said that the vote was on Monday.",
    "Published 26 May 2022, 10:00 GMT", "Updated: May 26, 2022 09:15 am IST", "Source: Xinhua News Agency",
])
def test_a_notice_of_the_outlet_is_furniture_even_if_it_tells_what_was_said(line):
    assert [text for a, b, _ in furniture.spans(f"{STORY}\n\n{line}\n\n{STORY}")
            if (text := f"{STORY}\n\n{line}\n\n{STORY}"[a:b])] == [line]


@pytest.mark.parametrize("line", [
    "By " + "A" * 300 + "!", "By " + "Aa" * 280 + "!", "Home" + " | ab" * 100 + "!", "share " * 95 + "!",
    "Published 2022-05 " + "sept " * 110 + "!", "US/" * 190 + "!", "SEOUL, " * 80, "more from " * 55 + "!",
])
def test_no_line_takes_long(line):
    before = time.process_time()
    furniture.spans(f"{STORY}\n\n{line}\n\n{line}{line}")
    assert time.process_time() - before < 2


@pytest.mark.parametrize("opening", ["SEOUL (Reuters) - ", "UNITED NATIONS, June 8 (AP) — ", "WASHINGTON -- ",
                                     "Seoul, 8 June (dpa) - ", "NEW DELHI — "])
def test_a_dateline_is_left_out_and_the_sentence_stays(opening):
    text = f"A headline here\n\n{opening}{STORY}"
    (a, b, rule), = furniture.spans(text)
    assert rule == "dateline" and text[a:b].strip() == opening.strip()
    assert text[slice(*furniture.body(text, json.dumps([[a, b, rule]]))[-1])] == STORY


def test_a_speaker_label_or_a_dash_in_a_sentence_is_no_dateline():
    for opening in ("China and Russia - both members - voted", "MODERATOR: Thank you all", "The US — alone — voted"):
        assert not furniture.spans(f"A headline\n\n{opening}")


def test_wrapped_lines_are_one_paragraph_and_lone_lines_are_not():
    wrapped = ("The envoy told the council on Monday that the new\nmeasures would not be accepted by his own\n"
               "government and that talks should come first of\nall.\n\nA second paragraph stands here and is wrapped\n"
               "in the same narrow column as the one before it\nwas.\n")
    assert [wrapped[a:b].split()[0] for a, b in furniture.blocks(wrapped)] == ["The", "A"]
    lone = wrapped.replace("new\n", "new. ").replace("own\n", "own. ").replace("of\n", "of. ")
    assert len(furniture.blocks("One sentence here.\nAnother there.\nA third one.")) == 3
    assert len(furniture.blocks(lone)) >= 3


def test_a_huge_paragraph_is_cut_at_sentence_ends_and_nothing_is_lost():
    text = STORY * 1 + " " + " ".join([STORY] * 400)
    pieces = furniture.blocks(text)
    assert all(b - a <= furniture.LONGEST for a, b in pieces) and len(pieces) > 3
    assert " ".join(text[a:b] for a, b in pieces) == text


@given(st.text(alphabet=st.sampled_from("aB.“” \n\r\t\ufeff\u2028·|-"), max_size=300))
def test_paragraphs_never_overlap_and_hold_all_that_is_no_white_space(text):
    spans = furniture.blocks(text)
    assert all(a < b for a, b in spans) and all(x[1] <= y[0] for x, y in itertools.pairwise(spans))
    held = "".join(text[a:b] for a, b in spans)
    assert [c for c in held if not c.isspace() and c not in furniture.EDGE] == \
           [c for c in text if not c.isspace() and c not in furniture.EDGE]


@given(st.lists(st.sampled_from([STORY, "·2-min read", "Read more:", "x | News", "SEOUL (AP) - He came.", "", "\r"]),
                max_size=8), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_furniture_and_body_share_no_character_and_cover_every_word(lines, end):
    text = end.join(lines)
    found = furniture.spans(text)
    left = furniture.body(text, json.dumps(found))
    marked = [0] * len(text)
    for a, b in [(a, b) for a, b, _ in found] + left:
        for place in range(a, b):
            marked[place] += 1
    assert max(marked, default=0) <= 1
    assert all(n for n, c in zip(marked, text, strict=True) if c.isalnum())


def test_a_line_that_one_outlet_repeats_is_furniture_but_a_speech_is_not():
    foot = "Example Courier is the region's oldest daily."
    texts = [f"Story {n}\n\nWhat happened on day {n} was new.\n\n{STORY}\n\n{foot}" for n in range(3)]
    with scratch.database() as base:
        lines = furniture.Repeated(base)
        for n, text in enumerate([*texts[:2], texts[1]]):
            lines.add(text, "Courier", text)
            lines.add(text, "unknown", f"{n}")
        assert not lines.any()  # the third is the second again
        lines.add(texts[2], "Courier", texts[2])
        held = {line for line in texts[0].split("\n\n") if lines.holds("Courier", line)}
        assert held == {foot} and lines.any() and not lines.holds("Gazette", foot)
        marked = furniture.with_repeated(texts[0], [], lambda line: lines.holds("Courier", line))
        assert marked[0][2] == "repeated by the outlet" and len(marked) == 1


def test_a_broken_rule_is_named_by_its_row(tmp_path):
    path = tmp_path / "furniture.csv"
    path.write_text("rule,where,pattern,why,example,counter_example\na,paragraph,[,w,e,c\n")
    with pytest.raises(furniture.RuleError, match="row 2"):
        furniture.rules(path)
