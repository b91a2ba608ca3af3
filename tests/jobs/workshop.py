"""A job engine on the embedded cloud, with a clock that tests can move and runners they script."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from secrets import token_hex
from typing import Any, Protocol

from boto3 import Session

from tests.furnished import JOBS_TABLE, TABLE, create_job_plumbing
from webferry.adapters.aws import client
from webferry.adapters.dynamodb.books import Books
from webferry.adapters.dynamodb.jobs import DynamoJobs
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.adapters.s3 import S3Bodies
from webferry.adapters.sqs import SqsErrandQueue
from webferry.adapters.system import SystemChance, SystemClock
from webferry.domain.errors import FetchFailed
from webferry.domain.jobs import Job, JobKind, Pace
from webferry.domain.parts import PartRef
from webferry.messages import ErrandLetter
from webferry.usecases.claim_errands import ErrandRef
from webferry.usecases.job_engine import JobEngine
from webferry.usecases.shift import TaskReport
from webferry.usecases.submit_job import JobOrder

ACCOUNT = "acc_00000001"
AT_ONCE = Pace(parallel=5)


class Engine(Protocol):
    """What these tests need of the engine."""

    def session(self) -> Session: ...


class MovableClock(SystemClock):
    """The machine's clock, put forward."""

    def __init__(self, ahead_ms: int = 0) -> None:
        self.ahead_ms = ahead_ms

    def now_ms(self) -> int:
        return super().now_ms() + self.ahead_ms


@dataclass
class ScriptedRunner:
    """Says how long each URL is, fails those that say so, and remembers all."""

    visited: list[str] = field(default_factory=list)
    on_visit: Callable[[str], object] = lambda _: None
    most_at_once: int = 0
    padding: int = 0
    _now: int = 0

    def longest_ms(self, job: Job) -> int:
        return 1000

    async def __call__(self, job: Job, url: str) -> TaskReport:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            await asyncio.sleep(0)
            self.visited.append(url)
            self.on_visit(url)
            if "fail" in url:
                return TaskReport(error=FetchFailed("Target URL returned 403 Forbidden"))
            page = {"url": url} | ({"text": token_hex(self.padding)} if self.padding else {})
            return TaskReport(json.dumps(page).encode(), requests=1, received_bytes=100)
        finally:
            self._now -= 1


@dataclass
class Workshop:
    """Table, bucket, queue and the use cases over them."""

    session: Session
    bucket: str
    queue_url: str
    clock: MovableClock = field(default_factory=MovableClock)
    runner: ScriptedRunner = field(default_factory=ScriptedRunner)
    calls: list[str] = field(default_factory=list)
    watch: Callable[[Any], Any] = lambda client: client

    @classmethod
    def on(cls, engine: Engine) -> "Workshop":
        session = engine.session()
        plumbing = create_job_plumbing(session)
        return cls(
            session, plumbing["WEBFERRY_PAGES_BUCKET"], plumbing["WEBFERRY_PAGE_TASKS_QUEUE"]
        )

    def client(self, service: str) -> Any:
        made = client(service, self.session)
        made.meta.events.register(
            "before-send", lambda **event: self.calls.append(event["event_name"].split(".", 1)[1])
        )
        return self.watch(made)

    @cached_property
    def dynamodb(self) -> Any:
        return self.client("dynamodb")

    @cached_property
    def sqs(self) -> Any:
        return self.client("sqs")

    @cached_property
    def s3(self) -> Any:
        return self.client("s3")

    @cached_property
    def jobs(self) -> DynamoJobs:
        return DynamoJobs(WideTable(self.dynamodb, JOBS_TABLE), Books(TABLE))

    @cached_property
    def engine(self) -> JobEngine:
        queue = SqsErrandQueue(lambda: self.sqs, self.queue_url, self.clock)
        bodies = S3Bodies(lambda: self.s3, self.bucket)
        return JobEngine(self.jobs, queue, bodies, SystemChance(), self.clock)

    def submit(self, *urls: str, pace: Pace = AT_ONCE, account: str = ACCOUNT) -> str:
        return self.engine.submit(JobOrder(JobKind.SCRAPE, account, urls, "{}", pace))

    def letters(self, limit: int = 10) -> list[ErrandRef]:
        """Take what the queue has to give right now."""
        sqs = self.session.client("sqs")
        answer = sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=limit)
        found = []
        for message in answer.get("Messages", []):
            letter = ErrandLetter.model_validate_json(message["Body"])
            found.append(ErrandRef(PartRef(letter.job, letter.part), letter.errand))
            sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
        return found

    def all_letters(self) -> Iterator[list[ErrandRef]]:
        while some := self.letters():
            yield some

    def work(self, errands: Sequence[ErrandRef], time_left_ms: int = 60_000) -> set[ErrandRef]:
        worker = self.engine.worker({JobKind.SCRAPE: self.runner})
        return asyncio.run(worker(errands, time_left_ms=time_left_ms, memory_mb=1024))

    def work_all(self) -> None:
        for letters in self.all_letters():
            assert self.work(letters) == set()

    def later(self, seconds: float) -> None:
        self.clock.ahead_ms += round(seconds * 1000)
