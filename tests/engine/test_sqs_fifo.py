"""FIFO queues: order, one message in flight per group, and one copy of each message."""

from typing import Any

from tests.engine.account import Account, Queue
from tests.engine.answers import code_of


def test_a_group_is_received_in_the_order_it_was_sent(account: Account) -> None:
    queue = a_fifo_queue(account)
    for number in range(5):
        send(account, queue, group="a", body=f"a{number}")

    assert bodies(account.take(queue)) == ["a0", "a1", "a2", "a3", "a4"]


def test_a_group_is_locked_while_one_of_its_messages_is_in_flight(account: Account) -> None:
    queue, sqs = a_fifo_queue(account), account.client("sqs")
    for group, body in (("a", "a0"), ("a", "a1"), ("b", "b0")):
        send(account, queue, group=group, body=body)
    (first,) = sqs.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=1)["Messages"]

    assert first["Body"] == "a0"
    assert bodies(account.take(queue)) == ["b0"]
    sqs.delete_message(QueueUrl=queue.url, ReceiptHandle=first["ReceiptHandle"])
    assert bodies(account.take(queue)) == ["a1"]


def test_a_message_that_comes_again_keeps_its_place(account: Account) -> None:
    queue = a_fifo_queue(account, VisibilityTimeout="0")
    for body in ("a0", "a1"):
        send(account, queue, group="a", body=body)

    assert bodies(account.take(queue)) == ["a0", "a1"]
    assert bodies(account.take(queue)) == ["a0", "a1"]


def test_the_same_deduplication_id_is_delivered_once(account: Account) -> None:
    queue = a_fifo_queue(account)

    first = send(account, queue, group="a", body="one", MessageDeduplicationId="same")
    second = send(account, queue, group="a", body="two", MessageDeduplicationId="same")

    assert second["MessageId"] == first["MessageId"]
    assert bodies(account.take(queue)) == ["one"]


def test_content_can_be_its_own_deduplication_id(account: Account) -> None:
    queue = a_fifo_queue(account, ContentBasedDeduplication="true")
    sqs = account.client("sqs")
    for body in ("same", "same", "other"):
        sqs.send_message(QueueUrl=queue.url, MessageBody=body, MessageGroupId="a")

    assert bodies(account.take(queue)) == ["same", "other"]


def test_a_message_needs_a_group_and_a_deduplication_id(account: Account) -> None:
    queue, sqs = a_fifo_queue(account), account.client("sqs")

    def send_with(**fields: str) -> str:
        return code_of(lambda: sqs.send_message(QueueUrl=queue.url, MessageBody="x", **fields))

    assert send_with(MessageDeduplicationId="x") == "MissingParameter"
    assert send_with(MessageGroupId="x") == "InvalidParameterValue"


def a_fifo_queue(account: Account, **attributes: str) -> Queue:
    return account.queue("in-order.fifo", FifoQueue="true", **attributes)


def send(account: Account, queue: Queue, *, group: str, body: str, **fields: str) -> dict[str, Any]:
    fields.setdefault("MessageDeduplicationId", body)
    answer = account.client("sqs").send_message(
        QueueUrl=queue.url, MessageBody=body, MessageGroupId=group, **fields
    )
    return dict(answer)


def bodies(messages: list[dict[str, Any]]) -> list[str]:
    return [message["Body"] for message in messages]
