"""What SQS refuses: batches too large, messages too long, names taken with other settings."""

from typing import Any

from tests.engine.account import Account
from tests.engine.answers import OK, code_of

LARGEST_MESSAGE_BYTES = 1024 * 1024


def test_a_batch_takes_ten_messages_with_different_ids(account: Account) -> None:
    assert send_batch(account, count=11) == "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"
    assert send_batch(account, count=10) == OK
    assert (
        send_batch(account, count=2, Id="same") == "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"
    )


def test_a_message_holds_a_mebibyte_and_no_byte_more(account: Account) -> None:
    queue, sqs = account.queue(), account.client("sqs")

    def send(size: int) -> str:
        return code_of(lambda: sqs.send_message(QueueUrl=queue.url, MessageBody="a" * size))

    assert send(LARGEST_MESSAGE_BYTES) == OK
    assert send(LARGEST_MESSAGE_BYTES + 1) == "InvalidParameterValue"


def test_a_whole_batch_holds_a_mebibyte(account: Account) -> None:
    answer = send_batch(account, count=8, MessageBody="a" * (LARGEST_MESSAGE_BYTES // 7))

    assert answer == "AWS.SimpleQueueService.BatchRequestTooLong"


def test_a_message_has_a_body_of_printable_text(account: Account) -> None:
    queue, sqs = account.queue(), account.client("sqs")

    def send(body: str) -> str:
        return code_of(lambda: sqs.send_message(QueueUrl=queue.url, MessageBody=body))

    assert send("") == "MissingParameter"
    assert send("\x00") == "InvalidMessageContents"
    assert send("tab\tand line\nand 🦆") == OK


def test_a_delay_beyond_fifteen_minutes_is_accepted(account: Account) -> None:
    """AWS refuses more than 900 seconds: our code has to keep to it."""
    queue, sqs = account.queue(), account.client("sqs")

    answer = code_of(
        lambda: sqs.send_message(QueueUrl=queue.url, MessageBody="x", DelaySeconds=901)
    )

    assert answer == OK


def test_a_queue_cannot_be_created_again_with_other_settings(account: Account) -> None:
    account.queue(VisibilityTimeout="30")

    assert code_of(lambda: account.queue(VisibilityTimeout="30")) == OK
    assert code_of(lambda: account.queue(VisibilityTimeout="31")) == "QueueAlreadyExists"


def send_batch(account: Account, *, count: int, **fields: str) -> str:
    queue = account.queue()
    entries: list[Any] = [
        {"Id": str(number), "MessageBody": "x", **fields} for number in range(count)
    ]
    return code_of(
        lambda: account.client("sqs").send_message_batch(QueueUrl=queue.url, Entries=entries)
    )
