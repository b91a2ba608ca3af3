"""PDF: a page as a browser prints it."""

from webferry.content.metadata import title_of
from webferry.domain.rendering import Capture, CaptureKind
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import Need, PageUrl, Tool, ToolInput


class PdfInput(ToolInput):
    """A page to print."""

    url: PageUrl


async def run(asked: PdfInput, desk: Desk) -> list[Item]:
    """One item: a link to the document that works for a while."""
    page, document = await desk.picture(asked.url, Capture(CaptureKind.PDF))
    return [page.item({"title": title_of(page.document), "pdf": document})]


TOOL = Tool(
    slug="pdf",
    name="PDF",
    description="A page printed to a PDF document",
    credits=1,
    input=PdfInput,
    run=run,
    needs=frozenset({Need.BROWSER}),
)
