"""Tells what has happened to jobs: their ends on the event bus, their webhooks to the senders."""

from dataclasses import dataclass

from webferry.domain.jobs import JobKind
from webferry.webhook_ports import Changes, EventBus, Senders


@dataclass(frozen=True, slots=True)
class TellEnds:
    """Told twice is told once: a sender claims what it sends, and an event has its job's id."""

    bus: EventBus
    senders: Senders

    def __call__(self, changes: Changes) -> None:
        """Webhooks go first, for somebody waits for them.

        Raises: Unavailable: the same changes should come again.
        """
        self.senders.call(list(dict.fromkeys(changes.deliveries)))
        self.bus.publish([job for job in changes.ended if job.kind is not JobKind.PAGE])
