"""Runs: one doing of a flow, as its owner sees it; inside it is a job with one task."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Any, Self

from webferry.domain.costs import usd
from webferry.domain.errors import ErrorCode
from webferry.domain.jobs import JobState

RUN_PREFIX = "run-"
# How long a run and all that it brought can be read.
RUN_MEMORY_S = 30 * 24 * 3600
PREVIEW_ITEMS = 10
MAX_LINES = 2000
MAX_MESSAGE_LENGTH = 1000
# In the year 2286; no clock of ours says more.
_LAST_MS = 10**13


class Level(StrEnum):
    """How much a line of a log matters."""

    INFO = "info"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a run's log."""

    at_ms: int
    level: Level
    message: str


def bounded(lines: Iterable[LogLine]) -> tuple[LogLine, ...]:
    """As many lines, as long and at such times as a log can have. Raises: ValueError."""
    kept = tuple(islice(lines, MAX_LINES))
    if not all(_is_a_line(line.at_ms, line.message) for line in kept):
        raise ValueError("not a line of a log")
    return tuple(replace(line, message=line.message[:MAX_MESSAGE_LENGTH]) for line in kept)


def _is_a_line(at_ms: object, message: object) -> bool:
    return isinstance(at_ms, int) and 0 <= at_ms < _LAST_MS and isinstance(message, str)


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run came to in a few words, and where all of it lies."""

    items: int = 0
    changes: int = 0
    place: str = ""
    code: ErrorCode | None = None
    message: str = ""

    def content(self) -> bytes:
        """The report, to be stored."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def of(cls, content: bytes) -> Self:
        """The report that was stored."""
        stored: dict[str, Any] = json.loads(content)
        code = stored["code"]
        return cls(**{**stored, "code": code and ErrorCode(code)})


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an account."""

    id: str
    account_id: str
    flow_id: str
    flow_name: str
    created_at_ms: int
    state: JobState = JobState.QUEUED
    started_at_ms: int | None = None
    ended_at_ms: int | None = None
    nano_usd: int = 0
    report: RunReport = RunReport()

    @property
    def cost(self) -> float:
        """What it cost, in US dollars."""
        return usd(self.nano_usd)

    def duration_ms(self, now_ms: int) -> int:
        """How long it took, or has taken until now."""
        if self.started_at_ms is None:
            return 0
        return (self.ended_at_ms or now_ms) - self.started_at_ms


def run_id(started_at_ms: int) -> str:
    """The id of a run started at that moment."""
    return f"{RUN_PREFIX}{started_at_ms}"
