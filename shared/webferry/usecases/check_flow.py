"""Checks that a flow can be run at all, and finds when it is due."""

from dataclasses import replace
from typing import Any

from webferry.content.change.noise import check_noise
from webferry.content.records.schema import BadSchema, read_schema
from webferry.domain.errors import InvalidRequest
from webferry.domain.flow_steps import StepType
from webferry.domain.flows import Flow
from webferry.domain.urls import check_url
from webferry.flow_ports import Calendar


def check_flow(flow: Flow, calendar: Calendar, now_ms: int) -> Flow:
    """The flow, due when its schedule says so; one that does not watch is never due.

    Raises: InvalidRequest, PageError: a URL that nobody could fetch.
    """
    check_url(flow.url)
    check_schema(flow.output_schema, "outputSchema")
    check_noise(flow.noise)
    for step in flow.steps:
        if step.type is StepType.NAVIGATE and step.url:
            check_url(step.url)
    due_ms = calendar.next_ms(flow.schedule, now_ms, flow.id) if flow.schedule else None
    return replace(flow, due_at_ms=due_ms if flow.watches else None)


def check_schema(schema: dict[str, Any] | None, name: str) -> None:
    """Raises: InvalidRequest."""
    if schema is None:
        return
    try:
        read_schema(schema)
    except BadSchema as error:
        raise InvalidRequest(f"{name}: {error}", **{name: str(error)}) from error
