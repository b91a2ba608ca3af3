"""Wire shapes of the scrape dialect: pages, and why there is none."""

from typing import Literal, Self

from pydantic.json_schema import SkipJsonSchema

from scrape_api.schemas import ErrorDetail
from webferry.domain.errors import WebferryError
from webferry.usecases.scrape_page import ScrapedPage
from webferry.web.wire import Wire


class Metadata(Wire):
    """Facts about a fetch; times are milliseconds since 1970."""

    requested_url: str
    final_url: str
    title: str | None
    http_status: int
    fetch_duration_ms: int
    fetched_at: int
    expires_at: int


class PageResult(Wire):
    """One page, in the formats asked for."""

    url: str
    status: Literal["success"]
    cached: bool
    markdown: str | SkipJsonSchema[None] = None
    html: str | SkipJsonSchema[None] = None
    metadata: Metadata


class ScrapeResponse(Wire):
    """The answer to a synchronous scrape."""

    request_id: str
    mode: Literal["sync"]
    result: PageResult

    @classmethod
    def of(cls, request_id: str, scraped: ScrapedPage, ttl_seconds: int) -> Self:
        """The page, and how long this answer stays good."""
        page = scraped.page
        metadata = Metadata(
            requested_url=page.requested_url,
            final_url=page.final_url,
            title=scraped.title,
            http_status=page.http_status,
            fetch_duration_ms=page.fetch_duration_ms,
            fetched_at=page.fetched_at_ms,
            expires_at=page.fetched_at_ms + ttl_seconds * 1000,
        )
        contents = {"markdown": scraped.markdown, "html": scraped.html}
        result = PageResult(
            url=page.requested_url,
            status="success",
            cached=False,
            metadata=metadata,
            **{name: text for name, text in contents.items() if text is not None},
        )
        return cls(request_id=request_id, mode="sync", result=result)


class FailedResult(Wire):
    """Why there is no page."""

    url: str
    status: Literal["error"]
    cached: bool
    error: ErrorDetail


class FailedScrape(Wire):
    """The answer to a synchronous scrape whose page failed: the reason stands in both places."""

    request_id: str
    mode: Literal["sync"]
    error: ErrorDetail
    result: FailedResult

    @classmethod
    def of(cls, request_id: str, url: str, error: WebferryError) -> Self:
        """The page's error."""
        detail = ErrorDetail(code=error.code, message=error.message)
        result = FailedResult(url=url, status="error", cached=False, error=detail)
        return cls(request_id=request_id, mode="sync", error=detail, result=result)
