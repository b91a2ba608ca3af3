"""`webferry logs`: what the functions printed, oldest first; with -f, also what comes next."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from botocore.exceptions import ClientError

from webferry_local.cli.functions import find_functions
from webferry_local.cli.remote import Remote

POLL_S = 0.5
LOOK_BACK_MS = 60 * 60 * 1000
LATE_MS = 10_000


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of one function; `repeat` tells equal lines of the same moment apart."""

    stamp_ms: int
    function: str
    stream: str
    message: str
    repeat: int


def follow(remote: Remote, function: str | None, *, endlessly: bool) -> Iterator[str]:
    """Lines `time function message`; an empty text each time there is nothing new for now."""
    groups = {
        logical: f"/aws/lambda/{name}" for logical, name in find_functions(remote, function).items()
    }
    width = max(map(len, groups))
    since_ms = int(time.time() * 1000) - LOOK_BACK_MS
    seen: set[LogLine] = set()
    while True:
        found = [line for item in groups.items() for line in _lines(remote, *item, since_ms)]
        for line in sorted(found, key=lambda line: line.stamp_ms):
            if line not in seen:
                yield f"{_clock(line.stamp_ms)} {line.function:<{width}} {line.message.rstrip()}"
        if not endlessly:
            return
        seen = set(found)
        # Lines may still come late within the last seconds: look at those again.
        since_ms = max(since_ms, int(time.time() * 1000) - LATE_MS)
        yield ""
        time.sleep(POLL_S)


def _lines(remote: Remote, function: str, group: str, since_ms: int) -> Iterator[LogLine]:
    pages = remote.client("logs").get_paginator("filter_log_events")
    counts: Counter[tuple[int, str, str]] = Counter()
    try:
        for page in pages.paginate(logGroupName=group, startTime=since_ms):
            for event in page["events"]:
                what = (event["timestamp"], event["logStreamName"], event["message"])
                counts[what] += 1
                stamp_ms, stream, message = what
                yield LogLine(stamp_ms, function, stream, message, counts[what])
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise


def _clock(stamp_ms: int) -> str:
    return datetime.fromtimestamp(stamp_ms / 1000, UTC).astimezone().strftime("%H:%M:%S.%f")[:-3]
