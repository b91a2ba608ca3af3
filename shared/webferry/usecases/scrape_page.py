"""Fetches one page now, by the engine it needs, and reads it."""

from dataclasses import dataclass, replace

from webferry.content.decode import decode
from webferry.content.document import Document, parse
from webferry.content.engine_choice import is_blank, shell_sign
from webferry.content.markdown.rendering import to_markdown
from webferry.content.metadata import title_of
from webferry.domain.errors import PageTimeout, Unavailable
from webferry.domain.outcomes import Outcome
from webferry.domain.pages import Engine, Page, PageFormat, PageRequest
from webferry.domain.rendering import RenderOrder
from webferry.domain.urls import check_url
from webferry.ports import Fetcher, Renderer

NO_BROWSER = "No browser is at hand here: ask for the page without javascript"


@dataclass(frozen=True, slots=True)
class ScrapedPage:
    """A page, what was asked of it, and the engines tried: the last one brought it."""

    page: Page
    title: str | None
    html: str | None = None
    markdown: str | None = None
    engines: tuple[Engine, ...] = (Engine.HTTP,)
    outcome: Outcome = Outcome.OK


@dataclass(frozen=True, slots=True)
class ScrapePage:
    """One parse serves the choice of the engine, the title and the Markdown."""

    fetcher: Fetcher
    renderer: Renderer | None = None

    async def __call__(self, request: PageRequest, wanted: PageFormat) -> ScrapedPage:
        """Raises: PageError, Unavailable: a browser was asked for, and there is none."""
        check_url(request.url)
        if request.javascript:
            return _read(await self._render(request), wanted, (Engine.BROWSER,))
        page = await self.fetcher.fetch(request)
        html, document = _opened(page)
        if request.javascript is None and self._has_browser and shell_sign(document):
            left_ms = request.timeout_ms - page.fetch_duration_ms
            if left_ms <= 0:
                raise PageTimeout("Request exceeded timeout")
            try:
                page = await self._render(replace(request, timeout_ms=left_ms))
            except Unavailable:
                # What came over HTTP is little, but true, and it says which engine brought it.
                return _told(page, html, document, wanted, (Engine.HTTP,))
            return _read(page, wanted, (Engine.HTTP, Engine.BROWSER))
        return _told(page, html, document, wanted, (Engine.HTTP,))

    @property
    def _has_browser(self) -> bool:
        return self.renderer is not None and not self.renderer.missing

    async def _render(self, request: PageRequest) -> Page:
        if self.renderer is None:
            raise Unavailable(NO_BROWSER)
        return (await self.renderer.render(RenderOrder(request))).page


def _opened(page: Page) -> tuple[str, Document]:
    html = decode(page.body, page.content_type)
    return html, parse(html, page.final_url)


def _read(page: Page, wanted: PageFormat, engines: tuple[Engine, ...]) -> ScrapedPage:
    return _told(page, *_opened(page), wanted, engines)


def _told(
    page: Page, html: str, document: Document, wanted: PageFormat, engines: tuple[Engine, ...]
) -> ScrapedPage:
    # Writing Markdown uses the document up, so everything else is asked before.
    title, outcome = title_of(document), Outcome.EMPTY if is_blank(document) else Outcome.OK
    return ScrapedPage(
        page,
        title=title,
        html=None if wanted is PageFormat.MARKDOWN else html,
        markdown=None if wanted is PageFormat.HTML else to_markdown(document),
        engines=engines,
        outcome=outcome,
    )
