"""Wire shapes of the scrape dialect: pages, and why there is none."""

from typing import Any, Literal, Self

from pydantic.json_schema import SkipJsonSchema

from scrape_api.schemas import ErrorDetail
from webferry.domain.errors import WebferryError
from webferry.domain.pages import Engine
from webferry.domain.scrapes import Scrape
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
    engine: Engine | SkipJsonSchema[None] = None
    engines_tried: list[Engine] | SkipJsonSchema[None] = None


class PageResult(Wire):
    """One page, in the formats asked for."""

    url: str
    status: Literal["success"]
    cached: bool
    markdown: str | SkipJsonSchema[None] = None
    html: str | SkipJsonSchema[None] = None
    metadata: Metadata

    @classmethod
    def of(cls, scrape: Scrape, *, names_engines: bool) -> Self:
        """The page, and how long this answer stays good."""
        named: dict[str, Any] = {
            "engine": scrape.engines[-1],
            "engines_tried": list(scrape.engines),
        }
        metadata = Metadata(
            requested_url=scrape.url,
            final_url=scrape.final_url,
            title=scrape.title,
            http_status=scrape.http_status,
            fetch_duration_ms=scrape.fetch_duration_ms,
            fetched_at=scrape.fetched_at_ms,
            expires_at=scrape.expires_at_ms,
            **(named if names_engines else {}),
        )
        contents = {"markdown": scrape.markdown, "html": scrape.html}
        return cls(
            url=scrape.url,
            status="success",
            cached=scrape.cached,
            metadata=metadata,
            **{name: text for name, text in contents.items() if text is not None},
        )


class ScrapeResponse(Wire):
    """The answer to a synchronous scrape."""

    request_id: str
    mode: Literal["sync"]
    result: PageResult


class FailedResult(Wire):
    """Why there is no page."""

    url: str
    status: Literal["error"]
    cached: bool
    error: ErrorDetail

    @classmethod
    def of(cls, url: str, error: ErrorDetail) -> Self:
        """The reason, beside its URL."""
        return cls(url=url, status="error", cached=False, error=error)


class TopError(ErrorDetail):
    """The error of a synchronous scrape; one that outlived the wait goes on as a job."""

    job_id: str | SkipJsonSchema[None] = None


class FailedScrape(Wire):
    """The answer to a synchronous scrape whose page failed: the reason stands in both places."""

    request_id: str
    mode: Literal["sync"]
    error: TopError
    result: FailedResult

    @classmethod
    def of(cls, request_id: str, url: str, error: WebferryError, job_id: str | None) -> Self:
        """The page's error, and the job that goes on trying if there is one."""
        detail = ErrorDetail(code=error.code, message=error.message)
        goes_on = {"job_id": job_id} if job_id else {}
        top = TopError(code=error.code, message=error.message, **goes_on)
        result = FailedResult.of(url, detail)
        return cls(request_id=request_id, mode="sync", error=top, result=result)
