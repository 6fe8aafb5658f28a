"""A study: its folder, its settings and where its tables go. Refuses settings that do not exist or do not fit."""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import os
import pathlib
import re
from collections.abc import Mapping

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
REPORTS = pathlib.Path(os.environ.get("STANCEBRIEF_REPORTS") or ROOT / "reports")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
COUNTRY = re.compile(r"[A-Z]{3}|UN|EU|NATO|OTHER|UNKNOWN")
ENGINES = ("serial", "processes", "dask")  # where the work on each article runs
MACHINE = ("engine", "scheduler")  # settings that say how a run works; what comes out is the same whatever they are


class DatesAsWritten(yaml.SafeLoader):
    """YAML without its own idea of dates, which turns a mistyped day into an error that names no key."""


DatesAsWritten.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class SettingError(ValueError):
    """A setting is unknown, ill-typed or impossible; says which, in which file, and what would do."""


@dataclasses.dataclass(frozen=True)
class Study:
    """One study. Every field but `name` and `workspace` is a key of `data/<name>/study.yaml` and can be overridden."""

    name: str
    title: str = ""                      # heading of the brief
    question: str = ""                   # the question it answers, one sentence
    start: str = ""                      # first day of the window, YYYY-MM-DD; empty: no bound
    end: str = ""                        # last day of the window, YYYY-MM-DD; empty: no bound
    countries: tuple[str, ...] = ()      # codes shown, in this order; empty: all that speak
    targets: tuple[str, ...] = ()        # targets shown, in this order; empty: all of the codebook
    context: tuple[str, ...] = ()        # context tables on the timeline, by file name in data/context
    min_statements: int = 3              # fewer utterances than this: "too few to say"
    min_confidence: float = 0.5          # less sure positions are not counted: more of them are wrong than right
    bootstrap: int = 2000                # resamples for an interval
    seed: int = 20220608                 # seed of everything drawn at random
    language: str = ""                   # of the brief: a file of data/language by name; empty: en
    second_reading: bool = True          # whether statements are read again by what hand-coded ones have taught
    in_sample: bool = False              # whether the rules were made with these very articles in view
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)  # of tables in articles/: {ours: theirs}
    engine: str = ""                     # serial, processes or dask; empty: processes where there is much to do
    scheduler: str = ""                  # address of a Dask scheduler, tcp://…; empty: one is started here
    workspace: str = ""                  # folder for tables and pages; empty: reports/<name>

    @property
    def folder(self) -> pathlib.Path:
        """What the researcher brought: study.yaml, codebook.yaml, articles/, articles.csv, gold.csv, reviews/."""
        return place() / self.name

    @property
    def report(self) -> pathlib.Path:
        """Where the brief and its pages go."""
        return pathlib.Path(self.workspace) if self.workspace else REPORTS / self.name

    @property
    def cache(self) -> pathlib.Path:
        """Where results are kept between runs; may be removed at any time. Beside the report, which a run exchanges."""
        return self.report.resolve().parent / ".cache" / self.name

    @property
    def tables(self) -> pathlib.Path:
        """Where the tables between the notebooks go."""
        return self.report / "tables"

    @property
    def settled(self) -> pathlib.Path:
        """Where statements and positions go once people's decisions have taken the machine's place."""
        return self.tables / "settled"


SETTINGS = {field.name: field for field in dataclasses.fields(Study) if field.name != "name"}


def check(settings: Mapping[str, object], where: str) -> dict[str, object]:
    """The settings with their right types: tuples for lists, ISO days for dates.

    A string that stands for a list is split at its commas, so `COUNTRIES=CHN,RUS` works from the command line; a list
    given as a list is taken as it is. Raises SettingError for an unknown name or a value that does not fit.
    """
    found: dict[str, object] = {}
    for name, value in settings.items():
        if name not in SETTINGS:
            near = difflib.get_close_matches(str(name), SETTINGS, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise SettingError(f"{where}: there is no setting {name!r}{hint} The settings are {', '.join(SETTINGS)}.")
        found[name] = _typed(name, value, where)
    start, end = found.get("start", ""), found.get("end", "")
    if start and end and str(start) > str(end):
        raise SettingError(f"{where}: start {start} is after end {end}")
    return found


def _typed(name: str, value: object, where: str) -> object:
    """One setting's value in its type."""
    wrong = SettingError(f"{where}: {name} cannot be {value!r}; it is ")
    kind = str(SETTINGS[name].type)
    if kind.startswith("Mapping"):
        value = {} if value is None else value
        if not isinstance(value, dict) or not all(isinstance(part, str) for pair in value.items() for part in pair):
            raise SettingError(f"{wrong}lines `ours: theirs`, such as text: body")
        return dict(value)
    if kind.startswith("tuple"):
        parts = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
        if not isinstance(parts, (list, tuple)) or not all(isinstance(part, str) for part in parts):
            raise SettingError(f"{wrong}a list of names")
        parts = tuple(part for part in parts if part)
        if name == "countries" and (bad := [part for part in parts if not COUNTRY.fullmatch(part)]):
            raise SettingError(f"{where}: countries holds {bad[0]!r}; write ISO 3166 alpha-3 codes such as CHN, RUS")
        return parts
    if kind in ("int", "float"):
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise SettingError(f"{wrong}a number")
        try:
            number = int(value) if kind == "int" and not isinstance(value, float) else float(value)
        except ValueError:
            raise SettingError(f"{wrong}a number") from None
        if not 0 <= number < float("inf") or (kind == "int" and number != int(number)):
            raise SettingError(f"{wrong}a {'whole ' if kind == 'int' else ''}number of at least 0")
        return int(number) if kind == "int" else number
    if kind == "bool":
        if str(value).lower() not in ("true", "false"):
            raise SettingError(f"{wrong}true or false")
        return str(value).lower() == "true"
    if name in ("start", "end"):
        return _day(value, wrong)
    if name == "engine" and value not in ("", *ENGINES):
        raise SettingError(f"{wrong}one of {', '.join(ENGINES)}, or empty")
    if not isinstance(value, str):
        raise SettingError(f"{wrong}text")
    if name == "language" and value and value not in (there := languages()):
        raise SettingError(f"{wrong}the name of a file in data/language: {', '.join(there)}")
    return value


def _day(value: object, wrong: SettingError) -> str:
    """A day as YYYY-MM-DD; YAML gives dates as dates."""
    if isinstance(value, datetime.date):
        return value.strftime("%Y-%m-%d")
    if value in ("", None):
        return ""
    try:
        return datetime.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise SettingError(f"{wrong}a day, YYYY-MM-DD") from None


def languages() -> list[str]:
    """The languages that a brief can be written in: the files of data/language."""
    return sorted(path.stem for path in (DATA / "language").glob("*.yaml"))


def place() -> pathlib.Path:
    """The folder that studies lie in: data/, or where the environment variable STANCEBRIEF_STUDIES points."""
    return pathlib.Path(os.environ.get("STANCEBRIEF_STUDIES") or DATA)


def names() -> list[str]:
    """The studies that there are: folders with a study.yaml."""
    return sorted(path.parent.name for path in place().glob("*/study.yaml"))


def load(name: str, **overrides: object) -> Study:
    """The study of that name; overrides that are not None and not empty take the place of what study.yaml says.

    The environment variables ENGINE and SCHEDULER do so for `engine` and `scheduler`.

    Raises SettingError if there is no such study, or a setting in the file or among the overrides is wrong.
    """
    if not NAME.fullmatch(name) or not (place() / name / "study.yaml").is_file():
        near = difflib.get_close_matches(name, names(), 1)
        raise SettingError(f"there is no study {name!r}{f'; did you mean {near[0]}?' if near else ''} "
                           f"Studies are folders of data/ with a study.yaml: {', '.join(names()) or 'none yet'}.")
    path = place() / name / "study.yaml"
    try:
        settings = yaml.load(path.read_text(encoding="utf-8"), DatesAsWritten) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingError(f"data/{name}/study.yaml cannot be read: {error}") from error
    if not isinstance(settings, dict):
        raise SettingError(f"data/{name}/study.yaml must hold `name: value` lines")
    if "workspace" in settings:
        raise SettingError(f"data/{name}/study.yaml: workspace is chosen when a run starts, not in the file")
    given = {key: value for key, value in overrides.items() if value is not None and value != "" and value != []}
    around = {key: os.environ[key.upper()] for key in MACHINE if os.environ.get(key.upper())}
    merged = check(settings, f"data/{name}/study.yaml") | check(around, "environment") | check(given, "parameters")
    check({key: merged[key] for key in ("start", "end") if key in merged}, "parameters")
    return Study(name=name, **merged)
