"""Tidy tables in, charts out: nothing is saved, nothing is configured for other charts.

Every function takes `width` in pixels (theme.WIDE for a page, theme.NARROW for a phone; under 520 the layout changes),
`title` (empty: none is drawn, for a page that has its own heading) and `language`. The chart carries its text
alternative with every number (`chart.description`) and its rule (`caption(chart)`); only what is drawn is in its data.
"""

from __future__ import annotations

import altair as alt

from stancebrief.charts.axes import years
from stancebrief.charts.ballots import vote
from stancebrief.charts.nets import net_by_country, net_by_target
from stancebrief.charts.pairs import agreement_map
from stancebrief.charts.periods import stance_by_period
from stancebrief.charts.stances import stance_by_country
from stancebrief.charts.timelines import timeline
from stancebrief.charts.tones import sentiment_by_country
from stancebrief.charts.trust import confusion, reliability

__all__ = ["agreement_map", "caption", "confusion", "net_by_country", "net_by_target", "reliability",
           "sentiment_by_country", "stance_by_country", "stance_by_period", "timeline", "vote", "years"]


def caption(chart: alt.TopLevelMixin) -> str:
    """How the chart counts, in words."""
    meta = getattr(chart, "usermeta", None)  # the chart as a whole would be checked to be turned into a spec
    return str(meta.get("caption", "")) if isinstance(meta, dict) else ""
