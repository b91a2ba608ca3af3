"""One visit: to the page, until it is ready, and what it shows then."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from webferry.adapters.browser import page_scripts, pictures
from webferry.adapters.browser.devtools import CallFailed
from webferry.adapters.browser.emulation import introduction, window
from webferry.adapters.browser.filter_proxy import FilterProxy
from webferry.adapters.browser.settling import PROMPT_MS, TICK_MS, Outlook, Pulse, Settling
from webferry.adapters.browser.tab import Tab
from webferry.adapters.browser.toll import Toll
from webferry.adapters.browser.verdict import check_document, in_words, may_let_in
from webferry.adapters.egress.guard import EgressGuard, Target
from webferry.adapters.user_agents import DEVICES
from webferry.domain.errors import FetchFailed, InvalidRequest, PageTimeout
from webferry.domain.rendering import RenderOrder, Until

# Of the time a page is given, what is kept to read it once waiting has to end.
READ_SHARE, READ_AT_MOST_S = 0.2, 2.0
# A page of more windows than steps is looked down in leaps: if it stirs, the next look is closer.
STEPS_OF_A_LOOK = (8, 12, 12)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page showed."""

    url: str
    status: int
    html: str
    settled: bool
    picture: bytes | None


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything one visit needs; `ends_at` is in the loop's time."""

    tab: Tab
    proxy: FilterProxy
    guard: EgressGuard
    order: RenderOrder
    target: Target
    ends_at: float

    async def __call__(self) -> Shown:
        """Raises: PageError, CallFailed, BrowserGone."""
        loop = asyncio.get_running_loop()
        left_s = self.ends_at - loop.time()
        settled = True
        try:
            async with asyncio.timeout(left_s - min(READ_AT_MOST_S, left_s * READ_SHARE)):
                self.prepare()
                await self.go(self.target.url)
                await self._wait()
        except TimeoutError as error:
            if not self._has_page():
                raise PageTimeout("Request exceeded timeout") from error
            settled = False
            await self.tab.stop_scripts()
        self.check()
        return await self._read(settled=settled)

    def _has_page(self) -> bool:
        """Whether what has come so far is worth reading: not if a state was named and not met."""
        wanted = self.order.readiness
        return (
            self.tab.dom_ready.is_set()
            and wanted.until is Until.SETTLED
            and wanted.selector is None
        )

    def prepare(self) -> None:
        """Watch the page from now on, which takes us for the device of the order."""
        device = DEVICES[self.order.page.profile]
        self.tab.watch(Toll.of(self.order, self.target))
        size = window(device, self.order.viewport, seen=self.order.capture is not None)
        self.tab.send("Emulation.setDeviceMetricsOverride", **size)
        self.tab.send("Emulation.setTouchEmulationEnabled", enabled=device.touch)
        self.tab.send("Emulation.setUserAgentOverride", **introduction(device))

    async def go(self, url: str) -> None:
        """Raises: PageError, CallFailed, BrowserGone."""
        went = await self.tab.call("Page.navigate", url=url)
        document = self.tab.traffic.document
        if document is None or not may_let_in(document):
            self.check()
        if went.get("errorText"):
            raise FetchFailed(in_words(went["errorText"]))

    def check(self) -> None:
        """Raises: PageError: the page's document is none."""
        media_types = self.order.page.media_types
        check_document(self.tab.traffic.document, self.guard, self.proxy, media_types)

    async def _wait(self) -> None:
        wanted = self.order.readiness
        if wanted.until is Until.SETTLED:
            await self.settle()
        else:
            await self._reach(wanted.until)
        if wanted.selector is not None:
            await self._appear(wanted.selector)
        await asyncio.sleep(wanted.delay_ms / 1000)

    async def settle(self, *, look: bool = True) -> None:
        """Until the page is ready, looking down it on the way; in no case for ever."""
        settling = Settling(self.tab.ready_since_ms)
        looks = list(STEPS_OF_A_LOOK) if look else []
        while True:
            await asyncio.sleep(TICK_MS / 1000)
            pulse = await self._pulse()
            if settling.is_quiet(pulse) and settling.is_ready(pulse, await self._outlook()):
                break
            if settling.is_first_calm() and looks:
                await self._try(page_scripts.LOOK_DOWN % {"steps": looks.pop(0)})
        if look:
            await self._try(page_scripts.LOOK_UP)

    async def _pulse(self) -> Pulse:
        tab, asked_ms = self.tab, self.tab.now_ms()
        seen = await self._try(page_scripts.PULSE) if tab.dom_ready.is_set() else None
        now_ms = tab.now_ms()
        return Pulse(
            at_ms=now_ms,
            loaded=tab.is_loaded and seen is not None,
            changes=seen["changes"] if seen else 0,
            size=seen["size"] if seen else 0,
            pending=tab.pending(),
            prompt=now_ms - asked_ms < PROMPT_MS,
        )

    async def _outlook(self) -> Outlook:
        seen = await self._try(page_scripts.PROMISES_MORE)
        return Outlook(**seen) if seen else Outlook(text=0, busy=True, scripts=True)

    async def _try(self, script: str) -> Any:  # noqa: ANN401
        """None while the page is moving on to another."""
        try:
            return await self.tab.evaluate(script)
        except CallFailed:
            return None

    async def _reach(self, state: Until) -> None:
        await (self.tab.loaded if state is Until.LOAD else self.tab.dom_ready).wait()

    async def _appear(self, selector: str) -> None:
        named = {"selector": json.dumps(selector)}
        if await self._try(page_scripts.CAN_BE_ASKED % named) is False:
            raise InvalidRequest("selector: is no CSS selector", selector="is no CSS selector")
        while True:
            if await self._try(page_scripts.IS_THERE % named):
                return
            await asyncio.sleep(TICK_MS / 1000)

    async def _read(self, *, settled: bool) -> Shown:
        limit = self.order.page.max_bytes
        seen = await self.tab.evaluate(page_scripts.READ % {"limit": limit})
        if seen["html"] is None:
            raise FetchFailed(f"Target page is larger than {limit:,} bytes", retryable=False)
        picture = None
        if self.order.capture is not None:
            scale = DEVICES[self.order.page.profile].scale
            picture = await pictures.take(self.tab, self.order.capture, scale)
        document = self.tab.traffic.document
        status = document.status if document else 0
        return Shown(seen["url"], status, seen["html"], settled, picture)
