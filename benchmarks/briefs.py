"""How the brief grows with the study: bytes, time to build, memory, time to open.

    python benchmarks/briefs.py [--sizes 4000,20000,100000] [--write docs/scale.md]

Needs nothing but the product, and a Chromium for the time to open; 100,000 statements take some minutes.
The tables are made (`make`): statements of our own sentences (`sentences.py`), coded as a run would leave them, so
that nothing is parsed. Every size is built in a process of its own, so that the memory is its own. Opening is measured
in headless Chromium, where there is one. With --write the table takes its place in the document.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger

EACH = 10          # statements of an article
OUTLETS = 60


def make(studies: pathlib.Path, count: int, lands: int = 60, seed: int = 3) -> None:
    """The study `made` with tables of that many statements, a tenth of them copies or edited copies of earlier ones.

    Speakers are of that many countries, the first of which speak most, and one in twenty is of a country unknown.
    Needs STANCEBRIEF_STUDIES and STANCEBRIEF_REPORTS to be set to folders of its own.
    """
    import pandas as pd
    import sentences

    from stancebrief import codebook, study, tables
    folder = studies / "made"
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    (folder / "articles" / "table.txt").write_text("The texts stand in the tables.\n", encoding="utf-8")
    (folder / "study.yaml").write_text("title: Made\nquestion: Who stands where?\ncontext: [missile_launch_days, "
                                       "nuclear_tests, council_actions]\n", encoding="utf-8")
    shutil.copyfile(ledger.ROOT / "data" / "dprk-vetoes" / "codebook.yaml", folder / "codebook.yaml")
    ours = study.load("made")
    rng = random.Random(seed)
    targets = list(codebook.read(folder / "codebook.yaml").names)
    codes = pd.read_csv(study.DATA / "reference" / "countries.csv", dtype=str, keep_default_na=False)["iso3"]
    codes = rng.sample(sorted(set(codes) - {""}), lands)
    weights = [1 / (place + 1) for place in range(lands)]
    leans = {(code, target): rng.choice(((6, 1, 1), (1, 6, 1), (3, 3, 2))) for code in codes for target in targets}
    topics = list(sentences.TOPICS)
    articles, statements, positions, tones = [], [], [], []
    said: list[dict] = []
    for number in range(max(1, count // EACH)):
        name, topic = f"a{number:06d}.txt", rng.choice(topics)
        day = datetime.date(2018, 1, 1) + datetime.timedelta(rng.randrange(2000))
        text, claims = f"{topic.capitalize()}, day {number}\n\n", []
        for _ in range(EACH):
            claims = claims or rng.sample(sentences.MAIN, len(sentences.MAIN))
            same = rng.choice(said[-2000:]) if said and rng.random() < 0.1 else None
            if same:
                code, who, content = same["countries"], same["speaker"], same["content"]
                content = content.replace("must", "should") if rng.random() < 0.5 else content
            else:
                code = "UNKNOWN" if rng.random() < 0.05 else rng.choices(codes, weights)[0]
                who = f"{rng.choice(sentences.FIRST)} {rng.choice(sentences.LAST)}"
                content = f"{sentences.sentence(rng, topic, True, claims)} on day {number}"
            start = len(text) + 1
            end = start + len(content)
            text += f"“{content}”, said {who}.\n\n"
            key = f"{name}:{start}-{end}"
            row = {"statement": key, "article": name, "start": start, "end": end, "kind": "direct", "content": content,
                   "cue": "said", "cue_start": end + 3, "cue_end": end + 7, "speaker": who, "speaker_as_written": who,
                   "speaker_start": end + 8, "speaker_end": end + 8 + len(who), "countries": code,
                   "country_basis": "name", "rule": "made", "confidence": 0.8, "paragraph_start": start - 1,
                   "paragraph_end": end + 9 + len(who), "utterance": same["utterance"] if same else key}
            statements.append(row)
            if not same:
                said.append(row)
            for target in rng.sample(targets, rng.choice((0, 1, 1, 2))):
                stance = rng.choices(tables.STANCES, leans.get((code, target), (1, 1, 1)))[0]
                positions.append({"statement": key, "article": name, "utterance": row["utterance"], "country": code,
                                  "target": target, "stance": stance, "words": content[:6],
                                  "spans": json.dumps([[start, start + 6]]), "why": "made", "confidence": 0.8,
                                  "coder": "rules"})
            tones.append({"statement": key, "polarity": rng.uniform(-1, 1), "subjectivity": 0.4,
                          "polarity_as_it_comes": 0.0, "vader": rng.uniform(-1, 1), "tone": rng.uniform(-1, 1),
                          "assessments": "[]", "masked": "", "disagreement": ""})
        articles.append({"article": name, "outlet": f"Outlet {rng.randrange(OUTLETS)}", "outlet_country": "",
                         "headline": f"{topic.capitalize()}, day {number}", "language": "en",
                         "published": day.isoformat(), "published_basis": "stated", "published_note": "", "url": "",
                         "sha256": f"{number:064d}", "words": len(text.split()), "furniture": "[]", "copies": name,
                         "text": text, "rewritten": ""})
    found = {"articles": articles, "sentiment": tones, "utterances": _wordings(statements), "problems": [],
             "statements": statements, "positions": positions}
    for table, rows in found.items():
        frame = pd.DataFrame(rows, columns=tables.TABLES[table].names)
        for place in (ours.tables, *((ours.settled,) if table in ("statements", "positions") else ())):
            tables.write(frame, table, place)


def _wordings(statements: list[dict]) -> list[dict]:
    """Rows of the utterances table for the utterances that more than one statement reports."""
    groups: dict[str, list[dict]] = {}
    for row in statements:
        groups.setdefault(row["utterance"], []).append(row)
    rows = []
    for name, members in groups.items():
        for row in members if len(members) > 1 else ():
            edited = row["content"] != members[0]["content"]
            rows.append({"utterance": name, "statement": row["statement"], "similarity": 0.9 if edited else 1.0,
                         "wording": "first" if row is members[0] else "edited" if edited else "same",
                         "differences": json.dumps([["should", "must"]] if edited else [])})
    return rows


def build() -> dict[str, float]:
    """The brief of the study `made` as notebook 6 builds it, and the page of the country that speaks most."""
    from stancebrief import brief, events, study, tables
    from stancebrief.brief import profiles
    ours = study.load("made")
    begun = time.perf_counter()
    timeline, _ = events.read(ours, tables.read("articles", ours.tables))
    tables.write(timeline, "timeline", ours.tables)
    page = brief.Page(ours)
    for declare in (page.findings, page.stance, page.net, page.sides, page.sentiment, page.context, page.write):
        declare()
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.perf_counter()
    profile = profiles.Profile(ours, page.countries[0])
    for declare in (profile.positions, profile.periods, profile.sides, profile.votes, profile.write):
        declare()
    pages = sorted(ours.report.rglob("*.html"))
    return {"seconds": took, "MB": peak, "country seconds": time.perf_counter() - begun,
            "brief": (ours.report / "brief.html").stat().st_size, "pages": len(pages),
            "largest": max(path.stat().st_size for path in pages if path.name != "brief.html"),
            "all": sum(path.stat().st_size for path in ours.report.rglob("*") if path.is_file()
                       and path.suffix != ".parquet"),
            "statements": len(tables.read("statements", ours.settled)), "country": page.countries[0]}


def opened(page: pathlib.Path, times: int = 3) -> tuple[float, float]:
    """Milliseconds until the page's content is there and until it has loaded, the best of some; NaN without Chromium.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright import sync_api as playwright
    except ImportError:
        chromium = None
    if not chromium:
        return float("nan"), float("nan")
    found = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"])
        for _ in range(times):
            context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
            tab = context.new_page()
            tab.goto(page.as_uri(), wait_until="load")
            found.append(tab.evaluate("(n => [n.domContentLoadedEventEnd, n.loadEventEnd])"
                                      "(performance.getEntriesByType('navigation')[0])"))
            context.close()
        browser.close()
    return min(first for first, _ in found), min(last for _, last in found)


def alone(place: pathlib.Path, count: int) -> dict[str, float]:
    """Tables of that size made and their brief built, each in a process of its own."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "STANCEBRIEF_STUDIES": str(place / "studies"),
                                "STANCEBRIEF_REPORTS": str(place / "reports")}
    for task in ("make", "build"):
        done = subprocess.run([sys.executable, __file__, "--task", task, str(count), str(place / "studies")],
                              check=True, capture_output=True, text=True, env=environment)
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(sizes: list[int]) -> Iterator[ledger.Row]:
    """How large each brief is, how quickly it opens, and what it took to build."""
    for count in sizes:
        with tempfile.TemporaryDirectory() as name:
            got = alone(pathlib.Path(name), count)
            there, loaded = opened(pathlib.Path(name) / "reports" / "made" / "brief.html")
            opens = (f"content there after {there / 1000:.2f} s, loaded after {loaded / 1000:.2f} s"
                     if there == there else "opening not measured: no Chromium")
            yield (f"brief of {got['statements']:,} statements", f"{got['brief'] / 1e6:.2f} MB; {opens}",
                   f"built in {got['seconds']:.0f} s, peak {got['MB']:.0f} MB; the page of the country that "
                   f"speaks most {got['country seconds']:.0f} s; largest other page {got['largest'] / 1e6:.2f} MB")


def main() -> None:
    parser = ledger.parser(__doc__)
    parser.add_argument("--sizes", default="4000,20000,100000", metavar="N,…", help="statements (default: %(default)s)")
    parser.add_argument("--write", type=pathlib.Path, metavar="DOCUMENT", help="put the rows into its table")
    parser.add_argument("--task", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.task:
        task, count, studies = given.task
        print(json.dumps(build()) if task == "build" else make(pathlib.Path(studies), int(count)) or "")
        return
    text = ledger.table(list(ledger.noted(measure(ledger.numbers(given.sizes)), given.rows)))
    print(text)
    if given.write:
        ledger.write(given.write, "brief", text)


if __name__ == "__main__":
    ledger.run(main)
