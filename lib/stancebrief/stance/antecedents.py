"""What "the step", "such pressure", "the launch" or "it" stands for: the target that was named before it.

A noun with "the", "this", "such" or a possessive before it stands for a target where it repeats the head of words that
named one ("the missile launch … the launch"), or is a general word for that kind of thing (`paraphrases.csv`: a
`measure` may be called a step, talks a process). A pronoun stands for one only at short range. Salience, in that order:
the sentence before the word, the sentence before that one, what the same source said last, the paragraph, the
paragraph before, the headline and the lead. The nearest of these places in which a fitting target is named decides; two
fitting targets in one place decide nothing, unless one of them is coded instead of the other.
"""

from __future__ import annotations

import collections
import csv
import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from stancebrief import codebook, study
from stancebrief.stance import anaphors, targets, valence
from stancebrief.stance.contents import Content
from stancebrief.statements import vocabulary

FILE = study.DATA / "reference" / "paraphrases.csv"
PROPOSALS = vocabulary.of("proposing")
PARAPHRASE, PRONOUN = "paraphrase", "pronoun"
LEAD = 3  # paragraphs that say what an article is about: headline, dateline, lead
REACH = 900  # characters that what the same source said last may lie back
CLOSE = ("sentence", "before", "said", "paragraph")
PLACES = {
    "sentence": "in the same sentence",
    "before": "in the sentence before",
    "said": "in what the same source said before",
    "paragraph": "in the same paragraph",
    "previous": "in the paragraph before",
    "lead": "in the headline or the lead",
    "article": "earlier in the article",
}


@dataclasses.dataclass(frozen=True)
class Link:
    """A word of a content that stands for a target named elsewhere."""

    target: str
    token: Token
    rule: str
    words: str  # those that name the target
    place: str
    against: bool = False
    outside: bool = False  # the word stands before the content, which is said of it

    @property
    def why(self) -> str:
        return f"‘{self.token.text}’ stands for ‘{self.words}’, {PLACES[self.place]}"


@functools.cache
def _paraphrases() -> dict[str, tuple[frozenset[str], bool]]:
    """{general noun: (the kinds of target that it may stand for, whether for what is named farther away too)}"""
    with FILE.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {row["word"]: (frozenset(row["stands_for"].split()), row["reach"] == "far") for row in rows}


def _singular(word: str) -> str:
    """A noun without its plural ending, roughly: two forms of one noun give the same."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


class Field:
    """Where an article names its targets."""

    def __init__(self, text: str, book: codebook.Codebook) -> None:
        self.text, self.book = text, book
        self.paragraphs = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
        self.said: dict[tuple[str, str], tuple[int, int]] = {}  # where each source was last heard

    @functools.cached_property
    def mentions(self) -> list[targets.Mention]:
        """The words that name targets, in order; the names of governments, whose conduct may be one, left out."""
        return [
            mention
            for a, b in self.paragraphs
            for mention in targets.find(self.text, a, b, self.book, paragraph=self.text[a:b], actors=False)
        ]

    @functools.cached_property
    def counts(self) -> dict[str, int]:
        """{target: how often the article names it}"""
        return collections.Counter(mention.target for mention in self.mentions)

    @functools.cached_property
    def led(self) -> tuple[set[str], set[str]]:
        """The targets named in the headline and the lead, and those in the headline."""
        lead, head = ({m.target for p in self.paragraphs[:n] for m in self.within(*p)} for n in (LEAD, 1))
        return lead, head

    def within(self, start: int, end: int) -> list[targets.Mention]:
        return [m for m in self.mentions if start <= m.start and m.end <= end]

    def topic(self, before: int) -> list[targets.Mention]:
        """What the headline and the lead name, where they end before that place."""
        return [m for p in self.paragraphs[:LEAD] if p[1] <= before for m in self.within(*p)]

    def often(self, target: str) -> bool:
        """Whether the article names a target more than once."""
        return self.counts.get(target, 0) > 1

    def opens(self, start: int) -> bool:
        """Whether the paragraph at that place is a headline: one of the first two, without a full stop."""
        return any(a <= start < b and not self.text[a:b].rstrip("\"'”’ ").endswith(".") for a, b in self.paragraphs[:2])

    def head(self, mention: targets.Mention) -> str:
        """The last word of a mention, in the singular: "launch" of "missile launches"."""
        words = re.findall(r"\w[\w-]*", self.text[mention.start : mention.end].lower().replace("’s", ""))
        return _singular(words[-1]) if words else ""


def links(content: Content, record: Mapping, field: Field, named: Sequence[targets.Mention]) -> list[Link]:
    """The words in or just outside a content that stand for targets which it does not name itself, in order."""
    found: list[Link] = []
    taken = {m.target for m in named if not m.actor}
    covered = {i for m in named for i in range(m.start, m.end)}
    for token in content.tokens:
        if content.offset + token.idx not in covered:
            found += filter(None, [_resolved(content, token, record, field)])
    for token in anaphors.left_out(content):
        link = _named_outside(content, token, field) or _resolved(content, token, record, field)
        if link is not None:
            found.append(dataclasses.replace(link, outside=True))
    return [link for link in found if link.target not in taken]


def _resolved(content: Content, token: Token, record: Mapping, field: Field) -> Link | None:
    if token.tag_ in ("NN", "NNS"):
        return _noun(content, token, record, field)
    return _pronoun(content, token, record, field)


def _named_outside(content: Content, token: Token, field: Field) -> Link | None:
    """The target that the words outside the content name themselves."""
    at = content.offset + token.idx
    for mention in field.within(content.offset + token.sent.start_char, content.offset + token.sent.end_char):
        if mention.start <= at < mention.end:
            return _link(mention, token, PARAPHRASE, "sentence", field)
    return None


def _places(content: Content, token: Token, record: Mapping, field: Field, far: bool
            ) -> Iterator[tuple[str, list[targets.Mention]]]:
    """(place, the mentions in it) from the nearest to the farthest."""
    at = content.offset + token.idx
    sentence = content.offset + token.sent.start_char
    paragraph = content.offset
    who, cue = int(record.get("speaker_start", -1)), int(record.get("cue_start", -1))
    described = field.within(who, cue) if far and 0 <= who < cue <= at else []
    yield "sentence", [m for m in field.within(sentence, at) if m not in described]  # not who the source is
    earlier = [s for s in content.scene.doc.sents if s.end_char <= token.sent.start_char and s.text.strip()]
    if earlier:
        yield "before", field.within(content.offset + earlier[-1].start_char, sentence)
    last = field.said.get((str(record["speaker"]), str(record["countries"])))
    if last is not None and 0 <= int(record["start"]) - last[1] < REACH:
        yield "said", field.within(*last)
    if not far:
        return
    yield "paragraph", field.within(paragraph, sentence)
    yield "lead", field.topic(paragraph)
    previous = [p for p in field.paragraphs if p[1] <= paragraph]
    if previous:
        yield "previous", field.within(*previous[-1])


def _one(mentions: Sequence[targets.Mention], book: codebook.Codebook) -> targets.Mention | None:
    """The last mention of the one target named; None where there are several, unless one is coded instead of others."""
    names = {m.target for m in mentions}
    names -= {other for name in names for other in book[name].instead_of}
    return next((m for m in reversed(mentions) if m.target in names), None) if len(names) == 1 else None


def _noun(content: Content, noun: Token, record: Mapping, field: Field) -> Link | None:
    """A noun that points back."""
    if not anaphors.points(content, noun, field.opens(content.offset)):
        return None
    owners = anaphors.owners(noun)
    word = _singular(valence.lower(noun.text))
    kinds, far = _paraphrases().get(word, (frozenset(), True))
    just = any(valence.lower(c.text) == "that" and c.dep_ == "det" for c in noun.children)  # said a moment ago

    def fits(mention: targets.Mention) -> bool:
        target = field.book[mention.target]
        same = field.head(mention) == word
        if not same and target.kind not in kinds:
            return False
        return not (owners and not owners & set(target.whose) and (target.whose or its))

    its = any(owners & set(t.whose) and (t.kind in kinds) and t.kind != "conduct" for t in field.book.targets)

    for place, mentions in _places(content, noun, record, field, True):
        if just and place == "lead":
            continue
        fitting = [m for m in mentions if fits(m) and (far or place in CLOSE or field.head(m) == word)]
        if place == "lead":  # what an article is about comes first
            fitting = [m for m in fitting if m.target == fitting[0].target and field.often(m.target)]
        same = [m for m in fitting if field.head(m) == word]
        if not fitting:
            continue
        chosen = _one(same or fitting, field.book)
        if chosen and word in PROPOSALS and not same:  # a plan to end it is named where the ending is
            chosen = next((m for m in fitting if m.target == chosen.target and _lessened(field.text, m)), chosen)
        return _link(chosen, noun, PARAPHRASE, place, field) if chosen else None
    if just:
        return None
    at = content.offset + noun.idx
    same = [m for m in field.mentions if m.end <= at and field.head(m) == word and fits(m)]
    chosen = _one(same, field.book)
    return _link(chosen, noun, PARAPHRASE, "article", field) if chosen else None


def _link(mention: targets.Mention, token: Token, rule: str, place: str, field: Field) -> Link:
    words = field.text[mention.start : mention.end]
    less = rule == PARAPHRASE and _singular(valence.lower(token.text)) in PROPOSALS and _lessened(field.text, mention)
    return Link(mention.target, token, rule, words, place, mention.against != less)


@functools.cache
def _lessening() -> re.Pattern:
    """The words that make less of what stands just after them: "suspend", "an end to", "lifting of"."""
    listed = {
        form
        for (words, part), classes in valence.entries().items()
        if "lower" in classes and part in ("v", "n") and "…" not in words
        for form in (valence.forms(words) if part == "v" else {words})
    }
    longest = "|".join(sorted(map(re.escape, listed), key=len, reverse=True))
    between = r"(?:\s+(?:of|to|on|in|for))?(?:\s+[\w'’.-]+){0,3}\s+$"
    return re.compile(rf"\b(?:{longest}){between}", re.IGNORECASE)


def _lessened(text: str, mention: targets.Mention) -> bool:
    """Whether a target is named as what is to be ended or eased: the step is then the ending."""
    return _lessening().search(re.split(r"[.;:,\n]", text[max(0, mention.start - 60) : mention.start])[-1]) is not None


def _pronoun(content: Content, token: Token, record: Mapping, field: Field) -> Link | None:
    """ "it", "they", "this" … where it can stand for a target named close by."""
    word = valence.lower(token.text)
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj") or word not in anaphors.SINGULAR | anaphors.PLURAL:
        return None
    if token.tag_ not in ("PRP", "DT") or any(True for _ in token.children):
        return None
    if record["kind"] != "direct" and anaphors.is_source(word, record):
        return None
    earlier = [t for t in content.tokens if token.sent.start <= t.i < token.i]
    if anaphors.is_empty(token) or any(anaphors.rivals(content, other, token) for other in earlier):
        return None  # nothing, or something said between

    def fits(mention: targets.Mention) -> bool:
        plural = field.text[mention.start : mention.end].lower().rstrip("'’").endswith("s")
        alike = word in ("this", "that") or plural == (word in anaphors.PLURAL)
        return field.book[mention.target].kind != "conduct" and alike

    for place, mentions in _places(content, token, record, field, False):
        if place == "said":
            return None  # too far back for a pronoun
        fitting = [m for m in mentions if fits(m)]
        if mentions:
            chosen = _one(fitting, field.book)
            return _link(chosen, token, PRONOUN, place, field) if chosen else None
    return None


def meant(mention: targets.Mention, field: Field) -> targets.Mention:
    """A mention by a word such as "the draft", as what it stands for: a draft to ease a measure is its contrary.

    What it stands for is the last that named the target outright, not far before it.
    """
    word = mention.weak and not mention.against and field.book[mention.target].kind == "measure"
    if not word or field.head(mention) not in PROPOSALS:
        return mention
    near = [m for m in field.mentions
            if m.target == mention.target and not m.weak and mention.start - REACH < m.start and m.end <= mention.start]
    if near and _lessened(field.text, near[-1]) != near[-1].against:
        return dataclasses.replace(mention, against=True)
    return mention
