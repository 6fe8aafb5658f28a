"""A second machine coder: a language model asked for the positions of each statement, by the study's own codebook.

It is off unless asked for (`python -m stancebrief second`), needs an address that somebody gives, and takes no part in
a report beyond a row of its own beside the other coders in notebook 4. Every answer is checked before it counts and
kept, so that nothing is asked twice. Its coder's name is `llm:MODEL`.
"""

from __future__ import annotations

import csv
import io
import json
import pathlib
import re
from collections.abc import Callable

import pandas as pd

from stancebrief import codebook, study, tables
from stancebrief.engine import store
from stancebrief.llm import answers, endpoint, prompts
from stancebrief.statements import confidence

FOLDER = "coders"   # of a study: one CSV file for each machine coder
KEPT = ("coder", "statement", "content", "country", "target", "stance", "spans", "codebook")
NONE = "none"       # target and stance of a statement that was read and takes no position


class CoderError(ValueError):
    """A kept coding cannot be read; says which file and what to do."""


def code(statements: pd.DataFrame, articles: pd.DataFrame, book: codebook.Codebook, model: endpoint.Endpoint,
         kept: store.Store, *, seen: Callable[[int], None] = lambda number: None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the model says of each statement, as rows of KEPT, and the problems met.

    Only statements of somebody whose country is known are asked about. `kept` holds the answers by all that they depend
    on. An answer that is wrong is told so once, with what is wrong; if the second is wrong too, the statement becomes a
    problem and has no rows. `seen` is called with the number of statements done. Raises EndpointError if the model
    cannot be asked; answers got so far are kept.
    """
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    told = prompts.system(book)
    rows, problems = [], []
    asked = statements[~statements["countries"].isin(["UNKNOWN", ""])]
    for number, record in enumerate(asked.to_dict("records"), 1):
        text = texts[record["article"]]
        try:
            labels = _labels(record, text, told, book, model, kept)
        except answers.AnswerError as error:
            problems.append({"article": record["article"], "step": "second coder", "problem": "answer not used",
                             "reason": f"{record['statement']}: {error}",
                             "remedy": "code the statement by hand, or ask a better model"})
        else:
            head = {"coder": f"llm:{model.model}", "statement": record["statement"], "content": record["content"],
                    "codebook": book.version}
            rows += [head | {"country": country, "target": label.target, "stance": label.stance,
                             "spans": json.dumps([list(span) for span in label.spans])}
                     for country in record["countries"].split("|") for label in labels]
            rows += [] if labels else [head | {"country": "", "target": NONE, "stance": NONE, "spans": "[]"}]
        seen(number)
    return (pd.DataFrame(rows, columns=list(KEPT)),
            tables.check(pd.DataFrame(problems, columns=tables.TABLES["problems"].names), "problems"))


def _labels(record: dict, text: str, told: str, book: codebook.Codebook, model: endpoint.Endpoint,
            kept: store.Store) -> list[answers.Label]:
    """The checked labels of one statement; a wrong answer is asked for once more."""
    messages = [{"role": "system", "content": told}, {"role": "user", "content": prompts.question(record, text)}]
    answer = _asked(messages, model, kept)
    try:
        return answers.read(answer, record, text, book)
    except answers.AnswerError as error:
        again = f"This answer cannot be used: {error}. Answer again, with the JSON object only."
        messages += [{"role": "assistant", "content": answer}, {"role": "user", "content": again}]
        return answers.read(_asked(messages, model, kept), record, text, book)


def _asked(messages: list[dict[str, str]], model: endpoint.Endpoint, kept: store.Store) -> str:
    """The answer to the messages: kept, or asked for and kept."""
    name = store.key(model.url, model.model, json.dumps(messages, ensure_ascii=False))
    found = kept.get([name]).get(name)
    if isinstance(found, str):
        return found
    answer = model.ask(messages)
    kept.put({name: answer})
    return answer


def path(ours: study.Study, model: str) -> pathlib.Path:
    """Where a model's coding of a study is kept."""
    return ours.folder / FOLDER / f"llm-{re.sub(r'[^A-Za-z0-9.]+', '-', model).strip('-.') or 'model'}.csv"


def write(rows: pd.DataFrame, file: pathlib.Path) -> pathlib.Path:
    """Keep a coding as a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, KEPT, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows.to_dict("records"))
    return tables.write_bytes(out.getvalue().encode("utf-8"), file)


def coders(ours: study.Study, statements: pd.DataFrame,
           book: codebook.Codebook) -> dict[str, tuple[pd.DataFrame, pd.DataFrame]]:
    """Each kept coding as a coder: {`llm:MODEL`: (statements that it read, its positions)}.

    A row whose statement the study no longer has in the same words, or whose label the codebook no longer has, is left
    out. Raises CoderError for a file that is no such table.
    """
    found = {}
    content = dict(zip(statements["statement"], statements["content"], strict=True))
    for file in sorted((ours.folder / FOLDER).glob("llm-*.csv")):
        try:
            rows = pd.read_csv(file, dtype=str, keep_default_na=False)[list(KEPT)]
        except (KeyError, ValueError) as error:
            raise CoderError(f"{file.name}: is not a kept coding ({error}); make it anew: python -m stancebrief second"
                             ) from error
        rows = rows[[content.get(row.statement) == row.content for row in rows.itertuples()]]
        for name, own in rows.groupby("coder"):
            read = statements[statements["statement"].isin(own["statement"])]
            own = own[own["target"].isin(book.names) & own["stance"].isin(tables.STANCES)]
            own = own.drop_duplicates(["statement", "country", "target"])
            found[name] = read, _positions(own, read, name)
    return found


def _positions(rows: pd.DataFrame, statements: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Rows of a kept coding as the positions table; their confidence is that of what nobody has measured."""
    place = statements.set_index("statement")
    made = [{"statement": row.statement, "article": place.at[row.statement, "article"],
             "utterance": place.at[row.statement, "utterance"], "country": row.country, "target": row.target,
             "stance": row.stance, "words": "", "spans": row.spans, "why": "", "confidence": confidence.UNMEASURED,
             "coder": coder} for row in rows.itertuples()]
    return tables.check(pd.DataFrame(made, columns=tables.TABLES["positions"].names), "positions")
