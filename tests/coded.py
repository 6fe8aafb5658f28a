"""The small study's two articles coded by hand, as the tables that notebooks leave: for tests that need no rules."""

import functools
import pathlib
import tempfile

import pandas as pd

from stancebrief import articles, study, tables
from stancebrief.agreement import gold

# file | kind | speaker | country | cue | content | target | stance
CODED = """
harbour|indirect|China's ambassador|CHN|said|more sanctions would not bring anyone back to the table|sanctions|oppose
harbour|direct|China's ambassador|CHN|told|We call on all sides to resume talks|dialogue|support
harbour|direct|China's ambassador|CHN|told|Pressure alone will not work|none|none
harbour|direct|The US envoy|USA|said|These launches violate Council resolutions|dprk_weapons|oppose
harbour|indirect|The US envoy|USA|adding|Washington supports stronger sanctions against Pyongyang|sanctions|support
harbour|indirect|Russia|RUS|said|the sanctions should be eased|sanctions|oppose
ridge|direct|China's ambassador|CHN|said|Pressure alone won't work|none|none
ridge|indirect|Japan's envoy|JPN|According to|the launches are a threat to the whole region|dprk_weapons|oppose"""


@functools.cache
def frames(name="small"):
    """Articles, statements and positions of that study, by table; read once, as all tests have the same."""
    rows = [line.split("|") for line in CODED.split("\n")[1:]]
    frame = pd.DataFrame(rows, columns=["article", "kind", "speaker", "country", "cue", "content", "target", "stance"])
    frame = frame.assign(article=frame["article"] + ".txt", id=range(1, len(frame) + 1))
    read, _ = articles.read(study.load(name))
    with tempfile.TemporaryDirectory() as folder:
        frame.to_csv(pathlib.Path(folder) / "gold.csv", index=False)
        statements, positions, problems = gold.load(pathlib.Path(folder) / "gold.csv", read)
    assert problems.empty
    pressure = statements[statements["content"].str.startswith("Pressure")]["statement"].tolist()
    statements["utterance"] = statements["utterance"].replace(pressure[1], pressure[0])   # two reports, one utterance
    return {"articles": read, "statements": statements.assign(rule="cue", confidence=0.8),
            "positions": positions.assign(coder="rules", confidence=0.7, spans="[[0, 5]]")}


def study_with_tables(workspace="", times=1):
    """The study `small` with those tables in its folder of tables; with `times`, each statement that many times."""
    found = study.load("small", workspace=workspace)
    for name, frame in frames().items():
        if name != "articles":
            frame = pd.concat([frame.assign(**{key: frame[key] + f"-{n}" * (n > 0) for key in ("statement", "utterance")
                                               if key in frame}) for n in range(times)], ignore_index=True)
        tables.write(frame, name, found.tables)
    return found
