"""A brief in another language is a file: a made-up one leaves no English of ours on any page or chart."""

import html
import re

import pytest
import yaml
from tabled import DEBATE, figure, fill

from stancebrief import brief, events, language, study
from stancebrief.agreement import measured
from stancebrief.brief import layout, profiles

# Every Latin letter as one of another script: what is left in Latin letters did not come from the language file.
LATIN = "abcdefghijklmnopqrstuvwxyz"
OTHER = "αβξδεφγηιϳκλμνοπϙρστυϝωχψζ"
SCRIPT = str.maketrans(LATIN + LATIN.upper(), OTHER + OTHER.upper())
NAMES = {"stancebrief", "edition", "html", "zip", "txt", "svg", "png"}  # file names and the program's own


def translated(text):
    """The text in the other script; placeholders stay."""
    return "".join(part if part.startswith("{") else part.translate(SCRIPT) for part in re.split(r"(\{\w+\})", text))


def whole(entry, name=""):
    if isinstance(entry, dict):
        return {key: whole(value, key) for key, value in entry.items()}
    if isinstance(entry, list):
        return [whole(value) for value in entry]
    return {"locale": "el", "direction": "ltr"}.get(name, entry if name in (
        "day", "month", "short_month", "short_day", "in_text") else translated(entry))


@pytest.fixture
def greek(tmp_path, monkeypatch):
    """A second language made by script from the English file, beside it."""
    english = (language.FOLDER / "en.yaml").read_text("utf-8")
    made = whole(yaml.load(english, yaml.BaseLoader))
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "gr.yaml").write_text(yaml.safe_dump(made, allow_unicode=True), "utf-8")
    (tmp_path / "language" / "en.yaml").write_text(english, "utf-8")
    monkeypatch.setattr(language, "FOLDER", tmp_path / "language")
    monkeypatch.setattr(study, "languages", lambda: ["en", "gr"])


def english_words(page):
    """Words in Latin letters that a reader of the page meets, in its text, its titles and its attributes."""
    body = page.split("<body>")[1]
    body = re.sub(r"<(script|pre)\b.*?</\1>", " ", body, flags=re.S)
    read = re.findall(r'(?:aria-label|data-template|data-name|title|alt)="([^"]*)"', body)
    text = " ".join([*read, re.sub(r"<[^>]*>", " ", re.sub(r"<(code|style)\b.*?</\1>", " ", body, flags=re.S))])
    return set(re.findall(r"[A-Za-z]{3,}", html.unescape(text)))


def test_no_english_of_ours_is_left_in_another_language(greek, small_study):
    coded = yaml.safe_load((small_study / "codebook.yaml").read_text("utf-8"))
    for target in coded["targets"].values() if isinstance(coded["targets"], dict) else coded["targets"]:
        for key in ("label", "definition", "support_means"):
            if key in target:
                target[key] = translated(target[key])
    (small_study / "codebook.yaml").write_text(yaml.safe_dump(coded, allow_unicode=True), "utf-8")
    said = [one | {"content": translated(one["content"]), "speaker": translated(one["speaker"]),
                   "cue": translated(one["cue"])} for one in DEBATE]
    elsewhere = translated(measured.unseen()[0])
    agreement = [figure(90.0, 20), figure(40.0, 30, elsewhere), figure(80.0, 9, measure="speaker")]
    ours = fill(said, title="Μικρό", question="Ποιος;", outlets=("Λιμάνι", "unknown"), language="gr", note="Ω",
                headline="Ω", basis="inferred", agreement=agreement, countries="CHN,USA,RUS,FRA")
    page = brief.Page(ours)
    page.findings()
    for part in (page.stance, page.net, page.sides, page.sentiment):
        part()
    pages = [page.render()]
    page.write()
    pages.append((ours.report / "index.html").read_bytes())
    pages += [profiles.Profile(ours, code).render() for code in ("CHN", "USA", "FRA")]
    files = {row[0] for row in layout.figures.pd.read_csv(study.DATA / "SOURCES.csv").itertuples(index=False)}
    known = {word for name in [*files, ours.name] for word in re.findall(r"[A-Za-z]{3,}", name)} | NAMES
    for made in pages:
        shown = made.decode().split('<section id="sources">')[0].replace(page.edition, "")  # the files' list is data
        assert not english_words(shown) - known
    assert "Κίνα" in pages[0].decode() and 'lang="el"' in pages[0].decode()


def test_events_are_told_in_the_language_of_the_study(greek):
    ours = study.Study("trial", language="gr", context=("missile_launch_days", "nuclear_tests", "council_actions"))
    found = events.timeline(ours)
    ours = found["lane"].isin(["missile", "nuclear"]) | found["kind"].isin(["veto", "sanctions resolution"])
    labels = found.loc[ours, "label"]  # other acts are called what their table calls them
    assert not [label for label in labels if re.search(r"[a-z]{3,}", label)]
    launches = found.loc[found["lane"] == "missile", "detail"].str.split(translated("Counted")).str[0]
    assert not launches.str.contains("[A-Za-z]").any()


def test_dates_numbers_and_plurals_follow_the_locale(greek):
    greek = language.load("gr")
    assert greek.number(1234.5, 1) == "1.234,5" and greek.country("USA") == "Ηνωμένες Πολιτείες"
    assert "Ιουνίου" in greek.date("2022-06-08")
    assert greek.say("glance.articles", n=1) != greek.say("glance.articles", n=2)
    assert language.load().country("PRK") == "North Korea"


def test_another_language_may_keep_the_capitals_of_labels(small_study):
    page = brief.Page(fill(DEBATE))
    assert page.language.in_text("Sanctions on North Korea") == "sanctions on North Korea"
    assert page.language.in_text("US policy") == "US policy"
