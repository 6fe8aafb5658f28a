"""What a reader has chosen to look at (a country, a target, an outlet, a stretch of time, words) and what follows.

Plain Python and NumPy, no widgets: a choice over ten thousand statements is counted again in a few milliseconds, and
only the counts are drawn.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from stancebrief import countries, tables

FIELDS = ("country", "target", "outlet", "stance")
NOTHING = ""                       # target and stance of a statement that takes no position
CELLS = ("country", "target", "support", "oppose", "neutral", "n")
UNDATED = np.datetime64("NaT")


class ChoiceError(ValueError):
    """Something is chosen that is not there; says what is."""


class Selection:
    """The statements of a study, and those that are chosen. All counts are of utterances, as in series.

    `articles`, `statements`, `positions`: those tables. A field that is empty chooses everything. Fields are tuples of
    country codes, targets, outlets and stances; `since` and `until` are days (YYYY-MM-DD), `words` is looked for in the
    content and the speaker, without regard to case.
    """

    def __init__(self, articles: pd.DataFrame, statements: pd.DataFrame, positions: pd.DataFrame,
                 labels: Mapping[str, str] | None = None) -> None:
        self.labels = dict(labels or {})
        about = articles.set_index("article")
        self._statements = statements.assign(outlet=statements["article"].map(outlets(articles)),
                                             published=statements["article"].map(about["published"])).reset_index(drop=True)
        self._positions = positions.reset_index(drop=True)
        self._marks = _marks(self._statements, self._positions)
        self._codes = {name: pd.factorize(self._marks[name], sort=True) for name in FIELDS}
        self._row, self._position = (self._marks[name].to_numpy() for name in ("row", "position"))
        self._side = np.searchsorted(sorted(tables.STANCES), self._marks["stance"].to_numpy().astype(str))
        self._utterance = pd.factorize(self._marks["utterance"])[0]
        self._day = pd.to_datetime(self._marks["published"], errors="coerce").to_numpy().astype("datetime64[D]")
        self._each = {name: pd.factorize(self._statements[name])[0] for name in ("utterance", "article")}
        self._undated = self._statements["published"].eq("").to_numpy()
        self._orders: dict[tuple[str, bool], np.ndarray] = {}
        self._last: tuple[tuple | None, np.ndarray] = None, np.array([], dtype=int)   # the choice last asked for
        self._said = (self._statements["content"] + "\n" + self._statements["speaker"]).str.lower()
        self.reset()

    def reset(self) -> None:
        """Choose everything."""
        self.country, self.target, self.outlet, self.stance = (), (), (), ()
        self.since, self.until, self.words = "", "", ""

    def options(self, field: str) -> list[str]:
        """The values that a field can have."""
        return [value for value in self._codes[field][1] if value != NOTHING]

    def choose(self, **fields: object) -> None:
        """Choose by the fields named; the others stay. Raises ChoiceError for what is not there."""
        for name, value in fields.items():
            if name in FIELDS:
                values = (value,) if isinstance(value, str) and value else tuple(value or ())
                for one in values:
                    if one not in self.options(name):
                        near = difflib.get_close_matches(str(one), self.options(name), 1)
                        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(self.options(name)[:20])}"
                        raise ChoiceError(f"no {name} {one!r}; {hint}")
                setattr(self, name, values)
            elif name in ("since", "until"):
                try:
                    setattr(self, name, str(np.datetime64(value, "D")) if value else "")
                except ValueError:
                    raise ChoiceError(f"{name} is a day, YYYY-MM-DD, not {value!r}") from None
            elif name == "words":
                self.words = str(value or "")
            else:
                raise ChoiceError(f"there is nothing to choose by {name!r}; there are {', '.join(FIELDS)}, since, "
                                  "until, words")

    def _mask(self, without: tuple[str, ...] = ()) -> np.ndarray:
        """Which marks are chosen when the fields in `without` are left open."""
        mask = np.ones(len(self._marks), dtype=bool)
        for name in FIELDS:
            chosen = getattr(self, name)
            if chosen and name not in without:
                codes, values = self._codes[name]
                mask &= np.isin(codes, np.flatnonzero(np.isin(values, chosen)))
        if "time" not in without and (self.since or self.until):
            mask &= self._day >= np.datetime64(self.since or "0001-01-01")
            mask &= self._day <= np.datetime64(self.until or "9999-12-31")
        if self.words:
            found = self._said.str.contains(self.words.lower(), regex=False).to_numpy()
            mask &= found[self._row]
        return mask

    @property
    def _rows(self) -> np.ndarray:
        """Places of the chosen statements."""
        key = tuple(self.chosen.items())
        if self._last[0] != key:
            self._last = key, np.unique(self._row[self._mask()])
        return self._last[1]

    @property
    def statements(self) -> pd.DataFrame:
        """The chosen statements: the columns of the statements table, `outlet` and `published`."""
        return self._statements.take(self._rows).reset_index(drop=True)

    def counts(self) -> dict[str, int]:
        """How many `statements`, `utterances` and `articles` are chosen, and how many statements are `undated`."""
        rows = self._rows
        return {"statements": len(rows), "utterances": len(np.unique(self._each["utterance"][rows])),
                "articles": len(np.unique(self._each["article"][rows])), "undated": int(self._undated[rows].sum())}

    def ordered(self, column: str = "", descending: bool = False) -> np.ndarray:
        """Places of the chosen statements, sorted by that column of `statements` and within it as in the articles."""
        if (column, descending) not in self._orders:   # sorted once, not with every choice
            by = [*filter(None, [column]), "article", "start"]
            order = self._statements[by].sort_values(by, ascending=[not descending] * bool(column) + [True, True],
                                                     kind="stable")
            self._orders[column, descending] = np.argsort(order.index.to_numpy())
        rows = self._rows
        return rows[np.argsort(self._orders[column, descending][rows])]

    def at(self, places: np.ndarray) -> pd.DataFrame:
        """The statements at these places; columns as `statements`."""
        return self._statements.take(places).reset_index(drop=True)

    def place(self, statement: str, places: np.ndarray) -> int:
        """Where among these places that statement is; 0 if it is not."""
        found = np.flatnonzero((self._statements["statement"] == statement).to_numpy()[places])
        return int(found[0]) if len(found) else 0

    @property
    def positions(self) -> pd.DataFrame:
        """The chosen positions, as rows of the positions table."""
        kept = self._position[self._mask()]
        return self._positions.take(np.sort(kept[kept >= 0])).reset_index(drop=True)

    def positions_among(self, places: np.ndarray) -> pd.DataFrame:
        """The chosen positions of the statements at these places, as rows of the positions table."""
        kept = self._position[self._mask() & np.isin(self._row, places)]
        return self._positions.take(np.sort(kept[kept >= 0]))

    def positions_of(self, statement: str) -> pd.DataFrame:
        """All positions of one statement, chosen or not."""
        return self._positions.take(np.flatnonzero(self._positions["statement"] == statement))

    def reports_of(self, utterance: str) -> pd.DataFrame:
        """All statements that report one utterance, chosen or not; columns as `statements`."""
        return self._statements.take(np.flatnonzero(self._statements["utterance"] == utterance))

    @property
    def chosen(self) -> dict[str, object]:
        """What is chosen, without what is left open."""
        fields = {name: getattr(self, name) for name in (*FIELDS, "since", "until", "words")}
        return {name: value for name, value in fields.items() if value}

    def __str__(self) -> str:
        """The choice in words."""
        names = {"country": lambda c: ", ".join(map(countries.name, c)), "outlet": ", ".join, "stance": ", ".join,
                 "target": lambda t: ", ".join(self.labels.get(one, one) for one in t)}
        said = [names.get(name, str)(value) if name in names else {"since": f"from {value}", "until": f"until {value}",
                                                                   "words": f"“{value}”"}[name]
                for name, value in self.chosen.items()]
        return " · ".join(said) or "everything"

    def cells(self) -> pd.DataFrame:
        """Utterances by country and target, whatever country, target and stance are chosen: columns CELLS.

        Counts as series.by_country: an utterance counts once, by the stance of most of its reports; without a majority
        it is neutral.
        """
        mask = self._mask(without=("country", "target", "stance")) & (self._position >= 0)
        country, target = self._codes["country"][0][mask], self._codes["target"][0][mask]
        side = self._side[mask]
        width = len(self._codes["target"][1])
        place = country * width + target
        total = len(self._codes["country"][1]) * width
        units, where = np.unique(self._utterance[mask] * total + place, return_inverse=True)
        votes = np.zeros((len(units), len(tables.STANCES)), dtype=int)
        np.add.at(votes, (where, side), 1)
        most = votes.max(axis=1, initial=0) * 2 > votes.sum(axis=1)
        label = np.where(most, votes.argmax(axis=1) if len(votes) else 0, sorted(tables.STANCES).index("neutral"))
        spots, where = np.unique(units % max(total, 1), return_inverse=True)
        counts = np.zeros((len(spots), len(tables.STANCES)), dtype=int)
        np.add.at(counts, (where, label), 1)
        frame = pd.DataFrame(counts, columns=sorted(tables.STANCES))
        return frame.assign(country=self._codes["country"][1].to_numpy()[spots // width],
                            target=self._codes["target"][1].to_numpy()[spots % width],
                            n=counts.sum(axis=1))[list(CELLS)]

    def by_outlet(self) -> pd.DataFrame:
        """Chosen utterances by outlet, whatever outlet is chosen: columns `outlet`, `n`, most first."""
        mask = self._mask(without=("outlet",))
        codes, values = self._codes["outlet"]
        return self._counted(codes[mask], self._utterance[mask], values, "outlet")

    def by_day(self, unit: str = "D") -> pd.DataFrame:
        """Chosen utterances by day (`D`) or month (`M`), whatever stretch of time is chosen: columns `date`, `n`."""
        mask = self._mask(without=("time",)) & ~np.isnat(self._day)
        days, codes = np.unique(self._day[mask].astype(f"datetime64[{unit}]"), return_inverse=True)
        found = self._counted(codes, self._utterance[mask], days.astype("datetime64[D]").astype(str), "date")
        return found.sort_values("date", ignore_index=True)

    def _counted(self, codes: np.ndarray, utterances: np.ndarray, values, name: str) -> pd.DataFrame:
        """Different utterances for each code."""
        pairs = np.unique(utterances * max(len(values), 1) + codes)
        counts = np.bincount(pairs % max(len(values), 1), minlength=len(values))
        frame = pd.DataFrame({name: list(values), "n": counts})
        return frame[frame["n"] > 0].sort_values(["n", name], ascending=[False, True], ignore_index=True)


def outlets(articles: pd.DataFrame) -> dict[str, str]:
    """Each article's outlet, or its own name where the outlet is unknown."""
    named = articles["outlet"].where(~articles["outlet"].isin(["", "unknown"]), articles["article"])
    return dict(zip(articles["article"], named, strict=True))


def _marks(statements: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """One row for each position, and one for each country of a statement without one there."""
    row = pd.Series(range(len(statements)), index=statements["statement"])
    taken = positions.assign(row=positions["statement"].map(row), position=range(len(positions)))
    taken = taken[taken["row"].notna()][["row", "country", "target", "stance", "position"]]
    spoken = statements.assign(row=range(len(statements)), country=statements["countries"].str.split("|"))
    spoken = spoken.explode("country")[["row", "country"]]
    held = pd.MultiIndex.from_frame(taken[["row", "country"]].astype({"row": int}))
    silent = spoken[~pd.MultiIndex.from_frame(spoken).isin(held)]
    marks = pd.concat([taken, silent.assign(target=NOTHING, stance=NOTHING, position=-1)], ignore_index=True)
    marks = marks.astype({"row": int, "position": int}).sort_values(["row", "position"], ignore_index=True)
    for name in ("statement", "utterance", "outlet", "published"):
        marks[name] = statements[name].to_numpy()[marks["row"]]
    return marks
