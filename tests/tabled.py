"""Tables of a small study written straight to where a run would put them: for tests of what is made from tables."""

import json

import pandas as pd

from stancebrief import study, tables


def fill(said, *, outlets=("Harbour Post", "Ridge Times"), published="2022-06-09", basis="stated", note="", headline="",
         agreement=None, problems=None, url="", rewritten="", **settings):
    """The study `small` with these statements in its tables; gives the study.

    `said`: dicts with article (0, 1, …), speaker, country, content, cue, stances [(target, stance)], and, where the
    statement reports an utterance said before, same (number of that dict). kind is direct unless given.
    """
    ours = study.load("small", **settings)
    texts = [f"Heading {number}\n\n" for number in range(len(outlets))]
    rows, positions, groups = [], [], {}
    for number, one in enumerate(said):
        article, name = one["article"], f"a{one['article']}.txt"
        start = len(texts[article]) + 1
        end = start + len(one["content"])
        texts[article] += f"“{one['content']}”, {one['cue']} {one['speaker']}.\n\n"
        cue = end + 3
        who = cue + len(one["cue"]) + 1
        statement = f"{name}:{start}-{end}"
        first = rows[one["same"]]["utterance"] if "same" in one else statement
        groups.setdefault(first, []).append(number)
        rows.append({"statement": statement, "article": name, "start": start, "end": end,
                     "kind": one.get("kind", "direct"), "content": one["content"], "cue": one["cue"], "cue_start": cue,
                     "cue_end": cue + len(one["cue"]), "speaker": one["speaker"], "speaker_as_written": one["speaker"],
                     "speaker_start": who, "speaker_end": who + len(one["speaker"]), "countries": one["country"],
                     "country_basis": "name", "rule": "test", "confidence": 0.9, "paragraph_start": start - 1,
                     "paragraph_end": who + len(one["speaker"]) + 1, "utterance": first})
        for target, stance in one.get("stances", ()):
            word = one["content"].split()[-1]
            at = texts[article].rindex(word, 0, end)
            positions.append({"statement": statement, "article": name, "utterance": first, "country": one["country"],
                              "target": target, "stance": stance, "words": word, "coder": "rules", "why": "test",
                              "spans": json.dumps([[at, at + len(word)]]), "confidence": one.get("confidence", 0.8)})
    reports = []
    for first, members in groups.items():
        for place, number in enumerate(members if len(members) > 1 else ()):
            here, there = said[number]["content"].split(), said[members[0]]["content"].split()
            changed = [[a, b] for a, b in zip(here, there, strict=False) if a != b]
            wording = "first" if place == 0 else "edited" if changed else "same"
            reports.append({"utterance": first, "statement": rows[number]["statement"], "similarity": 1.0 if not changed
                            else 0.8, "wording": wording, "differences": json.dumps(changed)})
    articles = [{"article": f"a{n}.txt", "outlet": outlet, "outlet_country": "", "headline": headline or f"Heading {n}",
                 "language": "en", "published": published, "published_basis": basis, "published_note": note, "url": url,
                 "sha256": "0" * 64, "words": 100, "furniture": "[]", "copies": "a0.txt", "text": texts[n],
                 "rewritten": rewritten}
                for n, outlet in enumerate(outlets)]
    tone = [{"statement": row["statement"], "polarity": 0.1, "subjectivity": 0.5, "polarity_as_it_comes": 0.1,
             "vader": -0.1, "tone": 0.0, "assessments": "[]", "masked": "", "disagreement": ""} for row in rows]

    def frame(name, found):
        made = pd.DataFrame(found, columns=tables.TABLES[name].names)
        return tables.write(made, name, ours.tables)
    frame("articles", articles)
    frame("sentiment", tone)
    frame("utterances", reports)
    frame("problems", problems or [])
    if agreement:
        frame("agreement", agreement)
    for name, found in (("statements", rows), ("positions", positions)):
        tables.write(frame(name, found), name, ours.settled)
    return ours


def figure(value, n, where="study", measure="positions precision"):
    """One figure of trust."""
    return {"set": where, "coder": "rules", "reference": "human:gold", "measure": measure, "group": "all",
            "value": value, "low": value - 5, "high": min(100.0, value + 5), "interval": "95 %", "n": n, "note": ""}


DEBATE = [
    {"article": 0, "speaker": "Lin", "country": "CHN", "content": f"pressure number {word} must end with the sanctions",
     "cue": "said", "stances": [("sanctions", "oppose")]} for word in ("one", "two", "three")
] + [
    {"article": 0, "speaker": "Moore", "country": "USA", "content": f"we will for {word} reasons keep the sanctions",
     "cue": "said", "stances": [("sanctions", "support")]} for word in ("good", "clear", "old")
] + [
    {"article": 1, "speaker": "Lin", "country": "CHN", "content": "pressure number uno must end with the sanctions",
     "cue": "told", "stances": [("sanctions", "oppose")], "same": 0},
    {"article": 1, "speaker": "Petrov", "country": "RUS", "content": "nobody is helped by the sanctions",
     "cue": "said", "stances": [("sanctions", "oppose")]},
]
