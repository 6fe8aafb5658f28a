"""The codebook of a study: its targets, the words that name them, what support means, and examples that are tests.

A codebook is data (`data/<study>/codebook.yaml`); another topic needs another file and no code.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import pathlib
import re

import pandas as pd
import yaml

from stancebrief import study, tables

KINDS = ("measure", "act", "conduct", "process")
GAP = 3  # words that "…" in a phrase may stand for
NONE = "none"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml, where PyYAML has it, reads ten times as fast
CODE = re.compile(r"[A-Z]{3}|UN|EU|NATO")
KEYS = {
    "codebook": {"version": str, "title": str, "targets": list},
    "target": {"name": str, "label": str, "kind": str, "definition": str, "support_means": str, "whose": list,
               "phrases": list, "instead_of": list, "off_topic": list, "raise": list, "lower": list, "examples": list,
               "counter_examples": list},
    "phrase": {"phrase": str, "reason": str, "near": list, "by": list, "not_by": list, "weak": bool, "against": bool},
    "example": {"says": str, "stance": str, "cue": str, "by": str, "why": str},
    "counter-example": {"says": str, "cue": str, "by": str, "why": str},
}
NEEDED = {"codebook": ("version", "targets"), "phrase": ("phrase",),
          "target": ("name", "label", "kind", "definition", "support_means", "phrases"),
          "example": ("says", "stance"), "counter-example": ("says", "why")}


class CodebookError(ValueError):
    """A codebook cannot be used; says in which file and line, and what to do."""


@dataclasses.dataclass(frozen=True)
class Phrase:
    """Words that name a target, and when they count."""

    words: str
    reason: str = ""
    near: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    weak: bool = False
    against: bool = False
    line: int = 0

    @functools.cached_property
    def pattern(self) -> re.Pattern:
        """Finds the words with a plural or possessive of the last one; "…" stands for up to three words."""
        return _compiled(self.words)

    @functools.cached_property
    def key(self) -> str:
        """The longest piece of a word of the phrase, in small letters: a text without it need not be searched."""
        return max(re.findall(r"\w+", self.words.lower()) or [""], key=len)

    @functools.cached_property
    def near_pattern(self) -> re.Pattern | None:
        """Finds one of the words that must stand in the same paragraph; None: no such words."""
        return re.compile("|".join(map(_pattern, self.near)), re.IGNORECASE) if self.near else None


@dataclasses.dataclass(frozen=True)
class Example:
    """A content, its cue and speaker where they matter, and the stance it has (`none`: a counter-example)."""

    says: str
    stance: str
    cue: str = ""
    by: str = ""
    why: str = ""
    line: int = 0


@dataclasses.dataclass(frozen=True)
class Target:
    """One target of the codebook."""

    name: str
    label: str
    kind: str
    definition: str
    support_means: str
    phrases: tuple[Phrase, ...]
    whose: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    off_topic: tuple[str, ...] = ()
    raise_: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    line: int = 0

    @functools.cached_property
    def off_topic_pattern(self) -> re.Pattern | None:
        """Finds a word that shows another matter; None: no such words."""
        return re.compile("|".join(map(_pattern, self.off_topic)), re.IGNORECASE) if self.off_topic else None


@dataclasses.dataclass(frozen=True)
class Codebook:
    """A study's targets, in the order in which they are shown."""

    version: str
    title: str
    targets: tuple[Target, ...]
    path: str = ""

    @functools.cached_property
    def by_name(self) -> dict[str, Target]:
        return {target.name: target for target in self.targets}

    @functools.cached_property
    def _keys(self) -> dict[str, list[tuple[int, str, Phrase]]]:
        """{longest word of a phrase: (the phrase's place in the codebook, its target, the phrase)}"""
        found: dict[str, list[tuple[int, str, Phrase]]] = {}
        phrases = [(target.name, phrase) for target in self.targets for phrase in target.phrases]
        for place, (name, phrase) in enumerate(phrases):
            found.setdefault(phrase.key, []).append((place, name, phrase))
        return found

    def candidates(self, lowered: str) -> list[tuple[str, Phrase]]:
        """(target, phrase) of the phrases that a text in small letters may hold, in the codebook's order."""
        found = [one for key, ones in self._keys.items() if key in lowered for one in ones]
        return [(name, phrase) for _, name, phrase in sorted(found, key=lambda one: one[0])]

    @functools.cached_property
    def conduct(self) -> dict[str, Target]:
        """{country: the target that its government's conduct is}"""
        return {code: target for target in self.targets if target.kind == "conduct" for code in target.whose}

    @property
    def names(self) -> list[str]:
        return [target.name for target in self.targets]

    @property
    def labels(self) -> dict[str, str]:
        """{target: its name on charts}"""
        return {target.name: target.label for target in self.targets}

    def __getitem__(self, name: str) -> Target:
        return self.by_name[name]


def table(book: Codebook) -> pd.DataFrame:
    """The codebook as a table: one row a target, with `target`, `label`, `definition`, `support_means`, `phrases`."""
    return pd.DataFrame([(target.name, target.label, target.definition, target.support_means,
                          ", ".join(phrase.words for phrase in target.phrases)) for target in book.targets],
                        columns=["target", "label", "definition", "support_means", "phrases"])


@functools.lru_cache(maxsize=20_000)
def _compiled(words: str) -> re.Pattern:
    """Finds a phrase; compiled once a process, though its codebook may be read again and again."""
    return re.compile(_pattern(words), re.IGNORECASE)


def _pattern(words: str) -> str:
    """A regular expression for a phrase."""
    parts = []
    for part in re.split(r"\s*…\s*", words.strip()):
        parts.append(r"\s+".join(re.escape(word).replace("'", "['’]").replace(r"\-", r"[-\s‑–]?")
                                 for word in part.split()))
    body = rf"\s+(?:\S+\s+){{0,{GAP}}}?".join(parts)
    start = r"(?<!\w)" if words[:1].isalnum() else r"(?<=\w)" if words[:1] == "'" else ""
    return rf"{start}{body}(?:e?s)?(?:['’]s|(?<=s)['’])?(?!\w)"


class _Lines(dict):
    """A mapping that knows the line it starts at, and those of its values."""

    line = 0

    def at(self, key: str) -> int:
        return self.lines.get(key, self.line)


def _plain(node: yaml.Node | None, where: str) -> object:
    """A YAML node as mappings, lists and scalars; mappings know their lines, and a key twice is refused."""
    if isinstance(node, yaml.MappingNode):
        out = _Lines()
        out.line, out.lines = node.start_mark.line + 1, {}
        for key, value in node.value:
            if key.value in out:
                raise CodebookError(f"{where}, line {key.start_mark.line + 1}: {key.value!r} stands there twice")
            out[str(key.value)] = _plain(value, where)
            out.lines[str(key.value)] = key.start_mark.line + 1
        return out
    if isinstance(node, yaml.SequenceNode):
        return [(_plain(item, where), item.start_mark.line + 1) for item in node.value]
    if node is None:
        return None
    return {"tag:yaml.org,2002:bool": lambda v: v.lower() in ("true", "yes", "on"),
            "tag:yaml.org,2002:null": lambda v: None}.get(node.tag, str)(node.value)


@functools.lru_cache(maxsize=4)
def _composed(text: str) -> yaml.Node | None:
    """The nodes of a YAML text: nearly all the time of reading a codebook, which a process reads again and again."""
    return yaml.compose(text, Loader=LOADER)


def read(path: pathlib.Path | str) -> Codebook:
    """The codebook in that YAML file.

    Raises CodebookError, naming file and line, for a file that is no YAML, an unknown or missing key, a phrase of two
    targets, an example that contradicts its own label, or a target without phrases.
    """
    path = pathlib.Path(path)
    where = path.relative_to(study.ROOT).as_posix() if path.is_relative_to(study.ROOT) else str(path)
    try:
        data = _plain(_composed(path.read_text(encoding="utf-8")), where)
    except FileNotFoundError:
        raise CodebookError(f"{where} is not there: a study needs a codebook; copy that of another study") from None
    except UnicodeDecodeError as error:
        raise CodebookError(f"{where} is not UTF-8 text: {error}; save it as UTF-8") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise CodebookError(f"{where} is no YAML: {error}") from None
    if not isinstance(data, dict):
        raise CodebookError(f"{where}, line 1: a codebook holds `version:` and `targets:`")
    _check_keys(data, "codebook", where)
    targets = tuple(_target(item, line, where) for item, line in data["targets"])
    book = Codebook(str(data["version"]), str(data.get("title") or ""), targets, where)
    _check(book, where)
    return book


def _check_keys(data: object, kind: str, where: str, line: int = 1) -> None:
    """Refuse keys that do not exist, are missing or hold the wrong type."""
    if not isinstance(data, dict):
        raise CodebookError(f"{where}, line {line}: {_a(kind)} must be `name: value` lines, not {data!r}")
    for key, value in data.items():
        if key not in KEYS[kind]:
            near = difflib.get_close_matches(key, KEYS[kind], 1)
            hint = f"; did you mean {near[0]}?" if near else f"; it has {', '.join(KEYS[kind])}"
            raise CodebookError(f"{where}, line {data.at(key)}: {_a(kind)} has no key {key!r}{hint}")
        wanted = KEYS[kind][key]
        if not isinstance(value, wanted):
            shape = {list: "a list: [one, another]", str: "text", bool: "true or false"}[wanted]
            raise CodebookError(f"{where}, line {data.at(key)}: {key} must be {shape}")
    for key in NEEDED[kind]:
        if key not in data or data[key] in ("", None):
            raise CodebookError(f"{where}, line {data.line}: {_a(kind)} needs {key!r}")
        if data[key] == [] and key != "phrases":
            raise CodebookError(f"{where}, line {data.at(key)}: {key} is empty")


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _texts(data: _Lines, key: str, where: str) -> tuple[str, ...]:
    """A list of texts."""
    out = []
    for value, line in data.get(key) or []:
        if not isinstance(value, str) or not value.strip():
            raise CodebookError(f"{where}, line {line}: {key} holds {value!r}; write text")
        out.append(value.strip())
    return tuple(out)


def _codes(data: _Lines, key: str, where: str) -> tuple[str, ...]:
    """A list of country codes."""
    codes = _texts(data, key, where)
    for code in codes:
        if not CODE.fullmatch(code):
            raise CodebookError(f"{where}, line {data.at(key)}: {key} holds {code!r}; write ISO 3166 alpha-3 codes "
                                "such as CHN")
    return codes


def _target(data: object, line: int, where: str) -> Target:
    """One target of the file."""
    _check_keys(data, "target", where, line)
    assert isinstance(data, _Lines)
    if data["kind"] not in KINDS:
        raise CodebookError(f"{where}, line {data.at('kind')}: kind {data['kind']!r} is not one of {', '.join(KINDS)}")
    phrases = []
    for item, at in data["phrases"] or []:
        if isinstance(item, str):
            if not item.strip(" …"):
                raise CodebookError(f"{where}, line {at}: an empty phrase")
            phrases.append(Phrase(item.strip(), line=at))
            continue
        _check_keys(item, "phrase", where, at)
        phrases.append(Phrase(item["phrase"].strip(), item.get("reason", ""), _texts(item, "near", where),
                              _codes(item, "by", where), _codes(item, "not_by", where), item.get("weak", False),
                              item.get("against", False), at))
    whose = _codes(data, "whose", where)
    if not phrases and not (data["kind"] == "conduct" and whose):
        raise CodebookError(f"{where}, line {data.at('phrases')}: target {data['name']!r} is empty: it has no phrase "
                            "that names it; add one or take the target out")
    examples = []
    for key, kind in (("examples", "example"), ("counter_examples", "counter-example")):
        for item, at in data.get(key) or []:
            _check_keys(item, kind, where, at)
            stance = item.get("stance", NONE)
            if kind == "example" and stance not in tables.STANCES:
                raise CodebookError(f"{where}, line {at}: stance {stance!r} is not one of {', '.join(tables.STANCES)}; "
                                    "what takes no position goes to counter_examples")
            examples.append(Example(item["says"], stance, item.get("cue", ""), item.get("by", ""), item.get("why", ""),
                                    at))
    return Target(data["name"], data["label"], data["kind"], data["definition"], data["support_means"], tuple(phrases),
                  whose, _texts(data, "instead_of", where), _texts(data, "off_topic", where),
                  _texts(data, "raise", where), _texts(data, "lower", where), tuple(examples), data.line)


def _check(book: Codebook, where: str) -> None:
    """Refuse what no single target shows: names and phrases that stand twice, examples with two labels."""
    names: dict[str, int] = {}
    owners: dict[str, tuple[str, int]] = {}
    for target in book.targets:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", target.name) or target.name == NONE:
            raise CodebookError(f"{where}, line {target.line}: target name {target.name!r}: use small letters, digits "
                                f"and _, and not {NONE!r}")
        if target.name in names:
            raise CodebookError(f"{where}, line {target.line}: target {target.name!r} stands at line "
                                f"{names[target.name]} too")
        names[target.name] = target.line
        for phrase in target.phrases:
            key = _pattern(" ".join(phrase.words.lower().split()))
            key = re.sub(r"e?s(?=\(\?:e\?s\)\?)", "", key)  # "tariff" finds "tariffs" too
            if key in owners and owners[key][0] != target.name:
                raise CodebookError(f"{where}, line {phrase.line}: the phrase {phrase.words!r} belongs to "
                                    f"{owners[key][0]!r} already (line {owners[key][1]}); keep it in one target")
            owners.setdefault(key, (target.name, phrase.line))
        labels: dict[tuple[str, str, str], Example] = {}
        for example in target.examples:
            first = labels.setdefault((example.says.lower(), example.cue, example.by), example)
            if first.stance != example.stance:
                raise CodebookError(f"{where}, line {example.line}: this example of {target.name!r} is labelled "
                                    f"{example.stance}, but {first.stance} at line {first.line}; keep one label")
    for target in book.targets:
        for other in target.instead_of:
            if other not in names or other == target.name:
                raise CodebookError(f"{where}, line {target.line}: instead_of of {target.name!r} names {other!r}, "
                                    f"which is no other target; the targets are {', '.join(names)}")
