"""An exception of a function reaches the state machine under its own name."""

from typing import Any

import pytest

from tests.engine.account import Account
from tests.engine.state_machine import StateMachine

RIGHT = {"Type": "Pass", "Result": "by its name", "End": True}
WRONG = {"Type": "Pass", "Result": "by a catch-all", "End": True}
CATCH = [
    {"ErrorEquals": ["PageMoved"], "Next": "Right"},
    {"ErrorEquals": ["States.ALL"], "Next": "Wrong"},
]


@pytest.mark.parametrize("form", ["direct", "integrated"])
def test_an_exception_is_caught_by_its_class_name(account: Account, form: str) -> None:
    machine = machine_around(account, call(account, form), Catch=CATCH)

    assert machine.run().output == "by its name"


def test_an_exception_is_retried_by_its_class_name(account: Account) -> None:
    retry = {"ErrorEquals": ["PageMoved"], "IntervalSeconds": 1, "BackoffRate": 1, "MaxAttempts": 1}
    machine = machine_around(account, call(account, "integrated"), Retry=[retry], Catch=CATCH)

    end = machine.run()

    (gap_s,) = end.gaps_s("TaskFailed")
    assert 0.99 <= gap_s < 3
    assert end.output == "by its name"


def machine_around(account: Account, task: dict[str, Any], **handling: Any) -> StateMachine:
    states = {"Call": task | handling, "Right": RIGHT, "Wrong": WRONG}
    return StateMachine(account.client("stepfunctions"), account.role, states)


def call(account: Account, form: str) -> dict[str, Any]:
    function = account.function("refuse")
    if form == "direct":
        return {"Type": "Task", "Resource": function, "End": True}
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": function, "Payload.$": "$"},
        "End": True,
    }
