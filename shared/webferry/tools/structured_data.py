"""Structured Data: the records of a page, by a schema or by its own structure."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from webferry.content.records.extraction import records
from webferry.content.records.schema import BadSchema, read_schema
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import PageInput, Tool


def _readable(schema: dict[str, Any] | None) -> dict[str, Any] | None:
    try:
        read_schema(schema)
    except BadSchema as error:
        raise ValueError(str(error)) from error
    return schema


class StructuredDataInput(PageInput):
    """A page, and the shape of what is wanted of it."""

    wanted: Annotated[
        dict[str, Any] | None,
        Field(
            alias="schema",
            description="JSON schema of the records, or an example of one; inferred when absent.",
        ),
        AfterValidator(_readable),
    ] = None
    instructions: Annotated[
        str, Field(max_length=2000, description="In words, which records are wanted.")
    ] = ""


async def run(asked: StructuredDataInput, desk: Desk) -> list[Item]:
    """One item per record; every value stands in the page."""
    page = await desk.page(asked.url, javascript=asked.javascript)
    found = records(page.document, asked.wanted, asked.instructions)
    return [page.item(item) for item in found.items]


TOOL = Tool(
    slug="structured-data",
    name="Structured Data",
    description="Records of a page by a schema you give, or by the page's own structure",
    credits=1,
    input=StructuredDataInput,
    run=run,
)
