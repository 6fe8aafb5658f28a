"""A codebook is read with its lines, and every way of getting it wrong is told by file and line."""

import pathlib

import pytest

from stancebrief import codebook, stance, study

GOOD = """\
version: "1"
targets:
  - name: tariffs
    label: Tariffs
    kind: measure
    definition: Tariffs on steel.
    support_means: keep them
    phrases:
      - tariff
      - {phrase: steel … duty, reason: another name}
    examples:
      - {says: "The tariffs must stay.", stance: support}
    counter_examples:
      - {says: "The tariffs began in May.", why: a fact}
  - name: dialogue
    label: Trade talks
    kind: process
    definition: Talks on trade.
    support_means: wanted
    phrases: [trade talks]
"""


def written(folder: pathlib.Path, text: str) -> pathlib.Path:
    path = folder / "codebook.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_codebook_gives_its_targets_in_order_with_labels_and_lines(tmp_path):
    book = codebook.read(written(tmp_path, GOOD))
    assert book.names == ["tariffs", "dialogue"]
    assert book.labels["tariffs"] == "Tariffs"
    assert book["tariffs"].phrases[1].line == 10
    assert [e.stance for e in book["tariffs"].examples] == ["support", "none"]


@pytest.mark.parametrize(
    "text", ["the tariffs", "Tariff's end", "a steel import duty", "steel’s new duty", "tariffs’ cost"]
)
def test_phrases_find_plurals_possessives_and_gaps(tmp_path, text):
    target = codebook.read(written(tmp_path, GOOD))["tariffs"]
    found = any(phrase.pattern.search(text) for phrase in target.phrases)
    assert found == (text != "steel’s new duty")  # the possessive is of the last word


@pytest.mark.parametrize(
    "text", ["tariffication", "untariffed", "trade in steel. Duty calls four more words away here"]
)
def test_phrases_are_whole_words(tmp_path, text):
    target = codebook.read(written(tmp_path, GOOD))["tariffs"]
    assert not any(phrase.pattern.search(text) for phrase in target.phrases)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("    label: Tariffs\n", "    lable: Tariffs\n", 4, "did you mean label?"),
        ("kind: measure", "kind: thing", 5, "measure, act, conduct, process"),
        ("phrases: [trade talks]", "phrases: []", 20, "is empty"),
        ("phrases: [trade talks]", "phrases: [trade talks, Tariff]", 20, "belongs to 'tariffs' already (line 9)"),
        ("phrases: [trade talks]", "phrases: [trade talks, tariffs]", 20, "belongs to 'tariffs' already (line 9)"),
        ("phrases: [trade talks]", "phrases: trade talks", 20, "must be a list"),
        ("why: a fact}", "wy: a fact}", 14, "did you mean why?"),
        ("phrases: [trade talks]", 'phrases: [trade talks, ""]', 20, "an empty phrase"),
        ("    phrases: [trade talks]\n", "", 15, "needs 'phrases'"),
        ("reason: another name}", "resaon: another name}", 10, "did you mean reason?"),
        ("stance: support}", "stance: favour}", 12, "not one of support, oppose, neutral"),
        ('version: "1"', "title: x", 1, "needs 'version'"),
        ("    kind: process\n", "    kind: process\n    whose: [China]\n", 18, "ISO 3166"),
        ("    kind: process\n", "    kind: process\n    instead_of: [veto]\n", 15, "no other target"),
        ("  - name: dialogue", "  - name: tariffs", 15, "stands at line 3 too"),
        ("    kind: process\n", "    kind: process\n    kind: act\n", 18, "stands there twice"),
        (
            '      - {says: "The tariffs must stay.", stance: support}\n',
            '      - {says: "The tariffs must stay.", stance: support}\n'
            '      - {says: "The tariffs must stay.", stance: oppose}\n',
            13,
            "but support at line 12",
        ),
    ],
)
def test_a_wrong_codebook_is_refused_with_file_line_and_remedy(tmp_path, old, new, line, told):
    assert old in GOOD
    with pytest.raises(codebook.CodebookError) as error:
        codebook.read(written(tmp_path, GOOD.replace(old, new, 1)))
    assert "codebook.yaml" in str(error.value)
    assert f"line {line}" in str(error.value)
    assert told in str(error.value)


def test_an_example_that_reads_as_the_opposite_of_its_label_is_refused_by_line(tmp_path):
    text = GOOD.replace('must stay.", stance: support', 'must stay.", stance: oppose')
    book = codebook.read(written(tmp_path, text))
    with pytest.raises(codebook.CodebookError, match=r"line 12.*labelled oppose, but reads as support"):
        stance.check(book)


def test_a_counter_example_that_takes_a_position_is_refused(tmp_path):
    book = codebook.read(written(tmp_path, GOOD.replace("The tariffs began in May.", "The tariffs are a disgrace.")))
    with pytest.raises(codebook.CodebookError, match=r"line 14.*labelled none, but reads as oppose"):
        stance.check(book)


@pytest.mark.parametrize("text", ["", "[]", "just words", "a: [", "\ttab: 1", "version: 1\ntargets: []\n"])
def test_a_file_that_is_no_codebook_is_refused(tmp_path, text):
    with pytest.raises(codebook.CodebookError, match=r"codebook\.yaml"):
        codebook.read(written(tmp_path, text))


def test_a_missing_or_undecodable_file_is_refused(tmp_path):
    with pytest.raises(codebook.CodebookError, match="not there"):
        codebook.read(tmp_path / "codebook.yaml")
    (tmp_path / "codebook.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(codebook.CodebookError, match=r"not UTF-8|no YAML"):
        codebook.read(tmp_path / "codebook.yaml")


@pytest.mark.parametrize("name", [name for name in study.names() if (study.DATA / name / "codebook.yaml").exists()])
def test_every_codebook_that_ships_reads_its_own_examples_as_labelled(name):
    assert stance.check(codebook.read(study.DATA / name / "codebook.yaml")) == []
