"""What the engine does by itself as time goes by: expiry of items, rules and schedules."""

from tests.engine.answers import code_of
from tests.engine.collecting import collect
from tests.engine.planted import Planted
from tests.engine.waiting import wait_until

SWEEP_S = 60
TICK_S = 10
PATIENCE_S = SWEEP_S + TICK_S + 10


def test_expired_items_are_swept_and_the_others_stay(planted: Planted) -> None:
    wait_until(lambda: not keys_in(planted) & set(planted.expired), PATIENCE_S)

    assert keys_in(planted) == set(planted.kept)


def test_a_swept_item_is_no_change_in_the_stream(planted: Planted) -> None:
    """AWS sends a REMOVE record by `dynamodb.amazonaws.com`: nothing of ours may need it."""
    wait_until(lambda: not keys_in(planted) & set(planted.expired), PATIENCE_S)
    streams, table = planted.account.client("dynamodbstreams"), planted.table
    described = planted.account.client("dynamodb").describe_table(TableName=table)["Table"]
    arn = described["LatestStreamArn"]
    (shard,) = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
    )

    records = streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]

    assert {record["eventName"] for record in records} == {"INSERT"}


def test_a_rule_starts_a_function_every_minute(planted: Planted) -> None:
    event = collect(planted.account, planted.rule_events, 1, seconds=PATIENCE_S)[0]

    assert (event["source"], event["detail-type"]) == ("aws.events", "Scheduled Event")
    assert event["account"] == planted.account.number


def test_a_schedule_starts_a_function_every_minute_with_its_input(planted: Planted) -> None:
    event = collect(planted.account, planted.schedule_events, 1, seconds=PATIENCE_S)[0]

    assert event == {"from": "every-minute"}


def test_a_schedule_for_one_moment_starts_its_function_once_and_goes(planted: Planted) -> None:
    scheduler = planted.account.client("scheduler")

    events = collect(planted.account, planted.one_off_events, 1, seconds=PATIENCE_S)
    wait_until(lambda: code_of(lambda: scheduler.get_schedule(Name="once")) != "ok", PATIENCE_S)

    assert events == [{"from": "once"}]
    assert planted.account.take(planted.one_off_events) == []


def keys_in(planted: Planted) -> set[str]:
    items = planted.account.client("dynamodb").scan(TableName=planted.table)["Items"]
    return {item["pk"]["S"] for item in items}
