"""What is missing or odd in a study, in plain words, before anything is run."""

from __future__ import annotations

from stancebrief import articles, codebook
from stancebrief import study as studies
from stancebrief.runs import notebooks


def study(name: str) -> list[str]:
    """One line for each thing to look at: settings, codebook, articles, notebooks. Empty: all well.

    Raises study.SettingError only where there is no study of that name or its study.yaml cannot be read.
    """
    ours = studies.load(name)
    found = [f"data/{name}/study.yaml: {key} is empty; {use}" for key, use in
             (("title", "the brief has no heading"), ("question", "the brief cannot say what it answers"))
             if not getattr(ours, key)]
    found += _codebook(ours) + _articles(ours)
    try:
        notebooks.find()
    except notebooks.NotebookError as error:
        found.append(str(error))
    return [plain(line) for line in found]


def plain(line: str) -> str:
    """The line with what a terminal would obey, in a file's name or its text, written out: \\n, \\x1b."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in line)


def _codebook(ours: studies.Study) -> list[str]:
    path = ours.folder / "codebook.yaml"
    if not path.is_file():
        return [f"data/{ours.name}/codebook.yaml is not there; without it statements have no positions"]
    try:
        names = list(codebook.read(path).names)
    except codebook.CodebookError as error:
        return [str(error)]
    return [f"data/{ours.name}/study.yaml: the codebook has no target {target!r}; it has {', '.join(names)}"
            for target in ours.targets if target not in names]


def _articles(ours: studies.Study) -> list[str]:
    try:
        return [f"{row.article or f'data/{ours.name}'}: {row.problem}: {row.reason}; {row.remedy}"
                for _, problems in articles.within(articles.in_parts(ours), ours) for row in problems.itertuples()]
    except articles.NoArticles as error:
        return [str(error)]
