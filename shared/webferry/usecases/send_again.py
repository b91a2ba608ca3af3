"""Sends a delivery once more, or a try to a receiver: the stream brings both to a sender."""

from dataclasses import dataclass, replace

from webferry.domain.dispatches import Dispatch, new_dispatch
from webferry.domain.errors import Conflict
from webferry.domain.jobs import JOB_HANDLE_LENGTH, job_id
from webferry.domain.webhooks import Delivery, DeliveryEvent, delivery_id
from webferry.ports import Chance, Clock
from webferry.webhook_ports import Dispatches, Poster

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class SendAgain:
    """The same id and the same bytes, signed by the secret of the day; one attempt, no retries."""

    dispatches: Dispatches
    clock: Clock

    def __call__(self, account_id: str, delivery_id: str) -> Dispatch:
        """The delivery, pending.

        Raises: NotFound, Conflict: it is still under way, Unavailable.
        """
        for _ in range(ROUNDS):
            dispatch = self.dispatches.find(account_id, delivery_id)
            kept = self.dispatches.save(dispatch.sent_again(self.clock.now_ms()))
            if kept:
                return kept
        raise Conflict("The webhook is still being delivered")


@dataclass(frozen=True, slots=True)
class SendTest:
    """A receiver is tried out with one attempt, signed like any other, under an id of its own."""

    dispatches: Dispatches
    poster: Poster
    chance: Chance
    clock: Clock

    async def __call__(self, account_id: str, url: str) -> Dispatch:
        """The delivery, pending.

        Raises: InvalidRequest: nothing could be posted there, Unavailable.
        """
        await self.poster.check(url)
        no_job = job_id(self.chance.base62(JOB_HANDLE_LENGTH))
        now_ms = self.clock.now_ms()
        test = Delivery(delivery_id(no_job), account_id, no_job, url, DeliveryEvent.TEST, now_ms)
        dispatch = replace(new_dispatch(test), last=1)
        self.dispatches.add(dispatch)
        return dispatch
