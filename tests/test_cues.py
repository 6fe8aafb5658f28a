"""The cue list and its forms."""

import pytest

from stancebrief.statements import cues


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deny", ("deny", "denies", "denied", "denying")),
        ("urge", ("urge", "urges", "urged", "urging")),
        ("dub", ("dub", "dubs", "dubbed", "dubbing")),
        ("call for", ("call for", "calls for", "called for", "calling for")),
        ("stress", ("stress", "stresses", "stressed", "stressing")),
        ("quip", ("quip", "quips", "quipped", "quipping")),
        ("regret", ("regret", "regrets", "regretted", "regretting")),
        ("commit to", ("commit to", "commits to", "committed to", "committing to")),
        ("counter", ("counter", "counters", "countered", "countering")),
        ("reckon", ("reckon", "reckons", "reckoned", "reckoning")),
        ("deliver", ("deliver", "delivers", "delivered", "delivering")),
    ],
)
def test_inflect(verb, forms):
    assert cues.inflect(verb) == forms


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("she called for calm", ["call for"]),
        ("she called again for calm", ["call for"]),
        ("she called him names", ["call"]),
        ("it was known as for talks", ["known as for"]),
        ("according to her", ["according to"]),
        ("they ripped into the proposals", ["rip into"]),
        ("she told them and said so", ["tell", "say"]),
    ],
)
def test_find_takes_the_longest_form(words, names):
    assert [found.cue.name for found in cues.find(words.split())] == names


def test_every_row_has_a_class_a_reason_and_known_takes():
    every = {cue for entries in cues.lexicon().values() for _, cue in entries}
    assert len(every) > 300
    assert all(cue.reason and cue.kind and -1 <= cue.valence <= 1 and cue.takes <= cues.TAKES for cue in every)


def test_a_bad_row_is_refused_naming_file_and_line(tmp_path, monkeypatch):
    bad = tmp_path / "cues.csv"
    bad.write_text("cue,class,valence,takes,forms,reason\nsay,neutral,often,quote,,\n")
    monkeypatch.setattr(cues, "FILE", bad)
    cues.lexicon.cache_clear()
    try:
        with pytest.raises(cues.CueError, match=r"cues\.csv, line 2"):
            cues.lexicon()
    finally:
        monkeypatch.undo()
        cues.lexicon.cache_clear()
