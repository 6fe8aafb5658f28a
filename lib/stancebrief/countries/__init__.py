"""The country that a name stands for, and the government that an actor speaks for.

Names are found by `mentions`; `data/reference/actor_terms.csv` says which words name an office, a carrier of somebody
else's voice (spokesman, director), or somebody who speaks for no government (expert, newspaper, rebel, resident).
"""

from __future__ import annotations

import functools
import itertools
import re

from stancebrief.countries import gazetteer, grammar, mentions
from stancebrief.countries.mentions import Mention, codes, find, name

__all__ = ["Mention", "codes", "find", "name", "origin", "resolve", "role"]

Answer = tuple[tuple[str, ...], str]
UNKNOWN: Answer = (("UNKNOWN",), "unknown")

PREPOSITION = re.compile(
    rf"\b(?:(?P<matter>{grammar.words('matter')})|(?P<place>{grammar.words('place')})|(?P<owner>{grammar.words('owner')}))\b",
    re.IGNORECASE)
JOIN = re.compile(r"^\s*(?:,|,?\s*(?:and|as well as|or|nor|plus)\b|&|/|[-–—])\s*(?:the\s+)?$", re.IGNORECASE)
AND = re.compile(r"\b(?:and|as well as|plus)\b|&", re.IGNORECASE)
# a country before these words is their matter: "North Korea envoy", "China expert"
OF_MATTER = re.compile(rf"\s+(?:\w+\s+)?(?:{grammar.words('held_for_matter')})\b", re.IGNORECASE)
SIDE = re.compile(rf"^-(?:{grammar.words('tied')})\b", re.IGNORECASE)
ATTITUDE = re.compile(rf"\b(?:{grammar.words('attitude')})-$", re.IGNORECASE)
PARTY_TAG = re.compile(r"\b[RDI]-(?:[A-Z]{2}\b|[A-Z]\.[A-Z]\.|[A-Z][a-z]+)")
FORMER = re.compile(rf"\b(?:{grammar.words('former')})\b[\s-]", re.IGNORECASE)
# "a deputy secretary under President X": held no more
UNDER = re.compile(r"\bunder (?:then-|former |both )?(?:President|Presidents|Prime Minister|Prime Ministers) [A-Z]")
PRIVATE_BODY = re.compile(rf"(?: (?:[A-Z][\w&.'’-]*|and|of|for)){{0,4}}? (?:{grammar.words('private_body')})\b")
AFFILIATED = re.compile(rf"\b(?:of|at|from|with) (?:the )?(?:[A-Z][\w&.'’-]*)(?:{PRIVATE_BODY.pattern})")
# A State's own all the same: "the Roads Ministry Press Center", "the Securities Regulatory Commission"
STATE_UNIT = re.compile(rf"\b(?:{grammar.words('state_unit')})\b")
STATE_ORGAN = re.compile(rf"(?: [A-Z][\w&.'’-]*){{0,2}} (?:{grammar.words('state_organ')})\b")
NAMED_AFTER = ("name", "demonym", "capital")
OF_TOWN = re.compile(rf"(?: (?!(?:{grammar.words('no_noun')})\b)[a-z][\w'’-]+)+")
OF_BODY = re.compile(rf"(?:['’]s)? (?:[\w'’-]+ ){{0,2}}(?:{grammar.words('of_body')})\b", re.IGNORECASE)
ADMINISTRATION = re.compile(r"administration\b", re.IGNORECASE)
NAMED = re.compile(
    r"(?<=\s)[A-Z][\w'’-]+ $|^(?!(?:The|A|An|One|Two|Three|Some|Senior|Other|Several|Top|Many) )[A-Z][\w'’-]+ $")
STAYS = re.compile(rf"(?:{grammar.words('stays')})$", re.IGNORECASE)
# "the official X news agency", "Egypt's state-run Y newspaper": a State's own voice; no journalist of it
OUTLET = re.compile(rf"(?<![\w-])(?:{grammar.words('state_owned')})(?:['’]s)?\s+(?:[\w'’-]+\s+){{0,3}}"
                    rf"(?:{grammar.words('outlet')})(?!\w)", re.IGNORECASE)
# "a spokesman for the embassy in Seoul": the place is its host
POSTED = re.compile(rf"\b(?:{grammar.words('posted')})\b", re.IGNORECASE)
# "a commentary on the website of the ministry": of the ministry; "more than 70 lawmakers": of whom the 70 are
PAGE_OF = re.compile(rf"\bon the (?:[\w-]+ )?(?:{grammar.words('page_of')}) of\b", re.IGNORECASE)
QUANTITY = re.compile(r"^(?:more|fewer|less) than (?=\w)", re.IGNORECASE)
BOTH = re.compile(rf"(?:\b(?:both|the (?:two|2)) (?:\w+ )?|^(?:two|2) )(?:{grammar.words('both')})\b", re.IGNORECASE)
CUT = re.compile(r"[,;()—–]|\s-\s|\b(?:who|which|that|whose)\b", re.IGNORECASE)
# in a context: addressees and matters are no candidates for who is speaking
ADDRESSED = re.compile(rf"\b(?:{grammar.words('addressing')})\s+(?:the\s+)?$", re.IGNORECASE)
IS_MATTER = re.compile(rf"^(?:['’]s?)?\s+(?:\w+\s+)?(?:{grammar.words('topic')})\b", re.IGNORECASE)
THIRD_PARTY = re.compile(rf"\b(?:{grammar.words('third_party')})\s+(?:for|in)\b", re.IGNORECASE)

ROLE_OF_KIND = {"media": "media", "armed party": "armed", "armed group": "armed", "organisation": "body"}
APART = {"expert": "an expert or institute", "media": "the press", "company": "a company", "armed": "an armed group",
         "private": "private persons"}


@functools.cache
def _terms() -> tuple[re.Pattern, dict[str, tuple[str, str]]]:
    """A pattern of all role words and term -> (role, code)."""
    table = {row["term"].lower(): (row["role"], row["code"]) for row in mentions.rows("actor_terms.csv")}
    return re.compile(gazetteer.whole(table), re.IGNORECASE), table


@functools.lru_cache(maxsize=50_000)
def resolve(phrase: str, context: str = "") -> Answer:
    """Codes of the governments that an actor phrase speaks for, and what they were known from.

    Codes are ISO 3166-1 alpha-3, or UN, EU, NATO; OTHER for other organisations and for persons who speak for no
    government (experts, the press, residents, rebels); UNKNOWN where the words do not say. An ambassador speaks for the
    sender, not for the place he is sent to. An office that names no country ("the foreign ministry spokesman") takes
    the only country of `context` that can be meant, else stays UNKNOWN: give the words before the office, not after.
    """
    phrase = QUANTITY.sub("", PAGE_OF.sub("of", phrase))
    found = find(phrase, context)
    if PARTY_TAG.search(phrase):
        return ("USA",), "party and state"
    if BOTH.search(phrase) and not any(m.iso3 not in mentions.BEYOND for m in found):
        around = _candidates(context, ())
        return (around, "both of the context") if len(around) == 2 else UNKNOWN
    voice = next((m for m in found if m.kind == "state media" and _standing(m, phrase[:m.start], phrase[m.end:])
                  == "owner"), None)
    if voice is not None:  # "the ruling party's newspaper, X": a State's own medium is no private press
        return (voice.iso3,), "state media"
    role, weak = _role(phrase, found)
    if role == "expert" and any(m.iso3 in ("UN", "EU", "NATO") and OF_BODY.match(phrase, m.end) for m in found):
        role, weak = "body", ""  # "a U.N. expert", "the U.N. children's fund"
    if role in APART:
        return ("OTHER",), f"{APART[role]}, no government"
    if role == "former":
        return ("OTHER",), "a former office, no government"
    if role == "unnamed":
        return UNKNOWN
    owners, basis = _owners(phrase, found, places=role is not None)
    if owners and basis == "place" and POSTED.search(phrase):
        return UNKNOWN
    if owners and not (weak and basis == "place"):
        return owners, basis
    if weak:  # "the UN's rapporteur in X": where an office works is not whom it speaks for
        return (weak,), "office"
    if role in ("office", "carrier"):
        around = _candidates(context, [m.iso3 for m in found])
        if len(around) == 1:
            return around, "office, country of the context"
    of_body = any(m.kind in NAMED_AFTER and _private(phrase[m.end:]) for m in found)
    if of_body or (role is None and AFFILIATED.search(phrase)):
        return ("OTHER",), "a body that is no government's"
    return UNKNOWN


@functools.lru_cache(maxsize=50_000)
def role(phrase: str) -> str | None:
    """What an actor phrase names: "office", "carrier" (of somebody's voice), "former", a private kind; None if bare."""
    return _role(phrase, find(phrase))[0]


def origin(phrase: str, context: str = "") -> Answer:
    """Codes of the countries that an actor phrase ties the actor to, whether or not he speaks for a government."""
    found = find(phrase, context)
    if PARTY_TAG.search(phrase):
        return ("USA",), "party and state"
    owners, basis = _owners(phrase, found, places=True)
    if owners:
        return owners, basis
    weak = _role(phrase, found)[1]
    return ((weak,), "office") if weak else resolve(phrase, context)


def _candidates(context: str, apart: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The countries that the context names other than as addressee or matter, and that are not among `apart`."""
    fitting = [m for m in find(context) if m.iso3 not in mentions.BEYOND and m.iso3 not in apart
               and not ADDRESSED.search(context[max(0, m.start - 30):m.start])
               and not IS_MATTER.match(context[m.end:m.end + 40])
               and not SIDE.match(context[m.end:]) and not ATTITUDE.search(context[max(0, m.start - 8):m.start])]
    return tuple(dict.fromkeys(m.iso3 for m in fitting))


def _role(phrase: str, found: list[Mention]) -> tuple[str | None, str]:
    """What the actor is: office, body, carrier, former, a kind of APART, or None for a bare name; and an office's code.

    The head of a noun phrase is its last word, so in each piece between commas and prepositions the last role word
    decides; the first piece that has one decides for the whole.
    """
    pattern, table = _terms()
    taken = {place for m in found for place in range(m.start, m.end)}
    terms = [(t.start(), t.end(), *table[t.group().lower()]) for t in pattern.finditer(phrase)
             if t.start() not in taken and not (t.group().istitle() and mentions.surname(phrase, t.start()))]
    terms = [(*item[:3], "") if ADMINISTRATION.match(phrase, item[0]) and NAMED.search(phrase[:item[0]]) else item
             for item in terms]  # "the X administration official": of whom X governs
    owned = [t.span() for t in OUTLET.finditer(phrase) if t.start() not in taken]
    terms = [(*item[:2], "office", "") if item[2] == "media" and any(a < item[0] < b for a, b in owned) else item
             for item in terms]
    marks = [(m.start, m.end, ROLE_OF_KIND.get(m.kind, "owner"), "") for m in found]
    cuts = sorted([0, len(phrase)] + [c.start() for c in CUT.finditer(phrase)]
                  + [p.start() for p in PREPOSITION.finditer(phrase) if p.start() not in taken])
    was, weak, waiting = None, "", None
    under = UNDER.search(phrase)
    cuts = [cut for cut in cuts if under is None or cut <= under.start()]
    gone = 0  # up to here the words only tell of what an office was that is held no more
    for left, right in itertools.pairwise(cuts):
        here = sorted(item for item in terms + marks if left <= item[0] < right)
        past = FORMER.search(phrase[left:right])
        if past or under:
            since = left + past.start() if past else left
            held = [item for item in here if item[0] < since or item[2] not in ("office", "carrier")
                    or STAYS.search(phrase[item[0]:item[1]])]
            if len(held) < len(here):
                cut = CUT.search(phrase, right)
                gone = cut.start() if cut else len(phrase)
            here, was = held, "former"
        elif left < gone:
            continue  # "a former member of the panel"
        weak = weak or next((item[3] for item in here if item[3]), "")
        roles = [item[2] for item in here]
        named = [role for role in roles if role != "owner"]
        if not named:
            if roles and waiting:  # "a spokesman for China"
                return waiting, weak
            continue
        head = named[-1]
        before = named[-2] if len(named) > 1 else None
        if head in ("carrier", "office") and before in APART:
            return before, weak  # "rebel leader", "university spokesman"
        if head == "carrier" and before is None and "owner" not in roles:
            waiting = waiting or "carrier"  # "director of …": what follows decides
            continue
        if waiting and head in APART:
            return head, weak
        return (waiting or ("office" if head == "carrier" else head)), weak
    return (waiting or was), weak


def _owners(phrase: str, found: list[Mention], places: bool) -> tuple[tuple[str, ...], str]:
    """Codes of the mentions that own the office or are the actor, not its matter, addressee or place."""
    first: list[Mention] = []   # owners
    second: list[Mention] = []  # places, used where there is no owner
    last: tuple[Mention, str] | None = None
    for mention in found:
        before, after = phrase[:mention.start], phrase[mention.end:]
        joined = last is not None and (JOIN.match(phrase[last[0].end:mention.start]) or last[0].start == mention.start)
        place = last[1] if joined and last else _standing(mention, before, after)
        last = (mention, place)
        if mention.iso3 == "UNKNOWN":
            continue
        if place == "owner" and (not first or joined or AND.search(phrase[first[-1].end:mention.start])):
            first.append(mention)
        elif place == "place":
            (first if mention.kind == "institution" and not first else second).append(mention)  # "at the Pentagon"
    chosen = first or (second[:1] if places else [])
    basis = chosen[0].kind if first else "place"
    return (tuple(dict.fromkeys(m.iso3 for m in chosen)), basis) if chosen else ((), "")


def _private(after: str) -> bool:
    """Whether the words after a country's name make with it the name of a body that is no government's."""
    body = PRIVATE_BODY.match(after)
    if body is None or STATE_UNIT.search(body.group()) or STATE_ORGAN.match(after, body.end()):
        return False
    pattern, table = _terms()
    return not any(table[term.group().lower()][0] == "office" for term in pattern.finditer(body.group()))


def _standing(mention: Mention, before: str, after: str) -> str:
    """owner, place or matter: how a mention stands to the actor, by the words around it."""
    if SIDE.match(after) or ATTITUDE.search(before):
        return "matter"
    if mention.kind in NAMED_AFTER and _private(after):
        return "matter"  # "of the Korea Economic Forum"
    if mention.kind == "capital" and (of := OF_TOWN.match(after)) and not _terms()[0].search(of.group()):
        return "matter"  # "a London underwriters' club", "Beijing shoppers": of the town
    if mention.iso3 in ("UN", "NATO") and re.match(r"\s+ambassadors?\b", after, re.IGNORECASE):
        return "matter"  # a State's ambassador at the body
    if mention.kind in ("name", "shared name") and OF_MATTER.match(after):
        return "matter"
    piece = CUT.split(before)[-1]
    steps = list(PREPOSITION.finditer(piece))
    if not steps:
        return "owner"
    kinds = [step.lastgroup for step in steps]
    if "matter" in kinds or THIRD_PARTY.search(piece):
        return "matter"
    if kinds[-1] == "owner" and steps[-1].group().lower() == "for":
        pattern, table = _terms()
        heads = [table[t.group().lower()][0] for t in pattern.finditer(piece[:steps[-1].start()])]
        return "owner" if "carrier" in heads or "place" in kinds or not heads else "matter"
    return kinds[-1]
