"""Wire shapes of flows as they read."""

from typing import Annotated, Any, Self

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from flows_api.flow_schemas import NoiseIn, ScheduleIn
from flows_api.schemas import iso_seconds
from webferry.domain.flows import Flow, FlowMode, FlowStatus
from webferry.web.wire import Wire


class CreatedFlow(Wire):
    """A new flow."""

    id: str
    name: str
    status: FlowStatus
    created_at: str

    @classmethod
    def of(cls, flow: Flow) -> Self:
        """What is told of a flow that has just been made."""
        created = iso_seconds(flow.created_at_ms)
        return cls(id=flow.id, name=flow.name, status=flow.status, created_at=created)


class ChangedFlow(Wire):
    """A changed flow."""

    id: str
    name: str
    status: FlowStatus
    updated_at: str

    @classmethod
    def of(cls, flow: Flow) -> Self:
        """What is told of a flow that has just been changed."""
        updated = iso_seconds(flow.updated_at_ms)
        return cls(id=flow.id, name=flow.name, status=flow.status, updated_at=updated)


class ListedFlow(CreatedFlow):
    """A flow in a list."""

    mode: FlowMode
    url: str
    success_rate: float
    total_runs: int

    @classmethod
    def of(cls, flow: Flow) -> Self:
        """The flow, with what became of its runs."""
        return cls(
            **CreatedFlow.of(flow).model_dump(),
            mode=flow.mode,
            url=flow.url,
            success_rate=flow.tally.success_rate,
            total_runs=flow.tally.total,
        )


class FlowOut(ListedFlow):
    """All of a flow."""

    description: str
    steps: list[dict[str, Any]]
    output_schema: dict[str, Any] | None
    schedule: dict[str, Any] | None
    noise: NoiseIn
    webhook_url: str | None
    updated_at: str
    next_run_at: str | None
    error: Annotated[str | None, Field(description="Why the flow has status error.")]

    @classmethod
    def of(cls, flow: Flow) -> Self:
        """The flow as it was described, and how it does."""
        due_ms, broken = flow.due_at_ms, flow.status is FlowStatus.ERROR
        schedule = ScheduleIn(**flow.schedule.values()) if flow.schedule else None
        return cls(
            **ListedFlow.of(flow).model_dump(),
            description=flow.description,
            steps=[_camel(step.values()) for step in flow.steps],
            output_schema=flow.output_schema,
            schedule=schedule.model_dump(by_alias=True, exclude_none=True) if schedule else None,
            noise=NoiseIn(**flow.noise.values()),
            webhook_url=flow.webhook_url or None,
            updated_at=iso_seconds(flow.updated_at_ms),
            next_run_at=None if due_ms is None or broken else iso_seconds(due_ms),
            error=flow.tally.why if broken else None,
        )


class FlowAnswer(Wire):
    """One flow."""

    data: FlowOut


class CreatedFlowAnswer(Wire):
    """The new flow."""

    data: CreatedFlow


class ChangedFlowAnswer(Wire):
    """The flow as it is now."""

    data: ChangedFlow


class FlowList(Wire):
    """One page of the flows that match, and how many match in all."""

    data: list[ListedFlow]
    total: int
    next_cursor: str | SkipJsonSchema[None] = None


def _camel(values: dict[str, Any]) -> dict[str, Any]:
    names = {"max_pages": "maxPages", "full_page": "fullPage"}
    return {names.get(name, name): value for name, value in values.items()}
