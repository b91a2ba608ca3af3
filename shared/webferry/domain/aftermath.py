"""Aftermath: what must come true together with a job's opening, and together with its end."""

from dataclasses import dataclass

from webferry.domain.credits import EntryKind, FreeRun, LedgerEntry, Payment
from webferry.domain.days import utc_day
from webferry.domain.jobs import Job
from webferry.domain.webhooks import Delivery, DeliveryEvent, delivery_id


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Credits that move, a free run that is given back, a webhook that is owed."""

    entries: tuple[LedgerEntry, ...] = ()
    free_run_back: FreeRun | None = None
    delivery: Delivery | None = None


def hold_of(job: Job) -> LedgerEntry:
    """The price of a job paid with credits, set aside while it is open."""
    return LedgerEntry(EntryKind.HOLD, job.id, job.held_credits, job.created_at_ms, job.terms.tool)


def free_run_of(job: Job) -> FreeRun:
    """The free run that a job uses: one of the day on which it was opened."""
    return FreeRun(job.account_id, job.terms.tool, utc_day(job.created_at_ms))


def aftermath_of(job: Job) -> Aftermath:
    """What the end of a job brings about; it follows from the job alone, so it is the same again.

    What succeeded is charged; what failed, or was cancelled, costs nothing.
    """
    if job.ended_at_ms is None:
        return Aftermath()
    free = job.terms.payment is Payment.FREE_RUN and not job.state.is_good
    return Aftermath(
        entries=_entries(job, job.ended_at_ms),
        free_run_back=free_run_of(job) if free else None,
        delivery=_delivery(job, job.ended_at_ms) if job.terms.webhook_url else None,
    )


def _entries(job: Job, now_ms: int) -> tuple[LedgerEntry, ...]:
    used = job.used_credits
    sums = {EntryKind.CAPTURE: used, EntryKind.RELEASE: job.held_credits - used}
    return tuple(
        LedgerEntry(kind, job.id, credits, now_ms, job.terms.tool)
        for kind, credits in sums.items()
        if credits
    )


def _delivery(job: Job, now_ms: int) -> Delivery:
    event = DeliveryEvent.COMPLETED if job.state.is_good else DeliveryEvent.FAILED
    account_id, url = job.account_id, job.terms.webhook_url
    return Delivery(delivery_id(job.id), account_id, job.id, url, event, now_ms)
