"""How people's decisions count: which of them can be counted, and what takes the machine's place.

The rule: on a statement that people have decided, their decision takes the place of the machine's. Where several people
have, the decision of the coder `adjudicated` counts; without one, what they agree on; where they differ, the machine's
label stays and the difference is named as a problem, to be adjudicated.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from stancebrief import tables
from stancebrief.agreement import reviews, scoring


def checked(decisions: pd.DataFrame, targets: Collection[str], version: str,
            texts: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The standing decisions that can be counted, and the problems with the others: (decisions, problems).

    A decision counts if its article is there and still says what was coded, and its labels exist. One made with another
    version of the codebook counts if its labels still exist, and is named.
    """
    kept, problems = [], []
    for row in reviews.standing(decisions).itertuples():
        places = reviews.read_positions(row.positions)
        lost = [t for _, t, _ in places if t not in targets] + [s for *_, s in places if s not in tables.STANCES]
        said = " ".join(texts.get(row.article, "")[int(row.start):int(row.end)].split())
        if row.article not in texts:
            fault = ("review of an article that is not there", f"{row.article} is gone", "bring the article back")
        elif said != row.content:
            fault = ("review of words that are not there", f"{row.article} no longer reads {row.content[:80]!r} at "
                     f"{row.start}-{row.end}", "bring back the file as it was coded, or code the statement again")
        elif lost:
            fault = ("review with an unknown label", f"the codebook has no {', '.join(lost)}",
                     "code the statement again, or bring the label back")
        else:
            kept.append(row.Index)
            fault = ("review by another codebook", f"made with version {row.codebook}, now {version}; it is counted",
                     "look at the decision again") if row.codebook != version else None
        if fault:
            problems.append(reviews.problem(row.article, fault[0], f"{row.line}: {fault[1]}", fault[2]))
    return (reviews.standing(decisions).loc[kept].reset_index(drop=True),
            tables.check(pd.DataFrame(problems, columns=tables.TABLES["problems"].names), "problems"))


def apply(statements: pd.DataFrame, positions: pd.DataFrame, decisions: pd.DataFrame, texts: Mapping[str, str],
          targets: Collection[str], version: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The statements and positions with people's decisions in the machine's place, and the problems met.

    `decisions`: from reviews.read; `texts`: article -> text; `targets` and `version`: the codebook's. Positions that
    people decided have the coder `human:NAME` and confidence 1. A decision whose statement the machine now cuts a
    little differently is carried over to it; one whose statement it no longer has adds that statement.
    """
    good, problems = checked(decisions, targets, version, texts)
    rows = problems.to_dict("records")
    homes = _homes(statements, good)
    drop, changed, added, taken = set(), {}, [], []
    for name, group in good.assign(home=good["statement"].map(homes)).groupby("home", sort=False):
        chosen = _chosen(group)
        if chosen is None:
            said = "; ".join(f"{row.coder}: {_said(row)}" for row in group.itertuples())
            rows.append(reviews.problem(group["article"].iloc[0], "reviewers differ", f"{name}: {said}", "decide it as "
                                        f"the coder {reviews.ADJUDICATED}; until then the machine's label counts"))
            continue
        known = name in set(statements["statement"])
        if known and name != chosen.statement:
            rows.append(reviews.problem(chosen.article, "review carried over", f"{chosen.line}: {chosen.statement} is "
                                        f"now cut as {name}", "look at the decision again"))
        drop.add(name)
        if chosen.action == "reject":
            continue
        if not known:
            added.append(statement(chosen, texts[chosen.article]))
        changed[name] = chosen
        taken += own_positions(chosen, name)
    rejected = drop - set(changed)
    kept = statements[~statements["statement"].isin(rejected)].copy()
    for name, chosen in changed.items():
        if chosen.countries:
            place = kept["statement"] == name
            new = place & (kept["countries"] != chosen.countries)
            kept.loc[new, ["countries", "country_basis"]] = [chosen.countries, "hand-coded"]
    frame = pd.concat([kept, pd.DataFrame(added, columns=kept.columns)], ignore_index=True)
    frame = frame.sort_values(["article", "start", "end"], kind="stable")
    utterance = dict(zip(frame["statement"], frame["utterance"], strict=True))
    mine = pd.DataFrame(taken, columns=positions.columns)
    mine["utterance"] = mine["statement"].map(utterance)
    theirs = positions[~positions["statement"].isin(drop)]
    names = tables.TABLES["problems"].names
    return (tables.check(frame, "statements"), tables.check(pd.concat([theirs, mine], ignore_index=True), "positions"),
            tables.check(pd.DataFrame(rows, columns=names), "problems"))


def _homes(statements: pd.DataFrame, decisions: pd.DataFrame) -> dict[str, str]:
    """Each decided statement's name among the machine's: itself, one that nearly covers it, or itself as a new one."""
    known = set(statements["statement"])
    apart = decisions.loc[~decisions["statement"].isin(known), "article"]
    by_article = dict(tuple(statements[statements["article"].isin(apart)].groupby("article")))
    homes = {}
    for row in decisions.itertuples():
        best = (0.0, row.statement)
        if row.statement not in known and row.article in by_article:
            spans = by_article[row.article]
            best = max((scoring.dice((int(row.start), int(row.end)), (int(a), int(b))), name) for name, a, b in zip(
                spans["statement"], spans["start"], spans["end"], strict=True))
        homes[row.statement] = best[1] if best[0] >= scoring.CLOSE else row.statement
    return homes


def _said(row) -> str:
    return "no statement" if row.action == "reject" else row.positions or "no position"


def _chosen(group: pd.DataFrame):
    """The decision that counts among those on one statement, or None where people differ."""
    rows = list(group.itertuples())
    final = [row for row in rows if row.coder == reviews.ADJUDICATED]
    if final:
        return final[-1]
    return rows[0] if len({_said(row) for row in rows}) == 1 else None


def statement(row, text: str) -> dict[str, object]:
    """A decided statement as a row of the statements table. `row`: a decision, `text`: its article's."""
    start, end, name = int(row.start), int(row.end), row.statement
    stop = text.find("\n", end)
    return {"statement": name, "article": row.article, "start": start, "end": end, "kind": row.kind or "indirect",
            "content": text[start:end], "cue": row.cue, "cue_start": -1, "cue_end": -1, "speaker": row.speaker,
            "speaker_as_written": "", "speaker_start": -1, "speaker_end": -1, "countries": row.countries or "UNKNOWN",
            "country_basis": "hand-coded", "rule": f"human:{row.coder}", "confidence": 1.0,
            "paragraph_start": text.rfind("\n", 0, start) + 1, "paragraph_end": len(text) if stop < 0 else stop,
            "utterance": name}


def own_positions(row, name: str) -> list[dict[str, object]]:
    """The positions of a decision on the statement of that name, as rows of the positions table."""
    return [{"statement": name, "article": row.article, "utterance": name, "country": country, "target": target,
             "stance": stance, "words": "", "spans": "[]", "why": f"decided by {row.coder}"
             + (f": {row.note}" if row.note else ""), "confidence": 1.0, "coder": f"human:{row.coder}"}
            for country, target, stance in reviews.read_positions(row.positions)]


def coders(decisions: pd.DataFrame, texts: Mapping[str, str]) -> dict[str, tuple[pd.DataFrame, pd.DataFrame]]:
    """Each person as a coder beside the others: {`human:NAME`: (statements, positions)}.

    `decisions`: from `checked`. Holds the statements that the person coded or added, those without a position too;
    what was rejected is no statement of theirs.
    """
    found = {}
    for name, group in decisions[decisions["action"] != "reject"].groupby("coder"):
        rows = list(group.itertuples())
        statements = pd.DataFrame([statement(row, texts[row.article]) for row in rows])
        taken = [position for row in rows for position in own_positions(row, row.statement)]
        found[f"human:{name}"] = (
            tables.check(statements, "statements"),
            tables.check(pd.DataFrame(taken, columns=tables.TABLES["positions"].names), "positions"))
    return found
