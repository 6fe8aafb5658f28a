"""How the brief opens: the window, what was counted at a glance, and a summary of sentences that hold.

Each function takes the page (`brief.Page`).
"""

from __future__ import annotations

from typing import Any

from stancebrief.brief import sections, trust

SUMMARY = 120            # words


def window(page: Any) -> str:
    """The window in words."""
    start, end = (page.language.date(day) if day else "" for day in (page.study.start, page.study.end))
    key = "from_to" if start and end else "from" if start else "until" if end else "open"
    return page.language.say(f"glance.{key}", start=start, end=end)


def glance(page: Any) -> list[tuple[str, str]]:
    """Counts at a glance: (number, what is counted)."""
    statements, positions = page.tables["statements"], page.tables["positions"]
    counts = (("articles", len(page.tables["articles"])), ("statements", len(statements)),
              ("utterances", statements["utterance"].nunique()), ("positions", len(positions)))
    return [(page.language.number(n), page.language.say(f"glance.{name}", n=n)) for name, n in counts]


def summary(page: Any) -> list[str]:
    """At most 120 words, made of sentences that hold."""
    say, statements = page.language.say, page.tables["statements"]
    n = len(page.tables["articles"])
    found = [say("summary.scope", n=n, words=page.language.words(n), utterances=say(
        "summary.utterances", n=statements["utterance"].nunique()))]
    if shared := sections.repeated(statements):
        found.append(say("summary.same", n=shared))
    last = trust.in_short(page.layout, page.tables["agreement"])
    sides: set[tuple[str, str]] = set()
    for finding in page.found:
        mine = {(claim.country, claim.target) for claim in finding.claims}
        told = finding.name.startswith("own-") or (mine and not mine <= sides)
        # "In these reports" once is enough.
        sentence = finding.short if sides and finding.short else finding.sentence
        if told and len(" ".join([*found, sentence, last]).split()) <= SUMMARY:
            found.append(sentence)
            sides |= mine
    if not page.claims and not page.found:
        found.append(say("summary.nothing"))
    return [*found, last]


def cited_summary(page: Any) -> list[tuple[str, str]]:
    """The summary's sentences, each with the anchor of what it rests on in the page."""
    places = {text: f"finding-{found.name}" for found in page.found for text in (found.sentence, found.short)}
    told = summary(page)
    return [(text, "articles" if number == 0 else "trust" if number == len(told) - 1 else
             places.get(text, "finding-repeats" if number == 1 and sections.repeated(page.tables["statements"])
                        and "finding-repeats" in places.values() else "findings"))
            for number, text in enumerate(told)]
