"""The brief in headless Chromium with the network off: quiet, complete, usable by keyboard, at each size and theme."""

import json
import pathlib
import shutil
import subprocess

import pytest
from tabled import DEBATE, fill

from stancebrief import brief, study
from stancebrief.brief import profiles

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]
AXE = study.ROOT / ".cache" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": (375, 800), "laptop": (1280, 900)}
LIMIT = 3_000_000

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")]


@pytest.fixture(scope="module")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """A page open in a browser without a network; what it asked for and what it said are kept."""

    def __init__(self, chromium, path, size="laptop", **options):
        width, height = SIZES[size]
        self.context = chromium.new_context(
            viewport={"width": width, "height": height},
            offline=True,
            **{"color_scheme": "light", "reduced_motion": "reduce"} | options,
        )
        self.page, self.said, self.asked = self.context.new_page(), [], []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.log('CSP ' + e.violatedDirective))"
        )
        self.page.goto(pathlib.Path(path).as_uri())

    def read_through(self):
        """Scroll to the end as a reader would, so that every chart is drawn."""
        for _ in range(60):
            if self.page.evaluate(
                "scrollBy({top: 700, behavior: 'instant'}); scrollY + innerHeight >= "
                "document.documentElement.scrollHeight - 2"
            ):
                break
            self.page.wait_for_timeout(30)
        self.page.wait_for_timeout(400)

    def quiet(self):
        assert self.said == [] and len(self.asked) == 1, (self.said, self.asked)


def write(said=DEBATE, **more):
    """The brief and one country page of the small study; gives the folder."""
    page = brief.Page(fill(said, **more))
    page.findings()
    page.stance()
    page.sides()
    page.sentiment()
    page.write()
    profiles.Profile(page.study, "CHN").write()
    return page.study.report


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_asks_for_nothing_says_nothing_and_draws_every_chart(chromium, small_study, size, scheme):
    folder = write(countries="CHN,USA,RUS")
    visit = Visit(chromium, folder / "brief.html", size, color_scheme=scheme)
    visit.read_through()
    charts = visit.page.locator(".plot").count()
    assert charts == 3 and visit.page.locator(".live svg").count() == charts
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    visit.quiet()
    country = Visit(chromium, folder / "country" / "CHN.html", size, color_scheme=scheme)
    assert country.page.locator(f".picture.{'narrow' if size == 'phone' else 'wide'} .still").is_visible()
    country.quiet()


def test_without_script_it_is_complete(chromium, small_study):
    visit = Visit(chromium, write() / "brief.html", java_script_enabled=False)
    assert visit.page.locator(".picture.wide svg").first.is_visible() and visit.page.locator(".utterance").count() == 7
    assert not visit.page.locator(".follow").is_visible() and not visit.page.locator(".filter").is_visible()
    visit.quiet()


def test_a_country_is_followed_through_charts_and_statements(chromium, small_study):
    visit = Visit(chromium, write(countries="CHN,USA,RUS") / "brief.html")
    visit.read_through()
    button = visit.page.locator(".follow button[data-country=USA]")
    button.focus()
    visit.page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert visit.page.locator(".utterance:visible").count() == 3
    visit.page.wait_for_timeout(300)
    faded = visit.page.evaluate(
        "[...document.querySelectorAll('.live svg [opacity]')].some(e => e.getAttribute('opacity') < .5)"
    )
    assert faded, "the other countries do not step back in the charts"
    target = visit.page.locator("details .evidence a").first.get_attribute("href")
    visit.page.evaluate(f"location.hash = '{target}'")
    visit.page.wait_for_timeout(100)
    assert visit.page.locator(target).is_visible(), "a link to a statement that the filter hides must show it"
    visit.quiet()


def test_everything_is_reached_by_keyboard(chromium, small_study):
    visit = Visit(chromium, write() / "brief.html")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(150):
        visit.page.keyboard.press("Tab")
        reached.add(visit.page.evaluate("document.activeElement.tagName"))
    assert {"A", "BUTTON", "SUMMARY", "SELECT"} <= reached


def test_hostile_text_runs_nothing_fetches_nothing_and_can_be_read(chromium, small_study):
    from test_brief import HOSTILE

    texts = [
        *HOSTILE,
        "a\u202eb\u200bc",
        '<a href="javascript:window.ran=1">x</a>',
        "<iframe srcdoc='<script>1</script>'>",
    ]
    said = [
        one | {"content": f"{text} sanctions {n}", "speaker": f"{text[:50]} Lin", "cue": text[:30]}
        for n, text in enumerate(texts)
        for one in DEBATE[:2]
    ]
    folder = write(
        said,
        headline=texts[0],
        outlets=(texts[1], "Ridge"),
        note=texts[2],
        title=texts[2],
        url="javascript:window.ran=1",
    )
    for name in ("brief.html", "country/CHN.html", "index.html"):
        visit = Visit(chromium, folder / name)
        visit.read_through()
        for mark in visit.page.locator(".live svg [class*=mark] path").all()[:5]:
            mark.hover(force=True, timeout=500) if mark.is_visible() else None
        assert (
            visit.page.evaluate("typeof window.ran") == "undefined" and visit.page.locator("img, iframe").count() == 0
        )
        visit.quiet()
    body = Visit(chromium, folder / "brief.html").page.locator("#statements").inner_text()
    assert all(text[:100] in body for text in HOSTILE) and "U+202E" in body and "U+200B" in body


def test_it_prints_with_its_charts_and_its_statements(chromium, small_study, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    visit = Visit(chromium, write() / "brief.html")
    visit.page.pdf(path=str(tmp_path / "brief.pdf"), prefer_css_page_size=True, tagged=True)
    read = pypdf.PdfReader(tmp_path / "brief.pdf")
    text = " ".join(page.extract_text() for page in read.pages)
    assert "nobody is helped by the sanctions" in " ".join(text.split()) and "edition" in read.pages[1].extract_text()
    assert f"1 / {len(read.pages)}" in text and read.trailer["/Root"].get("/MarkInfo", {}).get("/Marked")


@pytest.fixture(scope="module")
def axe():
    """axe-core from npm, kept in .cache; skipped, saying so, where npm or its registry is not to be had."""
    if not AXE.is_file():
        if shutil.which("npm") is None:
            pytest.skip("npm is not installed, so axe-core cannot be fetched")
        AXE.parents[2].mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [
                "npm",
                "install",
                "--no-save",
                "--ignore-scripts",
                "--silent",
                "--prefix",
                str(AXE.parents[2]),
                "axe-core@4",
            ],
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode or not AXE.is_file():
            pytest.skip("axe-core could not be fetched with npm")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium, small_study, axe, size, scheme):
    folder = write(countries="CHN,USA,RUS")
    for name in ("brief.html", "country/CHN.html", "index.html"):
        visit = Visit(chromium, folder / name, size, color_scheme=scheme, bypass_csp=True)
        visit.read_through()
        visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        visit.page.evaluate(axe)
        found = visit.page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )["violations"]
        serious = [
            (v["id"], v["nodes"][0]["html"][:200], len(v["nodes"]))
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == [], json.dumps(serious, indent=1)


@pytest.mark.large
def test_a_large_study_stays_under_the_limit_and_opens(chromium, small_study):
    many = [
        one | {"content": f"in case {n} we ask for more than words on the sanctions", "speaker": f"Speaker {n % 40}"}
        for n in range(5000 // len(DEBATE[:6]))
        for one in DEBATE[:6]
    ]
    folder = write(many)
    assert (folder / "brief.html").stat().st_size < LIMIT
    visit = Visit(chromium, folder / "brief.html")
    assert visit.page.locator(".utterance").count() == brief.SHOWN
    visit.quiet()
