"""Wire models: camelCase outside, snake_case inside, compact JSON, and nothing undeclared."""

from typing import Self

from fastapi import Response
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from webferry.domain.errors import WebferryError


class Wire(BaseModel):
    """The base of every request and answer."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Envelope(Wire):
    """The base of a dialect's error body."""

    @classmethod
    def of(cls, error: WebferryError) -> Self:
        """The error, in this dialect's words."""
        raise NotImplementedError


def answer(body: Wire, status: int = 200) -> Response:
    """The body as it stands: keys that were never set are not sent."""
    content = body.model_dump_json(by_alias=True, exclude_unset=True)
    return Response(content, status, media_type="application/json")
