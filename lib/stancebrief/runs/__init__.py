"""From a study's name to its report: parameters checked, notebooks run in order, everything published in one move."""

from __future__ import annotations

import concurrent.futures
import difflib
import os
import pathlib
import sys
from collections.abc import Iterable, Mapping

from stancebrief import datasets, kernels, study, tables
from stancebrief.engine import progress as engine_progress
from stancebrief.runs import editions, manifest, notebooks, publishing
from stancebrief.runs.notebooks import Notebook

COUNTRY_PAGE = 5  # number of the notebook that is run once for each country
FIRST, LAST = 1, 6  # 0 is for reading
OWN = ("study", "workspace", "country")  # parameters that a run sets itself
ABREAST = min(4, kernels.cores())  # pages of countries made at once; each takes a kernel's memory
UNPLACED = frozenset({"UNKNOWN", "OTHER"})  # codes that are no country to have a page


class RunError(RuntimeError):
    """A run cannot start, or (`before` is False) has failed on its way; says what is wrong and what would do."""

    def __init__(self, words: str, before: bool = True) -> None:
        super().__init__(words)
        self.before = before


def report(name: str, given: Mapping[str, str] | None = None, folder: pathlib.Path | None = None) -> pathlib.Path:
    """Run the study's notebooks and publish the report; gives the report's folder.

    `given`: parameters by name, as text. `folder`: where the notebooks are, if not in notebooks/. Raises RunError,
    study.SettingError, codebook.CodebookError, publishing.Busy or notebooks.NotebookError; then the last report stays.
    """
    steps = [step for step in notebooks.find(folder) if FIRST <= step.number <= LAST]
    if not steps:
        raise RunError(f"there are no notebooks to run in {folder or 'notebooks/'}")
    values, ours = parameters(name, given or {}, steps)
    with publishing.staged(ours.report) as work, Progress(name, steps) as progress:
        with kernels.Nursery(modules(steps)) as nursery:  # imports while we look at the inputs
            before = manifest.snapshot(ours)
            editions.carry(ours.report, work)
            tables.write_bytes(manifest.text(manifest.of(ours, values)), work / "manifest.json")
            for step in steps:
                if step.number == COUNTRY_PAGE:
                    codes = countries(ours, work / "tables")
                    progress.more(step, len(codes) - 1)
                    _pages(step, ours, values, codes, work, nursery, progress)
                else:
                    _run(step, ours, values, work, nursery, progress)
        editions.keep(work)
        after = manifest.snapshot(ours)
        if changed := sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)):
            raise RunError(f"data/{changed[0]} changed while the run worked; run it again", before=False)
    return ours.report


def country(name: str, code: str, given: Mapping[str, str] | None = None,
            folder: pathlib.Path | None = None) -> pathlib.Path:
    """Make the page of one country anew from the tables of the study's last report; gives the report's folder.

    Raises RunError if there is no report yet, or its tables are not those of today's articles and parameters.
    """
    if not study.COUNTRY.fullmatch(code):
        raise RunError(f"{code!r} is no country code; write one such as CHN")
    steps = [step for step in notebooks.find(folder) if step.number == COUNTRY_PAGE]
    if not steps:
        raise RunError(f"there is no notebook number {COUNTRY_PAGE} in {folder or 'notebooks/'}")
    every = [step for step in notebooks.find(folder) if FIRST <= step.number <= LAST]
    values, ours = parameters(name, given or {}, every)
    known = ours.report / "manifest.json"
    if not known.is_file():
        raise RunError(f"there is no report on {name} yet; run `make report STUDY={name}` first")
    if known.read_bytes() != manifest.text(manifest.of(ours, values)):
        raise RunError(f"articles, codebook, parameters or code are not those of the last report; run `make report "
                       f"STUDY={name}` first, with the same parameters")
    with publishing.staged(ours.report, keep=True) as work, Progress(name, steps) as progress:
        with kernels.Nursery(modules(steps)) as nursery:
            _run(steps[0], ours, values | {"country": code}, work, nursery, progress)
    return ours.report


def build(name: str, folder: pathlib.Path) -> list[datasets.Dataset]:
    """All tables of the study as datasets in the folder, with the manifest, published in one move; see `steps.build`.

    Raises RunError, study.SettingError, codebook.CodebookError, articles.NoArticles or publishing.Busy; then what was
    there before stays.
    """
    from stancebrief import steps
    ours = study.load(name)
    if not folder.name or folder.resolve() == ours.report.resolve():
        raise RunError(f"{str(folder)!r} is no place for tables; name a folder of their own, such as tables/{name}")
    with publishing.staged(folder) as work:
        tables.write_bytes(manifest.text(manifest.of(ours, {})), work / "manifest.json")
        made = steps.build(ours, work)
    return [datasets.Dataset(dataset.table, folder) for dataset in made]


# --- parameters ----------------------------------------------------------------------------------------------------


def parameters(name: str, given: Mapping[str, str], steps: Iterable[Notebook]) -> tuple[dict[str, object], study.Study]:
    """The given parameters in their types, and the study with them in force. Nothing is run.

    A name may be given in capitals, as on make's command line. Raises RunError or study.SettingError for a name that
    no notebook declares, a value that does not fit, a target that the codebook does not have, or no articles.
    """
    steps = list(steps)
    declared = {key: default for step in steps for key, default in step.parameters.items() if key not in OWN}
    values: dict[str, object] = {}
    for key, value in given.items():
        known_as = key.lower() if key.isupper() else key
        if known_as not in declared:
            near = difflib.get_close_matches(known_as, declared, 1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise RunError(f"there is no parameter {key!r}; {hint}There are {', '.join(sorted(declared))}.")
        if known_as in values:
            raise RunError(f"{known_as} is given twice")
        values[known_as] = value
    settings = study.check({key: value for key, value in values.items() if key in study.SETTINGS}, "parameters")
    for key, value in values.items():
        values[key] = _fitting(key, settings.get(key, value), declared[key])
    ours = study.load(name, **{key: settings[key] for key in settings})
    _check_targets(ours)
    if not any(path.is_file() and not path.name.startswith(".") for path in (ours.folder / "articles").rglob("*")):
        raise RunError(f"data/{name}/articles holds no articles; put files in it and run again")
    return values, ours


def _fitting(key: str, value: object, default: object) -> object:
    """The value in the type of the notebook's default. Raises RunError."""
    if isinstance(value, tuple):
        value = ",".join(value)
    kind = type(default)
    try:
        if kind is bool:
            return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[str(value).lower()]
        return kind(value)
    except (ValueError, KeyError):
        raise RunError(f"{key} cannot be {value!r}; it is {_words[kind]}, such as {default!r}") from None


_words = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


def _check_targets(ours: study.Study) -> None:
    """Raise RunError if a target that is asked for is not in the codebook; CodebookError if that cannot be read."""
    from stancebrief import codebook
    path = ours.folder / "codebook.yaml"
    names = list(codebook.read(path).names) if path.is_file() else []
    for target in ours.targets:
        if target not in names:
            near = difflib.get_close_matches(target, names, 1)
            raise RunError(f"there is no target {target!r} in data/{ours.name}/codebook.yaml; "
                           f"{f'did you mean {near[0]}? ' if near else ''}There are {', '.join(names) or 'none'}.")


# --- running -------------------------------------------------------------------------------------------------------


def modules(steps: Iterable[Notebook]) -> list[str]:
    """What the notebooks import, each once: the nursery imports it ahead of them."""
    return list(dict.fromkeys(module for step in steps for module in step.imports))


def countries(ours: study.Study, folder: pathlib.Path) -> list[str]:
    """The countries that have a page: those the study names, else all that speak in its statements table."""
    return list(ours.countries) or speaking(folder)


def speaking(folder: pathlib.Path) -> list[str]:
    """The countries that speak in the statements table of this folder; none where there is no table yet."""
    if not (folder / "statements.parquet").is_file():
        return []
    found = {code for codes in tables.read("statements", folder)["countries"] for code in codes.split("|")}
    return sorted(found - UNPLACED - {""})


def _pages(step: Notebook, ours: study.Study, values: Mapping[str, object], codes: list[str], work: pathlib.Path,
           nursery: kernels.Nursery, progress: Progress) -> None:
    """The page of each country, several at once: none reads what another writes. The first that fails ends the rest."""
    with concurrent.futures.ThreadPoolExecutor(ABREAST) as pool:
        made = [pool.submit(_run, step, ours, values | {"country": code}, work, nursery, progress) for code in codes]
        try:
            for page in made:
                page.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _run(step: Notebook, ours: study.Study, values: Mapping[str, object], work: pathlib.Path, nursery: kernels.Nursery,
         progress: Progress) -> None:
    """One notebook with those of the values that it declares."""
    code = str(values.get("country", ""))
    progress.at(f"{step.path.stem} {code}".strip())
    chosen = {key: value for key, value in values.items() if key in step.parameters}
    chosen |= {key: value for key, value in {"study": ours.name, "workspace": str(work)}.items()
               if key in step.parameters}
    out = work / "runs" / f"{step.path.stem}{f'-{code}' if code else ''}.ipynb"
    home = {str(work): f"reports/{ours.report.name}", str(study.ROOT): "."}
    try:
        notebooks.run(step, chosen, out, nursery, progress.tick, hide=home)
    except notebooks.NotebookError as error:
        kept = ours.report / publishing.FAILED / out.name
        raise RunError(f"{error}\n  The notebook as far as it ran: {os.path.relpath(kept)}\n"
                       "  The last report, if there is one, is as it was.", before=False) from error


class Progress:
    """A bar that moves with each code cell and names what is at work; without a terminal, one line a notebook."""

    def __init__(self, name: str, steps: Iterable[Notebook]) -> None:
        from tqdm.auto import tqdm
        notebook = "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None
        self.live = sys.stderr.isatty() or notebook
        # papermill adds a cell with the parameters to each notebook
        self.bar = tqdm(total=sum(step.cells + 1 for step in steps), desc=name, unit="cell", leave=False,
                        disable=not self.live, dynamic_ncols=True)
        self.watch = engine_progress.watched(self.bar.set_postfix_str)

    def __enter__(self) -> Progress:
        self.watch.__enter__()
        return self

    def __exit__(self, *reason: object) -> None:
        self.watch.__exit__(*reason)
        self.bar.close()

    def more(self, step: Notebook, times: int) -> None:
        self.bar.total += times * (step.cells + 1)

    def at(self, where: str) -> None:
        if self.live:
            self.bar.set_description_str(where)
        else:
            print(where, file=sys.stderr, flush=True)

    def tick(self) -> None:
        self.bar.update()
