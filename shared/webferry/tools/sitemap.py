"""Sitemap: the pages of a site, by its own maps, or by its links where it has none."""

import zlib
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, StrictInt

from webferry.content.metadata.links import links_of
from webferry.content.robots import Robots
from webferry.content.sitemaps import BadSitemap, Sitemap, SitemapEntry, read_sitemap
from webferry.domain.errors import FetchFailed, PageError
from webferry.domain.pages import MAX_BODY_BYTES
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import PageUrl, Tool, ToolInput

MAX_MAPS = 20
MAX_VISITS = 10
LONGEST_MS = 100_000
_GZIP = b"\x1f\x8b"
_ANYTHING = frozenset({"*/*"})


class SitemapInput(ToolInput):
    """Any page of a site, and how much of the site is wanted."""

    url: PageUrl
    limit: Annotated[StrictInt, Field(ge=1, le=5000, description="Pages at most.")] = 500


async def run(asked: SitemapInput, desk: Desk) -> list[Item]:
    """One item per page, as often as it is named only once; what robots.txt closes is left out."""
    parts = urlsplit(asked.url)
    origin = f"{parts.scheme}://{parts.netloc}"
    robots = await _robots(desk, origin)
    site = Site(robots, parts.netloc.removeprefix("www."), asked.limit)
    await _read_maps(desk, site, robots.sitemaps or [f"{origin}/sitemap.xml"])
    if not site.found:
        await _follow_links(desk, site, asked.url)
    return list(site.found.values())


class Site:
    """The pages found so far: those of one host that its robots.txt leaves open."""

    def __init__(self, robots: Robots, host: str, limit: int) -> None:
        self.robots, self.host, self.limit = robots, host, limit
        self.found: dict[str, Item] = {}

    @property
    def is_full(self) -> bool:
        """Whether no more pages are wanted."""
        return len(self.found) >= self.limit

    def has(self, url: str) -> bool:
        """Whether an address is a page of this site that may be visited."""
        try:
            host = urlsplit(url).netloc.removeprefix("www.")
        except ValueError:
            return False
        return host == self.host and self.robots.allow(url)

    def add(self, entry: SitemapEntry, source: str) -> None:
        """Take a page in, once."""
        if self.is_full or entry.url in self.found or not self.has(entry.url):
            return
        data = {
            "lastModified": entry.last_modified or None,
            "changeFrequency": entry.change_frequency or None,
            "priority": entry.priority,
            "source": source,
        }
        self.found[entry.url] = {"url": entry.url, "data": data}


async def _robots(desk: Desk, origin: str) -> Robots:
    try:
        return Robots((await desk.file(f"{origin}/robots.txt", _ANYTHING)).body)
    except FetchFailed as error:
        # A site that has no rules says so with a 4xx; one that cannot be asked is left alone.
        status = error.details.get("http_status")
        if isinstance(status, int) and 400 <= status < 500 and status != 429:
            return Robots()
        raise


async def _read_maps(desk: Desk, site: Site, addresses: list[str]) -> None:
    waiting, seen = list(addresses), set(addresses)
    for _ in range(MAX_MAPS):
        if not waiting or site.is_full:
            return
        found = await _map(desk, waiting.pop(0))
        for entry in found.entries if found else ():
            if found and found.kind != "index":
                site.add(entry, "sitemap")
            elif entry.url not in seen and len(seen) < 10 * MAX_MAPS:
                seen.add(entry.url)
                waiting.append(entry.url)


async def _map(desk: Desk, url: str) -> Sitemap | None:
    try:
        page = await desk.file(url, _ANYTHING)
        return read_sitemap(_unpacked(page.body))
    except (PageError, BadSitemap):
        return None


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MAX_BODY_BYTES)
    except zlib.error as error:
        raise BadSitemap("a damaged archive") from error


async def _follow_links(desk: Desk, site: Site, start: str) -> None:
    waiting, seen = [start], {start}
    for _ in range(MAX_VISITS):
        if not waiting or site.is_full:
            return
        url = waiting.pop(0)
        if not site.has(url):
            continue
        try:
            page = await desk.page(url, javascript=False)
        except PageError:
            if url == start:
                raise
            continue
        site.add(SitemapEntry(url), "links")
        for link in links_of(page.document).internal:
            site.add(SitemapEntry(link.url), "links")
            if link.url not in seen and site.has(link.url):
                seen.add(link.url)
                waiting.append(link.url)


TOOL = Tool(
    slug="sitemap",
    name="Sitemap",
    description="The pages of a site, by its sitemaps or its links; robots.txt is respected",
    credits=1,
    input=SitemapInput,
    run=run,
    longest_ms=LONGEST_MS,
)
