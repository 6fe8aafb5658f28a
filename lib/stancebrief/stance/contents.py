"""A statement's content in its parsed paragraph: who speaks, with which reporting word, and what its words judge."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping

from spacy.tokens import Doc, Token

from stancebrief import codebook, countries, parses
from stancebrief.stance import scenes, valence
from stancebrief.statements import vocabulary

FIRST_PERSON = {"i", "we", "us", "me", "our", "my", "ourselves", "myself"}
THIRD_PERSON = {"it", "he", "she", "they", "its", "his", "her", "their"}
BACKGROUND = vocabulary.of("background")
HOME = vocabulary.of("home")
TOGETHER = {"allies", "partners", "sides", "countries", "nations", "governments"}  # "the two allies": the speaker's too


@dataclasses.dataclass
class Content:
    """A statement's content in its parsed paragraph."""

    scene: scenes.Scene
    offset: int  # of the paragraph in the article
    cue: frozenset[str]  # classes of the reporting word
    cue_words: str
    cue_span: tuple[int, int]
    by: tuple[str, ...]
    known: Mapping[str, str] = dataclasses.field(default_factory=dict)  # persons' countries
    text: str = ""  # the paragraph as it stands

    @property
    def tokens(self) -> list[Token]:
        return list(self.scene.doc[self.scene.lo : self.scene.hi])

    @functools.cached_property
    def top(self) -> Token | None:
        """The word of the content that all others hang on (the first, where there are several)."""
        tops = [t for t in self.tokens if (t.head == t or not self.scene.inside(t.head)) and not t.is_punct]
        verbs = [t for t in tops if t.tag_[0] in "VM"]
        return (verbs or tops or [None])[0]


def of(record: Mapping, text: str, known: Mapping[str, str]) -> Content | None:
    """The statement's content in its parsed paragraph; None where there is nothing to read."""
    start, end = int(record["start"]), int(record["end"])
    lo, hi = int(record["paragraph_start"]), int(record["paragraph_end"])
    lo, hi = (lo, hi) if 0 <= lo <= start < end <= hi <= len(text) else (start, end)
    paragraph = text[lo:hi]
    if not paragraph.strip():
        return None
    doc = parses.parse([parses.legible(paragraph)])[0]
    cue_start, cue_end = int(record.get("cue_start", -1)), int(record.get("cue_end", -1))
    if 0 <= cue_start <= start < cue_end < end:
        start = cue_end  # words that are cue and content both are read once: "expressed | outrage over the test"
    words = doc.char_span(max(0, start - lo), min(end - lo, len(doc.text)), alignment_mode="expand")
    inside = [t.i for t in words or () if not t.is_space]
    if not inside:
        return None
    by = tuple(str(record["countries"]).split("|"))
    scene = scenes.Scene(
        doc,
        valence.senses(doc, inside[0], inside[-1] + 1),
        inside[0],
        inside[-1] + 1,
        _owner(doc, paragraph, record, by, known, inside[0]),
    )
    scene.aside = set(by) <= {"OTHER", "UNKNOWN"}
    cue = str(record.get("cue", ""))
    return Content(
        scene, lo, valence.of_cue(cue), cue, (int(record.get("cue_start", -1)), int(record.get("cue_end", -1))), by,
        known, paragraph,
    )


@functools.lru_cache(maxsize=256)
def _countries(paragraph: str) -> tuple[countries.Mention, ...]:
    """The countries named in a paragraph; its statements come one after the other."""
    return tuple(countries.find(paragraph))


def _owner(
    doc: Doc, paragraph: str, record: Mapping, by: tuple[str, ...], known: Mapping[str, str], first: int
) -> Callable[[Token], bool | None]:
    """Says of a noun phrase whether it is the speaker's own side; the content opens at the token `first`."""
    where: dict[int, set[str]] = {}
    for mention in _countries(paragraph):
        for token in doc.char_span(mention.start, mention.end, alignment_mode="expand") or ():
            where.setdefault(token.i, set()).add(mention.iso3)
    who = str(record.get("speaker_as_written") or record.get("speaker", "")).split()
    last = str(record.get("speaker", "")).split()[-1:]
    direct = record.get("kind") == "direct"

    def rivalled(token: Token, word: str) -> bool:
        """Whether another government that the content names before "it" or "they" may be meant."""
        if word in ("he", "she", "his", "her"):
            return False
        for other in doc[first : token.i]:
            named = where.get(other.i, set()) | ({known[other.text]} if other.text in known else set())
            if word in ("it", "its") and other.tag_ == "NNP" and other.i and other.nbor(-1).lower_ == "the":
                named = named or {other.text} - set(who)  # "the North", "the Pentagon"
            if other.dep_ in ("nsubj", "nsubjpass") and other.sent == token.sent and named and not named & set(by):
                return True
        return False

    def own(token: Token) -> bool | None:
        word = valence.lower(token.text)
        if word in FIRST_PERSON and token.text != "US":
            return True
        if word in THIRD_PERSON:
            return None if direct or rivalled(token, word) else True
        if last and token.text == last[0]:
            return True
        codes, mine = set(where.get(token.i, ())), False
        for child in token.children:
            if child.dep_ in ("amod", "compound", "poss", "nmod", "conj"):
                codes |= where.get(child.i, set())
                mine |= child.dep_ == "poss" and valence.lower(child.text) in ("our", "my")
                homely = not direct and valence.lower(child.text) in ("his", "her") and word in HOME
                mine |= child.dep_ == "poss" and homely
            if child.dep_ == "prep" and valence.lower(child.text) == "of":
                for below in child.children:
                    codes |= where.get(below.i, set())
            if child.dep_ in ("poss", "compound") and child.text in known:
                codes.add(known[child.text])
        if token.text in known:
            codes.add(known[token.text])
        if mine and not (codes - {"UN"} and not codes & set(by)):  # "our American colleagues" are another's
            return True
        if codes & set(by) or (
            not codes
            and word in TOGETHER
            and any(valence.lower(c.text) in ("the", "two", "both", "three", "our") for c in token.children)
        ):
            return True
        return False if codes - {"UN"} else None

    return own


def codes(content: Content, token: Token) -> set[str]:
    """The countries and bodies that a word of the content's paragraph stands in the name of."""
    return {
        m.iso3
        for m in _countries(content.text)
        if m.start < token.idx + len(token) and token.idx < m.end
    }


def powers(content: Content, token: Token) -> set[str]:
    """The governments that a noun, with the words before it, stands for, persons known to speak for one included."""
    found: set[str] = set()
    for one in (token, *(c for c in token.children if c.dep_ in ("amod", "compound", "poss", "nmod", "conj", "appos"))):
        found |= codes(content, one) - {"UN", "EU", "NATO", "OTHER"}
        if one.text in content.known:
            found.add(content.known[one.text])
    return found


def blamed(content: Content) -> Token | None:
    """The noun that the reporting word governs: "accused | the president of …"."""
    return next((t for t in content.tokens if not content.scene.inside(t.head) and t.tag_[0] == "N"), None)


def others(content: Content, span, target: codebook.Target) -> bool:
    """Whether the content opens with a government that is blamed or praised, and the target is not its doing."""
    whom = blamed(content)
    if whom is None or not target.whose or whom.i >= span.start:
        return False
    if not any(up == whom or (up.dep_ == "prep" and up.head == whom.head) for up in span.root.ancestors):
        return False
    found = powers(content, whom)
    return bool(found) and not found & set(target.whose)


def is_clause(content: Content) -> bool:
    """Whether the content is a clause with its subject, not a name or an infinitive."""
    top = content.top
    return (
        top is not None
        and top.tag_[0] in "VM"
        and top.tag_ != "VBG"
        and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in top.children)
    )


def spans(content: Content, tokens: frozenset[int], cue: bool = False) -> tuple[tuple[int, int], ...]:
    """The words as spans of the article, neighbours joined."""
    spans: list[list[int]] = []
    doc, last = content.scene.doc, -2
    for i in sorted(tokens):
        token = doc[i]
        if token.is_space:
            continue
        if i == last + 1:
            spans[-1][1] = content.offset + token.idx + len(token)
        else:
            spans.append([content.offset + token.idx, content.offset + token.idx + len(token)])
        last = i
    return tuple((a, b) for a, b in spans)


def cue_tokens(content: Content) -> frozenset[int]:
    """The reporting word's tokens, where it stands in the same paragraph."""
    start, end = (at - content.offset for at in content.cue_span)
    if content.cue_span[0] < 0:
        return frozenset()
    if start < 0 or end > len(content.scene.doc.text):
        return frozenset()
    words = content.scene.doc.char_span(start, end, alignment_mode="contract")
    return frozenset(t.i for t in words or ())


def leads(content: Content, span) -> bool:
    """Whether the named government opens the content: "Washington to act", "the US of stoking tensions"."""
    return span.start - content.scene.lo <= 3


def is_question(content: Content) -> bool:
    first = [valence.lower(t.text) for t in content.tokens[:3]]
    return bool(first) and first[0] in ("if", "whether")


def opens_a_question(content: Content) -> bool:
    """Whether the content is what somebody wonders: "asked | how a regime could …"."""
    first = content.tokens[0] if content.tokens else None
    if first is None or not content.cue & {"question", "ask"} or content.cue & {"say"}:
        return False
    return valence.lower(first.text) in ("how", "why", "who", "where", "what", "whether", "if")


def background(content: Content, span) -> bool:
    """Whether a target is named only in what surrounds the matter: "… after the test", "X, which tested a bomb, …".

    What the reporting word does, it does to the matter, so that it decides nothing about the surroundings.
    """
    for token in (span.root, *span.root.ancestors):
        if not content.scene.inside(token) or token == content.top:
            return False
        if token.dep_ == "advcl":
            marks = {valence.lower(c.text) for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i}
            if marks & BACKGROUND or valence.lower(token.text) in BACKGROUND:
                return True
        elif token.dep_ == "prep" and valence.lower(token.text) in BACKGROUND - {"as"} and token.head.tag_[0] in "VN":
            return True
        elif token.dep_ == "relcl" and valence.lower(token.head.nbor(1).text) == ",":
            return True
        if not content.scene.inside(token.head):
            return False
    return False


def again(content: Content, span) -> Token | None:
    """The first pronoun after a target's name that may stand for it: "if we sign sanctions, we must enforce them"."""
    plural = span.root.tag_ in ("NNS", "NNPS")
    for token in content.tokens:
        if token.i < span.end or token.dep_ not in ("nsubj", "nsubjpass", "dobj"):
            continue
        if valence.lower(token.text) in (("they", "them", "these") if plural else ("it", "this", "that")):
            return token if content.scene.own(token) is not True or token.dep_ == "dobj" else None
        if token.dep_ == "nsubj" and token.tag_[0] == "N":
            return None
    return None
