"""Scrapes one URL for a caller who waits, and remembers the page before answering."""

import asyncio
from dataclasses import dataclass, replace

from webferry.domain.errors import PageTimeout
from webferry.domain.scrapes import Scrape, ScrapeOptions
from webferry.usecases.page_cache import PageCache
from webferry.usecases.scrape_url import ScrapeUrl

# What a page that took all its time still needs to be read and written down.
READING_MS = 500
PATIENCE_MS = 120_000


class Outlived(PageTimeout):
    """The caller could not wait as long as was asked for: a job can."""


@dataclass(frozen=True, slots=True)
class ScrapeNow:
    """A function that has answered is frozen: what is to be written is written before."""

    scrape_url: ScrapeUrl
    cache: PageCache

    async def __call__(
        self, account_id: str, url: str, options: ScrapeOptions, patience_ms: int = PATIENCE_MS
    ) -> Scrape:
        """Raises: Outlived, PageError, InvalidRequest, Unavailable."""
        hurried = replace(options, timeout_ms=min(options.timeout_ms, patience_ms))
        try:
            async with asyncio.timeout((patience_ms + READING_MS) / 1000):
                return await self.scrape_url(account_id, url, hurried)
        except (TimeoutError, PageTimeout) as error:
            if isinstance(error, PageTimeout) and options.timeout_ms <= patience_ms:
                raise
            raise Outlived("Request exceeded timeout") from error
        finally:
            await self.cache.flush()
