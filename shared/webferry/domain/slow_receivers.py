"""Slow receivers: who keeps senders waiting gets only so many of them, so that others find some.

An attempt lasts ten seconds at most, so ten at once and one more every three seconds are never more
than fourteen under way; and up to ten webhooks to one such receiver keep their times.
"""

from urllib.parse import urlsplit

from webferry.domain.dispatches import Attempt, Dispatch
from webferry.domain.rates import Rate

SLOW_MS = 5_000
# For how long a receiver counts as slow after it has been.
SLOW_FOR_MS = 60_000
SLOW_RATE = Rate(per_minute=20, burst=10)
_MAX_HOST_LENGTH = 300


def receiver_of(dispatch: Dispatch) -> str:
    """The host that a dispatch goes to, as its own account knows it: none slows another's."""
    host = urlsplit(dispatch.delivery.url).netloc[:_MAX_HOST_LENGTH]
    return f"{dispatch.delivery.account_id}#{host}"


def was_slow(attempt: Attempt) -> bool:
    """Whether a receiver, whatever it said in the end, kept its sender waiting."""
    return attempt.duration_ms >= SLOW_MS
