"""Schemas: short forms, JSON Schema and mixtures are read; what is none is refused by name."""

import pytest

from webferry.content.records.schema import MAX_FIELDS, BadSchema, Field, read_schema


def test_the_short_form_and_json_schema_mean_the_same() -> None:
    short = {"name": "string", "price": "float", "tags": ["string"], "address": {"city": "str"}}
    long = {
        "type": "object",
        "properties": {
            "name": {"type": ["null", "string"]},
            "price": {"type": "number"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "address": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
    assert read_schema(short).fields == read_schema(long).fields


@pytest.mark.parametrize(
    ("schema", "listed"),
    [
        ([{"a": "string"}], True),
        ({"type": "array", "items": {"properties": {"a": {"type": "string"}}}}, True),
        ({"products": [{"a": "string"}]}, True),
        ({"a": "string"}, None),
    ],
)
def test_a_schema_may_say_that_it_wants_a_list(schema: object, *, listed: bool | None) -> None:
    wanted = read_schema(schema)
    assert wanted.listed is listed
    assert wanted.fields == (Field("a", "string"),)


def test_formats_and_options_are_understood() -> None:
    fields = read_schema(
        {
            "at": {"type": "string", "format": "date-time"},
            "link": {"type": "string", "format": "uri"},
            "state": {"type": "string", "enum": ["on", "off"], "description": "is it on?"},
        }
    ).fields
    assert [each.kind for each in fields] == ["date", "url", "string"]
    assert fields[2].options == ("on", "off")
    assert fields[2].description == "is it on?"


def test_a_schema_as_class_libraries_write_it_is_understood() -> None:
    nothing = {"type": "null"}
    schema = {
        "$defs": {
            "Seller": {"type": "object", "properties": {"name": {"type": "string"}}},
            "Item": {
                "type": "object",
                "title": "Item",
                "properties": {
                    "price": {"anyOf": [{"type": "number"}, nothing], "default": None},
                    "seller": {"$ref": "#/$defs/Seller", "description": "who sells it"},
                    "state": {"enum": ["on", "off"]},
                    "kind": {"const": "tool"},
                },
            },
        },
        "type": "object",
        "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/Item"}}},
    }
    wanted = read_schema(schema)

    assert wanted.listed
    assert [(each.key, each.kind, each.options) for each in wanted.fields] == [
        ("price", "number", ()),
        ("seller", "object", ()),
        ("state", "string", ("on", "off")),
        ("kind", "string", ("tool",)),
    ]
    assert wanted.fields[1].fields == (Field("name", "string"),)
    assert wanted.fields[1].description == "who sells it"


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/A"}}},
        {"a": {"$ref": "https://elsewhere.example/schema"}},
        {"a": {"$ref": "#/$defs/Missing"}},
        {"properties": {"a": {"$ref": "#"}}},
        {"properties": {"a": {"$ref": "#/properties/a"}}},
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(schema: object) -> None:
    with pytest.raises(BadSchema):
        read_schema(schema)


def test_a_schema_survives_its_short_form() -> None:
    wanted = read_schema({"a": ["number"], "b": {"c": "date"}, "d": [{"e": "image"}]})
    assert read_schema(wanted.to_json()).fields == wanted.fields


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("string", "an object with one entry per key"),
        ({}, "at least one key"),
        ({"a": "colour"}, "schema.a: unknown type 'colour'"),
        ({"a": 7}, "schema.a: a type name"),
        ({"a": ["string", "number"]}, "exactly one example"),
        ({f"k{number}": "string" for number in range(MAX_FIELDS + 1)}, "more than 200 keys"),
    ],
)
def test_what_is_no_schema_is_refused_with_the_reason(schema: object, said: str) -> None:
    with pytest.raises(BadSchema, match=said):
        read_schema(schema)


def test_endless_nesting_is_refused() -> None:
    schema: dict[str, object] = {"a": "string"}
    for _ in range(50):
        schema = {"a": schema}
    with pytest.raises(BadSchema, match="levels deep"):
        read_schema(schema)
