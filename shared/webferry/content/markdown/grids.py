"""Tables: spans laid out as a grid, and tables that only place things turned into blocks."""

from itertools import islice

from webferry.content.document import Document, Element, attribute, new_element
from webferry.content.markdown.cells import mark_alignment, to_one_line

_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"))
_BIG_BLOCKS = "h1, h2, h3, h4, pre, blockquote, table, form, article, section, hr"
_SPANNED = "td[colspan], td[rowspan], th[colspan], th[rowspan]"
_MAX_COLUMNS = 200
_MAX_CELLS = 20_000
_MAX_SPAN = 1_000


def mend_tables(document: Document) -> None:
    """Every table is a grid with equal rows, or no table."""
    for table in document.select("table"):
        if table.parent is None:
            continue
        if _only_places_things(table):
            _to_blocks(table)
        else:
            _lay_out(table)


def _rows(table: Element) -> list[Element]:
    rows = []
    for child in table:
        if type(child) is not Element:
            continue
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            rows += [row for row in child if type(row) is Element and row.tag == "tr"]
    return rows


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if type(cell) is Element and cell.tag in {"td", "th"}]


def _only_places_things(table: Element) -> bool:
    if attribute(table, "role").lower() in {"presentation", "none"}:
        return True
    rows = _rows(table)
    cells = [cell for row in rows for cell in _cells(row)]
    named = any(type(part) is Element and part.tag == "caption" for part in table)
    if named or any(cell.tag == "th" for cell in cells):
        return False
    if all(len(_cells(row)) <= 1 for row in rows) and any(
        cell.select_one(_BIG_BLOCKS + ", p, div, ul, ol, img") for cell in cells
    ):
        return True
    return any(cell.select_one(_BIG_BLOCKS) for cell in cells)


def _to_blocks(table: Element) -> None:
    for row in _rows(table):
        for cell in _cells(row):
            cell.tag = "div"
        row.tag = "div"
    for part in list(table):
        if type(part) is Element and part.tag in _PARTS:
            part.tag = "div"
    table.tag = "div"


def _lay_out(table: Element) -> None:
    rows = [(row, _cells(row)) for row in _rows(table)]
    if not any(cell.text.strip() or cell.select_one("img") for _, cells in rows for cell in cells):
        table.extract()
        return
    if table.select_one(_SPANNED):
        widths = _spread([row for row, _ in rows])
    else:
        widths = [len(cells) for _, cells in rows]
        for _, cells in rows:
            for cell in cells:
                to_one_line(cell)
    _pad([row for row, _ in rows], widths)
    heads, first = ([_cells(row) for row, _ in rows[:2]] + [[], []])[:2]
    mark_alignment(heads, first)


def _spread(rows: list[Element]) -> list[int]:
    """Empty cells stand for the rest of those that span more than one; how wide each row is."""
    taken: dict[tuple[int, int], bool] = {}
    budget = _MAX_CELLS
    widths = []
    for number, row in enumerate(rows):
        column = 0
        for cell in _cells(row):
            while taken.pop((number, column), False):
                cell.insert_before(new_element("td"))
                column += 1
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            wide = max(1, min(wide, _MAX_COLUMNS - column, budget))
            tall = max(1, min(tall or len(rows), len(rows) - number, budget // wide))
            budget -= wide * tall - 1
            to_one_line(cell)
            cell.insert_after(*(new_element(cell.tag) for _ in range(wide - 1)))
            for below in range(number + 1, number + tall):
                taken.update(((below, column + step), True) for step in range(wide))
            column += wide
        while taken.pop((number, column), False):
            row.append(new_element("td"))
            column += 1
        widths.append(column)
    return widths


def _span(cell: Element, name: str) -> int:
    written = attribute(cell, name)
    if not written:
        return 1
    del cell.attrs[name]
    digits = written[:5]
    return min(int(digits), _MAX_SPAN) if digits.isascii() and digits.isdecimal() else 1


def _pad(rows: list[Element], widths: list[int]) -> None:
    widest = max(widths, default=0)
    budget = _MAX_CELLS
    for row, width in zip(rows, widths, strict=True):
        if not row.text.strip() and not row.select_one("img"):
            row.extract()
            continue
        missing = islice(range(widest - width), budget)
        blanks = [new_element("td") for _ in missing]
        budget -= len(blanks)
        row.extend(blanks)
