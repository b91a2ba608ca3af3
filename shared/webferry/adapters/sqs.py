"""Errands as queue messages, ten to a request; a wait is the delay of a message."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol

from webferry.adapters.aws_errors import translated
from webferry.domain.errors import Unavailable
from webferry.domain.work import ReadyErrand
from webferry.messages import ErrandLetter
from webferry.ports import Clock

MAX_ENTRIES = 10
MAX_DELAY_S = 900
ROUNDS = 3


class SqsClient(Protocol):
    """The part of the SQS client that we use."""

    def send_message_batch(self, **request: object) -> dict[str, Any]:
        """The API's own call."""


class SqsErrandQueue:
    """A message names its errand and says nothing else, so that an old one can do no harm."""

    def __init__(self, client: Callable[[], SqsClient], url: str, clock: Clock) -> None:
        self._client = client
        self._url = url
        self._clock = clock

    def send(self, errands: Sequence[ReadyErrand]) -> None:
        """Raises: Unavailable: not all of them are under way."""
        now_ms = self._clock.now_ms()
        entries = [_entry(number, errand, now_ms) for number, errand in enumerate(errands)]
        for some in _tens(entries):
            self._send(some)

    def _send(self, entries: list[dict[str, Any]]) -> None:
        for _ in range(ROUNDS):
            with translated():
                answer = self._client().send_message_batch(QueueUrl=self._url, Entries=entries)
            failed = {failure["Id"] for failure in answer.get("Failed", [])}
            if not failed:
                return
            entries = [entry for entry in entries if entry["Id"] in failed]
        raise Unavailable("A service we rely on is busy")


def _entry(number: int, errand: ReadyErrand, now_ms: int) -> dict[str, Any]:
    letter = ErrandLetter(job=errand.ref.job_id, part=errand.ref.number, errand=errand.number)
    delay_s = round((errand.at_ms - now_ms) / 1000)
    return {
        "Id": str(number),
        "MessageBody": letter.model_dump_json(),
        "DelaySeconds": min(max(delay_s, 0), MAX_DELAY_S),
    }


def _tens(entries: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rest = iter(entries)
    while some := list(islice(rest, MAX_ENTRIES)):
        yield some
