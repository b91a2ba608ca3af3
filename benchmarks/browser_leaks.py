"""Two hundred pages in one worker, in both process models: what is left of them?

`python -m benchmarks.browser_leaks [PAGES]` prints zombies, memory, descriptors and files.
"""

import asyncio
import gc
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.browser.live_site import live_site
from tests.browser.remains import browsers_of_ours
from tests.browser.renderers import html_of, make_renderer, order
from tests.browser.test_many_pages import SITE
from webferry.adapters.browser.finder import find_browser
from webferry.adapters.browser.flags import ProcessModel
from webferry.adapters.browser.job_directory import PREFIX
from webferry.adapters.browser.process import harden_this_process
from webferry.adapters.browser.watchdog import held_bytes
from webferry.usecases.render_pages import RenderPages

PAGES = 200
WARM_UP = 10
LANES = 2
MB = 1024 * 1024


def remains() -> str:
    """What there is now."""
    gc.collect()
    files = len(list(Path(tempfile.gettempdir()).glob(f"{PREFIX}{os.getpid()}-*")))
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    return (
        f"{held_bytes(os.getpid()) / MB:6.1f} MB  {descriptors} descriptors  "
        f"{len(browsers_of_ours())} zombies  {files} directories"
    )


def main() -> None:
    """Render, and compare before with after."""
    program = find_browser(os.environ)
    if program is None:
        raise SystemExit("no browser was found")
    harden_this_process()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with live_site(SITE) as site:
        for model in ProcessModel:
            renderer = make_renderer(program, f"127.0.0.1:{site.port}", model=model)
            pages = RenderPages(renderer, LANES)
            asyncio.run(pages([order(f"{site.url}/")] * WARM_UP))
            print(f"{model:7} before {remains()}")
            started = time.monotonic()
            outcomes = asyncio.run(pages([order(f"{site.url}/", 60_000)] * count))
            good = sum("Here" in html_of(outcome) for outcome in outcomes)
            took_s = time.monotonic() - started
            print(f"{model:7} after  {remains()}  {good}/{count} pages in {took_s:.0f} s")


if __name__ == "__main__":
    main()
