"""The end of every job is an event on the bus, with or without a webhook."""

import json
import re
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from tests.doors.knocking import letter
from tests.engine.waiting import wait_until
from tests.webhooks.post_office import PostOffice
from webferry.adapters.dynamodb.changes import changes_of
from webferry_local.floor_plan.template_file import read_template

PATIENCE_S = 30
DOCS = (Path(__file__).parents[2] / "docs/webhooks.md").read_text()
KINDS = ("python", "yaml")


@pytest.fixture
def bus(office: PostOffice) -> Any:
    """A queue behind a rule for everything that Webferry tells."""
    session = office.furnished.session
    queue = session.client("sqs").create_queue(QueueName="Ends")["QueueUrl"]
    arn = session.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    session.client("events").put_rule(
        Name="ends",
        EventPattern=json.dumps({"source": ["webferry"], "detail-type": ["Job Ended"]}),
    )
    session.client("events").put_targets(
        Rule="ends", Targets=[{"Id": "ends", "Arn": arn["Attributes"]["QueueArn"]}]
    )
    found: list[dict[str, Any]] = []

    def told(count: int) -> list[dict[str, Any]]:
        def take() -> bool:
            answer = session.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
            found.extend(json.loads(each["Body"]) for each in answer.get("Messages", []))
            return len(found) >= count

        wait_until(take, PATIENCE_S)
        return found

    return told


@pytest.mark.promise("event.job-ended")
def test_each_end_is_told_once_with_what_became_of_the_job(office: PostOffice, bus: Any) -> None:
    good, bad = office.end_job(""), office.end_job("", "http://fail/", "http://good/")
    order = office.furnished.house.job_engine
    job = order.read(office.caller.account_id, good)

    events = {event["detail"]["jobId"]: event for event in bus(2)}

    assert set(events) == {good, bad}
    assert {(event["source"], event["detail-type"]) for event in events.values()} == {
        ("webferry", "Job Ended")
    }
    detail = events[good]["detail"]
    assert detail == {
        "version": 1,
        "jobId": good,
        "accountId": job.account_id,
        "kind": "tool",
        "toolSlug": "web-scraper",
        "state": "succeeded",
        "tasks": 1,
        "succeeded": 1,
        "failed": 0,
        "creditsCharged": 1,
        "costUsd": detail["costUsd"],
        "createdAt": detail["createdAt"],
        "endedAt": detail["endedAt"],
    }
    assert detail["costUsd"] > 0
    assert events[bad]["detail"]["state"] == "partial"


@pytest.mark.promise("event.job-ended")
def test_the_function_of_the_docs_is_started_by_the_jobs_of_its_rule(
    office: PostOffice, tmp_path: Path
) -> None:
    code, template = (re.findall(rf"```{kind}\n(.*?)```", DOCS, re.DOTALL) for kind in KINDS)
    (tmp_path / "failure_desk.py").write_text(code[0])
    shown = "Resources:\n" + indent(template[0], "  ")
    (resource,) = read_template(shown.encode(), tmp_path)["Resources"].values()
    rule = resource["Properties"]["Events"]["Ended"]["Properties"]
    session = office.furnished.session
    function = office.engine.function(
        session,
        "failure_desk",
        handler=resource["Properties"]["Handler"],
        code_directory=tmp_path,
        environment={},
        timeout_s=10,
    )
    session.client("events").put_rule(Name="failed", EventPattern=json.dumps(rule["Pattern"]))
    target = {"Id": "desk", "Arn": function}
    session.client("events").put_targets(Rule="failed", Targets=[target])

    office.end_job("")
    bad = office.end_job("", "http://fail/")

    def printed() -> list[str]:
        try:
            lines = session.client("logs").filter_log_events(
                logGroupName="/aws/lambda/failure_desk"
            )
        except session.client("logs").exceptions.ResourceNotFoundException:
            return []
        return [line["message"] for line in lines["events"] if "job_" in line["message"]]

    (line,) = wait_until(printed, PATIENCE_S)
    assert line.strip() == f"web-scraper {bad} has failed"


def test_changes_of_the_letterbox_are_read_as_they_are_meant() -> None:
    changes = changes_of(letter("herald")["Records"])

    assert changes.deliveries == ["msg_8dK2mPq7RtVw4xYz1aBc"]
    assert [(job.id, job.used_credits) for job in changes.ended] == [
        ("job_8dK2mPq7RtVw4xYz1aBc", 1)
    ]
    assert changes.unreadable == 0


def test_a_change_that_nobody_can_read_does_not_hold_up_the_others() -> None:
    records = letter("herald")["Records"]
    broken = json.loads(json.dumps(records[0]))
    del broken["dynamodb"]["NewImage"]["state"]

    changes = changes_of([broken, {}, *records])

    assert changes.unreadable == 1
    assert len(changes.deliveries) == len(changes.ended) == 1


def test_what_does_not_end_a_job_is_no_end() -> None:
    (_, ended) = letter("herald")["Records"]
    again = json.loads(json.dumps(ended))
    again["dynamodb"]["OldImage"]["state"] = {"S": "SUCCEEDED"}
    removed = json.loads(json.dumps(ended))
    removed["dynamodb"]["OldImage"] = removed["dynamodb"].pop("NewImage")

    assert changes_of([again, removed]) == ([], [], 0)
