"""Classes of words: each with words and reasons, and an unknown one named together with those there are."""

import csv

import pytest

from stancebrief.statements import vocabulary


def test_every_word_stands_once_in_its_class_with_a_reason():
    with open(vocabulary.FILE, encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert all(row["class"] and row["word"] and row["reason"] and None not in row for row in rows)
    assert len({(row["class"], row["word"]) for row in rows}) == len(rows)


def test_a_class_is_read_by_its_name_and_groups_by_how_their_names_begin():
    assert "ambassador" in vocabulary.of("describes_person")
    groups = vocabulary.groups("same_role_")
    assert len(groups) > 3 and all(len(group) > 1 for group in groups)


@pytest.mark.parametrize("ask", [vocabulary.of, vocabulary.groups])
def test_an_unknown_class_is_named(ask):
    with pytest.raises(KeyError, match=r"word_classes\.csv"):
        ask("no_such_class")
