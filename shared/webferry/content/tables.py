"""The data tables of a page, spans filled in, as rows and records; layout tables are left out."""

from dataclasses import dataclass

from webferry.content.document import Document
from webferry.content.records.outline import Outline, outline_of
from webferry.content.records.tables import grid_of, header_rows, labels_of

MAX_TABLES = 200
MAX_CELL = 2_000
# A cell that spans is repeated in full only while it is short, and all cells together stay bounded.
MAX_REPEATED = 200
MAX_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `rows` without the header, each as wide as the widest."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    path: str
    cut: bool = False

    def records(self) -> list[dict[str, str]]:
        """Every row by the names of the columns; columns without a name are numbered."""
        names = _distinct(self.header, max(map(len, self.rows), default=0))
        return [dict(zip(names, row, strict=False)) for row in self.rows]


def tables(document: Document) -> list[Table]:
    """Every data table in document order."""
    outline = outline_of(document)
    budget = MAX_CHARACTERS
    found: list[Table] = []
    for entry, tag in enumerate(outline.tags):
        if tag != "table" or not _holds_data(outline, entry):
            continue
        table = _table(outline, entry, budget)
        if table:
            budget -= sum(len(cell) for row in table.rows for cell in row)
            found.append(table)
        if budget <= 0 or len(found) == MAX_TABLES:
            break
    return found


def _holds_data(outline: Outline, table: int) -> bool:
    inside = outline.tags[table + 1 : outline.ends[table]]
    role = outline.attribute(table, "role").lower()
    return "table" not in inside and role not in ("presentation", "none") and inside.count("tr") > 1


def _table(outline: Outline, entry: int, budget: int) -> Table | None:
    grid = {row: cells for row, cells in grid_of(outline, entry).items() if cells}
    heads = header_rows(outline, grid)
    header = labels_of(outline, [grid[row] for row in heads])
    width = max([len(header), *map(len, grid.values())], default=0)
    if width < 2 or len(grid) <= len(heads):
        return None
    rows: list[tuple[str, ...]] = []
    cut = False
    seen: set[int] = set()
    for row, cells in grid.items():
        if row in heads:
            continue
        said = [_said(outline, cell, seen) for cell in cells]
        budget -= sum(map(len, said)) + width
        if budget <= 0:
            cut = True
            break
        rows.append((*said, *[""] * (width - len(said))))
    caption = next(
        (child for child in outline.elements(entry) if outline.tags[child] == "caption"), 0
    )
    return Table(
        outline.text(caption)[:MAX_CELL] if caption else "",
        tuple(header),
        tuple(rows),
        outline.xpath(entry),
        cut,
    )


def _said(outline: Outline, cell: int, seen: set[int]) -> str:
    text = outline.text(cell)[:MAX_CELL] if outline.text_length(cell) else ""
    repeated = cell in seen
    seen.add(cell)
    return "" if repeated and len(text) > MAX_REPEATED else text


def _distinct(header: tuple[str, ...], width: int) -> list[str]:
    names: list[str] = []
    for place in range(width):
        name = header[place] if place < len(header) and header[place] else f"column{place + 1}"
        while name in names:
            name = f"{name} ({place + 1})"
        names.append(name)
    return names
