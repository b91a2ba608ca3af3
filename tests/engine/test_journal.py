"""What was answered outlives a kill: the journal is written before, and redone afterwards."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from webferry_local.engine.journal import Journal
from webferry_local.engine.session import EngineSession
from webferry_local.free_ports import free_port

ACCOUNT = "123456789123"
PROGRAM = """
import sys, time
from pathlib import Path
from webferry_local.engine.options import EngineOptions
from webferry_local.engine.threaded import ThreadedEngine
from webferry_local.pool.pool import WorkerPool
port, directory = int(sys.argv[1]), Path(sys.argv[2])
with ThreadedEngine(EngineOptions(port, directory, None, float(sys.argv[3])), WorkerPool({})):
    print("up", flush=True)
    sys.stdin.read()
"""
SELDOM_S, OFTEN_S = 3600.0, 0.05


@contextmanager
def engine(directory: Path, *, every_s: float, ends: int) -> Iterator[EngineSession]:
    """An engine in a process of its own, which gets that signal at the end of the block."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(port), str(directory), str(every_s)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stdin
    assert process.stdout.readline() == b"up\n"
    yield EngineSession(f"http://127.0.0.1:{port}", ACCOUNT)
    if ends == signal.SIGKILL:
        process.kill()
    process.communicate(timeout=60)


def furnish(session: EngineSession) -> None:
    session.client("dynamodb").create_table(
        TableName="Things",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    session.client("sqs").create_queue(QueueName="Letters")


def put(session: EngineSession, pk: str, text: str) -> None:
    session.client("dynamodb").put_item(TableName="Things", Item=item(pk, text))


def item(pk: str, text: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "text": {"S": text}, "raw": {"B": text.encode()}}


def send(session: EngineSession, *bodies: str) -> None:
    sqs = session.client("sqs")
    url = sqs.get_queue_url(QueueName="Letters")["QueueUrl"]
    entries = [{"Id": str(n), "MessageBody": body} for n, body in enumerate(bodies)]
    sqs.send_message_batch(QueueUrl=url, Entries=entries)


def items(session: EngineSession) -> dict[str, str]:
    found = session.client("dynamodb").scan(TableName="Things")["Items"]
    assert all(each["raw"]["B"] == each["text"]["S"].encode() for each in found)
    return {each["pk"]["S"]: each["text"]["S"] for each in found}


def letters(session: EngineSession) -> list[str]:
    sqs = session.client("sqs")
    url = sqs.get_queue_url(QueueName="Letters")["QueueUrl"]
    answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    return sorted(message["Body"] for message in answer.get("Messages", []))


def test_items_and_letters_outlive_a_kill_between_two_snapshots(tmp_path: Path) -> None:
    with engine(tmp_path, every_s=SELDOM_S, ends=signal.SIGTERM) as session:
        furnish(session)
        put(session, "kept", "before")
        put(session, "removed", "before")

    with engine(tmp_path, every_s=SELDOM_S, ends=signal.SIGKILL) as session:
        dynamodb = session.client("dynamodb")
        put(session, "kept", "after")
        dynamodb.delete_item(TableName="Things", Key={"pk": {"S": "removed"}})
        dynamodb.update_item(
            TableName="Things",
            Key={"pk": {"S": "kept"}},
            UpdateExpression="SET #text = :text, #raw = :raw",
            ExpressionAttributeNames={"#text": "text", "#raw": "raw"},
            ExpressionAttributeValues={":text": {"S": "changed"}, ":raw": {"B": b"changed"}},
        )
        dynamodb.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": "Things", "Item": item(pk, "together")}} for pk in "ab"
            ]
        )
        dynamodb.batch_write_item(
            RequestItems={"Things": [{"PutRequest": {"Item": item("c", "batch")}}]}
        )
        send(session, "one", "two")

    with engine(tmp_path, every_s=SELDOM_S, ends=signal.SIGKILL) as session:
        expected = {"kept": "changed", "a": "together", "b": "together", "c": "batch"}
        assert items(session) == expected
        put(session, "d", "after two kills")

    with engine(tmp_path, every_s=SELDOM_S, ends=signal.SIGTERM) as session:
        assert items(session) == expected | {"d": "after two kills"}
        assert letters(session) == ["one", "two"]


def test_nothing_answered_is_lost_however_snapshots_and_kills_fall(tmp_path: Path) -> None:
    with engine(tmp_path, every_s=OFTEN_S, ends=signal.SIGTERM) as session:
        furnish(session)
    answered: dict[str, str] = {}
    for life in range(3):
        with engine(tmp_path, every_s=OFTEN_S, ends=signal.SIGKILL) as session:
            assert items(session) == answered
            for number in range(80):
                put(session, f"{life}-{number % 20}", f"{life}-{number}")
                answered[f"{life}-{number % 20}"] = f"{life}-{number}"


def test_a_clean_stop_does_not_bring_letters_twice(tmp_path: Path) -> None:
    with engine(tmp_path, every_s=SELDOM_S, ends=signal.SIGTERM) as session:
        furnish(session)
        send(session, "read")
        url = session.client("sqs").get_queue_url(QueueName="Letters")["QueueUrl"]
        (message,) = session.client("sqs").receive_message(QueueUrl=url)["Messages"]
        session.client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    with engine(tmp_path, every_s=SELDOM_S, ends=signal.SIGTERM) as session:
        assert letters(session) == []


def test_a_line_cut_short_was_never_answered(tmp_path: Path) -> None:
    journal = Journal(tmp_path, encode=repr, decode=dict)
    journal.write([["item", 1], ["item", 2]])
    (path,) = tmp_path.iterdir()
    with path.open("ab") as file:
        file.write(b'[["item", 3], ["it')
    after = Journal(tmp_path, encode=repr, decode=dict)
    after.write([["item", 4]])

    assert list(after.entries()) == [["item", 1], ["item", 2], ["item", 4]]


def test_a_snapshot_shortens_the_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path, encode=repr, decode=dict)
    journal.write([["item", 1]])
    told = journal.begin_anew()
    journal.write([["item", 2]])

    journal.forget(told)

    assert list(journal.entries()) == [["item", 2]]
