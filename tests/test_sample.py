"""The brief that is committed is the one that the committed study, rules and notebooks give."""

import re

from stancebrief import runs, study

SAMPLE = study.REPORTS / "dprk-vetoes" / "brief.html"
RELEASES = re.compile(r"&#34;packages&#34;: \{.*?\}", re.DOTALL)  # other releases within the bounds are no other brief

# What changed since an edition that only the machine that made the sample has kept.
SINCE = re.compile(r'<section id="since">.*?</section>\s*|<li><a href="#since">.*?</li>\s*', re.DOTALL)


def test_the_committed_brief_is_what_comes_out(tmp_path, monkeypatch):
    committed = SAMPLE.read_text(encoding="utf-8")
    monkeypatch.setattr(study, "REPORTS", tmp_path)
    made = (runs.report("dprk-vetoes") / "brief.html").read_text(encoding="utf-8")
    one, two = (SINCE.sub("", RELEASES.sub("", page)).splitlines() for page in (committed, made))
    differing = [(a[:200], b[:200]) for a, b in zip(one, two, strict=False) if a != b]
    assert not differing and len(one) == len(two), f"run make report and commit the brief; first: {differing[:1]}"


def test_it_holds_no_path_of_the_machine_it_was_made_on():
    page = SAMPLE.read_text(encoding="utf-8")
    assert str(study.ROOT) not in page and not re.search(r"/(?:home|root|Users)/", page)


def test_it_is_small_enough_to_send():
    assert SAMPLE.stat().st_size < 1.5e6
