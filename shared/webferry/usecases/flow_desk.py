"""The flow desk: the use cases that share the table of flows and the papers of runs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from webferry.domain.errors import Conflict, NotFound
from webferry.domain.runs import Run
from webferry.flow_ports import Calendar, Flows, Pouches, Walker
from webferry.ports import Clock, Sealer
from webferry.usecases.cancel_job import CancelJob
from webferry.usecases.change_flow import ChangeFlow
from webferry.usecases.create_flow import CreateFlow
from webferry.usecases.extract_items import Extracted, Wish, extract_all
from webferry.usecases.job_engine import JobEngine
from webferry.usecases.keep_papers import KeepPapers
from webferry.usecases.keep_plans import KeepPlans
from webferry.usecases.keep_secrets import KeepSecrets
from webferry.usecases.list_changes import ListChanges
from webferry.usecases.list_flows import ListFlows
from webferry.usecases.read_records import ReadRecords
from webferry.usecases.read_runs import ReadRuns
from webferry.usecases.run_flow import RunFlow
from webferry.usecases.scraping import Scraping
from webferry.usecases.start_due_runs import StartDueRuns
from webferry.usecases.start_run import StartRun
from webferry.usecases.take_steps import TakeSteps

REPLAY_MODEL_S = 20.0


@dataclass(frozen=True)
class FlowDesk:
    """Who describes flows, who runs them, and who reads what came of it."""

    flows: Flows
    engine: JobEngine
    calendar: Calendar
    pouches: Pouches
    make_sealer: Callable[[], Sealer]
    clock: Clock

    @cached_property
    def create(self) -> CreateFlow:
        """A description → a flow."""
        return CreateFlow(self.flows, self.calendar, self.clock)

    @cached_property
    def change(self) -> ChangeFlow:
        """Changes → the flow as it is then."""
        return ChangeFlow(self.flows, self.calendar, self.clock)

    @cached_property
    def list(self) -> ListFlows:
        """An account → its flows."""
        return ListFlows(self.flows)

    @cached_property
    def start(self) -> StartRun:
        """A flow → a run of it."""
        return StartRun(self.flows, self.engine.submit, self.calendar, self.clock)

    @cached_property
    def start_due(self) -> StartDueRuns:
        """Start what is due."""
        return StartDueRuns(self.flows, self.start, self.clock)

    @cached_property
    def secrets(self) -> KeepSecrets:
        """An account → its secrets."""
        return KeepSecrets(self.pouches, self.make_sealer, self.clock)

    @cached_property
    def runs(self) -> ReadRuns:
        """An account → its runs."""
        return ReadRuns(self.flows, self.engine.jobs, self._papers)

    @cached_property
    def changes(self) -> ListChanges:
        """A flow → what its runs have seen change."""
        return ListChanges(self.flows, self._papers)

    def cancel(self, account_id: str, run_id: str) -> Run:
        """The run, cancelled.

        Raises: NotFound; Conflict: it has ended already; Unavailable.
        """
        run = self.runs.one(account_id, run_id)
        if run.state.is_final:
            raise Conflict("The run has ended already")
        CancelJob(self.engine.jobs, self.engine.read, self.clock).end(self.engine.jobs.find(run_id))
        return self.runs.one(account_id, run_id)

    async def replay(
        self, account_id: str, run_id: str, schema: dict[str, Any] | None, read: ReadRecords
    ) -> Extracted:
        """What the pages of a run say of a schema, without fetching them again.

        Raises: NotFound, InvalidRequest, Unavailable.
        """
        papers = self.runs.papers_of(self.runs.one(account_id, run_id))
        if not papers.snapshots:
            raise NotFound("The run has no pages to extract from")
        return await extract_all(read, papers.snapshots, Wish(schema, patience_s=REPLAY_MODEL_S))

    def runner(self, scraping: Scraping, walker: Walker) -> RunFlow:
        """Who does the tasks of runs."""
        steps = TakeSteps(walker, scraping.pictures, self.secrets, self._papers)
        plans = KeepPlans(self.engine.bodies)
        return RunFlow(scraping, steps, self.flows, self._papers, plans, self.clock)

    @cached_property
    def _papers(self) -> KeepPapers:
        return KeepPapers(self.engine.bodies, self.engine.chance)
