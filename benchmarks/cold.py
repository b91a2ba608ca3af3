"""The first page of all: the browser function under Lambda's emulator, and Playwright's launch.

Both begin as a new process and end when a script-built page's content is in hand; Playwright is
spared the emulator. Then a large page, for what the function holds beside its Chromium.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.process_tree import ProcessTree
from benchmarks.report import Measurement
from setup.emulator import main as fetch_emulator
from tests.browser.emulated import EmulatedFunction, emulated
from tests.browser.live_site import LiveSite, live_site, page
from webferry.adapters.browser.finder import find_browser
from webferry.render_letters import outcome_of_letter

ROOT = Path(__file__).parents[1]
STAGE = ROOT / "benchmarks/peers/first_page.py"
CONTENT = "Brought by script"
LARGE_BYTES = 500_000
SITE = {
    "/": page(
        "<!doctype html><div id=root></div><script>fetch('/text').then(r => r.text())"
        ".then(t => root.innerHTML = t)</script>"
    ),
    "/text": page(f"<h1>Fine</h1><p>{'It has words. ' * 9}</p><p>{CONTENT}</p>", "text/plain"),
    "/large": page("<!doctype html><main>" + "<p>Words, and more of them.</p>" * 17_300),
}


def turn(python: Path | None) -> Iterator[Measurement]:
    """One of ours, then one of Playwright's where it is installed."""
    fetch_emulator()
    with live_site(SITE) as site:
        started = time.perf_counter()
        with _function(site) as function, ProcessTree(function.pid) as tree:
            good = CONTENT in _rendered(function, f"{site.url}/")
            took_ms = (time.perf_counter() - started) * 1000
            yield _measured("webferry/cold", tree, took_ms, good=good)
            whole = len(_rendered(function, f"{site.url}/large")) > LARGE_BYTES
            # Its browsers are dead by now: who is left, the emulator included, is the function.
            beside_mb = tree.highest_rss_mb()
            yield Measurement("large", "webferry/function", 0, beside_mb, int(not whole), [0])
        if python:
            yield _playwright(python, f"{site.url}/")


def _playwright(python: Path, url: str) -> Measurement:
    browser = str(find_browser(os.environ))
    command = [python, STAGE, STAGE.parent / "playwright", browser, url]
    started = time.perf_counter()
    with (
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process,
        ProcessTree(process.pid) as tree,
    ):
        assert process.stdout
        good = CONTENT in process.stdout.readline()
        took_ms = (time.perf_counter() - started) * 1000
        return _measured("playwright/cold", tree, took_ms, good=good)


def _measured(player: str, tree: ProcessTree, took_ms: float, *, good: bool) -> Measurement:
    return Measurement("cold", player, tree.cpu_s() * 1000, tree.pss_mb(), int(not good), [took_ms])


@contextmanager
def _function(site: LiveSite) -> Iterator[EmulatedFunction]:
    environment = {
        "BROWSER_PATH": str(find_browser(os.environ)),
        "POWERTOOLS_SERVICE_NAME": "browser_worker",
        "WEBFERRY_ENVIRONMENT": "aws",
        "WEBFERRY_EGRESS_ALLOW": f"127.0.0.1:{site.port}",
    }
    with emulated("browser_worker.handler.handler", environment) as function:
        yield function


def _rendered(function: EmulatedFunction, url: str) -> str:
    letter = json.loads((ROOT / "events/browser_worker.json").read_text("utf-8"))
    letter["render"]["page"]["url"] = url
    return outcome_of_letter(function.invoke(letter)).page.body.decode()
