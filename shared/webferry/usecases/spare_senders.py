"""Spares senders: a receiver that keeps them waiting gets few at a time, and the rest later."""

import logging
from dataclasses import dataclass

from webferry.domain.dispatches import Dispatch
from webferry.domain.errors import Unavailable
from webferry.domain.slow_receivers import SLOW_FOR_MS, SLOW_RATE, receiver_of, was_slow
from webferry.ports import Clock
from webferry.traffic_ports import Buckets
from webferry.webhook_ports import SlowReceivers

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SpareSenders:
    """A receiver costs one read while it is quick; only a slow one has a bucket to take from."""

    slow: SlowReceivers
    buckets: Buckets
    clock: Clock

    def admits(self, dispatch: Dispatch) -> bool:
        """Whether an attempt may be made now; where nobody can tell, it may."""
        receiver, now_ms = receiver_of(dispatch), self.clock.now_ms()
        try:
            if not self.slow.is_slow(receiver, now_ms):
                return True
            name = f"{receiver}#webhooks"
            taken, _ = self.buckets.take(name, SLOW_RATE, 1, now_ms * 1000, now_ms * 1000 + 1)
        except Unavailable:
            _log.warning("slow receivers are not known just now", exc_info=True)
            return True
        return taken

    def learn(self, before: Dispatch, after: Dispatch) -> None:
        """Remember a receiver that was slow in the attempt that has just been made."""
        if after.made <= before.made or not was_slow(after.attempts[-1]):
            return
        try:
            self.slow.mark(receiver_of(after), self.clock.now_ms() + SLOW_FOR_MS)
        except Unavailable:
            _log.warning("a slow receiver was not remembered", exc_info=True)
