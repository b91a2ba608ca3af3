"""Extracts the records of one page while the caller waits, without making a flow."""

from dataclasses import dataclass
from typing import Any

from webferry.domain.pages import PageRequest
from webferry.domain.rendering import RenderOrder
from webferry.usecases.check_flow import check_schema
from webferry.usecases.extract_items import Extracted, Wish, extract_items
from webferry.usecases.read_records import ReadRecords
from webferry.usecases.scrape_page import ScrapePage

MODEL_S = 2.0


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
    read_records: ReadRecords

    async def __call__(
        self, url: str, schema: dict[str, Any] | None, instructions: str, timeout_ms: int
    ) -> PageRecords:
        """A model gets what the page left of the time, and a little more.

        Raises: PageError, InvalidRequest.
        """
        check_schema(schema, "schema")
        scraped = await self.scrape_page(RenderOrder(PageRequest(url, timeout_ms)))
        left_ms = max(0, timeout_ms - scraped.page.fetch_duration_ms)
        wish = Wish(schema, instructions, patience_s=MODEL_S + left_ms / 1000)
        found = await extract_items(self.read_records, scraped.document, wish)
        return PageRecords(url, scraped.page.fetched_at_ms, found)
