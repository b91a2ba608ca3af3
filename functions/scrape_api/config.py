"""Wire shapes of the scrape dialect: how pages are fetched, and which part of them is read."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from webferry.domain.pages import PagePart, UserAgentProfile
from webferry.domain.request_headers import MAX_HEADER_CHARACTERS, MAX_HEADERS
from webferry.web.numbers import WHOLE
from webferry.web.wire import Wire

MAX_URLS = 5
MAX_TIMEOUT_MS = 120_000
MAX_WAIT_MS = 60_000
MAX_SELECTORS = 20
MAX_SELECTOR_LENGTH = 500

Milliseconds = Annotated[StrictInt, Field(ge=0, le=60_000), WHOLE]
Selector = Annotated[str, Field(min_length=1, max_length=MAX_SELECTOR_LENGTH)]
Selectors = Annotated[list[Selector], Field(max_length=MAX_SELECTORS)]
Words = Annotated[
    dict[str, Annotated[str, Field(max_length=MAX_HEADER_CHARACTERS)]],
    Field(max_length=MAX_HEADERS),
]
EngineName = Literal["auto", "http", "browser"]

_JAVASCRIPT: dict[EngineName | None, bool | None] = {"http": False, "browser": True}
_PARTS: dict[Any, PagePart] = {
    True: PagePart.MAIN,
    False: PagePart.ALL,
    "article": PagePart.ARTICLE,
}


class Jitter(Wire):
    """A range of milliseconds to draw a delay from."""

    min: Milliseconds = 500
    max: Milliseconds = 2000

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError("min must not exceed max")
        return self


class Config(Wire):
    """Overrides of how pages are fetched."""

    timeout_ms: Annotated[StrictInt, Field(ge=1, le=MAX_TIMEOUT_MS), WHOLE] = 30_000
    max_concurrency: Annotated[StrictInt, Field(ge=1, le=MAX_URLS), WHOLE] = 3
    cache_ttl_seconds: Annotated[StrictInt, Field(ge=60, le=3600), WHOLE] = 3600
    user_agent_profile: UserAgentProfile = UserAgentProfile.DEFAULT
    jitter_ms: Jitter = Jitter()
    javascript: Annotated[
        StrictBool | None,
        Field(
            description="Render in a browser (true), do not (false), or decide by the page (null). "
            "When it is given, the metadata names the engines."
        ),
    ] = None
    engine: Annotated[EngineName, Field(description="The same as `javascript`, in words.")] = "auto"
    wait_for: Annotated[
        Annotated[StrictInt, Field(ge=0, le=MAX_WAIT_MS), WHOLE] | Selector | None,
        Field(description="In a browser, wait for this selector, or for so many milliseconds."),
    ] = None
    only_main_content: Annotated[
        StrictBool | Literal["article"],
        Field(description="Markdown and HTML of the main content, or of the article's body, only."),
    ] = False
    include_selectors: Selectors = Field(
        default_factory=list, description="Only what these select."
    )
    exclude_selectors: Selectors = Field(default_factory=list, description="Not what these select.")
    headers: Words = Field(default_factory=dict, description="Sent to the origin of the URL alone.")
    cookies: Words = Field(default_factory=dict, description="Sent to the origin of the URL alone.")
    proxy: Annotated[
        Annotated[str, Field(min_length=1, max_length=2000)] | None,
        Field(description="http://[user:password@]host:port"),
    ] = None
    no_cache: Annotated[StrictBool, Field(description="Fetch the page anew.")] = False

    @model_validator(mode="after")
    def _one_engine(self) -> Self:
        told = self.javascript is not None and "engine" in self.model_fields_set
        if told and self.javascript is not _JAVASCRIPT.get(self.engine):
            raise ValueError("engine contradicts javascript")
        return self

    @property
    def wants_browser(self) -> bool | None:
        """True for a browser, False for plain HTTP, None to decide by the page."""
        return self.javascript if self.javascript is not None else _JAVASCRIPT.get(self.engine)

    @property
    def part(self) -> PagePart:
        """How much of a page is wanted."""
        return _PARTS[self.only_main_content]

    @property
    def names_engines(self) -> bool:
        """Whether the caller wants to know; without, the answer has the document's keys alone."""
        return bool({"javascript", "engine"} & self.model_fields_set)
