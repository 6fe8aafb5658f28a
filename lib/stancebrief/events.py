"""Context tables -> one timeline of what happened beside the statements, and who voted how in the Security Council.

How each table counts is data (`data/context/rules.csv`), so that a chart can say its rule without typing it.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import pathlib
import re
from collections.abc import Callable, Iterator

import pandas as pd

from stancebrief import language as languages
from stancebrief import study as studies
from stancebrief import tables

CONTEXT = studies.DATA / "context"
PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
VOTES = ("yes", "no", "abstain")
LANES = ("missile", "nuclear", "council", "article", "other")
OWN = ("date", "lane", "kind", "label", "value", "detail", "source")
TYPE = re.compile(r"([A-Za-z]+):(\d+)")


class EventError(ValueError):
    """A context table or a vote that was asked for by name is not there; says which there are."""


@dataclasses.dataclass(frozen=True)
class Rule:
    """How a table counts: in a few words, in full, what other lists do, whose calendar its days are, and its last day.

    `until`: the day after which the list may lack events, YYYY-MM-DD; empty where that cannot be said.
    """

    short: str
    rule: str
    also: str
    calendar: str
    until: str

    def text(self, language: languages.Language) -> str:
        """The whole rule as one paragraph."""
        days = language.say("events.calendar", calendar=self.calendar)
        listed = language.say("events.until", date=language.date(self.until)) if self.until else ""
        return " ".join(part for part in (self.rule, self.also, days, listed) if part)


def rule(table: str) -> Rule:
    """How the table counts, from `data/context/rules.csv`. Raises EventError for a table that states no rule."""
    path = CONTEXT / "rules.csv"
    rows = _rules(path, path.stat().st_mtime_ns)
    if table not in rows.index:
        raise EventError(f"data/context/rules.csv has no rule for {table!r}; it has {', '.join(rows.index)}")
    row = rows.loc[table]
    return Rule(row["short"], row["rule"], row["also"], row["calendar"], row["until"])


def timeline(study: studies.Study, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """All events of the study's context tables and the articles' days, by date: the table `timeline`.

    Missiles: one row for each launch day and type, `value` the number of missiles. See `read` for what was left out.
    """
    return read(study, articles)[0]


def read(study: studies.Study, articles: pd.DataFrame | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(timeline, problems): the events that could be read, and a row for each that could not, with the reason.

    Labels and details are in the study's language; what the tables themselves say stays as it is written there.

    Reads the tables that `study.context` names, then `data/<study>/context.csv` where there is one.
    """
    language = languages.load(study.language)
    events: list[dict] = []
    problems: list[dict] = []
    sources = [(name, CONTEXT / f"{name}.csv") for name in study.context]
    if (study.folder / "context.csv").is_file():
        sources.append(("context", study.folder / "context.csv"))
    for name, path in sources:
        where = f"{path.parent.name}/{path.name}"
        try:
            frame = _read(path)
            reader, needed = READERS.get(name, (_own, OWN))
            missing = [column for column in needed if column not in frame.columns]
            if missing:
                raise EventError(f"columns {', '.join(missing)} are missing")
        except FileNotFoundError:
            there = ", ".join(sorted(p.stem for p in CONTEXT.glob("*.csv") if p.stem in READERS))
            problems.append(_problem("no such table", f"{where} does not exist", f"name one of {there} in context"))
            continue
        except (EventError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            problems.append(_problem("unreadable table", f"{where}: {error}", "repair the file; the rest is shown"))
            continue
        for number, row in enumerate(frame.to_dict("records"), start=2):
            try:
                events.extend(_checked(event) for event in reader(row, language))
            except (EventError, ValueError) as error:
                problems.append(_problem("unreadable event", f"{where}, line {number}: {error}",
                                         "correct the line; it is left out of the timeline"))
    for row in [] if articles is None else articles.to_dict("records"):
        events.extend(_article(row, language))
    frame = pd.DataFrame(events, columns=tables.TABLES["timeline"].names)
    frame = frame.sort_values(["date", "lane", "kind", "label"], kind="stable")
    return tables.check(frame, "timeline"), tables.check(
        pd.DataFrame(problems, columns=tables.TABLES["problems"].names), "problems")


def votes(symbol: str) -> pd.DataFrame:
    """Who voted how on a text: country, name, vote (yes, no, abstain), permanent (bool), date, source.

    Those against first, then abstaining, then in favour; permanent members before elected ones, then by name.
    Raises EventError for a text whose votes by member are not known (unanimous ones are not listed).
    """
    frame = _read(CONTEXT / "council_votes.csv")
    found = frame[frame["symbol"] == symbol].copy()
    if found.empty:
        raise EventError(f"council_votes.csv has no vote on {symbol!r}; it has {', '.join(frame['symbol'].unique())}")
    found["permanent"] = found["country"].isin(PERMANENT)
    found["order"] = found["vote"].map({"no": 0, "abstain": 1, "yes": 2})
    found = found.sort_values(["order", "permanent", "name"], ascending=[True, False, True], kind="stable")
    return found[["country", "name", "vote", "permanent", "date", "source"]].reset_index(drop=True)


def symbols() -> list[str]:
    """The texts whose votes by member are known, oldest first."""
    return list(dict.fromkeys(_read(CONTEXT / "council_votes.csv").sort_values("date", kind="stable")["symbol"]))


def launches_by_month(timeline: pd.DataFrame, start: str = "", end: str = "") -> pd.DataFrame:
    """Missiles by month and type: month (YYYY-MM), kind, missiles, days (launch days of that type in the month).

    Counts by the rule of `rule("missile_launch_days")`; start and end are days, both included. Months without a
    launch have no row.
    """
    found = between(timeline[timeline["lane"] == "missile"], start, end)
    found = found.assign(month=found["date"].str[:7])
    counts = found.groupby(["month", "kind"], sort=True).agg(missiles=("value", "sum"), days=("date", "nunique"))
    return counts.reset_index().astype({"missiles": "int64", "days": "int64"})


def between(timeline: pd.DataFrame, start: str = "", end: str = "") -> pd.DataFrame:
    """The rows on or after start and on or before end; an empty bound is no bound.

    A row known to the month only counts as its first day, as it is written.
    """
    kept = pd.Series(True, index=timeline.index)
    if start:
        kept &= timeline["date"] >= start
    if end:
        kept &= timeline["date"] <= end
    return timeline[kept]


def _read(path: pathlib.Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


@functools.lru_cache(maxsize=1)
def _rules(path: pathlib.Path, changed: int) -> pd.DataFrame:
    """The rules by table, read again only when the file has changed: every launch day asks for its rule."""
    return _read(path).set_index("table")


def _problem(problem: str, reason: str, remedy: str) -> dict:
    return {"article": "", "step": "6-brief", "problem": problem, "reason": reason, "remedy": remedy}


def _checked(event: dict) -> dict:
    """The event if its day and lane are real; raises EventError saying what is wrong."""
    try:
        datetime.date.fromisoformat(event["date"])
    except ValueError:
        raise EventError(f"date {event['date']!r} is not a day, YYYY-MM-DD") from None
    if event["lane"] not in LANES:
        raise EventError(f"lane {event['lane']!r} is not one of {', '.join(LANES)}")
    if not event["label"]:
        raise EventError("label is empty")
    if not (0 <= event["value"] < float("inf")):
        raise EventError(f"value {event['value']!r} is not a number of at least 0")
    return event


def _launch_day(row: dict, language: languages.Language) -> Iterator[dict]:
    """One event for each type launched that day; the types must add up to the day's number of missiles."""
    parts = [TYPE.fullmatch(part) for part in row["types"].split("|")]
    if not all(parts):
        raise EventError(f"types {row['types']!r} is not TYPE:NUMBER|…")
    counts = {part[1]: int(part[2]) for part in parts if part}
    total = int(row["n_missiles"])
    if sum(counts.values()) != total:
        raise EventError(f"the types add up to {sum(counts.values())}, n_missiles says {total}")
    say = language.say
    outcome = ", ".join(say(f"events.{column}", n=int(row[column]))
                        for column in ("n_success", "n_failure", "n_unknown") if int(row[column]))
    detail = [say("events.launched", n=total, outcome=outcome)]
    detail += [say("events.month_only")] if row["precision"] == "month" else []
    detail += [say("events.preliminary")] if row["record_status"] == "nagix_preliminary" else []
    detail += [say("events.counted", rule=rule("missile_launch_days").short)]
    for kind, number in counts.items():
        what = {"SLV": "launcher", "unknown": "untyped"}.get(kind, "missile")
        yield {"date": row["date"], "precision": row["precision"], "lane": "missile", "kind": kind,
               "label": say(f"events.{what}", n=number, kind=kind), "value": float(number), "detail": " ".join(detail),
               "source": row["source"]}


def _nuclear_test(row: dict, language: languages.Language) -> Iterator[dict]:
    low, high = row["yield_kt_low"], row["yield_kt_high"]
    say = language.say
    power = say("events.power" if low else "events.power_under", low=low, high=high)
    yield {"date": row["date"], "precision": "day", "lane": "nuclear", "kind": "nuclear test",
           "label": say("events.nuclear", number=row["n"]), "value": 1.0,
           "detail": say("events.nuclear_detail", power=power, magnitude=row["mag_usgs"],
                         response=row["un_response"]), "source": row["source"]}


def _council_action(row: dict, language: languages.Language) -> Iterator[dict]:
    lane = "council" if row["body"] == "UNSC" else "other"
    tally = "-".join(row[c] for c in ("votes_for", "votes_against", "abstentions")) if row["votes_for"] else ""
    say, capital = language.say, languages.capital
    vetoed = language.join(filter(None, row["vetoed_by"].split("|")))
    said = [say("events.act_vetoed" if vetoed else "events.act", what=capital(row["what"]), outcome=row["outcome"],
                countries=vetoed)]
    if tally:
        said.append(say("events.tally", tally=tally))
    if row["abstained"]:
        said.append(say("events.abstained", countries=row["abstained"].replace("|", ", ")))
    if row["measures"]:
        said.append(capital(row["measures"]))
    if row["trigger"]:
        said.append(say("events.after", trigger=row["trigger"]))
    if row["checked"] != "full":
        said.append(say("events.checked", how=row["checked"]))
    said.append(say("events.new_york"))
    kinds = {"veto": "veto", "presidential statement": "statement", "procedural vote": "procedural",
             "sanctions resolution": "resolution", "panel renewal": "resolution", "other resolution": "resolution"}
    label = capital(row["what"].split(" (")[0])
    if row["kind"] in kinds:
        label = say(f"events.{kinds[row['kind']]}", symbol=row["symbol"].removeprefix("S/RES/"))
    yield {"date": row["date"], "precision": "day", "lane": lane, "kind": row["kind"], "label": label,
           "value": float(row["votes_for"] or 1), "detail": ". ".join(said) + ".",
           "source": row["source"]}


def _own(row: dict, language: languages.Language) -> Iterator[dict]:
    """A row of a table that already has the timeline's columns; `precision` may be left out."""
    yield {"date": row["date"].strip(), "precision": row.get("precision", "").strip() or "day",
           "lane": row["lane"].strip(), "kind": row["kind"].strip() or row["lane"].strip(),
           "label": row["label"].strip(), "value": float(row["value"].strip() or 1), "detail": row["detail"],
           "source": row["source"]}


def _article(row: dict, language: languages.Language) -> Iterator[dict]:
    """An article on its day; one without a day is not on the timeline (the articles table says so)."""
    try:
        datetime.date.fromisoformat(row["published"])
    except ValueError:
        return
    how = language.say(f"events.dated_{row['published_basis']}" if row["published_basis"] in ("stated", "inferred")
              else "events.dated_unknown")
    note = f": {row['published_note']}" if row["published_note"] else ""
    yield {"date": row["published"], "precision": "day", "lane": "article", "kind": row["published_basis"],
           "label": row["outlet"] or row["article"], "value": 1.0,
           "detail": f"{row['headline']}. {how}{note}".rstrip(".") + ".", "source": row["article"]}


READERS: dict[str, tuple[Callable[[dict, languages.Language], Iterator[dict]], tuple[str, ...]]] = {
    "missile_launch_days": (_launch_day, ("date", "precision", "types", "n_missiles", "n_success", "n_failure",
                                          "n_unknown", "record_status", "source")),
    "nuclear_tests": (_nuclear_test, ("n", "date", "yield_kt_low", "yield_kt_high", "mag_usgs", "un_response",
                                      "source")),
    "council_actions": (_council_action, ("date", "symbol", "body", "kind", "what", "votes_for", "votes_against",
                                          "abstentions", "outcome", "vetoed_by", "abstained", "measures", "trigger",
                                          "checked", "source")),
}


def missile_types() -> pd.DataFrame:
    """How types of missile are drawn, indexed by type: group, order, role (a colour of theme), label, why."""
    frame = _read(CONTEXT / "missile_types.csv").set_index("kind")
    return frame.assign(order=frame["order"].astype("int64"))
