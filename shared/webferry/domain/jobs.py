"""Jobs: what was asked for, how far it is, and the only ways in which it may change.

    QUEUED ──► RUNNING ──► SUCCEEDED | PARTIAL | FAILED
       └──────────┴──────► CANCELLED

A job ends once: the states on the right never change again. Its tasks lie in parts (`parts.py`).
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from webferry.domain.costs import CURRENT_PRICES
from webferry.domain.credits import Billing, Payment

JOB_PREFIX = "job_"
JOB_HANDLE_LENGTH = 20
JOB_LIFETIME_MS = 24 * 3600_000
# What is not done by then never will be: half of the lifetime, so that its end can still be read.
PATIENCE_MS = JOB_LIFETIME_MS // 2
# A job this small is one item of the table; a larger one has an item for every part.
SMALL_JOB_TASKS = 5
PART_TASKS = 25
MAX_TASKS = 10_000


_JOB_ID = re.compile(rf"{JOB_PREFIX}[0-9A-Za-z]{{1,40}}")


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    PARTIAL = "PARTIAL"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def is_final(self) -> bool:
        """Whether the job has ended."""
        return self not in (JobState.QUEUED, JobState.RUNNING)

    @property
    def is_good(self) -> bool:
        """Whether the job has brought what it was paid for, or some of it."""
        return self in (JobState.SUCCEEDED, JobState.PARTIAL)


class JobKind(StrEnum):
    """Who knows what to do with a job's tasks."""

    SCRAPE = "scrape"
    TOOL = "tool"
    FLOW = "flow"
    # A page that its caller waits for: nobody reads such a job, it carries the price.
    PAGE = "page"

    def costs_credits(self, billing: Billing) -> bool:
        """Whether such a job has to be paid for."""
        return billing is Billing.ALL or (billing is Billing.TOOLS and self is JobKind.TOOL)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many tasks of a job may run at once, and how long each later one is held back."""

    parallel: int
    min_delay_ms: int = 0
    max_delay_ms: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """Tasks that ended, and what they cost in billionths of a US dollar."""

    succeeded: int = 0
    failed: int = 0
    nano_usd: int = 0

    @property
    def completed(self) -> int:
        """All that ended, well or not."""
        return self.succeeded + self.failed

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.succeeded + other.succeeded,
            self.failed + other.failed,
            self.nano_usd + other.nano_usd,
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed when a job was opened: the tool, the price of each task, who is told."""

    tool: str = ""
    price: int = 0
    payment: Payment = Payment.NOTHING
    webhook_url: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One order of an account. `options` is JSON that only the job's kind understands."""

    id: str
    account_id: str
    kind: JobKind
    options: str
    task_count: int
    created_at_ms: int
    state: JobState = JobState.QUEUED
    tally: Tally = Tally()
    started_at_ms: int | None = None
    ended_at_ms: int | None = None
    prices: str = CURRENT_PRICES
    terms: Terms = Terms()

    @property
    def held_credits(self) -> int:
        """What its opening set aside."""
        return self.terms.price * self.task_count if self.terms.payment is Payment.CREDITS else 0

    @property
    def used_credits(self) -> int:
        """What its end has charged: the price of each task that succeeded."""
        if self.terms.payment is not Payment.CREDITS or self.state is JobState.CANCELLED:
            return 0
        return self.terms.price * self.tally.succeeded if self.state.is_final else 0

    @property
    def is_small(self) -> bool:
        """Whether job and tasks are one item."""
        return self.task_count <= SMALL_JOB_TASKS

    @property
    def part_numbers(self) -> range:
        """A small job's tasks lie in part 0, beside it; the parts of a large one begin at 1."""
        return range(1) if self.is_small else range(1, -(-self.task_count // PART_TASKS) + 1)

    @property
    def expires_at_ms(self) -> int:
        """From then on nobody can read it."""
        return self.created_at_ms + JOB_LIFETIME_MS

    @property
    def give_up_at_ms(self) -> int:
        """From then on what is not done has failed."""
        return self.created_at_ms + PATIENCE_MS

    def begun(self, now_ms: int) -> Self:
        """The job, now that a worker has one of its tasks."""
        if self.state is not JobState.QUEUED:
            return self
        return replace(self, state=JobState.RUNNING, started_at_ms=now_ms)

    def counted(self, tally: Tally, now_ms: int) -> Self:
        """The job with that many tasks done; the last one ends it."""
        if self.state.is_final:
            return self
        if tally.completed < self.task_count:
            return replace(self, tally=tally)
        return replace(self, tally=tally, state=_end_of(tally), ended_at_ms=now_ms)

    def cancelled(self, now_ms: int) -> Self:
        """The job, ended by its owner; what is done stays done."""
        if self.state.is_final:
            return self
        return replace(self, state=JobState.CANCELLED, ended_at_ms=now_ms)


def is_job_id(text: str) -> bool:
    """Whether a job may have this id at all."""
    return bool(_JOB_ID.fullmatch(text))


def job_id(handle: str) -> str:
    """The id of the job with this handle of random base62 characters."""
    return JOB_PREFIX + handle


def _end_of(tally: Tally) -> JobState:
    if not tally.failed:
        return JobState.SUCCEEDED
    return JobState.PARTIAL if tally.succeeded else JobState.FAILED
