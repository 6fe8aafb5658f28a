"""A study's tables for other programs: CSV and Parquet with a data dictionary, DNA, GraphML, edge lists.

The folder is a Frictionless data package (https://specs.frictionlessdata.io/data-package/): `datapackage.json` says of
every CSV file what a row is, and of every column its type, meaning, unit and allowed values.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import pathlib
from collections.abc import Mapping

import pandas as pd

from stancebrief import codebook, series, study, tables
from stancebrief.agreement import adjudication, reviews
from stancebrief.exchange import dna, networks

TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
PARSE = {"str": str, "int": int, "float": float, "bool": lambda text: text == "true"}
NAMES = ("articles", "statements", "positions", "sentiment", "utterances", "agreement", "problems", "timeline")


class ExchangeError(ValueError):
    """A package cannot be written or read; says which file, which row and what to do."""


def write_csv(frame: pd.DataFrame, table: str, path: pathlib.Path) -> pathlib.Path:
    """The table as CSV (UTF-8, one line end), exactly as its Parquet file: numbers with all their digits."""
    frame = tables.check(frame, table)
    kinds = {column.name: column.kind for column in tables.TABLES[table].columns}
    out = io.StringIO()
    # Text is always in quotation marks: a lone carriage return in it would otherwise end the row for a reader.
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(frame.columns)
    columns = [[str(value).lower() for value in frame[name]] if kinds[name] == "bool" else frame[name].tolist()
               for name in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return tables.write_bytes(out.getvalue().encode("utf-8"), path)


def read_csv(table: str, path: pathlib.Path) -> pd.DataFrame:
    """A table from CSV, checked. Raises ExchangeError naming file and row for what does not fit."""
    path = pathlib.Path(path)
    kinds = {column.name: column.kind for column in tables.TABLES[table].columns}
    csv.field_size_limit(2**31 - 1)   # an article's text is one field
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        names = next(reader, [])
        rows = []
        for number, row in enumerate(reader, 1):
            if len(row) != len(names):
                raise ExchangeError(f"{path.name}, row {number}: {len(row)} fields where the first line names "
                                    f"{len(names)}; was it saved by a program that splits at another sign?")
            try:
                rows.append([PARSE[kinds.get(name, "str")](value) for name, value in zip(names, row, strict=True)])
            except ValueError as error:
                raise ExchangeError(f"{path.name}, row {number}: {error}; write numbers with a point") from error
    try:
        return tables.check(pd.DataFrame(rows, columns=names), table)
    except tables.TableError as error:
        raise ExchangeError(f"{path.name}: {error}") from error


def schema(table: str) -> dict[str, object]:
    """The table's columns as a Frictionless table schema."""
    fields = []
    for column in tables.TABLES[table].columns:
        field: dict[str, object] = {"name": column.name, "type": TYPES[column.kind], "description": column.meaning}
        if column.unit:
            field["unit"] = column.unit
        if column.allowed:
            field["constraints"] = {"required": True, "enum": list(column.allowed)}
        fields.append(field)
    found: dict[str, object] = {"fields": fields, "missingValues": []}
    if tables.TABLES[table].key:
        found["primaryKey"] = list(tables.TABLES[table].key)
    return found


def write_package(frames: Mapping[str, pd.DataFrame], folder: pathlib.Path, *, name: str, title: str = "",
                  parquet: bool = True) -> pathlib.Path:
    """The tables as a data package: a CSV (and Parquet) file for each and `datapackage.json`, which is given back.

    `frames`: table name -> frame. `name`: of the package. Same frames, same bytes.
    """
    folder = pathlib.Path(folder)
    resources = []
    for table, frame in frames.items():
        content = write_csv(frame, table, folder / f"{table}.csv").read_bytes()
        if parquet:
            tables.write(frame, table, folder)
        resources.append({
            "name": table, "path": f"{table}.csv", "profile": "tabular-data-resource", "format": "csv",
            "mediatype": "text/csv", "encoding": "utf-8", "description": f"One row is {tables.TABLES[table].row}.",
            "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\n", "header": True},
            "schema": schema(table)})
    package = {"profile": "tabular-data-package", "name": name, "title": title or name, "resources": resources}
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    return tables.write_bytes(text.encode("utf-8"), folder / "datapackage.json")


def read_package(folder: pathlib.Path) -> dict[str, pd.DataFrame]:
    """The tables of a data package as written here, checked against their hashes: table name -> frame.

    Raises ExchangeError for a file that is missing, was changed since, or is no table of ours.
    """
    folder = pathlib.Path(folder)
    place = folder / "datapackage.json"
    try:
        resources = json.loads(place.read_text(encoding="utf-8"))["resources"]
        listed = [(resource["name"], resource["path"], resource["hash"]) for resource in resources]
    except FileNotFoundError:
        raise ExchangeError(f"{folder} holds no datapackage.json: is it the right folder?") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ExchangeError(f"{place.name} is no data package of ours: {error!r}") from error
    frames = {}
    for table, path, digest in listed:
        file = folder / pathlib.PurePosixPath(path).name
        if table not in tables.TABLES:
            raise ExchangeError(f"{place.name}: there is no table {table!r}; there are {', '.join(tables.TABLES)}")
        if not file.is_file():
            raise ExchangeError(f"{file.name} is not there though {place.name} names it")
        if f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}" != digest:
            raise ExchangeError(f"{file.name} was changed since the package was written; export it again")
        frames[table] = read_csv(table, file)
    return frames


def write_all(ours: study.Study, folder: pathlib.Path) -> list[pathlib.Path]:
    """Everything another program can read, from the study's tables: data package, DNA database, both networks.

    People's decisions stand in the machine's place, as in the brief, with those made since the last run; the column
    `coder` of the positions says whose each is. What is wrong with a decision joins the table of problems.
    Raises FileNotFoundError, naming what to run first, where the tables are not there yet.
    """
    folder = pathlib.Path(folder)
    frames = {name: tables.read(name, ours.tables) for name in NAMES if (ours.tables / f"{name}.parquet").exists()
              or name in ("articles", "statements", "positions")}
    book = codebook.read(ours.folder / "codebook.yaml")
    labels = book.labels
    decisions, unread = reviews.read(ours.folder)
    texts = dict(zip(frames["articles"]["article"], frames["articles"]["text"], strict=True))
    frames["statements"], frames["positions"], met = adjudication.apply(
        frames["statements"], frames["positions"], decisions, texts, book.names, book.version)
    known = frames.get("problems", tables.empty("problems"))
    problems = pd.concat([known[known["step"] != "reviews"], unread, met], ignore_index=True)
    if "problems" in frames or len(problems):
        frames["problems"] = problems
    written = [write_package(frames, folder, name=ours.name, title=ours.title),
               dna.write(folder / f"{ours.name}.dna", frames["articles"], frames["statements"], frames["positions"],
                         labels)]
    cells = series.by_country(frames["positions"], frames["statements"], ours)
    graphs = {"country-target": networks.country_target(cells, labels),
              "country-country": networks.country_country(series.agreement_between_countries(cells))}
    for name, graph in graphs.items():
        written += [networks.write_graphml(graph, folder / f"{name}.graphml"),
                    networks.write_edges(graph, folder / f"{name}.csv")]
    return written
