"""A fresh account on the engine, and the few things nearly every probe builds in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import boto3
from botocore.config import Config

PROBES = Path(__file__).parent / "probes"
CLIENT_CONFIG = Config(
    max_pool_connections=64,
    inject_host_prefix=False,
    retries={"mode": "standard", "total_max_attempts": 1},
)
# The older signature, boto3's choice for presigned addresses, never expires on the engine.
S3_CONFIG = CLIENT_CONFIG.merge(Config(signature_version="s3v4"))


class Engine(Protocol):
    """All that these tests ask of the `engine` fixture."""

    endpoint: str

    def session(self) -> boto3.Session: ...

    def function(
        self,
        session: boto3.Session,
        name: str,
        *,
        handler: str,
        code_directory: Path,
        environment: Mapping[str, str],
        timeout_s: int,
    ) -> str: ...


@dataclass(frozen=True)
class Queue:
    """A queue by both its names."""

    url: str
    arn: str


class Account:
    """Nobody else's tables, queues and functions are in here."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.session = engine.session()
        self._clients: dict[str, Any] = {}

    @cached_property
    def number(self) -> str:
        credentials = self.session.get_credentials()
        assert credentials is not None
        return str(credentials.access_key)

    @property
    def role(self) -> str:
        return f"arn:aws:iam::{self.number}:role/probe"

    def client(self, service: str) -> Any:
        if service not in self._clients:
            make: Any = self.session.client
            config = S3_CONFIG if service == "s3" else CLIENT_CONFIG
            self._clients[service] = make(service, config=config)
        return self._clients[service]

    def table(self, name: str = "things", *, sort_key: str | None = None, **more: Any) -> str:
        keys = {"pk": "HASH"} | ({sort_key: "RANGE"} if sort_key else {})
        attributes = more.pop("AttributeDefinitions", [])
        self.client("dynamodb").create_table(
            TableName=name,
            KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in keys.items()],
            AttributeDefinitions=[
                *({"AttributeName": key, "AttributeType": "S"} for key in keys),
                *attributes,
            ],
            BillingMode="PAY_PER_REQUEST",
            **more,
        )
        return name

    def queue(self, name: str = "letters", **attributes: str) -> Queue:
        sqs = self.client("sqs")
        url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return Queue(url, answer["Attributes"]["QueueArn"])

    def queue_before(self, dead_letters: Queue, *, receives: int, **attributes: str) -> Queue:
        policy = {"deadLetterTargetArn": dead_letters.arn, "maxReceiveCount": receives}
        return self.queue("work", RedrivePolicy=json.dumps(policy), **attributes)

    def take(self, queue: Queue, *, wait_s: int = 0, **more: Any) -> list[dict[str, Any]]:
        """Receive up to ten messages; they stay in flight."""
        answer = self.client("sqs").receive_message(
            QueueUrl=queue.url,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=wait_s,
            MessageSystemAttributeNames=["All"],
            **more,
        )
        return list(answer.get("Messages", []))

    def function(
        self, probe: str, *, timeout_s: int = 20, name: str | None = None, **environment: str
    ) -> str:
        """Make tests/engine/probes/<probe>.py a function and return its ARN."""
        return self.engine.function(
            self.session,
            name or probe.replace("_", "-"),
            handler=f"{probe}.handler",
            code_directory=PROBES,
            environment=environment,
            timeout_s=timeout_s,
        )
