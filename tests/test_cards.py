"""The card: one picture that says what it shows, on what it rests and where it is from; text only ever text."""

import struct
import xml.etree.ElementTree as ElementTree

import pytest
from tabled import DEBATE, fill

from stancebrief import brief
from stancebrief.brief import cards

HOSTILE = '<script>x</script>&amp;"><g onload="x"/>' + "\u202e" + "w" * 300


def card(said=DEBATE, **more):
    """The card of the small study as SVG, and its page."""
    page = brief.Page(fill(said, **more))
    page.findings()
    page.stance()
    return page.card(), page


def test_it_says_title_finding_count_trust_and_edition(small_study):
    shown, page = card()
    root = ElementTree.fromstring(shown)
    texts = [" ".join(element.itertext()) for element in root.iter(f"{{{cards.SVG}}}text")]
    every = " ".join(texts)
    assert "Small" in texts and page.edition in every and "2 articles" in every
    assert page.drawn["stance"][0].title in every
    assert "speaks against sanctions on North Korea" in every and "A machine, not people" in every
    assert page.drawn["stance"][0].alt in root.find(f"{{{cards.SVG}}}desc").text
    assert "var(" not in shown and "http" not in shown.replace(cards.SVG, "")


def test_nothing_lies_outside_the_card_or_over_the_chart(small_study):
    root = ElementTree.fromstring(card(title="A title that is long " * 12)[0])
    high = float(root.get("height"))
    own = [float(e.get("y")) for e in root.findall(f"{{{cards.SVG}}}text")]
    chart = root.find(f"{{{cards.SVG}}}svg")
    top, tall = float(chart.get("y")), float(chart.get("height"))
    assert own == sorted(own) and own[-1] < high and top + tall < high
    assert not [y for y in own if top < y < top + tall]


def test_text_is_only_text_and_the_picture_can_be_made(small_study):
    shown, _ = card([one | {"speaker": HOSTILE} for one in DEBATE], title=HOSTILE, outlets=(HOSTILE, "b"))
    root = ElementTree.fromstring(shown)
    assert not {"script", "a", "image", "foreignObject"} & {element.tag.split("}")[1] for element in root.iter()}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert "\u202e" not in shown and "U+202E" in shown
    made = cards.png(shown)
    assert struct.unpack(">II", made[16:24]) == (2 * cards.WIDTH, cards.SCALE * round(float(root.get("height"))))


def test_the_same_page_gives_the_same_bytes_beside_the_brief(small_study):
    _, page = card()
    page.write()
    svg, png = ((page.study.report / f"card.{kind}").read_bytes() for kind in ("svg", "png"))
    again = card()[0]
    assert svg == again.encode() and png == cards.png(again) and b'href="card.svg"' in page.render()


@pytest.mark.parametrize("said", [[], DEBATE[:1]])
def test_without_a_side_it_says_so_or_there_is_none(small_study, said):
    shown, page = card(said)
    page.write()
    assert bool(shown) == (page.study.report / "card.svg").exists() == (b"card.svg" in page.render())
    assert "No side can be named" in shown if said else not shown
