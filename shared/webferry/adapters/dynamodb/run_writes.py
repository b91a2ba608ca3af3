"""What opening and ending the job of a run writes of it, in the very transaction that does so."""

import zlib
from collections.abc import Iterable
from typing import Any

from webferry.adapters.dynamodb.dispatch_items import put_delivery
from webferry.adapters.dynamodb.flow_items import flow_key, run_key, tally_key
from webferry.adapters.dynamodb.items import Values, packed
from webferry.adapters.dynamodb.table import Write, put_new
from webferry.adapters.dynamodb.wide_table import Key
from webferry.domain.errors import Conflict, NotFound, RequestError
from webferry.domain.flow_orders import FlowOrder
from webferry.domain.flows import FlowMode, FlowStatus
from webferry.domain.jobs import Job, JobState
from webferry.domain.parts import InlineBody
from webferry.domain.runs import RUN_MEMORY_S, RunReport
from webferry.domain.webhooks import Delivery, DeliveryEvent, delivery_id
from webferry.domain.work import Work


def run_opening(job: Job) -> list[Write]:
    """The first write refuses where the flow is gone, is paused, or has been started meanwhile."""
    order = FlowOrder.of(job.options)
    run = put_new(
        *run_key(job.account_id, job.id),
        flow_id=order.flow_id,
        flow_name=order.flow_name,
        created_at_ms=job.created_at_ms,
        expires_at=job.created_at_ms // 1000 + RUN_MEMORY_S,
    )
    counted = _update(tally_key(job.account_id, order.flow_id), "ADD #total :one", one=1)
    return [_started(job.account_id, order), run, counted]


def refusal(met: Values) -> RequestError:
    """Why a run could not be opened, by the flow that refused."""
    if not met:
        return NotFound("Flow not found")
    if met["set_status"] == FlowStatus.PAUSED:
        return Conflict("The flow is paused")
    return Conflict("The flow has been started for this moment already")


def run_endings(works: Iterable[Work]) -> list[Write]:
    """The ends of runs, and their flows' tallies, each flow once."""
    writes: list[Write] = []
    flows: dict[Key, list[Work]] = {}
    for work in works:
        order = FlowOrder.of(work.job.options)
        writes.append(_ended(work))
        flows.setdefault(tally_key(work.job.account_id, order.flow_id), []).append(work)
    return [*writes, *(_tallied(key, ended) for key, ended in flows.items())]


def _started(account_id: str, order: FlowOrder) -> Write:
    key = flow_key(account_id, order.flow_id)
    if order.due_at_ms is None:
        paused = FlowStatus.PAUSED
        return lambda table: {
            "ConditionCheck": {
                "TableName": table,
                "Key": packed(key._asdict()),
                "ConditionExpression": "attribute_exists(pk) AND set_status <> :paused",
                "ExpressionAttributeValues": packed({":paused": paused}),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }
    moved = "SET #due_at_ms = :next" if order.next_at_ms else "REMOVE #due_at_ms, #due_shelf"
    values: dict[str, Any] = {"next": order.next_at_ms} if order.next_at_ms else {}
    return _update(key, moved, "#due_at_ms = :due", **values, due=order.due_at_ms)


def _ended(work: Work) -> Write:
    job, report = work.job, report_of(work)
    return _update(
        run_key(job.account_id, job.id),
        "SET #state = :state, #started_at_ms = :started_at_ms, #ended_at_ms = :ended_at_ms,"
        " #nano_usd = :nano_usd, #report = :report",
        state=job.state,
        started_at_ms=job.started_at_ms or job.created_at_ms,
        ended_at_ms=job.ended_at_ms,
        nano_usd=job.tally.nano_usd,
        report=report.content(),
    )


def deliveries_of(works: Iterable[Work]) -> list[Write]:
    """What is owed to those who want to hear of changes; it lies with all other deliveries."""
    owed: list[Write] = []
    for work in works:
        job, url = work.job, FlowOrder.of(work.job.options).webhook_url
        if url and report_of(work).changes and job.state is JobState.SUCCEEDED:
            name, ended_ms = delivery_id(job.id), job.ended_at_ms or 0
            changed = DeliveryEvent.CHANGED
            told = Delivery(name, job.account_id, job.id, url, changed, ended_ms)
            owed.append(put_delivery(told))
    return owed


def report_of(work: Work) -> RunReport:
    """What a run's one task came to; its body is small, for all else lies where it says."""
    result = work.part.results.get(0)
    if result is None:
        return RunReport()
    told = result.body
    report = RunReport.of(zlib.decompress(told.content)) if isinstance(told, InlineBody) else None
    return report or RunReport(code=result.code, message=result.message)


def _tallied(key: Key, works: list[Work]) -> Write:
    """The counts of all, and of monitors, what the last of them says."""
    states = [work.job.state for work in works]
    good, bad = states.count(JobState.SUCCEEDED), states.count(JobState.FAILED)
    last = max(works, key=lambda work: work.job.created_at_ms)
    added = "ADD #completed :completed, #failed :failed"
    values: dict[str, Any] = {"completed": good, "failed": bad}
    if FlowOrder.of(last.job.options).mode is not FlowMode.MONITOR:
        return _update(key, added, **values)
    report = report_of(last)
    if last.job.state is JobState.SUCCEEDED:
        values |= {"good": report.place, "zero": 0}
        return _update(key, f"{added} SET #good = :good, #failures = :zero", **values)
    if bad:
        return _update(
            key, f"{added}, #failures :failed SET #why = :why", **values, why=report.message
        )
    return _update(key, added, **values)


def _update(key: Key, expression: str, condition: str = "", **values: object) -> Write:
    names = {part.strip(",") for part in f"{expression} {condition}".split() if part[0] == "#"}
    update: dict[str, Any] = {
        "Key": packed(key._asdict()),
        "UpdateExpression": expression,
        "ExpressionAttributeNames": {name: name[1:] for name in names},
    }
    if values:
        told = {f":{name}": value for name, value in values.items()}
        update["ExpressionAttributeValues"] = packed(told)
    if condition:
        update["ConditionExpression"] = condition
        update["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return lambda table: {"Update": update | {"TableName": table}}
