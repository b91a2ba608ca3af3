"""A state machine, its executions, and the moments of their histories."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.engine.waiting import wait_until

PATIENCE_S = 20
States = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Execution:
    """One that has ended."""

    status: str
    output: Any
    events: list[dict[str, Any]]

    def moments_s(self, event_type: str) -> list[float]:
        return [
            event["timestamp"].timestamp() for event in self.events if event["type"] == event_type
        ]

    def gaps_s(self, event_type: str) -> list[float]:
        moments = self.moments_s(event_type)
        return [after - before for before, after in pairwise(moments)]


class StateMachine:
    """Starts at the first of its states."""

    def __init__(self, client: Any, role: str, states: States, **settings: Any) -> None:
        self._client = client
        definition = {"StartAt": next(iter(states)), "States": states, **settings}
        self.arn = client.create_state_machine(
            name="probe", definition=json.dumps(definition), roleArn=role
        )["stateMachineArn"]

    def start(self, name: str | None = None, **given: Any) -> str:
        named = {"name": name} if name else {}
        answer = self._client.start_execution(
            stateMachineArn=self.arn, input=json.dumps(given), **named
        )
        return str(answer["executionArn"])

    def end_of(self, execution_arn: str) -> Execution:
        def ended() -> dict[str, Any] | None:
            answer: dict[str, Any] = self._client.describe_execution(executionArn=execution_arn)
            return answer if answer["status"] != "RUNNING" else None

        answer = wait_until(ended, PATIENCE_S)
        assert answer is not None
        events = self._client.get_execution_history(executionArn=execution_arn, maxResults=1000)
        return Execution(
            answer["status"], json.loads(answer.get("output", "null")), events["events"]
        )

    def run(self, **given: Any) -> Execution:
        return self.end_of(self.start(**given))
