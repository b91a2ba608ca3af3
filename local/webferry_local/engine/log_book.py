"""Log lines of functions, kept in the engine's CloudWatch Logs, bounded in size."""

import threading
import time
from typing import Any

from ministack.services import cloudwatch_logs

from webferry_local.pool.plans import FunctionSettings, Outcome

EVENTS_PER_STREAM = 4_000
STREAMS_PER_GROUP = 24

Group = dict[str, Any]


class LogBook:
    """One stream per worker, as on AWS; old lines and old streams make room for new ones."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def write(self, settings: FunctionSettings, request_id: str, outcome: Outcome) -> None:
        now_ms = int(time.time() * 1000)
        lines = [
            f"START RequestId: {request_id} Version: $LATEST",
            *outcome.lines,
            f"END RequestId: {request_id}",
            f"REPORT RequestId: {request_id}\tDuration: {outcome.duration_ms:.2f} ms",
        ]
        events = [{"timestamp": now_ms, "message": m, "ingestionTime": now_ms} for m in lines]
        with self._lock:
            stream = _stream(_group(f"/aws/lambda/{settings.name}", now_ms), outcome.stream, now_ms)
            stream["events"].extend(events)
            del stream["events"][:-EVENTS_PER_STREAM]
            stream["firstEventTimestamp"] = stream["events"][0]["timestamp"]
            stream["lastEventTimestamp"] = stream["lastIngestionTime"] = now_ms


def _group(name: str, now_ms: int) -> Group:
    groups = cloudwatch_logs._log_groups
    if name not in groups:
        groups[name] = {
            "arn": cloudwatch_logs._make_group_arn(name),
            "creationTime": now_ms,
            "retentionInDays": None,
            "tags": {},
            "subscriptionFilters": {},
            "streams": {},
        }
    group: Group = groups[name]
    return group


def _stream(group: Group, name: str, now_ms: int) -> dict[str, Any]:
    streams: dict[str, dict[str, Any]] = group["streams"]
    if name not in streams:
        while len(streams) >= STREAMS_PER_GROUP:
            streams.pop(next(iter(streams)))
        streams[name] = {
            "events": [],
            "uploadSequenceToken": "1",
            "creationTime": now_ms,
            "firstEventTimestamp": None,
            "lastEventTimestamp": None,
            "lastIngestionTime": None,
        }
    return streams[name]
