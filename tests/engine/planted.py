"""What takes the engine a minute to do: planted when the tests begin, looked at when they end."""

import json
import time
from dataclasses import dataclass

from tests.engine.account import Account, Queue

AT = "%Y-%m-%dT%H:%M:%S"
STREAM = {"StreamEnabled": True, "StreamViewType": "OLD_IMAGE"}


@dataclass(frozen=True)
class Planted:
    """One account with expiring items and running clocks in it."""

    account: Account
    table: str
    expired: tuple[str, ...]
    kept: tuple[str, ...]
    rule_events: Queue
    schedule_events: Queue
    one_off_events: Queue


def plant(account: Account) -> Planted:
    now = int(time.time())
    table = account.table("expiring", StreamSpecification=STREAM)
    dynamodb = account.client("dynamodb")
    dynamodb.update_time_to_live(
        TableName=table,
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires_at"},
    )
    numbers = {"past": now - 10, "soon": now + 2, "later": now + 3600}
    for key, expires_at in numbers.items():
        item = {"pk": {"S": key}, "expires_at": {"N": str(expires_at)}}
        dynamodb.put_item(TableName=table, Item=item)
    dynamodb.put_item(TableName=table, Item={"pk": {"S": "never"}})
    return Planted(
        account,
        table,
        expired=("past", "soon"),
        kept=("later", "never"),
        rule_events=every_minute_by_rule(account),
        schedule_events=by_schedule(account, "every-minute", "rate(1 minute)"),
        one_off_events=by_schedule(
            account, "once", f"at({time.strftime(AT, time.gmtime(now + 1))})"
        ),
    )


def every_minute_by_rule(account: Account) -> Queue:
    queue = account.queue("from-rule")
    function = recorder(account, queue)
    events = account.client("events")
    events.put_rule(Name="every-minute", ScheduleExpression="rate(1 minute)")
    events.put_targets(Rule="every-minute", Targets=[{"Id": "record", "Arn": function}])
    return queue


def by_schedule(account: Account, name: str, expression: str) -> Queue:
    queue = account.queue(f"from-{name}")
    target = {
        "Arn": recorder(account, queue),
        "RoleArn": account.role,
        "Input": json.dumps({"from": name}),
    }
    account.client("scheduler").create_schedule(
        Name=name,
        ScheduleExpression=expression,
        FlexibleTimeWindow={"Mode": "OFF"},
        ActionAfterCompletion="DELETE",
        Target=target,
    )
    return queue


def recorder(account: Account, queue: Queue) -> str:
    name = f"record-{queue.url.rsplit('/', 1)[-1]}"
    return account.function("record", name=name, RECORD_QUEUE_URL=queue.url)
