"""Slow receivers as items: one mark each, which says until when it counts.

Items of the `Traffic` table that are ours, by partition key and sort key:

    slow#<account>#<host>   receiver   until when it is thought to be slow
"""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from webferry.adapters.dynamodb.wide_table import Key, WideTable
from webferry.domain.errors import Unavailable


class DynamoSlowReceivers:
    """Nothing but patience depends on it: every fault of the cloud reads as not there just now."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def is_slow(self, receiver: str, now_ms: int) -> bool:
        """Raises: Unavailable."""
        with _soft():
            item = self._table.get(*_key(receiver))
        return item is not None and item["until_ms"] > now_ms

    def mark(self, receiver: str, until_ms: int) -> None:
        """Raises: Unavailable."""
        with _soft():
            self._table.change(
                _key(receiver),
                "attribute_not_exists(#until_ms) OR #until_ms < :until_ms",
                "SET #until_ms = :until_ms, #expires_at = :expires_at",
                until_ms=until_ms,
                expires_at=until_ms // 1000,
            )


@contextmanager
def _soft() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Unavailable("Slow receivers are not known just now") from error


def _key(receiver: str) -> Key:
    return Key(f"slow#{receiver}", "receiver")
