"""Events on the bus: a pattern picks which of them start a function."""

import json

from tests.engine.account import Account
from tests.engine.collecting import collect

PATIENCE_S = 20


def test_a_rule_starts_its_function_for_matching_events_only(account: Account) -> None:
    records, events = account.queue("records"), account.client("events")
    function = account.function("record", RECORD_QUEUE_URL=records.url)
    events.put_rule(
        Name="finished",
        EventPattern=json.dumps({"source": ["webferry"], "detail": {"state": ["done", "failed"]}}),
    )
    events.put_targets(Rule="finished", Targets=[{"Id": "record", "Arn": function}])

    answer = events.put_events(
        Entries=[
            {
                "Source": source,
                "DetailType": "Job",
                "Detail": json.dumps({"job": job, "state": state}),
            }
            for source, job, state in (
                ("webferry", "one", "running"),
                ("elsewhere", "two", "done"),
                ("webferry", "three", "failed"),
                ("webferry", "four", "done"),
            )
        ]
    )
    seen = collect(account, records, 2, seconds=PATIENCE_S)

    assert answer["FailedEntryCount"] == 0
    assert {event["detail"]["job"] for event in seen} == {"three", "four"}
    assert {event["detail-type"] for event in seen} == {"Job"}
    assert account.take(records) == []
