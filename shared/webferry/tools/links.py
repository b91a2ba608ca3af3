"""Links: where a page leads, inside its site and outside, and the pictures it shows."""

from dataclasses import asdict

from webferry.content.metadata.links import images_of, links_of
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import PageInput, Tool


async def run(asked: PageInput, desk: Desk) -> list[Item]:
    """One item: every address once, with the words of its first link."""
    page = await desk.page(asked.url, javascript=asked.javascript)
    links, images = links_of(page.document), images_of(page.document)
    if not (links.internal or links.external or images):
        return []
    data = {
        "internal": [asdict(link) for link in links.internal],
        "external": [asdict(link) for link in links.external],
        "images": [asdict(image) for image in images],
    }
    return [page.item(data)]


TOOL = Tool(
    slug="links",
    name="Links",
    description="All links and pictures of a page, those of its own site apart from the others",
    credits=1,
    input=PageInput,
    run=run,
)
