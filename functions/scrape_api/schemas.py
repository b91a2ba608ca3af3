"""Wire shapes of the scrape dialect: what is asked, and how errors read."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from scrape_api.config import MAX_URLS, Config
from webferry.domain.errors import ErrorCode, WebferryError
from webferry.domain.pages import Format, PageFormat
from webferry.web.wire import Envelope, Wire

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


class ScrapeRequest(Wire):
    """What to scrape, and how."""

    # The upper bound stands in the document only: it has an error code of its own.
    urls: Annotated[list[str], Field(min_length=1, json_schema_extra={"maxItems": MAX_URLS})]
    mode: Annotated[
        Literal["sync", "async"],
        Field(description="Wait for one page, or leave up to five to a job."),
    ] = "sync"
    format: PageFormat = PageFormat.MARKDOWN
    formats: Annotated[
        Annotated[list[Format], Field(min_length=1, max_length=len(Format))] | None,
        Field(description="More of what can be made of a page; added to `format` if both stand."),
    ] = None
    record_schema: Annotated[
        dict[str, Any] | list[Any] | None,
        Field(alias="schema", description="The keys of each of the `records`, with their types."),
    ] = None
    config: Config = Config()
    prompt: Annotated[
        Annotated[str, Field(max_length=MAX_PROMPT_LENGTH)] | None,
        Field(description="What to extract, in words; answered in `extract` by the model."),
    ] = None

    @property
    def wanted(self) -> tuple[Format, ...]:
        """All formats asked for, each once."""
        told = self.formats is None or "format" in self.model_fields_set
        named = [*(self.format.formats if told else ()), *(self.formats or ())]
        return tuple(dict.fromkeys(named))
