"""Whose an office is that names no country: the place its paragraph is set in, the country spoken of, the home.

An article names the country of what is foreign to it, and leaves out its own: "the Foreign Minister" in an article
datelined KUALA LUMPUR is Malaysia's. Which offices are meant so, and which States have none of the kind, is data
(`data/reference/home_offices.csv`). A private person never gets a country here.
"""

from __future__ import annotations

import functools
import re

from stancebrief import countries
from stancebrief.countries import gazetteer, grammar, mentions
from stancebrief.statements import datelines, media, vocabulary
from stancebrief.statements.sheets import Sheet

Answer = tuple[tuple[str, ...], str]
UNKNOWN: Answer = (("UNKNOWN",), "unknown")
MINDS = frozenset(grammar.words("own_mind").split("|"))  # only its own voice says what a government hopes or regrets
REACTS = vocabulary.of("reaction") | MINDS | frozenset(grammar.words("reacting").split("|"))
SETTING = re.compile(r"^(?:Back |Meanwhile,? |Over )?(?:In|At|From) (?:our |the )?", re.IGNORECASE)
# "In Seoul, …", "In Beijing on Friday, …", "At the Pentagon late Tuesday, …"
SET_OFF = re.compile(
    r"(?:,? (?:on|late|early|earlier|last|this|a day|hours)\b[^,.;]{0,25})?\s*,| correspondent", re.IGNORECASE
)
OWN_PART = re.compile(r"^,? (?:for its part|too|meanwhile|by contrast|in turn)\b")
WHERE = re.compile(r",? where\b")  # "anger in Norway, where the minister said …"
IN_PLACE = re.compile(r"\bin $")
SPOKE_IN = re.compile(
    r"\b(?:said|told|briefing|conference|reporters|journalists|statement)\b[^.;:\"“”]{0,30}\bin (?:the )?$",
    re.IGNORECASE,
)
# "assembly president", "council president": a body's, not a State's
OTHERS = re.compile(rf"\b(?:{'|'.join(sorted(vocabulary.of('has_officers')))}) $", re.IGNORECASE)
# bodies that stand where a foreign correspondent writes: "SEOUL, South Korea — …, the Defense Ministry said"
SEATED = re.compile(rf"\b(?:{'|'.join(sorted(vocabulary.of('seated')))})\b", re.IGNORECASE)
CARRIES = re.compile(r"\b(?:spokes\w+|ministry|ministries|briefing)\b", re.IGNORECASE)
REGION = re.compile(r"\b(?:" + "|".join(sorted(vocabulary.of("region"))) + r")\b", re.IGNORECASE)

SUPPOSED = "offices without a country"
SHORT_TITLES = {"Gov.": "governor", "Rep.": "lawmaker", "Sen.": "senator"}
SHORT_TITLE = re.compile("|".join(map(re.escape, SHORT_TITLES)))
HOST = re.compile(r"the host(?: country| nation| government)?", re.IGNORECASE)
OF_BODY = {
    True: re.compile(r"secretary.general|spokes|chair", re.IGNORECASE),
    False: re.compile(
        r"secretary.general|spokes|chair|official|president|chief|head|envoy|director|commissioner|coordinator"
        r"|rapporteur|diplomat|ambassador|mission|aide|negotiator|officer|adviser|advisor",
        re.IGNORECASE,
    ),
}
# "Assembly President X": of the body that the article names in full
OFFICER = re.compile(r"(?:the )?(?P<body>[a-z]+) (?:president|chief|head|spokes\w+)\b(?!.*ambassador)", re.IGNORECASE)
LEADER = (
    rf"(?:(?:{'|'.join(sorted(vocabulary.of('of_leader')))}) )?(?:{'|'.join(sorted(vocabulary.of('leads_state')))})"
)
BARE = re.compile(rf"(?:the |its )?(?:(?P<media>{media.MEDIUM})|(?P<leader>{LEADER}))", re.IGNORECASE)
FOLLOWS = {"media": media.FOLLOWS,
           "leader": re.compile(rf"(?:['’]s)? (?:{LEADER})\b", re.IGNORECASE)}


@functools.cache
def _offices() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """A pattern of the offices that belong to the home, and each one's States that have none of the kind."""
    table = {row["term"]: frozenset(row["not_in"].split()) for row in mentions.rows("home_offices.csv")}
    return re.compile(gazetteer.whole(table), re.IGNORECASE), table


def fits(phrase: str, code: str) -> bool:
    """Whether the phrase names an office that the State has, so that it may be the State's own."""
    pattern, table = _offices()
    found = [match.group().lower() for match in pattern.finditer(phrase) if not OTHERS.search(phrase[: match.start()])]
    return bool(found) and not any(code in table[term] for term in found)


def office(phrase: str) -> bool:
    """Whether a phrase names an office or a carrier of a government's voice, none of a region or of private persons."""
    role = countries.role(phrase)
    return role in ("office", "carrier") and not REGION.search(phrase) and not countries.FORMER.search(phrase)


class Homes:
    """Where one article is written from and where its paragraphs are set."""

    def __init__(
        self,
        sheets: list[Sheet],
        found: list[list[mentions.Mention]],
        opening: str = "",
        outlet_country: str = "",
        paper: str = "",
    ) -> None:
        self.sheets, self.mentions = sheets, found
        self.home, self.told_by = datelines.read(sheets, found, opening, outlet_country, paper)
        self.place = datelines.place(opening)
        self.stays = bool(self.place) and datelines.told_of(sheets, found, self.place)
        if not self.home and not self.place:
            self.home, self.told_by = self._supposed()
        self._topics: dict[tuple[int, int], Answer] = {}

    def country(self, phrase: str, number: int, at: int) -> Answer:
        """The country of an office that names none, written at `at` of a paragraph; UNKNOWN where nothing tells it."""
        if (found := self.shared(phrase)) != UNKNOWN:
            return found
        if HOST.fullmatch(phrase) and self.place:
            return (self.place,), "set there, by the dateline"
        if not office(phrase):
            return UNKNOWN
        if (found := self.carried(number, at)) != UNKNOWN:
            return found
        found = self.near(phrase, number, at)
        return found if found != UNKNOWN else self.at_home(phrase)

    def shared(self, phrase: str) -> Answer:
        """The home, where a name that several States share is one of its own: "the ruling Democratic Party"."""
        for fits in _shared_names(phrase) if self.home else ():
            if self.home in fits:
                return (self.home,), f"home of the article ({self.told_by})"
        return UNKNOWN

    def _anothers(self, phrase: str) -> bool:
        """Whether a name that several States share is none of the home's: "Democratic Party" in the Indian press."""
        return bool(_shared_names(phrase)) and self.shared(phrase) == UNKNOWN

    def carried(self, number: int, at: int) -> Answer:
        """The State whose own medium carries what is reported at `at`: "in a statement carried by state media"."""
        code = media.carrier(self.sheets[number], self.mentions[number], at)
        if code == "":
            home = self.home if self.home not in media.without() else ""
            code = home or self._led("media")[0][0] or ""
            code = media.told_of(self.sheets, self.mentions, datelines.PLACES) if code in ("", "UNKNOWN") else code
            if not code:
                return ("UNKNOWN",), "carried by the medium of a State that is not told"  # in any case not the home
        return ((code,), "carried by its own medium") if code else UNKNOWN

    def at_home(self, phrase: str) -> Answer:
        """The home, if the office is one that the home has."""
        if not office(phrase) or self._anothers(phrase):
            return UNKNOWN
        if (officer := OFFICER.match(phrase)) and (found := self.named_once(officer["body"].lower())) != UNKNOWN:
            return found
        if (bare := BARE.fullmatch(phrase)) and (found := self._led(bare.lastgroup or "")) != UNKNOWN:
            return found
        several = bare and self._named_with(bare.lastgroup or "")
        if bare and bare.lastgroup == "media" and not several and (not self.home or self.home in media.without()):
            code = media.told_of(self.sheets, self.mentions, datelines.PLACES)
            return ((code,), "supposed: the one named at the top") if code else UNKNOWN
        there = bool(self.place) and self.place != self.home and fits(phrase, self.place)
        # the press of the United States writes "U.S. military" from abroad: bare, it is that of the place
        if there and self.home == "USA" and SEATED.search(phrase):
            return (self.place,), "set there, by the dateline"
        if self.home and fits(phrase, self.home):
            return (self.home,), f"home of the article ({self.told_by})"
        if there and (self.stays or SEATED.search(phrase)):
            return (self.place,), "set there, by the dateline"
        return UNKNOWN

    def own_press(self, phrase: str) -> bool:
        """Whether "Gov. Jane Doe", "Rep. Jane Doe" without a country is of a home other than the United States."""
        short = SHORT_TITLE.search(phrase)
        told = self.home not in ("", "USA") and not self.told_by.startswith(SUPPOSED)
        return bool(short) and told and not mentions.find(phrase) and may_have(
            SHORT_TITLES[short.group()], self.home)

    def named_once(self, word: str) -> Answer:
        """The one body of the article whose name ends in a word: "the council" after "the U.N. Security Council"."""
        bodies = {m.iso3 for here in self.mentions for m in here
                  if m.kind == "organisation" and m.surface.lower().split()[-1] == word}
        return ((bodies.pop(),), "organisation, carried over") if len(bodies) == 1 else UNKNOWN

    def _led(self, kind: str) -> Answer:
        """The one State whose leader, or whose own media, the article names: "the leader", "state media"."""
        found = self._named_with(kind)
        return ((found.pop(),), "supposed: the one named with it") if len(found) == 1 else UNKNOWN

    def _named_with(self, kind: str) -> set[str]:
        found = set()
        for sheet, here in zip(self.sheets, self.mentions, strict=True):
            for m in here:
                own = m.kind == "state media" if kind == "media" else False
                if m.iso3 not in mentions.BEYOND and (own or FOLLOWS[kind].match(sheet.text, m.end)):
                    found.add(m.iso3)
        return found

    def _supposed(self) -> tuple[str, str]:
        """The one country at the top of an article without a dateline that has the offices it leaves bare, if one."""
        pattern, table = _offices()
        bare, owned = datelines.introduced(self.sheets, self.mentions, pattern)
        bare -= {title.lower() for title in SHORT_TITLES}  # the American press writes "Rep. Jane Doe" of its own
        if len(bare) < datelines.ENOUGH:
            return "", ""
        top = {m.iso3 for here in self.mentions[: datelines.TOP] for m in here} - set(mentions.BEYOND) - owned
        fitting = [code for code in top if not any(code in table[term] for term in bare)]
        if len(fitting) != 1:
            return "", ""
        return fitting[0], f"{SUPPOSED}: " + ", ".join(sorted(bare)[:3])

    def near(self, phrase: str, number: int, at: int) -> Answer:
        """The place where the sentence or paragraph is set, or the country whose reaction it tells."""
        sheet = self.sheets[number]
        lo, hi = sheet.sentence(at)
        found = self._topic(number, lo, at)
        if found == UNKNOWN and CARRIES.search(phrase):
            found = self._spoken_in(number, at, hi)
        for start, _ in reversed([s for s in sheet.sentences if s[0] < lo]):
            if found != UNKNOWN:
                break
            found = self._topic(number, start, lo)
        code = found[0][0]
        if found != UNKNOWN and len(code) == 3 and not may_have(phrase, code):
            return UNKNOWN
        if found != UNKNOWN and code in mentions.BEYOND and not OF_BODY[code == "OTHER"].search(phrase):
            return UNKNOWN  # no body has a ministry or state media
        return found

    def _spoken_in(self, number: int, at: int, hi: int) -> Answer:
        """ "told a briefing in Beijing": where a ministry's voice speaks, the ministry is."""
        text = self.sheets[number].text
        for m in self.mentions[number]:
            if at <= m.start < hi and m.kind == "capital" and SPOKE_IN.search(text[at : m.start]):
                return (m.iso3,), "said there"
        return UNKNOWN

    def _topic(self, number: int, start: int, before: int) -> Answer:
        """What the sentence at `start` tells by its place ("In Seoul, …") or its subject ("Seoul was cautious")."""
        key = (number, start if before > start else -1)
        if key not in self._topics or before < self.sheets[number].sentence(start)[1]:
            self._topics[key] = self._read_topic(number, start, before)
        return self._topics[key]

    def _read_topic(self, number: int, start: int, before: int) -> Answer:
        sheet = self.sheets[number]
        end = min(sheet.sentence(start)[1], before)
        whole = sheet.sentence(start)[1] <= before
        here = [m for m in self.mentions[number] if start <= m.start and m.end <= end and m.iso3 != "UNKNOWN"]
        if not here:
            return UNKNOWN
        where = [m for m in here if m.kind in datelines.PLACES and WHERE.match(sheet.text, m.end, end)]
        if where and not whole and IN_PLACE.search(sheet.text[: where[-1].start]):
            return (where[-1].iso3,), "set there"
        lead = SETTING.match(sheet.text[start:end])
        if lead and here[0].start == start + lead.end() and here[0].kind in datelines.PLACES:
            if SET_OFF.match(sheet.text[here[0].end : here[0].end + 40]):
                return (here[0].iso3,), "set there"
        tail = [m for m in here if m.kind == "capital" and sheet.text[m.end : end].strip() in (".", "!")]
        if tail and IN_PLACE.search(sheet.text[: tail[-1].start]) and end == sheet.sentence(start)[1]:
            places = {m.iso3 for m in here if m.kind in datelines.PLACES}
            if len(places) == 1:
                return (tail[-1].iso3,), "set there"
        for m in here:
            i = sheet.word_at(m.end) - 1
            if i < 0 or sheet.quoted[i] or m.kind not in (*datelines.PLACES, "organisation"):
                continue
            if m.start == start and OWN_PART.match(sheet.text[m.end : end]):
                return (m.iso3,), "the country spoken of"
            if m.start == start and self._acts_later(sheet, i, end):
                return (m.iso3,), "the country spoken of"
            owned = sheet.deps[i] in ("poss", "compound", "amod") and sheet.deps[sheet.heads[i]] == "nsubj"
            if sheet.deps[i] != "nsubj" and not (owned and whole):
                continue
            if any(sheet.deps[c] == "conj" and c > i for c in sheet.children(i)):
                return UNKNOWN  # "Mexico and Peru have …": none of the two
            verb = sheet.heads[sheet.heads[i]] if owned else sheet.heads[i]
            words = {sheet.lower[verb], *(sheet.lower[c] for c in sheet.children(verb) if sheet.deps[c] == "aux")}
            reports = whole and any(found.first == verb for found in sheet.cues)
            if sheet.deps[verb] == "ccomp" and not whole:  # "China hopes for calm, the ministry said": it is China's
                words &= MINDS
            elif owned:  # "Russia's envoy was cautious. Ambassador …", not "Russia's wealth was old. Ambassador …"
                head = sheet.heads[i]
                named = sheet.text[m.start : sheet.end(head)]
                words = words if countries.role(named) in ("office", "carrier") else set()
            if words & REACTS or reports or (whole and m.kind == "institution"):
                return (m.iso3,), "the country spoken of"
        return UNKNOWN


    def _acts_later(self, sheet: Sheet, i: int, end: int) -> bool:
        """ "Japan, which joined in May, pressed for …": the parse takes the verb after the aside for a part of it."""
        return sheet.deps[i] == "ROOT" and any(
            sheet.deps[c] in ("acl", "relcl", "conj", "advcl")
            and sheet.words[c - 1] == ","
            and sheet.lower[c] in REACTS
            and sheet.at[c] < end
            for c in sheet.children(i)
        )


@functools.lru_cache(maxsize=10_000)
def _shared_names(phrase: str) -> tuple[tuple[str, ...], ...]:
    """The codes that each name in a phrase may stand for, of those that several States share."""
    shared = (m for m in mentions.find(phrase) if m.kind == "ambiguous")
    return tuple(tuple(mentions.forms()[gazetteer.fold(m.surface)][0].split("/")) for m in shared)


def may_have(phrase: str, code: str) -> bool:
    """Whether a State may have the office: false only where the table says that it has none."""
    pattern, table = _offices()
    return not any(code in table[match.group().lower()] for match in pattern.finditer(phrase))
