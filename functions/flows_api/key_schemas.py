"""Wire shapes of API keys."""

from typing import Annotated, Self

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from flows_api.schemas import iso_seconds
from webferry.domain.keys import MAX_NAME_LENGTH, ApiKey, Scope
from webferry.domain.plain_text import LINE_PATTERN
from webferry.web.wire import Wire


class CreateKey(Wire):
    """A new key; without `scopes` it gets all of the key that makes it."""

    name: Annotated[str, Field(min_length=1, max_length=MAX_NAME_LENGTH, pattern=LINE_PATTERN)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))] | None = None


class CreatedKey(Wire):
    """A new key, shown this once."""

    id: str
    name: str
    key: str
    created_at: str
    scopes: list[Scope]

    @classmethod
    def of(cls, key: ApiKey, shown: str) -> Self:
        """The key, with its text masked or, this once, not."""
        return cls(
            id=key.id,
            name=key.name,
            key=shown,
            created_at=iso_seconds(key.created_at_ms),
            scopes=list(key.scopes),
        )


class ListedKey(CreatedKey):
    """A key, masked."""

    last_used_at: str | None

    @classmethod
    def listed(cls, key: ApiKey) -> Self:
        """The key, and when it was last seen."""
        used_ms = key.last_used_at_ms
        return cls(
            **CreatedKey.of(key, key.masked).model_dump(),
            last_used_at=None if used_ms is None else iso_seconds(used_ms),
        )


class CreatedKeyAnswer(Wire):
    """The new key."""

    data: CreatedKey


class KeyList(Wire):
    """One page of the keys, and how many there are in all."""

    data: list[ListedKey]
    total: int
    next_cursor: str | SkipJsonSchema[None] = None
