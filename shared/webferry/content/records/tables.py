"""Tables as records see them: the cells of a row by column, and what the header calls them."""

from dataclasses import dataclass

from webferry.content.patterns import later
from webferry.content.records.candidates import Candidate
from webferry.content.records.outline import Outline

MAX_COLUMNS = 100
MAX_ROWS = 2_000
_CELLS = ("td", "th")
_FIGURE = later(r"\d")


@dataclass(slots=True)
class Headed:
    """A table region: cells by row entry, and the labels of the columns."""

    rows: dict[int, list[tuple[int, int]]]
    labels: list[str]

    def cells(self, row: int) -> list[tuple[int, int]] | None:
        """Column number and cell entry, for every column a row has."""
        return self.rows.get(row)

    def label(self, place: int) -> str:
        """What the header says over a column."""
        return self.labels[place] if place < len(self.labels) else ""


def headed(outline: Outline, candidate: Candidate) -> tuple[Candidate, Headed] | None:
    """The records of a table without its header rows; nothing if these are no rows."""
    rows = [record[0] for record in candidate.records]
    if candidate.kind == "run" or any(outline.tags[row] != "tr" for row in rows):
        return None
    tables = {table for row in rows[:50] if (table := _table_of(outline, row)) >= 0}
    grids: dict[int, list[tuple[int, int]]] = {}
    labels: list[str] = []
    for table in list(tables)[:20]:
        grid = grid_of(outline, table)
        heads = header_rows(outline, grid)
        labels = labels or labels_of(outline, [grid[row] for row in heads])
        grids.update(
            {row: list(enumerate(grid[row])) for row in grid if row not in heads and grid[row]}
        )
    body = tuple((row,) for row in rows if row in grids)
    return (Candidate(candidate.kind, body), Headed(grids, labels)) if body else None


def grid_of(outline: Outline, table: int) -> dict[int, list[int]]:
    """The cell in every column of every row, spans filled; rows and columns are bounded."""
    rows = _rows(outline, table)[:MAX_ROWS]
    hanging: dict[int, tuple[int, int]] = {}
    return {row: _row(outline, row, hanging) for row in rows}


def _row(outline: Outline, row: int, hanging: dict[int, tuple[int, int]]) -> list[int]:
    cells: list[int] = []

    def fall() -> None:
        while len(cells) in hanging:
            cell, left = hanging.pop(len(cells))
            if left > 1:
                hanging[len(cells)] = (cell, left - 1)
            cells.append(cell)

    for cell in outline.elements(row):
        if outline.tags[cell] not in _CELLS or len(cells) >= MAX_COLUMNS:
            continue
        fall()
        for _ in range(min(span(outline, cell, "colspan"), MAX_COLUMNS - len(cells))):
            if (down := span(outline, cell, "rowspan")) > 1:
                hanging[len(cells)] = (cell, down - 1)
            cells.append(cell)
    fall()
    return cells


def span(outline: Outline, cell: int, name: str) -> int:
    """How many columns or rows a cell covers, within reason."""
    written = outline.attribute(cell, name).strip()[:6]
    return max(1, min(int(written), MAX_ROWS)) if written.isdecimal() else 1


def _rows(outline: Outline, table: int) -> list[int]:
    """The rows of a table, not those of tables inside it."""
    found: list[int] = []
    for child in outline.elements(table):
        if outline.tags[child] == "tr":
            found.append(child)
        elif outline.tags[child] in ("thead", "tbody", "tfoot"):
            found += [row for row in outline.elements(child) if outline.tags[row] == "tr"]
    return found


def _table_of(outline: Outline, row: int) -> int:
    return next((above for above in outline.ancestors(row) if outline.tags[above] == "table"), -1)


def header_rows(outline: Outline, grid: dict[int, list[int]]) -> list[int]:
    """The rows that name the columns: marked up as such, or a first row unlike those below."""
    marked = [row for row, cells in grid.items() if _is_header(outline, row, cells)]
    if marked or len(grid) < 3:
        return marked
    first, *below = list(grid)[:12]
    return [first] if _names_columns(outline, grid[first], [grid[row] for row in below]) else []


def _is_header(outline: Outline, row: int, cells: list[int]) -> bool:
    kinds = [outline.tags[cell] for cell in cells]
    in_head = outline.tags[outline.parents[row]] == "thead"
    return bool(kinds) and (in_head or (len(kinds) > 1 and all(kind == "th" for kind in kinds)))


def _names_columns(outline: Outline, cells: list[int], below: list[list[int]]) -> bool:
    """Short words without figures, in bold or over columns that have figures."""
    said = [outline.text(cell) for cell in cells]
    if (
        len(said) < 2
        or not all(said)
        or any(len(text) > 40 or _FIGURE.search(text) for text in said)
    ):
        return False
    if all(outline.texts[cell : outline.ends[cell]] and _bold(outline, cell) for cell in cells):
        return True
    figures = [
        sum(
            place < len(row) and bool(_FIGURE.search(outline.text(row[place])[:100]))
            for row in below
        )
        for place in range(len(said))
    ]
    return max(figures) * 4 >= len(below) * 3


def _bold(outline: Outline, cell: int) -> bool:
    inside = outline.tags[cell : outline.ends[cell]]
    return any(tag in ("b", "strong") for tag in inside)


def labels_of(outline: Outline, heads: list[list[int]]) -> list[str]:
    """What stands over every column, joined over several header rows."""
    labels: list[str] = []
    for place in range(max(map(len, heads), default=0)):
        stack = dict.fromkeys(cells[place] for cells in heads[:6] if place < len(cells))
        labels.append(" ".join(dict.fromkeys(outline.text(cell)[:80] for cell in stack)).strip())
    return labels
