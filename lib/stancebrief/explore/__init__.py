"""Exploring and hand-coding in a notebook: `board` shows who says what and every sentence behind it, `review` codes.

Both are widgets over plain Python: `board.selection` and `review.session` do the work and can be used alone. They need
no network. JupyterLab 4 is where they are tested; in Notebook 7 they were tried once, with mouse and keys, and work; in
VS Code, which draws the same widgets, nobody has tried them. Where widgets are not drawn, such as on a page made by
nbconvert, only their text is.
"""

from __future__ import annotations

import pandas as pd

from stancebrief import codebook, study, tables
from stancebrief.explore import boards, forms

READ = ("articles", "statements", "positions")   # tables that board and review read


def board(ours: study.Study | str) -> boards.Board:
    """One live view of a study's tables for a notebook cell: linked charts, statements, the words in their article.

    `board.choose(country="CHN")`, `board.statements`, `board.positions`, `board.export()` and `board.refresh()` do from
    Python what the widgets do. `ours`: a study or its name. Raises FileNotFoundError, naming what to run first, where
    the tables are not there yet.
    """
    return boards.Board(_study(ours))


def review(ours: study.Study | str, coder: str, *, order: str = "random", blind: bool = True,
           board: boards.Board | None = None) -> forms.Review:
    """Hand-coding by the codebook, one statement at a time; goes on where this coder stopped.

    `order`: `random`, `country and target`, or `least sure`; the file says which. `blind`: the machine's label stays
    hidden until asked for, and the file says whether it was seen. `board`: one that follows every decision, and from
    which a statement can be brought here to be corrected. The coder `adjudicated` sees what others decided, and decides
    where they differ.
    """
    return forms.Review(_study(ours), coder, order=order, blind=blind, board=board)


def prepare(ours: study.Study | str) -> None:
    """The tables that board and review read, made from the study's articles where no run has left them yet.

    They are those of notebooks 1 to 3. Raises articles.NoArticles, codebook.CodebookError.
    """
    ours = _study(ours)
    if all((ours.tables / f"{name}.parquet").exists() for name in READ):
        return
    from stancebrief import steps  # rules and the language model take seconds to load; a board needs neither
    book = codebook.read(ours.folder / "codebook.yaml")
    articles, unread = steps.read(ours)
    found, unparsed = steps.extract(ours, articles)
    statements, utterances = steps.group(ours, found, articles)
    positions, uncoded = steps.code(ours, statements, articles, book)
    for name, frame in (("articles", articles), ("statements", statements), ("utterances", utterances),
                        ("problems", pd.concat([unread, unparsed, uncoded], ignore_index=True)),
                        ("positions", positions)):
        tables.write(frame, name, ours.tables)


def _study(ours: study.Study | str) -> study.Study:
    return study.load(ours) if isinstance(ours, str) else ours
