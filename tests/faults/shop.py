"""The product under test: started on an unreliable cloud, operated past its faults."""

import contextlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from boto3.dynamodb.types import TypeDeserializer
from botocore.config import Config

from tests.journeys.product import Product
from webferry_local.engine.session import EngineSession
from webferry_local.launcher.settings import PROJECT

COMES_AGAIN_S = 20
WORKERS = ("PageWorker", "ScrapeApi", "Clockwork", "DeadLetters")


def patched_copy(
    directory: Path,
    *,
    page_worker: Mapping[str, str] | None = None,
    before: Mapping[str, str] | None = None,
) -> Path:
    """The product with another template; the folder of its workshop.

    What is to be changed stands after the page worker's handler, or `before` it.
    """
    for part in ("functions", "shared", "local", "layers"):
        shutil.copytree(PROJECT / part, directory / part)
    template = (PROJECT / "template.yaml").read_text()
    head, worker, tail = template.partition("Handler: page_worker.handler.handler")
    for old, new in (before or {}).items():
        assert old in head
        head = head.replace(old, new, 1)
    for old, new in (page_worker or {}).items():
        assert old in tail
        tail = tail.replace(old, new, 1)
    (directory / "template.yaml").write_text(head + worker + tail)
    return directory / "local"


def hurried_copy(directory: Path, *, lease_s: int) -> Path:
    """Letters come again soon, and a lease (the worker's own time and ten seconds) is that long."""
    return patched_copy(
        directory,
        before={"VisibilityTimeout: 810": f"VisibilityTimeout: {COMES_AGAIN_S}"},
        page_worker={"Timeout: 135": f"Timeout: {lease_s - 10}"},
    )


@dataclass
class Shop(Product):
    """What the harness does to a product, and how it looks into its books."""

    faults: Path = field(default_factory=lambda: Path(os.devnull))
    _clients: dict[str, Any] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "WEBFERRY_TEST_FAULTS": str(self.faults)}

    @property
    def own_command(self) -> list[str]:
        return [sys.executable, "-m", "tests.faults.unreliable"]

    def trouble(self, rate: float, *down: str) -> None:
        """How unreliable the cloud is from now on."""
        fresh = self.faults.with_suffix(".new")
        fresh.write_text(json.dumps({"rate": rate, "down": down}))
        fresh.replace(self.faults)

    def cloud(self, service: str) -> Any:
        """A client whose calls never fail."""
        if service not in self._clients:
            self._clients[service] = self._client(service)
        return self._clients[service]

    def _client(self, service: str) -> Any:
        config = Config(user_agent_extra="harness", retries={"total_max_attempts": 2})
        identity = json.loads((self.data / "identity.json").read_text())
        endpoint = f"http://127.0.0.1:{self.engine_port}"
        session = EngineSession(endpoint, identity["accessKey"])
        return session.client(service, config=config)

    @cached_property
    def names(self) -> dict[str, str]:
        """Physical names, by logical ones."""
        found = self.cloud("cloudformation").describe_stack_resources(StackName="webferry")
        return {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"]
            for resource in found["StackResources"]
        }

    def worker_pids(self, *functions: str) -> list[int]:
        """Processes of these functions, or of all that a fault may hit."""
        return list(self._workers(functions or WORKERS))

    def _workers(self, functions: tuple[str, ...]) -> Iterator[int]:
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                told = (process / "environ").read_bytes().split(b"\0")
                if f"TMPDIR={self.data}/tmp".encode() not in told:
                    continue
                name = next(v for v in told if v.startswith(b"AWS_LAMBDA_FUNCTION_NAME="))
                if any(function in name.decode() for function in functions):
                    yield int(process.name)

    def kill_worker(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def send(self, bodies: list[str], *, delay_s: int = 0, queue: str = "PageTasks") -> None:
        """Put letters into a queue, as they are."""
        entries = [
            {"Id": str(n), "MessageBody": body, "DelaySeconds": delay_s}
            for n, body in enumerate(bodies)
        ]
        self.cloud("sqs").send_message_batch(QueueUrl=self.names[queue], Entries=entries)

    def items(self, table: str) -> Iterator[dict[str, Any]]:
        """Every item of a table, in plain values."""
        plain = TypeDeserializer()
        pages = self.cloud("dynamodb").get_paginator("scan").paginate(TableName=self.names[table])
        for page in pages:
            for item in page["Items"]:
                yield {name: plain.deserialize(value) for name, value in item.items()}

    def wind_clock(self) -> None:
        """What the schedule does once a minute."""
        self.cloud("lambda").invoke(FunctionName=self.names["Clockwork"], Payload=b"{}")
