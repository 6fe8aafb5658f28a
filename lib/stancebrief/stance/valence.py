"""Words that decide direction: which class each has (`data/reference/valence.csv`), and where they stand in a parse.

A class says what a word does to what it governs: `against` and `for` are stands, `raise` and `lower` make more or less
of it, `harm` and `help` judge the doer, `bad` and `good` judge what they are said of, `ask`, `intend`, `warn`, `deny`,
`question`, `refuse`, `discuss`, `label` and `say` are how a clause is put, `opaque` hides what hangs on it.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import re
from collections.abc import Sequence

from spacy.tokens import Doc

from stancebrief import study
from stancebrief.statements import vocabulary

FILE = study.DATA / "reference" / "valence.csv"
PARTS = {"v": "verb", "n": "noun", "a": "adjective or adverb", "r": "adverb of the whole sentence"}
CLASSES = ("against", "for", "raise", "lower", "harm", "help", "bad", "good", "ask", "intend", "say", "warn", "deny",
           "question", "refuse", "label", "discuss", "answer", "need", "ill", "conduct",
           "opaque", "ready", "unready", "regret", "slack")
BETWEEN = vocabulary.of("within_entry")  # adverbs that may stand inside an entry
GAP = 8  # words that "…" in an entry may stand for
IRREGULAR = {
    "be": "is are was were been being am 's 're", "have": "has had having", "do": "does did done doing",
    "make": "made", "take": "took taken", "give": "gave given", "get": "got gotten", "go": "goes went gone going",
    "come": "came", "keep": "kept", "hold": "held", "bring": "brought", "build": "built", "begin": "began begun",
    "break": "broke broken", "send": "sent", "seek": "sought", "fight": "fought", "find": "found",
    "think": "thought", "feel": "felt", "say": "said says", "tell": "told", "write": "wrote written",
    "see": "saw seen", "show": "shown", "know": "knew known", "mean": "meant", "lead": "led", "leave": "left",
    "lose": "lost", "cut": "cut cutting", "set": "set setting", "put": "put putting", "hit": "hit hitting",
    "shoot": "shot", "stand": "stood", "sit": "sat", "speak": "spoke spoken", "tear": "tore torn", "rip": "ripped",
    "withdraw": "withdrew withdrawn", "withhold": "withheld", "uphold": "upheld", "undertake": "undertook undertaken",
    "overcome": "overcame", "forgo": "forwent forgone", "forswear": "forswore forsworn", "forbid": "forbade forbidden",
    "choose": "chose chosen", "swear": "swore sworn", "beseech": "besought", "understand": "understood",
    "fall": "fell fallen", "fly": "flew flown", "drag": "dragged", "drop": "dropped", "stop": "stopped stopping",
    "ban": "banned banning", "bar": "barred barring", "scrap": "scrapped scrapping",
    "beg": "begged begging",
    "slam": "slammed slamming", "rap": "rapped", "quit": "quit quitting", "commit": "committed committing",
    "submit": "submitted submitting", "permit": "permitted permitting", "defer": "deferred deferring",
    "deter": "deterred deterring", "prefer": "preferred preferring", "admit": "admitted admitting",
    "regret": "regretted regretting", "pan": "panned", "shun": "shunned", "dub": "dubbed", "plan": "planned planning",
    "fan": "fanned fanning", "stir": "stirred stirring", "step": "stepped stepping", "shut": "shut shutting",
    "win": "won", "strike": "struck", "catch": "caught", "deal": "dealt",
    "strive": "strove striven", "mistake": "mistook", "rebut": "rebutted rebutting",
    "flip-flop": "flip-flopped", "wind": "wound", "feed": "fed", "slap": "slapped slapping",
    "snap": "snapped snapping", "skip": "skipped", "cancel": "cancelled cancelling", "abet": "abetted",
    "label": "labelled labelling", "counsel": "counselled", "fulfil": "fulfilled fulfilling", "prod": "prodded",
    "refer": "referred", "bet": "bet", "impel": "impelled", "compel": "compelled", "nod": "nodded",
    "lie": "lied lying", "swap": "swapped", "wrap": "wrapped", "spread": "spread", "ring": "rang rung",
    "spend": "spent", "drive": "drove driven", "bear": "bore borne", "sell": "sold", "buy": "bought", "sleep": "slept",
    "freeze": "froze frozen",
    "pay": "paid", "lay": "laid", "tap": "tapped", "throw": "threw thrown", "shrug": "shrugged", "bid": "bid",
}


@dataclasses.dataclass(frozen=True)
class Sense:
    """A word or phrase of the list where it stands: its classes and the tokens it covers."""

    words: str
    part: str
    classes: frozenset[str]
    tokens: tuple[int, ...]


def forms(verb: str) -> set[str]:
    """The inflected forms of a verb, its first word inflected."""
    first, _, rest = verb.partition(" ")
    found = {first}
    irregular = IRREGULAR.get(first, "").split()
    found.update(irregular)
    stem = first[:-1] if first.endswith("e") else first
    if first != "be":
        if re.search(r"[^aeiou]y$", first):
            found.update((first[:-1] + "ies", first[:-1] + "ied", first + "ing"))
        else:
            found.add(first + ("es" if re.search(r"(s|x|z|ch|sh|o)$", first) else "s"))
            found.update((stem + "ed", stem + "ing"))
            if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", first):  # rip: ripped, ripping
                found.update((first + first[-1] + "ed", first + first[-1] + "ing"))
            if first.endswith("ee"):
                found.add(first + "ing")
    return {f"{form} {rest}".strip() for form in found}


def verbs(name: str) -> frozenset[str]:
    """All forms of the verbs of a class of `word_classes.csv`."""
    return frozenset(form for verb in vocabulary.of(name) for form in forms(verb))


def _plurals(noun: str) -> set[str]:
    if re.search(r"[^aeiou]y$", noun):
        return {noun, noun[:-1] + "ies"}
    return {noun, noun + ("es" if re.search(r"(s|x|z|ch|sh)$", noun) else "s")}


def _adverbs(adjective: str) -> set[str]:
    """The adverb of a one-word adjective: reckless, recklessly."""
    if " " in adjective or adjective.endswith(("ly", "er", "st", "ed", "ing")):
        return set()
    if adjective.endswith("le"):
        return {adjective[:-1] + "y"}
    if adjective.endswith("ic"):
        return {adjective + "ally"}
    return {adjective[:-1] + "ily" if adjective.endswith("y") else adjective + "ly"}


@functools.cache
def entries() -> dict[tuple[str, str], frozenset[str]]:
    """{(words, part): classes} as listed."""
    found: dict[tuple[str, str], set[str]] = {}
    with FILE.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            if row["part"] not in PARTS or row["class"] not in CLASSES or not row["words"].strip():
                raise ValueError(f"data/reference/valence.csv, line {number}: part must be one of "
                                 f"{', '.join(PARTS)}, "
                                 f"class one of {', '.join(CLASSES)}: {row}")
            found.setdefault((row["words"], row["part"]), set()).add(row["class"])
    return {key: frozenset(classes) for key, classes in found.items()}


@functools.cache
def _index() -> dict[str, list[tuple[tuple[str, ...], str, str, frozenset[str]]]]:
    """{first form: [(tokens of the entry, words as listed, part, classes)]}, longest entry first."""
    index: dict[str, list[tuple[tuple[str, ...], str, str, frozenset[str]]]] = {}
    for (words, part), classes in entries().items():
        surfaces = forms(words) if part == "v" else _plurals(words) if part == "n" else {words} | _adverbs(words)
        for surface in surfaces:
            tokens = tuple(piece for word in surface.split() for piece in _pieces(word))
            index.setdefault(tokens[0], []).append((tokens, words, part, classes))
    for found in index.values():
        found.sort(key=lambda entry: (-len(entry[0]), entry[1], entry[2]))
    return index


def _pieces(word: str) -> list[str]:
    """A word as the tokenizer cuts it: at hyphens between letters and before 's."""
    return re.findall(r"…|-|'s$|(?:(?!'s$)[^-…])+", word) if "-" in word or word.endswith("'s") else [word]


def lower(token_text: str) -> str:
    return token_text.lower().replace("’", "'")


def _fits(part: str, tag: str, single: bool, first: bool) -> bool:
    """Whether an entry of that part of speech may stand at a token so tagged."""
    if part == "v":
        return tag[0] in "VM" or not single or (tag in ("NN", "NNS", "JJ") and first)
    if part == "n":
        return tag[0] == "N" or tag == "VBG" or not single
    return tag[0] in "JRI" or tag in ("VBN", "VBG", "VBD", "NN", "NNP", "UH") or not single


def senses(doc: Doc, lo: int = 0, hi: int | None = None) -> list[Sense | None]:
    """For each token the listed word or phrase that it heads there; None: nothing listed.

    No phrase reaches over lo or hi, the ends of a content: "voiced" | "alarm at the launch".
    Longer entries win. A word listed as several parts of speech is taken as the tagger has it; a verb that the tagger
    took for a noun (headlines) is accepted where the list has it as a verb only.
    """
    tokens_of = list(doc)
    words = [lower(token.text) for token in tokens_of]
    found: list[Sense | None] = [None] * len(words)
    covered = [False] * len(words)
    matches = [
        (len(at), at[0], at, entry, part, classes)
        for at, entry, part, classes in _listed(tuple(words))
        if (at[0] < lo) == (at[-1] < lo) and (hi is None or (at[0] < hi) == (at[-1] < hi))
    ]
    # "is committed to": of entries that cover the same words, a participle is taken for an adjective
    nouns = {i for _, i, _, _, part, _ in matches if part == "n"}
    torn = {i for i in nouns if tokens_of[i].tag_[0] == "N"}  # "plans to" where plans are a noun
    matches = [m for m in matches if not (m[0] > 1 and m[4] == "v" and m[1] in torn)]
    matches.sort(key=lambda m: (-m[0], m[1], m[4] != ("a" if tokens_of[m[1]].tag_ in ("VBN", "JJ") else "v")))
    singles: dict[int, list[tuple[str, str, frozenset[str]]]] = {}
    for length, i, at, entry, part, classes in matches:
        if length == 1:
            singles.setdefault(i, []).append((entry, part, classes))
            continue
        if any(covered[j] for j in at):
            continue
        head = next((j for j in at if tokens_of[j].head.i not in at or tokens_of[j].head.i == j), at[0])
        if part == "v":  # "were needed": the helper is not what the rest of the sentence hangs on
            head = next((j for j in at if tokens_of[j].dep_ not in ("aux", "auxpass", "neg")), at[0])
        found[head] = Sense(entry, part, classes, at)
        for j in at:
            covered[j] = True
    for i, options in singles.items():
        if covered[i]:
            continue
        tag = tokens_of[i].tag_ or "XX"
        if tag in ("NNP", "NNPS") and i and tokens_of[i].text[:1].isupper() and not tokens_of[i].text.isupper():
            continue  # part of a name: the Security Council is no security
        if tokens_of[i].dep_ in ("amod", "acomp") and any(part == "a" for _, part, _ in options):
            tag = "JJ"
        parts = {part for _, part, _ in options}
        fitting = [option for option in options if _fits(option[1], tag, True, "n" not in parts)]
        if not fitting:
            continue
        best = fitting[0][1]
        for part in ("v" if tag[0] in "VM" else "", "n" if tag[0] == "N" else "", "a" if tag[0] in "JRV" else "", "r"):
            if any(option[1] == part for option in fitting):
                best = part
                break
        chosen = [option for option in fitting if option[1] == best]
        found[i] = Sense(chosen[0][0], best, frozenset().union(*(c for _, _, c in chosen)), (i,))
    return found


@functools.lru_cache(maxsize=1024)
def _listed(words: tuple[str, ...]) -> tuple[tuple[tuple[int, ...], str, str, frozenset[str]], ...]:
    """Where entries of the list stand in a paragraph, which its statements ask for one after the other."""
    index, present = _index(), {*words, "…"}
    return tuple(
        (at, entry, part, classes)
        for i, word in enumerate(words)
        for tokens, entry, part, classes in index.get(word, ())
        if present.issuperset(tokens) and (at := _match(words, i, tokens))
    )


def _match(words: Sequence[str], i: int, tokens: tuple[str, ...]) -> tuple[int, ...]:
    """The positions at which the entry's tokens stand from i on; empty: they do not."""
    at, j, gap = [], i, False
    for token in tokens:
        if token == "…":
            gap = True
            continue
        if gap:
            for step in range(1, GAP + 1):
                if j + step - 1 < len(words) and words[j + step - 1] == token and step > 1:
                    j += step - 1
                    break
            else:
                return ()
            gap = False
        if at and j + 1 < len(words) and words[j] != token and (words[j].endswith("ly") or words[j] in BETWEEN):
            j += 1  # an adverb may stand between: "works closely on"
        if j >= len(words) or words[j] != token:
            return ()
        at.append(j)
        j += 1
    return tuple(at)


@functools.cache
def of_cue(cue: str) -> frozenset[str]:
    """The classes of a reporting word with its particle, in any form; nouns and adjectives count where no verb does.

    Helper verbs and adverbs before it say nothing themselves ("has strongly urged", "made a plea for", "voiced deep
    regret over").
    """
    pieces = [piece for word in lower(cue).split() for piece in _pieces(word)]
    for start, piece in enumerate(pieces):
        options = [(min(len(tokens), len(pieces) - start), part, classes)
                   for tokens, _, part, classes in _index().get(piece, ())
                   if _match(pieces, start, tokens) or (len(tokens) > 2 and tokens[:-1] == tuple(pieces[start:]))]
        longest = max((length for length, _, _ in options), default=0)
        helper = piece in HELPERS or piece.endswith("ly")
        if longest and not (longest == 1 and helper and start + 1 < len(pieces)):
            for part in ("v", "n", "a"):
                classes = [c for length, p, c in options if p == part and length == longest]
                if classes:
                    return frozenset().union(*classes)
        if not helper and longest == 0 and start + 1 < len(pieces) and len(pieces[start]) > 3:
            return frozenset()
    return frozenset()


HELPERS = {"will", "would", "should", "also", "again", "further", "to", "a", "an", "the", "strong", "clear", "deep",
           "serious", "grave", "great", "profound", "his", "her", "its", "their"}.union(
    *map(forms, ("be", "have", "make", "do", "give", "take", "lodge", "file", "deliver", "level", "launch", "register",
                 "issue", "send", "raise", "express", "voice", "convey")))
