"""Country of an actor, measured on the PLOVER gold standard records (CC BY-SA 4.0, Open Event Data Alliance).

    python benchmarks/countries.py [folder with eval/loaders.py] [-v]

The gold codes the country an actor comes from; our codebook asks for the government an actor speaks for. So `origin` is
measured on all strings that name a country, and `resolve` beside it. Organisations are one class in the gold.
"""

import argparse
import collections
import importlib.util
import pathlib
import time

from stancebrief import countries
from stancebrief.countries import mentions

SHARED = pathlib.Path(__file__).resolve().parents[2] / "shared"
SLIPS = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}  # codes that ISO 3166 does not have, and what they stand for
BODIES = {"IGO", "NGO", "IMG", "ISM"}


def actors(shared: pathlib.Path = SHARED) -> list[tuple[str, str, str]]:
    """(actor string, gold code, sentence); all organisations have the code IGO. Raises FileNotFoundError."""
    path = shared / "eval" / "loaders.py"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not there: give the folder that holds eval/loaders.py and corpora/")
    spec = importlib.util.spec_from_file_location("loaders", path)
    loaders = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaders)
    found = []
    for event in loaders.plover_gsr():
        for text, code in event["source"] + event["target"]:
            code = SLIPS.get(code, code)
            found.append((text.strip(), "IGO" if code in BODIES else code, event["text"]))
    return found


def folded(codes: tuple[str, ...]) -> set[str]:
    """Codes as the gold has them: every body is an IGO."""
    return {"IGO" if code in ("UN", "EU", "NATO", "OTHER") else code for code in codes}


def measure(pairs: list[tuple[str, str, str]]) -> dict[str, object]:
    """Counts right: `origin` and `resolve` among the strings that name something in our tables; the rest apart."""
    named, right, strict, apart = 0, 0, 0, 0
    wrong, unnamed = [], collections.Counter()
    for text, gold, sentence in pairs:
        codes, basis = countries.origin(text)
        if not mentions.find(text) and (codes == ("UNKNOWN",) or codes == ("OTHER",)):
            unnamed[codes[0]] += 1
            continue
        named += 1
        spoken, why = countries.resolve(text)
        right += gold in folded(codes)
        strict += gold in folded(spoken)
        apart += gold in folded(codes) and gold not in folded(spoken) and "no government" in why
        if gold not in folded(codes):
            wrong.append((text, gold, codes, basis, sentence))
    return {"strings": len(pairs), "named": named, "origin right": right, "resolve right": strict,
            "resolve: no government": apart, "not named": dict(unnamed), "wrong": wrong}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=pathlib.Path, default=SHARED)
    parser.add_argument("-v", action="store_true", help="print every wrong one")
    given = parser.parse_args()
    pairs = actors(given.shared)
    start = time.perf_counter()
    found = measure(pairs)
    took = time.perf_counter() - start
    print(f"{found['strings']} actor strings; {found['named']} name a country, capital, demonym, office or body")
    for name in ("origin right", "resolve right", "resolve: no government"):
        print(f"{name}: {found[name]} = {100 * found[name] / found['named']:.1f} %")
    print("(no government: rebels, refugees, experts …, to whom resolve gives OTHER and the gold a country)")
    print(f"strings that name none: {found['not named']}; {took:.2f} s")
    if given.v:
        for text, gold, codes, basis, _sentence in found["wrong"]:
            print(f"  {text!r}: gold {gold}, ours {'|'.join(codes)} ({basis})")


if __name__ == "__main__":
    main()
