"""Who is said to say what by the grammar of a sentence.

A report is made of a cue that is a verb with its subject and its complement ("X said that …", "X urged Y to …",
"…, X said"), of a light verb with a noun of speech ("made a plea for …"), of a noun of speech with its owner
("X's claim that …"), or of "according to".
"""

from __future__ import annotations

import dataclasses

from stancebrief.statements import (
    bounds,
    complements,
    convictions,
    cues,
    quotations,
    reports,
    speechnouns,
    subjects,
    thinkers,
    vocabulary,
    voices,
)
from stancebrief.statements.sheets import Sheet

BARE = ("object", "infinitive")
REFUSES = vocabulary.of("refuses")
LEGAL = vocabulary.of("legal_text")
GOES_ON = vocabulary.of("goes_on") | vocabulary.of("brings_to")


def read(sheet: Sheet) -> list[reports.Report]:
    """The reports of a paragraph, in order; those inside another report's content are left out."""
    made = []
    for found in sheet.cues:
        report = _report(sheet, found)
        if report is not None:
            made.append(report)
    made += speechnouns.claims(sheet) + convictions.read(sheet)
    made.sort(key=lambda report: report.first)
    kept = reports.outermost(sheet, made)
    orphan = lambda r: r.source is None and sheet.deps[r.first] == "conj" and r.rule in BARE  # noqa: E731
    for report in kept:
        if report.source is not None and sheet.quoted[report.source]:
            report.source = voices.unquoted(sheet, report, kept)
    return [r for r in kept if (sheet.title or not orphan(r)) and not voices.speechless(sheet, r)]


def _report(sheet: Sheet, found: cues.Found) -> reports.Report | None:
    takes = found.cue.takes
    i = found.first
    if found.last - i > 1 and sheet.tags[found.last - 1] == "TO" and "infinitive" in takes:
        found = dataclasses.replace(found, last=found.last - 1)  # "agreed to act": "to act" is content
    if "source" in takes:
        return _according(sheet, found) if "weak" not in takes else None
    if not _is_verb(sheet, found):
        return _mistagged(sheet, found)
    if found.cue.name in subjects.QUOTING and subjects.as_saying(sheet, i) is not None:
        return None  # "X quoted Y as saying": what Y says is read at "saying"
    if "light" in takes:
        light = speechnouns.light(sheet, found)
        if light is not None or not takes & {"quote", "clause", "object"}:
            return light
    negated = sheet.child(i, "neg") is not None
    if negated and found.cue.kind != "denial":  # "did not rule out X" speaks of X; "has not endorsed X" says nothing
        return None
    if _was_asked(sheet, found) or (sheet.deps[i] == "xcomp" and sheet.lower[sheet.heads[i]] in REFUSES):
        return None
    source, passive = subjects.source_of(sheet, i)
    if sheet.tags[i] == "VBN" and sheet.deps[i] == "acl" and found.last - i == 1 and sheet.child(i, "agent") is None:
        return None
    goes_on = sheet.deps[i] == "xcomp" and sheet.lower[sheet.heads[i]] in GOES_ON
    if "finite" in takes and sheet.tags[i] not in ("VBD", "VBZ", "VBP", "VBN") and not goes_on:
        return None
    subject = sheet.child(i, "nsubj")
    if sheet.deps[i] in ("acl", "relcl") and (subject is None or sheet.lower[subject] in ("that", "which")):
        subject = sheet.heads[i]
    if subject is not None and sheet.lower[subject] in LEGAL:
        return None  # a resolution that demands is no speaker
    if source is None and _leads(sheet, found):
        source = subjects.beside(sheet, (i, found.last), i, len(sheet))
    content, rule = complements.content(sheet, found, source, passive)
    if source is None and not passive and rule == "clause" and content and content[1] <= sheet.at[i]:
        source = subjects.beside(sheet, (i, found.last), i, len(sheet))  # "…, grumbled Jane Doe", taken for its object
    if sheet.title and source is None and content and i and content[0] > sheet.at[i] and sheet.tags[i - 1][:2] == "NN":
        source = i - 1  # "Aid Groups Say …": in capitals the parse takes the subject for something else
    if rule in ("object", "infinitive") and _only_possible(sheet, i, rule) and not _quoting(sheet, content):
        content = None
    beside = sheet.deps[i] == "conj" and sheet.tags[i] in ("VBD", "VBN")  # its source may be that of a report before
    if rule in ("object", "infinitive") and source is None and not sheet.title and not beside:
        content = None
    if "spun" in takes and "object" not in takes and rule != "clause":
        return None
    if "spun" in takes and "clause" in takes and not _that(sheet, found.last, content):
        return None
    if (
        sheet.title
        and content is None
        and source in (None, i - 1)
        and i
        and sheet.proper(i - 1)
        and takes & {"object", "core"}
        and "naming" not in takes
        and not ("force" in takes and found.cue.kind == "blame")
        and (sheet.tags[i] in ("VBZ", "VBP", "VBD"))
    ):
        source, content, rule = i - 1, complements.stated(sheet, bounds.rest(sheet, found.last)), "headline"
    if "weak" in takes or ("held" in takes and not thinkers.holds(sheet, i, source)):
        content = None
    quoting = "quote" in takes or "weak" not in takes
    return reports.Report(
        found, found.first, found.last, source, content, rule, quoting, subjects.partner(sheet, found)
    )


def _was_asked(sheet: Sheet, found: cues.Found) -> bool:
    """ "The minister, asked whether …, said": a participle between commas, whose verb follows; he did not ask."""
    i = found.first
    return (
        found.cue.name in ("ask", "ask about", "ask for", "request")
        and sheet.tags[i] in ("VBN", "VBD")
        and (
            (
                sheet.deps[i] in ("advcl", "ccomp", "acl")
                and sheet.heads[i] > i
                and (i == 0 or sheet.lower[i - 1] in (",", ".", ";") or sheet.at[i] == sheet.sentence(sheet.at[i])[0])
            )
            or (i > 0 and sheet.lower[i - 1] == "," and _said_next(sheet, i))
        )
    )


def _said_next(sheet: Sheet, i: int) -> bool:
    """Whether a comma and a finite verb follow the aside that begins at word i, in its sentence."""
    hi = sheet.sentence(sheet.at[i])[1]
    comma = next((k for k in range(i + 1, len(sheet) - 1) if sheet.lower[k] == "," or sheet.at[k] >= hi), None)
    return comma is not None and sheet.at[comma] < hi and sheet.tags[comma + 1] in ("VBD", "VBZ", "VBP", "MD")


def _only_possible(sheet: Sheet, i: int, rule: str) -> bool:
    """Whether the act is only aimed at, tried or possible: "to question X", "in advocating X", "could demand X"."""
    if sheet.deps[i] == "pcomp":
        return rule == "object" and sheet.lower[sheet.heads[i]] not in ("by", "with", "after", "before", "despite")
    if sheet.deps[i] == "xcomp" and sheet.lower[sheet.heads[i]] in GOES_ON:
        return False
    helpers = [c for c in sheet.children(i) if sheet.deps[c] in ("aux", "neg") and c < i]
    if rule == "object" and any(sheet.tags[c] == "TO" for c in helpers):
        return True
    return any(sheet.lower[c] in ("could", "would", "should", "can", "ca", "may", "might", "must") for c in helpers)


def _quoting(sheet: Sheet, content: tuple[int, int] | None) -> bool:
    """Whether a content holds a quotation or begins with "what"."""
    return content is not None and (
        sheet.text.startswith("what ", content[0]) or any(content[0] <= q.start < content[1] for q in sheet.double)
    )


def _that(sheet: Sheet, last: int, content: tuple[int, int] | None) -> bool:
    return content is not None and "that" in sheet.lower[last : sheet.word_at(content[0]) + 1]


def _leads(sheet: Sheet, found: cues.Found) -> bool:
    """Whether a sentence begins with the cue and a name: "Said Smith: …"."""
    i, last = found.first, found.last
    if "core" not in found.cue.takes or last >= len(sheet) or not sheet.proper(last):
        return False
    return sheet.tags[i] in ("VBD", "VBZ", "VBN") and sheet.at[i] == sheet.sentence(sheet.at[i])[0]


def _is_verb(sheet: Sheet, found: cues.Found) -> bool:
    i = found.first
    if _leads(sheet, found):
        return True
    finite = sheet.tags[i] in ("VBZ", "VBP", "VBD")
    if sheet.deps[i] in ("amod", "aux", "auxpass", "compound", "nmod") and not (finite and sheet.title):
        return found.last - found.first > 2
    if sheet.tags[i][:2] == "VB":
        return True
    if sheet.title and any(sheet.deps[c] == "nsubj" and c < i for c in sheet.children(i)):
        return "light" not in found.cue.takes
    return (found.last - found.first > 1 and sheet.tags[i][:2] not in ("IN", "NN")) or "core" in found.cue.takes


def _mistagged(sheet: Sheet, found: cues.Found) -> reports.Report | None:
    """The tagger takes "X claims Y" for nouns: in a headline a cue after a name is a verb, in a text before "that"."""
    i = found.first
    takes = found.cue.takes
    if i == 0 or found.last >= len(sheet) or takes & {"weak", "light", "only", "spun"}:
        return None
    if sheet.tags[i] not in ("NNS", "NN", "NNP", "NNPS", "JJ") or sheet.tags[i - 1][:2] not in ("NN", "PR"):
        return None
    before, after = sheet.words[i - 1], sheet.words[found.last]
    if sheet.title:
        if not before[:1].isupper() or not (sheet.lower[i].endswith(("s", "d")) or "object" in takes):
            return None
        if sheet.words[i][:1].isupper() and not after[:1].isupper() and after[:1] not in "'\"":
            return None
        if (
            sheet.tags[i] in ("NN", "JJ")
            and sheet.words[i][:1].islower()
            and sheet.deps[i] not in ("ROOT", "conj")
            and any(tag in ("VBZ", "VBP", "VBD", "MD") for tag in sheet.tags)
        ):
            return None
    elif after.lower() != "that" or "clause" not in takes or sheet.tags[i] != "NNS":
        return None
    start, end = bounds.rest(sheet, found.last + (after.lower() == "that"))
    return reports.Report(found, i, found.last, i - 1, (start, end) if end > start else None, "headline")


def _according(sheet: Sheet, found: cues.Found) -> reports.Report | None:
    """ "…, according to X" and "According to X, …"."""
    i, last = found.first, found.last
    if last >= len(sheet):
        return None
    anchors = range(i, last)
    source = next(
        (
            k
            for k in range(last, min(len(sheet), last + 25))
            if sheet.heads[k] in anchors and sheet.deps[k] in ("pobj", "pcomp", "npadvmod", "dobj")
        ),
        None,
    )
    if source is None:
        return None
    if sheet.lower[source] in subjects.DOCUMENTS and (issuer := subjects.issuer(sheet, source)) is not None:
        source = issuer
    lo, hi = sheet.sentence(sheet.at[i])
    phrase_end = sheet.end(sheet.right(source))
    before = sheet.text[lo : sheet.at[i]].strip(" ,\"'—–-")
    if len(before.split()) < 3:
        phrase_end = min(phrase_end, _first_phrase(sheet, last, hi))
    after = sheet.text[min(phrase_end, hi) : hi].strip(" ,.\"'")
    head = sheet.heads[i]
    if len(before.split()) < 3 and after:
        span = (phrase_end, hi)
    elif len(after.split()) < 4 or sheet.text[phrase_end : phrase_end + 1] != ",":
        begin = lo
        while sheet.deps[head] == "conj" and sheet.child(head, "nsubj", "nsubjpass") is None:
            head = sheet.heads[head]  # "X did this and did that, according to Y"
        if sheet.deps[head] in ("ccomp", "conj", "relcl", "advcl") and sheet.left(head) < i and sheet.verb(head):
            begin = max(lo, sheet.at[sheet.left(head)])
        span = (begin, sheet.at[i])
    else:
        span = (lo, hi)
    span = quotations.tidy(sheet.text, *span)
    if len(sheet.text[span[0] : span[1]].split()) < 3:
        return None
    return reports.Report(found, i, last, source, span if span[1] > span[0] else None, "according")


def _first_phrase(sheet: Sheet, first: int, hi: int) -> int:
    """Offset of the comma that ends "According to X," or "According to X, an office,"."""
    commas = [k for k in range(first, len(sheet)) if sheet.at[k] < hi and sheet.lower[k] == "," and not sheet.quoted[k]]
    for n, k in enumerate(commas):
        until = commas[n + 1] if n + 1 < len(commas) else sheet.word_at(hi)
        if any(sheet.tags[w] in ("VBD", "VBZ", "VBP", "MD") for w in range(k, until)) or n == 1:
            return sheet.at[k]
    return sheet.at[commas[0]] if len(commas) == 1 else hi
