"""JupyterLab as a reader has it: a real server, a real browser, clicks and keys; nothing is fetched from elsewhere."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import coded
import nbformat
import pytest

from stancebrief.agreement import reviews

pytestmark = pytest.mark.lab

ROOT = pathlib.Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync").split()
PATIENCE = 90_000   # milliseconds; a kernel that imports for the first time on a busy machine is slow
BOARD = 'from stancebrief import explore\nboard = explore.board("small")\nboard'
FORM = 'from stancebrief import explore\nform = explore.review("small", "ana")\nform'


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def lab(small_study, tmp_path):
    """The address of a JupyterLab on two notebooks of ours and the newcomer's, and its process."""
    coded.study_with_tables()
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name, source in (("board", BOARD), ("form", FORM)):
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)], metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
        nbformat.write(book, folder / f"{name}.ipynb")
    for path in (ROOT / "notebooks").glob("0-*.ipynb"):
        book = nbformat.read(path, 4)
        for cell in book.cells:
            cell.source = cell.source.replace('"dprk-vetoes"', '"small"')
        nbformat.write(book, folder / "start.ipynb")
    port = free_port()
    own = {f"JUPYTER_{part}_DIR": str(tmp_path / part.lower()) for part in ("CONFIG", "DATA", "RUNTIME")}
    log = (tmp_path / "lab.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={port}",
         "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", "--ServerApp.password=",
         f"--ServerApp.root_dir={folder}", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
         "--LabApp.news_url=None"], env=os.environ | own, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(180):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=1)
                break
            except (urllib.error.URLError, TimeoutError):
                time.sleep(0.5)
        else:
            pytest.fail(f"JupyterLab did not start: {(tmp_path / 'lab.log').read_text()[-800:]}")
        yield address, server
    finally:
        server.terminate()
        server.wait(30)
        log.close()


@pytest.fixture
def page(lab, tmp_path):
    """A page of a fresh browser that reaches only this machine; what it asked for elsewhere and its errors are kept."""
    sync = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        pytest.skip("no Chromium on this machine")
    with sync.sync_playwright() as playwright:
        one = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=browser, headless=True, args=FLAGS,
            viewport={"width": 1400, "height": 1600})
        opened = one.pages[0]
        opened.elsewhere, opened.errors = [], []
        opened.on("request", lambda request: opened.elsewhere.append(request.url) if not request.url.startswith(
            (lab[0], lab[0].replace("http", "ws"), "data:", "blob:", "about:")) else None)
        opened.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.on("console", lambda line: opened.errors.append(line.text) if line.type == "error" else None)
        yield opened
        one.close()


def run_all(page, lab, name):
    """Open a notebook and run all its cells."""
    page.goto(f"{lab[0]}/lab/tree/{name}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE)
    page.wait_for_selector("text=/\\| Idle/", timeout=PATIENCE)
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")


def shown(page, words):
    page.wait_for_function("words => document.querySelector('.jp-Notebook').innerText.includes(words)", arg=words,
                           timeout=PATIENCE)


def save_picture(page, name):
    """A picture to look at, where LAB_PICTURES names a folder."""
    if os.environ.get("LAB_PICTURES"):
        page.screenshot(path=pathlib.Path(os.environ["LAB_PICTURES"]) / f"{name}.png")


def test_a_click_on_a_country_brings_its_statements(page, lab):
    run_all(page, lab, "board")
    shown(page, "everything: 8 statements")
    tile = page.locator("path[aria-label*='name: China'][aria-label*='All targets']").first
    tile.wait_for(timeout=PATIENCE)
    tile.click()
    shown(page, "China: 4 statements")
    page.wait_for_function("document.querySelectorAll('.jp-OutputArea table tbody tr').length === 4", timeout=PATIENCE)
    assert "1 of 4" in page.inner_text(".sb-count")
    assert page.inner_text(".sb-text .sb-content") in page.inner_text(".jp-OutputArea table tbody")
    page.focus(".sb-reader")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.sb-count').innerText.includes('2 of 4')", timeout=PATIENCE)
    save_picture(page, "board")
    page.locator("path[aria-label*='name: China'][aria-label*='All targets']").first.click()
    shown(page, "everything: 8 statements")
    assert not page.elsewhere and not page.errors


def test_three_codings_survive_a_kernel_killed_in_the_fourth(page, lab, small_study):
    import psutil
    run_all(page, lab, "form")
    shown(page, "0 of 8 coded by ana")
    page.wait_for_selector(".sb-reader", timeout=PATIENCE)
    assert "machine:" not in page.inner_text(".sb-reader"), "blind until asked"
    page.focus(".sb-reader")
    for done, keys in enumerate((["1", "o", "Enter"], ["n"], ["x"]), 1):
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(300)
        shown(page, f"{done} of 8 coded by ana")
    page.keyboard.press("2")
    page.keyboard.press("s")    # chosen, not yet saved
    page.wait_for_function("document.querySelector('.sb-status').innerText.includes('veto support')", timeout=PATIENCE)
    save_picture(page, "form")
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    assert cells == 1, "x coded a statement and cut no cell"
    kernels = [child for child in psutil.Process(lab[1].pid).children(recursive=True)
               if "ipykernel_launcher" in " ".join(child.cmdline())]
    assert kernels
    for kernel in kernels:
        os.kill(kernel.pid, signal.SIGKILL)
    page.wait_for_timeout(4000)   # JupyterLab notices and starts another
    decisions, problems = reviews.read(small_study)
    assert decisions["action"].tolist() == ["code", "code", "reject"] and problems.empty
    assert decisions["positions"][0].endswith("sanctions oppose") and set(decisions["shown"]) == {"blind"}
    run_all(page, lab, "form")
    shown(page, "3 of 8 coded by ana")
    assert not page.elsewhere


def test_marked_words_become_a_missed_statement(page, lab, small_study):
    run_all(page, lab, "form")
    text = page.locator(".sb-text")
    text.wait_for(timeout=PATIENCE)
    words = text.evaluate("""box => {
        const node = [...box.childNodes].find(one => one.textContent.trim().length > 30);
        const inner = node.nodeType === 3 ? node : node.firstChild;
        const start = inner.textContent.search(/\\S/);
        const range = document.createRange();
        range.setStart(inner, start);
        range.setEnd(inner, start + 20);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        box.dispatchEvent(new Event("mouseup"));
        return range.toString();
    }""")
    field = page.locator("input[placeholder^='mark words']")
    page.wait_for_function("document.querySelector(\"input[placeholder^='mark words']\").value.length > 0",
                           timeout=PATIENCE)
    assert field.input_value() == " ".join(words.split())
    page.fill("input[placeholder='such as CHN']", "USA")
    page.keyboard.press("Tab")
    page.click("button:has-text('Add with the labels above')")
    page.wait_for_function("document.querySelector('.sb-status').innerText.includes('added:')", timeout=PATIENCE)
    row = reviews.read(small_study)[0].iloc[0]
    assert (row["action"], row["countries"], row["content"]) == ("add", "USA", " ".join(words.split()))


def test_the_newcomers_notebook_runs_from_the_menu(page, lab, tmp_path):
    run_all(page, lab, "start")
    page.wait_for_function("""() => {
        const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(one => one.innerText);
        return prompts.length && prompts.every(one => /\\[\\d+\\]/.test(one));
    }""", timeout=2 * PATIENCE)
    wrong = page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.error'], .jp-OutputArea-output"
                         "[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts()
    save_picture(page, "start")
    assert not wrong, wrong[0][-500:]
    assert not page.elsewhere, json.dumps(page.elsewhere[:3])
