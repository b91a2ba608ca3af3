"""Web Scraper: the page itself, and its title."""

from webferry.content.metadata import title_of
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import PageInput, Tool


async def run(asked: PageInput, desk: Desk) -> list[Item]:
    """One item: the page."""
    page = await desk.page(asked.url, javascript=asked.javascript)
    return [page.item({"title": title_of(page.document)}, html=page.html)]


TOOL = Tool(
    slug="web-scraper",
    name="Web Scraper",
    description="Extract content from any web page with JavaScript rendering support",
    credits=1,
    input=PageInput,
    run=run,
)
