"""Who voted how, by member."""

from __future__ import annotations

import altair as alt
import pandas as pd

from stancebrief import events, theme
from stancebrief.charts import plane
from stancebrief.language import Language, load

NOTE = theme.SIZES["note"]
ROLES = {"no": "oppose", "abstain": "neutral", "yes": "support"}
STROKES = {"no": [(-3, -3, 3, 3), (-3, 3, 3, -3)], "abstain": [(-3, 0, 3, 0)],
           "yes": [(-3, 0, -1, 3), (-1, 3, 4, -3)]}


def vote(votes: pd.DataFrame, symbol: str, *, title: str = "", width: float = theme.WIDE,
         language: Language | None = None) -> alt.LayerChart:
    """One box for each member, those against first. `votes`: events.votes(symbol)."""
    language = language or load()
    drawing = plane.Plane("vote", width)
    texts: list[str] = []
    drawing.reach(ballot(drawing, votes, symbol, 0, language, texts))
    return drawing.chart(description=" ".join(texts), title=title, caption=events.rule("council_votes").text(language))


def ballot(drawing: plane.Plane, votes: pd.DataFrame, symbol: str, y: float, language: Language,
           texts: list[str]) -> float:
    """The boxes under a heading with the tally, from y down; gives the y below and adds the votes in words to texts."""
    say = language.say
    numbers = {vote: int((votes["vote"] == vote).sum()) for vote in events.VOTES}
    heading = say("charts.vote.heading", date=language.date(votes["date"].iloc[0]), symbol=symbol, **numbers)
    lines = plane.wrap(heading, drawing.width, theme.SIZES["label"], "bold")
    y = drawing.lines(0, y + 8, lines, weight="bold") + 6
    texts.append(heading)
    x = 0.0
    for vote, role in ROLES.items():
        part = votes[votes["vote"] == vote]
        if part.empty:
            continue
        texts.append(f"{language.sentence(f'charts.vote.{vote}')}: "
                     f"{language.join(language.country(code) for code in part['country'])}.")
        for row in part.itertuples():
            name = plane.plain(language.country(row.country), 22)
            wide = theme.text_width(name, NOTE) + 29
            if x and x + wide > drawing.width:
                x, y = 0.0, y + 24
            tip = {say("charts.country"): name, say("charts.vote.vote"): say(f"charts.vote.{vote}")}
            drawing.rect(x + 0.5, y - 9, x + wide - 4, y + 9, f"{role}-soft", role, corner=3, tip=tip,
                         country=row.country)
            for dx, dy, dx2, dy2 in STROKES[vote]:
                drawing.rule(x + 10 + dx, y + dy, x + 10 + dx2, y + dy2, role, size=2, country=row.country)
            drawing.text(x + 19, y, name, "ink", NOTE, country=row.country)
            x += wide
    drawing.reach(y + 12)
    return y + 14
