"""DynamoDB's spelling of plain values."""

from collections.abc import Mapping
from typing import Any

Attributes = dict[str, dict[str, Any]]
Values = dict[str, Any]

_LONGER_THAN_ANY = 200


def asked_for(name: str) -> str:
    """An id that a caller asks for: what is longer than any of ours finds nothing.

    The table would not say so of a key that is too long: it refuses to look.
    """
    return name[:_LONGER_THAN_ANY]


def packed(values: Mapping[str, object]) -> Attributes:
    """An item of these values; what is None is left out."""
    return {name: _pack(value) for name, value in values.items() if value is not None}


def unpacked(item: Attributes) -> Values:
    """The values of an item."""
    return {name: _unpack(attribute) for name, attribute in item.items()}


def _pack(value: object) -> dict[str, Any]:
    match value:
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case str():
            return {"S": str(value)}
        case bytes():
            return {"B": value}
        case tuple():
            return {"L": [_pack(each) for each in value]}
        case _:
            raise TypeError(f"no item holds a {type(value).__name__}")


def _unpack(attribute: dict[str, Any]) -> Any:  # noqa: ANN401
    [(kind, value)] = attribute.items()
    match kind:
        case "N":
            return int(value)
        case "L":
            return tuple(_unpack(each) for each in value)
        case _:
            return value
