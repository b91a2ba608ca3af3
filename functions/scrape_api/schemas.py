"""Wire shapes of the scrape dialect: what is asked, and how errors read."""

from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator
from pydantic.json_schema import SkipJsonSchema

from webferry.domain.errors import ErrorCode, WebferryError
from webferry.domain.pages import PageFormat, UserAgentProfile
from webferry.web.wire import Envelope, Wire

MAX_URLS = 5
MAX_TIMEOUT_MS = 120_000
MAX_PROMPT_LENGTH = 10_000


class Health(Wire):
    """The service is up; without a browser it brings what plain HTTP brings."""

    status: Literal["ok"]
    version: str
    browser: Literal["ready", "none"]
    fix: str | SkipJsonSchema[None] = None


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

    timeout_ms: Annotated[StrictInt, Field(ge=1, le=MAX_TIMEOUT_MS)] = 30_000
    max_concurrency: Annotated[StrictInt, Field(ge=1, le=MAX_URLS)] = 3
    cache_ttl_seconds: Annotated[StrictInt, Field(ge=60, le=3600)] = 3600
    user_agent_profile: UserAgentProfile = UserAgentProfile.DEFAULT
    jitter_ms: Jitter = Jitter()
    javascript: Annotated[
        StrictBool | None,
        Field(
            description="Render in a browser (true), do not (false), or decide by the page (null). "
            "When it is given, the metadata names the engines."
        ),
    ] = None

    @property
    def names_engines(self) -> bool:
        """Whether the caller wants to know; without, the answer has the document's keys alone."""
        return "javascript" in self.model_fields_set


class ScrapeRequest(Wire):
    """What to scrape, and how."""

    # The upper bound stands in the document only: it has an error code of its own.
    urls: Annotated[list[str], Field(min_length=1, json_schema_extra={"maxItems": MAX_URLS})]
    mode: Annotated[
        Literal["sync", "async"],
        Field(description="Wait for one page, or leave up to five to a job."),
    ] = "sync"
    format: PageFormat = PageFormat.MARKDOWN
    config: Config = Config()
    prompt: Annotated[
        Annotated[str, Field(max_length=MAX_PROMPT_LENGTH)] | None,
        Field(description="Extraction is not part of this release: a prompt is refused."),
    ] = None
