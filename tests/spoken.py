"""What is read from a paragraph in the middle of an article: for tests of the reading of statements."""

import json

import pandas as pd

from stancebrief import statements

LEAD = "The delegates met in a hall by the harbour, and the talks went on far into the night. " * 3 + "\n\n"


def read(text):
    """(speaker, content) of each statement of a text that is no headline."""
    return [(row.speaker, row.content) for row in rows(text)]


def rows(text, lead=True):
    """The statements of a text that is no headline."""
    frame = pd.DataFrame([{"article": "a.txt", "text": (LEAD if lead else "") + text, "furniture": json.dumps([])}])
    return list(statements.extract(frame)[0].itertuples())
