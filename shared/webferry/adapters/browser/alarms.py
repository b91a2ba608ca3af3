"""What ends a visit before its time: each alarm knows what to say."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from webferry.adapters.browser.devtools import BrowserGone, CallFailed
from webferry.adapters.browser.filter_proxy import FilterProxy
from webferry.adapters.browser.process import BrowserProcess
from webferry.adapters.browser.tab import Tab
from webferry.adapters.browser.watchdog import until_it_holds
from webferry.domain.errors import FetchFailed

T = TypeVar("T")


class Died(Exception):
    """The browser is gone; `early` if it had not brought a byte of the page."""

    def __init__(self, *, early: bool) -> None:
        super().__init__(early)
        self.early = early


async def watched(
    visit: Coroutine[Any, Any, T],
    process: BrowserProcess,
    tab: Tab,
    proxy: FilterProxy,
    memory_bytes: int,
) -> T:
    """The visit, unless something ends it.

    Raises: PageError, Died, and what the visit raises.
    """
    endings = (
        _ended(until_it_holds(process.pid, memory_bytes), "takes more memory than it may have"),
        _ended(proxy.exhausted.wait(), "transfers more than it may"),
        _ended(tab.astray.wait(), "went where no page may go"),
        _dead(tab.crashed.wait(), tab),
        _dead(process.devtools.gone.wait(), tab),
    )
    try:
        return await _first(visit, endings)
    except BrowserGone as error:
        raise Died(early=not tab.has_answer) from error
    except CallFailed as error:
        raise FetchFailed("The page could not be read") from error


async def _ended(happened: Coroutine[Any, Any, object], what: str) -> None:
    await happened
    raise FetchFailed(f"The page {what}", retryable=False)


async def _dead(happened: Coroutine[Any, Any, object], tab: Tab) -> None:
    await happened
    raise Died(early=not tab.has_answer)


async def _first(work: Coroutine[Any, Any, T], endings: tuple[Coroutine[Any, Any, None], ...]) -> T:
    """What the work comes to, unless one of the endings comes first."""
    working = asyncio.ensure_future(work)
    watching = [asyncio.ensure_future(ending) for ending in endings]
    try:
        await asyncio.wait([working, *watching], return_when=asyncio.FIRST_COMPLETED)
        for ending in watching:
            if ending.done() and not working.done():
                ending.result()
        return await working
    finally:
        for task in (working, *watching):
            task.cancel()
        await asyncio.gather(working, *watching, return_exceptions=True)
