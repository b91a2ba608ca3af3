"""Records: the hand-made pages give exactly their items, and every value stands in its page."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.standing import assert_standing
from webferry.content.document import Document, parse
from webferry.content.records.extraction import Extraction, records

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "records").glob("*/case.json"))
PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*/page.html"))
ANYTHING = {"name": "string", "price": "price", "url": "url", "date": "date", "tags": ["string"]}
NAMES = [case.name for case in CASES]
KEYS = st.sampled_from(
    [
        "name",
        "title",
        "price",
        "url",
        "image",
        "author",
        "date",
        "rating",
        "sku",
        "description",
        "city",
        "brand",
        "stock",
        "total",
        "x",
    ]
)
TYPES = st.sampled_from(["string", "number", "integer", "boolean", "date", "url", "image", "price"])


def test_there_are_enough_pages() -> None:
    assert len(CASES) >= 25


@pytest.mark.promise("extract.without-model")
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_page_gives_exactly_its_items(case: Path) -> None:
    asked = _asked(case)
    assert _records(case, asked["schema"], asked["instructions"]).items == asked["items"]


@pytest.mark.promise("extract.coercion")
def test_the_documented_example_gives_the_documented_items() -> None:
    case = next(case for case in CASES if case.name == "documented_example")
    found = _records(
        case, {"name": "string", "price": "number"}, "Extract all product names and prices"
    )
    assert found.items == [
        {"name": "Wireless Headphones Pro", "price": 79.99},
        {"name": "USB-C Hub 7-in-1", "price": 34.99},
        {"name": "Mechanical Keyboard", "price": 129.99},
    ]


@pytest.mark.promise("extract.schema.inferred")
def test_instructions_alone_name_the_keys() -> None:
    case = next(case for case in CASES if case.name == "documented_example")
    found = _records(case, None, "Extract all product names and prices")
    assert found.items == _asked(case)["items"]


@pytest.mark.promise("extract.schema.inferred")
def test_a_table_without_schema_has_the_keys_of_its_header() -> None:
    case = next(case for case in CASES if case.name == "table_of_teams")
    first = _records(case, None, "").items[0]
    assert first == {
        "teamName": "Boston Bruins",
        "year": 1990,
        "wins": 44,
        "losses": 24,
        "win": 0.55,
    }


@pytest.mark.promise("extract.never-invented")
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_every_value_stands_in_the_page(case: Path) -> None:
    asked = _asked(case)
    for schema in (asked["schema"], None):
        _assert_standing(case, _records(case, schema, asked["instructions"]))


@pytest.mark.promise("extract.never-invented")
@pytest.mark.parametrize("page", PAGES, ids=[page.parent.name for page in PAGES])
def test_a_page_made_for_something_else_invents_nothing_either(page: Path) -> None:
    document = parse(page.read_bytes(), "https://pages.example/a/b")
    for schema, instructions in ((None, ""), (ANYTHING, "all items"), (ANYTHING, "this product")):
        assert_standing(document, records(document, schema, instructions))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CASES), st.dictionaries(KEYS, TYPES, min_size=1, max_size=8))
@pytest.mark.promise("extract.never-invented")
def test_whatever_is_asked_every_value_stands_in_the_page(
    case: Path, schema: dict[str, str]
) -> None:
    found = _records(case, schema, "")
    assert all(list(item) == list(schema) for item in found.items)
    _assert_standing(case, found)


def test_a_key_that_the_page_does_not_answer_is_null() -> None:
    case = next(case for case in CASES if case.name == "documented_example")
    found = _records(case, {"name": "string", "isbn": "string", "founded": "date"}, "")
    assert [item["isbn"] for item in found.items] == [None] * 3
    assert [item["founded"] for item in found.items] == [None] * 3


@pytest.mark.parametrize("page", ["", "<p>", "<html><body></body></html>", "plain words only"])
def test_a_page_without_records_gives_none(page: str) -> None:
    found = records(parse(page, "https://empty.example/"), {"price": "number"}, "all prices")
    assert found.items == []


def _asked(case: Path) -> dict[str, Any]:
    asked: dict[str, Any] = json.loads((case / "case.json").read_text("utf-8"))
    return asked


def _document(case: Path) -> Document:
    return parse((case / "page.html").read_bytes(), _asked(case)["url"])


def _records(case: Path, schema: object, instructions: str) -> Extraction:
    return records(_document(case), schema, instructions)


def _assert_standing(case: Path, found: Extraction) -> None:
    assert_standing(_document(case), found)
