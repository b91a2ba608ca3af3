"""The books of jobs: what opening and ending them writes, in the very transaction that does so."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from webferry.adapters.dynamodb.dispatch_items import put_delivery
from webferry.adapters.dynamodb.items import Values, packed
from webferry.adapters.dynamodb.ledger_items import put_entry
from webferry.adapters.dynamodb.run_writes import (
    deliveries_of,
    refusal,
    run_endings,
    run_opening,
)
from webferry.adapters.dynamodb.table import Write
from webferry.domain.aftermath import aftermath_of, free_run_of, hold_of
from webferry.domain.credits import FREE_RUNS_PER_DAY, FreeRun, LedgerEntry, Payment, Pot
from webferry.domain.errors import IdTaken, InsufficientCredits, WebferryError
from webferry.domain.jobs import Job, JobKind
from webferry.domain.work import Work

# Longer than any job lives, so that a run can be given back to its day.
FREE_RUN_MEMORY_S = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Books:
    """Writes for three tables: credits lie in that of the accounts, runs in that of the flows."""

    accounts_table: str
    flows_table: str = ""

    def opening(self, job: Job) -> list[Write]:
        """What is set aside, and for a run, what its flow is told; the first of each refuses."""
        return [*self.setting_aside(job), *self._flow_opening(job)]

    def why_refused(self, job: Job, refused: Mapping[int, Values]) -> WebferryError:
        """Why these writes of an opening, by position, let nothing happen."""
        if 0 in refused and job.terms.payment is not Payment.NOTHING:
            return _shortage(job, refused[0])
        place = len(self.setting_aside(job))
        if place in refused and job.kind is JobKind.FLOW:
            return refusal(refused[place])
        return IdTaken("A job id was drawn twice")

    def setting_aside(self, job: Job) -> list[Write]:
        """What a job's price takes; the first write refuses when there is nothing to take."""
        match job.terms.payment:
            case Payment.CREDITS:
                hold = hold_of(job)
                return self._there(_hold(job.account_id, hold), put_entry(job.account_id, hold))
            case Payment.FREE_RUN:
                return self._there(_take(free_run_of(job), job.created_at_ms))
            case Payment.NOTHING:
                return []

    def ending(self, jobs: Iterable[Job]) -> list[Write]:
        """What the ends of jobs bring about; no item is named twice, and nothing can refuse."""
        pots: dict[str, Counter[Pot]] = {}
        runs: Counter[FreeRun] = Counter()
        entries: list[Write] = []
        deliveries: list[Write] = []
        for job in jobs:
            aftermath = aftermath_of(job)
            for entry in aftermath.entries:
                pots.setdefault(job.account_id, Counter()).update(entry.changes)
                entries.append(put_entry(job.account_id, entry))
            if aftermath.free_run_back:
                runs[aftermath.free_run_back] += 1
            if aftermath.delivery:
                deliveries.append(put_delivery(aftermath.delivery))
        wallets = [_move(account_id, changes) for account_id, changes in pots.items()]
        given_back = [_give_back(run, count) for run, count in runs.items()]
        return [*self._there(*wallets, *entries, *given_back), *deliveries]

    def runs_ending(self, works: Iterable[Work]) -> list[Write]:
        """What the ends of runs bring about; nothing can refuse."""
        ended = [work for work in works if work.job.kind is JobKind.FLOW]
        runs = [_elsewhere(self.flows_table, write) for write in run_endings(ended)]
        return [*runs, *deliveries_of(ended)]

    def _flow_opening(self, job: Job) -> list[Write]:
        if job.kind is not JobKind.FLOW:
            return []
        return [_elsewhere(self.flows_table, write) for write in run_opening(job)]

    def _there(self, *writes: Write) -> list[Write]:
        return [_elsewhere(self.accounts_table, write) for write in writes]


def _shortage(job: Job, met: Values) -> InsufficientCredits:
    """Why a job could not be opened, by the item that refused."""
    return InsufficientCredits(job.terms.price * job.task_count, met.get("balance", 0))


def free_run_key(run: FreeRun) -> tuple[str, str]:
    """Where the runs of a day are counted."""
    return run.account_id, f"free#{run.day}#{run.tool}"


def _elsewhere(table: str, write: Write) -> Write:
    return lambda _: write(table)


def _hold(account_id: str, hold: LedgerEntry) -> Write:
    update = _addition((account_id, "wallet"), hold.changes)
    values = update["ExpressionAttributeValues"] | packed({":price": hold.credits})
    return lambda table: {
        "Update": update
        | {
            "TableName": table,
            "ConditionExpression": "#balance >= :price",
            "ExpressionAttributeValues": values,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def _take(run: FreeRun, now_ms: int) -> Write:
    return lambda table: {
        "Update": {
            "TableName": table,
            "Key": _key(free_run_key(run)),
            "ConditionExpression": "attribute_not_exists(#used) OR #used < :limit",
            "UpdateExpression": "ADD #used :one SET #expires_at = :expires_at",
            "ExpressionAttributeNames": {"#used": "used", "#expires_at": "expires_at"},
            "ExpressionAttributeValues": packed(
                {
                    ":one": 1,
                    ":limit": FREE_RUNS_PER_DAY,
                    ":expires_at": now_ms // 1000 + FREE_RUN_MEMORY_S,
                }
            ),
        }
    }


def _give_back(run: FreeRun, count: int) -> Write:
    update = _addition(free_run_key(run), {"used": -count})
    return lambda table: {"Update": update | {"TableName": table}}


def _move(account_id: str, changes: Counter[Pot]) -> Write:
    update = _addition((account_id, "wallet"), changes)
    return lambda table: {"Update": update | {"TableName": table}}


def _addition(place: tuple[str, str], numbers: dict[Any, int]) -> dict[str, Any]:
    return {
        "Key": _key(place),
        "UpdateExpression": "ADD " + ", ".join(f"#{name} :{name}" for name in numbers),
        "ExpressionAttributeNames": {f"#{name}": str(name) for name in numbers},
        "ExpressionAttributeValues": packed(
            {f":{name}": number for name, number in numbers.items()}
        ),
    }


def _key(place: tuple[str, str]) -> dict[str, Any]:
    return packed(dict(zip(("pk", "sk"), place, strict=True)))
