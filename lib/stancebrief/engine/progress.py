"""How far a long step is, how fast it goes, how long it will take: on the terminal, or for the run that started us."""

from __future__ import annotations

import contextlib
import os
import pathlib
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator

import tqdm

PLACE = "STANCEBRIEF_PROGRESS"  # environment variable: the file that a run reads and shows beside its own bar
EVERY = 0.5                     # seconds between two lines of that file
FEW = 50                        # so few articles are not worth a bar in a notebook, whose output would keep it


@contextlib.contextmanager
def shown(label: str, total: int, done: int = 0) -> Iterator[Callable[[], object]]:
    """While it lasts, a call of what it gives says that one article more is done.

    Drawn on a terminal and in a live notebook; where PLACE names a file, written there as one line.
    """
    if place := os.environ.get(PLACE):
        yield _written(pathlib.Path(place), label, total, done)
        with contextlib.suppress(OSError):
            pathlib.Path(place).unlink(missing_ok=True)
        return
    lab = "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None
    with tqdm.tqdm(total=total, initial=done, desc=label or None, unit="article", file=sys.stderr, leave=False,
                   disable=not label or (total - done < FEW if lab else None)) as bar:
        yield bar.update


def _written(place: pathlib.Path, label: str, total: int, done: int) -> Callable[[], None]:
    begun, first, last = time.monotonic(), done, 0.0

    def tick() -> None:
        nonlocal done, last
        done += 1
        now = time.monotonic()
        if now - last >= EVERY:
            last = now
            rate = (done - first) / max(now - begun, 1e-3)
            left = tqdm.tqdm.format_interval((total - done) / rate)
            say(f"{label} {done:,}/{total:,} articles, {rate:.1f}/s, {left} left", place)
    return tick


def say(words: str, place: pathlib.Path | None = None) -> None:
    """Words for whoever watches: in the run's file where there is one, else on standard error."""
    place = place or (pathlib.Path(os.environ[PLACE]) if PLACE in os.environ else None)
    if place is None:
        print(words, file=sys.stderr)
        return
    with contextlib.suppress(OSError):  # to be watched is not worth failing for
        place.with_suffix(".new").write_text(words, encoding="utf-8")
        place.with_suffix(".new").replace(place)


@contextlib.contextmanager
def watched(show: Callable[[str], object]) -> Iterator[None]:
    """While it lasts, `show` gets the words of what other processes, started meanwhile, are at; empty: nothing."""
    over = threading.Event()
    with tempfile.TemporaryDirectory(prefix="stancebrief-") as folder:
        place = pathlib.Path(folder) / "progress"
        before = os.environ.get(PLACE)
        os.environ[PLACE] = str(place)

        def look() -> None:
            while not over.wait(EVERY):
                try:
                    show(place.read_text(encoding="utf-8"))
                except OSError:
                    show("")
        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
            os.environ.pop(PLACE)
            if before is not None:
                os.environ[PLACE] = before
