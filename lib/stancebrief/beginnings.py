"""A new study laid out: settings and codebook with comments, and a place for the articles."""

from __future__ import annotations

import os
import pathlib
import shutil
import tempfile

from stancebrief import study as studies
from stancebrief.articles import metadata

SETTINGS = """\
# What this study asks. Every key can be overridden for one run: make report STUDY={name} START=2022-01-01
title: ""            # heading of the brief
question: ""         # the question it answers, one sentence
start: ""            # first day of publication, YYYY-MM-DD; empty: no bound
end: ""              # last day of publication, YYYY-MM-DD; empty: no bound
countries: []        # codes in the order shown, such as [CHN, RUS, USA]; empty: all that speak
targets: []          # targets of codebook.yaml in the order shown; empty: all
context: []          # files of data/context for the timeline, without .csv
language: ""         # of the brief: a file of data/language, without .yaml; empty: English
min_statements: 3    # with fewer utterances than this the brief says "too few to say"
second_reading: true # whether targets that the rules leave unread are read by what hand-coded statements have taught
# columns:           # what tables in articles/ (CSV, JSONL, Parquet) call ours, where they do not go by usual names
#   text: body       # ours are text, headline, outlet, published, url, language, translation, rewritten
# engine: processes  # where the work runs: serial, processes or dask; without it, whatever suits the number of articles
# scheduler: ""      # address of a Dask scheduler, such as tcp://10.0.0.5:8786; see docs/scale.md
"""

CODEBOOK = """\
# What statements are coded for. The human coder, the machine and the brief all read this file.
# kind: measure (imposed, kept or lifted), act (done, and justified or condemned), conduct (how a government behaves;
# its countries under `whose`) or process (sought or refused). data/dprk-vetoes/codebook.yaml is a full example.
version: "0.1"
title: "{name}"
targets:
  - name: talks                # short, small letters: the name in tables
    label: Talks               # the name in the brief
    kind: process
    definition: Talks between the parties.
    support_means: hold or resume them
    phrases:                   # the words that name it; plurals are found too
      - talks
      - negotiation
    examples:                  # what must be coded, and how: the codebook's own tests
      - {{says: "All sides should return to talks.", stance: support}}
"""


class ExistsAlready(ValueError):
    """There is something of that name; nothing was touched."""


def study(name: str) -> pathlib.Path:
    """Lay out data/<name>/ in one move; gives the folder as seen from here. Raises SettingError or ExistsAlready."""
    if not studies.NAME.fullmatch(name):
        raise studies.SettingError(f"a study cannot be named {name!r}; use small letters, digits, - and _, "
                                   "beginning with a letter or digit")
    folder = studies.place() / name
    if os.path.lexists(folder):
        raise ExistsAlready(f"data/{name} is there already; nothing was changed")
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = pathlib.Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        (work / "articles").mkdir()
        (work / "study.yaml").write_text(SETTINGS.format(name=name), encoding="utf-8")
        (work / "codebook.yaml").write_text(CODEBOOK.format(name=name), encoding="utf-8")
        (work / "articles.csv").write_text(",".join(metadata.COLUMNS) + "\n", encoding="utf-8")
        work.chmod(0o755)
        os.rename(work, folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return pathlib.Path(os.path.relpath(folder))
