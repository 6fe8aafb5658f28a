"""The board: linked charts, the list of statements and the words in their article, as one widget."""

from __future__ import annotations

import datetime
import html
import json
import pathlib
import zoneinfo

import altair as alt
import ipywidgets
import itables.widget
import pandas as pd

from stancebrief import codebook, countries, study, tables, theme
from stancebrief.agreement import adjudication, coding, reviews
from stancebrief.explore import linked, reader, selection

ROWS = 100        # statements listed; the choice narrows them
MONTHLY = 120     # days of publication from which the timeline counts by month
SORTS = {"in the order of the articles": (("article", "start"), (True, True)),
         "latest first": (("published", "article", "start"), (False, True, True)),
         "least sure first": (("confidence", "article", "start"), (True, True, True))}
EMBED = {"actions": False, "renderer": "svg"}   # SVG: its marks have names for those who hear them
WIDE = ipywidgets.Layout(width="auto", min_width="9em")


class Board(ipywidgets.VBox):
    """Linked charts, the list of statements and the words in their article; the choice is `board.selection`."""

    def __init__(self, ours: study.Study) -> None:
        alt.JupyterChart.enable_offline()
        self.study, self._at, self._busy = ours, 0, False
        self.book = codebook.read(ours.folder / "codebook.yaml")
        self._articles = tables.read("articles", ours.tables)
        self._texts = dict(zip(self._articles["article"], self._articles["text"], strict=True))
        self._events = (tables.read("timeline", ours.tables) if (ours.tables / "timeline.parquet").exists()
                        else tables.empty("timeline"))
        self._load()
        self._make()
        self.redraw()
        super().__init__([self._controls, self._summary, self._overview, self._time, self._reader,
                          ipywidgets.HBox([self._sort, self._save, self._saved]), self._list])

    def _load(self) -> None:
        """The tables as they are now, with people's decisions in the machine's place; the choice stays."""
        chosen = self.selection.chosen if hasattr(self, "selection") else {}
        statements, positions = (tables.read(name, self.study.tables) for name in ("statements", "positions"))
        decisions, _ = reviews.read(self.study.folder)
        statements, positions, self.problems = adjudication.apply(
            statements, positions, decisions, self._texts, self.book.names, self.book.version)
        self.selection = selection.Selection(self._articles, statements, positions, self.book.labels)
        for name, value in chosen.items():
            try:
                self.selection.choose(**{name: value})
            except selection.ChoiceError:   # what was chosen is gone with the decision that made it
                continue

    # ---- what is chosen, in plain Python

    @property
    def statements(self) -> pd.DataFrame:
        """The chosen statements, to go on with in pandas."""
        return self.selection.statements

    @property
    def positions(self) -> pd.DataFrame:
        """The chosen positions."""
        return self.selection.positions

    def choose(self, **fields: object) -> None:
        """Choose by country, target, outlet, stance, since, until or words, and redraw; see selection.Selection."""
        self.selection.choose(**fields)
        self._at = 0
        self.redraw()

    def reset(self) -> None:
        """Choose everything."""
        self.selection.reset()
        self._at = 0
        self.redraw()

    def refresh(self) -> None:
        """Take in what was decided in reviews since, and redraw."""
        self._load()
        self.redraw()

    def export(self, folder: pathlib.Path | str | None = None) -> list[pathlib.Path]:
        """The choice as files: statements and positions as CSV and Parquet, the charts as SVG, PNG and Vega-Lite.

        They go to `folder`, by default `exports/` beside the study's report; gives the paths.
        """
        folder = pathlib.Path(folder) if folder else self.study.report / "exports"
        written = []
        for name, frame in (("statements", self.statements), ("positions", self.positions)):
            written += [tables.write_bytes(frame.to_csv(index=False).encode("utf-8"), folder / f"{name}.csv"),
                        tables.write_bytes(frame.to_parquet(index=False), folder / f"{name}.parquet")]
        for name, widget in (("overview", self._overview), ("timeline", self._time)):
            spec = widget.spec
            written += [tables.write_bytes(theme.svg(spec).encode("utf-8"), folder / f"{name}.svg"),
                        tables.write_bytes(theme.png(spec), folder / f"{name}.png"),
                        tables.write_bytes(json.dumps(spec, ensure_ascii=False, indent=1).encode("utf-8"),
                                           folder / f"{name}.vl.json")]
        return written

    def __repr__(self) -> str:
        return f"<board of {self.study.name}: {self.selection}, {len(self.statements)} statements>"

    # ---- widgets

    def _make(self) -> None:
        """The widgets, and what each does."""
        names = {"country": countries.name, "target": lambda t: self.book.labels.get(t, t)}
        self._lists = {}
        for field in selection.FIELDS:
            options = [(names.get(field, str)(value), value) for value in self.selection.options(field)]
            self._lists[field] = ipywidgets.Dropdown(options=[(f"any {field}", ""), *options],
                                                     description=field.capitalize(), layout=WIDE)
            self._lists[field].observe(lambda change, field=field: self._asked(**{field: change["new"]}), "value")
        self._words = ipywidgets.Text(placeholder="words said, or a speaker", description="Search", layout=WIDE,
                                      continuous_update=False)
        self._words.observe(lambda change: self._asked(words=change["new"]), "value")
        self._days = {}
        for field in ("since", "until"):
            self._days[field] = ipywidgets.DatePicker(description=field.capitalize(), layout=WIDE)
            self._days[field].observe(
                lambda change, field=field: self._asked(**{field: str(change["new"] or "")}), "value")
        everything = ipywidgets.Button(description="Show everything", layout=WIDE)
        everything.on_click(lambda _: self.reset())
        self._controls = ipywidgets.HBox([*self._lists.values(), self._words, *self._days.values(), everything],
                                         layout=ipywidgets.Layout(flex_flow="row wrap"))
        self._summary, self._saved = ipywidgets.HTML(), ipywidgets.HTML()
        overview, timeline = self._charts()
        self._overview = alt.JupyterChart(overview, embed_options=EMBED)
        self._time = alt.JupyterChart(timeline, debounce_wait=200, max_wait=False, embed_options=EMBED)
        self._overview.observe(self._clicked, "_vl_selections")
        self._time.observe(self._dragged, "_vl_selections")
        self._reader = reader.Reader(bindings={"ArrowLeft": ["previous", "previous", True],
                                           "ArrowRight": ["next", "next", True], "k": ["previous", "previous", False],
                                           "j": ["next", "next", False]})
        self._reader.on_action(lambda action: self._read(self._at + {"next": 1, "previous": -1}.get(action, 0)))
        self._sort = ipywidgets.Dropdown(options=list(SORTS), description="Sorted", layout=WIDE)
        self._sort.observe(lambda _: self._tell(), "value")
        self._save = ipywidgets.Button(description="Save this choice", layout=WIDE,
                                       tooltip="CSV, Parquet, SVG, PNG and Vega-Lite files")
        self._save.on_click(lambda _: self._export())
        self._list = itables.widget.ITable(self._listed(), select="single", maxBytes=0, showIndex=False,
                                           classes="display compact", lengthMenu=[10, 25, 100],   # sentences wrap
                                           layout={"topStart": "info", "topEnd": "search"})
        self._list.observe(self._picked, "selected_rows")

    def _asked(self, **fields: object) -> None:
        if not self._busy:
            self.choose(**fields)

    def _clicked(self, change) -> None:
        """A click on a tile or an outlet; the same again chooses everything there."""
        if self._busy:
            return
        found = change["new"]
        place, house = (found.get(name, {}).get("value") or {} for name in ("place", "house"))
        old = change["old"] or {}
        pick = self.selection
        if place and place != (old.get("place", {}).get("value") or {}):
            wanted = {field: tuple(value for value in place.get(field, ()) if value != linked.ALL)
                      for field in ("country", "target")}
            same = all(getattr(pick, field) == wanted[field] for field in wanted)
            self.choose(**({"country": (), "target": ()} if same else wanted))
        elif house and house != (old.get("house", {}).get("value") or {}):
            wanted = tuple(house.get("outlet", ()))
            self.choose(outlet=() if pick.outlet == wanted else wanted)

    def _dragged(self, change) -> None:
        """A stretch of time; an empty one chooses all."""
        value = (change["new"].get("stretch", {}).get("value") or {}).get("date")
        if self._busy or (change["old"] or {}).get("stretch", {}).get("value") == change["new"]["stretch"]["value"]:
            return
        since, until = _days(*sorted(value), self._time.local_tz) if value else ("", "")
        if (since, until) != (self.selection.since, self.selection.until):
            self.choose(since=since, until=until)

    def _picked(self, change) -> None:
        if change["new"] and not self._busy:
            self._read(change["new"][0])

    # ---- drawing

    def _drawn(self) -> tuple[dict[str, list], dict[str, list]]:
        """What the two charts draw of the choice."""
        pick = self.selection
        return ({"tiles": linked.tiles(pick.cells(), self.book.labels, pick.chosen),
                 "bars": linked.bars(pick.by_outlet(), pick.chosen)},
                {"days": linked.days(pick.by_day("M" if self._monthly else "D"), monthly=self._monthly)})

    def _charts(self) -> tuple[alt.HConcatChart, alt.LayerChart]:
        """The two charts of everything; a choice only changes their data."""
        known = self.selection.by_day()["date"].tolist()
        self._monthly = len(known) > 1 and (pd.Timestamp(known[-1]) - pd.Timestamp(known[0])).days > MONTHLY
        span = sorted(filter(None, [*known, self.study.start, self.study.end])) or ["2000-01-01"]
        last = (pd.Timestamp(span[-1]) + pd.Timedelta(days=1)).strftime("%Y-%m-%d")
        overview, time = self._drawn()
        return linked.overview(**overview), linked.timeline(
            time["days"], linked.ticks(self._events, span[0], last), span[0], last, monthly=self._monthly)

    def _listed(self) -> pd.DataFrame:
        """What the list shows: the first ROWS statements with their positions in words."""
        self._shown = self.selection.first(ROWS, *SORTS[self._sort.value])
        taken = self.selection.positions_among(self._shown["statement"])
        said: dict[str, list[str]] = {}
        for position in taken.itertuples():
            words = f"{position.stance} {self.book.labels.get(position.target, position.target)}"
            said.setdefault(position.statement, []).append(words)
        said = {name: "; ".join(dict.fromkeys(parts)) for name, parts in said.items()}
        return pd.DataFrame({
            "Speaker": self._shown["speaker"], "Country": self._shown["countries"].map(coding.named),
            "Statement": self._shown["content"].map(lambda text: f"{text[:200]}…" if len(text) > 200 else text),
            "Position": [said.get(name, "–") for name in self._shown["statement"]], "Outlet": self._shown["outlet"],
            "Published": self._shown["published"], "Sure": [f"{sure:.2f}" for sure in self._shown["confidence"]]})

    def redraw(self) -> None:
        """Bring every widget to the choice: what is read first, then the charts, which take a browser the longest."""
        self._busy = True
        try:
            self._tell()
            pick = self.selection
            for field, widget in self._lists.items():
                chosen = getattr(pick, field)
                widget.value = chosen[0] if len(chosen) == 1 else ""
            self._words.value = pick.words
            for field, widget in self._days.items():
                day = getattr(pick, field)
                widget.value = datetime.date.fromisoformat(day) if day else None
            overview, timeline = self._drawn()
            self._show(self._overview, linked.redrawn(self._overview.spec, **overview))
            self._show(self._time, linked.redrawn(self._time.spec, (pick.since, pick.until), **timeline))
        finally:
            self._busy = False

    @staticmethod
    def _show(widget: alt.JupyterChart, spec: dict) -> None:
        """Draw the spec, if it is another; the picture starts without a click on it."""
        if spec != widget.spec:
            widget.spec = spec
            widget._vl_selections = {name: {"value": {}, "store": []} for name in widget._vl_selections}

    def _tell(self) -> None:
        """The counts, the list and the first statement."""
        n = self.selection.counts()
        more = f", the first {ROWS} listed" if n["statements"] > ROWS else ""
        more += f"; {n['undated']:,} of them without a day of publication" if n["undated"] else ""
        self._summary.value = (
            f"<p role='status' aria-live='polite'><b>{html.escape(str(self.selection))}</b>: {n['statements']:,} "
            f"statements ({n['utterances']:,} utterances) in {n['articles']:,} articles{more}.</p>")
        self._list.update(self._listed(), selected_rows=[])
        self._read(self._at)

    def _read(self, at: int) -> None:
        """Show one statement of the list in its article."""
        if self._shown.empty:
            self._reader.view = {"title": "No statement fits", "status": "Choose less, or show everything."}
            return
        self._at = at % len(self._shown)
        self._reader.view = self._view(self._shown.iloc[self._at])
        if self._list.selected_rows != [self._at]:
            busy, self._busy = self._busy, True
            self._list.selected_rows = [self._at]
            self._busy = busy

    def _view(self, row) -> dict[str, object]:
        own = self.selection.positions_of(row.statement)
        text = self._texts[row.article]
        start, end = reader.stretch(text, row.start, row.end)
        facts = [f"{countries.name(p.country)}: {p.stance} – {self.book.labels.get(p.target, p.target)} "
                 f"({p.coder}, sure {p.confidence:.2f})" + f": {p.why}" * bool(p.why) for p in own.itertuples()]
        others = self.selection.reports_of(row.utterance)
        others = others[others["statement"] != row.statement]
        return {"title": f"{row.speaker or 'Nobody named'} ({coding.named(row.countries)})", "label": "Statement",
                "count": f"{self._at + 1} of {len(self._shown)} · {row.outlet} · {row.published or 'day unknown'} · "
                         f"{row.kind} · {row.cue}",
                "pieces": reader.pieces(text, start, end, reader.spans(row, own.itertuples())),
                "facts": facts or ["takes no position on a target of the codebook"],
                "variants": [[f"The same in {other.outlet}:", reader.compared(other.content, row.content)]
                             for other in others.itertuples()]}

    def _export(self) -> None:
        written = self.export()
        self._saved.value = f"{len(written)} files in {html.escape(written[0].parent.name)}/ beside the report"


def _days(first: float, last: float, zone: str | None) -> tuple[str, str]:
    """The days, where the reader is, whose middle lies between two times in milliseconds; at least the first one's."""
    try:
        place = zoneinfo.ZoneInfo(zone or "UTC")
    except (KeyError, ValueError):
        place = zoneinfo.ZoneInfo("UTC")
    half = datetime.timedelta(hours=12)
    start, end = (datetime.datetime.fromtimestamp(edge / 1000, place).replace(tzinfo=None) for edge in (first, last))
    since, until = (start + half).date(), (end - half).date()
    return (since.isoformat(), until.isoformat()) if since <= until else (start.date().isoformat(),) * 2
