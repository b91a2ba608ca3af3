"""Queries: pages of a megabyte, a cursor through a table and through an index."""

from collections.abc import Iterator
from typing import Any

from tests.engine.account import Account
from tests.engine.answers import code_of

ITEMS = 24
BODY = "a" * 100_000
BY_COLOUR = {
    "IndexName": "by_colour",
    "KeySchema": [
        {"AttributeName": "colour", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ],
    "Projection": {"ProjectionType": "KEYS_ONLY"},
}


def test_a_page_ends_at_a_megabyte_and_says_where_to_go_on(account: Account) -> None:
    table = a_table_of_two_megabytes(account)

    pages = list(pages_of(account, table, **in_partition("one")))

    assert [len(page) for page in pages] == [10, 10, 4]
    assert [item["sk"]["S"] for page in pages for item in page] == sort_keys()


def test_an_index_is_read_page_by_page_in_order(account: Account) -> None:
    table = a_table_of_two_megabytes(account)

    pages = list(pages_of(account, table, **in_index("red"), Limit=7))

    assert [len(page) for page in pages] == [7, 7, 7, 3]
    assert [item["sk"]["S"] for page in pages for item in page] == sort_keys()


def test_a_query_can_run_backwards_with_a_limit(account: Account) -> None:
    table = a_table_of_two_megabytes(account)

    newest = account.client("dynamodb").query(
        TableName=table, ScanIndexForward=False, Limit=2, **in_partition("one")
    )

    assert [item["sk"]["S"] for item in newest["Items"]] == ["23", "22"]
    assert newest["LastEvaluatedKey"] == {"pk": {"S": "one"}, "sk": {"S": "22"}}


def test_an_index_cannot_be_read_consistently(account: Account) -> None:
    table = a_table_of_two_megabytes(account)

    answer = code_of(
        lambda: account.client("dynamodb").query(
            TableName=table, ConsistentRead=True, **in_index("red")
        )
    )

    assert answer == "ValidationException"


def test_a_filter_on_a_key_attribute_is_accepted(account: Account) -> None:
    """AWS refuses it with a ValidationException: never write such a filter."""
    table = a_table_of_two_megabytes(account)

    answer = account.client("dynamodb").query(
        TableName=table, FilterExpression="pk <> :pk", **in_partition("one")
    )

    assert answer["Count"] == 0


def a_table_of_two_megabytes(account: Account) -> str:
    table = account.table(
        sort_key="sk",
        AttributeDefinitions=[{"AttributeName": "colour", "AttributeType": "S"}],
        GlobalSecondaryIndexes=[BY_COLOUR],
    )
    for sort_key in sort_keys():
        account.client("dynamodb").put_item(
            TableName=table,
            Item={
                "pk": {"S": "one"},
                "sk": {"S": sort_key},
                "colour": {"S": "red"},
                "body": {"S": BODY},
            },
        )
    return table


def sort_keys() -> list[str]:
    return [f"{number:02}" for number in range(ITEMS)]


def in_partition(name: str) -> dict[str, Any]:
    return {
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": name}},
    }


def in_index(colour: str) -> dict[str, Any]:
    return {
        "IndexName": "by_colour",
        "KeyConditionExpression": "colour = :colour",
        "ExpressionAttributeValues": {":colour": {"S": colour}},
    }


def pages_of(account: Account, table: str, **query: Any) -> Iterator[list[dict[str, Any]]]:
    answer = account.client("dynamodb").query(TableName=table, **query)
    yield answer["Items"]
    while "LastEvaluatedKey" in answer:
        answer = account.client("dynamodb").query(
            TableName=table, ExclusiveStartKey=answer["LastEvaluatedKey"], **query
        )
        yield answer["Items"]
