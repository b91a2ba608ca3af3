"""Fuse box of the reception: what is remembered of requests, the same behind every HTTP door."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from webferry.adapters.dynamodb.buckets import DynamoBuckets
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.ports import Clock
from webferry.settings import Settings
from webferry.usecases.limit_rate import LimitRate


@dataclass(frozen=True)
class Reception:
    """One per environment: what it has taken in advance is its own."""

    settings: Settings
    dynamodb: Callable[[], Any]
    clock: Clock

    @cached_property
    def limit_rate(self) -> LimitRate:
        """A caller and what it does → where it stands with its limits."""
        return LimitRate(DynamoBuckets(self._table), self.clock, self.settings.rate_limits)

    @cached_property
    def _table(self) -> WideTable:
        return WideTable(self.dynamodb(), self.settings.traffic_table)
