"""Executions of the state machine that drives a webhook's retries."""

import json
from collections.abc import Callable
from typing import Any, Protocol

from botocore.exceptions import ClientError

from webferry.adapters.aws_errors import translated
from webferry.domain.dispatches import Dispatch


class StepFunctionsClient(Protocol):
    """The part of the Step Functions client that we use."""

    def start_execution(self, **request: object) -> dict[str, Any]:
        """The API's own call."""


class StepFunctionsDrivers:
    """A name is taken for good: however often it is started, there is one execution of it."""

    def __init__(self, client: Callable[[], StepFunctionsClient], machine: str) -> None:
        self._client = client
        self._machine = machine

    def start(self, dispatch: Dispatch, *, wait_s: int) -> None:
        """Raises: Unavailable."""
        begin = {
            "delivery": dispatch.delivery.id,
            "attempt": dispatch.next_number,
            "wait": wait_s,
            "state": str(dispatch.state),
        }
        with translated():
            try:
                self._client().start_execution(
                    stateMachineArn=self._machine,
                    name=dispatch.execution,
                    input=json.dumps(begin),
                )
            except ClientError as error:
                if error.response["Error"]["Code"] != "ExecutionAlreadyExists":
                    raise
