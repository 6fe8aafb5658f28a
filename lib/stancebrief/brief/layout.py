"""A template filled and closed: escaped by construction, its script and style named by hash in the page's own policy.

What every page of a study shares stands here: the words for an article, a day, a position, a tone.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable

import jinja2
import pandas as pd
from markupsafe import Markup

from stancebrief import __version__, countries, stance, study, theme
from stancebrief.brief import evidence, figures, findings
from stancebrief.language import Language, capital

TEMPLATES = study.ROOT / "reports" / "template"
UNNAMED = ("", "unknown", "unnamed", "n/a", "-")
LINK = re.compile(r"https?://[^\s<>\"'`]+")
QUOTE = 150  # characters of a statement in a list of evidence
CITED = 12  # statements linked beside a number; the others are in the list under the finding


def safe(value: object) -> object:
    """What Jinja prints: text with its hidden and reordering characters written out; autoescape then does the rest."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return "".join(f"⟨{run}⟩" if escaped else run for run, escaped in evidence.visible(value))
    return "" if value is None else value


class _Compiled(jinja2.BytecodeCache):
    """The templates as compiled before in this process: that takes longer than to fill them."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


class Layout:
    """Fills the templates of reports/template for one study in one language."""

    def __init__(
        self, ours: study.Study, language: Language, articles: pd.DataFrame, labels: dict[str, str], edition: str
    ):
        self.study, self.language, self.labels, self.edition = ours, language, labels, edition
        self.witnesses = witnesses(articles, language)
        self._brackets: dict[tuple, str] = {}
        first: dict[str, int] = {}  # articles of one outlet share a number
        self.order = {name: first.setdefault(outlet, number)
                      for number, (name, outlet) in enumerate(self.witnesses.items(), start=1)}
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=safe,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=_compiled,
        )
        self._environment.globals.update(
            say=language.say,
            capital=capital,
            language=language,
            study=ours,
            edition=edition,
            version=__version__,
            outlet=self.witness,
            day=self.day,
            in_brackets=self.in_brackets,
            positions_of=self.positions,
            tone_of=self.tone,
            numbers_of=self.numbers,
        )

    def render(self, template: str, *, scripted: bool = False, live: bool = False, **values: object) -> bytes:
        """The page as bytes. `scripted`: with the page's script; `live`: with that of the charts and their data too."""
        style = theme.css() + (TEMPLATES / "style.css").read_text(encoding="utf-8")
        style += f'@page{{@top-left{{content:"{css_string(self.running())}"}}}}\n'
        script = (TEMPLATES / "script.js").read_text(encoding="utf-8") if scripted else ""
        vega = theme.vega() if live else ""
        hashes = " ".join(f"'{figures.source_hash(code)}'" for code in (vega, script) if code) or "'none'"
        policy = (
            f"default-src 'none'; script-src {hashes}; style-src '{figures.source_hash(style)}'; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )
        page = self._environment.get_template(template).render(
            live=live,
            vega=Markup(vega),
            script=Markup(script),
            style=Markup(style),
            policy=policy,
            **{"up": "", "at_index": False} | values,
        )
        return page.encode("utf-8", "backslashreplace")

    def running(self) -> str:
        """The line at the head of each printed page."""
        return evidence.plain(
            self.language.say("page.running", title=self.study.title or self.study.name, edition=self.edition)
        )

    def witness(self, article: str) -> str:
        return self.witnesses.get(article, article)

    def numbers(self, utterance: evidence.Utterance) -> str:
        """The numbers of the articles that carry the utterance, for the filter."""
        return " ".join(f"a{n}" for n in dict.fromkeys(self.order[r.article] for r in utterance.reports))

    def day(self, date: str, basis: str, short: bool = False) -> str:
        """A day with how it is known; `short`: in one word."""
        if not date:
            return self.language.say("articles.nodate")
        shown = self.language.date(date)
        known = self.language.say(f"articles.{basis}{'_short' if short else ''}") if basis != "stated" else ""
        return f"{shown} ({known})" if known else shown

    def in_brackets(self, utterance: evidence.Utterance) -> str:
        """The countries spoken for, unless the speaker's name already is the country."""
        known = [code for code in utterance.countries if code not in findings.NOBODY] or utterance.countries
        key = (utterance.reports[0].speaker, tuple(known))
        if key not in self._brackets:
            self._brackets[key] = self._in_brackets(*key)
        return self._brackets[key]

    def _in_brackets(self, speaker: str, known: tuple[str, ...]) -> str:
        rest, found = speaker, countries.find(speaker)
        for mention in found:
            if mention.kind in ("name", "abbreviation") and mention.iso3 in known:  # a capital needs its country
                rest = rest.replace(speaker[mention.start : mention.end], "")
        alone = not set(re.findall(r"\w+", rest.lower())) - {"the", "and"}  # speakers are named in English, as read
        every = set(known) <= {mention.iso3 for mention in found}
        return "" if alone and every else self.language.join(map(self.language.country, known))

    def positions(self, utterance: evidence.Utterance) -> list[dict[str, str]]:
        """Each position of the utterance once: stance, what it says, the words that decided, how sure it is."""
        found: dict[tuple[str, str, str], dict[str, str]] = {}
        say = self.language.say
        for position in (p for report in utterance.reports for p in report.positions):
            text = say(
                f"statements.position_{position.stance}",
                target=self.language.in_text(self.labels.get(position.target, position.target)),
            )
            if len(utterance.countries) > 1:
                text = f"{self.language.country(position.country)}: {text}"
            found.setdefault(
                (position.country, position.target, position.stance),
                {
                    "stance": position.stance,
                    "text": text,
                    "words": say(f"statements.{'learned' if stance.told(position.why) else 'decided'}",
                                 words=position.words) if position.words else "",
                    "sure": self.sure(position.confidence),
                },
            )
        return list(found.values())

    def sure(self, confidence: float) -> str:
        """The rules' own estimate of a label in words, and whether the study counts so unsure a one at all."""
        if confidence <= 0:
            return ""
        counted = confidence >= self.study.min_confidence
        return self.language.say("statements.sure" if counted else "statements.unsure", k=tenths(confidence))

    def tone(self, utterance: evidence.Utterance) -> str:
        report = utterance.reports[0]
        if report.polarity is None or report.vader is None:
            return ""
        return self.language.say(
            "statements.tone", polarity=self.signed(report.polarity), vader=self.signed(report.vader)
        )

    def signed(self, value: float) -> str:
        """A score with its sign, two decimals; a true minus."""
        text = self.language.number(value, 2)
        return text.replace("-", "−") if value < 0 else f"+{text}" if round(value, 2) > 0 else text

    def cited(
        self, names: Iterable[str], utterances: dict[str, evidence.Utterance]
    ) -> tuple[list[tuple[int, str]], int]:
        """([(number, anchor)], how many more): the statements behind a number, those that stand in the page by link."""
        every = dict.fromkeys(names)
        found = sorted((utterances[name].number, utterances[name].anchor) for name in every if name in utterances)
        return found[:CITED], len(every) - len(found[:CITED])

    def quotes(
        self,
        finding: findings.Finding,
        utterances: dict[str, evidence.Utterance],
        contents: dict[str, str],
        limit: int = 40,
    ) -> list[dict[str, str]]:
        """The utterances behind a finding, short, with links to where they stand in full."""
        found = []
        for name in finding.utterances[:limit]:
            if name in utterances:
                utterance = utterances[name]
                first = utterance.reports[0]
                text = evidence.closed(evidence.plain(contents[first.statement]))
                text = text if len(text) <= QUOTE else text[:QUOTE].rsplit(" ", 1)[0] + " …"
                land = self.in_brackets(utterance)
                found.append(
                    {
                        "anchor": utterance.anchor,
                        "who": f"{first.speaker}, {land}" if land else first.speaker,
                        "cue": evidence.plain(first.cue),
                        "text": text,
                    }
                )
        return found


def witnesses(articles: pd.DataFrame, language: Language) -> dict[str, str]:
    """{article: how the page calls its outlet}: the outlet's name, or "Report A" where nobody knows it."""
    found, unnamed = {}, 0
    for article, outlet in zip(articles["article"].tolist(), articles["outlet"].tolist(), strict=True):
        found[article] = outlet
        if outlet.strip().lower() in UNNAMED:
            found[article] = language.say("articles.unnamed", letter=letters(unnamed))
            unnamed += 1
    return found


def claim_text(layout: Layout, claim: findings.Claim) -> str:
    """ "China against sanctions on North Korea"."""
    return layout.language.say(f"trust.claim_{claim.side}", country=layout.language.country(claim.country),
                               target=layout.language.in_text(layout.labels.get(claim.target, claim.target)))


def css_string(text: str) -> str:
    """The text inside a CSS string: all but letters, digits and spaces by their code points.

    A space ends each, as the first space after a code point belongs to it.
    """
    return "".join(
        char if char.isascii() and (char.isalnum() or char == " ") else f"\\{ord(char):06x} " for char in text
    )


def letters(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    text = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        text, index = chr(65 + rest) + text, index - 1
    return text


def link(url: str) -> str:
    """The address if it is one of the web, else nothing: no other kind of link enters a page."""
    return url if LINK.fullmatch(url) else ""


def tenths(share: float) -> int:
    """How many times in ten, never ten unless it is all of them."""
    return 10 if share >= 1 else min(9, round(10 * share))


@dataclasses.dataclass(frozen=True)
class Shown:
    """Sentences as a notebook shows them: as text, whatever is in them."""

    sentences: list[str]

    def _repr_html_(self) -> str:
        return str(Markup("<ul>{}</ul>").format(Markup("").join(
            Markup("<li>{}</li>").format(safe(sentence)) for sentence in self.sentences)))

    def __repr__(self) -> str:
        return "\n".join(json.dumps(sentence, ensure_ascii=False)[1:-1] for sentence in self.sentences)
