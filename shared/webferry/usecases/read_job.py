"""Reads how far a job is; another account's, or one that has expired, is not there."""

from dataclasses import dataclass, replace

from webferry.domain.errors import NotFound
from webferry.domain.jobs import Job, JobKind, is_job_id
from webferry.ports import Clock, Jobs


@dataclass(frozen=True, slots=True)
class ReadJob:
    """One read for a small job; a large one that is running has its tally elsewhere."""

    jobs: Jobs
    clock: Clock

    def __call__(self, account_id: str, job_id: str) -> Job:
        """Raises: NotFound, Unavailable."""
        if not is_job_id(job_id):
            raise NotFound("Job not found")
        job = self.jobs.find(job_id)
        if job.account_id != account_id or job.expires_at_ms <= self.clock.now_ms():
            raise NotFound("Job not found")
        if job.kind is JobKind.PAGE:
            raise NotFound("Job not found")
        if job.is_small or job.state.is_final:
            return job
        return replace(job, tally=self.jobs.tally(job))
