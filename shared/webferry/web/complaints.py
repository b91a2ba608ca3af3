"""What is wrong with an input, as one sentence and a reason per field."""

from collections.abc import Iterable
from typing import Any

from webferry.domain.errors import InvalidRequest

_MAX_FIELDS = 20
_MAX_FIELD_LENGTH = 100


def invalid(problems: Iterable[Any], *, skip: int = 0) -> InvalidRequest:
    """What pydantic found, as one sentence and a reason per field.

    `skip` parts of each location say body, query or path: a sender knows the field by its name.
    """
    found = [(_field(problem["loc"][skip:]), _why(problem)) for problem in problems]
    field, why = found[0]
    return InvalidRequest(f"{field}: {why}", **dict(found[:_MAX_FIELDS]))


def _why(problem: Any) -> str:  # noqa: ANN401
    # What a model of ours says is a sentence already.
    return str(problem["msg"]).removeprefix("Value error, ")


def _field(location: Iterable[object]) -> str:
    return ".".join(map(str, location))[:_MAX_FIELD_LENGTH] or "body"
