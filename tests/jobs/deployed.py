"""The worker functions really deployed: queues, triggers, processes of the local pool."""

import json
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from boto3 import Session

from tests.furnished import Engine, Furnished
from tests.jobs.workshop import MovableClock
from webferry.adapters.sqs import SqsErrandQueue
from webferry_local.pool.pool import WorkerPool

FUNCTIONS = Path(__file__).parents[2] / "functions"


class FunctionEngine(Engine, Protocol):
    """An engine with functions."""

    @property
    def pool(self) -> WorkerPool: ...

    def function(
        self,
        session: Session,
        name: str,
        *,
        handler: str,
        code_directory: Path,
        environment: Mapping[str, str],
        timeout_s: int,
    ) -> str: ...


@dataclass(frozen=True)
class Deployed:
    """Page worker and dead letter consumer, driven by their queues."""

    engine: FunctionEngine
    furnished: Furnished
    worker: str
    dead_url: str

    @classmethod
    def on(cls, engine: FunctionEngine, furnished: Furnished) -> "Deployed":
        session = furnished.session
        sqs: Any = session.client("sqs")
        dead_url = sqs.create_queue(QueueName="Dead")["QueueUrl"]
        work_url = furnished.environment["WEBFERRY_PAGE_TASKS_QUEUE"]
        redrive = json.dumps({"deadLetterTargetArn": _arn(sqs, dead_url), "maxReceiveCount": 2})
        sqs.set_queue_attributes(
            QueueUrl=work_url, Attributes={"RedrivePolicy": redrive, "VisibilityTimeout": "2"}
        )

        def drive(folder: str, queue_url: str) -> str:
            arn = engine.function(
                session,
                folder,
                handler=f"{folder}.handler.handler",
                code_directory=FUNCTIONS,
                environment=furnished.environment,
                timeout_s=20,
            )
            session.client("lambda").create_event_source_mapping(
                EventSourceArn=_arn(sqs, queue_url),
                FunctionName=arn,
                FunctionResponseTypes=["ReportBatchItemFailures"],
            )
            return arn

        drive("dead_letters", dead_url)
        return cls(engine, furnished, drive("page_worker", work_url), dead_url)

    def queue(self) -> SqsErrandQueue:
        """The queue, whose letters come at once whatever a test's clock says."""
        url = self.furnished.environment["WEBFERRY_PAGE_TASKS_QUEUE"]
        sqs: Any = self.furnished.session.client("sqs")
        return SqsErrandQueue(lambda: sqs, url, MovableClock(ahead_ms=3_600_000))

    def kill_busy_worker(self) -> bool:
        """SIGKILL a process that is working on a letter; False if there is none."""
        pool = self.engine.pool._pools.get(self.worker)
        busy = list(pool._busy) if pool else []
        for worker in busy:
            os.kill(worker.pid, signal.SIGKILL)
        return bool(busy)


def _arn(sqs: Any, url: str) -> str:
    answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    arn: str = answer["Attributes"]["QueueArn"]
    return arn
