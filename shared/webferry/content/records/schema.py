"""Reads what is wanted: `{"name": "string"}`, JSON Schema, and mixtures of both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webferry.content.records.schema_forms import Root, simplified
from webferry.content.records.values.coercion import KINDS

MAX_FIELDS = 200
MAX_DEPTH = 6

_ALIASES = {
    "str": "string", "text": "string", "html": "string", "email": "string", "phone": "string",
    "any": "string", "null": "string",
    "float": "number", "double": "number", "decimal": "number",
    "int": "integer", "long": "integer",
    "bool": "boolean",
    "datetime": "date", "date-time": "date", "time": "date", "timestamp": "date",
    "link": "url", "uri": "url", "href": "url",
    "img": "image", "picture": "image", "photo": "image",
    "money": "price", "currency": "price",
    "list": "array", "dict": "object", "map": "object",
}  # fmt: skip


class BadSchema(ValueError):
    """This schema cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Field:
    """One wanted key: a single value, an `object` with fields of its own, or many of either."""

    key: str
    kind: str
    many: bool = False
    fields: tuple["Field", ...] = ()
    options: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The fields of one item; `listed` when the schema itself says list or single."""

    fields: tuple[Field, ...]
    listed: bool | None = None
    given: bool = True

    def names(self) -> list[str]:
        """The keys, in the order asked."""
        return [each.key for each in self.fields]

    def to_json(self) -> dict[str, Any]:
        """The schema in its short form, as `read_schema` reads it."""
        return {each.key: _short(each) for each in self.fields}


def _short(each: Field) -> object:
    inner: object = {part.key: _short(part) for part in each.fields} if each.fields else each.kind
    if each.options:
        inner = {"type": each.kind, "enum": list(each.options)}
    return [inner] if each.many else inner


@dataclass(slots=True)
class _Budget:
    root: Root
    fields: int = field(default=MAX_FIELDS)


def read_schema(schema: object) -> Wanted:
    """The fields of a schema; a list of items around them is understood. Raises: BadSchema."""
    root: Root = schema if isinstance(schema, Mapping) else {}
    inner, listed = _unwrap(simplified(schema, root))
    inner = simplified(inner, root)
    if not isinstance(inner, Mapping):
        raise BadSchema("schema: an object with one entry per key is expected")
    fields = _fields(inner, "schema", _Budget(root), 0)
    if not fields:
        raise BadSchema("schema: at least one key is expected")
    # {"products": [{...}]}: the only key is the list of items.
    only = fields[0]
    if len(fields) == 1 and only.many and only.fields:
        return Wanted(only.fields, listed=True)
    return Wanted(fields, listed)


def _unwrap(schema: object) -> tuple[object, bool | None]:
    if isinstance(schema, list) and len(schema) == 1:
        return schema[0], True
    if isinstance(schema, Mapping) and schema.get("type") == "array" and "items" in schema:
        return schema["items"], True
    return schema, None


def _fields(
    schema: Mapping[object, object], place: str, budget: _Budget, depth: int
) -> tuple[Field, ...]:
    if depth > MAX_DEPTH:
        raise BadSchema(f"{place}: nested more than {MAX_DEPTH} levels deep")
    properties = schema.get("properties")
    named = properties if isinstance(properties, Mapping) else schema
    return tuple(
        _field(key, value, f"{place}.{key}", budget, depth)
        for key, value in named.items()
        if isinstance(key, str) and not key.startswith("$")
    )


def _field(key: str, value: object, place: str, budget: _Budget, depth: int) -> Field:
    budget.fields -= 1
    if budget.fields < 0:
        raise BadSchema(f"{place}: more than {MAX_FIELDS} keys")
    many = False
    if isinstance(value, list):
        if len(value) != 1:
            raise BadSchema(f"{place}: a list holds exactly one example of its items")
        value, many = value[0], True
    value = simplified(value, budget.root)
    if isinstance(value, Mapping):
        return _declared(key, value, place, budget, depth, many=many)
    if not isinstance(value, str):
        raise BadSchema(f"{place}: a type name or an object is expected")
    return _named(key, value, place, many=many)


def _named(key: str, written: str, place: str, *, many: bool) -> Field:
    name = written.strip().lower().rstrip("?")
    if name.endswith("[]"):
        name, many = name[:-2], True
    if name in ("array", "list"):
        name, many = "string", True
    kind = _ALIASES.get(name, name)
    if kind not in KINDS:
        raise BadSchema(
            f"{place}: unknown type {written[:40]!r}; use one of {', '.join(sorted(KINDS))}"
        )
    return Field(key, kind, many=many)


def _declared(
    key: str, value: Mapping[object, object], place: str, budget: _Budget, depth: int, *, many: bool
) -> Field:
    """A JSON Schema for one key, or a nested object in short form."""
    kind = value.get("type")
    if isinstance(kind, list):
        kind = next((each for each in kind if each != "null"), "string")
    if kind == "array":
        return _many(_field(key, value.get("items", "string"), place, budget, depth), value)
    if kind == "object" or "properties" in value or not isinstance(kind, str):
        fields = _fields(value, place, budget, depth + 1)
        if not fields:
            raise BadSchema(f"{place}: an object needs at least one key")
        return Field(key, "object", many=many, fields=fields, description=_words(value))
    hint = value.get("format") if kind == "string" else None
    hinted = _ALIASES.get(hint, hint) if isinstance(hint, str) else None
    plain = _named(
        key, hinted if isinstance(hinted, str) and hinted in KINDS else kind, place, many=many
    )
    options = value.get("enum")
    listed = tuple(str(each) for each in options[:100]) if isinstance(options, list) else ()
    return Field(key, plain.kind, plain.many, options=listed, description=_words(value))


def _many(inner: Field, value: Mapping[object, object]) -> Field:
    return Field(
        inner.key, inner.kind, True, inner.fields, inner.options, _words(value) or inner.description
    )


def _words(value: Mapping[object, object]) -> str:
    described = value.get("description")
    return described[:300] if isinstance(described, str) else ""
