"""The brief on paper: a tagged PDF of the same page, printed by a Chromium that is there. Nothing is downloaded."""

from __future__ import annotations

import os
import pathlib
import re
import shutil

from stancebrief import study, tables
from stancebrief.runs import publishing

BRIEF, PDF = "brief.html", "brief.pdf"
VARIABLE = "STANCEBRIEF_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium", "/snap/bin/chromium")
FLAGS = ("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update")
# A link to a file beside the page would become the address of this machine's folder; inside the page they stay links.
UNLINK = "for (const a of document.querySelectorAll('a[href]')) if (!/^(#|https?:)/.test(a.getAttribute('href'))) \
a.removeAttribute('href')"
STAMP = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")


class PrintError(RuntimeError):
    """The brief cannot be printed; says what is missing and what would do."""


def chromium() -> str:
    """The browser to print with: the one that STANCEBRIEF_CHROMIUM names, or one of the usual names and places.

    Raises PrintError where there is none.
    """
    if given := os.environ.get(VARIABLE):
        if found := shutil.which(given):
            return found
        raise PrintError(f"{VARIABLE} is {given!r}, which is no program; set it to the path of a Chromium or Chrome")
    for name in (*NAMES, *PLACES):
        if found := shutil.which(name):
            return found
    raise PrintError(f"no Chromium, Chrome or Edge was found; install one, or set {VARIABLE} to its path. "
                     f"Printing {BRIEF} from any browser gives the same pages")


def pdf(ours: study.Study) -> pathlib.Path:
    """Print the brief of the study's last report as brief.pdf beside it, in one move; gives its path.

    Raises PrintError without a report or a browser, publishing.Busy while a run is at work. The next report takes the
    PDF away with the brief that it was made from.
    """
    if not (ours.report / BRIEF).is_file():
        raise PrintError(f"there is no brief of {ours.name} yet; run `make report STUDY={ours.name}` first")
    browser = chromium()
    with publishing.staged(ours.report, keep=True) as work:
        tables.write_bytes(printed(work / BRIEF, browser), work / PDF)
    return ours.report / PDF


def printed(page: pathlib.Path, browser: str) -> bytes:
    """The page as PDF: tagged, with an outline, text as text and charts as lines; no time in it. Network is off."""
    try:
        from playwright import sync_api
    except ImportError as error:
        raise PrintError("the package playwright, which drives the browser, is not installed; `make env`") from error
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # Chromium's own rule for root
    try:
        with sync_api.sync_playwright() as driver:
            chrome = driver.chromium.launch(executable_path=browser, args=[*FLAGS, *root])
            context = chrome.new_context(offline=True, color_scheme="light")
            sheet = context.new_page()
            sheet.goto(page.resolve().as_uri())
            sheet.evaluate(UNLINK)
            content = sheet.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
            chrome.close()
    except sync_api.Error as error:
        raise PrintError(f"{browser} could not print {page.name}: {str(error).strip().splitlines()[0]}") from error
    return STAMP.sub(lambda match: b"/" + match[1] + b" (D:" + _zeros(match[0]) + b")", content)


def _zeros(stamp: bytes) -> bytes:
    """A date of the same length, so that no place in the file moves."""
    date = stamp[stamp.index(b"D:") + 2:-1]
    return b"19800101000000" + date[14:] if len(date) >= 14 else date
