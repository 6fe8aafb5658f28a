"""What somebody is convinced, worried or sure of: an adjective or participle with a that-clause, after "is".

Which words mean it so is data (class `conviction` of data/reference/word_classes.csv).
"""

from __future__ import annotations

from stancebrief.statements import bounds, cues, reports, thinkers, vocabulary
from stancebrief.statements.sheets import Sheet

WORDS = vocabulary.of("conviction")
LINKING = frozenset(("is", "are", "was", "were", "been", "remains", "remain", "remained", "'s", "’s", "'re", "seemed"))


def read(sheet: Sheet) -> list[reports.Report]:
    """The reports of a paragraph that an adjective makes: "Sweden is confident that …"."""
    made = []
    for i, word in enumerate(sheet.lower):
        if word not in WORDS or sheet.quoted[i] or sheet.tags[i][:2] not in ("JJ", "VB"):
            continue
        clause = next((c for c in sheet.children(i) if c > i and sheet.deps[c] in ("ccomp", "advcl", "acl")), None)
        first = sheet.left(clause) if clause is not None else i
        verb = i if sheet.child(i, "nsubj", "nsubjpass") is not None else sheet.heads[i]
        source = sheet.child(verb, "nsubj", "nsubjpass")
        held = source is not None and source < i and thinkers.thinks(sheet, source)
        linked = sheet.lower[verb] in LINKING or any(sheet.lower[c] in LINKING for c in sheet.children(verb) if c < i)
        denied = any(sheet.deps[c] == "neg" or sheet.tags[c] == "MD" for k in (i, verb) for c in sheet.children(k))
        if not held or not linked or denied or sheet.lower[first] != "that" or first - i > 6:
            continue
        content = bounds.fit(sheet, i, sheet.at[first + 1], sheet.end(sheet.right(clause)))
        if content:
            cue = cues.Cue(word, "thought", 0.0, frozenset(("clause",)), "a conviction held")
            made.append(reports.Report(cues.Found(cue, i, i + 1), i, i + 1, source, content, "clause", False))
    return made
