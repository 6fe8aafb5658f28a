"""How far to trust the labels, as plain values for a template: how often they are right, what each side rests on."""

from __future__ import annotations

import pandas as pd

from stancebrief import intervals, sensitivity, study
from stancebrief.agreement import measured, unseen
from stancebrief.brief import findings
from stancebrief.brief.layout import Layout, claim_text, tenths

ROWS = 60                 # sides that have a line in that table; all are in the evidence file
BESIDE = 12               # outlets that have a column in the table of variations; of more, those that matter most
RIGHT = "positions precision"   # measure of the agreement table that says how often a label is right


def right(agreement: pd.DataFrame, new: pd.DataFrame | None = None,
          sure: float = study.Study.min_confidence) -> dict[str, dict[str, object]]:
    """How often a position is right: in the `study`, and `apart` from it, on articles new to the rules; where measured.

    `new`: rows of unseen.positions, by default those that are kept; those less confident than `sure` are not counted,
    as findings do not count them. Each has right and n (positions), articles (0: not
    told), k (times in ten), low and high (the interval, 0 to 1), all (none is wrong).
    """
    rows = agreement[(agreement["coder"] == "rules") & (agreement["group"] == "all") & (agreement["measure"] == RIGHT)
                     & (agreement["set"] == "study") & (agreement["n"] > 0)]
    found = {}
    for row in rows.head(1).itertuples():
        hits = round(row.value * row.n / 100)
        found["study"] = {"right": hits, "n": int(row.n), "articles": 0, "k": tenths(hits / row.n),
                          "low": row.low / 100, "high": row.high / 100, "all": hits == row.n}
    new = unseen.positions() if new is None else new
    new = new[new["confidence"] >= sure]
    if len(new):
        part = unseen.share(new)
        found["apart"] = {name: part[name] for name in ("right", "n", "articles", "low", "high")} | {
            "k": tenths(part["share"]), "all": part["right"] == part["n"]}
    return found


def sides() -> dict[str, object]:
    """How many sides that findings would name on articles new to the rules are right; empty where not measured."""
    right, n = measured.total(measured.read(), "sides precision")
    low, high = intervals.wilson(right, n)
    return {"right": right, "n": n, "low": low, "high": high} if n else {}


def in_short(layout: Layout, agreement: pd.DataFrame) -> str:
    """One sentence on how often labels are right: here, if the rules had not seen these articles, else on others."""
    found = right(agreement, sure=layout.study.min_confidence)
    say, seen, named = layout.language.say, layout.study.in_sample, sides()
    apart = ("_sides", {"sides": named["right"], "named": named["n"]}) if named else ("", {})
    if "study" in found:
        here = {name: found["study"][name] for name in ("right", "n")}
        if not seen:
            return say("summary.trust_study", **here)
        if "apart" in found:
            return say(f"summary.trust_seen_apart{apart[0]}", **here, **apart[1], k=found["apart"]["k"])
        return say("summary.trust_seen", **here)
    if "apart" in found:
        return say(f"summary.trust_apart{apart[0]}", **apart[1], k=found["apart"]["k"])
    return say("summary.untested")


def section(layout: Layout, agreement: pd.DataFrame) -> dict[str, object]:
    """How often labels are right: a title, a sentence, and the table of figures; empty where nothing was hand-coded."""
    language = layout.language
    rules = agreement[(agreement["coder"] == "rules") & (agreement["group"] == "all")]
    known = right(agreement, sure=layout.study.min_confidence)
    fresh = "study" in known and not layout.study.in_sample
    best = known["study"] if fresh else known.get("apart") or known.get("study")
    title = ("trust.title_untested" if best is None else "trust.title_all" if best["all"] and best is known.get("study")
             else "trust.title_apart" if best is known.get("apart") else "trust.title")
    told = [language.say(f"trust.right_{'seen' if kind == 'study' and not fresh else kind}", right=part["right"],
                         n=part["n"], k=part["k"], articles=part["articles"], low=language.percent(part["low"]),
                         high=language.percent(part["high"])) for kind, part in known.items()]
    if "apart" in known and (named := sides()):
        told.append(language.say("trust.sides", right=named["right"], n=named["n"], low=language.percent(named["low"]),
                                 high=language.percent(named["high"])))
    # Where it is left out, other articles were measured with it all the same: that has to be said.
    learned = "trust.learned" if layout.study.second_reading else "trust.unlearned" if "apart" in known else ""
    found: dict[str, object] = {"trust_title": language.say(title, k=best["k"] if best else 0),
                                "trust_sentence": " ".join(told),
                                "trust_learned": language.say(learned) if learned else ""}
    # Sets that were looked at while the rules were made say what is possible, not what to expect: notebook 4 has them.
    shown = rules["set"].isin(["study", *measured.unseen()]) & ~rules["measure"].str.contains("@0.8", regex=False)
    return found | _agreement_table(layout, rules[shown])


def _agreement_table(layout: Layout, rules: pd.DataFrame) -> dict[str, object]:
    """One line for each measure, one column for each set of articles; what there is to know of a set stands below."""
    language, say = layout.language, layout.language.say
    sets = list(dict.fromkeys(rules["set"]))
    names = {name: say("trust.study_set") if name == "study" else name for name in sets}
    cells: dict[str, dict[str, str]] = {}
    for row in rules.itertuples():
        alpha = "alpha" in row.measure
        value, low, high = (language.number(v, 2) if alpha else language.percent(v / 100)
                            for v in (row.value, row.low, row.high))
        key = "trust.cell_interval" if row.interval else "trust.cell"
        cells.setdefault(row.measure, {})[row.set] = say(key, value=value, low=low, high=high, n=int(row.n))
    rows = []
    for measure, found in cells.items():
        label = language.find(f"trust.measures.{measure.replace('@0.3', '').replace(' ', '_')}")
        rows.append((str(label or measure), *(found.get(name, "") for name in sets)))
    notes = rules.drop_duplicates("set").set_index("set")["note"].to_dict()
    return {"agreement_rows": rows, "agreement_columns": [say("trust.table.measure"), *names.values()],
            "agreement_notes": [(names[name], note) for name, note in notes.items() if note]}


def sensitivity_table(layout: Layout, claims: list[findings.Claim], trials: pd.DataFrame,
                      more: int) -> dict[str, object]:
    """Every claim beside every variation: whether it holds there, and how little would undo it.

    `more` is how many further claims there would be if every report counted by itself.
    """
    say = layout.language.say
    sides = [claim for claim in claims if claim.side != "divided"]
    variants = list(dict.fromkeys(zip(trials["kind"], trials["outlet"], strict=True)))
    rule = say("trust.sensitivity_rule", sure=layout.language.number(sensitivity.UNSURE))
    outlets = sum(kind == "outlet" for kind, _ in variants)
    if outlets > BESIDE:
        rule += " " + say("trust.sensitivity_most", n=layout.language.number(outlets))
        changes = trials[(trials["kind"] == "outlet") & (trials["change"] != "holds")]["outlet"].value_counts()
        most = set(sorted(changes.index, key=lambda name: (-changes[name], name))[:BESIDE])
        variants = [(kind, outlet) for kind, outlet in variants if kind != "outlet" or outlet in most]
    places = trials.set_index(["country", "target", "kind", "outlet"])
    found, count = places["change"].to_dict(), places["n"].to_dict()
    rows = []
    for claim in sides[:ROWS]:
        keys = [(claim.country, claim.target, *variant) for variant in variants]
        cells = [f"{say('trust.change.' + found[key].replace(' ', '_'))} ({count[key]})" if key in found else ""
                 for key in keys]
        rows.append((claim_text(layout, claim), f"{claim.k} / {claim.n}", *cells, say("trust.undone", n=claim.undone)))
    columns = [say("trust.sensitivity_table.claim"), say("trust.sensitivity_table.count"), *(
        say(f"trust.sensitivity_table.{kind}", outlet=outlet) for kind, outlet in variants),
        say("trust.sensitivity_table.undone")]
    return {"sensitivity_rows": rows, "sensitivity_columns": columns,
            "sensitivity_note": say("trust.appear", n=more) if more else "",
            "sensitivity_rule": rule, "sensitivity_more": max(0, len(sides) - ROWS)}


def longer(claims: list[findings.Claim]) -> bool:
    """Whether that table leaves out sides."""
    return sum(claim.side != "divided" for claim in claims) > ROWS
