"""How jobs end, told on the stack's event bus."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from webferry.adapters.aws_errors import translated
from webferry.domain.errors import Unavailable
from webferry.domain.job_events import DETAIL_TYPE, SOURCE, detail_of
from webferry.domain.jobs import Job

MAX_ENTRIES = 10
ROUNDS = 3


class EventsClient(Protocol):
    """The part of the EventBridge client that we use."""

    def put_events(self, **request: object) -> dict[str, Any]:
        """The API's own call."""


class EventBridgeBus:
    """An event may be told twice; its detail is the same both times."""

    def __init__(self, client: Callable[[], EventsClient], bus: str) -> None:
        self._client = client
        self._bus = bus

    def publish(self, ended: Sequence[Job]) -> None:
        """Raises: Unavailable: some of them may not be told."""
        entries = [self._entry(job) for job in ended]
        for start in range(0, len(entries), MAX_ENTRIES):
            self._put(entries[start : start + MAX_ENTRIES])

    def _put(self, entries: list[dict[str, str]]) -> None:
        for _ in range(ROUNDS):
            with translated():
                answer = self._client().put_events(Entries=entries)
            if not answer.get("FailedEntryCount"):
                return
            pairs = zip(entries, answer["Entries"], strict=True)
            entries = [entry for entry, result in pairs if "ErrorCode" in result]
        raise Unavailable("A service we rely on is busy")

    def _entry(self, job: Job) -> dict[str, str]:
        return {
            "EventBusName": self._bus,
            "Source": SOURCE,
            "DetailType": DETAIL_TYPE,
            "Detail": json.dumps(detail_of(job), separators=(",", ":")),
        }
