"""Tables: the data tables of a page as records."""

from webferry.content.tables import Table, tables
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import PageInput, Tool


async def run(asked: PageInput, desk: Desk) -> list[Item]:
    """One item per table: its rows by the names of their columns."""
    page = await desk.page(asked.url, javascript=asked.javascript)
    return [page.item(_data(table)) for table in tables(page.document)]


def _data(table: Table) -> dict[str, object]:
    rows = table.records()
    # As they are called in the rows: two columns of one name are told apart.
    columns = list(rows[0]) if rows else list(table.header)
    return {"caption": table.caption or None, "columns": columns, "rows": rows, "cut": table.cut}


TOOL = Tool(
    slug="tables",
    name="Tables",
    description="The data tables of a page, each row as a record",
    credits=1,
    input=PageInput,
    run=run,
)
