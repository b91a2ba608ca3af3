"""The job engine: the use cases that share a table of jobs, a queue and a bucket."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from webferry.domain.credits import Billing
from webferry.domain.jobs import JobKind
from webferry.ports import Bodies, Chance, Clock, ErrandQueue, Jobs
from webferry.usecases.bury_errands import BuryErrands
from webferry.usecases.cancel_job import CancelJob
from webferry.usecases.charge_page import ChargePage
from webferry.usecases.claim_errands import ClaimErrands
from webferry.usecases.keep_bodies import KeepBodies
from webferry.usecases.read_job import ReadJob
from webferry.usecases.read_results import ReadResults
from webferry.usecases.record_results import RecordResults
from webferry.usecases.run_errands import RunErrands
from webferry.usecases.settle_job import SettleJob
from webferry.usecases.shift import TaskRunner
from webferry.usecases.submit_job import SubmitJob
from webferry.usecases.wind_clock import WindClock


@dataclass(frozen=True)
class JobEngine:
    """Who submits a job, who works it off, who watches over it and who asks for it."""

    jobs: Jobs
    queue: ErrandQueue
    bodies: Bodies
    chance: Chance
    clock: Clock
    billing: Billing = Billing.TOOLS

    @cached_property
    def submit(self) -> SubmitJob:
        """An order → the id of a job."""
        return SubmitJob(self.jobs, self.queue, self.chance, self.clock, self.billing)

    @cached_property
    def charge_page(self) -> ChargePage:
        """An account and a URL → a block in which the page is paid for."""
        return ChargePage(self.jobs, self.chance, self.clock, self.billing)

    @cached_property
    def read(self) -> ReadJob:
        """An account and an id → the job."""
        return ReadJob(self.jobs, self.clock)

    @cached_property
    def results(self) -> ReadResults:
        """A job → what became of its tasks."""
        return ReadResults(self.jobs, self.bodies)

    @cached_property
    def cancel(self) -> CancelJob:
        """End a job for its owner."""
        return CancelJob(self.jobs, self.read, self.clock)

    @cached_property
    def wind_clock(self) -> WindClock:
        """See to what is due."""
        return WindClock(self.jobs, self._record, self._settle, self.clock)

    @cached_property
    def bury(self) -> BuryErrands:
        """Fail what the queue has given up."""
        return BuryErrands(self.jobs, self._record, self.clock)

    def worker(self, runners: Mapping[JobKind, TaskRunner]) -> RunErrands:
        """A worker that knows these kinds of jobs."""
        claim = ClaimErrands(self.jobs, self.clock)
        return RunErrands(claim, self._record, runners, self.chance, self.clock)

    @cached_property
    def _record(self) -> RecordResults:
        keep = KeepBodies(self.bodies, self.chance)
        return RecordResults(self.jobs, self.queue, keep, self._settle, self.clock)

    @cached_property
    def _settle(self) -> SettleJob:
        return SettleJob(self.jobs, self.clock)
