"""Wire shapes of the tools dialect."""

from typing import Annotated, Any, Self

from pydantic import Field, JsonValue

from webferry.domain.errors import WebferryError
from webferry.domain.urls import MAX_URL_BYTES
from webferry.tools.tool import Tool
from webferry.web.wire import Envelope, Wire

# Said wherever somebody could otherwise wait for a job that will never run.
NO_JOBS_YET = "Tool jobs are not part of this release"


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
    def of(cls, tool: Tool) -> Self:
        """The tool, as it stands in this release."""
        return cls(
            slug=tool.slug,
            name=tool.name,
            description=tool.description,
            input_schema=tool.input.model_json_schema(),
            credits=tool.credits,
            available=False,
            unavailable_reason=NO_JOBS_YET,
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
    webhook_url: Annotated[str, Field(max_length=MAX_URL_BYTES)] | None = None


class Credits(Wire):
    """What an account can spend, and what open work has set aside."""

    balance: int
    held: int


class CreditsAnswer(Wire):
    """The wallet."""

    data: Credits
