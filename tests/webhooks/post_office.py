"""Webhooks as they are deployed: stream, herald, sender and state machine, time running faster."""

import asyncio
import json
import os
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.furnished import DELIVERY, JOBS_TABLE, SENDER, Furnished, furnish
from tests.jobs.deployed import FUNCTIONS, FunctionEngine
from tests.jobs.workshop import ScriptedRunner
from webferry.domain.dispatches import Dispatch
from webferry.domain.jobs import Job, JobKind, Pace
from webferry.domain.keys import Caller
from webferry.domain.parts import PartRef
from webferry.domain.webhooks import delivery_id
from webferry.usecases.claim_errands import ErrandRef
from webferry.usecases.shift import TaskReport
from webferry.usecases.submit_job import JobOrder
from webferry_local.floor_plan.template_file import read_template

ROOT = Path(__file__).parents[2]
DEFINITION = ROOT / "functions/webhook_sender/delivery.asl.yaml"
TEMPLATE = ROOT / "template.yaml"


class ToolRunner(ScriptedRunner):
    """Brings what a tool brings: items, and no files."""

    async def __call__(self, job: Job, url: str) -> TaskReport:
        report = await super().__call__(job, url)
        if report.content is None:
            return report
        brought = {"items": [json.loads(report.content)], "files": {}}
        return TaskReport(json.dumps(brought).encode(), requests=1, received_bytes=100)


@dataclass
class PostOffice:
    """A furnished house whose jobs end in this process, and whose webhooks go their own way."""

    engine: FunctionEngine
    furnished: Furnished
    caller: Caller
    machine: str
    functions: dict[str, str]
    runner: ScriptedRunner = field(default_factory=ToolRunner)

    @classmethod
    def on(cls, engine: FunctionEngine, *, egress_allow: str, told: bool = True) -> "PostOffice":
        """`told`: whether the stream reaches the herald at all."""
        furnished = furnish(engine, egress_allow=egress_allow)
        sender = _function(engine, furnished, SENDER)
        herald = _function(engine, furnished, "herald")
        machine = _machine(furnished, sender)
        if told:
            _connect(furnished, herald)
        caller = furnished.open_account("owner@example.com")
        return cls(engine, furnished, caller, machine, {"herald": herald, SENDER: sender})

    def end_job(self, webhook_url: str, *urls: str) -> str:
        """Submit a tool's job and work it off at once; its id."""
        order = JobOrder(
            JobKind.TOOL,
            self.caller.account_id,
            urls or ("http://good/",),
            "{}",
            Pace(5),
            tool="web-scraper",
            webhook_url=webhook_url,
        )
        job_id = self.furnished.house.job_engine.submit(order)
        worker = self.furnished.house.job_engine.worker({JobKind.TOOL: self.runner})
        errands = [ErrandRef(PartRef(job_id, 0), number) for number in range(len(order.urls))]
        asyncio.run(worker(errands, time_left_ms=60_000, memory_mb=1024))
        return job_id

    def dispatch(self, job_id: str) -> Dispatch:
        """How far the webhook of a job is."""
        find = self.furnished.house.post_office.dispatches.find
        return find(self.caller.account_id, delivery_id(job_id))

    def executions(self) -> list[dict[str, Any]]:
        """Those of the state machine, the newest first."""
        client = self.furnished.session.client("stepfunctions")
        found: list[Any] = client.list_executions(stateMachineArn=self.machine)["executions"]
        return found

    def history(self, execution: str) -> list[str]:
        """The names of the states that an execution went through."""
        client = self.furnished.session.client("stepfunctions")
        events = client.get_execution_history(executionArn=execution, maxResults=1000)["events"]
        return [
            event["stateEnteredEventDetails"]["name"]
            for event in events
            if "stateEnteredEventDetails" in event
        ]

    def kill_busy(self, function: str) -> bool:
        """SIGKILL a process that is at work; False if there is none."""
        pool = self.engine.pool._pools.get(self.functions[function])
        busy = list(pool._busy) if pool else []
        for worker in busy:
            os.kill(worker.pid, signal.SIGKILL)
        return bool(busy)


def _function(engine: FunctionEngine, furnished: Furnished, folder: str) -> str:
    return engine.function(
        furnished.session,
        folder,
        handler=f"{folder}.handler.handler",
        code_directory=FUNCTIONS,
        environment=furnished.environment,
        timeout_s=40,
    )


def _machine(furnished: Furnished, sender: str) -> str:
    definition = json.dumps(yaml.safe_load(DEFINITION.read_text()))
    made = furnished.session.client("stepfunctions").create_state_machine(
        name=DELIVERY,
        definition=definition.replace("${WebhookSender}", sender),
        roleArn="arn:aws:iam::123456789012:role/any",
    )
    return str(made["stateMachineArn"])


def _connect(furnished: Furnished, herald: str) -> None:
    """As the template declares it, filter and all."""
    template = read_template(TEMPLATE.read_bytes(), TEMPLATE)
    declared = template["Resources"]["Herald"]["Properties"]["Events"]["Changes"]["Properties"]
    described: Any = furnished.session.client("dynamodb").describe_table(TableName=JOBS_TABLE)
    furnished.session.client("lambda").create_event_source_mapping(
        EventSourceArn=described["Table"]["LatestStreamArn"],
        FunctionName=herald,
        StartingPosition=declared["StartingPosition"],
        BatchSize=declared["BatchSize"],
        FilterCriteria=declared["FilterCriteria"],
    )
