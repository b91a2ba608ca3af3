"""Parts: tasks of a job that are stored together, and the steps in which they are worked off.

Every step is a function of what was stored, so a step may be tried again, and a letter may come
twice, late or never.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from webferry.domain.costs import TaskCost
from webferry.domain.errands import Errand, Lease
from webferry.domain.errors import ErrorCode

NO_COST = TaskCost()
MAX_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class InlineBody:
    """A result that lies in the part itself, compressed."""

    content: bytes


@dataclass(frozen=True, slots=True)
class StoredBody:
    """A result that lies in a stored object, compressed."""

    key: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What became of a task: a body, or why there is none."""

    body: InlineBody | StoredBody | None = None
    code: ErrorCode | None = None
    message: str = ""
    cost: TaskCost = NO_COST

    @property
    def ok(self) -> bool:
        """Whether the task succeeded."""
        return self.code is None


class PartRef(NamedTuple):
    """Where a part is found: number 0 lies beside its job."""

    job_id: str
    number: int


@dataclass(frozen=True, slots=True)
class Part:
    """URLs, who works on them, and what became of them."""

    ref: PartRef
    urls: tuple[str, ...]
    errands: tuple[Errand, ...]
    results: Mapping[int, TaskResult] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether every task has its result."""
        return len(self.results) == len(self.urls)

    @property
    def due_at_ms(self) -> int | None:
        """When somebody should look at it; None when there is nothing left to see to."""
        moments = [errand.due_at_ms for _, errand in self._open_errands()]
        return min((moment for moment in moments if moment is not None), default=None)

    def missing(self, number: int) -> list[int]:
        """The tasks of an errand that have no result yet."""
        return [task for task in self.errands[number].tasks if task not in self.results]

    def claimed(self, number: int, lease: Lease, now_ms: int) -> "Part | None":
        """The part with an errand leased; None if it is not to be worked off, or somebody does."""
        if number >= len(self.errands):
            return None
        errand = self.errands[number]
        if errand.lease and errand.lease.holder == lease.holder:
            return self
        if errand.lease and errand.lease.until_ms > now_ms:
            return None
        if (
            errand.ready_at_ms is None
            or errand.attempts >= MAX_ATTEMPTS
            or not self.missing(number)
        ):
            return None
        return self._with(number, errand.leased(lease))

    def recorded(
        self, number: int, holder: str, results: Mapping[int, TaskResult], now_ms: int
    ) -> "Part":
        """The part with a holder's results; unchanged by whoever does not hold the errand."""
        lease = self.errands[number].lease
        if lease is None or lease.holder != holder:
            return self
        return self._with_results(number, results, now_ms)

    def handed_back(self, number: int, holder: str, now_ms: int, *, counts: bool) -> "Part":
        """The part after a holder could not finish; `counts` when the attempt was for nothing."""
        errand = self.errands[number]
        if errand.lease is None or errand.lease.holder != holder or not self.missing(number):
            return self
        attempts = errand.attempts if counts else errand.attempts - 1
        return self._released(number, replace(errand, attempts=attempts), now_ms)

    def recovered(self, now_ms: int, *, give_up: bool = False) -> "Part":
        """The part after lost letters are sent again and lapsed leases are taken back."""
        part = self
        for number, errand in self._open_errands():
            if give_up:
                part = part._failed(number, ErrorCode.TIMEOUT, "Nobody came to it in time", now_ms)
            elif errand.due_at_ms is not None and errand.due_at_ms <= now_ms:
                part = part._taken_up(number, errand, now_ms)  # noqa: SLF001
        return part

    def buried(self, number: int, now_ms: int) -> "Part":
        """The part after the queue has given an errand up; a live lease is left alone."""
        lease = self.errands[number].lease
        if lease and lease.until_ms > now_ms:
            return self
        return self._failed(number, ErrorCode.INTERNAL_ERROR, "The task failed repeatedly", now_ms)

    def _open_errands(self) -> Iterator[tuple[int, Errand]]:
        return (pair for pair in enumerate(self.errands) if self.missing(pair[0]))

    def _taken_up(self, number: int, errand: Errand, now_ms: int) -> "Part":
        if errand.lease:
            return self._released(number, errand, now_ms)
        return self._with(number, errand.ready_again(now_ms))

    def _released(self, number: int, errand: Errand, now_ms: int) -> "Part":
        if errand.attempts >= MAX_ATTEMPTS:
            why = f"The task was given up after {MAX_ATTEMPTS} attempts"
            return self._failed(number, ErrorCode.INTERNAL_ERROR, why, now_ms)
        return self._with(number, errand.ready(now_ms))

    def _failed(self, number: int, code: ErrorCode, message: str, now_ms: int) -> "Part":
        failure = TaskResult(code=code, message=message)
        return self._with_results(number, dict.fromkeys(self.missing(number), failure), now_ms)

    def _with_results(self, number: int, results: Mapping[int, TaskResult], now_ms: int) -> "Part":
        missing = self.missing(number)
        new = {task: result for task, result in results.items() if task in missing}
        if not new:
            return self
        part = replace(self, results={**self.results, **new})
        if part.missing(number):
            return part
        return part._with_next_turn(now_ms)  # noqa: SLF001

    def _with_next_turn(self, now_ms: int) -> "Part":
        """One errand is done, so one that was held may go."""
        for number, errand in enumerate(self.errands):
            if errand.ready_at_ms is None and self.missing(number):
                return self._with(number, errand.ready(now_ms + errand.delay_ms))
        return self

    def _with(self, number: int, errand: Errand) -> "Part":
        errands = (*self.errands[:number], errand, *self.errands[number + 1 :])
        return replace(self, errands=errands)


def part_of_small_job(
    job_id: str, urls: tuple[str, ...], delays_ms: tuple[int, ...], parallel: int, now_ms: int
) -> Part:
    """An errand for every task: so many go at once, the others wait for their turn."""
    errands = tuple(
        Errand(place, 1, delay_ms, now_ms if place < parallel else None)
        for place, delay_ms in enumerate(delays_ms)
    )
    return Part(PartRef(job_id, 0), urls, errands)


def part_of_page(job_id: str, url: str, lease: Lease, now_ms: int) -> Part:
    """One task in the hands of whoever answers its caller; nobody else may ever try it."""
    errand = Errand(0, 1, ready_at_ms=now_ms, attempts=MAX_ATTEMPTS, lease=lease)
    return Part(PartRef(job_id, 0), (url,), (errand,))


def part_of_large_job(job_id: str, number: int, urls: tuple[str, ...], now_ms: int) -> Part:
    """One errand for all of its tasks."""
    errand = Errand(0, len(urls), ready_at_ms=now_ms)
    return Part(PartRef(job_id, number), urls, (errand,))


def letters_after(before: Part | None, after: Part) -> list[tuple[int, int]]:
    """The errands that a step made ready, each with the moment from which it may be worked off."""
    return [
        (number, errand.ready_at_ms)
        for number, errand in enumerate(after.errands)
        if errand.ready_at_ms is not None
        and errand.lease is None
        and after.missing(number)
        and (before is None or before.errands[number] != errand)
    ]
