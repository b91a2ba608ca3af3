"""Fetches one page now, and reads it."""

from dataclasses import dataclass

from webferry.content.decode import decode
from webferry.content.document import Document
from webferry.content.markdown import to_markdown
from webferry.content.metadata import title_of
from webferry.domain.pages import Page, PageFormat, PageRequest
from webferry.domain.urls import check_url
from webferry.ports import Fetcher


@dataclass(frozen=True, slots=True)
class ScrapedPage:
    """A page, and what was asked of it."""

    page: Page
    title: str | None
    html: str | None = None
    markdown: str | None = None


@dataclass(frozen=True, slots=True)
class ScrapePage:
    """One parse serves title and Markdown."""

    fetcher: Fetcher

    async def __call__(self, request: PageRequest, wanted: PageFormat) -> ScrapedPage:
        """Raises: PageError."""
        check_url(request.url)
        page = await self.fetcher.fetch(request)
        html = decode(page.body, page.content_type)
        document = Document.parse(html)
        return ScrapedPage(
            page,
            title=title_of(document),
            html=None if wanted is PageFormat.MARKDOWN else html,
            markdown=None if wanted is PageFormat.HTML else to_markdown(document, page.final_url),
        )
