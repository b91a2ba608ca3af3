"""Send every event to a queue, as it came."""

import json
import os
from typing import Any

import boto3

QUEUE = os.environ["RECORD_QUEUE_URL"]
sqs = boto3.client("sqs")


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    sqs.send_message(QueueUrl=QUEUE, MessageBody=json.dumps(event))
    return {"recorded": True}
