"""The command line: `python -m stancebrief --help`. What a verb needs is imported when the verb is called."""

from __future__ import annotations

import argparse
import errno
import pathlib
import sys
from collections.abc import Sequence

DESCRIPTION = """\
News articles in; who stands where, how strongly, beside what happened when; out as a brief that can be checked.

`make help` shows the same with the environment taken care of."""

PARAMETERS = """\
NAME=VALUE sets a parameter of the notebooks in place of what the study's study.yaml says, for example
START=2022-01-01 COUNTRIES=CHN,RUS,USA; a name that no notebook has, or a value that does not fit, is refused."""


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # no room on the disk, or none that is allowed


class Mistake(Exception):
    """Something in what the user gave; its text is all that is shown."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit status: 0 done, 1 it failed or found problems, 2 the request was wrong."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        return chosen.verb(chosen)
    except KeyboardInterrupt:
        print("stancebrief: stopped; what was there before is as it was", file=sys.stderr)
        return 130
    except Exception as error:
        if not _is_the_users(error):
            raise
        full = isinstance(error, OSError) and error.errno in FULL
        print(f"stancebrief: {error}{'; free some space and run it again' if full else ''}", file=sys.stderr)
        return 2


def _is_the_users(error: Exception) -> bool:
    """Whether the error speaks to the user: one of ours, or the system's about a file that was named or a full disk."""
    if isinstance(error, OSError) and (error.filename is not None or error.errno in FULL):
        return True
    return isinstance(error, Mistake) or type(error).__module__.startswith("stancebrief.")


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m stancebrief", description=DESCRIPTION, formatter_class=raw)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)

    def verb(name: str, function, summary: str, more: str = "") -> argparse.ArgumentParser:
        said = f"{summary[0].upper()}{summary[1:]}.\n\n{more}".strip()
        added = verbs.add_parser(name, help=summary, description=said, formatter_class=raw, allow_abbrev=False)
        added.set_defaults(verb=function)
        return added

    run = verb("report", _report, "run a study's notebooks and publish its brief in reports/STUDY/", PARAMETERS)
    run.add_argument("study", metavar="STUDY", help="name of a folder of data/ with a study.yaml")
    run.add_argument("parameters", metavar="NAME=VALUE", nargs="*", help="a parameter of the notebooks")

    page = verb("country", _country, "make one country's page anew from the study's last report", PARAMETERS)
    page.add_argument("study", metavar="STUDY")
    page.add_argument("code", metavar="CODE", help="ISO 3166-1 alpha-3, such as CHN; or UN, EU, NATO")
    page.add_argument("parameters", metavar="NAME=VALUE", nargs="*", help="as given to the last report")

    beside = verb("diff", _diff, "say what changed between two editions, by country and target",
                  "An edition is the folder of a report, its evidence.zip, or the name that its brief prints,\n"
                  "of which the first letters are enough. A line with ! is one where the side to be named changed.\n"
                  "The status is 0 where nothing differs, 1 where something does, 2 where an edition is not to be had.")
    beside.add_argument("old", metavar="A", help="the older edition")
    beside.add_argument("new", metavar="B", help="the newer edition")

    prints = verb("pdf", _pdf, "print the brief of the study's last report as PDF, with a Chromium that is there")
    prints.add_argument("study", metavar="STUDY")

    give = verb("export", _export, "write the study's last report for other programs, as CSV, DNA database and GraphML",
                "A data package of CSV tables with their schema, a database for Discourse Network Analyzer, and the\n"
                "networks of countries and targets, for visone and Gephi. DNA asks for a coder's password: README.md.")
    give.add_argument("study", metavar="STUDY")
    give.add_argument("--to", metavar="FOLDER", required=True, help="made if it is not there")

    grow = verb("tables", _tables, "write the study's tables as Parquet datasets, for more articles than memory holds",
                "articles, statements, utterances, positions, sentiment and problems, each a folder of Parquet files\n"
                "that pandas, DuckDB, Arrow and Spark read as one table; with the study's engine, and only what is\n"
                "new. In memory is one part at a time. People's reviews are not applied; no brief is made.")
    grow.add_argument("study", metavar="STUDY")
    grow.add_argument("--to", metavar="FOLDER", required=True, help="replaced in one move, once all is done")

    take = verb("extract", _extract, "write who says what in articles, and where they stand, as a CSV file",
                "One row for each statement, country and target, with the columns\n"
                "article, start, end, kind, speaker, country, cue, target, stance, content, words, confidence, rule.\n"
                "A statement without a position has target and stance `none`. start and end count characters of the\n"
                "decoded file. What could not be read is said on standard error.")
    take.add_argument("paths", metavar="PATH", nargs="+", help="files, or folders with all that is in them")
    take.add_argument("--out", metavar="FILE.csv", required=True, help="where the rows go, in one move")
    take.add_argument("--codebook", metavar="FILE", help="targets and phrases; default: data/dprk-vetoes/codebook.yaml")

    ask = verb("second", _second, "ask a language model, as a second coder, for the positions of a study's statements",
               "Needs a report of the study, and an OpenAI-compatible server; no other verb ever asks one.\n"
               "The articles' words are sent to that address. A key is taken from the environment only, as\n"
               "STANCEBRIEF_LLM_KEY. The coding is kept in data/STUDY/coders/ and stands beside the other coders in\n"
               "notebook 4; it changes no other figure. Answers are kept, so what was asked is not asked again.")
    ask.add_argument("study", metavar="STUDY")
    ask.add_argument("--url", metavar="URL", required=True, help="such as http://localhost:11434/v1")
    ask.add_argument("--model", metavar="NAME", required=True, help="as the server calls it")
    ask.add_argument("--timeout", metavar="SECONDS", type=float, default=120.0, help="for one answer; default 120")

    look = verb("check", _check, "say what is missing or odd in a study, without running it")
    look.add_argument("study", metavar="STUDY")

    new = verb("study", _study, "lay out a new study in data/NAME/: commented settings, codebook, a place for articles")
    new.add_argument("name", metavar="NAME", help="small letters, digits, - and _")

    words = verb("dictionary", _dictionary, "write the tables of data/README.md from the code that checks them")
    words.add_argument("--check", action="store_true", help="write nothing; exit with 1 if it would change something")
    return parser


# --- verbs ---------------------------------------------------------------------------------------------------------


def _given(pairs: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE words as a dictionary."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise Mistake(f"{pair!r} is no parameter; write NAME=VALUE, such as START=2022-01-01")
        if name in found:
            raise Mistake(f"{name} is given twice")
        found[name] = value
    return found


def _report(chosen: argparse.Namespace) -> int:
    return _run(lambda runs: runs.report(chosen.study, _given(chosen.parameters)))


def _country(chosen: argparse.Namespace) -> int:
    return _run(lambda runs: runs.country(chosen.study, chosen.code, _given(chosen.parameters)))


def _run(work) -> int:
    import logging
    import os

    from stancebrief import runs
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what fails is said once, by us
    try:
        folder = work(runs)
    except runs.RunError as error:
        print(f"stancebrief: {error}", file=sys.stderr)
        return 2 if error.before else 1
    brief = next((folder / name for name in ("brief.html", "index.html") if (folder / name).exists()), folder)
    print(os.path.relpath(brief))
    return 0


def _pdf(chosen: argparse.Namespace) -> int:
    import os

    from stancebrief import prints, study
    print(os.path.relpath(prints.pdf(study.load(chosen.study))))
    return 0


def _export(chosen: argparse.Namespace) -> int:
    from stancebrief import exchange, study
    for path in exchange.write_all(study.load(chosen.study), pathlib.Path(chosen.to)):
        print(path)
    return 0


def _tables(chosen: argparse.Namespace) -> int:
    from stancebrief import runs
    for dataset in runs.build(chosen.study, pathlib.Path(chosen.to)):
        print(f"{dataset.folder}: {len(dataset)} part{'s' * (len(dataset) != 1)}")
    return 0


def _diff(chosen: argparse.Namespace) -> int:
    from stancebrief.runs import differences
    found = differences.compare(*(differences.read(differences.find(one)) for one in (chosen.old, chosen.new)))
    print(*differences.told(found), sep="\n")
    return 1 if found else 0


def _extract(chosen: argparse.Namespace) -> int:
    from stancebrief import checks, extracts
    for path in chosen.paths:
        if not pathlib.Path(path).exists():
            raise Mistake(f"there is no file or folder {path}")
    rows, problems = extracts.extract(chosen.paths, pathlib.Path(chosen.codebook) if chosen.codebook else None)
    extracts.write(rows, pathlib.Path(chosen.out))
    for problem in problems.itertuples():
        print(checks.plain(f"stancebrief: {problem.article}: {problem.problem}: {problem.reason}"), file=sys.stderr)
    return 0


def _second(chosen: argparse.Namespace) -> int:
    from stancebrief import codebook, llm, study, tables
    from stancebrief.engine import store
    from stancebrief.llm import endpoint
    model = endpoint.Endpoint(chosen.url, chosen.model, timeout=chosen.timeout)
    ours = study.load(chosen.study)
    if not (ours.tables / "statements.parquet").is_file():
        raise Mistake(f"{chosen.study} has no statements yet; first: make report STUDY={chosen.study}")
    said, texts = (tables.read(name, ours.tables) for name in ("statements", "articles"))
    with store.Store(ours.cache / "llm.sqlite") as kept:
        rows, problems = llm.code(said, texts, codebook.read(ours.folder / "codebook.yaml"), model, kept)
    for problem in problems.itertuples():
        print(f"stancebrief: {problem.article}: {problem.problem}: {problem.reason}", file=sys.stderr)
    if rows.empty:
        raise Mistake("the model gave no answer that could be used; nothing was kept")
    file = llm.write(rows, llm.path(ours, chosen.model))
    print(f"{file.name}: {rows['statement'].nunique()} statements read, {len(problems)} answers not used")
    return 1 if len(problems) else 0


def _check(chosen: argparse.Namespace) -> int:
    from stancebrief import checks
    found = checks.study(chosen.study)
    for line in found:
        print(line)
    print(f"{chosen.study}: {f'{len(found)} things to look at' if len(found) != 1 else '1 thing to look at'}"
          if found else f"{chosen.study}: nothing missing, nothing odd")
    return 1 if found else 0


def _study(chosen: argparse.Namespace) -> int:
    from stancebrief import beginnings
    folder = beginnings.study(chosen.name)
    print(f"{folder}: put articles into articles/, say in study.yaml what the study asks and in codebook.yaml what its "
          f"targets are, then: make check STUDY={chosen.name}, make report STUDY={chosen.name}")
    return 0


def _dictionary(chosen: argparse.Namespace) -> int:
    from stancebrief import study, tables
    path = study.DATA / "README.md"
    begin, end = "<!-- tables: made by `python -m stancebrief dictionary` -->", "<!-- end of tables -->"
    old = path.read_text(encoding="utf-8") if path.is_file() else f"# Data dictionary\n\n{begin}\n{end}\n"
    if old.count(begin) != 1 or old.count(end) != 1 or old.index(begin) > old.index(end):
        raise Mistake(f"data/README.md must hold the lines {begin} and {end} once, in this order")
    head, tail = old.split(begin)[0], old.split(end)[1]
    new = f"{head}{begin}\n\n{tables.dictionary()}\n{end}{tail}"
    if chosen.check:
        if new != old or not path.is_file():
            print("data/README.md does not say what the tables are; run `python -m stancebrief dictionary`",
                  file=sys.stderr)
            return 1
        return 0
    tables.write_bytes(new.encode(), path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
