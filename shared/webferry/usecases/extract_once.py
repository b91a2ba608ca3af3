"""Extracts the records of one page while the caller waits, without making a flow."""

from dataclasses import dataclass
from typing import Any

from webferry.domain.pages import PageRequest
from webferry.domain.rendering import RenderOrder
from webferry.usecases.check_flow import check_schema
from webferry.usecases.extract_items import Extracted, extract_items
from webferry.usecases.scrape_page import ScrapePage


@dataclass(frozen=True, slots=True)
class PageRecords:
    """What a page says, and when it was asked."""

    url: str
    fetched_at_ms: int
    found: Extracted


@dataclass(frozen=True, slots=True)
class ExtractOnce:
    """The engine is the one that the page needs."""

    scrape_page: ScrapePage

    async def __call__(
        self, url: str, schema: dict[str, Any] | None, instructions: str, timeout_ms: int
    ) -> PageRecords:
        """Raises: PageError, InvalidRequest."""
        check_schema(schema, "schema")
        scraped = await self.scrape_page(RenderOrder(PageRequest(url, timeout_ms)))
        found = extract_items(scraped.document, schema, instructions)
        return PageRecords(url, scraped.page.fetched_at_ms, found)
