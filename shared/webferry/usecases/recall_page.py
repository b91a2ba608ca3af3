"""Brings a page: the one that is remembered if it is fresh enough, else a new one."""

from dataclasses import dataclass
from typing import NamedTuple

from webferry.content.document import parse
from webferry.domain.kept_pages import KeptPage, name_of_page
from webferry.domain.outcomes import Outcome
from webferry.domain.pages import Page, PageRequest
from webferry.domain.rendering import RenderOrder
from webferry.domain.scrapes import ScrapeOptions
from webferry.domain.urls import check_url
from webferry.ports import Clock
from webferry.usecases.page_cache import PageCache
from webferry.usecases.scrape_page import ScrapedPage, ScrapePage


class Recalled(NamedTuple):
    """A page, and whether it was known before."""

    page: ScrapedPage
    cached: bool


@dataclass(frozen=True, slots=True)
class RecallPage:
    """What failed, came empty or is not all of the page is not remembered."""

    scrape_page: ScrapePage
    cache: PageCache
    clock: Clock

    async def __call__(self, account_id: str, url: str, options: ScrapeOptions) -> Recalled:
        """Raises: PageError, InvalidRequest, Unavailable: a browser was asked for, there is none.

        With `no_cache` the page is new, and takes the place of the one that was remembered.
        """
        check_url(url)
        name = name_of_page(account_id, url, options)
        if name and not options.no_cache:
            after_ms = self.clock.now_ms() - options.cache_ttl_seconds * 1000
            kept = await self.cache.find(name, after_ms)
            if kept:
                return Recalled(_opened(url, kept), cached=True)
        order = _order(url, options)
        scraped = await self.scrape_page(order, *options.captures.values())
        if name and scraped.complete and scraped.outcome is Outcome.OK:
            await self.cache.keep(name, _kept(scraped))
        return Recalled(scraped, cached=False)


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


def _kept(scraped: ScrapedPage) -> KeptPage:
    page = scraped.page
    return KeptPage(
        page.final_url,
        page.http_status,
        page.fetched_at_ms,
        page.fetch_duration_ms,
        scraped.engines,
        scraped.html,
    )


def _opened(url: str, kept: KeptPage) -> ScrapedPage:
    page = Page(
        requested_url=url,
        final_url=kept.final_url,
        http_status=kept.http_status,
        content_type="text/html",
        body=b"",
        fetched_at_ms=kept.fetched_at_ms,
        fetch_duration_ms=kept.fetch_duration_ms,
    )
    return ScrapedPage(page, kept.html, parse(kept.html, kept.final_url), kept.engines)
