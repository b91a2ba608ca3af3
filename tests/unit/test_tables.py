"""Tables: headers, spans and captions are understood; bombs stay small."""

import pytest

from webferry.content.document import parse
from webferry.content.tables import MAX_CHARACTERS, Table, tables


def read(html: str) -> list[Table]:
    return tables(parse(html, "https://t.example/"))


def test_a_table_has_a_caption_a_header_and_rows() -> None:
    (table,) = read(
        "<table><caption>Sizes</caption><thead><tr><th>Name<th>Size</thead>"
        "<tr><td>A<td>1<tr><td>B<td>2</table>"
    )
    assert (table.caption, table.header) == ("Sizes", ("Name", "Size"))
    assert table.rows == (("A", "1"), ("B", "2"))
    assert table.records() == [{"Name": "A", "Size": "1"}, {"Name": "B", "Size": "2"}]
    assert table.path == "/html/body/table[1]"


def test_spans_are_filled_in() -> None:
    (table,) = read(
        "<table><tr><th rowspan=2>City<th colspan=2>Rain</tr><tr><th>May<th>June</tr>"
        "<tr><td rowspan=2>Bergen<td>1<td>2</tr><tr><td colspan=2>3</tr></table>"
    )
    assert table.header == ("City", "Rain May", "Rain June")
    assert table.rows == (("Bergen", "1", "2"), ("Bergen", "3", "3"))


def test_a_first_row_of_words_over_figures_is_a_header() -> None:
    (table,) = read("<table><tr><td>Team<td>Wins<tr><td>A<td>3<tr><td>B<td>5</table>")
    assert table.header == ("Team", "Wins")


def test_columns_without_a_name_are_numbered_and_equal_names_told_apart() -> None:
    (table,) = read("<table><tr><th>A<th>A<th></tr><tr><td>1<td>2<td>3</table>")
    assert table.records() == [{"A": "1", "A (2)": "2", "column3": "3"}]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><table><tr><td>x<td>y<tr><td>1<td>2</table></table>",
        "<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>",
        "<table><tr><td>only<td>one row</table>",
        "<table><tr><td>one<tr><td>column</table>",
        "<table></table>",
    ],
)
def test_layout_is_no_table(html: str) -> None:
    assert all("table" not in table.path.rpartition("table[1]/")[0] for table in read(html))
    assert len(read(html)) <= 1


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + "<tr><td colspan=100000 rowspan=100000>x<td>y" * 3_000 + "</table>",
        "<table>" + "<tr>" + "<td rowspan=65534 colspan=1000>" + "z" * 5_000 + "</table>",
        "<table><tr><td colspan=1000>" + "w" * 2_000 + ("<tr><td>a<td>b" * 20_000) + "</table>",
        "<table>" * 5_000 + "<tr><td>a<td>b",
        "<table><tr>" + "<td>a" * 50_000 + "<tr><td>b</table>",
        "<table><tr><td colspan=-1>a<td colspan=x>b<tr><td rowspan=0>c<td rowspan=1e9>d</table>",
    ],
)
def test_span_bombs_stay_small(html: str) -> None:
    assert (
        sum(len(cell) for table in read(html) for row in table.rows for cell in row)
        <= MAX_CHARACTERS
    )
