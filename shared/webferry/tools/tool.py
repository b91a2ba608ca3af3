"""What a tool is: a name, a price, an input, and what it makes of the web."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool
from pydantic.alias_generators import to_camel

from webferry.domain.errors import PageError
from webferry.domain.urls import MAX_URL_BYTES, check_url
from webferry.tools.desk import Desk, Item

DEFAULT_LONGEST_MS = 60_000


def _checked(url: str) -> str:
    try:
        check_url(url)
    except PageError as error:
        raise ValueError(error.message) from error
    return url


class ToolInput(BaseModel):
    """The base of every tool's input: camelCase outside, and what is not declared is refused."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, populate_by_name=True)


PageUrl = Annotated[
    str,
    Field(min_length=1, max_length=MAX_URL_BYTES, description="The page, over http or https."),
    AfterValidator(_checked),
]
JavaScript = Annotated[
    StrictBool | None,
    Field(description="Render in a browser (true), do not (false), or decide by the page."),
]


class PageInput(ToolInput):
    """The input of a tool that reads one page."""

    url: PageUrl
    javascript: JavaScript = None


class Need(StrEnum):
    """What a tool cannot be run without."""

    BROWSER = "browser"
    IMAGE_MODEL = "image model"


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool of the catalogue.

    `run` gets the checked input and a desk, and brings the items of the result: none is a failure,
    for nothing was found and nothing is charged.
    """

    slug: str
    name: str
    description: str
    credits: int
    input: type[ToolInput]
    run: Callable[[Any, Desk], Awaitable[list[Item]]]
    needs: frozenset[Need] = frozenset()
    longest_ms: int = DEFAULT_LONGEST_MS
