"""What a learned reading is told of where a target stands; no name and no target's words are among it."""

from hypothesis import given
from hypothesis import strategies as st

from stancebrief import codebook, study
from stancebrief.stance import antecedents, coding, features

BOOK = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
ARTICLE = ("Council weighs new sanctions\n\nThe Council met on sanctions on Monday.\n\nNothing was decided.\n\n"
           "The envoy said the sanctions would hurt 20 farms if a missile test came.")
CONTENT = ARTICLE[ARTICLE.index("the sanctions would") : -1]


def told(target: str, text: str = ARTICLE, content: str = CONTENT, field: bool = True) -> set[str]:
    """The names of the features of a target in an article."""
    start = text.index(content)
    row = {"statement": "a:0", "article": "a", "start": start, "end": start + len(content), "kind": "indirect",
           "cue": "said", "content": content, "cue_start": start - 5, "cue_end": start - 1, "speaker": "the envoy",
           "countries": "USA", "paragraph_start": text.rfind("\n", 0, start) + 1, "paragraph_end": len(text)}
    said = features.Said(antecedents.Field(text, BOOK) if field else None)
    return set(features.of(coding.understand(row, text, BOOK), row, BOOK[target], BOOK, said))


def test_it_is_told_where_in_the_content_a_target_is_named():
    assert {"order:first", "at:head"} <= told("sanctions")
    assert {"order:last", "rank:below"} <= told("dprk_weapons")


def test_it_is_told_what_the_content_turns_on():
    found = told("sanctions")
    assert {"holds:if", "holds:<number>"} <= found
    assert "holds:but" not in found


def test_it_is_told_how_much_of_the_article_is_about_the_target():
    assert {"in the headline:True", "in the lead:True", "most of the article:True"} <= told("sanctions")
    assert {"in the headline:False", "in the lead:False", "most of the article:False"} <= told("dprk_weapons")
    assert not any(name.startswith("in the headline") for name in told("sanctions", field=False))


def test_a_content_of_another_length_is_told_apart():
    short, long = (next(name for name in told("sanctions", text, content) if name.startswith("length:"))
                   for text, content in ((f"The envoy said {words}.", words)
                                         for words in ("sanctions work", "sanctions work " + "very " * 30 + "well")))
    assert short != long


@given(st.sampled_from(sorted({word for word in CONTENT.replace(",", "").split() if word.isalpha()})))
def test_no_word_that_names_a_target_is_told(word):
    names = {name for target in ("sanctions", "dprk_weapons") for name in told(target)}
    shown = {name for name in names if name.split(":")[-1] == word}
    assert not shown or word not in ("sanctions", "missile", "test")
