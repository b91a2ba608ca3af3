"""Tables: the data tables of a page as records."""

from webferry.content.tables import tables
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import PageInput, Tool


async def run(asked: PageInput, desk: Desk) -> list[Item]:
    """One item per table: its rows by the names of their columns."""
    page = await desk.page(asked.url, javascript=asked.javascript)
    return [
        page.item(
            {
                "caption": table.caption or None,
                "columns": list(table.header),
                "rows": table.records(),
                "cut": table.cut,
            }
        )
        for table in tables(page.document)
    ]


TOOL = Tool(
    slug="tables",
    name="Tables",
    description="The data tables of a page, each row as a record",
    credits=1,
    input=PageInput,
    run=run,
)
