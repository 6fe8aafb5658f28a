"""Reports that a noun of speech makes: "made a plea for …", "expressed doubt that …", "X's claim that …"."""

from __future__ import annotations

from stancebrief.statements import bounds, cues, objects, reports, subjects, vocabulary
from stancebrief.statements.sheets import Sheet

VOICING = vocabulary.of("voicing")
PREPOSITIONS = vocabulary.of("noun_preposition")
TAKEN_BACK = vocabulary.of("taken_back")


def light(sheet: Sheet, found: cues.Found) -> reports.Report | None:
    """ "made a plea for X", "expressed doubt that …": a verb that carries a noun of speech."""
    i = found.first
    noun = sheet.child(i, "dobj")
    if noun is None or sheet.lower[noun] not in cues.speech_nouns() or noun < i:
        return None
    source, _ = subjects.source_of(sheet, i)
    last = noun + 1
    content = None
    for child in [*sheet.children(noun), *[c for c in sheet.children(i) if c > noun]]:
        dep = sheet.deps[child]
        if dep == "prep" and sheet.lower[child] in PREPOSITIONS and not objects.dated(sheet, child):
            inner = sheet.child(child, "pobj", "pcomp")
            where = sheet.lower[child] == "at" and sheet.lower[noun - 1] == "the"  # "made the pledge at a rally"
            if inner is not None and not where:
                last = child + 1
                content = bounds.fit(sheet, i, sheet.at[sheet.left(inner)], sheet.end(sheet.right(inner)))
                if found.cue.name in VOICING:  # "voiced deep regret over X": the feeling is what is said
                    content = bounds.fit(sheet, i, sheet.at[sheet.left(noun)], sheet.end(sheet.right(inner)))
                break
        if dep in ("acl", "ccomp", "relcl", "xcomp", "advcl") and child > noun:
            first = sheet.left(child)
            if sheet.lower[first] == "for" and first == noun + 1 and sheet.deps[first] == "mark":
                last = first + 1
                content = bounds.fit(sheet, i, sheet.at[last], sheet.end(sheet.right(child)))
                break
            if sheet.lower[first] in ("that", "whether") or sheet.tags[first] == "TO":
                first += sheet.lower[first] == "that"
                content = bounds.fit(sheet, i, sheet.at[first], sheet.end(sheet.right(child)))
                break
    if content is None:
        return None
    return reports.Report(found, i, last, source, content, "noun")


def claims(sheet: Sheet) -> list[reports.Report]:
    """ "X's claim that …": a noun of speech with its owner and a that-clause."""
    made = []
    nouns = cues.speech_nouns()
    for i, word in enumerate(sheet.lower):
        if word not in nouns or sheet.quoted[i] or sheet.tags[i][:2] != "NN":
            continue
        valence, takes = nouns[word]
        owner = sheet.child(i, "poss")
        if "clause" not in takes or owner is None or i + 1 >= len(sheet) or sheet.lower[i + 1] != "that":
            continue
        clause = next((c for c in sheet.children(i) if c > i and sheet.deps[c] in ("acl", "ccomp", "relcl")), None)
        if clause is None or sheet.tags[i + 1] != "IN" or sheet.lower[sheet.heads[i]] in TAKEN_BACK:
            continue
        content = bounds.fit(sheet, i, sheet.at[i + 1] + 4, sheet.end(sheet.right(clause)))
        if content:
            cue = cues.Cue(word, "noun", valence, frozenset(("clause",)), "noun of speech")
            made.append(reports.Report(cues.Found(cue, i, i + 1), i, i + 1, owner, content, "noun"))
    return made
