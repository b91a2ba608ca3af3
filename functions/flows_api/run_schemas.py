"""Wire shapes of runs: how they are started, listed and read."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from flows_api.schemas import iso_seconds
from webferry.domain.jobs import JobState
from webferry.domain.runs import Run
from webferry.web.wire import Wire


class RunStatus(StrEnum):
    """How far a run is, in the words of this dialect."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


_STATUS = {
    JobState.QUEUED: RunStatus.QUEUED,
    JobState.RUNNING: RunStatus.RUNNING,
    JobState.SUCCEEDED: RunStatus.COMPLETED,
    JobState.PARTIAL: RunStatus.COMPLETED,
    JobState.FAILED: RunStatus.FAILED,
    JobState.CANCELLED: RunStatus.CANCELLED,
}


def status_of(run: Run) -> RunStatus:
    """The status of a run."""
    return _STATUS[run.state]


class StartRun(Wire):
    """Which flow to run."""

    flow_id: Annotated[str, Field(min_length=1, max_length=100)]


class StartedRun(Wire):
    """A run that has just been started."""

    id: str
    flow_id: str
    flow_name: str
    status: RunStatus
    started_at: str
    cost: float

    @classmethod
    def of(cls, run: Run) -> Self:
        """The run; until a worker has it, it counts as started when it was asked for."""
        return cls(
            id=run.id,
            flow_id=run.flow_id,
            flow_name=run.flow_name,
            status=status_of(run),
            started_at=iso_seconds(run.started_at_ms or run.created_at_ms),
            cost=run.cost,
        )


class ListedRun(StartedRun):
    """A run in a list."""

    duration: int
    items_extracted: int

    @classmethod
    def told(cls, run: Run, now_ms: int) -> Self:
        """The run, as far as it is at that moment."""
        return cls(
            **StartedRun.of(run).model_dump(),
            duration=run.duration_ms(now_ms),
            items_extracted=run.report.items,
        )


class StartedRunAnswer(Wire):
    """The new run."""

    data: StartedRun


class ListedRunAnswer(Wire):
    """The run as it is now."""

    data: ListedRun


class RunList(Wire):
    """One page of the runs that match, and how many match in all."""

    data: list[ListedRun]
    total: int
    next_cursor: str | SkipJsonSchema[None] = None
