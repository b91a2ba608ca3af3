"""Wire shapes of the scrape dialect."""

from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, model_validator
from pydantic.json_schema import SkipJsonSchema

from webferry.domain.errors import ErrorCode, WebferryError
from webferry.domain.pages import PageFormat, UserAgentProfile
from webferry.usecases.scrape_page import ScrapedPage
from webferry.web.wire import Envelope, Wire

MAX_URLS = 5
MAX_PROMPT_LENGTH = 10_000


class Health(Wire):
    """The service is up."""

    status: Literal["ok"]
    version: str


class ErrorDetail(Wire):
    """What went wrong."""

    code: ErrorCode
    message: str


class ErrorBody(Envelope):
    """An error in the scrape dialect."""

    error: ErrorDetail

    @classmethod
    def of(cls, error: WebferryError) -> Self:
        """The error's code and message."""
        return cls(error=ErrorDetail(code=error.code, message=error.message))


class Jitter(Wire):
    """A range of milliseconds to draw a delay from."""

    min: Annotated[StrictInt, Field(ge=0, le=60_000)] = 500
    max: Annotated[StrictInt, Field(ge=0, le=60_000)] = 2000

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError("min must not exceed max")
        return self


class Config(Wire):
    """Overrides of how pages are fetched."""

    timeout_ms: Annotated[StrictInt, Field(ge=1, le=120_000)] = 30_000
    max_concurrency: Annotated[StrictInt, Field(ge=1, le=MAX_URLS)] = 3
    cache_ttl_seconds: Annotated[StrictInt, Field(ge=60, le=3600)] = 3600
    user_agent_profile: UserAgentProfile = UserAgentProfile.DEFAULT
    jitter_ms: Jitter = Jitter()


class ScrapeRequest(Wire):
    """What to scrape, and how."""

    # The upper bound stands in the document only: it has an error code of its own.
    urls: Annotated[list[str], Field(min_length=1, json_schema_extra={"maxItems": MAX_URLS})]
    mode: Literal["sync", "async"] = "sync"
    format: PageFormat = PageFormat.MARKDOWN
    config: Config = Config()
    prompt: Annotated[str, Field(max_length=MAX_PROMPT_LENGTH)] | None = None


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
