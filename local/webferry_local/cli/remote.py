"""Which Webferry a command talks to: the one running here, or a stack in the user's AWS account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from webferry_local.engine.session import EngineSession
from webferry_local.launcher.data_directory import DataDirectory, NotRunning
from webferry_local.launcher.settings import LocalSettings
from webferry_local.launcher.stack import STACK_NAME


class CommandFailed(Exception):
    """The command could not be carried out; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A deployed stack and the way to its services."""

    session: boto3.Session
    stack_name: str
    outputs: Mapping[str, str]

    @property
    def is_local(self) -> bool:
        return isinstance(self.session, EngineSession)

    def client(self, service: str) -> Any:
        return self.session.client(service)  # type: ignore[call-overload]

    def resources(self, kind: str) -> dict[str, str]:
        """Logical to physical names of the stack's resources of one type."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources")
        return {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"]
            for page in pages.paginate(StackName=self.stack_name)
            for resource in page["StackResourceSummaries"]
            if resource["ResourceType"] == kind
        }


def connect(stack_name: str | None) -> Remote:
    """Raises: CommandFailed."""
    return _local() if stack_name is None else _in_aws(stack_name)


def _local() -> Remote:
    settings = LocalSettings.from_env()
    try:
        data = DataDirectory.visit(settings.data_directory)
        running = data.read_running()
    except NotRunning as error:
        raise CommandFailed(
            f"no Webferry runs on {settings.data_directory}: start it with `make up`, "
            "or name its data directory with WEBFERRY_DATA"
        ) from error
    endpoint = f"http://127.0.0.1:{running['enginePort']}"
    return Remote(EngineSession(endpoint, data.access_key), STACK_NAME, running["outputs"])


def _in_aws(stack_name: str) -> Remote:
    session = boto3.Session()
    stacks = session.client("cloudformation").describe_stacks(StackName=stack_name)["Stacks"]
    outputs = {out["OutputKey"]: out["OutputValue"] for out in stacks[0].get("Outputs", [])}
    return Remote(session, stack_name, outputs)
