"""Statements in and out of Discourse Network Analyzer: its version 3 database, an SQLite file with the ending .dna.

The tables are those that DNA 3 makes for itself (https://github.com/leifeld/dna). A position becomes a `DNA Statement`
in its place in the text: person (the speaker), organization (the country), concept (the target), agreement (support or
not). DNA's agreement has two values; what is neutral or takes no position goes to a statement type of its own, so that
no network counts it as disagreement. DNA asks coders for a password: see PASSWORD.
"""

from __future__ import annotations

import calendar
import hashlib
import pathlib
import re
import sqlite3
import time
import urllib.parse
from collections.abc import Iterator, Mapping

import pandas as pd

from stancebrief import countries, tables
from stancebrief.exchange import dnafile

PASSWORD = "stancebrief"   # of every coder in a database that we write; it opens the file, and protects nothing
STATEMENT, UNDECIDED = "DNA Statement", "Statement without a side"
STANCES = {1: "support", 0: "oppose"}
CODE = re.compile(r"[A-Z]{3}|UN|EU|NATO|OTHER|UNKNOWN")
COLOURS = {"rules": (120, 120, 120), "human": (51, 153, 255), "model": (255, 153, 0), "llm": (153, 102, 204)}

_SHORT = ("(SELECT {what} FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId JOIN ENTITIES e ON e.ID = "
          "d.Entity {more} WHERE d.StatementId = s.ID AND v.Variable = '{name}') AS {label}")
_TYPE = ("LEFT JOIN ATTRIBUTEVARIABLES a ON a.VariableId = v.ID AND a.AttributeVariable = 'Type' "
         "LEFT JOIN ATTRIBUTEVALUES w ON w.EntityId = e.ID AND w.AttributeVariableId = a.ID")
# Every statement whose type has an organization or a concept, with its document, coder and values.
QUERY = (
    "SELECT s.ID AS id, s.Start AS start, s.Stop AS stop, c.Name AS coder, d.Title AS title, d.Text AS text, "
    + "".join(_SHORT.format(what="e.Value", more="", name=name, label=name) + ", "
              for name in ("person", "organization", "concept"))
    + _SHORT.format(what="w.AttributeValue", more=_TYPE, name="organization", label="organization_type")
    + ", (SELECT b.Value FROM DATABOOLEAN b JOIN VARIABLES v ON v.ID = b.VariableId WHERE b.StatementId = s.ID "
    "AND v.Variable = 'agreement') AS agreement FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId "
    "JOIN CODERS c ON c.ID = s.Coder WHERE EXISTS (SELECT 1 FROM VARIABLES v WHERE v.StatementTypeId = "
    "s.StatementTypeId AND v.Variable IN ('organization', 'concept')) ORDER BY d.ID, s.Start, s.Stop, s.ID")


class DnaError(ValueError):
    """A file is no database that can be read here; says why and what to do."""


def write(path: pathlib.Path, articles: pd.DataFrame, statements: pd.DataFrame, positions: pd.DataFrame,
          labels: Mapping[str, str]) -> pathlib.Path:
    """A database with the articles, and every coder's statements in their places.

    `labels`: the codebook's {target: label}. `positions` may hold several coders; a statement without a position is
    that of `rules` or of the person who added it. The same tables give the same bytes.
    """
    base = sqlite3.connect(":memory:")
    base.execute("PRAGMA foreign_keys = ON")
    for table, columns in dnafile.SCHEMA.items():
        base.execute(f"CREATE TABLE {table} ({columns})")
    base.executemany("INSERT INTO SETTINGS VALUES (?, ?)", [("version", dnafile.VERSION), ("date", dnafile.DATE)])
    variables = _types(base)
    coders = _coders(base, sorted({*positions["coder"], *_owners(statements).values()}))
    documents, places = {}, {}
    for number, row in enumerate(articles.itertuples(), 1):
        text, places[row.article] = dnafile.text_and_places(row.text)
        documents[row.article] = number
        day = calendar.timegm(time.strptime(row.published, "%Y-%m-%d")) if row.published else 0
        note = "" if row.published else "day of publication unknown"
        base.execute("INSERT INTO DOCUMENTS VALUES (?, ?, ?, 1, '', ?, '', ?, '', ?)",
                     (number, row.article[-dnafile.LENGTH:], text, row.outlet[:dnafile.LENGTH], note, day))
    entities = _Entities(base, variables)
    for number, row in enumerate(_codings(statements, positions), 1):
        decided = row["stance"] in ("support", "oppose")
        kind = STATEMENT if decided else UNDECIDED
        at = places[row["article"]]
        base.execute("INSERT INTO STATEMENTS VALUES (?, ?, ?, ?, ?, ?)", (
            number, 1 if decided else 2, documents[row["article"]], at[row["start"]], at[row["end"]],
            coders[row["coder"]]))
        for variable, value, code in (("person", row["speaker"], ""),
                                      ("organization", countries.name(row["country"]), row["country"]),
                                      ("concept", labels.get(row["target"], row["target"]), row["target"])):
            base.execute("INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)",
                         (number, variables[kind, variable], entities(kind, variable, value, code)))
        if decided:
            base.execute("INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, ?, ?)",
                         (number, variables[kind, "agreement"], int(row["stance"] == "support")))
    base.commit()
    content = base.serialize()
    base.close()
    return tables.write_bytes(content, pathlib.Path(path))


def _types(base: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """The two statement types with their variables: (type, variable) -> ID."""
    variables: dict[tuple[str, str], int] = {}
    for kind, (label, colour) in enumerate(((STATEMENT, (239, 208, 51)), (UNDECIDED, (190, 190, 190))), 1):
        base.execute("INSERT INTO STATEMENTTYPES VALUES (?, ?, ?, ?, ?)", (kind, label, *colour))
        for name in ("person", "organization", "concept", *(["agreement"] if label == STATEMENT else [])):
            variables[label, name] = len(variables) + 1
            base.execute("INSERT INTO VARIABLES VALUES (?, ?, ?, ?)", (
                len(variables), name, "boolean" if name == "agreement" else "short text", kind))
            if name != "agreement":
                base.executemany("INSERT INTO ATTRIBUTEVARIABLES (VariableId, AttributeVariable) VALUES (?, ?)",
                                 [(len(variables), attribute) for attribute in ("Type", "Alias", "Notes")])
    return variables


def _owners(statements: pd.DataFrame) -> dict[str, str]:
    """Whose each statement is: a person's who added it, else the rules'."""
    return {name: rule if rule.startswith("human:") else "rules"
            for name, rule in zip(statements["statement"], statements["rule"], strict=True)}


def _coders(base: sqlite3.Connection, names: list[str]) -> dict[str, int]:
    """Coders by name, behind the administrator that DNA wants as the first; all may see all."""
    found = {name: number for number, name in enumerate(["Admin", *names], 1)}
    for name, number in found.items():
        salt = hashlib.sha256(name.encode("utf-8")).digest()[:16]
        base.execute("INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (?, ?, ?, ?, ?, ?)", (
            number, name[:dnafile.LENGTH], *COLOURS.get(name.partition(":")[0], (255, 255, 0)),
            dnafile.password(PASSWORD, salt)))
    base.executemany("INSERT INTO CODERRELATIONS (Coder, OtherCoder) VALUES (?, ?)",
                     [(one, other) for one in found.values() for other in found.values() if one != other])
    return found


class _Entities:
    """Names of persons, organizations and concepts, each written once; DNA wants an empty one of each first."""

    def __init__(self, base: sqlite3.Connection, variables: Mapping[tuple[str, str], int]) -> None:
        self.base, self.variables, self.known = base, variables, {}
        for kind, name in variables:
            if name != "agreement":
                self(kind, name, "", "")

    def __call__(self, kind: str, name: str, value: str, code: str) -> int:
        variable, value = self.variables[kind, name], value[:dnafile.LENGTH]
        if (variable, value) not in self.known:
            self.known[variable, value] = number = len(self.known) + 1
            self.base.execute("INSERT INTO ENTITIES (ID, VariableId, Value) VALUES (?, ?, ?)",
                              (number, variable, value))
            self.base.execute("INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue) "
                              "SELECT ?, ID, CASE AttributeVariable WHEN 'Type' THEN ? ELSE '' END "
                              "FROM ATTRIBUTEVARIABLES WHERE VariableId = ?", (number, code, variable))
        return self.known[variable, value]


def _codings(statements: pd.DataFrame, positions: pd.DataFrame) -> Iterator[dict[str, object]]:
    """One coding for each position, and one for each country of a statement that takes none there."""
    taken = dict(tuple(positions.groupby("statement", sort=False)))
    owners = _owners(statements)
    for row in statements.sort_values(["article", "start", "end"], kind="stable").itertuples():
        common = {"article": row.article, "start": row.start, "end": row.end, "speaker": row.speaker}
        own = taken.get(row.statement, positions.iloc[:0])
        for p in own.itertuples():
            yield common | {"country": p.country, "target": p.target, "stance": p.stance, "coder": p.coder}
        for coder in dict.fromkeys(own["coder"]) or [owners[row.statement]]:
            silent = [c for c in row.countries.split("|") if c not in set(own.loc[own["coder"] == coder, "country"])]
            for code in silent:
                yield common | {"country": code, "target": "", "stance": "", "coder": coder}


def read(path: pathlib.Path, articles: pd.DataFrame,
         labels: Mapping[str, str]) -> tuple[dict[str, tuple[pd.DataFrame, pd.DataFrame]], pd.DataFrame]:
    """The coders of a DNA database on our articles: ({coder: (statements, positions)}, problems).

    A coder called `Ana` there is `human:Ana` here; ours keep their names. A document is the article that has its text.
    What has no counterpart here (a document, a concept, an organization that is no country) is a row of the problems
    table. Raises DnaError if the file is no DNA 3 database.
    """
    rows, problems = _read(pathlib.Path(path)), []
    targets = {label: target for target, label in labels.items()} | {target: target for target in labels}
    known: dict[str, tuple[str, str, list[int]]] = {}
    for row in articles.itertuples():
        text, places = dnafile.text_and_places(row.text)
        known.setdefault(text, (row.article, row.text, places))
        known[f"{row.article[-dnafile.LENGTH:]}\0{text}"] = (row.article, row.text, places)
    statements: dict[str, dict[str, dict]] = {}
    positions: dict[str, dict[tuple, dict]] = {}
    for row in rows:
        found = known.get(f"{row['title']}\0{row['text']}") or known.get(row["text"])
        where = f"{pathlib.Path(path).name}, statement {row['id']}"

        def refuse(name: str, reason: str, remedy: str, row=row, where=where) -> None:
            problems.append({"article": row["title"], "step": "exchange", "problem": name,
                             "reason": f"{where}: {reason}", "remedy": remedy})

        if not found:
            refuse("document not in the study", f"no article has the text of {row['title']!r}",
                   "put the document among the articles, as DNA has it")
            continue
        article, text, places = found
        inverse = {place: k for k, place in reversed(list(enumerate(places)))}
        start, end = inverse.get(row["start"]), inverse.get(row["stop"])
        if start is None or end is None or start >= end:
            refuse("statement not in the text", f"{row['start']}-{row['stop']} is no span of it",
                   "mark it again in DNA")
            continue
        code = _country(row["organization"], row["organization_type"])
        if code == "UNKNOWN" and row["organization"] and row["organization_type"] != code:
            refuse("organization is no country", f"{row['organization']!r} is taken as UNKNOWN",
                   "write the country's code in the organization's attribute Type")
        coder = row["coder"] if re.match(r"(rules$|human:|model:|llm:)", row["coder"]) else f"human:{row['coder']}"
        name = f"{article}:{start}-{end}"
        one = statements.setdefault(coder, {}).setdefault(
            name, _statement(name, article, start, end, text, row["person"]))
        one["countries"] = "|".join(dict.fromkeys([*filter(None, one["countries"].split("|")), code]))
        if row["agreement"] is None and not row["concept"]:
            continue
        if row["concept"] not in targets:
            refuse("concept is no target", f"the codebook has no {row['concept']!r}; the position is left out",
                   "call the concept by a target's name or label")
            continue
        place = (name, code, targets[row["concept"]])
        stance = "neutral" if row["agreement"] is None else STANCES[int(bool(row["agreement"]))]
        first = positions.setdefault(coder, {}).setdefault(place, {
            "statement": name, "article": article, "utterance": name, "country": code, "target": place[2],
            "stance": stance, "words": "", "spans": "[]", "why": f"coded in DNA by {row['coder']}", "confidence": 1.0,
            "coder": coder})
        if first["stance"] != stance:
            refuse("two stances", f"{row['coder']} codes {place[2]} as {first['stance']} and as {stance}; the first "
                   "counts", "keep one of them in DNA")
    found = {coder: (_frame("statements", statements[coder]), _frame("positions", positions.get(coder, {})))
             for coder in sorted(statements)}
    return found, _frame("problems", dict(enumerate(problems)))


def _frame(table: str, rows: Mapping) -> pd.DataFrame:
    return tables.check(pd.DataFrame(list(rows.values()), columns=tables.TABLES[table].names), table)


def _read(path: pathlib.Path) -> list[dict[str, object]]:
    """Every statement of a database that has the four variables or some of them, with its document and coder."""
    if not path.is_file():
        raise DnaError(f"{path} is not there")
    base = sqlite3.connect(f"file:{urllib.parse.quote(str(path))}?mode=ro", uri=True)
    base.row_factory = sqlite3.Row
    try:
        version = base.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'").fetchone()
        if version is None or not str(version[0]).startswith("3"):
            raise DnaError(f"{path.name} was made by DNA {version[0] if version else 'of unknown version'}; "
                           "open and save it with DNA 3")
        rows = base.execute(QUERY)
        return [{key: "" if row[key] is None and key != "agreement" else row[key] for key in row.keys()}
                for row in rows]
    except sqlite3.DatabaseError as error:
        raise DnaError(f"{path.name} is no DNA 3 database ({error}); in DNA, save it as an SQLite file") from error
    finally:
        base.close()


def _country(organization: str, kind: str) -> str:
    """The code of an organization: as its Type says, else that of the one country it stands for."""
    if CODE.fullmatch(kind):
        return kind
    found = countries.resolve(organization)[0] if organization else ()
    return found[0] if len(found) == 1 else "UNKNOWN"


def _statement(name: str, article: str, start: int, end: int, text: str, person: str) -> dict[str, object]:
    """A statement of another program as a row of the statements table."""
    stop = text.find("\n", end)
    marks = "\"“”„«»"
    around = text[max(0, start - 1):start] + text[end:end + 1]
    inside = any(mark in text[start:end] for mark in marks)
    kind = "direct" if len(around) == 2 and all(char in marks for char in around) else "mixed" if inside else "indirect"
    return {"statement": name, "article": article, "start": start, "end": end, "kind": kind, "content": text[start:end],
            "cue": "", "cue_start": -1, "cue_end": -1, "speaker": person, "speaker_as_written": "", "speaker_start": -1,
            "speaker_end": -1, "countries": "", "country_basis": "hand-coded", "rule": "DNA", "confidence": 1.0,
            "paragraph_start": text.rfind("\n", 0, start) + 1, "paragraph_end": len(text) if stop < 0 else stop,
            "utterance": name}
