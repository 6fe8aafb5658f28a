"""Take the README's picture of the brief: python tools/picture.py (needs Chromium and the report of the study)."""

import shutil

from playwright.sync_api import sync_playwright

from stancebrief import study

BRIEF = study.REPORTS / "dprk-vetoes" / "brief.html"
PICTURE = study.ROOT / "docs" / "brief.png"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        raise SystemExit("no Chromium here: install it first")
    with sync_playwright() as play:
        page = play.chromium.launch(executable_path=browser, args=FLAGS).new_page(
            viewport={"width": 1200, "height": 1000}, color_scheme="light")
        page.goto(BRIEF.as_uri())
        page.wait_for_timeout(2000)
        page.evaluate("document.querySelector('#stance').scrollIntoView()")
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
