"""Kernels for a run of notebooks: each one new and its own, forked from a process that has imported the libraries.

Starting Python and importing pandas, altair and spaCy takes most of the time of a report. A nursery does that once;
every notebook still gets a process of its own in which none of its own code has run. What the nursery imports is what
the notebooks themselves import, nothing else. We talk to kernels over local sockets, not over ports.

Linux only, since forking after importing such libraries is not safe elsewhere; there papermill starts kernels as ever.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import math
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

LONGEST_SOCKET = 100  # characters in the path of a local socket; the system's own bound is 104 to 108
# One thread for linear algebra: sums come out the same in each run, and no thread is lost in a fork.
ENVIRONMENT = {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
               "PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # the debugger need not warn: nobody debugs a run
# What a kernel imports for itself while it starts.
KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "IPython.core.debugger",
          "IPython.core.completerlib", "IPython.core.oinspect", "IPython.extensions.storemagic")
# What takes a second or more at its first use in a process and never after it: the model, the gazetteer of countries.
FIRST_USES = (("stancebrief.parses", "parse", ["Russia said no."]),
              ("stancebrief.countries", "find", "Russia said no."))
FORKS = sys.platform == "linux"
SLOW = "rfc3987_syntax"  # 35 grammars that jsonschema imports, for a check of addresses that nothing here uses: 1.2 s


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def without_slow_imports() -> Iterator[None]:
    """While it lasts, jsonschema is imported without its slowest optional part; afterwards that part is there again."""
    if SLOW in sys.modules or "jsonschema" in sys.modules:
        yield
        return
    sys.modules[SLOW] = None  # what Python itself writes there for a module that must not be imported
    try:
        yield
    finally:
        sys.modules.pop(SLOW, None)


# --- the nursery: a process of its own -----------------------------------------------------------------------------


def serve(folder: str, modules: list[str]) -> None:
    """Import the modules; then, for each request on standard input, fork a kernel and answer with its process id.

    When nobody is there any more to ask, however that came, end the kernels and remove the folder of their sockets.
    """
    requests, replies = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    with without_slow_imports():
        for module in (*KERNEL, *modules):
            with contextlib.suppress(Exception):  # a notebook that needs it will say so, in the cell that imports it
                importlib.import_module(module)
    for module, function, sample in FIRST_USES:
        if module in sys.modules:
            with contextlib.suppress(Exception):  # likewise
                getattr(sys.modules[module], function)(sample)
    gc.collect()
    gc.freeze()  # so that collecting in a kernel does not copy what all of them share
    kernels: set[int] = set()
    signal.signal(signal.SIGCHLD, lambda *_: _bury(kernels))
    for line in requests:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        pid = os.fork()
        if pid == 0:
            requests.close()
            replies.close()
            _become_kernel(json.loads(line))
        kernels.add(pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        print(pid, file=replies, flush=True)
    for pid in sorted(kernels):
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def _bury(kernels: set[int]) -> None:
    """Take note of the kernels that have ended."""
    with contextlib.suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            kernels.discard(pid)


def _become_kernel(request: dict) -> None:
    """What a kernel started the usual way finds: own session, environment, folder and arguments. Does not return."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        os.setsid()
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["cwd"])
        ends_with = f"--IPKernelApp.parent_handle={os.getppid()}"  # the kernel ends when the nursery ends
        sys.argv = ["ipykernel_launcher", *request["arguments"], ends_with]
        from ipykernel import kernelapp
        kernelapp.launch_new_instance()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        os._exit(code)


# --- our side of it ------------------------------------------------------------------------------------------------


class Forked:
    """A forked kernel, with the part of subprocess.Popen's interface that jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while it lives; its exit code is known to the nursery only, so 0 afterwards."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        return 0  # jupyter_client asks only once it has ended

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The process that kernels are forked from. Use in a `with` block; `manager` goes to papermill."""

    def __init__(self, modules: list[str]) -> None:
        """Start importing at once, in the background; the first kernel waits until that is done."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="stancebrief-"))
        self.count = 0
        self.one = threading.Lock()  # several notebooks may ask at once; each answer must reach who asked
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "stancebrief.kernels", str(self.folder), *modules],
            env=os.environ | ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            start_new_session=True) if FORKS else None

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *reason: object) -> None:
        """End it, and with it whatever kernels an interrupted run has left at work."""
        if self.process:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=10)
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def fork(self, arguments: list[str], cwd: str, env: dict[str, str]) -> Forked:
        """A new kernel. Raises RuntimeError if the nursery has died."""
        try:
            request = json.dumps({"arguments": arguments, "cwd": str(cwd), "env": env})
            with self.one:
                print(request, file=self.process.stdin, flush=True)
                return Forked(int(self.process.stdout.readline()))
        except (OSError, ValueError) as error:
            raise RuntimeError("the process that starts kernels has died, most often for lack of memory") from error

    def managers(self) -> type[AsyncKernelManager]:
        """The class of kernel managers whose kernels come from here, over local sockets."""
        nursery = self

        class Manager(AsyncKernelManager):
            def __init__(self, **settings: object) -> None:
                super().__init__(**settings)
                with nursery.one:
                    nursery.count += 1
                    address = str(nursery.folder / f"k{nursery.count}")
                self.connection_file = f"{address}.json"
                if os.name == "posix" and len(address) <= LONGEST_SOCKET:
                    self.transport, self.ip = "ipc", address
                if nursery.process:
                    self.provisioner = ForkProvisioner(kernel_id="", kernel_spec=self.kernel_spec, parent=self)
                    self.provisioner.nursery = nursery
                self.client_factory = Client

            async def _async_finish_shutdown(self, waittime: float | None = None, pollinterval: float = 0.01,
                                             restart: bool = False) -> None:
                """As ever, but looking ten times as often whether the kernel has ended."""
                await super()._async_finish_shutdown(waittime, pollinterval, restart)

        return Manager


class ForkProvisioner(LocalProvisioner):
    """Launches a kernel by asking the nursery for one; all else as for any local kernel."""

    nursery: Nursery

    async def launch_kernel(self, cmd: list[str], **settings: object) -> dict:
        self.process = self.nursery.fork(cmd[cmd.index("-f"):], settings.get("cwd") or os.getcwd(),
                                         dict(settings.get("env") or os.environ) | ENVIRONMENT)
        self.pid = self.pgid = self.process.pid
        return self.connection_info


class Client(AsyncKernelClient):
    """The usual client, but ready as soon as the kernel has answered on both channels, without a pause after it."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        until = time.monotonic() + (timeout or math.inf)
        while time.monotonic() < until:
            asked = self.kernel_info()
            with contextlib.suppress(queue.Empty):
                reply = await self.shell_channel.get_msg(timeout=1)
                while True:  # the last thing a kernel says about a question is that it is idle again
                    heard = await self.iopub_channel.get_msg(timeout=0.2)
                    about = heard["parent_header"].get("msg_id")
                    if about == asked and heard["content"].get("execution_state") == "idle":
                        self._handle_kernel_info_reply(reply)
                        return
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it was ready")
        raise RuntimeError(f"the kernel was not ready after {timeout:.0f} seconds")


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2:])
