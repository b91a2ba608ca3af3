"""Web Scraper: the page itself, and its title."""

from typing import Annotated

from pydantic import Field, StrictBool

from webferry.content.document import Document
from webferry.content.metadata import title_of
from webferry.domain.urls import MAX_URL_BYTES
from webferry.tools.tool import Item, Tool, ToolInput


class WebScraperInput(ToolInput):
    """One page to fetch."""

    url: Annotated[
        str, Field(min_length=1, max_length=MAX_URL_BYTES, description="The page to scrape.")
    ]
    javascript: Annotated[
        StrictBool | None,
        Field(description="Render in a browser (true), do not (false), or decide by the page."),
    ] = None


def items(url: str, html: str, document: Document) -> list[Item]:
    """One item: the page."""
    return [{"url": url, "html": html, "data": {"title": title_of(document)}}]


TOOL = Tool(
    slug="web-scraper",
    name="Web Scraper",
    description="Extract content from any web page with JavaScript rendering support",
    credits=1,
    input=WebScraperInput,
    items=items,
)
