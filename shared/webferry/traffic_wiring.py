"""Fuse box of the reception: what is remembered of requests, the same behind every HTTP door."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from webferry.adapters.aes_gcm import ANSWERS, AesGcmVault
from webferry.adapters.dynamodb.answers import DynamoAnswers
from webferry.adapters.dynamodb.buckets import DynamoBuckets
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.adapters.s3 import S3Bodies
from webferry.ports import Chance, Clock, Pepper
from webferry.settings import Settings
from webferry.usecases.answer_once import AnswerOnce
from webferry.usecases.limit_rate import LimitRate


@dataclass(frozen=True)
class Reception:
    """One per environment: what it has taken in advance is its own."""

    settings: Settings
    dynamodb: Callable[[], Any]
    s3: Callable[[], Any]
    pepper: Callable[[], Pepper]
    chance: Chance
    clock: Clock

    @cached_property
    def limit_rate(self) -> LimitRate:
        """A caller and what it does → where it stands with its limits."""
        return LimitRate(DynamoBuckets(self._table), self.clock, self.settings.rate_limits)

    @cached_property
    def answer_once(self) -> AnswerOnce:
        """A request with a key of its caller's → the claim to answer it, or its first answer."""
        answers = DynamoAnswers(self._table, S3Bodies(self.s3, self.settings.pages_bucket))
        vault = AesGcmVault(self.pepper(), self.chance, ANSWERS)
        return AnswerOnce(answers, vault, self.chance, self.clock)

    @cached_property
    def _table(self) -> WideTable:
        return WideTable(self.dynamodb(), self.settings.traffic_table)
