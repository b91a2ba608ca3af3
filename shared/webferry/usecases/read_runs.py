"""Reads runs: what is stored of those that have ended, what their jobs say of the others."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from webferry.domain.errors import NotFound
from webferry.domain.jobs import Job
from webferry.domain.papers import Papers
from webferry.domain.parts import PartRef
from webferry.domain.runs import Run
from webferry.flow_ports import Flows
from webferry.ports import Jobs
from webferry.usecases.keep_papers import KeepPapers


@dataclass(frozen=True, slots=True)
class ReadRuns:
    """A run is its owner's alone."""

    flows: Flows
    jobs: Jobs
    papers: KeepPapers

    def one(self, account_id: str, run_id: str) -> Run:
        """Raises: NotFound, Unavailable."""
        run = self.flows.run(account_id, run_id)
        if run.state.is_final:
            return run
        try:
            return self._now(run, self.jobs.find(run_id))
        except NotFound:
            return run

    def all(self, account_id: str) -> list[Run]:
        """Every run of an account, the newest first.

        Raises: Unavailable.
        """
        runs = self._live(self.flows.runs(account_id))
        return sorted(runs, key=lambda run: (len(run.id), run.id), reverse=True)

    def papers_of(self, run: Run) -> Papers:
        """All that a run has left behind, or has said so far.

        Raises: Unavailable.
        """
        if run.report.place:
            try:
                return self.papers.read(run.report.place)
            except NotFound:
                return Papers()
        return Papers(lines=self.papers.noted(run.id))

    def _live(self, runs: Iterable[Run]) -> list[Run]:
        found = list(runs)
        open_runs = [PartRef(run.id, 0) for run in found if not run.state.is_final]
        jobs = {ref.job_id: work.job for ref, work in self.jobs.load(open_runs).items()}
        return [self._now(run, jobs[run.id]) if run.id in jobs else run for run in found]

    def _now(self, run: Run, job: Job) -> Run:
        """A run that ended since it was read is read again: only now its report is there."""
        if not job.state.is_final:
            return _with(run, job)
        try:
            return self.flows.run(run.account_id, run.id)
        except NotFound:
            return run


def _with(run: Run, job: Job) -> Run:
    return replace(
        run,
        state=job.state,
        started_at_ms=job.started_at_ms,
        ended_at_ms=job.ended_at_ms,
        nano_usd=job.tally.nano_usd,
    )
