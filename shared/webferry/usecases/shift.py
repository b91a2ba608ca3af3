"""A shift: one worker's tasks, so many at a time, their results written down in groups."""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from webferry.domain.costs import TaskCost, billing
from webferry.domain.errors import ErrorCode, HouseError, PageError, Unavailable
from webferry.domain.jobs import Job, JobKind
from webferry.domain.parts import PartRef, TaskResult
from webferry.domain.work import Work
from webferry.ports import Clock
from webferry.usecases.claim_errands import ErrandRef
from webferry.usecases.meter import Meter
from webferry.usecases.record_results import EndedTask, RecordResults

LANES = 10
# A result waits this long for others to be written with it, while other tasks are running anyway.
LINGER_S = 0.3
GROUP_BYTES = 16 * 1024 * 1024
# What recording takes after the last task, and what a task needs beyond its own time.
CLOSING_MS = 5000
MAX_MESSAGE_LENGTH = 500

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What a runner brings back for one URL."""

    content: bytes | None = None
    error: PageError | None = None
    requests: int = 0
    received_bytes: int = 0


class TaskRunner(Protocol):
    """Knows what to do with the tasks of one kind of job."""

    def longest_ms(self, job: Job) -> int:
        """How long a task of this job may take."""

    async def __call__(self, job: Job, url: str) -> TaskReport:
        """Do one task.

        Raises: HouseError: it may go better another time.
        """


@dataclass(slots=True)
class Shift:
    """Lives for one invocation; tasks that do not fit into it are handed back."""

    works: dict[PartRef, Work]
    holder: str
    record: RecordResults
    runners: Mapping[JobKind, TaskRunner]
    clock: Clock
    ends_at_ms: float
    memory_mb: int
    _waiting: deque[tuple[ErrandRef, int]] = field(default_factory=deque)
    _running: dict[asyncio.Task[EndedTask | None], ErrandRef] = field(default_factory=dict)
    _ended: list[EndedTask] = field(default_factory=list)
    _unclear: set[ErrandRef] = field(default_factory=set)
    _began: bool = False

    async def work_off(self, errands: Sequence[ErrandRef]) -> set[ErrandRef]:
        """Do every task that fits; the errands of which nobody knows what was recorded."""
        meter = Meter(self.clock)
        before = {errand: self._missing(errand) for errand in errands}
        self._waiting.extend((errand, task) for errand in errands for task in before[errand])
        while self._start(meter) or self._ended:
            finished = await self._next_finished()
            self._ended += [ended for task in finished if (ended := task.result())]
            if self._ended and (not finished or not self._running or self._is_heavy()):
                await self._write_down()
        for errand in errands:
            await self._hand_back(errand, len(before[errand]))
        return self._unclear

    def _start(self, meter: Meter) -> bool:
        while self._waiting and len(self._running) < LANES:
            errand, place = self._waiting.popleft()
            work = self.works[errand.part]
            needed_ms = self.runners[work.job.kind].longest_ms(work.job) + CLOSING_MS
            if self._began and self.clock.tick_ms() + needed_ms > self.ends_at_ms:
                continue
            self._began = True
            task = asyncio.create_task(self._run(work, errand, place, meter))
            self._running[task] = errand
        return bool(self._running)

    async def _next_finished(self) -> set[asyncio.Task[EndedTask | None]]:
        if not self._running:
            return set()
        linger = LINGER_S if self._ended else None
        finished, _ = await asyncio.wait(
            self._running, timeout=linger, return_when=asyncio.FIRST_COMPLETED
        )
        for task in finished:
            del self._running[task]
        return finished

    async def _run(
        self, work: Work, errand: ErrandRef, place: int, meter: Meter
    ) -> EndedTask | None:
        with meter.running() as used, billing() as bill:
            report = await self._report(work.job, work.part.urls[place])
        if report is None:
            return None
        code = report.error.code if report.error else None
        message = report.error.message[:MAX_MESSAGE_LENGTH] if report.error else ""
        mb_ms = round(used.ms * self.memory_mb + bill.mb_ms)
        cost = TaskCost(mb_ms, report.requests, report.received_bytes)
        result = TaskResult(code=code, message=message, cost=cost)
        return EndedTask(errand, place, result, report.content)

    async def _report(self, job: Job, url: str) -> TaskReport | None:
        try:
            return await self.runners[job.kind](job, url)
        except HouseError:
            _log.warning("a task has to be tried again", exc_info=True)
            return None
        except Exception:  # noqa: BLE001
            # A page must not stop its neighbours; the log has what it did to us.
            _log.exception("a task failed unexpectedly")
            return TaskReport(error=UnexpectedFailure("Unexpected server error"))

    def _is_heavy(self) -> bool:
        return sum(len(task.content or b"") for task in self._ended) > GROUP_BYTES

    async def _write_down(self) -> None:
        ended, self._ended = self._ended, []
        touched = {task.errand.part for task in ended}
        try:
            now = await asyncio.to_thread(self.record, self.works, ended, self.holder)
            self.works |= now
        except Unavailable:
            _log.warning("results could not be recorded", exc_info=True)
            self._unclear |= {task.errand for task in ended if task.errand.part in touched}

    async def _hand_back(self, errand: ErrandRef, had_missing: int) -> None:
        missing = len(self._missing(errand))
        if not missing:
            return

        def hand_back(work: Work) -> Work:
            now_ms, counts = self.clock.now_ms(), missing == had_missing
            return work.handed_back(errand.number, self.holder, now_ms, counts=counts)

        works = {errand.part: self.works[errand.part]}
        try:
            self.works |= await asyncio.to_thread(self.record.apply, works, hand_back)
            self._unclear.discard(errand)
        except Unavailable:
            self._unclear.add(errand)

    def _missing(self, errand: ErrandRef) -> list[int]:
        return self.works[errand.part].part.missing(errand.number)


class UnexpectedFailure(PageError):
    """A page met a fault of ours."""

    code = ErrorCode.INTERNAL_ERROR
