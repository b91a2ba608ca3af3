"""Scrapes one URL for a caller: the page, in the form in which it is answered and stored."""

import json
from dataclasses import dataclass

from webferry.domain.errors import FetchFailed
from webferry.domain.pages import PageRequest
from webferry.domain.scrapes import Scrape, ScrapeOptions
from webferry.usecases.scrape_page import ScrapedPage, ScrapePage

# Lambda hands its gateway 6 MB at most, in which the page travels as a string inside JSON.
MAX_ANSWER_BYTES = 5_800_000


@dataclass(frozen=True, slots=True)
class ScrapeUrl:
    """The same for a caller who waits and for a job."""

    scrape_page: ScrapePage

    async def __call__(self, url: str, options: ScrapeOptions) -> Scrape:
        """Raises: PageError, Unavailable: a browser was asked for, and there is none."""
        request = PageRequest(url, options.timeout_ms, options.profile, options.javascript)
        scrape = _scrape(await self.scrape_page(request, options.format), options)
        if not _can_be_answered(scrape):
            why = "Target page is too large to be answered in one piece"
            raise FetchFailed(why, retryable=False)
        return scrape


def _scrape(scraped: ScrapedPage, options: ScrapeOptions) -> Scrape:
    page = scraped.page
    return Scrape(
        url=page.requested_url,
        final_url=page.final_url,
        title=scraped.title,
        http_status=page.http_status,
        fetch_duration_ms=page.fetch_duration_ms,
        fetched_at_ms=page.fetched_at_ms,
        expires_at_ms=page.fetched_at_ms + options.cache_ttl_seconds * 1000,
        markdown=scraped.markdown,
        html=scraped.html,
        engines=scraped.engines,
        received_bytes=len(page.body),
    )


def _can_be_answered(scrape: Scrape) -> bool:
    texts = [text for text in (scrape.markdown, scrape.html) if text]
    # Only a page of some size is worth the encoding that tells what it grows to.
    if sum(map(len, texts)) < MAX_ANSWER_BYTES / 12:
        return True
    inside = json.dumps({"texts": texts}, ensure_ascii=False)
    return len(json.dumps(inside)) < MAX_ANSWER_BYTES
