"""A form in a notebook cell: window, countries and targets chosen, the brief made anew with them, and how far it is."""

from __future__ import annotations

import datetime
import html
import re
import signal
import subprocess
import sys
import threading

import ipywidgets

from stancebrief import codebook, countries, runs, study

STEPS = runs.LAST - runs.FIRST  # notebooks of a report that run once
LINE = re.compile(r"\d-[a-z-]+( [A-Z]+)?")  # what a run says when it begins a notebook
# Ctrl-C reaches the run even where the process that started us has it turned off, as shells do in the background.
RUN = ("import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
       "from stancebrief.__main__ import main; sys.exit(main(sys.argv[1:]))")
PATIENCE = 20  # seconds for a run that was stopped to put its folder in order


def form(ours: study.Study) -> Order | None:
    """The form, where a person works in the notebook; nothing where a run made the notebook's folder and reads none."""
    return None if ours.workspace else Order(ours)


class Order(ipywidgets.VBox):
    """An order for a brief: what is chosen goes to `python -m stancebrief report` as parameters, nothing else does.

    A field that is left empty leaves what study.yaml says. The run is a process of its own, so the notebook can be
    used meanwhile; what goes wrong is said in the form, and the last brief then stays. `chosen` and `make` are the same
    from Python; `wait` waits for the run to end.
    """

    def __init__(self, ours: study.Study) -> None:
        self.study = study.load(ours.name)
        self._run: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        wide = {"description_width": "9em"}
        lists = ipywidgets.Layout(width="34em", max_width="100%", height="11em")
        self.start = ipywidgets.DatePicker(description="First day", style=wide)
        self.end = ipywidgets.DatePicker(description="Last day", style=wide)
        self.countries = ipywidgets.SelectMultiple(description="Countries", options=_speakers(self.study), style=wide,
                                                   layout=lists)
        self.targets = ipywidgets.SelectMultiple(description="Targets", options=_targets(self.study), style=wide,
                                                 layout=lists)
        self.least = ipywidgets.BoundedIntText(0, min=0, max=1000, description="Too few below", style=wide,
                                               tooltip="utterances; 0: as study.yaml says")
        self.go = ipywidgets.Button(description="Make the brief", button_style="primary")
        self.go.on_click(lambda _: self.make())
        self.stop = ipywidgets.Button(description="Stop", disabled=True)
        self.stop.on_click(lambda _: self.cancel())
        self.progress = ipywidgets.IntProgress(layout=ipywidgets.Layout(width="16em"))
        self.said = ipywidgets.HTML("Nothing chosen: as study.yaml says. Several: hold Ctrl (on a Mac, Command).")
        super().__init__([
            ipywidgets.HBox([self.start, self.end, self.least], layout=ipywidgets.Layout(flex_flow="row wrap")),
            ipywidgets.HBox([self.countries, self.targets], layout=ipywidgets.Layout(flex_flow="row wrap")),
            ipywidgets.HBox([self.go, self.stop, self.progress, self.said],
                            layout=ipywidgets.Layout(flex_flow="row wrap", align_items="center"))])

    @property
    def chosen(self) -> dict[str, str]:
        """The parameters that are chosen, as text; an empty field has none."""
        days = {name: value.isoformat() for name, value in (("start", self.start.value), ("end", self.end.value))
                if isinstance(value, datetime.date)}
        lists = {name: ",".join(value) for name, value in (("countries", self.countries.value),
                                                           ("targets", self.targets.value)) if value}
        return days | lists | ({"min_statements": str(self.least.value)} if self.least.value else {})

    def make(self) -> None:
        """Start the run; while one is at work this does nothing."""
        if self._run and self._run.poll() is None:
            return
        given = [f"{name}={value}" for name, value in self.chosen.items()]
        self.progress.max = STEPS + max(1, len(self.countries.value or self.study.countries or self.countries.options))
        self.progress.value = 0
        self._busy(True)
        self._say("starting")
        self._run = subprocess.Popen([sys.executable, "-c", RUN, "report", self.study.name, *given],
                                     stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                     text=True, cwd=study.ROOT, start_new_session=True)
        self._thread = threading.Thread(target=self._follow, args=(self._run,), daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """End the run as Ctrl-C does; the last brief stays."""
        if self._run and self._run.poll() is None:
            self._run.send_signal(signal.SIGINT)

    def wait(self, seconds: float | None = None) -> None:
        """Return when the run has ended, or after these seconds."""
        if self._thread:
            self._thread.join(seconds)

    def _follow(self, run: subprocess.Popen[str]) -> None:
        """Move the bar with each notebook, and say how it ended."""
        told: list[str] = []
        for line in run.stderr or ():
            if LINE.fullmatch(line.strip()):
                self.progress.value += 1
                self._say(line.strip())
            elif line.strip():
                told.append(line.strip())
        out = run.stdout.read().strip() if run.stdout else ""
        code = run.wait(PATIENCE)
        if code == 0:
            self.progress.value = self.progress.max
            self._say(f"made: {out}")
        elif code in (-signal.SIGINT, 128 + signal.SIGINT):
            self._say("stopped; the last brief is as it was")
        else:
            self._say("not made: " + " ".join(told[-4:]).removeprefix("stancebrief: "))
        self._busy(False)

    def _say(self, words: str) -> None:
        self.said.value = html.escape(words)

    def _busy(self, busy: bool) -> None:
        self.go.disabled, self.stop.disabled = busy, not busy


def _speakers(ours: study.Study) -> list[tuple[str, str]]:
    """Name and code of the countries a brief could show: the study's, and those that speak in its last report."""
    return [(countries.name(code), code) for code in dict.fromkeys([*ours.countries, *runs.speaking(ours.tables)])]


def _targets(ours: study.Study) -> list[tuple[str, str]]:
    """Label and name of the codebook's targets."""
    path = ours.folder / "codebook.yaml"
    return [(label, name) for name, label in codebook.read(path).labels.items()] if path.is_file() else []
