"""Brings a CloudFormation stack up on the engine, or says in one sentence why it cannot."""

import hashlib
import json
import time
from collections.abc import Mapping
from typing import Any

from webferry_local.floor_plan.cloud import Cloud
from webferry_local.floor_plan.deployment import Template
from webferry_local.floor_plan.errors import DeployFailed, EngineRefused

_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
_INLINE_LIMIT_BYTES = 51_200
_WAIT_S = 120.0
_POLL_S = 0.02

_UP = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"}
# A stack that was never up holds no data, so it may be thrown away; any other is left alone.
_NEVER_UP = {
    "CREATE_FAILED",
    "CREATE_IN_PROGRESS",
    "REVIEW_IN_PROGRESS",
    "ROLLBACK_COMPLETE",
    "ROLLBACK_FAILED",
    "ROLLBACK_IN_PROGRESS",
}


class Stack:
    def __init__(self, cloud: Cloud, name: str) -> None:
        self._cloud = cloud
        self.name = name

    def bring_up(self, template: Template, parameters: Mapping[str, str]) -> None:
        """Create the stack or update it in place, and wait until that is done."""
        request: dict[str, Any] = {
            "StackName": self.name,
            "Capabilities": _CAPABILITIES,
            "Parameters": [
                {"ParameterKey": name, "ParameterValue": value}
                for name, value in parameters.items()
            ],
            **self._template_argument(template),
        }
        if self._recovered_status() is None:
            self._cloud.call("cloudformation", "create_stack", **request)
            self._settle("CREATE_COMPLETE")
        elif self._update(request):
            self._settle("UPDATE_COMPLETE")

    def outputs(self) -> dict[str, str]:
        described = self._describe() or {}
        return {
            output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])
        }

    def physical_ids(self) -> dict[str, str]:
        """What the engine calls each resource, by logical id."""
        found: dict[str, str] = {}
        request = {"StackName": self.name}
        while True:
            page = self._cloud.call("cloudformation", "list_stack_resources", **request)
            for summary in page["StackResourceSummaries"]:
                found[summary["LogicalResourceId"]] = summary.get("PhysicalResourceId", "")
            if "NextToken" not in page:
                return found
            request["NextToken"] = page["NextToken"]

    def _recovered_status(self) -> str | None:
        """The status of a stack that can be updated; None when it has to be created."""
        status = self._status()
        if status in _NEVER_UP:
            self._cloud.call("cloudformation", "delete_stack", StackName=self.name)
            self._settle("DELETE_COMPLETE")
            return None
        if status == "UPDATE_ROLLBACK_FAILED":
            self._cloud.call("cloudformation", "continue_update_rollback", StackName=self.name)
            self._settle("UPDATE_ROLLBACK_COMPLETE")
            return "UPDATE_ROLLBACK_COMPLETE"
        if status is not None and status not in _UP:
            raise DeployFailed(
                f"the stack {self.name} is in state {status}, left by an interrupted start; "
                "its data is kept. Start with another data directory, or remove this one"
            )
        return status

    def _update(self, request: Mapping[str, Any]) -> bool:
        try:
            self._cloud.call("cloudformation", "update_stack", **request)
        except EngineRefused as refusal:
            if "No updates are to be performed" in refusal.message:
                return False
            raise
        return True

    def _settle(self, wanted: str) -> None:
        deadline = time.monotonic() + _WAIT_S
        status = self._status()
        while status is not None and status.endswith("_IN_PROGRESS"):
            if time.monotonic() > deadline:
                raise DeployFailed(f"the stack {self.name} is still {status} after {_WAIT_S:.0f} s")
            time.sleep(_POLL_S)
            status = self._status()
        if (status or "DELETE_COMPLETE") != wanted:
            raise DeployFailed(f"the stack {self.name} ended in {status}: {self._reason()}")

    def _status(self) -> str | None:
        described = self._describe()
        status = described["StackStatus"] if described else None
        return None if status == "DELETE_COMPLETE" else status

    def _describe(self) -> Template | None:
        try:
            answer = self._cloud.call("cloudformation", "describe_stacks", StackName=self.name)
        except EngineRefused as refusal:
            if "does not exist" in refusal.message:
                return None
            raise
        described: Template = answer["Stacks"][0]
        return described

    def _reason(self) -> str:
        """What failed in the last operation, first failure first."""
        answer = self._cloud.call("cloudformation", "describe_stack_events", StackName=self.name)
        failures: list[str] = []
        for event in answer["StackEvents"]:  # newest first
            if event["ResourceStatus"].endswith("_FAILED"):
                reason = event.get("ResourceStatusReason", "no reason given")
                failures.append(f"{event['LogicalResourceId']}: {reason}")
            if event.get("ResourceStatusReason") == "User Initiated":
                break
        return "; ".join(reversed(failures)) or "the engine gives no reason"

    def _template_argument(self, template: Template) -> dict[str, str]:
        body = json.dumps(template, separators=(",", ":"))
        if len(body.encode()) <= _INLINE_LIMIT_BYTES:
            return {"TemplateBody": body}
        bucket = f"floor-plan-{self._cloud.account}"
        key = hashlib.sha256(body.encode()).hexdigest()[:32]
        if self._cloud.ask("s3", "head_bucket", Bucket=bucket) is None:
            self._cloud.call("s3", "create_bucket", Bucket=bucket)
        self._cloud.call("s3", "put_object", Bucket=bucket, Key=key, Body=body.encode())
        return {"TemplateURL": f"{self._cloud.endpoint}/{bucket}/{key}"}
