"""Many pages one after another leave nothing: no zombie, no file, no memory."""

import asyncio
import gc
import os
import tempfile
from pathlib import Path

import pytest

from tests.browser.live_site import live_site, page
from tests.browser.remains import browsers_of_ours
from tests.browser.renderers import html_of, make_renderer, order, render_all
from webferry.adapters.browser.flags import ProcessModel
from webferry.adapters.browser.job_directory import PREFIX
from webferry.adapters.browser.watchdog import held_bytes
from webferry.domain.errors import FetchFailed

# `python -m benchmarks.browser_leaks` does 200.
WARM_UP, PAGES = 4, 12
SITE = {
    "/": page(
        "<!doctype html><h1>Here</h1><p>And words enough to read that nobody waits for any more of"
        " them here.</p><script>document.title = 'done'</script>"
    ),
    "/crash": page(
        "<script>const kept = []; for (;;) kept.push(new Uint8Array(3e7).fill(1))</script>"
    ),
}


@pytest.mark.parametrize("model", list(ProcessModel))
def test_nothing_is_left_of_many_pages(program: Path, model: ProcessModel) -> None:
    with live_site(SITE) as site:
        renderer = make_renderer(program, f"127.0.0.1:{site.port}", model=model)
        render_all(renderer, [order(f"{site.url}/")] * WARM_UP, lanes=2)
        gc.collect()
        held, descriptors = held_bytes(os.getpid()), len(list(Path("/proc/self/fd").iterdir()))
        outcomes = render_all(renderer, [order(f"{site.url}/")] * PAGES, lanes=2)
        gc.collect()

    assert all("Here" in html_of(outcome) for outcome in outcomes)
    assert held_bytes(os.getpid()) <= held * 1.2
    assert len(list(Path("/proc/self/fd").iterdir())) <= descriptors
    assert not browsers_of_ours()
    assert not list(Path(tempfile.gettempdir()).glob(f"{PREFIX}{os.getpid()}-*"))


@pytest.mark.parametrize("model", list(ProcessModel))
def test_a_browser_that_takes_too_much_memory_is_ended(program: Path, model: ProcessModel) -> None:
    with live_site(SITE) as site:
        renderer = make_renderer(
            program, f"127.0.0.1:{site.port}", model=model, memory_bytes=300 << 20
        )
        with pytest.raises(FetchFailed, match="memory"):
            asyncio.run(renderer.render(order(f"{site.url}/crash", 20_000)))

    assert not browsers_of_ours()
