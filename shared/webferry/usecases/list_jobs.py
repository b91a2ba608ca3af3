"""Lists an account's tool jobs, the newest first."""

from collections.abc import Callable
from dataclasses import dataclass

from webferry.credit_ports import JobLists
from webferry.domain.jobs import Job
from webferry.domain.parts import PartRef
from webferry.ports import Clock, Jobs

GLANCE = 50
# What one request looks through at most; the cursor then leads on from there.
ROUNDS = 10

Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class ListedJobs:
    """Jobs, and the place after which to go on, if there may be more."""

    jobs: list[Job]
    more_after: Place | None


@dataclass(frozen=True, slots=True)
class ListJobs:
    """The list says which jobs there are; how they stand is read from the jobs themselves."""

    lists: JobLists
    jobs: Jobs
    clock: Clock

    def __call__(
        self, account_id: str, wanted: Callable[[Job], bool], after: Place | None, limit: int
    ) -> ListedJobs:
        """Raises: Unavailable."""
        found: list[Job] = []
        last = after
        for _ in range(ROUNDS):
            places = self.lists.page(account_id, last, GLANCE)
            jobs = self._jobs(account_id, places)
            for place in places:
                last, job = place, jobs.get(place[1])
                if job and wanted(job):
                    found.append(job)
                    if len(found) == limit:
                        return ListedJobs(found, last)
            if len(places) < GLANCE:
                return ListedJobs(found, None)
        return ListedJobs(found, last)

    def _jobs(self, account_id: str, places: list[Place]) -> dict[str, Job]:
        works = self.jobs.load(PartRef(job_id, 0) for _, job_id in places)
        now_ms = self.clock.now_ms()
        jobs = (work.job for work in works.values())
        return {
            job.id: job
            for job in jobs
            if job.account_id == account_id and job.expires_at_ms > now_ms
        }
