"""Feed: the entries of an RSS, Atom or JSON feed, or of the one that a page announces."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated
from urllib.parse import urljoin

from pydantic import Field, StrictInt

from webferry.content.decode import decode
from webferry.content.document import parse
from webferry.content.feeds import BadFeed, Feed, FeedItem, read_feed
from webferry.content.metadata.links import feeds_of
from webferry.domain.errors import NonHtmlResponse
from webferry.domain.pages import HTML_TYPES, Page
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import PageUrl, Tool, ToolInput

FEED_TYPES = frozenset(
    {
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "application/rdf+xml",
        "application/rss+xml",
        "application/xml",
        "text/plain",
        "text/xml",
    }
)


class FeedInput(ToolInput):
    """A feed, or a page that announces one."""

    url: PageUrl
    limit: Annotated[StrictInt, Field(ge=1, le=1000, description="Entries at most.")] = 100


async def run(asked: FeedInput, desk: Desk) -> list[Item]:
    """One item per entry."""
    page = await desk.file(asked.url, FEED_TYPES | HTML_TYPES)
    announced = _announced(page)
    if announced:
        page = await desk.file(announced, FEED_TYPES)
    feed = _read(page)
    about = {"kind": feed.kind, "title": feed.title or None, "url": _at(feed.url, page)}
    return [_item(entry, page, about) for entry in feed.items[: asked.limit]]


def _item(entry: FeedItem, page: Page, about: Mapping[str, str | None]) -> Item:
    stated = {name: value or None for name, value in asdict(entry).items()}
    url, files = _at(entry.url, page), [_at(each, page) for each in entry.enclosures]
    whole = {"url": url, "image": _at(entry.image, page), "enclosures": files, "tags": entry.tags}
    return {"url": url or page.final_url, "data": {**stated, **whole, "feed": dict(about)}}


def _at(address: str, page: Page) -> str | None:
    """An address of a feed in full: many are written as seen from the feed itself."""
    try:
        return urljoin(page.final_url, address) if address else None
    except ValueError:
        return address


def _announced(page: Page) -> str | None:
    """The address of the feed, where the page is not the feed itself."""
    if not _is_html(page):
        return None
    found = feeds_of(parse(decode(page.body, page.content_type), page.final_url))
    return found[0].url if found else None


def _read(page: Page) -> Feed:
    try:
        return read_feed(page.body)
    except BadFeed as error:
        if _is_html(page):
            raise NonHtmlResponse("Target page is no feed, and announces none") from error
        raise NonHtmlResponse(f"Target is no feed that we can read: {error}"[:300]) from error


def _is_html(page: Page) -> bool:
    return page.content_type.partition(";")[0].strip().lower() in HTML_TYPES


TOOL = Tool(
    slug="feed",
    name="Feed",
    description="The entries of an RSS, Atom or JSON feed, or of the feed a page announces",
    credits=1,
    input=FeedInput,
    run=run,
)
