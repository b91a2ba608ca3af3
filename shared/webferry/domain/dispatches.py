"""Dispatches: a delivery on its way to its receiver, and the only steps it may take.

    PENDING ──► SENDING ──► DELIVERED ──┐
       ▲           │ ▲                  │
       │           │ └── WAITING ◄──┐   │
       │           ├────────────────┘   │
       │           └──► FAILED ─────────┤
       └──────── sent again by hand ◄───┘

An attempt counts once its outcome is known. Whoever makes one holds a lease; a sender that dies
leaves a lease that lapses, and the same attempt is made again: a receiver may hear a message twice,
always under the same id, but never a fifth attempt.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from webferry.domain.errands import Lease
from webferry.domain.errors import Conflict
from webferry.domain.jobs import JOB_LIFETIME_MS
from webferry.domain.parts import InlineBody, StoredBody
from webferry.domain.webhooks import Delivery

RETRY_DELAYS_S = (5, 30, 120)
SCHEDULED_ATTEMPTS = 1 + len(RETRY_DELAYS_S)
# After that whoever should have acted is thought to be gone, and the clockwork acts.
PATIENCE_MS = 60_000
# Longer than a sender can live.
LEASE_MS = 60_000
# An attempt of which so many senders died has failed, whatever the receiver would say.
MAX_LAPSES = 3
MAX_KEPT_ATTEMPTS = 20


class DispatchState(StrEnum):
    """How far a delivery is."""

    PENDING = "PENDING"
    SENDING = "SENDING"
    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens by itself."""
        return self in (DispatchState.DELIVERED, DispatchState.FAILED)


class Place(NamedTuple):
    """Where a delivery stands in its account's list, which runs by time."""

    created_at_ms: int
    delivery_id: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One POST: what came back, or why nothing did."""

    number: int
    at_ms: int
    duration_ms: int
    status: int | None = None
    error: str = ""
    response: str = ""

    @property
    def ok(self) -> bool:
        """Whether the receiver has it: 2xx, and nothing else, says so."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What is owed, and what has been done about it.

    `last` is the number of the attempt after which nothing follows; `drivers` how many executions
    of the state machine were started for it; `due_at_ms` when the clockwork should look; `body` the
    very bytes of every attempt, compressed, once the first one has been made.
    """

    delivery: Delivery
    state: DispatchState = DispatchState.PENDING
    made: int = 0
    last: int = SCHEDULED_ATTEMPTS
    attempts: tuple[Attempt, ...] = ()
    lease: Lease | None = None
    lapses: int = 0
    drivers: int = 0
    due_at_ms: int | None = None
    delivered_at_ms: int | None = None
    body: InlineBody | StoredBody | None = None
    version: int = 1

    @property
    def next_number(self) -> int:
        """The number of the attempt that comes next."""
        return self.made + 1

    @property
    def wait_s(self) -> int:
        """How long after a failure the next attempt is made."""
        delays = RETRY_DELAYS_S if self.state is DispatchState.WAITING else ()
        return delays[self.made - 1] if 0 < self.made <= len(delays) else 0

    @property
    def execution(self) -> str:
        """The name under which the newest execution drives it; the first has the delivery's id."""
        return self.delivery.id if self.drivers == 1 else f"{self.delivery.id}-{self.drivers}"

    def claimed(self, number: int, lease: Lease, now_ms: int) -> "Dispatch | None":
        """The dispatch with an attempt begun; None if that attempt is not to be made now."""
        if self.state.is_final or number != self.next_number:
            return None
        lapsed = self.lease is not None
        if self.lease and self.lease.until_ms > now_ms:
            return None
        return replace(
            self,
            state=DispatchState.SENDING,
            lease=lease,
            lapses=self.lapses + lapsed,
            due_at_ms=lease.until_ms + PATIENCE_MS,
        )

    def recorded(self, holder: str, attempt: Attempt, now_ms: int) -> "Dispatch":
        """The dispatch with an outcome; that of somebody whose lease was taken over is dropped."""
        if not self.lease or self.lease.holder != holder or attempt.number != self.next_number:
            return self
        return self._after(attempt, now_ms)

    def given_up(self, now_ms: int) -> "Dispatch":
        """The dispatch of which nothing can come any more; else as it is.

        Too many senders died of one attempt, or the job has gone before its body was ever fixed.
        """
        if self.body is None and self.delivery.created_at_ms + JOB_LIFETIME_MS <= now_ms:
            lost = Attempt(self.next_number, now_ms, 0, error="The job has expired")
            return self._after(lost, now_ms, last=self.next_number)
        if not self.lease or self.lease.until_ms > now_ms or self.lapses < MAX_LAPSES:
            return self
        fault = "The attempt could not be completed"
        attempt = Attempt(self.next_number, self.lease.until_ms - LEASE_MS, LEASE_MS, error=fault)
        return self._after(attempt, now_ms)

    def driven(self, now_ms: int) -> "Dispatch":
        """The dispatch with one more execution of the state machine to drive it."""
        return replace(self, drivers=self.drivers + 1, due_at_ms=now_ms + PATIENCE_MS)

    def handed_over(self, now_ms: int) -> "Dispatch":
        """The dispatch, now that a sender has been called again."""
        return replace(self, due_at_ms=now_ms + PATIENCE_MS)

    def put_off(self, now_ms: int, wait_s: int) -> "Dispatch":
        """The dispatch, whose driver will ask again a little later."""
        return replace(self, due_at_ms=now_ms + wait_s * 1000 + PATIENCE_MS)

    def sent_again(self, now_ms: int) -> "Dispatch":
        """The dispatch with one more attempt, at once.

        Raises: Conflict: it is still under way.
        """
        if not self.state.is_final:
            raise Conflict("The webhook is still being delivered")
        due_at_ms = now_ms + PATIENCE_MS
        last = self.made + 1
        return replace(self, state=DispatchState.PENDING, last=last, lapses=0, due_at_ms=due_at_ms)

    def _after(self, attempt: Attempt, now_ms: int, last: int | None = None) -> "Dispatch":
        kept = (*self.attempts, attempt)[-MAX_KEPT_ATTEMPTS:]
        known = replace(self, made=attempt.number, attempts=kept, lease=None, lapses=0)
        if attempt.ok:
            at_ms = self.delivered_at_ms or now_ms
            done = DispatchState.DELIVERED
            return replace(known, state=done, due_at_ms=None, delivered_at_ms=at_ms)
        if attempt.number >= (last or self.last):
            return replace(known, state=DispatchState.FAILED, due_at_ms=None)
        waiting = replace(known, state=DispatchState.WAITING, drivers=max(self.drivers, 1))
        return replace(waiting, due_at_ms=now_ms + waiting.wait_s * 1000 + PATIENCE_MS)


def new_dispatch(delivery: Delivery) -> Dispatch:
    """What is stored with the end of a job: a first attempt to be made at once."""
    return Dispatch(delivery, due_at_ms=delivery.created_at_ms + PATIENCE_MS)


def place_of(dispatch: Dispatch) -> Place:
    """Where in its account's list a dispatch stands."""
    return Place(dispatch.delivery.created_at_ms, dispatch.delivery.id)
