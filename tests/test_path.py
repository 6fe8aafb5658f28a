"""The path has one direction: each module imports only from those before it."""

import ast
import pathlib

import pytest

LIBRARY = pathlib.Path(__file__).resolve().parents[1] / "lib" / "stancebrief"

# In the order of the path; a package counts as one module. A new module goes where its reader would look for it.
ORDER = """
study tables store clusters engine
decoding furniture metadata files pages documents bulk formats doubts entries articles
gazetteer mentions countries offices
confidence parses vocabulary cues quotations sheets complements subjects reports speech attributions drafts
names homes allegiance references sources printed statements
wordings stories repeats
codebook targets valence scenes judgements stands governing grammar contents reporting carried stance directions
wording tone sentiment
scoring gold intervals reviews adjudication coding agreement reliability measured correction
events series sensitivity
language theme charts
selection linked reader boards forms explore
dnafile dna networks exchange
kernels notebooks manifest editions publishing runs
evidence findings figures layout sections panels brief profiles
extracts checks beginnings __main__
""".split()


def modules() -> dict[str, list[pathlib.Path]]:
    """Each module with its files."""
    found: dict[str, list[pathlib.Path]] = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        name = path.relative_to(LIBRARY).parts[0].removesuffix(".py")
        if name != "__init__":
            found.setdefault(name, []).append(path)
    return found


def imports(name: str, paths: list[pathlib.Path]) -> set[str]:
    """The modules of ours that these files import, wherever in the file."""
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "stancebrief" and not node.level:
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level and path.parent == LIBRARY:
                found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stancebrief."):
                found.add(node.module.split(".")[1])
            elif isinstance(node, ast.Import):
                found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("stancebrief.")}
    return (found & set(modules())) - {name}


def test_every_module_has_its_place():
    assert len(ORDER) == len(set(ORDER))
    assert set(modules()) - set(ORDER) == set(), "put it into ORDER, before the modules that import it"


@pytest.mark.parametrize("name", sorted(set(modules()) & set(ORDER)))
def test_a_module_imports_only_from_those_before_it(name):
    later = {other for other in imports(name, modules()[name]) & set(ORDER) if ORDER.index(other) > ORDER.index(name)}
    assert not later, f"{name} comes before {', '.join(sorted(later))} on the path and must not import from there"


def test_the_reading_of_imports_sees_every_form(tmp_path):
    file = tmp_path / "x.py"
    file.write_text("from stancebrief import tables\ndef f():\n    from stancebrief.articles import read\n"
                    "import stancebrief.study as s\nimport os\n")
    assert imports("x", [file]) == {"tables", "articles", "study"}
