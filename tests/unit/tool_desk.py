"""A desk with canned pages and files, for tools that are run without a network."""

from dataclasses import dataclass, field

from webferry.content.document import parse
from webferry.domain.errors import FetchFailed
from webferry.domain.pages import Page
from webferry.domain.rendering import Capture, Viewport
from webferry.tools.catalogue import tool_of
from webferry.tools.desk import Item, Kept, Visit


@dataclass
class CannedDesk:
    """Brings what it was given, by URL; everything else is a 404."""

    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    pictures: list[tuple[Capture, Viewport | None]] = field(default_factory=list)

    async def page(self, url: str, *, javascript: bool | None = None) -> Visit:
        del javascript
        self.asked.append(url)
        if url not in self.pages:
            raise FetchFailed("Target URL returned 404 Not Found")
        html = self.pages[url]
        return Visit(url, url, 200, html, parse(html, url))

    def site(self, name: str, usual: str) -> str:
        return self.sites.get(name, usual)

    async def file(
        self, url: str, media_types: frozenset[str], *, headers: tuple[tuple[str, str], ...] = ()
    ) -> Page:
        self.asked.append(url)
        self.headers |= dict(headers)
        if url in self.statuses or url not in self.files:
            status = self.statuses.get(url, 404)
            raise FetchFailed(f"Target URL returned {status}", http_status=status)
        media_type, body = self.files[url]
        assert {media_type, "*/*"} & media_types
        return Page(url, url, 200, media_type, body, 0, 0)

    async def picture(
        self, url: str, capture: Capture, viewport: Viewport | None = None
    ) -> tuple[Visit, Kept]:
        self.pictures.append((capture, viewport))
        return await self.page(url), Kept("pictures/one.png")

    async def image(self, prompt: str, width: int, height: int) -> Kept:
        self.asked.append(f"{prompt} {width}x{height}")
        return Kept("pictures/one.png")


async def run(slug: str, desk: CannedDesk, **asked: object) -> list[Item]:
    """A tool, run on an input as a caller writes it."""
    tool = tool_of(slug)
    return await tool.run(tool.input.model_validate(asked), desk)
