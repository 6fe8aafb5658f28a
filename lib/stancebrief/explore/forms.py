"""The form of hand-coding: one statement in its context, a choice for each target, each decision on disk at once."""

from __future__ import annotations

import ipywidgets

from stancebrief import countries, study
from stancebrief.agreement import coding, reviews
from stancebrief.explore import boards, labels, reader

STANCES = [["", "none"], ["support", "support"], ["oppose", "oppose"], ["neutral", "neutral"]]
EVERYONE = "every country"
KEYS = {"Enter": ["save", "save and next", True], "n": ["none", "takes no position", True],
        "x": ["reject", "no statement", True], "u": ["undo", "undo", True], "k": ["skip", "later", True],
        "m": ["machine", "show the machine's label", True], "ArrowLeft": ["previous", "previous", True],
        "ArrowRight": ["next", "next", True], "w": ["whole", "whole article", True],
        "s": ["support", "supports the target", False], "o": ["oppose", "opposes it", False],
        "e": ["neutral", "neutral on it", False], "Backspace": ["clear", "no position on it", False]}


class Review(ipywidgets.VBox):
    """Hand-coding in a notebook cell; `session` holds what is decided and can be used without the form.

    With a `board`, that follows every decision, and what is read there can be corrected here: see `show`.
    """

    def __init__(self, ours: study.Study, coder: str, *, order: str = "random", blind: bool = True,
                 board: boards.Board | None = None) -> None:
        self.session, self._board = coding.Session(ours, coder, order=order, blind=blind), board
        self._target, self._shown, self._whole = 0, False, False
        self._labels: dict[tuple[str, str], str] = {}
        self._make()
        super().__init__([self._bar, self._reader, self._source, self._choices, self._note, self._missed])
        self.draw()
        if board:
            board.follow(self.show)

    def _make(self) -> None:
        """The widgets, and what each does."""
        book = self.session.book
        wide = ipywidgets.Layout(width="auto")
        self._progress = ipywidgets.IntProgress(layout=ipywidgets.Layout(width="14em"))
        self._said = ipywidgets.HTML()
        self._bar = ipywidgets.HBox([self._progress, self._said], layout=ipywidgets.Layout(flex_flow="row wrap"))
        numbered = {str(k): [f"target {k}", "", False] for k in range(1, min(9, len(book.names)) + 1)}
        self._reader = reader.Reader(bindings=KEYS | numbered)
        self._reader.on_action(self.act)
        self._reader.observe(self._marked, "selected")
        self._codes = ipywidgets.Text(description="Speaks for", continuous_update=False, layout=wide,
                                      tooltip="country codes, with | between two")
        self._codes.observe(lambda _: self._several(), "value")
        self._for = ipywidgets.Dropdown(options=[EVERYONE], description="Label for",
                                       layout=ipywidgets.Layout(width="auto"))   # its own: it is hidden at times
        self._for.observe(lambda _: self._lists(), "value")
        self._source = ipywidgets.HBox([self._codes, self._for], layout=ipywidgets.Layout(flex_flow="row wrap"))
        self._choices = labels.Labels(
            targets=[[name, book.labels[name], str(k) if k < 10 else "", book[name].definition,
                      book[name].support_means] for k, name in enumerate(book.names, 1)],
            options=STANCES, bindings={key: action for key, (action, *_) in self._reader.bindings.items()})
        self._choices.on_set(self._set)
        self._choices.on_action(self.act)
        self._note = ipywidgets.Text(description="Note", layout=ipywidgets.Layout(width="40em", max_width="100%"))
        self._words = ipywidgets.Text(description="Missed", placeholder="mark words in the text above, or type them",
                                      layout=ipywidgets.Layout(width="32em", max_width="100%"))
        self._speaker = ipywidgets.Text(description="Said by", layout=ipywidgets.Layout(width="16em"))
        self._missed_codes = ipywidgets.Text(description="Speaks for", placeholder="such as CHN", layout=wide)
        add = ipywidgets.Button(description="Add with the labels above", layout=wide)
        add.on_click(lambda _: self.act("add"))
        self._missed = ipywidgets.HBox([self._words, self._speaker, self._missed_codes, add],
                                       layout=ipywidgets.Layout(flex_flow="row wrap"))

    # ---- what can be done, by key, by button, or from Python

    def act(self, action: str) -> None:
        """Do what a key or button asks for; what cannot be done is said in the form."""
        session, told = self.session, ""
        try:
            if action.startswith("target "):
                self._target = int(action.split()[1]) - 1
            elif action in ("support", "oppose", "neutral", "clear"):
                self._set(session.book.names[self._target], "" if action == "clear" else action)
                return
            elif action == "undo":
                told = session.undo()
                self._leave()
                self._follow()
            elif action in ("previous", "next"):
                session.go(1 if action == "next" else -1)
                self._leave()
            elif action == "skip":
                session.skip()
                self._leave()
            elif action == "whole":
                self._whole = not self._whole
            elif session.current is None:
                told = "everything is coded; undo takes the last decision back"
            elif action == "machine":
                self._shown = True
            elif action == "add":
                told = self._add()
            elif action in ("save", "none", "reject"):
                told = self._decide(action)
        except reviews.ReviewError as error:
            told = f"not taken down: {error}"
        self.draw(told)

    def _decide(self, action: str) -> str:
        session, words = self.session, self.session.current["content"][:50]
        if action == "reject":
            session.reject(shown=self._shown, note=self._note.value)
            told = "no statement"
        else:
            labels = [] if action == "none" else self._positions()
            session.decide(labels, shown=self._shown, countries_=self._codes.value.strip(), note=self._note.value)
            told = reviews.write_positions(labels) or "takes no position"
        self._leave()
        self._follow()
        return f"taken down: {told} on “{words}”"

    def show(self, statement: str) -> None:
        """Bring a statement of the board's here to be corrected, with the machine's labels, which the coder saw."""
        if not self.session.look(statement):
            self.draw("this statement was added by hand: it is not among the machine's, which are coded here")
            return
        self._leave()
        self._shown = True
        self.draw()
        if statement not in self.session.mine:
            machine = self.session.machine()
            codes = list(dict.fromkeys([*self._codes.value.split("|"), *(code for code, *_ in machine)]))
            self._codes.value = "|".join(codes)
            self._fill(machine)
            self.draw("the machine's labels are filled in")
        self._reader.focus()

    def _follow(self) -> None:
        if self._board:
            self._board.refresh()

    def _add(self) -> str:
        """Add what is marked in the text, or the words typed where they stand in it."""
        session, current = self.session, self.session.current
        text, words = session.texts[current["article"]], self._words.value.strip()
        low, _ = self._stretch()
        start, end = (low + place for place in self._reader.selected) if len(self._reader.selected) == 2 else (0, 0)
        if " ".join(text[start:end].split()) != " ".join(words.split()):
            start = text.find(words, low) if words else -1
            if start < 0:
                raise reviews.ReviewError("these words are not in the article: mark them in the text")
            end = start + len(words)
        codes = self._missed_codes.value.strip()
        if not codes:
            raise reviews.ReviewError("say for which country the statement speaks: CHN, USA …, or UNKNOWN")
        session.add(current["article"], start, end, self._positions(codes), countries_=codes,
                    speaker=self._speaker.value.strip(), note=self._note.value)
        self._words.value = self._speaker.value = self._missed_codes.value = ""
        self._labels.clear()
        self._follow()
        return f"added: “{text[start:end][:60]}”"

    def _positions(self, codes: str = "") -> list[tuple[str, str, str]]:
        """The labels as positions of the countries that the statement speaks for, or of those given."""
        codes = [code for code in (codes or self._codes.value.strip()).split("|") if code] or ["UNKNOWN"]
        found = {}
        for (place, target), stance in self._labels.items():
            for code in codes if place == EVERYONE else [place]:
                found[code, target] = stance if place != EVERYONE else found.get((code, target), stance)
        return [(code, target, stance) for (code, target), stance in found.items() if stance and code in codes]

    def _set(self, target: str, stance: str) -> None:
        self._target = self.session.book.names.index(target)
        if stance:
            self._labels[self._for.value, target] = stance
        else:
            self._labels.pop((self._for.value, target), None)
        self.draw()

    def _marked(self, change) -> None:
        """Words marked in the text become those of a missed statement."""
        low, high = self._stretch()
        start, end = change["new"]
        self._words.value = " ".join(self.session.texts[self._article][low:high][start:end].split())

    def _leave(self) -> None:
        """Forget what was chosen for the statement before."""
        self._labels.clear()
        self._shown = self._whole = False
        self._target, self._note.value, self._for.value = 0, "", EVERYONE
        self._for_statement = ""

    # ---- drawing

    _for_statement, _article = "", ""

    def _stretch(self) -> tuple[int, int]:
        row = self.session.current
        return reader.stretch(self.session.texts[self._article], row["start"], row["end"], self._whole)

    def _lists(self) -> None:
        """The choices as the labels say."""
        names = self.session.book.names
        self._choices.chosen = {target: self._labels.get((self._for.value, target), "") for target in names}
        self._choices.active = names[min(self._target, len(names) - 1)]

    def _fill(self, positions: list[tuple[str, str, str]]) -> None:
        """Take these positions as the labels."""
        several = self._several()
        self._labels = {(code if several else EVERYONE, target): stance for code, target, stance in positions}

    def _several(self) -> bool:
        """Whether the statement speaks for several countries; then each may have labels of its own."""
        codes = [code.strip() for code in self._codes.value.split("|") if code.strip()]
        options = [EVERYONE, *(codes if len(codes) > 1 else [])]
        if list(self._for.options) != options:
            self._for.options = options
        self._for.layout.display = "" if len(codes) > 1 else "none"
        return len(codes) > 1

    def draw(self, told: str = "") -> None:
        """Bring the form to the session's place."""
        session = self.session
        self._progress.value = session.done
        self._progress.max = max(1, len(session.order))
        how = "blind" if session.blind and not self._shown else "the machine's label is shown"
        self._said.value = (f"<span role='status'>{session.done} of {len(session.order)} coded by {session.coder} · "
                            f"{session.sampling} · {how}</span>")
        row = session.current
        if row is None:
            self._reader.view = {"title": "All statements are coded", "status": told, "label": "Hand-coding"}
            return
        self._article = row["article"]
        if self._for_statement != row["statement"]:
            self._for_statement = row["statement"]
            known = session.mine.get(row["statement"], {})
            self._codes.value = known.get("countries") or row["countries"]
            self._fill(reviews.read_positions(known.get("positions", "")))
        self._lists()
        self._reader.view = self._view(row, told)

    def _view(self, row, told: str) -> dict[str, object]:
        session, book = self.session, self.session.book
        low, high = self._stretch()
        own = session.positions[session.positions["statement"] == row["statement"]]
        marks = reader.spans(row, own.itertuples() if self._shown or not session.blind else ())
        facts = [f"speaks for {coding.named(row['countries'])} · {row['kind']} · cue: {row['cue'] or 'none'}"]
        if self._shown or not session.blind:
            facts += [f"machine: {countries.name(code)} {stance} – {book.labels.get(target, target)}"
                      for code, target, stance in session.machine()] or ["machine: takes no position"]
        facts += session.others()
        known = session.mine.get(row["statement"])
        if known:
            facts.append("you decided: " + ("no statement" if known["action"] == "reject"
                                            else known["positions"] or "no position"))
        chosen = reviews.write_positions(self._positions()) or "no position"
        target = book.labels[book.names[min(self._target, len(book.names) - 1)]]
        return {"title": row["speaker"] or "Nobody named", "label": "Statement to be coded",
                "count": f"{row['article']} · {session.at + 1} of {len(session.order)} in this order",
                "pieces": reader.pieces(session.texts[row["article"]], low, high, marks), "facts": facts,
                "status": f"{told + ' · ' if told else ''}Chosen: {chosen} · keys s, o, e set: {target}"}
