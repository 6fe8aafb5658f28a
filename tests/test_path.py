"""The path has one direction: each module imports only from those before it."""

import ast
import pathlib

import pytest

LIBRARY = pathlib.Path(__file__).resolve().parents[1] / "lib" / "stancebrief"

# In the order of the path. A package stands before its modules' names, which are in order too; it gathers what they
# make, so it may import from all of them. A new module goes where its reader would look for it.
ORDER = """
study tables datasets
engine: store scratch indexes progress workers errands pools clusters outcomes gathering renewal
articles: decoding furniture days metadata files published pages documents mails bulk formats doubts entries
    known portions
countries: gazetteer mentions grammar offices
parses
statements: confidence vocabulary cues quotations marks sheets thinkers asides bounds parentheses clauses objects
    verdicts complements subjects reports convictions speechnouns voices speech endings unlisted attributions drafts
    names outlets datelines media homes introductions owners announced holders masters allegiance references together
    descriptions groups sources printed transcripts
repeats: wordings sketches meetings archive stories reports register utterances
codebook
stance: targets valence scenes untruths judgements stands powers aims heads effects frames deeds acts governing
    modifiers prepositions regards standing nouns clauses grammar contents connotations anaphors antecedents standins
    rebuffs reporting carried overlaps coding surroundings features forests learned
directions
sentiment: wording tone
intervals
steps ready sides
agreement: scoring gold reviews adjudication coding reliability measured unseen correction
llm: endpoint prompts answers
language events series sensitivity
theme charts
explore: selection linked drawings listing reader boards labels forms
exchange: dnafile dna networks
kernels
runs: manifest notebooks editions differences publishing
orders
brief: evidence findings figures layout continued sections trust since cards panels opening composition profiles
prints extracts checks beginnings __main__
"""


def order() -> list[str]:
    """Every module's dotted name, a package after its modules."""
    found: list[str] = []
    package = ""
    for word in ORDER.replace("\n    ", " ").replace("\n", " \n ").split(" "):
        if word == "\n":
            found += [package] if package else []
            package = ""
        elif word.endswith(":"):
            package = word[:-1]
        elif word:
            found.append(f"{package}.{word}" if package else word)
    return found


def modules() -> dict[str, list[pathlib.Path]]:
    """Each module with its files; the parts of `charts` count as one."""
    found: dict[str, list[pathlib.Path]] = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        parts = path.relative_to(LIBRARY).with_suffix("").parts
        name = ".".join(parts if parts[0] != "charts" and parts[-1] != "__init__" else parts[:1])
        if name != "__init__":
            found.setdefault(name, []).append(path)
    return found


def imports(name: str, paths: list[pathlib.Path]) -> set[str]:
    """The modules of ours that these files import, wherever in the file."""
    named: set[str] = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and not node.level:
                named |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.ImportFrom):
                raise AssertionError(f"{path.name}: import from stancebrief by its full name")
            elif isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
    dotted = {one.removeprefix("stancebrief.") for one in named if one.startswith("stancebrief.")}
    found = {"charts" if one.startswith("charts.") else one for one in dotted} & set(modules())
    return {one for one in found if not any(other.startswith(one + ".") for other in found)} - {name}


def test_every_module_has_its_place():
    assert len(order()) == len(set(order()))
    assert set(modules()) == set(order()), "put it into ORDER, before the modules that import it"


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_imports_only_from_those_before_it(name):
    places = {other: place for place, other in enumerate(order())}
    later = {other for other in imports(name, modules()[name]) if places[other] > places[name]}
    assert not later, f"{name} comes before {', '.join(sorted(later))} on the path and must not import from there"


def test_the_reading_of_imports_sees_every_form(tmp_path):
    file = tmp_path / "x.py"
    file.write_text("from stancebrief import tables\ndef f():\n    from stancebrief.articles import read\n"
                    "import stancebrief.study as s\nimport os\n"
                    "from stancebrief.stance import targets\n")
    assert imports("x", [file]) == {"tables", "articles", "study", "stance.targets"}
