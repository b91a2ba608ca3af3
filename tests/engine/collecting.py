"""Collect what probes sent to a queue."""

import json
from typing import Any

from tests.engine.account import Account, Queue
from tests.engine.waiting import wait_until


def collect(account: Account, queue: Queue, count: int, *, seconds: float) -> list[dict[str, Any]]:
    """Take that many messages off the queue and return their JSON bodies, oldest first."""
    bodies: list[dict[str, Any]] = []

    def enough() -> bool:
        for message in account.take(queue, wait_s=1):
            bodies.append(json.loads(message["Body"]))
            account.client("sqs").delete_message(
                QueueUrl=queue.url, ReceiptHandle=message["ReceiptHandle"]
            )
        return len(bodies) >= count

    wait_until(enough, seconds)
    return bodies
