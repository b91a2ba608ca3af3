"""Ends a job for its owner: what is done stays done, what is not never begins."""

from dataclasses import dataclass

from webferry.domain.errors import Conflict, NotFound, Unavailable
from webferry.domain.jobs import Job, JobState
from webferry.domain.parts import PartRef
from webferry.domain.work import Step
from webferry.ports import Clock, Jobs
from webferry.usecases.read_job import ReadJob

ROUNDS = 12


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Cancelling twice is cancelling once; a job that has ended otherwise cannot be cancelled."""

    jobs: Jobs
    read: ReadJob
    clock: Clock

    def __call__(self, account_id: str, job_id: str) -> Job:
        """The job as it is afterwards.

        Raises: NotFound; Conflict: it has ended already; Unavailable.
        """
        return self.end(self.read(account_id, job_id))

    def end(self, job: Job) -> Job:
        """The job, which is known to be the caller's.

        Raises: NotFound; Conflict: it has ended already; Unavailable.
        """
        ended = self._end_small(job) if job.is_small else self._end_large(job)
        if ended.state is not JobState.CANCELLED:
            raise Conflict("The job has ended already")
        return ended

    def _end_large(self, job: Job) -> Job:
        cancelled = job.cancelled(self.clock.now_ms())
        return cancelled if self.jobs.end(cancelled) else self.jobs.find(job.id)

    def _end_small(self, job: Job) -> Job:
        works = self.jobs.load([PartRef(job.id, 0)])
        for _ in range(ROUNDS):
            steps = [Step(work, work.cancelled(self.clock.now_ms())) for work in works.values()]
            saved = self.jobs.save(steps)
            for work in saved.kept.values():
                return work.job
            if not saved.refused:
                raise NotFound("Job not found")
            works = saved.refused
        raise Unavailable("Too many workers on one job")
