"""Per-article work on a Dask cluster, or on a local one that is started for the run."""

from __future__ import annotations

import concurrent.futures
import logging
from collections.abc import Callable, Iterator

import dask
import distributed

from stancebrief.engine import progress

Part = list[tuple[int, object]]
Answers = list[tuple[int, object, str]]
DIED = "the worker died while it worked on this article (out of memory, or a crash)"


class ClusterError(RuntimeError):
    """The scheduler cannot be reached; says its address and what to do."""


def answers(work: Callable[[Callable, Part], Answers], function: Callable[[object], object], parts: Iterator[Part],
            scheduler: str, workers: int, ahead: int) -> Iterator[tuple[int, object, str]]:
    """Answers as they come from the cluster at `scheduler`; empty: a local cluster whose dashboard address is printed.

    A part whose worker was killed is tried again in halves, so that the one article that kills is found; a part that
    only stood in the same worker's queue comes through. Raises ClusterError if the scheduler cannot be reached.
    """
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        client = _client(scheduler, workers)
        try:
            slots = max(1, sum(client.nthreads().values()))
            halves: list[Part] = []
            under_way: dict[distributed.Future, Part] = {}
            while True:
                while len(under_way) < ahead * slots:
                    part = halves.pop() if halves else next(parts, None)
                    if part is None:
                        break
                    under_way[client.submit(work, function, part, pure=False)] = part
                if not under_way:
                    return
                done, _ = distributed.wait(list(under_way), return_when="FIRST_COMPLETED")
                for future in done:
                    part = under_way.pop(future)
                    try:
                        yield from future.result()
                    except (distributed.KilledWorker, concurrent.futures.CancelledError):
                        if len(part) == 1:
                            yield part[0][0], None, DIED
                        else:
                            half = len(part) // 2
                            halves += [part[half:], part[:half]]
        finally:
            client.close()
            if not scheduler:
                client.cluster.close()


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
