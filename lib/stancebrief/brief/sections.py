"""What stands in the sections of the brief, as plain values for a template: what was read, trust, change, sources."""

from __future__ import annotations

import itertools
import json

import pandas as pd

from stancebrief import codebook, events, study
from stancebrief.brief import continued, findings
from stancebrief.brief.layout import Layout, claim_text, link
from stancebrief.language import Language, capital

PROBLEMS = 40             # rows of the problems table shown; the rest is in the evidence file
CHANGES = 4               # numbers of contrary utterances of which the page says what they would undo
NAMED = 12                # sides named in one sentence, and countries of which it is said that little is known


def articles(layout: Layout, tables: dict[str, pd.DataFrame]) -> dict[str, object]:
    """What was read: title, notes on dates and repeats, one entry for each article."""
    say, frame, statements = layout.language.say, tables["articles"], tables["statements"]
    words = layout.language.words(len(frame))
    notes = []
    undated = int((frame["published_basis"] != "stated").sum())
    title = "stated" if not undated else "undated" if undated == len(frame) else "some"
    if len(frame) and undated == len(frame) and (frame["published_basis"] == "inferred").all():
        notes.append(say("articles.dates_inferred", n=len(frame), words=words))
    elif undated:
        notes.append(say("articles.dates_some", n=undated))
    shared = repeated(statements)
    if shared:
        notes.append(say("articles.same_story", n=shared))
    rows = entries(layout, tables, continued.LISTED)
    many = say(f"articles.title_{title}", n=undated if title == "some" else len(frame), Words=capital(words))
    return {"articles": rows, "articles_more": len(frame) - len(rows), "articles_title": many, "article_notes": notes}


def entries(layout: Layout, tables: dict[str, pd.DataFrame], most: int | None = None) -> list[dict[str, object]]:
    """One entry for each article, or for the first so many."""
    counts = tables["statements"]["article"].value_counts()
    return [{"label": layout.witness(row.article), "headline": row.headline or row.article, "published": row.published,
             "basis": row.published_basis, "note": row.published_note,
             "rewritten": row.rewritten, "words": int(row.words), "name": row.article,
             "statements": int(counts.get(row.article, 0)), "furniture": len(json.loads(row.furniture or "[]")),
             "url": link(row.url)} for row in tables["articles"].head(most or len(tables["articles"])).itertuples()]


def repeated(statements: pd.DataFrame) -> int:
    """How many utterances more than one article carries."""
    return int((statements.groupby("utterance")["article"].nunique() > 1).sum())


def tone_title(language: Language, means: pd.DataFrame) -> str:
    """What the tone chart shows: two countries whose intervals do not meet by either scorer's reckoning, or none."""
    known = means[means["enough"]]
    if known["country"].nunique() < 2:
        return language.say("sentiment.title_few")
    scores: dict[str, dict[str, object]] = {}
    for row in known.itertuples():
        scores.setdefault(row.country, {})[row.scorer] = row
    for one, other in itertools.combinations(scores, 2):
        both = [(scores[one][scorer], scores[other][scorer]) for scorer in scores[one] if scorer in scores[other]]
        gaps = [a.high < b.low or b.high < a.low for a, b in both]
        if len(both) > 1 and all(gaps) and len({a.mean < b.mean for a, b in both}) == 1:
            return language.sentence("sentiment.title_apart", a=language.country_in_text(one),
                                     b=language.country_in_text(other))
    return language.say("sentiment.title_overlap")


def change(layout: Layout, tables: dict[str, pd.DataFrame], units: pd.DataFrame, claims: list[findings.Claim],
           shown: list[str], quoted: int) -> dict[str, list[str]]:
    """What would undo the findings, and what these articles cannot tell."""
    language, say, minimum = layout.language, layout.language.say, layout.study.min_statements
    sides = [claim for claim in claims if claim.side != "divided"]
    effort = {claim: (claim.undone, claim.wrong(minimum)) for claim in sides}
    def listed(both: tuple[int, int]) -> str:
        texts = [claim_text(layout, claim) for claim in sides if effort[claim] == both]
        more = [say("change.more_claims", n=len(texts) - NAMED)] if len(texts) > NAMED else []
        return say("findings.between").join([*texts[:NAMED], *more])
    changes = [say("change.undone", claims=listed(both),
                   further=say("change.further", n=both[0], Words=capital(language.words(both[0]))),
                   wrong=say("change.wrong", n=both[1], words=language.words(both[1])))
               for both in sorted(set(effort.values()))[:CHANGES]]
    if not sides:
        changes.append(say("change.nothing", n=minimum))
    unknown = []
    spoken = {code for joined in tables["statements"]["countries"] for code in joined.split("|")}
    counts = units.groupby(["country", "target"]).size()
    claimed = {(claim.country, claim.target) for claim in claims}
    for code in shown:
        own = {target: n for (country, target), n in counts.items() if country == code}
        name, most = language.country_in_text(code), max(own.values(), default=0)
        unclear = [target for target, n in own.items() if n >= minimum and (code, target) not in claimed]
        if code in spoken and most < minimum:
            key = "change.too_few" if most else "change.off_target"
            unknown.append(say(key, country=name, n=most, minimum=minimum))
        if unclear:
            labels = (layout.language.in_text(layout.labels.get(target, target)) for target in unclear)
            unknown.append(say("change.unclear", country=name, n=len(unclear), targets=language.join(labels)))
    if len(unknown) > NAMED:
        unknown = [*unknown[:NAMED], say("change.more", n=len(unknown) - NAMED)]
    silent = [code for code in shown if code not in spoken]
    if silent:
        names = language.join(map(language.country_in_text, silent))
        unknown.append(say("change.silent", n=len(silent), countries=names))
    if repeated(tables["statements"]):
        unknown.append(say("change.independent"))
    if quoted:
        unknown.append(say("change.transcript"))
    if (tables["articles"]["published_basis"] != "stated").any():
        unknown.append(say("change.dates"))
    return {"changes": changes, "unknowns": unknown}


def ballot(ours: study.Study) -> tuple[str, pd.DataFrame | None]:
    """(symbol, votes) of the last vote by member within the window, where the study uses the Council's actions."""
    found: tuple[str, pd.DataFrame | None] = ("", None)
    for symbol in events.symbols() if "council_actions" in ours.context else ():
        frame = events.votes(symbol)
        day = frame["date"].iloc[0]
        if (not ours.start or day >= ours.start) and (not ours.end or day <= ours.end):
            found = symbol, frame
    return found


def named(timeline: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """The timeline with articles called as the page calls them."""
    articles = timeline["lane"] == "article"
    return timeline.assign(label=timeline["label"].where(~articles, timeline["source"].map(layout.witness)))


def short_rules(ours: study.Study, language: Language) -> str:
    """How the context tables of the study count, in a line."""
    rules = [events.rule(name).short for name in ours.context if name in events.READERS]
    return language.say("context.counted", rules="; ".join(rules)) if rules else ""


def rules(ours: study.Study, language: Language) -> list[str]:
    """How the context tables of the study count, in full."""
    return [events.rule(name).text(language) for name in ours.context if name in events.READERS]


def timeline_title(language: Language, rows: pd.DataFrame, name: str, start: str) -> str:
    """What a timeline shows, counted: launches, nuclear tests, vetoes; only what is there."""
    counts = (("missiles", int(rows.loc[rows["lane"] == "missile", "value"].sum())),
              ("tests", int((rows["lane"] == "nuclear").sum())),
              ("vetoes", int((rows["kind"] == "veto").sum())), ("articles", int((rows["lane"] == "article").sum())))
    found = [language.say(f"context.{what}", n=n) for what, n in counts if n]
    if not found:
        return language.say("context.heading")
    return language.say(f"context.title_{name}", year=start[:4], first=str(rows["date"].min())[:4],
                        last=str(rows["date"].max())[:4], counts=language.join(found))


def timeline_table(language: Language, rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The events as text: each of them in the zoomed view; in the long one missiles by year and all others."""
    say = language.say
    columns = [say(f"context.table.{c}") for c in ("date", "label", "detail")]
    if name == "long":
        missiles = rows[rows["lane"] == "missile"]
        years = missiles["value"].groupby(missiles["date"].str[:4]).sum()
        listed = [(year, say("context.missiles", n=int(n)), "") for year, n in years.items()]
        rows = rows[~rows["lane"].isin(("missile", "article"))]
        listed += [(language.date(row.date, row.precision), row.label, row.detail) for row in rows.itertuples()]
        return pd.DataFrame(listed, columns=columns)
    return pd.DataFrame([(language.date(row.date, row.precision), row.label, row.detail) for row in rows.itertuples()],
                        columns=columns)


def problems(layout: Layout, frame: pd.DataFrame) -> dict[str, object]:
    """What could not be read or decided."""
    rows = frame.head(PROBLEMS).to_dict("records")
    return {"problem_rows": rows, "problem_count": len(frame)}


def sources(layout: Layout, book: codebook.Codebook) -> dict[str, object]:
    """The codebook's targets, and the files behind the page with publisher, licence and limits."""
    say = layout.language.say
    columns = [say(f"sources.codebook_table.{c}") for c in ("target", "covers", "support")]
    rows = [(target.label, target.definition, target.support_means) for target in book.targets]
    path = study.DATA / "SOURCES.csv"
    listed: list[tuple[str, ...]] = []
    if path.is_file():
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        others = set(study.names()) - {layout.study.name}
        frame = frame[~frame["file"].str.split("/").str[0].isin(others)]
        listed = [tuple(row) for row in frame.reindex(columns=SOURCE_COLUMNS, fill_value="").itertuples(index=False)]
    return {"codebook": True, "codebook_columns": columns, "codebook_rows": rows, "source_rows": listed,
            "source_columns": [say(f"sources.table.{c}") for c in ("file", "publisher", "licence", "limits")]}


SOURCE_COLUMNS = ["file", "publisher", "licence", "limits"]
