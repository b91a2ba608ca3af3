"""What DynamoDB refuses: reserved words, empty keys, things too large or too many."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.engine.account import Account
from tests.engine.answers import OK, code_of

INVALID = "ValidationException"
LARGEST_ITEM_BYTES = 400 * 1024


def test_a_reserved_word_needs_a_placeholder(account: Account) -> None:
    table, dynamodb = account.table(), account.client("dynamodb")

    def set_status(expression: str, **names: Any) -> None:
        dynamodb.update_item(
            TableName=table,
            Key={"pk": {"S": "one"}},
            UpdateExpression=expression,
            ExpressionAttributeValues={":new": {"S": "queued"}},
            **names,
        )

    with pytest.raises(ClientError, match="reserved keyword: status"):
        set_status("SET status = :new")
    set_status("SET #status = :new", ExpressionAttributeNames={"#status": "status"})


def test_an_unused_value_is_refused(account: Account) -> None:
    table, dynamodb = account.table(), account.client("dynamodb")

    with pytest.raises(ClientError, match="unused in expressions"):
        dynamodb.update_item(
            TableName=table,
            Key={"pk": {"S": "one"}},
            UpdateExpression="SET colour = :used",
            ExpressionAttributeValues={":used": {"S": "red"}, ":unused": {"S": "blue"}},
        )


def test_an_empty_key_is_refused_and_an_empty_value_is_not(account: Account) -> None:
    table, dynamodb = account.table(), account.client("dynamodb")

    def put(**item: str) -> str:
        values = {name: {"S": value} for name, value in item.items()}
        return code_of(lambda: dynamodb.put_item(TableName=table, Item=values))

    assert put(pk="") == INVALID
    assert put(pk="one", colour="") == OK


def test_an_item_holds_400_kilobytes_of_names_and_values_and_no_byte_more(account: Account) -> None:
    table, dynamodb = account.table(), account.client("dynamodb")
    room = LARGEST_ITEM_BYTES - len("pk" + "one" + "body")

    def put(body: str) -> str:
        item = {"pk": {"S": "one"}, "body": {"S": body}}
        return code_of(lambda: dynamodb.put_item(TableName=table, Item=item))

    assert put("a" * room) == OK
    assert put("a" * (room + 1)) == INVALID


def test_a_transaction_takes_a_hundred_items(account: Account) -> None:
    table, dynamodb = account.table(), account.client("dynamodb")

    def write(count: int) -> str:
        items = [
            {"Put": {"TableName": table, "Item": {"pk": {"S": str(number)}}}}
            for number in range(count)
        ]
        return code_of(lambda: dynamodb.transact_write_items(TransactItems=items))

    assert write(101) == INVALID
    assert write(100) == OK
    assert dynamodb.scan(TableName=table, Select="COUNT")["Count"] == 100


def test_a_transaction_takes_four_megabytes(account: Account) -> None:
    table, dynamodb = account.table(), account.client("dynamodb")
    body = {"S": "a" * 390_000}
    items = [
        {"Put": {"TableName": table, "Item": {"pk": {"S": str(number)}, "body": body}}}
        for number in range(11)
    ]

    assert code_of(lambda: dynamodb.transact_write_items(TransactItems=items)) == INVALID


def test_a_batch_takes_twenty_five_items(account: Account) -> None:
    table, dynamodb = account.table(), account.client("dynamodb")

    def write(count: int) -> str:
        puts = [{"PutRequest": {"Item": {"pk": {"S": str(number)}}}} for number in range(count)]
        return code_of(lambda: dynamodb.batch_write_item(RequestItems={table: puts}))

    assert write(26) == INVALID
    assert write(25) == OK
    assert dynamodb.scan(TableName=table, Select="COUNT")["Count"] == 25
