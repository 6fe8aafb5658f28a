"""One person's hand-coding of a study, without any widget: what comes next, what was decided, what can be undone."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from stancebrief import codebook, countries, study, tables
from stancebrief.agreement import adjudication, reviews

ORDERS = ("random", "country and target", "least sure")


class Session:
    """The coder's place in a study. Everything decided is on the disk at once; a new session goes on where it stopped.

    `order`: one of ORDERS, or for the coder `adjudicated` the statements on which people differ come first. Raises
    ReviewError for a name that will not do, and FileNotFoundError where there are no statements yet.
    """

    def __init__(self, ours: study.Study, coder: str, *, order: str = "random", blind: bool = True) -> None:
        self.folder, self.coder, self.blind = ours.folder, coder, blind
        reviews.path(self.folder, coder)
        self.book = codebook.read(ours.folder / "codebook.yaml")
        self.articles = tables.read("articles", ours.tables)
        self.texts: Mapping[str, str] = dict(zip(self.articles["article"], self.articles["text"], strict=True))
        self.statements = tables.read("statements", ours.tables).set_index("statement", drop=False)
        self.positions = tables.read("positions", ours.tables)
        self.order, self.sampling = reviews.sample(self.statements.reset_index(drop=True), self.positions, order,
                                                   ours.seed)
        if coder == reviews.ADJUDICATED:
            apart = self._apart()
            self.order = [*apart, *(name for name in self.order if name not in set(apart))]
            self.sampling = f"{len(apart)} on which people differ first, then {self.sampling}"
        self.refresh()
        self.at = self._next(-1)

    def refresh(self) -> None:
        """Read what is on the disk."""
        self.decisions, self.problems = reviews.read(self.folder)
        own = reviews.standing(self.decisions)
        self.mine = {row["statement"]: row for row in own[own["coder"] == self.coder].to_dict("records")}

    def _apart(self) -> list[str]:
        """Statements on which people differ and nobody has decided."""
        _, _, problems = adjudication.apply(
            self.statements.reset_index(drop=True), self.positions, reviews.read(self.folder)[0], self.texts,
            self.book.names, self.book.version)
        named = problems.loc[problems["problem"] == "reviewers differ", "reason"].tolist()
        return [name for name in self.order if any(reason.startswith(f"{name}: ") for reason in named)]

    def _next(self, after: int) -> int:
        """Place of the first statement behind `after` that is not decided, else of any; -1: all are."""
        open_ = [k for k, name in enumerate(self.order) if name not in self.mine]
        return next((k for k in open_ if k > after), open_[0] if open_ else -1)

    @property
    def current(self) -> pd.Series | None:
        """The statement to be coded; None when all are."""
        return None if self.at < 0 else self.statements.loc[self.order[self.at]]

    @property
    def done(self) -> int:
        """How many of the study's statements are decided."""
        return sum(name in self.mine for name in self.order)

    def machine(self) -> list[tuple[str, str, str]]:
        """The machine's positions on the current statement."""
        own = self.positions[self.positions["statement"] == self.current["statement"]]
        return list(own[["country", "target", "stance"]].itertuples(index=False, name=None))

    def others(self) -> list[str]:
        """What other people decided on the current statement, in words; for the adjudicator only."""
        if self.coder != reviews.ADJUDICATED or self.current is None:
            return []
        all_ = reviews.standing(self.decisions)
        there = all_[(all_["statement"] == self.current["statement"]) & (all_["coder"] != self.coder)]
        return [f"{row.coder}: {'no statement' if row.action == 'reject' else row.positions or 'no position'}"
                for row in there.itertuples()]

    def decide(self, positions: list[tuple[str, str, str]], *, shown: bool = False, countries_: str = "",
               note: str = "") -> None:
        """Take down the positions of the current statement (none: it takes none) and go on."""
        self._check(positions, countries_)
        self._append("code", self.current, positions=reviews.write_positions(positions), countries=countries_ or
                     self.current["countries"], shown="shown" if shown or not self.blind else "blind", note=note)

    def reject(self, *, shown: bool = False, note: str = "") -> None:
        """Take down that the current one is no statement, and go on."""
        self._append("reject", self.current, shown="shown" if shown or not self.blind else "blind", note=note)

    def add(self, article: str, start: int, end: int, positions: list[tuple[str, str, str]], *, speaker: str = "",
            countries_: str = "UNKNOWN", note: str = "") -> None:
        """Take down a statement that the machine missed: the article's text from `start` to `end`."""
        text = self.texts[article]
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            raise reviews.ReviewError("no words are marked: mark those that are the statement")
        self._check(positions, countries_)
        row = {"article": article, "start": start, "end": end, "content": text[start:end], "speaker": speaker,
               "cue": "", "kind": kind(text, start, end)}
        self._append("add", row, positions=reviews.write_positions(positions), countries=countries_, note=note,
                     shown="blind")

    def undo(self) -> str:
        """Take back this coder's last decision and go to its statement; what was taken back, in words."""
        last = reviews.last(self.decisions, self.coder)
        if last is None:
            return "nothing to take back"
        reviews.append(self.folder, self.coder, self.book.version, "undo", undoes=last["id"])
        self.refresh()
        name = f"{last['article']}:{last['start']}-{last['end']}"
        if name in self.order:
            self.at = self.order.index(name)
        return f"taken back: {last['positions'] or last['action']} on “{last['content'][:60]}”"

    def skip(self) -> None:
        """Leave the current statement for later."""
        self.at = self._next(self.at)

    def go(self, step: int) -> None:
        """Look at the statement before or after in the order, decided or not."""
        if self.order:
            self.at = (max(self.at, 0) + step) % len(self.order)

    def look(self, statement: str) -> bool:
        """Go to that statement, decided or not; False if it is none of the machine's."""
        if statement in self.order:
            self.at = self.order.index(statement)
        return statement in self.order

    def _check(self, positions: list[tuple[str, str, str]], codes: str) -> None:
        """Refuse labels that do not exist before anything is written."""
        for country, target, stance in positions:
            if target not in self.book.names or stance not in tables.STANCES:
                raise reviews.ReviewError(f"the codebook has no {target} {stance}")
            if not study.COUNTRY.fullmatch(country):
                raise reviews.ReviewError(f"{country!r} is no country code; write CHN, USA …, or UN, EU, NATO, OTHER")
        for code in filter(None, codes.split("|")):
            if not study.COUNTRY.fullmatch(code):
                raise reviews.ReviewError(f"{code!r} is no country code; write CHN, USA …, with | between two")

    def _append(self, action: str, row: Mapping[str, object], **fields: object) -> None:
        taken = {name: row[name] for name in ("article", "start", "end", "content", "kind", "speaker", "cue")}
        reviews.append(self.folder, self.coder, self.book.version, action, sample=self.sampling, **taken | fields)
        self.refresh()
        if action != "add":
            self.at = self._next(self.at)


def kind(text: str, start: int, end: int) -> str:
    """Direct, mixed or indirect, by the quotation marks around and inside."""
    marks = "\"“”„«»"
    around = (text[start - 1:start], text[end:end + 1])
    if all(mark and mark in marks for mark in around):
        return "direct"
    return "mixed" if any(mark in text[start:end] for mark in marks) else "indirect"


def named(codes: str) -> str:
    """Country codes joined by | as names."""
    return " and ".join(countries.name(code) for code in codes.split("|") if code)
