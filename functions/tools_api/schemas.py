"""Wire shapes of the tools dialect: the catalogue, what is asked, and how errors read."""

from typing import Annotated, Any, Self

from pydantic import Field, JsonValue

from webferry.domain.errors import WebferryError
from webferry.domain.urls import MAX_URL_BYTES
from webferry.tools.tool import Tool
from webferry.web.wire import Envelope, Wire


class ErrorBody(Envelope):
    """An error in the tools dialect."""

    error: str
    details: dict[str, Any]

    @classmethod
    def of(cls, error: WebferryError) -> Self:
        """The error's sentence and details."""
        return cls(error=error.message, details=error.details)


class ToolOut(Wire):
    """One tool of the catalogue."""

    slug: str
    name: str
    description: str
    input_schema: dict[str, Any]
    credits: int
    available: bool
    unavailable_reason: str | None

    @classmethod
    def of(cls, tool: Tool, lacking: str) -> Self:
        """The tool, as it can be run here, or why it cannot."""
        return cls(
            slug=tool.slug,
            name=tool.name,
            description=tool.description,
            input_schema=tool.input.model_json_schema(by_alias=True),
            credits=tool.credits,
            available=not lacking,
            unavailable_reason=lacking or None,
        )


class ToolList(Wire):
    """The catalogue."""

    data: list[ToolOut]


class ToolAnswer(Wire):
    """One tool."""

    data: ToolOut


class Execute(Wire):
    """What to run a tool on."""

    input: dict[str, JsonValue]
    webhook_url: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=MAX_URL_BYTES,
            description="Where the result is posted to when the job has ended; public, over HTTPS.",
        ),
    ] = None
