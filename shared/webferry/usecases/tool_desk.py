"""The desk of one run of a tool: it fetches, and counts what that took."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from webferry.domain.errors import EmptyPage, FetchFailed
from webferry.domain.images import MAX_IMAGE_BYTES, NO_IMAGE_MODEL, ImageOrder, kind_of_image
from webferry.domain.outcomes import Outcome
from webferry.domain.pages import Page, PageRequest
from webferry.domain.prompts import ModelFailed
from webferry.domain.rendering import Capture, CaptureKind, RenderOrder, Viewport
from webferry.model_ports import ImageModels
from webferry.ports import Fetcher, Pictures
from webferry.tools.desk import Kept, Visit
from webferry.usecases.scrape_page import ScrapedPage, ScrapePage

PAGE_TIMEOUT_MS = 30_000


@dataclass(slots=True)
class ToolDesk:
    """Lives as long as the run."""

    scrape_page: ScrapePage
    fetcher: Fetcher
    pictures: Pictures
    sites: Mapping[str, str]
    images: Callable[[], ImageModels | None]
    requests: int = 0
    received_bytes: int = 0

    async def page(self, url: str, *, javascript: bool | None = None) -> Visit:
        """Raises: PageError, Unavailable."""
        order = RenderOrder(PageRequest(url, PAGE_TIMEOUT_MS, javascript=javascript))
        self.requests += 1
        return self._visit(url, await self.scrape_page(order))

    async def file(
        self, url: str, media_types: frozenset[str], *, headers: tuple[tuple[str, str], ...] = ()
    ) -> Page:
        """Raises: PageError."""
        request = PageRequest(
            url, PAGE_TIMEOUT_MS, javascript=False, headers=headers, media_types=media_types
        )
        self.requests += 1
        page = await self.fetcher.fetch(request)
        self.received_bytes += len(page.body)
        return page

    def site(self, name: str, usual: str) -> str:
        """Where a site is found."""
        return self.sites.get(name, usual)

    async def picture(
        self, url: str, capture: Capture, viewport: Viewport | None = None
    ) -> tuple[Visit, Kept]:
        """Raises: PageError, Unavailable."""
        order = RenderOrder(PageRequest(url, PAGE_TIMEOUT_MS, javascript=True), viewport=viewport)
        self.requests += 1
        scraped = await self.scrape_page(order, capture)
        visit = self._visit(url, scraped)
        kind = "pdf" if capture.kind is CaptureKind.PDF else "png"
        return visit, Kept(await self.pictures.keep(scraped.pictures[capture], kind))

    async def image(self, prompt: str, width: int, height: int) -> Kept:
        """Raises: PageError, Unavailable."""
        model = self.images()
        if model is None:
            raise FetchFailed(NO_IMAGE_MODEL, retryable=False)
        self.requests += 1
        try:
            content = await model.make(ImageOrder(prompt, width, height))
        except ModelFailed as error:
            # It was asked twice already: what it says is what became of the run.
            raise FetchFailed(error.message, retryable=error.retryable) from error
        self.received_bytes += len(content)
        kind = kind_of_image(content)
        if kind is None or len(content) > MAX_IMAGE_BYTES:
            raise FetchFailed("The image model did not answer with an image", retryable=False)
        return Kept(await self.pictures.keep(content, kind))

    def _visit(self, url: str, scraped: ScrapedPage) -> Visit:
        page = scraped.page
        self.received_bytes += len(page.body)
        if scraped.outcome is Outcome.EMPTY:
            raise EmptyPage("Target page is empty")
        return Visit(url, page.final_url, page.http_status, scraped.html, scraped.document)
