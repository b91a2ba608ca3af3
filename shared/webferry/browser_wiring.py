"""The browser function's own fuse box: small, for what it does not import it does not wait for."""

import asyncio
import json
from functools import cache

from webferry.adapters.browser.finder import find_browser
from webferry.adapters.browser.job_directory import sweep_orphans
from webferry.adapters.browser.launcher import Launcher, models_to_try
from webferry.adapters.browser.process import harden_this_process
from webferry.adapters.browser.renderer import ChromiumRenderer
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.system import SystemClock
from webferry.domain.errors import Unavailable
from webferry.domain.papers import log_content
from webferry.domain.walks import WalkOrder
from webferry.render_letters import Letter
from webferry.settings import BrowserSettings
from webferry.usecases.render_pages import RenderPages
from webferry.walk_letters import (
    AT_ITS_LINK,
    Links,
    can_be_carried,
    letter_of_too_large,
    letter_of_walk,
)


@cache
def render_pages() -> RenderPages:
    """Pages by this process's own browsers.

    Raises: MissingSettings.
    """
    return RenderPages(_renderer(), BrowserSettings.of_process().lanes)


async def walk(order: WalkOrder, links: Links) -> Letter:
    """Steps in a browser of this process's own: the walk, or that it lies at its link.

    Raises: PageError, Unavailable, MissingSettings.
    """
    # Only walks need Playwright, and pages do not wait for it.
    from webferry.adapters.browser.walker import ChromiumWalker
    from webferry.adapters.put_links import LatestThere, put_there

    shown = LatestThere(links.log)
    try:
        walked = await ChromiumWalker(_renderer()).walk(
            order, lambda lines: shown.show(log_content(lines))
        )
    finally:
        await shown.close()
    letter = letter_of_walk(walked)
    content = json.dumps(letter)
    if can_be_carried(content):
        return letter
    try:
        await asyncio.to_thread(put_there, links.walk, content.encode())
    except Unavailable:
        return letter_of_too_large(walked)
    return AT_ITS_LINK


@cache
def _renderer() -> ChromiumRenderer:
    """Raises: MissingSettings."""
    settings = BrowserSettings.of_process()
    harden_this_process()
    sweep_orphans()
    return ChromiumRenderer(
        guard=EgressGuard(Allowance.parse(settings.egress_allow)),
        clock=SystemClock(),
        program=find_browser(settings.search),
        launcher=Launcher(models_to_try(settings.process_model, sandboxed=settings.sandboxed)),
        sandboxed=settings.sandboxed,
        memory_bytes=settings.lane_memory_mb * 1024 * 1024,
    )
