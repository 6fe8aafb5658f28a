"""Sentences of our own for making article sets of any size: an invented world, so that no text is anybody's.

`article(random, …)` makes one; `spin` and `edit` make copies of it at known rates. Nothing here is used by the product.
"""

from __future__ import annotations

import dataclasses
import pathlib
import random
import re

COUNTRIES = {
    "FRD": ("Freedonia", "Freedonian"), "SYL": ("Sylvania", "Sylvanian"), "RUR": ("Ruritania", "Ruritanian"),
    "GRK": ("Graustark", "Graustarkian"), "ZUB": ("Zubrowka", "Zubrowkan"), "BRD": ("Borduria", "Bordurian"),
    "ORS": ("Orsinia", "Orsinian"), "LTV": ("Latveria", "Latverian"), "MRK": ("Markovia", "Markovian"),
}
FIRST = "Anton Berta Cyril Dora Emil Frieda Gustav Hanna Igor Jana Karel Lena Milan Nora Otto Petra".split()
LAST = ("Adlerov Brankovic Czernak Dubrin Ersler Fabrikov Grushka Hollmann Ivarsen Jaskula Kolvas Lindqvar Morovka "
        "Nadazy Ostrik Pellender Quarrin Rosnik Szabray Tolvaj").split()
OFFICES = ("foreign minister", "ambassador to the assembly", "defence secretary", "chief negotiator", "deputy envoy")
CITIES = "Port Klebeck, Old Varna, Kessel, Trondvik, Marisol, Upper Dalen, Saint Orlan, Brevik, Nova Kaska".split(", ")
TOPICS = {
    "canal": dict(thing="the Kessel canal", act="closing the locks", tool="the transit embargo", goods="grain barges",
                  body="the river commission", worry="a food shortage downstream", remedy="a shared toll register"),
    "dam": dict(thing="the Brevik dam", act="filling the reservoir", tool="the water quota", goods="turbine parts",
                body="the basin authority", worry="drought in the lower valley", remedy="monthly flow readings"),
    "radar": dict(thing="the Trondvik radar station", act="switching on the array", tool="the export ban",
                  goods="antenna crystals", body="the armaments council", worry="a race for heavier rockets",
                  remedy="visits by neutral inspectors"),
    "fishing": dict(thing="the Marisol cod grounds", act="seizing trawlers", tool="the landing ban", goods="frozen cod",
                    body="the maritime tribunal", worry="clashes between coast guards", remedy="licences drawn by lot"),
    "gas": dict(thing="the Saint Orlan pipeline", act="throttling the pumps", tool="the asset freeze",
                goods="liquefied gas", body="the energy forum", worry="a winter without heating",
                remedy="an escrow account for payments"),
    "rail": dict(thing="the northern railway", act="tearing up the junction", tool="the freight levy",
                 goods="steel coils", body="the customs union", worry="idle foundries in the border towns",
                 remedy="a joint signalling office"),
    "vaccine": dict(thing="the Dalen vaccine stockpile", act="holding back the second shipment",
                    tool="the patent waiver", goods="sealed vials", body="the health congress",
                    worry="a third wave among the islanders", remedy="an independent audit of the freezers"),
    "satellite": dict(thing="the Varna satellite", act="moving the craft into a lower orbit",
                      tool="the launch permit rule", goods="rocket nozzles", body="the orbital registry",
                      worry="a collision above the equator",
                      remedy="a public list of manoeuvres"),
}
MAIN = (
    "{thing} must reopen before the end of {month}", "we will never accept {tool} as the price of peace",
    "{act} was a sovereign decision", "the only road out of this quarrel is {remedy}",
    "{tool} has failed for {n} years", "{body} has received {n} letters from us and answered none",
    "our patience is not endless", "those who profit from {goods} should not lecture hungry families",
    "there is no proof that {act} has harmed a single citizen", "lifting {tool} now would reward bad behaviour",
    "{other} could end this crisis tomorrow", "every delay brings {worry} closer",
    "we urge {body} to send {n} observers to {city}", "the smuggling story is an invention from start to finish",
    "nothing justifies {act} at such an hour", "our engineers can prove that {thing} is run for peaceful purposes",
    "the penalties were meant to bring people to the table", "{other} should withdraw its gunboats from {city}",
    "joint patrols near {city} are purely defensive", "we regret that {body} chose threats over dialogue",
    "a fair settlement needs {remedy} first and signatures second", "it is hypocritical to condemn {act}",
    "the draft is one-sided and hasty", "my government stands ready to discuss easing {tool}",
    "{n} villages have no electricity tonight", "we demand the release of the {n} sailors held at {city}",
    "the treaty of {city} gives us the plain right to defend ourselves", "friends do not spy on each other",
    "any strike would be answered swiftly", "convoys carrying {goods} must pass {city} freely",
    "{other} owes the widows of {city} an honest account", "a handful of speculators is holding {n} towns hostage",
    "no minister of mine will sign a blank page", "the auditors found {n} forged receipts in one afternoon",
    "the generals of {other} are playing with matches", "hospitals in {city} have run out of bandages",
)
REASON = (
    "because nobody outside our borders has the right to punish it", "since {other} walked out of the hall in {month}",
    "as even its own experts admit in private", "because the winter stores in {city} will last {n} days",
    "although the cameras were switched off by then", "since the bridge at {city} was mined by saboteurs",
    "because words on parchment have never fed a child", "as {n} independent chemists have confirmed",
    "because the ferry crews refuse to sail at night", "since a signed promise was broken within {n} hours",
    "although our grandfathers shared the same pastures", "because cowardice always sends a larger bill later",
    "as long as {n} armoured trains wait behind the ridge", "since the referendum in {city} spoke clearly",
    "because a small nation has only the law to shelter it", "as the captured logbooks show in plain ink",
    "although the harvest in {other} was the richest in memory", "because the lighthouse keepers saw everything",
    "since {n} nurses were turned away at the checkpoint", "as any honest map of {city} will tell you",
)
TAIL = (
    "and history will remember who looked away", "and the tent cities are filling with orphans",
    "so the arithmetic of this chamber has to change", "and no cheque from abroad can repair that insult",
    "but the lanterns in our window stay lit", "and we shall publish every telegram before {month}",
    "so let the judges in {city} decide", "and the gravediggers of {city} know it better than I do",
    "but a handshake on the jetty would be enough", "and {n} thousand petitioners stand behind me",
    "so spare us the crocodile tears", "and that is the last concession on this subject",
    "but there is still a chair for {other} at our table", "so the ships will sail on schedule",
    "and it will cost {n} million crowns to undo", "but we are bakers and carpenters, not conquerors",
)
INDIRECT = (
    "{body} should hold an emergency session before {month}", "its neighbours had ignored {n} warnings about {worry}",
    "{tool} would stay in place until inspectors had visited {city}", "further talks depended on an end to {act}",
    "{goods} worth {n} million crowns had vanished near {city}", "the count had been rigged by {other}",
    "{thing} would be handed to an international trust within {n} months", "stories of troops massing were exaggerated",
    "{other} was to blame for the collapse of the {month} truce", "it would veto any text that did not mention {worry}",
    "ordinary people in {city} deserved compensation", "its delegation would boycott {body}",
    "the hostages had been moved to a monastery outside {city}", "a courier from {other} carried {n} forged stamps",
    "its navy would escort {goods} through the straits", "the ceasefire map had been redrawn without a vote",
)
SUBJECT = (
    "Traders in {city} reported that prices of {goods} had doubled", "The gallery of {body} was crowded to the rafters",
    "Two cutters shadowed a convoy off {city}", "A leaked memorandum of {n} pages blames clerks for the muddle",
    "Shopkeepers pulled down their shutters", "The chair adjourned the sitting {n} minutes early",
    "Aerial pictures show fresh earthworks near {city}", "An opinion poll found little appetite for confrontation",
    "Insurers raised premiums by {n} percent",
    "Students marched carrying lanterns and portraits of the missing surveyors",
    "The currency slid against its rivals", "Lawyers for the port workers filed {n} complaints",
    "Heavy fog kept the ministers' aircraft on the ground", "A retired general sold old maps to collectors",
    "Schools in {n} border districts stayed closed", "Beekeepers near {city} blamed the floodlights for dying swarms",
    "A choir from {city} sang outside the gates", "Postmen found {n} sacks of undelivered ballots",
    "The night watchman of the archive was dismissed", "Grocers began to ration lamp oil and candles",
    "A brass band drowned out the first speaker", "Divers recovered {n} crates stamped with foreign seals",
)
SETTING = (
    "as loudspeaker vans announced the curfew", "shortly after {n} in the morning",
    "before the ferry to {city} was searched",
    "while veterans of the flood looked on in silence", "after a shouting match over seating",
    "although the stewards had begged for calm", "for the second week in a row",
    "when news of the arrests reached {city}",
    "in spite of sleet and a strike of the tram drivers", "under the eyes of {n} foreign correspondents",
    "until the generator failed and the lamps went out", "on the anniversary of the great fire",
    "after customs men seized a printing press", "because the interpreter had fallen ill",
    "hours before the orchard festival in {city} opened", "without any explanation from the palace",
)
BACKGROUND = (
    "The dispute over {thing} began {years} years ago, when surveyors from {other} moved the boundary stones by night.",
    "{body} adopted its first resolution on the matter after a fire destroyed the archives in {city}.",
    "About {years} thousand people depend on {goods} for their living, most of them in the delta towns.",
    "Earlier rounds of talks in {city} broke down over the wording of a single footnote.",
    "Supporters of {tool} say it keeps the peace; critics call it a relic that feeds the black market.",
    "Engineers have long warned that {act} could bring {worry}.",
)
CUES = ("said", "told reporters", "warned", "insisted", "argued", "declared", "added")
MONTHS = "January February March April May June July August September October November December".split()
THESAURUS = pathlib.Path(__file__).parent / "thesaurus.txt"  # `word: others that a paraphrasing machine might put`
SYNONYMS = {word: others.split() for word, others in (line.split(": ") for line in THESAURUS.read_text().splitlines())}
FUNCTION = {"must": "should", "would": "may", "will": "shall", "about": "round", "near": "close-to",
            "against": "towards", "while": "whereas", "could": "might", "before": "earlier-than",
            "without": "with-out", "only": "solely", "never": "by-no-means", "since": "as", "because": "as",
            "if": "when", "whatever": "no-matter", "once": "as-soon-as", "from": "out-of", "through": "by",
            "over": "above", "until": "till", "and": "plus", "but": "however", "so": "thus", "every": "each"}
FEET = ("Share this article", "Sign up for our newsletter", "3-min read", "Read more: The week in pictures",
        "ADVERTISEMENT")


@dataclasses.dataclass
class Said:
    """One statement in a made article: its place in `parts`, words, kind, speaker, country, and the utterance it is."""

    part: int
    content: str
    kind: str
    speaker: str
    country: str
    utterance: int


@dataclasses.dataclass
class Made:
    """A made article: paragraphs, and the statements in them."""

    story: int
    parts: list[str]
    said: list[Said]

    @property
    def text(self) -> str:
        return "\n\n".join(self.parts) + "\n"


def slots(rng: random.Random, topic: str, fixed: int | None = None) -> dict[str, object]:
    """Values for the slots of a sentence; `fixed` seeds them, so that background reads alike in every story."""
    rng = random.Random(fixed) if fixed is not None else rng
    return TOPICS[topic] | {"month": rng.choice(MONTHS), "n": rng.randint(3, 97), "city": rng.choice(CITIES),
                            "other": rng.choice(list(COUNTRIES.values()))[0], "years": rng.randint(11, 60)}


def sentence(rng: random.Random, topic: str, direct: bool, claims: list[str]) -> str:
    """What somebody says: a claim with a reason or a consequence or both if quoted, else one or two claims.

    Claims are taken from the list, so that nobody says one thing twice in an article.
    """
    if direct:
        parts = [claims.pop()]
        kind = rng.randrange(3)
        parts += [rng.choice(REASON)] * (kind != 1) + [rng.choice(TAIL)] * (kind != 0)
        text = ", ".join(parts) if kind else " ".join(parts)
    else:
        text = " and that ".join(claims.pop() for _ in range(rng.choice((1, 2))))
    return text.format(**slots(rng, topic))


def narrative(rng: random.Random, topic: str) -> str:
    """A sentence of the reporter's own."""
    return f"{rng.choice(SUBJECT)} {rng.choice(SETTING)}.".format(**slots(rng, topic))


def article(rng: random.Random, story: int, topic: str, utterances: int = 0) -> Made:
    """One made article: headline, lead, statements by three speakers, narrative, and the topic's own background."""
    codes = rng.sample(list(COUNTRIES), 3)
    people = {code: f"{rng.choice(FIRST)} {rng.choice(LAST)}" for code in codes}
    values = slots(rng, topic)
    pair = f"{COUNTRIES[codes[0]][0]} and {COUNTRIES[codes[1]][0]}"
    parts = [f"{pair} {rng.choice(('trade blame', 'clash', 'at odds', 'trade threats'))} over {values['thing']}",
             f"{rng.choice(('Envoys of', 'Diplomats from', 'The governments of'))} {pair} quarrelled over "
             f"{values['thing']} on Monday {rng.choice(SETTING)}, and {rng.choice(INDIRECT)}.".format(**values)]
    said: list[Said] = []
    claims = {True: rng.sample(MAIN, 5), False: rng.sample(INDIRECT, 6)}
    for number, direct in enumerate((True, True, True, True, True, False, False, False)):
        code = rng.choice(codes)
        adjective = COUNTRIES[code][1]
        content = sentence(rng, topic, direct, claims[direct])
        content = content[0].upper() + content[1:] if direct else content
        who = f"{adjective} {rng.choice(OFFICES)} {people[code]}"
        kind = "direct" if direct else "indirect"
        parts.append(f"“{content},” {who} {rng.choice(CUES)}." if direct
                     else f"{who[0].upper() + who[1:]} {rng.choice(CUES[2:])} that {content}.")
        said.append(Said(len(parts) - 1, content, kind, people[code], code, utterances + number))
        if rng.random() < 0.6:
            parts.append(narrative(rng, topic))
    for at in rng.sample(range(len(BACKGROUND)), 3):
        parts.append(BACKGROUND[at].format(**slots(rng, topic, fixed=at)))
    return Made(story, parts, said)


def _change(rng: random.Random, text: str, rate: float, function: float) -> str:
    """The text with content words put into other words at the rate, and function words at theirs; names are kept."""
    def swap(match: re.Match[str]) -> str:
        word = match.group()
        others = SYNONYMS.get(word.lower())
        if others and rng.random() < rate:
            new = rng.choice(others).replace("-", " ")
            return new.capitalize() if word[0].isupper() else new
        if word in FUNCTION and rng.random() < function:
            return FUNCTION[word].replace("-", " ")
        return word
    return re.sub(r"[A-Za-z]+(?:-[a-z]+)?", swap, text)


def _copy(made: Made, texts: list[str], contents: dict[int, str], keep: set[int]) -> Made:
    """A copy of the article with these paragraphs and contents, without the paragraphs not kept."""
    places, parts = {}, []
    for at, text in enumerate(texts):
        if at in keep:
            places[at] = len(parts)
            parts.append(text)
    said = [dataclasses.replace(s, part=places[s.part], content=contents[n]) for n, s in enumerate(made.said)
            if s.part in places]
    return Made(made.story, parts, said)


def _rewrite(rng: random.Random, made: Made, rate: float, function: float, keep: set[int]) -> Made:
    """A copy in other words; a statement's content is found again because its edges are marked while words change."""
    texts, contents = list(made.parts), {}
    marked = {s.part: s for s in made.said}
    for at, text in enumerate(texts):
        if at in marked:
            start = text.index(marked[at].content)
            content = _change(rng, marked[at].content, rate, function)
            contents[made.said.index(marked[at])] = content
            texts[at] = (_change(rng, text[:start], rate, function) + content
                         + _change(rng, text[start + len(marked[at].content):], rate, function))
        else:
            texts[at] = _change(rng, text, rate, function)
    return _copy(made, texts, contents, keep)


def edit(rng: random.Random, made: Made, words: float = 0.05, cut: float = 0.3, dropped: float = 0.1) -> Made:
    """A syndicated copy: a few words changed, the tail cut, paragraphs dropped, another headline, page furniture."""
    last = max(4, round(len(made.parts) * (1 - cut)))
    keep = {at for at in range(len(made.parts)) if at < 2 or (at < last and rng.random() >= dropped)}
    copy = _rewrite(rng, made, words, 0.0, keep)
    copy.parts[0] = _change(rng, copy.parts[0], 0.5, 0.5) + rng.choice((" | News", "", " - Daily Courier"))
    copy.parts.append(rng.choice(FEET))
    return copy


def spin(rng: random.Random, made: Made, rate: float = 0.35, cut: float = 0.2) -> Made:
    """A machine-paraphrased copy: content words swapped at the rate, function words at half of it, the tail cut."""
    last = max(4, round(len(made.parts) * (1 - cut)))
    return _rewrite(rng, made, rate, rate / 2, set(range(last)))


def retell(rng: random.Random, made: Made, topic: str, shared: int = 3) -> Made:
    """Another reporter's article on the same event: own headline, lead and narrative, some of the same quotations."""
    other = article(rng, made.story, topic, 0)
    direct = [s for s in made.said if s.kind == "direct"]
    parts, said = other.parts[:2], []
    for s in rng.sample(direct, min(shared, len(direct))):
        parts.append(f"“{s.content},” {COUNTRIES[s.country][1]} representative {s.speaker} told the floor.")
        said.append(dataclasses.replace(s, part=len(parts) - 1))
        parts.append(narrative(rng, topic))
    rest = [part for part in other.parts[-6:] if not part.startswith("“") and " that " not in part]
    return Made(made.story, [*parts, *rest], said)
