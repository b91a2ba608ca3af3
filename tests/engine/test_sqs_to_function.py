"""Queues that drive functions: partial failures, redelivery, dead letters, concurrency."""

import json
from typing import Any

from tests.engine.account import Account, Queue
from tests.engine.answers import OK, code_of
from tests.engine.collecting import collect
from tests.engine.waiting import wait_until

PATIENCE_S = 30
# Longer than a function may need to start on a busy machine: else good messages come twice.
COMES_AGAIN_AFTER_S = "2"


def test_only_the_failed_messages_of_a_batch_come_again(account: Account) -> None:
    work, notes = (
        account.queue("work", VisibilityTimeout=COMES_AGAIN_AFTER_S),
        account.queue("notes"),
    )
    send(account, work, {"id": "good"}, {"id": "bad-once", "fail_receives": 1}, {"id": "fine"})
    drive(account, work, notes)

    done = collect(account, notes, 3, seconds=PATIENCE_S)

    assert {note["id"]: note["receives"] for note in done} == {"good": 1, "fine": 1, "bad-once": 2}
    wait_until(lambda: backlog(account, work) == 0, PATIENCE_S)
    assert account.take(notes) == []


def test_a_failure_reported_under_a_wrong_id_counts_as_done(account: Account) -> None:
    """On AWS the whole batch would come again."""
    work, notes = (
        account.queue("work", VisibilityTimeout=COMES_AGAIN_AFTER_S),
        account.queue("notes"),
    )
    send(account, work, {"id": "bad", "fail_receives": 1, "reported_as": "?"}, {"id": "good"})
    drive(account, work, notes)

    done = collect(account, notes, 1, seconds=PATIENCE_S)

    wait_until(lambda: backlog(account, work) == 0, PATIENCE_S)
    assert [note["id"] for note in done] == ["good"]
    assert account.take(notes) == []


def test_a_batch_whose_function_raised_comes_again_as_a_whole(account: Account) -> None:
    work, notes = (
        account.queue("work", VisibilityTimeout=COMES_AGAIN_AFTER_S),
        account.queue("notes"),
    )
    send(account, work, {"id": "first"}, {"id": "second"})
    function = account.function(
        "stumble", RECORD_QUEUE_URL=notes.url, STUMBLES_TABLE=account.table()
    )
    connect(account, work, function)

    event = collect(account, notes, 1, seconds=PATIENCE_S)[0]

    assert [json.loads(record["body"])["id"] for record in event["Records"]] == ["first", "second"]
    receives = {record["attributes"]["ApproximateReceiveCount"] for record in event["Records"]}
    assert "1" not in receives


def test_what_always_fails_becomes_a_dead_letter_and_the_rest_is_done(account: Account) -> None:
    dead, notes = account.queue("dead"), account.queue("notes")
    work = account.queue_before(dead, receives=2, VisibilityTimeout=COMES_AGAIN_AFTER_S)
    send(account, work, {"id": "poison", "fail_receives": 99}, {"id": "fine"})
    drive(account, work, notes)

    (letter,) = wait_until(lambda: account.take(dead, wait_s=1), PATIENCE_S)
    done = collect(account, notes, 1, seconds=PATIENCE_S)

    assert json.loads(letter["Body"])["id"] == "poison"
    assert letter["Attributes"]["DeadLetterQueueSourceArn"] == work.arn
    assert [note["id"] for note in done] == ["fine"]
    wait_until(lambda: backlog(account, work) == 0, PATIENCE_S)


def test_a_bound_on_concurrency_is_reached_and_kept(account: Account) -> None:
    work, notes = account.queue("work"), account.queue("notes")
    send(account, work, *({"id": number, "hold_s": 0.5} for number in range(8)))
    drive(account, work, notes, BatchSize=1, ScalingConfig={"MaximumConcurrency": 2})

    done = collect(account, notes, 8, seconds=PATIENCE_S)

    assert sorted(note["id"] for note in done) == list(range(8))
    assert most_at_once(done) == 2


def test_the_messages_of_one_group_are_worked_off_in_order(account: Account) -> None:
    work, notes = account.queue("work.fifo", FifoQueue="true"), account.queue("notes")
    for number in range(6):
        account.client("sqs").send_message(
            QueueUrl=work.url,
            MessageBody=json.dumps({"id": number}),
            MessageGroupId="one",
            MessageDeduplicationId=str(number),
        )
    drive(account, work, notes, BatchSize=2)

    done = collect(account, notes, 6, seconds=PATIENCE_S)

    by_start = sorted(done, key=lambda note: note["started"])
    assert [note["id"] for note in by_start] == list(range(6))


def test_a_hundred_messages_are_each_worked_off_once(account: Account) -> None:
    work, notes = account.queue("work"), account.queue("notes")
    drive(account, work, notes)
    for start in range(0, 100, 10):
        send(account, work, *({"id": number} for number in range(start, start + 10)))

    done = collect(account, notes, 100, seconds=PATIENCE_S)

    assert sorted(note["id"] for note in done) == list(range(100))


def test_a_queue_may_be_more_impatient_than_its_function(account: Account) -> None:
    """AWS refuses such a trigger: the visibility timeout has to cover the function's timeout."""
    work, notes = account.queue("work", VisibilityTimeout="1"), account.queue("notes")
    function = account.function("work", timeout_s=20, NOTES_QUEUE_URL=notes.url)

    assert code_of(lambda: connect(account, work, function)) == OK


def send(account: Account, queue: Queue, *wishes: dict[str, Any]) -> None:
    account.client("sqs").send_message_batch(
        QueueUrl=queue.url,
        Entries=[
            {"Id": str(number), "MessageBody": json.dumps(wish)}
            for number, wish in enumerate(wishes)
        ],
    )


def drive(account: Account, work: Queue, notes: Queue, **mapping: Any) -> None:
    function = account.function("work", NOTES_QUEUE_URL=notes.url)
    account.client("lambda").invoke(FunctionName=function, Payload='{"Records": []}')
    connect(account, work, function, **mapping)


def connect(account: Account, queue: Queue, function_arn: str, **mapping: Any) -> None:
    account.client("lambda").create_event_source_mapping(
        EventSourceArn=queue.arn,
        FunctionName=function_arn,
        FunctionResponseTypes=["ReportBatchItemFailures"],
        **mapping,
    )


def backlog(account: Account, queue: Queue) -> int:
    answer = account.client("sqs").get_queue_attributes(QueueUrl=queue.url, AttributeNames=["All"])
    return sum(
        int(count)
        for name, count in answer["Attributes"].items()
        if name.startswith("ApproximateNumberOfMessages")
    )


def most_at_once(notes: list[dict[str, Any]]) -> int:
    moments = [moment for note in notes for moment in ((note["started"], 1), (note["ended"], -1))]
    running, most = 0, 0
    for _, change in sorted(moments):
        running += change
        most = max(most, running)
    return most
