"""Wire shapes of the scrape dialect: facts about a fetch, and what a page says about itself."""

from typing import Any, Self

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from webferry.domain.pages import Engine
from webferry.domain.scrapes import Scrape, ScrapeOptions
from webferry.web.wire import Wire

Things = list[dict[str, Any]]


class Feed(Wire):
    """A feed that a page announces."""

    url: str
    text: str


class Metadata(Wire):
    """Facts about a fetch; times are milliseconds since 1970.

    From `description` on: what the page says about itself, if the format `metadata` is asked for.
    """

    requested_url: str
    final_url: str
    title: str | None
    http_status: int
    fetch_duration_ms: int
    fetched_at: int
    expires_at: int
    engine: Engine | SkipJsonSchema[None] = None
    engines_tried: list[Engine] | SkipJsonSchema[None] = None
    description: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    site_name: str | None = None
    authors: list[str] = Field(default_factory=list)
    published_at: str | None = None
    modified_at: str | None = None
    image: str | None = None
    favicon: str | None = None
    word_count: int = 0
    feeds: list[Feed] = Field(default_factory=list)
    open_graph: dict[str, str] = Field(default_factory=dict)
    json_ld: Things = Field(default_factory=list)
    microdata: Things = Field(default_factory=list)
    rdfa: Things = Field(default_factory=list)

    @classmethod
    def of(cls, scrape: Scrape, asked: ScrapeOptions) -> Self:
        """The facts that were asked for, and the document's own."""
        more: dict[str, Any] = dict(scrape.facts or {})
        if asked.names_engines:
            more |= {"engine": scrape.engines[-1], "engines_tried": list(scrape.engines)}
        return cls(
            requested_url=scrape.url,
            final_url=scrape.final_url,
            title=scrape.title,
            http_status=scrape.http_status,
            fetch_duration_ms=scrape.fetch_duration_ms,
            fetched_at=scrape.fetched_at_ms,
            expires_at=scrape.expires_at_ms,
            **more,
        )
