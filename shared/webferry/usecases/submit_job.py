"""Opens a job, and sends its first errands on their way."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from webferry.domain.credits import Billing, Payment
from webferry.domain.errors import InsufficientCredits, InvalidRequest, InvalidUrl, Unavailable
from webferry.domain.jobs import (
    JOB_HANDLE_LENGTH,
    MAX_TASKS,
    PART_TASKS,
    Job,
    JobKind,
    Pace,
    Terms,
    job_id,
)
from webferry.domain.once import Once
from webferry.domain.parts import Part, part_of_large_job, part_of_small_job
from webferry.domain.urls import MAX_URL_BYTES
from webferry.domain.work import Work, to_send
from webferry.ports import Chance, Clock, ErrandQueue, Jobs

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JobOrder:
    """What an account wants done; the options are JSON that the kind understands.

    `price` is what each task costs where such work costs credits at all; `job_id` is an id of the
    caller's choice, which may be taken.
    """

    kind: JobKind
    account_id: str
    urls: tuple[str, ...]
    options: str
    pace: Pace
    tool: str = ""
    price: int = 1
    webhook_url: str = ""
    job_id: str = ""


@dataclass(frozen=True, slots=True)
class SubmitJob:
    """The job stands before its first letter leaves: a letter that is lost is sent again."""

    jobs: Jobs
    queue: ErrandQueue
    chance: Chance
    clock: Clock
    billing: Billing = Billing.TOOLS

    def __call__(self, order: JobOrder, once: Once | None = None) -> str:
        """The id of the job; of the one opened before, if it is the same request again.

        Raises: InvalidRequest, InvalidUrl, Conflict, InsufficientCredits, Unavailable.
        """
        job, earlier = self._opened(order, once)
        return earlier or job.id

    def job(self, order: JobOrder, once: Once | None = None) -> Job:
        """The job with its terms, or the one opened before.

        Raises: InvalidRequest, InvalidUrl, Conflict, InsufficientCredits, Unavailable.
        """
        job, earlier = self._opened(order, once)
        return self.jobs.find(earlier) if earlier else job

    def _opened(self, order: JobOrder, once: Once | None) -> tuple[Job, str | None]:
        if not 1 <= len(order.urls) <= MAX_TASKS:
            raise InvalidRequest(f"A job has 1 to {MAX_TASKS} URLs", urls=f"1 to {MAX_TASKS}")
        if any(len(url.encode()) > MAX_URL_BYTES for url in order.urls):
            raise InvalidUrl(f"URL is malformed: it has more than {MAX_URL_BYTES} bytes")
        now_ms = self.clock.now_ms()
        job = Job(
            id=order.job_id or job_id(self.chance.base62(JOB_HANDLE_LENGTH)),
            account_id=order.account_id,
            kind=order.kind,
            options=order.options,
            task_count=len(order.urls),
            created_at_ms=now_ms,
            terms=self._terms(order),
        )
        parts = self._parts(job, order)
        job, earlier = self._paid(job, parts, once)
        if earlier is None:
            self._send(job, parts)
        return job, earlier

    def _terms(self, order: JobOrder) -> Terms:
        price = order.price if order.kind.costs_credits(self.billing) else 0
        payment = Payment.CREDITS if price else Payment.NOTHING
        return Terms(order.tool, price, payment, order.webhook_url)

    def _paid(self, job: Job, parts: Sequence[Part], once: Once | None) -> tuple[Job, str | None]:
        """Credits go first; only a tool has free runs, and only for who is short of credits."""
        try:
            return job, self.jobs.open(job, parts, once)
        except InsufficientCredits as short:
            if not job.terms.tool:
                raise
            free = replace(job, terms=replace(job.terms, payment=Payment.FREE_RUN))
            try:
                return free, self.jobs.open(free, parts, once)
            except InsufficientCredits:
                raise short from None

    def _parts(self, job: Job, order: JobOrder) -> list[Part]:
        if job.is_small:
            delays = self._delays(order.pace, job.task_count)
            urls = order.urls
            return [part_of_small_job(job.id, urls, delays, order.pace.parallel, job.created_at_ms)]
        starts = range(0, job.task_count, PART_TASKS)
        return [
            part_of_large_job(
                job.id, number, order.urls[start : start + PART_TASKS], job.created_at_ms
            )
            for number, start in zip(job.part_numbers, starts, strict=True)
        ]

    def _delays(self, pace: Pace, count: int) -> tuple[int, ...]:
        span = pace.max_delay_ms - pace.min_delay_ms + 1
        draws = (int.from_bytes(self.chance.octets(4)) % span for _ in range(count))
        return tuple(pace.min_delay_ms + draw for draw in draws)

    def _send(self, job: Job, parts: Sequence[Part]) -> None:
        ready = [errand for part in parts for errand in to_send(None, Work(job, part))]
        try:
            self.queue.send(ready)
        except Unavailable:
            # The job stands, so the caller gets its id, and the clockwork sends the letters.
            _log.warning("letters were not sent", exc_info=True)
