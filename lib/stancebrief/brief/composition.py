"""What the template of the brief is filled with, from a page (`brief.Page`) on which everything has been declared."""

from __future__ import annotations

import collections
from typing import Any

from stancebrief.brief import evidence, figures, findings, layout, opening, sections, since, trust
from stancebrief.language import capital
from stancebrief.runs import editions

WORDINGS = 8             # wording differences shown side by side; the rest are with the statements
COUNTS = 24              # countries whose counts stand under a finding; the chart's table has all
INPUTS = 60              # files named with their checksums; of more, the articles are only counted


def values(page: Any) -> dict[str, object]:
    """Everything that `brief.html` prints, by name."""
    say, shown = page.language.say, page.shown()
    drawn = set(page.charted["country"]) or set(page.countries)
    there = {u.name: u for u in shown}
    wordings = sorted((u for u in shown if u.wording), key=lambda u: (not u.wording.quoted, u.number))
    first = [u for u in wordings if u.wording.quoted][:WORDINGS] or wordings[:WORDINGS]
    quoted = sum(u.wording.quoted for u in wordings)
    key = "wordings.title" if quoted else "wordings.title_reworded"
    found = {
        "page_title": page.study.title or page.study.name, "description": " ".join(page.summary()),
        "window": opening.window(page), "glance": opening.glance(page), "summary": opening.cited_summary(page),
        "findings": page.found, "no_side": not page.claims,
        "findings_basis": findings.basis(page.trials, page.writer, page.each) if page.found else [],
        "cited": lambda names: page.layout.cited(names, there),
        "quotes": lambda finding: page.layout.quotes(finding, there, page.contents),
        "counts_shown": COUNTS,
        "countries": [(code, page.language.country(code)) for code in page.countries
                      if code in drawn and any(code in u.countries for u in shown)],
        "country_links": [(f"country/{code}.html", page.language.country(code)) for code in page.paged],
        "article_pages": [(f"articles/{part.file}", part.label(page.layout)) for part in page.article_parts],
        "statement_pages": [(f"statements/{part.file}", part.label(page.layout)) for part in page.statement_parts],
        "figures": {section: page.drawn.get(section, []) for section in ("stance", "sentiment", "context")},
        "wordings": first, "wordings_more": len(wordings) - len(first),
        "wordings_title": say(key, n=quoted or len(wordings), words=page.language.words(quoted or len(wordings)),
                              Words=capital(page.language.words(quoted or len(wordings)))),
        "utterances": shown, "filters": filters(page, shown),
        "statements_title": say("statements.title", n=len(shown)) if len(shown) == len(page.utterances) else say(
            "statements.title_some", shown=len(shown), n=len(page.utterances)),
        "statements_some": "" if len(shown) == len(page.utterances) else say(
            "statements.some", n=len(page.utterances)),
        "context_rules": sections.rules(page.study, page.language),
        "limits": page.language.find("trust.limits_list"),
        "card": bool(page.drawn.get("stance")), "evidence_file": editions.EVIDENCE,
        "manifest": editions.shown(page.study, page.edition, INPUTS),
        "charts": figures.packed([made for place in page.drawn.values() for made in place]),
        "citation": say("sources.citation", title=page.study.title or page.study.name, edition=page.edition,
                        version=layout.__version__, window=opening.window(page)),
    }
    parts = (sections.articles(page.layout, page.tables), trust.section(page.layout, page.tables["agreement"]),
             trust.sensitivity_table(page.layout, page.claims, page.trials, page.ungrouped()),
             sections.change(page.layout, page.tables, page.units, page.claims, page.countries, quoted),
             sections.problems(page.layout, page.tables["problems"]), sections.sources(page.layout, page.codebook),
             since.section(page.layout))
    for part in parts:
        found |= part
    found["contents"] = contents(page, found)
    return found


def index(page: Any) -> dict[str, object]:
    """What `index.html` prints: all pages of the study."""
    say = page.language.say
    counts = collections.Counter(code for u in page.utterances for code in u.countries)
    others = [(say(f"continued.{name}"), [(f"{folder}/{part.file}", part.label(page.layout)) for part in parts])
              for name, folder, parts in (("nobody", "statements", page.statement_parts),
                                          ("articles", "articles", page.article_parts))]
    return {"page_title": page.study.title or page.study.name, "description": page.study.question,
            "window": opening.window(page), "evidence_file": editions.EVIDENCE, "other_pages": others,
            "country_links": [(f"country/{code}.html", page.language.country(code),
                               say("country.utterances", n=counts[code])) for code in page.paged]}


def filters(page: Any, shown: list[evidence.Utterance]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The choices above the list of statements: (name, label, options)."""
    say, names = page.language.say, page.language.country
    codes = dict.fromkeys([*page.countries, *(code for u in shown for code in u.countries)])
    targets = dict.fromkeys([*page.targets, *(t for u in shown for _, t, _ in u.stances)])
    said = {code for u in shown for code in u.countries}
    coded = {target for u in shown for _, target, _ in u.stances}
    stances = [(stance, say(f"stance.{stance}")) for stance in ("support", "oppose", "neutral")]
    every = page.layout.witnesses if len(shown) == len(page.utterances) else {
        name: page.layout.witnesses[name] for name in dict.fromkeys(r.article for u in shown for r in u.reports)}
    witnesses: dict[str, str] = {}
    for article, name in every.items():
        witnesses.setdefault(name, f"a{page.layout.order[article]}")
    return [("countries", say("statements.by_country"), [(code, names(code)) for code in codes if code in said]),
            ("targets", say("statements.by_target"),
             [(t, page.codebook.labels.get(t, t)) for t in targets if t in coded]),
            ("stances", say("statements.by_stance"), [*stances, ("none", say("statements.no_position"))]),
            ("articles", say("statements.by_report"), [(number, name) for name, number in witnesses.items()])]



def contents(page: Any, values: dict[str, object]) -> list[tuple[str, str]]:
    """The page's sections that hold something, in order: (anchor, heading)."""
    names = ["summary", "findings", "articles", "stance", "sentiment", "context", "wordings", "statements",
             "problems", "trust", "change", "since", "sources"]
    empty = {name for name in ("stance", "sentiment", "context") if not values["figures"][name]}
    empty |= {name for name in ("wordings", "since") if not values[name]}
    return [(name, page.language.say(f"{name}.heading")) for name in names if name not in empty]
