"""Raise at the first call ever made, then record every event."""

import json
import os
from typing import Any

import boto3

QUEUE = os.environ["RECORD_QUEUE_URL"]
TABLE = os.environ["STUMBLES_TABLE"]
sqs = boto3.client("sqs")
dynamodb = boto3.client("dynamodb")


class Stumbled(Exception):
    """Not again."""


def handler(event: dict[str, Any], _context: object) -> None:
    before = dynamodb.put_item(
        TableName=TABLE, Item={"pk": {"S": "stumbled"}}, ReturnValues="ALL_OLD"
    )
    if "Attributes" not in before:
        raise Stumbled
    sqs.send_message(QueueUrl=QUEUE, MessageBody=json.dumps(event))
