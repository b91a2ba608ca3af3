"""Jobs and parts as items.

Items of the `Jobs` table, by partition key and sort key; each has a partition of its own, so that
no part of a large job waits for another:

    job_x           job    the job; a small one with its part, and a version of both
    job_x#7         part   the seventh part of a large job, and its version
    job_x#shard3    shard  what is done of every part whose number ends there
    once#<digest>   once   the job that was opened under this name
    msg_x           delivery  what is owed to the receiver of job_x (`dispatch_items.py`)

Tool jobs are listed for their account in the index `by_owner`.
What somebody has to look at lies on a shelf of the index `by_due` until it has ended.
"""

import json
import zlib
from dataclasses import replace
from typing import Any

from webferry.adapters.dynamodb.items import Values
from webferry.adapters.dynamodb.wide_table import Key
from webferry.domain.costs import TaskCost
from webferry.domain.credits import Payment
from webferry.domain.errands import Errand, Lease
from webferry.domain.errors import ErrorCode
from webferry.domain.jobs import Job, JobKind, JobState, Tally, Terms
from webferry.domain.parts import InlineBody, Part, PartRef, StoredBody, TaskResult
from webferry.domain.work import Work

SHARDS = 16
SHELVES = tuple(f"due{number}" for number in range(4))


def job_key(job_id: str) -> Key:
    """Where a job lies."""
    return Key(job_id, "job")


def part_key(ref: PartRef) -> Key:
    """Where a part lies."""
    return Key(f"{ref.job_id}#{ref.number}", "part") if ref.number else job_key(ref.job_id)


def ref_of(key: Key) -> PartRef:
    """The part that lies there."""
    job_id, _, number = key.pk.partition("#")
    return PartRef(job_id, int(number or 0))


def shard_key(job_id: str, number: int) -> Key:
    """Where the tally of a part is kept."""
    return Key(f"{job_id}#shard{number % SHARDS}", "shard")


def shelf_of(job_id: str) -> str:
    """Where the clockwork looks for the job and its parts."""
    return SHELVES[zlib.crc32(job_id.encode()) % len(SHELVES)]


def work_item(work: Work, version: int) -> Values:
    """A part with all that a save may change; for a small job, the job as well."""
    part, job = work.part, work.job
    due_at_ms = work.due_at_ms
    item: Values = {
        **part_key(part.ref)._asdict(),
        "version": version,
        "expires_at": job.expires_at_ms // 1000,
        "urls": part.urls,
        "errands": json.dumps([_errand_text(errand) for errand in part.errands]),
        "results": json.dumps({n: _result_text(each) for n, each in part.results.items()}),
        "due_at_ms": due_at_ms,
        "due_shelf": None if due_at_ms is None else shelf_of(job.id),
    }
    for number, result in part.results.items():
        if isinstance(result.body, InlineBody):
            item[f"body{number}"] = result.body.content
    return item | (job_values(job) if job.is_small else {})


def job_item(job: Job, due_at_ms: int | None) -> Values:
    """A large job."""
    return {
        **job_key(job.id)._asdict(),
        "expires_at": job.expires_at_ms // 1000,
        "due_at_ms": due_at_ms,
        "due_shelf": None if due_at_ms is None else shelf_of(job.id),
        **job_values(job),
    }


def job_values(job: Job) -> Values:
    """What an item says of a job."""
    return {
        "account_id": job.account_id,
        "listed_for": job.account_id if job.kind is JobKind.TOOL else None,
        "kind": job.kind,
        "options": job.options,
        "task_count": job.task_count,
        "created_at_ms": job.created_at_ms,
        "state": job.state,
        "succeeded": job.tally.succeeded,
        "failed": job.tally.failed,
        "nano_usd": job.tally.nano_usd,
        "started_at_ms": job.started_at_ms,
        "ended_at_ms": job.ended_at_ms,
        "prices": job.prices,
        "tool": job.terms.tool or None,
        "price": job.terms.price or None,
        "payment": job.terms.payment,
        "webhook_url": job.terms.webhook_url or None,
    }


def job_of(item: Values) -> Job:
    """The job that an item says."""
    return Job(
        id=item["pk"],
        account_id=item["account_id"],
        kind=JobKind(item["kind"]),
        options=item["options"],
        task_count=item["task_count"],
        created_at_ms=item["created_at_ms"],
        state=JobState(item["state"]),
        tally=tally_of_item(item),
        started_at_ms=item.get("started_at_ms"),
        ended_at_ms=item.get("ended_at_ms"),
        prices=item["prices"],
        terms=Terms(
            item.get("tool", ""),
            item.get("price", 0),
            Payment(item.get("payment", Payment.NOTHING)),
            item.get("webhook_url", ""),
        ),
    )


def tally_of_item(item: Values) -> Tally:
    """What a job's or a shard's item counts."""
    return Tally(item.get("succeeded", 0), item.get("failed", 0), item.get("nano_usd", 0))


def work_of(item: Values, job: Job) -> Work:
    """The part that an item says, with its job."""
    results: dict[str, Any] = json.loads(item["results"])
    part = Part(
        ref_of(Key(item["pk"], item["sk"])),
        item["urls"],
        tuple(_errand_of(text) for text in json.loads(item["errands"])),
        {int(n): _result_of(text, item.get(f"body{n}")) for n, text in results.items()},
    )
    return Work(job, part, item["version"])


def _errand_text(errand: Errand) -> list[object]:
    until = list(errand.lease) if errand.lease else []
    turn = [errand.ready_at_ms, errand.attempts, errand.letters]
    return [errand.first, errand.count, errand.delay_ms, *turn, *until]


def _errand_of(text: list[Any]) -> Errand:
    errand = Errand(*text[:6])
    return replace(errand, lease=Lease(*text[6:])) if text[6:] else errand


def _result_text(result: TaskResult) -> list[object]:
    cost = [result.cost.mb_ms, result.cost.requests, result.cost.received_bytes]
    match result.body:
        case StoredBody(key, start, length):
            return [result.code, result.message, *cost, key, start, length]
        case _:
            return [result.code, result.message, *cost]


def _result_of(text: list[Any], inline: bytes | None) -> TaskResult:
    code, message, *cost = text[:5]
    body = StoredBody(*text[5:]) if text[5:] else inline and InlineBody(inline)
    return TaskResult(body or None, code and ErrorCode(code), message, TaskCost(*cost))
