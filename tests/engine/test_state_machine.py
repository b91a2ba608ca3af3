"""State machines: exact waits, choices, tasks on tables and queues, errors by their names."""

from typing import Any

from tests.engine.account import Account
from tests.engine.answers import OK, code_of
from tests.engine.state_machine import StateMachine, States

WAIT_1_S: States = {"Wait": {"Type": "Wait", "Seconds": 1, "End": True}}
DONE: dict[str, Any] = {"Type": "Pass", "Result": "done", "End": True}


def test_a_wait_of_a_second_takes_a_second(account: Account) -> None:
    machine = a_machine(account, WAIT_1_S)

    ends = [machine.end_of(arn) for arn in [machine.start() for _ in range(3)]]

    waits_s = sorted(
        end.moments_s("WaitStateExited")[0] - end.moments_s("WaitStateEntered")[0] for end in ends
    )
    assert {end.status for end in ends} == {"SUCCEEDED"}
    assert waits_s[0] >= 0.999
    assert waits_s[1] <= 1.1


def test_the_first_state_is_entered_soon_after_the_start(account: Account) -> None:
    end = a_machine(account, {"Only": DONE}).run()

    entered_s = end.moments_s("PassStateEntered")[0] - end.moments_s("ExecutionStarted")[0]
    assert entered_s < 1


def test_a_choice_leads_round_a_loop_until_its_rule_holds(account: Account) -> None:
    table = account.table()
    machine = a_machine(
        account,
        {
            "Deliver": {
                **on_table("updateItem"),
                "Parameters": {
                    "TableName": table,
                    "Key": {"pk": {"S": "delivery"}},
                    "UpdateExpression": "ADD attempts :one",
                    "ExpressionAttributeValues": {":one": {"N": "1"}},
                    "ReturnValues": "ALL_NEW",
                },
                "ResultSelector": {"attempts.$": "$.Attributes.attempts.N"},
                "Next": "Enough?",
            },
            "Enough?": {
                "Type": "Choice",
                "Choices": [{"Variable": "$.attempts", "StringEquals": "3", "Next": "Done"}],
                "Default": "Deliver",
            },
            "Done": DONE,
        },
    )

    end = machine.run()

    assert end.output == "done"
    assert len(end.moments_s("TaskSucceeded")) == 3


def test_a_task_writes_and_reads_a_table(account: Account) -> None:
    table = account.table()
    key = {"pk": {"S.$": "$.id"}}
    put = {"Parameters": {"TableName": table, "Item": key}, "ResultPath": None, "Next": "Get"}
    get = {
        "Parameters": {"TableName": table, "Key": key},
        "ResultSelector": {"found.$": "$.Item.pk.S"},
        "End": True,
    }
    machine = a_machine(
        account,
        {"Put": on_table("putItem") | put, "Get": on_table("getItem") | get},
    )

    assert machine.run(id="one").output == {"found": "one"}


def test_a_failed_condition_is_caught_by_its_name(account: Account) -> None:
    table = account.table()
    put = {
        "Parameters": {
            "TableName": table,
            "Item": {"pk": {"S": "one"}},
            "ConditionExpression": "attribute_not_exists(pk)",
        },
        "Catch": [
            {
                "ErrorEquals": ["DynamoDB.ConditionalCheckFailedException"],
                "ResultPath": "$.error",
                "Next": "Seen",
            }
        ],
        "End": True,
    }
    seen = {"Type": "Pass", "Result": "seen before", "End": True}
    machine = a_machine(account, {"Put": on_table("putItem") | put, "Seen": seen})

    assert machine.run().output != "seen before"
    assert machine.run().output == "seen before"


def test_a_task_sends_a_message_with_the_name_of_its_execution(account: Account) -> None:
    queue = account.queue()
    body = {"id.$": "$.id", "execution.$": "$$.Execution.Name"}
    send = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage",
        "Parameters": {"QueueUrl": queue.url, "MessageBody": body},
        "End": True,
    }
    machine = a_machine(account, {"Send": send})

    machine.end_of(machine.start(name="delivery-7", id="one"))

    (message,) = account.take(queue)
    assert message["Body"] == '{"id": "one", "execution": "delivery-7"}'


def test_an_error_is_caught_by_the_first_catcher_that_names_it(account: Account) -> None:
    fail = {"Fail": {"Type": "Fail", "Error": "Custom.Gone", "Cause": "it went"}}
    branches = {
        "Type": "Parallel",
        "Branches": [{"StartAt": "Fail", "States": fail}],
        "Catch": [
            {"ErrorEquals": ["Custom.Other"], "Next": "Wrong"},
            {"ErrorEquals": ["Custom.Gone"], "Next": "Right"},
            {"ErrorEquals": ["States.ALL"], "Next": "Wrong"},
        ],
        "End": True,
    }
    machine = a_machine(
        account, {"Try": branches, "Right": {"Type": "Pass", "End": True}, "Wrong": DONE}
    )

    assert machine.run().output == {"Error": "Custom.Gone", "Cause": "it went"}


def test_a_running_execution_can_be_stopped(account: Account) -> None:
    machine = a_machine(account, {"Wait": {"Type": "Wait", "Seconds": 600, "End": True}})
    execution = machine.start()

    account.client("stepfunctions").stop_execution(executionArn=execution)

    assert machine.end_of(execution).status == "ABORTED"


def test_the_time_limit_of_a_machine_is_ignored(account: Account) -> None:
    """On AWS it would end as TIMED_OUT after a second."""
    machine = a_machine(
        account, {"W": {"Type": "Wait", "Seconds": 2, "End": True}}, TimeoutSeconds=1
    )

    assert machine.run().status == "SUCCEEDED"


def test_nonsense_is_accepted_as_a_machine(account: Account) -> None:
    """AWS refuses it with InvalidDefinition: the template's own tests have to look."""
    machine = StateMachine(
        account.client("stepfunctions"), account.role, {"Lost": {"Type": "Pass", "Next": "Nowhere"}}
    )

    assert machine.run().status == "FAILED"


def test_an_input_beyond_256_kilobytes_is_accepted(account: Account) -> None:
    """AWS refuses it: large things travel through S3."""
    machine = a_machine(account, {"Only": DONE})

    assert code_of(lambda: machine.start(large="a" * 262_144)) == OK


def a_machine(account: Account, states: States, **settings: Any) -> StateMachine:
    return StateMachine(account.client("stepfunctions"), account.role, states, **settings)


def on_table(action: str) -> dict[str, Any]:
    return {"Type": "Task", "Resource": f"arn:aws:states:::dynamodb:{action}"}
