"""Rate buckets: one number of an item, moved on by conditional updates and never read first.

Items of the `Traffic` table that are ours, by partition key and sort key:

    rate#<account>#<key>#<kind>   bucket   when everything taken of it will have flowed back
"""

from botocore.exceptions import BotoCoreError, ClientError

from webferry.adapters.dynamodb.wide_table import Key, WideTable
from webferry.domain.errors import Unavailable
from webferry.domain.rates import Rate

# A third is only needed when a bucket changed hands between the first two.
_ATTEMPTS = 3
_KEPT_S = 3600


class DynamoBuckets:
    """Nothing but patience depends on it: every fault of the cloud reads as not there just now."""

    def __init__(self, table: WideTable) -> None:
        self._table = table

    def take(
        self, name: str, rate: Rate, count: int, now_us: int, believed_us: int
    ) -> tuple[bool, int]:
        """Whether there was room for so many, and when all of the bucket will have flowed back.

        `believed_us` is that moment as the caller knows it: it decides what is tried first.

        Raises: Unavailable.
        """
        try:
            return self._take(Key(f"rate#{name}", "bucket"), rate, count, now_us, believed_us)
        except (BotoCoreError, ClientError) as error:
            raise Unavailable("Rate buckets cannot be reached") from error

    def _take(
        self, key: Key, rate: Rate, count: int, now_us: int, believed_us: int
    ) -> tuple[bool, int]:
        cost_us = count * rate.interval_us
        newest_us = now_us + rate.depth_us
        free_at_us = believed_us
        for _ in range(_ATTEMPTS):
            if free_at_us <= now_us:
                met = self._table.move(
                    key,
                    "attribute_not_exists(#free_at_us) OR #free_at_us <= :now_us",
                    "SET #free_at_us = :free_at_us, #expires_at = :expires_at",
                    now_us=now_us,
                    free_at_us=now_us + cost_us,
                    expires_at=newest_us // 1_000_000 + _KEPT_S,
                )
            else:
                met = self._table.move(
                    key,
                    "#free_at_us > :now_us AND #free_at_us <= :latest_us",
                    "SET #free_at_us = #free_at_us + :cost_us, #expires_at = :expires_at",
                    now_us=now_us,
                    latest_us=newest_us - cost_us,
                    cost_us=cost_us,
                    expires_at=newest_us // 1_000_000 + _KEPT_S,
                )
            free_at_us = met.item.get("free_at_us", 0)
            if met.moved:
                return True, free_at_us
            if free_at_us > newest_us - cost_us:
                return False, free_at_us
        raise Unavailable("A rate bucket changed hands too often")
