"""Changes of a table that drive a function: filtered, in order, and again when it raised."""

import json
from typing import Any

from tests.engine.account import Account
from tests.engine.collecting import collect

PATIENCE_S = 20
STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
NEW_DELIVERIES = {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"kind": {"S": ["delivery"]}}}}


def test_a_filter_lets_only_matching_changes_through(account: Account) -> None:
    table, records = account.table(StreamSpecification=STREAM), account.queue("records")
    function = account.function("record", RECORD_QUEUE_URL=records.url)
    connect(account, table, function, filters=[NEW_DELIVERIES])
    for key, kind in (("d1", "delivery"), ("j1", "job"), ("d1", "delivery"), ("d2", "delivery")):
        put(account, table, key, kind=kind, colour="red")
    account.client("dynamodb").delete_item(TableName=table, Key={"pk": {"S": "d1"}})
    put(account, table, "last", kind="delivery")

    seen = changes(account, records, until="last")

    assert [change["dynamodb"]["Keys"]["pk"]["S"] for change in seen] == ["d1", "d2", "last"]
    assert {change["eventName"] for change in seen} == {"INSERT"}


def test_a_change_shows_the_item_before_and_after(account: Account) -> None:
    table, records = account.table(StreamSpecification=STREAM), account.queue("records")
    put(account, table, "one", colour="red")
    put(account, table, "one", colour="blue")
    account.client("dynamodb").delete_item(TableName=table, Key={"pk": {"S": "one"}})
    put(account, table, "last")
    connect(account, table, account.function("record", RECORD_QUEUE_URL=records.url))

    seen = changes(account, records, until="last")

    assert [
        (change["eventName"], colour(change, "OldImage"), colour(change, "NewImage"))
        for change in seen
    ] == [
        ("INSERT", None, "red"),
        ("MODIFY", "red", "blue"),
        ("REMOVE", "blue", None),
        ("INSERT", None, None),
    ]


def test_changes_wait_in_order_for_a_function_that_raised(account: Account) -> None:
    table, records = account.table(StreamSpecification=STREAM), account.queue("records")
    stumbles = account.table("stumbles")
    for number in range(4):
        put(account, table, str(number))
    function = account.function("stumble", RECORD_QUEUE_URL=records.url, STUMBLES_TABLE=stumbles)
    connect(account, table, function, BatchSize=2)

    seen = changes(account, records, until="3")

    assert [change["dynamodb"]["Keys"]["pk"]["S"] for change in seen] == ["0", "1", "2", "3"]


def test_a_write_that_changes_nothing_is_not_a_change(account: Account) -> None:
    table, records = account.table(StreamSpecification=STREAM), account.queue("records")
    for key in ("one", "one", "last"):
        put(account, table, key)
    connect(account, table, account.function("record", RECORD_QUEUE_URL=records.url))

    assert len(changes(account, records, until="last")) == 2


def put(account: Account, table: str, key: str, **attributes: str) -> None:
    item = {name: {"S": value} for name, value in {"pk": key, **attributes}.items()}
    account.client("dynamodb").put_item(TableName=table, Item=item)


def connect(
    account: Account,
    table: str,
    function_arn: str,
    filters: list[dict[str, Any]] | None = None,
    **mapping: Any,
) -> None:
    described = account.client("dynamodb").describe_table(TableName=table)["Table"]
    if filters:
        patterns = [{"Pattern": json.dumps(pattern)} for pattern in filters]
        mapping["FilterCriteria"] = {"Filters": patterns}
    account.client("lambda").create_event_source_mapping(
        EventSourceArn=described["LatestStreamArn"],
        FunctionName=function_arn,
        StartingPosition="TRIM_HORIZON",
        **mapping,
    )


def changes(account: Account, records: Any, *, until: str) -> list[dict[str, Any]]:
    """Everything the function was given, up to the change of that key."""
    seen: list[dict[str, Any]] = []
    while not seen or seen[-1]["dynamodb"]["Keys"]["pk"]["S"] != until:
        for event in collect(account, records, 1, seconds=PATIENCE_S):
            seen.extend(event["Records"])
    return seen


def colour(change: dict[str, Any], image: str) -> str | None:
    found: str | None = change["dynamodb"].get(image, {}).get("colour", {}).get("S")
    return found
