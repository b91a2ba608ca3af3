"""Sockets of what is remembered of requests, and the errors that may come out of it."""

from typing import Protocol

from webferry.domain.rates import Rate


class Buckets(Protocol):
    """What keys have used of their limits."""

    def take(
        self, name: str, rate: Rate, count: int, now_us: int, believed_us: int
    ) -> tuple[bool, int]:
        """Whether there was room for so many, and when all of the bucket will have flowed back.

        `believed_us` is that moment as the caller knows it, 0 if it does not.

        Raises: Unavailable.
        """
