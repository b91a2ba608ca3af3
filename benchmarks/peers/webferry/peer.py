"""Webferry itself: the same use case that answers a scrape, in one process."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.http_fetcher import HttpFetcher
from webferry.adapters.system import SystemClock
from webferry.domain.pages import PageRequest
from webferry.domain.rendering import RenderOrder
from webferry.domain.scrapes import ScrapeOptions
from webferry.ports import Renderer
from webferry.usecases.read_page import read_page
from webferry.usecases.scrape_page import ScrapePage

_JAVASCRIPT = {"http": False, "browser": True, "auto": None}
_TIMEOUT_MS = 30_000


@asynccontextmanager
async def visitor(mode: str, browser: str) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """Scrape through the guard, with nothing but the bench's own site let through."""
    del browser
    renderer = None if mode == "http" else _renderer()
    fetcher = HttpFetcher(EgressGuard(Allowance.parse("127.0.0.1")), SystemClock())
    scrape_page = ScrapePage(fetcher, renderer)

    async def visit(url: str) -> str:
        request = PageRequest(url, _TIMEOUT_MS, javascript=_JAVASCRIPT[mode])
        scraped = await scrape_page(RenderOrder(request))
        markdown: str = read_page(scraped.html, scraped.document, ScrapeOptions())["markdown"]
        return markdown

    yield visit
    fetcher.close()


def _renderer() -> Renderer:
    # What plain HTTP does not need it does not pay for.
    from webferry.browser_wiring import render_pages  # noqa: PLC0415

    return render_pages().renderer
