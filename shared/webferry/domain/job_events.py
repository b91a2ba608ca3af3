"""What is told on the event bus when a job has ended; fields are added, never renamed."""

from datetime import UTC, datetime

from webferry.domain.jobs import Job

SOURCE = "webferry"
DETAIL_TYPE = "Job Ended"
VERSION = 1


def detail_of(job: Job) -> dict[str, object]:
    """The detail of a job's event. It follows from the job alone, so a repetition says the same."""
    return {
        "version": VERSION,
        "jobId": job.id,
        "accountId": job.account_id,
        "kind": str(job.kind),
        "toolSlug": job.terms.tool or None,
        "state": job.state.lower(),
        "tasks": job.task_count,
        "succeeded": job.tally.succeeded,
        "failed": job.tally.failed,
        "creditsCharged": job.used_credits,
        "costUsd": job.tally.nano_usd / 1_000_000_000,
        "createdAt": iso_ms(job.created_at_ms),
        "endedAt": iso_ms(job.ended_at_ms or job.created_at_ms),
    }


def iso_ms(at_ms: int) -> str:
    """ISO 8601 with milliseconds, in UTC."""
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
