"""Ends a large job when its last part is done; a small one ends with its last task by itself."""

from dataclasses import dataclass

from webferry.domain.jobs import Job
from webferry.ports import Clock, Jobs


@dataclass(frozen=True, slots=True)
class SettleJob:
    """Whoever counts a part looks afterwards: the last one to do so sees them all."""

    jobs: Jobs
    clock: Clock

    def __call__(self, job: Job) -> bool:
        """Whether the job has ended by now.

        Raises: Unavailable.
        """
        if job.state.is_final:
            return True
        ended = job.counted(self.jobs.tally(job), self.clock.now_ms())
        if ended.state.is_final and not job.is_small:
            self.jobs.end(ended)
        return ended.state.is_final
