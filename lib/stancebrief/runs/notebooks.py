"""The notebooks as files: which there are, the parameters each declares, running one, and leaving no stamp in it."""

from __future__ import annotations

import ast
import dataclasses
import json
import pathlib
import re
from collections.abc import Callable, Mapping

from stancebrief import kernels, study, tables

FOLDER = study.ROOT / "notebooks"
LITERALS = (str, int, float, bool)


class NotebookError(RuntimeError):
    """A notebook cannot be run or failed; says which notebook, which cell, and the last line of the error."""


@dataclasses.dataclass(frozen=True)
class Notebook:
    """One notebook: its path, its parameters with their defaults, and what its cells import."""

    path: pathlib.Path
    parameters: dict[str, object]
    imports: tuple[str, ...]
    cells: int  # code cells

    @property
    def number(self) -> int:
        return int(self.path.stem.split("-")[0])


def find(folder: pathlib.Path | None = None) -> list[Notebook]:
    """The numbered notebooks (`3-stance.ipynb`), in order. Raises NotebookError if one cannot be read."""
    paths = [path for path in (folder or FOLDER).glob("*.ipynb") if re.match(r"\d+-", path.name)]
    return sorted((read(path) for path in paths), key=lambda notebook: (notebook.number, notebook.path.name))


def read(path: pathlib.Path) -> Notebook:
    """One notebook, nothing in it run. Raises NotebookError if it is no notebook or declares parameters we cannot read.

    Parameters stand in the cell tagged `parameters`, as `name: type = literal` or `name = literal`.
    """
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        tagged = [cell for cell in code if "parameters" in cell["metadata"].get("tags", ())]
        sources = ["".join(cell["source"]) for cell in code]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotebookError(f"{path.name} cannot be read as a notebook: {error!r}") from error
    if len(tagged) > 1:
        raise NotebookError(f"{path.name}: {len(tagged)} cells are tagged `parameters`; one may be")
    parameters = _literals("".join(tagged[0]["source"]), path.name) if tagged else {}
    return Notebook(path, parameters, _imports(sources), len(code))


def _literals(source: str, where: str) -> dict[str, object]:
    """name -> default of a parameters cell."""
    found: dict[str, object] = {}
    try:
        for line in ast.parse(source).body:
            targets = line.targets if isinstance(line, ast.Assign) else [line.target]
            value = ast.literal_eval(line.value)
            if len(targets) != 1 or not isinstance(targets[0], ast.Name) or not isinstance(value, LITERALS):
                raise ValueError(ast.unparse(line))
            found[targets[0].id] = value
    except (SyntaxError, ValueError, AttributeError, TypeError) as error:
        raise NotebookError(f"{where}: the parameters cell may hold only lines such as `start: str = \"\"`, with a "
                            f"text, a number, True or False; not {error}") from error
    return found


def _imports(sources: list[str]) -> tuple[str, ...]:
    """The modules that the code imports, each once, in order; code that does not parse imports nothing."""
    found: dict[str, None] = {}
    for source in sources:
        try:
            nodes = list(ast.walk(ast.parse("\n".join(x for x in source.splitlines() if not x.startswith(("%", "!"))))))
        except SyntaxError:
            continue
        for node in nodes:
            if isinstance(node, ast.Import):
                found |= dict.fromkeys(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found |= dict.fromkeys([node.module, *(f"{node.module}.{alias.name}" for alias in node.names)])
    return tuple(found)


def run(notebook: Notebook, parameters: Mapping[str, object], out: pathlib.Path, nursery: kernels.Nursery,
        tick: Callable[[], None] = lambda: None, hide: Mapping[str, str] | None = None) -> None:
    """Execute the notebook with these of its parameters and put it, with its outputs and no stamps, at `out`.

    `tick` is called after each code cell; `hide` maps words to what is written in their place (machine paths).
    Raises NotebookError with the executed part of the notebook at `out`.
    """
    with kernels.without_slow_imports():
        import nbformat
        import papermill
        from nbclient import exceptions

    at = [""]  # id of the cell at work

    async def begun(cell: dict, **_: object) -> None:
        at[0] = cell.get("id", "") if cell["cell_type"] == "code" else at[0]

    async def done(**_: object) -> None:
        tick()

    out.parent.mkdir(parents=True, exist_ok=True)
    problem = ""
    try:
        papermill.execute_notebook(str(notebook.path), str(out), dict(parameters), progress_bar=False,
                                   cwd=str(notebook.path.parent), kernel_name="python3", language="python",
                                   kernel_manager_class=nursery.managers(), record_timing=False, coalesce_streams=True,
                                   extra_arguments=["--HistoryManager.enabled=False", "--IPKernelApp.log_level=50"],
                                   on_cell_start=begun, on_cell_executed=done)
    except papermill.PapermillExecutionError as error:
        lines = [line for line in str(error.evalue).strip().splitlines() if line.strip()] or [""]
        problem = f"{error.ename}: {lines[-1]}"
    except exceptions.DeadKernelError:
        problem = "the kernel died, most often for lack of memory"
    except RuntimeError as error:
        problem = f"its kernel did not start: {error}"
    if out.exists():
        nb = nbformat.read(out, as_version=4)
        tables.write_bytes(_stampless(nb, hide or {}).encode(), out)
    if problem:
        raise NotebookError(f"notebook {notebook.path.stem}{f', cell {at[0]!r}' if at[0] else ''}: {problem}")


def _stampless(nb: dict, hide: Mapping[str, str]) -> str:
    """The notebook as text without times, random names and machine paths: same run, same bytes."""
    nb["metadata"].pop("papermill", None)
    for number, cell in enumerate(nb["cells"]):
        for key in ("papermill", "execution"):
            cell["metadata"].pop(key, None)
        tags = cell["metadata"].get("tags", ())
        if "injected-parameters" in tags:
            cell["id"] = "injected-parameters"
        elif any("papermill" in tag for tag in tags):
            cell["id"] = f"papermill-{number}"
    text = json.dumps(nb, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    styled = dict.fromkeys(re.findall(r"\bT_[0-9a-f]{5}(?=_|\b)", text))  # pandas gives each styled table a random name
    for number, name in enumerate(styled):
        text = text.replace(name, f"T_{number:05d}")
    for words, instead in hide.items():
        text = text.replace(json.dumps(words)[1:-1], json.dumps(instead)[1:-1])
    return text
