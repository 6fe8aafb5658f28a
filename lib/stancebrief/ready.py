"""What takes seconds at its first use in a process and never after it; importing this module uses it once.

Workers are forked from a process that has imported it (see `engine.workers`).
"""

from __future__ import annotations

import contextlib
import gc
import signal
import threading

import pandas as pd

from stancebrief import codebook as codebooks
from stancebrief import stance, statements, steps, study, tables  # noqa: F401 workers find their functions in steps
from stancebrief.articles import entries, files

SAMPLE = """\
Envoys at odds

Russia opposes the motion and supports talks, its foreign minister said on Monday.

“We condemn the launch,” Japan’s prime minister told reporters. “It must not happen again.”
"""
TARGET = codebooks.Target("motion", "the motion", "measure", "a motion", "it should pass",
                          phrases=(codebooks.Phrase("motion"), codebooks.Phrase("launch", against=True)))


def everything() -> None:
    """The model, the lists and the patterns that reading and coding an article take, used on a few sentences."""
    row = entries.row("sample.txt", files.Source(SAMPLE, SAMPLE.encode()), {"language": "en"})
    article = tables.check(pd.DataFrame([row]), "articles")
    said, _ = statements.extract(article)
    stance.code(said, article, codebooks.Codebook("1", "", (TARGET,)))


def _quietly() -> None:
    """As `everything`, whatever happens: what fails here fails again where it can be told."""
    here = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if here else None  # Ctrl-C is for who asked for the work
    with contextlib.suppress(Exception):
        everything()
    if here:
        signal.signal(signal.SIGINT, before)
    gc.collect()
    gc.freeze()  # so that collecting in a worker does not copy what all of them share


_quietly()
