"""Work off queue messages as each of them asks: hold on, fail the first receives, note the rest."""

import json
import os
import threading
import time
from typing import Any

import boto3

NOTES = os.environ["NOTES_QUEUE_URL"]
sqs = boto3.client("sqs")


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    failed = []
    for record in event["Records"]:
        wish = json.loads(record["body"])
        if not work_off(record, wish):
            failed.append(wish.get("reported_as", record["messageId"]))
    return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}


def work_off(record: dict[str, Any], wish: dict[str, Any]) -> bool:
    receives = int(record["attributes"]["ApproximateReceiveCount"])
    if receives <= wish.get("fail_receives", 0):
        return False
    started = time.time()
    threading.Event().wait(wish.get("hold_s", 0))
    note = {"id": wish["id"], "receives": receives, "started": started, "ended": time.time()}
    sqs.send_message(QueueUrl=NOTES, MessageBody=json.dumps(note))
    return True
