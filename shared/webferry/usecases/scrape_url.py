"""Scrapes one URL for a caller: the page, in the form in which it is answered and stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webferry.domain.errors import FetchFailed
from webferry.domain.pages import Format, PageRequest
from webferry.domain.rendering import RenderOrder
from webferry.domain.scrapes import Scrape, ScrapeOptions
from webferry.ports import Pictures
from webferry.usecases.read_page import read_page
from webferry.usecases.scrape_page import ScrapedPage, ScrapePage

# Lambda hands its gateway 6 MB at most, in which the page travels as a string inside JSON.
MAX_ANSWER_BYTES = 5_800_000
# The most that one byte of JSON can grow to when it travels inside JSON again.
_GROWTH = 7


@dataclass(frozen=True, slots=True)
class ScrapeUrl:
    """The same for a caller who waits and for a job."""

    scrape_page: ScrapePage
    pictures: Pictures | None = None

    async def __call__(self, url: str, options: ScrapeOptions) -> Scrape:
        """Raises: PageError, InvalidRequest, Unavailable: a browser was asked for, there is none.

        The options are sound (`check_options`); what only a browser or the guard can judge is not.
        """
        scraped = await self.scrape_page(_order(url, options), *options.captures.values())
        scrape = _scrape(scraped, options, await self._kept(scraped, options))
        if not _can_be_answered(scrape):
            why = "Target page is too large to be answered in one piece"
            raise FetchFailed(why, retryable=False)
        return scrape

    async def _kept(self, scraped: ScrapedPage, options: ScrapeOptions) -> Mapping[str, str]:
        """The names of the pictures, by the value of a `Scrape` that tells them."""
        names = {}
        for wanted, capture in options.captures.items():
            if self.pictures is not None:
                kind = "pdf" if wanted is Format.PDF else "png"
                name = await self.pictures.keep(scraped.pictures[capture], kind)
                names["pdf" if wanted is Format.PDF else "screenshot"] = name
        return names


def _order(url: str, options: ScrapeOptions) -> RenderOrder:
    private = options.private
    request = PageRequest(
        url,
        options.timeout_ms,
        options.profile,
        options.needs_browser or options.javascript,
        headers=private.headers,
        cookies=private.cookies,
        proxy=private.proxy,
    )
    return RenderOrder(request, options.readiness)


def _scrape(scraped: ScrapedPage, options: ScrapeOptions, pictures: Mapping[str, str]) -> Scrape:
    page = scraped.page
    made: dict[str, Any] = {**read_page(scraped.html, scraped.document, options), **pictures}
    return Scrape(
        url=page.requested_url,
        final_url=page.final_url,
        http_status=page.http_status,
        fetch_duration_ms=page.fetch_duration_ms,
        fetched_at_ms=page.fetched_at_ms,
        expires_at_ms=page.fetched_at_ms + options.cache_ttl_seconds * 1000,
        engines=scraped.engines,
        received_bytes=len(page.body),
        **made,
    )


def _can_be_answered(scrape: Scrape) -> bool:
    content = scrape.content()
    # Only a page of some size is worth the encoding that tells what it grows to.
    if len(content) < MAX_ANSWER_BYTES / _GROWTH:
        return True
    return len(json.dumps(content.decode())) < MAX_ANSWER_BYTES
