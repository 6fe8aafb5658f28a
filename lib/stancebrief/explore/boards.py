"""The board: linked charts, the list of statements and the words in their article, as one widget."""

from __future__ import annotations

import contextlib
import datetime
import html
import json
import pathlib
from collections.abc import Callable

import ipywidgets
import pandas as pd

from stancebrief import codebook, countries, study, tables, theme
from stancebrief.agreement import adjudication, coding, reviews
from stancebrief.explore import drawings, linked, listing, reader, selection

MONTHLY = 120     # days of publication from which the timeline counts by month
LONG = 200        # characters of a statement in the list
COLUMNS = [["speaker", "Speaker", "text"], ["countries", "Country", "text"], ["content", "Statement", "words"],
           ["position", "Position", "text"], ["outlet", "Outlet", "text"], ["published", "Published", "number"],
           ["confidence", "Sure", "number"]]
SORTS = [name for name, *_ in COLUMNS if name not in ("content", "position")]
KEYS = {"ArrowLeft": ["previous", "previous", True], "ArrowRight": ["next", "next", True],
        "k": ["previous", "previous", False], "j": ["next", "next", False]}
CORRECT = {"c": ["correct", "correct this label", True]}
WIDE = ipywidgets.Layout(width="auto", min_width="9em")
ROWS = ipywidgets.Layout(flex_flow="row wrap", align_items="center")


class Board(ipywidgets.VBox):
    """Linked charts, the list of statements and the words in their article; the choice is `board.selection`."""

    def __init__(self, ours: study.Study) -> None:
        self.study, self._at, self._busy = ours, 0, False
        self._correct: Callable[[str], None] = lambda name: None
        self.book = codebook.read(ours.folder / "codebook.yaml")
        self._articles = tables.read("articles", ours.tables)
        self._texts = dict(zip(self._articles["article"], self._articles["text"], strict=True))
        self._events = (tables.read("timeline", ours.tables) if (ours.tables / "timeline.parquet").exists()
                        else tables.empty("timeline"))
        self._machine = [tables.read(name, ours.tables) for name in ("statements", "positions")]
        self._load()
        self._make()
        self.redraw()
        super().__init__([self._controls, self._summary, self._drawings, self._reader, self._list,
                          ipywidgets.HBox([self._save, self._saved], layout=ROWS)])

    def _load(self) -> None:
        """The machine's tables with people's decisions in their place; the choice stays."""
        chosen = self.selection.chosen if hasattr(self, "selection") else {}
        decisions, unread = reviews.read(self.study.folder)
        statements, positions, met = adjudication.apply(
            *self._machine, decisions, self._texts, self.book.names, self.book.version)
        self.problems = pd.concat([unread, met], ignore_index=True)
        self.selection = selection.Selection(self._articles, statements, positions, self.book.labels)
        for name, value in chosen.items():
            with contextlib.suppress(selection.ChoiceError):   # gone with the decision that made it
                self.selection.choose(**{name: value})

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
        """Take in what was decided in reviews since, and redraw; the statement being read stays."""
        name = self._name
        self._load()
        self.redraw(name)

    def follow(self, correct: Callable[[str], None]) -> None:
        """Offer to correct the statement that is read: `correct` is called with its name."""
        self._correct = correct
        self._reader.bindings = KEYS | CORRECT

    def export(self, folder: pathlib.Path | str | None = None) -> list[pathlib.Path]:
        """The choice as files: statements and positions as CSV and Parquet, the charts as SVG, PNG and Vega-Lite.

        They go to `folder`, by default `exports/` beside the study's report; gives the paths.
        """
        folder = pathlib.Path(folder) if folder else self.study.report / "exports"
        written = []
        for name, frame in (("statements", self.statements), ("positions", self.positions)):
            written += [tables.write_bytes(frame.to_csv(index=False).encode("utf-8"), folder / f"{name}.csv"),
                        tables.write_bytes(frame.to_parquet(index=False), folder / f"{name}.parquet")]
        for name in self._drawings.specs:
            spec = linked.marked(self._drawings.spec(name), self._drawings.stretch)
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
                                         layout=ROWS)
        self._summary, self._saved = ipywidgets.HTML(), ipywidgets.HTML()
        self._drawings = drawings.Drawings(self._charts())
        self._drawings.on_click(self._clicked)
        self._drawings.on_stretch(self._dragged)
        self._reader = reader.Reader(bindings=KEYS)
        self._reader.on_action(self._act)
        self._list = listing.Listing(columns=COLUMNS, sorts=SORTS)
        self._list.on_pick(self._read)
        self._list.on_sort(self._sort)
        self._save = ipywidgets.Button(description="Save this choice", layout=WIDE,
                                       tooltip="CSV, Parquet, SVG, PNG and Vega-Lite files")
        self._save.on_click(lambda _: self._export())

    def _asked(self, **fields: object) -> None:
        if not self._busy:
            self.choose(**fields)

    def _clicked(self, row: dict[str, object]) -> None:
        """A click on a tile, a country or an outlet; the same again chooses everything there."""
        wanted = {field: tuple(row[field] for _ in range(row[field] != linked.ALL))
                  for field in ("country", "target", "outlet") if field in row}
        same = all(getattr(self.selection, field) == value for field, value in wanted.items())
        with contextlib.suppress(selection.ChoiceError):   # what was clicked is gone by now
            self.choose(**(dict.fromkeys(wanted, ()) if same else wanted))

    def _dragged(self, times: list[float], zone: str) -> None:
        """A stretch of time; an empty one chooses all."""
        since, until = drawings.days(*sorted(times), zone) if len(times) == 2 else ("", "")
        if (since, until) != (self.selection.since, self.selection.until):
            self.choose(since=since, until=until)

    def _act(self, action: str) -> None:
        if action == "correct" and self._name:
            self._correct(self._name)
        else:
            self._read(self._at + {"next": 1, "previous": -1}.get(action, 0))

    def _sort(self, column: str) -> None:
        """Sort by the column, upward, then downward, then in the order of the articles again."""
        if column in SORTS:
            self._list.sorted = {column: f"-{column}", f"-{column}": ""}.get(self._list.sorted, column)
            self._tell()

    # ---- drawing

    def _drawn(self) -> dict[str, list]:
        """What the charts draw of the choice: rows by the data set's name."""
        pick = self.selection
        return {"tiles": linked.tiles(pick.cells(), self.book.labels, pick.chosen),
                "bars": linked.bars(pick.by_outlet(), pick.chosen),
                "days": linked.days(pick.by_day("M" if self._monthly else "D"), monthly=self._monthly)}

    def _charts(self) -> dict[str, object]:
        """The charts of everything; a choice only changes their rows."""
        known = self.selection.by_day()["date"].tolist()
        self._monthly = len(known) > 1 and (pd.Timestamp(known[-1]) - pd.Timestamp(known[0])).days > MONTHLY
        span = sorted(filter(None, [*known, self.study.start, self.study.end])) or ["2000-01-01"]
        last = (pd.Timestamp(span[-1]) + pd.Timedelta(days=1)).strftime("%Y-%m-%d")
        rows = self._drawn()
        return {"matrix": linked.matrix(rows["tiles"], self.book.labels.values()),
                "outlets": linked.outlets(rows["bars"]),
                "timeline": linked.timeline(rows["days"], linked.ticks(self._events, span[0], last), span[0], last,
                                            monthly=self._monthly)}

    def _listed(self, places) -> list[list[str]]:
        """Rows of the list, the statements with their positions in words."""
        shown, taken = self.selection.at(places), self.selection.positions_among(places)
        said: dict[str, list[str]] = {}
        for name, stance, target in zip(taken["statement"], taken["stance"], taken["target"], strict=True):
            said.setdefault(name, []).append(f"{stance} {self.book.labels.get(target, target)}")
        cells = (shown[name].tolist() for name in ("statement", "speaker", "countries", "content", "outlet",
                                                   "published", "confidence"))
        return [[speaker, coding.named(codes), f"{content[:LONG]}…" if len(content) > LONG else content,
                 "; ".join(dict.fromkeys(said.get(name, ["–"]))), outlet, published, f"{sure:.2f}"]
                for name, speaker, codes, content, outlet, published, sure in zip(*cells, strict=True)]

    def redraw(self, name: str = "") -> None:
        """Bring every widget to the choice, with this statement being read if it is among them, else the first."""
        self._busy = True
        try:
            self._tell(name)
            pick = self.selection
            with self._drawings.hold_sync():
                self._drawings.rows = self._drawn()
                self._drawings.stretch = linked.edges(pick.since, pick.until)
            for field, widget in self._lists.items():
                chosen = getattr(pick, field)
                widget.value = chosen[0] if len(chosen) == 1 else ""
            self._words.value = pick.words
            for field, widget in self._days.items():
                day = getattr(pick, field)
                widget.value = datetime.date.fromisoformat(day) if day else None
        finally:
            self._busy = False

    def _tell(self, name: str = "") -> None:
        """The counts, the list and the statement that is read."""
        n = self.selection.counts()
        more = f"; {n['undated']:,} of them without a day of publication" if n["undated"] else ""
        faults = (f" <b>{_count(len(self.problems), 'problem')} with reviews</b>: see <code>board.problems</code>."
                  if len(self.problems) else "")
        self._summary.value = (
            f"<p role='status' aria-live='polite'><b>{html.escape(str(self.selection))}</b>: "
            f"{_count(n['statements'], 'statement')} ({_count(n['utterances'], 'utterance')}) in "
            f"{_count(n['articles'], 'article')}{more}.{faults}</p>")
        column = self._list.sorted.removeprefix("-")
        self._places = self.selection.ordered(column, descending=self._list.sorted.startswith("-"))
        self._read(self.selection.place(name, self._places) if name else 0)

    @property
    def _name(self) -> str:
        """The statement that is read; empty if none is."""
        return self.selection.at(self._places[[self._at]])["statement"].item() if len(self._places) else ""

    def _read(self, at: int) -> None:
        """Show one statement of the list in its article, and the page of the list that it stands on."""
        total = len(self._places)
        self._at = at % total if total else 0
        first = self._at // listing.PAGE * listing.PAGE
        with self._list.hold_sync():
            self._list.total, self._list.first, self._list.at = total, first, self._at
            self._list.rows = self._listed(self._places[first:first + listing.PAGE])
        if total:
            self._reader.view = self._view(self.selection.at(self._places[[self._at]]).iloc[0])
        else:
            self._reader.view = {"title": "No statement fits", "status": "Choose less, or show everything."}

    def _view(self, row) -> dict[str, object]:
        own = self.selection.positions_of(row.statement)
        text = self._texts[row.article]
        start, end = reader.stretch(text, row.start, row.end)
        facts = [f"{countries.name(p.country)}: {p.stance} – {self.book.labels.get(p.target, p.target)} "
                 f"({p.coder}, sure {p.confidence:.2f})" + f": {p.why}" * bool(p.why) for p in own.itertuples()]
        others = self.selection.reports_of(row.utterance)
        others = others[others["statement"] != row.statement]
        return {"title": f"{row.speaker or 'Nobody named'} ({coding.named(row.countries)})", "label": "Statement",
                "count": " · ".join(filter(None, [f"{self._at + 1:,} of {len(self._places):,}", row.outlet,
                                                  row.published or "day unknown", row.kind, row.cue])),
                "pieces": reader.pieces(text, start, end, reader.spans(row, own.itertuples())),
                "facts": facts or ["takes no position on a target of the codebook"],
                "variants": [[f"The same in {other.outlet}:", reader.compared(other.content, row.content)]
                             for other in others.itertuples()]}

    def _export(self) -> None:
        written = self.export()
        self._saved.value = f"{len(written)} files in {html.escape(written[0].parent.name)}/ beside the report"


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'s' * (n != 1)}"
