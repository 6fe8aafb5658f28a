"""How one party of a sentence stands to another, read by the same grammar without a codebook."""

from __future__ import annotations

from spacy.tokens import Span, Token

from stancebrief import parses
from stancebrief.stance import contents, grammar, scenes, valence

AGAINST = {"against", "harm", "bad", "lower", "deny", "refuse", "warn", "question", "unready"}
FOR = {"for", "help", "good", "ready"}


def toward(text: str, source: tuple[int, int], target: tuple[int, int]) -> tuple[int, str, dict[str, float]]:
    """How one party of a sentence stands to another: (+1, -1 or 0, the rule, what the words between them say).

    `source` and `target` are character spans of the text; an empty source stands for the speaker. No codebook is asked:
    the target is read as a government whose conduct is judged. The last part counts the classes of the words on the way
    through the parse from the one to the other, denied ones apart ("not:for"), for those who want to learn from them.
    """
    doc = parses.parse([parses.legible(text)])[0]
    if not len(doc):
        return 0, "", {}
    a = doc.char_span(*source, alignment_mode="expand") if source[1] > source[0] else None
    b = doc.char_span(*target, alignment_mode="expand")
    ours = {token.i for token in a or ()}
    senses = valence.senses(doc)

    def own(token: Token) -> bool | None:
        first = token.text != "US" and valence.lower(token.text) in contents.FIRST_PERSON
        return True if token.i in ours or (first and a is None) else None

    scene = scenes.Scene(doc, senses, 0, len(doc), own)
    way = _way(a, b)
    counts: dict[str, float] = {}
    for token in doc:
        for name in scene.classes(token):
            name = f"not:{name}" if scenes.negated(token) or scenes.negated(token.head) else name
            counts[name] = counts.get(name, 0) + 1
            if token.i in way:
                counts[f"way:{name}"] = counts.get(f"way:{name}", 0) + 1
    reading = grammar.climb(scene, b.start, b.end, "conduct")[0] if b is not None and len(b) else None
    if reading is not None:
        return reading.sign, reading.rule, counts
    sign = 0
    for i in sorted(way):
        classes = scene.classes(doc[i])
        value = -1 if classes & AGAINST else 1 if classes & FOR else 0
        sign = sign or (-value if value and scenes.negated(doc[i]) else value)
    return sign, "way" if sign else "", counts


def _way(a: Span | None, b: Span | None) -> set[int]:
    """The tokens on the way through the parse from one span to the other, without the spans."""
    if b is None or not len(b):
        return set()
    up = [b.root, *b.root.ancestors]
    if a is None or not len(a):
        return {token.i for token in up} - set(range(b.start, b.end))
    down = {token.i for token in (a.root, *a.root.ancestors)}
    meet = next((n for n, token in enumerate(up) if token.i in down), len(up) - 1)
    top = up[meet].i
    below = [token.i for token in (a.root, *a.root.ancestors)]
    way = {token.i for token in up[: meet + 1]} | set(below[: below.index(top) + 1] if top in below else below)
    return way - set(range(a.start, a.end)) - set(range(b.start, b.end))
