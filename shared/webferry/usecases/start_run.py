"""Starts a run of a flow: a job with one task, opened together with what the flow is told of it."""

from dataclasses import dataclass, replace

from webferry.domain.errors import IdTaken, Unavailable
from webferry.domain.flow_orders import FlowOrder
from webferry.domain.flows import Flow, FlowStatus
from webferry.domain.jobs import JobKind, Pace
from webferry.domain.once import Once
from webferry.domain.runs import Run, run_id
from webferry.flow_ports import Calendar, Flows
from webferry.ports import Clock
from webferry.usecases.submit_job import JobOrder, SubmitJob

# As many runs as could want the same millisecond.
ATTEMPTS = 1000


@dataclass(frozen=True, slots=True)
class StartRun:
    """By hand, or for the moment for which the flow was due: of those there is one run only."""

    flows: Flows
    submit: SubmitJob
    calendar: Calendar
    clock: Clock

    def __call__(self, account_id: str, flow_id: str, once: Once | None = None) -> Run:
        """Raises: NotFound; Conflict: the flow is paused; InsufficientCredits; Unavailable."""
        return self._start(self.flows.get(account_id, flow_id), None, once)

    def when_due(self, account_id: str, flow_id: str) -> Run | None:
        """The run of a flow that is due; None if it is not any more.

        Raises: NotFound; Conflict: somebody else has started it; Unavailable.
        """
        flow, now_ms = self.flows.get(account_id, flow_id), self.clock.now_ms()
        if flow.due_at_ms is None or flow.due_at_ms > now_ms:
            return None
        if flow.status is FlowStatus.ERROR:
            stopped = replace(flow, due_at_ms=None, version=flow.version + 1)
            self.flows.replace(stopped, forgive=False)
            return None
        return self._start(flow, flow.due_at_ms, None)

    def _start(self, flow: Flow, due_at_ms: int | None, once: Once | None) -> Run:
        now_ms = self.clock.now_ms()
        next_ms = None
        if due_at_ms is not None and flow.schedule is not None:
            next_ms = self.calendar.next_ms(flow.schedule, now_ms, flow.id)
        options = FlowOrder.for_run(flow, due_at_ms, next_ms).text()
        for moment_ms in range(now_ms, now_ms + ATTEMPTS):
            order = JobOrder(
                kind=JobKind.FLOW,
                account_id=flow.account_id,
                urls=(flow.url,),
                options=options,
                pace=Pace(parallel=1),
                job_id=run_id(moment_ms),
            )
            try:
                opened = self.submit(order, once)
            except IdTaken:
                continue
            return Run(opened, flow.account_id, flow.id, flow.name, now_ms)
        raise Unavailable("No free run id was found")
