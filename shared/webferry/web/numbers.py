"""Numbers as JSON means them: 14.0 is a whole number, "14" and true are none."""

from pydantic import BeforeValidator


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


# Written last, after the bounds: else the document would not tell them.
WHOLE = BeforeValidator(_whole)
