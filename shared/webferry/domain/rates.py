"""How often a key may ask: a bucket that empties at a steady rate, after the rule called GCRA.

A bucket is one moment: when everything taken of it will have flowed back. Taking moves that moment
on by one interval; there is room while it lies no further ahead than a full burst.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from webferry.domain.errors import RateLimited

_MINUTE_US = 60_000_000
_WRITTEN = re.compile(r"([1-9][0-9]{0,6})/([1-9][0-9]{0,5})")
# What an environment has taken may wait that long for requests that never come.
LEASE_LIFE_US = 10_000_000


class RateKind(StrEnum):
    """What a request does, as far as its limit goes."""

    WORK = "work"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a minute, and so many at once."""

    per_minute: int
    burst: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """A rate written `120/60`.

        Raises: ValueError.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if not found:
            raise ValueError(f"not a rate: {text}")
        return cls(int(found[1]), int(found[2]))

    @property
    def interval_us(self) -> int:
        """The time in which one request flows back."""
        return _MINUTE_US // self.per_minute

    @property
    def depth_us(self) -> int:
        """How far ahead a bucket's moment may lie."""
        return self.burst * self.interval_us

    @property
    def most_per_lease(self) -> int:
        """How many an environment takes at once at most: the others want some too."""
        return max(1, self.burst // 8)

    def room(self, free_at_us: int, now_us: int) -> int:
        """How many requests a bucket has room for."""
        return (self.depth_us - max(0, free_at_us - now_us)) // self.interval_us


@dataclass(slots=True)
class Lease:
    """Requests that an environment has taken of a bucket in advance and spends without asking."""

    taken_at_us: int
    free_at_us: int
    size: int
    spent: int = 0

    def covers(self, now_us: int) -> bool:
        """Whether it has one left that is still good."""
        fresh = 0 <= now_us - self.taken_at_us < LEASE_LIFE_US
        return fresh and self.spent < self.size

    def successor(self, now_us: int, most: int) -> int:
        """How many to take next: as many again and more while they are all spent in time."""
        if not 0 <= now_us - self.taken_at_us < 2 * LEASE_LIFE_US:
            return 1
        return max(1, min(most, 2 * self.size if self.spent == self.size else self.spent))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a key stands after a request: what it may still do, and when it may do all again."""

    limit: int
    remaining: int
    reset_s: int
    retry_after_s: int = 0

    @classmethod
    def admitted(cls, rate: Rate, lease: Lease, now_us: int) -> Self:
        """After a request that the lease covered."""
        left = lease.size - lease.spent + rate.room(lease.free_at_us, now_us)
        reset_s = _seconds(lease.free_at_us - now_us)
        return cls(rate.burst, min(left, rate.burst - 1), max(1, reset_s))

    @classmethod
    def refused(cls, rate: Rate, free_at_us: int, now_us: int) -> Self:
        """After a request for which there was no room."""
        wait_us = free_at_us + rate.interval_us - rate.depth_us - now_us
        return cls(rate.burst, 0, _seconds(free_at_us - now_us), max(1, _seconds(wait_us)))

    def check(self) -> None:
        """Raises: RateLimited."""
        if self.retry_after_s:
            raise RateLimited(
                f"Too many requests with this API key; try again in {self.retry_after_s} s",
                retry_after_s=self.retry_after_s,
            )


def _seconds(span_us: int) -> int:
    return max(0, -(-span_us // 1_000_000))
