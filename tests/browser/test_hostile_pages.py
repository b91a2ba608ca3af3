"""No page hangs, bloats or kills the worker: each ends in time, with the right code."""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.browser.hostile import HOSTILE, OK, SITE
from tests.browser.live_site import LiveSite, live_site
from tests.browser.remains import browsers_of_ours
from tests.browser.renderers import html_of, make_renderer, order
from webferry.adapters.browser.flags import ProcessModel
from webferry.adapters.browser.job_directory import PREFIX
from webferry.adapters.browser.renderer import ChromiumRenderer
from webferry.domain.errors import WebferryError
from webferry.domain.rendering import Rendering

LANES = 4
Outcome = Rendering | WebferryError


class Ordeal(NamedTuple):
    """A hostile page's outcome and duration, and what a calm one came to right after it."""

    outcome: Outcome
    took_s: float
    after: Outcome


@pytest.fixture(scope="module", params=list(ProcessModel))
def ordeals(program: Path, request: pytest.FixtureRequest) -> Iterator[dict[str, Ordeal]]:
    with live_site(SITE) as site:
        renderer = make_renderer(
            program, f"127.0.0.1:{site.port}", model=request.param, byte_limit=12 << 20
        )
        yield asyncio.run(go_through_all(renderer, site))


async def go_through_all(renderer: ChromiumRenderer, site: LiveSite) -> dict[str, Ordeal]:
    lanes = asyncio.Semaphore(LANES)

    async def visit(name: str, timeout_ms: int) -> Outcome:
        try:
            return await renderer.render(order(f"{site.url}/{name}", timeout_ms))
        except WebferryError as error:
            return error

    async def go_through(name: str) -> Ordeal:
        async with lanes:
            started = time.monotonic()
            outcome = await visit(name, HOSTILE[name].timeout_ms)
            took_s = time.monotonic() - started
            return Ordeal(outcome, took_s, await visit("calm", 20_000))

    return dict(zip(HOSTILE, await asyncio.gather(*map(go_through, HOSTILE)), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_in_time_with_the_right_code_and_the_next_page_works(
    name: str, ordeals: dict[str, Ordeal]
) -> None:
    outcome, took_s, after = ordeals[name]

    seen = OK if isinstance(outcome, Rendering) else outcome.code
    assert seen in HOSTILE[name].codes, outcome
    assert took_s < HOSTILE[name].timeout_ms / 1000 + 2
    assert "Nothing happens here" in html_of(after), after


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_of_the_machine_or_of_a_service_worker_is_in_the_page(
    name: str, ordeals: dict[str, Ordeal]
) -> None:
    html = html_of(ordeals[name].outcome)

    assert "root:x:0" not in html
    assert "taken over" not in html


def test_no_process_no_zombie_and_no_file_is_left(ordeals: dict[str, Ordeal]) -> None:
    del ordeals
    assert not browsers_of_ours()
    assert not list(Path(tempfile.gettempdir()).glob(f"{PREFIX}{os.getpid()}-*"))
