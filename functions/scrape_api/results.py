"""Wire shapes of the scrape dialect: pages, and why there is none."""

from collections.abc import Callable
from typing import Any, Literal, Self

from pydantic.json_schema import SkipJsonSchema

from scrape_api.metadata import Metadata, Things
from scrape_api.schemas import ErrorDetail
from webferry.domain.errors import WebferryError
from webferry.domain.scrapes import Scrape, ScrapeOptions
from webferry.web.wire import Wire

Nullable = str | SkipJsonSchema[None]


class PageResult(Wire):
    """One page, in the formats asked for; `screenshot` and `pdf` are links, good for an hour."""

    url: str
    status: Literal["success"]
    cached: bool
    markdown: Nullable = None
    html: Nullable = None
    links: list[str] | SkipJsonSchema[None] = None
    records: Things | SkipJsonSchema[None] = None
    screenshot: Nullable = None
    pdf: Nullable = None
    extract: Any = None
    metadata: Metadata

    @classmethod
    def of(cls, scrape: Scrape, asked: ScrapeOptions, link: Callable[[str], str]) -> Self:
        """The page, and how long this answer stays good."""
        contents: dict[str, Any] = {
            "markdown": scrape.markdown,
            "html": scrape.html,
            "links": scrape.links,
            "records": scrape.records,
            "screenshot": scrape.screenshot and link(scrape.screenshot),
            "pdf": scrape.pdf and link(scrape.pdf),
        }
        given = {name: made for name, made in contents.items() if made is not None}
        if asked.prompt:
            given["extract"] = scrape.extract
        return cls(
            url=scrape.url,
            status="success",
            cached=scrape.cached,
            metadata=Metadata.of(scrape, asked),
            **given,
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
