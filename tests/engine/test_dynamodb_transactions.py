"""Transactions: why one was refused, that nothing of it stays, and that it is applied once."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.engine.account import Account
from tests.engine.answers import OK, code_of


def test_a_cancelled_transaction_gives_a_reason_for_each_item(account: Account) -> None:
    table, _ = a_table_holding_one(account)

    error = cancelled_transaction(account, table)

    nothing, refused = error["CancellationReasons"]
    assert nothing == {"Code": "None"}
    assert refused["Code"] == "ConditionalCheckFailed"
    assert refused["Item"] == {"pk": {"S": "one"}, "colour": {"S": "red"}}


def test_a_cancelled_transaction_leaves_nothing_behind(account: Account) -> None:
    table, dynamodb = a_table_holding_one(account)

    cancelled_transaction(account, table)

    assert dynamodb.scan(TableName=table)["Items"] == [{"pk": {"S": "one"}, "colour": {"S": "red"}}]


def test_a_replayed_request_token_is_applied_once(account: Account) -> None:
    table, _ = a_table_holding_one(account)

    answers = [code_of(lambda: add_with_token(account, table, amount=1)) for _ in range(3)]

    assert answers == [OK, OK, OK]
    assert counter_in(account, table) == 1


def test_a_request_token_with_another_payload_is_refused(account: Account) -> None:
    table, _ = a_table_holding_one(account)
    add_with_token(account, table, amount=1)

    answer = code_of(lambda: add_with_token(account, table, amount=2))

    assert answer == "IdempotentParameterMismatchException"
    assert counter_in(account, table) == 1


def test_a_transaction_naming_one_item_twice_is_refused(account: Account) -> None:
    table, dynamodb = a_table_holding_one(account)
    put = {"Put": {"TableName": table, "Item": {"pk": {"S": "two"}}}}

    with pytest.raises(ClientError, match="multiple operations on one item"):
        dynamodb.transact_write_items(TransactItems=[put, put])


def test_a_failed_condition_can_show_the_item_it_met(account: Account) -> None:
    table, dynamodb = a_table_holding_one(account)

    with pytest.raises(ClientError) as refusal:
        dynamodb.put_item(
            TableName=table,
            Item={"pk": {"S": "one"}},
            ConditionExpression="attribute_not_exists(pk)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )

    answer: dict[str, Any] = dict(refusal.value.response)
    assert answer["Error"]["Code"] == "ConditionalCheckFailedException"
    assert answer["Item"] == {"pk": {"S": "one"}, "colour": {"S": "red"}}


def test_adding_the_same_numbers_to_a_set_again_changes_nothing(account: Account) -> None:
    table, dynamodb = a_table_holding_one(account)

    def add(*numbers: str) -> set[str]:
        answer = dynamodb.update_item(
            TableName=table,
            Key={"pk": {"S": "one"}},
            UpdateExpression="ADD pages :numbers",
            ExpressionAttributeValues={":numbers": {"NS": list(numbers)}},
            ReturnValues="UPDATED_NEW",
        )
        return set(answer["Attributes"]["pages"]["NS"])

    assert add("1", "2") == {"1", "2"}
    assert add("1", "2") == {"1", "2"}
    assert add("2", "3") == {"1", "2", "3"}
    # AWS knows 1.0 for the 1 it already has; the engine calls it a duplicate.
    assert code_of(lambda: add("1.0")) == "ValidationException"


def a_table_holding_one(account: Account) -> tuple[str, Any]:
    table, dynamodb = account.table(), account.client("dynamodb")
    dynamodb.put_item(TableName=table, Item={"pk": {"S": "one"}, "colour": {"S": "red"}})
    return table, dynamodb


def cancelled_transaction(account: Account, table: str) -> dict[str, Any]:
    """Put a second item, and the first one again although it must not exist yet."""
    again = {
        "TableName": table,
        "Item": {"pk": {"S": "one"}},
        "ConditionExpression": "attribute_not_exists(pk)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    with pytest.raises(ClientError) as cancelled:
        account.client("dynamodb").transact_write_items(
            TransactItems=[
                {"Put": {"TableName": table, "Item": {"pk": {"S": "two"}}}},
                {"Put": again},
            ]
        )
    return dict(cancelled.value.response)


def add_with_token(account: Account, table: str, *, amount: int) -> None:
    update = {
        "TableName": table,
        "Key": {"pk": {"S": "counter"}},
        "UpdateExpression": "ADD amount :amount",
        "ExpressionAttributeValues": {":amount": {"N": str(amount)}},
    }
    account.client("dynamodb").transact_write_items(
        ClientRequestToken="the-same-token", TransactItems=[{"Update": update}]
    )


def counter_in(account: Account, table: str) -> int:
    answer = account.client("dynamodb").get_item(TableName=table, Key={"pk": {"S": "counter"}})
    return int(answer["Item"]["amount"]["N"])
