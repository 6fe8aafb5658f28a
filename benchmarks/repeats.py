"""How well repeats are found: made copies at known rates of edits, cuts and paraphrase, and the pairs read by hand.

    python benchmarks/repeats.py [--stories 150] [--seed 4711] [--write docs/scale.md]

Needs nothing but the product; takes a minute or two. Prints for each kind of copy the precision and recall of article
pairs and of statement pairs, in percent. Every set holds many stories on few topics that share background paragraphs,
speakers and turns of phrase, so that wrong pairs are within reach. The sentences are our own (`sentences.py`).
"""

from __future__ import annotations

import csv
import datetime
import itertools
import pathlib
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator

import pandas as pd

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger
import sentences

from stancebrief import articles, repeats, study, tables
from stancebrief.articles import entries, files

KINDS: dict[str, Callable[[random.Random, sentences.Made, str], sentences.Made]] = {
    "exact": lambda rng, made, topic: made,
    "syndicated, 2 % of words edited, a third cut": lambda rng, made, topic: sentences.edit(rng, made, 0.02, 0.33, 0.1),
    "syndicated, 10 % of words edited, half cut": lambda rng, made, topic: sentences.edit(rng, made, 0.10, 0.5, 0.1),
    "syndicated, 5 % of words edited, three quarters cut":
        lambda rng, made, topic: sentences.edit(rng, made, 0.05, 0.75),
    "spun, 20 %": lambda rng, made, topic: sentences.spin(rng, made, 0.20, 0.1),
    "spun, 40 %, a fifth cut": lambda rng, made, topic: sentences.spin(rng, made, 0.40, 0.2),
    "spun, 60 %, a fifth cut": lambda rng, made, topic: sentences.spin(rng, made, 0.60, 0.2),
    "spun, 40 %, two thirds cut": lambda rng, made, topic: sentences.spin(rng, made, 0.40, 0.67),
    "another reporter, same speeches": lambda rng, made, topic: sentences.retell(rng, made, topic),
}


def frames(made: list[tuple[str, str, sentences.Made]]) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]:
    """Articles and statements tables of (name, day, made article), and for each statement its true utterance."""
    rows, statements, truth = [], [], {}
    for name, day, item in made:
        source = files.Source(item.text, item.text.encode())
        rows.append(entries.row(name, source, {"published": day, "language": "en"}))
        starts = [0, *itertools.accumulate(len(part) + 2 for part in item.parts)]
        for said in item.said:
            part = starts[said.part]
            start = part + item.parts[said.part].index(said.content)
            end = start + len(said.content)
            label = f"{name}:{start}-{end}"
            truth[label] = said.utterance
            statements.append({column: "" for column in tables.TABLES["statements"].names} | {
                "statement": label, "article": name, "start": start, "end": end, "kind": said.kind,
                "content": said.content, "speaker": said.speaker, "countries": said.country, "confidence": 1.0,
                "cue_start": -1, "cue_end": -1, "speaker_start": -1, "speaker_end": -1, "paragraph_start": part,
                "paragraph_end": part + len(item.parts[said.part]), "utterance": label})
    return tables.check(pd.DataFrame(rows), "articles"), tables.check(pd.DataFrame(statements), "statements"), truth


def make(kind: str, stories: int, seed: int) -> list[tuple[str, str, sentences.Made]]:
    """That many stories, half of them with one or two copies of the kind."""
    rng = random.Random(f"{seed} {kind}")
    found = []
    for story in range(stories):
        topic = rng.choice(list(sentences.TOPICS))
        day = datetime.date(2030, 1, 1) + datetime.timedelta(days=rng.randint(0, 90))
        made = sentences.article(rng, story, topic, story * 100)
        found.append((f"s{story:05d}-a.txt", day.isoformat(), made))
        for letter in "bc"[:rng.choice((0, 0, 1, 2))]:
            copy = KINDS[kind](rng, made, topic)
            found.append((f"s{story:05d}-{letter}.txt", (day + datetime.timedelta(days=1)).isoformat(), copy))
    return found


def pairs(groups: dict[str, object]) -> set[frozenset[str]]:
    """All pairs of names that share a group."""
    members: dict[object, list[str]] = {}
    for name, group in groups.items():
        members.setdefault(group, []).append(name)
    return {frozenset(pair) for names in members.values() for pair in itertools.combinations(names, 2)}


def rates(found: set[frozenset[str]], wanted: set[frozenset[str]]) -> dict[str, float]:
    """Precision and recall in percent."""
    right = len(found & wanted)
    return {"precision": round(100 * right / len(found), 1) if found else 100.0,
            "recall": round(100 * right / len(wanted), 1) if wanted else 100.0, "pairs": len(wanted)}


def measure(kind: str, stories: int, seed: int) -> dict[str, object]:
    """Precision and recall on one made set."""
    made = make(kind, stories, seed)
    frame, statements, truth = frames(made)
    began = time.perf_counter()
    frame = repeats.group_articles(frame)
    middle = time.perf_counter()
    statements, _ = repeats.group_utterances(statements, frame)
    ended = time.perf_counter()
    story = {name: item.story for name, _, item in made}
    return {"copies": kind, "articles": len(frame), "statements": len(statements),
            "article pairs": rates(pairs(dict(zip(frame.article, frame.copies, strict=True))), pairs(story)),
            "statement pairs": rates(pairs(dict(zip(statements.statement, statements.utterance, strict=True))),
                                     pairs(truth)),
            "seconds": [round(middle - began, 1), round(ended - middle, 1)]}


def by_hand() -> dict[str, object]:
    """Precision and recall of statement pairs on the shipped study, on hand-coded statements and hand-read pairs."""
    from stancebrief.agreement import gold
    ours = study.load("dprk-vetoes")
    frame = repeats.group_articles(articles.read(ours)[0])
    statements, _, _ = gold.load(ours.folder / "gold.csv", frame)
    statements, _ = repeats.group_utterances(statements, frame)
    names = {(row.article, row.content): row.statement for row in statements.itertuples()}
    read: dict[str, set[frozenset[str]]] = {"yes": set(), "unsure": set()}
    with open(ours.folder / "repeats_gold.csv", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            read[row["same"]].add(frozenset((names[row["article"], row["content"]],
                                             names[row["other_article"], row["other_content"]])))
    found = pairs(dict(zip(statements.statement, statements.utterance, strict=True))) - read["unsure"]
    return {"copies": "the shipped pair, read by hand", "articles": len(frame), "statements": len(statements),
            "article pairs": rates(pairs(dict(zip(frame.article, frame.copies, strict=True))),
                                   pairs(dict.fromkeys(frame.article, 1))),
            "statement pairs": rates(found, read["yes"])}


def table(results: list[dict[str, object]], stories: int, seed: int) -> str:
    """The results as Markdown."""
    lines = [f"{stories} stories for each kind, seed {seed}; pairs in percent.", "",
             "| copies | articles: precision | recall | pairs | statements: precision | recall | pairs |",
             "|---|---|---|---|---|---|---|"]
    for result in results:
        a, s = result["article pairs"], result["statement pairs"]
        lines.append(f"| {result['copies']} | {a['precision']} | {a['recall']} | {a['pairs']} | "
                     f"{s['precision']} | {s['recall']} | {s['pairs']} |")
    return "\n".join(lines)


def told(results: Iterable[dict[str, object]], stories: int, seed: int) -> Iterator[ledger.Row]:
    """The results as rows of the table of all benchmarks."""
    for result in results:
        a, s = result["article pairs"], result["statement pairs"]
        yield (f"copies found: {result['copies']}", f"articles {a['precision']} / {a['recall']}, "
               f"statements {s['precision']} / {s['recall']}",
               f"precision / recall of pairs in percent; {a['pairs']} and {s['pairs']} pairs; {stories} stories, "
               f"seed {seed}")


def main() -> None:
    parser = ledger.parser(__doc__)
    parser.add_argument("--stories", type=int, default=150, help="for each kind of copy (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=4711, help="default: %(default)s")
    parser.add_argument("--write", type=pathlib.Path, metavar="DOCUMENT", help="put the table into its place there")
    given = parser.parse_args()
    results = [by_hand(), *(measure(kind, given.stories, given.seed) for kind in KINDS)]
    list(ledger.noted(told(results, given.stories, given.seed), given.rows))
    text = table(results, given.stories, given.seed)
    print(text)
    if given.write:
        ledger.write(given.write, "repeats", text)


if __name__ == "__main__":
    ledger.run(main)
