"""Per-article work on a Dask cluster, or on a local one that is started for the run."""

from __future__ import annotations

import concurrent.futures
import importlib.metadata
import logging
import sys
from collections.abc import Callable, Iterator

import dask
import distributed

from stancebrief import study
from stancebrief.engine import errands, progress, store
from stancebrief.engine.errands import Part

LISTS = ("reference", "language", "models")  # folders of data/ that rules read
DIED = "the worker died while it worked on this article (out of memory, or a crash)"


class ClusterError(RuntimeError):
    """The scheduler cannot be reached, or a worker is not as we are; says which, its address and what to do."""


def answers(function: Callable[[object], object], parts: Iterator[Part], scheduler: str, workers: int,
            ahead: int, far: Callable[[], bool]) -> Iterator[tuple[int, object, str]]:
    """Answers as they come from the cluster at `scheduler`; empty: a local cluster whose dashboard address is printed.

    A part whose worker was killed is tried again in halves, so that the one article that kills is found; a part that
    only stood in the same worker's queue comes through. While `far` says so, nothing is begun as long as anything is
    under way. Raises ClusterError if the scheduler cannot be reached, or one of its workers has another checkout than
    we have.
    """
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        client = _client(scheduler, workers)
        try:
            if scheduler:
                _agree(client, scheduler)
            slots = max(1, sum(client.nthreads().values()))
            try:
                errand = errands.Errand(function, slots)
            except errands.STAYS:
                for part in parts:
                    yield from errands.stays(part)
                return
            halves: list[Part] = []
            under_way: dict[distributed.Future, Part] = {}
            while True:
                while len(under_way) < ahead * slots and not (under_way and far()):
                    part = halves.pop() if halves else next(parts, None)
                    if part is None:
                        break
                    under_way[client.submit(errands.run, *errand.of(part), pure=False)] = part
                if not under_way:
                    return
                done, _ = distributed.wait(list(under_way), return_when="FIRST_COMPLETED")
                for future in done:
                    part = under_way.pop(future)
                    try:
                        found = future.result()
                    except (distributed.KilledWorker, concurrent.futures.CancelledError):
                        if len(part) == 1:
                            yield part[0][0], None, DIED
                        else:
                            half = len(part) // 2
                            halves += [part[half:], part[:half]]
                        continue
                    if found is None:
                        under_way[client.submit(errands.run, *errand.of(part, again=True), pure=False)] = part
                    else:
                        yield from found
        finally:
            client.close()
            if not scheduler:
                client.cluster.close()


def checkout() -> str:
    """One hash of our code and of what it reads: what all that work on one set of articles must have in common.

    Code of the cluster's own that is no part of the results, such as this package's, is in it all the same: simple, and
    a checkout is brought up to date as a whole.
    """
    code = sorted((study.ROOT / "lib").rglob("*.py"))
    lists = sorted(path for name in LISTS for path in (study.DATA / name).glob("*") if path.is_file())
    return store.version([sys.version_info[:2], *(importlib.metadata.version(name) for name in ("pandas", "spacy"))],
                         *code, *lists)


def _agree(client: distributed.Client, scheduler: str) -> None:
    """Raise ClusterError if a worker has another checkout than we have: its results would be kept as ours."""
    here = checkout()
    try:
        there = client.run(checkout)
    except Exception as error:  # whatever a worker that lacks our code, or has an old one, answers
        raise ClusterError(f"a worker at {scheduler} cannot say which version of stancebrief it has ({error!r}): put "
                           f"this checkout and its environment there (make env), then start it again") from error
    if others := sorted(name for name, found in there.items() if found != here):
        raise ClusterError(f"the worker{'s' * (len(others) > 1)} {', '.join(others)} of {scheduler} "
                           f"{'have' if len(others) > 1 else 'has'} another version of stancebrief, of its lists or of "
                           "the libraries: put this checkout and its environment there (make env), then start "
                           "the worker again")


def _client(scheduler: str, workers: int, patience: str = "10s") -> distributed.Client:
    """A client of the scheduler, or of a local cluster with one process for each worker."""
    if scheduler:
        try:
            return distributed.Client(scheduler, timeout=patience)
        except (OSError, ValueError) as error:
            raise ClusterError(f"no Dask scheduler answers at {scheduler}: {error}; start one with `dask scheduler`, "
                               "or leave the address out to use this machine") from error
    cluster = distributed.LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                                       dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL)
    client = distributed.Client(cluster)
    client.cluster = cluster
    progress.say(f"Dask dashboard: {client.dashboard_link}")
    return client
