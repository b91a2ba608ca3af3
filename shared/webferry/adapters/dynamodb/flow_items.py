"""Flows, their tallies and their runs as items of the `Flows` table.

acc_x     flow#flow-1        a flow, with a version, on a shelf of `by_due` while it watches
acc_x     flow#flow-1#tally  what became of its runs, counted in the writes that end them
acc_x     run#run-1          a run: its flow, and once it has ended, how
flow-1    flow               the account of this flow id, so that no two flows share it
"""

import json
from typing import Any

from webferry.adapters.dynamodb.items import Values, asked_for
from webferry.adapters.dynamodb.wide_table import Key
from webferry.domain.flow_steps import Step
from webferry.domain.flows import Flow, FlowMode, FlowStatus, FlowTally
from webferry.domain.jobs import JobState
from webferry.domain.noise import Noise
from webferry.domain.runs import Run, RunReport
from webferry.domain.schedules import Schedule

DUE_SHELF = "flows"
TALLY = "#tally"


def flow_key(account_id: str, flow_id: str) -> Key:
    """Where a flow lies."""
    return Key(account_id, f"flow#{asked_for(flow_id)}")


def tally_key(account_id: str, flow_id: str) -> Key:
    """Where its runs are counted."""
    return Key(account_id, f"flow#{asked_for(flow_id)}{TALLY}")


def run_key(account_id: str, run_id: str) -> Key:
    """Where a run lies."""
    return Key(account_id, f"run#{asked_for(run_id)}")


def flow_item(flow: Flow) -> Values:
    """A flow, with all that its owner can change."""
    return {
        **flow_key(flow.account_id, flow.id)._asdict(),
        "version": flow.version,
        "name": flow.name,
        "url": flow.url,
        "mode": flow.mode,
        "created_at_ms": flow.created_at_ms,
        "updated_at_ms": flow.updated_at_ms,
        "description": flow.description,
        "set_status": flow.set_status,
        "steps": json.dumps([step.values() for step in flow.steps]),
        "output_schema": flow.output_schema and json.dumps(flow.output_schema),
        "schedule": flow.schedule and json.dumps(flow.schedule.values()),
        "noise": json.dumps(flow.noise.values()),
        "webhook_url": flow.webhook_url or None,
        "due_at_ms": flow.due_at_ms,
        "due_shelf": None if flow.due_at_ms is None else DUE_SHELF,
    }


def flow_of(item: Values, tally: Values | None) -> Flow:
    """The flow that an item says."""
    schema, schedule = item.get("output_schema"), item.get("schedule")
    steps: list[Any] = json.loads(item["steps"])
    return Flow(
        id=item["sk"].partition("#")[2],
        account_id=item["pk"],
        name=item["name"],
        url=item["url"],
        mode=FlowMode(item["mode"]),
        created_at_ms=item["created_at_ms"],
        updated_at_ms=item["updated_at_ms"],
        description=item["description"],
        set_status=FlowStatus(item["set_status"]),
        steps=tuple(map(Step.of, steps)),
        output_schema=schema and json.loads(schema),
        schedule=schedule and Schedule.of(json.loads(schedule)),
        noise=Noise.of(json.loads(item["noise"])),
        webhook_url=item.get("webhook_url", ""),
        due_at_ms=item.get("due_at_ms"),
        version=item["version"],
        tally=_tally_of(tally or {}),
    )


def run_of(item: Values) -> Run:
    """The run that an item says."""
    report = item.get("report")
    return Run(
        id=item["sk"].partition("#")[2],
        account_id=item["pk"],
        flow_id=item["flow_id"],
        flow_name=item["flow_name"],
        created_at_ms=item["created_at_ms"],
        state=JobState(item.get("state", JobState.QUEUED)),
        started_at_ms=item.get("started_at_ms"),
        ended_at_ms=item.get("ended_at_ms"),
        nano_usd=item.get("nano_usd", 0),
        report=RunReport.of(report) if report else RunReport(),
    )


def _tally_of(item: Values) -> FlowTally:
    return FlowTally(
        total=item.get("total", 0),
        completed=item.get("completed", 0),
        failed=item.get("failed", 0),
        failures=item.get("failures", 0),
        good=item.get("good", ""),
        why=item.get("why", ""),
    )
