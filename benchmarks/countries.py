"""Country of an actor, measured on the PLOVER gold standard records (CC BY-SA 4.0, Open Event Data Alliance).

    python benchmarks/countries.py [SHARED] [-v]

Needs SHARED (default: ../shared) with eval/loaders.py and corpora/PLOVER_GSR; takes seconds.
The gold codes the country an actor comes from; our codebook asks for the government an actor speaks for. So `origin` is
measured on all strings that name a country, and `resolve` beside it. Organisations are one class in the gold.
"""

import collections
import pathlib
import sys
import time
from collections.abc import Iterator

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ledger

from stancebrief import countries
from stancebrief.countries import mentions

SLIPS = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}  # codes that ISO 3166 does not have, and what they stand for
BODIES = {"IGO", "NGO", "IMG", "ISM"}


def actors(shared: pathlib.Path = ledger.SHARED) -> list[tuple[str, str, str]]:
    """(actor string, gold code, sentence); all organisations have the code IGO. Raises FileNotFoundError."""
    found = []
    for event in ledger.loaders(shared, "PLOVER_GSR").plover_gsr():
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


def told(found: dict[str, object], seconds: float) -> Iterator[ledger.Row]:
    """The shares as rows."""
    named = found["named"]
    about = {"origin right": "the country an actor comes from, as the gold has it",
             "resolve right": "the government an actor speaks for, as our codebook asks",
             "resolve: no government": "rebels, refugees, experts …: OTHER to resolve, a country to the gold"}
    for name, words in about.items():
        yield (f"country of an actor (PLOVER): {name}", f"{100 * found[name] / named:.1f} %",
               f"{words}; {named} of {found['strings']} actor strings name a country, capital, office or body")
    yield ("country of an actor (PLOVER): speed", f"{found['strings'] / seconds:,.0f} strings/s",
           f"{seconds:.2f} s; strings that name none: {found['not named']}")


def main() -> None:
    parser = ledger.parser(__doc__)
    parser.add_argument("shared", nargs="?", type=pathlib.Path, default=ledger.SHARED)
    parser.add_argument("-v", action="store_true", help="print every wrong one")
    given = parser.parse_args()
    pairs = actors(given.shared)
    start = time.perf_counter()
    found = measure(pairs)
    took = time.perf_counter() - start
    print(ledger.table(list(ledger.noted(told(found, took), given.rows))))
    if given.v:
        for text, gold, codes, basis, _sentence in found["wrong"]:
            print(f"  {text!r}: gold {gold}, ours {'|'.join(codes)} ({basis})")


if __name__ == "__main__":
    ledger.run(main)
