"""Brings a page: the one that is remembered if it is fresh enough, else a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webferry.content.document import parse
from webferry.domain.kept_pages import KeptPage, manner_of, name_of_page
from webferry.domain.outcomes import Outcome
from webferry.domain.pages import Engine, Page, PageRequest
from webferry.domain.rendering import RenderOrder
from webferry.domain.scrapes import ScrapeOptions
from webferry.domain.urls import check_url
from webferry.ports import Clock
from webferry.usecases.page_cache import PageCache
from webferry.usecases.read_page import read_page
from webferry.usecases.scrape_page import ScrapedPage, ScrapePage


@dataclass(frozen=True, slots=True)
class Recalled:
    """A page: fetched, or kept before; a new one that may be kept has a name to keep it by."""

    page: Page
    engines: tuple[Engine, ...]
    scraped: ScrapedPage | None = None
    kept: KeptPage | None = None
    name: str | None = None

    def read(self, options: ScrapeOptions) -> dict[str, Any]:
        """What is wanted of the page; it can be read once."""
        if self.scraped:
            return read_page(self.scraped.html, self.scraped.document, options)
        html = self.kept.html if self.kept else ""
        made = self.kept.made_for(options) if self.kept else None
        return made or read_page(html, parse(html, self.page.final_url), options)


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
                return Recalled(_page_of(url, kept), kept.engines, kept=kept)
        order = _order(url, options)
        scraped = await self.scrape_page(order, *options.captures.values())
        keepable = scraped.complete and scraped.outcome is Outcome.OK
        return Recalled(scraped.page, scraped.engines, scraped, name=name if keepable else None)

    async def remember(
        self, recalled: Recalled, options: ScrapeOptions, made: Mapping[str, Any]
    ) -> None:
        """Keep a new page, with what was made of it."""
        if recalled.name is None or recalled.scraped is None:
            return
        page, html = recalled.page, recalled.scraped.html
        kept = KeptPage(
            page.final_url,
            page.http_status,
            page.fetched_at_ms,
            page.fetch_duration_ms,
            recalled.engines,
            html,
            manner_of(options),
            {name: value for name, value in made.items() if value is not html},
        )
        await self.cache.keep(recalled.name, kept)


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


def _page_of(url: str, kept: KeptPage) -> Page:
    return Page(
        requested_url=url,
        final_url=kept.final_url,
        http_status=kept.http_status,
        content_type="text/html",
        body=b"",
        fetched_at_ms=kept.fetched_at_ms,
        fetch_duration_ms=kept.fetch_duration_ms,
    )
