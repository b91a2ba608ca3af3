"""What every step stands on: the windows, the journal, the secrets, and the time that is left."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from webferry.adapters.browser import page_scripts, pictures
from webferry.adapters.browser.tab import Tab
from webferry.adapters.browser.walking.journal import Journal
from webferry.adapters.browser.walking.windows import Windows
from webferry.adapters.egress.guard import EgressGuard
from webferry.domain import flow_secrets
from webferry.domain.errors import PageError, PrivateNetworkTarget
from webferry.domain.rendering import Capture
from webferry.domain.runs import Level

# An element that has not come by then will not come.
ELEMENT_MS = 10_000
LAST_WORDS_MS, LAST_WORDS_SHARE = 4_000.0, 0.4
MAX_PAGE_CHARS = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ground:
    """`ends_at` is in the loop's time."""

    windows: Windows
    journal: Journal
    guard: EgressGuard
    secrets: Mapping[str, str]
    ends_at: float
    element_ms: int = ELEMENT_MS

    @property
    def tab(self) -> Tab:
        """The page that the walk is on, as we watch it."""
        return self.windows.current.visit.tab

    def left_ms(self, times: int = 1) -> float:
        """How long to wait for something; never nothing, for that would be for ever."""
        left_ms = (self.ends_at - asyncio.get_running_loop().time()) * 1000
        # What does not come must be noticed early enough to say so, and to show the page.
        left_ms -= min(LAST_WORDS_MS, left_ms * LAST_WORDS_SHARE)
        return max(1.0, min(float(times * self.element_ms), left_ms))

    async def go(self, url: str) -> None:
        """To another page, until it is ready.

        Raises: PageError: there is none; CallFailed, BrowserGone.
        """
        target, visit = self.guard.target(url), self.windows.current.visit
        visit.tab.traffic.document = None
        await visit.go(target.url)
        visit.check()
        await visit.settle(look=False)
        visit.check()

    async def rest(self) -> None:
        """Until the page is ready after what was done to it, or the one it has opened.

        Raises: PrivateNetworkTarget: it went where it may not; CallFailed, BrowserGone.
        """
        await self.windows.current.visit.settle(look=False)
        if await self.windows.follow():
            self.journal.write("The page has opened another window: going on there")
            await self.windows.current.visit.settle(look=False)
        visit = self.windows.current.visit
        if visit.tab.traffic.document is None:
            return
        try:
            visit.check()
        except PrivateNetworkTarget:
            raise
        except PageError as error:
            self.journal.write(f"{visit.tab.traffic.document.url}: {error.message}", Level.WARN)

    async def snapshot(self, *, look: bool) -> str:
        """Keep the page as it stands, and say what its address is. Raises: CallFailed."""
        visit = self.windows.current.visit
        await visit.settle(look=look)
        seen = await visit.tab.evaluate(page_scripts.READ % {"limit": MAX_PAGE_CHARS})
        if seen["html"] is None:
            self.journal.write("This page is too large to be kept", Level.WARN)
        else:
            self.journal.keep(seen["url"], seen["html"])
        return str(seen["url"])

    async def picture(self, label: str, capture: Capture) -> None:
        """Raises: FetchFailed, CallFailed, BrowserGone."""
        self.journal.show(label, await pictures.take(self.tab, capture, 1))

    def filled(self, text: str) -> str:
        """A text with its secrets in it. Raises: InvalidRequest: one is not known."""
        return flow_secrets.filled(text, self.secrets)
