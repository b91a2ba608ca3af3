"""Markdown: a page as text that people and models read."""

from typing import Annotated

from pydantic import Field, StrictBool

from webferry.content.main_content.choice import Part, keep_part
from webferry.content.markdown.rendering import to_markdown
from webferry.content.metadata import title_of
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import PageInput, Tool


class MarkdownInput(PageInput):
    """A page, and how much of it."""

    main_content: Annotated[
        StrictBool, Field(description="Leave out menus, footers and everything beside the content.")
    ] = True


async def run(asked: MarkdownInput, desk: Desk) -> list[Item]:
    """One item: title and Markdown."""
    page = await desk.page(asked.url, javascript=asked.javascript)
    title = title_of(page.document)
    if asked.main_content:
        keep_part(page.document, Part.MAIN)
    text = to_markdown(page.document)
    return [page.item({"title": title, "markdown": text})] if text.strip() else []


TOOL = Tool(
    slug="markdown",
    name="Markdown",
    description="A page's content as clean Markdown",
    credits=1,
    input=MarkdownInput,
    run=run,
)
