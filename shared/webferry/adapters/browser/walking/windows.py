"""The windows of a walk: it goes on in the newest that a step has opened and that is still open."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from playwright.async_api import BrowserContext, Dialog, Error, Page

from webferry.adapters.browser.devtools import BrowserGone, CallFailed, DevTools
from webferry.adapters.browser.tab import Tab
from webferry.adapters.browser.visit import Visit
from webferry.domain.errors import FetchFailed

# What a person would have open; a page that opens more is up to something.
MAX_OPEN = 4
MAX_OPENED = 20
TOLD_S, LOOK_AGAIN_S = 3.0, 0.1


@dataclass(frozen=True, slots=True)
class Window:
    """One window, as Playwright steers it and as we watch it."""

    page: Page
    visit: Visit


class Windows:
    """`too_many` is set when a page opens more windows than anybody could want."""

    def __init__(
        self, context: BrowserContext, devtools: DevTools, visit_of: Callable[[Tab], Visit]
    ) -> None:
        self._context = context
        self._devtools = devtools
        self._visit_of = visit_of
        self._stack = list[Window]()
        self._new = list[Page]()
        self._opened = 0
        self._errands = set[asyncio.Task[None]]()
        self._arrived = asyncio.Event()
        self.too_many = asyncio.Event()

    def begin(self, tab: Tab) -> None:
        """The first window, which is open already."""
        visit = self._visit_of(tab)
        visit.prepare()
        self._stack.append(Window(self._context.pages[0], visit))
        self._context.on("page", self._add)
        self._context.on("dialog", self._answer)

    @property
    def current(self) -> Window:
        """Where the walk is; a window that was closed gives way to the one before.

        Raises: FetchFailed: none is left.
        """
        while self._stack and self._stack[-1].page.is_closed():
            self._stack.pop()
        if not self._stack:
            raise FetchFailed("The page has closed its window", retryable=False)
        return self._stack[-1]

    async def follow(self) -> bool:
        """Go on in a window that has been opened, if one has."""
        await self._all_told()
        opened, self._new = [page for page in self._new if not page.is_closed()], []
        for page in opened[:-1]:
            self._close(page)
        if not opened:
            return False
        with suppress(Error, CallFailed, BrowserGone):
            self._stack.append(await self._watched(opened[-1]))
            return True
        return False

    async def _all_told(self) -> None:
        """Until Playwright knows every window: it tells of one only some time after it opened."""
        with suppress(TimeoutError):
            async with asyncio.timeout(TOLD_S):
                while await self._count() > len(self._context.pages):
                    self._arrived.clear()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._arrived.wait(), LOOK_AGAIN_S)

    async def _count(self) -> int:
        told = await self._devtools.call("Target.getTargets")
        return sum(target["type"] == "page" for target in told["targetInfos"])

    async def _watched(self, page: Page) -> Window:
        """Raises: Error, CallFailed, BrowserGone."""
        session = await self._context.new_cdp_session(page)
        told = await session.send("Target.getTargetInfo")
        await session.detach()
        tab = await Tab.of(self._devtools, told["targetInfo"]["targetId"])
        visit = self._visit_of(tab)
        visit.prepare()
        await tab.catch_up()
        return Window(page, visit)

    def _add(self, page: Page) -> None:
        self._opened += 1
        self._arrived.set()
        if self._opened > MAX_OPENED:
            self.too_many.set()
        if len(self._context.pages) > MAX_OPEN:
            self._close(page)
        else:
            self._new.append(page)

    def _close(self, page: Page) -> None:
        self._run(page.close())

    def _answer(self, dialog: Dialog) -> None:
        # Our own watch answers too; whoever comes second is told that there is nothing to answer.
        leaving = dialog.type == "beforeunload"
        self._run(dialog.accept() if leaving else dialog.dismiss())

    def _run(self, errand: Awaitable[None]) -> None:
        task = asyncio.get_running_loop().create_task(_quietly(errand))
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def close(self) -> None:
        """Leave no errand running."""
        for errand in self._errands:
            errand.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)


async def _quietly(errand: Awaitable[None]) -> None:
    with suppress(Error):
        await errand
