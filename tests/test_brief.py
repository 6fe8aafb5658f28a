"""The brief: sentences only where they are true, every number with its words, articles' text as nothing but text."""

import html.parser
import itertools
import json
import re
import string

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tabled import DEBATE, figure, fill

from stancebrief import brief, language, sensitivity, sides, study, tables
from stancebrief.agreement import measured, unseen
from stancebrief.brief import continued, evidence, figures, findings, layout, opening, panels, profiles
from stancebrief.repeats import wordings

ENGLISH = language.load()


class Reader(html.parser.HTMLParser):
    """What stands in a page: its elements with their attributes, its ids, and its text outside scripts and style."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.text, self._inside = [], "", []
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style", "title"):
            self._inside.append(tag)

    def handle_endtag(self, tag):
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data):
        if not self._inside:
            self.text += data

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def written(said, **more):
    """(page, Reader) of a brief with its findings."""
    page = brief.Page(fill(said, **more))
    page.findings()
    return page, Reader(page.render())


def sentences(page):
    return [finding.sentence for finding in page.found]


# --- findings ------------------------------------------------------------------------------------------------------


def test_a_side_is_named_with_its_counts_and_its_utterances(small_study):
    page, _ = written(DEBATE)
    found = next(f for f in page.found if f.name == "target-sanctions")
    assert found.sentence == (
        "In these two reports, China speaks against sanctions on North Korea; the United States takes the other side."
    )
    assert [text for _, text in found.counts] == ["China: 3 of 3 against", "United States: 3 of 3 for"]
    assert len(found.utterances) == 6


def test_nothing_is_said_of_a_country_below_the_threshold(small_study):
    page, seen = written(DEBATE)
    assert not any("Russia" in sentence for sentence in sentences(page))
    assert "Where Russia stands: on no target does it have more than 1 of the 3 utterances needed" in seen.text
    page, seen = written(DEBATE, min_statements=4)
    assert "No side can be named" in seen.text and not page.claims


def test_a_repeat_counts_once_and_is_said(small_study):
    page, seen = written(DEBATE)
    assert "1 of the 7 utterances is" not in seen.text
    assert any(sentence.startswith("1 of the 7 utterances") for sentence in sentences(page))


def test_a_difference_inside_quotation_marks_is_flagged_and_only_it_is_marked(small_study):
    page, _ = written(DEBATE)
    assert any(sentence.startswith("One quotation differs between the reports") for sentence in sentences(page))
    shown = next(u for u in page.utterances if u.wording).wording
    marked = [[p.text for p in pieces if "differs" in p.roles] for _, pieces in shown.reports]
    assert marked == [["one"], ["uno"]]


def test_a_quotation_that_the_content_cuts_before_its_closing_mark_is_one():
    assert wordings.quoted("the cause was “a change of plan", "mixed") == ["a change of plan"]


@pytest.mark.parametrize(
    "support, oppose, neutral, side",
    [
        (3, 0, 0, "support"),
        (0, 4, 2, "oppose"),
        (2, 1, 0, "support"),
        (2, 2, 0, "divided"),
        (1, 1, 1, "divided"),
        (1, 0, 2, None),
        (0, 0, 3, None),
        (2, 0, 0, None),
    ],
)
def test_sides_and_what_would_undo_them(support, oppose, neutral, side):

    stances = ["support"] * support + ["oppose"] * oppose + ["neutral"] * neutral
    units = pd.DataFrame(
        [(f"u{n}", "CHN", "veto", stance, 1, "a.txt", False) for n, stance in enumerate(stances)],
        columns=["utterance", "country", "target", "stance", "n_statements", "articles", "split"],
    )
    found = findings.claims(units, 3, ["CHN"], ["veto"])
    assert [claim.side for claim in found] == ([side] if side else [])
    if found and side != "divided":
        claim = found[0]
        assert (
            claim.k / (claim.n + claim.undone) < sides.SHARE - 1e-9 <= claim.k / (claim.n + claim.undone - 1) + 1e-9
        )


def claim(support, oppose, neutral, country="CHN", target="veto"):
    side = sides.named(support, oppose, support + oppose + neutral) or "divided"
    names = tuple(f"u{n}" for n in range(support + oppose + neutral))
    return findings.Claim(country, target, side, support, oppose, neutral, names, ("a.txt",))


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(1, 5))
def test_so_many_wrong_positions_could_end_a_side_and_no_fewer(support, oppose, neutral, minimum):
    made = claim(support, oppose, neutral)
    if made.side == "divided" or made.n < minimum:
        return
    for wrong in range(made.wrong(minimum) + 1):
        still = made.n - wrong >= minimum and made.k - wrong >= sides.SHARE * made.n - 1e-9
        assert still == (wrong < made.wrong(minimum)) or wrong == 0


def variation(change, kind="outlet", outlet="Post", country="CHN", target="veto"):
    return {"kind": kind, "outlet": outlet, "country": country, "target": target, "change": change}


@pytest.mark.parametrize(
    "rows, notes",
    [
        ([variation("holds"), variation("holds", outlet="Wire")], [("holds", "Holds whichever outlet is left out")]),
        (
            [variation("flips"), variation("holds", outlet="Wire")],
            [("flips", "Without Post, China would stand on the other side")],
        ),
        (
            [variation("too few left"), variation("holds", outlet="Wire")],
            [("rests", "Without Post, too few utterances of China would be left to name a side")],
        ),
        (
            [variation("holds"), variation("holds", outlet="Wire"), variation("levels out", "repeats", "")],
            [("rests", "If every report is counted by itself, no side of China could be named")],
        ),
        ([variation("too few left")], []),
        (
            [variation("holds"), variation("holds", outlet="Wire"), variation("too few left", "confidence", "")],
            [("holds", "Holds whichever outlet is left out, and with every report counted by itself")],
        ),
        (
            [variation("holds"), variation("holds", outlet="Wire"), variation("flips", "confidence", "")],
            [("flips", "Without labels less than")],
        ),
    ],
)
def test_a_finding_that_does_not_hold_without_something_is_marked(rows, notes):

    found = [findings.Finding("target-veto", "Sentence.", claims=(claim(3, 0, 0),))]
    writer = findings.Writer(ENGLISH, {}, 2)
    noted = findings.robustness(found, pd.DataFrame(rows), writer)[0].notes
    assert len(noted) == len(notes)
    for (kind, text), (expected, begins) in zip(noted, notes, strict=True):
        assert kind == expected and text.startswith(begins)


def test_a_finding_on_several_targets_says_on_which_it_does_not_hold():

    both = (claim(3, 0, 0), claim(0, 3, 0, target="talks"))
    rows = [variation("too few left", target="talks"), variation("holds"), variation("holds", outlet="Wire")]
    noted = findings.robustness(
        [findings.Finding("one", "Sentence.", claims=both)], pd.DataFrame(rows), findings.Writer(ENGLISH, {}, 2)
    )
    assert noted[0].notes[0][1].endswith("to name a side on talks")


def test_a_side_that_stays_is_not_said_to_go_beside_one_that_goes():
    """Two countries on two targets: each note names only the countries that change on just those targets."""
    both = tuple(claim(3, 0, 0, country, target) for country in ("CHN", "USA") for target in ("veto", "talks"))
    rows = [variation("too few left", country=country, target=target)
            for country, target in (("CHN", "veto"), ("USA", "veto"), ("USA", "talks"))]
    rows += [variation("holds", country="CHN", target="talks"), variation("holds", outlet="Wire")]
    noted = findings.robustness(
        [findings.Finding("one", "Sentence.", claims=both)], pd.DataFrame(rows), findings.Writer(ENGLISH, {}, 2)
    )
    assert [text.split("utterances of ")[1] for _, text in noted[0].notes] == [
        "China and the United States would be left to name a side on veto",
        "the United States would be left to name a side on talks",
    ]


@pytest.mark.parametrize(("gone", "begins"), [
    (["Post", "Wire"], "Without any one of Post or Wire, too few"),
    (list("ABCDE"), "Without any one of five outlets, too few"),
])
def test_what_changes_alike_without_several_outlets_is_said_once(gone, begins):
    rows = [variation("too few left", outlet=name) for name in gone] + [variation("holds", outlet="Last")]
    found = [findings.Finding("target-veto", "Sentence.", claims=(claim(3, 0, 0),))]
    [(kind, text)] = findings.robustness(found, pd.DataFrame(rows), findings.Writer(ENGLISH, {}, 9))[0].notes
    assert kind == "rests" and text.startswith(begins)


def test_a_chart_without_any_position_says_so_in_its_title(small_study):
    title = "No utterance of these countries takes a position on any target"
    assert panels.stance(brief.Page(fill(DEBATE, countries="FRA,DEU")))["title"] == title
    assert panels.stance(brief.Page(fill(DEBATE)))["title"] != title


def test_what_all_sides_rest_on_is_said_once():
    writer = findings.Writer(ENGLISH, {}, 2)
    holds, thin = (variation(change, "confidence", "", target=change) for change in ("holds", "too few left"))
    one, two = variation("holds"), variation("holds", outlet="Wire")
    assert findings.basis(pd.DataFrame([one, two, holds]), writer) == []
    assert findings.basis(pd.DataFrame([one, holds]), writer) == [
        "Every side named here rests on one outlet alone: Post."]
    assert findings.basis(pd.DataFrame([one, holds]), writer, "report") == []
    [said] = findings.basis(pd.DataFrame([one, two, thin]), writer)
    assert said.endswith("any of these sides.") and f"{sensitivity.UNSURE:.0%}" in said
    [said] = findings.basis(pd.DataFrame([one, two, thin, holds]), writer)
    assert "to name one of these two sides" in said


def test_what_is_said_of_independence_is_said_alike_everywhere(small_study):
    page, seen = written(DEBATE)
    assert "whether the articles are independent of each other is not known" in " ".join(page.summary())
    assert "witness" not in seen.text and "Whether these reports are independent of each other" in seen.text


def test_a_country_that_leans_to_no_side_is_among_what_is_not_known(small_study):
    said = [one | {"stances": [("sanctions", stance)]}
            for one, stance in zip(DEBATE[:3], ("neutral", "neutral", "support"), strict=True)]
    _, seen = written(said, countries="CHN,FRA,DEU")
    assert "Where China stands: it has enough utterances on sanctions on North Korea, but" in seen.text
    assert "Where France and Germany stand: no statement was found" in seen.text
    assert "No side could be named, so there is none to undo" in seen.text


def test_a_finding_of_ones_own_is_printed_only_if_true_and_with_evidence_that_exists(small_study):
    page = brief.Page(fill(DEBATE))
    page.finding("This is so.", when=True, utterances=[page.utterances[0].name])
    shown = page.finding("This is not so.", when=False)
    assert sentences(page) == ["This is so."] and "does not make it true" in repr(shown)
    assert b"This is not so" not in page.render()
    with pytest.raises(brief.BriefError, match="no utterance 'nowhere'"):
        page.finding("Odd.", when=True, utterances=["nowhere"])
    with pytest.raises(brief.BriefError, match="sentence"):
        page.finding(" ", when=True)


def test_the_summary_has_at_most_120_words_and_hedges(small_study):
    page, _ = written(DEBATE)
    for number in range(30):
        page.finding(
            f"Sentence number {number} is one of a great many that nobody could ever put into a summary.", when=True
        )
    text = " ".join(page.summary())
    assert len(text.split()) <= opening.SUMMARY and "In these two reports" in text


def test_an_article_that_a_machine_reworded_is_named_as_such(small_study):
    assert "A machine reworded" not in written(DEBATE)[1].text
    _, seen = written(DEBATE, rewritten="odd synonyms <b>throughout</b>")
    assert seen.text.count("A machine reworded this article") == 2 and "odd synonyms <b>throughout</b>" in seen.text


def test_trust_is_what_was_measured_or_said_not_to_be(small_study, tmp_path, monkeypatch):
    monkeypatch.setattr(unseen, "FOLDER", tmp_path)
    kept, sides = measured.read(), tmp_path / "measured.csv"
    measured.write(kept[kept["measure"] != "sides precision"], "a command", sides)
    monkeypatch.setattr(measured.read, "__defaults__", (sides,))
    _, seen = written(DEBATE)
    assert "has not been measured for this study" in seen.text and "No hand-coded labels" in seen.text
    row = dict.fromkeys(unseen.POSITIONS, "x") | {"confidence": 0.5}
    unseen.write(pd.DataFrame([row | {"article": f"{n % 4}", "verdict": "right" if n < 30 else "wrong stance"}
                               for n in range(50)]), tmp_path)
    _, seen = written(DEBATE)
    assert "on articles new to the rules, about 6 in 10 were right" in seen.text
    measures = [figure(100.0, 20), figure(10.0, 50, "a set looked at meanwhile")]
    _, seen = written(DEBATE, agreement=measures, in_sample=True)
    assert (
        "On articles new to the rules, about 6 positions in 10 were right" in seen.text
        and "Of 50 positions that are sure enough to be counted, in 4 hand-coded articles" in seen.text
    )
    assert "about 1 " not in seen.text
    # Those too unsure to be counted are not counted here either.
    unseen.write(pd.concat([unseen.positions(), pd.DataFrame([row | {"verdict": "opposite", "confidence": 0.2}] * 50)]),
                 tmp_path)
    assert "about 6 positions in 10 were right" in written(DEBATE, agreement=measures, in_sample=True)[1].text
    # What was measured there was read a second time, which a study may leave out.
    assert "It also drops labels of the rules" in seen.text and "This study leaves it out" not in seen.text
    assert "This study leaves it out" in written(DEBATE, agreement=measures, second_reading=False)[1].text
    summary = next(iter(re.findall(r"A machine, not people.*", seen.text)))
    assert "20 of 20 match hand coding; on articles new to them, about 6 in 10 were right" in summary
    # What the rules make of a label themselves is never printed as how often it is right.
    assert "own estimate 8 in 10" in seen.text and "right about 8" not in seen.text
    named = figure(75.0, 8, measured.unseen()[0]) | {"measure": "sides precision"}
    measured.write(pd.DataFrame([named]), "a command", sides)
    _, seen = written(DEBATE, agreement=measures, in_sample=True)
    assert "about 6 labels in 10 were right, and 6 of 8 sides named from them" in seen.text
    assert "of 8 sides that could be named so on those articles, 6 are also the side of the hand coding" in seen.text
    (tmp_path / "unseen_positions.csv").unlink()
    _, seen = written(DEBATE, agreement=measures[:1], in_sample=True)
    assert "20 of 20" in seen.text and "10 times in 10" not in seen.text


# --- the page ------------------------------------------------------------------------------------------------------


def test_every_number_leads_to_words_that_stand_in_the_page(small_study):
    _page, seen = written(DEBATE)
    ids = [attrs["id"] for _, attrs in seen.elements if attrs.get("id")]
    assert len(ids) == len(set(ids))
    for attrs in seen.all("a"):
        if attrs.get("href", "").startswith("#"):
            assert attrs["href"][1:] in ids, attrs
    for one in DEBATE:
        assert one["content"].split(" must")[0] in seen.text


def test_the_page_has_one_first_heading_and_skips_no_level(small_study):
    page, _seen = written(DEBATE)
    page.stance()
    levels = [int(tag[1]) for tag, _ in Reader(page.render()).elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_figure_has_title_caption_alt_text_and_its_numbers_as_a_table(small_study):
    page, _ = written(DEBATE)
    for made in (page.stance(), page.sentiment()):
        assert made.title and made.alt and made.caption and made.rows and len(made.pictures) == 2
    with pytest.raises(figures.FigureError, match="title and an alt text"):
        import altair

        page.figure("stance", altair.Chart({"values": [{"a": 1}]}).mark_point())
    with pytest.raises(brief.BriefError, match="no section"):
        page.figure("nowhere", None)


def test_the_policy_names_the_hash_of_every_script_and_style_and_nothing_else_runs(small_study):
    page, _ = written(DEBATE)
    page.stance()
    content = page.render().decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', content)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", content, re.S)
    assert len(scripts) == 2
    for code in [*scripts, *re.findall(r"<style>(.*?)</style>", content, re.S)]:
        assert figures.source_hash(code) in policy
    for tag, attrs in Reader(content.encode()).elements:
        assert not any(name.startswith("on") or name == "style" for name in attrs), (tag, attrs)
        assert not {"src", "srcset", "action", "data"} & set(attrs), (tag, attrs)


def test_the_same_tables_give_the_same_bytes(small_study):
    pages = []
    for _ in range(2):
        page = brief.Page(fill(DEBATE))
        page.findings()
        page.stance()
        page.write()
        pages.append([(page.study.report / name).read_bytes() for name in ("brief.html", "index.html", "evidence.zip")])
    assert pages[0] == pages[1]


def test_nothing_of_a_machine_is_in_the_page(small_study):
    page, _ = written(DEBATE)
    page.write()
    assert str(page.study.report.parent).encode() not in page.render()


def test_an_unnamed_outlet_gets_a_letter_and_an_inferred_date_says_so(small_study):
    _, seen = written(DEBATE, outlets=("unknown", ""), basis="inferred", note="from the debate it reports")
    assert "Report A" in seen.text and "Report B" in seen.text and "unknown" not in seen.text.split("Manifest")[0]
    assert "inferred, not stated in the file" in seen.text and "from the debate it reports" in seen.text


def test_a_study_without_statements_gives_an_honest_page(small_study):
    page, seen = written([])
    assert "No side can be named" in seen.text and page.stance() is page.sentiment() is page.sides() is None
    assert Reader(profiles.Profile(page.study, "CHN").render()).text.count("No statement of China was found") == 1


def test_many_utterances_keep_the_page_readable_and_say_so(small_study):
    many = [DEBATE[0] | {"content": f"number {n} must end with the sanctions"} for n in range(continued.WHOLE + 50)]
    _page, seen = written(many)
    assert len([a for a in seen.all("article") if "utterance" in a.get("class", "")]) == continued.FIRST
    assert f"{continued.FIRST} of {continued.WHOLE + 50} utterances" in seen.text


def test_problems_are_listed_or_said_to_be_none(small_study):
    _, seen = written(DEBATE)
    assert "No step of this run reported a problem" in seen.text
    problem = {
        "article": "a9.txt",
        "step": "1-articles",
        "problem": "empty file",
        "reason": "nothing in it",
        "remedy": "r",
    }
    _, seen = written(DEBATE, problems=[problem])
    assert "One thing could not be read or decided" in seen.text and "empty file" in seen.text


def spoken(country, target, stances):
    return [
        {"article": 0, "speaker": "Lin", "country": country, "cue": "said", "stances": [(target, stance)],
         "content": f"{country} {target} {number} is what it is"}
        for number, stance in enumerate(stances)
    ]


def test_net_stance_says_how_many_are_clear_of_nought(small_study):
    page = brief.Page(fill([*spoken("CHN", "sanctions", ["oppose"] * 9), *spoken("USA", "sanctions", ["support"] * 3),
                            *spoken("RUS", "sanctions", ["oppose"] * 2)]))
    made = page.net()
    assert made.title == "One of two net stances is clear of zero, allowing for small numbers"
    assert [row[1] for row in made.rows] == ["China", "United States"] and "−1.00" in made.alt
    assert brief.Page(fill(spoken("CHN", "sanctions", ["oppose"] * 2))).net() is None
    few = brief.Page(fill(spoken("CHN", "sanctions", ["oppose"] * 3))).net()
    assert few.title.startswith("No net stance is clear of zero")


def test_who_sides_with_whom_is_said_only_of_targets_with_enough_utterances(small_study):
    both = [*spoken("CHN", "sanctions", ["oppose"] * 3), *spoken("CHN", "talks", ["support"] * 3)]
    page = brief.Page(fill([*both, *spoken("USA", "sanctions", ["support"] * 3), *spoken("USA", "talks", ["oppose"])]))
    assert page.sides().title.startswith("Too few utterances to say")
    page = brief.Page(fill([*both, *spoken("USA", "sanctions", ["support"] * 3),
                            *spoken("USA", "talks", ["oppose"] * 3)]))
    assert page.sides().title.startswith("China and the United States take opposite sides on all two targets")
    page = brief.Page(fill([*both, *spoken("USA", "sanctions", ["support"] * 3),
                            *spoken("USA", "talks", ["support"] * 3)]))
    assert page.sides().title.startswith("China and the United States take the same side on 1 of the 2 targets")


# --- hostile text --------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>window.ran=1</script>",
    "</script><script>window.ran=1</script>",
    '<img src=x onerror="ran=1">',
    "{{ 7 * 7 }} {% raw %}",
    "[a link](javascript:ran=1) **bold**",
    '"><svg onload=ran=1>',
    "'-alert(1)-'",
    "datum.x + event.view.alert(1)",
    "A" * 3000,
    "--></style><!--",
]


def test_text_of_articles_is_only_ever_text(small_study):
    said = [
        one | {"content": f"{text} sanctions {number}", "speaker": f"{text[:60]} Lin", "cue": text[:40]}
        for number, text in enumerate(HOSTILE)
        for one in DEBATE[:2]
    ]
    every = " ".join(HOSTILE)
    page, _ = written(
        said,
        headline=every,
        outlets=(every[:200], "Ridge"),
        note=every,
        title=every,
        problems=[{"article": every, "step": "1", "problem": every, "reason": every, "remedy": every}],
    )
    page.stance()
    for content in (page.render(), profiles.Profile(page.study, "CHN").render()):
        seen = Reader(content)
        live = 3 if b'id="charts"' in content else 0  # a country page runs nothing at all
        assert len(seen.all("script")) == live and len(seen.all("style")) == 1 and not seen.all("img")
        assert all(not name.startswith("on") for _, attrs in seen.elements for name in attrs)
        for text in HOSTILE:
            assert text[:200] in seen.text


def test_only_web_addresses_become_links(small_study):
    _, seen = written(DEBATE, url="javascript:ran=1")
    assert not [a for a in seen.all("a") if "javascript" in a.get("href", "")]
    _, seen = written(DEBATE, url="https://example.org/a")
    links = [a for a in seen.all("a") if a.get("href", "").startswith("http")]
    assert links and all("noopener" in a["rel"] for a in links)


def test_hidden_and_reordering_characters_are_shown_as_code_points(small_study):
    said = [one | {"content": "a\u202eb\u200bc\x07d sanctions"} for one in DEBATE]
    _, seen = written(said)
    for code in ("U+202E", "U+200B", "U+0007"):
        assert code in seen.text
    assert not set("\u202e\u200b\x07") & set(seen.text)


@given(st.text(max_size=60))
def test_visible_text_keeps_every_letter_and_hides_none(text):
    runs = evidence.visible(text)
    back = "".join(chr(int(run[2:], 16)) if escaped else run for run, escaped in runs)
    assert back == text
    "".join(run for run, _ in runs).encode()


@given(
    st.text(max_size=80),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80), st.sampled_from("abc")), max_size=6),
)
def test_pieces_join_to_the_text_and_carry_the_roles_that_cover_them(text, spans):
    found = evidence.pieces(text, 0, len(text), spans)
    shown = "".join(run for run, _ in evidence.visible(text))
    assert "".join(piece.text for piece in found if not any(piece.roles & {"x"})) == shown or any(
        "escape" in piece.roles for piece in found
    )
    for piece in found:
        assert piece.text


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_json_in_a_script_reads_back_and_cannot_end_the_script(value):
    text = str(figures.script_json(value))
    assert json.loads(text) == value and not set("<>&\u2028\u2029") & set(text)


def test_packed_specs_unpack_to_what_was_packed():
    spec = {
        "layer": [{"mark": {"type": "bar", "fill": "var(--c-support)", "aria": False}, "data": {"name": "data-1"}}] * 3
    }
    made = figures.Figure(
        "one", "t", "a", "c", (), {"wide": spec}, {"data-1": [{"x": 1, "y": None}, {"x": 2, "z": "b"}]}
    )
    found = json.loads(str(figures.packed([made])))

    def whole(value):
        if isinstance(value, dict):
            return whole(found["parts"][value["$"]]) if "$" in value else {k: whole(v) for k, v in value.items()}
        return [whole(item) for item in value] if isinstance(value, list) else value

    assert whole(found["figures"])["one"]["wide"] == json.loads(json.dumps(spec).replace("data-1", "d0"))
    assert found["datasets"]["d0"] == {"columns": ["x", "y", "z"], "rows": [[1, None, None], [2, None, "b"]]}


@given(st.text(max_size=40))
def test_a_running_head_cannot_leave_its_string(text):
    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]{6})*", layout.css_string(text))


# --- language ------------------------------------------------------------------------------------------------------


def leaves(entry, name=""):
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from leaves(value, f"{name}.{key}" if name else key)
    elif isinstance(entry, list):
        for value in entry:
            yield name, value
    else:
        yield name, entry


def test_the_language_file_holds_only_strings_with_plain_placeholders():
    for path in language.FOLDER.glob("*.yaml"):
        for name, value in leaves(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)):
            assert isinstance(value, str), name
            for _, field, spec, conversion in string.Formatter().parse(value):
                assert field is None or (field.isidentifier() and not spec and not conversion), f"{path.name}: {name}"
            assert "<" not in value, f"{path.name}: {name}: strings are text, not HTML"


def test_every_string_that_template_and_library_name_is_in_the_file():
    names = set()
    for path in [*layout.TEMPLATES.glob("*.html"), *(study.ROOT / "lib" / "stancebrief").rglob("*.py")]:
        names |= set(
            re.findall(r"""\b(?:say|sentence)\(\s*["']([a-z_]+(?:\.[a-z_]+)+)["'][,)]""", path.read_text("utf-8"))
        )
    assert len(names) > 80
    assert [name for name in sorted(names) if ENGLISH.find(name) is None] == []


def test_a_missing_string_or_value_names_the_file_and_the_string():
    with pytest.raises(language.LanguageError, match=r"en\.yaml: there is no string 'no\.such'"):
        ENGLISH.say("no.such")
    with pytest.raises(language.LanguageError, match=r"'glance\.from'.*\{start\}"):
        ENGLISH.say("glance.from")


def test_another_language_is_a_file(tmp_path):
    path = tmp_path / "de.yaml"
    path.write_text("locale: de\ndates: {day: 'd. MMMM yyyy'}\nx: {one: '{n} Satz', other: '{n} Sätze'}\n")
    german = language.Language(path)
    assert german.say("x", n=1) == "1 Satz" and german.say("x", n=1200) == "1.200 Sätze"
    assert german.date("2022-06-08") == "8. Juni 2022" and german.join(["a", "b", "c"]) == "a, b und c"
    path.write_text("x: 1\n")
    with pytest.raises(language.LanguageError, match="locale"):
        language.Language(path)


@pytest.mark.parametrize(
    "speaker, codes, shown",
    [
        ("China", "CHN", ""),
        ("The US", "USA", ""),
        ("Britain, France and Germany", "GBR|FRA|DEU", ""),
        ("Washington", "USA", "United States"),
        ("Lin", "CHN|UNKNOWN", "China"),
        ("Lin", "UNKNOWN", "Country not known"),
        ("Britain", "GBR|FRA", "United Kingdom and France"),
    ],
)
def test_the_country_stands_beside_a_speaker_whose_name_does_not_say_it(small_study, speaker, codes, shown):
    page = brief.Page(fill([DEBATE[0] | {"speaker": speaker, "country": codes, "stances": []}]))
    assert page.layout.in_brackets(page.utterances[0]) == shown


@pytest.mark.parametrize(
    "label, shown",
    [
        ("Sanctions on North Korea", "sanctions on North Korea"),
        ("US policy", "US policy"),
        ("North Korea's weapons", "North Korea's weapons"),
        ("The vetoes", "the vetoes"),
    ],
)
def test_a_label_in_a_sentence_keeps_names_and_abbreviations(label, shown):
    assert ENGLISH.in_text(label) == shown


# --- country pages -------------------------------------------------------------------------------------------------


def test_a_country_page_has_its_own_utterances_and_no_others(small_study):
    page = profiles.Profile(fill(DEBATE), "USA")
    seen = Reader(page.render())
    assert "All 3 utterances" in seen.text and "Petrov" not in seen.text
    assert "Opposite side: Sanctions on North Korea" in seen.text
    assert page.title() == "The United States speaks for sanctions on North Korea"
    with pytest.raises(brief.BriefError, match="no country code"):
        profiles.Profile(fill(DEBATE), "../x")


def test_pages_link_to_each_other_and_to_the_evidence(small_study):
    page, _ = written(DEBATE, countries="CHN,USA")
    page.write()
    for code in page.countries:
        profiles.Profile(page.study, code).write()
    for name in ("index.html", "brief.html", *(f"country/{code}.html" for code in page.countries)):
        path = page.study.report / name
        for attrs in Reader(path.read_bytes()).all("a"):
            href = attrs.get("href", "").split("#")[0]
            if href and not href.startswith("http"):
                assert (path.parent / href).resolve().is_file(), (name, href)


def test_the_evidence_holds_the_tables_without_the_articles_texts(small_study):
    import io
    import zipfile

    page, _ = written(DEBATE)
    page.write()
    with zipfile.ZipFile(io.BytesIO((page.study.report / "evidence.zip").read_bytes())) as archive:
        names = archive.namelist()
        assert {"codebook.yaml", "edition.json", "tables/statements.csv", "tables/articles.csv"} <= set(names)
        assert b"text" not in archive.read("tables/articles.csv").splitlines()[0].split(b",")
        assert tables.TABLES["statements"].names == archive.read("tables/statements.csv").decode().splitlines()[
            0
        ].split(",")


def test_a_notebook_shows_figures_and_lists_as_pictures_and_sentences(small_study):
    fill(DEBATE)
    page = profiles.Profile(study.load("small", min_statements=1), "CHN")
    shown = page.positions()._repr_html_()
    assert "<svg" in shown and "var(" not in shown, "the page's colours are not there in a notebook"
    assert "<li>United States: Opposite side: " in page.sides()._repr_html_()
    nobody = profiles.Profile(study.load("small", min_statements=1), "FRA")
    assert "No other country is coded" in nobody.sides()._repr_html_() and list(nobody.sides()) == []


def test_every_number_of_summary_findings_and_tables_leads_to_what_it_counts(small_study):
    page = brief.Page(fill(DEBATE))
    page.findings()
    for part in (page.stance, page.net, page.sentiment):
        part()
    content = page.render().decode()
    seen = Reader(content.encode())
    ids = {attrs["id"] for _, attrs in seen.elements if attrs.get("id")}
    summary = content.split('id="summary"')[1].split("</section>")[0]
    places = re.findall(r'class="ref" href="#([^"]+)"', summary)
    assert len(places) == len(page.summary()) and set(places) <= ids
    assert places[0] == "articles" and places[-1] == "trust" and "finding-target-sanctions" in places
    counts = re.search(r"China: 3 of 3 against</span>(.*?)</li>", content, re.S)[1]
    linked = re.findall(r'href="#(u-[^"]+)">(\d+)<', counts)
    there = {u.anchor: u for u in page.utterances}
    assert len(linked) == 3 and all("CHN" in there[anchor].countries for anchor, _ in linked)
    for made in page.drawn["stance"] + page.drawn["sentiment"]:
        assert len(made.sources) == len(made.rows)
    rows = dict(zip(page.drawn["stance"][0].rows, page.drawn["stance"][0].sources, strict=True))
    assert all(len(names) == (int(row[-1]) if row[-1].isdigit() else 0) for row, names in rows.items())


@pytest.mark.parametrize(
    "content, shown",
    [
        ("a “change of plan", "a “change of plan”"),
        ('a "change of plan', 'a "change of plan"'),
        ('"direct threats" from them', '"direct threats" from them'),
        ("it’s plain", "it’s plain"),
    ],
)
def test_a_quotation_mark_that_a_content_leaves_open_is_closed_where_it_stands_alone(content, shown):
    assert evidence.closed(content) == shown
