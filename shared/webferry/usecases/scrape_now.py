"""Scrapes one URL for a caller who waits, and remembers the page before answering."""

from dataclasses import dataclass

from webferry.domain.scrapes import Scrape, ScrapeOptions
from webferry.usecases.page_cache import PageCache
from webferry.usecases.scrape_url import ScrapeUrl


@dataclass(frozen=True, slots=True)
class ScrapeNow:
    """A function that has answered is frozen: what is to be written is written before."""

    scrape_url: ScrapeUrl
    cache: PageCache

    async def __call__(self, account_id: str, url: str, options: ScrapeOptions) -> Scrape:
        """Raises: PageError, InvalidRequest, Unavailable: there is no browser, but it must be."""
        try:
            return await self.scrape_url(account_id, url, options)
        finally:
            await self.cache.flush()
