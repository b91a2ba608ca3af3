"""Brings one page now, by the engine it needs."""

import asyncio
from dataclasses import dataclass, field, replace

from webferry.content.decode import decode
from webferry.content.document import Document, parse
from webferry.content.engine_choice import is_blank, shell_sign
from webferry.domain.errors import PageTimeout, Unavailable
from webferry.domain.outcomes import Outcome
from webferry.domain.pages import Engine, Page, PageRequest
from webferry.domain.rendering import Capture, RenderOrder
from webferry.domain.urls import check_url
from webferry.ports import Fetcher, Renderer

NO_BROWSER = "No browser is at hand here: ask for the page without javascript"


@dataclass(frozen=True, slots=True)
class ScrapedPage:
    """A page, read once, and the engines tried: the last one brought it.

    It is not `complete` if its time was up before it was ready, or the browser failed it needed.
    """

    page: Page
    html: str
    document: Document
    engines: tuple[Engine, ...] = (Engine.HTTP,)
    outcome: Outcome = Outcome.OK
    pictures: dict[Capture, bytes] = field(default_factory=dict)
    complete: bool = True


@dataclass(frozen=True, slots=True)
class ScrapePage:
    """One parse serves the choice of the engine and all that is made of the page."""

    fetcher: Fetcher
    renderer: Renderer | None = None

    async def __call__(self, order: RenderOrder, *captures: Capture) -> ScrapedPage:
        """The page; its URL decides nothing, `javascript` of the order or the page itself does.

        Raises: PageError, InvalidRequest, Unavailable: a browser was asked for, there is none.
        """
        request = order.page
        check_url(request.url)
        if request.javascript or captures:
            return await self._rendered(order, captures, (Engine.BROWSER,))
        page = await self.fetcher.fetch(request)
        scraped = _read(page, (Engine.HTTP,))
        if request.javascript is None and self._has_browser and shell_sign(scraped.document):
            try:
                hurried = replace(order, page=_hurried(request, page.fetch_duration_ms))
                return await self._rendered(hurried, (), (Engine.HTTP, Engine.BROWSER))
            except Unavailable:
                # What came over HTTP is little, but true, and it says which engine brought it.
                return replace(scraped, complete=False)
        return scraped

    @property
    def _has_browser(self) -> bool:
        return self.renderer is not None and not self.renderer.missing

    async def _rendered(
        self, order: RenderOrder, captures: tuple[Capture, ...], engines: tuple[Engine, ...]
    ) -> ScrapedPage:
        """One visit takes one picture: each further one is a visit of its own, at the same time."""
        if self.renderer is None:
            raise Unavailable(NO_BROWSER)
        orders = [replace(order, capture=capture) for capture in captures] or [order]
        renderings = await asyncio.gather(*map(self.renderer.render, orders))
        taken = zip(captures, renderings, strict=False)
        pictures = {capture: rendering.picture or b"" for capture, rendering in taken}
        scraped = _read(renderings[0].page, engines)
        return replace(scraped, pictures=pictures, complete=renderings[0].settled)


def _hurried(request: PageRequest, spent_ms: int) -> PageRequest:
    left_ms = request.timeout_ms - spent_ms
    if left_ms <= 0:
        raise PageTimeout("Request exceeded timeout")
    return replace(request, timeout_ms=left_ms)


def _read(page: Page, engines: tuple[Engine, ...]) -> ScrapedPage:
    html = decode(page.body, page.content_type)
    document = parse(html, page.final_url)
    outcome = Outcome.EMPTY if is_blank(document) else Outcome.OK
    return ScrapedPage(page, html, document, engines, outcome)
