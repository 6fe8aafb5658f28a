"""What changed since the last edition and why, in sentences that hold: the causes first, then who stands elsewhere."""

from __future__ import annotations

from stancebrief.brief.layout import Layout
from stancebrief.language import capital
from stancebrief.runs import differences, editions

NAMES = 5         # articles named; the rest are counted
ROWS = 24         # countries and targets shown; the rest are counted


def section(layout: Layout) -> dict[str, object]:
    """Values for the template: `since` is the name of the last edition, empty where none is kept or it cannot be read.

    Reads the evidence file beside the brief, so it is called after that is written.
    """
    nothing = {"since": "", "since_causes": [], "since_why": "", "since_rows": [], "since_columns": [], "since_more": 0}
    report = layout.study.report
    last = editions.previous(report, layout.edition)
    if last is None:
        return nothing
    try:
        found = differences.compare(differences.read(last), differences.read(report / editions.EVIDENCE))
    except differences.EditionError:  # kept by an older program: nothing can be said, so nothing is
        return nothing
    say = layout.language.say
    rows = [(place(layout, change), cell(layout, change.old), cell(layout, change.new)) for change in found.cells]
    return {"since": found.old.name, "since_causes": causes(layout, found), "since_why": why(layout, found),
            "since_rows": rows[:ROWS], "since_more": max(0, len(rows) - ROWS),
            "since_columns": [say(f"since.table.{name}") for name in ("place", "old", "new")]}


def causes(layout: Layout, found: differences.Difference) -> list[str]:
    """What went in that was not the same, one sentence each."""
    language, say, lines = layout.language, layout.language.say, []
    for key, names, one in (("added", found.added, found.new), ("removed", found.removed, found.old),
                            ("retexted", found.retexted, found.new), ("redescribed", found.redescribed, found.new)):
        if names:
            shown = [_article(one, name) for name in names[:NAMES]]
            if len(names) > NAMES:
                shown.append(say("since.more_articles", n=len(names) - NAMES))
            lines.append(say(f"since.{key}", n=len(names), Words=capital(language.words(len(names))),
                             names=language.join(shown)))
    if found.codebook:
        lines.append(say("since.codebook"))
    if found.settings:
        lines.append(say("since.settings", n=len(found.settings), settings=say("since.between").join(
            say("since.setting", name=name, old=_value(layout, old), new=_value(layout, new))
            for name, old, new in found.settings)))
    if found.files:
        lines.append(say("since.files", n=len(found.files), files=language.join(
            [*found.files[:NAMES], *([say("since.more_articles", n=len(found.files) - NAMES)]
                                     if len(found.files) > NAMES else [])])))
    if found.code:
        old, new = found.old.version or "?", found.new.version or "?"
        lines.append(say("since.code", version=new) if old == new else say("since.version", old=old, new=new))
    if found.packages or found.model:
        lines.append(say("since.packages", packages=language.join(
            [*found.packages, *([say("since.model")] if found.model else [])])))
    return lines


def why(layout: Layout, found: differences.Difference) -> str:
    """Whether what follows can be put down to what went before; says no more than the two editions tell."""
    say = layout.language.say
    if not found.cells:
        return say("since.same")
    known = found.old.code and found.new.code  # else the program may have changed too
    key = "several" if found.causes > 1 else "because" if found.causes and known else "unexplained"
    sides = sum(change.side for change in found.cells)
    return " ".join((
        say("since.cells", n=len(found.cells), Words=capital(layout.language.words(len(found.cells)))),
        say("since.sides", n=sides, words=layout.language.words(sides)) if sides else
        say("since.sides_none"), say(f"since.{key}")))


def place(layout: Layout, change: differences.Change) -> str:
    """ "China on sanctions on North Korea"."""
    return layout.language.say("since.place", country=layout.language.country(change.country),
                               target=layout.language.in_text(layout.labels.get(change.target, change.target)))


def cell(layout: Layout, found: differences.Cell | None) -> str:
    """What an edition says of a country on a target: the side that it may name, and the counts."""
    say = layout.language.say
    if found is None:
        return say("since.not_shown")
    if not found.n:
        return say("stance.none")
    counts = say("country.count", support=found.support, neutral=found.neutral, oppose=found.oppose)
    return say("since.cell", side=say(f"since.side_{found.named or 'none'}"), counts=counts)


def _article(one: differences.Edition, name: str) -> str:
    """How an article is called: its outlet where that is known, else its file."""
    outlet = one.articles[name][1]
    return f"{outlet} ({name})" if outlet else name


def _value(layout: Layout, value: object) -> str:
    if isinstance(value, dict):
        value = [f"{key} {item}" for key, item in sorted(value.items())]
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return str(value) if str(value) else layout.language.say("since.empty")
