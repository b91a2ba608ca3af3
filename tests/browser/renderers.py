"""Renderers for tests, and orders for them."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from webferry.adapters.browser.flags import ProcessModel
from webferry.adapters.browser.launcher import Launcher
from webferry.adapters.browser.renderer import ChromiumRenderer
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard, Resolver, system_resolver
from webferry.adapters.system import SystemClock
from webferry.domain.errors import WebferryError
from webferry.domain.pages import PageRequest
from webferry.domain.rendering import Rendering, RenderOrder
from webferry.usecases.render_pages import RenderPages

MEMORY_BYTES = 700 * 1024 * 1024


def make_renderer(
    program: Path,
    allow: str,
    *,
    model: ProcessModel = ProcessModel.MULTI,
    resolve: Resolver = system_resolver,
    memory_bytes: int = MEMORY_BYTES,
    byte_limit: int = 32 * 1024 * 1024,
) -> ChromiumRenderer:
    """One that may reach what is allowed."""
    return ChromiumRenderer(
        guard=EgressGuard(Allowance.parse(allow), resolve),
        clock=SystemClock(),
        program=program,
        # A loaded machine must not pass for a broken browser.
        launcher=Launcher([model], self_test_s=20),
        sandboxed=False,
        memory_bytes=memory_bytes,
        byte_limit=byte_limit,
    )


def order(url: str, timeout_ms: int = 15_000, **more: object) -> RenderOrder:
    """To render a page."""
    return RenderOrder(PageRequest(url, timeout_ms), **more)  # type: ignore[arg-type]


def render(renderer: ChromiumRenderer, asked: RenderOrder) -> Rendering:
    """Raises: WebferryError."""
    return asyncio.run(renderer.render(asked))


def render_all(
    renderer: ChromiumRenderer, orders: Sequence[RenderOrder], lanes: int = 4
) -> list[Rendering | WebferryError]:
    """What became of each."""
    return asyncio.run(RenderPages(renderer, lanes)(orders))


def html_of(outcome: Rendering | WebferryError) -> str:
    """The page's HTML; nothing if there is no page."""
    return outcome.page.body.decode() if isinstance(outcome, Rendering) else ""
