"""Pages as a browser shows them: a browser for each, and nothing left of it after."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from webferry.adapters.browser import job_directory
from webferry.adapters.browser.alarms import Died, watched
from webferry.adapters.browser.filter_proxy import FilterProxy
from webferry.adapters.browser.finder import NO_BROWSER
from webferry.adapters.browser.flags import Launch, ProcessModel
from webferry.adapters.browser.launcher import Launcher
from webferry.adapters.browser.visit import Shown, Visit
from webferry.adapters.browser.way_out import WayOut
from webferry.adapters.egress.guard import EgressGuard, Target
from webferry.adapters.http_proxies import read_proxy
from webferry.adapters.user_agents import DEVICES
from webferry.domain.errors import FetchFailed, PageTimeout, Unavailable
from webferry.domain.pages import Page
from webferry.domain.rendering import BrowserBroken, Rendering, RenderOrder
from webferry.domain.request_headers import check_headers
from webferry.ports import Clock

# What a page and all it asks for may amount to, as it crosses the wire.
BYTE_LIMIT = 64 * 1024 * 1024
# With less than this, a browser dies of reasons that no page is to blame for.
MIN_FREE_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True)
class ChromiumRenderer:
    """Each page gets a browser, a profile, a proxy and a deadline of its own."""

    guard: EgressGuard
    clock: Clock
    program: Path | None
    launcher: Launcher
    sandboxed: bool
    memory_bytes: int
    byte_limit: int = field(default=BYTE_LIMIT)

    @property
    def missing(self) -> str:
        """What to do to have a browser; empty where there is one."""
        return "" if self.program else NO_BROWSER

    async def render(self, order: RenderOrder) -> Rendering:
        """Raises: PageError, InvalidRequest, Unavailable."""
        target, program = self.guard.target(order.page.url), self.program
        if program is None:
            raise Unavailable(NO_BROWSER)
        check_headers(order.page.headers, order.page.cookies)
        started_ms = self.clock.tick_ms()
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + order.page.timeout_ms / 1000
        try:
            async with asyncio.timeout_at(ends_at):
                shown, transferred = await self._twice_at_most(program, order, target, ends_at)
        except TimeoutError as error:
            raise PageTimeout("Request exceeded timeout") from error
        page = Page(
            requested_url=order.page.url,
            final_url=shown.url,
            http_status=shown.status,
            content_type="text/html; charset=utf-8",
            # A script may leave half a character; no encoder takes that.
            body=shown.html.encode("utf-8", "replace"),
            fetched_at_ms=self.clock.now_ms(),
            fetch_duration_ms=round(self.clock.tick_ms() - started_ms),
        )
        return Rendering(page, shown.settled, transferred, shown.picture)

    async def _twice_at_most(
        self, program: Path, order: RenderOrder, target: Target, ends_at: float
    ) -> tuple[Shown, int]:
        for last in (False, True):
            try:
                return await self._once(program, order, target, ends_at)
            except Died as died:
                if last or not died.early:
                    raise FetchFailed("The page ended the browser", retryable=died.early) from died
        raise AssertionError

    async def _once(
        self, program: Path, order: RenderOrder, target: Target, ends_at: float
    ) -> tuple[Shown, int]:
        if job_directory.free_bytes() < MIN_FREE_BYTES:
            raise BrowserBroken("There is no room left for a browser")
        proxy_text = order.page.proxy
        way = WayOut(self.guard, read_proxy(proxy_text, self.guard) if proxy_text else None)
        with job_directory.job_directory() as directory:
            async with FilterProxy(way, byte_limit=self.byte_limit) as proxy:
                launch = Launch(
                    program=program,
                    directory=directory,
                    proxy_port=proxy.port,
                    user_agent=DEVICES[order.page.profile].user_agent,
                    model=ProcessModel.MULTI,
                    sandboxed=self.sandboxed,
                    not_fetched=order.not_fetched,
                    seen=order.capture is not None,
                )
                process, tab = await self.launcher.start(launch)
                try:
                    visit = Visit(tab, proxy, self.guard, order, target, ends_at)
                    shown = await watched(visit(), process, tab, proxy, self.memory_bytes)
                finally:
                    await asyncio.shield(process.bury())
                return shown, proxy.transferred_bytes
