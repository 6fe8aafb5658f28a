"""An environment for the benchmarks that compare with a library the product does not need, such as textacy.

It lies in .cache/extras and is laid over ours: it holds the packages of extras.txt and takes all others, spaCy and its
model among them, from ours, so that both tools run on the same ones. It is made the first time it is asked for, by uv
or else pip; with STANCEBRIEF_NO_FETCH set, or where that fails, the benchmark says that it was left out.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pathlib
import shutil
import sys
import sysconfig
from collections.abc import Sequence

import ledger

sys.path.insert(0, str(ledger.ROOT / "tools"))
import env  # which makes the product's own environment

LIST = pathlib.Path(__file__).with_name("extras.txt")
FOLDER = ledger.ROOT / ".cache" / "extras"
HERE = pathlib.Path(__file__).resolve().parent
MARK = "STANCEBRIEF_EXTRAS"  # set in the processes that run in that environment


def needed(module: str, arguments: Sequence[str] = sys.argv) -> None:
    """Go on where this module is: here, or the script from its start in the other environment. Raises ledger.Missing.
    """
    if importlib.util.find_spec(module):
        return
    if os.environ.get(MARK):
        raise ledger.Missing(f"{module} is not among the packages of {LIST.name}")
    path = os.pathsep.join(map(str, (HERE, ledger.ROOT / "lib")))
    python = str(made())
    sys.stdout.flush()
    os.execve(python, [python, *arguments], os.environ | {MARK: "1", "PYTHONPATH": os.pathsep.join(
        filter(None, (path, os.environ.get("PYTHONPATH"))))})


def made() -> pathlib.Path:
    """The environment's python; the environment is made where there is none that fits. Raises ledger.Missing."""
    python = FOLDER / "bin" / "python"
    stamp = FOLDER / "made-of"
    ours = sysconfig.get_path("purelib")
    wanted = hashlib.sha256(LIST.read_bytes() + f"{ours} {sys.version}".encode()).hexdigest()
    if _read(stamp) == wanted:
        return python
    if os.environ.get("STANCEBRIEF_NO_FETCH"):
        raise ledger.Missing("it is in an environment of its own, and STANCEBRIEF_NO_FETCH forbids to make that")
    with env.locked():
        if _read(stamp) == wanted:  # another run made it while we waited
            return python
        shutil.rmtree(FOLDER, ignore_errors=True)
        uv = shutil.which("uv") or next(filter(os.path.exists, [os.path.join(sys.prefix, "bin", "uv")]), None)
        if uv:
            done = (env.call(uv, "venv", "--quiet", "--python", sys.executable, FOLDER)
                    and env.call(uv, "pip", "install", "--quiet", "--python", python, "--no-deps", "-r", LIST))
        else:
            done = (env.call(sys.executable, "-m", "venv", FOLDER)
                    and env.call(python, "-m", "pip", "install", "--quiet", "--no-deps", "-r", LIST))
        if not done:
            shutil.rmtree(FOLDER, ignore_errors=True)
            raise ledger.Missing(f"the packages of {LIST.name} could not be installed; a network is needed the "
                                 "first time")
        inside = next(FOLDER.glob("lib/python*/site-packages"))
        (inside / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n", encoding="utf-8")
        stamp.write_text(wanted, encoding="utf-8")
    return python


def _read(stamp: pathlib.Path) -> str:
    return stamp.read_text(encoding="utf-8") if stamp.is_file() else ""
