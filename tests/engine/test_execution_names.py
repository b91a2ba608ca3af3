"""A name starts one execution: what makes a webhook's retries happen once."""

import pytest

from tests.engine.account import Account
from tests.engine.answers import CROWD, OK, code_of, crowd
from tests.engine.state_machine import StateMachine

TAKEN = "ExecutionAlreadyExists"


@pytest.fixture
def machine(account: Account) -> StateMachine:
    states = {"Wait": {"Type": "Wait", "SecondsPath": "$.wait_s", "End": True}}
    return StateMachine(account.client("stepfunctions"), account.role, states)


def test_of_a_crowd_starting_the_same_name_one_succeeds(machine: StateMachine) -> None:
    answers = crowd(lambda _: machine.start(name="delivery", wait_s=1))

    # AWS gives the ARN of the running execution to all who send the same input.
    assert sorted(answers) == [TAKEN] * (CROWD - 1) + [OK]


def test_the_name_of_a_running_execution_is_taken(machine: StateMachine) -> None:
    machine.start(name="delivery", wait_s=5)

    # AWS answers this one with the ARN of the running execution: treat both as started.
    assert code_of(lambda: machine.start(name="delivery", wait_s=5)) == TAKEN
    assert code_of(lambda: machine.start(name="delivery", wait_s=6)) == TAKEN


def test_the_name_of_an_ended_execution_stays_taken(machine: StateMachine) -> None:
    machine.end_of(machine.start(name="delivery", wait_s=0))

    assert code_of(lambda: machine.start(name="delivery", wait_s=0)) == TAKEN


def test_another_name_is_another_execution(machine: StateMachine) -> None:
    first, second = (machine.start(name=name, wait_s=0) for name in ("one", "two"))

    assert first.endswith(":probe:one")
    assert second.endswith(":probe:two")


def test_a_name_with_spaces_is_accepted(machine: StateMachine) -> None:
    """AWS refuses it with InvalidName: delivery ids keep to letters, digits, - and _."""
    assert code_of(lambda: machine.start(name="two words", wait_s=0)) == OK
