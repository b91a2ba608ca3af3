"""Standard queues: delay, long poll, visibility, dead letters."""

import time

from tests.engine.account import Account
from tests.engine.answers import OK, code_of


def test_a_delayed_message_ends_a_long_poll_when_it_is_due(account: Account) -> None:
    queue, sqs = account.queue(), account.client("sqs")
    sent = time.monotonic()
    sqs.send_message(QueueUrl=queue.url, MessageBody="later", DelaySeconds=2)

    assert account.take(queue) == []
    (message,) = account.take(queue, wait_s=10)

    assert message["Body"] == "later"
    assert 1.9 <= time.monotonic() - sent < 5


def test_a_long_poll_on_an_empty_queue_waits_its_time(account: Account) -> None:
    queue = account.queue()
    started = time.monotonic()

    assert account.take(queue, wait_s=1) == []

    assert 0.9 <= time.monotonic() - started < 5


def test_an_unacknowledged_message_comes_again_after_its_visibility_timeout(
    account: Account,
) -> None:
    queue = account.queue(VisibilityTimeout="2")
    account.client("sqs").send_message(QueueUrl=queue.url, MessageBody="again")
    (first,) = account.take(queue)
    received = time.monotonic()

    assert account.take(queue) == []
    (second,) = account.take(queue, wait_s=10)

    assert 1.9 <= time.monotonic() - received < 5
    assert second["MessageId"] == first["MessageId"]
    assert second["Attributes"]["ApproximateReceiveCount"] == "2"


def test_a_message_can_be_given_back_at_once(account: Account) -> None:
    queue, sqs = account.queue(), account.client("sqs")
    sqs.send_message(QueueUrl=queue.url, MessageBody="mine")
    (message,) = account.take(queue)

    sqs.change_message_visibility(
        QueueUrl=queue.url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
    )

    assert [again["Body"] for again in account.take(queue)] == ["mine"]


def test_a_deleted_message_does_not_come_again(account: Account) -> None:
    queue, sqs = account.queue(VisibilityTimeout="0"), account.client("sqs")
    sqs.send_message(QueueUrl=queue.url, MessageBody="done")
    (message,) = account.take(queue)

    sqs.delete_message(QueueUrl=queue.url, ReceiptHandle=message["ReceiptHandle"])

    assert account.take(queue) == []


def test_the_receipt_of_an_earlier_receive_is_refused(account: Account) -> None:
    """AWS answers 200 and may or may not delete: only the latest receipt counts."""
    queue, sqs = account.queue(VisibilityTimeout="0"), account.client("sqs")
    sqs.send_message(QueueUrl=queue.url, MessageBody="twice")
    (first,), (second,) = account.take(queue), account.take(queue)

    def delete(receipt: str) -> str:
        return code_of(lambda: sqs.delete_message(QueueUrl=queue.url, ReceiptHandle=receipt))

    assert delete(first["ReceiptHandle"]) == "ReceiptHandleIsInvalid"
    assert delete(second["ReceiptHandle"]) == OK


def test_a_message_received_too_often_becomes_a_dead_letter(account: Account) -> None:
    dead = account.queue("dead")
    work = account.queue_before(dead, receives=2, VisibilityTimeout="0")
    account.client("sqs").send_message(
        QueueUrl=work.url,
        MessageBody="poison",
        MessageAttributes={"kind": {"DataType": "String", "StringValue": "test"}},
    )

    receives = [len(account.take(work)) for _ in range(3)]
    (letter,) = account.take(dead, MessageAttributeNames=["All"])

    assert receives == [1, 1, 0]
    assert letter["Body"] == "poison"
    assert letter["MessageAttributes"]["kind"]["StringValue"] == "test"
    assert letter["Attributes"]["DeadLetterQueueSourceArn"] == work.arn


def test_dead_letters_cannot_be_sent_back_by_the_engine(account: Account) -> None:
    """AWS has StartMessageMoveTask: here somebody has to receive them and send them again."""
    dead = account.queue("dead")
    account.queue_before(dead, receives=1)

    answer = code_of(lambda: account.client("sqs").start_message_move_task(SourceArn=dead.arn))

    assert answer == "InvalidAction"


def test_what_waits_what_is_delayed_and_what_is_in_flight_is_counted(account: Account) -> None:
    queue, sqs = account.queue(), account.client("sqs")
    for delay_s in (0, 0, 60):
        sqs.send_message(QueueUrl=queue.url, MessageBody="counted", DelaySeconds=delay_s)
    sqs.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=1)

    counts = sqs.get_queue_attributes(QueueUrl=queue.url, AttributeNames=["All"])["Attributes"]

    assert counts["ApproximateNumberOfMessages"] == "1"
    assert counts["ApproximateNumberOfMessagesNotVisible"] == "1"
    assert counts["ApproximateNumberOfMessagesDelayed"] == "1"
