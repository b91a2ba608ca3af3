"""Metadata: what a page says about itself."""

from dataclasses import asdict

from pydantic.alias_generators import to_camel

from webferry.content.metadata import metadata_of
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import PageInput, Tool

# Links and pictures have a tool of their own.
_ELSEWHERE = ("links", "images")


async def run(asked: PageInput, desk: Desk) -> list[Item]:
    """One item: titles, authors, dates, Open Graph, JSON-LD, microdata; nothing is guessed."""
    page = await desk.page(asked.url, javascript=asked.javascript)
    facts = asdict(metadata_of(page.document))
    data = {to_camel(name): value for name, value in facts.items() if name not in _ELSEWHERE}
    return [page.item(data)]


TOOL = Tool(
    slug="metadata",
    name="Metadata",
    description="Title, authors, dates, language, Open Graph and structured statements of a page",
    credits=1,
    input=PageInput,
    run=run,
)
