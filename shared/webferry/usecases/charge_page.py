"""Charges for a page that its caller waits for: set aside before, then captured or given back."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from webferry.domain.credits import Billing, Payment
from webferry.domain.errands import Lease
from webferry.domain.errors import ErrorCode, Unavailable
from webferry.domain.jobs import JOB_HANDLE_LENGTH, Job, JobKind, Terms, job_id
from webferry.domain.parts import TaskResult, part_of_page
from webferry.domain.urls import check_url
from webferry.domain.work import Step, Work
from webferry.ports import Chance, Clock, Jobs

PRICE = 1
# Longer than any caller waits: two minutes for the page, and what is made of it.
PATIENCE_MS = 180_000
_FAILED = TaskResult(code=ErrorCode.FETCH_FAILED)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChargePage:
    """The price lies in a job that nobody else can do and nobody reads.

    If this process dies the clockwork fails it as it fails every job, and the price goes back.
    """

    jobs: Jobs
    chance: Chance
    clock: Clock
    billing: Billing

    @asynccontextmanager
    async def __call__(self, account_id: str, url: str) -> AsyncIterator[None]:
        """What happens inside brings the page, or raises and costs nothing.

        Raises: InvalidUrl, InsufficientCredits, Unavailable.
        """
        if not JobKind.PAGE.costs_credits(self.billing):
            yield
            return
        check_url(url)
        held, result = await asyncio.to_thread(self._hold, account_id, url), _FAILED
        try:
            yield
            result = TaskResult()
        finally:
            await asyncio.to_thread(self._settle, held, result)

    def _hold(self, account_id: str, url: str) -> Work:
        now_ms = self.clock.now_ms()
        job = Job(
            id=job_id(self.chance.base62(JOB_HANDLE_LENGTH)),
            account_id=account_id,
            kind=JobKind.PAGE,
            options="{}",
            task_count=1,
            created_at_ms=now_ms,
            terms=Terms(price=PRICE, payment=Payment.CREDITS),
        ).begun(now_ms)
        part = part_of_page(job.id, url, Lease(job.id, now_ms + PATIENCE_MS), now_ms)
        self.jobs.open(job, [part], None)
        return Work(job, part, 1)

    def _settle(self, held: Work, result: TaskResult) -> None:
        after = held.recorded(0, held.job.id, {0: result}, self.clock.now_ms())
        try:
            self.jobs.save([Step(held, after)])
        except Unavailable:
            # The page is there, or its error is: the clockwork gives the price back.
            _log.warning("a page could not be charged", exc_info=True)
