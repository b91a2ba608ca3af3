"""Lists cut into pages: a limit, and a cursor that says after which item to go on."""

import binascii
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Query

from webferry.domain.errors import InvalidRequest

MAX_LIMIT = 100

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items to list at most.")]
Cursor = Annotated[
    str | None,
    Query(max_length=200, description="`nextCursor` of the page before."),
]
LongCursor = Annotated[
    str | None,
    Query(max_length=1000, description="`nextCursor` of the page before."),
]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page begins and how long it may be."""

    limit: int
    cursor: str | None

    def of(self, items: Sequence[T], key: Callable[[T], str]) -> tuple[Sequence[T], str | None]:
        """The page of a list in falling order of its keys, and the cursor of the next page.

        Raises: InvalidRequest: not a cursor of ours.
        """
        rest = items
        if self.cursor is not None:
            after = place_in(self.cursor)
            rest = [item for item in items if key(item) < after]
        page = rest[: self.limit]
        return page, cursor_after(key(page[-1])) if len(rest) > len(page) else None


def cursor_after(after: str) -> str:
    """The cursor of what comes after that place."""
    return urlsafe_b64encode(after.encode()).decode().rstrip("=")


def place_in(cursor: str) -> str:
    """The place that a cursor names.

    Raises: InvalidRequest: not a cursor of ours.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise InvalidRequest("cursor: not a cursor of ours", cursor="is not valid") from error
