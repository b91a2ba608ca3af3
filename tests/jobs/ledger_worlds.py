"""Two worlds in which credits are held, charged and given back: one in memory, one in tables."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.furnished import TABLE
from tests.jobs.crashing import CrashPlan, LooseQueue
from tests.jobs.memory_jobs import MemoryBooks, MemoryJobs
from tests.jobs.till import Till
from tests.jobs.workshop import ACCOUNT, Engine, MovableClock, ScriptedRunner, Workshop
from webferry.adapters.dynamodb.job_items import job_of
from webferry.adapters.dynamodb.refunds import DynamoRefunds
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.adapters.system import SystemChance
from webferry.domain.credits import Billing, EntryKind, FreeRun, LedgerEntry, Pot, Refund
from webferry.domain.jobs import Job, JobKind
from webferry.domain.webhooks import Delivery, DeliveryEvent
from webferry.usecases.claim_errands import ErrandRef
from webferry.usecases.job_engine import JobEngine
from webferry.usecases.refund_credits import RefundCredits


class World(Protocol):
    """What the ledger's machine needs."""

    plan: CrashPlan
    queue: LooseQueue
    clock: MovableClock
    runner: ScriptedRunner

    @property
    def engine(self) -> JobEngine: ...

    def books(self) -> MemoryBooks:
        """What the tables say now."""

    def jobs(self) -> list[Job]:
        """Every job that stands, known to its owner or not."""

    def give(self, credits: int, reference: str) -> None:
        """A gift of the operator."""

    def take_back(self, refund: Refund) -> None:
        """Money that went back."""


def work(world: World, letters: Iterable[ErrandRef]) -> None:
    worker = world.engine.worker({JobKind.TOOL: world.runner})
    asyncio.run(worker(list(letters), time_left_ms=60_000, memory_mb=1024))


class InMemory:
    """The use cases as they are, on jobs and books in memory."""

    def __init__(self) -> None:
        self.plan, self.clock, self.runner = CrashPlan(), MovableClock(), ScriptedRunner()
        self.queue = LooseQueue(self.plan.moment)
        self.stored = MemoryJobs(moment=self.plan.moment)
        self.engine = JobEngine(
            self.stored, self.queue, NoBodies(), SystemChance(), self.clock, Billing.TOOLS
        )

    def books(self) -> MemoryBooks:
        return self.stored.books

    def jobs(self) -> list[Job]:
        return [work.job for work in self.stored.works.values()]

    def give(self, credits: int, reference: str) -> None:
        self.stored.books.give(credits, reference)

    def take_back(self, refund: Refund) -> None:
        self.plan.moment()
        self.stored.books.take_back(refund)
        self.plan.moment()


class NoBodies:
    """The results here are small enough to lie beside their task."""

    def put(self, key: str, content: bytes) -> None:
        raise AssertionError(key)

    def get(self, key: str, start: int, length: int) -> bytes:
        raise AssertionError(key)


@dataclass
class InTables:
    """The same on the embedded cloud: every crash is at one of its calls."""

    on: Engine
    plan: CrashPlan = field(default_factory=CrashPlan)

    def __post_init__(self) -> None:
        self.workshop = Workshop.on(self.on)
        self.till = Till.of(self.workshop, credits=1)
        self.till.wallets.post(ACCOUNT, LedgerEntry(EntryKind.GRANT, "more", 1, 1))
        del self.workshop.__dict__["dynamodb"]
        self.workshop.watch = self.plan.watch
        self.queue, self.clock = LooseQueue(self.plan.moment), self.workshop.clock
        self.runner = self.workshop.runner
        self.engine = JobEngine(
            self.workshop.jobs,
            self.queue,
            self.workshop.engine.bodies,
            SystemChance(),
            self.clock,
            Billing.TOOLS,
        )

    def take_back(self, refund: Refund) -> None:
        table = WideTable(self.workshop.dynamodb, TABLE)
        RefundCredits(DynamoRefunds(table), self.clock)(refund)

    def give(self, credits: int, reference: str) -> None:
        self.till.wallets.post(ACCOUNT, LedgerEntry(EntryKind.GRANT, reference, credits, 1))

    def jobs(self) -> list[Job]:
        return [job_of(item) for item in self.till.items("Jobs") if item["sk"] == "job"]

    def books(self) -> MemoryBooks:
        books = MemoryBooks()
        for item in self.till.items(TABLE):
            _enter(books, item)
        books.deliveries = [
            Delivery(item["pk"], "", item["job_id"], item["url"], DeliveryEvent(item["event"]), 0)
            for item in self.till.items("Jobs")
            if item["sk"] == "delivery"
        ]
        return books


def _enter(books: MemoryBooks, item: dict[str, Any]) -> None:
    kind, _, rest = item["sk"].partition("#")
    if kind == "wallet":
        books.pots = Counter({pot: item[pot] for pot in Pot})
    elif kind == "ledger":
        entry = (EntryKind(item["kind"]), item["reference"], item["credits"])
        books.entries.append(LedgerEntry(*entry, item["created_at_ms"]))
    elif kind == "free":
        day, _, tool = rest.partition("#")
        books.free_runs[FreeRun(item["pk"], tool, day)] = item["used"]
