"""Calls the webhook sender, some deliveries at a time, without waiting for it."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from webferry.adapters.aws_errors import translated

# One dead receiver holds up no more than these; one call in flight is one sender.
CALL_DELIVERIES = 25


class LambdaClient(Protocol):
    """The part of the Lambda client that we use."""

    def invoke(self, **request: object) -> dict[str, Any]:
        """The API's own call."""


class LambdaSenders:
    """A call that is lost is made again by the clockwork."""

    def __init__(self, client: Callable[[], LambdaClient], function: str) -> None:
        self._client = client
        self._function = function

    def call(self, delivery_ids: Sequence[str]) -> None:
        """Raises: Unavailable."""
        for start in range(0, len(delivery_ids), CALL_DELIVERIES):
            some = list(delivery_ids[start : start + CALL_DELIVERIES])
            with translated():
                self._client().invoke(
                    FunctionName=self._function,
                    InvocationType="Event",
                    Payload=json.dumps({"deliveries": some}),
                )
